import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Level } from '../grades.ts'
import type { AppointmentKind, FactKind, Line, PostRole, UnitKind } from '../rules.ts'

export type UnitRow = {
  id: Id
  parent_id: Id | null
  name: string
  aliases: string[]
  line: Line
  kind: UnitKind
  sort: number
  since: string
  until: string | null
}
export type PostRow = {
  id: Id
  unit_id: Id
  name: string
  aliases: string[]
  roles: PostRole[]
  /** One person at a time. */
  exclusive: boolean
  /** 领导职务层次 the post is set at. */
  level: Level | null
  sort: number
  since: string
  until: string | null
}
export type PersonRow = { id: Id; name: string }
type Recorded = { recorded_at: Date; until_recorded_at: Date | null; voided_at: Date | null }
export type AppointmentRow = {
  id: Id
  person_id: Id
  post_id: Id
  kind: AppointmentKind
  /** The level appointed at, where it is not the post's. */
  level: Level | null
  /** Where somebody seconded comes from: a unit of the office, or another organisation in words. */
  from_unit_id: Id | null
  from_office: string | null
  since: string
  until: string | null
} & Recorded
export type ChargeRow = { id: Id; person_id: Id; unit_id: Id; since: string; until: string | null } & Recorded

export type FactRow = {
  id: Id
  person_id: Id
  kind: FactKind
  /** A word or a grade's name; null for a branch, which is a unit. */
  value: string | null
  unit_id: Id | null
  since: string
  until: string | null
} & Recorded

/** The office on a day: what was in force, and the persons who held or were in charge of something. */
export type OfficeOn = { units: UnitRow[]; posts: PostRow[]; persons: PersonRow[]; appointments: AppointmentRow[]; charges: ChargeRow[] }

/** Which days: in force on the day, or beginning after it. */
type When = 'on' | 'after'
export const holds = (alias: string, day: string, when: When): RawBuilder<boolean> => {
  const since = sql.ref(`${alias}.since`)
  const until = sql.ref(`${alias}.until`)
  return when === 'after' ? sql`${since} > ${day}::date` : sql`(${since} <= ${day}::date AND (${until} IS NULL OR ${until} > ${day}::date))`
}

/** What a unit was called and where it hung on a day, while its row says what holds now. */
export const former = (tenant: Id, day: string) => sql`LEFT JOIN LATERAL (SELECT w.name, w.parent_id, w.until FROM unit_former w
  WHERE w.tenant_id = ${tenant} AND w.unit_id = u.id AND w.until > ${day}::date ORDER BY w.until LIMIT 1) f ON true`
export const parentThen = sql`CASE WHEN f.until IS NULL THEN u.parent_id ELSE f.parent_id END`

/** The same of a post: which unit it belonged to and what it was called. */
export const formerPost = (tenant: Id, day: string) => sql`LEFT JOIN LATERAL (SELECT w.name, w.unit_id FROM post_former w
  WHERE w.tenant_id = ${tenant} AND w.post_id = p.id AND w.until > ${day}::date ORDER BY w.until LIMIT 1) q ON true`
export const postUnitThen = sql`coalesce(q.unit_id, p.unit_id)`
export const postNameThen = sql`coalesce(q.name, p.name)`

async function unitsOn(db: Db, tenant: Id, day: string, when: When = 'on'): Promise<UnitRow[]> {
  const { rows } =
    await sql<UnitRow>`SELECT u.id, ${parentThen} AS parent_id, coalesce(f.name, u.name) AS name, u.aliases, u.line, u.kind, u.sort, u.since, u.until
    FROM unit u ${former(tenant, day)} WHERE u.tenant_id = ${tenant} AND ${holds('u', day, when)} ORDER BY u.sort, u.id`.execute(db)
  return rows
}

async function postsOn(db: Db, tenant: Id, day: string, when: When = 'on'): Promise<PostRow[]> {
  const { rows } =
    await sql<PostRow>`SELECT p.id, ${postUnitThen} AS unit_id, ${postNameThen} AS name, p.aliases, p.roles, p.exclusive, p.level, p.sort, p.since, p.until
    FROM post p ${formerPost(tenant, day)} WHERE p.tenant_id = ${tenant} AND ${holds('p', day, when)} ORDER BY p.sort, p.id`.execute(db)
  return rows
}

async function appointmentsOn(db: Db, tenant: Id, day: string, when: When = 'on'): Promise<AppointmentRow[]> {
  const { rows } =
    await sql<AppointmentRow>`SELECT a.id, a.person_id, a.post_id, a.kind, a.level, a.from_unit_id, a.from_office, a.since, a.until,
      a.recorded_at, a.until_recorded_at, a.voided_at
    FROM appointment a WHERE a.tenant_id = ${tenant} AND a.voided_at IS NULL AND ${holds('a', day, when)} ORDER BY a.since, a.id`.execute(
      db,
    )
  return rows
}

async function chargesOn(db: Db, tenant: Id, day: string, when: When = 'on'): Promise<ChargeRow[]> {
  const { rows } =
    await sql<ChargeRow>`SELECT c.id, c.person_id, c.unit_id, c.since, c.until, c.recorded_at, c.until_recorded_at, c.voided_at
    FROM charge c WHERE c.tenant_id = ${tenant} AND c.voided_at IS NULL AND ${holds('c', day, when)} ORDER BY c.since, c.id`.execute(db)
  return rows
}

async function personsOn(db: Db, tenant: Id, day: string, when: When): Promise<PersonRow[]> {
  const { rows } = await sql<PersonRow>`SELECT p.id, p.name FROM person p WHERE p.tenant_id = ${tenant} AND p.id IN (
      SELECT a.person_id FROM appointment a WHERE a.tenant_id = ${tenant} AND a.voided_at IS NULL AND ${holds('a', day, when)}
      UNION SELECT c.person_id FROM charge c WHERE c.tenant_id = ${tenant} AND c.voided_at IS NULL AND ${holds('c', day, when)})
    ORDER BY p.name, p.id`.execute(db)
  return rows
}

/** The office as of a day (`YYYY-MM-DD`): units as they were called and hung then, posts, appointments and charges in force, their persons. */
export async function officeOn(db: Db, tenant: Id, day: string, when: When = 'on'): Promise<OfficeOn> {
  const [units, posts, persons, appointments, charges] = await Promise.all([
    unitsOn(db, tenant, day, when),
    postsOn(db, tenant, day, when),
    personsOn(db, tenant, day, when),
    appointmentsOn(db, tenant, day, when),
    chargesOn(db, tenant, day, when),
  ])
  return { units, posts, persons, appointments, charges }
}

/** The unit and everything below it as the tree stands now, ended units included. Empty when there is no such unit. */
export async function subtreeOf(db: Db, tenant: Id, unit: Id): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`
    WITH RECURSIVE below AS (
      SELECT u.id FROM unit u WHERE u.tenant_id = ${tenant} AND u.id = ${unit}
      UNION
      SELECT u.id FROM unit u JOIN below b ON u.parent_id = b.id WHERE u.tenant_id = ${tenant}
    )
    SELECT id FROM below`.execute(db)
  return rows.map((row) => row.id)
}
