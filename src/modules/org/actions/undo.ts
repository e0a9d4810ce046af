import type { InputOf } from '#kernel/contract.ts'
import { afterCommit, sqlState, type Tx } from '#kernel/db.ts'
import { Refusal } from '#kernel/errors.ts'
import type { House } from '#kernel/house.ts'
import type { Id } from '#kernel/ids.ts'
import { append } from '#kernel/ledger.ts'
import type { Ctx } from '#kernel/scope.ts'
import { found } from '#kernel/table.ts'
import type { orgRoutes } from '../contract.ts'
import { dropFormer, dropFormerPost, eraseCharge, eraseFact, eraseUnit, hangingOn, lastTouched } from '../store/hanging.ts'
import { changeHeld, changesOf, eraseChange } from '../store/lineage.ts'
import { appointmentHeld, chargeHeld, factHeld, holdTree, postHeld, unitHeld } from '../store/things.ts'
import { changeAppointment, changeCharge, changeFact, changePost, changeUnit } from '../store/writes.ts'
import { changeShape } from './changes.ts'
import { leftIn } from './left.ts'
import type { Done } from './moves.ts'

type Undoing = { tx: Tx; ctx: Ctx; since: string; done: Done }
/** Something was built on the change since: taking it back would pull the ground from under it. */
const builtOn = (what: string) => new Refusal('org.built_on', { what }, [])

/** A change entered by mistake, taken back whole: everything stands as before, as if it had never been. What was built on it since stands in the way and is named. */
export async function undoChange(tx: Tx, ctx: Ctx, input: InputOf<(typeof orgRoutes)['undoChange']>, house: House) {
  await holdTree(tx, ctx.tenant.id)
  const change = found(await changeHeld<Done>(tx, ctx.tenant.id, input.id))
  for (const unit of change.units) ctx.may('org.edit', { unit })
  if (change.undone_at !== null) throw new Refusal('org.undone')
  const undoing = { tx, ctx, since: change.since, done: change.done }
  for (const unit of change.units) {
    const touched = await lastTouched(tx, ctx.tenant.id, unit)
    if (touched !== null && touched > change.since) throw builtOn((await unitHeld(tx, ctx.tenant.id, unit))?.name ?? '')
  }
  // The last done is taken back first: units stand again before what hangs below them does.
  for (const one of change.done.ended.toReversed()) await reopen(undoing, one)
  for (const one of change.done.voided) await unvoid(undoing, one)
  for (const one of change.done.moved.toReversed()) await moveBack(undoing, one)
  // What the change made goes with it, a charge or a membership too: it belongs to a unit that will never have been.
  for (const one of change.done.made) {
    if (one.what === 'charge') await eraseCharge(tx, ctx.tenant.id, one.id)
    if (one.what === 'fact') await eraseFact(tx, ctx.tenant.id, one.id)
  }
  await eraseChange(tx, ctx.tenant.id, change.id, ctx.now)
  for (const one of change.done.made.toReversed()) if (one.what === 'unit') await unmakeUnit(undoing, one.id)
  await append(tx, ctx, 'units.undone', change, { kind: change.kind, since: change.since, units: change.units })
  afterCommit(tx, house.signIn.forget)
  const [row] = await changesOf(tx, ctx.tenant.id, { unit: null, id: change.id, by: null, after: null, limit: 1 })
  return changeShape(found(row), ctx)
}

/** The end is taken back where it is still the change's own. */
async function reopen({ tx, ctx, since }: Undoing, { what, id, before }: Done['ended'][number]) {
  const tenant = ctx.tenant.id
  const held = { unit: unitHeld, post: postHeld, appointment: appointmentHeld, charge: chargeHeld, fact: factHeld }[what]
  const row = found(await held(tx, tenant, id))
  const voided = 'voided_at' in row && row.voided_at !== null
  if (row.until !== since || voided) throw builtOn('name' in row ? row.name : '')
  if (what === 'unit') await changeUnit(tx, tenant, id, { until: before })
  if (what === 'post') await changePost(tx, tenant, id, { until: before })
  if (what === 'appointment') await changeAppointment(tx, tenant, id, { until: before, until_recorded_at: null })
  if (what === 'charge') await changeCharge(tx, tenant, id, { until: before, until_recorded_at: null })
  if (what === 'fact') await changeFact(tx, tenant, id, { until: before, until_recorded_at: null })
}

async function unvoid({ tx, ctx }: Undoing, { what, id }: Done['voided'][number]) {
  const to = { voided_at: null }
  if (what === 'appointment') await changeAppointment(tx, ctx.tenant.id, id, to)
  if (what === 'charge') await changeCharge(tx, ctx.tenant.id, id, to)
  if (what === 'fact') await changeFact(tx, ctx.tenant.id, id, to)
}

async function moveBack({ tx, ctx, since }: Undoing, { what, id, unit, name, to, kept }: Done['moved'][number]) {
  const tenant = ctx.tenant.id
  if (what === 'unit') {
    const row = found(await unitHeld(tx, tenant, id))
    if (row.parent_id !== to) throw builtOn(row.name)
    await changeUnit(tx, tenant, id, { parent_id: unit })
    if (kept) await dropFormer(tx, tenant, id, since)
    return
  }
  const row = found(await postHeld(tx, tenant, id))
  if (row.unit_id !== to || unit === null) throw builtOn(row.name)
  await changePost(tx, tenant, id, { unit_id: unit, name })
  if (kept) await dropFormerPost(tx, tenant, id, since)
}

async function unmakeUnit({ tx, ctx, since }: Undoing, id: Id) {
  const unit = found(await unitHeld(tx, ctx.tenant.id, id))
  const hanging = await hangingOn(tx, ctx.tenant.id, [id], since)
  const left = await leftIn(tx, ctx, [id])
  if (hanging.length > 0) throw builtOn(`${unit.name} · ${hanging.map((one) => [one.name, one.who].filter(Boolean).join(' ')).join('、')}`)
  if (left.duties + left.obligations + left.grants > 0) throw builtOn(unit.name)
  try {
    await eraseUnit(tx, ctx.tenant.id, id)
  } catch (error) {
    if (sqlState(error) === '23503') throw builtOn(unit.name)
    throw error
  }
  await append(tx, ctx, 'unit.unmade', unit)
}
