import { sql } from 'kysely'
import type { Db } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import { burdened } from './known.ts'

/** What is asked of a person by kind: in a month, in the month before it, in its year. */
export type Sum = { person_id: Id; kind: string; month: number; before: number; year: number }

/** The burden of everybody, from sums that are kept: as many rows as people × months × kinds. `month` and `before` are first days of months. */
export async function burdenSums(db: Db, ctx: Ctx, month: string, before: string): Promise<Sum[]> {
  const start = `${month.slice(0, 4)}-01-01`
  const rows =
    await sql<Sum>`SELECT b.holder_id AS person_id, b.kind, COALESCE(sum(b.asked) FILTER (WHERE b.month = ${month}::date), 0)::int AS month,
      COALESCE(sum(b.asked) FILTER (WHERE b.month = ${before}::date), 0)::int AS before,
      COALESCE(sum(b.asked) FILTER (WHERE b.month >= ${start}::date), 0)::int AS year
    FROM (${burdened(ctx, before < start ? before : start, `${month.slice(0, 4)}-12-01`)}) b GROUP BY b.holder_id, b.kind`.execute(db)
  return rows.rows
}

/** Units by name, in their order. */
export async function unitsNamed(db: Db, tenant: Id, units: readonly Id[]): Promise<{ id: Id; name: string }[]> {
  const rows = await sql<{ id: Id; name: string }>`SELECT u.id, u.name FROM unit u
    WHERE u.tenant_id = ${tenant} AND u.id = ANY(${[...units]}::uuid[]) ORDER BY u.sort, u.name, u.id`.execute(db)
  return rows.rows
}
