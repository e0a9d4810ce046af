import { type RawBuilder, sql } from 'kysely'
import { startOfYear } from '#kernel/calendar/index.ts'
import type { Db } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import { reached } from '#kernel/table.ts'

/** What obligations a trace walks from: of one holder, of causes, of units, or those an act discharged. */
export type Of = { person: Id } | { because: readonly Id[] } | { units: readonly Id[] } | { act: Id }

/** How many there are by light and which are drawn; `outside`: there are others, beyond what this person may see. */
export type Picked = { ids: Id[]; red: number; yellow: number; green: number; grey: number; outside: boolean }

/** Of a unit: what is or was red, and what is yellow; what was done in time says nothing of it. */
const telling = (ctx: Ctx, s: RawBuilder<unknown>) => sql`((${s}.state = 'open' AND ${s}.warn_from <= ${ctx.day})
  OR (${s}.state = 'discharged' AND ${s}.due >= ${startOfYear(ctx.day)}::date AND ${s}.done_on > ${s}.due))`

/**
 * The obligations that may be meant and how they stood. Today: their rows. On a past day: whatever was ever held by the person or in the units (found by the events
 * that change a holder), with the last event recorded by then.
 */
function standing(ctx: Ctx, of: Of): RawBuilder<unknown> {
  const tenant = ctx.tenant.id
  const columns = (s: RawBuilder<unknown>) => sql`o.id, ${s}.state, ${s}.due, ${s}.warn_from, ${s}.holder_id, ${s}.unit_id, ${s}.done_on`
  const own = (s: RawBuilder<unknown>) =>
    'person' in of
      ? sql`${s}.holder_id = ${of.person}`
      : 'units' in of
        ? sql`${s}.unit_id = ANY(${[...of.units]}::uuid[]) AND ${telling(ctx, s)}`
        : 'because' in of
          ? sql`o.because_id = ANY(${[...of.because]}::uuid[])`
          : sql`o.id IN (SELECT x.obligation_id FROM act_discharge x WHERE x.tenant_id = ${tenant} AND x.act_id = ${of.act})`
  const begun = 'act' in of ? sql`true` : sql`o.opens <= ${ctx.day}`
  if (!ctx.lookingBack)
    return sql`SELECT ${columns(sql`o`)} FROM obligation o WHERE o.tenant_id = ${tenant} AND ${own(sql`o`)} AND ${begun}`
  const ever = 'person' in of ? sql`x.holder_id = ${of.person}` : 'units' in of ? sql`x.unit_id = ANY(${[...of.units]}::uuid[])` : null
  const among =
    ever === null
      ? sql`true`
      : sql`o.id IN (SELECT x.obligation_id FROM obligation_event x WHERE x.tenant_id = ${tenant} AND ${ever} AND x.kind IN ('made', 'handed_over'))`
  return sql`SELECT ${columns(sql`e`)} FROM obligation o JOIN LATERAL (
      SELECT x.state, x.due, x.warn_from, x.holder_id, x.unit_id, x.done_on FROM obligation_event x
      WHERE x.tenant_id = ${tenant} AND x.obligation_id = o.id AND x.recorded_at <= ${ctx.knownAt} ORDER BY x.version DESC LIMIT 1) e ON true
    WHERE o.tenant_id = ${tenant} AND ${among} AND ${own(sql`e`)} AND ${begun}`
}

/**
 * From here on the statements of this read are planned once for all values: each finds a few rows by key, and to plan thirty of them anew for each trace would
 * cost more than to run them. Not for `owedBy`, whose best way depends on whose they are and on the day. Sent, not waited for: it travels with what follows.
 */
export function planOnce(db: Db): void {
  sql`SET LOCAL plan_cache_mode = force_generic_plan`.execute(db).catch(() => {})
}

/**
 * The obligations to draw as of the day one looks at, at most `limit` and within reach of `trace.read`: the red ones, the longest overdue first, then the nearest; and
 * how many there are. One statement. A leader's own red is not among them, nor hinted at, for whoever is not shown it. What is drawn of an act is all it discharged, whenever that opens.
 */
export async function owedBy(db: Db, ctx: Ctx, of: Of, limit: number): Promise<Picked> {
  const within = reached(ctx.reach('trace.read'), 's.holder_id', 's.unit_id') ?? sql`true`
  const open = sql`s.state = 'open'`
  const red = sql`(${open} AND s.due < ${ctx.day}::date)`
  const { rows } = await sql<Omit<Picked, 'ids'> & { ids: Id[] | null }>`WITH s AS MATERIALIZED (
      SELECT s.*, ${within} AS within FROM (${standing(ctx, of)}) s WHERE s.state <> 'joined'
        AND NOT (s.state = 'open' AND s.due < ${ctx.day}::date AND s.holder_id = ANY(${[...(ctx.actor.unseen ?? [])]}::uuid[]))
    )
    SELECT (SELECT array_agg(f.id ORDER BY f.place) FROM (SELECT s.id, row_number() OVER (ORDER BY ${red} DESC,
          CASE WHEN ${red} THEN s.due - ${ctx.day}::date ELSE abs(s.due - ${ctx.day}::date) END, s.id) AS place FROM s WHERE s.within
        ORDER BY 2 LIMIT ${limit}) f) AS ids,
      count(*) FILTER (WHERE within AND ${red})::int AS red,
      count(*) FILTER (WHERE within AND ${open} AND s.due >= ${ctx.day}::date AND s.warn_from <= ${ctx.day}::date)::int AS yellow,
      count(*) FILTER (WHERE within AND (s.state = 'discharged' OR (${open} AND s.warn_from > ${ctx.day}::date)))::int AS green,
      count(*) FILTER (WHERE within AND s.state NOT IN ('open', 'discharged'))::int AS grey,
      coalesce(bool_or(NOT within), false) AS outside
    FROM s`.execute(db)
  const row = rows[0]
  return { ...(row ?? { red: 0, yellow: 0, green: 0, grey: 0, outside: false }), ids: row?.ids ?? [] }
}
