import { sql } from 'kysely'
import type { Db } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'

export type DoneRow = {
  duty_id: Id
  id: Id
  what: string
  happened_on: string
  done_by: Id
  done_by_name: string
  unit_id: Id
  total: number
}

/**
 * The acts really recorded for duties between two days, by the day one looks at: the latest of each duty, and how many there were. What was withdrawn
 * or corrected by then does not count.
 */
export async function actsBehind(db: Db, ctx: Ctx, duties: readonly Id[], from: string, most: number): Promise<DoneRow[]> {
  if (duties.length === 0) return []
  const tenant = ctx.tenant.id
  const rows = await sql<DoneRow>`WITH done AS (
      SELECT DISTINCT o.because_id AS duty_id, a.id, a.what, a.happened_on, a.done_by, a.unit_id FROM obligation o
      JOIN act_discharge x ON x.tenant_id = ${tenant} AND x.obligation_id = o.id
      JOIN act a ON a.tenant_id = ${tenant} AND a.id = x.act_id
      WHERE o.tenant_id = ${tenant} AND o.because_id = ANY(${duties}::uuid[]) AND a.recorded_at <= ${ctx.knownAt}
        AND a.happened_on >= ${from} AND a.happened_on <= ${ctx.day} AND (a.state = 'recorded' OR a.moved_at > ${ctx.knownAt})
    ), ranked AS (
      SELECT d.*, row_number() OVER (PARTITION BY d.duty_id ORDER BY d.happened_on DESC, d.id DESC) AS rank, count(*) OVER (PARTITION BY d.duty_id)::int AS total
      FROM done d
    )
    SELECT r.duty_id, r.id, r.what, r.happened_on, r.done_by, p.name AS done_by_name, r.unit_id, r.total FROM ranked r
    JOIN person p ON p.tenant_id = ${tenant} AND p.id = r.done_by WHERE r.rank <= ${most} ORDER BY r.duty_id, r.rank`.execute(db)
  return rows.rows
}
