import type { InputOf } from '#kernel/contract.ts'
import { afterCommit, type Db, type Tx } from '#kernel/db.ts'
import { must, Refusal, refuse } from '#kernel/errors.ts'
import type { House } from '#kernel/house.ts'
import { type Id, isId, newId } from '#kernel/ids.ts'
import { append } from '#kernel/ledger.ts'
import type { Ctx } from '#kernel/scope.ts'
import { cursor, found, limitOf, pageFrom } from '#kernel/table.ts'
import { type ChangeKind, decided, type Hanging, type Move, splitOk } from '../changes.ts'
import type { orgRoutes } from '../contract.ts'
import { inForceOn, mayChangeFrom, mayClose, nameFree, within } from '../rules.ts'
import { hangingOn, lastTouched } from '../store/hanging.ts'
import { type ChangeRow, changesOf, formerNames, insertChange } from '../store/lineage.ts'
import type { UnitRow } from '../store/office.ts'
import { holdTree, unitBlockers, unitById, unitHeld, unitSiblings } from '../store/things.ts'
import { changeUnit, seedOrg } from '../store/writes.ts'
import { leftIn } from './left.ts'
import { carry, type Moving, nothingDone } from './moves.ts'
import { editing } from './shape.ts'
import { afterLast, unitNamed } from './units.ts'

type Input<K extends keyof typeof orgRoutes> = InputOf<(typeof orgRoutes)[K]>

/** A unit that goes or is divided: here, within reach, and not changed since on a later day. */
async function subject(tx: Tx, ctx: Ctx, id: Id, since: string, at: string | null): Promise<UnitRow> {
  const unit = at === null ? found(await unitHeld(tx, ctx.tenant.id, id)) : await unitNamed(tx, ctx, id, at)
  ctx.may('org.edit', { unit: unit.id })
  must(mayChangeFrom(unit, await lastTouched(tx, ctx.tenant.id, unit.id), since, ctx.today))
  if (unit.until !== null) must(refuse('org.ended_already', { name: unit.name, until: unit.until }, at ?? undefined))
  return unit
}

/** A unit that something moves to: in force from that day on, within reach, and not one that goes. */
async function target(tx: Tx, ctx: Ctx, id: Id, since: string, going: readonly UnitRow[], at: string): Promise<UnitRow> {
  // A key that no part has is no unit either.
  if (!isId(id)) throw new Refusal('reference.absent', {}, [{ at }])
  if (going.some((one) => one.id === id)) throw new Refusal('org.into_itself', {}, [{ at }])
  const unit = await unitNamed(tx, ctx, id, at)
  ctx.may('org.edit', { unit: unit.id })
  if (!inForceOn(unit, since)) throw new Refusal('org.target_gone', { name: unit.name, day: since }, [{ at }])
  return unit
}

type Part = {
  name: string
  kind?: UnitRow['kind'] | undefined
  line?: UnitRow['line'] | undefined
  parent?: Id | null | undefined
  aliases?: string[] | undefined
}

/** A unit made with a change: like the one it comes from where the input says nothing else. */
async function partOf(tx: Tx, ctx: Ctx, part: Part, like: UnitRow, since: string, going: readonly UnitRow[], at: string): Promise<UnitRow> {
  const parentId = part.parent === undefined ? like.parent_id : part.parent
  const parent = parentId === null ? null : await target(tx, ctx, parentId, since, going, `${at}/parent`)
  if (parent === null && like.parent_id !== null) ctx.may('org.edit', { unit: null })
  const unit: UnitRow = {
    id: newId(),
    parent_id: parentId,
    name: part.name.trim(),
    aliases: (part.aliases ?? []).map((alias) => alias.trim()),
    line: part.line ?? like.line,
    kind: part.kind ?? like.kind,
    sort: like.sort,
    since,
    until: null,
  }
  if (parent) must(within(unit, parent))
  return unit
}

type Change = {
  kind: ChangeKind
  since: string
  ground: string | null
  units: readonly UnitRow[]
  /** Whether the units end with it; a split may leave the one it divides. */
  ends: boolean
  made: readonly { key: string; unit: UnitRow }[]
  into: readonly UnitRow[]
  moves: readonly Move[]
}

/** Does it, in one order for all three: the new units, the decisions, the ends, what is kept of it. */
async function make(tx: Tx, ctx: Ctx, house: House, change: Change) {
  const { since, units, made } = change
  const going = change.ends ? units : []
  const ids = units.map((one) => one.id)
  const hanging = await hangingOn(tx, ctx.tenant.id, ids, since)
  must(decided(hanging, change.moves, change.ends, ctx.lang))
  const done = nothingDone()
  for (const [i, { unit }] of made.entries()) {
    const siblings = await unitSiblings(tx, ctx.tenant.id, unit.parent_id, null)
    const verdict = nameFree(
      unit,
      siblings.filter((one) => !going.some((gone) => gone.id === one.id)),
    )
    if (!verdict.ok)
      throw new Refusal(verdict.refusal.code, verdict.refusal.params, [{ at: change.kind === 'split' ? `/parts/${i}/name` : '/into/name' }])
    const row = { ...unit, sort: change.kind === 'split' && i > 0 ? afterLast(siblings) : unit.sort }
    await seedOrg(tx, ctx.tenant.id, { units: [row] }, ctx.now)
    await append(tx, ctx, 'unit.added', row, { parent: row.parent_id, line: row.line, kind: row.kind, since, until: null })
    done.made.push({ what: 'unit', id: row.id })
  }
  const moving: Moving = {
    ...{ tx, ctx, since, done },
    target: async (to, at) => made.find((one) => one.key === to)?.unit ?? (await target(tx, ctx, to, since, going, at)),
  }
  const things = new Map(hanging.map((one) => [`${one.what} ${one.id}`, one]))
  // Units below first: what is named in the old unit may then be named in the new one.
  for (const [i, move] of change.moves.entries()) await carry(moving, things.get(`${move.what} ${move.id}`) as Hanging, move, `/moves/${i}`)
  for (const unit of going) {
    must(mayClose(unit, since, await unitBlockers(tx, ctx.tenant.id, unit.id, since), ctx.lang))
    await changeUnit(tx, ctx.tenant.id, unit.id, { until: since })
    done.ended.push({ what: 'unit', id: unit.id, before: unit.until })
    await append(tx, ctx, 'unit.ended', unit, { until: since })
  }
  const successors = [...made.map((one) => one.unit.id), ...change.into.map((one) => one.id)]
  const row = { id: newId(), kind: change.kind, since, ground: change.ground, units: ids, done, by: ctx.actor.person, now: ctx.now }
  const pairs = units.flatMap((unit) => successors.filter((one) => one !== unit.id).map((successor) => ({ unit: unit.id, successor })))
  await insertChange(tx, ctx.tenant.id, row, pairs)
  await append(tx, ctx, `units.${change.kind}`, row, { units: ids, successors, since, done })
  afterCommit(tx, house.signIn.forget)
  const [kept] = await changesOf(tx, ctx.tenant.id, { unit: null, id: row.id, by: null, after: null, limit: 1 })
  return {
    ...changeShape(found(kept), ctx),
    left: await leftIn(
      tx,
      ctx,
      going.map((one) => one.id),
    ),
  }
}

const groundOf = (input: { ground?: string | null | undefined }) => input.ground?.trim() || null

/** 合并: units go into a new one, or into one that is there. */
export async function merge(tx: Tx, ctx: Ctx, input: Input<'merge'>, house: House) {
  await holdTree(tx, ctx.tenant.id)
  const { since } = input
  const units: UnitRow[] = []
  for (const [i, id] of input.units.entries()) units.push(await subject(tx, ctx, id, since, `/units/${i}`))
  const like = units[0] as UnitRow
  const { into } = input
  const there = 'unit' in into ? [await target(tx, ctx, into.unit, since, units, '/into/unit')] : []
  const made = 'unit' in into ? [] : [{ key: newKey, unit: await partOf(tx, ctx, into, like, since, units, '/into') }]
  return make(tx, ctx, house, { kind: 'merged', since, ground: groundOf(input), units, ends: true, made, into: there, moves: input.moves })
}
/** What moves into the unit a merger makes names it by this. */
const newKey = 'new'

/** 拆分, 分设: a unit is divided into new ones, or new ones are set up out of it while it goes on. */
export async function split(tx: Tx, ctx: Ctx, input: Input<'split'>, house: House) {
  await holdTree(tx, ctx.tenant.id)
  must(splitOk(input.parts, input.keeps))
  const unit = await subject(tx, ctx, input.id, input.since, null)
  const going = input.keeps ? [] : [unit]
  const made: { key: string; unit: UnitRow }[] = []
  for (const [i, part] of input.parts.entries())
    made.push({ key: part.key, unit: await partOf(tx, ctx, part, unit, input.since, going, `/parts/${i}`) })
  return make(tx, ctx, house, {
    ...{
      kind: 'split',
      since: input.since,
      ground: groundOf(input),
      units: [unit],
      ends: !input.keeps,
      made,
      into: [],
      moves: input.moves,
    },
  })
}

/** 撤销: a unit goes; what it had is carried on by others, or by nobody. */
export async function abolish(tx: Tx, ctx: Ctx, input: Input<'abolish'>, house: House) {
  await holdTree(tx, ctx.tenant.id)
  const unit = await subject(tx, ctx, input.id, input.since, null)
  const into: UnitRow[] = []
  for (const [i, id] of input.successors.entries()) into.push(await target(tx, ctx, id, input.since, [unit], `/successors/${i}`))
  return make(tx, ctx, house, {
    ...{ kind: 'abolished', since: input.since, ground: groundOf(input), units: [unit], ends: true, made: [], into, moves: input.moves },
  })
}

export function changeShape(row: ChangeRow, ctx: Ctx) {
  const may = editing(ctx)
  return {
    id: row.id,
    kind: row.kind,
    since: row.since,
    ground: row.ground,
    units: row.units,
    successors: row.successors.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    by: row.by,
    recordedAt: row.recorded_at.toISOString(),
    later: row.recorded_at > ctx.knownAt,
    undoneAt: row.undone_at?.toISOString() ?? null,
    actions: row.undone_at === null && row.units.every((one) => may(one.id)) ? ['undoChange'] : [],
  }
}

/** What hangs below a unit from a day on, and what sits in it that this does not move. */
export async function hanging(db: Db, ctx: Ctx, input: Input<'hanging'>) {
  const unit = found(await unitById(db, ctx.tenant.id, input.id))
  ctx.may('org.edit', { unit: unit.id })
  const day = input.on ?? ctx.today
  const items = await hangingOn(db, ctx.tenant.id, [unit.id], day)
  return {
    unit: { id: unit.id, name: unit.name },
    day,
    items: items.map(({ what, id, name, who, since, until }) => ({ what, id, name, who, since, until })),
    left: await leftIn(db, ctx, [unit.id]),
  }
}

/** A unit's story: what it was called, and what happened to it. */
export async function unitStory(db: Db, ctx: Ctx, input: Input<'unitStory'>) {
  const unit = found(await unitById(db, ctx.tenant.id, input.id))
  const by = ctx.lookingBack ? ctx.day : null
  const [names, changes] = await Promise.all([
    formerNames(db, ctx.tenant.id, unit.id),
    changesOf(db, ctx.tenant.id, { unit: unit.id, by, after: null, limit: 200 }),
  ])
  return {
    id: unit.id,
    name: unit.name,
    since: unit.since,
    until: unit.until,
    names: names.filter((one) => by === null || one.until <= by),
    changes: changes.map((row) => changeShape(row, ctx)),
  }
}

export async function changes(db: Db, ctx: Ctx, input: Input<'changes'>) {
  const after = cursor(input.after, 2)
  const limit = limitOf(input)
  const rows = await changesOf(db, ctx.tenant.id, {
    unit: null,
    by: ctx.lookingBack ? ctx.day : null,
    after: after ? [String(after[0]), String(after[1])] : null,
    limit: limit + 1,
  })
  return pageFrom(
    rows,
    limit,
    (row) => [row.since, row.id],
    (row) => changeShape(row, ctx),
  )
}
