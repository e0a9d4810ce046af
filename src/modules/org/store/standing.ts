import { sql } from 'kysely'
import type { Seat } from '#kernel/can.ts'
import type { Db } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import { firstOf } from './line.ts'
import { formerPost, holds, postUnitThen } from './office.ts'

/** A member of the leadership, and whether they were sent by another office (派驻), which is where their superior sits. */
export type Leader = { person_id: Id; name: string; sent: boolean }

/**
 * The leadership (班子) on a day, in the order of its posts: whoever is in charge of something, or in a leading post of the office, its leadership or
 * its Party group; the first responsible among them.
 */
export async function leadershipOn(db: Db, tenant: Id, day: string): Promise<Leader[]> {
  const { rows } = await sql<Leader>`WITH seated AS (
      SELECT a.person_id, u.sort AS unit_sort, p.sort AS post_sort FROM post p ${formerPost(tenant, day)}
        JOIN unit u ON u.tenant_id = ${tenant} AND u.id = ${postUnitThen} AND u.kind IN ('office', 'leadership', 'party_group')
        JOIN appointment a ON a.tenant_id = ${tenant} AND a.post_id = p.id AND a.voided_at IS NULL AND ${holds('a', day, 'on')}
        WHERE p.tenant_id = ${tenant} AND p.roles && ARRAY['head', 'deputy', 'member', 'party_secretary', 'party_member']
      UNION ALL SELECT c.person_id, 9999, 9999 FROM charge c WHERE c.tenant_id = ${tenant} AND c.voided_at IS NULL AND ${holds('c', day, 'on')}
    ), placed AS (SELECT person_id, min(unit_sort::bigint * 100000 + post_sort) AS place FROM seated GROUP BY person_id)
    SELECT s.person_id, n.name, EXISTS (SELECT 1 FROM appointment a JOIN post p ON p.tenant_id = ${tenant} AND p.id = a.post_id ${formerPost(tenant, day)}
        JOIN unit u ON u.tenant_id = ${tenant} AND u.id = ${postUnitThen} AND u.line = 'supervision'
        WHERE a.tenant_id = ${tenant} AND a.person_id = s.person_id AND a.kind = 'regular' AND a.voided_at IS NULL AND ${holds('a', day, 'on')}) AS sent
    FROM placed s JOIN person n ON n.tenant_id = ${tenant} AND n.id = s.person_id ORDER BY s.place, n.name, s.person_id`.execute(db)
  return rows
}

/**
 * Where a person stands in the leadership on a day, and whose overdue obligations they are not shown: a leader's own red is seen by them and their
 * superior only, who is the first responsible; that of the first responsible by nobody else in the office.
 */
export async function standingOf(db: Db, tenant: Id, person: Id, day: string): Promise<{ seat: Seat | null; unseen: Id[] }> {
  const [leadership, first] = await Promise.all([leadershipOn(db, tenant, day), firstOf(db, tenant, day)])
  const firsts = first.map((one) => one.person_id)
  const leaders = [...new Set([...firsts, ...leadership.map((one) => one.person_id)])]
  const seat = firsts.includes(person) ? 'first' : leaders.includes(person) ? 'member' : null
  return { seat, unseen: (seat === 'first' ? firsts : leaders).filter((one) => one !== person) }
}

/** The units a person is in charge of (分管) on a day, with those below them. */
export async function chargedOf(db: Db, tenant: Id, person: Id, day: string): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`WITH RECURSIVE below AS (
      SELECT c.unit_id AS id FROM charge c WHERE c.tenant_id = ${tenant} AND c.person_id = ${person} AND c.voided_at IS NULL AND ${holds('c', day, 'on')}
      UNION SELECT u.id FROM unit u JOIN below b ON u.parent_id = b.id WHERE u.tenant_id = ${tenant}
    ) SELECT id FROM below`.execute(db)
  return rows.map((row) => row.id)
}
