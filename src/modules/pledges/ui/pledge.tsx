import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { OkOf } from '#kernel/contract.ts'
import { useAct, useRead } from '#web/client.ts'
import { sayDay } from '#web/days.ts'
import { Act, Button, Due, Go, Headline, Refusal, Row, Rows, Section, Shown, tell, useWrites, write } from '#web/kit/index.ts'
import { useLang } from '#web/words.ts'
import { pledgeRoutes } from '../contract.ts'
import { DifferenceOf, Paper, SignSheet, Standing, useT } from './parts.tsx'

type One = OkOf<typeof pledgeRoutes.read>

/** One 责任书 or 承诺书: the paper, its signatures, what has changed since. */
export default function PledgePage() {
  const { id } = useParams({ strict: false })
  const read = useRead(pledgeRoutes.read, { id: String(id) })
  return <Shown of={read}>{(one) => <Whole key={`${one.id} ${one.hash}`} of={one} />}</Shown>
}

function Whole({ of }: { of: One }) {
  const t = useT()
  const lang = useLang()
  const [signing, setSigning] = useState(false)
  const { buttons, sheet } = useWrites(t, {
    withdraw: write(pledgeRoutes.withdraw, { reason: 'text' }),
    end: write(pledgeRoutes.end, { until: 'day', reason: 'text' }),
  })
  const renew = useAct(pledgeRoutes.renew, { onDone: () => tell(t('renew.done')) })
  const stale = of.actions.includes('renew')
  const over =
    of.state === 'ended'
      ? t('paper.until', { day: of.until ? sayDay(of.until, lang, { year: true }) : '', reason: of.reason ?? '' })
      : of.state === 'withdrawn'
        ? t('paper.withdrawn', { reason: of.reason ?? '' })
        : null
  return (
    <div className="pledge-page">
      <Headline
        title={`${of.person.name} · ${of.title}`}
        sub={
          <>
            <Standing of={of} /> {of.unit.name}
            {of.superior && ` · ${t('paper.superior')} ${of.superior.name}`}
          </>
        }
        actions={
          <>
            {of.actions.includes('sign') && (
              <Act kind="main" disabled={stale} onClick={() => setSigning(true)} {...(stale ? { title: t('paper.stale') } : {})}>
                {t('sign')}
              </Act>
            )}
            {stale && (
              <Act kind="soft" loading={renew.isPending} onClick={() => renew.mutate({ id: of.id })}>
                {t('renew')}
              </Act>
            )}
            {buttons(of.actions, of)}
            <Button onClick={() => window.print()}>{t('print')}</Button>
          </>
        }
      />
      <Refusal of={renew.error} />
      {over && <p className="pledge-told">{over}</p>}
      {stale && <p className="pledge-told">{t(of.differs ? 'paper.stale' : 'paper.movedUnsigned')}</p>}
      {of.moved && of.state === 'in_force' && <p className="pledge-told">{t('paper.moved')}</p>}
      {of.difference && of.state === 'in_force' && <Since of={of} />}
      <Paper text={of.text} signatures={of.signatures} hash={of.hash} />
      {of.supplements && (
        <Go to={`/pledges/${of.supplements}`} kind="soft">
          {of.text.supplements?.title ?? t('open')}
        </Go>
      )}
      {of.supplementedBy.length > 0 && (
        <Section title={t('supplements')}>
          <Rows label={t('supplements')}>
            {of.supplementedBy.map((one) => (
              <Row
                key={one.id}
                what={one.title}
                why={<Standing of={one} />}
                day={<Due day={one.due} />}
                open={{ to: `/pledges/${one.id}` }}
                next={
                  one.actions.includes('sign') && (
                    <Go to={`/pledges/${one.id}`} kind="soft">
                      {t('openSign')}
                    </Go>
                  )
                }
              />
            ))}
          </Rows>
        </Section>
      )}
      {signing && <SignSheet of={[of]} onClose={() => setSigning(false)} />}
      {sheet}
    </div>
  )
}

/** The differences alone, and the way to sign them. */
function Since({ of }: { of: One }) {
  const t = useT()
  const navigate = useNavigate()
  const supplement = useAct(pledgeRoutes.supplement, {
    onDone: (made) => {
      tell(t('supplement.done'))
      void navigate({ to: `/pledges/${made.id}` })
    },
  })
  if (!of.difference || !of.differs) return null
  return (
    <section className="card pad pledge-since" aria-label={t('differs.title')}>
      <div className="pledge-since-head">
        <p>
          <b>{t('differs.says', of.differs)}</b>
        </p>
        {of.actions.includes('supplement') && (
          <Act kind="main" loading={supplement.isPending} onClick={() => supplement.mutate({ id: of.id })}>
            {t('supplement')}
          </Act>
        )}
      </div>
      <Refusal of={supplement.error} />
      <div className="pledge-diff">
        <DifferenceOf of={of.difference} />
      </div>
    </section>
  )
}
