import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import { type Away, answering, headsAmong } from '../holding.ts'
import type { AppointmentKind, PostRole, UnitKind } from '../rules.ts'
import { former, formerPost, holds, parentThen, postUnitThen } from './office.ts'

export type Holding = { post_id: Id; unit_id: Id; person_id: Id; kind: AppointmentKind; since: string; until: string | null }

/** The days in [from, until) on which persons are seconded (借调) to a unit. */
async function awayOf(db: Db, tenant: Id, persons: readonly Id[], from: string, until: string | null): Promise<Away[]> {
  if (persons.length === 0) return []
  const { rows } = await sql<Away>`SELECT a.person_id, p.unit_id, a.from_unit_id, a.since, a.until
    FROM appointment a JOIN post p ON p.tenant_id = ${tenant} AND p.id = a.post_id
    WHERE a.tenant_id = ${tenant} AND a.kind = 'seconded' AND a.person_id = ANY(${[...new Set(persons)]}::uuid[]) AND a.voided_at IS NULL
      AND (${until}::date IS NULL OR a.since < ${until}::date) AND (a.until IS NULL OR a.until > ${from}::date)`.execute(db)
  return rows
}

/**
 * Who answers for the posts at any time in the window [from, until), oldest first; an open window is null. `since` and `until` are the days the person
 * answers within the window, not the appointment's: whoever acts (主持) appears only for the days nobody present holds the post, whoever is seconded away (借调) only for
 * the days nobody else is there. Voided appointments never were. A person may appear more than once.
 */
export async function holdersOf(db: Db, tenant: Id, posts: readonly Id[], from: string, until: string | null): Promise<Holding[]> {
  if (posts.length === 0) return []
  const { rows } = await sql<Holding>`SELECT a.post_id, p.unit_id, a.person_id, a.kind, a.since, a.until
    FROM appointment a JOIN post p ON p.tenant_id = ${tenant} AND p.id = a.post_id
    WHERE a.tenant_id = ${tenant} AND a.post_id = ANY(${[...posts]}::uuid[]) AND a.voided_at IS NULL
      AND (${until}::date IS NULL OR a.since < ${until}::date) AND (a.until IS NULL OR a.until > ${from}::date) ORDER BY a.since, a.id`.execute(
    db,
  )
  const away = await awayOf(
    db,
    tenant,
    rows.map((row) => row.person_id),
    from,
    until,
  )
  return answering(rows, away).filter((one) => (until === null || one.since < until) && (one.until === null || one.until > from))
}

/**
 * `WITH RECURSIVE ${standing(…)}`, rows (start, id): each unit asked for and where it stands on the day: itself; where it had gone by then, whoever carried on
 * what it had (only changes from its own end on are followed); itself again where nobody did.
 */
const standing = (tenant: Id, units: readonly Id[], day: string) => sql`heirs AS (
    SELECT u.id AS start, u.id, u.until AS since FROM unit u WHERE u.tenant_id = ${tenant} AND u.id = ANY(${[...units]}::uuid[])
    UNION
    SELECT heirs.start, s.successor_id, s.since FROM heirs
      JOIN unit_successor s ON s.tenant_id = ${tenant} AND s.unit_id = heirs.id AND s.since >= heirs.since
      JOIN unit w ON w.tenant_id = ${tenant} AND w.id = heirs.id AND w.until <= ${day}::date
    WHERE s.tenant_id = ${tenant} AND s.since <= ${day}::date
  ), there AS (
    SELECT DISTINCT h.start, h.id FROM heirs h JOIN unit u ON u.tenant_id = ${tenant} AND u.id = h.id WHERE ${holds('u', day, 'on')}
  ), standing AS (SELECT start, id FROM there UNION SELECT a.id, a.id FROM unnest(${[...units]}::uuid[]) AS a(id)
    WHERE NOT EXISTS (SELECT 1 FROM there t WHERE t.start = a.id))`

/** A leader in charge: `unit_id` is the unit they are in charge of, `asked` the one that was asked for. */
type Leader = { person_id: Id; name: string; unit_id: Id; asked: Id }

/**
 * Who was in charge (分管) of each of these units on the day: of itself, or of the nearest unit above it that somebody was in charge of. A unit that had gone by
 * then is asked through those that carry on what it had.
 */
export async function leadersOf(db: Db, tenant: Id, units: readonly Id[], day: string): Promise<Leader[]> {
  const { rows } = await sql<Leader>`
    WITH RECURSIVE ${standing(tenant, units, day)}, up AS (
      SELECT t.start AS asked, u.id AS start, u.id, ${parentThen} AS parent_id, 0 AS height FROM standing t
        JOIN unit u ON u.tenant_id = ${tenant} AND u.id = t.id ${former(tenant, day)} WHERE u.tenant_id = ${tenant}
      UNION ALL
      SELECT up.asked, up.start, u.id, ${parentThen}, up.height + 1 FROM up
        JOIN unit u ON u.tenant_id = ${tenant} AND u.id = up.parent_id ${former(tenant, day)}
      WHERE u.tenant_id = ${tenant} AND up.height < 40
    ), held AS (
      SELECT up.asked, up.start, c.person_id, c.unit_id, up.height, c.since FROM charge c JOIN up ON up.id = c.unit_id
      WHERE c.tenant_id = ${tenant} AND c.voided_at IS NULL AND ${holds('c', day, 'on')}
    )
    SELECT DISTINCT ON (h.asked, h.since, h.person_id) h.asked, h.person_id, p.name, h.unit_id FROM held h
    JOIN person p ON p.tenant_id = ${tenant} AND p.id = h.person_id
    WHERE h.height = (SELECT min(o.height) FROM held o WHERE o.asked = h.asked AND o.start = h.start)
    ORDER BY h.asked, h.since, h.person_id, h.unit_id`.execute(db)
  return rows
}

/** The same of one unit. */
export async function leaderOf(db: Db, tenant: Id, unit: Id, day: string): Promise<{ person_id: Id; name: string; unit_id: Id }[]> {
  return (await leadersOf(db, tenant, [unit], day)).map(({ person_id, name, unit_id }) => ({ person_id, name, unit_id }))
}

type HeadRow = {
  person_id: Id
  name: string
  post_id: Id
  kind: AppointmentKind
  unit_id: Id
  unit_kind: UnitKind
  roles: PostRole[]
  away: boolean
}
/** Somebody who heads a unit on a day; `kind` says how: `acting` is 主持. */
export type Head = { person_id: Id; name: string; post_id: Id; kind: AppointmentKind }

/** Who headed the units of these kinds on the day (the office itself, the discipline group), by the same rule: one statement. */
export async function headsOfKinds(
  db: Db,
  tenant: Id,
  kinds: readonly UnitKind[],
  day: string,
): Promise<(Head & { unit_kind: UnitKind })[]> {
  const asked = [...kinds]
  const { rows } =
    await sql<HeadRow>`SELECT a.person_id, n.name, a.post_id, a.kind, u.id AS unit_id, u.kind AS unit_kind, p.roles, ${awayOn(tenant, day)} AS away
    FROM unit u JOIN ${postsIn(tenant, day, sql`SELECT k.id FROM unit k WHERE k.tenant_id = ${tenant} AND k.kind = ANY(${asked}::text[])`)} p ON p.unit_id = u.id
    JOIN appointment a ON a.tenant_id = ${tenant} AND a.post_id = p.id JOIN person n ON n.tenant_id = ${tenant} AND n.id = a.person_id
    WHERE u.tenant_id = ${tenant} AND u.kind = ANY(${asked}::text[]) AND ${holds('u', day, 'on')} AND a.voided_at IS NULL AND ${holds('a', day, 'on')}
    ORDER BY u.sort, u.id, p.sort, a.since, a.id`.execute(db)
  return [...Map.groupBy(rows, (row) => row.unit_id).values()].flatMap((inUnit) =>
    headsIn(inUnit).map((head) => ({ ...head, unit_kind: inUnit[0]?.unit_kind ?? 'department' })),
  )
}

/** The same of one kind. */
export async function headsOfKind(db: Db, tenant: Id, kind: UnitKind, day: string): Promise<Head[]> {
  return (await headsOfKinds(db, tenant, [kind], day)).map(({ person_id, name, post_id, kind: how }) => ({
    person_id,
    name,
    post_id,
    kind: how,
  }))
}

/**
 * Who headed each of these units on the day: whoever held a heading post of it (`headingRoles`); while nobody did, whoever acted (主持), as a deputy too; a head
 * seconded away only when nobody acted. A unit that had gone by then is asked through those that carry on what it had; `unit_id` is the unit asked for.
 */
export async function headsOfUnits(db: Db, tenant: Id, units: readonly Id[], day: string): Promise<(Head & { unit_id: Id })[]> {
  const { rows } = await sql<HeadRow & { asked: Id }>`WITH RECURSIVE ${standing(tenant, units, day)}
    SELECT t.start AS asked, a.person_id, n.name, a.post_id, a.kind, u.id AS unit_id, u.kind AS unit_kind, p.roles, ${awayOn(tenant, day)} AS away
    FROM standing t JOIN unit u ON u.tenant_id = ${tenant} AND u.id = t.id
    JOIN ${postsIn(tenant, day, sql`SELECT id FROM standing`)} p ON p.unit_id = t.id
    JOIN appointment a ON a.tenant_id = ${tenant} AND a.post_id = p.id JOIN person n ON n.tenant_id = ${tenant} AND n.id = a.person_id
    WHERE u.tenant_id = ${tenant} AND a.tenant_id = ${tenant} AND a.voided_at IS NULL AND ${holds('a', day, 'on')}
    ORDER BY t.start, u.sort, u.id, p.sort, a.since, a.id`.execute(db)
  return [...Map.groupBy(rows, (row) => row.asked)].flatMap(([unit_id, own]) => headsIn(own).map((head) => ({ ...head, unit_id })))
}

/** The same of one unit. */
export async function headOf(db: Db, tenant: Id, unit: Id, day: string): Promise<Head[]> {
  return (await headsOfUnits(db, tenant, [unit], day)).map(({ person_id, name, post_id, kind }) => ({ person_id, name, post_id, kind }))
}

/** The posts that head or stand in for the head, in the units (a query of ids) they belonged to on the day. */
const postsIn = (tenant: Id, day: string, units: RawBuilder<unknown>) => sql`(SELECT p.id, p.sort, p.roles, ${postUnitThen} AS unit_id
    FROM post p ${formerPost(tenant, day)}
    WHERE p.tenant_id = ${tenant} AND p.roles && ARRAY['head', 'party_secretary', 'branch_secretary', 'group_head', 'deputy'] AND ${holds('p', day, 'on')}
      AND (p.unit_id IN (${units}) OR p.id IN (SELECT w.post_id FROM post_former w WHERE w.tenant_id = ${tenant} AND w.unit_id IN (${units}))))`
const awayOn = (
  tenant: Id,
  day: string,
) => sql`EXISTS (SELECT 1 FROM appointment s JOIN post o ON o.tenant_id = ${tenant} AND o.id = s.post_id
      WHERE s.tenant_id = ${tenant} AND s.person_id = a.person_id AND s.kind = 'seconded' AND s.voided_at IS NULL AND ${holds('s', day, 'on')}
        AND o.unit_id <> p.unit_id AND CASE WHEN s.from_unit_id IS NULL THEN a.kind = 'regular' ELSE s.from_unit_id = p.unit_id END)`
const headsIn = (rows: readonly HeadRow[]): Head[] =>
  [...Map.groupBy(rows, (row) => row.unit_id).values()].flatMap((inUnit) =>
    headsAmong(inUnit[0]?.unit_kind ?? 'department', inUnit).map(({ person_id, name, post_id, kind }) => ({
      person_id,
      name,
      post_id,
      kind,
    })),
  )

/**
 * The unit each person counts in on a day (persons without a post are absent; null: everybody): seconded, the unit they work in; else that of their own
 * post, of one they act in, of a concurrent one.
 */
export async function workUnitsOn(db: Db, tenant: Id, persons: readonly Id[] | null, day: string): Promise<Map<Id, Id>> {
  if (persons?.length === 0) return new Map()
  const asked = persons === null ? sql`` : sql`AND a.person_id = ANY(${[...persons]}::uuid[])`
  const { rows } = await sql<{ person_id: Id; unit_id: Id }>`SELECT DISTINCT ON (a.person_id) a.person_id, ${postUnitThen} AS unit_id
    FROM appointment a JOIN post p ON p.tenant_id = ${tenant} AND p.id = a.post_id ${formerPost(tenant, day)}
    WHERE a.tenant_id = ${tenant} ${asked} AND a.voided_at IS NULL AND ${holds('a', day, 'on')}
    ORDER BY a.person_id, ${inOrderOfWork}, a.since, a.id`.execute(db)
  return new Map(rows.map((row) => [row.person_id, row.unit_id]))
}
/** As `workPost` in holding.ts has it. */
export const inOrderOfWork = sql`CASE a.kind WHEN 'seconded' THEN 0 WHEN 'regular' THEN 1 WHEN 'acting' THEN 2 ELSE 3 END`
