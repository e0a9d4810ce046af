import { sql } from 'kysely'
import type { Db } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import { known } from './known.ts'

/** What is asked of a person by kind: in a month, in the month before it, in its year. */
export type Sum = { person_id: Id; kind: string; month: number; before: number; year: number }

/**
 * The burden of everybody. Today from the sums that are kept, as many rows as people × months × kinds; a past day is counted from what was known then.
 * `month` and `before` are first days of months.
 */
export async function burdenSums(db: Db, ctx: Ctx, month: string, before: string): Promise<Sum[]> {
  const year = month.slice(0, 4)
  const source = ctx.lookingBack
    ? sql`(SELECT k.holder_id, k.kind, date_trunc('month', k.due)::date AS month, 1 AS asked FROM ${known(
        ctx,
        (s) =>
          sql`${s}.state IN ('open', 'discharged') AND ${s}.due >= least(${before}::date, ${`${year}-01-01`}::date) AND ${s}.due <= ${`${year}-12-31`}::date`,
      )} k)`
    : sql`(SELECT t.holder_id, t.kind, t.month, t.asked FROM burden t WHERE t.tenant_id = ${ctx.tenant.id}
        AND t.month >= least(${before}::date, ${`${year}-01-01`}::date) AND t.month <= ${`${year}-12-01`}::date)`
  const rows =
    await sql<Sum>`SELECT b.holder_id AS person_id, b.kind, COALESCE(sum(b.asked) FILTER (WHERE b.month = ${month}::date), 0)::int AS month,
      COALESCE(sum(b.asked) FILTER (WHERE b.month = ${before}::date), 0)::int AS before,
      COALESCE(sum(b.asked) FILTER (WHERE b.month >= ${`${year}-01-01`}::date), 0)::int AS year
    FROM (${source}) b GROUP BY b.holder_id, b.kind`.execute(db)
  return rows.rows
}

/** Units by name, in their order. */
export async function unitsNamed(db: Db, tenant: Id, units: readonly Id[]): Promise<{ id: Id; name: string }[]> {
  const rows = await sql<{ id: Id; name: string }>`SELECT u.id, u.name FROM unit u
    WHERE u.tenant_id = ${tenant} AND u.id = ANY(${[...units]}::uuid[]) ORDER BY u.sort, u.name, u.id`.execute(db)
  return rows.rows
}
