import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import { appointedOn, holding, inForce, said, versionJoin } from './said.ts'

/** Whose list: a unit's, a post's, a person's. */
export type Whose = 'unit' | 'post' | 'person'

/** Holders of duties in force on the day, as a CTE body: the duty, the unit, the post or the person. */
const heldOn = (ctx: Ctx) => sql`SELECT h.id, h.duty_id, h.unit_id, h.post_id, h.person_id FROM duty_holder h
  JOIN duty d ON d.tenant_id = ${ctx.tenant.id} AND d.id = h.duty_id AND ${inForce(ctx)}
  WHERE h.tenant_id = ${ctx.tenant.id} AND ${holding(ctx)} AND h.since <= ${ctx.day}`

export type ListRow = { id: Id; name: string; note: string | null; count: number; sort_value: string }

const inForceOf = (alias: string, day: string) =>
  sql`(${sql.ref(`${alias}.since`)} <= ${day} AND (${sql.ref(`${alias}.until`)} IS NULL OR ${sql.ref(`${alias}.until`)} > ${day}))`

function things(ctx: Ctx, of: Whose): RawBuilder<unknown> {
  const tenant = ctx.tenant.id
  const held = heldOn(ctx)
  if (of === 'unit')
    return sql`WITH held AS MATERIALIZED (${held}) SELECT u.id, u.name, NULL::text AS note, lpad(u.sort::text, 8, '0') AS sort_value, count(DISTINCT h.duty_id)::int AS count
      FROM unit u LEFT JOIN held h ON h.unit_id = u.id WHERE u.tenant_id = ${tenant} AND ${inForceOf('u', ctx.day)} GROUP BY u.id, u.name, u.sort`
  if (of === 'post')
    return sql`WITH held AS MATERIALIZED (${held}) SELECT p.id, p.name, u.name AS note, lpad(u.sort::text, 8, '0') || lpad(p.sort::text, 8, '0') AS sort_value, count(DISTINCT h.duty_id)::int AS count
      FROM post p JOIN unit u ON u.tenant_id = ${tenant} AND u.id = p.unit_id LEFT JOIN held h ON h.post_id = p.id
      WHERE p.tenant_id = ${tenant} AND ${inForceOf('p', ctx.day)} GROUP BY p.id, p.name, u.name, u.sort, p.sort`
  return sql`WITH held AS MATERIALIZED (${held}) SELECT n.id, n.name, string_agg(DISTINCT p.name, '、') AS note, n.name::text AS sort_value, count(DISTINCT h.duty_id)::int AS count
    FROM person n JOIN appointment a ON a.tenant_id = ${tenant} AND a.person_id = n.id AND ${appointedOn(ctx.day)}
    JOIN post p ON p.tenant_id = ${tenant} AND p.id = a.post_id LEFT JOIN held h ON h.post_id = a.post_id OR h.person_id = n.id
    WHERE n.tenant_id = ${tenant} GROUP BY n.id, n.name`
}

/** The lists there are, in the office's order (persons by pinyin), with how many duties each has. `after` is [sort_value, id]. */
export async function listsOf(db: Db, ctx: Ctx, of: Whose, q: string | undefined, after: (string | number)[] | null, limit: number) {
  const like = q ? `%${q.replace(/[\\%_]/g, '\\$&')}%` : null
  const key = sql`(t.sort_value COLLATE "zh-x-icu", t.id)`
  const rows = await sql<ListRow>`SELECT t.* FROM (${things(ctx, of)}) t
    WHERE ${like === null ? sql`true` : sql`(t.name ILIKE ${like} OR t.note ILIKE ${like})`}
      AND ${after === null ? sql`true` : sql`${key} > (${String(after[0])}::text COLLATE "zh-x-icu", ${String(after[1])}::uuid)`}
    ORDER BY t.sort_value COLLATE "zh-x-icu", t.id LIMIT ${limit + 1}`.execute(db)
  return rows.rows
}

export type Subject = { name: string; note: string | null }

/** Who or what a list is of; undefined when it is not there. A person's note is the posts held on the day. */
export async function subjectOf(db: Db, ctx: Ctx, of: Whose, id: Id): Promise<Subject | undefined> {
  const tenant = ctx.tenant.id
  if (of === 'unit') {
    const rows = await sql<Subject>`SELECT u.name, NULL::text AS note FROM unit u WHERE u.tenant_id = ${tenant} AND u.id = ${id}`.execute(
      db,
    )
    return rows.rows[0]
  }
  if (of === 'post') {
    const rows = await sql<Subject>`SELECT p.name, u.name AS note FROM post p JOIN unit u ON u.tenant_id = ${tenant} AND u.id = p.unit_id
      WHERE p.tenant_id = ${tenant} AND p.id = ${id}`.execute(db)
    return rows.rows[0]
  }
  const rows = await sql<Subject>`SELECT n.name, (SELECT string_agg(DISTINCT p.name, '、') FROM appointment a
      JOIN post p ON p.tenant_id = ${tenant} AND p.id = a.post_id WHERE a.tenant_id = ${tenant} AND a.person_id = n.id AND ${appointedOn(ctx.day)}) AS note
    FROM person n WHERE n.tenant_id = ${tenant} AND n.id = ${id}`.execute(db)
  return rows.rows[0]
}

/**
 * The duties of a list in force on the day, in its printed order: by kind, what is to be done before what is not, oldest first. For a person, those of
 * every post they are appointed to: whoever asks drops those that somebody else answers for.
 */
export async function listed(db: Db, ctx: Ctx, of: Whose, id: Id, limit: number): Promise<Id[]> {
  const whose = {
    unit: sql`h.unit_id = ${id}`,
    post: sql`h.post_id = ${id}`,
    person: sql`(h.person_id = ${id} OR EXISTS (SELECT 1 FROM appointment a WHERE a.tenant_id = ${ctx.tenant.id} AND a.post_id = h.post_id AND a.person_id = ${id}
      AND ${appointedOn(ctx.day)}))`,
  }[of]
  const rows = await sql<{ id: Id }>`WITH held AS (${heldOn(ctx)} AND ${whose})
    SELECT d.id FROM duty d ${versionJoin(ctx)} WHERE d.tenant_id = ${ctx.tenant.id} AND d.id IN (SELECT duty_id FROM held)
    ORDER BY array_position(ARRAY['principal', 'first', 'dual', 'supervision', 'branch', 'task'], ${said('kind')}), ${said('polarity')} DESC, d.since, d.id
    LIMIT ${limit + 1}`.execute(db)
  return rows.rows.map((row) => row.id)
}

/** The duties in force on the day that any of these persons may answer for, by name or by a post, in the printed order of a list. */
export async function listedFor(db: Db, ctx: Ctx, persons: readonly Id[]): Promise<Id[]> {
  if (persons.length === 0) return []
  const ids = sql`${[...persons]}::uuid[]`
  const whose = sql`(h.person_id = ANY(${ids}) OR h.post_id IN (SELECT a.post_id FROM appointment a
    WHERE a.tenant_id = ${ctx.tenant.id} AND a.person_id = ANY(${ids}) AND ${appointedOn(ctx.day)}))`
  const rows = await sql<{ id: Id }>`WITH held AS (${heldOn(ctx)} AND ${whose})
    SELECT d.id FROM duty d ${versionJoin(ctx)} WHERE d.tenant_id = ${ctx.tenant.id} AND d.id IN (SELECT duty_id FROM held)
    ORDER BY array_position(ARRAY['principal', 'first', 'dual', 'supervision', 'branch', 'task'], ${said('kind')}), ${said('polarity')} DESC, d.since, d.id`.execute(
    db,
  )
  return rows.rows.map((row) => row.id)
}
