import { addSpan, isDay, later, periodsOf, startOfYear } from '#kernel/calendar/index.ts'
import type { InputOf } from '#kernel/contract.ts'
import type { Db, Tx } from '#kernel/db.ts'
import { must, Refusal } from '#kernel/errors.ts'
import type { Id } from '#kernel/ids.ts'
import { append } from '#kernel/ledger.ts'
import { type Ctx, personOf } from '#kernel/scope.ts'
import { cursor, found, limitOf, move, pageFrom } from '#kernel/table.ts'
import { type Owed, owe, waiveRest } from '#modules/obligations/index.ts'
import { holdersOf } from '#modules/org/index.ts'
import type { dutyRoutes } from './contract.ts'
import { askOn, dueOk, dutyActions, dutyMoves, endOk, type HolderGiven, holdersOk, inPostOn } from './rules.ts'
import {
  cadenced,
  type DutyRow,
  dutyById,
  existing,
  type HolderRow,
  holdersOn,
  insertDuty,
  insertHolders,
  type LightRow,
  lightsOf,
  listDuties,
  type NewDuty,
  openAfter,
  periodsMade,
  plainHolders,
  setTerms,
  setUntil,
} from './store.ts'

type Routes = typeof dutyRoutes
type Input<K extends keyof Routes> = InputOf<Routes[K]>

function shown(ctx: Ctx, row: DutyRow, rows: readonly HolderRow[], lights: LightRow | undefined) {
  const groups = Map.groupBy(rows, (holder) => `${holder.unit_id} ${holder.post_id ?? holder.person_id}`)
  return {
    id: row.id,
    title: row.title,
    body: row.body,
    kind: row.kind as 'task',
    polarity: row.polarity,
    measure: row.measure,
    parent: row.parent_id,
    basis: row.directive_id
      ? { directive: row.directive_id, title: row.directive ?? '', start: row.basis_start ?? 0, end: row.basis_end ?? 0 }
      : null,
    rrule: row.rrule,
    due: row.due,
    since: row.since,
    until: row.until,
    state: row.state,
    attend: row.attend,
    confirm: row.confirm,
    holders: [...groups.values()].map(([first, ...others]) => {
      const holder = first as HolderRow
      return {
        unit: { id: holder.unit_id, name: holder.unit },
        post: holder.post_id ? { id: holder.post_id, name: holder.post ?? '' } : null,
        persons: [holder, ...others].flatMap((one) => (one.person_id ? [{ id: one.person_id, name: one.person ?? '' }] : [])),
        since: holder.since,
        until: holder.until,
      }
    }),
    lights: { green: lights?.green ?? 0, yellow: lights?.yellow ?? 0, red: lights?.red ?? 0, grey: lights?.grey ?? 0 },
    recordedAt: row.recorded_at.toISOString(),
    actions: dutyActions(ctx.can, row.state, [...new Set(rows.map((holder) => holder.unit_id))], ctx.lookingBack),
  }
}

async function withHolders(db: Db, ctx: Ctx, rows: readonly DutyRow[]) {
  const ids = rows.map((row) => row.id)
  const holders = Map.groupBy(await holdersOn(db, ctx.tenant.id, ids, ctx.day, ctx.knownAt), (holder) => holder.duty_id)
  const lights = new Map((await lightsOf(db, ctx, ids)).map((row) => [row.duty_id, row]))
  return (row: DutyRow) => shown(ctx, row, holders.get(row.id) ?? [], lights.get(row.id))
}

export async function list(db: Db, ctx: Ctx, input: Input<'list'>) {
  const limit = limitOf(input)
  const rows = await listDuties(db, ctx, input, cursor(input.after, 2), limit)
  const show = await withHolders(db, ctx, rows)
  return pageFrom(rows, limit, (row) => [row.recorded_at.toISOString(), row.id], show)
}

export async function read(db: Db, ctx: Ctx, input: { id: Id }) {
  const row = found(await dutyById(db, ctx, input.id))
  return (await withHolders(db, ctx, [row]))(row)
}

async function known(tx: Tx, ctx: Ctx, holders: readonly HolderGiven[]): Promise<void> {
  must(holdersOk(holders))
  const there = await existing(tx, ctx.tenant.id, holders)
  holders.forEach((holder, i) => {
    const at = [{ at: `/holders/${i}` }]
    if (!there.units.has(holder.unit)) throw new Refusal('duty.absent_holder', {}, at)
    if (holder.person && !there.persons.has(holder.person)) throw new Refusal('duty.absent_holder', {}, at)
    if (holder.post === null) return
    const unit = there.posts.get(holder.post)
    if (!unit) throw new Refusal('duty.absent_holder', {}, at)
    if (unit !== holder.unit) throw new Refusal('duty.post_elsewhere', {}, at)
  })
}

/** What is owed for a duty by its holders until the horizon: per period of its cadence, or once by its due day; a standing duty owes nothing by a day. */
export async function owedFor(
  db: Db,
  ctx: Ctx,
  duty: { id: Id; title: string; kind: string; rrule: string | null; due: string | null; since: string },
  holders: readonly HolderGiven[],
): Promise<Owed[]> {
  const horizon = addSpan(ctx.calendar, later(ctx.today, duty.since), String(ctx.rule('horizon').value)).day
  // A cadence written down late begins with this year at the earliest: nobody is made to owe years that have passed.
  const from = later(duty.since, startOfYear(ctx.today))
  const periods = duty.rrule
    ? periodsOf(duty.rrule, { since: duty.since, from, until: horizon, calendar: ctx.calendar }).filter((period) => period.to >= from)
    : duty.due
      ? [{ key: 'once', opens: duty.since, due: duty.due }]
      : []
  const posts = holders.flatMap((holder) => holder.post ?? [])
  const held = posts.length > 0 ? await holdersOf(db, ctx.tenant.id, posts, duty.since, horizon) : []
  const owed: Owed[] = []
  for (const period of periods) {
    const opens = later(period.opens, duty.since)
    const ask = askOn(ctx.today, opens, period.due)
    for (const holder of holders) {
      const persons = holder.person ? [holder.person] : inPostOn(held, holder.post ?? '', ask).map((one) => one.person_id)
      for (const person of persons)
        owed.push({
          because: 'duty',
          becauseId: duty.id,
          kind: duty.kind,
          title: duty.title,
          period: period.key,
          holder: person,
          unit: holder.unit,
          opens,
          due: period.due,
          reckoned: duty.rrule ? { by: duty.rrule, from: duty.since } : null,
        })
    }
  }
  return owed
}

/** Makes a duty with its holders and what they owe. Ends with the tally: must be the last write of the transaction. */
export async function assume(tx: Tx, ctx: Ctx, input: NewDuty & { holders: readonly HolderGiven[] }): Promise<{ id: Id }> {
  await known(tx, ctx, input.holders)
  must(dueOk(input.since, input.due))
  const id = await insertDuty(tx, ctx, personOf(ctx), input)
  await insertHolders(tx, ctx, id, input.since, input.holders)
  await append(
    tx,
    ctx,
    'duty.assumed',
    { id },
    { basis: input.basis, rrule: input.rrule, due: input.due, since: input.since, holders: input.holders },
  )
  await owe(tx, ctx, await owedFor(tx, ctx, { ...input, id }, input.holders))
  return { id }
}

export async function add(tx: Tx, ctx: Ctx, input: Input<'add'>) {
  for (const holder of input.holders) ctx.may('duty.add', { unit: holder.unit })
  if (input.parent) found(await dutyById(tx, ctx, input.parent))
  const { id } = await assume(tx, ctx, { ...input, parent: input.parent ?? null, basis: null })
  return read(tx, ctx, { id })
}

export async function assign(tx: Tx, ctx: Ctx, input: Input<'assign'>) {
  const duty = found(await dutyById(tx, ctx, input.id))
  for (const holder of input.holders) ctx.may('duty.assign', { unit: holder.unit })
  if (!isDay(input.since) || input.since < duty.since)
    throw new Refusal('duty.ends_before_since', { since: duty.since }, [{ at: '/since' }])
  await known(tx, ctx, input.holders)
  await insertHolders(tx, ctx, duty.id, input.since, input.holders)
  await append(tx, ctx, 'duty.assigned', duty, { since: input.since, holders: input.holders })
  await owe(tx, ctx, await owedFor(tx, ctx, { ...duty, since: input.since }, input.holders))
  return read(tx, ctx, { id: duty.id })
}

/** Says what counts as fulfilling a duty: having been there, and whose confirmation. What was recorded before stays as it was asked then. */
export async function terms(tx: Tx, ctx: Ctx, input: Input<'terms'>) {
  const duty = found(await dutyById(tx, ctx, input.id))
  for (const holder of await plainHolders(tx, ctx.tenant.id, duty.id)) ctx.may('duty.assign', { unit: holder.unit })
  await setTerms(tx, ctx.tenant.id, duty.id, { attend: input.attend, confirm: input.confirm })
  await append(tx, ctx, 'duty.terms_set', duty, { attend: input.attend, confirm: input.confirm })
  return read(tx, ctx, { id: duty.id })
}

export async function end(tx: Tx, ctx: Ctx, input: Input<'end'>) {
  const duty = found(await dutyById(tx, ctx, input.id))
  for (const holder of await plainHolders(tx, ctx.tenant.id, duty.id)) ctx.may('duty.end', { unit: holder.unit })
  must(endOk(duty.since, input.until))
  await move(tx, ctx, dutyMoves, duty, 'end')
  await setUntil(tx, ctx.tenant.id, duty.id, input.until)
  await append(tx, ctx, 'duty.ended', duty, { until: input.until, reason: input.reason })
  await waiveRest(tx, ctx, await openAfter(tx, ctx.tenant.id, duty.id, input.until), input.reason)
  return read(tx, ctx, { id: duty.id })
}

/**
 * The nightly extension: makes what has come within the horizon. A period that was made before is left alone, whoever holds it by now: what was
 * handed over does not come back to whoever had it. Idempotent. Returns how many obligations were made.
 */
export async function extend(tx: Tx, ctx: Ctx, after: Id | null): Promise<{ made: number; next: Id | null }> {
  const duties = await cadenced(tx, ctx.tenant.id, after, 200)
  const owed: Owed[] = []
  for (const duty of duties) owed.push(...(await owedFor(tx, ctx, duty, await plainHolders(tx, ctx.tenant.id, duty.id))))
  const before = await periodsMade(
    tx,
    ctx.tenant.id,
    duties.map((duty) => duty.id),
  )
  const fresh = owed.filter((one) => !before.has(`${one.becauseId} ${one.period} ${one.unit}`))
  return { made: await owe(tx, ctx, fresh), next: duties.length === 200 ? (duties.at(-1)?.id ?? null) : null }
}
