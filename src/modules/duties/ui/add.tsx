import { Input } from 'antd'
import { useEffect } from 'react'
import { dutyKinds } from '#modules/obligations/contract.ts'
import { useAct } from '#web/client.ts'
import { Act, Button, Choice, Field, FieldsOf, FormOf, Refusal, Segments, Sheet, tell, useForm } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useLang, useSay } from '#web/words.ts'
import { type CadenceChoice, type Every, everies, rruleOf, sayCadence } from '../cadence.ts'
import { dutyRoutes } from '../contract.ts'
import { polarities } from '../rules.ts'
import { LoadPanel } from './load.tsx'
import { type DutyOk, HolderPick, holderOf, useT } from './parts.tsx'

type Values = {
  title: string
  body: string
  kind: string
  polarity: string
  measure: string
  every: string
  on: string
  month: string
  due: string
  since: string
  holders: string[]
}

const isEvery = (word: string): word is Every => everies.some((one) => one === word)
const choiceFrom = ({ every, on, month }: Values): CadenceChoice => ({
  every: isEvery(every) ? every : 'month',
  on: on === '' ? null : Number(on),
  month: month === '' ? null : Number(month),
})

/** 写一项责任: a duty written down directly, in a drawer. */
export function AddDuty({ open, onClose, show }: { open: boolean; onClose: () => void; show: (id: string) => void }) {
  const t = useT()
  return (
    <Sheet open={open} onClose={onClose} title={t('add.title')}>
      <AddForm onClose={onClose} show={show} />
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

const owedBy = ({ lights }: DutyOk) => lights.green + lights.yellow + lights.red + lights.grey

function AddForm({ onClose, show }: { onClose: () => void; show: (id: string) => void }) {
  const t = useT()
  const say = useSay()
  const lang = useLang()
  const { today } = useMe()
  const begin: Values = {
    title: '',
    body: '',
    kind: 'dual',
    polarity: 'positive',
    measure: '',
    every: 'month',
    on: '',
    month: '',
    due: '',
    since: today,
    holders: [],
  }
  const act = useAct(dutyRoutes.add, {
    onDone: (duty) => {
      form.clear()
      onClose()
      show(duty.id)
      tell(owedBy(duty) > 0 ? t('done.add', { count: owedBy(duty) }) : t('done.addNone'))
    },
  })
  const form = useForm(begin, { draft: 'duty', refused: act.error })
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

type CadenceProps = { values: Values; set: <K extends keyof Values>(name: K, value: Values[K]) => void; error: string | null }

/** How often, and by which day of it. */
function CadenceFields({ values, set, error }: CadenceProps) {
  const t = useT()
  const weekly = values.every === 'week' || values.every === 'fortnight'
  const dated = ['month', 'quarter', 'half', 'year'].includes(values.every)
  const weekdays = ([1, 2, 3, 4, 5] as const).map((n) => ({ value: String(n), label: t(`on.weekday${n}`) }))
  const dates = [{ value: '-1', label: t('on.end') }, ...[5, 10, 15, 20, 25].map((n) => ({ value: String(n), label: t('on.date', { n }) }))]
  const change = (every: string) => {
    set('every', every)
    set('on', '')
    set('month', '')
  }
  return (
    <div className="duty-pair">
      <Field label={t('field.every')} error={error}>
        {(control) => (
          <Choice
            {...control}
            options={everies.map((every) => ({ value: every, label: t(`every.${every}`) }))}
            value={values.every}
            onChange={change}
          />
        )}
      </Field>
      {values.every === 'year' && (
        <Field label={t('field.month')}>
          {(control) => (
            <Choice
              {...control}
              none={t('month.none')}
              options={Array.from({ length: 11 }, (_, i) => ({ value: String(i + 1), label: t('month.n', { n: i + 1 }) }))}
              value={values.month}
              onChange={(month) => set('month', month)}
            />
          )}
        </Field>
      )}
      {(weekly || dated) && (
        <Field label={t('field.on')} hint={t('field.onHint')}>
          {(control) => (
            <Choice
              {...control}
              none={t('on.none')}
              options={weekly ? weekdays : dates}
              value={values.on}
              onChange={(on) => set('on', on)}
            />
          )}
        </Field>
      )}
    </div>
  )
}
