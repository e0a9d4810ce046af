import { useState } from 'react'
import type { OkOf } from '#kernel/contract.ts'
import { EvidenceOf } from '#modules/evidence/ui/evidence.tsx'
import { dayOf, sayDay } from '#web/days.ts'
import { Act, Button, Day, Facts, Go, Row, Rows, Section, Tag } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useLang } from '#web/words.ts'
import type { actRoutes } from '../contract.ts'
import { kindSays } from '../reading/kinds.ts'
import { Asked } from './confirming.tsx'
import { Correct, hourSaid, Withdraw } from './correct.tsx'
import { ActTags, useT } from './happening.tsx'

export type ActOk = OkOf<typeof actRoutes.read>
type DetailProps = { act: ActOk; show: (id: string) => void }

/** One act: its three dates, what it discharged, and correcting or withdrawing it. */
export function ActDetail({ act, show }: DetailProps) {
  const t = useT()
  const lang = useLang()
  const { verbs } = useMe()
  const [open, setOpen] = useState<'correct' | 'withdraw' | null>(null)
  const close = () => setOpen(null)
  const named = ({ name, part }: ActOk['doneBy']) => (part === 'attend' ? name : t('fact.named', { name, part: t(`taking.${part}`) }))
  const toggle = (verb: 'correct' | 'withdraw') => setOpen(open === verb ? null : verb)
  return (
    <div className="act-detail">
      <h2 className={act.state === 'recorded' ? '' : 'act-gone'}>{act.what}</h2>
      <p className="act-tags">
        <Tag>{kindSays(act.kind, lang)}</Tag>
        <ActTags act={act} />
      </p>
      <div className="act-buttons">
        {(['correct', 'withdraw'] as const)
          .filter((verb) => act.actions.includes(verb))
          .map((verb) => (
            <Act key={verb} expanded={open === verb} onClick={() => toggle(verb)}>
              {t(`verb.${verb}`)}
            </Act>
          ))}
        {act.corrects && <Button onClick={() => act.corrects && show(act.corrects)}>{t('link.old')}</Button>}
        {act.correctedBy && <Button onClick={() => act.correctedBy && show(act.correctedBy)}>{t('link.new')}</Button>}
        {verbs.includes('trace.read') && (
          <Go to="/trace" search={{ kind: 'act', id: act.id }}>
            {t('link.trace')}
          </Go>
        )}
      </div>
      {open === 'correct' && <Correct act={act} onDone={close} show={show} />}
      {open === 'withdraw' && <Withdraw act={act} onDone={close} />}
      <Dates act={act} />
      <Facts
        of={[
          { name: t('fact.doneBy'), value: named(act.doneBy) },
          ...(act.with.length > 0 ? [{ name: t('fact.with'), value: act.with.map(named).join(t('list.and')) }] : []),
          ...(act.count === null ? [] : [{ name: t('field.count'), value: act.count }]),
          { name: t('fact.unit'), value: act.unit.name },
          ...(act.recordedBy.id === act.doneBy.id ? [] : [{ name: t('fact.recordedBy'), value: act.recordedBy.name }]),
          ...(act.reason ? [{ name: t('fact.reason'), value: act.reason }] : []),
        ]}
      />
      {act.confirmation && <Asked of={act.confirmation} />}
      {act.discharges.length > 0 && <Discharged act={act} />}
      <EvidenceOf act={act.id} />
    </div>
  )
}

/** When it was done, by when it was due, when it was recorded. */
function Dates({ act }: { act: ActOk }) {
  const t = useT()
  const lang = useLang()
  const { today, zone } = useMe()
  const recordedOn = dayOf(act.recordedAt, zone)
  const due = act.discharges.map((one) => one.due).sort()[0]
  const say = (day: string) => sayDay(day, lang, { thisYear: today })
  return (
    <div>
      <dl className={`act-dates${act.lateEntry ? ' late' : ''}`}>
        <div>
          <dt>{t('fact.when')}</dt>
          <dd>
            {act.beganOn && (
              <>
                <Day day={act.beganOn} /> —{' '}
              </>
            )}
            <Day day={act.happenedOn} /> {hourSaid(act, zone)}
          </dd>
        </div>
        {due && (
          <div>
            <dt>{t('fact.due')}</dt>
            <dd>
              <Day day={due} />
            </dd>
          </div>
        )}
        <div>
          <dt>{t('fact.recorded')}</dt>
          <dd>
            <Day day={recordedOn} />
          </dd>
        </div>
      </dl>
      {act.lateEntry && (
        <p className="note">
          {t('late.says', { happened: say(act.happenedOn), recorded: say(recordedOn) })}
          {act.lateCause && t('late.because', { cause: t(`late.${act.lateCause}`) })}
        </p>
      )}
    </div>
  )
}

function Discharged({ act }: { act: ActOk }) {
  const t = useT()
  const lang = useLang()
  const { today } = useMe()
  const counts = act.state === 'recorded'
  return (
    <Section title={t('clears.title')}>
      {!counts && <p className="note">{t('clears.gone')}</p>}
      <Rows label={t('clears.title')}>
        {act.discharges.map((one) => (
          <Row
            key={one.id}
            {...(counts ? { light: 'green' as const } : {})}
            what={<span className={counts ? '' : 'act-gone'}>{one.title}</span>}
            why={t(one.late ? 'clears.late' : 'clears.onTime', { day: sayDay(one.due, lang, { thisYear: today }) })}
            open={{ to: '/mine', search: { open: one.id } }}
            {...(one.confirmation ? { more: <Asked of={one.confirmation} /> } : {})}
          />
        ))}
      </Rows>
    </Section>
  )
}
