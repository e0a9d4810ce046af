import { sql } from 'kysely'
import type { Db } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { ChangeKind } from '../changes.ts'
import type { Line, UnitKind } from '../rules.ts'
import { former, formerPost, holds, postNameThen, postUnitThen } from './office.ts'

/** A change of a unit seen from one end: the unit at the other end, what happened and from which day. */
export type Step = { id: Id; name: string; kind: ChangeKind; since: string }
/**
 * A unit through time. `name` is what it is or was last called; `names` what it was called before, each until a day (exclusive), oldest first. `heirs`: the units in
 * force today that carry on what it had on the day asked about. `from`: the units it was directly made of.
 */
export type UnitFate = {
  id: Id
  name: string
  names: { name: string; until: string }[]
  line: Line
  kind: UnitKind
  since: string
  until: string | null
  heirs: Step[]
  from: Step[]
}

type Row = Omit<UnitFate, 'heirs' | 'from'>
type Joined = Step & { start: Id }

/**
 * These units through time, seen from `day` and from `today`: three statements, however many there are. A change recorded after `knownAt` is part of it: what
 * became of a unit is asked for today.
 */
export async function fatesOf(db: Db, tenant: Id, units: readonly Id[], day: string, today: string): Promise<Map<Id, UnitFate>> {
  if (units.length === 0) return new Map()
  const asked = [...units]
  const [own, heirs, from] = await Promise.all([
    sql<Row>`SELECT u.id, u.name, u.line, u.kind, u.since, u.until,
        coalesce((SELECT jsonb_agg(jsonb_build_object('name', f.name, 'until', f.until) ORDER BY f.until) FROM unit_former f
          WHERE f.tenant_id = ${tenant} AND f.unit_id = u.id), '[]') AS names
      FROM unit u WHERE u.tenant_id = ${tenant} AND u.id = ANY(${asked}::uuid[])`.execute(db),
    sql<Joined>`WITH RECURSIVE line AS (
        SELECT u.id AS start, u.id, least(u.until, ${day}::date + 1) AS since, NULL::uuid AS change FROM unit u
        WHERE u.tenant_id = ${tenant} AND u.id = ANY(${asked}::uuid[])
        UNION
        SELECT line.start, s.successor_id, s.since, s.change_id FROM line JOIN unit_successor s ON s.unit_id = line.id AND s.since >= line.since
        WHERE s.tenant_id = ${tenant} AND s.since <= ${today}::date
      )
      SELECT DISTINCT line.start, u.id, u.name, c.kind, line.since, u.sort FROM line
      JOIN unit u ON u.tenant_id = ${tenant} AND u.id = line.id JOIN unit_change c ON c.tenant_id = ${tenant} AND c.id = line.change
      WHERE u.tenant_id = ${tenant} AND ${holds('u', today, 'on')} ORDER BY line.start, u.sort, u.id, line.since`.execute(db),
    sql<Joined>`SELECT s.successor_id AS start, u.id, coalesce((SELECT f.name FROM unit_former f WHERE f.tenant_id = ${tenant} AND f.unit_id = u.id
        AND f.until >= s.since ORDER BY f.until LIMIT 1), u.name) AS name, c.kind, s.since
      FROM unit_successor s JOIN unit u ON u.tenant_id = ${tenant} AND u.id = s.unit_id JOIN unit_change c ON c.tenant_id = ${tenant} AND c.id = s.change_id
      WHERE s.tenant_id = ${tenant} AND s.successor_id = ANY(${asked}::uuid[]) ORDER BY s.since, u.sort, u.id`.execute(db),
  ])
  const heirsOf = Map.groupBy(heirs.rows, (row) => row.start)
  const fromOf = Map.groupBy(from.rows, (row) => row.start)
  const step = ({ id, name, kind, since }: Joined): Step => ({ id, name, kind, since })
  return new Map(
    own.rows.map((row) => [row.id, { ...row, heirs: (heirsOf.get(row.id) ?? []).map(step), from: (fromOf.get(row.id) ?? []).map(step) }]),
  )
}

/** By what somebody is what they are on a day: a post they are appointed to, or a unit they are in charge of (`post` null). */
export type Standing = {
  person: Id
  kind: 'regular' | 'acting' | 'concurrent' | 'seconded' | 'charge'
  post: Id | null
  title: string
  unit: Id
  unitName: string
  since: string
  /** Exclusive; null also where the end was recorded after `knownAt`. */
  until: string | null
  recordedAt: Date
}

/**
 * What these persons held and were in charge of on the day, in the words of that day: one statement. What was entered after `knownAt` is among it with the
 * instant it was entered.
 */
export async function standingsOf(db: Db, tenant: Id, persons: readonly Id[], day: string, knownAt: Date): Promise<Standing[]> {
  if (persons.length === 0) return []
  const asked = [...persons]
  const { rows } = await sql<Standing>`
    SELECT a.person_id AS person, a.kind, p.id AS post, ${postNameThen} AS title, u.id AS unit, coalesce(f.name, u.name) AS "unitName", a.since,
      CASE WHEN a.until_recorded_at > ${knownAt} THEN NULL ELSE a.until END AS until, a.recorded_at AS "recordedAt", 0 AS way, p.sort
    FROM appointment a JOIN post p ON p.tenant_id = ${tenant} AND p.id = a.post_id ${formerPost(tenant, day)}
    JOIN unit u ON u.tenant_id = ${tenant} AND u.id = ${postUnitThen} ${former(tenant, day)}
    WHERE a.tenant_id = ${tenant} AND a.person_id = ANY(${asked}::uuid[]) AND a.voided_at IS NULL AND ${holds('a', day, 'on')}
    UNION ALL
    SELECT c.person_id, 'charge', NULL, '', u.id, coalesce(f.name, u.name), c.since,
      CASE WHEN c.until_recorded_at > ${knownAt} THEN NULL ELSE c.until END, c.recorded_at, 1, u.sort
    FROM charge c JOIN unit u ON u.tenant_id = ${tenant} AND u.id = c.unit_id ${former(tenant, day)}
    WHERE c.tenant_id = ${tenant} AND c.person_id = ANY(${asked}::uuid[]) AND c.voided_at IS NULL AND ${holds('c', day, 'on')}
    ORDER BY 1, way, sort, since`.execute(db)
  return rows
}
