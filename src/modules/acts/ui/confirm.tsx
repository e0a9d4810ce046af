import { useState } from 'react'
import { startOfWeek } from '#kernel/calendar/index.ts'
import type { OkOf } from '#kernel/contract.ts'
import { useAddress } from '#web/address.ts'
import { useAct, usePages, useRead } from '#web/client.ts'
import { dayOf, sayDay } from '#web/days.ts'
import { Act, Button, Due, Empty, Failed, Go, Headline, Loading, Refusal, Row, Rows, Section, Segments, tell } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useLang } from '#web/words.ts'
import { actRoutes } from '../contract.ts'
import { Answering, Asked } from './confirming.tsx'
import { useT } from './happening.tsx'
import './acts.css'

type Request = OkOf<typeof actRoutes.confirmations>['items'][number]
const piles = ['asked', 'returned', 'waiting', 'answered'] as const
type Pile = (typeof piles)[number]

/** 请您确认: what was recorded for oneself and duties that ask for one's confirmation, by weeks, confirmed in one go; and what came back. */
export default function ConfirmPage() {
  const t = useT()
  const [{ pile: given }, put] = useAddress('pile')
  const count = useRead(actRoutes.toConfirm, {})
  const pile: Pile = piles.find((one) => one === given) ?? 'asked'
  const { asked, returned } = count.data ?? { asked: 0, returned: 0 }
  const words = {
    asked: t('pile.asked', { count: asked }),
    returned: t('pile.returned', { count: returned }),
    waiting: t('pile.waiting'),
    answered: t('pile.answered'),
  }
  return (
    <>
      <Headline title={t(asked > 0 ? 'confirm.title' : 'confirm.none', { count: asked })} sub={t('confirm.sub')} />
      <div className="confirm-piles">
        <Segments
          label={t('pile.label')}
          value={pile}
          options={piles.map((value) => ({ value, label: words[value] }))}
          onChange={(next) => put({ pile: next === 'asked' ? null : next })}
        />
      </div>
      <Requests key={pile} pile={pile} />
    </>
  )
}

function Requests({ pile }: { pile: Pile }) {
  const t = useT()
  const pages = usePages(actRoutes.confirmations, { pile, limit: 200 })
  if (!pages.items) return pages.error ? <Failed error={pages.error} retry={pages.refetch} /> : <Loading />
  if (pages.items.length === 0)
    return (
      <div className="card">
        <Empty says={t(`pile.empty.${pile}`)} {...(pile === 'asked' ? { hint: t('pile.emptyHint') } : {})} />
      </div>
    )
  return (
    <>
      {pile === 'asked' ? (
        <Batch items={pages.items} />
      ) : (
        <Rows label={t('confirm.sub')}>
          {pages.items.map((one) => (
            <Told key={one.id} of={one} />
          ))}
        </Rows>
      )}
      {pages.more && (
        <div className="more">
          <Button onClick={pages.more} loading={pages.fetchingMore}>
            {t('pile.more')}
          </Button>
        </div>
      )}
    </>
  )
}

/** The weeks in which the acts happened, the latest first. */
const weeksOf = (items: readonly Request[]) =>
  [...Map.groupBy(items, (one) => startOfWeek(one.act.happenedOn))].sort(([a], [b]) => (a < b ? 1 : -1))

/** All ticked beforehand: whoever agrees presses once. */
function Batch({ items }: { items: readonly Request[] }) {
  const t = useT()
  const lang = useLang()
  const { today } = useMe()
  const [out, setOut] = useState<readonly string[]>([])
  const [answers, setAnswers] = useState<Record<string, string>>({})
  const confirm = useAct(actRoutes.confirm, {
    onDone: ({ items: done }) => {
      const refused = done.filter((one) => one.refused !== null)
      setAnswers(Object.fromEntries(refused.map((one) => [one.id, one.refused?.message ?? ''])))
      const count = done.length - refused.length
      tell(refused.length > 0 ? t('confirm.some', { count, refused: refused.length }) : t('confirm.done', { count }))
    },
  })
  const may = items.filter(({ actions }) => actions.includes('confirm'))
  const ticked = may.filter(({ id }) => !out.includes(id)).map(({ id }) => id)
  const weeks = weeksOf(items)
  const send = (ids: readonly string[]) => ids.length > 0 && confirm.mutate({ ids: ids.slice(0, 200) })
  const tick = (ids: readonly string[], on: boolean) => setOut(on ? out.filter((id) => !ids.includes(id)) : [...new Set([...out, ...ids])])
  return (
    <>
      {may.length > 0 && (
        <div className="confirm-all">
          <Act kind="main" loading={confirm.isPending} disabled={ticked.length === 0} onClick={() => send(ticked)}>
            {t(ticked.length === may.length ? 'confirm.all' : 'confirm.ticked', { count: ticked.length })}
          </Act>
          <span className="note">{t('confirm.hint')}</span>
        </div>
      )}
      <Refusal of={confirm.error} />
      {weeks.map(([monday, list]) => {
        const ids = list.filter(({ actions }) => actions.includes('confirm')).map(({ id }) => id)
        const title = monday === startOfWeek(today) ? t('week.this') : t('week.of', { day: sayDay(monday, lang, { thisYear: today }) })
        return (
          <Section
            key={monday}
            title={title}
            note={t('week.count', { count: list.length })}
            action={
              weeks.length > 1 &&
              ids.length > 0 && (
                <Act onClick={() => send(ids.filter((id) => !out.includes(id)))} loading={confirm.isPending}>
                  {t('week.confirm')}
                </Act>
              )
            }
          >
            <Rows label={title}>
              {list.map((one) => (
                <Asking
                  key={one.id}
                  of={one}
                  on={!out.includes(one.id)}
                  tick={(on) => tick([one.id], on)}
                  answer={answers[one.id] ?? null}
                />
              ))}
            </Rows>
          </Section>
        )
      })}
    </>
  )
}

type AskingProps = { of: Request; on: boolean; tick: (on: boolean) => void; answer: string | null }

/** One act to confirm: ticked, objected to with a reason, or opened. */
function Asking({ of, on, tick, answer }: AskingProps) {
  const t = useT()
  const lang = useLang()
  const { today, zone } = useMe()
  const [objecting, setObjecting] = useState(false)
  const { act } = of
  const about = [
    of.ground === 'recorded_for'
      ? t('act.for', { by: of.askedBy.name })
      : t('confirm.duty', { name: act.doneBy.name, title: of.obligation?.name ?? '' }),
    act.with.length > 0
      ? t('act.with', {
          names: act.with
            .slice(0, 3)
            .map(({ name }) => name)
            .join(t('list.and')),
        })
      : null,
    act.count === null ? null : t('line.count', { count: act.count }),
    of.ground === 'recorded_for' && act.discharges.length > 0
      ? t('confirm.clears', { titles: act.discharges.map(({ title }) => title).join(t('list.and')) })
      : null,
    of.note ? t('asked.note', { recorder: of.askedBy.name, note: of.note }) : null,
  ]
  const may = of.actions.includes('confirm')
  return (
    <Row
      what={
        <label className="confirm-what">
          <input type="checkbox" checked={may && on} disabled={!may} onChange={(event) => tick(event.target.checked)} />
          <span>{act.what}</span>
        </label>
      }
      why={about.filter(Boolean).join(' · ')}
      day={<Due day={act.happenedOn} left={`${t('fact.recorded')} ${sayDay(dayOf(act.recordedAt, zone), lang, { thisYear: today })}`} />}
      next={
        <>
          {of.actions.includes('object') && (
            <Act expanded={objecting} onClick={() => setObjecting(!objecting)}>
              {t('verb.object')}
            </Act>
          )}
          <Go to="/acts" search={{ open: act.id }}>
            {t('link.act')}
          </Go>
        </>
      }
      more={
        (objecting || answer) && (
          <>
            {answer && (
              <p className="field-error" role="alert">
                {answer}
              </p>
            )}
            {objecting && <Answering of={of} verb="object" onDone={() => setObjecting(false)} />}
          </>
        )
      }
    />
  )
}

/** One that came back, still waits, or was answered: how it stands, and what is next. */
function Told({ of }: { of: Request }) {
  const t = useT()
  const { act } = of
  return (
    <Row
      what={act.what}
      why={[of.obligation?.name, act.doneBy.name].filter(Boolean).join(' · ')}
      day={<Due day={act.happenedOn} />}
      open={{ to: '/acts', search: { open: act.id } }}
      more={
        <>
          <Asked of={of} />
          {of.state === 'objected' && act.actions.includes('correct') && (
            <Go to="/acts" search={{ open: act.id }} kind="soft">
              {t('confirm.fix')}
            </Go>
          )}
        </>
      }
    />
  )
}
