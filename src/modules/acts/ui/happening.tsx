import { Input } from 'antd'
import { useEffect, useState } from 'react'
import type { InputOf, OkOf } from '#kernel/contract.ts'
import { sayPeriod } from '#modules/duties/cadence.ts'
import { type Refused, useRead } from '#web/client.ts'
import { sayDay } from '#web/days.ts'
import { Field, type Form, Light, type LightName, Pick, Tag } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useLang, useWords } from '#web/words.ts'
import { actRoutes } from '../contract.ts'
import { type OfficePicks, useOffice } from './office.ts'
import { words } from './words.ts'
import './acts.css'

export const useT = () => useWords('acts', words)

/** What a person fills in: texts as typed, `ticks` only where they differ from what was proposed. */
export type Happening = {
  what: string
  happenedOn: string
  time: string
  doneBy: string
  with: string[]
  ticks: Record<string, boolean>
  reason: string
}
type Proposal = OkOf<typeof actRoutes.propose>['items'][number]

/** An obligation that is offered whatever is written: the one the form was opened for, or what the corrected act had discharged. */
export type Given = { id: string; title: string; due?: string }

/** What stands ticked, in the order it is shown: what the person said of each, else what was given or is likely. */
export function tickedOf(items: readonly Proposal[], ticks: Happening['ticks'], given: readonly Given[]): string[] {
  const others = items.filter(({ obligation }) => !given.some(({ id }) => id === obligation.id))
  return [
    ...given.filter(({ id }) => ticks[id] ?? true).map(({ id }) => id),
    ...others.filter(({ obligation, likely }) => ticks[obligation.id] ?? likely).map(({ obligation }) => obligation.id),
  ]
}

/** What is sent of a filled form. */
export function sentOf(values: Happening, discharges: readonly string[]): InputOf<typeof actRoutes.record> {
  return {
    what: values.what.trim(),
    happenedOn: values.happenedOn,
    ...(values.time ? { time: values.time } : {}),
    ...(values.doneBy ? { doneBy: values.doneBy } : {}),
    with: values.with,
    discharges: [...discharges],
  }
}

/** The obligations that what is written would discharge, asked a moment after the last key. */
export function useProposals(values: Happening) {
  const asked = { what: values.what.trim(), happenedOn: values.happenedOn, doneBy: values.doneBy, with: values.with.join(',') }
  const [settled, setSettled] = useState(asked)
  const text = JSON.stringify(asked)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(JSON.parse(text)), 280)
    return () => clearTimeout(timer)
  }, [text])
  const input = {
    happenedOn: settled.happenedOn,
    ...(settled.what ? { what: settled.what } : {}),
    ...(settled.doneBy ? { doneBy: settled.doneBy } : {}),
    ...(settled.with ? { with: settled.with } : {}),
  }
  const read = useRead(actRoutes.propose, input, { enabled: settled.happenedOn !== '', keep: true })
  return {
    items: read.data?.items ?? [],
    settled: JSON.stringify(settled) === text && !read.isFetching,
  }
}

type FieldsProps = {
  form: Form<Happening>
  proposals: ReturnType<typeof useProposals>
  given: readonly Given[]
  refused: Refused | null
  /** Asks for the reason too. */
  correcting?: boolean
}

/** The fields of an act: what, when, who, with whom, and what it discharges. */
export function HappeningFields({ form, proposals, given, refused, correcting }: FieldsProps) {
  const t = useT()
  const me = useMe()
  const office = useOffice()
  const { values, set, known } = form
  useEffect(() => {
    for (const name of ['what', 'happenedOn', 'time', 'doneBy', 'with', 'discharges', 'reason']) known(name)
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
      <div className="act-when">
        <Field label={t('field.day')} error={form.errorAt('happenedOn')}>
          {(control) => (
            <Input
              {...control}
              type="date"
              max={me.today}
              value={values.happenedOn}
              onChange={(event) => set('happenedOn', event.target.value)}
            />
          )}
        </Field>
        <Field label={t('field.time')} error={form.errorAt('time')} required={false}>
          {(control) => <Input {...control} type="time" value={values.time} onChange={(event) => set('time', event.target.value)} />}
        </Field>
      </div>
      {mayChoose && (
        <Field label={t('field.doneBy')} error={form.errorAt('doneBy')} hint={t('field.doneByHint')}>
          {(control) => (
            <Pick
              {...control}
              options={office.persons}
              value={values.doneBy || (me.person?.id ?? null)}
              onChange={(id) => set('doneBy', id ?? '')}
            />
          )}
        </Field>
      )}
      <WithWhom office={office} values={values} set={set} error={form.errorAt('with')} />
      <Clears form={form} proposals={proposals} given={given} refused={refused} />
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

type WithProps = { office: OfficePicks; values: Happening; set: Form<Happening>['set']; error: string | null }

function WithWhom({ office, values, set, error }: WithProps) {
  const t = useT()
  const { person } = useMe()
  const doneBy = values.doneBy || person?.id
  const nameOf = (id: string) => office.persons.find(({ value }) => value === id)?.label ?? '…'
  const absent = (id: string) => id !== doneBy && !values.with.includes(id)
  const groups = office.groups.filter(({ members }) => members.some(absent))
  const free = [
    ...office.persons.filter(({ value }) => absent(value)),
    ...groups.map(({ value, label, members }) => ({ value, label, note: t('field.withAll', { count: members.length }) })),
  ]
  const add = (id: string) => set('with', [...values.with, ...(groups.find(({ value }) => value === id)?.members ?? [id]).filter(absent)])
  return (
    <Field label={t('field.with')} error={error} required={false}>
      {(control) => (
        <div className="act-people">
          {values.with.map((id) => (
            <button
              key={id}
              type="button"
              className="chip"
              aria-label={t('field.withDrop', { name: nameOf(id) })}
              onClick={() =>
                set(
                  'with',
                  values.with.filter((one) => one !== id),
                )
              }
            >
              {nameOf(id)} <span aria-hidden="true">×</span>
            </button>
          ))}
          <Pick {...control} options={free} value={null} placeholder={t('field.withAdd')} onChange={(id) => id && add(id)} />
        </div>
      )}
    </Field>
  )
}

type Line = { id: string; title: string; about: string; light: LightName | null; matched: readonly string[] }

/** What is given, then what is proposed, as lines to tick. */
function useLines(items: readonly Proposal[], given: readonly Given[]): Line[] {
  const lang = useLang()
  const { today } = useMe()
  const say = (day: string) => sayDay(day, lang, { thisYear: today })
  const proposed = items.map(({ obligation: one, words: matched }) => ({
    id: one.id,
    title: one.title,
    about: [one.holder.name, sayPeriod(one.period, lang, today), say(one.due)].join(' · '),
    light: one.light,
    matched,
  }))
  const first = given.map(
    ({ id, title, due }) => proposed.find((line) => line.id === id) ?? { id, title, about: due ? say(due) : '', light: null, matched: [] },
  )
  return [...first, ...proposed.filter(({ id }) => !given.some((one) => one.id === id))]
}

function Clears({ form, proposals, given, refused }: Pick<FieldsProps, 'form' | 'proposals' | 'given' | 'refused'>) {
  const t = useT()
  const { values, set } = form
  const lines = useLines(proposals.items, given)
  const ticked = tickedOf(proposals.items, values.ticks, given)
  const at = refused?.at.find((place) => place.at.startsWith('/discharges/'))
  const refusedId = at ? ticked[Number(at.at.split('/')[2])] : undefined
  return (
    <fieldset className="act-clears">
      <legend>{t('field.clears')}</legend>
      <p className="hint">{t(lines.length > 0 ? 'field.clearsHint' : proposals.settled ? 'field.clearsNone' : 'field.clearsWait')}</p>
      <ul>
        {lines.map((line) => (
          <li key={line.id}>
            <label className={line.id === refusedId ? 'refused' : ''}>
              <input
                type="checkbox"
                checked={ticked.includes(line.id)}
                onChange={(event) => set('ticks', { ...values.ticks, [line.id]: event.target.checked })}
              />
              {line.light ? <Light light={line.light} /> : <span />}
              <span>
                <Marked title={line.title} words={line.matched} />
                {line.about && <small>{line.about}</small>}
              </span>
            </label>
            {line.id === refusedId && refused && (
              <p className="field-error" role="alert">
                {at?.message ?? refused.message}
              </p>
            )}
          </li>
        ))}
      </ul>
    </fieldset>
  )
}

/** A title with the words of it that were said. */
function Marked({ title, words: said }: { title: string; words: readonly string[] }) {
  const parts: { text: string; hit: boolean; at: number }[] = []
  let at = 0
  for (const word of said) {
    const found = title.indexOf(word, at)
    if (found < 0) continue
    parts.push({ text: title.slice(at, found), hit: false, at }, { text: word, hit: true, at: found })
    at = found + word.length
  }
  parts.push({ text: title.slice(at), hit: false, at: title.length })
  return <>{parts.map((part) => (part.hit ? <mark key={part.at}>{part.text}</mark> : part.text))}</>
}

/** The small words beside an act: late entry, corrected, withdrawn. */
export function ActTags({ act }: { act: Pick<OkOf<typeof actRoutes.read>, 'lateEntry' | 'state' | 'corrects'> }) {
  const t = useT()
  return (
    <>
      {act.lateEntry && <Tag tone="yellow">{t('tag.late')}</Tag>}
      {act.corrects && <Tag tone="accent">{t('tag.correction')}</Tag>}
      {act.state === 'corrected' && <Tag tone="grey">{t('tag.corrected')}</Tag>}
      {act.state === 'withdrawn' && <Tag tone="grey">{t('tag.withdrawn')}</Tag>}
    </>
  )
}
