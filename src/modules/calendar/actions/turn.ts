import type { SourcedYear } from '#kernel/calendar/index.ts'
import { type Pool, reading, type Tx, withTenant } from '#kernel/db.ts'
import type { House } from '#kernel/house.ts'
import { newId } from '#kernel/ids.ts'
import { append } from '#kernel/ledger.ts'
import type { Ctx } from '#kernel/scope.ts'
import { found } from '#kernel/table.ts'
import { countMoved, planUnder, recompute } from '#modules/obligations/index.ts'
import { changedYears, inForce, type Marks, titleOf } from '../rules.ts'
import { endTurn, holdTurns, insertTurn, latestTurns, openTurns, type TurnRow, turnById } from '../store.ts'
import { marksOf } from './live.ts'

/** The job that carries a turn through. */
export const turnJob = 'calendar.turn'

/** What the first turn of an office is called: nothing had been counted otherwise before. */
const firstName = '启用工作日历'

/**
 * Opens a turn when the days in force are not those under which the office's obligations were last counted; null when they are. The job that counts again
 * exists if, and only if, this commits. `before`: what held where the office has had no turn yet.
 */
export async function openTurn(
  tx: Tx,
  ctx: Ctx,
  emit: House['emit'],
  years: readonly SourcedYear[],
  before?: Marks,
): Promise<TurnRow | null> {
  await holdTurns(tx, ctx.tenant.id)
  const [last] = await latestTurns(tx, ctx.tenant.id, ctx.now, 1)
  const marks = marksOf(years)
  const known = last?.marks ?? before
  const changed = known ? changedYears(known, marks) : []
  if (known && changed.length === 0) return null
  const names = new Map(inForce(years).map((year) => [String(year.year), year.name]))
  const named = changed.map((year) => names.get(year) ?? titleOf(Number(year)))
  const turn = { id: newId(), name: named.join('、').slice(0, 200) || firstName, years: changed, marks }
  await insertTurn(tx, ctx, turn)
  await append(tx, ctx, 'calendar.turned', turn, { name: turn.name, marks })
  await emit(tx, turnJob, { tenant: ctx.tenant.id, turn: turn.id })
  return found(await turnById(tx, ctx.tenant.id, turn.id))
}

/** Obligations moved by one transaction. */
const atOnce = 1000

/**
 * Carries a turn through: counts what is open again, some at a time, until nothing moves, and ends it. Resumes where a killed program left off, and
 * two at once do no harm. Returns how many moved now.
 */
export async function carryTurn(pool: Pool, ctx: Ctx, id: string, limit = atOnce): Promise<number> {
  const tenant = ctx.tenant.id
  const turn = await reading(pool, tenant, (db) => turnById(db, tenant, id))
  if (!turn || turn.ended_at) return 0
  let moved = 0
  for (let left = await reading(pool, tenant, (db) => planUnder(db, ctx, ctx.calendar, turn.asked_on)); left.length > 0; ) {
    const n = await withTenant(pool, tenant, (tx) => recompute(tx, ctx, turn, left, limit))
    moved += n
    // What was made meanwhile under the old days is found by asking again.
    if (n < limit) left = n === 0 ? [] : await reading(pool, tenant, (db) => planUnder(db, ctx, ctx.calendar, turn.asked_on))
  }
  await withTenant(pool, tenant, async (tx) => {
    const all = await countMoved(tx, tenant, id)
    if (await endTurn(tx, ctx, id, all)) await append(tx, ctx, 'calendar.recomputed', turn, { name: turn.name, moved: all })
  })
  return moved
}

/** The turns of an office that have not ended. */
export const unended = (pool: Pool, ctx: Ctx) => reading(pool, ctx.tenant.id, (db) => openTurns(db, ctx.tenant.id))
