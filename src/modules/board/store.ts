import { sql } from 'kysely'
import type { Reach } from '#kernel/can.ts'
import type { Db } from '#kernel/db.ts'
import type { Ctx } from '#kernel/scope.ts'
import type { UnitRow } from './rules.ts'
import { tallied } from './store/known.ts'

/**
 * Today: sums of the tally. A past day: the same, with what has happened since taken back.
 * Everything due within [from, until].
 */
const counted = (ctx: Ctx, from: string | null, until: string) => {
  const tenant = ctx.tenant.id
  const since = from === null ? sql`` : sql`AND t.due >= ${from}::date`
  if (ctx.lookingBack) return tallied(ctx, from, until)
  return sql`SELECT t.unit_id, t.due, t.warn_from, t.open, t.on_time, t.late, t.waived FROM tally t WHERE t.tenant_id = ${tenant} ${since} AND t.due <= ${until}::date`
}

const within = (reach: Reach) => (reach.all ? sql`true` : sql`c.unit_id = ANY(${reach.units}::uuid[])`)

/** Unit × month of one year within a reach, in the units' order: a row for each unit, its months as one JSON, a tenth of the cost of a row for each. */
export async function monthsOf(db: Db, ctx: Ctx, reach: Reach, year: number): Promise<UnitRow[]> {
  const rows = await sql<UnitRow>`SELECT m.unit_id, u.name AS unit, u.line,
      json_agg(json_build_array(m.month, m.red, m.yellow, m.green, m.on_time, m.late, m.waived)) AS months
    FROM (SELECT c.unit_id, extract(month FROM c.due)::int AS month,
        COALESCE(sum(c.open) FILTER (WHERE c.due < ${ctx.day}::date), 0) AS red,
        COALESCE(sum(c.open) FILTER (WHERE c.due >= ${ctx.day}::date AND c.warn_from <= ${ctx.day}::date), 0) AS yellow,
        COALESCE(sum(c.open) FILTER (WHERE c.warn_from > ${ctx.day}::date), 0) AS green,
        sum(c.on_time) AS on_time, sum(c.late) AS late, sum(c.waived) AS waived
      FROM (${counted(ctx, `${year}-01-01`, `${year}-12-31`)}) c WHERE ${within(reach)} GROUP BY c.unit_id, extract(month FROM c.due)) m
    JOIN unit u ON u.tenant_id = ${ctx.tenant.id} AND u.id = m.unit_id
    GROUP BY m.unit_id, u.name, u.line, u.sort ORDER BY u.sort, u.name, m.unit_id`.execute(db)
  return rows.rows
}

/** What is still open and overdue from before a year. */
export async function olderReds(db: Db, ctx: Ctx, reach: Reach, year: number): Promise<number> {
  const rows = await sql<{ n: number }>`SELECT COALESCE(sum(c.open) FILTER (WHERE c.due < ${ctx.day}::date), 0)::int AS n
    FROM (${counted(ctx, null, `${year - 1}-12-31`)}) c WHERE ${within(reach)}`.execute(db)
  return rows.rows[0]?.n ?? 0
}
