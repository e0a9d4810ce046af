import { Input } from 'antd'
import { useEffect } from 'react'
import type { OkOf } from '#kernel/contract.ts'
import type { Refused } from '#web/client.ts'
import { Choice, Field, type Form, Pick, Tag } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useLang, useWords } from '#web/words.ts'
import type { actRoutes } from '../contract.ts'
import { type ActKind, dayOnly, kinds } from '../reading/kinds.ts'
import { type LateCause, lateCauses } from '../rules.ts'
import { Asks } from './asks.tsx'
import { Clears } from './clears.tsx'
import type { Given, Happening, Taken } from './said.ts'
import type { useProposals, useTaking } from './taking.ts'
import { WithWhom } from './with-whom.tsx'
import { words } from './words.ts'
import './acts.css'

export const useT = () => useWords('acts', words)

export type FieldsProps = {
  form: Form<Happening>
  taking: ReturnType<typeof useTaking>
  proposals: ReturnType<typeof useProposals>
  given: readonly Given[]
  refused: Refused | null
  /** Asks for the reason too. */
  correcting?: boolean
}

/** The kinds of acts as a choice. */
export function useKinds() {
  const lang = useLang()
  return kinds.map(({ key, says }) => ({ value: key, label: says[lang === 'en' ? 1 : 0] }))
}

const fields = ['what', 'happenedOn', 'beganOn', 'time', 'kind', 'count', 'doneBy', 'with', 'parts', 'discharges', 'lateCause', 'reason']

/** The fields of an act: what, when, who, with whom, and what it discharges. What the first one says fills the others. */
export function HappeningFields({ form, taking, proposals, given, refused, correcting }: FieldsProps) {
  const t = useT()
  const me = useMe()
  const { office, taken } = taking
  const { values, set, known } = form
  useEffect(() => {
    for (const name of fields) known(name)
  }, [known])
  const mayChoose = me.roles.some((role) => role !== 'staff')
  return (
    <>
      <Field label={t('field.what')} error={form.errorAt('what')}>
        {(control) => (
          <Input.TextArea
            {...control}
            data-first
            autoFocus
            value={values.what}
            placeholder={t('field.whatHint')}
            maxLength={2000}
            autoSize={{ minRows: 2, maxRows: 10 }}
            onChange={(event) => set('what', event.target.value)}
          />
        )}
      </Field>
      {!correcting && taken.what !== '' && taken.what !== values.what.trim() && (
        <p className="note">{t('field.kept', { what: taken.what })}</p>
      )}
      <Asks values={values} taken={taken} set={set} />
      <WhenFields form={form} taken={taken} />
      {mayChoose && (
        <Field label={t('field.doneBy')} error={form.errorAt('doneBy')} hint={t('field.doneByHint')}>
          {(control) => (
            <Pick {...control} options={office.persons} value={taken.doneBy || null} onChange={(id) => set('doneBy', id ?? '')} />
          )}
        </Field>
      )}
      <WithWhom office={office} taken={taken} form={form} />
      <Clears day={taken.day} form={form} proposals={proposals} given={given} refused={refused} />
      {proposals.late && <LateField form={form} />}
      {correcting && (
        <Field label={t('field.reason')} error={form.errorAt('reason')}>
          {(control) => (
            <Input {...control} value={values.reason} maxLength={500} onChange={(event) => set('reason', event.target.value)} />
          )}
        </Field>
      )}
    </>
  )
}

function WhenFields({ form, taken }: { form: Form<Happening>; taken: Taken }) {
  const t = useT()
  const me = useMe()
  const options = useKinds()
  const { values, set } = form
  const pick = (day: string) => {
    set('answered', '')
    set('happenedOn', day)
  }
  return (
    <div className="act-when">
      <Field label={t('field.day')} error={form.errorAt('happenedOn') ?? form.errorAt('beganOn')} hint={beganHint(taken, t)}>
        {(control) => <Input {...control} type="date" max={me.today} value={taken.day} onChange={(event) => pick(event.target.value)} />}
      </Field>
      {dayOnly(taken.kind) ? (
        <Field label={t('field.time')}>{(control) => <Input {...control} disabled value={t('field.dayOnly')} />}</Field>
      ) : (
        <Field label={t('field.time')} error={form.errorAt('time')} required={false}>
          {(control) => (
            <Input {...control} type="time" value={values.time || taken.time} onChange={(event) => set('time', event.target.value)} />
          )}
        </Field>
      )}
      <Field label={t('field.kind')} error={form.errorAt('kind')}>
        {(control) => <Choice {...control} options={options} value={taken.kind} onChange={(kind) => set('kind', kind as ActKind)} />}
      </Field>
      <Field label={t('field.count')} error={form.errorAt('count')} required={false}>
        {(control) => (
          <Input
            {...control}
            inputMode="numeric"
            value={taken.count}
            maxLength={6}
            onChange={(event) => set('count', event.target.value.replace(/\D/g, ''))}
          />
        )}
      </Field>
    </div>
  )
}

const beganHint = (taken: Taken, t: ReturnType<typeof useT>) => (taken.beganOn ? t('field.began', { day: taken.beganOn }) : undefined)

/** Why it is written down only now: offered once the grace has passed, never asked. */
function LateField({ form }: { form: Form<Happening> }) {
  const t = useT()
  const { values, set } = form
  return (
    <Field label={t('field.lateCause')} error={form.errorAt('lateCause')} required={false} hint={t('field.lateHint')}>
      {(control) => (
        <Choice
          {...control}
          none={t('late.none')}
          options={lateCauses.map((value) => ({ value, label: t(`late.${value}`) }))}
          value={values.lateCause}
          onChange={(cause) => set('lateCause', cause as LateCause | '')}
        />
      )}
    </Field>
  )
}

/** The small words beside an act: late entry and its cause, corrected, withdrawn, not confirmed. */
export function ActTags({ act }: { act: OkOf<typeof actRoutes.read> }) {
  const t = useT()
  const counts = act.state === 'recorded'
  const asked = [act.confirmation, ...act.discharges.map(({ confirmation }) => confirmation)].filter((one) => one !== null)
  return (
    <>
      {act.lateEntry && <Tag tone="yellow">{act.lateCause ? t('tag.lateBy', { cause: t(`late.${act.lateCause}`) }) : t('tag.late')}</Tag>}
      {act.corrects && <Tag tone="accent">{t('tag.correction')}</Tag>}
      {act.state === 'corrected' && <Tag tone="grey">{t('tag.corrected')}</Tag>}
      {act.state === 'withdrawn' && <Tag tone="grey">{t('tag.withdrawn')}</Tag>}
      {counts && asked.some(({ state }) => state === 'awaiting') && <Tag tone="grey">{t('tag.awaiting')}</Tag>}
      {counts && asked.some(({ state }) => state === 'objected') && <Tag tone="yellow">{t('tag.objected')}</Tag>}
    </>
  )
}
