import { type RawBuilder, sql } from 'kysely'
import type { Db, Tx } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import { cursor, limitOf, pageFrom } from '#kernel/table.ts'
import type { Frame, Section, TableRead } from '../outline/types.ts'
import type { DirectiveKind, DirectiveState, Facts, Origin } from '../rules.ts'

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
  facts: Facts
  recorder: string
  recorded_at: Date
}

export const json = (value: unknown) => sql`${JSON.stringify(value)}::text::jsonb`

const own = sql<Facts>`jsonb_build_object('title', d.title, 'origin', d.origin, 'sender', d.sender, 'number', d.number, 'receivedOn', d.received_on,
  'replyDue', d.reply_due)`

/** What the last event by then left of a directive under a name, else what stands in its row. */
const then = (
  ctx: Ctx,
  name: 'state' | 'facts',
  otherwise: RawBuilder<unknown>,
) => sql`coalesce((SELECT e.after->${name} FROM directive_event e
  WHERE e.tenant_id = ${ctx.tenant.id} AND e.directive_id = d.id AND e.thing_id = d.id AND e.at <= ${ctx.knownAt} AND e.after ? ${name}
  ORDER BY e.at DESC, e.id DESC LIMIT 1), ${otherwise})`
const stateOn = (ctx: Ctx) =>
  ctx.lookingBack ? sql<DirectiveState>`${then(ctx, 'state', sql`'"reading"'::jsonb`)} #>> '{}'` : sql<DirectiveState>`d.state`
const factsOn = (ctx: Ctx) => (ctx.lookingBack ? sql<Facts>`${then(ctx, 'facts', own)}` : own)

const shown = (
  ctx: Ctx,
) => sql`SELECT d.id, d.title, d.kind, d.issued_on, d.speaker_post_id AS speaker_id, s.name AS speaker, d.characters, d.source,
    ${stateOn(ctx)} AS state, ${factsOn(ctx)} AS facts, r.name AS recorder, d.recorded_at
  FROM directive d LEFT JOIN post s ON s.tenant_id = d.tenant_id AND s.id = d.speaker_post_id
  JOIN person r ON r.tenant_id = d.tenant_id AND r.id = d.recorded_by
  WHERE d.tenant_id = ${ctx.tenant.id} AND d.recorded_at <= ${ctx.knownAt}`

type Ask = { kind?: DirectiveKind; state?: DirectiveState; origin?: Origin; reply?: boolean; q?: string; after?: string; limit?: number }

/** A page of directives, the newest first, as they were known at `ctx.knownAt`. */
export async function pageOfDirectives<T>(db: Db, ctx: Ctx, ask: Ask, shape: (row: DirectiveRow) => T) {
  const limit = limitOf(ask)
  const after = cursor(ask.after, 2)
  const where = [
    sql`true`,
    ...(ask.kind ? [sql`d.kind = ${ask.kind}`] : []),
    ...(ask.origin ? [sql`d.origin = ${ask.origin}`] : []),
    ...(ask.reply ? [sql`d.reply_due IS NOT NULL`] : []),
    ...(ask.state ? [sql`${stateOn(ctx)} = ${ask.state}`] : []),
    ...(ask.q
      ? [sql`(d.title ILIKE ${like(ask.q)} OR coalesce(d.number, '') ILIKE ${like(ask.q)} OR coalesce(d.sender, '') ILIKE ${like(ask.q)})`]
      : []),
    ...(after ? [sql`(d.issued_on, d.id) < (${after[0]}::date, ${after[1]}::uuid)`] : []),
  ]
  const { rows } = await sql<DirectiveRow>`${shown(ctx)} AND ${sql.join(where, sql` AND `)}
    ORDER BY d.issued_on DESC, d.id DESC LIMIT ${limit + 1}`.execute(db)
  return pageFrom(rows, limit, (row) => [row.issued_on, row.id], shape)
}
const like = (words: string) => `%${words.replace(/[\\%_]/g, '\\$&')}%`

/** One directive without its text, as known at `ctx.knownAt`; undefined when it was recorded later. */
export async function directiveById(db: Db, ctx: Ctx, id: Id): Promise<DirectiveRow | undefined> {
  const { rows } = await sql<DirectiveRow>`${shown(ctx)} AND d.id = ${id}`.execute(db)
  return rows[0]
}

export type Held = { id: Id; state: DirectiveState; issued_on: string; facts: Facts }
/** Holds the directive until the transaction ends, so that settling and finding another sentence exclude each other. */
export async function lockDirective(tx: Tx, tenant: Id, id: Id): Promise<Held | undefined> {
  const { rows } = await sql<Held>`SELECT d.id, d.state, d.issued_on, ${own} AS facts FROM directive d
    WHERE d.tenant_id = ${tenant} AND d.id = ${id} FOR UPDATE`.execute(tx)
  return rows[0]
}

type Problem = { code: string; start: number; end: number; expected?: string; found?: string }
/** What is kept of the frame of a paper: what its own columns do not hold, and how its tables were read. */
export type Kept = Omit<Frame, 'title' | 'issuedOn' | 'source' | 'reply'> & { tables: TableRead[] }
export type Paper = {
  id: Id
  title: string
  issuedOn: string
  origin: Origin
  text: string
  outline: Section[]
  problems: Problem[]
  frame: Kept | null
}

/** The text with its outline. */
export async function paperById(db: Db, tenant: Id, id: Id): Promise<Paper | undefined> {
  const { rows } =
    await sql<Paper>`SELECT d.id, d.title, d.issued_on AS "issuedOn", d.origin, d.body AS text, d.outline, d.problems, d.frame FROM directive d
    WHERE d.tenant_id = ${tenant} AND d.id = ${id}`.execute(db)
  return rows[0]
}

/** Several texts with their outlines: one statement. */
export async function papersByIds(
  db: Db,
  tenant: Id,
  ids: readonly Id[],
): Promise<Pick<Paper, 'id' | 'title' | 'issuedOn' | 'text' | 'outline'>[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<
    Pick<Paper, 'id' | 'title' | 'issuedOn' | 'text' | 'outline'>
  >`SELECT d.id, d.title, d.issued_on AS "issuedOn", d.body AS text, d.outline FROM directive d
    WHERE d.tenant_id = ${tenant} AND d.id = ANY(${ids}::uuid[])`.execute(db)
  return rows
}

/** Several directives without their texts, as known at `ctx.knownAt`; those recorded later are left out. */
export async function directivesByIds(db: Db, ctx: Ctx, ids: readonly Id[]): Promise<DirectiveRow[]> {
  if (ids.length === 0) return []
  return (await sql<DirectiveRow>`${shown(ctx)} AND d.id = ANY(${ids}::uuid[])`.execute(db)).rows
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
  frame: Kept
}

const columnsOf = (facts: Facts) => ({
  title: facts.title,
  origin: facts.origin,
  sender: facts.sender,
  number: facts.number,
  received_on: facts.receivedOn,
  reply_due: facts.replyDue,
})

export async function insertDirective(tx: Tx, ctx: Ctx, by: Id, row: NewDirective, facts: Facts): Promise<void> {
  const made = { tenant_id: ctx.tenant.id, state: 'reading', recorded_by: by, recorded_at: ctx.now, moved_by: by, moved_at: ctx.now }
  await tx
    .insertInto('directive')
    .values({ ...row, ...columnsOf(facts), ...made, outline: json(row.outline), problems: json(row.problems), frame: json(row.frame) })
    .execute()
}

/** Writes what a person put right of where a paper came from. */
export async function changeFacts(tx: Tx, tenant: Id, id: Id, facts: Facts): Promise<void> {
  await tx.updateTable('directive').set(columnsOf(facts)).where('tenant_id', '=', tenant).where('id', '=', id).execute()
}

/** The open obligations to answer a paper. */
export async function openReplies(db: Db, tenant: Id, directive: Id): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`SELECT o.id FROM obligation o
    WHERE o.tenant_id = ${tenant} AND o.because_id = ${directive} AND o.because = 'directive' AND o.state = 'open'`.execute(db)
  return rows.map((row) => row.id)
}
