import { useState } from 'react'
import type { OkOf } from '#kernel/contract.ts'
import { EvidenceOf } from '#modules/evidence/ui/evidence.tsx'
import { useAct } from '#web/client.ts'
import { dayOf, hourOf, sayDay } from '#web/days.ts'
import { Act, Button, Day, Facts, FieldsOf, FormOf, Go, Refusal, Row, Rows, Section, tell, useForm } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useLang, useSay } from '#web/words.ts'
import { actRoutes } from '../contract.ts'
import { ActTags, type Happening, HappeningFields, sentOf, tickedOf, useProposals, useT } from './happening.tsx'

type ActOk = OkOf<typeof actRoutes.read>
type DetailProps = { act: ActOk; show: (id: string) => void }

/** One act: its three dates, what it discharged, and correcting or withdrawing it. */
export function ActDetail({ act, show }: DetailProps) {
  const t = useT()
  const { verbs } = useMe()
  const [open, setOpen] = useState<'correct' | 'withdraw' | null>(null)
  const close = () => setOpen(null)
  const toggle = (verb: 'correct' | 'withdraw') => setOpen(open === verb ? null : verb)
  return (
    <div className="act-detail">
      <h2 className={act.state === 'recorded' ? '' : 'act-gone'}>{act.what}</h2>
      {(act.lateEntry || act.corrects || act.state !== 'recorded') && (
        <p>
          <ActTags act={act} />
        </p>
      )}
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
          { name: t('fact.doneBy'), value: act.doneBy.name },
          ...(act.with.length > 0 ? [{ name: t('fact.with'), value: act.with.map(({ name }) => name).join(t('list.and')) }] : []),
          { name: t('fact.unit'), value: act.unit.name },
          ...(act.recordedBy.id === act.doneBy.id ? [] : [{ name: t('fact.recordedBy'), value: act.recordedBy.name }]),
          ...(act.reason ? [{ name: t('fact.reason'), value: act.reason }] : []),
        ]}
      />
      {act.discharges.length > 0 && <Discharged act={act} />}
      <EvidenceOf act={act.id} />
    </div>
  )
}

/** The hour of an act in the office's zone; empty when none was given, which is kept as noon, or as now before noon. */
function hourSaid(act: ActOk, zone: string): string {
  if (act.happenedAt === act.recordedAt) return ''
  const hour = hourOf(act.happenedAt, zone)
  return hour === '12:00' ? '' : hour
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
      {act.lateEntry && <p className="note">{t('late.says', { happened: say(act.happenedOn), recorded: say(recordedOn) })}</p>}
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
          />
        ))}
      </Rows>
    </Section>
  )
}

function Correct({ act, onDone, show }: { act: ActOk; onDone: () => void; show: (id: string) => void }) {
  const t = useT()
  const say = useSay()
  const { zone } = useMe()
  const correct = useAct(actRoutes.correct, {
    onDone: (kept) => {
      form.clear()
      tell(t('done.correct'))
      onDone()
      show(kept.id)
    },
  })
  const begin: Happening = {
    what: act.what,
    happenedOn: act.happenedOn,
    time: hourSaid(act, zone),
    doneBy: act.doneBy.id,
    with: act.with.map(({ id }) => id),
    ticks: {},
    reason: '',
  }
  const form = useForm(begin, { draft: `correct ${act.id}`, refused: correct.error })
  const proposals = useProposals(form.values)
  // What the old entry discharged is not open and so not proposed; it stays ticked unless taken out.
  const given = act.discharges
  const send = () =>
    correct.mutate({ id: act.id, ...sentOf(form.values, tickedOf(proposals.items, form.values.ticks, given)), reason: form.values.reason })
  return (
    <div className="act-form">
      <FormOf
        onSend={send}
        foot={
          <>
            <Act kind="main" type="submit" loading={correct.isPending}>
              {t('correct.save')}
            </Act>
            <Button onClick={onDone}>{say('cancel')}</Button>
          </>
        }
      >
        <p className="note">{t('correct.hint')}</p>
        <HappeningFields form={form} proposals={proposals} given={given} refused={correct.error} correcting />
        <Refusal of={form.left} />
      </FormOf>
    </div>
  )
}

function Withdraw({ act, onDone }: { act: ActOk; onDone: () => void }) {
  const t = useT()
  const say = useSay()
  const withdraw = useAct(actRoutes.withdraw, {
    onDone: () => {
      tell(t('done.withdraw'))
      onDone()
    },
  })
  const form = useForm({ reason: '' }, { refused: withdraw.error })
  return (
    <div className="act-form">
      <FormOf
        onSend={() => withdraw.mutate({ id: act.id, reason: form.values.reason })}
        foot={
          <>
            <Act kind="danger" type="submit" loading={withdraw.isPending}>
              {t('verb.withdraw')}
            </Act>
            <Button onClick={onDone}>{say('cancel')}</Button>
          </>
        }
      >
        <p className="note">{t('withdraw.hint')}</p>
        <FieldsOf form={form} fields={[{ name: 'reason', label: t('withdraw.reason'), maxLength: 500 }]} />
        <Refusal of={form.left} />
      </FormOf>
    </div>
  )
}
