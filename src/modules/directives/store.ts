import { sql } from 'kysely'
import type { Db, Tx } from '#kernel/db.ts'
import { type Id, newId } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import { cursor, limitOf, pageFrom } from '#kernel/table.ts'
import type { Cadence, Due, DutyKind, Holder, Section, Why } from './outline/types.ts'
import type { DirectiveKind, DirectiveState, ProposalState } from './rules.ts'

export type DirectiveRow = {
  id: Id
  title: string
  kind: DirectiveKind
  issued_on: string
  speaker_id: Id | null
  speaker: string | null
  characters: number
  source: string
  state: DirectiveState
  recorder: string
  recorded_at: Date
}
export type Assigned = { unit: Id; post: Id | null; person: Id | null }
/** What of a proposal changes, and so what each event keeps whole. */
export type Changeable = {
  state: ProposalState
  title: string
  assigned: Assigned[] | null
  kind: DutyKind
  polarity: 'positive' | 'negative'
  cadence: Cadence | null
  due: Due | null
  measure: string | null
  reason: string | null
  into: Id | null
  made: Id | null
}
export type ProposalRow = Changeable & {
  id: Id
  directive: Id
  seq: number
  type: 'duty' | 'finding'
  start: number
  end: number
  body: string
  holders: Holder[]
  why: Why[]
  confidence: number
  recorded_by: Id | null
  recorded_at: Date
  moved_by: Id | null
  moved_at: Date | null
}
/** As much of a proposal as counting needs. */
export type Light = { id: Id; directive: Id; type: string; state: ProposalState; into: Id | null }

const columns = sql`p.id, p.directive_id AS directive, p.seq, p.type, p.start_at AS start, p.end_at AS "end", p.title, p.body, p.holders, p.assigned, p.kind,
  p.polarity, p.cadence, p.due, p.measure, p.why, p.confidence, p.state, p.reason, p.into_id AS into, p.made_id AS made, p.recorded_by, p.recorded_at,
  p.moved_by, p.moved_at`

const json = (value: unknown) => sql`${JSON.stringify(value)}::text::jsonb`
const shown = (db: Db, tenant: Id) =>
  db
    .selectFrom('directive as d')
    .leftJoin('post as s', (on) => on.onRef('s.tenant_id', '=', 'd.tenant_id').onRef('s.id', '=', 'd.speaker_post_id'))
    .innerJoin('person as r', (on) => on.onRef('r.tenant_id', '=', 'd.tenant_id').onRef('r.id', '=', 'd.recorded_by'))
    .where('d.tenant_id', '=', tenant)

/** The state a directive was in, by what had been recorded at the instant. */
const stateThen = (
  tenant: Id,
  at: Date,
) => sql<DirectiveState>`coalesce((SELECT e.after->>'state' FROM directive_event e WHERE e.tenant_id = ${tenant}
  AND e.directive_id = d.id AND e.thing_id = d.id AND e.at <= ${at} ORDER BY e.at DESC, e.id DESC LIMIT 1), 'reading')`

const fields = [
  'd.id',
  'd.title',
  'd.issued_on',
  's.name as speaker',
  'd.characters',
  'd.source',
  'r.name as recorder',
  'd.recorded_at',
] as const

type Ask = { kind?: DirectiveKind; state?: DirectiveState; q?: string; after?: string; limit?: number }

/** A page of directives, the newest first, as they were known at `ctx.knownAt`. */
export async function pageOfDirectives<T>(db: Db, ctx: Ctx, ask: Ask, shape: (row: DirectiveRow) => T) {
  const limit = limitOf(ask)
  const after = cursor(ask.after, 2)
  const state = ctx.lookingBack ? stateThen(ctx.tenant.id, ctx.knownAt) : sql<DirectiveState>`d.state`
  let query = shown(db, ctx.tenant.id)
    .select(fields)
    .select([sql<Id | null>`d.speaker_post_id`.as('speaker_id'), sql<DirectiveKind>`d.kind`.as('kind'), state.as('state')])
    .where('d.recorded_at', '<=', ctx.knownAt)
    .orderBy('d.issued_on', 'desc')
    .orderBy('d.id', 'desc')
    .limit(limit + 1)
  if (ask.kind) query = query.where('d.kind', '=', ask.kind)
  if (ask.state) query = query.where(state, '=', ask.state)
  if (ask.q) query = query.where('d.title', 'ilike', `%${ask.q.replace(/[\\%_]/g, '\\$&')}%`)
  if (after) query = query.where(sql<boolean>`(d.issued_on, d.id) < (${after[0]}::date, ${after[1]}::uuid)`)
  return pageFrom(await query.execute(), limit, (row) => [row.issued_on, row.id], shape)
}

/** One directive without its text, as known at `ctx.knownAt`; undefined when it was recorded later. */
export async function directiveById(db: Db, ctx: Ctx, id: Id): Promise<DirectiveRow | undefined> {
  const state = ctx.lookingBack ? stateThen(ctx.tenant.id, ctx.knownAt) : sql<DirectiveState>`d.state`
  return shown(db, ctx.tenant.id)
    .select(fields)
    .select([sql<Id | null>`d.speaker_post_id`.as('speaker_id'), sql<DirectiveKind>`d.kind`.as('kind'), state.as('state')])
    .where('d.id', '=', id)
    .where('d.recorded_at', '<=', ctx.knownAt)
    .executeTakeFirst()
}

/** Holds the directive until the transaction ends, so that settling and finding another sentence exclude each other. */
export async function lockDirective(tx: Tx, tenant: Id, id: Id): Promise<{ id: Id; state: DirectiveState; issued_on: string } | undefined> {
  const { rows } = await sql<{ id: Id; state: DirectiveState; issued_on: string }>`SELECT d.id, d.state, d.issued_on FROM directive d
    WHERE d.tenant_id = ${tenant} AND d.id = ${id} FOR UPDATE`.execute(tx)
  return rows[0]
}

type Problem = { code: string; start: number; end: number; expected?: string; found?: string }
export type Paper = { id: Id; title: string; issuedOn: string; text: string; outline: Section[]; problems: Problem[] }

/** The text with its outline. */
export async function paperById(db: Db, tenant: Id, id: Id): Promise<Paper | undefined> {
  const { rows } = await sql<Paper>`SELECT d.id, d.title, d.issued_on AS "issuedOn", d.body AS text, d.outline, d.problems FROM directive d
    WHERE d.tenant_id = ${tenant} AND d.id = ${id}`.execute(db)
  return rows[0]
}

/** Titles of directives, by id. */
export async function titlesOf(db: Db, tenant: Id, ids: readonly Id[]): Promise<Map<Id, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('directive')
    .select(['id', 'title'])
    .where('tenant_id', '=', tenant)
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map((row) => [row.id, row.title]))
}

export type NewDirective = {
  id: Id
  title: string
  kind: DirectiveKind
  issued_on: string
  speaker_post_id: Id | null
  body: string
  body_hash: string
  characters: number
  source: string
  outline: unknown
  problems: unknown
}

export async function insertDirective(tx: Tx, ctx: Ctx, by: Id, row: NewDirective): Promise<void> {
  const made = { tenant_id: ctx.tenant.id, state: 'reading', recorded_by: by, recorded_at: ctx.now, moved_by: by, moved_at: ctx.now }
  await tx
    .insertInto('directive')
    .values({ ...row, ...made, outline: json(row.outline), problems: json(row.problems) })
    .execute()
}

/** All proposals of a directive as they are, in the order of the text; or only some, with whatever was merged. */
export async function proposalsOf(db: Db, tenant: Id, directive: Id, some?: readonly Id[]): Promise<ProposalRow[]> {
  const which = some ? sql`AND (p.id = ANY(${[...some]}::uuid[]) OR p.state = 'merged')` : sql``
  const { rows } =
    await sql<ProposalRow>`SELECT ${columns} FROM proposal p WHERE p.tenant_id = ${tenant} AND p.directive_id = ${directive} ${which}
    ORDER BY p.start_at, p.seq`.execute(db)
  return rows
}

export async function proposalById(db: Db, tenant: Id, id: Id): Promise<ProposalRow | undefined> {
  const { rows } = await sql<ProposalRow>`SELECT ${columns} FROM proposal p WHERE p.tenant_id = ${tenant} AND p.id = ${id}`.execute(db)
  return rows[0]
}

/** All proposals as they were known at the instant: the last event of each by then, laid over what never changes. */
export async function proposalsThen(db: Db, tenant: Id, directive: Id, at: Date): Promise<ProposalRow[]> {
  const rows = await proposalsOf(db, tenant, directive)
  const { rows: events } = await sql<{ thing: Id; after: Changeable; actor: Id | null; at: Date }>`
    SELECT DISTINCT ON (e.thing_id) e.thing_id AS thing, e.after, e.actor_id AS actor, e.at FROM directive_event e
    WHERE e.tenant_id = ${tenant} AND e.directive_id = ${directive} AND e.thing_id <> ${directive} AND e.at <= ${at}
    ORDER BY e.thing_id, e.at DESC, e.id DESC`.execute(db)
  const then = new Map(events.map((event) => [event.thing, event]))
  return rows.flatMap((row) => {
    const event = then.get(row.id)
    return event ? [{ ...row, ...event.after, moved_by: event.actor, moved_at: event.at }] : []
  })
}

/** What counting needs of the proposals of several directives, as known at the instant; null is now. */
export async function lightsOf(db: Db, tenant: Id, directives: readonly Id[], at: Date | null): Promise<Light[]> {
  if (directives.length === 0) return []
  const ids = [...directives]
  const query =
    at === null
      ? sql<Light>`SELECT p.id, p.directive_id AS directive, p.type, p.state, p.into_id AS into FROM proposal p
          WHERE p.tenant_id = ${tenant} AND p.directive_id = ANY(${ids}::uuid[])`
      : sql<Light>`SELECT DISTINCT ON (e.thing_id) e.thing_id AS id, e.directive_id AS directive, p.type, e.after->>'state' AS state, e.after->>'into' AS into
          FROM directive_event e JOIN proposal p ON p.tenant_id = ${tenant} AND p.id = e.thing_id
          WHERE e.tenant_id = ${tenant} AND e.directive_id = ANY(${ids}::uuid[]) AND e.at <= ${at} ORDER BY e.thing_id, e.at DESC, e.id DESC`
  return (await query.execute(db)).rows
}

/** The highest place in the order of proposals, and how many are open. */
export async function tallyOf(db: Db, tenant: Id, directive: Id): Promise<{ seq: number; open: number }> {
  const { rows } = await sql<{
    seq: number
    open: number
  }>`SELECT coalesce(max(p.seq), 0)::int AS seq, (count(*) FILTER (WHERE p.state = 'open'))::int AS open
    FROM proposal p WHERE p.tenant_id = ${tenant} AND p.directive_id = ${directive}`.execute(db)
  return rows[0] ?? { seq: 0, open: 0 }
}

export type NewProposal = Omit<ProposalRow, 'directive' | 'recorded_at' | 'moved_by' | 'moved_at'>

/** Inserts any number of proposals in one statement. */
export async function insertProposals(tx: Tx, ctx: Ctx, directive: Id, rows: readonly NewProposal[]): Promise<void> {
  if (rows.length === 0) return
  await sql`INSERT INTO proposal (tenant_id, directive_id, id, seq, type, start_at, end_at, title, body, holders, assigned, kind, polarity, cadence, due,
      measure, why, confidence, state, reason, into_id, made_id, recorded_by, recorded_at)
    SELECT ${ctx.tenant.id}::uuid, ${directive}::uuid, x.id, x.seq, x.type, x.start, x."end", x.title, x.body, x.holders, nullif(x.assigned, 'null'), x.kind, x.polarity,
      nullif(x.cadence, 'null'), nullif(x.due, 'null'), x.measure, x.why, x.confidence, x.state, x.reason, x.into, x.made, x.recorded_by, ${ctx.now}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) AS x(id uuid, seq int, type text, start int, "end" int, title text, body text, holders jsonb,
      assigned jsonb, kind text, polarity text, cadence jsonb, due jsonb, measure text, why jsonb, confidence int, state text, reason text, "into" uuid,
      made uuid, recorded_by uuid)`.execute(tx)
}

/** Writes what changed of a proposal; its state moves by `move` alone. */
export async function changeProposal(tx: Tx, tenant: Id, id: Id, change: Partial<Omit<Changeable, 'state'>>): Promise<void> {
  const { assigned, cadence, due, into, made, ...plain } = change
  const orNull = (value: unknown) => (value === null ? null : json(value))
  await tx
    .updateTable('proposal')
    .set({
      ...plain,
      ...(assigned === undefined ? {} : { assigned: orNull(assigned) }),
      ...(cadence === undefined ? {} : { cadence: orNull(cadence) }),
      ...(due === undefined ? {} : { due: orNull(due) }),
      ...(into === undefined ? {} : { into_id: into }),
      ...(made === undefined ? {} : { made_id: made }),
    })
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .execute()
}

export type Verb = 'add' | 'read' | 'mark' | 'accept' | 'edit' | 'merge' | 'split' | 'aside' | 'reopen' | 'settle' | 'resume'

/** Keeps what things looked like after a verb; `actor` null is the program. */
export async function keepEvents(
  tx: Tx,
  ctx: Ctx,
  directive: Id,
  events: readonly { thing: Id; verb: Verb; actor: Id | null; after: Changeable | { state: DirectiveState } }[],
): Promise<void> {
  if (events.length === 0) return
  const rows = events.map((event) => ({ ...event, id: newId() }))
  await sql`INSERT INTO directive_event (tenant_id, directive_id, id, thing_id, verb, actor_id, at, after)
    SELECT ${ctx.tenant.id}::uuid, ${directive}::uuid, x.id, x.thing, x.verb, x.actor, ${ctx.now}::timestamptz, x.after
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) AS x(id uuid, thing uuid, verb text, actor uuid, after jsonb)`.execute(tx)
}

/** Names of persons, by id. */
export async function namesOf(db: Db, tenant: Id, ids: readonly (Id | null)[]): Promise<Map<Id, string>> {
  const wanted = [...new Set(ids.flatMap((id) => (id === null ? [] : [id])))]
  if (wanted.length === 0) return new Map()
  const rows = await db.selectFrom('person').select(['id', 'name']).where('tenant_id', '=', tenant).where('id', 'in', wanted).execute()
  return new Map(rows.map((row) => [row.id, row.name]))
}

export type NewFinding = { id: Id; directive_id: Id; proposal_id: Id; title: string; body: string; unit_id: Id; person_id: Id; due: string }

export async function insertFinding(tx: Tx, ctx: Ctx, by: Id, row: NewFinding): Promise<void> {
  await tx
    .insertInto('finding')
    .values({ ...row, tenant_id: ctx.tenant.id, recorded_by: by, recorded_at: ctx.now })
    .execute()
}
