import { sql } from 'kysely'
import type { Db } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { AppointmentKind } from '../rules.ts'
import { inOrderOfWork } from './answer.ts'
import { holds } from './office.ts'

type Leaving = { id: Id; unit_id: Id; unit: string; since: string; until: string | null; gone: boolean }
export type LeavingPost = Leaving & { post_id: Id; post: string; kind: AppointmentKind; exclusive: boolean }

/** The posts that somebody held before a day and would hold on it, or left on that very day; first the one they work in. `gone`: post or unit ends by then. */
export async function postsLeaving(db: Db, tenant: Id, person: Id, day: string): Promise<LeavingPost[]> {
  const { rows } =
    await sql<LeavingPost>`SELECT a.id, p.id AS post_id, p.name AS post, u.id AS unit_id, u.name AS unit, a.kind, a.since, a.until, p.exclusive,
      (u.until IS NOT NULL AND u.until <= ${day}::date) OR (p.until IS NOT NULL AND p.until <= ${day}::date) AS gone
    FROM appointment a JOIN post p ON p.tenant_id = ${tenant} AND p.id = a.post_id JOIN unit u ON u.tenant_id = ${tenant} AND u.id = p.unit_id
    WHERE a.tenant_id = ${tenant} AND a.person_id = ${person} AND a.voided_at IS NULL AND a.since < ${day}::date
      AND (a.until IS NULL OR a.until >= ${day}::date) ORDER BY ${inOrderOfWork}, a.since, a.id`.execute(db)
  return rows
}

/** The same of what somebody is in charge of. */
export async function chargesLeaving(db: Db, tenant: Id, person: Id, day: string): Promise<Leaving[]> {
  const { rows } =
    await sql<Leaving>`SELECT c.id, u.id AS unit_id, u.name AS unit, c.since, c.until, u.until IS NOT NULL AND u.until <= ${day}::date AS gone
    FROM charge c JOIN unit u ON u.tenant_id = ${tenant} AND u.id = c.unit_id
    WHERE c.tenant_id = ${tenant} AND c.person_id = ${person} AND c.voided_at IS NULL AND c.since < ${day}::date
      AND (c.until IS NULL OR c.until >= ${day}::date) ORDER BY u.sort, c.id`.execute(db)
  return rows
}

type Heir = { of: Id; id: Id; name: string; rank: number }

/**
 * Who may take over posts on a day, the likeliest first, a few for each: whoever is in the post already (rank 0), the deputies of its unit, its heads, its
 * other people. A unit that has gone by then is asked through those that carry on what it had.
 */
export async function heirsOf(db: Db, tenant: Id, posts: readonly Id[], except: Id, day: string): Promise<Heir[]> {
  if (posts.length === 0) return []
  const { rows } = await sql<Heir>`WITH wanted AS (
      SELECT p.id AS of, coalesce(s.successor_id, p.unit_id) AS unit_id FROM post p JOIN unit u ON u.tenant_id = ${tenant} AND u.id = p.unit_id
      LEFT JOIN unit_successor s ON s.tenant_id = ${tenant} AND s.unit_id = p.unit_id AND s.since <= ${day}::date AND u.until <= ${day}::date
      WHERE p.tenant_id = ${tenant} AND p.id = ANY(${[...posts]}::uuid[])
    ), near AS (
      SELECT w.of, a.person_id, min(CASE WHEN o.id = w.of THEN 0 WHEN 'deputy' = ANY(o.roles) THEN 1
          WHEN o.roles && ARRAY['head', 'party_secretary', 'branch_secretary', 'group_head'] THEN 2 ELSE 3 END) AS rank, min(o.sort) AS sort
      FROM wanted w JOIN post o ON o.tenant_id = ${tenant} AND (o.id = w.of OR o.unit_id = w.unit_id)
      JOIN appointment a ON a.tenant_id = ${tenant} AND a.post_id = o.id AND a.voided_at IS NULL AND ${holds('a', day, 'on')}
      WHERE o.tenant_id = ${tenant} AND a.person_id <> ${except} GROUP BY w.of, a.person_id
    ), ranked AS (SELECT n.*, row_number() OVER (PARTITION BY n.of ORDER BY n.rank, n.sort, n.person_id) AS place FROM near n)
    SELECT r.of, r.person_id AS id, p.name, r.rank FROM ranked r JOIN person p ON p.tenant_id = ${tenant} AND p.id = r.person_id
    WHERE r.place <= 6 ORDER BY r.of, r.place`.execute(db)
  return rows
}

/** Who may take over charges: whoever is in charge of the unit from the day on (rank 0), then the others in charge of something. */
export async function chargeHeirs(db: Db, tenant: Id, units: readonly Id[], except: Id, day: string): Promise<Heir[]> {
  if (units.length === 0) return []
  const { rows } = await sql<Heir>`SELECT w.of, c.person_id AS id, p.name, min(CASE WHEN c.unit_id = w.of THEN 0 ELSE 1 END) AS rank
    FROM unnest(${[...units]}::uuid[]) AS w(of) JOIN charge c ON c.tenant_id = ${tenant} AND c.voided_at IS NULL AND ${holds('c', day, 'on')}
    JOIN person p ON p.tenant_id = ${tenant} AND p.id = c.person_id
    WHERE c.tenant_id = ${tenant} AND c.person_id <> ${except} GROUP BY w.of, c.person_id, p.name ORDER BY w.of, rank, p.name, c.person_id`.execute(
    db,
  )
  return rows
}

/** Of these persons, those who ever held a post, each with whether they hold one on the day. */
export async function everHeld(db: Db, tenant: Id, persons: readonly Id[], day: string): Promise<Map<Id, boolean>> {
  if (persons.length === 0) return new Map()
  const { rows } = await sql<{ id: Id; there: boolean }>`SELECT a.person_id AS id, bool_or(${holds('a', day, 'on')}) AS there
    FROM appointment a WHERE a.tenant_id = ${tenant} AND a.person_id = ANY(${[...persons]}::uuid[]) AND a.voided_at IS NULL GROUP BY a.person_id`.execute(
    db,
  )
  return new Map(rows.map((row) => [row.id, row.there]))
}

/** The unit somebody worked in last, by the day; their next one where they never had any. */
export async function lastUnitOf(db: Db, tenant: Id, person: Id, day: string): Promise<Id | undefined> {
  const { rows } = await sql<{
    unit_id: Id
  }>`SELECT p.unit_id FROM appointment a JOIN post p ON p.tenant_id = ${tenant} AND p.id = a.post_id
    WHERE a.tenant_id = ${tenant} AND a.person_id = ${person} AND a.voided_at IS NULL
    ORDER BY a.since > ${day}::date, coalesce(a.until, 'infinity'::date) DESC, ${inOrderOfWork}, a.since DESC, a.id LIMIT 1`.execute(db)
  return rows[0]?.unit_id
}

/** Which of these units stand on a day. */
export async function unitsStanding(db: Db, tenant: Id, units: readonly Id[], day: string): Promise<Set<Id>> {
  const { rows } = await sql<{ id: Id }>`SELECT u.id FROM unit u WHERE u.tenant_id = ${tenant} AND u.id = ANY(${[...units]}::uuid[])
    AND ${holds('u', day, 'on')}`.execute(db)
  return new Set(rows.map((row) => row.id))
}
