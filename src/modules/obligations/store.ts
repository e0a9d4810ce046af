import { type RawBuilder, sql } from 'kysely'
import type { Reach } from '#kernel/can.ts'
import { type Db, send, type Tx } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import type { Delta, Light, State } from './rules.ts'

export type ObligationRow = {
  id: Id
  because: 'duty' | 'finding'
  because_id: Id
  kind: string
  title: string
  period: string
  holder_id: Id
  holder: string
  unit_id: Id
  unit: string
  opens: string
  warn_from: string
  due: string
  state: State
  done_on: string | null
  act_id: Id | null
  version: number
}

export type Filter = {
  holder?: Id | undefined
  unit?: Id | undefined
  because?: Id | undefined
  kind?: string | undefined
  light?: Light | undefined
  from?: string | undefined
  until?: string | undefined
}

const and = (parts: (RawBuilder<unknown> | null)[]): RawBuilder<unknown> => {
  const kept = parts.filter((part) => part !== null)
  return kept.length === 0 ? sql`true` : sql.join(kept, sql` AND `)
}

/** The rows a reach covers, over the alias that carries holder and unit. */
const within = (reach: Reach, s: RawBuilder<unknown>) =>
  reach.all ? null : sql`(${s}.holder_id = ${reach.person} OR ${s}.unit_id = ANY(${reach.units}::uuid[]))`

const lit = (light: Light, day: string, s: RawBuilder<unknown>) =>
  ({
    grey: sql`${s}.state = 'waived'`,
    green: sql`(${s}.state = 'discharged' OR (${s}.state = 'open' AND ${s}.warn_from > ${day}))`,
    yellow: sql`${s}.state = 'open' AND ${s}.warn_from <= ${day} AND ${s}.due >= ${day}`,
    red: sql`${s}.state = 'open' AND ${s}.due < ${day}`,
  })[light]

/** What was known at an instant: the last event recorded by then carries the whole state. Now: the row itself. */
const knownState = (ctx: Ctx) =>
  ctx.lookingBack
    ? sql`JOIN LATERAL (SELECT e.holder_id, e.unit_id, e.state, e.due, e.warn_from, e.done_on, e.act_id, e.version FROM obligation_event e
        WHERE e.tenant_id = ${ctx.tenant.id} AND e.obligation_id = o.id AND e.recorded_at <= ${ctx.knownAt} ORDER BY e.version DESC LIMIT 1) s ON true`
    : sql``

const columns = (s: RawBuilder<unknown>) => sql`o.id, o.because, o.because_id, o.kind, o.title, o.period, ${s}.holder_id, p.name AS holder,
  ${s}.unit_id, u.name AS unit, o.opens, ${s}.warn_from, ${s}.due, ${s}.state, ${s}.done_on, ${s}.act_id, ${s}.version`

const people = (tenant: Id, s: RawBuilder<unknown>) => sql`JOIN person p ON p.tenant_id = ${tenant} AND p.id = ${s}.holder_id
  JOIN unit u ON u.tenant_id = ${tenant} AND u.id = ${s}.unit_id`

/** A page in due order as of `ctx.day`, within a reach. `after` is [due, id]. */
export async function listObligations(db: Db, ctx: Ctx, reach: Reach, filter: Filter, after: (string | number)[] | null, limit: number) {
  const s = ctx.lookingBack ? sql`s` : sql`o`
  const where = and([
    sql`o.tenant_id = ${ctx.tenant.id}`,
    within(reach, s),
    filter.holder ? sql`${s}.holder_id = ${filter.holder}` : null,
    filter.unit ? sql`${s}.unit_id = ${filter.unit}` : null,
    filter.because ? sql`o.because_id = ${filter.because}` : null,
    filter.kind ? sql`o.kind = ${filter.kind}` : null,
    filter.light ? lit(filter.light, ctx.day, s) : null,
    filter.from ? sql`${s}.due >= ${filter.from}` : null,
    filter.until ? sql`${s}.due <= ${filter.until}` : null,
    after ? sql`(${s}.due, o.id) > (${after[0]}::date, ${after[1]}::uuid)` : null,
  ])
  const rows = await sql<ObligationRow>`SELECT ${columns(s)} FROM obligation o ${knownState(ctx)} ${people(ctx.tenant.id, s)}
    WHERE ${where} ORDER BY ${s}.due, o.id LIMIT ${limit + 1}`.execute(db)
  return rows.rows
}

/** What one person owes around a day: everything open that is due within `until`, and what they settled or had waived this year. */
export async function listMine(db: Db, ctx: Ctx, person: Id, until: string, yearStart: string) {
  const s = ctx.lookingBack ? sql`s` : sql`o`
  const rows = await sql<ObligationRow>`SELECT ${columns(s)} FROM obligation o ${knownState(ctx)} ${people(ctx.tenant.id, s)}
    WHERE o.tenant_id = ${ctx.tenant.id} AND ${s}.holder_id = ${person}
      AND ((${s}.state = 'open' AND ${s}.due <= ${until}) OR (${s}.state <> 'open' AND ${s}.due >= ${yearStart} AND ${s}.due <= ${until}))
    ORDER BY ${s}.due, o.id LIMIT 500`.execute(db)
  return rows.rows
}

/** One obligation as of `ctx.day`, if anything was known of it by then. */
export async function obligationById(db: Db, ctx: Ctx, id: Id): Promise<ObligationRow | undefined> {
  const s = ctx.lookingBack ? sql`s` : sql`o`
  const rows = await sql<ObligationRow>`SELECT ${columns(s)} FROM obligation o ${knownState(ctx)} ${people(ctx.tenant.id, s)}
    WHERE o.tenant_id = ${ctx.tenant.id} AND o.id = ${id}`.execute(db)
  return rows.rows[0]
}

/** Obligations by id, as they stand now. */
export async function obligationsByIds(db: Db, tenant: Id, ids: readonly Id[]): Promise<ObligationRow[]> {
  const rows = await sql<ObligationRow>`SELECT ${columns(sql`o`)} FROM obligation o ${people(tenant, sql`o`)}
    WHERE o.tenant_id = ${tenant} AND o.id = ANY(${ids}::uuid[]) ORDER BY o.id`.execute(db)
  return rows.rows
}

/**
 * The same, held until the transaction ends, in the order of their ids. Whoever settles several takes them all by this before the first write: a
 * row that refers to one (`act_discharge`) locks it too, and locks taken piece by piece in any other order deadlock.
 */
export async function holdObligations(tx: Tx, tenant: Id, ids: readonly Id[]): Promise<ObligationRow[]> {
  const rows = await sql<ObligationRow>`SELECT ${columns(sql`o`)} FROM obligation o ${people(tenant, sql`o`)}
    WHERE o.tenant_id = ${tenant} AND o.id = ANY(${ids}::uuid[]) ORDER BY o.id FOR UPDATE OF o`.execute(tx)
  return rows.rows
}

export type BasisRow = { id: Id; directive: Id; title: string; start: number }

/** The directives behind duties and findings (`id` is theirs), and where the sentence begins; nothing for what rests on none. */
export async function basesOf(db: Db, tenant: Id, causes: readonly Id[]): Promise<BasisRow[]> {
  const rows = await sql<BasisRow>`SELECT c.id, v.id AS directive, v.title, c.start FROM (
      SELECT d.id, d.directive_id, d.basis_start AS start FROM duty d WHERE d.tenant_id = ${tenant} AND d.id = ANY(${causes}::uuid[])
      UNION ALL SELECT f.id, f.directive_id, p.start_at FROM finding f JOIN proposal p ON p.tenant_id = ${tenant} AND p.id = f.proposal_id
        WHERE f.tenant_id = ${tenant} AND f.id = ANY(${causes}::uuid[])
    ) c JOIN directive v ON v.tenant_id = ${tenant} AND v.id = c.directive_id WHERE c.start IS NOT NULL`.execute(db)
  return rows.rows
}

export type EventRow = {
  obligation_id: Id
  version: number
  kind: string
  effective_at: Date
  recorded_at: Date
  by: string | null
  reason: string | null
  act_id: Id | null
  state: State
  holder_id: Id
  holder: string
  unit_id: Id
  due: string
  done_on: string | null
}

export async function eventsOf(db: Db, tenant: Id, ids: readonly Id[]): Promise<EventRow[]> {
  const rows =
    await sql<EventRow>`SELECT e.obligation_id, e.version, e.kind, e.effective_at, e.recorded_at, a.name AS by, e.reason, e.act_id, e.state,
      e.holder_id, h.name AS holder, e.unit_id, e.due, e.done_on
    FROM obligation_event e JOIN person h ON h.tenant_id = ${tenant} AND h.id = e.holder_id
    LEFT JOIN person a ON a.tenant_id = ${tenant} AND a.id = e.actor_id
    WHERE e.tenant_id = ${tenant} AND e.obligation_id = ANY(${ids}::uuid[]) ORDER BY e.obligation_id, e.version`.execute(db)
  return rows.rows
}

export type NewRow = {
  id: Id
  because: 'duty' | 'finding'
  because_id: Id
  kind: string
  title: string
  period: string
  holder_id: Id
  unit_id: Id
  opens: string
  warn_from: string
  due: string
}
type Made = { id: Id; kind: string; unit_id: Id; due: string; warn_from: string }

/** Makes those that do not exist yet (same cause, holder and period), with their first event. Returns what was made. */
export async function insertObligations(tx: Tx, ctx: Ctx, rows: readonly NewRow[]): Promise<Made[]> {
  const made: Made[] = []
  for (let at = 0; at < rows.length; at += 5000) {
    const batch = JSON.stringify(rows.slice(at, at + 5000))
    const result = await sql<Made>`WITH fresh AS (
        INSERT INTO obligation (tenant_id, id, because, because_id, kind, title, period, holder_id, unit_id, opens, warn_from, due, state, version, recorded_at)
        SELECT ${ctx.tenant.id}::uuid, r.id, r.because, r.because_id, r.kind, r.title, r.period, r.holder_id, r.unit_id, r.opens, r.warn_from, r.due, 'open', 1, ${ctx.now}
        FROM jsonb_to_recordset(${batch}::text::jsonb) AS r(id uuid, because text, because_id uuid, kind text, title text, period text, holder_id uuid, unit_id uuid,
          opens date, warn_from date, due date)
        ORDER BY r.because_id, r.holder_id, r.period
        ON CONFLICT (tenant_id, because_id, holder_id, period) DO NOTHING
        RETURNING tenant_id, id, kind, holder_id, unit_id, warn_from, due
      ), logged AS (
        INSERT INTO obligation_event (tenant_id, obligation_id, version, kind, effective_at, recorded_at, actor_id, state, holder_id, unit_id, warn_from, due)
        SELECT tenant_id, id, 1, 'made', ${ctx.now}, ${ctx.now}, ${ctx.actor.person}, 'open', holder_id, unit_id, warn_from, due FROM fresh
      ) SELECT id, kind, unit_id, due, warn_from FROM fresh WHERE tenant_id = ${ctx.tenant.id}`.execute(tx)
    made.push(...result.rows)
  }
  return made
}

export type Change = {
  /** Only obligations in this state are changed; the others are left out of what is returned. */
  from: State
  to: State
  event: 'due_moved' | 'handed_over' | 'waived' | 'discharged' | 'corrected'
  effectiveAt: Date
  reason?: string | null
  act?: Id | null
  due?: string
  warnFrom?: string
  holder?: Id
  unit?: Id
  doneOn?: string | null
}
export type Changed = {
  id: Id
  kind: string
  title: string
  state: State
  holder_id: Id
  unit_id: Id
  due: string
  warn_from: string
  done_on: string | null
  was: { unit_id: Id; due: string; warn_from: string; state: State; done_on: string | null }
}

type Row = Omit<Changed, 'was'> & { was_unit: Id; was_due: string; was_warn: string; was_state: State; was_done: string | null }

/** The one way obligations change: locked in the order of their ids, changed, and the whole state after it appended as an event. */
function changing(ctx: Ctx, ids: readonly Id[], change: Change): RawBuilder<Row> {
  const settles = change.to === 'open'
  return sql<Row>`
    WITH held AS (
      SELECT o.id, o.unit_id, o.due, o.warn_from, o.state, o.done_on FROM obligation o
      WHERE o.tenant_id = ${ctx.tenant.id} AND o.id = ANY(${ids}::uuid[]) AND o.state = ${change.from} ORDER BY o.id FOR UPDATE
    ), changed AS (
      UPDATE obligation o SET state = ${change.to}, version = o.version + 1,
        due = COALESCE(${change.due ?? null}::date, o.due), warn_from = COALESCE(${change.warnFrom ?? null}::date, o.warn_from),
        holder_id = COALESCE(${change.holder ?? null}::uuid, o.holder_id), unit_id = COALESCE(${change.unit ?? null}::uuid, o.unit_id),
        done_on = ${settles ? null : (change.doneOn ?? null)}::date, act_id = ${settles ? null : (change.act ?? null)}::uuid
      FROM held WHERE o.tenant_id = ${ctx.tenant.id} AND o.id = held.id
      RETURNING o.id, o.kind, o.title, o.state, o.version, o.holder_id, o.unit_id, o.due, o.warn_from, o.done_on,
        held.unit_id AS was_unit, held.due AS was_due, held.warn_from AS was_warn, held.state AS was_state, held.done_on AS was_done
    ), logged AS (
      INSERT INTO obligation_event (tenant_id, obligation_id, version, kind, effective_at, recorded_at, actor_id, reason, act_id, state, holder_id, unit_id, warn_from, due, done_on)
      SELECT ${ctx.tenant.id}::uuid, id, version, ${change.event}, ${change.effectiveAt}, ${ctx.now}, ${ctx.actor.person}, ${change.reason ?? null}, ${change.act ?? null}::uuid,
        state, holder_id, unit_id, warn_from, due, done_on FROM changed
    ) SELECT * FROM changed`
}

/** Changes those of these that are in the state to start from, and says what changed. */
export async function changeObligations(tx: Tx, ctx: Ctx, ids: readonly Id[], change: Change): Promise<Changed[]> {
  const rows = await changing(ctx, ids, change).execute(tx)
  return rows.rows.map(({ was_unit, was_due, was_warn, was_state, was_done, ...row }) => ({
    ...row,
    was: { unit_id: was_unit, due: was_due, warn_from: was_warn, state: was_state, done_on: was_done },
  }))
}

/** The same for rows that this transaction holds (`holdObligations`) and has seen in the state to start from: nothing is left to be answered. */
export const changeHeld = (tx: Tx, ctx: Ctx, ids: readonly Id[], change: Change): void => send(tx, changing(ctx, ids, change))

/** Applies tally changes: one statement, in key order. Must be the last of its transaction: in any other order writers deadlock. */
export function applyTally(tx: Tx, tenant: Id, deltas: readonly Delta[]): void {
  if (deltas.length === 0) return
  send(
    tx,
    sql`INSERT INTO tally (tenant_id, unit_id, kind, due, warn_from, open, on_time, late, waived)
    SELECT ${tenant}::uuid, r.unit, r.kind, r.due, r."warnFrom", r.open, r."onTime", r.late, r.waived
    FROM jsonb_to_recordset(${JSON.stringify(deltas)}::text::jsonb) AS r(unit uuid, kind text, due date, "warnFrom" date, open int, "onTime" int, late int, waived int)
    ORDER BY r.unit, r.kind, r.due, r."warnFrom"
    ON CONFLICT (tenant_id, unit_id, kind, due, warn_from) DO UPDATE
    SET open = tally.open + excluded.open, on_time = tally.on_time + excluded.on_time, late = tally.late + excluded.late, waived = tally.waived + excluded.waived`,
  )
}

/**
 * Counts the tallies anew and returns how many rows were wrong. Writers wait at their last statement meanwhile, so nothing is missed:
 * what they changed is either seen here or added afterwards.
 */
export async function recountTally(tx: Tx, tenant: Id): Promise<number> {
  await sql`LOCK TABLE tally IN SHARE ROW EXCLUSIVE MODE`.execute(tx)
  const counted = sql`SELECT o.unit_id, o.kind, o.due, o.warn_from, count(*) FILTER (WHERE o.state = 'open')::int AS open,
      count(*) FILTER (WHERE o.state = 'discharged' AND (o.done_on IS NULL OR o.done_on <= o.due))::int AS on_time,
      count(*) FILTER (WHERE o.state = 'discharged' AND o.done_on > o.due)::int AS late, count(*) FILTER (WHERE o.state = 'waived')::int AS waived
    FROM obligation o WHERE o.tenant_id = ${tenant} GROUP BY o.unit_id, o.kind, o.due, o.warn_from`
  const gone = await sql`DELETE FROM tally t WHERE t.tenant_id = ${tenant} AND NOT EXISTS (SELECT 1 FROM obligation o
    WHERE o.tenant_id = ${tenant} AND o.unit_id = t.unit_id AND o.kind = t.kind AND o.due = t.due AND o.warn_from = t.warn_from)
    RETURNING (t.open <> 0 OR t.on_time <> 0 OR t.late <> 0 OR t.waived <> 0) AS wrong`.execute(tx)
  const fixed = await sql`INSERT INTO tally (tenant_id, unit_id, kind, due, warn_from, open, on_time, late, waived)
    SELECT ${tenant}::uuid, c.* FROM (${counted}) c
    ON CONFLICT (tenant_id, unit_id, kind, due, warn_from) DO UPDATE
    SET open = excluded.open, on_time = excluded.on_time, late = excluded.late, waived = excluded.waived
    WHERE (tally.open, tally.on_time, tally.late, tally.waived) IS DISTINCT FROM (excluded.open, excluded.on_time, excluded.late, excluded.waived)
    RETURNING 1`.execute(tx)
  return fixed.rows.length + (gone.rows as { wrong: boolean }[]).filter((row) => row.wrong).length
}

/** Who settled an obligation last, for the refusal that says so. */
export async function lastMoveOf(db: Db, tenant: Id, id: Id): Promise<{ who: string | null; at: Date; state: State } | undefined> {
  const rows = await sql<{
    who: string | null
    at: Date
    state: State
  }>`SELECT p.name AS who, e.recorded_at AS at, e.state FROM obligation_event e
    LEFT JOIN person p ON p.tenant_id = ${tenant} AND p.id = e.actor_id
    WHERE e.tenant_id = ${tenant} AND e.obligation_id = ${id} ORDER BY e.version DESC LIMIT 1`.execute(db)
  return rows.rows[0]
}
