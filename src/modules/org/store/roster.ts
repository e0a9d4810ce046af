import { sql } from 'kysely'
import type { Db, Tx } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { OfficeNow, RosterWrites } from '../roster/compare.ts'
import { lineOfUnit } from '../roster/words.ts'
import { lineOf } from '../rules.ts'

/** What a roster is laid beside: units and posts that have not ended by the day, all persons, appointments not ended, facts in force. */
export async function rosterOffice(db: Db, tenant: Id, day: string): Promise<OfficeNow> {
  const open = sql`(until IS NULL OR until > ${day}::date)`
  const [units, posts, persons, appointments, facts] = await Promise.all([
    sql<OfficeNow['units'][number]>`SELECT id, parent_id, name, aliases, kind, since, until FROM unit
      WHERE tenant_id = ${tenant} AND ${open} ORDER BY sort, id`.execute(db),
    sql<OfficeNow['posts'][number]>`SELECT id, unit_id, name, aliases, roles, exclusive, since, until FROM post
      WHERE tenant_id = ${tenant} AND ${open} ORDER BY sort, id`.execute(db),
    sql<OfficeNow['persons'][number]>`SELECT id, name, born FROM person WHERE tenant_id = ${tenant} ORDER BY id`.execute(db),
    sql<OfficeNow['appointments'][number]>`SELECT id, person_id, post_id, kind, since, until FROM appointment
      WHERE tenant_id = ${tenant} AND voided_at IS NULL AND ${open} ORDER BY since, id`.execute(db),
    sql<OfficeNow['facts'][number]>`SELECT id, person_id, kind, value, unit_id, since FROM person_fact
      WHERE tenant_id = ${tenant} AND voided_at IS NULL AND until IS NULL ORDER BY since, id`.execute(db),
  ])
  return { units: units.rows, posts: posts.rows, persons: persons.rows, appointments: appointments.rows, facts: facts.rows }
}

/** A fingerprint of the whole office, row by row: any change of a unit, post, person, appointment or fact changes it. */
export async function officePrint(db: Db, tenant: Id): Promise<string> {
  const { rows } = await sql<{ print: string }>`SELECT md5(concat(
    (SELECT md5(string_agg(u::text, '|' ORDER BY u.id)) FROM unit u WHERE u.tenant_id = ${tenant}),
    (SELECT md5(string_agg(p::text, '|' ORDER BY p.id)) FROM post p WHERE p.tenant_id = ${tenant}),
    (SELECT md5(string_agg(n::text, '|' ORDER BY n.id)) FROM person n WHERE n.tenant_id = ${tenant}),
    (SELECT md5(string_agg(a::text, '|' ORDER BY a.id)) FROM appointment a WHERE a.tenant_id = ${tenant}),
    (SELECT md5(string_agg(f::text, '|' ORDER BY f.id)) FROM person_fact f WHERE f.tenant_id = ${tenant}))) AS print`.execute(db)
  return rows[0]?.print ?? ''
}

/** One array for each column, for `unnest`: a statement takes 65,535 parameters, and ten thousand rows of ten columns are ten of them. */
const column = <T, K extends keyof T>(rows: readonly T[], key: K): T[K][] => rows.map((row) => row[key])
/** Lists of words in one text: an array of arrays cannot be unnested by rows. */
const apart = '\u001f'
const list = (words: readonly string[]) => words.join(apart)

/** Writes what an import makes and ends, a statement for each table. Rows are recorded at `now`. */
export async function writeRoster(tx: Tx, tenant: Id, writes: RosterWrites, now: Date): Promise<void> {
  const { units, posts, persons, born, appointments, endedAppointments, facts, endedFacts } = writes
  if (units.length > 0)
    await sql`INSERT INTO unit (tenant_id, id, parent_id, name, aliases, line, kind, sort, since, recorded_at)
      SELECT ${tenant}, t.id, t.parent_id, t.name, '{}', t.line, t.kind,
        (SELECT coalesce(max(u.sort), 0) FROM unit u WHERE u.tenant_id = ${tenant}) + t.nth::integer, t.since, ${now}
      FROM unnest(${column(units, 'id')}::uuid[], ${column(units, 'parent_id')}::uuid[], ${column(units, 'name')}::text[],
        ${units.map((unit) => lineOfUnit(unit.name, unit.kind, lineOf))}::text[], ${column(units, 'kind')}::text[], ${column(units, 'since')}::date[])
        WITH ORDINALITY AS t (id, parent_id, name, line, kind, since, nth)`.execute(tx)
  if (posts.length > 0)
    await sql`INSERT INTO post (tenant_id, id, unit_id, name, aliases, roles, exclusive, sort, since, recorded_at)
      SELECT ${tenant}, t.id, t.unit_id, t.name, string_to_array(t.aliases, ${apart}), string_to_array(t.roles, ${apart}), t.exclusive::boolean,
        (SELECT coalesce(max(p.sort), 0) FROM post p WHERE p.tenant_id = ${tenant}) + t.nth::integer, t.since, ${now}
      FROM unnest(${column(posts, 'id')}::uuid[], ${column(posts, 'unit_id')}::uuid[], ${column(posts, 'name')}::text[],
        ${posts.map((post) => list(post.aliases))}::text[], ${posts.map((post) => list(post.roles))}::text[],
        ${posts.map((post) => String(post.exclusive))}::text[], ${column(posts, 'since')}::date[])
        WITH ORDINALITY AS t (id, unit_id, name, aliases, roles, exclusive, since, nth)`.execute(tx)
  if (persons.length > 0)
    await sql`INSERT INTO person (tenant_id, id, name, born, recorded_at) SELECT ${tenant}, t.id, t.name, t.born, ${now}
      FROM unnest(${column(persons, 'id')}::uuid[], ${column(persons, 'name')}::text[], ${column(persons, 'born')}::text[]) AS t (id, name, born)`.execute(
      tx,
    )
  if (born.length > 0)
    await sql`UPDATE person SET born = t.born FROM unnest(${column(born, 'id')}::uuid[], ${column(born, 'born')}::text[]) AS t (id, born)
      WHERE person.tenant_id = ${tenant} AND person.id = t.id`.execute(tx)
  // What ends goes before what begins: one person is not twice in one post on one day.
  await endThem(tx, tenant, 'appointment', endedAppointments, now)
  await endThem(tx, tenant, 'person_fact', endedFacts, now)
  if (appointments.length > 0)
    await sql`INSERT INTO appointment (tenant_id, id, person_id, post_id, kind, since, from_unit_id, from_office, recorded_at)
      SELECT ${tenant}, t.id, t.person_id, t.post_id, t.kind, t.since, t.from_unit_id, t.from_office, ${now}
      FROM unnest(${column(appointments, 'id')}::uuid[], ${column(appointments, 'person_id')}::uuid[], ${column(appointments, 'post_id')}::uuid[],
        ${column(appointments, 'kind')}::text[], ${column(appointments, 'since')}::date[], ${column(appointments, 'from_unit_id')}::uuid[],
        ${column(appointments, 'from_office')}::text[]) AS t (id, person_id, post_id, kind, since, from_unit_id, from_office)`.execute(tx)
  if (facts.length > 0)
    await sql`INSERT INTO person_fact (tenant_id, id, person_id, kind, value, unit_id, since, recorded_at)
      SELECT ${tenant}, t.id, t.person_id, t.kind, t.value, t.unit_id, t.since, ${now}
      FROM unnest(${column(facts, 'id')}::uuid[], ${column(facts, 'person_id')}::uuid[], ${column(facts, 'kind')}::text[],
        ${column(facts, 'value')}::text[], ${column(facts, 'unit_id')}::uuid[], ${column(facts, 'since')}::date[])
        AS t (id, person_id, kind, value, unit_id, since)`.execute(tx)
}

/** An end of null voids. */
async function endThem(tx: Tx, tenant: Id, table: Table, ended: readonly { id: Id; until: string | null }[], now: Date): Promise<void> {
  if (ended.length === 0) return
  await sql`UPDATE ${sql.table(table)} a SET until = coalesce(t.until, a.until), until_recorded_at = CASE WHEN t.until IS NULL THEN a.until_recorded_at ELSE ${now} END,
      voided_at = CASE WHEN t.until IS NULL THEN ${now}::timestamptz END
    FROM unnest(${column(ended, 'id')}::uuid[], ${column(ended, 'until')}::date[]) AS t (id, until)
    WHERE a.tenant_id = ${tenant} AND a.id = t.id AND a.voided_at IS NULL`.execute(tx)
}

type Table = 'appointment' | 'person_fact'
/** How something ended stood before, and the end it was given (null: voided). */
export type Ended = { id: Id; was: string | null; recorded: string | null; until: string | null }

/** Adds to what an import will end how it stands now: for taking it back. */
export async function withBefore(db: Db, tenant: Id, table: Table, ended: readonly { id: Id; until: string | null }[]): Promise<Ended[]> {
  if (ended.length === 0) return []
  const { rows } = await sql<{ id: Id; until: string | null; recorded: Date | null }>`SELECT a.id, a.until, a.until_recorded_at AS recorded
    FROM ${sql.table(table)} a WHERE a.tenant_id = ${tenant} AND a.id = ANY(${column(ended, 'id')}::uuid[])`.execute(db)
  const before = new Map(rows.map((row) => [row.id, row]))
  return ended.map(({ id, until }) => ({
    id,
    was: before.get(id)?.until ?? null,
    recorded: before.get(id)?.recorded?.toISOString() ?? null,
    until,
  }))
}

/** Which of these were changed after an import made them (they have an end or were voided), with the person they are of. */
export async function touchedSince(db: Db, tenant: Id, table: Table, ids: readonly Id[]): Promise<{ name: string }[]> {
  const { rows } = await sql<{
    name: string
  }>`SELECT n.name FROM ${sql.table(table)} a JOIN person n ON n.tenant_id = ${tenant} AND n.id = a.person_id
    WHERE a.tenant_id = ${tenant} AND a.id = ANY(${[...ids]}::uuid[]) AND (a.until IS NOT NULL OR a.voided_at IS NOT NULL) ORDER BY n.name LIMIT 21`.execute(
    db,
  )
  return rows
}

/** Which of those that an import ended do not stand as it left them. */
export async function movedSince(db: Db, tenant: Id, table: Table, ended: readonly Ended[]): Promise<{ name: string }[]> {
  if (ended.length === 0) return []
  const { rows } = await sql<{
    name: string
  }>`SELECT n.name FROM unnest(${column(ended, 'id')}::uuid[], ${column(ended, 'until')}::date[]) AS t (id, until)
    JOIN ${sql.table(table)} a ON a.tenant_id = ${tenant} AND a.id = t.id JOIN person n ON n.tenant_id = ${tenant} AND n.id = a.person_id
    WHERE (t.until IS NULL) <> (a.voided_at IS NOT NULL) OR (t.until IS NOT NULL AND a.until IS DISTINCT FROM t.until) ORDER BY n.name LIMIT 21`.execute(
    db,
  )
  return rows
}

/** Posts of one holder that would have two again: who was appointed since to a post that an appointment comes back to. */
export async function takenSince(db: Db, tenant: Id, ended: readonly Ended[], made: readonly Id[]): Promise<{ name: string }[]> {
  if (ended.length === 0) return []
  const { rows } = await sql<{ name: string }>`SELECT DISTINCT n.name FROM appointment a
    JOIN post p ON p.tenant_id = ${tenant} AND p.id = a.post_id AND p.exclusive
    JOIN appointment b ON b.tenant_id = ${tenant} AND b.post_id = a.post_id AND b.voided_at IS NULL AND b.person_id <> a.person_id
      AND (b.kind = 'acting') = (a.kind = 'acting') AND b.until IS NULL
    JOIN person n ON n.tenant_id = ${tenant} AND n.id = b.person_id
    WHERE a.tenant_id = ${tenant} AND a.id = ANY(${column(ended, 'id')}::uuid[]) AND NOT (b.id = ANY(${[...made]}::uuid[])) ORDER BY 1 LIMIT 21`.execute(
    db,
  )
  return rows
}

/** Persons who have an account: these are of no tenant's tables and no foreign key says so. */
export async function withAccount(db: Db, tenant: Id, persons: readonly Id[]): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`SELECT m.person_id AS id FROM auth.membership m
    WHERE m.tenant_id = ${tenant} AND m.person_id = ANY(${[...persons]}::uuid[]) LIMIT 21`.execute(db)
  return rows.map((row) => row.id)
}

/** The names of units, posts and persons. */
export async function namesOf(db: Db, tenant: Id, ids: readonly Id[]): Promise<Map<Id, string>> {
  const all = [...ids]
  const { rows } = await sql<{
    id: Id
    name: string
  }>`SELECT u.id, u.name FROM unit u WHERE u.tenant_id = ${tenant} AND u.id = ANY(${all}::uuid[])
    UNION ALL SELECT p.id, p.name FROM post p WHERE p.tenant_id = ${tenant} AND p.id = ANY(${all}::uuid[])
    UNION ALL SELECT n.id, n.name FROM person n WHERE n.tenant_id = ${tenant} AND n.id = ANY(${all}::uuid[])`.execute(db)
  return new Map(rows.map((row) => [row.id, row.name]))
}

/** What an import made. */
export type Made = { units: Id[]; posts: Id[]; persons: Id[]; appointments: Id[]; facts: Id[]; born: Id[] }

/** Takes away what an import made and lets what it ended stand again. Nothing may rest on it: the foreign keys see to that. */
export async function unwriteRoster(
  tx: Tx,
  tenant: Id,
  made: Made,
  ended: { appointments: readonly Ended[]; facts: readonly Ended[] },
): Promise<void> {
  const away = (table: string, ids: readonly Id[]) =>
    ids.length === 0
      ? null
      : sql`DELETE FROM ${sql.table(table)} t WHERE t.tenant_id = ${tenant} AND t.id = ANY(${[...ids]}::uuid[])`.execute(tx)
  await away('person_fact', made.facts)
  await away('appointment', made.appointments)
  await reopen(tx, tenant, 'appointment', ended.appointments)
  await reopen(tx, tenant, 'person_fact', ended.facts)
  if (made.born.length > 0)
    await sql`UPDATE person SET born = NULL WHERE tenant_id = ${tenant} AND id = ANY(${made.born}::uuid[])`.execute(tx)
  await away('person', made.persons)
  await away('post', made.posts)
  await away('unit', made.units)
}

async function reopen(tx: Tx, tenant: Id, table: Table, ended: readonly Ended[]): Promise<void> {
  if (ended.length === 0) return
  await sql`UPDATE ${sql.table(table)} a SET until = t.was, until_recorded_at = t.recorded, voided_at = NULL
    FROM unnest(${column(ended, 'id')}::uuid[], ${column(ended, 'was')}::date[], ${column(ended, 'recorded')}::timestamptz[]) AS t (id, was, recorded)
    WHERE a.tenant_id = ${tenant} AND a.id = t.id`.execute(tx)
}
