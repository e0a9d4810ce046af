import { sql } from 'kysely'
import type { Db } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Level } from '../grades.ts'
import type { AppointmentKind, FactKind } from '../rules.ts'
import { inOrderOfWork } from './answer.ts'
import { formerPost, holds, postNameThen, postUnitThen } from './office.ts'

export type HeldPost = { person_id: Id; post_id: Id; post: string; unit_id: Id; unit: string; kind: AppointmentKind; level: Level | null }

/**
 * Persons by name and id after a place, at most `limit`; `q` is part of a name. With `by`, only those who had been appointed or put in charge
 * by that day: whoever came later was not of the office then.
 */
export async function personsPage(
  db: Db,
  tenant: Id,
  ask: { q?: string | undefined; by: string | null; after: readonly [name: string, id: Id] | null; limit: number },
): Promise<{ id: Id; name: string }[]> {
  const part = ask.q === undefined ? null : `%${ask.q.trim().replace(/[\\%_]/g, '\\$&')}%`
  const { rows } = await sql<{ id: Id; name: string }>`SELECT p.id, p.name FROM person p WHERE p.tenant_id = ${tenant}
    AND (${part}::text IS NULL OR p.name LIKE ${part})
    AND (${ask.by}::date IS NULL
      OR EXISTS (SELECT 1 FROM appointment a WHERE a.tenant_id = ${tenant} AND a.person_id = p.id AND a.voided_at IS NULL AND a.since <= ${ask.by}::date)
      OR EXISTS (SELECT 1 FROM charge c WHERE c.tenant_id = ${tenant} AND c.person_id = p.id AND c.voided_at IS NULL AND c.since <= ${ask.by}::date))
    AND (${ask.after?.[0] ?? null}::text IS NULL OR (p.name, p.id) > (${ask.after?.[0] ?? null}, ${ask.after?.[1] ?? null}::uuid))
    ORDER BY p.name, p.id LIMIT ${ask.limit}`.execute(db)
  return rows
}

/** What a unit is called on a day, whose id is that of `unit`. */
const unitNameThen = (tenant: Id, day: string) => sql`coalesce((SELECT w.name FROM unit_former w
      WHERE w.tenant_id = ${tenant} AND w.unit_id = u.id AND w.until > ${day}::date ORDER BY w.until LIMIT 1), u.name)`

/**
 * The posts that persons hold on a day, with the units as they were called then: first the one they work in (`workPost`). The level is the
 * appointment's, else the post's.
 */
export async function postsHeld(db: Db, tenant: Id, persons: readonly Id[], day: string): Promise<HeldPost[]> {
  if (persons.length === 0) return []
  const { rows } =
    await sql<HeldPost>`SELECT a.person_id, a.post_id, ${postNameThen} AS post, u.id AS unit_id, ${unitNameThen(tenant, day)} AS unit, a.kind,
      coalesce(a.level, p.level) AS level
    FROM appointment a JOIN post p ON p.tenant_id = ${tenant} AND p.id = a.post_id ${formerPost(tenant, day)}
    JOIN unit u ON u.tenant_id = ${tenant} AND u.id = ${postUnitThen}
    WHERE a.tenant_id = ${tenant} AND a.person_id = ANY(${[...persons]}::uuid[]) AND a.voided_at IS NULL AND ${holds('a', day, 'on')}
    ORDER BY ${inOrderOfWork}, a.since, a.id`.execute(db)
  return rows
}

type Kept = {
  id: Id
  since: string
  until: string | null
  recorded_at: Date
  until_recorded_at: Date | null
  voided_at: Date | null
  unit_id: Id
  unit: string
}
export type HistoryRow = Kept & {
  post_id: Id
  post: string
  kind: AppointmentKind
  level: Level | null
  from_unit_id: Id | null
  from_unit: string | null
  from_office: string | null
}

/**
 * Everything recorded of a person, newest first; with `by`, only what had begun by that day. Posts and units are named as they were called at the end of
 * each: what somebody held is not renamed afterwards.
 */
export async function appointmentsOf(db: Db, tenant: Id, person: Id, by: string | null): Promise<HistoryRow[]> {
  const { rows } =
    await sql<HistoryRow>`SELECT a.id, a.since, a.until, a.recorded_at, a.until_recorded_at, a.voided_at, a.kind, a.post_id, coalesce(q.name, p.name) AS post,
      coalesce(a.level, p.level) AS level, a.from_unit_id, f.name AS from_unit, a.from_office, u.id AS unit_id, coalesce(v.name, u.name) AS unit
    FROM appointment a JOIN post p ON p.tenant_id = ${tenant} AND p.id = a.post_id
    LEFT JOIN LATERAL (SELECT w.name, w.unit_id FROM post_former w WHERE w.tenant_id = ${tenant} AND w.post_id = p.id AND w.until >= a.until
      ORDER BY w.until LIMIT 1) q ON true
    JOIN unit u ON u.tenant_id = ${tenant} AND u.id = coalesce(q.unit_id, p.unit_id)
    LEFT JOIN LATERAL (SELECT w.name FROM unit_former w WHERE w.tenant_id = ${tenant} AND w.unit_id = u.id AND w.until >= a.until
      ORDER BY w.until LIMIT 1) v ON true
    LEFT JOIN unit f ON f.tenant_id = ${tenant} AND f.id = a.from_unit_id
    WHERE a.tenant_id = ${tenant} AND a.person_id = ${person} AND (${by}::date IS NULL OR a.since <= ${by}::date)
    ORDER BY a.since DESC, a.id DESC`.execute(db)
  return rows
}

export async function chargesOf(db: Db, tenant: Id, person: Id, by: string | null): Promise<Kept[]> {
  const { rows } =
    await sql<Kept>`SELECT c.id, c.since, c.until, c.recorded_at, c.until_recorded_at, c.voided_at, c.unit_id, coalesce(v.name, u.name) AS unit
    FROM charge c JOIN unit u ON u.tenant_id = ${tenant} AND u.id = c.unit_id
    LEFT JOIN LATERAL (SELECT w.name FROM unit_former w WHERE w.tenant_id = ${tenant} AND w.unit_id = u.id AND w.until >= c.until
      ORDER BY w.until LIMIT 1) v ON true
    WHERE c.tenant_id = ${tenant} AND c.person_id = ${person} AND (${by}::date IS NULL OR c.since <= ${by}::date)
    ORDER BY c.since DESC, c.id DESC`.execute(db)
  return rows
}

export type FactHistory = Omit<Kept, 'unit_id' | 'unit'> & { kind: FactKind; value: string | null; unit_id: Id | null; unit: string | null }

/** 职级, 人员身份, 党员身份 and 所在支部 of a person, all of them, newest first within each. */
export async function factsOf(db: Db, tenant: Id, person: Id, by: string | null): Promise<FactHistory[]> {
  const { rows } =
    await sql<FactHistory>`SELECT t.id, t.kind, t.value, t.unit_id, u.name AS unit, t.since, t.until, t.recorded_at, t.until_recorded_at,
      t.voided_at
    FROM person_fact t LEFT JOIN unit u ON u.tenant_id = ${tenant} AND u.id = t.unit_id
    WHERE t.tenant_id = ${tenant} AND t.person_id = ${person} AND (${by}::date IS NULL OR t.since <= ${by}::date)
    ORDER BY t.kind, t.since DESC, t.id DESC`.execute(db)
  return rows
}

/** The 职级 of each of these persons on a day, where one is kept. */
export async function gradesHeld(db: Db, tenant: Id, persons: readonly Id[], day: string): Promise<Map<Id, string>> {
  const { rows } = await sql<{ person_id: Id; value: string }>`SELECT t.person_id, t.value FROM person_fact t
    WHERE t.tenant_id = ${tenant} AND t.person_id = ANY(${[...persons]}::uuid[]) AND t.kind = 'grade' AND t.voided_at IS NULL
      AND ${holds('t', day, 'on')}`.execute(db)
  return new Map(rows.map((row) => [row.person_id, row.value]))
}

/** The months of birth of persons whose name somebody else has too, where they are known: to tell namesakes apart, nothing more. */
export async function bornOf(db: Db, tenant: Id, persons: readonly Id[]): Promise<Map<Id, string>> {
  if (persons.length === 0) return new Map()
  const { rows } = await sql<{
    id: Id
    born: string
  }>`SELECT p.id, p.born FROM person p WHERE p.tenant_id = ${tenant} AND p.id = ANY(${[...persons]}::uuid[])
    AND p.born IS NOT NULL AND EXISTS (SELECT 1 FROM person o WHERE o.tenant_id = ${tenant} AND o.name = p.name AND o.id <> p.id)`.execute(
    db,
  )
  return new Map(rows.map((row) => [row.id, row.born]))
}

export type BranchSize = { full: number; probationary: number; members: Id[] }
/** How many full and probationary members each branch has on a day, and who: whoever is in the branch and is a Party member on that day. */
export async function branchSizes(db: Db, tenant: Id, day: string): Promise<Map<Id, BranchSize>> {
  const { rows } = await sql<
    BranchSize & { unit_id: Id }
  >`SELECT b.unit_id, array_agg(b.person_id ORDER BY b.person_id) AS members, count(*) FILTER (WHERE m.value = 'full')::int AS full,
      count(*) FILTER (WHERE m.value = 'probationary')::int AS probationary
    FROM person_fact b JOIN person_fact m ON m.tenant_id = ${tenant} AND m.person_id = b.person_id AND m.kind = 'party' AND m.voided_at IS NULL
      AND ${holds('m', day, 'on')}
    WHERE b.tenant_id = ${tenant} AND b.kind = 'branch' AND b.voided_at IS NULL AND ${holds('b', day, 'on')} GROUP BY b.unit_id`.execute(db)
  return new Map(rows.map(({ unit_id, ...size }) => [unit_id, size]))
}

/** The number of full Party members (正式党员) of a branch on a day: below seven it has no committee (`branch.committee_from`). */
export async function branchSize(db: Db, tenant: Id, branchUnit: Id, day: string): Promise<number> {
  return (await branchSizes(db, tenant, day)).get(branchUnit)?.full ?? 0
}
