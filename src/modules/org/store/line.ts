import { sql } from 'kysely'
import type { Db } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import { headsOfKind, headsOfUnits, leadersOf } from './answer.ts'
import { formerPost, holds, postUnitThen } from './office.ts'

type Named = { person_id: Id; name: string }

/**
 * The first responsible (第一责任人) on a day: who heads the office, and who is secretary of its Party group. One person in most offices, two in some.
 */
export async function firstOf(db: Db, tenant: Id, day: string): Promise<Named[]> {
  const both = await Promise.all([headsOfKind(db, tenant, 'office', day), headsOfKind(db, tenant, 'party_group', day)])
  return [...new Map(both.flat().map(({ person_id, name }) => [person_id, { person_id, name }])).values()]
}

/** Which of these units are sent by another office: the first responsible stands above nobody in them. */
async function sentUnits(db: Db, tenant: Id, units: readonly Id[]): Promise<Set<Id>> {
  const { rows } = await sql<{ id: Id }>`SELECT u.id FROM unit u
    WHERE u.tenant_id = ${tenant} AND u.id = ANY(${[...units]}::uuid[]) AND u.line = 'supervision'`.execute(db)
  return new Set(rows.map((row) => row.id))
}

/** Which of these persons sit in the leadership on a day: in charge of something, or in a leading post of the office, its leadership or its Party group. */
async function leadersAmong(db: Db, tenant: Id, persons: readonly Id[], day: string): Promise<Set<Id>> {
  const { rows } = await sql<{ person_id: Id }>`SELECT c.person_id FROM charge c
      WHERE c.tenant_id = ${tenant} AND c.person_id = ANY(${[...persons]}::uuid[]) AND c.voided_at IS NULL AND ${holds('c', day, 'on')}
    UNION SELECT a.person_id FROM appointment a JOIN post p ON p.tenant_id = ${tenant} AND p.id = a.post_id ${formerPost(tenant, day)}
      JOIN unit u ON u.tenant_id = ${tenant} AND u.id = ${postUnitThen}
      WHERE a.tenant_id = ${tenant} AND a.person_id = ANY(${[...persons]}::uuid[]) AND a.voided_at IS NULL AND ${holds('a', day, 'on')}
        AND u.kind IN ('office', 'leadership', 'party_group')
        AND p.roles && ARRAY['head', 'deputy', 'member', 'party_secretary', 'party_member']`.execute(db)
  return new Set(rows.map((row) => row.person_id))
}

/** Which of these persons are of the unit on a day: they hold a post in it, or are in charge of it. */
export async function peopleOf(db: Db, tenant: Id, unit: Id, persons: readonly Id[], day: string): Promise<Set<Id>> {
  const { rows } = await sql<{
    person_id: Id
  }>`SELECT a.person_id FROM appointment a JOIN post p ON p.tenant_id = ${tenant} AND p.id = a.post_id ${formerPost(tenant, day)}
      WHERE a.tenant_id = ${tenant} AND ${postUnitThen} = ${unit} AND a.person_id = ANY(${[...persons]}::uuid[]) AND a.voided_at IS NULL
        AND ${holds('a', day, 'on')}
    UNION SELECT c.person_id FROM charge c
      WHERE c.tenant_id = ${tenant} AND c.unit_id = ${unit} AND c.person_id = ANY(${[...persons]}::uuid[]) AND c.voided_at IS NULL
        AND ${holds('c', day, 'on')}`.execute(db)
  return new Set(rows.map((row) => row.person_id))
}

export type UnitLine = { first: Id[]; leaders: Id[]; heads: Id[]; members: Id[]; names: Map<Id, string> }

/**
 * The line above each of these units on a day, and which of these holders sit in the leadership: asked for all of them at once. Above a unit that another
 * office sent (派驻) stands nobody here but its own head.
 */
export async function linesOf(db: Db, tenant: Id, units: readonly Id[], holders: readonly Id[], day: string): Promise<Map<Id, UnitLine>> {
  const [first, leaders, heads, sent, members] = await Promise.all([
    firstOf(db, tenant, day),
    leadersOf(db, tenant, units, day),
    headsOfUnits(db, tenant, units, day),
    sentUnits(db, tenant, units),
    leadersAmong(db, tenant, holders, day),
  ])
  const names = new Map([...first, ...leaders, ...heads].map((one) => [one.person_id, one.name]))
  const ids = (list: readonly Named[]) => list.map((one) => one.person_id)
  return new Map(
    units.map((unit) => {
      const ofUnit = <T extends { unit_id: Id }>(list: readonly T[]) => list.filter((one) => one.unit_id === unit)
      const away = sent.has(unit)
      return [
        unit,
        {
          first: away ? [] : ids(first),
          leaders: away ? [] : ids(leaders.filter((one) => one.asked === unit)),
          heads: ids(ofUnit(heads)),
          members: [...members],
          names,
        },
      ]
    }),
  )
}

/** What each of these persons is on a day: in the leadership, in a post with a role (heads, deputies, secretaries, committee members), or ordinary staff. */
export async function classesOf(db: Db, tenant: Id, persons: readonly Id[], day: string): Promise<Map<Id, 'leader' | 'head' | 'staff'>> {
  const leaders = leadersAmong(db, tenant, persons, day)
  const { rows } = await sql<{
    person_id: Id
  }>`SELECT DISTINCT a.person_id FROM appointment a JOIN post p ON p.tenant_id = ${tenant} AND p.id = a.post_id
    WHERE a.tenant_id = ${tenant} AND a.person_id = ANY(${[...persons]}::uuid[]) AND a.voided_at IS NULL AND ${holds('a', day, 'on')}
      AND cardinality(array_remove(p.roles, 'clerk')) > 0`.execute(db)
  const charged = new Set(rows.map((row) => row.person_id))
  const top = await leaders
  return new Map(persons.map((person) => [person, top.has(person) ? 'leader' : charged.has(person) ? 'head' : 'staff']))
}
