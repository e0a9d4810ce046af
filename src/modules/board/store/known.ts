import { type RawBuilder, sql } from 'kysely'
import type { Reach } from '#kernel/can.ts'
import type { Db } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import type { State } from '#modules/obligations/rules.ts'

/** An obligation as it was known on the day one looks at, with the names of its holder and its unit. */
export type Known = {
  id: Id
  because: string
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
  part: number
  part_of: Id | null
  reckoned: string | null
  reckoned_from: string | null
  ground: string | null
}

const still = sql`o.id, o.because, o.because_id, o.kind, o.title, o.period, o.opens, o.part, o.part_of, o.reckoned, o.reckoned_from, o.ground`
const moving = (s: RawBuilder<unknown>) =>
  sql`${s}.holder_id, ${s}.unit_id, ${s}.warn_from, ${s}.due, ${s}.state, ${s}.done_on, ${s}.act_id, ${s}.version`

/** A condition over an obligation: `s` is where holder, unit, days and state are read; what never changes is read from `o`. */
export type Condition = (s: RawBuilder<unknown>) => RawBuilder<unknown>

/**
 * What has happened since the day one looks back to: each obligation that has changed (or was made) since, and the first version that came after it. The
 * version before that one is what it was on the day; there is none where it was made afterwards.
 */
const changedAfter = (ctx: Ctx) => sql`SELECT x.obligation_id AS id, min(x.version) AS version FROM obligation_event x
      WHERE x.tenant_id = ${ctx.tenant.id} AND x.recorded_at > ${ctx.knownAt} GROUP BY x.obligation_id`

/**
 * Obligations that a condition names as they were known on the day, as a set to select from. Today: the rows themselves, by their indexes. A past day, set
 * by set: the rows that nothing has happened to since, and those something has happened to as the event before it left them. Its cost follows what
 * has happened since that day, not how much there is.
 */
export function known(ctx: Ctx, where: Condition): RawBuilder<unknown> {
  const tenant = ctx.tenant.id
  const o = sql`o`
  if (!ctx.lookingBack) return rowsNow(ctx, where)
  return sql`(WITH since AS MATERIALIZED (${changedAfter(ctx)})
    SELECT ${still}, ${moving(o)} FROM obligation o
      WHERE o.tenant_id = ${tenant} AND o.recorded_at <= ${ctx.knownAt} AND ${where(o)} AND NOT EXISTS (SELECT 1 FROM since n WHERE n.id = o.id)
    UNION ALL SELECT ${still}, ${moving(sql`e`)} FROM since n
      JOIN obligation_event e ON e.tenant_id = ${tenant} AND e.obligation_id = n.id AND e.version = n.version - 1
      JOIN obligation o ON o.tenant_id = ${tenant} AND o.id = n.id WHERE n.version > 1 AND ${where(sql`e`)})`
}

const rowsNow = (ctx: Ctx, where: Condition) =>
  sql`(SELECT ${still}, ${moving(sql`o`)} FROM obligation o WHERE o.tenant_id = ${ctx.tenant.id} AND ${where(sql`o`)})`

/** The first `most` by due day and id of those that nothing has happened to since; that is asked of each row alone, so that it stops there. */
export const unchangedFirst = (ctx: Ctx, where: Condition, most: number): RawBuilder<unknown> => {
  const tenant = ctx.tenant.id
  const since = ctx.lookingBack
    ? sql`AND o.recorded_at <= ${ctx.knownAt} AND NOT EXISTS
        (SELECT 1 FROM obligation_event x WHERE x.tenant_id = ${tenant} AND x.obligation_id = o.id AND x.recorded_at > ${ctx.knownAt})`
    : sql``
  return sql`(SELECT ${still}, ${moving(sql`o`)} FROM obligation o WHERE o.tenant_id = ${tenant} AND ${where(sql`o`)} ${since} ORDER BY o.due, o.id LIMIT ${most})`
}

/** Those of `known` that something has happened to since, as they were before; none today. */
export const changedSet = (ctx: Ctx, where: Condition): RawBuilder<unknown> => {
  const tenant = ctx.tenant.id
  if (!ctx.lookingBack) return sql`SELECT ${still}, ${moving(sql`o`)} FROM obligation o WHERE o.tenant_id = ${tenant} AND false`
  return sql`SELECT ${still}, ${moving(sql`e`)} FROM (${changedAfter(ctx)}) n
      JOIN obligation_event e ON e.tenant_id = ${tenant} AND e.obligation_id = n.id AND e.version = n.version - 1
      JOIN obligation o ON o.tenant_id = ${tenant} AND o.id = n.id WHERE n.version > 1 AND ${where(sql`e`)}`
}

/** `known`, of which only the first `most` by due day and id are wanted. */
export const knownFirst = (ctx: Ctx, where: Condition, most: number): RawBuilder<unknown> =>
  ctx.lookingBack
    ? sql`(${unchangedFirst(ctx, where, most)} UNION ALL (SELECT c.* FROM (${changedSet(ctx, where)}) c ORDER BY c.due, c.id LIMIT ${most}))`
    : unchangedFirst(ctx, where, most)

const counts = (s: RawBuilder<unknown>, by: 1 | -1) => {
  const sign = sql.raw(String(by))
  return sql`${sign} * (${s}.state = 'open')::int AS open, ${sign} * (${s}.state = 'discharged' AND ${s}.done_on <= ${s}.due)::int AS on_time,
    ${sign} * (${s}.state = 'discharged' AND ${s}.done_on > ${s}.due)::int AS late, ${sign} * (${s}.state = 'waived')::int AS waived`
}

/**
 * The tallies, `(unit_id, due, warn_from, open, on_time, late, waived)`, of what is due within [from, until]; rows are to be summed. A past day: those of today,
 * less what has changed since as it is now, and with it as it was then.
 */
export function tallied(ctx: Ctx, from: string | null, until: string): RawBuilder<unknown> {
  const tenant = ctx.tenant.id
  const due = (s: string) =>
    sql`${sql.ref(`${s}.due`)} <= ${until}::date ${from === null ? sql`` : sql`AND ${sql.ref(`${s}.due`)} >= ${from}::date`}`
  const now = sql`SELECT t.unit_id, t.due, t.warn_from, t.open, t.on_time, t.late, t.waived FROM tally t WHERE t.tenant_id = ${tenant} AND ${due('t')}`
  if (!ctx.lookingBack) return now
  return sql`WITH since AS MATERIALIZED (${changedAfter(ctx)})
    ${now}
    UNION ALL SELECT o.unit_id, o.due, o.warn_from, ${counts(sql`o`, -1)} FROM since n JOIN obligation o ON o.tenant_id = ${tenant} AND o.id = n.id WHERE ${due('o')}
    UNION ALL SELECT e.unit_id, e.due, e.warn_from, ${counts(sql`e`, 1)} FROM since n
      JOIN obligation_event e ON e.tenant_id = ${tenant} AND e.obligation_id = n.id AND e.version = n.version - 1 WHERE n.version > 1 AND ${due('e')}`
}

const asked = (s: RawBuilder<unknown>, by: 1 | -1) => sql`${sql.raw(String(by))} * (${s}.state IN ('open', 'discharged'))::int AS asked`

/** The burden, `(holder_id, kind, month, asked)`, of what is due within [from, until], both first days of months; the same way. Rows are to be summed. */
export function burdened(ctx: Ctx, from: string, until: string): RawBuilder<unknown> {
  const tenant = ctx.tenant.id
  const month = (s: string) => sql`date_trunc('month', ${sql.ref(`${s}.due`)})::date`
  const within = (s: string) => sql`${month(s)} BETWEEN ${from}::date AND ${until}::date`
  const now = sql`SELECT t.holder_id, t.kind, t.month, t.asked FROM burden t
    WHERE t.tenant_id = ${tenant} AND t.month BETWEEN ${from}::date AND ${until}::date`
  if (!ctx.lookingBack) return now
  return sql`WITH since AS MATERIALIZED (${changedAfter(ctx)})
    ${now}
    UNION ALL SELECT o.holder_id, o.kind, ${month('o')}, ${asked(sql`o`, -1)} FROM since n JOIN obligation o ON o.tenant_id = ${tenant} AND o.id = n.id
      WHERE ${within('o')}
    UNION ALL SELECT e.holder_id, o.kind, ${month('e')}, ${asked(sql`e`, 1)} FROM since n
      JOIN obligation_event e ON e.tenant_id = ${tenant} AND e.obligation_id = n.id AND e.version = n.version - 1
      JOIN obligation o ON o.tenant_id = ${tenant} AND o.id = n.id WHERE n.version > 1 AND ${within('e')}`
}

/** `SELECT … FROM known k` with the names; ends in a condition, so that more may follow with AND. */
export const named = (
  ctx: Ctx,
  where: Condition,
): RawBuilder<unknown> => sql`SELECT k.*, p.name AS holder, u.name AS unit FROM ${known(ctx, where)} k
  JOIN person p ON p.tenant_id = ${ctx.tenant.id} AND p.id = k.holder_id JOIN unit u ON u.tenant_id = ${ctx.tenant.id} AND u.id = k.unit_id WHERE true`

/** The first `most` of these by due day and id, with the names. */
export async function firstNamed(db: Db, ctx: Ctx, where: Condition, most: number): Promise<Known[]> {
  const rows = await sql<Known>`SELECT k.*, p.name AS holder, u.name AS unit FROM (${knownFirst(ctx, where, most)}) k
    JOIN person p ON p.tenant_id = ${ctx.tenant.id} AND p.id = k.holder_id JOIN unit u ON u.tenant_id = ${ctx.tenant.id} AND u.id = k.unit_id
    ORDER BY k.due, k.id LIMIT ${most}`.execute(db)
  return rows.rows
}

/** Within the units of a reach. */
export const inReach = (reach: Reach, s: RawBuilder<unknown>): RawBuilder<unknown> =>
  reach.all ? sql`true` : sql`${s}.unit_id = ANY(${reach.units}::uuid[])`

/** Open, past its day, and not a leader's own that this actor is not shown. */
export const isRed = (ctx: Ctx, s: RawBuilder<unknown>): RawBuilder<unknown> => {
  const closed = ctx.actor.unseen ?? []
  const red = sql`${s}.state = 'open' AND ${s}.due < ${ctx.day}::date`
  return closed.length === 0 ? red : sql`${red} AND NOT ${s}.holder_id = ANY(${[...closed]}::uuid[])`
}

/** Open and not a leader's own red that this actor is not shown. */
export const isOpen = (ctx: Ctx, s: RawBuilder<unknown>): RawBuilder<unknown> => {
  const closed = ctx.actor.unseen ?? []
  const open = sql`${s}.state = 'open'`
  return closed.length === 0 ? open : sql`${open} AND NOT (${s}.due < ${ctx.day}::date AND ${s}.holder_id = ANY(${[...closed]}::uuid[]))`
}
