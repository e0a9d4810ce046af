import { sql } from 'kysely'
import type { Reach } from '#kernel/can.ts'
import type { Db } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import { inReach, isOpen, isRed, type Known, known, named } from './known.ts'

/** How much of a unit is overdue, due until a day, and of it overdue findings; in the units' order. */
export type UnitCounts = { unit_id: Id; unit: string; red: number; soon: number }

/** Today from the tallies, less what is overdue of leaders (which this actor is not shown); a past day from what was known then. */
export async function countsByUnit(db: Db, ctx: Ctx, reach: Reach, until: string): Promise<UnitCounts[]> {
  const tenant = ctx.tenant.id
  const closed = [...(ctx.actor.unseen ?? [])]
  const within = (s: string) => inReach(reach, sql.ref(s))
  const source = ctx.lookingBack
    ? sql`SELECT k.unit_id, count(*) FILTER (WHERE k.due < ${ctx.day}::date) AS red, count(*) FILTER (WHERE k.due >= ${ctx.day}::date) AS soon
        FROM ${known(ctx, (s) => sql`${isOpen(ctx, s)} AND ${s}.due <= ${until}::date AND ${inReach(reach, s)}`)} k GROUP BY k.unit_id`
    : sql`SELECT c.unit_id, sum(c.red) AS red, sum(c.soon) AS soon FROM (
          SELECT t.unit_id, CASE WHEN t.due < ${ctx.day}::date THEN t.open ELSE 0 END AS red, CASE WHEN t.due >= ${ctx.day}::date THEN t.open ELSE 0 END AS soon
            FROM tally t WHERE t.tenant_id = ${tenant} AND t.due <= ${until}::date AND t.open <> 0 AND ${within('t')}
          UNION ALL SELECT o.unit_id, -1, 0 FROM obligation o WHERE o.tenant_id = ${tenant} AND o.holder_id = ANY(${closed}::uuid[]) AND o.state = 'open'
            AND o.due < ${ctx.day}::date AND ${within('o')}) c GROUP BY c.unit_id`
  const rows = await sql<UnitCounts>`SELECT n.unit_id, u.name AS unit, n.red::int AS red, n.soon::int AS soon FROM (${source}) n
    JOIN unit u ON u.tenant_id = ${tenant} AND u.id = n.unit_id WHERE n.red > 0 OR n.soon > 0 ORDER BY u.sort, u.name, n.unit_id`.execute(
    db,
  )
  return rows.rows
}

/** Of each of these units what is open and due until a day, the oldest first, at most `most` of each. */
export async function openByUnit(db: Db, ctx: Ctx, units: readonly Id[], until: string, most: number): Promise<Known[]> {
  if (units.length === 0) return []
  const tenant = ctx.tenant.id
  const names = sql`JOIN person p ON p.tenant_id = ${tenant} AND p.id = k.holder_id JOIN unit u ON u.tenant_id = ${tenant} AND u.id = k.unit_id`
  if (ctx.lookingBack) {
    const open = known(ctx, (s) => sql`${isOpen(ctx, s)} AND ${s}.due <= ${until}::date AND ${s}.unit_id = ANY(${[...units]}::uuid[])`)
    const rows = await sql<Known>`SELECT k.*, p.name AS holder, u.name AS unit
      FROM (SELECT a.*, row_number() OVER (PARTITION BY a.unit_id ORDER BY a.due, a.id) AS rank FROM (${open}) a) k ${names}
      WHERE k.rank <= ${most} ORDER BY u.sort, k.unit_id, k.due, k.id`.execute(db)
    return rows.rows
  }
  const of = known(ctx, (s) => sql`${s}.unit_id = w.id AND ${isOpen(ctx, s)} AND ${s}.due <= ${until}::date`)
  const rows = await sql<Known>`SELECT k.*, p.name AS holder, u.name AS unit FROM unnest(${[...units]}::uuid[]) AS w(id)
    CROSS JOIN LATERAL (SELECT a.* FROM (${of}) a ORDER BY a.due, a.id LIMIT ${most}) k ${names} ORDER BY u.sort, k.unit_id, k.due, k.id`.execute(
    db,
  )
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
  const counts = ctx.lookingBack
    ? sql`SELECT count(*)::int AS open, count(*) FILTER (WHERE k.due < ${ctx.day}::date)::int AS overdue
        FROM ${known(ctx, (s) => sql`o.kind = 'finding' AND ${isOpen(ctx, s)} AND ${inReach(reach, s)}`)} k`
    : sql`SELECT COALESCE(sum(t.open), 0)::int AS open, COALESCE(sum(t.open) FILTER (WHERE t.due < ${ctx.day}::date), 0)::int AS overdue
        FROM tally t WHERE t.tenant_id = ${tenant} AND t.kind = 'finding' AND ${inReach(reach, sql`t`)}`
  const of = (s: Parameters<typeof isOpen>[1]) =>
    sql`o.because_id IN (SELECT f.id FROM finding f WHERE f.tenant_id = ${tenant}) AND ${isOpen(ctx, s)} AND ${inReach(reach, s)}`
  const [sum, items] = await Promise.all([
    sql<{ open: number; overdue: number }>`${counts}`.execute(db),
    sql<Known>`${named(ctx, of)} ORDER BY k.due, k.id LIMIT ${most}`.execute(db),
  ])
  const { open, overdue } = sum.rows[0] ?? { open: 0, overdue: 0 }
  return { open, overdue, items: items.rows }
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
  const rows = await sql<{ n: number }>`SELECT count(*)::int AS n FROM (SELECT 1 FROM ${known(
    ctx,
    (s) => sql`${isRed(ctx, s)} AND ${inReach(reach, s)}`,
  )} k LIMIT ${most}) x`.execute(db)
  return rows.rows[0]?.n ?? 0
}
