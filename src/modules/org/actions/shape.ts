import type { Static } from 'typebox'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import type { Appointment, Charge, PersonRow as PersonShape, Post, Unit } from '../contract.ts'
import type { AppointmentRow, ChargeRow, PersonRow, PostRow, UnitRow } from '../store/office.ts'
import type { HeldPost } from '../store/persons.ts'

/** Whether the actor may edit what belongs to a unit (null: to the whole office). Nobody may while looking back. */
export type Editing = (unit: Id | null) => boolean
export function editing(ctx: Ctx): Editing {
  if (ctx.lookingBack) return () => false
  const { all, units } = ctx.reach('org.edit')
  const own = new Set(units)
  return (unit) => all || (unit !== null && own.has(unit))
}

const when = (yes: boolean, ...verbs: string[]) => (yes ? verbs : [])

export const unitShape = (row: UnitRow, may: Editing): Static<typeof Unit> => ({
  id: row.id,
  parent: row.parent_id,
  name: row.name,
  aliases: row.aliases,
  line: row.line,
  kind: row.kind,
  sort: row.sort,
  since: row.since,
  until: row.until,
  actions: when(may(row.id), 'editUnit', 'endUnit', 'addUnit', 'addPost', 'charge'),
})

export const postShape = (row: PostRow, may: Editing): Static<typeof Post> => ({
  id: row.id,
  unit: row.unit_id,
  name: row.name,
  aliases: row.aliases,
  roles: row.roles,
  sort: row.sort,
  since: row.since,
  until: row.until,
  actions: when(may(row.unit_id), 'editPost', 'endPost', 'appoint'),
})

export const appointmentShape = (row: AppointmentRow, person: PersonRow, allowed: boolean, ctx: Ctx): Static<typeof Appointment> => ({
  id: row.id,
  person: { id: person.id, name: person.name },
  post: row.post_id,
  kind: row.kind,
  since: row.since,
  until: row.until,
  recordedAt: row.recorded_at.toISOString(),
  later: row.recorded_at > ctx.knownAt,
  actions: when(allowed && row.voided_at === null, 'endAppointment', 'voidAppointment'),
})

export const chargeShape = (row: ChargeRow, person: PersonRow, allowed: boolean, ctx: Ctx): Static<typeof Charge> => ({
  id: row.id,
  person: { id: person.id, name: person.name },
  unit: row.unit_id,
  since: row.since,
  until: row.until,
  recordedAt: row.recorded_at.toISOString(),
  later: row.recorded_at > ctx.knownAt,
  actions: when(allowed && row.voided_at === null, 'endCharge', 'voidCharge'),
})

/** What may be done to a person's record; appointing asks again at the post, being in charge at the unit. */
export const personActions = (ctx: Ctx): string[] => when(!ctx.lookingBack && ctx.can('org.edit'), 'editPerson', 'appoint', 'charge')

export const personShape = (row: PersonRow, held: readonly HeldPost[], actions: string[]): Static<typeof PersonShape> => ({
  id: row.id,
  name: row.name,
  posts: held.map((one) => ({ id: one.post_id, name: one.post, unit: { id: one.unit_id, name: one.unit }, kind: one.kind })),
  actions,
})
