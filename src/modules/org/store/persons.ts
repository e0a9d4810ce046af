import { sql } from 'kysely'
import type { Db } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { AppointmentKind } from '../rules.ts'

export type HeldPost = { person_id: Id; post_id: Id; post: string; unit_id: Id; unit: string; kind: AppointmentKind }

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

/** The posts that persons hold on a day, with the units as they were called then. */
export async function postsHeld(db: Db, tenant: Id, persons: readonly Id[], day: string): Promise<HeldPost[]> {
  if (persons.length === 0) return []
  const { rows } = await sql<HeldPost>`SELECT a.person_id, a.post_id, p.name AS post, p.unit_id, coalesce((SELECT w.name FROM unit_former w
      WHERE w.tenant_id = ${tenant} AND w.unit_id = u.id AND w.until > ${day}::date ORDER BY w.until LIMIT 1), u.name) AS unit, a.kind
    FROM appointment a JOIN post p ON p.tenant_id = ${tenant} AND p.id = a.post_id JOIN unit u ON u.tenant_id = ${tenant} AND u.id = p.unit_id
    WHERE a.tenant_id = ${tenant} AND a.person_id = ANY(${[...persons]}::uuid[]) AND a.voided_at IS NULL
      AND a.since <= ${day}::date AND (a.until IS NULL OR a.until > ${day}::date) ORDER BY a.kind <> 'regular', a.since, a.id`.execute(db)
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
export type HistoryRow = Kept & { post_id: Id; post: string; kind: AppointmentKind }

/** Everything recorded of a person, newest first; with `by`, only what had begun by that day. Units are named as they are called now. */
export async function appointmentsOf(db: Db, tenant: Id, person: Id, by: string | null): Promise<HistoryRow[]> {
  const { rows } =
    await sql<HistoryRow>`SELECT a.id, a.since, a.until, a.recorded_at, a.until_recorded_at, a.voided_at, a.kind, a.post_id, p.name AS post,
      p.unit_id, u.name AS unit
    FROM appointment a JOIN post p ON p.tenant_id = ${tenant} AND p.id = a.post_id JOIN unit u ON u.tenant_id = ${tenant} AND u.id = p.unit_id
    WHERE a.tenant_id = ${tenant} AND a.person_id = ${person} AND (${by}::date IS NULL OR a.since <= ${by}::date)
    ORDER BY a.since DESC, a.id DESC`.execute(db)
  return rows
}

export async function chargesOf(db: Db, tenant: Id, person: Id, by: string | null): Promise<Kept[]> {
  const { rows } = await sql<Kept>`SELECT c.id, c.since, c.until, c.recorded_at, c.until_recorded_at, c.voided_at, c.unit_id, u.name AS unit
    FROM charge c JOIN unit u ON u.tenant_id = ${tenant} AND u.id = c.unit_id
    WHERE c.tenant_id = ${tenant} AND c.person_id = ${person} AND (${by}::date IS NULL OR c.since <= ${by}::date)
    ORDER BY c.since DESC, c.id DESC`.execute(db)
  return rows
}
