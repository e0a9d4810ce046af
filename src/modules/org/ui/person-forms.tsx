import { useState } from 'react'
import { later } from '#kernel/calendar/days.ts'
import { orgRoutes } from '../contract.ts'
import type { Level } from '../grades.ts'
import { type AppointmentKind, appointmentKinds } from '../rules.ts'
import { levelOptions } from './post-forms.tsx'
import { useOrg } from './said.ts'
import type { Post, Unit } from './view.ts'
import { type Doing, dayOr, needed, personOptions, type Rest, unitOptions, Write } from './write.tsx'

export function Appoint({ post, view, onClose }: Rest & { post: Post }) {
  const { t, today } = useOrg()
  // Where one's own people come from is known: the unit of the post they hold.
  const homeOf = (person: string) => {
    const own = [...view.posts.values()].find((one) =>
      view.holdersOf(one.id).some((held) => held.person.id === person && held.kind === 'regular'),
    )
    return own && own.unit !== post.unit ? t('fromKnown', { unit: view.units.get(own.unit)?.name ?? '' }) : t('fromChoose')
  }
  return (
    <Write
      route={orgRoutes.appoint}
      title={t('titleAppoint', { name: post.name })}
      verb={t('appoint')}
      draft={`org.appoint.${post.id}`}
      start={{ person: '', kind: 'regular', fromUnit: '', fromOffice: '', level: '', since: later(post.since, today), until: '' }}
      fields={(v) => [
        { name: 'person', kind: 'person', label: t('person'), options: personOptions(view), hint: t('newPerson') },
        {
          name: 'kind',
          kind: 'choice',
          label: t('held'),
          options: appointmentKinds.map((kind) => ({ value: kind, label: t(`held.${kind}`) })),
          hint: t(`heldHint.${v.kind as AppointmentKind}`),
        },
        {
          name: 'fromUnit',
          kind: 'unit',
          label: t('fromUnit'),
          options: unitOptions(view, post.unit),
          placeholder: homeOf(v.person),
          hint: t('fromUnitHint'),
          required: false,
          when: v.kind === 'seconded',
        },
        { name: 'fromOffice', label: t('fromOffice'), maxLength: 120, required: false, when: v.kind === 'seconded' && !v.fromUnit },
        {
          name: 'level',
          kind: 'pick',
          label: t('levelOwn'),
          options: levelOptions(t),
          placeholder: post.level ? t('levelAsPost', { level: t(`level.${post.level}`) }) : t('noLevel'),
          required: false,
        },
        { name: 'since', kind: 'day', label: t('since'), min: post.since },
        { name: 'until', kind: 'day', label: t('until'), hint: t('untilHint'), required: false },
      ]}
      send={(v) => ({
        post: post.id,
        person: needed(v.person ?? ''),
        kind: v.kind as AppointmentKind,
        ...(v.kind === 'seconded' ? { fromUnit: dayOr(v.fromUnit ?? ''), fromOffice: v.fromUnit ? null : dayOr(v.fromOffice) } : {}),
        level: (v.level || null) as Level | null,
        since: needed(v.since),
        until: dayOr(v.until),
      })}
      done={(answer) => t('doneAdd', { name: `${answer.person.name} · ${post.name}` })}
      onClose={onClose}
    />
  )
}

export function PutInCharge({ unit, view, onClose }: Rest & { unit: Unit }) {
  const { t, today } = useOrg()
  return (
    <Write
      route={orgRoutes.charge}
      title={t('titleCharge', { name: unit.name })}
      verb={t('charge')}
      draft={`org.charge.${unit.id}`}
      start={{ person: '', since: later(unit.since, today), until: '' }}
      fields={() => [
        { name: 'person', kind: 'person', label: t('person'), options: personOptions(view), hint: t('newPerson') },
        { name: 'since', kind: 'day', label: t('since'), min: unit.since },
        { name: 'until', kind: 'day', label: t('until'), hint: t('untilHint'), required: false },
      ]}
      send={(v) => ({ unit: unit.id, person: needed(v.person ?? ''), since: needed(v.since), until: dayOr(v.until) })}
      done={(answer) => t('doneAdd', { name: `${answer.person.name} · ${unit.name}` })}
      onClose={onClose}
    />
  )
}

export function PersonForm({ of, view, onClose, onPerson }: Rest & { of: Extract<Doing, { verb: 'addPerson' | 'editPerson' }> }) {
  const { t } = useOrg()
  const twice = (name: string, self?: string) => view.persons.some((one) => one.name === name.trim() && one.id !== self)
  const fields = (v: { name: string; born: string }, self?: string) => [
    { name: 'name' as const, label: t('personName'), maxLength: 60, ...(twice(v.name, self) ? { hint: t('namesakes') } : {}) },
    // Asked only where two persons have one name, or it is kept already.
    {
      name: 'born' as const,
      label: t('born'),
      hint: t('bornHint'),
      placeholder: '1975-06',
      maxLength: 7,
      required: false,
      when: twice(v.name, self) || v.born !== '',
    },
  ]
  if (of.verb === 'editPerson')
    return (
      <Write
        route={orgRoutes.editPerson}
        title={t('titleEditPerson')}
        verb={t('save')}
        start={{ name: of.name, born: of.born ?? '' }}
        fields={(v) => fields(v, of.id)}
        send={(v) => ({ id: of.id, name: v.name, born: monthOf(v.born) })}
        done={(answer) => t('doneSave', { name: answer.name })}
        onClose={onClose}
      />
    )
  return (
    <Write
      route={orgRoutes.addPerson}
      title={t('titleAddPerson')}
      verb={t('addPerson')}
      draft="org.addPerson"
      start={{ name: '', born: '' }}
      fields={(v) => fields(v)}
      send={(v) => ({ name: v.name, born: monthOf(v.born) })}
      done={(answer) => t('doneAdd', { name: answer.name })}
      onDone={(answer) => onPerson(answer.id)}
      onClose={onClose}
    />
  )
}

/** 1975.6, 1975年6月 and 197506 are written as often as 1975-06. */
const monthOf = (text: string): string | null => {
  const [, year, month] = /^(\d{4})[-./年]?(\d{1,2})月?$/.exec(text.trim()) ?? []
  return year && month ? `${year}-${month.padStart(2, '0')}` : text.trim() || null
}

const routes = { endAppointment: orgRoutes.endAppointment, endCharge: orgRoutes.endCharge, endFact: orgRoutes.endFact } as const

/** The end of an appointment, of a charge, or of what was noted of a person. */
export function Out({ of, onClose }: Rest & { of: Extract<Doing, { verb: 'endAppointment' | 'endCharge' | 'endFact' }> }) {
  const { t, day, today } = useOrg()
  const [name] = useState(of.name)
  const appointment = of.verb === 'endAppointment'
  return (
    <Write
      route={routes[of.verb]}
      title={t(of.verb === 'endFact' ? 'titleEndFact' : appointment ? 'titleEndAppointment' : 'titleEndCharge', { name })}
      verb={t(appointment ? 'endAppointment' : 'endCharge')}
      start={{ until: today }}
      fields={() => [{ name: 'until', kind: 'day', label: t('endUntil'), hint: t('endUntilHint') }]}
      send={(v) => ({ id: of.id, until: needed(v.until) })}
      done={(answer) => t(of.verb === 'endFact' ? 'doneOutFact' : 'doneOut', { name, until: day(answer.until ?? '') })}
      onClose={onClose}
    />
  )
}
