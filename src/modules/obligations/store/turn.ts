import { sql } from 'kysely'
import type { Reach } from '#kernel/can.ts'
import type { Db, Tx } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import type { DayMove, Group } from '../turn.ts'
import type { Changed } from './change.ts'
import { within } from './read.ts'

/** What is open and not overdue on a day, by how its days were counted: few groups, however many obligations. */
export async function openGroups(db: Db, tenant: Id, day: string): Promise<Group[]> {
  const rows =
    await sql<Group>`SELECT o.reckoned AS "by", o.reckoned_from AS "from", o.opens, o.due, o.warn_from AS "warnFrom", count(*)::int AS count
    FROM obligation o WHERE o.tenant_id = ${tenant} AND o.state = 'open' AND o.due >= ${day}::date
    GROUP BY o.reckoned, o.reckoned_from, o.opens, o.due, o.warn_from`.execute(db)
  return rows.rows
}

/** The obligations of groups, as a set to join. */
const groups = (moves: readonly DayMove[]) =>
  sql`jsonb_to_recordset(${JSON.stringify(moves)}::text::jsonb) AS g("by" text, "from" date, opens date, due date, "warnFrom" date, "toDue" date, "toWarnFrom" date)`
const ofGroup = sql`o.due = g.due AND o.warn_from = g."warnFrom" AND o.opens = g.opens AND o.reckoned IS NOT DISTINCT FROM g."by"
  AND o.reckoned_from IS NOT DISTINCT FROM g."from"`

type Row = Omit<Changed, 'was'> & { was_due: string; was_warn: string }

/**
 * Moves at most `limit` of the obligations of these groups, each with its event, and returns them. A moved one belongs to no group any more, so that
 * this is called until it returns fewer, by whichever program, and moves each once.
 */
export async function moveGroups(
  tx: Tx,
  ctx: Ctx,
  turn: { id: Id; name: string },
  moves: readonly DayMove[],
  limit: number,
): Promise<Changed[]> {
  // Picked in any order and held in that of ids: sorting what is left each time would grow with its square.
  const rows = await sql<Row>`WITH picked AS MATERIALIZED (
      SELECT o.id FROM ${groups(moves)} JOIN obligation o ON ${ofGroup} WHERE o.tenant_id = ${ctx.tenant.id} AND o.state = 'open' LIMIT ${limit}
    ), held AS (
      SELECT o.id, o.due, o.warn_from, g."toDue" AS to_due, g."toWarnFrom" AS to_warn FROM obligation o JOIN ${groups(moves)} ON ${ofGroup}
      WHERE o.tenant_id = ${ctx.tenant.id} AND o.state = 'open' AND o.id IN (SELECT id FROM picked) ORDER BY o.id FOR UPDATE OF o
    ), changed AS (
      UPDATE obligation o SET due = held.to_due, warn_from = held.to_warn, version = o.version + 1
      FROM held WHERE o.tenant_id = ${ctx.tenant.id} AND o.id = held.id
      RETURNING o.id, o.kind, o.title, o.state, o.version, o.holder_id, o.unit_id, o.due, o.warn_from, o.done_on, held.due AS was_due, held.warn_from AS was_warn
    ), logged AS (
      INSERT INTO obligation_event (tenant_id, obligation_id, version, kind, effective_at, recorded_at, actor_id, reason, state, holder_id, unit_id, warn_from, due, turn_id)
      SELECT ${ctx.tenant.id}::uuid, id, version, 'recomputed', ${ctx.now}, ${ctx.now}, ${ctx.actor.person}, ${turn.name}, state, holder_id, unit_id, warn_from, due,
        ${turn.id}::uuid FROM changed
    ) SELECT * FROM changed`.execute(tx)
  return rows.rows.map(({ was_due, was_warn, ...row }) => ({
    ...row,
    was: { holder_id: row.holder_id, unit_id: row.unit_id, due: was_due, warn_from: was_warn, state: row.state, done_on: null },
  }))
}

/** An obligation whose days a calendar moves or moved. */
export type MovedRow = {
  id: Id
  title: string
  period: string
  holder_id: Id
  holder: string
  unit_id: Id
  unit: string
  due: string
  warn_from: string
  to_due: string
  to_warn: string
}

/** The first of what these groups would move, within a reach. */
export async function wouldMove(db: Db, tenant: Id, reach: Reach, moves: readonly DayMove[], limit: number): Promise<MovedRow[]> {
  const rows =
    await sql<MovedRow>`SELECT o.id, o.title, o.period, o.holder_id, p.name AS holder, o.unit_id, u.name AS unit, o.due, o.warn_from,
      g."toDue" AS to_due, g."toWarnFrom" AS to_warn
    FROM ${groups(moves)} JOIN obligation o ON ${ofGroup} JOIN person p ON p.tenant_id = ${tenant} AND p.id = o.holder_id
    JOIN unit u ON u.tenant_id = ${tenant} AND u.id = o.unit_id
    WHERE o.tenant_id = ${tenant} AND o.state = 'open' AND ${within(reach, sql`o`) ?? sql`true`} ORDER BY o.due, o.id LIMIT ${limit}`.execute(
      db,
    )
  return rows.rows
}

/** What a turn of the calendar moved, within a reach, a page in the order of ids. */
export async function movedBy(db: Db, tenant: Id, reach: Reach, turn: Id, after: string | null, limit: number): Promise<MovedRow[]> {
  const rows =
    await sql<MovedRow>`SELECT o.id, o.title, o.period, e.holder_id, p.name AS holder, e.unit_id, u.name AS unit, b.due, b.warn_from,
      e.due AS to_due, e.warn_from AS to_warn
    FROM obligation_event e JOIN obligation_event b ON b.tenant_id = ${tenant} AND b.obligation_id = e.obligation_id AND b.version = e.version - 1
    JOIN obligation o ON o.tenant_id = ${tenant} AND o.id = e.obligation_id JOIN person p ON p.tenant_id = ${tenant} AND p.id = e.holder_id
    JOIN unit u ON u.tenant_id = ${tenant} AND u.id = e.unit_id
    WHERE e.tenant_id = ${tenant} AND e.turn_id = ${turn} AND ${within(reach, sql`e`) ?? sql`true`}
      AND (${after}::uuid IS NULL OR e.obligation_id > ${after}::uuid)
    ORDER BY e.obligation_id LIMIT ${limit + 1}`.execute(db)
  return rows.rows
}

/** How many obligations a turn of the calendar has moved so far. */
export async function countMoved(db: Db, tenant: Id, turn: Id): Promise<number> {
  const rows = await sql<{
    n: number
  }>`SELECT count(*)::int AS n FROM obligation_event e WHERE e.tenant_id = ${tenant} AND e.turn_id = ${turn}`.execute(db)
  return rows.rows[0]?.n ?? 0
}

export type MovedDay = { id: Id; title: string; was: string; due: string; calendar: string; at: Date }

/** What is open of a person whose due day a calendar moved since an instant: from which day, and under which calendar. Asked of the few turns first. */
export async function movedSince(db: Db, tenant: Id, person: Id, since: Date): Promise<MovedDay[]> {
  const rows = await sql<MovedDay>`SELECT DISTINCT ON (o.id) o.id, o.title, b.due AS was, e.due, e.reason AS calendar, e.recorded_at AS at
    FROM obligation o JOIN obligation_event e ON e.tenant_id = ${tenant} AND e.obligation_id = o.id AND e.turn_id IS NOT NULL
    JOIN obligation_event b ON b.tenant_id = ${tenant} AND b.obligation_id = e.obligation_id AND b.version = e.version - 1
    WHERE EXISTS (SELECT 1 FROM calendar_turn t WHERE t.tenant_id = ${tenant} AND t.began_at > ${since} AND cardinality(t.years) > 0)
      AND o.tenant_id = ${tenant} AND o.holder_id = ${person} AND o.state = 'open' AND e.recorded_at > ${since} AND b.due <> e.due
    ORDER BY o.id, e.version DESC`.execute(db)
  return rows.rows
}
