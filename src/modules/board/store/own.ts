import { sql } from 'kysely'
import type { Db } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import { known } from './known.ts'

/** How many of a person's obligations are overdue, due today, due by the end of the week. */
export async function countOwn(db: Db, ctx: Ctx, person: Id, weekEnd: string): Promise<{ overdue: number; today: number; week: number }> {
  const rows = await sql<{
    overdue: number
    today: number
    week: number
  }>`SELECT count(*) FILTER (WHERE k.due < ${ctx.day}::date)::int AS overdue, count(*) FILTER (WHERE k.due = ${ctx.day}::date)::int AS today,
      count(*) FILTER (WHERE k.due > ${ctx.day}::date)::int AS week
    FROM ${known(ctx, (s) => sql`${s}.holder_id = ${person} AND ${s}.state = 'open' AND ${s}.due <= ${weekEnd}::date`)} k`.execute(db)
  return rows.rows[0] ?? { overdue: 0, today: 0, week: 0 }
}
