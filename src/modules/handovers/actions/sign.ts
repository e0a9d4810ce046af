import type { InputOf } from '#kernel/contract.ts'
import { afterCommit, type Tx } from '#kernel/db.ts'
import { must, Refusal } from '#kernel/errors.ts'
import type { Handing, HandoverMove } from '#kernel/handover.ts'
import type { House } from '#kernel/house.ts'
import type { Id } from '#kernel/ids.ts'
import { append } from '#kernel/ledger.ts'
import { type Ctx, personOf } from '#kernel/scope.ts'
import type { handoverRoutes } from '../contract.ts'
import { parts } from '../parts.ts'
import { type Decided, type Keyed, keyOf, maySignFor, missing, type Role } from '../rules.ts'
import { carriedToday, type Due, holdHandover, insertSign, type LineRow, linesOf, putLines } from '../store/handovers.ts'
import { again, mustBe, receiversOk, rowOf, stayOk, step } from './run.ts'
import {
  decisionsOf,
  type Full,
  givenOf,
  giverHas,
  insteadOf,
  keyOfRow,
  liveLines,
  markOf,
  ownLines,
  roleOf,
  runs,
  standings,
  visible,
  type Whole,
  waitsFor,
  wholeOf,
} from './sheet.ts'

type Input<K extends keyof typeof handoverRoutes> = InputOf<(typeof handoverRoutes)[K]>

async function outNow(tx: Tx, ctx: Ctx, id: Id): Promise<Whole> {
  await visible(tx, ctx, id)
  await holdHandover(tx, ctx.tenant.id, id)
  const row = await visible(tx, ctx, id)
  mustBe(ctx, row, 'out')
  return wholeOf(tx, ctx, row)
}

const changeWords = { fresh: ['新增', 'new'], changed: ['有变', 'changed'], settled: ['已办结或已转走', 'done or gone'] } as const
/** What is not as it was sent, in words. */
function changesSaid(ctx: Ctx, all: readonly Full[]): string {
  const en = ctx.lang === 'en'
  const said = all.flatMap((one) => (one.change ? [`${changeWords[one.change][en ? 1 : 0]}${en ? ': ' : '：'}${one.line.title}`] : []))
  if (said.length === 0) return en ? 'successors were named anew' : '接收人有调整'
  return said.slice(0, 5).join(en ? '; ' : '；') + (said.length > 5 ? ' …' : '')
}

/** One signature: the lines of that side as they are now. Only what was looked at can be signed. */
async function sign(tx: Tx, ctx: Ctx, house: House, whole: Whole, role: Role, of: { person: Id; mark: string; reason: string | null }) {
  const { row, all } = whole
  const own = ownLines(all, role, of.person)
  if (of.mark !== markOf(own)) throw new Refusal('handover.changed', { what: changesSaid(ctx, all) }, [{ at: '/mark' }])
  const signed = new Set(own.map((one) => one.line.key))
  const rows = all.flatMap((one): LineRow[] => {
    if (one.change === 'settled') return one.row ? [{ ...one.row, settled_at: one.row.settled_at ?? ctx.now }] : []
    if (!one.counts || !one.decided) return []
    const next = rowOf(one.line, one.decided, one.row)
    if (!signed.has(one.line.key)) return [next]
    return [role === 'giver' ? { ...next, giver_at: ctx.now } : { ...next, receiver_at: ctx.now, objection: null }]
  })
  await putLines(tx, ctx, row.id, rows)
  await insertSign(tx, ctx, row.id, { role, person_id: of.person, by_id: personOf(ctx), reason: of.reason, lines: own.length })
  await append(tx, ctx, 'handover.confirmed', row, { role, person: of.person, lines: own.length, mark: of.mark, reason: of.reason })
  await finish(tx, ctx, house, await wholeOf(tx, ctx, row))
  return again(tx, ctx, row.id)
}

export async function confirm(tx: Tx, ctx: Ctx, input: Input<'confirm'>, house: House) {
  const whole = await outNow(tx, ctx, input.id)
  const me = personOf(ctx)
  const role = roleOf(whole, me)
  if (!role) throw new Refusal('handover.not_party')
  if (!waitsFor(whole, role, me)) throw new Refusal('handover.signed_already')
  return sign(tx, ctx, house, whole, role, { person: me, mark: input.mark, reason: null })
}

/** In the place of a giver who has left; whose hand it was and why stays on the sheet. */
export async function confirmFor(tx: Tx, ctx: Ctx, input: Input<'confirmFor'>, house: House) {
  const whole = await outNow(tx, ctx, input.id)
  const { person } = whole.row
  must(maySignFor(await insteadOf(tx, ctx, whole.row), ctx.actor.person, runs(ctx, whole.row) && ctx.reach('handover.open').all))
  if (!waitsFor(whole, 'giver', person.id)) throw new Refusal('handover.signed_already')
  return sign(tx, ctx, house, whole, 'giver', { person: person.id, mark: input.mark, reason: input.reason })
}

/** A receiver will not take a line over as it is: nothing takes effect until whoever runs the handover has dealt with it. */
export async function object(tx: Tx, ctx: Ctx, input: Input<'object'>) {
  const { row, all } = await outNow(tx, ctx, input.id)
  const one = all.find((it) => it.counts && it.line.key === keyOf(input.part, input.line))
  if (!one?.decided) throw new Refusal('handover.no_line', {}, [{ at: '/line' }])
  if (one.decided.to !== ctx.actor.person) throw new Refusal('handover.not_yours', {}, [{ at: '/line' }])
  await putLines(tx, ctx, row.id, [{ ...rowOf(one.line, one.decided, one.row), receiver_at: null, objection: input.reason }])
  await append(tx, ctx, 'handover.objected', row, { part: input.part, line: input.line, reason: input.reason })
  return again(tx, ctx, row.id)
}

const reasonOf = (row: { day: string }) => `交接：自 ${row.day} 起由接收人承担`

/** After the last signature everything takes effect in this one transaction; what has no days of its own waits for the day where that has not come. */
async function finish(tx: Tx, ctx: Ctx, house: House, whole: Whole): Promise<void> {
  const { row, all } = whole
  const lacking = missing(standings(all), giverHas(whole))
  if (lacking.undecided > 0 || lacking.objected > 0 || lacking.giver || lacking.receivers.length > 0) return
  const lines = all.filter((one) => one.counts).map((one) => one.line)
  const decided = new Map(all.map((one) => [one.line.key, one.decided]))
  await receiversOk(
    tx,
    ctx,
    row.day,
    lines,
    decided,
    (person) => `/lines/${lines.find((line) => decided.get(line.key)?.to === person)?.key ?? ''}`,
  )
  await stayOk(tx, ctx, row, lines, decided)
  const today = row.day <= ctx.today
  await step(tx, ctx, row, today ? 'carry' : 'agree')
  await append(tx, ctx, today ? 'handover.done' : 'handover.agreed', row, { day: row.day, lines: lines.length })
  const handing: Handing = { person: row.person.id, day: row.day, reason: reasonOf(row), ending: [] }
  const kept = await linesOf(tx, ctx.tenant.id, row.id)
  await putLines(
    tx,
    ctx,
    row.id,
    kept
      .filter((one) => !one.settled_at && (today || !parts.find((part) => part.key === one.part)?.onTheDay))
      .map((one) => ({ ...one, moved_at: ctx.now })),
  )
  for (const part of parts) if (today || !part.onTheDay) await part.move(tx, ctx, handing, movesOf(part.key, lines, decided))
  afterCommit(tx, house.signIn.forget)
}

const movesOf = (part: string, lines: readonly Keyed[], decided: ReadonlyMap<string, Decided | null>): HandoverMove[] =>
  lines.flatMap((line) => {
    const said = decided.get(line.key)
    return said && line.part === part ? [{ line, ...said }] : []
  })

/**
 * On the day of a handover that everybody signed before it: what is still open passes. What came up since goes with the duty or the post it belongs to; what was
 * done meanwhile is done.
 */
async function carryOne(tx: Tx, own: Ctx, of: Due): Promise<void> {
  // The program does what was signed, in the name of whoever ran the handover.
  const ctx: Ctx = { ...own, actor: { ...own.actor, person: of.opener } }
  await holdHandover(tx, ctx.tenant.id, of.id)
  const kept = await linesOf(tx, ctx.tenant.id, of.id)
  const late = parts.filter((part) => part.onTheDay)
  const isLate = (part: string) => late.some((one) => one.key === part)
  const live = (await liveLines(tx, ctx, of)).filter((line) => isLate(line.part))
  const led = kept.filter((one) => !isLate(one.part)).map((one): Keyed => ({ ...one.says, part: one.part, key: keyOfRow(one) }))
  const lines = [...led, ...live]
  const decided = await decisionsOf(tx, ctx, of.day, lines, new Map(kept.map((one) => [keyOfRow(one), givenOf(one)])))
  const byKey = new Map(kept.map((one) => [keyOfRow(one), one]))
  const there = new Set(live.map((line) => line.key))
  const settled = kept
    .filter((one) => isLate(one.part) && !there.has(keyOfRow(one)))
    .map((one) => ({ ...one, settled_at: one.settled_at ?? ctx.now }))
  const moved = live.flatMap((line): LineRow[] => {
    const said = decided.get(line.key)
    return said ? [{ ...(byKey.get(line.key) ?? rowOf(line, said, null)), moved_at: ctx.now }] : []
  })
  await putLines(tx, ctx, of.id, [...settled, ...moved])
  await step(tx, ctx, of, 'carry')
  await append(tx, ctx, 'handover.done', of, { day: of.day, lines: moved.length })
  for (const part of late) await part.move(tx, ctx, { ...of, reason: reasonOf(of), ending: [] }, movesOf(part.key, live, decided))
}

/** The sheets whose day has come, one a transaction by the caller's loop; how many are left. */
export async function carryNext(tx: Tx, ctx: Ctx): Promise<number> {
  const due = await carriedToday(tx, ctx)
  const first = due[0]
  if (first) await carryOne(tx, ctx, first)
  return due.length
}
