import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import type { DutyState, Sort } from '../rules.ts'
import { appointedOn, columnsOn, type DutyRow, holding, joinsOn, parentOn, said, stateOn } from './said.ts'

export type DutyFilter = {
  kind?: string | undefined
  polarity?: string | undefined
  state?: DutyState | undefined
  directive?: Id | undefined
  unit?: Id | undefined
  post?: Id | undefined
  person?: Id | undefined
  q?: string | undefined
  /** What hangs below a duty; null: what hangs below none. */
  parent?: Id | null | undefined
  sort?: Sort | undefined
  order?: 'asc' | 'desc' | undefined
}
export type SortedRow = DutyRow & { sort_value: string }

/** What a table is sorted by: never null, and the type its cursor is read back as. */
function sortOf(ctx: Ctx, sort: Sort): { value: RawBuilder<unknown>; type: RawBuilder<unknown>; join?: RawBuilder<unknown> } {
  const tenant = ctx.tenant.id
  const text = sql`text COLLATE "zh-x-icu"`
  switch (sort) {
    case 'title':
      return { value: sql`${said('title')} COLLATE "zh-x-icu"`, type: text }
    case 'kind':
      return {
        value: sql`array_position(ARRAY['principal', 'first', 'dual', 'supervision', 'branch', 'task'], ${said('kind')})`,
        type: sql`int`,
      }
    case 'unit':
      return {
        value: sql`coalesce((SELECT lpad(u.sort::text, 8, '0') || u.name FROM duty_holder h JOIN unit u ON u.tenant_id = ${tenant} AND u.id = h.unit_id
          WHERE h.tenant_id = ${tenant} AND h.duty_id = d.id AND ${holding(ctx)} ORDER BY u.sort, u.id LIMIT 1), '~') COLLATE "zh-x-icu"`,
        type: text,
      }
    case 'since':
      return { value: sql`d.since`, type: sql`date` }
    case 'due':
      return { value: sql`coalesce(${said('due')}, '9999-12-31'::date)`, type: sql`date` }
    case 'red':
      return {
        value: sql`coalesce(r.red, 0)`,
        type: sql`int`,
        join: sql`LEFT JOIN (SELECT o.because_id, count(*)::int AS red FROM obligation o WHERE o.tenant_id = ${tenant} AND o.state = 'open' AND o.due < ${ctx.day}
          AND ${shownTo(ctx, sql`o`)} GROUP BY o.because_id) r ON r.because_id = d.id`,
      }
    default:
      return { value: sql`d.recorded_at`, type: sql`timestamptz` }
  }
}

/** Duties a person holds on the day: by name, or by a post they are in. */
const heldBy = (
  ctx: Ctx,
  person: Id,
) => sql`EXISTS (SELECT 1 FROM duty_holder h WHERE h.tenant_id = ${ctx.tenant.id} AND h.duty_id = d.id AND ${holding(ctx)}
  AND (h.person_id = ${person} OR EXISTS (SELECT 1 FROM appointment a WHERE a.tenant_id = ${ctx.tenant.id} AND a.post_id = h.post_id
    AND a.person_id = ${person} AND ${appointedOn(ctx.day)})))`

/**
 * A page of duties known by the day one looks at, as their versions of that day say them; newest first unless sorted. Retracted ones only when asked
 * for. `after` is [sort_value, id].
 */
export async function listDuties(
  db: Db,
  ctx: Ctx,
  filter: DutyFilter,
  after: (string | number)[] | null,
  limit: number,
): Promise<SortedRow[]> {
  const tenant = ctx.tenant.id
  const sort = filter.sort ?? 'recorded'
  const down = (filter.order ?? (sort === 'recorded' || sort === 'red' ? 'desc' : 'asc')) === 'desc'
  const { value, type, join } = sortOf(ctx, sort)
  const like = filter.q ? `%${filter.q.replace(/[\\%_]/g, '\\$&')}%` : null
  const where = [
    sql`d.tenant_id = ${tenant}`,
    sql`d.recorded_at <= ${ctx.knownAt}`,
    filter.kind ? sql`${said('kind')} = ${filter.kind}` : null,
    filter.polarity ? sql`${said('polarity')} = ${filter.polarity}` : null,
    filter.state ? sql`${stateOn(ctx)} = ${filter.state}` : sql`${stateOn(ctx)} <> 'retracted'`,
    filter.directive ? sql`d.directive_id = ${filter.directive}` : null,
    filter.unit
      ? sql`EXISTS (SELECT 1 FROM duty_holder h WHERE h.tenant_id = ${tenant} AND h.duty_id = d.id AND h.unit_id = ${filter.unit} AND ${holding(ctx)})`
      : null,
    filter.post
      ? sql`EXISTS (SELECT 1 FROM duty_holder h WHERE h.tenant_id = ${tenant} AND h.duty_id = d.id AND h.post_id = ${filter.post} AND ${holding(ctx)})`
      : null,
    filter.person ? heldBy(ctx, filter.person) : null,
    filter.parent === undefined ? null : filter.parent === null ? sql`${parentOn(ctx)} IS NULL` : sql`${parentOn(ctx)} = ${filter.parent}`,
    like ? sql`(${said('title')} ILIKE ${like} OR ${said('body')} ILIKE ${like})` : null,
  ].filter((part) => part !== null)
  const next = after
    ? sql`WHERE (q.sort_key, q.id) ${down ? sql`<` : sql`>`} (${String(after[0])}::${type}, ${String(after[1])}::uuid)`
    : sql``
  const way = down ? sql`DESC` : sql`ASC`
  const rows =
    await sql<SortedRow>`SELECT q.*, q.sort_key::text AS sort_value FROM (SELECT ${columnsOn(ctx)}, ${value} AS sort_key FROM duty d ${joinsOn(ctx)} ${join ?? sql``}
    WHERE ${sql.join(where, sql` AND `)}) q ${next} ORDER BY q.sort_key ${way}, q.id ${way} LIMIT ${limit + 1}`.execute(db)
  return rows.rows
}

/** One duty as its version of the day says it, whatever its state; undefined when it was recorded later. */
export async function dutyById(db: Db, ctx: Ctx, id: Id): Promise<DutyRow | undefined> {
  const rows = await sql<DutyRow>`SELECT ${columnsOn(ctx)} FROM duty d ${joinsOn(ctx)}
    WHERE d.tenant_id = ${ctx.tenant.id} AND d.id = ${id} AND d.recorded_at <= ${ctx.knownAt}`.execute(db)
  return rows.rows[0]
}

/** Several of them, in the order of their ids. */
export async function dutiesByIds(db: Db, ctx: Ctx, ids: readonly Id[]): Promise<DutyRow[]> {
  if (ids.length === 0) return []
  const rows = await sql<DutyRow>`SELECT ${columnsOn(ctx)} FROM duty d ${joinsOn(ctx)}
    WHERE d.tenant_id = ${ctx.tenant.id} AND d.id = ANY(${ids}::uuid[]) AND d.recorded_at <= ${ctx.knownAt} ORDER BY d.id`.execute(db)
  return rows.rows
}

export type LightRow = { duty_id: Id; green: number; yellow: number; red: number; grey: number }

/** Whose obligations of a duty: a unit's, these persons'; left out, everybody's. */
export type Whom = { unit?: Id | undefined; persons?: readonly Id[] | undefined }

/** What is overdue of a leader is counted only for them and their superior (`unseen`): a duty's red would name them. */
const shownTo = (ctx: Ctx, s: RawBuilder<unknown>) =>
  sql`NOT (${s}.state = 'open' AND ${s}.due < ${ctx.day} AND ${s}.holder_id = ANY(${[...(ctx.actor.unseen ?? [])]}::uuid[]))`

/** How a duty's obligations stand on `ctx.day`: counted from the rows today, from the events known then when looking back. */
export async function lightsOf(db: Db, ctx: Ctx, duties: readonly Id[], of: Whom = {}): Promise<LightRow[]> {
  if (duties.length === 0) return []
  const tenant = ctx.tenant.id
  const own = (s: RawBuilder<unknown>) => sql`(${of.unit ?? null}::uuid IS NULL OR ${s}.unit_id = ${of.unit ?? null}::uuid)
    AND (${of.persons ?? null}::uuid[] IS NULL OR ${s}.holder_id = ANY(${of.persons ?? null}::uuid[])) AND ${shownTo(ctx, s)}`
  const source = ctx.lookingBack
    ? sql`SELECT o.because_id, e.state, e.due, e.warn_from FROM obligation o JOIN LATERAL (SELECT x.state, x.due, x.warn_from, x.unit_id, x.holder_id FROM obligation_event x
        WHERE x.tenant_id = ${tenant} AND x.obligation_id = o.id AND x.recorded_at <= ${ctx.knownAt} ORDER BY x.version DESC LIMIT 1) e ON true
        WHERE o.tenant_id = ${tenant} AND o.because_id = ANY(${duties}::uuid[]) AND ${own(sql`e`)}`
    : sql`SELECT o.because_id, o.state, o.due, o.warn_from FROM obligation o WHERE o.tenant_id = ${tenant} AND o.because_id = ANY(${duties}::uuid[])
        AND ${own(sql`o`)}`
  const rows = await sql<LightRow>`WITH s AS (${source}) SELECT s.because_id AS duty_id,
      count(*) FILTER (WHERE s.state = 'discharged' OR (s.state = 'open' AND s.warn_from > ${ctx.day}))::int AS green,
      count(*) FILTER (WHERE s.state = 'open' AND s.warn_from <= ${ctx.day} AND s.due >= ${ctx.day})::int AS yellow,
      count(*) FILTER (WHERE s.state = 'open' AND s.due < ${ctx.day})::int AS red,
      count(*) FILTER (WHERE s.state = 'waived')::int AS grey
    FROM s GROUP BY s.because_id`.execute(db)
  return rows.rows
}

/** Active duties, a page at a time, for the nightly extension. */
export async function activeDuties(db: Db, tenant: Id, after: Id | null, limit: number): Promise<Id[]> {
  const rows = await sql<{ id: Id }>`SELECT d.id FROM duty d
    WHERE d.tenant_id = ${tenant} AND d.state = 'active' AND (${after}::uuid IS NULL OR d.id > ${after}::uuid) ORDER BY d.id LIMIT ${limit}`.execute(
    db,
  )
  return rows.rows.map((row) => row.id)
}

/** How many duties that are not over name these units among their holders on a day. */
export async function countHeldIn(db: Db, tenant: Id, units: readonly Id[], day: string): Promise<number> {
  const rows = await sql<{ n: number }>`SELECT count(DISTINCT h.duty_id)::int AS n FROM duty_holder h
    JOIN duty d ON d.tenant_id = ${tenant} AND d.id = h.duty_id AND d.state <> 'retracted' AND (d.until IS NULL OR d.until > ${day}::date)
    WHERE h.tenant_id = ${tenant} AND h.unit_id = ANY(${[...units]}::uuid[]) AND (h.until IS NULL OR h.until > ${day}::date)`.execute(db)
  return rows.rows[0]?.n ?? 0
}
