import { addDays, isDay } from '#kernel/calendar/index.ts'
import type { InputOf } from '#kernel/contract.ts'
import type { Db, Tx } from '#kernel/db.ts'
import { must, Refusal } from '#kernel/errors.ts'
import type { Id } from '#kernel/ids.ts'
import { append } from '#kernel/ledger.ts'
import { type Ctx, personOf } from '#kernel/scope.ts'
import { cutOf, found, move, pageFrom } from '#kernel/table.ts'
import { everHeld, lastUnitOf, postsHeld, workUnitsOn } from '#modules/org/index.ts'
import type { handoverRoutes } from '../contract.ts'
import { type Decided, followed, type Given, type HandoverState, handoverMoves, type Keyed, wayOk } from '../rules.ts'
import {
  changeHandover,
  dropLines,
  type HandoverRow,
  handoverById,
  handoversPage,
  holdHandover,
  insertHandover,
  keepState,
  type LineRow,
  linesOf,
  namesOf,
  openOne,
  putLines,
} from '../store/handovers.ts'
import { decisionsOf, givenOf, keyOfRow, liveLines, runs, sheetOf, shownRow, visible, wholeOf } from './sheet.ts'

type Input<K extends keyof typeof handoverRoutes> = InputOf<(typeof handoverRoutes)[K]>

const stateWords: Record<HandoverState, readonly [string, string]> = {
  draft: ['拟制中', 'being prepared'],
  out: ['待确认', 'out for confirmation'],
  agreed: ['已确认，待生效', 'agreed, its day to come'],
  done: ['已办结', 'done'],
  withdrawn: ['已撤销', 'withdrawn'],
}
/** Its state moves, and from when is kept. */
export async function step(tx: Tx, ctx: Ctx, row: { id: Id; state: string }, verb: string, set: { said?: string } = {}): Promise<void> {
  keepState(tx, ctx, row.id, await move(tx, ctx, handoverMoves, row, verb, set))
}
export const mustBe = (ctx: Ctx, row: HandoverRow, ...states: HandoverState[]) => {
  if (!states.includes(row.state)) throw new Refusal('handover.not_now', { state: stateWords[row.state][ctx.lang === 'en' ? 1 : 0] })
}

export async function list(db: Db, ctx: Ctx, input: Input<'list'>) {
  const cut = cutOf(input, 2)
  const rows = await handoversPage(db, ctx, ctx.reach('handover.read'), { pile: input.pile, person: input.person }, cut)
  return pageFrom(
    rows,
    cut.limit,
    (row) => [row.day, row.id],
    (row) => shownRow(ctx, row),
  )
}

export const read = async (db: Db, ctx: Ctx, input: { id: Id }) => sheetOf(db, ctx, await visible(db, ctx, input.id))

/** How far a handover may lie from today, in days: what was forgotten is made good within the year, what is planned comes within it. */
const farthest = 366
function dayOk(ctx: Ctx, day: string): void {
  if (!isDay(day)) throw new Refusal('day.unknown', { day }, [{ at: '/day' }])
  const [from, until] = [addDays(ctx.today, -farthest), addDays(ctx.today, farthest)]
  if (day < from || day > until) throw new Refusal('handover.day_far', { from, until }, [{ at: '/day' }])
}

/** Opens the sheet of a person who moves. It is run by somebody else over the unit in which they work. */
export async function open(tx: Tx, ctx: Ctx, input: Input<'open'>) {
  dayOk(ctx, input.day)
  const names = await namesOf(tx, ctx.tenant.id, [input.person])
  const who = names.get(input.person)
  if (who === undefined) throw new Refusal('reference.absent', {}, [{ at: '/person' }])
  const before = addDays(input.day, -1)
  const unit =
    (await workUnitsOn(tx, ctx.tenant.id, [input.person], before)).get(input.person) ??
    (await lastUnitOf(tx, ctx.tenant.id, input.person, before))
  if (!unit) throw new Refusal('handover.never_held', { who }, [{ at: '/person' }])
  ctx.may('handover.open', { unit })
  if (input.person === ctx.actor.person) throw new Refusal('handover.own', {}, [{ at: '/person' }])
  const other = await openOne(tx, ctx.tenant.id, input.person)
  if (other) throw new Refusal('handover.open_already', { who, day: other.day }, [{ at: '/person' }])
  const terms = { reason: input.reason, note: input.note ?? null, day: input.day }
  const id = insertHandover(tx, ctx, { ...terms, person_id: input.person, unit_id: unit, opened_by: personOf(ctx) })
  keepState(tx, ctx, id, 'draft')
  await append(tx, ctx, 'handover.opened', { id }, { person: input.person, ...terms })
  return sheetOf(tx, ctx, found(await handoverById(tx, ctx, { all: true, units: [], person: null }, id)))
}

/** The sheet, held, for whoever runs it. */
export async function running(tx: Tx, ctx: Ctx, id: Id): Promise<HandoverRow> {
  await visible(tx, ctx, id)
  await holdHandover(tx, ctx.tenant.id, id)
  const row = await visible(tx, ctx, id)
  if (row.person.id === ctx.actor.person) throw new Refusal('handover.own')
  if (!runs(ctx, row)) ctx.may('handover.open', { unit: row.unit.id })
  return row
}
export const again = async (tx: Tx, ctx: Ctx, id: Id) => sheetOf(tx, ctx, await visible(tx, ctx, id))

export async function edit(tx: Tx, ctx: Ctx, input: Input<'edit'>) {
  const row = await running(tx, ctx, input.id)
  mustBe(ctx, row, 'draft')
  dayOk(ctx, input.day)
  const terms = { reason: input.reason, note: input.note ?? null, day: input.day }
  await changeHandover(tx, ctx.tenant.id, row.id, terms)
  await append(tx, ctx, 'handover.changed', row, terms)
  return again(tx, ctx, row.id)
}

/** Whoever takes over is of the office on the day: has a post then, or, never having had one, is given one with it. `at` says where each was named. */
export async function receiversOk(
  db: Db,
  ctx: Ctx,
  day: string,
  lines: readonly Keyed[],
  decided: ReadonlyMap<string, Decided | null>,
  at: (person: Id) => string,
) {
  const receivers = [...new Set([...decided.values()].flatMap((one) => one?.to ?? []))]
  const [ever, names] = await Promise.all([everHeld(db, ctx.tenant.id, receivers, day), namesOf(db, ctx.tenant.id, receivers)])
  const posted = new Set(lines.flatMap((line) => (line.part === 'appointment' ? (decided.get(line.key)?.to ?? []) : [])))
  for (const person of receivers) {
    const who = names.get(person)
    if (who === undefined) throw new Refusal('reference.absent', {}, [{ at: at(person) }])
    const there = ever.get(person)
    if (there === false) throw new Refusal('handover.successor_left', { who, day }, [{ at: at(person) }])
    if (there === undefined && !posted.has(person)) throw new Refusal('handover.successor_new', { who, day }, [{ at: at(person) }])
  }
}

/** What stays with the giver stays with somebody who holds a post from the day on. */
export async function stayOk(db: Db, ctx: Ctx, row: HandoverRow, lines: readonly Keyed[], decided: ReadonlyMap<string, Decided | null>) {
  const kept = lines.filter((line) => decided.get(line.key)?.way === 'stay' && line.part !== 'appointment')
  if (kept.length === 0) return
  const gone = new Set(
    lines.flatMap((line) => (line.part === 'appointment' && decided.get(line.key)?.way !== 'stay' ? (line.post?.id ?? []) : [])),
  )
  const held = await postsHeld(db, ctx.tenant.id, [row.person.id], row.day)
  if (held.some((one) => !gone.has(one.post_id))) return
  const first = found(kept[0])
  throw new Refusal('handover.nobody_stays', { who: row.person.name, day: row.day, title: first.title }, [{ at: `/lines/${first.key}` }])
}

/** A line as it is kept. Signatures stay where what they cover stays. */
export function rowOf(line: Keyed, decided: Decided, before: LineRow | null): LineRow {
  const same =
    before !== null &&
    before.settled_at === null &&
    before.mark === line.mark &&
    before.way === decided.way &&
    before.to_id === decided.to &&
    before.how === decided.how
  const { part, key: _, ...says } = line
  return {
    ...{ part, thing_id: line.id, way: decided.way, to_id: decided.to, how: decided.how, reason: decided.reason, mark: line.mark, says },
    ...{
      giver_at: same ? before.giver_at : null,
      receiver_at: same ? before.receiver_at : null,
      objection: same ? before.objection : null,
    },
    ...{ settled_at: null, moved_at: null },
  }
}

/** Names successors. Lines that follow another follow it still, unless they are named here. Whatever changes is to be signed anew. */
export async function assign(tx: Tx, ctx: Ctx, input: Input<'assign'>) {
  const row = await running(tx, ctx, input.id)
  mustBe(ctx, row, 'draft', 'out')
  const [lines, kept] = await Promise.all([liveLines(tx, ctx, { person: row.person.id, day: row.day }), linesOf(tx, ctx.tenant.id, row.id)])
  const byKey = new Map(lines.map((line) => [line.key, line]))
  const before = await decisionsOf(tx, ctx, row.day, lines, new Map(kept.map((one) => [keyOfRow(one), givenOf(one)])))
  const given = new Map<string, Given>(
    kept.flatMap((one) => (before.get(keyOfRow(one))?.along ? [] : [[keyOfRow(one), givenOf(one)] as const])),
  )
  const places = new Map<Id, string>()
  const { to: all } = input
  if (all !== undefined) {
    places.set(all, '/to')
    if (all === row.person.id) throw new Refusal('handover.to_giver', {}, [{ at: '/to' }])
    for (const line of lines)
      if (line.ways.includes('to') && line.first === undefined) given.set(line.key, { way: 'to', to: all, how: null, reason: null })
  }
  for (const [i, said] of (input.lines ?? []).entries()) {
    const line = byKey.get(`${said.part} ${said.id}`)
    if (!line) throw new Refusal('handover.no_line', {}, [{ at: `/lines/${i}/id` }])
    given.set(line.key, { way: said.way, to: said.to ?? null, how: said.how ?? null, reason: said.reason ?? null })
    if (said.to) places.set(said.to, `/lines/${i}/to`)
  }
  const decided = await decisionsOf(tx, ctx, row.day, lines, given)
  for (const [i, said] of (input.lines ?? []).entries()) {
    const line = found(byKey.get(`${said.part} ${said.id}`))
    const led = followed(line, lines)
    must(wayOk(line, found(given.get(line.key)), row.person.id, led && decided.get(led.key), `/lines/${i}`))
  }
  await receiversOk(tx, ctx, row.day, lines, decided, (person) => places.get(person) ?? '/lines')
  await keep(tx, ctx, row, lines, decided, kept, new Set((input.lines ?? []).map((one) => `${one.part} ${one.id}`)))
  await append(tx, ctx, 'handover.assigned', row, { to: all ?? null, lines: (input.lines ?? []).length })
  return again(tx, ctx, row.id)
}

/** Writes the decisions; `named` lines lose what was objected to: somebody has dealt with it. */
async function keep(
  tx: Tx,
  ctx: Ctx,
  row: HandoverRow,
  lines: readonly Keyed[],
  decided: ReadonlyMap<string, Decided | null>,
  kept: readonly LineRow[],
  named: ReadonlySet<string>,
) {
  const byKey = new Map(kept.map((one) => [keyOfRow(one), one]))
  const rows = lines.flatMap((line) => {
    const said = decided.get(line.key)
    if (!said || line.ways.length === 0) return []
    const next = rowOf(line, said, byKey.get(line.key) ?? null)
    return [named.has(line.key) ? { ...next, objection: null, receiver_at: next.objection ? null : next.receiver_at } : next]
  })
  await putLines(tx, ctx, row.id, rows)
  if (row.state !== 'draft') return
  const there = new Set(rows.map((one) => `${one.part} ${one.thing_id}`))
  await dropLines(
    tx,
    ctx.tenant.id,
    row.id,
    [...byKey.keys()].filter((key) => !there.has(key)),
  )
}

/** Sends it to giver and receivers. Every line has a decision by then; what would be nobody's is said on the sheet. */
export async function send(tx: Tx, ctx: Ctx, input: { id: Id }) {
  const row = await running(tx, ctx, input.id)
  mustBe(ctx, row, 'draft')
  const { all } = await wholeOf(tx, ctx, row)
  const lines = all.map((one) => one.line)
  const decided = new Map(all.map((one) => [one.line.key, one.decided]))
  mustBeDecided(lines, decided)
  await receiversOk(
    tx,
    ctx,
    row.day,
    lines,
    decided,
    (person) => `/lines/${lines.find((line) => decided.get(line.key)?.to === person)?.key ?? ''}`,
  )
  await stayOk(tx, ctx, row, lines, decided)
  await keep(tx, ctx, row, lines, decided, await linesOf(tx, ctx.tenant.id, row.id), new Set())
  await step(tx, ctx, row, 'send')
  await append(tx, ctx, 'handover.sent', row, { lines: lines.length })
  return again(tx, ctx, row.id)
}

/** Refuses a sheet on which something is undecided, with each line's place. */
export function mustBeDecided(lines: readonly Keyed[], decided: ReadonlyMap<string, Decided | null>): void {
  const open = lines.filter((line) => line.ways.length > 0 && !decided.get(line.key))
  if (open.length === 0) return
  const what =
    open
      .slice(0, 5)
      .map((line) => line.title)
      .join('、') + (open.length > 5 ? ' …' : '')
  throw new Refusal(
    'handover.undecided',
    { count: open.length, what },
    open.slice(0, 100).map((line) => ({ at: `/lines/${line.key}` })),
  )
}

/** Back to be changed: what was signed is void. */
export async function recall(tx: Tx, ctx: Ctx, input: Input<'recall'>) {
  const row = await running(tx, ctx, input.id)
  mustBe(ctx, row, 'out')
  const kept = await linesOf(tx, ctx.tenant.id, row.id)
  await putLines(
    tx,
    ctx,
    row.id,
    kept.map((one) => ({ ...one, giver_at: null, receiver_at: null, objection: null, settled_at: null })),
  )
  await step(tx, ctx, row, 'recall', { said: input.reason })
  await append(tx, ctx, 'handover.recalled', row, { reason: input.reason })
  return again(tx, ctx, row.id)
}

/** Given up before the last signature: nothing was changed. */
export async function withdraw(tx: Tx, ctx: Ctx, input: Input<'withdraw'>) {
  const row = await running(tx, ctx, input.id)
  mustBe(ctx, row, 'draft', 'out')
  await step(tx, ctx, row, 'withdraw', { said: input.reason })
  await append(tx, ctx, 'handover.withdrawn', row, { reason: input.reason })
  return again(tx, ctx, row.id)
}
