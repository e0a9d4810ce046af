import { type RawBuilder, sql } from 'kysely'
import { send, type Tx } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import type { EventKind, State } from '../rules.ts'

export type NewRow = {
  id: Id
  because: string
  because_id: Id
  kind: string
  title: string
  period: string
  holder_id: Id
  unit_id: Id
  opens: string
  warn_from: string
  due: string
  part: number
  part_of: Id | null
  reckoned: string | null
  reckoned_from: string | null
  ground: string | null
}
export type Made = { id: Id; kind: string; holder_id: Id; unit_id: Id; due: string; warn_from: string }

/** Makes those that do not exist yet (same cause, holder, period and part), with their first event. Returns what was made. */
export async function insertObligations(tx: Tx, ctx: Ctx, rows: readonly NewRow[]): Promise<Made[]> {
  const made: Made[] = []
  for (let at = 0; at < rows.length; at += 5000) {
    const batch = JSON.stringify(rows.slice(at, at + 5000))
    const result = await sql<Made>`WITH fresh AS (
        INSERT INTO obligation (tenant_id, id, because, because_id, kind, title, period, holder_id, unit_id, opens, warn_from, due,
          part, part_of, reckoned, reckoned_from, ground, state, version, recorded_at)
        SELECT ${ctx.tenant.id}::uuid, r.id, r.because, r.because_id, r.kind, r.title, r.period, r.holder_id, r.unit_id, r.opens, r.warn_from, r.due,
          r.part, r.part_of, r.reckoned, r.reckoned_from, r.ground, 'open', 1, ${ctx.now}
        FROM jsonb_to_recordset(${batch}::text::jsonb) AS r(id uuid, because text, because_id uuid, kind text, title text, period text, holder_id uuid, unit_id uuid,
          opens date, warn_from date, due date, part int, part_of uuid, reckoned text, reckoned_from date, ground text)
        ORDER BY r.because_id, r.holder_id, r.period, r.part
        ON CONFLICT (tenant_id, because_id, holder_id, period, part) DO NOTHING
        RETURNING tenant_id, id, kind, holder_id, unit_id, warn_from, due
      ), logged AS (
        INSERT INTO obligation_event (tenant_id, obligation_id, version, kind, effective_at, recorded_at, actor_id, state, holder_id, unit_id, warn_from, due)
        SELECT tenant_id, id, 1, 'made', ${ctx.now}, ${ctx.now}, ${ctx.actor.person}, 'open', holder_id, unit_id, warn_from, due FROM fresh
      ) SELECT id, kind, holder_id, unit_id, due, warn_from FROM fresh WHERE tenant_id = ${ctx.tenant.id}`.execute(tx)
    made.push(...result.rows)
  }
  return made
}

export type Change = {
  /** Only obligations in this state are changed; the others are left out of what is returned. */
  from: State
  to: State
  event: EventKind
  effectiveAt: Date
  reason?: string | null
  act?: Id | null
  due?: string
  warnFrom?: string
  holder?: Id
  unit?: Id
  doneOn?: string | null
  /** Its day was set by somebody: no calendar moves it any more. */
  given?: boolean
  /** The turn of the calendar that moves it. */
  turn?: Id
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
  was: { holder_id: Id; unit_id: Id; due: string; warn_from: string; state: State; done_on: string | null }
}

type Row = Omit<Changed, 'was'> & {
  was_holder: Id
  was_unit: Id
  was_due: string
  was_warn: string
  was_state: State
  was_done: string | null
}

/** The one way obligations change: locked in the order of their ids, changed, and the whole state after it appended as an event. */
function changing(ctx: Ctx, ids: readonly Id[], change: Change): RawBuilder<Row> {
  const opens = change.to === 'open'
  return sql<Row>`
    WITH held AS (
      SELECT o.id, o.holder_id, o.unit_id, o.due, o.warn_from, o.state, o.done_on FROM obligation o
      WHERE o.tenant_id = ${ctx.tenant.id} AND o.id = ANY(${ids}::uuid[]) AND o.state = ${change.from} ORDER BY o.id FOR UPDATE
    ), changed AS (
      UPDATE obligation o SET state = ${change.to}, version = o.version + 1,
        due = COALESCE(${change.due ?? null}::date, o.due), warn_from = COALESCE(${change.warnFrom ?? null}::date, o.warn_from),
        holder_id = COALESCE(${change.holder ?? null}::uuid, o.holder_id), unit_id = COALESCE(${change.unit ?? null}::uuid, o.unit_id),
        reckoned = CASE WHEN ${change.given ?? false}::boolean THEN NULL ELSE o.reckoned END,
        reckoned_from = CASE WHEN ${change.given ?? false}::boolean THEN NULL ELSE o.reckoned_from END,
        done_on = ${opens ? null : (change.doneOn ?? null)}::date, act_id = ${opens ? null : (change.act ?? null)}::uuid
      FROM held WHERE o.tenant_id = ${ctx.tenant.id} AND o.id = held.id
      RETURNING o.id, o.kind, o.title, o.state, o.version, o.holder_id, o.unit_id, o.due, o.warn_from, o.done_on,
        held.holder_id AS was_holder, held.unit_id AS was_unit, held.due AS was_due, held.warn_from AS was_warn, held.state AS was_state, held.done_on AS was_done
    ), logged AS (
      INSERT INTO obligation_event (tenant_id, obligation_id, version, kind, effective_at, recorded_at, actor_id, reason, act_id, state, holder_id, unit_id, warn_from, due, done_on, turn_id)
      SELECT ${ctx.tenant.id}::uuid, id, version, ${change.event}, ${change.effectiveAt}, ${ctx.now}, ${ctx.actor.person}, ${change.reason ?? null}, ${change.act ?? null}::uuid,
        state, holder_id, unit_id, warn_from, due, done_on, ${change.turn ?? null}::uuid FROM changed
    ) SELECT * FROM changed`
}

/** Changes those of these that are in the state to start from, and says what changed. */
export async function changeObligations(tx: Tx, ctx: Ctx, ids: readonly Id[], change: Change): Promise<Changed[]> {
  const rows = await changing(ctx, ids, change).execute(tx)
  return rows.rows.map(({ was_holder, was_unit, was_due, was_warn, was_state, was_done, ...row }) => ({
    ...row,
    was: { holder_id: was_holder, unit_id: was_unit, due: was_due, warn_from: was_warn, state: was_state, done_on: was_done },
  }))
}

/** The same for rows that this transaction holds (`holdObligations`) and has seen in the state to start from: nothing is left to be answered. */
export const changeHeld = (tx: Tx, ctx: Ctx, ids: readonly Id[], change: Change): void => send(tx, changing(ctx, ids, change))
