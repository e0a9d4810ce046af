import { sql } from 'kysely'
import type { Reach } from '#kernel/can.ts'
import { type Db, send, type Tx } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import type { Above, ConfirmationState, Ground, piles } from '../rules.ts'

/** What is asked, of whom: about an act, or about an obligation it discharges. */
export type Asking = { id: Id; obligation: Id | null; ground: Ground; askedOf: Id; name: string; unit: Id; note: string | null }

/** Asks for confirmations of an act. Sent, not waited for. */
export function ask(tx: Tx, ctx: Ctx, act: Id, askedBy: Id, list: readonly Asking[]): void {
  if (list.length === 0) return
  const rows = list.map(({ id, obligation, ground, askedOf, unit, note }) => ({ id, obligation, ground, asked_of: askedOf, unit, note }))
  send(
    tx,
    sql`INSERT INTO act_confirmation (tenant_id, id, act_id, obligation_id, ground, asked_of, asked_by, unit_id, state, note, recorded_at)
      SELECT ${ctx.tenant.id}::uuid, r.id, ${act}::uuid, r.obligation, r.ground, r.asked_of, ${askedBy}::uuid, r.unit, 'awaiting', r.note, ${ctx.now}::timestamptz
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) AS r(id uuid, obligation uuid, ground text, asked_of uuid, unit uuid, note text)`,
  )
}

export type ConfirmationRow = {
  id: Id
  act_id: Id
  obligation_id: Id | null
  obligation: string | null
  ground: Ground
  asked_of: Id
  asked_of_name: string
  asked_by: Id
  asked_by_name: string
  unit_id: Id
  done_by: Id
  state: ConfirmationState
  /** The answer to an objection with which it was asked again. */
  note: string | null
  /** Why it was objected to. */
  reason: string | null
  recorded_at: Date
  moved_by_name: string | null
  moved_at: Date | null
  /** The act still stands and this is the last request of its kind: what may be answered. */
  last: boolean
  /** Whoever was asked holds no post today. */
  gone: boolean
}

/** States as known on the day one looks at: what moved later had not moved. */
const stateOn = (ctx: Ctx) =>
  ctx.lookingBack ? sql`(CASE WHEN c.moved_at > ${ctx.knownAt} THEN 'awaiting' ELSE c.state END)` : sql`c.state`
const stands = (ctx: Ctx) => (ctx.lookingBack ? sql`(a.state = 'recorded' OR a.moved_at > ${ctx.knownAt})` : sql`a.state = 'recorded'`)

const columns = (
  ctx: Ctx,
) => sql`c.id, c.act_id, c.obligation_id, o.title AS obligation, c.ground, c.asked_of, p.name AS asked_of_name, c.asked_by,
  b.name AS asked_by_name, c.unit_id, a.done_by, ${stateOn(ctx)} AS state, c.note,
  CASE WHEN c.moved_at > ${ctx.knownAt} THEN NULL ELSE c.reason END AS reason, c.recorded_at,
  CASE WHEN c.moved_at > ${ctx.knownAt} THEN NULL ELSE m.name END AS moved_by_name, CASE WHEN c.moved_at > ${ctx.knownAt} THEN NULL ELSE c.moved_at END AS moved_at,
  (${stands(ctx)} AND ${isLast(ctx)}) AS last,
  NOT EXISTS (SELECT 1 FROM appointment t WHERE t.tenant_id = ${ctx.tenant.id} AND t.person_id = c.asked_of AND t.voided_at IS NULL
    AND t.since <= ${ctx.day} AND (t.until IS NULL OR t.until > ${ctx.day})) AS gone`
const isLast = (ctx: Ctx) => sql`NOT EXISTS (SELECT 1 FROM act_confirmation n WHERE n.tenant_id = ${ctx.tenant.id} AND n.act_id = c.act_id
  AND n.obligation_id IS NOT DISTINCT FROM c.obligation_id AND (n.recorded_at, n.id) > (c.recorded_at, c.id) AND n.recorded_at <= ${ctx.knownAt})`
const joined = (tenant: Id) => sql`JOIN act a ON a.tenant_id = ${tenant} AND a.id = c.act_id
  JOIN person p ON p.tenant_id = ${tenant} AND p.id = c.asked_of JOIN person b ON b.tenant_id = ${tenant} AND b.id = c.asked_by
  LEFT JOIN person m ON m.tenant_id = ${tenant} AND m.id = c.moved_by LEFT JOIN obligation o ON o.tenant_id = ${tenant} AND o.id = c.obligation_id`

/** The last request of each kind for these acts, of those made by the day one looks at, in the state known then. */
export async function confirmationsOf(db: Db, ctx: Ctx, acts: readonly Id[]): Promise<ConfirmationRow[]> {
  if (acts.length === 0) return []
  const rows = await sql<ConfirmationRow>`SELECT ${columns(ctx)} FROM act_confirmation c ${joined(ctx.tenant.id)}
    WHERE c.tenant_id = ${ctx.tenant.id} AND c.act_id = ANY(${acts}::uuid[]) AND c.recorded_at <= ${ctx.knownAt} AND ${isLast(ctx)}
    ORDER BY c.act_id, c.obligation_id NULLS FIRST`.execute(db)
  return rows.rows
}

export async function confirmationsByIds(db: Db, ctx: Ctx, ids: readonly Id[]): Promise<ConfirmationRow[]> {
  const rows = await sql<ConfirmationRow>`SELECT ${columns(ctx)} FROM act_confirmation c ${joined(ctx.tenant.id)}
    WHERE c.tenant_id = ${ctx.tenant.id} AND c.id = ANY(${ids}::uuid[]) ORDER BY c.id`.execute(db)
  return rows.rows
}

/** Which requests: those this person is asked, those objected to that they had recorded, those of theirs that still wait, those they answered. */
type Pile = (typeof piles)[number]
const pileOf = (ctx: Ctx, pile: Pile, me: Id | null) =>
  ({
    asked: sql`c.asked_of = ${me} AND ${stateOn(ctx)} = 'awaiting' AND ${stands(ctx)}`,
    returned: sql`c.asked_by = ${me} AND ${stateOn(ctx)} = 'objected' AND ${stands(ctx)} AND ${isLast(ctx)}`,
    waiting: sql`c.asked_by = ${me} AND ${stateOn(ctx)} = 'awaiting' AND ${stands(ctx)}`,
    answered: sql`c.asked_of = ${me} AND ${stateOn(ctx)} IN ('confirmed', 'objected')`,
  })[pile]

/** A page of requests, the latest first. `after` is [recorded_at, id]. */
export async function listConfirmations(
  db: Db,
  ctx: Ctx,
  pile: Pile,
  after: (string | number)[] | null,
  limit: number,
): Promise<ConfirmationRow[]> {
  const from = after ? sql`AND (c.recorded_at, c.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``
  const rows = await sql<ConfirmationRow>`SELECT ${columns(ctx)} FROM act_confirmation c ${joined(ctx.tenant.id)}
    WHERE c.tenant_id = ${ctx.tenant.id} AND c.recorded_at <= ${ctx.knownAt} AND ${pileOf(ctx, pile, ctx.actor.person)} ${from}
    ORDER BY c.recorded_at DESC, c.id DESC LIMIT ${limit + 1}`.execute(db)
  return rows.rows
}

/** How many of each pile; what is beyond 999 is not counted. */
export async function countConfirmations(db: Db, ctx: Ctx): Promise<{ asked: number; returned: number }> {
  const pile = (
    name: Pile,
  ) => sql`(SELECT count(*)::int FROM (SELECT 1 FROM act_confirmation c JOIN act a ON a.tenant_id = ${ctx.tenant.id} AND a.id = c.act_id
    WHERE c.tenant_id = ${ctx.tenant.id} AND ${pileOf(ctx, name, ctx.actor.person)} LIMIT 999) x)`
  const rows = await sql<{ asked: number; returned: number }>`SELECT ${pile('asked')} AS asked, ${pile('returned')} AS returned`.execute(db)
  return rows.rows[0] ?? { asked: 0, returned: 0 }
}

export type WaitingRow = { person_id: Id; name: string; count: number; since: Date }

/** Who is asked to confirm and has not answered by the day one looks at, within a reach: how many each, and since when; by name. */
export async function waitingOn(db: Db, ctx: Ctx, reach: Reach, most: number): Promise<WaitingRow[]> {
  const waits = ctx.lookingBack ? sql`(c.state = 'awaiting' OR c.moved_at > ${ctx.knownAt})` : sql`c.state = 'awaiting'`
  const rows =
    await sql<WaitingRow>`SELECT c.asked_of AS person_id, p.name, count(*)::int AS count, min(c.recorded_at) AS since FROM act_confirmation c
    JOIN act a ON a.tenant_id = ${ctx.tenant.id} AND a.id = c.act_id JOIN person p ON p.tenant_id = ${ctx.tenant.id} AND p.id = c.asked_of
    WHERE c.tenant_id = ${ctx.tenant.id} AND c.recorded_at <= ${ctx.knownAt} AND ${waits} AND ${stands(ctx)}
      AND (${reach.all} OR c.asked_by = ${reach.person} OR c.unit_id = ANY(${reach.units}::uuid[]))
    GROUP BY c.asked_of, p.name ORDER BY p.name COLLATE "zh-x-icu", c.asked_of LIMIT ${most}`.execute(db)
  return rows.rows
}

/** Requests of an act that nobody has answered, held until the transaction ends. */
export async function awaitingOf(tx: Tx, tenant: Id, act: Id): Promise<{ id: Id; state: string }[]> {
  const rows = await sql<{ id: Id; state: string }>`SELECT id, state FROM act_confirmation
    WHERE tenant_id = ${tenant} AND act_id = ${act} AND state = 'awaiting' ORDER BY id FOR UPDATE`.execute(tx)
  return rows.rows
}

export async function setReason(tx: Tx, tenant: Id, id: Id, reason: string): Promise<void> {
  await sql`UPDATE act_confirmation SET reason = ${reason} WHERE tenant_id = ${tenant} AND id = ${id}`.execute(tx)
}

/** Which of these obligations rest on a duty that asks for a confirmation, and of whom. */
export async function askedFor(db: Db, tenant: Id, obligations: readonly Id[]): Promise<Map<Id, 'head' | 'superior'>> {
  if (obligations.length === 0) return new Map()
  const rows = await sql<{ id: Id; confirm: 'head' | 'superior' }>`SELECT o.id, d.confirm FROM obligation o
    JOIN duty d ON d.tenant_id = ${tenant} AND d.id = o.because_id
    WHERE o.tenant_id = ${tenant} AND o.id = ANY(${obligations}::uuid[]) AND d.confirm IS NOT NULL`.execute(db)
  return new Map(rows.rows.map((row) => [row.id, row.confirm]))
}

/** Who heads or is in charge of a unit and of each above it, on a day. */
export async function aboveUnit(db: Db, tenant: Id, unit: Id, day: string): Promise<Above[]> {
  const rows = await sql<Above>`WITH RECURSIVE up AS (
      SELECT u.id, u.parent_id, 0 AS height FROM unit u WHERE u.tenant_id = ${tenant} AND u.id = ${unit}
      UNION ALL SELECT u.id, u.parent_id, up.height + 1 FROM up JOIN unit u ON u.tenant_id = ${tenant} AND u.id = up.parent_id
        WHERE u.tenant_id = ${tenant} AND up.height < 40
    )
    SELECT x.person, n.name, x."as", x.height FROM (SELECT a.person_id AS person, 'head' AS "as", up.height FROM up JOIN post o ON o.tenant_id = ${tenant} AND o.unit_id = up.id
      AND o.roles && ARRAY['head', 'party_secretary', 'branch_secretary', 'group_head']
      JOIN appointment a ON a.tenant_id = ${tenant} AND a.post_id = o.id AND a.voided_at IS NULL AND a.since <= ${day} AND (a.until IS NULL OR a.until > ${day})
    UNION ALL SELECT c.person_id, 'charge', up.height FROM up JOIN charge c ON c.tenant_id = ${tenant} AND c.unit_id = up.id AND c.voided_at IS NULL
      AND c.since <= ${day} AND (c.until IS NULL OR c.until > ${day})) x
    JOIN person n ON n.tenant_id = ${tenant} AND n.id = x.person ORDER BY x.height, x."as" DESC, x.person`.execute(db)
  return rows.rows
}
