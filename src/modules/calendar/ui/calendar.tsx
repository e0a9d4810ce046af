import { useState } from 'react'
import type { OkOf } from '#kernel/contract.ts'
import { useAddress } from '#web/address.ts'
import { useRead } from '#web/client.ts'
import { sayDay } from '#web/days.ts'
import { Act, Card, Empty, Headline, Moment, Row, Rows, Section, Sheet, Shown, Tag } from '#web/kit/index.ts'
import { useLang, useWords } from '#web/words.ts'
import { calendarRoutes } from '../contract.ts'
import { ImportNotice } from './import.tsx'
import { Moves } from './moves.tsx'
import { words } from './words.ts'
import './calendar.css'

type All = OkOf<typeof calendarRoutes.read>
type Year = All['years'][number]

/** From this month on the next year's notice is due to have come. */
const noticeMonth = 11

/** 工作日历: the years and their holidays, and which due days moved because a notice came. */
export default function CalendarPage() {
  const read = useRead(calendarRoutes.read, {}, { keep: true })
  return (
    <Shown of={read} lines={6}>
      {(all) => <Page all={all} />}
    </Shown>
  )
}

function Page({ all }: { all: All }) {
  const t = useWords('calendar', words)
  const [{ open }, put] = useAddress('open')
  const [adding, setAdding] = useState(false)
  const known = all.years.map((one) => one.year)
  const current = Number(all.today.slice(0, 4))
  const expected = Number(all.today.slice(5, 7)) >= noticeMonth ? [current, current + 1] : [current]
  const missing = expected.find((year) => !known.includes(year))
  const years = expected.map((year) => t('year.title', { year })).join(t('list.and'))
  const turn = all.turns.find((one) => one.id === open)
  return (
    <>
      <Headline
        title={missing === undefined ? t('head.known', { years }) : t('head.missing', { year: missing })}
        sub={t('sub')}
        actions={
          all.actions.includes('import') && (
            <Act kind="main" onClick={() => setAdding(true)}>
              {t('import')}
            </Act>
          )
        }
      />
      <Section title={t('turn.title')}>
        {all.turns.length === 0 ? (
          <Card>
            <Empty says={t('turn.none')} />
          </Card>
        ) : (
          <Rows label={t('turn.title')}>
            {all.turns.map((one) => (
              <TurnRow key={one.id} turn={one} open={() => put({ open: one.id })} />
            ))}
          </Rows>
        )}
      </Section>
      {all.years.map((year) => (
        <YearCard key={year.year} year={year} />
      ))}
      <ImportNotice open={adding} onClose={() => setAdding(false)} />
      <Sheet open={turn !== undefined} onClose={() => put({ open: null })} title={turn?.name ?? ''} wide>
        {turn && <Moves turn={turn.id} />}
      </Sheet>
    </>
  )
}

function TurnRow({ turn, open }: { turn: All['turns'][number]; open: () => void }) {
  const t = useWords('calendar', words)
  const says = turn.endedAt === null ? t('turn.running') : turn.moved === 0 ? t('turn.nothing') : t('turn.moved', { count: turn.moved })
  return (
    <Row
      what={turn.name}
      why={
        <>
          {t('turn.by', { by: turn.by ?? t('turn.program') })}
          <Moment at={turn.beganAt} />
        </>
      }
      day={<b>{says}</b>}
      open={open}
    />
  )
}

function YearCard({ year }: { year: Year }) {
  const t = useWords('calendar', words)
  const note = t('year.figures', { working: year.workingDays, off: year.daysOff, work: year.restDaysWorked })
  return (
    <Section
      title={t('year.title', { year: year.year })}
      note={note}
      action={
        <>
          <Tag tone={year.source === 'shipped' ? 'plain' : 'accent'}>{t(`source.${year.source}`)}</Tag>{' '}
          {year.by && year.recordedAt && (
            <small className="note">
              {t('source.by', { by: year.by })} <Moment at={year.recordedAt} />
            </small>
          )}
        </>
      }
    >
      <Holidays year={year} />
    </Section>
  )
}

/** The year's holidays in order: their days off, and the rest days worked for them. */
export function Holidays({ year }: { year: Pick<Year, 'year' | 'holidays'> }) {
  const t = useWords('calendar', words)
  const lang = useLang()
  const say = (day: string) => sayDay(day, lang, { thisYear: `${year.year}-01-01`, weekday: true })
  return (
    <ul className="card holidays">
      {year.holidays.map(({ name, off, work }) => {
        const [from, until] = [off[0], off.at(-1)]
        return (
          <li key={name}>
            <b>{name}</b>
            <span>
              {from && until && from !== until
                ? t('holiday.off', { from: say(from), until: say(until), count: off.length })
                : from && t('holiday.one', { from: say(from) })}
            </span>
            {work.length > 0 && <small>{t('holiday.work', { days: work.map(say).join(t('list.and')) })}</small>}
          </li>
        )
      })}
    </ul>
  )
}
