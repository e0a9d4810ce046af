import { type RawBuilder, sql } from 'kysely'
import { type Db, send, type Tx } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import { type Cut, keyset, reached } from '#kernel/table.ts'
import type { PledgeKind, PledgeState, Shows, Side } from '../rules.ts'

type Ref = { id: Id; name: string }
export type PledgeRow = {
  id: Id
  round_id: Id
  kind: PledgeKind
  year: number
  title: string
  person: Ref
  unit: Ref
  superior: Ref | null
  supplements_id: Id | null
  due: string
  until: string | null
  reason: string | null
  state: PledgeState
  recorded_at: Date
  /** The text that holds on the day one looks at: its number and its hash. */
  text_no: number
  hash: string
  signatures: { side: Side; person: Ref; at: string }[]
}

const signedBy = (
  ctx: Ctx,
  side: Side,
) => sql`EXISTS (SELECT 1 FROM pledge_signature s WHERE s.tenant_id = ${ctx.tenant.id} AND s.pledge_id = g.id
  AND s.side = ${side} AND s.signed_at <= ${ctx.knownAt})`
/** The state of a pledge (`g`) as known on the day: what moved later is told from its signatures by then. */
export const stateOn = (ctx: Ctx): RawBuilder<unknown> =>
  ctx.lookingBack
    ? sql`(CASE WHEN g.moved_at <= ${ctx.knownAt} THEN g.state
        WHEN ${signedBy(ctx, 'holder')} AND (g.superior_id IS NULL OR ${signedBy(ctx, 'superior')}) THEN 'in_force'
        WHEN ${signedBy(ctx, 'holder')} THEN 'holder_signed' WHEN ${signedBy(ctx, 'superior')} THEN 'superior_signed' ELSE 'issued' END)`
    : sql`g.state`
/** What one may read: within one's reach, one's own, and those one signs as the superior. */
export function readable(ctx: Ctx): RawBuilder<unknown> {
  const within = reached(ctx.reach('pledge.read'), 'g.person_id', 'g.unit_id')
  return within === null ? sql`true` : sql`(g.superior_id = ${ctx.actor.person} OR ${within})`
}

const rows = (ctx: Ctx) => sql`SELECT g.id, g.round_id, g.kind, g.year, g.title, json_build_object('id', p.id, 'name', p.name) AS person,
    json_build_object('id', u.id, 'name', u.name) AS unit,
    CASE WHEN b.id IS NULL THEN NULL ELSE json_build_object('id', b.id, 'name', b.name) END AS superior, g.supplements_id, g.due,
    CASE WHEN g.moved_at > ${ctx.knownAt} THEN NULL ELSE g.until END AS until, CASE WHEN g.moved_at > ${ctx.knownAt} THEN NULL ELSE g.reason END AS reason,
    ${stateOn(ctx)} AS state, g.recorded_at, t.no AS text_no, t.hash, coalesce(w.list, '[]'::json) AS signatures
  FROM pledge g JOIN person p ON p.tenant_id = ${ctx.tenant.id} AND p.id = g.person_id
  JOIN unit u ON u.tenant_id = ${ctx.tenant.id} AND u.id = g.unit_id
  LEFT JOIN person b ON b.tenant_id = ${ctx.tenant.id} AND b.id = g.superior_id
  JOIN LATERAL (SELECT x.no, x.hash FROM pledge_text x WHERE x.tenant_id = ${ctx.tenant.id} AND x.pledge_id = g.id AND x.made_at <= ${ctx.knownAt}
    ORDER BY x.no DESC LIMIT 1) t ON true
  LEFT JOIN LATERAL (SELECT json_agg(json_build_object('side', s.side, 'person', json_build_object('id', n.id, 'name', n.name), 'at', s.signed_at)
      ORDER BY s.signed_at, s.side) AS list
    FROM pledge_signature s JOIN person n ON n.tenant_id = ${ctx.tenant.id} AND n.id = s.person_id
    WHERE s.tenant_id = ${ctx.tenant.id} AND s.pledge_id = g.id AND s.signed_at <= ${ctx.knownAt}) w ON true
  WHERE g.tenant_id = ${ctx.tenant.id} AND g.recorded_at <= ${ctx.knownAt}`

export type Filter = {
  round?: Id | undefined
  kind?: PledgeKind | undefined
  year?: number | undefined
  unit?: Id | undefined
  person?: Id | undefined
  state?: Shows | undefined
  q?: string | undefined
}
const stateIs = (ctx: Ctx, state: Shows) =>
  state === 'unsigned'
    ? sql`${stateOn(ctx)} IN ('issued', 'holder_signed', 'superior_signed')`
    : state === 'differs'
      ? sql`${stateOn(ctx)} = 'in_force' AND g.supplements_id IS NULL`
      : sql`${stateOn(ctx)} = ${state}`

/** Pledges one may read, by pinyin of the holder. The cursor is [name, id]. `differs` is narrowed by the caller: it is computed from the lists. */
export function pledgesPage(db: Db, ctx: Ctx, filter: Filter, cut: Cut): Promise<PledgeRow[]> {
  const like = filter.q ? `%${filter.q.replace(/[\\%_]/g, '\\$&')}%` : null
  const and = [
    readable(ctx),
    filter.round ? sql`g.round_id = ${filter.round}` : null,
    filter.kind ? sql`g.kind = ${filter.kind}` : null,
    filter.year ? sql`g.year = ${filter.year}` : null,
    filter.unit ? sql`g.unit_id = ${filter.unit}` : null,
    filter.person ? sql`g.person_id = ${filter.person}` : null,
    filter.state ? stateIs(ctx, filter.state) : null,
    like ? sql`p.name LIKE ${like}` : null,
  ]
  return keyset<PledgeRow>(db, rows(ctx), and, { 'p.name': 'text', 'g.id': 'uuid' }, 'ASC', cut)
}

export const pledgeById = async (db: Db, ctx: Ctx, id: Id): Promise<PledgeRow | undefined> =>
  (await sql<PledgeRow>`${rows(ctx)} AND g.id = ${id} AND ${readable(ctx)}`.execute(db)).rows[0]

/** Those that are there, whoever asks: the caller decides. */
export async function pledgesByIds(db: Db, ctx: Ctx, ids: readonly Id[]): Promise<PledgeRow[]> {
  if (ids.length === 0) return []
  return (await sql<PledgeRow>`${rows(ctx)} AND g.id = ANY(${[...ids]}::uuid[]) ORDER BY g.id`.execute(db)).rows
}

/** The supplements of these pledges, in the order they were made. */
export async function supplementsOf(db: Db, ctx: Ctx, ids: readonly Id[]): Promise<PledgeRow[]> {
  if (ids.length === 0) return []
  return (await sql<PledgeRow>`${rows(ctx)} AND g.supplements_id = ANY(${[...ids]}::uuid[]) ORDER BY g.recorded_at, g.id`.execute(db)).rows
}

/** What a person is to sign on a side, and what they signed as the holder; at most 500. */
export async function pledgesOfPerson(db: Db, ctx: Ctx, person: Id, which: Side | 'signed'): Promise<PledgeRow[]> {
  const state = stateOn(ctx)
  const where = {
    holder: sql`g.person_id = ${person} AND ${state} IN ('issued', 'superior_signed') ORDER BY g.due, g.id`,
    superior: sql`g.superior_id = ${person} AND ${state} IN ('issued', 'holder_signed') ORDER BY u.sort, p.name, g.id`,
    signed: sql`g.person_id = ${person} AND ${state} IN ('holder_signed', 'in_force', 'ended') ORDER BY g.year DESC, g.recorded_at DESC, g.id`,
  }[which]
  return (await sql<PledgeRow>`${rows(ctx)} AND ${where} LIMIT 500`.execute(db)).rows
}

/** Everything of a person that is not over: for a person's move. */
export async function standingOf(db: Db, ctx: Ctx, person: Id): Promise<PledgeRow[]> {
  const state = stateOn(ctx)
  return (
    await sql<PledgeRow>`${rows(ctx)} AND g.person_id = ${person} AND ${state} NOT IN ('ended', 'withdrawn') ORDER BY g.recorded_at, g.id`.execute(
      db,
    )
  ).rows
}

/** Held until the transaction ends, in the order of their ids, so that two who sign at once do not wait for each other in a circle. */
export async function holdPledges(tx: Tx, tenant: Id, ids: readonly Id[]): Promise<void> {
  await sql`SELECT g.id FROM pledge g WHERE g.tenant_id = ${tenant} AND g.id = ANY(${[...ids]}::uuid[]) ORDER BY g.id FOR UPDATE`.execute(
    tx,
  )
}

/** What of a round nobody has signed. */
export async function untouchedOf(tx: Tx, tenant: Id, round: Id): Promise<{ id: Id; state: PledgeState }[]> {
  const result = await sql<{ id: Id; state: PledgeState }>`SELECT g.id, g.state FROM pledge g
    WHERE g.tenant_id = ${tenant} AND g.round_id = ${round} AND g.state = 'issued' ORDER BY g.id FOR UPDATE`.execute(tx)
  return result.rows
}

/** Who has one of a kind and year that is not over. */
export async function havingOne(db: Db, ctx: Ctx, kind: PledgeKind, year: number): Promise<Set<Id>> {
  const result = await sql<{ person_id: Id }>`SELECT g.person_id FROM pledge g WHERE g.tenant_id = ${ctx.tenant.id} AND g.kind = ${kind}
    AND g.year = ${year} AND g.supplements_id IS NULL AND g.state NOT IN ('ended', 'withdrawn')`.execute(db)
  return new Set(result.rows.map((row) => row.person_id))
}

export type NewPledge = {
  id: Id
  round: Id
  kind: PledgeKind
  year: number
  title: string
  person: Id
  unit: Id
  superior: Id | null
  supplements: Id | null
  due: string
}
/** Writes new pledges in one statement. Sent, not waited for. */
export function insertPledges(tx: Tx, ctx: Ctx, list: readonly NewPledge[]): void {
  send(
    tx,
    sql`INSERT INTO pledge (tenant_id, id, round_id, kind, year, title, person_id, unit_id, superior_id, supplements_id, due, state, recorded_at, moved_by, moved_at)
      SELECT ${ctx.tenant.id}::uuid, r.id, r.round, r.kind, r.year, r.title, r.person, r.unit, r.superior, r.supplements, r.due, 'issued',
        ${ctx.now}::timestamptz, ${ctx.actor.person}::uuid, ${ctx.now}::timestamptz
      FROM jsonb_to_recordset(${JSON.stringify(list)}::text::jsonb) AS r(id uuid, round uuid, kind text, year int, title text, person uuid, unit uuid,
        superior uuid, supplements uuid, due date)`,
  )
}

/** Whose unit and superior changed while nobody had signed: it was put together anew. */
export function changeSides(tx: Tx, ctx: Ctx, id: Id, sides: { unit: Id; superior: Id | null }): void {
  send(
    tx,
    sql`UPDATE pledge SET unit_id = ${sides.unit}, superior_id = ${sides.superior} WHERE tenant_id = ${ctx.tenant.id} AND id = ${id} AND state = 'issued'`,
  )
}
