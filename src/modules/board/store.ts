import { sql } from 'kysely'
import type { Reach } from '#kernel/can.ts'
import type { Db } from '#kernel/db.ts'
import type { Ctx } from '#kernel/scope.ts'
import type { MonthRow } from './rules.ts'

/**
 * Today: sums of the tally. A past day: the states known then, replayed from the events, counted into the same columns.
 * Everything due within [from, until].
 */
const counted = (ctx: Ctx, from: string | null, until: string) => {
  const tenant = ctx.tenant.id
  const since = from === null ? sql`` : sql`AND t.due >= ${from}::date`
  if (!ctx.lookingBack)
    return sql`SELECT t.unit_id, t.due, t.warn_from, t.open, t.on_time, t.late, t.waived FROM tally t WHERE t.tenant_id = ${tenant} ${since} AND t.due <= ${until}::date`
  return sql`SELECT t.unit_id, t.due, t.warn_from, (t.state = 'open')::int AS open, (t.state = 'discharged' AND t.done_on <= t.due)::int AS on_time,
      (t.state = 'discharged' AND t.done_on > t.due)::int AS late, (t.state = 'waived')::int AS waived
    FROM (SELECT DISTINCT ON (e.obligation_id) e.unit_id, e.state, e.due, e.warn_from, e.done_on FROM obligation_event e
      WHERE e.tenant_id = ${tenant} AND e.recorded_at <= ${ctx.knownAt} ORDER BY e.obligation_id, e.version DESC) t
    WHERE t.due <= ${until}::date ${since}`
}

const within = (reach: Reach) => (reach.all ? sql`true` : sql`c.unit_id = ANY(${reach.units}::uuid[])`)

/** Unit × month of one year within a reach, in the units' order. */
export async function monthsOf(db: Db, ctx: Ctx, reach: Reach, year: number): Promise<MonthRow[]> {
  const rows = await sql<MonthRow>`SELECT c.unit_id, u.name AS unit, u.line, to_char(c.due, 'YYYY-MM') AS month,
      COALESCE(sum(c.open) FILTER (WHERE c.due < ${ctx.day}::date), 0)::int AS red,
      COALESCE(sum(c.open) FILTER (WHERE c.due >= ${ctx.day}::date AND c.warn_from <= ${ctx.day}::date), 0)::int AS yellow,
      COALESCE(sum(c.open) FILTER (WHERE c.warn_from > ${ctx.day}::date), 0)::int AS green,
      sum(c.on_time)::int AS "onTime", sum(c.late)::int AS late, sum(c.waived)::int AS waived
    FROM (${counted(ctx, `${year}-01-01`, `${year}-12-31`)}) c JOIN unit u ON u.tenant_id = ${ctx.tenant.id} AND u.id = c.unit_id
    WHERE ${within(reach)} GROUP BY c.unit_id, u.name, u.line, u.sort, month ORDER BY u.sort, u.name, c.unit_id, month`.execute(db)
  return rows.rows
}

/** What is still open and overdue from before a year. */
export async function olderReds(db: Db, ctx: Ctx, reach: Reach, year: number): Promise<number> {
  const rows = await sql<{ n: number }>`SELECT COALESCE(sum(c.open) FILTER (WHERE c.due < ${ctx.day}::date), 0)::int AS n
    FROM (${counted(ctx, null, `${year - 1}-12-31`)}) c WHERE ${within(reach)}`.execute(db)
  return rows.rows[0]?.n ?? 0
}
