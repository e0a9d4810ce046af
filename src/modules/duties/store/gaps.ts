import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import { type GapKind, gapKinds } from '../gaps.ts'
import { appointedOn, holding, inForce, moveJoin, parentOn, said, versionJoin } from './said.ts'

export type GapRow = {
  ord: number
  key: Id
  title: string
  duty_id: Id | null
  directive_id: Id | null
  start: number | null
  post_id: Id | null
  person_id: Id | null
  unit_id: Id | null
  unit: string | null
  holder: string | null
  count: number
  owner_id: Id | null
  owner: string | null
}

const none = sql`NULL::uuid`
type Filter = { kind?: GapKind | undefined; unit?: Id | undefined }

/**
 * The gaps of the day as two pieces of one query. `ground`: duties in force with where they hang, who is in which post, and holders with whether
 * somebody is there; `carried` are the posts that hold a duty, themselves or by whoever is in them. Sets are asked by IN, which is hashed whatever the
 * planner believes about these tables: right after an import it knows nothing of them. `all`: one query over these for each kind, all with the same columns; within a unit where one is named.
 */
function asked(ctx: Ctx, { kind, unit }: Filter): { ground: RawBuilder<unknown>; all: RawBuilder<unknown> } {
  const ground = sql`live AS MATERIALIZED (
    SELECT d.id, ${parentOn(ctx)} AS parent_id, ${said('title')} AS title FROM duty d ${versionJoin(ctx)} ${moveJoin(ctx)}
    WHERE d.tenant_id = ${ctx.tenant.id} AND ${inForce(ctx)}
  ), seated AS MATERIALIZED (
    SELECT DISTINCT a.post_id, a.person_id FROM appointment a WHERE a.tenant_id = ${ctx.tenant.id} AND ${appointedOn(ctx.day)}
  ), held AS MATERIALIZED (
    SELECT h.id, h.duty_id, h.unit_id, h.post_id, h.person_id, h.post_id IS NULL OR h.post_id IN (SELECT post_id FROM seated) AS filled
    FROM duty_holder h JOIN live l ON l.id = h.duty_id WHERE h.tenant_id = ${ctx.tenant.id} AND ${holding(ctx)} AND h.since <= ${ctx.day}
  ), carried AS MATERIALIZED (
    SELECT h.post_id FROM held h WHERE h.post_id IS NOT NULL
    UNION SELECT p.id FROM held h JOIN seated s ON s.person_id = h.person_id
      JOIN post p ON p.tenant_id = ${ctx.tenant.id} AND p.id = s.post_id AND p.unit_id = h.unit_id
  )`
  const queries: Record<GapKind, (ord: number) => RawBuilder<unknown>> = {
    nobody: (ord) => sql`SELECT ${ord}::int AS ord, l.id AS key, l.title, l.id AS duty_id, ${none} AS directive_id, NULL::int AS start,
      (SELECT h.post_id FROM held h WHERE h.duty_id = l.id ORDER BY h.id LIMIT 1) AS post_id, ${none} AS person_id,
      (SELECT h.unit_id FROM held h WHERE h.duty_id = l.id ORDER BY h.id LIMIT 1) AS unit_id, NULL::text AS holder, 1 AS count, ${none} AS owner_id
    FROM live l WHERE l.id NOT IN (SELECT h.duty_id FROM held h WHERE h.filled)`,
    vacant: (
      ord,
    ) => sql`SELECT ${ord}::int AS ord, v.post_id AS key, p.name AS title, v.duty_id, ${none} AS directive_id, NULL::int AS start, v.post_id,
      ${none} AS person_id, p.unit_id, p.name AS holder, v.count, ${none} AS owner_id
    FROM (SELECT h.post_id, min(h.duty_id::text)::uuid AS duty_id, count(DISTINCT h.duty_id)::int AS count FROM held h
      WHERE NOT h.filled AND h.duty_id IN (SELECT o.duty_id FROM held o WHERE o.filled) GROUP BY h.post_id) v
    JOIN post p ON p.tenant_id = ${ctx.tenant.id} AND p.id = v.post_id`,
    left: (
      ord,
    ) => sql`SELECT ${ord}::int AS ord, v.person_id AS key, n.name AS title, v.duty_id, ${none} AS directive_id, NULL::int AS start, ${none} AS post_id,
      v.person_id, v.unit_id, n.name AS holder, v.count, ${none} AS owner_id
    FROM (SELECT h.person_id, min(h.duty_id::text)::uuid AS duty_id, min(h.unit_id::text)::uuid AS unit_id, count(DISTINCT h.duty_id)::int AS count FROM held h
      WHERE h.person_id IS NOT NULL AND h.person_id NOT IN (SELECT person_id FROM seated) GROUP BY h.person_id) v
    JOIN person n ON n.tenant_id = ${ctx.tenant.id} AND n.id = v.person_id`,
    uncarried: (
      ord,
    ) => sql`SELECT ${ord}::int AS ord, h.id AS key, l.title, l.id AS duty_id, ${none} AS directive_id, NULL::int AS start, h.post_id, h.person_id,
      h.unit_id, coalesce(p.name, n.name) AS holder, 1 AS count, ${none} AS owner_id
    FROM held h JOIN live l ON l.id = h.duty_id
    LEFT JOIN post p ON p.tenant_id = ${ctx.tenant.id} AND p.id = h.post_id LEFT JOIN person n ON n.tenant_id = ${ctx.tenant.id} AND n.id = h.person_id
    WHERE l.id IN (SELECT c.parent_id FROM live c WHERE c.parent_id IS NOT NULL)
      AND NOT EXISTS (SELECT 1 FROM duty_part k JOIN live c ON c.id = k.duty_id AND c.parent_id = l.id
        WHERE k.tenant_id = ${ctx.tenant.id} AND k.holder_id = h.id AND k.recorded_at <= ${ctx.knownAt})`,
    idle: (
      ord,
    ) => sql`SELECT ${ord}::int AS ord, p.id AS key, p.name AS title, ${none} AS duty_id, ${none} AS directive_id, NULL::int AS start, p.id AS post_id,
      (SELECT s.person_id FROM seated s WHERE s.post_id = p.id ORDER BY s.person_id LIMIT 1) AS person_id, p.unit_id, p.name AS holder, 0 AS count, ${none} AS owner_id
    FROM post p WHERE p.tenant_id = ${ctx.tenant.id} AND p.since <= ${ctx.day} AND (p.until IS NULL OR p.until > ${ctx.day})
      AND p.id IN (SELECT post_id FROM seated) AND p.id NOT IN (SELECT post_id FROM carried)`,
    sentence: (
      ord,
    ) => sql`SELECT ${ord}::int AS ord, p.id AS key, p.title, ${none} AS duty_id, p.directive_id, p.start_at AS start, ${none} AS post_id, ${none} AS person_id,
      ${none} AS unit_id, v.title AS holder, 1 AS count, v.recorded_by AS owner_id
    FROM proposal p JOIN directive v ON v.tenant_id = ${ctx.tenant.id} AND v.id = p.directive_id
    WHERE p.tenant_id = ${ctx.tenant.id} AND p.type = 'duty' AND p.recorded_at <= ${ctx.knownAt}
      AND ${
        ctx.lookingBack
          ? sql`coalesce((SELECT e.after->>'state' FROM directive_event e WHERE e.tenant_id = ${ctx.tenant.id} AND e.directive_id = p.directive_id
              AND e.thing_id = p.id AND e.at <= ${ctx.knownAt} ORDER BY e.at DESC, e.id DESC LIMIT 1), 'open')`
          : sql`p.state`
      } = 'open'`,
  }
  const parts = gapKinds.flatMap((one, ord) => (kind === undefined || kind === one ? [queries[one](ord)] : []))
  const all = sql.join(parts, sql` UNION ALL `)
  return { ground, all: unit === undefined ? all : sql`SELECT * FROM (${all}) y WHERE y.unit_id = ${unit}` }
}

/** Who puts a unit's gap right: its head, whoever acts for one, else whoever is in charge of it. */
const ownerOf = (ctx: Ctx) => sql`coalesce(g.owner_id,
    (SELECT a.person_id FROM post o JOIN appointment a ON a.tenant_id = ${ctx.tenant.id} AND a.post_id = o.id AND ${appointedOn(ctx.day)}
      WHERE o.tenant_id = ${ctx.tenant.id} AND o.unit_id = g.unit_id AND o.roles && ARRAY['head', 'party_secretary', 'branch_secretary', 'group_head']
      ORDER BY a.kind = 'acting', o.sort, a.since LIMIT 1),
    (SELECT c.person_id FROM charge c WHERE c.tenant_id = ${ctx.tenant.id} AND c.unit_id = g.unit_id AND c.voided_at IS NULL AND c.since <= ${ctx.day}
      AND (c.until IS NULL OR c.until > ${ctx.day}) ORDER BY c.since, c.id LIMIT 1))`

/** A page of gaps, by kind. `after` is [ord, key]. */
export async function gapsOn(db: Db, ctx: Ctx, filter: Filter, after: (string | number)[] | null, limit: number): Promise<GapRow[]> {
  const { ground, all } = asked(ctx, filter)
  const rows = await sql<GapRow>`WITH ${ground}, page AS (
      SELECT g.* FROM (${all}) g
      WHERE ${after === null ? sql`true` : sql`(g.ord, g.key) > (${Number(after[0])}::int, ${String(after[1])}::uuid)`} ORDER BY g.ord, g.key LIMIT ${limit + 1}
    ), owned AS (SELECT g.*, ${ownerOf(ctx)} AS owned_by FROM page g)
    SELECT g.ord, g.key, g.title, g.duty_id, g.directive_id, g.start, g.post_id, g.person_id, g.unit_id, u.name AS unit, g.holder, g.count,
      g.owned_by AS owner_id, n.name AS owner
    FROM owned g LEFT JOIN unit u ON u.tenant_id = ${ctx.tenant.id} AND u.id = g.unit_id
    LEFT JOIN person n ON n.tenant_id = ${ctx.tenant.id} AND n.id = g.owned_by ORDER BY g.ord, g.key`.execute(db)
  return rows.rows
}

/** How many there are of each kind, in the order of `gapKinds`; kinds without any are absent. */
export async function countGaps(db: Db, ctx: Ctx, unit?: Id): Promise<Map<number, number>> {
  const { ground, all } = asked(ctx, { unit })
  const rows = await sql<{
    ord: number
    n: number
  }>`WITH ${ground} SELECT g.ord, count(*)::int AS n FROM (${all}) g GROUP BY g.ord`.execute(db)
  return new Map(rows.rows.map((row) => [row.ord, row.n]))
}
