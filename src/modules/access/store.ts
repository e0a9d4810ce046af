import { sql } from 'kysely'
import type { Grant } from '#kernel/can.ts'
import type { Db, Tx } from '#kernel/db.ts'
import { type Id, newId } from '#kernel/ids.ts'
import type { Tenant } from '#kernel/scope.ts'
import { type RoleName, roles } from './rules.ts'

export type Member = { account: string; person: Id | null; name: string; tenant: Tenant }

/** Who a session token belongs to, in the named office or the account's first; expired sessions are absent. One query. */
export async function membersOf(db: Db, token: string, now: Date): Promise<Member[]> {
  const rows = await sql<{
    account: string
    person: Id | null
    name: string
    id: Id
    code: string
    office: string
    zone: string
    fictional: boolean
  }>`
    SELECT s."userId" AS account, m.person_id AS person, u.name, t.id, t.code, t.name AS office, t.zone, t.fictional
    FROM auth.session s JOIN auth."user" u ON u.id = s."userId" JOIN auth.membership m ON m.account_id = s."userId" JOIN tenant t ON t.id = m.tenant_id
    WHERE s.token = ${token} AND s."expiresAt" > ${now} ORDER BY t.code`.execute(db)
  return rows.rows.map((row) => ({
    account: row.account,
    person: row.person,
    name: row.name,
    tenant: { id: row.id, code: row.code, name: row.office, zone: row.zone, fictional: row.fictional },
  }))
}

/** The grants of a person on a day, each with its role's verbs and the units below its own (recursive, tenant in both terms). */
export async function grantsOf(db: Db, tenant: Id, person: Id, day: string): Promise<Grant[]> {
  const rows = await sql<{ role: RoleName; unit_id: Id | null; units: Id[] | null }>`
    WITH RECURSIVE below AS (
      SELECT g.id AS grant_id, g.unit_id AS id FROM access_grant g
      WHERE g.tenant_id = ${tenant} AND g.person_id = ${person} AND g.unit_id IS NOT NULL
      UNION
      SELECT b.grant_id, u.id FROM unit u JOIN below b ON u.parent_id = b.id WHERE u.tenant_id = ${tenant}
    )
    SELECT g.role, g.unit_id, (SELECT array_agg(b.id) FROM below b WHERE b.grant_id = g.id) AS units
    FROM access_grant g
    WHERE g.tenant_id = ${tenant} AND g.person_id = ${person} AND g.since <= ${day} AND (g.until IS NULL OR g.until > ${day})`.execute(db)
  return rows.rows.map((row) => ({ role: row.role, ...roles[row.role], units: row.unit_id === null ? null : (row.units ?? [row.unit_id]) }))
}

/** Whether a person holds a post with a role, or is in charge of anything, on a day: only such a person can be somebody's superior. */
export async function leads(db: Db, tenant: Id, person: Id, day: string): Promise<boolean> {
  const rows = await sql<{
    leads: boolean
  }>`SELECT EXISTS (SELECT 1 FROM appointment a JOIN post p ON p.tenant_id = ${tenant} AND p.id = a.post_id
      WHERE a.tenant_id = ${tenant} AND a.person_id = ${person} AND a.voided_at IS NULL AND a.since <= ${day} AND (a.until IS NULL OR a.until > ${day})
        AND cardinality(array_remove(p.roles, 'clerk')) > 0)
    OR EXISTS (SELECT 1 FROM charge c WHERE c.tenant_id = ${tenant} AND c.person_id = ${person} AND c.voided_at IS NULL AND c.since <= ${day}
        AND (c.until IS NULL OR c.until > ${day})) AS leads`.execute(db)
  return rows.rows[0]?.leads ?? false
}

export async function addMember(db: Db, member: { tenant: Id; account: string; person: Id | null; name: string }): Promise<void> {
  await db
    .insertInto('auth.membership')
    .values({ tenant_id: member.tenant, account_id: member.account, person_id: member.person, sign_in_name: member.name })
    .execute()
}

export async function accountNamed(db: Db, office: string, name: string): Promise<string | null> {
  const row = await db
    .selectFrom('auth.membership as m')
    .innerJoin('tenant as t', 't.id', 'm.tenant_id')
    .select('m.account_id')
    .where('t.code', '=', office)
    .where('m.sign_in_name', '=', name)
    .executeTakeFirst()
  return row?.account_id ?? null
}

type NewGrant = {
  person: Id
  role: RoleName
  unit: Id | null
  since: string
  until?: string | null
  by: Id | null
  ground: string
  now: Date
}

export async function addGrants(tx: Tx, tenant: Id, grants: readonly NewGrant[]): Promise<void> {
  if (grants.length === 0) return
  await tx
    .insertInto('access_grant')
    .values(
      grants.map((grant) => ({
        tenant_id: tenant,
        id: newId(),
        person_id: grant.person,
        role: grant.role,
        unit_id: grant.unit,
        since: grant.since,
        until: grant.until ?? null,
        granted_by: grant.by,
        ground: grant.ground,
        recorded_at: grant.now,
      })),
    )
    .execute()
}

/** How many grants in force on a day reach over one of these units alone. */
export async function countGrants(db: Db, tenant: Id, units: readonly Id[], day: string): Promise<number> {
  const rows = await sql<{ n: number }>`SELECT count(*)::int AS n FROM access_grant g
    WHERE g.tenant_id = ${tenant} AND g.unit_id = ANY(${[...units]}::uuid[]) AND (g.until IS NULL OR g.until > ${day}::date)`.execute(db)
  return rows.rows[0]?.n ?? 0
}

type Reaching = { id: Id; role: RoleName; unit: { id: Id; name: string } | null; ground: string; since: string }
/** What somebody is granted past a day: the role and over which unit, null for the whole office. */
export async function grantsReaching(db: Db, tenant: Id, person: Id, day: string): Promise<Reaching[]> {
  const rows =
    await sql<Reaching>`SELECT g.id, g.role, CASE WHEN u.id IS NOT NULL THEN json_build_object('id', u.id, 'name', u.name) END AS unit, g.ground, g.since
    FROM access_grant g LEFT JOIN unit u ON u.tenant_id = ${tenant} AND u.id = g.unit_id
    WHERE g.tenant_id = ${tenant} AND g.person_id = ${person} AND (g.until IS NULL OR g.until > ${day}::date) ORDER BY g.since, g.id`.execute(
      db,
    )
  return rows.rows
}
