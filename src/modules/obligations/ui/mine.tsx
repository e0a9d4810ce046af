import { useState } from 'react'
import type { OkOf } from '#kernel/contract.ts'
import { RecordLine } from '#modules/acts/ui/line.tsx'
import { ToConfirm } from '#modules/acts/ui/to-confirm.tsx'
import { ToSign } from '#modules/duties/ui/load.tsx'
import { HandoversToConfirm } from '#modules/handovers/ui/to-confirm.tsx'
import { PledgesToSign } from '#modules/pledges/ui/to-sign.tsx'
import { useAddress } from '#web/address.ts'
import { useLookingBack } from '#web/as-of.ts'
import { useRead } from '#web/client.ts'
import { sayDay } from '#web/days.ts'
import { Act, Button, Card, Columns, Empty, Facts, Go, Headline, Rows, Section, Shown } from '#web/kit/index.ts'
import { useRecord } from '#web/record.ts'
import { useMe } from '#web/session.ts'
import { useLang } from '#web/words.ts'
import { obligationRoutes } from '../contract.ts'
import { ObligationDetail } from './detail.tsx'
import { headlineOf } from './headline.ts'
import { History, LightWhy, ObligationRow, type One, useT } from './parts.tsx'
import './obligations.css'

type Mine = OkOf<typeof obligationRoutes.mine>

/** 我的责任: the first page after signing in. */
export default function MinePage() {
  const mine = useRead(obligationRoutes.mine, {}, { keep: true })
  const [{ open }, put] = useAddress('open')
  return (
    <>
      <Shown of={mine} lines={6}>
        {(data) => <Page mine={data} open={open} show={(id) => put({ open: id })} />}
      </Shown>
      <ObligationDetail id={open ?? null} onClose={() => put({ open: null })} />
    </>
  )
}

type Show = (id: string) => void

function Page({ mine, open, show }: { mine: Mine; open: string | undefined; show: Show }) {
  const t = useT()
  const lang = useLang()
  const { today, verbs } = useMe()
  const { overdue, week, later, waived } = mine
  const counts = { overdue: overdue.length, today: mine.today.length, week: week.length, later: later.length }
  const next = [...mine.today, ...week, ...later][0]
  const day = sayDay(mine.day, lang, { weekday: true, thisYear: today })
  const openNow = counts.overdue + counts.today + counts.week + counts.later
  const sub = [
    day,
    t('sub.open', { count: openNow }),
    ...(next && next.due !== mine.day ? [t('sub.next', { day: sayDay(next.due, lang, { thisYear: today }) })] : []),
  ]
  const shared = { open, show }
  return (
    <>
      <Headline title={headlineOf(counts, t, lang)} sub={sub.join(' · ')} />
      <Columns aside={<Year year={mine.year} />}>
        {verbs.includes('act.record') && <RecordLine />}
        <ToConfirm />
        <HandoversToConfirm />
        <PledgesToSign />
        <ToSign />
        {mine.recomputed && <Recomputed of={mine.recomputed} show={show} />}
        {openNow === 0 && <Nothing />}
        <Part title={t('sec.overdue')} of={overdue} {...shared} />
        <Part title={t('sec.today')} of={mine.today} {...shared} />
        <Part title={t('sec.week')} of={week} {...shared} />
        <Part title={t('sec.later')} of={later} {...shared} />
        <Part title={t('sec.waived')} of={waived} {...shared} />
      </Columns>
    </>
  )
}

/** A calendar arrived and moved due days of one's own: which, and from which day. */
function Recomputed({ of, show }: { of: NonNullable<Mine['recomputed']>; show: Show }) {
  const t = useT()
  const lang = useLang()
  const { today } = useMe()
  const [all, setAll] = useState(false)
  const say = (day: string) => sayDay(day, lang, { thisYear: today })
  const items = all ? of.items : of.items.slice(0, 3)
  return (
    <section className="card pad recomputed" aria-label={t('moved.title', { calendar: of.calendar })}>
      <p>
        <b>{t('moved.title', { calendar: of.calendar })}</b> <small className="note">{t('moved.says', { count: of.items.length })}</small>
      </p>
      <ul>
        {items.map((one) => (
          <li key={one.id}>
            <button type="button" className="moved-open" onClick={() => show(one.id)}>
              {one.title}
            </button>{' '}
            <small>{t('moved.day', { was: say(one.was), due: say(one.due) })}</small>
          </li>
        ))}
      </ul>
      {of.items.length > items.length && (
        <Button kind="bare" onClick={() => setAll(true)}>
          {t('moved.all', { count: of.items.length })}
        </Button>
      )}
    </section>
  )
}

function Nothing() {
  const t = useT()
  const lookingBack = useLookingBack()
  return (
    <Card>
      <Empty
        says={t(lookingBack ? 'empty.back' : 'empty.says')}
        hint={t(lookingBack ? 'empty.backHint' : 'empty.hint')}
        action={
          <Go to="/duties" kind="soft">
            {t('empty.duties')}
          </Go>
        }
      />
    </Card>
  )
}

function Part({ title, of, open, show }: { title: string; of: Mine['overdue']; open: string | undefined; show: Show }) {
  const t = useT()
  if (of.length === 0) return null
  return (
    <Section title={title} note={t('sec.count', { count: of.length })}>
      <Rows label={title}>
        {of.map((one) => (
          <MineRow key={one.id} one={one} current={open === one.id} show={show} />
        ))}
      </Rows>
    </Section>
  )
}

function MineRow({ one, current, show }: { one: One; current: boolean; show: Show }) {
  const t = useT()
  const record = useRecord()
  const lookingBack = useLookingBack()
  const [why, setWhy] = useState(false)
  const mayRecord = one.state === 'open' && (one.actions.includes('record') || lookingBack)
  return (
    <ObligationRow
      one={one}
      own
      current={current}
      open={() => show(one.id)}
      next={
        <>
          {mayRecord && (
            <Act kind="soft" onClick={() => record?.({ obligation: one.id, title: one.title })}>
              {t('record')}
            </Act>
          )}
          <Button onClick={() => setWhy(!why)} expanded={why}>
            {t(`why.${one.light}`)}
          </Button>
        </>
      }
      more={why && <WhyHere id={one.id} />}
    />
  )
}

function WhyHere({ id }: { id: string }) {
  const read = useRead(obligationRoutes.read, { id })
  return (
    <div className="why-wide">
      <Shown of={read} lines={2}>
        {(whole) => (
          <>
            <LightWhy {...whole} />
            <History events={whole.events} />
          </>
        )}
      </Shown>
    </div>
  )
}

/** How the year stands: on time, late, open; for ordinary staff beside the limit of what may be asked of one person. */
function Year({ year }: { year: Mine['year'] }) {
  const t = useT()
  const { roles } = useMe()
  const ordinary = roles.every((role) => role === 'staff')
  const sum = year.onTime + year.late + year.open
  const facts = [
    { name: t('year.onTime'), value: year.onTime },
    { name: t('year.late'), value: year.late },
    { name: t('year.open'), value: year.open },
  ]
  return (
    <Card pad>
      <div className="year">
        <h2>{t('year.title')}</h2>
        <Facts of={ordinary ? [...facts, { name: t('year.budget'), value: year.budget }] : facts} />
        {ordinary && (
          <>
            <div className="bar" aria-hidden="true">
              <i style={{ width: `${Math.min(100, Math.round((sum / Math.max(1, year.budget)) * 100))}%` }} />
            </div>
            <p className="note">{t(sum > year.budget ? 'year.over' : 'year.under', { sum, budget: year.budget })}</p>
          </>
        )}
      </div>
    </Card>
  )
}
