import type { Tx } from '#kernel/db.ts'
import { must, Refusal, refuse, type Verdict } from '#kernel/errors.ts'
import { type Id, newId } from '#kernel/ids.ts'
import { append } from '#kernel/ledger.ts'
import type { Ctx } from '#kernel/scope.ts'
import { found } from '#kernel/table.ts'
import type { Hanging, Move } from '../changes.ts'
import { nameFree, noCycle, noOverlap, type Range, within } from '../rules.ts'
import { keepFormerPost, reachingIn } from '../store/hanging.ts'
import type { UnitRow } from '../store/office.ts'
import { chargeHeld, chargePeriods, factHeld, postHeld, postSiblings, treeOf, unitHeld, unitSiblings } from '../store/things.ts'
import { changeAppointment, changeCharge, changeFact, changePost, changeUnit, keepFormer, seedOrg } from '../store/writes.ts'

/** What was done with a change, so that it can be taken back: `before` is what stood there. */
export type Done = {
  ended: { what: 'unit' | 'post' | 'appointment' | 'charge' | 'fact'; id: Id; before: string | null }[]
  voided: { what: 'appointment' | 'charge' | 'fact'; id: Id }[]
  moved: { what: 'unit' | 'post'; id: Id; unit: Id | null; name: string; to: Id; kept: boolean }[]
  made: { what: 'unit' | 'charge' | 'fact'; id: Id }[]
}
export const nothingDone = (): Done => ({ ended: [], voided: [], moved: [], made: [] })

export type Moving = { tx: Tx; ctx: Ctx; since: string; done: Done; target: (to: string, at: string) => Promise<UnitRow> }

/** The refusal of a rule, at the place of the move that met it. */
const mustAt = (verdict: Verdict, at: string) => {
  if (!verdict.ok) throw new Refusal(verdict.refusal.code, verdict.refusal.params, [{ at }])
}
/** The days something has in its new place: from the change on, or from its own beginning where that comes later. */
const rest = (thing: Range, since: string): Range => ({ since: thing.since > since ? thing.since : since, until: thing.until })

/** Carries out one decision. `at` is its place in the input. */
export async function carry(moving: Moving, thing: Hanging, move: Move, at: string): Promise<void> {
  const to = move.to === null ? null : await moving.target(move.to, `${at}/to`)
  if (thing.what === 'unit' && to) await moveUnit(moving, thing, to, `${at}/to`)
  if (thing.what === 'post') await (to ? movePost(moving, thing, to, move.name, at) : endPostOf(moving, thing, `${at}/to`))
  if (thing.what === 'charge') await moveCharge(moving, thing, to, `${at}/to`)
  if (thing.what === 'member') await moveMember(moving, thing, to, `${at}/to`)
}

async function moveUnit({ tx, ctx, since, done }: Moving, { id, from }: Hanging, to: UnitRow, at: string) {
  const unit = found(await unitHeld(tx, ctx.tenant.id, id))
  const tree = await treeOf(tx, ctx.tenant.id)
  const parents = new Map(tree.map((one) => [one.id, one.parent_id]))
  const nameOf = (of: Id) => tree.find((one) => one.id === of)?.name ?? to.name
  mustAt(noCycle(unit.id, to.id, parents, nameOf), at)
  mustAt(within(rest(unit, since), to), at)
  mustAt(nameFree({ ...unit, ...rest(unit, since) }, await unitSiblings(tx, ctx.tenant.id, to.id, unit.id)), at)
  const kept = from < since
  if (kept) await keepFormer(tx, ctx.tenant.id, unit, since, ctx.now)
  await changeUnit(tx, ctx.tenant.id, unit.id, { parent_id: to.id })
  done.moved.push({ what: 'unit', id: unit.id, unit: unit.parent_id, name: unit.name, to: to.id, kept })
}

/** A post moves with whoever is in it: appointments and the duties that end at it stay as they are. */
async function movePost({ tx, ctx, since, done }: Moving, { id, from }: Hanging, to: UnitRow, called: string | undefined, at: string) {
  const post = found(await postHeld(tx, ctx.tenant.id, id))
  const name = called?.trim() || post.name
  mustAt(within(rest(post, since), to), `${at}/to`)
  mustAt(nameFree({ ...post, ...rest(post, since), name }, await postSiblings(tx, ctx.tenant.id, to.id, post.id)), `${at}/name`)
  const kept = from < since
  if (kept) await keepFormerPost(tx, ctx.tenant.id, post, since, ctx.now)
  await changePost(tx, ctx.tenant.id, post.id, { unit_id: to.id, name })
  done.moved.push({ what: 'post', id: post.id, unit: post.unit_id, name: post.name, to: to.id, kept })
}

async function endPostOf({ tx, ctx, since, done }: Moving, { id }: Hanging, at: string) {
  const post = found(await postHeld(tx, ctx.tenant.id, id))
  if (post.since >= since) must(refuse('org.not_begun', { name: post.name, since: post.since }, at))
  for (const one of await reachingIn(tx, ctx.tenant.id, post.id, since)) {
    if (one.since < since) {
      await changeAppointment(tx, ctx.tenant.id, one.id, { until: since, until_recorded_at: ctx.now })
      done.ended.push({ what: 'appointment', id: one.id, before: one.until })
    } else {
      await changeAppointment(tx, ctx.tenant.id, one.id, { voided_at: ctx.now })
      done.voided.push({ what: 'appointment', id: one.id })
    }
  }
  await changePost(tx, ctx.tenant.id, post.id, { until: since })
  done.ended.push({ what: 'post', id: post.id, before: post.until })
}

async function moveCharge({ tx, ctx, since, done }: Moving, { id, who }: Hanging, to: UnitRow | null, at: string) {
  const charge = found(await chargeHeld(tx, ctx.tenant.id, id))
  const had = charge.since < since
  await changeCharge(tx, ctx.tenant.id, charge.id, had ? { until: since, until_recorded_at: ctx.now } : { voided_at: ctx.now })
  if (had) done.ended.push({ what: 'charge', id: charge.id, before: charge.until })
  else done.voided.push({ what: 'charge', id: charge.id })
  if (to === null) return
  const range = rest(charge, since)
  mustAt(within(range, to), at)
  const periods = await chargePeriods(tx, ctx.tenant.id, charge.person_id, to.id)
  // Whoever was in charge of the other unit already simply stays so.
  if (periods.some((one) => one.since <= range.since && (one.until === null || (range.until !== null && one.until >= range.until)))) return
  mustAt(noOverlap(range, periods, { who, name: to.name }), at)
  const made = newId()
  await seedOrg(tx, ctx.tenant.id, { charges: [{ id: made, person_id: charge.person_id, unit_id: to.id, ...range }] }, ctx.now)
  await append(tx, ctx, 'charge.made', { id: made }, { person: charge.person_id, unit: to.id, ...range })
  done.made.push({ what: 'charge', id: made })
}

async function moveMember({ tx, ctx, since, done }: Moving, { id }: Hanging, to: UnitRow | null, at: string) {
  const fact = found(await factHeld(tx, ctx.tenant.id, id))
  const had = fact.since < since
  await changeFact(tx, ctx.tenant.id, fact.id, had ? { until: since, until_recorded_at: ctx.now } : { voided_at: ctx.now })
  if (had) done.ended.push({ what: 'fact', id: fact.id, before: fact.until })
  else done.voided.push({ what: 'fact', id: fact.id })
  if (to === null) return
  if (to.kind !== 'branch') throw new Refusal('org.fact_value', {}, [{ at }])
  const range = rest(fact, since)
  mustAt(within(range, to), at)
  const made = newId()
  await seedOrg(tx, ctx.tenant.id, { facts: [{ id: made, person_id: fact.person_id, kind: 'branch', unit_id: to.id, ...range }] }, ctx.now)
  await append(tx, ctx, 'fact.noted', { id: made }, { person: fact.person_id, kind: 'branch', value: null, unit: to.id, ...range })
  done.made.push({ what: 'fact', id: made })
}
