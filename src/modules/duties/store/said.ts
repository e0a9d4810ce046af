import { type RawBuilder, sql } from 'kysely'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import type { Confirmer, DutyState } from '../rules.ts'

/** A duty as its version on the day says it: the parts every query over duties is made of. The duty is `d`, its version `w`, a later move `m`. */

export type DutyRow = {
  id: Id
  title: string
  body: string
  kind: string
  polarity: 'positive' | 'negative'
  measure: string | null
  aspect: string | null
  version: number
  version_since: string
  changed: boolean
  parent_id: Id | null
  directive_id: Id | null
  proposal_id: Id | null
  basis_start: number | null
  basis_end: number | null
  basis_inherited: boolean
  rrule: string | null
  due: string | null
  since: string
  until: string | null
  state: DutyState
  attend: boolean
  confirm: Confirmer | null
  recorded_at: Date
  directive: string | null
}

/** An end, a retraction or a signature recorded after the day one looks at has not come yet: what was signed only later was still awaiting it. */
export const stateOn = (ctx: Ctx): RawBuilder<unknown> =>
  ctx.lookingBack
    ? sql`(CASE WHEN d.moved_at > ${ctx.knownAt} THEN CASE WHEN EXISTS (SELECT 1 FROM duty_issue i WHERE i.tenant_id = ${ctx.tenant.id} AND i.duty_id = d.id
        AND i.what = 'assume' AND (i.state <> 'signed' OR i.moved_at > ${ctx.knownAt})) THEN 'awaiting' ELSE 'active' END ELSE d.state END)`
    : sql`d.state`
export const untilOn = (ctx: Ctx): RawBuilder<unknown> =>
  ctx.lookingBack ? sql`(CASE WHEN d.moved_at > ${ctx.knownAt} THEN NULL ELSE d.until END)` : sql`d.until`

/** In force on the day, by what was known then. */
export const inForce = (
  ctx: Ctx,
): RawBuilder<unknown> => sql`(d.tenant_id = ${ctx.tenant.id} AND d.recorded_at <= ${ctx.knownAt} AND d.since <= ${ctx.day}
  AND ${stateOn(ctx)} IN ('active', 'ended') AND (${untilOn(ctx)} IS NULL OR ${untilOn(ctx)} > ${ctx.day}))`

/** The change in force on the day, if any stands: the latest to have begun, of those recorded by then and not undone by then. */
export const versionJoin = (
  ctx: Ctx,
): RawBuilder<unknown> => sql`LEFT JOIN LATERAL (SELECT x.* FROM duty_version x WHERE x.tenant_id = ${ctx.tenant.id} AND x.duty_id = d.id
    AND x.since <= ${ctx.day} AND x.recorded_at <= ${ctx.knownAt} AND (x.undone_at IS NULL OR x.undone_at > ${ctx.knownAt})
    ORDER BY x.since DESC, x.version DESC LIMIT 1) w ON true`
type Said = 'title' | 'body' | 'kind' | 'polarity' | 'measure' | 'aspect' | 'rrule' | 'due'
/** What the duty says on the day; needs `versionJoin`. */
export const said = (name: Said): RawBuilder<unknown> =>
  sql`(CASE WHEN w.version IS NULL THEN ${sql.ref(`d.${name}`)} ELSE ${sql.ref(`w.${name}`)} END)`

/** Where it hung on the day: the first move after it says from where; needs `moveJoin`. */
export const moveJoin = (ctx: Ctx): RawBuilder<unknown> =>
  ctx.lookingBack
    ? sql`LEFT JOIN LATERAL (SELECT x.id, x.from_id FROM duty_move x WHERE x.tenant_id = ${ctx.tenant.id} AND x.duty_id = d.id AND x.moved_at > ${ctx.knownAt}
        ORDER BY x.moved_at, x.id LIMIT 1) m ON true`
    : sql``
export const parentOn = (ctx: Ctx): RawBuilder<unknown> =>
  ctx.lookingBack ? sql`(CASE WHEN m.id IS NULL THEN d.parent_id ELSE m.from_id END)` : sql`d.parent_id`

export const directiveJoin = (ctx: Ctx): RawBuilder<unknown> =>
  sql`LEFT JOIN directive v ON v.tenant_id = ${ctx.tenant.id} AND v.id = d.directive_id`

/** The columns of a `DutyRow`; needs the three joins. */
export const columnsOn = (
  ctx: Ctx,
): RawBuilder<unknown> => sql`d.id, ${said('title')} AS title, ${said('body')} AS body, ${said('kind')} AS kind,
  ${said('polarity')} AS polarity, ${said('measure')} AS measure, ${said('aspect')} AS aspect, coalesce(w.version, 1) AS version,
  coalesce(w.since, d.since) AS version_since, w.version IS NOT NULL AS changed, ${parentOn(ctx)} AS parent_id, d.directive_id, d.proposal_id, d.basis_start, d.basis_end,
  coalesce(d.basis_inherited, false) AS basis_inherited, ${said('rrule')} AS rrule, ${said('due')} AS due, d.since, ${untilOn(ctx)} AS until,
  ${stateOn(ctx)} AS state, coalesce(d.attend, false) AS attend, d.confirm, d.recorded_at, v.title AS directive`
export const joinsOn = (ctx: Ctx): RawBuilder<unknown> => sql`${versionJoin(ctx)} ${moveJoin(ctx)} ${directiveJoin(ctx)}`

/** A holder (`h`) whose release had not been recorded, or had not begun, by the day. */
export const holding = (ctx: Pick<Ctx, 'day' | 'knownAt'>): RawBuilder<unknown> => sql`(h.recorded_at <= ${ctx.knownAt}
  AND (h.until IS NULL OR h.until > ${ctx.day} OR h.until_recorded_at > ${ctx.knownAt}))`
/** An appointment (`a`) in force on a day. */
export const appointedOn = (day: string): RawBuilder<unknown> =>
  sql`(a.voided_at IS NULL AND a.since <= ${day} AND (a.until IS NULL OR a.until > ${day}))`
