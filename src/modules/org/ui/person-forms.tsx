import { useState } from 'react'
import { later } from '#kernel/calendar/days.ts'
import { orgRoutes } from '../contract.ts'
import { appointmentKinds } from '../rules.ts'
import { useOrg } from './said.ts'
import type { Post, Unit } from './view.ts'
import { type Doing, dayOr, needed, personOptions, type Rest, Write } from './write.tsx'

export function Appoint({ post, view, onClose }: Rest & { post: Post }) {
  const { t, today } = useOrg()
  return (
    <Write
      route={orgRoutes.appoint}
      title={t('titleAppoint', { name: post.name })}
      verb={t('appoint')}
      draft={`org.appoint.${post.id}`}
      start={{ person: '', kind: 'regular', since: later(post.since, today), until: '' }}
      fields={() => [
        { name: 'person', kind: 'person', label: t('person'), options: personOptions(view), hint: t('newPerson') },
        {
          name: 'kind',
          kind: 'choice',
          label: t('held'),
          options: appointmentKinds.map((kind) => ({ value: kind, label: t(`held.${kind}`) })),
        },
        { name: 'since', kind: 'day', label: t('since'), min: post.since },
        { name: 'until', kind: 'day', label: t('until'), hint: t('untilHint'), required: false },
      ]}
      send={(v) => ({
        post: post.id,
        person: needed(v.person ?? ''),
        kind: v.kind as (typeof appointmentKinds)[number],
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
  const field = (name: string, self?: string) => [
    { name: 'name' as const, label: t('personName'), maxLength: 60, ...(twice(name, self) ? { hint: t('namesakes') } : {}) },
  ]
  if (of.verb === 'editPerson')
    return (
      <Write
        route={orgRoutes.editPerson}
        title={t('titleEditPerson')}
        verb={t('save')}
        start={{ name: of.name }}
        fields={(v) => field(v.name, of.id)}
        send={(v) => ({ id: of.id, name: v.name })}
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
      start={{ name: '' }}
      fields={(v) => field(v.name)}
      send={(v) => ({ name: v.name })}
      done={(answer) => t('doneAdd', { name: answer.name })}
      onDone={(answer) => onPerson(answer.id)}
      onClose={onClose}
    />
  )
}

/** The end of an appointment or a charge. */
export function Out({ of, onClose }: Rest & { of: Extract<Doing, { verb: 'endAppointment' | 'endCharge' }> }) {
  const { t, day, today } = useOrg()
  const [name] = useState(of.name)
  const appointment = of.verb === 'endAppointment'
  return (
    <Write
      route={appointment ? orgRoutes.endAppointment : orgRoutes.endCharge}
      title={t(appointment ? 'titleEndAppointment' : 'titleEndCharge', { name })}
      verb={t(appointment ? 'endAppointment' : 'endCharge')}
      start={{ until: today }}
      fields={() => [{ name: 'until', kind: 'day', label: t('endUntil'), hint: t('endUntilHint') }]}
      send={(v) => ({ id: of.id, until: needed(v.until) })}
      done={(answer) => t('doneOut', { name, until: day(answer.until ?? '') })}
      onClose={onClose}
    />
  )
}
