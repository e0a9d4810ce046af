import type { OkOf } from '#kernel/contract.ts'
import { useAddress } from '#web/address.ts'
import { useRead } from '#web/client.ts'
import { sayDay } from '#web/days.ts'
import { Button, Go, Headline, Light, Shown } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useLang, useWords } from '#web/words.ts'
import { boardRoutes } from '../contract.ts'
import { weekBeside } from '../week.ts'
import { useRedWords } from './reds.tsx'
import { words } from './section-words.ts'
import './week.css'

type WeekOf = OkOf<typeof boardRoutes.week>
type Item = WeekOf['due']['items'][number]
type Opening = { onOpen: (id: string) => void }

/** Monday's page: last week, this week, what is red and why, what to decide; one page of A4 when printed. */
export function Week({ asked, onOpen }: { asked: string } & Opening) {
  const read = useRead(boardRoutes.week, asked === 'now' ? {} : { week: asked }, { keep: true })
  return (
    <Shown of={read} lines={8}>
      {(week) => <Page week={week} onOpen={onOpen} />}
    </Shown>
  )
}

function Page({ week, onOpen }: { week: WeekOf } & Opening) {
  const t = useWords('board.sections', words)
  const lang = useLang()
  const { today, office } = useMe()
  const [, put] = useAddress('week', 'asOf')
  const said = (day: string) => sayDay(day, lang, { thisYear: today })
  const year = week.week.slice(0, 4)
  const n = Number(week.week.slice(6))
  const go = (weeks: number) => put({ week: weekBeside(week.from, weeks) })
  const over = week.until < today && week.day !== week.from
  return (
    <div className="week">
      <Headline
        title={t('week.title', { year, n })}
        sub={`${office.name} · ${t('week.sub', { from: said(week.from), until: said(week.until), day: said(week.day) })}`}
        actions={
          <span className="board-tools">
            <Go to="/board">{t('week.back')}</Go>
            <Button onClick={() => go(-1)} label={t('week.before')}>
              ‹
            </Button>
            <Button onClick={() => go(1)} label={t('week.after')}>
              ›
            </Button>
            {over && <Button onClick={() => put({ week: week.week, asOf: week.from })}>{t('week.then')}</Button>}
            <Button kind="main" onClick={() => window.print()}>
              {t('week.print')}
            </Button>
          </span>
        }
      />
      <div className="card week-paper">
        <Before week={week} onOpen={onOpen} />
        <DueNow week={week} onOpen={onOpen} />
        <RedNow week={week} onOpen={onOpen} />
        <Decide week={week} />
      </div>
    </div>
  )
}

function Part({ title, says, children }: { title: string; says?: string; children: React.ReactNode }) {
  return (
    <section className="week-part">
      <h2>
        {title} {says && <small>{says}</small>}
      </h2>
      {children}
    </section>
  )
}

function Line({ one, end, below, onOpen }: { one: Item; end: string; below?: string } & Opening) {
  return (
    <li>
      <Light light={one.light} />
      <button type="button" className="week-what" onClick={() => onOpen(one.id)}>
        {one.title}
      </button>
      <span className="week-who">
        {one.unit.name} {one.holder.name}
      </span>
      <span className="week-end">{end}</span>
      {below && <span className="week-below">{below}</span>}
    </li>
  )
}

const sum = (counts: WeekOf['due']['counts']) => counts.open + counts.onTime + counts.late + counts.waived

/** How many are not on the page. */
function Rest({ all, shown }: { all: number; shown: number }) {
  const t = useWords('board.sections', words)
  return all > shown ? <p className="note">{t('week.rest', { n: all - shown })}</p> : null
}

function Before({ week: { before }, onOpen }: { week: WeekOf } & Opening) {
  const t = useWords('board.sections', words)
  const lang = useLang()
  const { counts, items } = before
  const n = sum(counts)
  return (
    <Part title={t('week.s1')} says={n === 0 ? t('week.s1None') : t('week.s1Says', { n, ...counts })}>
      {n > 0 && items.length === 0 && counts.open + counts.late === 0 && <p className="note">{t('week.s1Clean')}</p>}
      <ul>
        {items.map((one) => (
          <Line
            key={one.id}
            one={one}
            end={one.doneOn === null ? t('week.ended.open') : t('week.ended.late', { day: sayDay(one.doneOn, lang) })}
            onOpen={onOpen}
          />
        ))}
      </ul>
      <Rest all={counts.open + counts.late} shown={items.length} />
    </Part>
  )
}

function DueNow({ week: { due }, onOpen }: { week: WeekOf } & Opening) {
  const t = useWords('board.sections', words)
  const lang = useLang()
  const { counts, items } = due
  return (
    <Part title={t('week.s2')} says={t('week.s2Says', { n: sum(counts), done: counts.onTime + counts.late })}>
      {items.length === 0 && <p className="note">{t('week.s2None')}</p>}
      <ul>
        {items.map((one) => (
          <Line key={one.id} one={one} end={sayDay(one.due, lang, { weekday: true })} onOpen={onOpen} />
        ))}
      </ul>
      <Rest all={counts.open} shown={items.length} />
    </Part>
  )
}

function RedNow({ week: { reds }, onOpen }: { week: WeekOf } & Opening) {
  const t = useWords('board.sections', words)
  const say = useRedWords()
  return (
    <Part title={t('week.s3')} says={reds.count === 0 ? t('week.s3None') : t('week.s3Says', { n: reds.count })}>
      <ul>
        {reds.items.map((one) => (
          <Line
            key={one.obligation.id}
            one={one.obligation}
            end={one.days > 0 ? t('red.days', { n: one.days }) : t('red.daysRest')}
            below={[say.how(one), ...say.moved(one).slice(-1), say.last(one)].join(t('semi'))}
            onOpen={onOpen}
          />
        ))}
      </ul>
      <Rest all={reds.count} shown={reds.items.length} />
      {reds.items.length > 0 && <p className="note">{t('red.rule', { ...reds.rule })}</p>}
    </Part>
  )
}

function Decide({ week: { decide } }: { week: WeekOf }) {
  const t = useWords('board.sections', words)
  const lang = useLang()
  const nothing = decide.toSign + decide.pledges + decide.toConfirm + decide.returned === 0
  return (
    <Part title={t('week.s4')}>
      {nothing && <p className="note">{t('week.s4None')}</p>}
      <ul className="week-decide">
        {decide.signs.map((one) => (
          <li key={one.duty.id}>
            <Go to="/awaiting" kind="bare">
              {t('week.sign', { title: one.duty.name, by: one.by, day: sayDay(one.since, lang) })}
            </Go>
          </li>
        ))}
        {decide.toSign > decide.signs.length && <li>{t('week.signMore', { n: decide.toSign - decide.signs.length })}</li>}
        {decide.pledges > 0 && (
          <li>
            <Go to="/pledges" kind="bare">
              {t('week.pledges', { n: decide.pledges })}
            </Go>
          </li>
        )}
        {decide.toConfirm > 0 && (
          <li>
            <Go to="/confirm" kind="bare">
              {t('week.confirm', { n: decide.toConfirm })}
            </Go>
          </li>
        )}
        {decide.returned > 0 && (
          <li>
            <Go to="/confirm" kind="bare" search={{ pile: 'returned' }}>
              {t('week.returned', { n: decide.returned })}
            </Go>
          </li>
        )}
      </ul>
    </Part>
  )
}
