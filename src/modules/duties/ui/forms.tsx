import { later } from '#kernel/calendar/index.ts'
import { useAct } from '#web/client.ts'
import { Act, Button, Choice, Field, FieldsOf, FormOf, Refusal, tell, useForm } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useSay } from '#web/words.ts'
import { dutyRoutes } from '../contract.ts'
import { LoadPanel } from './load.tsx'
import { type DutyOk, HolderPick, holderOf, useT } from './parts.tsx'

export type InlineProps = { duty: DutyOk; onDone: () => void }

/** A form in the detail pane, with its one verb and a way out. */
export function Inline({ children, verb, loading, danger, disabled, onSend, onDone }: React.PropsWithChildren<InlineFrame>) {
  const say = useSay()
  return (
    <div className="duty-form">
      <FormOf
        onSend={onSend}
        foot={
          <>
            <Act kind={danger ? 'danger' : 'main'} type="submit" loading={loading} disabled={disabled ?? false}>
              {verb}
            </Act>
            <Button onClick={onDone}>{say('cancel')}</Button>
          </>
        }
      >
        {children}
      </FormOf>
    </div>
  )
}
type InlineFrame = { verb: string; loading: boolean; danger?: boolean; disabled?: boolean; onSend: () => void; onDone: () => void }

export function Assign({ duty, onDone }: InlineProps) {
  const t = useT()
  const { today } = useMe()
  const act = useAct(dutyRoutes.assign, {
    onDone: () => {
      tell(t('done.assign'))
      onDone()
    },
  })
  const form = useForm({ since: later(today, duty.since), holders: [] as string[] }, { refused: act.error })
  return (
    <Inline
      verb={t('assign.save')}
      loading={act.isPending}
      disabled={form.values.holders.length === 0}
      onSend={() => act.mutate({ id: duty.id, since: form.values.since, holders: form.values.holders.map(holderOf) })}
      onDone={onDone}
    >
      <Field label={t('field.holders')} error={form.errorAt('holders')}>
        {(control) => <HolderPick control={control} value={form.values.holders} onChange={(holders) => form.set('holders', holders)} />}
      </Field>
      <LoadPanel
        input={
          form.values.holders.length === 0 || (duty.rrule === null && duty.due === null)
            ? null
            : { kind: duty.kind, rrule: duty.rrule, due: duty.due, since: form.values.since, holders: form.values.holders.map(holderOf) }
        }
      />
      <FieldsOf form={form} first="holders" fields={[{ name: 'since', kind: 'day', label: t('assign.since'), min: duty.since }]} />
      <Refusal of={form.left ?? (form.errorAt('holders') ? null : act.error)} />
    </Inline>
  )
}

/** A holder no longer holds it from a day on. */
export function Release({ duty, onDone }: InlineProps) {
  const t = useT()
  const { today } = useMe()
  const act = useAct(dutyRoutes.release, {
    onDone: () => {
      tell(t('done.release'))
      onDone()
    },
  })
  const form = useForm({ holder: '', until: today, reason: '' }, { refused: act.error })
  const options = duty.holders
    .filter((holder) => holder.until === null)
    .map((holder) => ({
      value: holder.id,
      label: holder.post?.name ?? holder.persons.map((one) => one.name).join(t('list.and')),
      note: holder.post ? holder.persons.map((one) => one.name).join(t('list.and')) : holder.unit.name,
    }))
  return (
    <Inline
      verb={t('verb.release')}
      loading={act.isPending}
      danger
      disabled={form.values.holder === ''}
      onSend={() => act.mutate({ id: duty.id, ...form.values })}
      onDone={onDone}
    >
      <Field label={t('release.who')} error={form.errorAt('holder')}>
        {(control) => (
          <Choice {...control} options={options} value={form.values.holder} onChange={(holder) => form.set('holder', holder)} />
        )}
      </Field>
      <FieldsOf
        form={form}
        first="until"
        fields={[
          { name: 'until', kind: 'day', label: t('release.until') },
          { name: 'reason', label: t('release.reason'), maxLength: 500 },
        ]}
      />
      <Refusal of={form.left} />
    </Inline>
  )
}

export function End({ duty, onDone }: InlineProps) {
  const t = useT()
  const { today } = useMe()
  const act = useAct(dutyRoutes.end, {
    onDone: () => {
      tell(t('done.end'))
      onDone()
    },
  })
  const form = useForm({ until: later(today, duty.since), reason: '' }, { refused: act.error })
  return (
    <Inline verb={t('verb.end')} loading={act.isPending} danger onSend={() => act.mutate({ id: duty.id, ...form.values })} onDone={onDone}>
      <p className="note">{t('end.hint')}</p>
      <FieldsOf
        form={form}
        fields={[
          { name: 'until', kind: 'day', label: t('end.until'), min: duty.since },
          { name: 'reason', label: t('end.reason'), maxLength: 500 },
        ]}
      />
      <Refusal of={form.left} />
    </Inline>
  )
}

/** What was written by mistake is taken back. */
export function Retract({ duty, onDone }: InlineProps) {
  const t = useT()
  const act = useAct(dutyRoutes.retract, {
    onDone: () => {
      tell(t('done.retract'))
      onDone()
    },
  })
  const form = useForm({ reason: '' }, { refused: act.error })
  return (
    <Inline
      verb={t('verb.retract')}
      loading={act.isPending}
      danger
      onSend={() => act.mutate({ id: duty.id, reason: form.values.reason })}
      onDone={onDone}
    >
      <p className="note">{t('retract.hint')}</p>
      <FieldsOf form={form} fields={[{ name: 'reason', label: t('retract.reason'), maxLength: 500 }]} />
      <Refusal of={form.left} />
    </Inline>
  )
}
