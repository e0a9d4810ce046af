import { type RawBuilder, sql } from 'kysely'
import type { Reach } from '#kernel/can.ts'
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
  if (!ctx.lookingBack) return sql`(SELECT ${still}, ${moving(o)} FROM obligation o WHERE o.tenant_id = ${tenant} AND ${where(o)})`
  return sql`(WITH since AS MATERIALIZED (${changedAfter(ctx)})
    SELECT ${still}, ${moving(o)} FROM obligation o
      WHERE o.tenant_id = ${tenant} AND o.recorded_at <= ${ctx.knownAt} AND ${where(o)} AND NOT EXISTS (SELECT 1 FROM since n WHERE n.id = o.id)
    UNION ALL SELECT ${still}, ${moving(sql`e`)} FROM since n
      JOIN obligation_event e ON e.tenant_id = ${tenant} AND e.obligation_id = n.id AND e.version = n.version - 1
      JOIN obligation o ON o.tenant_id = ${tenant} AND o.id = n.id WHERE n.version > 1 AND ${where(sql`e`)})`
}

const counts = (s: RawBuilder<unknown>, by: 1 | -1) => {
  const sign = sql.raw(String(by))
  return sql`${sign} * (${s}.state = 'open')::int AS open, ${sign} * (${s}.state = 'discharged' AND ${s}.done_on <= ${s}.due)::int AS on_time,
    ${sign} * (${s}.state = 'discharged' AND ${s}.done_on > ${s}.due)::int AS late, ${sign} * (${s}.state = 'waived')::int AS waived`
}

/**
 * The tallies as they were on a past day, `(unit_id, due, warn_from, open, on_time, late, waived)`, of what is due within [from, until]: those of today, less
 * what has changed since as it is now, and with it as it was then. Rows are to be summed.
 */
export function talliedThen(ctx: Ctx, from: string | null, until: string): RawBuilder<unknown> {
  const tenant = ctx.tenant.id
  const due = (s: string) =>
    sql`${sql.ref(`${s}.due`)} <= ${until}::date ${from === null ? sql`` : sql`AND ${sql.ref(`${s}.due`)} >= ${from}::date`}`
  return sql`WITH since AS MATERIALIZED (${changedAfter(ctx)})
    SELECT t.unit_id, t.due, t.warn_from, t.open, t.on_time, t.late, t.waived FROM tally t WHERE t.tenant_id = ${tenant} AND ${due('t')}
    UNION ALL SELECT o.unit_id, o.due, o.warn_from, ${counts(sql`o`, -1)} FROM since n JOIN obligation o ON o.tenant_id = ${tenant} AND o.id = n.id WHERE ${due('o')}
    UNION ALL SELECT e.unit_id, e.due, e.warn_from, ${counts(sql`e`, 1)} FROM since n
      JOIN obligation_event e ON e.tenant_id = ${tenant} AND e.obligation_id = n.id AND e.version = n.version - 1 WHERE n.version > 1 AND ${due('e')}`
}

/** `SELECT … FROM known k` with the names; ends in a condition, so that more may follow with AND. */
export const named = (
  ctx: Ctx,
  where: Condition,
): RawBuilder<unknown> => sql`SELECT k.*, p.name AS holder, u.name AS unit FROM ${known(ctx, where)} k
  JOIN person p ON p.tenant_id = ${ctx.tenant.id} AND p.id = k.holder_id JOIN unit u ON u.tenant_id = ${ctx.tenant.id} AND u.id = k.unit_id WHERE true`

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
