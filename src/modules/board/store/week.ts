import { sql } from 'kysely'
import type { Reach } from '#kernel/can.ts'
import type { Db } from '#kernel/db.ts'
import type { Ctx } from '#kernel/scope.ts'
import { firstNamed, inReach, isOpen, type Known, named, tallied } from './known.ts'

/** What was due in a week, and how it stands on the day. */
export type WeekCounts = { open: number; onTime: number; late: number; waived: number }

/** From the tallies as they stand or stood. A leader's own is counted and not named. */
export async function weekCounts(db: Db, ctx: Ctx, reach: Reach, from: string, until: string): Promise<WeekCounts> {
  const rows = await sql<WeekCounts>`SELECT COALESCE(sum(c.open), 0)::int AS open, COALESCE(sum(c.on_time), 0)::int AS "onTime",
      COALESCE(sum(c.late), 0)::int AS late, COALESCE(sum(c.waived), 0)::int AS waived
    FROM (${tallied(ctx, from, until)}) c WHERE ${inReach(reach, sql`c`)}`.execute(db)
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
export const dueIn = (db: Db, ctx: Ctx, reach: Reach, from: string, until: string, most: number): Promise<Known[]> =>
  firstNamed(db, ctx, (s) => sql`${isOpen(ctx, s)} AND ${s}.due BETWEEN ${from}::date AND ${until}::date AND ${inReach(reach, s)}`, most)
