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
 * Obligations that a condition names as they were known on the day, as a set to select from. Today: the rows themselves, by their indexes. A past day, set
 * by set: the rows that nothing has happened to since, and those something has happened to as their last event by then left them. Its cost follows what
 * has happened since that day, not how much there is.
 */
export function known(ctx: Ctx, where: Condition): RawBuilder<unknown> {
  const tenant = ctx.tenant.id
  const o = sql`o`
  if (!ctx.lookingBack) return sql`(SELECT ${still}, ${moving(o)} FROM obligation o WHERE o.tenant_id = ${tenant} AND ${where(o)})`
  return sql`(WITH touched AS MATERIALIZED (SELECT DISTINCT x.obligation_id AS id FROM obligation_event x WHERE x.tenant_id = ${tenant} AND x.recorded_at > ${ctx.knownAt})
    SELECT ${still}, ${moving(o)} FROM obligation o
      WHERE o.tenant_id = ${tenant} AND o.recorded_at <= ${ctx.knownAt} AND ${where(o)} AND NOT EXISTS (SELECT 1 FROM touched t WHERE t.id = o.id)
    UNION ALL SELECT ${still}, ${moving(sql`e`)} FROM touched t JOIN obligation o ON o.tenant_id = ${tenant} AND o.id = t.id
      JOIN LATERAL (SELECT x.* FROM obligation_event x WHERE x.tenant_id = ${tenant} AND x.obligation_id = o.id AND x.recorded_at <= ${ctx.knownAt}
        ORDER BY x.version DESC LIMIT 1) e ON true
      WHERE o.tenant_id = ${tenant} AND ${where(sql`e`)})`
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
