import type { InputOf } from '#kernel/contract.ts'
import { afterCommit, type Tx } from '#kernel/db.ts'
import { must, Refusal } from '#kernel/errors.ts'
import type { House } from '#kernel/house.ts'
import { type Id, newId } from '#kernel/ids.ts'
import { append } from '#kernel/ledger.ts'
import type { Ctx } from '#kernel/scope.ts'
import { found } from '#kernel/table.ts'
import type { orgRoutes } from '../contract.ts'
import { aloneIn, fromOk, mayEnd, mayVoid, noOverlap, rangeOk, within } from '../rules.ts'
import type { AppointmentRow, PersonRow, PostRow } from '../store/office.ts'
import { postsHeld } from '../store/persons.ts'
import { appointmentHeld, appointmentPeriods, holdersEver, personHeld, postHeld, unitNames } from '../store/things.ts'
import { changeAppointment, seedOrg } from '../store/writes.ts'
import { appointmentShape, editing } from './shape.ts'

type Input<K extends keyof typeof orgRoutes> = InputOf<(typeof orgRoutes)[K]>

/** A person that the input names; what is not there, or another office's, is refused at its place. */
export async function personNamed(tx: Tx, ctx: Ctx, id: Id): Promise<PersonRow> {
  const person = await personHeld(tx, ctx.tenant.id, id)
  if (!person) throw new Refusal('reference.absent', {}, [{ at: '/person' }])
  return person
}

export async function appoint(tx: Tx, ctx: Ctx, input: Input<'appoint'>, house: House) {
  const range = { since: input.since, until: input.until ?? null }
  must(rangeOk(range))
  const post = await postHeld(tx, ctx.tenant.id, input.post)
  if (!post) throw new Refusal('reference.absent', {}, [{ at: '/post' }])
  ctx.may('org.edit', { unit: post.unit_id })
  const person = await personNamed(tx, ctx, input.person)
  must(within(range, post))
  must(noOverlap(range, await appointmentPeriods(tx, ctx.tenant.id, person.id, post.id), { who: person.name, name: post.name }))
  const from = await cameFrom(tx, ctx, input, post)
  if (post.exclusive) {
    const one = { ...range, kind: input.kind, person_id: person.id }
    must(aloneIn(post, one, await holdersEver(tx, ctx.tenant.id, post.id)))
  }
  const row: AppointmentRow = {
    id: newId(),
    person_id: person.id,
    post_id: post.id,
    kind: input.kind,
    level: input.level ?? null,
    from_unit_id: from.unit,
    from_office: from.office,
    ...range,
    recorded_at: ctx.now,
    until_recorded_at: null,
    voided_at: null,
  }
  await seedOrg(tx, ctx.tenant.id, { appointments: [row] }, ctx.now)
  await append(tx, ctx, 'appointment.made', row, {
    person: person.id,
    post: post.id,
    kind: row.kind,
    level: row.level,
    from: from.unit,
    ...range,
  })
  afterCommit(tx, house.signIn.forget)
  return shaped(tx, ctx, row, person, post)
}

/** Where a seconded person comes from: what the input says, else the unit of the post they hold of their own that day. */
async function cameFrom(tx: Tx, ctx: Ctx, input: Input<'appoint'>, post: PostRow): Promise<{ unit: Id | null; office: string | null }> {
  const given = { unit: input.fromUnit ?? null, office: input.fromOffice?.trim() || null }
  if (given.unit && !(await unitNames(tx, ctx.tenant.id, [given.unit])).has(given.unit))
    throw new Refusal('reference.absent', {}, [{ at: '/fromUnit' }])
  const known = given.unit || given.office || input.kind !== 'seconded'
  const own = known ? [] : await postsHeld(tx, ctx.tenant.id, [input.person], input.since)
  const from = known
    ? given
    : { unit: own.find((one) => one.kind === 'regular' && one.unit_id !== post.unit_id)?.unit_id ?? null, office: null }
  must(fromOk(input.kind, from, post.unit_id))
  return from
}

async function shaped(tx: Tx, ctx: Ctx, row: AppointmentRow, person: PersonRow, post: PostRow) {
  const names = row.from_unit_id ? await unitNames(tx, ctx.tenant.id, [row.from_unit_id]) : new Map<Id, string>()
  return appointmentShape(row, person, editing(ctx)(post.unit_id), ctx, (id) => names.get(id) ?? '')
}

/** The appointment with what it joins, within the actor's reach. */
async function held(tx: Tx, ctx: Ctx, id: Id) {
  const row = found(await appointmentHeld(tx, ctx.tenant.id, id))
  const post = found(await postHeld(tx, ctx.tenant.id, row.post_id))
  ctx.may('org.edit', { unit: post.unit_id })
  return { row, post, person: found(await personHeld(tx, ctx.tenant.id, row.person_id)) }
}

export async function endAppointment(tx: Tx, ctx: Ctx, input: Input<'endAppointment'>, house: House) {
  const { row, post, person } = await held(tx, ctx, input.id)
  must(mayEnd({ ...row, voided: row.voided_at !== null }, input.until))
  const ended = { until: input.until, until_recorded_at: ctx.now }
  await changeAppointment(tx, ctx.tenant.id, row.id, ended)
  await append(tx, ctx, 'appointment.ended', row, { until: input.until, before: row.until })
  afterCommit(tx, house.signIn.forget)
  return shaped(tx, ctx, { ...row, ...ended }, person, post)
}

export async function voidAppointment(tx: Tx, ctx: Ctx, input: Input<'voidAppointment'>, house: House) {
  const { row, post, person } = await held(tx, ctx, input.id)
  must(mayVoid({ voided: row.voided_at !== null }))
  await changeAppointment(tx, ctx.tenant.id, row.id, { voided_at: ctx.now })
  await append(tx, ctx, 'appointment.voided', row)
  afterCommit(tx, house.signIn.forget)
  return shaped(tx, ctx, { ...row, voided_at: ctx.now }, person, post)
}
