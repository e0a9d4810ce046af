import { sql } from 'kysely'
import type { Db } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import type { Part } from '../tree.ts'
import { appointedOn, holding, moveJoin, parentOn, said, stateOn, versionJoin } from './said.ts'

/** The duties above one as of the day, nearest first. */
export async function ancestorsOf(db: Db, ctx: Ctx, duty: Id): Promise<{ id: Id; title: string }[]> {
  const tenant = ctx.tenant.id
  const rows = await sql<{ id: Id; title: string }>`WITH RECURSIVE up AS (
      SELECT d.id, ${parentOn(ctx)} AS parent_id, 0 AS height FROM duty d ${moveJoin(ctx)} WHERE d.tenant_id = ${tenant} AND d.id = ${duty}
      UNION ALL
      SELECT d.id, ${parentOn(ctx)}, up.height + 1 FROM up JOIN duty d ON d.tenant_id = ${tenant} AND d.id = up.parent_id ${moveJoin(ctx)}
      WHERE d.tenant_id = ${tenant} AND up.height < 100
    )
    SELECT d.id, ${said('title')} AS title FROM up JOIN duty d ON d.tenant_id = ${tenant} AND d.id = up.id ${versionJoin(ctx)}
    WHERE up.height > 0 ORDER BY up.height`.execute(db)
  return rows.rows
}

/** These duties and all active ones below them, each with its holders and whose part it carries. One query for any number of them. */
export async function partsBelow(db: Db, ctx: Ctx, duties: readonly Id[]): Promise<Part[]> {
  if (duties.length === 0) return []
  const tenant = ctx.tenant.id
  const rows = await sql<Part>`WITH RECURSIVE links AS MATERIALIZED (
      SELECT d.id, ${parentOn(ctx)} AS parent_id FROM duty d ${moveJoin(ctx)}
      WHERE d.tenant_id = ${tenant} AND d.recorded_at <= ${ctx.knownAt} AND ${stateOn(ctx)} = 'active'
    ), below AS (
      SELECT d.id, NULL::uuid AS parent_id FROM duty d WHERE d.tenant_id = ${tenant} AND d.id = ANY(${duties}::uuid[])
      UNION
      SELECT l.id, l.parent_id FROM below b JOIN links l ON l.parent_id = b.id
    ), seats AS (
      SELECT h.duty_id, json_agg(json_build_object('id', h.id, 'filled', h.post_id IS NULL OR EXISTS (SELECT 1 FROM appointment a
          WHERE a.tenant_id = ${tenant} AND a.post_id = h.post_id AND ${appointedOn(ctx.day)}))) AS holders
      FROM duty_holder h WHERE h.tenant_id = ${tenant} AND h.duty_id IN (SELECT id FROM below) AND ${holding(ctx)} GROUP BY h.duty_id
    ), shares AS (
      SELECT k.duty_id, json_agg(k.holder_id) AS carries FROM duty_part k
      WHERE k.tenant_id = ${tenant} AND k.duty_id IN (SELECT id FROM below) AND k.recorded_at <= ${ctx.knownAt} GROUP BY k.duty_id
    )
    SELECT b.id, b.parent_id AS parent, coalesce(s.holders, '[]') AS holders, coalesce(c.carries, '[]') AS carries
    FROM below b LEFT JOIN seats s ON s.duty_id = b.id LEFT JOIN shares c ON c.duty_id = b.id`.execute(db)
  // A duty asked for may also lie below another one asked for: its place in the tree counts.
  const known = new Map<Id, Part>()
  for (const row of rows.rows) if (row.parent !== null || !known.has(row.id)) known.set(row.id, row)
  return [...known.values()]
}

/** What stands beside these duties (同部署), in both directions, as of the day. */
export async function besides(db: Db, ctx: Ctx, duty: Id): Promise<{ id: Id; title: string; kind: string }[]> {
  const tenant = ctx.tenant.id
  const rows = await sql<{
    id: Id
    title: string
    kind: string
  }>`SELECT d.id, ${said('title')} AS title, ${said('kind')} AS kind FROM duty d ${versionJoin(ctx)}
    WHERE d.tenant_id = ${tenant} AND d.recorded_at <= ${ctx.knownAt} AND ${stateOn(ctx)} <> 'retracted' AND d.id <> ${duty}
      AND (d.beside_id = ${duty} OR d.id = (SELECT x.beside_id FROM duty x WHERE x.tenant_id = ${tenant} AND x.id = ${duty}))
    ORDER BY d.recorded_at, d.id LIMIT 50`.execute(db)
  return rows.rows
}
