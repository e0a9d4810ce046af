import { useState } from 'react'
import type { OkOf } from '#kernel/contract.ts'
import { sayCadence } from '#modules/duties/cadence.ts'
import { orgRoutes } from '#modules/org/contract.ts'
import { useRead } from '#web/client.ts'
import { Act, Button, Field, FieldsOf, FormOf, Pick, type PickOption, Refusal, useForm } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useLang, useWords } from '#web/words.ts'
import type { AcceptInput, AssignedInput, EditInput, ProposalView } from '../contract.ts'
import { beginOf } from '../rules.ts'
import { type CadenceKey, cadenceKeyOf, cadenceKeys, cadences } from './cadences.ts'
import { words } from './words.ts'

type Office = OkOf<typeof orgRoutes.office>

/** What must be said before a proposal can be accepted. */
export function missingIn(of: ProposalView, issuedOn: string): ('holders' | 'cadence' | 'unit' | 'person' | 'due')[] {
  if (of.type === 'finding') return ['unit', 'person', 'due']
  // No cadence that can be counted, no day that can be told, or a day before the paper's own: the reader could not know.
  const noDay = of.cadence === null && of.due !== null && (of.due.day === null || of.due.day < issuedOn)
  const open = (of.cadence !== null && of.cadence.rrule === null) || noDay
  return [...(of.seats.length === 0 || of.unknown.length > 0 ? (['holders'] as const) : []), ...(open ? (['cadence'] as const) : [])]
}

const assignedOf = (of: ProposalView): AssignedInput[] =>
  of.seats.map(({ unit, post, person }) => ({ unit: unit.id, post: post?.id ?? null, person: person?.id ?? null }))

/** A duty as it is accepted when nothing is missing. */
export const acceptOf = (of: ProposalView, since: string, issuedOn: string): AcceptInput => {
  const rrule = of.cadence?.rrule ?? null
  const due = of.due?.day ?? null
  const { title, kind, polarity, measure } = of
  return {
    title,
    holders: assignedOf(of),
    kind,
    polarity,
    measure,
    rrule,
    due: rrule === null ? due : null,
    since: beginOf(since, issuedOn, rrule, due),
  }
}

const optionsOf = (office: Office): PickOption[] => {
  const units = new Map(office.units.map((one) => [one.id, one.name]))
  const held = Map.groupBy(office.appointments, (one) => one.post)
  const posts = office.posts.map((post) => ({
    value: `post ${post.unit} ${post.id}`,
    label: post.name,
    note: (held.get(post.id) ?? []).map((one) => one.person.name).join('、') || (units.get(post.unit) ?? ''),
  }))
  const postOf = new Map(office.posts.map((one) => [one.id, one]))
  const persons = new Map(
    office.appointments.flatMap((one) => {
      const post = postOf.get(one.post)
      return post
        ? [[one.person.id, { value: `person ${post.unit} ${one.person.id}`, label: one.person.name, note: post.name }] as const]
        : []
    }),
  )
  return [...posts, ...persons.values()]
}

const assignedFrom = (value: string): AssignedInput => {
  const [type, unit = '', id = ''] = value.split(' ')
  return { unit, post: type === 'post' ? id : null, person: type === 'person' ? id : null }
}
const keyOf = ({ unit, post, person }: AssignedInput): string => (post === null ? `person ${unit} ${person}` : `post ${unit} ${post}`)

type Props = {
  of: ProposalView
  /** `ask`: only what is missing, then accept. `edit`: everything, to keep or to accept. */
  mode: 'ask' | 'edit'
  since: string
  issuedOn: string
  refused: Error | null
  busy: boolean
  save: (input: EditInput) => void
  accept: (input: AcceptInput) => void
  leave: () => void
}

/** The form of one proposal: asks only what is not known. */
export function EditForm({ of, mode, since, issuedOn, refused, busy, save, accept, leave }: Props) {
  const t = useWords('directives', words)
  const { today } = useMe()
  const lang = useLang()
  const office = useRead(orgRoutes.office, {}, { asOf: null })
  const [all, setAll] = useState(mode === 'edit')
  const missing = missingIn(of, issuedOn)
  const seat = of.seats[0]
  const rrule = of.cadence?.rrule ?? null
  const unsure = of.cadence !== null && rrule === null
  const form = useForm(
    {
      title: of.title,
      holders: assignedOf(of),
      unit: seat?.unit.id ?? null,
      person: null as string | null,
      kind: of.kind,
      polarity: of.polarity,
      cadence: (unsure ? '' : of.cadence === null && of.due ? 'once' : cadenceKeyOf(rrule, of.due?.day ?? null)) as CadenceKey | '',
      due: of.due?.day ?? '',
      measure: of.measure ?? '',
      since,
    },
    { refused },
  )
  const { values } = form
  const options = office.data ? optionsOf(office.data) : []
  const shows = (name: (typeof missing)[number]) => all || missing.includes(name)
  const units = (office.data?.units ?? []).map((one) => ({ value: one.id, label: one.name }))
  const persons = ownersOf(office.data, values.unit)
  const person = values.person ?? (persons.length > 0 ? (persons[0]?.value ?? null) : null)
  const chosenRule = values.cadence === 'own' ? rrule : values.cadence === '' ? null : cadences[values.cadence]
  const due = values.cadence === 'once' || of.type === 'finding' ? values.due || null : null
  const incomplete = of.type === 'duty' && values.cadence === ''
  const fields = { title: values.title.trim(), kind: values.kind, polarity: values.polarity, measure: values.measure.trim() || null }
  const sendAccept = () =>
    of.type === 'finding'
      ? accept({ title: fields.title, unit: values.unit ?? undefined, person: person ?? undefined, due })
      : accept({ ...fields, holders: values.holders, rrule: chosenRule, due, since: beginOf(values.since, issuedOn, chosenRule, due) })
  const sendSave = () =>
    save(
      of.type === 'finding'
        ? { title: fields.title, due }
        : { ...fields, ...(values.holders.length > 0 ? { holders: values.holders } : {}), rrule: chosenRule, due },
    )
  const cadenceOptions = [
    ...cadenceKeys.map((key) => ({ value: key, label: t(`cadence.${key}`) })),
    ...(cadenceKeyOf(rrule, null) === 'own' && rrule ? [{ value: 'own', label: sayCadence(rrule, null, lang) }] : []),
  ]
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc leaves from any of the fields
    <div className="inline-form" onKeyDown={(event) => event.key === 'Escape' && !event.defaultPrevented && leave()}>
      <FormOf
        onSend={mode === 'ask' ? sendAccept : sendSave}
        foot={
          <>
            {mode === 'ask' ? (
              <Act kind="soft" type="submit" loading={busy} disabled={incomplete}>
                {t('act.accept')}
              </Act>
            ) : (
              <>
                <Act kind="soft" type="submit" loading={busy}>
                  {t('act.save')}
                </Act>
                <Act onClick={sendAccept} disabled={busy || incomplete}>
                  {t('act.accept')}
                </Act>
              </>
            )}
            <Button onClick={leave}>{t('act.cancel')}</Button>
            {!all && (
              <Button kind="bare" onClick={() => setAll(true)}>
                {t('act.all')}
              </Button>
            )}
          </>
        }
      >
        <p className="hint">{t(mode === 'ask' ? 'form.accept' : 'form.edit')}</p>
        <FieldsOf form={form} fields={[{ name: 'title', label: t('form.title'), maxLength: 120, when: all }]} />
        {of.type === 'duty' && shows('holders') && (
          <HolderField
            error={form.errorAt('holders')}
            known={() => form.known('holders')}
            unknown={of.unknown}
            options={options}
            value={values.holders}
            put={(next) => form.set('holders', next)}
          />
        )}
        <FieldsOf
          form={form}
          first="unit"
          fields={[
            { name: 'unit', kind: 'unit', label: t('form.unit'), options: units, when: of.type === 'finding' },
            {
              name: 'person',
              kind: 'person',
              label: t('form.person'),
              options: persons,
              when: of.type === 'finding' && values.unit !== null && persons.length !== 1,
            },
            {
              name: 'kind',
              kind: 'choice',
              label: t('form.kind'),
              when: of.type === 'duty' && all,
              options: kinds.map((one) => ({ value: one, label: t(`duty.${one}`) })),
            },
            {
              name: 'polarity',
              kind: 'choice',
              label: t('form.polarity'),
              when: of.type === 'duty' && all,
              options: (['positive', 'negative'] as const).map((one) => ({ value: one, label: t(`polarity.${one}`) })),
            },
            {
              name: 'cadence',
              kind: 'choice',
              label: t('form.cadence'),
              hint: of.cadence?.text ? t('form.dueText', { text: of.cadence.text }) : undefined,
              when: of.type === 'duty' && shows('cadence'),
              options: cadenceOptions,
            },
            {
              name: 'due',
              kind: 'day',
              label: t('form.due'),
              hint: of.due?.text ? t('form.dueText', { text: of.due.text }) : undefined,
              min: of.type === 'finding' ? today : undefined,
              when: of.type === 'finding' || (values.cadence === 'once' && shows('cadence')),
            },
            { name: 'since', kind: 'day', label: t('form.since'), when: of.type === 'duty' && all },
            { name: 'measure', label: t('form.measure'), required: false, maxLength: 300, when: of.type === 'duty' && all },
          ]}
        />
        <Refusal of={form.left} />
      </FormOf>
    </div>
  )
}

const kinds = ['principal', 'first', 'dual', 'supervision', 'branch', 'task'] as const

/** Who may put a finding of a unit right: whoever holds a post in it, its head first. */
function ownersOf(office: Office | undefined, unit: string | null): PickOption[] {
  if (!office || unit === null) return []
  const posts = new Map(office.posts.filter((one) => one.unit === unit).map((one) => [one.id, one]))
  const held = office.appointments.filter((one) => posts.has(one.post))
  const leads = (post: string) => (posts.get(post)?.roles.some((role) => /head|secretary/.test(role)) ? 0 : 1)
  const sorted = [...held].sort((a, b) => leads(a.post) - leads(b.post))
  const options = sorted.map((one) => ({ value: one.person.id, label: one.person.name, note: posts.get(one.post)?.name ?? '' }))
  return [...new Map(options.reverse().map((one) => [one.value, one])).values()].reverse()
}

type HolderProps = {
  error: string | null
  known: () => void
  unknown: readonly string[]
  options: readonly PickOption[]
  value: AssignedInput[]
  put: (next: AssignedInput[]) => void
}

/** Any number of posts and persons: each with a way out, and a field that finds the next. */
function HolderField({ error, known, unknown, options, value, put }: HolderProps) {
  const t = useWords('directives', words)
  known()
  const labels = new Map(options.map((one) => [one.value, [one.label, one.note].filter(Boolean).join(' ')]))
  const taken = new Set(value.map(keyOf))
  const hint = unknown.length > 0 ? t('holder.unknown', { words: unknown.join('、') }) : t('form.holdersHint')
  return (
    <Field label={t('form.holders')} hint={hint} error={error}>
      {(control) => (
        <>
          {value.length > 0 && (
            <p className="tags">
              {value.map((one) => {
                const name = labels.get(keyOf(one)) ?? '…'
                return (
                  <span className="tag accent" key={keyOf(one)}>
                    {name}
                    <button
                      type="button"
                      aria-label={t('form.drop', { name })}
                      onClick={() => put(value.filter((other) => keyOf(other) !== keyOf(one)))}
                    >
                      ×
                    </button>
                  </span>
                )
              })}
            </p>
          )}
          <Pick
            {...control}
            options={options.filter((one) => !taken.has(one.value))}
            value={null}
            placeholder={t('form.holder')}
            onChange={(next) => next && put([...value, assignedFrom(next)])}
          />
        </>
      )}
    </Field>
  )
}
