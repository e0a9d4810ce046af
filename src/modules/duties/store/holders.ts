import { sql } from 'kysely'
import type { Db, Tx } from '#kernel/db.ts'
import { type Id, newId } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import type { HolderGiven } from '../rules.ts'
import { holding } from './said.ts'

export type HolderRow = {
  id: Id
  duty_id: Id
  unit_id: Id
  unit: string
  post_id: Id | null
  post: string | null
  person_id: Id | null
  person: string | null
  since: string
  until: string | null
}

/** A holder of a duty before anybody was asked who is in its post. `person_id` is who was named, in place of a post. */
export type SeatRow = HolderRow

/** The holders of duties recorded by `knownAt` and not released by the day: one row each, in the order of units and posts. */
export async function seatsOn(db: Db, tenant: Id, duties: readonly Id[], day: string, knownAt: Date): Promise<SeatRow[]> {
  if (duties.length === 0) return []
  const rows =
    await sql<SeatRow>`SELECT h.id, h.duty_id, h.unit_id, u.name AS unit, h.post_id, o.name AS post, h.person_id, p.name AS person, h.since,
      CASE WHEN h.until_recorded_at > ${knownAt} THEN NULL ELSE h.until END AS until
    FROM duty_holder h JOIN unit u ON u.tenant_id = ${tenant} AND u.id = h.unit_id
    LEFT JOIN post o ON o.tenant_id = ${tenant} AND o.id = h.post_id
    LEFT JOIN person p ON p.tenant_id = ${tenant} AND p.id = h.person_id
    WHERE h.tenant_id = ${tenant} AND h.duty_id = ANY(${duties}::uuid[]) AND ${holding({ day, knownAt })}
    ORDER BY h.duty_id, u.sort, o.sort, h.id`.execute(db)
  return rows.rows
}

export async function personNames(db: Db, tenant: Id, persons: readonly Id[]): Promise<Map<Id, string>> {
  if (persons.length === 0) return new Map()
  const rows = await sql<{
    id: Id
    name: string
  }>`SELECT p.id, p.name FROM person p WHERE p.tenant_id = ${tenant} AND p.id = ANY(${persons}::uuid[])`.execute(db)
  return new Map(rows.rows.map((row) => [row.id, row.name]))
}

export async function insertHolders(tx: Tx, ctx: Ctx, duty: Id, since: string, holders: readonly HolderGiven[]): Promise<void> {
  const rows = holders.map((holder) => ({
    tenant_id: ctx.tenant.id,
    id: newId(),
    duty_id: duty,
    unit_id: holder.unit,
    post_id: holder.post,
    person_id: holder.person,
    since,
    recorded_at: ctx.now,
  }))
  await tx.insertInto('duty_holder').values(rows).execute()
}

/** What of the named units, posts and persons exists in this office, to refuse with a place instead of a broken reference. */
export async function existing(db: Db, tenant: Id, holders: readonly HolderGiven[]) {
  const ids = (key: 'unit' | 'post' | 'person') => holders.map((holder) => holder[key]).filter((id) => id !== null)
  const units = await sql<{ id: Id }>`SELECT id FROM unit WHERE tenant_id = ${tenant} AND id = ANY(${ids('unit')}::uuid[])`.execute(db)
  const posts = await sql<{
    id: Id
    unit_id: Id
  }>`SELECT id, unit_id FROM post WHERE tenant_id = ${tenant} AND id = ANY(${ids('post')}::uuid[])`.execute(db)
  const persons = await sql<{ id: Id }>`SELECT id FROM person WHERE tenant_id = ${tenant} AND id = ANY(${ids('person')}::uuid[])`.execute(
    db,
  )
  return {
    units: new Set(units.rows.map((row) => row.id)),
    posts: new Map(posts.rows.map((row) => [row.id, row.unit_id])),
    persons: new Set(persons.rows.map((row) => row.id)),
  }
}

export type HolderRange = HolderGiven & { id: Id; duty: Id; since: string; until: string | null }

/** The holders of duties with the days they hold them, released ones too. */
export async function holderRanges(db: Db, tenant: Id, duties: readonly Id[]): Promise<HolderRange[]> {
  const rows =
    await sql<HolderRange>`SELECT h.id, h.duty_id AS duty, h.unit_id AS unit, h.post_id AS post, h.person_id AS person, h.since, h.until
    FROM duty_holder h WHERE h.tenant_id = ${tenant} AND h.duty_id = ANY(${duties}::uuid[]) ORDER BY h.duty_id, h.id`.execute(db)
  return rows.rows
}

/** Ends a holder's time; false when somebody else did meanwhile. */
export async function releaseHolder(tx: Tx, ctx: Ctx, holder: Id, until: string): Promise<boolean> {
  const rows = await sql`UPDATE duty_holder SET until = ${until}, until_recorded_at = ${ctx.now}
    WHERE tenant_id = ${ctx.tenant.id} AND id = ${holder} AND until IS NULL RETURNING id`.execute(tx)
  return rows.rows.length === 1
}

/** For each of these units, itself and the units above it as the tree stands now. */
export async function unitsAbove(db: Db, tenant: Id, units: readonly Id[]): Promise<Map<Id, Set<Id>>> {
  const rows = await sql<{ unit: Id; above: Id }>`WITH RECURSIVE up AS (
      SELECT u.id AS unit, u.id AS above, u.parent_id, 0 AS height FROM unit u WHERE u.tenant_id = ${tenant} AND u.id = ANY(${units}::uuid[])
      UNION ALL
      SELECT up.unit, u.id, u.parent_id, up.height + 1 FROM up JOIN unit u ON u.tenant_id = ${tenant} AND u.id = up.parent_id
      WHERE u.tenant_id = ${tenant} AND up.height < 40
    ) SELECT unit, above FROM up`.execute(db)
  const all = new Map<Id, Set<Id>>()
  for (const { unit, above } of rows.rows) all.set(unit, (all.get(unit) ?? new Set<Id>()).add(above))
  return all
}
