import type { InputOf } from '#kernel/contract.ts'
import type { Db, Tx } from '#kernel/db.ts'
import { must, refuse } from '#kernel/errors.ts'
import { newId } from '#kernel/ids.ts'
import { append } from '#kernel/ledger.ts'
import type { Ctx } from '#kernel/scope.ts'
import { cursor, found, limitOf, pageFrom } from '#kernel/table.ts'
import type { orgRoutes } from '../contract.ts'
import { inForceOn } from '../rules.ts'
import { appointmentsOf, chargesOf, personsPage, postsHeld } from '../store/persons.ts'
import { personById, personHeld } from '../store/things.ts'
import { renamePerson, seedOrg } from '../store/writes.ts'
import { editing, personActions, personShape } from './shape.ts'

type Input<K extends keyof typeof orgRoutes> = InputOf<(typeof orgRoutes)[K]>

/** The day by which somebody must have come to be shown, or null when looking at today. */
const by = (ctx: Ctx) => (ctx.lookingBack ? ctx.day : null)

export async function persons(db: Db, ctx: Ctx, input: Input<'persons'>) {
  const after = cursor(input.after, 2)
  const limit = limitOf(input)
  const rows = await personsPage(db, ctx.tenant.id, {
    q: input.q,
    by: by(ctx),
    after: after ? [String(after[0]), String(after[1])] : null,
    limit: limit + 1,
  })
  const held = Map.groupBy(
    await postsHeld(
      db,
      ctx.tenant.id,
      rows.map((row) => row.id),
      ctx.day,
    ),
    (one) => one.person_id,
  )
  const actions = personActions(ctx)
  return pageFrom(
    rows,
    limit,
    (row) => [row.name, row.id],
    (row) => personShape(row, held.get(row.id) ?? [], actions),
  )
}

export async function person(db: Db, ctx: Ctx, input: Input<'person'>) {
  const [row, appointments, charges] = await Promise.all([
    personById(db, ctx.tenant.id, input.id),
    appointmentsOf(db, ctx.tenant.id, input.id, by(ctx)),
    chargesOf(db, ctx.tenant.id, input.id, by(ctx)),
  ])
  const one = found(row)
  const may = editing(ctx)
  const kept = (thing: (typeof charges)[number], ...verbs: string[]) => ({
    id: thing.id,
    unit: { id: thing.unit_id, name: thing.unit },
    since: thing.since,
    until: thing.until,
    recordedAt: thing.recorded_at.toISOString(),
    later: thing.recorded_at > ctx.knownAt,
    untilRecordedAt: thing.until_recorded_at?.toISOString() ?? null,
    voidedAt: thing.voided_at?.toISOString() ?? null,
    inForce: thing.voided_at === null && inForceOn(thing, ctx.day),
    actions: thing.voided_at === null && may(thing.unit_id) ? verbs : [],
  })
  return {
    id: one.id,
    name: one.name,
    recordedAt: one.recorded_at.toISOString(),
    appointments: appointments.map((row) => ({
      ...kept(row, 'endAppointment', 'voidAppointment'),
      post: { id: row.post_id, name: row.post },
      kind: row.kind,
    })),
    charges: charges.map((row) => kept(row, 'endCharge', 'voidCharge')),
    actions: personActions(ctx),
  }
}

export async function addPerson(tx: Tx, ctx: Ctx, input: Input<'addPerson'>) {
  ctx.may('org.edit')
  const row = { id: newId(), name: input.name.trim() }
  await seedOrg(tx, ctx.tenant.id, { persons: [row] }, ctx.now)
  await append(tx, ctx, 'person.added', row)
  return personShape(row, [], personActions(ctx))
}

/** A name is corrected, not dated: who it was does not change with what they are called. */
export async function editPerson(tx: Tx, ctx: Ctx, input: Input<'editPerson'>) {
  const row = found(await personHeld(tx, ctx.tenant.id, input.id))
  ctx.may('org.edit')
  const name = input.name.trim()
  if (name === row.name) must(refuse('org.nothing'))
  await renamePerson(tx, ctx.tenant.id, row.id, name)
  await append(tx, ctx, 'person.corrected', row)
  return personShape({ ...row, name }, await postsHeld(tx, ctx.tenant.id, [row.id], ctx.day), personActions(ctx))
}
