import type { InputOf } from '#kernel/contract.ts'
import { afterCommit, type Tx } from '#kernel/db.ts'
import { must } from '#kernel/errors.ts'
import type { House } from '#kernel/house.ts'
import { type Id, newId } from '#kernel/ids.ts'
import { append } from '#kernel/ledger.ts'
import type { Ctx } from '#kernel/scope.ts'
import { found } from '#kernel/table.ts'
import type { orgRoutes } from '../contract.ts'
import { mayEnd, mayVoid, noOverlap, rangeOk, within } from '../rules.ts'
import type { ChargeRow } from '../store/office.ts'
import { chargeHeld, chargePeriods, personHeld } from '../store/things.ts'
import { changeCharge, seedOrg } from '../store/writes.ts'
import { personNamed } from './appointments.ts'
import { chargeShape, editing } from './shape.ts'
import { unitNamed } from './units.ts'

type Input<K extends keyof typeof orgRoutes> = InputOf<(typeof orgRoutes)[K]>

export async function charge(tx: Tx, ctx: Ctx, input: Input<'charge'>, house: House) {
  const range = { since: input.since, until: input.until ?? null }
  must(rangeOk(range))
  const unit = await unitNamed(tx, ctx, input.unit, '/unit')
  ctx.may('org.edit', { unit: unit.id })
  const person = await personNamed(tx, ctx, input.person)
  must(within(range, unit))
  must(noOverlap(range, await chargePeriods(tx, ctx.tenant.id, person.id, unit.id), { who: person.name, name: unit.name }))
  const row: ChargeRow = {
    id: newId(),
    person_id: person.id,
    unit_id: unit.id,
    ...range,
    recorded_at: ctx.now,
    until_recorded_at: null,
    voided_at: null,
  }
  await seedOrg(tx, ctx.tenant.id, { charges: [row] }, ctx.now)
  await append(tx, ctx, 'charge.made', row, { person: person.id, unit: unit.id, ...range })
  afterCommit(tx, house.signIn.forget)
  return chargeShape(row, person, editing(ctx)(unit.id), ctx)
}

/** The charge with what it joins, within the actor's reach. */
async function held(tx: Tx, ctx: Ctx, id: Id) {
  const row = found(await chargeHeld(tx, ctx.tenant.id, id))
  ctx.may('org.edit', { unit: row.unit_id })
  return { row, person: found(await personHeld(tx, ctx.tenant.id, row.person_id)) }
}

export async function endCharge(tx: Tx, ctx: Ctx, input: Input<'endCharge'>, house: House) {
  const { row, person } = await held(tx, ctx, input.id)
  must(mayEnd({ ...row, voided: row.voided_at !== null }, input.until))
  const ended = { until: input.until, until_recorded_at: ctx.now }
  await changeCharge(tx, ctx.tenant.id, row.id, ended)
  await append(tx, ctx, 'charge.ended', row, { until: input.until, before: row.until })
  afterCommit(tx, house.signIn.forget)
  return chargeShape({ ...row, ...ended }, person, editing(ctx)(row.unit_id), ctx)
}

export async function voidCharge(tx: Tx, ctx: Ctx, input: Input<'voidCharge'>, house: House) {
  const { row, person } = await held(tx, ctx, input.id)
  must(mayVoid({ voided: row.voided_at !== null }))
  await changeCharge(tx, ctx.tenant.id, row.id, { voided_at: ctx.now })
  await append(tx, ctx, 'charge.voided', row)
  afterCommit(tx, house.signIn.forget)
  return chargeShape({ ...row, voided_at: ctx.now }, person, editing(ctx)(row.unit_id), ctx)
}
