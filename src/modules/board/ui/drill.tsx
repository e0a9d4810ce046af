import { useEffect, useRef } from 'react'
import type { Static } from 'typebox'
import { daysBetween, endOfMonth } from '#kernel/calendar/days.ts'
import { type Obligation, obligationRoutes } from '#modules/obligations/contract.ts'
import { lights } from '#modules/obligations/rules.ts'
import { usePages } from '#web/client.ts'
import { sayDay } from '#web/days.ts'
import { Button, Due, Empty, List, Row, Section, Segments } from '#web/kit/index.ts'
import { useLang, useWords } from '#web/words.ts'
import { type BoardSay, sayPeriod } from './says.ts'
import { words } from './words.ts'

export type ObligationOf = Static<typeof Obligation>
/** The worst first. */
const shownLights = ['red', 'yellow', 'green', 'grey'] as const satisfies readonly (typeof lights)[number][]

/** How far an obligation is from its day: working days while it is open, a few words once it is settled. */
export function relationOf(one: ObligationOf, day: string, t: BoardSay, said: (day: string) => string): number | string {
  if (one.light === 'grey') return t('drill.waived')
  if (one.doneOn !== null) {
    const late = daysBetween(one.due, one.doneOn)
    return late > 0 ? t('drill.late', { day: said(one.doneOn), count: late }) : t('drill.onTime', { day: said(one.doneOn) })
  }
  // Overdue over a weekend only: no working day has passed.
  return one.light === 'red' && one.left >= 0 ? t('drill.overdue', { count: daysBetween(one.due, day) }) : one.left
}

type DrillProps = {
  unit: { id: string; name: string }
  /** `YYYY-MM` or `YYYY`. */
  period: string
  day: string
  light: string | undefined
  onLight: (light: string) => void
  open: string | undefined
  onOpen: (id: string) => void
  onClose: () => void
}

/** What of a unit is due in a month (or a year), in due order; each opens. The heading takes the focus when another cell is chosen. */
export function Drill({ unit, period, day, light, onLight, open, onOpen, onClose }: DrillProps) {
  const t = useWords('board', words)
  const lang = useLang()
  const box = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus follows the cell that was chosen
  useEffect(() => {
    box.current?.focus({ preventScroll: true })
    box.current?.scrollIntoView({ block: 'nearest' })
  }, [unit.id, period])
  const from = period.length === 4 ? `${period}-01-01` : `${period}-01`
  const until = period.length === 4 ? `${period}-12-31` : endOfMonth(from)
  const asked = lights.find((one) => one === light)
  const pages = usePages(obligationRoutes.list, { unit: unit.id, from, until, ...(asked ? { light: asked } : {}) }, { keep: true })
  const said = (of: string) => sayDay(of, lang, { thisYear: day })
  const options = [{ value: '', label: t('drill.all') }, ...shownLights.map((one) => ({ value: one, label: t(`drill.${one}`) }))]
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc closes what the cell opened
    <div
      ref={box}
      tabIndex={-1}
      className="board-drill"
      onKeyDown={(event) => event.key === 'Escape' && !event.defaultPrevented && onClose()}
    >
      <Section
        title={t('drill.title', { unit: unit.name, period: sayPeriod(period, t) })}
        note={t('drill.note')}
        action={
          <span className="board-drill-tools">
            <Segments label={t('drill.light')} options={options} value={asked ?? ''} onChange={onLight} />
            <Button onClick={onClose}>{t('drill.close')}</Button>
          </span>
        }
      >
        <List
          of={pages}
          label={t('drill.title', { unit: unit.name, period: sayPeriod(period, t) })}
          empty={<Empty says={t('drill.empty')} />}
          row={(one) => (
            <Row
              key={one.id}
              light={one.light}
              what={one.title}
              why={one.holder.name}
              day={<Due day={one.due} left={relationOf(one, day, t, said)} />}
              open={() => onOpen(one.id)}
              current={open === one.id}
            />
          )}
        />
      </Section>
    </div>
  )
}
