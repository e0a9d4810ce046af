import { sql } from 'kysely'
import type { Db } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import { known } from './known.ts'

/** A duty of the first responsible with its aspect. */
export type Aspected = { duty: Id; aspect: string }
const pairs = (list: readonly Aspected[]) => sql`jsonb_to_recordset(${JSON.stringify(list)}::text::jsonb) AS d(duty uuid, aspect text)`

/** What was asked of an aspect in a month of the year, and what became of it by the day. */
export type AskedRow = { aspect: string; month: number; asked: number; done: number; overdue: number }
export async function askedOf(db: Db, ctx: Ctx, person: Id, duties: readonly Aspected[], year: number): Promise<AskedRow[]> {
  if (duties.length === 0) return []
  const ids = duties.map((one) => one.duty)
  const rows = await sql<AskedRow>`SELECT d.aspect, extract(month FROM k.due)::int AS month, count(*)::int AS asked,
      count(*) FILTER (WHERE k.state = 'discharged')::int AS done, count(*) FILTER (WHERE k.state = 'open' AND k.due < ${ctx.day}::date)::int AS overdue
    FROM ${known(
      ctx,
      (s) => sql`o.because_id = ANY(${ids}::uuid[]) AND ${s}.holder_id = ${person} AND ${s}.state IN ('open', 'discharged')
        AND ${s}.due BETWEEN ${`${year}-01-01`}::date AND ${`${year}-12-31`}::date`,
    )} k
    JOIN ${pairs(duties)} ON d.duty = k.because_id GROUP BY d.aspect, extract(month FROM k.due)`.execute(db)
  return rows.rows
}

/** An act really recorded for an aspect in the year, and which of the leadership took part in it. */
export type DoneRow = { aspect: string; id: Id; on: string; persons: Id[] }
export async function doneFor(db: Db, ctx: Ctx, duties: readonly Aspected[], year: number): Promise<DoneRow[]> {
  if (duties.length === 0) return []
  const tenant = ctx.tenant.id
  const rows =
    await sql<DoneRow>`SELECT s.aspect, a.id, a.happened_on AS "on", array_remove(array_agg(DISTINCT t.person_id) || a.done_by, NULL) AS persons
    FROM (SELECT DISTINCT d.aspect, x.act_id FROM ${pairs(duties)} JOIN obligation o ON o.tenant_id = ${tenant} AND o.because_id = d.duty
      JOIN act_discharge x ON x.tenant_id = ${tenant} AND x.obligation_id = o.id WHERE o.tenant_id = ${tenant}) s
    JOIN act a ON a.tenant_id = ${tenant} AND a.id = s.act_id LEFT JOIN act_person t ON t.tenant_id = ${tenant} AND t.act_id = a.id
    WHERE a.tenant_id = ${tenant} AND a.recorded_at <= ${ctx.knownAt} AND (a.state = 'recorded' OR a.moved_at > ${ctx.knownAt})
      AND a.happened_on BETWEEN ${`${year}-01-01`}::date AND ${ctx.day}::date
    GROUP BY s.aspect, a.id, a.happened_on, a.done_by ORDER BY a.happened_on DESC, a.id DESC`.execute(db)
  return rows.rows
}
