import { sql } from 'kysely'
import type { Db } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'

export async function personNamed(db: Db, tenant: Id, id: Id): Promise<{ id: Id; name: string; recorded_at: Date } | undefined> {
  return db
    .selectFrom('person')
    .select(['id', 'name', 'recorded_at'])
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .executeTakeFirst()
}

export async function namesOf(db: Db, tenant: Id, persons: readonly Id[]): Promise<Map<Id, string>> {
  if (persons.length === 0) return new Map()
  const { rows } = await sql<{ id: Id; name: string }>`SELECT p.id, p.name FROM person p
    WHERE p.tenant_id = ${tenant} AND p.id = ANY(${[...persons]}::uuid[])`.execute(db)
  return new Map(rows.map((row) => [row.id, row.name]))
}

export type FindingRow = { id: Id; title: string; directive: Id; start: number; end: number; recorded_at: Date; by: string }

/** Findings with the place of the sentence that names each, as recorded by the day one looks at. */
export async function findingsBy(db: Db, ctx: Ctx, ids: readonly Id[]): Promise<FindingRow[]> {
  if (ids.length === 0) return []
  const { rows } =
    await sql<FindingRow>`SELECT f.id, f.title, f.directive_id AS directive, p.start_at AS start, p.end_at AS "end", f.recorded_at, n.name AS by
    FROM finding f JOIN proposal p ON p.tenant_id = ${ctx.tenant.id} AND p.id = f.proposal_id JOIN person n ON n.tenant_id = ${ctx.tenant.id} AND n.id = f.recorded_by
    WHERE f.tenant_id = ${ctx.tenant.id} AND f.id = ANY(${[...ids]}::uuid[]) AND f.recorded_at <= ${ctx.knownAt} ORDER BY f.id`.execute(db)
  return rows
}

export type CauseRow = { because: string; id: Id; title: string; ground: string | null; opens: string; recorded_at: Date; within: boolean }

/**
 * What made obligations under an id, in the words of the first of them, whenever it was recorded; undefined where nothing is owed because of it. `within`: one of
 * them is in the reach given.
 */
export async function causeBy(db: Db, ctx: Ctx, id: Id): Promise<CauseRow | undefined> {
  const reach = ctx.reach('trace.read')
  const { rows } = await sql<CauseRow>`SELECT o.because, o.because_id AS id, o.title, o.ground, o.opens, o.recorded_at,
      bool_or(${reach.all} OR o.holder_id = ${reach.person} OR o.unit_id = ANY(${reach.units}::uuid[])) OVER () AS within
    FROM obligation o WHERE o.tenant_id = ${ctx.tenant.id} AND o.because_id = ${id} ORDER BY o.recorded_at, o.id LIMIT 1`.execute(db)
  return rows[0]
}

/** The findings a sentence or a paper named. */
export async function findingsOf(db: Db, ctx: Ctx, directive: Id, start: number | null): Promise<Id[]> {
  const at = start === null ? sql`true` : sql`p.start_at <= ${start} AND p.end_at > ${start}`
  const { rows } = await sql<{
    id: Id
  }>`SELECT f.id FROM finding f JOIN proposal p ON p.tenant_id = ${ctx.tenant.id} AND p.id = f.proposal_id
    WHERE f.tenant_id = ${ctx.tenant.id} AND f.directive_id = ${directive} AND f.recorded_at <= ${ctx.knownAt} AND ${at} ORDER BY p.start_at, f.id LIMIT 200`.execute(
    db,
  )
  return rows.map((row) => row.id)
}

/** The stretch that was proposed around a place of a directive: the sentence one means by it. */
export async function spanOf(db: Db, tenant: Id, directive: Id, at: number): Promise<{ start: number; end: number } | null> {
  const { rows } = await sql<{ start: number; end: number }>`SELECT p.start_at AS start, p.end_at AS "end" FROM proposal p
    WHERE p.tenant_id = ${tenant} AND p.directive_id = ${directive} AND p.start_at <= ${at} AND p.end_at > ${at} ORDER BY p.end_at - p.start_at, p.id LIMIT 1`.execute(
    db,
  )
  return rows[0] ?? null
}
