import { addMonths } from '#kernel/calendar/days.ts'
import type { OkOf } from '#kernel/contract.ts'
import { useAddress } from '#web/address.ts'
import { useRead } from '#web/client.ts'
import { Button, Empty, Figure, Section, Shown } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import type { KeyOf } from '#web/words.ts'
import { type Say, useWords } from '#web/words.ts'
import { boardRoutes } from '../contract.ts'
import { sayPeriod } from './says.ts'
import { words } from './section-words.ts'
import { Table } from './table.tsx'
import { words as boardWords } from './words.ts'

type BurdenOf = OkOf<typeof boardRoutes.burden>
type T = Say<KeyOf<typeof words>>

/** 40 分钟, 2.5 小时. */
export const sayMinutes = (minutes: number, t: T): string =>
  minutes < 90 ? t('burden.minute', { n: Math.round(minutes) }) : t('burden.hour', { n: (minutes / 60).toFixed(minutes < 600 ? 1 : 0) })

/** How many each of so many has: 3.1. */
const each = (sum: number, persons: number): string => (persons === 0 ? '—' : (sum / persons).toFixed(1))

/** The burden of a month, by unit and by class, beside the budget of the year; no persons. */
export function Burden() {
  const t = useWords('board.sections', words)
  const tb = useWords('board', boardWords)
  const { today } = useMe()
  const [{ month: asked, asOf }, put] = useAddress('month', 'asOf')
  const day = asOf ?? today
  const month = /^2[01]\d\d-(0[1-9]|1[0-2])$/.test(asked ?? '') ? String(asked) : day.slice(0, 7)
  const read = useRead(boardRoutes.burden, { month }, { keep: true })
  const go = (n: number) => {
    const next = addMonths(`${month}-01`, n).slice(0, 7)
    put({ month: next === day.slice(0, 7) ? null : next }, { replace: true })
  }
  return (
    <Section
      title={t('burden.title')}
      note={t('burden.note')}
      action={
        // biome-ignore lint/a11y/useSemanticElements: buttons are no fields of a form
        <span className="board-years" role="group" aria-label={t('burden.month')}>
          <Button onClick={() => go(-1)} label={t('burden.before')}>
            ‹
          </Button>
          <b>{sayPeriod(month, tb)}</b>
          <Button onClick={() => go(1)} label={t('burden.after')}>
            ›
          </Button>
        </span>
      }
    >
      <Shown of={read}>{(burden) => <Tables burden={burden} />}</Shown>
    </Section>
  )
}

function Tables({ burden }: { burden: BurdenOf }) {
  const t = useWords('board.sections', words)
  if (burden.total.asked === 0)
    return (
      <div className="card">
        <Empty says={t('burden.none')} />
      </div>
    )
  const units = burden.units.filter((one) => one.asked > 0)
  return (
    <>
      <div className="board-two">
        <Table label={t('burden.unit')}>
          <thead>
            <tr>
              <th scope="col">{t('burden.unit')}</th>
              <th scope="col">{t('burden.persons')}</th>
              <th scope="col">{t('burden.asked')}</th>
              <th scope="col">{t('burden.hours')}</th>
              <th scope="col">{t('burden.each')}</th>
            </tr>
          </thead>
          <tbody>
            {units.map((one) => (
              <tr key={one.unit.id}>
                <th scope="row">{one.unit.name}</th>
                <LoadCells {...one} />
              </tr>
            ))}
            {units.length > 1 && (
              <tr className="sum">
                <th scope="row">{t('burden.totalRow')}</th>
                <LoadCells {...burden.total} />
              </tr>
            )}
          </tbody>
        </Table>
        <Table label={t('burden.class')}>
          <thead>
            <tr>
              <th scope="col">{t('burden.class')}</th>
              <th scope="col">{t('burden.persons')}</th>
              <th scope="col">{t('burden.asked')}</th>
              <th scope="col">{t('burden.year')}</th>
            </tr>
          </thead>
          <tbody>
            {burden.classes.map((one) => (
              <tr key={one.class}>
                <th scope="row">{t(`burden.class.${one.class}`)}</th>
                <td>{one.persons}</td>
                <td>{t('burden.eachSays', { n: one.asked, time: sayMinutes(one.minutes, t) })}</td>
                <td>
                  {t('burden.yearSays', { n: each(one.year, one.persons), budget: one.budget ?? t('burden.noBudget') })}
                  {one.budget !== null && (
                    <small className="note"> {one.over > 0 ? t('burden.over', { n: one.over }) : t('burden.overNone')}</small>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      </div>
      <p className="note board-rule">{t('burden.estimate')}</p>
    </>
  )
}

function LoadCells({ persons, asked, minutes }: { persons: number; asked: number; minutes: number }) {
  const t = useWords('board.sections', words)
  return (
    <>
      <td>{persons}</td>
      <td>{asked}</td>
      <td>{sayMinutes(minutes, t)}</td>
      <td>{each(asked, persons)}</td>
    </>
  )
}

/** What this month asks of one person on average. */
export function BurdenTile({ day }: { day: string }) {
  const t = useWords('board.sections', words)
  const { data } = useRead(boardRoutes.burden, { month: day.slice(0, 7) }, { keep: true })
  const time = data && data.total.persons > 0 ? sayMinutes(data.total.minutes / data.total.persons, t) : ''
  return (
    <Figure
      name={t('burden.tile')}
      value={data ? t('burden.items', { n: each(data.total.asked, data.total.persons) }) : '…'}
      note={data && t('burden.tileNote', { time, n: data.before.asked })}
    />
  )
}
