import { Input } from 'antd'
import { useEffect } from 'react'
import { later } from '#kernel/calendar/index.ts'
import { dutyKinds } from '#modules/obligations/contract.ts'
import { useAct } from '#web/client.ts'
import { sayDay } from '#web/days.ts'
import { Choice, Field, FieldsOf, Refusal, tell, useForm } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useLang } from '#web/words.ts'
import { rruleOf, sayCadence } from '../cadence.ts'
import { dutyRoutes } from '../contract.ts'
import { polarities } from '../rules.ts'
import { CadenceFields, choiceFrom } from './cadence-fields.tsx'
import { Inline } from './forms.tsx'
import { type DutyWhole, useAspects, useT } from './parts.tsx'

/** Takes the last change back. */
export function useUndoChange() {
  const t = useT()
  return useAct(dutyRoutes.undoChange, { onDone: () => tell(t('done.undoChange')) })
}

/** Changes what a duty says from a day on. Only what differs is sent; the cadence stays unless another one is chosen. */
export function ChangeForm({ duty, onDone }: { duty: DutyWhole; onDone: () => void }) {
  const t = useT()
  const lang = useLang()
  const { today } = useMe()
  const aspects = useAspects()
  const undo = useUndoChange()
  const act = useAct(dutyRoutes.change, {
    onDone: (after) => {
      const says = after.coming
        ? t('done.coming', { day: sayDay(after.coming.since, lang, { thisYear: today }) })
        : t('done.change', { n: after.version })
      tell(says, { undo: () => undo.mutate({ id: duty.id }) })
      onDone()
    },
  })
  const begin = {
    since: later(today, duty.versionSince),
    reason: '',
    title: duty.title,
    body: duty.body,
    measure: duty.measure ?? '',
    kind: duty.kind as string,
    polarity: duty.polarity as string,
    aspect: duty.aspect ?? '',
    every: '',
    on: '',
    month: '',
    due: duty.due ?? '',
  }
  const form = useForm(begin, { refused: act.error })
  const { values, set, known } = form
  useEffect(() => {
    for (const name of ['kind', 'polarity', 'rrule', 'due', 'aspect']) known(name)
  }, [known])
  const send = () => {
    const kind = dutyKinds.find((one) => one === values.kind)
    const polarity = polarities.find((one) => one === values.polarity)
    const measure = values.measure.trim() || null
    const aspect = values.aspect || null
    act.mutate({
      id: duty.id,
      since: values.since,
      reason: values.reason,
      ...(values.title.trim() === duty.title ? {} : { title: values.title.trim() }),
      ...(values.body === duty.body ? {} : { body: values.body }),
      ...(measure === duty.measure ? {} : { measure }),
      ...(kind && kind !== duty.kind ? { kind } : {}),
      ...(polarity && polarity !== duty.polarity ? { polarity } : {}),
      ...(values.kind === 'first' && aspect !== duty.aspect ? { aspect } : {}),
      ...(values.every === '' ? {} : { rrule: rruleOf(choiceFrom(values)), due: values.every === 'once' ? values.due || null : null }),
    })
  }
  return (
    <Inline verb={t('change.save')} loading={act.isPending} onSend={send} onDone={onDone}>
      <p className="note">{t('change.hint')}</p>
      <FieldsOf
        form={form}
        fields={[
          { name: 'title', label: t('field.title'), maxLength: 120 },
          { name: 'body', kind: 'long', label: t('field.body'), required: false, maxLength: 4000 },
          { name: 'measure', label: t('field.measure'), required: false, maxLength: 300 },
        ]}
      />
      <CadenceFields
        values={values}
        set={set}
        error={form.errorAt('rrule')}
        keep={t('change.keep', { cadence: sayCadence(duty.rrule, duty.due, lang) })}
      />
      {values.every === 'once' && (
        <Field label={t('field.due')} error={form.errorAt('due')}>
          {(control) => (
            <Input {...control} type="date" min={values.since} value={values.due} onChange={(event) => set('due', event.target.value)} />
          )}
        </Field>
      )}
      <div className="duty-pair">
        <Field label={t('field.kind')} error={form.errorAt('kind')}>
          {(control) => (
            <Choice
              {...control}
              options={dutyKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
              value={values.kind}
              onChange={(kind) => set('kind', kind)}
            />
          )}
        </Field>
        <Field label={t('field.polarity')} error={form.errorAt('polarity')}>
          {(control) => (
            <Choice
              {...control}
              options={polarities.map((one) => ({ value: one, label: t(`polarity.${one}.list`) }))}
              value={values.polarity}
              onChange={(polarity) => set('polarity', polarity)}
            />
          )}
        </Field>
        {values.kind === 'first' && (
          <Field label={t('change.aspect')} error={form.errorAt('aspect')}>
            {(control) => (
              <Choice
                {...control}
                none={t('change.aspectNone')}
                options={aspects}
                value={values.aspect}
                onChange={(aspect) => set('aspect', aspect)}
              />
            )}
          </Field>
        )}
      </div>
      <FieldsOf
        form={form}
        first="title"
        fields={[
          { name: 'since', kind: 'day', label: t('change.since'), min: duty.since },
          { name: 'reason', label: t('change.reason'), maxLength: 500 },
        ]}
      />
      <Refusal of={form.left} />
    </Inline>
  )
}
