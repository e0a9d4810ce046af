import { sql } from 'kysely'
import type { Db, Tx } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { AppointmentKind, Blocker, FactKind, Range } from '../rules.ts'
import type { AppointmentRow, ChargeRow, FactRow, PersonRow, PostRow, UnitRow } from './office.ts'

const unitColumns = ['id', 'parent_id', 'name', 'aliases', 'line', 'kind', 'sort', 'since', 'until'] as const
const postColumns = ['id', 'unit_id', 'name', 'aliases', 'roles', 'exclusive', 'level', 'sort', 'since', 'until'] as const
const recorded = ['recorded_at', 'until_recorded_at', 'voided_at'] as const
const appointmentColumns = [
  'id',
  'person_id',
  'post_id',
  'kind',
  'level',
  'from_unit_id',
  'from_office',
  'since',
  'until',
  ...recorded,
] as const
const factColumns = ['id', 'person_id', 'kind', 'value', 'unit_id', 'since', 'until', ...recorded] as const
const chargeColumns = ['id', 'person_id', 'unit_id', 'since', 'until', ...recorded] as const

// The rows a writer relies on are held until its transaction ends: nobody ends a post while somebody is appointed to it. NO KEY UPDATE lets
// the foreign keys of others through. Always unit or post first, then the person.

export const unitHeld = (tx: Tx, tenant: Id, id: Id): Promise<UnitRow | undefined> =>
  tx
    .selectFrom('unit')
    .select(unitColumns)
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .$castTo<UnitRow>()
    .executeTakeFirst()

/** A unit read, not held. */
export const unitById = (db: Db, tenant: Id, id: Id): Promise<UnitRow | undefined> =>
  db.selectFrom('unit').select(unitColumns).where('tenant_id', '=', tenant).where('id', '=', id).$castTo<UnitRow>().executeTakeFirst()

export const postHeld = (tx: Tx, tenant: Id, id: Id): Promise<PostRow | undefined> =>
  tx
    .selectFrom('post')
    .select(postColumns)
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .$castTo<PostRow>()
    .executeTakeFirst()

export const personHeld = (tx: Tx, tenant: Id, id: Id): Promise<PersonRow | undefined> =>
  tx.selectFrom('person').select(['id', 'name']).where('tenant_id', '=', tenant).where('id', '=', id).forNoKeyUpdate().executeTakeFirst()

export const personById = (db: Db, tenant: Id, id: Id): Promise<(PersonRow & { born: string | null; recorded_at: Date }) | undefined> =>
  db
    .selectFrom('person')
    .select(['id', 'name', 'born', 'recorded_at'])
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .$castTo<PersonRow & { born: string | null; recorded_at: Date }>()
    .executeTakeFirst()

export const appointmentHeld = (tx: Tx, tenant: Id, id: Id): Promise<AppointmentRow | undefined> =>
  tx
    .selectFrom('appointment')
    .select(appointmentColumns)
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .$castTo<AppointmentRow>()
    .executeTakeFirst()

export const chargeHeld = (tx: Tx, tenant: Id, id: Id): Promise<ChargeRow | undefined> =>
  tx
    .selectFrom('charge')
    .select(chargeColumns)
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .$castTo<ChargeRow>()
    .executeTakeFirst()

export const factHeld = (tx: Tx, tenant: Id, id: Id): Promise<FactRow | undefined> =>
  tx
    .selectFrom('person_fact')
    .select(factColumns)
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .$castTo<FactRow>()
    .executeTakeFirst()

/** What a person is of a kind, oldest first, held until the transaction ends. */
export const factsHeld = (tx: Tx, tenant: Id, person: Id, kind: FactKind): Promise<FactRow[]> =>
  tx
    .selectFrom('person_fact')
    .select(factColumns)
    .where('tenant_id', '=', tenant)
    .where('person_id', '=', person)
    .where('kind', '=', kind)
    .where('voided_at', 'is', null)
    .orderBy('since')
    .forNoKeyUpdate()
    .$castTo<FactRow>()
    .execute()

/** Everybody who ever holds a post, with their names, oldest first. */
export async function holdersEver(
  db: Db,
  tenant: Id,
  post: Id,
): Promise<(Range & { id: Id; person_id: Id; person: string; kind: AppointmentKind })[]> {
  const { rows } = await sql<
    Range & { id: Id; person_id: Id; person: string; kind: AppointmentKind }
  >`SELECT a.id, a.person_id, n.name AS person, a.kind,
      a.since, a.until
    FROM appointment a JOIN person n ON n.tenant_id = ${tenant} AND n.id = a.person_id
    WHERE a.tenant_id = ${tenant} AND a.post_id = ${post} AND a.voided_at IS NULL ORDER BY a.since, a.id`.execute(db)
  return rows
}

/** One writer of an office's tree at a time: two moves that are sound each alone could close a circle together. */
export async function holdTree(tx: Tx, tenant: Id): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`unit tree ${tenant}`}, 0))`.execute(tx)
}

/** Every unit with its parent, as the tree stands. */
export const treeOf = (db: Db, tenant: Id): Promise<{ id: Id; parent_id: Id | null; name: string }[]> =>
  db
    .selectFrom('unit')
    .select(['id', 'parent_id', 'name'])
    .where('tenant_id', '=', tenant)
    .$castTo<{ id: Id; parent_id: Id | null; name: string }>()
    .execute()

/** What units are called now. */
export async function unitNames(db: Db, tenant: Id, units: readonly Id[]): Promise<Map<Id, string>> {
  if (units.length === 0) return new Map()
  const { rows } = await sql<{ id: Id; name: string }>`SELECT u.id, u.name FROM unit u WHERE u.tenant_id = ${tenant}
    AND u.id = ANY(${[...units]}::uuid[])`.execute(db)
  return new Map(rows.map((row) => [row.id, row.name]))
}

type Sibling = Range & { id: Id; name: string; sort: number }

/** The other units below a parent (null: at the top). */
export async function unitSiblings(db: Db, tenant: Id, parent: Id | null, except: Id | null): Promise<Sibling[]> {
  const { rows } = await sql<Sibling>`SELECT u.id, u.name, u.sort, u.since, u.until FROM unit u WHERE u.tenant_id = ${tenant}
    AND u.parent_id IS NOT DISTINCT FROM ${parent}::uuid AND (${except}::uuid IS NULL OR u.id <> ${except}::uuid)`.execute(db)
  return rows
}

export async function postSiblings(db: Db, tenant: Id, unit: Id, except: Id | null): Promise<Sibling[]> {
  const { rows } =
    await sql<Sibling>`SELECT p.id, p.name, p.sort, p.since, p.until FROM post p WHERE p.tenant_id = ${tenant} AND p.unit_id = ${unit}
    AND (${except}::uuid IS NULL OR p.id <> ${except}::uuid)`.execute(db)
  return rows
}

/** What reaches past a day and belongs to a unit: units below it, posts, their appointments, charges over it. */
export async function unitBlockers(db: Db, tenant: Id, unit: Id, day: string): Promise<Blocker[]> {
  const { rows } = await sql<Blocker>`
    SELECT 'unit' AS what, u.name, u.until FROM unit u WHERE u.tenant_id = ${tenant} AND u.parent_id = ${unit} AND (u.until IS NULL OR u.until > ${day}::date)
    UNION ALL SELECT 'post', p.name, p.until FROM post p WHERE p.tenant_id = ${tenant} AND p.unit_id = ${unit} AND (p.until IS NULL OR p.until > ${day}::date)
    UNION ALL SELECT 'appointment', p.name || ' ' || n.name, a.until FROM post p JOIN appointment a ON a.tenant_id = ${tenant} AND a.post_id = p.id
      JOIN person n ON n.tenant_id = ${tenant} AND n.id = a.person_id
      WHERE p.tenant_id = ${tenant} AND p.unit_id = ${unit} AND a.voided_at IS NULL AND (a.until IS NULL OR a.until > ${day}::date)
    UNION ALL SELECT 'charge', n.name, c.until FROM charge c JOIN person n ON n.tenant_id = ${tenant} AND n.id = c.person_id
      WHERE c.tenant_id = ${tenant} AND c.unit_id = ${unit} AND c.voided_at IS NULL AND (c.until IS NULL OR c.until > ${day}::date)
    UNION ALL SELECT 'member', n.name, t.until FROM person_fact t JOIN person n ON n.tenant_id = ${tenant} AND n.id = t.person_id
      WHERE t.tenant_id = ${tenant} AND t.unit_id = ${unit} AND t.voided_at IS NULL AND (t.until IS NULL OR t.until > ${day}::date)`.execute(
    db,
  )
  return rows
}

export async function postBlockers(db: Db, tenant: Id, post: Id, day: string): Promise<Blocker[]> {
  const { rows } = await sql<Blocker>`SELECT 'appointment' AS what, n.name, a.until FROM appointment a
    JOIN person n ON n.tenant_id = ${tenant} AND n.id = a.person_id
    WHERE a.tenant_id = ${tenant} AND a.post_id = ${post} AND a.voided_at IS NULL AND (a.until IS NULL OR a.until > ${day}::date) ORDER BY a.since`.execute(
    db,
  )
  return rows
}

/** The periods in which a person holds a post. */
export const appointmentPeriods = (db: Db, tenant: Id, person: Id, post: Id): Promise<Range[]> =>
  db
    .selectFrom('appointment')
    .select(['since', 'until'])
    .where('tenant_id', '=', tenant)
    .where('person_id', '=', person)
    .where('post_id', '=', post)
    .where('voided_at', 'is', null)
    .orderBy('since')
    .$castTo<Range>()
    .execute()

export const chargePeriods = (db: Db, tenant: Id, person: Id, unit: Id): Promise<Range[]> =>
  db
    .selectFrom('charge')
    .select(['since', 'until'])
    .where('tenant_id', '=', tenant)
    .where('person_id', '=', person)
    .where('unit_id', '=', unit)
    .where('voided_at', 'is', null)
    .orderBy('since')
    .$castTo<Range>()
    .execute()

/** The first day of a unit's present name and place, or null when it never changed. */
export async function lastChangeOf(db: Db, tenant: Id, unit: Id): Promise<string | null> {
  const row = await db
    .selectFrom('unit_former')
    .select('until')
    .where('tenant_id', '=', tenant)
    .where('unit_id', '=', unit)
    .orderBy('until', 'desc')
    .executeTakeFirst()
  return row?.until ?? null
}
