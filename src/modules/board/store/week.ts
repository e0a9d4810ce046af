import { sql } from 'kysely'
import type { Reach } from '#kernel/can.ts'
import type { Db } from '#kernel/db.ts'
import type { Ctx } from '#kernel/scope.ts'
import { inReach, isOpen, type Known, known, named } from './known.ts'

/** What was due in a week, and how it stands on the day. */
export type WeekCounts = { open: number; onTime: number; late: number; waived: number }

/** Today from the tallies; a past day from what was known then. A leader's own is counted and not named. */
export async function weekCounts(db: Db, ctx: Ctx, reach: Reach, from: string, until: string): Promise<WeekCounts> {
  const counts = ctx.lookingBack
    ? sql`SELECT count(*) FILTER (WHERE k.state = 'open') AS open, count(*) FILTER (WHERE k.state = 'discharged' AND k.done_on <= k.due) AS on_time,
        count(*) FILTER (WHERE k.state = 'discharged' AND k.done_on > k.due) AS late, count(*) FILTER (WHERE k.state = 'waived') AS waived
        FROM ${known(ctx, (s) => sql`${s}.due BETWEEN ${from}::date AND ${until}::date AND ${inReach(reach, s)}`)} k`
    : sql`SELECT sum(t.open) AS open, sum(t.on_time) AS on_time, sum(t.late) AS late, sum(t.waived) AS waived FROM tally t
        WHERE t.tenant_id = ${ctx.tenant.id} AND t.due BETWEEN ${from}::date AND ${until}::date AND ${inReach(reach, sql`t`)}`
  const rows =
    await sql<WeekCounts>`SELECT COALESCE(c.open, 0)::int AS open, COALESCE(c.on_time, 0)::int AS "onTime", COALESCE(c.late, 0)::int AS late,
    COALESCE(c.waived, 0)::int AS waived FROM (${counts}) c`.execute(db)
  return rows.rows[0] ?? { open: 0, onTime: 0, late: 0, waived: 0 }
}

/** What was due in a week and did not end on time, what is open first, then what is due; at most `most`. */
export async function endedBadly(db: Db, ctx: Ctx, reach: Reach, from: string, until: string, most: number): Promise<Known[]> {
  const rows = await sql<Known>`${named(
    ctx,
    (s) => sql`${s}.due BETWEEN ${from}::date AND ${until}::date AND ${inReach(reach, s)} AND (${isOpen(ctx, s)}
      OR (${s}.state = 'discharged' AND ${s}.done_on > ${s}.due))`,
  )} ORDER BY k.state = 'open' DESC, k.due, k.id LIMIT ${most}`.execute(db)
  return rows.rows
}

/** What is open and due in a week; at most `most`. */
export async function dueIn(db: Db, ctx: Ctx, reach: Reach, from: string, until: string, most: number): Promise<Known[]> {
  const rows = await sql<Known>`${named(
    ctx,
    (s) => sql`${isOpen(ctx, s)} AND ${s}.due BETWEEN ${from}::date AND ${until}::date AND ${inReach(reach, s)}`,
  )} ORDER BY k.due, k.id LIMIT ${most}`.execute(db)
  return rows.rows
}
