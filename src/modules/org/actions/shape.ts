import type { Static } from 'typebox'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import { inForceOn } from '../rules.ts'
import type { Appointment, Charge, Fact, PersonRow as PersonShape, Post, Unit } from '../shapes.ts'
import type { AppointmentRow, ChargeRow, FactRow, PersonRow, PostRow, UnitRow } from '../store/office.ts'
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
  actions: when(may(row.id), 'editUnit', 'endUnit', 'merge', 'split', 'abolish', 'addUnit', 'addPost', 'charge'),
})

export const postShape = (row: PostRow, may: Editing): Static<typeof Post> => ({
  id: row.id,
  unit: row.unit_id,
  name: row.name,
  aliases: row.aliases,
  roles: row.roles,
  exclusive: row.exclusive,
  level: row.level,
  sort: row.sort,
  since: row.since,
  until: row.until,
  actions: when(may(row.unit_id), 'editPost', 'endPost', 'appoint'),
})

/** Where a seconded person comes from; the unit's name as it stands now. */
export const fromShape = (from: { unit: Id | null; name: string; office: string | null }) =>
  from.unit || from.office ? { unit: from.unit ? { id: from.unit, name: from.name } : null, office: from.office } : null

export const appointmentShape = (
  row: AppointmentRow,
  person: PersonRow,
  allowed: boolean,
  ctx: Ctx,
  unitName: (id: Id) => string,
): Static<typeof Appointment> => ({
  id: row.id,
  person: { id: person.id, name: person.name },
  post: row.post_id,
  kind: row.kind,
  level: row.level,
  from: fromShape({ unit: row.from_unit_id, name: row.from_unit_id ? unitName(row.from_unit_id) : '', office: row.from_office }),
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
export const personActions = (ctx: Ctx): string[] =>
  when(!ctx.lookingBack && ctx.can('org.edit'), 'editPerson', 'appoint', 'charge', 'note')

export const heldShape = (one: HeldPost) => ({
  id: one.post_id,
  name: one.post,
  unit: { id: one.unit_id, name: one.unit },
  kind: one.kind,
  level: one.level,
})

export const personShape = (
  row: PersonRow,
  held: readonly HeldPost[],
  born: string | null,
  actions: string[],
): Static<typeof PersonShape> => ({ id: row.id, name: row.name, born, posts: held.map(heldShape), actions })

type KeptRow = { id: Id; since: string; until: string | null; recorded_at: Date; until_recorded_at: Date | null; voided_at: Date | null }
/** A period with when it was recorded, and what may be done to it. */
export const keptShape = (row: KeptRow, ctx: Ctx, allowed: boolean, ...verbs: string[]) => ({
  id: row.id,
  since: row.since,
  until: row.until,
  recordedAt: row.recorded_at.toISOString(),
  later: row.recorded_at > ctx.knownAt,
  untilRecordedAt: row.until_recorded_at?.toISOString() ?? null,
  voidedAt: row.voided_at?.toISOString() ?? null,
  inForce: row.voided_at === null && inForceOn(row, ctx.day),
  actions: row.voided_at === null && allowed ? verbs : [],
})

export const factShape = (row: FactRow, unit: string | null, ctx: Ctx, allowed: boolean): Static<typeof Fact> => ({
  ...keptShape(row, ctx, allowed, 'endFact', 'voidFact'),
  kind: row.kind,
  value: row.value,
  unit: row.unit_id ? { id: row.unit_id, name: unit ?? '' } : null,
})
