import { sql } from 'kysely'
import type { Db, Tx } from '#kernel/db.ts'
import { type Id, newId } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import type { Confirmer, DutyState, HolderGiven } from './rules.ts'

export type DutyRow = {
  id: Id
  title: string
  body: string
  kind: string
  polarity: 'positive' | 'negative'
  measure: string | null
  parent_id: Id | null
  directive_id: Id | null
  proposal_id: Id | null
  basis_start: number | null
  basis_end: number | null
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

export type DutyFilter = {
  kind?: string | undefined
  state?: DutyState | undefined
  directive?: Id | undefined
  unit?: Id | undefined
  person?: Id | undefined
  q?: string | undefined
}

/** An end recorded after the day one looks at has not come yet. */
const stateOn = (ctx: Ctx) =>
  ctx.lookingBack ? sql`(CASE WHEN d.moved_at > ${ctx.knownAt} THEN ${'active'} ELSE d.state END)` : sql`d.state`
const untilOn = (ctx: Ctx) => (ctx.lookingBack ? sql`(CASE WHEN d.moved_at > ${ctx.knownAt} THEN NULL ELSE d.until END)` : sql`d.until`)

const columnsOn = (
  ctx: Ctx,
) => sql`d.id, d.title, d.body, d.kind, d.polarity, d.measure, d.parent_id, d.directive_id, d.proposal_id, d.basis_start, d.basis_end,
  d.rrule, d.due, d.since, ${untilOn(ctx)} AS until, ${stateOn(ctx)} AS state, COALESCE(d.attend, false) AS attend, d.confirm, d.recorded_at, v.title AS directive`

/** A page of duties known by the day one looks at, newest first. `after` is [recorded_at, id]. */
export async function listDuties(
  db: Db,
  ctx: Ctx,
  filter: DutyFilter,
  after: (string | number)[] | null,
  limit: number,
): Promise<DutyRow[]> {
  const tenant = ctx.tenant.id
  const where = [
    sql`d.tenant_id = ${tenant}`,
    sql`d.recorded_at <= ${ctx.knownAt}`,
    filter.kind ? sql`d.kind = ${filter.kind}` : null,
    filter.state ? sql`${stateOn(ctx)} = ${filter.state}` : null,
    filter.directive ? sql`d.directive_id = ${filter.directive}` : null,
    filter.unit
      ? sql`EXISTS (SELECT 1 FROM duty_holder h WHERE h.tenant_id = ${tenant} AND h.duty_id = d.id AND h.unit_id = ${filter.unit}
          AND h.recorded_at <= ${ctx.knownAt})`
      : null,
    filter.person
      ? sql`EXISTS (SELECT 1 FROM duty_holder h LEFT JOIN appointment a ON a.tenant_id = ${tenant} AND a.post_id = h.post_id AND a.voided_at IS NULL
          AND a.since <= ${ctx.day} AND (a.until IS NULL OR a.until > ${ctx.day})
          WHERE h.tenant_id = ${tenant} AND h.duty_id = d.id AND h.recorded_at <= ${ctx.knownAt}
            AND (h.person_id = ${filter.person} OR a.person_id = ${filter.person}))`
      : null,
    filter.q ? sql`(d.title ILIKE ${`%${filter.q}%`} OR d.body ILIKE ${`%${filter.q}%`})` : null,
    after ? sql`(d.recorded_at, d.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : null,
  ].filter((part) => part !== null)
  const rows =
    await sql<DutyRow>`SELECT ${columnsOn(ctx)} FROM duty d LEFT JOIN directive v ON v.tenant_id = ${tenant} AND v.id = d.directive_id
    WHERE ${sql.join(where, sql` AND `)} ORDER BY d.recorded_at DESC, d.id DESC LIMIT ${limit + 1}`.execute(db)
  return rows.rows
}

export async function dutyById(db: Db, ctx: Ctx, id: Id): Promise<DutyRow | undefined> {
  const rows =
    await sql<DutyRow>`SELECT ${columnsOn(ctx)} FROM duty d LEFT JOIN directive v ON v.tenant_id = ${ctx.tenant.id} AND v.id = d.directive_id
    WHERE d.tenant_id = ${ctx.tenant.id} AND d.id = ${id} AND d.recorded_at <= ${ctx.knownAt}`.execute(db)
  return rows.rows[0]
}

export type HolderRow = {
  duty_id: Id
  unit_id: Id
  unit: string
  post_id: Id | null
  post: string | null
  person_id: Id | null
  person: string | null
  since: string
  until: string | null
}

/**
 * The holders of duties recorded by `knownAt`, each with whoever that is on a day: several rows where several are in the post, one without a person
 * where nobody is.
 */
export async function holdersOn(db: Db, tenant: Id, duties: readonly Id[], day: string, knownAt: Date): Promise<HolderRow[]> {
  const rows =
    await sql<HolderRow>`SELECT h.duty_id, h.unit_id, u.name AS unit, h.post_id, o.name AS post, p.id AS person_id, p.name AS person, h.since, h.until
    FROM duty_holder h JOIN unit u ON u.tenant_id = ${tenant} AND u.id = h.unit_id
    LEFT JOIN post o ON o.tenant_id = ${tenant} AND o.id = h.post_id
    LEFT JOIN appointment a ON a.tenant_id = ${tenant} AND a.post_id = h.post_id AND a.voided_at IS NULL AND a.since <= ${day} AND (a.until IS NULL OR a.until > ${day})
    LEFT JOIN person p ON p.tenant_id = ${tenant} AND p.id = COALESCE(h.person_id, a.person_id)
    WHERE h.tenant_id = ${tenant} AND h.duty_id = ANY(${duties}::uuid[]) AND h.recorded_at <= ${knownAt}
    ORDER BY h.duty_id, u.sort, o.sort, p.id`.execute(db)
  return rows.rows
}

export type LightRow = { duty_id: Id; green: number; yellow: number; red: number; grey: number }

/** How a duty's obligations stand on `ctx.day`: counted from the rows today, from the events known then when looking back. */
export async function lightsOf(db: Db, ctx: Ctx, duties: readonly Id[]): Promise<LightRow[]> {
  const tenant = ctx.tenant.id
  const source = ctx.lookingBack
    ? sql`SELECT o.because_id, e.state, e.due, e.warn_from FROM obligation o JOIN LATERAL (SELECT x.state, x.due, x.warn_from FROM obligation_event x
        WHERE x.tenant_id = ${tenant} AND x.obligation_id = o.id AND x.recorded_at <= ${ctx.knownAt} ORDER BY x.version DESC LIMIT 1) e ON true
        WHERE o.tenant_id = ${tenant} AND o.because_id = ANY(${duties}::uuid[])`
    : sql`SELECT o.because_id, o.state, o.due, o.warn_from FROM obligation o WHERE o.tenant_id = ${tenant} AND o.because_id = ANY(${duties}::uuid[])`
  const rows = await sql<LightRow>`WITH s AS (${source}) SELECT s.because_id AS duty_id,
      count(*) FILTER (WHERE s.state = 'discharged' OR (s.state = 'open' AND s.warn_from > ${ctx.day}))::int AS green,
      count(*) FILTER (WHERE s.state = 'open' AND s.warn_from <= ${ctx.day} AND s.due >= ${ctx.day})::int AS yellow,
      count(*) FILTER (WHERE s.state = 'open' AND s.due < ${ctx.day})::int AS red,
      count(*) FILTER (WHERE s.state = 'waived')::int AS grey
    FROM s GROUP BY s.because_id`.execute(db)
  return rows.rows
}

export type NewDuty = {
  title: string
  body: string
  kind: string
  polarity: 'positive' | 'negative'
  measure: string | null
  parent: Id | null
  basis: { directive: Id; proposal: Id | null; start: number; end: number } | null
  rrule: string | null
  due: string | null
  since: string
  attend?: boolean | undefined
  confirm?: Confirmer | null | undefined
}

export async function insertDuty(tx: Tx, ctx: Ctx, person: Id, duty: NewDuty): Promise<Id> {
  const id = newId()
  await tx
    .insertInto('duty')
    .values({
      tenant_id: ctx.tenant.id,
      id,
      title: duty.title,
      body: duty.body,
      kind: duty.kind,
      polarity: duty.polarity,
      measure: duty.measure,
      parent_id: duty.parent,
      directive_id: duty.basis?.directive ?? null,
      proposal_id: duty.basis?.proposal ?? null,
      basis_start: duty.basis?.start ?? null,
      basis_end: duty.basis?.end ?? null,
      rrule: duty.rrule,
      due: duty.due,
      since: duty.since,
      attend: duty.attend ?? null,
      confirm: duty.confirm ?? null,
      state: 'active',
      recorded_by: person,
      recorded_at: ctx.now,
      moved_by: person,
      moved_at: ctx.now,
    })
    .execute()
  return id
}

export async function insertHolders(tx: Tx, ctx: Ctx, duty: Id, since: string, holders: readonly HolderGiven[]): Promise<void> {
  await tx
    .insertInto('duty_holder')
    .values(
      holders.map((holder) => ({
        tenant_id: ctx.tenant.id,
        id: newId(),
        duty_id: duty,
        unit_id: holder.unit,
        post_id: holder.post,
        person_id: holder.person,
        since,
        recorded_at: ctx.now,
      })),
    )
    .execute()
}

/** What of the named units, posts and persons exists in this office, to refuse with a place instead of a broken reference. */
export async function existing(db: Db, tenant: Id, holders: readonly HolderGiven[]) {
  const ids = (key: 'unit' | 'post' | 'person') => holders.map((holder) => holder[key]).filter((id) => id !== null)
  const units = await sql<{ id: Id }>`SELECT id FROM unit WHERE tenant_id = ${tenant} AND id = ANY(${ids('unit')}::uuid[])`.execute(db)
  const posts = await sql<{
    id: Id
    unit_id: Id
  }>`SELECT id, unit_id FROM post WHERE tenant_id = ${tenant} AND id = ANY(${ids('post')}::uuid[])`.execute(db)
  const persons = await sql<{ id: Id }>`SELECT id FROM person WHERE tenant_id = ${tenant} AND id = ANY(${ids('person')}::uuid[])`.execute(
    db,
  )
  return {
    units: new Set(units.rows.map((row) => row.id)),
    posts: new Map(posts.rows.map((row) => [row.id, row.unit_id])),
    persons: new Set(persons.rows.map((row) => row.id)),
  }
}

/** What counts as fulfilling a duty from now on. */
export async function setTerms(tx: Tx, tenant: Id, duty: Id, terms: { attend: boolean; confirm: Confirmer | null }): Promise<void> {
  await tx.updateTable('duty').set(terms).where('tenant_id', '=', tenant).where('id', '=', duty).execute()
}

export async function setUntil(tx: Tx, tenant: Id, duty: Id, until: string): Promise<void> {
  await sql`UPDATE duty SET until = ${until}::date + 1 WHERE tenant_id = ${tenant} AND id = ${duty}`.execute(tx)
}

/** Open obligations of a duty that are due after a day, for the end of the duty. */
export async function openAfter(db: Db, tenant: Id, duty: Id, day: string): Promise<Id[]> {
  const rows = await sql<{
    id: Id
  }>`SELECT id FROM obligation WHERE tenant_id = ${tenant} AND because_id = ${duty} AND state = 'open' AND due > ${day}`.execute(db)
  return rows.rows.map((row) => row.id)
}

/** Active duties with a cadence, a page at a time, for the nightly extension. */
export async function cadenced(
  db: Db,
  tenant: Id,
  after: Id | null,
  limit: number,
): Promise<Pick<DutyRow, 'id' | 'title' | 'kind' | 'rrule' | 'due' | 'since'>[]> {
  const rows = await sql<
    Pick<DutyRow, 'id' | 'title' | 'kind' | 'rrule' | 'due' | 'since'>
  >`SELECT d.id, d.title, d.kind, d.rrule, d.due, d.since FROM duty d
    WHERE d.tenant_id = ${tenant} AND d.state = 'active' AND (${after}::uuid IS NULL OR d.id > ${after}::uuid) ORDER BY d.id LIMIT ${limit}`.execute(
    db,
  )
  return rows.rows
}

/** The periods of duties that have obligations already, whoever holds them now, as `duty period unit`. */
export async function periodsMade(db: Db, tenant: Id, duties: readonly Id[]): Promise<Set<string>> {
  const rows = await sql<{ key: string }>`SELECT DISTINCT o.because_id || ' ' || o.period || ' ' || o.unit_id AS key FROM obligation o
    WHERE o.tenant_id = ${tenant} AND o.because_id = ANY(${duties}::uuid[])`.execute(db)
  return new Set(rows.rows.map((row) => row.key))
}

export async function plainHolders(db: Db, tenant: Id, duty: Id): Promise<HolderGiven[]> {
  const rows =
    await sql<HolderGiven>`SELECT unit_id AS unit, post_id AS post, person_id AS person FROM duty_holder WHERE tenant_id = ${tenant} AND duty_id = ${duty}`.execute(
      db,
    )
  return rows.rows
}

/** How many duties that are not over name these units among their holders on a day. */
export async function countHeldIn(db: Db, tenant: Id, units: readonly Id[], day: string): Promise<number> {
  const rows = await sql<{ n: number }>`SELECT count(DISTINCT h.duty_id)::int AS n FROM duty_holder h
    JOIN duty d ON d.tenant_id = ${tenant} AND d.id = h.duty_id AND (d.until IS NULL OR d.until > ${day}::date)
    WHERE h.tenant_id = ${tenant} AND h.unit_id = ANY(${[...units]}::uuid[]) AND (h.until IS NULL OR h.until > ${day}::date)`.execute(db)
  return rows.rows[0]?.n ?? 0
}
