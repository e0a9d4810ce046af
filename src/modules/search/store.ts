import { sql } from 'kysely'
import type { Reach } from '#kernel/can.ts'
import type { Db } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'

export type HitRow = { id: Id; title: string; detail: string; at?: string }
const atMost = 6

export async function findPersons(db: Db, ctx: Ctx, like: string): Promise<HitRow[]> {
  const rows =
    await sql<HitRow>`SELECT p.id, p.name AS title, COALESCE(string_agg(o.name, '、' ORDER BY o.sort), '') AS detail FROM person p
    LEFT JOIN appointment a ON a.tenant_id = ${ctx.tenant.id} AND a.person_id = p.id AND a.voided_at IS NULL AND a.since <= ${ctx.day} AND (a.until IS NULL OR a.until > ${ctx.day})
    LEFT JOIN post o ON o.tenant_id = ${ctx.tenant.id} AND o.id = a.post_id
    WHERE p.tenant_id = ${ctx.tenant.id} AND p.name ILIKE ${like} GROUP BY p.id, p.name ORDER BY p.name, p.id LIMIT ${atMost}`.execute(db)
  return rows.rows
}

export async function findUnits(db: Db, ctx: Ctx, like: string): Promise<HitRow[]> {
  const rows =
    await sql<HitRow>`SELECT u.id, u.name AS title, '' AS detail FROM unit u WHERE u.tenant_id = ${ctx.tenant.id} AND u.name ILIKE ${like}
    AND u.since <= ${ctx.day} AND (u.until IS NULL OR u.until > ${ctx.day}) ORDER BY u.sort, u.id LIMIT ${atMost}`.execute(db)
  return rows.rows
}

export async function findDirectives(db: Db, ctx: Ctx, like: string): Promise<HitRow[]> {
  const rows =
    await sql<HitRow>`SELECT d.id, d.title, d.issued_on::text AS detail FROM directive d WHERE d.tenant_id = ${ctx.tenant.id} AND d.recorded_at <= ${ctx.knownAt}
    AND (d.title ILIKE ${like} OR d.body ILIKE ${like}) ORDER BY d.issued_on DESC, d.id LIMIT ${atMost}`.execute(db)
  return rows.rows
}

export async function findDuties(db: Db, ctx: Ctx, like: string): Promise<HitRow[]> {
  const rows =
    await sql<HitRow>`SELECT d.id, d.title, left(d.body, 60) AS detail FROM duty d WHERE d.tenant_id = ${ctx.tenant.id} AND d.recorded_at <= ${ctx.knownAt}
    AND (d.title ILIKE ${like} OR d.body ILIKE ${like}) ORDER BY d.recorded_at DESC, d.id LIMIT ${atMost}`.execute(db)
  return rows.rows
}

/** Acts by their pairs of characters (index), checked again as text, within a reach; the words of a talk are found by those who were in it only. */
export async function findActs(db: Db, ctx: Ctx, reach: Reach, words: string, like: string): Promise<HitRow[]> {
  const own = reach.all
    ? sql`true`
    : sql`(a.done_by = ${reach.person} OR a.recorded_by = ${reach.person} OR a.unit_id = ANY(${reach.units}::uuid[]))`
  const rows = await sql<HitRow>`SELECT a.id, left(a.what, 80) AS title, a.happened_on::text || ' ' || p.name AS detail FROM act a
    JOIN person p ON p.tenant_id = ${ctx.tenant.id} AND p.id = a.done_by
    WHERE a.tenant_id = ${ctx.tenant.id} AND app_pairs(a.what) @> app_pairs(${words}) AND a.what ILIKE ${like} AND a.recorded_at <= ${ctx.knownAt} AND ${own}
      AND (a.kind <> 'talk' OR a.done_by = ${reach.person} OR a.recorded_by = ${reach.person} OR EXISTS (SELECT 1 FROM act_person w
        WHERE w.tenant_id = ${ctx.tenant.id} AND w.act_id = a.id AND w.person_id = ${reach.person}))
    ORDER BY a.happened_on DESC, a.id LIMIT ${atMost}`.execute(db)
  return rows.rows
}

/** Laws by their names, and articles by their pairs of characters, in the versions in force on the day one looks at. */
export async function findArticles(db: Db, ctx: Ctx, words: string, like: string): Promise<HitRow[]> {
  const rows = await sql<HitRow>`(SELECT r.id, r.title, coalesce(r.document, '') AS detail, '' AS at FROM regulation r
      WHERE r.tenant_id = ${ctx.tenant.id} AND r.state <> 'withdrawn' AND r.since <= ${ctx.day} AND (r.until IS NULL OR r.until > ${ctx.day})
        AND (r.title ILIKE ${like} OR array_to_string(r.names, ' ') ILIKE ${like}) ORDER BY r.title, r.id LIMIT 3)
    UNION ALL (SELECT r.id, r.title || ' ' || n.label, left(n.body, 60), n.article || CASE WHEN n.article_sub > 0 THEN '-' || n.article_sub ELSE '' END
      FROM regulation_node n JOIN regulation r ON r.tenant_id = ${ctx.tenant.id} AND r.id = n.regulation_id
      WHERE n.tenant_id = ${ctx.tenant.id} AND n.kind = 'article' AND app_pairs(n.body) @> app_pairs(${words}) AND n.body ILIKE ${like}
        AND r.state <> 'withdrawn' AND r.since <= ${ctx.day} AND (r.until IS NULL OR r.until > ${ctx.day})
      ORDER BY r.title, n.seq LIMIT ${atMost})`.execute(db)
  return rows.rows.map(({ at, ...row }) => (at ? { ...row, at } : row))
}
