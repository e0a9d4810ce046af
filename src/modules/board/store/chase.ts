import { type RawBuilder, sql } from 'kysely'
import type { Reach } from '#kernel/can.ts'
import type { Db } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import { changedSet, firstNamed, inReach, isOpen, isRed, type Known, known, knownFirst, tallied, unchangedFirst } from './known.ts'

/** How much of a unit is overdue, due until a day, and of it overdue findings; in the units' order. */
export type UnitCounts = { unit_id: Id; unit: string; red: number; soon: number }

/** From the tallies as they stand or stood, less what is overdue of leaders (which this actor is not shown). */
export async function countsByUnit(db: Db, ctx: Ctx, reach: Reach, until: string): Promise<UnitCounts[]> {
  const tenant = ctx.tenant.id
  const closed = [...(ctx.actor.unseen ?? [])]
  const red = (s: string) => sql`${sql.ref(`${s}.due`)} < ${ctx.day}::date`
  const leaders = known(ctx, (s) => sql`${s}.holder_id = ANY(${closed}::uuid[]) AND ${s}.state = 'open' AND ${s}.due < ${ctx.day}::date`)
  const rows = await sql<UnitCounts>`SELECT n.unit_id, u.name AS unit, n.red::int AS red, n.soon::int AS soon FROM (
      SELECT c.unit_id, sum(c.red) AS red, sum(c.soon) AS soon FROM (
        SELECT t.unit_id, CASE WHEN ${red('t')} THEN t.open ELSE 0 END AS red, CASE WHEN ${red('t')} THEN 0 ELSE t.open END AS soon FROM (${tallied(ctx, null, until)}) t
        UNION ALL SELECT k.unit_id, -1, 0 FROM (${leaders}) k) c WHERE ${inReach(reach, sql`c`)} GROUP BY c.unit_id) n
    JOIN unit u ON u.tenant_id = ${tenant} AND u.id = n.unit_id WHERE n.red > 0 OR n.soon > 0 ORDER BY u.sort, u.name, n.unit_id`.execute(
    db,
  )
  return rows.rows
}

/** Of each of these units what is open and due until a day, the oldest first, at most `most` of each: by the index of each unit. */
export async function openByUnit(db: Db, ctx: Ctx, units: readonly Id[], until: string, most: number): Promise<Known[]> {
  if (units.length === 0) return []
  const tenant = ctx.tenant.id
  const open = (s: RawBuilder<unknown>) => sql`${isOpen(ctx, s)} AND ${s}.due <= ${until}::date`
  const rows =
    await sql<Known>`WITH changed AS MATERIALIZED (${changedSet(ctx, (s) => sql`${open(s)} AND ${s}.unit_id = ANY(${[...units]}::uuid[])`)})
    SELECT k.*, p.name AS holder, u.name AS unit FROM unnest(${[...units]}::uuid[]) AS w(id)
    CROSS JOIN LATERAL (SELECT a.* FROM (${unchangedFirst(ctx, (s) => sql`${s}.unit_id = w.id AND ${open(s)}`, most)}
      UNION ALL SELECT c.* FROM changed c WHERE c.unit_id = w.id) a ORDER BY a.due, a.id LIMIT ${most}) k
    JOIN person p ON p.tenant_id = ${tenant} AND p.id = k.holder_id JOIN unit u ON u.tenant_id = ${tenant} AND u.id = k.unit_id
    ORDER BY u.sort, k.unit_id, k.due, k.id`.execute(db)
  return rows.rows
}

/** How many findings are open within a reach, and how many of them overdue; the first of them. */
export async function openFindings(
  db: Db,
  ctx: Ctx,
  reach: Reach,
  most: number,
): Promise<{ open: number; overdue: number; items: Known[] }> {
  const tenant = ctx.tenant.id
  // A finding is put right by one obligation: today they are in the tally by their kind.
  const counts = ctx.lookingBack
    ? sql`SELECT count(*)::int AS open, count(*) FILTER (WHERE k.due < ${ctx.day}::date)::int AS overdue
        FROM ${known(ctx, (s) => sql`o.because_id IN (SELECT f.id FROM finding f WHERE f.tenant_id = ${tenant}) AND ${s}.state = 'open' AND ${inReach(reach, s)}`)} k`
    : sql`SELECT COALESCE(sum(t.open), 0)::int AS open, COALESCE(sum(t.open) FILTER (WHERE t.due < ${ctx.day}::date), 0)::int AS overdue
        FROM tally t WHERE t.tenant_id = ${tenant} AND t.kind = 'finding' AND ${inReach(reach, sql`t`)}`
  const of = (s: Parameters<typeof isOpen>[1]) =>
    sql`o.because_id IN (SELECT f.id FROM finding f WHERE f.tenant_id = ${tenant}) AND ${isOpen(ctx, s)} AND ${inReach(reach, s)}`
  const [sum, items] = await Promise.all([sql<{ open: number; overdue: number }>`${counts}`.execute(db), firstNamed(db, ctx, of, most)])
  const { open, overdue } = sum.rows[0] ?? { open: 0, overdue: 0 }
  return { open, overdue, items }
}

export type Unsigned = { unit_id: Id; unit: string; open: number; overdue: number }

/** Letters and promises (签订) that wait for a signature within a reach, by the unit of whoever has to sign, in the units' order. */
export async function unsignedByUnit(db: Db, ctx: Ctx, reach: Reach): Promise<Unsigned[]> {
  const tenant = ctx.tenant.id
  // Today only those that still wait can have something open behind them.
  const waits = ctx.lookingBack ? sql`true` : sql`g.state IN ('issued', 'holder_signed', 'superior_signed')`
  const open = known(
    ctx,
    (s) =>
      sql`o.because_id IN (SELECT g.id FROM pledge g WHERE g.tenant_id = ${tenant} AND ${waits}) AND ${isOpen(ctx, s)} AND ${inReach(reach, s)}`,
  )
  const rows =
    await sql<Unsigned>`SELECT k.unit_id, u.name AS unit, count(*)::int AS open, count(*) FILTER (WHERE k.due < ${ctx.day}::date)::int AS overdue
    FROM (${open}) k JOIN unit u ON u.tenant_id = ${tenant} AND u.id = k.unit_id GROUP BY k.unit_id, u.name, u.sort ORDER BY u.sort, u.name, k.unit_id`.execute(
      db,
    )
  return rows.rows
}

/** How many are red within a reach, leaders' own left out for whoever is not shown them: counted from the rows of the index, at most `most`. */
export async function countReds(db: Db, ctx: Ctx, reach: Reach, most: number): Promise<number> {
  const rows = await sql<{
    n: number
  }>`SELECT count(*)::int AS n FROM (SELECT 1 FROM ${knownFirst(ctx, (s) => sql`${isRed(ctx, s)} AND ${inReach(reach, s)}`, most)} k LIMIT ${most}) x`.execute(
    db,
  )
  return rows.rows[0]?.n ?? 0
}
