import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useAddress } from '#web/address.ts'
import { usePages, useRead } from '#web/client.ts'
import { sayDay } from '#web/days.ts'
import { Act, Button, Card, Due, Empty, Go, Headline, List, Row, Rows, Section, Segments, Shown } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useLang } from '#web/words.ts'
import { pledgeRoutes } from '../contract.ts'
import { All } from './all.tsx'
import { Paper, type Papered, SignSheet, Standing, useT } from './parts.tsx'

const views = ['mine', 'rounds', 'list'] as const

/** 签订: what I am to sign, the rounds, and who has not signed. */
export default function PledgesPage() {
  const t = useT()
  const { verbs } = useMe()
  const [{ view: given }, put] = useAddress('view')
  const navigate = useNavigate()
  const count = useRead(pledgeRoutes.toSign, {})
  const wide = verbs.includes('pledge.issue') || verbs.includes('board.read')
  const view = (wide && views.find((one) => one === given)) || 'mine'
  const waiting = (count.data?.holder ?? 0) + (count.data?.superior ?? 0)
  return (
    <>
      <Headline
        title={waiting > 0 ? t('head.some', { count: waiting }) : t('head.none')}
        sub={t('sub')}
        actions={
          verbs.includes('pledge.issue') && (
            <Button kind="main" onClick={() => void navigate({ to: '/pledges/new' })}>
              {t('new')}
            </Button>
          )
        }
      />
      {wide && (
        <div className="pledge-views">
          <Segments
            label={t('view.label')}
            value={view}
            options={views.map((value) => ({ value, label: t(`view.${value}`) }))}
            onChange={(next) => put({ view: next === 'mine' ? null : next })}
          />
        </div>
      )}
      {view === 'mine' && <Mine />}
      {view === 'rounds' && <Rounds />}
      {view === 'list' && <All />}
    </>
  )
}

function Mine() {
  const t = useT()
  const read = useRead(pledgeRoutes.mine, {})
  return (
    <Shown of={read} lines={4}>
      {({ holder, superior, signed }) => (
        <>
          {holder.length + superior.length + signed.length === 0 && (
            <Card>
              <Empty says={t('mine.none')} hint={t('mine.noneHint')} />
            </Card>
          )}
          {holder.length > 0 && (
            <Section title={t('mine.holder')} note={t('count.items', { count: holder.length })}>
              <Own of={holder} />
            </Section>
          )}
          {superior.length > 0 && (
            <Section title={t('mine.superior')} note={t('count.items', { count: superior.length })}>
              <Batch key={superior.map((one) => one.hash).join()} of={superior} />
            </Section>
          )}
          {signed.length > 0 && (
            <Section title={t('mine.signed')}>
              <Rows label={t('mine.signed')}>
                {signed.map((one) => (
                  <Row
                    key={one.id}
                    what={one.title}
                    why={<Standing of={one} />}
                    open={{ to: `/pledges/${one.id}` }}
                    next={
                      one.actions.includes('supplement') && (
                        <Go to={`/pledges/${one.id}`} kind="soft">
                          {t('supplement')}
                        </Go>
                      )
                    }
                  />
                ))}
              </Rows>
            </Section>
          )}
        </>
      )}
    </Shown>
  )
}

const Own = ({ of }: { of: readonly Papered[] }) => {
  const t = useT()
  const lang = useLang()
  const { today } = useMe()
  return (
    <Rows label={t('mine.holder')}>
      {of.map((one) => (
        <Row
          key={one.id}
          what={one.title}
          why={[one.superior && `${t('paper.superior')} ${one.superior.name}`, t('count.items', { count: countOf(one) })]
            .filter(Boolean)
            .join(' · ')}
          day={<Due day={one.due} left={t('mine.due', { day: sayDay(one.due, lang, { thisYear: today }) })} />}
          open={{ to: `/pledges/${one.id}` }}
          next={
            <Go to={`/pledges/${one.id}`} kind="soft">
              {t('openSign')}
            </Go>
          }
        />
      ))}
    </Rows>
  )
}

const countOf = ({ text }: Papered) =>
  text.difference ? text.difference.added.length + text.difference.changed.length + text.difference.removed.length : text.items.length

/** All ticked beforehand, each to be opened and read; one password for what is ticked. */
function Batch({ of }: { of: readonly Papered[] }) {
  const t = useT()
  const [out, setOut] = useState<readonly string[]>([])
  const [signing, setSigning] = useState(false)
  const may = of.filter((one) => one.actions.includes('sign') && !one.actions.includes('renew'))
  const ticked = may.filter((one) => !out.includes(one.id))
  return (
    <>
      <div className="pledge-batch">
        <Act kind="main" disabled={ticked.length === 0} onClick={() => setSigning(true)}>
          {t('batch.sign', { count: ticked.length })}
        </Act>
        <span className="note">{t('batch.hint')}</span>
      </div>
      <Rows label={t('mine.superior')}>
        {of.map((one) => (
          <Row
            key={one.id}
            what={
              <label className="pledge-tick">
                <input
                  type="checkbox"
                  checked={ticked.includes(one)}
                  disabled={!may.includes(one)}
                  onChange={(event) => setOut(event.target.checked ? out.filter((id) => id !== one.id) : [...out, one.id])}
                />
                <span>
                  {one.person.name} · {one.title}
                </span>
              </label>
            }
            why={`${one.unit.name} · ${one.text.holder.posts.join('、')} · ${t('count.items', { count: countOf(one) })}`}
            day={<Due day={one.due} left={t(`state.${one.state}`)} />}
            next={<Go to={`/pledges/${one.id}`}>{t('open')}</Go>}
            more={
              <details className="pledge-fold">
                <summary>{t('batch.text', { name: one.person.name })}</summary>
                <Paper text={one.text} signatures={one.signatures} hash={one.hash} />
              </details>
            }
          />
        ))}
      </Rows>
      {signing && <SignSheet of={ticked} onClose={() => setSigning(false)} />}
    </>
  )
}

function Rounds() {
  const t = useT()
  const lang = useLang()
  const { today, verbs } = useMe()
  const pages = usePages(pledgeRoutes.rounds, {})
  return (
    <List
      of={pages}
      label={t('view.rounds')}
      empty={
        <Empty
          says={t('rounds.empty')}
          hint={t('rounds.emptyHint')}
          action={
            verbs.includes('pledge.issue') && (
              <Go to="/pledges/new" kind="soft">
                {t('new')}
              </Go>
            )
          }
        />
      }
      row={(one) => (
        <Row
          key={one.id}
          what={one.title}
          why={
            one.state === 'withdrawn'
              ? t('round.withdrawn', { reason: one.reason ?? '' })
              : [
                  t('rounds.progress', { done: one.inForce, total: one.total }),
                  one.unsigned > 0 && t('rounds.unsigned', { count: one.unsigned }),
                  t('round.by', { by: one.by, day: sayDay(one.recordedAt.slice(0, 10), lang, { thisYear: today }) }),
                ]
                  .filter(Boolean)
                  .join(' · ')
          }
          day={<Due day={one.due} left={t('due')} />}
          open={{ to: `/pledges/rounds/${one.id}` }}
        />
      )}
    />
  )
}
