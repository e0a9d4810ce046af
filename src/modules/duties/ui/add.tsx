import { Input } from 'antd'
import { useEffect } from 'react'
import { dutyKinds } from '#modules/obligations/contract.ts'
import { useAct } from '#web/client.ts'
import { Act, Button, Choice, Field, FieldsOf, FormOf, Refusal, Segments, Sheet, tell, useForm } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useLang, useSay } from '#web/words.ts'
import { rruleOf, sayCadence } from '../cadence.ts'
import { dutyRoutes } from '../contract.ts'
import { polarities } from '../rules.ts'
import { CadenceFields, choiceFrom } from './cadence-fields.tsx'
import { LoadPanel } from './load.tsx'
import { type DutyOk, HolderPick, holderOf, useAspects, useT } from './parts.tsx'

type Values = {
  title: string
  body: string
  kind: string
  polarity: string
  measure: string
  aspect: string
  every: string
  on: string
  month: string
  due: string
  since: string
  holders: string[]
}
/** What is known already when a duty is written down from somewhere: a gap's post, an aspect's list, the duty it stands beside. */
export type Preset = { kind?: string; aspect?: string; holders?: string[]; beside?: { id: string; title: string } }

/** 写一项责任: a duty written down directly, in a drawer. */
export function AddDuty({ preset, onClose, show }: { preset: Preset | null; onClose: () => void; show: (id: string) => void }) {
  const t = useT()
  return (
    <Sheet open={preset !== null} onClose={onClose} title={t('add.title')}>
      {preset && <AddForm preset={preset} onClose={onClose} show={show} />}
    </Sheet>
  )
}

/** What the load is asked with: nothing while there is no holder or no day. */
const loadOf = (values: Values, rrule: string | null, due: string | null) =>
  values.holders.length === 0 || values.since === '' || (rrule === null && due === null)
    ? null
    : {
        kind: dutyKinds.find((kind) => kind === values.kind) ?? 'task',
        rrule,
        due,
        since: values.since,
        holders: values.holders.map(holderOf),
      }

const owedBy = ({ lights }: Pick<DutyOk, 'lights'>) => lights.green + lights.yellow + lights.red + lights.grey

function AddForm({ preset, onClose, show }: { preset: Preset; onClose: () => void; show: (id: string) => void }) {
  const t = useT()
  const say = useSay()
  const lang = useLang()
  const { today } = useMe()
  const aspects = useAspects()
  const plain = Object.keys(preset).length === 0
  const begin: Values = {
    title: '',
    body: '',
    kind: preset.kind ?? (preset.beside ? 'task' : 'dual'),
    polarity: 'positive',
    measure: '',
    aspect: preset.aspect ?? '',
    every: 'month',
    on: '',
    month: '',
    due: '',
    since: today,
    holders: preset.holders ?? [],
  }
  const act = useAct(dutyRoutes.add, {
    onDone: (duty) => {
      form.clear()
      onClose()
      show(duty.id)
      tell(owedBy(duty) > 0 ? t('done.add', { count: owedBy(duty) }) : t('done.addNone'))
    },
  })
  const form = useForm(begin, { ...(plain ? { draft: 'duty' } : {}), refused: act.error })
  const { values, set, known } = form
  useEffect(() => {
    for (const name of ['kind', 'polarity', 'rrule', 'due', 'since', 'holders']) known(name)
  }, [known])
  const choice = choiceFrom(values)
  const rrule = rruleOf(choice)
  const due = choice.every === 'once' ? values.due || null : null
  const send = () =>
    act.mutate({
      title: values.title.trim(),
      body: values.body,
      kind: dutyKinds.find((kind) => kind === values.kind) ?? 'task',
      polarity: polarities.find((polarity) => polarity === values.polarity) ?? 'positive',
      measure: values.measure.trim() || null,
      aspect: values.kind === 'first' && values.aspect ? values.aspect : null,
      beside: preset.beside?.id ?? null,
      rrule,
      due,
      since: values.since,
      holders: values.holders.map(holderOf),
    })
  return (
    <FormOf
      onSend={send}
      foot={
        <>
          <Act kind="main" type="submit" loading={act.isPending}>
            {t('add.save')}
          </Act>
          <Button onClick={onClose}>{say('cancel')}</Button>
          {form.restored && (
            <Button kind="bare" onClick={form.clear}>
              {t('clear')}
            </Button>
          )}
        </>
      }
    >
      {form.restored && <p className="note">{t('kept')}</p>}
      {preset.beside && <p className="note">{t('add.beside', { title: preset.beside.title })}</p>}
      <FieldsOf form={form} fields={[{ name: 'title', label: t('field.title'), hint: t('field.titleHint'), maxLength: 120 }]} />
      <Field label={t('field.holders')} error={form.errorAt('holders')}>
        {(control) => <HolderPick control={control} value={values.holders} onChange={(holders) => set('holders', holders)} />}
      </Field>
      <CadenceFields values={values} set={set} error={form.errorAt('rrule')} />
      {choice.every === 'once' && (
        <Field label={t('field.due')} error={form.errorAt('due')}>
          {(control) => (
            <Input {...control} type="date" min={values.since} value={values.due} onChange={(event) => set('due', event.target.value)} />
          )}
        </Field>
      )}
      <p className="note">{t('says', { cadence: sayCadence(rrule, due, lang) })}</p>
      <LoadPanel input={loadOf(values, rrule, due)} />
      <div className="duty-pair">
        <Field label={t('field.since')} error={form.errorAt('since')}>
          {(control) => <Input {...control} type="date" value={values.since} onChange={(event) => set('since', event.target.value)} />}
        </Field>
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
      </div>
      {values.kind === 'first' && (
        <Field label={t('add.aspect')} error={form.errorAt('aspect')}>
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
      <Segments
        label={t('field.polarity')}
        options={polarities.map((polarity) => ({ value: polarity, label: t(`polarity.${polarity}`) }))}
        value={values.polarity}
        onChange={(polarity) => set('polarity', polarity)}
      />
      <FieldsOf
        form={form}
        first="title"
        fields={[
          { name: 'measure', label: t('field.measure'), hint: t('field.measureHint'), required: false, maxLength: 300 },
          { name: 'body', kind: 'long', label: t('field.body'), required: false, maxLength: 4000 },
        ]}
      />
      <Refusal of={form.left} />
    </FormOf>
  )
}
