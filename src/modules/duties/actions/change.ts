import { later } from '#kernel/calendar/index.ts'
import type { InputOf } from '#kernel/contract.ts'
import type { Db, Tx } from '#kernel/db.ts'
import { must, Refusal } from '#kernel/errors.ts'
import type { Id } from '#kernel/ids.ts'
import { append } from '#kernel/ledger.ts'
import { type Ctx, personOf } from '#kernel/scope.ts'
import { found, move } from '#kernel/table.ts'
import { type Owed, replan, waiveRest } from '#modules/obligations/index.ts'
import { holdersOf } from '#modules/org/index.ts'
import type { dutyRoutes } from '../contract.ts'
import { planFor } from '../plan.ts'
import { dueOk, dutyMoves } from '../rules.ts'
import { dutyById } from '../store/duties.ts'
import { type HolderRange, holderRanges, releaseHolder } from '../store/holders.ts'
import { holdOwed, keepReplanned } from '../store/owed.ts'
import { insertVersion, standing, undoVersion, type VersionRow, versionsOf } from '../store/versions.ts'
import { activeChildren, lockDuty } from '../store/writes.ts'
import { mayRetract } from '../tree.ts'
import {
  type Content,
  compareTexts,
  contentFields,
  differing,
  mayChange,
  owesFromOf,
  touchesOwed,
  type Version,
  versionOn,
} from '../versions.ts'
import { aspectOk } from './aspects.ts'
import { mayAll, standingDuty } from './assume.ts'
import { loadOf } from './load.ts'
import { askedOfAll } from './owed.ts'
import { lastDayToRetract, read } from './view.ts'

type Routes = typeof dutyRoutes
type Input<K extends keyof Routes> = InputOf<Routes[K]>

/**
 * A change may not put anybody above their budget: that is issuing, and takes a signature. What it waives of a person makes room for what it makes.
 */
async function withinBudget(tx: Tx, ctx: Ctx, make: readonly Owed[], waived: readonly { holder: Id }[]): Promise<void> {
  const gone = Map.groupBy(waived, (one) => one.holder)
  const added = [...Map.groupBy(make, (one) => one.holder)].flatMap(([holder, own]) => own.slice(gone.get(holder)?.length ?? 0))
  const over = (await loadOf(tx, ctx, added)).find((one) => one.over)
  if (over)
    throw new Refusal('duty.change_above_budget', { who: over.name, has: over.has, adds: over.adds, budget: over.budget ?? 0 }, [
      { at: '/rrule' },
    ])
}

type Owes = { id: Id; holder: Id; unit: Id; opens: string; period: string }
/**
 * Brings what is owed into line with the duty as it stands now, from a day on; see `planFor`. `also`: obligations to be waived besides. Ends with the
 * tally: must be the last write of the transaction.
 */
async function settleFrom(tx: Tx, ctx: Ctx, duty: Id, from: string, reason: string, also: (one: Owes) => boolean = () => false) {
  const made = await holdOwed(tx, ctx.tenant.id, duty)
  const plan = planFor(made, await askedOfAll(tx, ctx, [duty]), from)
  const waive = [...new Set([...plan.waive, ...made.filter((one) => one.state === 'open' && also(one)).map((one) => one.id)])]
  await withinBudget(
    tx,
    ctx,
    plan.make,
    made.filter((one) => waive.includes(one.id)),
  )
  await keepReplanned(tx, ctx, duty, waive, plan.reopen)
  await replan(tx, ctx, { ...plan, waive }, reason)
}

const contentOf = (of: Content): Content => {
  const { title, body, kind, polarity, measure, aspect, rrule, due } = of
  return { title, body, kind, polarity, measure, aspect, rrule, due }
}

/** A new version from a day on. What is owed from then on (never from before today) follows it; what has begun stays as it is. */
export async function change(tx: Tx, ctx: Ctx, input: Input<'change'>) {
  await lockDuty(tx, ctx.tenant.id, input.id)
  const duty = await standingDuty(tx, ctx, input.id)
  await mayAll(tx, ctx, duty.id, 'duty.change')
  const rows = await versionsOf(tx, ctx, [duty.id])
  const last = found(standing(rows).at(-1))
  const { id: _, since, reason, ...given } = input
  const kind = given.kind ?? last.kind
  // An aspect belongs to the first responsible's duties: it goes when the duty becomes another kind.
  const aspect = given.aspect !== undefined ? given.aspect : kind === 'first' ? last.aspect : null
  const content: Content = { ...contentOf(last), ...given, kind, aspect }
  must(mayChange(last, { ...content, since }, duty.until))
  must(aspectOk(ctx, content.kind, content.aspect))
  const owesFrom = owesFromOf(since, ctx.today)
  if (differing(last, content).includes('due')) must(dueOk(owesFrom, content.due))
  const version = Math.max(...rows.map((row) => row.version)) + 1
  await insertVersion(tx, ctx, personOf(ctx), duty.id, { ...content, since, owesFrom, version, reason })
  await append(tx, ctx, 'duty.changed', duty, { version, since, reason, ...content })
  if (touchesOwed(differing(last, content))) await settleFrom(tx, ctx, duty.id, owesFrom, reason)
  return read(tx, ctx, { id: duty.id })
}

/** Takes the last change back, unless something made by it was done already. What it waived is owed again. */
export async function undoChange(tx: Tx, ctx: Ctx, input: { id: Id }) {
  await lockDuty(tx, ctx.tenant.id, input.id)
  const duty = await standingDuty(tx, ctx, input.id)
  await mayAll(tx, ctx, duty.id, 'duty.change')
  const live = standing(await versionsOf(tx, ctx, [duty.id]))
  const [before, last] = live.slice(-2)
  if (!before || !last) throw new Refusal('duty.no_change')
  const settled = (await holdOwed(tx, ctx.tenant.id, duty.id)).filter((one) => one.state === 'discharged' && one.opens >= last.owesFrom)
  if (settled.length > 0) throw new Refusal('duty.undo_settled', { count: settled.length })
  await undoVersion(tx, ctx, personOf(ctx), duty.id, last.version, before.version)
  await append(tx, ctx, 'duty.change_undone', duty, { version: last.version })
  const reason = ctx.lang === 'en' ? 'The change was taken back' : '撤销修改'
  await settleFrom(tx, ctx, duty.id, later(last.owesFrom, ctx.today), reason)
  return read(tx, ctx, { id: duty.id })
}

/** Persons who hold an entry at any time from a day on. */
async function personsOf(db: Db, ctx: Ctx, holder: HolderRange, from: string): Promise<Set<Id>> {
  if (holder.person) return new Set([holder.person])
  return new Set((await holdersOf(db, ctx.tenant.id, holder.post ? [holder.post] : [], from, null)).map((one) => one.person_id))
}

/** A holder no longer holds the duty from a day on. What they owe for periods that begin afterwards is waived, unless they owe it otherwise too. */
export async function release(tx: Tx, ctx: Ctx, input: Input<'release'>) {
  await lockDuty(tx, ctx.tenant.id, input.id)
  const duty = await standingDuty(tx, ctx, input.id)
  const holders = await holderRanges(tx, ctx.tenant.id, [duty.id])
  const holder = found(holders.find((one) => one.id === input.holder))
  ctx.may('duty.assign', { unit: holder.unit })
  if (input.until <= holder.since) throw new Refusal('duty.release_early', { since: holder.since }, [{ at: '/until' }])
  if (!holders.some((one) => one.id !== holder.id && (one.until === null || one.until > input.until))) throw new Refusal('duty.last_holder')
  if (!(await releaseHolder(tx, ctx, holder.id, input.until))) throw new Refusal('duty.holder_gone')
  await append(tx, ctx, 'duty.released', duty, { holder: holder.id, until: input.until, reason: input.reason })
  const from = later(input.until, ctx.today)
  const persons = await personsOf(tx, ctx, holder, from)
  const asked = new Set((await askedOfAll(tx, ctx, [duty.id])).map((one) => `${one.period} ${one.unit} ${one.holder}`))
  await settleFrom(
    tx,
    ctx,
    duty.id,
    from,
    input.reason,
    (one) =>
      one.opens >= from && one.unit === holder.unit && persons.has(one.holder) && !asked.has(`${one.period} ${one.unit} ${one.holder}`),
  )
  return read(tx, ctx, { id: duty.id })
}

/** Takes back what was written by mistake, within the days of the rule `duty.retract` and while nothing rests on it. */
export async function retract(tx: Tx, ctx: Ctx, input: Input<'retract'>) {
  await lockDuty(tx, ctx.tenant.id, input.id)
  const duty = found(await dutyById(tx, ctx, input.id))
  await mayAll(tx, ctx, duty.id, 'duty.end')
  const made = await holdOwed(tx, ctx.tenant.id, duty.id)
  if (duty.state === 'active')
    must(
      mayRetract({
        lastDay: lastDayToRetract(ctx, duty.recorded_at),
        today: ctx.today,
        settled: made.filter((one) => one.state === 'discharged').length,
        children: await activeChildren(tx, ctx.tenant.id, duty.id),
        changes: standing(await versionsOf(tx, ctx, [duty.id])).length - 1,
      }),
    )
  await move(tx, ctx, dutyMoves, duty, 'retract')
  await append(tx, ctx, 'duty.retracted', duty, { reason: input.reason })
  await waiveRest(
    tx,
    ctx,
    made.filter((one) => one.state === 'open').map((one) => one.id),
    input.reason,
  )
  return read(tx, ctx, { id: duty.id })
}

function versionShown(row: VersionRow, live: readonly Version[], rows: readonly VersionRow[], day: string) {
  const before = rows.filter((one) => one.version < row.version && (one.undone_at === null || one.version === 1)).at(-1)
  return {
    version: row.version,
    since: row.since,
    until: live.find((one) => one.version === row.version)?.until ?? null,
    ...contentOf(row),
    kind: row.kind as 'task',
    reason: row.reason,
    by: row.by,
    recordedAt: row.recorded_at.toISOString(),
    undoneAt: row.undone_at?.toISOString() ?? null,
    inForce: versionOn(live, day)?.version === row.version,
    changed: before ? differing(before, row) : [],
  }
}

/** All versions known by the day one looks at, the newest first. */
export async function versions(db: Db, ctx: Ctx, input: { id: Id }) {
  found(await dutyById(db, ctx, input.id))
  const rows = await versionsOf(db, ctx, [input.id])
  const live = standing(rows)
  return { items: rows.map((row) => versionShown(row, live, rows, ctx.day)).toReversed() }
}

/** Two versions side by side: each field that differs, as runs of text. Absent versions are 404. */
export async function compare(db: Db, ctx: Ctx, input: Input<'compare'>) {
  const { items } = await versions(db, ctx, input)
  const after = found(input.after === undefined ? items[0] : items.find((one) => one.version === input.after))
  const earlier = items.find((one) => one.version < after.version && one.undoneAt === null) ?? after
  const before = found(input.before === undefined ? earlier : items.find((one) => one.version === input.before))
  const text = (value: string | null) => value ?? ''
  return {
    before,
    after,
    fields: contentFields
      .filter((field) => before[field] !== after[field])
      .map((field) => ({ field, runs: compareTexts(text(before[field]), text(after[field])) })),
  }
}
