import { Field, type Form, Pick } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import type { Part } from '../rules.ts'
import { useT } from './happening.tsx'
import type { OfficePicks } from './office.ts'
import type { Happening, Taken } from './said.ts'

const nextPart: Record<Part, Part> = { attend: 'chair', chair: 'speak', speak: 'observe', observe: 'attend' }

/** Who else took part: named by the line, whole units in one press, and everyone without those who were absent. */
export function WithWhom({ office, taken, form }: { office: OfficePicks; taken: Taken; form: Form<Happening> }) {
  const t = useT()
  const { person } = useMe()
  const { values, set } = form
  const nameOf = (id: string) => office.persons.find(({ value }) => value === id)?.label ?? '…'
  const missing = (id: string) => id !== taken.doneBy && !taken.with.includes(id)
  const groups = office.groups.filter(({ members }) => members.some(missing))
  const near = groups.filter(({ members }) => members.includes(taken.doneBy) || (person !== null && members.includes(person.id)))
  const free = [
    ...office.persons.filter(({ value }) => missing(value)),
    ...groups.map(({ value, label, members }) => ({ value, label, note: t('field.withAll', { count: members.length }) })),
  ]
  const add = (ids: readonly string[]) => {
    set('with', [...new Set([...values.with, ...ids.filter((id) => id !== taken.doneBy)])])
    set(
      'out',
      values.out.filter((id) => !ids.includes(id)),
    )
  }
  const pick = (id: string) => add(groups.find(({ value }) => value === id)?.members ?? [id])
  const drop = (id: string) => {
    set(
      'with',
      values.with.filter((one) => one !== id),
    )
    set('out', [...values.out, id])
  }
  return (
    <Field label={t('field.with')} error={form.errorAt('with') ?? form.errorAt('parts')} required={false}>
      {(control) => (
        <div className="act-people">
          {near.slice(0, 3).map(({ value, label, members }) => (
            <button key={value} type="button" className="chip add" onClick={() => add(members)}>
              <span aria-hidden="true">＋</span> {t('field.withWhole', { unit: label, count: members.length })}
            </button>
          ))}
          {taken.with.length > 8 && <span className="note">{t('field.withCount', { count: taken.with.length + 1 })}</span>}
          <ul>
            {taken.with.map((id) => {
              const part = taken.parts.get(id) ?? 'attend'
              return (
                <li key={id} className="chip">
                  <button
                    type="button"
                    aria-label={t('field.partOf', { name: nameOf(id), part: t(`taking.${part}`) })}
                    title={t('field.partHint')}
                    onClick={() => set('parts', { ...values.parts, [id]: nextPart[part] })}
                  >
                    {nameOf(id)}
                    {part !== 'attend' && <small>{t(`taking.${part}`)}</small>}
                  </button>
                  <button type="button" aria-label={t('field.withDrop', { name: nameOf(id) })} onClick={() => drop(id)}>
                    <span aria-hidden="true">×</span>
                  </button>
                </li>
              )
            })}
          </ul>
          <Pick {...control} options={free} value={null} placeholder={t('field.withAdd')} onChange={(id) => id && pick(id)} />
        </div>
      )}
    </Field>
  )
}
