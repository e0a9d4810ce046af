import type { InputOf } from '#kernel/contract.ts'
import { afterCommit, type Tx } from '#kernel/db.ts'
import { must, Refusal, refuse } from '#kernel/errors.ts'
import type { House } from '#kernel/house.ts'
import { type Id, newId } from '#kernel/ids.ts'
import { append } from '#kernel/ledger.ts'
import type { Ctx } from '#kernel/scope.ts'
import { found } from '#kernel/table.ts'
import type { orgRoutes } from '../contract.ts'
import { mayChangeFrom, mayClose, nameFree, noCycle, rangeOk, within } from '../rules.ts'
import { endedBy } from '../store/lineage.ts'
import type { UnitRow } from '../store/office.ts'
import { holdTree, lastChangeOf, treeOf, unitBlockers, unitHeld, unitSiblings } from '../store/things.ts'
import { changeUnit, keepFormer, seedOrg } from '../store/writes.ts'
import { editing, unitShape } from './shape.ts'

type Input<K extends keyof typeof orgRoutes> = InputOf<(typeof orgRoutes)[K]>

/** A unit that the input names; what is not there, or another office's, is refused at its place. */
export async function unitNamed(tx: Tx, ctx: Ctx, id: Id, at: string): Promise<UnitRow> {
  const unit = await unitHeld(tx, ctx.tenant.id, id)
  if (!unit) throw new Refusal('reference.absent', {}, [{ at }])
  return unit
}

export const afterLast = (siblings: readonly { sort: number }[]): number => siblings.reduce((last, one) => Math.max(last, one.sort), -1) + 1

export async function addUnit(tx: Tx, ctx: Ctx, input: Input<'addUnit'>, house: House) {
  await holdTree(tx, ctx.tenant.id)
  const parent = input.parent ? await unitNamed(tx, ctx, input.parent, '/parent') : null
  ctx.may('org.edit', { unit: parent?.id ?? null })
  const range = { since: input.since, until: input.until ?? null }
  must(rangeOk(range))
  if (parent) must(within(range, parent))
  const siblings = await unitSiblings(tx, ctx.tenant.id, parent?.id ?? null, null)
  const unit: UnitRow = {
    id: newId(),
    parent_id: parent?.id ?? null,
    name: input.name.trim(),
    aliases: (input.aliases ?? []).map((alias) => alias.trim()),
    line: input.line,
    kind: input.kind,
    sort: input.sort ?? afterLast(siblings),
    ...range,
  }
  must(nameFree(unit, siblings))
  await seedOrg(tx, ctx.tenant.id, { units: [unit] }, ctx.now)
  await append(tx, ctx, 'unit.added', unit, { parent: unit.parent_id, line: unit.line, kind: unit.kind, ...range })
  afterCommit(tx, house.signIn.forget)
  // A grant over the parent reaches the new unit from the next request on; the answer already says so.
  const may = editing(ctx)
  return unitShape(unit, (id) => may(id === unit.id ? (parent?.id ?? null) : id))
}

export async function editUnit(tx: Tx, ctx: Ctx, input: Input<'editUnit'>, house: Pick<House, 'signIn'>) {
  await holdTree(tx, ctx.tenant.id)
  const unit = found(await unitHeld(tx, ctx.tenant.id, input.id))
  ctx.may('org.edit', { unit: unit.id })
  const after: UnitRow = {
    ...unit,
    name: input.name?.trim() ?? unit.name,
    parent_id: input.parent === undefined ? unit.parent_id : input.parent,
    aliases: input.aliases?.map((alias) => alias.trim()) ?? unit.aliases,
    sort: input.sort ?? unit.sort,
  }
  const moved = after.parent_id !== unit.parent_id
  const renamed = after.name !== unit.name
  if (!moved && !renamed && after.sort === unit.sort && after.aliases.join('\n') === unit.aliases.join('\n')) must(refuse('org.nothing'))
  if (moved) await mustFit(tx, ctx, after, input.since)
  if (moved || renamed) must(nameFree(after, await unitSiblings(tx, ctx.tenant.id, after.parent_id, unit.id)))
  if (input.since !== undefined) {
    if (!moved && !renamed) must(refuse('org.nothing', {}, '/since'))
    must(mayChangeFrom(unit, await lastChangeOf(tx, ctx.tenant.id, unit.id), input.since, ctx.today))
    await keepFormer(tx, ctx.tenant.id, unit, input.since, ctx.now)
  }
  const { id: _, since: __, until: ___, ...fields } = after
  await changeUnit(tx, ctx.tenant.id, unit.id, fields)
  const how = input.since === undefined ? 'unit.corrected' : 'unit.changed'
  await append(tx, ctx, how, unit, { since: input.since ?? null, renamed, parent: after.parent_id, sort: after.sort })
  if (moved) afterCommit(tx, house.signIn.forget)
  return unitShape(after, editing(ctx))
}

/** The new parent is of this office, within reach, alive for as long as the unit hangs there, and not below it. */
async function mustFit(tx: Tx, ctx: Ctx, unit: UnitRow, since: string | undefined): Promise<void> {
  ctx.may('org.edit', { unit: unit.parent_id })
  if (unit.parent_id === null) return
  const parent = await unitNamed(tx, ctx, unit.parent_id, '/parent')
  const tree = await treeOf(tx, ctx.tenant.id)
  const parents = new Map(tree.map((one) => [one.id, one.parent_id]))
  const names = new Map(tree.map((one) => [one.id, one.name]))
  must(noCycle(unit.id, parent.id, parents, (id) => names.get(id) ?? ''))
  const life = within({ since: since ?? unit.since, until: unit.until }, parent)
  if (!life.ok) throw new Refusal(life.refusal.code, life.refusal.params, [{ at: since === undefined ? '/parent' : '/since' }])
}

export async function endUnit(tx: Tx, ctx: Ctx, input: Input<'endUnit'>, house: House) {
  await holdTree(tx, ctx.tenant.id)
  const unit = found(await unitHeld(tx, ctx.tenant.id, input.id))
  ctx.may('org.edit', { unit: unit.id })
  if (unit.until === input.until) must(refuse('org.nothing', {}, '/until'))
  const by = await endedBy(tx, ctx.tenant.id, unit.id)
  if (by) must(refuse('org.by_change', { name: unit.name, since: by.since }, '/until'))
  const blockers = input.until === null ? [] : await unitBlockers(tx, ctx.tenant.id, unit.id, input.until)
  must(mayClose(unit, input.until, blockers, ctx.lang))
  const after = { ...unit, until: input.until }
  if (unit.parent_id) must(within(after, await unitNamed(tx, ctx, unit.parent_id, '/parent')))
  must(nameFree(after, await unitSiblings(tx, ctx.tenant.id, unit.parent_id, unit.id)))
  await changeUnit(tx, ctx.tenant.id, unit.id, { until: input.until })
  await append(tx, ctx, input.until === null ? 'unit.reopened' : 'unit.ended', unit, { until: input.until })
  afterCommit(tx, house.signIn.forget)
  return unitShape(after, editing(ctx))
}
