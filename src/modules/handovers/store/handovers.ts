import { type RawBuilder, sql } from 'kysely'
import type { Reach } from '#kernel/can.ts'
import { type Db, send, type Tx } from '#kernel/db.ts'
import type { HandoverLine, HandoverWay } from '#kernel/handover.ts'
import { type Id, newId } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import { type Cut, insert, keyset } from '#kernel/table.ts'
import type { HandoverState, piles, Reason, Role } from '../rules.ts'

type Ref = { id: Id; name: string }
export type HandoverRow = {
  id: Id
  person: Ref
  unit: Ref
  reason: Reason
  note: string | null
  day: string
  state: HandoverState
  /** Why it was recalled or withdrawn. */
  said: string | null
  opener: Ref
  recorded_at: Date
  moved_at: Date
  /** Lines that count and how many of them are signed by everybody they concern. */
  lines: number
  signed: number
  /** Waits for whoever asks. */
  mine: boolean
}

const concerns = (
  ctx: Ctx,
) => sql`(h.person_id = ${ctx.actor.person} OR h.opened_by = ${ctx.actor.person} OR EXISTS (SELECT 1 FROM handover_line r
  WHERE r.tenant_id = ${ctx.tenant.id} AND r.handover_id = h.id AND r.to_id = ${ctx.actor.person} AND h.state <> 'draft'))`
const waits = (
  ctx: Ctx,
) => sql`(h.state = 'out' AND (EXISTS (SELECT 1 FROM handover_line r WHERE r.tenant_id = ${ctx.tenant.id} AND r.handover_id = h.id
    AND r.to_id = ${ctx.actor.person} AND r.receiver_at IS NULL AND r.objection IS NULL AND r.settled_at IS NULL)
  OR (h.person_id = ${ctx.actor.person} AND (NOT EXISTS (SELECT 1 FROM handover_sign s WHERE s.tenant_id = ${ctx.tenant.id} AND s.handover_id = h.id AND s.role = 'giver')
    OR EXISTS (SELECT 1 FROM handover_line r WHERE r.tenant_id = ${ctx.tenant.id} AND r.handover_id = h.id AND r.giver_at IS NULL AND r.settled_at IS NULL)))))`

/** The state as it stood on the day one looks at. */
const stateOn = (ctx: Ctx): RawBuilder<unknown> =>
  ctx.lookingBack
    ? sql`coalesce((SELECT e.state FROM handover_event e WHERE e.tenant_id = ${ctx.tenant.id} AND e.handover_id = h.id AND e.at <= ${ctx.knownAt}
        ORDER BY e.at DESC, e.id DESC LIMIT 1), h.state)`
    : sql`h.state`

const rows = (
  ctx: Ctx,
) => sql`SELECT h.id, h.reason, h.note, h.day, ${stateOn(ctx)} AS state, CASE WHEN h.moved_at <= ${ctx.knownAt} THEN h.said END AS said, h.recorded_at, h.moved_at,
    json_build_object('id', p.id, 'name', p.name) AS person, json_build_object('id', u.id, 'name', u.name) AS unit,
    json_build_object('id', o.id, 'name', o.name) AS opener, coalesce(c.lines, 0) AS lines, coalesce(c.signed, 0) AS signed, ${waits(ctx)} AS mine
  FROM handover h JOIN person p ON p.tenant_id = ${ctx.tenant.id} AND p.id = h.person_id JOIN unit u ON u.tenant_id = ${ctx.tenant.id} AND u.id = h.unit_id
  JOIN person o ON o.tenant_id = ${ctx.tenant.id} AND o.id = h.opened_by
  LEFT JOIN LATERAL (SELECT count(*)::int AS lines, (count(*) FILTER (WHERE r.giver_at <= ${ctx.knownAt} AND (r.way <> 'to' OR r.receiver_at <= ${ctx.knownAt})))::int AS signed
    FROM handover_line r WHERE r.tenant_id = ${ctx.tenant.id} AND r.handover_id = h.id AND r.settled_at IS NULL) c ON true
  WHERE h.tenant_id = ${ctx.tenant.id} AND h.recorded_at <= ${ctx.knownAt}`

/** A sheet that this person may see: over its unit, as its giver or opener, or, once it is out, as somebody who takes over. */
const seen = (ctx: Ctx, reach: Reach): RawBuilder<unknown> | null =>
  reach.all ? null : sql`(h.unit_id = ANY(${reach.units}::uuid[]) OR ${concerns(ctx)})`

export const handoverById = async (db: Db, ctx: Ctx, reach: Reach, id: Id): Promise<HandoverRow | undefined> =>
  (await sql<HandoverRow>`${rows(ctx)} AND h.id = ${id} AND ${seen(ctx, reach) ?? sql`true`}`.execute(db)).rows[0]

/** One writer of a sheet at a time. */
export async function holdHandover(tx: Tx, tenant: Id, id: Id): Promise<void> {
  await sql`SELECT 1 FROM handover h WHERE h.tenant_id = ${tenant} AND h.id = ${id} FOR UPDATE`.execute(tx)
}

type Pile = (typeof piles)[number]
const pileOf = (ctx: Ctx, pile: Pile) =>
  ({
    mine: waits(ctx),
    open: sql`${stateOn(ctx)} IN ('draft', 'out', 'agreed')`,
    done: sql`${stateOn(ctx)} = 'done'`,
    withdrawn: sql`${stateOn(ctx)} = 'withdrawn'`,
  })[pile]

/** A page of sheets, the latest day first. */
export const handoversPage = (db: Db, ctx: Ctx, reach: Reach, ask: { pile: Pile | undefined; person: Id | undefined }, cut: Cut) =>
  keyset<HandoverRow>(
    db,
    rows(ctx),
    [seen(ctx, reach), ask.pile ? pileOf(ctx, ask.pile) : null, ask.person ? sql`h.person_id = ${ask.person}` : null],
    { 'h.day': 'date', 'h.id': 'uuid' },
    'DESC',
    cut,
  )

export const insertHandover = (
  tx: Tx,
  ctx: Ctx,
  row: { person_id: Id; unit_id: Id; reason: Reason; note: string | null; day: string; opened_by: Id },
): Id => insert(tx, ctx, 'handover', { ...row, state: 'draft', said: null })

/** Keeps which state it is in from now on. Sent, not waited for. */
export const keepState = (tx: Tx, ctx: Ctx, handover: Id, state: HandoverState): void =>
  send(
    tx,
    sql`INSERT INTO handover_event (tenant_id, id, handover_id, state, at) VALUES (${ctx.tenant.id}, ${newId()}, ${handover}, ${state}, ${ctx.now})`,
  )

/** A person's sheet that is not over. */
export async function openOne(db: Db, tenant: Id, person: Id): Promise<{ id: Id; day: string } | undefined> {
  const found = await sql<{
    id: Id
    day: string
  }>`SELECT h.id, h.day FROM handover h WHERE h.tenant_id = ${tenant} AND h.person_id = ${person}
    AND h.state IN ('draft', 'out', 'agreed')`.execute(db)
  return found.rows[0]
}

export async function changeHandover(tx: Tx, tenant: Id, id: Id, to: { reason: Reason; note: string | null; day: string }): Promise<void> {
  await sql`UPDATE handover SET reason = ${to.reason}, note = ${to.note}, day = ${to.day} WHERE tenant_id = ${tenant} AND id = ${id}`.execute(
    tx,
  )
}

export type Due = { id: Id; state: string; person: Id; opener: Id; day: string }
/** Sheets that everybody has signed and whose day has come. */
export async function carriedToday(db: Db, ctx: Ctx): Promise<Due[]> {
  const found = await sql<Due>`SELECT h.id, h.state, h.person_id AS person, h.opened_by AS opener, h.day FROM handover h
    WHERE h.tenant_id = ${ctx.tenant.id} AND h.state = 'agreed' AND h.day <= ${ctx.today}::date ORDER BY h.day, h.id`.execute(db)
  return found.rows
}

export type LineRow = {
  part: string
  thing_id: Id
  way: HandoverWay
  to_id: Id | null
  how: string | null
  reason: string | null
  mark: string
  says: HandoverLine
  giver_at: Date | null
  receiver_at: Date | null
  objection: string | null
  settled_at: Date | null
  moved_at: Date | null
}
export async function linesOf(db: Db, tenant: Id, handover: Id): Promise<LineRow[]> {
  const found =
    await sql<LineRow>`SELECT l.part, l.thing_id, l.way, l.to_id, l.how, l.reason, l.mark, l.says, l.giver_at, l.receiver_at, l.objection, l.settled_at,
      l.moved_at FROM handover_line l WHERE l.tenant_id = ${tenant} AND l.handover_id = ${handover}`.execute(db)
  return found.rows
}

/** Keeps lines whole, in place of what was kept of them. */
export async function putLines(tx: Tx, ctx: Ctx, handover: Id, lines: readonly LineRow[]): Promise<void> {
  if (lines.length === 0) return
  const given = lines.map((one) => ({ ...one, cause_id: one.says.cause }))
  await sql`INSERT INTO handover_line (tenant_id, handover_id, part, thing_id, cause_id, way, to_id, how, reason, mark, says, giver_at, receiver_at, objection,
      settled_at, moved_at)
    SELECT ${ctx.tenant.id}::uuid, ${handover}::uuid, r.part, r.thing_id, r.cause_id, r.way, r.to_id, r.how, r.reason, r.mark, r.says, r.giver_at, r.receiver_at,
      r.objection, r.settled_at, r.moved_at
    FROM jsonb_to_recordset(${JSON.stringify(given)}::text::jsonb) AS r(part text, thing_id uuid, cause_id uuid, way text, to_id uuid, how text, reason text, mark text,
      says jsonb, giver_at timestamptz, receiver_at timestamptz, objection text, settled_at timestamptz, moved_at timestamptz)
    ON CONFLICT (tenant_id, handover_id, part, thing_id) DO UPDATE SET way = excluded.way, to_id = excluded.to_id, how = excluded.how, reason = excluded.reason,
      mark = excluded.mark, says = excluded.says, giver_at = excluded.giver_at, receiver_at = excluded.receiver_at, objection = excluded.objection,
      settled_at = excluded.settled_at, moved_at = excluded.moved_at, cause_id = excluded.cause_id`.execute(tx)
}

/** Forgets what nobody decided any more: a line that is gone before the sheet went out. */
export async function dropLines(tx: Tx, tenant: Id, handover: Id, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return
  await sql`DELETE FROM handover_line WHERE tenant_id = ${tenant} AND handover_id = ${handover} AND part || ' ' || thing_id = ANY(${[...keys]}::text[])`.execute(
    tx,
  )
}

export type SignRow = { role: Role; person_id: Id; person: string; by_id: Id; by: string; reason: string | null; lines: number; at: Date }
export async function signsOf(db: Db, ctx: Ctx, handover: Id): Promise<SignRow[]> {
  const found =
    await sql<SignRow>`SELECT s.role, s.person_id, p.name AS person, s.by_id, b.name AS by, s.reason, s.lines, s.at FROM handover_sign s
    JOIN person p ON p.tenant_id = ${ctx.tenant.id} AND p.id = s.person_id JOIN person b ON b.tenant_id = ${ctx.tenant.id} AND b.id = s.by_id
    WHERE s.tenant_id = ${ctx.tenant.id} AND s.handover_id = ${handover} AND s.at <= ${ctx.knownAt} ORDER BY s.at, s.id`.execute(db)
  return found.rows
}

export async function insertSign(
  tx: Tx,
  ctx: Ctx,
  handover: Id,
  sign: { role: Role; person_id: Id; by_id: Id; reason: string | null; lines: number },
): Promise<void> {
  await tx
    .insertInto('handover_sign')
    .values({ tenant_id: ctx.tenant.id, id: newId(), handover_id: handover, ...sign, at: ctx.now })
    .execute()
}

export async function namesOf(db: Db, tenant: Id, persons: readonly Id[]): Promise<Map<Id, string>> {
  if (persons.length === 0) return new Map()
  const found =
    await sql<Ref>`SELECT p.id, p.name FROM person p WHERE p.tenant_id = ${tenant} AND p.id = ANY(${[...persons]}::uuid[])`.execute(db)
  return new Map(found.rows.map((row) => [row.id, row.name]))
}

/** What of a context says which day one looks at. */
type Looked = { tenant: Pick<Ctx['tenant'], 'id'>; day: string; knownAt: Date }
export type HandedOver = {
  handover: Id
  part: string
  thing: Id
  cause: Id | null
  title: string
  way: HandoverWay
  from_id: Id
  from: string
  to_id: Id | null
  to: string | null
  day: string
}
/** What was handed over of these things (posts' appointments, charges, duties, obligations …), by their own ids or the ids of what they are because of, known by the day. */
export async function handedOverOn(db: Db, ctx: Looked, things: readonly Id[]): Promise<HandedOver[]> {
  const found =
    await sql<HandedOver>`SELECT l.handover_id AS handover, l.part, l.thing_id AS thing, l.cause_id AS cause, l.says->>'title' AS title, l.way,
      g.id AS from_id, g.name AS from, r.id AS to_id, r.name AS to, h.day
    FROM handover_line l JOIN handover h ON h.tenant_id = ${ctx.tenant.id} AND h.id = l.handover_id JOIN person g ON g.tenant_id = ${ctx.tenant.id} AND g.id = h.person_id
    LEFT JOIN person r ON r.tenant_id = ${ctx.tenant.id} AND r.id = l.to_id
    WHERE l.tenant_id = ${ctx.tenant.id} AND l.moved_at <= ${ctx.knownAt} AND h.day <= ${ctx.day}::date
      AND (l.thing_id = ANY(${[...things]}::uuid[]) OR l.cause_id = ANY(${[...things]}::uuid[])) ORDER BY h.day, h.id, l.part, l.thing_id`.execute(
      db,
    )
  return found.rows
}
