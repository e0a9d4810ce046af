import { type RawBuilder, sql } from 'kysely'
import type { Reach } from '#kernel/can.ts'
import type { Db, Tx } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import type { Light, State } from '../rules.ts'

export type ObligationRow = {
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
  /** 0 is the whole; parts of a split one are numbered from 1 within their period. */
  part: number
  part_of: Id | null
  /** How its due day was counted (a cadence or a span) and from which day; null where somebody set it. */
  reckoned: string | null
  reckoned_from: string | null
  ground: string | null
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
export const within = (reach: Reach, s: RawBuilder<unknown>) =>
  reach.all ? null : sql`(${s}.holder_id = ${reach.person} OR ${s}.unit_id = ANY(${reach.units}::uuid[]))`

/** Leaves out what is overdue of those whose overdue obligations this actor is not shown: a leader's own red is for them and their superior. */
const unseen = (ctx: Ctx, s: RawBuilder<unknown>) => {
  const closed = ctx.actor.unseen ?? []
  return closed.length === 0
    ? null
    : sql`NOT (${s}.state = 'open' AND ${s}.due < ${ctx.day} AND ${s}.holder_id = ANY(${[...closed]}::uuid[]))`
}

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
  ${s}.unit_id, u.name AS unit, o.opens, ${s}.warn_from, ${s}.due, ${s}.state, ${s}.done_on, ${s}.act_id, ${s}.version,
  o.part, o.part_of, o.reckoned, o.reckoned_from, o.ground`

const people = (tenant: Id, s: RawBuilder<unknown>) => sql`JOIN person p ON p.tenant_id = ${tenant} AND p.id = ${s}.holder_id
  JOIN unit u ON u.tenant_id = ${tenant} AND u.id = ${s}.unit_id`

/** A page in due order as of `ctx.day`, within a reach. `after` is [due, id]. */
export async function listObligations(db: Db, ctx: Ctx, reach: Reach, filter: Filter, after: (string | number)[] | null, limit: number) {
  const s = ctx.lookingBack ? sql`s` : sql`o`
  const where = and([
    sql`o.tenant_id = ${ctx.tenant.id}`,
    // A part that was taken back says nothing any more; it stands in the history of the whole.
    sql`${s}.state <> 'joined'`,
    within(reach, s),
    unseen(ctx, s),
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

/** Several of them as of `ctx.day`, those that nothing was known of left out; in the order of their ids. */
export async function obligationsOn(db: Db, ctx: Ctx, ids: readonly Id[]): Promise<ObligationRow[]> {
  if (ids.length === 0) return []
  const s = ctx.lookingBack ? sql`s` : sql`o`
  const rows = await sql<ObligationRow>`SELECT ${columns(s)} FROM obligation o ${knownState(ctx)} ${people(ctx.tenant.id, s)}
    WHERE o.tenant_id = ${ctx.tenant.id} AND o.id = ANY(${ids}::uuid[]) ORDER BY o.id`.execute(db)
  return rows.rows
}

/** The parts of one that was split, as of `ctx.day`, in their order; those taken back left out. */
export async function partsOf(db: Db, ctx: Ctx, whole: Id): Promise<ObligationRow[]> {
  const s = ctx.lookingBack ? sql`s` : sql`o`
  const rows = await sql<ObligationRow>`SELECT ${columns(s)} FROM obligation o ${knownState(ctx)} ${people(ctx.tenant.id, s)}
    WHERE o.tenant_id = ${ctx.tenant.id} AND o.part_of = ${whole} AND ${s}.state <> 'joined' ORDER BY o.part`.execute(db)
  return rows.rows
}

/** The number of the last part made of a period, whoever's: 0 when it was never split. */
export async function lastPart(db: Db, tenant: Id, row: { because_id: Id; period: string }): Promise<number> {
  const rows = await sql<{ n: number }>`SELECT COALESCE(max(o.part), 0)::int AS n FROM obligation o
    WHERE o.tenant_id = ${tenant} AND o.because_id = ${row.because_id} AND o.period = ${row.period}`.execute(db)
  return rows.rows[0]?.n ?? 0
}

/** What is still open because of a thing. */
export async function openOf(db: Db, tenant: Id, becauseId: Id): Promise<Id[]> {
  const rows = await sql<{ id: Id }>`SELECT o.id FROM obligation o
    WHERE o.tenant_id = ${tenant} AND o.because_id = ${becauseId} AND o.state = 'open' ORDER BY o.id`.execute(db)
  return rows.rows.map((row) => row.id)
}

/** The same of several things. */
export async function openOfAll(db: Db, tenant: Id, causes: readonly Id[]): Promise<Id[]> {
  if (causes.length === 0) return []
  const rows = await sql<{ id: Id }>`SELECT o.id FROM obligation o
    WHERE o.tenant_id = ${tenant} AND o.because_id = ANY(${[...causes]}::uuid[]) AND o.state = 'open' ORDER BY o.id`.execute(db)
  return rows.rows.map((row) => row.id)
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

/** Who was asked to confirm what discharged these, of those not answered by the day one looks at. */
export async function awaitedOf(db: Db, ctx: Ctx, ids: readonly Id[]): Promise<Map<Id, string>> {
  if (ids.length === 0) return new Map()
  const rows = await sql<{ id: Id; name: string }>`SELECT c.obligation_id AS id, p.name FROM act_confirmation c
    JOIN person p ON p.tenant_id = ${ctx.tenant.id} AND p.id = c.asked_of
    WHERE c.tenant_id = ${ctx.tenant.id} AND c.obligation_id = ANY(${ids}::uuid[]) AND c.recorded_at <= ${ctx.knownAt}
      AND (c.state = 'awaiting' OR c.moved_at > ${ctx.knownAt})`.execute(db)
  return new Map(rows.rows.map((row) => [row.id, row.name]))
}

export type BasisRow = { id: Id; directive: Id; title: string; start: number }

/** The directives behind duties and findings (`id` is theirs), and where the sentence begins; nothing for what rests on none. */
export async function basesOf(db: Db, tenant: Id, causes: readonly Id[]): Promise<BasisRow[]> {
  const rows = await sql<BasisRow>`SELECT c.id, v.id AS directive, v.title, c.start FROM (
      SELECT d.id, d.directive_id, d.basis_start AS start FROM duty d WHERE d.tenant_id = ${tenant} AND d.id = ANY(${causes}::uuid[])
      UNION ALL SELECT f.id, f.directive_id, p.start_at FROM finding f JOIN proposal p ON p.tenant_id = ${tenant} AND p.id = f.proposal_id
        WHERE f.tenant_id = ${tenant} AND f.id = ANY(${causes}::uuid[])
      UNION ALL SELECT r.id, r.id, 0 FROM directive r WHERE r.tenant_id = ${tenant} AND r.id = ANY(${causes}::uuid[])
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

/** How many obligations are open in these units. */
export async function countOpenIn(db: Db, tenant: Id, units: readonly Id[]): Promise<number> {
  const rows = await sql<{ n: number }>`SELECT count(*)::int AS n FROM obligation o
    WHERE o.tenant_id = ${tenant} AND o.unit_id = ANY(${[...units]}::uuid[]) AND o.state = 'open'`.execute(db)
  return rows.rows[0]?.n ?? 0
}
