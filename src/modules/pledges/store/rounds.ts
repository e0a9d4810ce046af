import { sql } from 'kysely'
import { type Db, send, type Tx } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import { type Cut, keyset } from '#kernel/table.ts'
import type { PledgeKind, RoundState, Whom } from '../rules.ts'
import { readable, stateOn } from './pledges.ts'

export type RoundRow = {
  id: Id
  year: number
  kind: PledgeKind
  title: string
  whom: Whom
  units: Id[]
  posts: Id[]
  persons: Id[]
  opening: string
  closing: string
  due: string
  state: RoundState
  reason: string | null
  recorded_at: Date
  by: string
}
export type CountRow = { round_id: Id; unit_id: Id; unit: string; total: number; in_force: number; unsigned: number }

const rows = (ctx: Ctx) => sql`SELECT r.id, r.year, r.kind, r.title, r.whom, r.units, r.posts, r.persons, r.opening, r.closing, r.due,
    CASE WHEN r.moved_at > ${ctx.knownAt} THEN 'issued' ELSE r.state END AS state, CASE WHEN r.moved_at > ${ctx.knownAt} THEN NULL ELSE r.reason END AS reason,
    r.recorded_at, p.name AS by
  FROM pledge_round r JOIN person p ON p.tenant_id = ${ctx.tenant.id} AND p.id = r.recorded_by
  WHERE r.tenant_id = ${ctx.tenant.id} AND r.recorded_at <= ${ctx.knownAt}`

export const roundById = async (db: Db, ctx: Ctx, id: Id) => (await sql<RoundRow>`${rows(ctx)} AND r.id = ${id}`.execute(db)).rows[0]

/** Rounds known by the day, the latest first. The cursor is [recorded_at, id]. */
export const roundsPage = (db: Db, ctx: Ctx, cut: Cut) =>
  keyset<RoundRow>(db, rows(ctx), [], { 'r.recorded_at': 'timestamptz', 'r.id': 'uuid' }, 'DESC', cut)

/** How far these rounds are, by unit in the order of the office, of those one may see. Supplements are not counted: what they supplement is. */
export async function countsOf(db: Db, ctx: Ctx, rounds: readonly Id[]): Promise<CountRow[]> {
  if (rounds.length === 0) return []
  const state = stateOn(ctx)
  const result =
    await sql<CountRow>`SELECT q.round_id, q.unit_id, u.name AS unit, count(*) FILTER (WHERE q.state <> 'withdrawn')::int AS total,
      count(*) FILTER (WHERE q.state IN ('in_force', 'ended'))::int AS in_force,
      count(*) FILTER (WHERE q.state IN ('issued', 'holder_signed', 'superior_signed'))::int AS unsigned
    FROM (SELECT g.round_id, g.unit_id, ${state} AS state FROM pledge g WHERE g.tenant_id = ${ctx.tenant.id} AND g.round_id = ANY(${[...rounds]}::uuid[])
      AND g.supplements_id IS NULL AND g.recorded_at <= ${ctx.knownAt} AND ${readable(ctx)}) q
    JOIN unit u ON u.tenant_id = ${ctx.tenant.id} AND u.id = q.unit_id
    GROUP BY q.round_id, q.unit_id, u.name, u.sort ORDER BY q.round_id, u.sort, q.unit_id`.execute(db)
  return result.rows
}

type NewRound = Pick<RoundRow, 'id' | 'year' | 'kind' | 'title' | 'whom' | 'opening' | 'closing' | 'due'> & {
  units: readonly Id[]
  posts: readonly Id[]
  persons: readonly Id[]
}
/** Sent, not waited for. */
export function insertRound(tx: Tx, ctx: Ctx, of: NewRound): void {
  const ids = (list: readonly Id[]) => sql`${[...list]}::uuid[]`
  send(
    tx,
    sql`INSERT INTO pledge_round (tenant_id, id, year, kind, title, whom, units, posts, persons, opening, closing, due, state, recorded_by, recorded_at, moved_by, moved_at)
      VALUES (${ctx.tenant.id}, ${of.id}, ${of.year}, ${of.kind}, ${of.title}, ${of.whom}, ${ids(of.units)}, ${ids(of.posts)}, ${ids(of.persons)}, ${of.opening},
        ${of.closing}, ${of.due}, 'issued', ${ctx.actor.person}, ${ctx.now}, ${ctx.actor.person}, ${ctx.now})`,
  )
}
