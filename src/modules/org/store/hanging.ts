import { sql } from 'kysely'
import type { Db, Tx } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Hanging } from '../changes.ts'
import type { AppointmentRow, PostRow, UnitRow } from './office.ts'

/** What belongs to units and reaches past a day: units below, posts with whoever is in them, charges, members of a branch; in the order they are shown. */
export async function hangingOn(db: Db, tenant: Id, units: readonly Id[], day: string): Promise<Hanging[]> {
  const { rows } = await sql<Hanging>`
    SELECT * FROM (
      SELECT 'unit' AS what, u.id, u.parent_id AS unit_id, u.name, '' AS who, u.since, u.until, greatest(u.since,
        (SELECT max(f.until) FROM unit_former f WHERE f.tenant_id = ${tenant} AND f.unit_id = u.id)) AS from, 0 AS rank, u.sort
      FROM unit u WHERE u.tenant_id = ${tenant} AND u.parent_id = ANY(${[...units]}::uuid[]) AND u.id <> ALL(${[...units]}::uuid[])
        AND (u.until IS NULL OR u.until > ${day}::date)
      UNION ALL
      SELECT 'post', p.id, p.unit_id, p.name, coalesce((SELECT string_agg(n.name, '、' ORDER BY a.since, a.id) FROM appointment a
        JOIN person n ON n.tenant_id = ${tenant} AND n.id = a.person_id
        WHERE a.tenant_id = ${tenant} AND a.post_id = p.id AND a.voided_at IS NULL AND (a.until IS NULL OR a.until > ${day}::date)), ''), p.since, p.until, greatest(p.since,
        (SELECT max(f.until) FROM post_former f WHERE f.tenant_id = ${tenant} AND f.post_id = p.id)), 1, p.sort
      FROM post p WHERE p.tenant_id = ${tenant} AND p.unit_id = ANY(${[...units]}::uuid[]) AND (p.until IS NULL OR p.until > ${day}::date)
      UNION ALL
      SELECT 'charge', c.id, c.unit_id, '', n.name, c.since, c.until, c.since, 2, 0
      FROM charge c JOIN person n ON n.tenant_id = ${tenant} AND n.id = c.person_id
      WHERE c.tenant_id = ${tenant} AND c.unit_id = ANY(${[...units]}::uuid[]) AND c.voided_at IS NULL AND (c.until IS NULL OR c.until > ${day}::date)
      UNION ALL
      SELECT 'member', t.id, t.unit_id, '', n.name, t.since, t.until, t.since, 3, 0
      FROM person_fact t JOIN person n ON n.tenant_id = ${tenant} AND n.id = t.person_id
      WHERE t.tenant_id = ${tenant} AND t.unit_id = ANY(${[...units]}::uuid[]) AND t.voided_at IS NULL AND (t.until IS NULL OR t.until > ${day}::date)
    ) h ORDER BY h.rank, h.sort, h.who, h.id`.execute(db)
  return rows.map(({ what, id, unit_id, name, who, since, until, from }) => ({ what, id, unit_id, name, who, since, until, from }))
}

/** The last day on which something of a unit changed that a change from an earlier day would contradict; null when nothing ever did. */
export async function lastTouched(db: Db, tenant: Id, unit: Id): Promise<string | null> {
  const { rows } = await sql<{ day: string | null }>`SELECT max(t.day) AS day FROM (
      SELECT f.until AS day FROM unit_former f WHERE f.tenant_id = ${tenant} AND (f.unit_id = ${unit} OR f.parent_id = ${unit})
      UNION ALL SELECT f.until FROM post_former f WHERE f.tenant_id = ${tenant} AND f.unit_id = ${unit}
      UNION ALL SELECT s.since FROM unit_successor s WHERE s.tenant_id = ${tenant} AND (s.unit_id = ${unit} OR s.successor_id = ${unit})) t`.execute(
    db,
  )
  return rows[0]?.day ?? null
}

/** The appointments to a post that reach past a day, held until the transaction ends. */
export async function reachingIn(tx: Tx, tenant: Id, post: Id, day: string): Promise<Pick<AppointmentRow, 'id' | 'since' | 'until'>[]> {
  const { rows } = await sql<Pick<AppointmentRow, 'id' | 'since' | 'until'>>`SELECT a.id, a.since, a.until FROM appointment a
    WHERE a.tenant_id = ${tenant} AND a.post_id = ${post} AND a.voided_at IS NULL AND (a.until IS NULL OR a.until > ${day}::date)
    ORDER BY a.id FOR NO KEY UPDATE`.execute(tx)
  return rows
}

/** Keeps which unit a post belonged to and what it was called until a day. */
export const keepFormerPost = (tx: Tx, tenant: Id, post: PostRow, until: string, recordedAt: Date) =>
  tx
    .insertInto('post_former')
    .values({ tenant_id: tenant, post_id: post.id, until, name: post.name, unit_id: post.unit_id, recorded_at: recordedAt })
    .execute()

export const dropFormer = (tx: Tx, tenant: Id, unit: Id, until: string) =>
  tx.deleteFrom('unit_former').where('tenant_id', '=', tenant).where('unit_id', '=', unit).where('until', '=', until).execute()

export const dropFormerPost = (tx: Tx, tenant: Id, post: Id, until: string) =>
  tx.deleteFrom('post_former').where('tenant_id', '=', tenant).where('post_id', '=', post).where('until', '=', until).execute()

/** Takes away a unit that nothing refers to any more; what does is a foreign key's refusal (23503). */
export const eraseUnit = (tx: Tx, tenant: Id, unit: UnitRow['id']) =>
  tx.deleteFrom('unit').where('tenant_id', '=', tenant).where('id', '=', unit).execute()

export const eraseCharge = (tx: Tx, tenant: Id, id: Id) =>
  tx.deleteFrom('charge').where('tenant_id', '=', tenant).where('id', '=', id).execute()

export const eraseFact = (tx: Tx, tenant: Id, id: Id) =>
  tx.deleteFrom('person_fact').where('tenant_id', '=', tenant).where('id', '=', id).execute()
