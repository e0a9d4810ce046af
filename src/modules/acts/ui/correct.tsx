import { useAct } from '#web/client.ts'
import { hourOf } from '#web/days.ts'
import { Act, Button, FieldsOf, FormOf, Refusal, tell, useForm } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useSay } from '#web/words.ts'
import { actRoutes } from '../contract.ts'
import type { ActOk } from './detail.tsx'
import { HappeningFields, useT } from './happening.tsx'
import { blank, type Happening, sentOf, tickedOf } from './said.ts'
import { useProposals, useTaking } from './taking.ts'

/** The hour of an act in the office's zone; empty when none was given, which is kept as noon, or as now before noon. */
export function hourSaid(act: ActOk, zone: string): string {
  if (act.happenedAt === act.recordedAt) return ''
  const hour = hourOf(act.happenedAt, zone)
  return hour === '12:00' ? '' : hour
}

/** A correction: a new entry that begins as the old one stands. */
export function Correct({ act, onDone, show }: { act: ActOk; onDone: () => void; show: (id: string) => void }) {
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
  const others = [act.doneBy, ...act.with].filter(({ part }) => part !== 'attend')
  const begin: Happening = {
    ...blank,
    what: act.what,
    happenedOn: act.happenedOn,
    beganOn: act.beganOn ?? '',
    time: hourSaid(act, zone),
    kind: act.kind,
    count: String(act.count ?? ''),
    doneBy: act.doneBy.id,
    with: act.with.map(({ id }) => id),
    parts: Object.fromEntries(others.map(({ id, part }) => [id, part])),
    lateCause: act.lateCause ?? '',
  }
  const form = useForm(begin, { draft: `correct ${act.id}`, refused: correct.error })
  const taking = useTaking(form.values, false)
  const proposals = useProposals(taking.taken)
  // What the old entry discharged is not open and so not proposed; it stays ticked unless taken out.
  const given = act.discharges
  const send = () => {
    const discharges = tickedOf(proposals.items, form.values.ticks, given)
    correct.mutate({ id: act.id, ...sentOf(taking.taken, discharges, form.values.lateCause), reason: form.values.reason })
  }
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
        <HappeningFields form={form} taking={taking} proposals={proposals} given={given} refused={correct.error} correcting />
        <Refusal of={form.left} />
      </FormOf>
    </div>
  )
}

/** Withdrawing, with its reason. */
export function Withdraw({ act, onDone }: { act: ActOk; onDone: () => void }) {
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
