import { sql } from 'kysely'
import type { Db, Tx } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { ChangeKind } from '../changes.ts'
import { holds } from './office.ts'

/** A unit in force on a day, as it was called then. */
export type UnitThen = { id: Id; name: string; since: string; until: string | null }

const called = (
  tenant: Id,
  day: string,
) => sql`coalesce((SELECT f.name FROM unit_former f WHERE f.tenant_id = ${tenant} AND f.unit_id = u.id
      AND f.until > ${day}::date ORDER BY f.until LIMIT 1), u.name)`

/**
 * The units in force on `day` that carry on what a unit had: itself while it stands, whatever was split off it, and whoever took over after it was merged,
 * split or abolished, followed through further changes in the order of their days. `from` counts only changes after that day (what the unit had on `from`).
 * Empty where nobody carries it on.
 */
export async function successorsOn(db: Db, tenant: Id, unit: Id, day: string, from: string | null = null): Promise<UnitThen[]> {
  const { rows } = await sql<UnitThen>`WITH RECURSIVE line AS (
      SELECT u.id, ${from}::date + 1 AS since FROM unit u WHERE u.tenant_id = ${tenant} AND u.id = ${unit}
      UNION
      SELECT s.successor_id, s.since FROM line JOIN unit_successor s ON s.unit_id = line.id AND (line.since IS NULL OR s.since >= line.since)
      WHERE s.tenant_id = ${tenant} AND s.since <= ${day}::date
    )
    SELECT DISTINCT u.id, ${called(tenant, day)} AS name, u.since, u.until, u.sort FROM line JOIN unit u ON u.id = line.id
    WHERE u.tenant_id = ${tenant} AND ${holds('u', day, 'on')} ORDER BY u.sort, u.id`.execute(db)
  return rows.map(({ id, name, since, until }) => ({ id, name, since, until }))
}

/**
 * The units in force on `day` from which a unit has what it has: itself where it stood already, and whatever was merged into it, split to make it or left to
 * it when abolished, followed back through the changes after `day`.
 */
export async function formerOf(db: Db, tenant: Id, unit: Id, day: string): Promise<UnitThen[]> {
  const { rows } = await sql<UnitThen>`WITH RECURSIVE line AS (
      SELECT u.id, NULL::date AS since FROM unit u WHERE u.tenant_id = ${tenant} AND u.id = ${unit}
      UNION
      SELECT s.unit_id, s.since FROM line JOIN unit_successor s ON s.successor_id = line.id AND (line.since IS NULL OR s.since <= line.since)
      WHERE s.tenant_id = ${tenant} AND s.since > ${day}::date
    )
    SELECT DISTINCT u.id, ${called(tenant, day)} AS name, u.since, u.until, u.sort FROM line JOIN unit u ON u.id = line.id
    WHERE u.tenant_id = ${tenant} AND ${holds('u', day, 'on')} ORDER BY u.sort, u.id`.execute(db)
  return rows.map(({ id, name, since, until }) => ({ id, name, since, until }))
}

type Ref = { id: Id; name: string }
export type ChangeRow = {
  id: Id
  kind: ChangeKind
  since: string
  ground: string | null
  recorded_at: Date
  by: string | null
  undone_at: Date | null
  units: Ref[]
  successors: Ref[]
}

/** Changes of units, newest first: of one unit (as what changed or as what carries on) or all; with `by`, only those from that day or before. */
export async function changesOf(
  db: Db,
  tenant: Id,
  ask: { unit: Id | null; id?: Id; by: string | null; after: readonly [since: string, id: Id] | null; limit: number },
): Promise<ChangeRow[]> {
  const { rows } = await sql<ChangeRow>`SELECT c.id, c.kind, c.since, c.ground, c.recorded_at, n.name AS by, c.undone_at,
      coalesce((SELECT jsonb_agg(jsonb_build_object('id', u.id, 'name', coalesce((SELECT f.name FROM unit_former f WHERE f.tenant_id = ${tenant} AND f.unit_id = u.id
        AND f.until >= c.since ORDER BY f.until LIMIT 1), u.name)) ORDER BY u.sort, u.id) FROM unit u WHERE u.tenant_id = ${tenant} AND u.id = ANY(c.units)), '[]') AS units,
      coalesce((SELECT jsonb_agg(DISTINCT jsonb_build_object('id', u.id, 'name', coalesce((SELECT f.name FROM unit_former f WHERE f.tenant_id = ${tenant}
        AND f.unit_id = u.id AND f.until > c.since ORDER BY f.until LIMIT 1), u.name))) FROM unit_successor s JOIN unit u ON u.tenant_id = ${tenant}
        AND u.id = s.successor_id WHERE s.tenant_id = ${tenant} AND s.change_id = c.id), '[]') AS successors
    FROM unit_change c LEFT JOIN person n ON n.tenant_id = ${tenant} AND n.id = c.recorded_by
    WHERE c.tenant_id = ${tenant} AND (${ask.id ?? null}::uuid IS NULL OR c.id = ${ask.id ?? null}::uuid)
      AND (${ask.unit}::uuid IS NULL OR ${ask.unit}::uuid = ANY(c.units) OR EXISTS (SELECT 1 FROM unit_successor s WHERE s.tenant_id = ${tenant}
        AND s.change_id = c.id AND s.successor_id = ${ask.unit}::uuid))
      AND (${ask.by}::date IS NULL OR c.since <= ${ask.by}::date)
      AND (${ask.after?.[0] ?? null}::date IS NULL OR (c.since, c.id) < (${ask.after?.[0] ?? null}::date, ${ask.after?.[1] ?? null}::uuid))
    ORDER BY c.since DESC, c.id DESC LIMIT ${ask.limit}`.execute(db)
  return rows
}

/** What a unit was called and below what, each until a day, oldest first; the present name is not among them. */
export async function formerNames(db: Db, tenant: Id, unit: Id): Promise<{ name: string; parent: string | null; until: string }[]> {
  const { rows } = await sql<{ name: string; parent: string | null; until: string }>`SELECT f.name, p.name AS parent, f.until
    FROM unit_former f LEFT JOIN unit p ON p.tenant_id = ${tenant} AND p.id = f.parent_id
    WHERE f.tenant_id = ${tenant} AND f.unit_id = ${unit} ORDER BY f.until`.execute(db)
  return rows
}

/** A change with all that was done with it, held until the transaction ends. */
export async function changeHeld<Done>(tx: Tx, tenant: Id, id: Id) {
  const row = await tx
    .selectFrom('unit_change')
    .select(['id', 'kind', 'since', 'units', 'done', 'undone_at'])
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .$castTo<{ id: Id; kind: ChangeKind; since: string; units: Id[]; done: Done; undone_at: Date | null }>()
    .executeTakeFirst()
  return row
}

/** The change by which a unit ended, if it was one and was not taken back. */
export async function endedBy(db: Db, tenant: Id, unit: Id): Promise<{ id: Id; kind: ChangeKind; since: string } | undefined> {
  const { rows } = await sql<{ id: Id; kind: ChangeKind; since: string }>`SELECT c.id, c.kind, c.since FROM unit_change c
    JOIN unit u ON u.tenant_id = ${tenant} AND u.id = ${unit} AND u.until = c.since
    WHERE c.tenant_id = ${tenant} AND c.undone_at IS NULL AND ${unit}::uuid = ANY(c.units) LIMIT 1`.execute(db)
  return rows[0]
}

type NewChange = {
  id: Id
  kind: ChangeKind
  since: string
  ground: string | null
  units: readonly Id[]
  done: object
  by: Id | null
  now: Date
}

export async function insertChange(tx: Tx, tenant: Id, change: NewChange, pairs: readonly { unit: Id; successor: Id }[]): Promise<void> {
  await sql`INSERT INTO unit_change (tenant_id, id, kind, since, units, ground, done, recorded_by, recorded_at)
    VALUES (${tenant}, ${change.id}, ${change.kind}, ${change.since}, ${[...change.units]}::uuid[], ${change.ground}, ${JSON.stringify(change.done)}::text::jsonb,
      ${change.by}, ${change.now})`.execute(tx)
  if (pairs.length === 0) return
  await tx
    .insertInto('unit_successor')
    .values(
      pairs.map((one) => ({
        tenant_id: tenant,
        unit_id: one.unit,
        successor_id: one.successor,
        since: change.since,
        change_id: change.id,
      })),
    )
    .execute()
}

/** A change that never was: its successors go, the change stays and says when it was taken back. */
export async function eraseChange(tx: Tx, tenant: Id, id: Id, now: Date): Promise<void> {
  await tx.deleteFrom('unit_successor').where('tenant_id', '=', tenant).where('change_id', '=', id).execute()
  await tx.updateTable('unit_change').set({ undone_at: now }).where('tenant_id', '=', tenant).where('id', '=', id).execute()
}
