import { sql } from 'kysely'
import type { Reach } from '#kernel/can.ts'
import { type Db, send, type Tx } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import { type ActKind, dayOnlyKinds } from './reading/kinds.ts'
import type { ActState, LateCause, Part as Taking } from './rules.ts'

export type ActRow = {
  id: Id
  what: string
  kind: ActKind
  happened_on: string
  began_on: string | null
  happened_at: Date
  recorded_at: Date
  done_by: Id
  role: Taking
  head_count: number | null
  late_cause: LateCause | null
  done_by_name: string
  recorded_by: Id
  recorded_by_name: string
  unit_id: Id
  unit: string
  state: ActState
  corrects_id: Id | null
  reason: string | null
  moved_at: Date
}
export type ActFilter = {
  person?: Id | undefined
  unit?: Id | undefined
  obligation?: Id | undefined
  from?: string | undefined
  until?: string | undefined
  q?: string | undefined
  kind?: ActKind | undefined
  confirmation?: 'awaiting' | 'objected' | undefined
}

const columns = sql`a.id, a.what, a.kind, a.happened_on, a.began_on, a.happened_at, a.recorded_at, a.role, a.head_count, a.late_cause, a.done_by, d.name AS done_by_name, a.recorded_by, r.name AS recorded_by_name,
  a.unit_id, u.name AS unit, a.state, a.corrects_id, a.reason, a.moved_at`
const names = (
  tenant: Id,
) => sql`JOIN person d ON d.tenant_id = ${tenant} AND d.id = a.done_by JOIN person r ON r.tenant_id = ${tenant} AND r.id = a.recorded_by
  JOIN unit u ON u.tenant_id = ${tenant} AND u.id = a.unit_id`

/** Takes part: did it, or was with it. */
const tookPart = (tenant: Id, person: Id | null) =>
  sql`(a.done_by = ${person} OR EXISTS (SELECT 1 FROM act_person w WHERE w.tenant_id = ${tenant} AND w.act_id = a.id AND w.person_id = ${person}))`

/** A page of acts recorded by the day one looks at, latest happening first. `after` is [happened_on, id]. */
export async function listActs(
  db: Db,
  ctx: Ctx,
  reach: Reach,
  filter: ActFilter,
  after: (string | number)[] | null,
  limit: number,
): Promise<ActRow[]> {
  const tenant = ctx.tenant.id
  const where = [
    sql`a.tenant_id = ${tenant}`,
    sql`a.recorded_at <= ${ctx.knownAt}`,
    reach.all
      ? null
      : sql`(${tookPart(tenant, reach.person)} OR a.recorded_by = ${reach.person} OR a.unit_id = ANY(${reach.units}::uuid[]))`,
    filter.person ? tookPart(tenant, filter.person) : null,
    filter.unit ? sql`a.unit_id = ${filter.unit}` : null,
    filter.obligation
      ? sql`EXISTS (SELECT 1 FROM act_discharge x WHERE x.tenant_id = ${tenant} AND x.act_id = a.id AND x.obligation_id = ${filter.obligation})`
      : null,
    filter.from ? sql`a.happened_on >= ${filter.from}` : null,
    filter.until ? sql`a.happened_on <= ${filter.until}` : null,
    // The words of a talk are found by those who were in it only.
    filter.q
      ? sql`a.what ILIKE ${`%${filter.q}%`} AND (a.kind <> ALL(${dayOnlyKinds}::text[]) OR ${tookPart(tenant, ctx.actor.person)} OR a.recorded_by = ${ctx.actor.person})`
      : null,
    filter.kind ? sql`a.kind = ${filter.kind}` : null,
    filter.confirmation
      ? sql`EXISTS (SELECT 1 FROM act_confirmation c WHERE c.tenant_id = ${tenant} AND c.act_id = a.id AND c.recorded_at <= ${ctx.knownAt}
          AND (CASE WHEN c.moved_at > ${ctx.knownAt} THEN 'awaiting' ELSE c.state END) = ${filter.confirmation})`
      : null,
    after ? sql`(a.happened_on, a.id) < (${after[0]}::date, ${after[1]}::uuid)` : null,
  ].filter((part) => part !== null)
  const rows = await sql<ActRow>`SELECT ${columns} FROM act a ${names(tenant)} WHERE ${sql.join(where, sql` AND `)}
    ORDER BY a.happened_on DESC, a.id DESC LIMIT ${limit + 1}`.execute(db)
  return rows.rows
}

/** Of these acts, those that this person may read, recorded by the day one looks at; in any order. */
export async function readableActs(db: Db, ctx: Ctx, ids: readonly Id[]): Promise<ActRow[]> {
  const tenant = ctx.tenant.id
  const reach = ctx.reach('act.read')
  const rows = await sql<ActRow>`SELECT ${columns} FROM act a ${names(tenant)}
    WHERE a.tenant_id = ${tenant} AND a.id = ANY(${ids}::uuid[]) AND a.recorded_at <= ${ctx.knownAt} AND (${reach.all}
      OR ${tookPart(tenant, reach.person)} OR a.recorded_by = ${reach.person} OR a.unit_id = ANY(${reach.units}::uuid[]))`.execute(db)
  return rows.rows
}

export async function actById(db: Db, ctx: Ctx, id: Id): Promise<ActRow | undefined> {
  const rows = await sql<ActRow>`SELECT ${columns} FROM act a ${names(ctx.tenant.id)}
    WHERE a.tenant_id = ${ctx.tenant.id} AND a.id = ${id} AND a.recorded_at <= ${ctx.knownAt}`.execute(db)
  return rows.rows[0]
}

/** Acts by id, in the order of their days, of those recorded by the day one looks at. */
export async function actsByIds(db: Db, ctx: Ctx, ids: readonly Id[]): Promise<ActRow[]> {
  if (ids.length === 0) return []
  const rows = await sql<ActRow>`SELECT ${columns} FROM act a ${names(ctx.tenant.id)}
    WHERE a.tenant_id = ${ctx.tenant.id} AND a.id = ANY(${ids}::uuid[]) AND a.recorded_at <= ${ctx.knownAt} ORDER BY a.happened_on DESC, a.id`.execute(
    db,
  )
  return rows.rows
}

export type Part = { act_id: Id; person_id: Id; name: string; role: Taking }
export type Discharged = { act_id: Id; id: Id; title: string; due: string }

export async function partsOf(db: Db, tenant: Id, acts: readonly Id[]): Promise<Part[]> {
  const rows =
    await sql<Part>`SELECT w.act_id, w.person_id, p.name, w.role FROM act_person w JOIN person p ON p.tenant_id = ${tenant} AND p.id = w.person_id
    WHERE w.tenant_id = ${tenant} AND w.act_id = ANY(${acts}::uuid[]) ORDER BY w.act_id, p.name, p.id`.execute(db)
  return rows.rows
}

export async function dischargedBy(db: Db, tenant: Id, acts: readonly Id[]): Promise<Discharged[]> {
  const rows =
    await sql<Discharged>`SELECT x.act_id, o.id, o.title, o.due FROM act_discharge x JOIN obligation o ON o.tenant_id = ${tenant} AND o.id = x.obligation_id
    WHERE x.tenant_id = ${tenant} AND x.act_id = ANY(${acts}::uuid[]) ORDER BY x.act_id, o.due, o.id`.execute(db)
  return rows.rows
}

/** Which act corrected each of these, of those recorded by the day one looks at. */
export async function correctionsOf(db: Db, ctx: Ctx, acts: readonly Id[]): Promise<Map<Id, Id>> {
  if (acts.length === 0) return new Map()
  const rows = await sql<{ corrects_id: Id; id: Id }>`SELECT a.corrects_id, a.id FROM act a
    WHERE a.tenant_id = ${ctx.tenant.id} AND a.corrects_id = ANY(${acts}::uuid[]) AND a.recorded_at <= ${ctx.knownAt}`.execute(db)
  return new Map(rows.rows.map((row) => [row.corrects_id, row.id]))
}

/** The acts that discharged obligations, of any state, for the trace. */
export async function actsOf(db: Db, tenant: Id, obligations: readonly Id[]): Promise<(ActRow & { obligation_id: Id })[]> {
  const rows = await sql<
    ActRow & { obligation_id: Id }
  >`SELECT x.obligation_id, ${columns} FROM act_discharge x JOIN act a ON a.tenant_id = ${tenant} AND a.id = x.act_id
    ${names(tenant)} WHERE x.tenant_id = ${tenant} AND x.obligation_id = ANY(${obligations}::uuid[]) ORDER BY a.happened_at, a.id`.execute(
    db,
  )
  return rows.rows
}

type Named = { id: Id; name: string }
export type NewAct = {
  what: string
  kind: ActKind
  beganOn: string | null
  count: number | null
  lateCause: LateCause | null
  /** The part of whoever did it, and of those with them who had more than a part in it. */
  parts: ReadonlyMap<Id, Taking>
  happenedOn: string
  happenedAt: Date
  doneBy: Id
  recordedBy: Id
  unit: Id
  with: readonly Id[]
  discharges: readonly Id[]
  corrects: Id | null
  reason: string | null
}

/** Writes an act with who took part and what it discharges. Sent, not waited for. */
export function insertAct(tx: Tx, ctx: Ctx, id: Id, act: NewAct): void {
  const tenant = ctx.tenant.id
  const roleOf = (person: Id) => act.parts.get(person) ?? 'attend'
  send(
    tx,
    sql`WITH act AS (
        INSERT INTO act (tenant_id, id, what, kind, began_on, head_count, role, late_cause, happened_on, happened_at, recorded_at, done_by, recorded_by, unit_id, state,
          corrects_id, reason, moved_by, moved_at)
        VALUES (${tenant}, ${id}, ${act.what}, ${act.kind}, ${act.beganOn}, ${act.count}, ${roleOf(act.doneBy)}, ${act.lateCause}, ${act.happenedOn}, ${act.happenedAt},
          ${ctx.now}, ${act.doneBy}, ${act.recordedBy}, ${act.unit}, 'recorded', ${act.corrects}, ${act.reason}, ${act.recordedBy}, ${ctx.now})
      ), with_them AS (
        INSERT INTO act_person (tenant_id, act_id, person_id, role)
        SELECT ${tenant}::uuid, ${id}::uuid, w.person, w.role FROM unnest(${act.with}::uuid[], ${act.with.map(roleOf)}::text[]) AS w(person, role)
      ) INSERT INTO act_discharge (tenant_id, act_id, obligation_id) SELECT ${tenant}::uuid, ${id}::uuid, unnest(${act.discharges}::uuid[])`,
  )
}

/** Keeps why an act was withdrawn, after the reason it may have had as a correction. */
export async function addReason(tx: Tx, tenant: Id, act: Id, reason: string): Promise<void> {
  await sql`UPDATE act SET reason = COALESCE(reason || '；', '') || ${reason}::text WHERE tenant_id = ${tenant} AND id = ${act}`.execute(tx)
}

/** Which of these persons exist, and the unit each is recorded in on a day: their first post's. One query. */
export async function unitsOf(
  db: Db,
  tenant: Id,
  persons: readonly Id[],
  day: string,
): Promise<Map<Id, { name: string; unit: Named | null }>> {
  const rows = await sql<{ id: Id; name: string; unit_id: Id | null; unit: string }>`SELECT p.id, p.name, u.id AS unit_id, u.name AS unit
    FROM person p LEFT JOIN unit u ON u.tenant_id = ${tenant} AND u.id = (SELECT o.unit_id FROM appointment a JOIN post o ON o.tenant_id = ${tenant} AND o.id = a.post_id
        WHERE a.tenant_id = ${tenant} AND a.person_id = p.id AND a.voided_at IS NULL AND a.since <= ${day} AND (a.until IS NULL OR a.until > ${day})
        ORDER BY a.kind = 'concurrent', o.sort, o.id LIMIT 1)
    WHERE p.tenant_id = ${tenant} AND p.id = ANY(${persons}::uuid[])`.execute(db)
  return new Map(
    rows.rows.map((row) => [row.id, { name: row.name, unit: row.unit_id === null ? null : { id: row.unit_id, name: row.unit } }]),
  )
}

export type Candidate = { id: Id; because_id: Id; holder_id: Id; due: string; attends: boolean }

/**
 * Open obligations that had begun by a day: those of whoever did it; of the others, first those whose duty says that taking part is enough. Each of
 * the three lists is bounded, the nearest due first.
 */
export async function candidates(db: Db, tenant: Id, doers: readonly Id[], others: readonly Id[], day: string): Promise<Candidate[]> {
  const of = (
    persons: readonly Id[],
    attends: boolean | null,
    limit: number,
  ) => sql`(SELECT o.id, o.because_id, o.holder_id, o.due, COALESCE(d.attend, false) AS attends
    FROM obligation o LEFT JOIN duty d ON d.tenant_id = ${tenant} AND d.id = o.because_id
    WHERE o.tenant_id = ${tenant} AND o.holder_id = ANY(${persons}::uuid[]) AND o.state = 'open' AND o.opens <= ${day}
      ${attends === null ? sql`` : sql`AND COALESCE(d.attend, false) = ${attends}`} ORDER BY o.due, o.id LIMIT ${limit})`
  const lists =
    others.length === 0
      ? of(doers, null, 300)
      : sql`${of(doers, null, 300)} UNION ALL ${of(others, true, 1000)} UNION ALL ${of(others, false, 100)}`
  return (await sql<Candidate>`${lists}`.execute(db)).rows
}
