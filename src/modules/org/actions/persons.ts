import type { InputOf } from '#kernel/contract.ts'
import type { Db, Tx } from '#kernel/db.ts'
import { must, refuse } from '#kernel/errors.ts'
import { newId } from '#kernel/ids.ts'
import { append } from '#kernel/ledger.ts'
import type { Ctx } from '#kernel/scope.ts'
import { cursor, found, limitOf, pageFrom } from '#kernel/table.ts'
import type { orgRoutes } from '../contract.ts'
import { inForceOn } from '../rules.ts'
import { appointmentsOf, bornOf, chargesOf, factsOf, personsPage, postsHeld } from '../store/persons.ts'
import { personById, personHeld } from '../store/things.ts'
import { changePerson, seedOrg } from '../store/writes.ts'
import { leadingShape, standingOf } from './facts.ts'
import { editing, factShape, fromShape, heldShape, keptShape, personActions, personShape } from './shape.ts'

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
  const ids = rows.map((row) => row.id)
  const held = Map.groupBy(await postsHeld(db, ctx.tenant.id, ids, ctx.day), (one) => one.person_id)
  const born = await bornOf(db, ctx.tenant.id, ids)
  const actions = personActions(ctx)
  return pageFrom(
    rows,
    limit,
    (row) => [row.name, row.id],
    (row) => personShape(row, held.get(row.id) ?? [], born.get(row.id) ?? null, actions),
  )
}

export async function person(db: Db, ctx: Ctx, input: Input<'person'>) {
  const tenant = ctx.tenant.id
  const one = found(await personById(db, tenant, input.id))
  const standing = await standingOf(db, ctx, one.id)
  const keeps = ctx.can('org.edit', { unit: standing.unit }) || (standing.unit === null && ctx.can('org.edit'))
  const sees = keeps || ctx.can('person.read', standing)
  const [posts, appointments, charges, facts, born] = await Promise.all([
    postsHeld(db, tenant, [one.id], ctx.day),
    appointmentsOf(db, tenant, one.id, by(ctx)),
    chargesOf(db, tenant, one.id, by(ctx)),
    sees ? factsOf(db, tenant, one.id, by(ctx)) : null,
    bornOf(db, tenant, [one.id]),
  ])
  const may = editing(ctx)
  const grade = facts?.find((fact) => fact.kind === 'grade' && fact.voided_at === null && inForceOn(fact, ctx.day))?.value ?? null
  return {
    id: one.id,
    name: one.name,
    // Whoever keeps the records sees it to correct it; others only where it tells two people apart.
    born: keeps ? one.born : (born.get(one.id) ?? null),
    recordedAt: one.recorded_at.toISOString(),
    day: ctx.day,
    posts: posts.map(heldShape),
    appointments: appointments.map((row) => ({
      ...keptShape(row, ctx, may(row.unit_id), 'endAppointment', 'voidAppointment'),
      unit: { id: row.unit_id, name: row.unit },
      post: { id: row.post_id, name: row.post },
      kind: row.kind,
      level: row.level,
      from: fromShape({ unit: row.from_unit_id, name: row.from_unit ?? '', office: row.from_office }),
    })),
    charges: charges.map((row) => ({
      ...keptShape(row, ctx, may(row.unit_id), 'endCharge', 'voidCharge'),
      unit: { id: row.unit_id, name: row.unit },
    })),
    facts: facts?.map((row) => factShape({ ...row, person_id: one.id }, row.unit, ctx, keeps && !ctx.lookingBack)) ?? null,
    leading: facts
      ? leadingShape(
          ctx,
          posts.flatMap((post) => post.level ?? []),
          grade,
        )
      : null,
    actions: personActions(ctx),
  }
}

export async function addPerson(tx: Tx, ctx: Ctx, input: Input<'addPerson'>) {
  ctx.may('org.edit')
  const row = { id: newId(), name: input.name.trim(), born: input.born ?? null }
  await seedOrg(tx, ctx.tenant.id, { persons: [row] }, ctx.now)
  await append(tx, ctx, 'person.added', row)
  return personShape(row, [], row.born, personActions(ctx))
}

/** A name is corrected, not dated: who it was does not change with what they are called. */
export async function editPerson(tx: Tx, ctx: Ctx, input: Input<'editPerson'>) {
  const row = found(await personHeld(tx, ctx.tenant.id, input.id))
  ctx.may('org.edit')
  const before = (await personById(tx, ctx.tenant.id, row.id))?.born ?? null
  const name = input.name?.trim() ?? row.name
  const born = input.born === undefined ? before : input.born
  if (name === row.name && born === before) must(refuse('org.nothing'))
  await changePerson(tx, ctx.tenant.id, row.id, { name, born })
  await append(tx, ctx, 'person.corrected', row)
  return personShape({ ...row, name }, await postsHeld(tx, ctx.tenant.id, [row.id], ctx.day), born, personActions(ctx))
}
