import { sql } from 'kysely'
import type { Db, Tx } from '#kernel/db.ts'
import { type Id, newId } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import type { LawKind, LawLevel, Problem } from '../reading/types.ts'
import type { RegulationState, Stands } from '../rules.ts'

export type RegulationRow = {
  id: Id
  law: Id
  title: string
  aliases: string[]
  names: string[]
  issuer: string | null
  document: string | null
  kind: LawKind
  level: LawLevel
  passed: string | null
  since: string
  until: string | null
  articles: number
  characters: number
  versions: number
  source: string
  state: RegulationState
  reason: string | null
  recorded_at: Date
  recorder: string
  moved_at: Date
}

/** What was withdrawn after the day one looks at was still there. */
const there = (ctx: Ctx) => (ctx.lookingBack ? sql`(r.state <> 'withdrawn' OR r.moved_at > ${ctx.knownAt})` : sql`r.state <> 'withdrawn'`)
const columns = (
  tenant: Id,
) => sql`r.id, r.law_id AS law, r.title, r.aliases, r.names, r.issuer, r.document, r.kind, r.level, r.passed, r.since, r.until, r.articles, r.characters,
  r.source, r.state, r.reason, r.recorded_at, r.moved_at, (SELECT p.name FROM person p WHERE p.tenant_id = ${tenant} AND p.id = r.recorded_by) AS recorder`

/** Laws by rank, from those of the state down to the office's own. */
const rank = sql`array_position(ARRAY['law', 'administrative', 'party', 'local', 'departmental', 'document', 'own'], r.kind)`

export type Ask = { kind?: LawKind | undefined; stands?: Stands | undefined; words: readonly string[] }

/** Each of the words stands in an article of the version; found by pairs of letters, checked as text. */
const articlesWith = (words: readonly string[]) =>
  sql.join(
    [sql`n.kind = 'article'`, ...words.map((word) => sql`app_pairs(n.body) @> app_pairs(${word}) AND n.body ILIKE ${containing(word)}`)],
    sql` AND `,
  )

/**
 * A page of laws, each in the version that is meant on the day one looks at: in force, else the last that was, else the first to come. Those whose name
 * holds the words come before those whose articles do. `after` is [named, rank, title, id].
 */
export async function listRegulations(
  db: Db,
  ctx: Ctx,
  ask: Ask,
  after: (string | number)[] | null,
  limit: number,
): Promise<(RegulationRow & { named: number; rank: number })[]> {
  const tenant = ctx.tenant.id
  const named = ask.words.map(
    (word) =>
      sql`(r.title ILIKE ${containing(word)} OR r.document ILIKE ${containing(word)} OR array_to_string(r.names, ' ') ILIKE ${containing(word)})`,
  )
  const isNamed = named.length > 0 ? sql.join(named, sql` AND `) : sql`true`
  const inArticles =
    ask.words.length > 0
      ? sql`EXISTS (SELECT 1 FROM regulation_node n WHERE n.tenant_id = ${tenant} AND n.regulation_id = r.id AND ${articlesWith(ask.words)})`
      : sql`true`
  const where = [
    sql`r.tenant_id = ${tenant}`,
    ask.kind ? sql`r.kind = ${ask.kind}` : null,
    ask.stands === 'upcoming' ? sql`r.since > ${ctx.day}` : null,
    ask.stands === 'in_force' ? sql`r.since <= ${ctx.day} AND (r.until IS NULL OR r.until > ${ctx.day})` : null,
    ask.stands === 'past' ? sql`r.until <= ${ctx.day}` : null,
    ask.words.length > 0 ? sql`((${isNamed}) OR ${inArticles})` : null,
  ].filter((part) => part !== null)
  const page = after
    ? sql`WHERE (x.named, x.rank, x.title, x.id) > (${after[0]}::int, ${after[1]}::int, ${after[2]}::text COLLATE "zh-x-icu", ${after[3]}::uuid)`
    : sql``
  const rows = await sql<RegulationRow & { named: number; rank: number }>`WITH meant AS (
      SELECT DISTINCT ON (r.law_id) r.id, count(*) OVER (PARTITION BY r.law_id)::int AS versions FROM regulation r
      WHERE r.tenant_id = ${tenant} AND ${there(ctx)}
      ORDER BY r.law_id, (r.since <= ${ctx.day} AND (r.until IS NULL OR r.until > ${ctx.day})) DESC, (r.since <= ${ctx.day}) DESC,
        CASE WHEN r.since <= ${ctx.day} THEN r.since END DESC, r.since
    ), x AS (
      SELECT ${columns(tenant)}, m.versions, (CASE WHEN ${isNamed} THEN 0 ELSE 1 END) AS named, ${rank} AS rank
      FROM meant m JOIN regulation r ON r.tenant_id = ${tenant} AND r.id = m.id WHERE ${sql.join(where, sql` AND `)}
    )
    SELECT * FROM x ${page} ORDER BY x.named, x.rank, x.title, x.id LIMIT ${limit + 1}`.execute(db)
  return rows.rows
}

export type HitRow = { regulation: Id; article: number; sub: number; label: string; body: string; count: number }
/** The first articles of each version that hold all the words, and how many do. */
export async function hitsIn(db: Db, tenant: Id, regulations: readonly Id[], words: readonly string[], each: number): Promise<HitRow[]> {
  if (words.length === 0 || regulations.length === 0) return []
  const rows = await sql<HitRow>`SELECT h.regulation, h.article, h.sub, h.label, h.body, h.count FROM (
      SELECT n.regulation_id AS regulation, n.article, n.article_sub AS sub, n.label, n.body, n.seq,
        count(*) OVER (PARTITION BY n.regulation_id)::int AS count, row_number() OVER (PARTITION BY n.regulation_id ORDER BY n.seq) AS place
      FROM regulation_node n WHERE n.tenant_id = ${tenant} AND n.regulation_id = ANY(${[...regulations]}::uuid[]) AND ${articlesWith(words)}
    ) h WHERE h.place <= ${each} ORDER BY h.regulation, h.seq`.execute(db)
  return rows.rows
}

/** One version, also one that was withdrawn later than the day one looks at. */
export async function regulationById(db: Db, ctx: Ctx, id: Id): Promise<RegulationRow | undefined> {
  const rows = await sql<RegulationRow>`SELECT ${columns(ctx.tenant.id)}, (SELECT count(*)::int FROM regulation v
      WHERE v.tenant_id = ${ctx.tenant.id} AND v.law_id = r.law_id AND v.state <> 'withdrawn') AS versions
    FROM regulation r WHERE r.tenant_id = ${ctx.tenant.id} AND r.id = ${id} AND ${there(ctx)}`.execute(db)
  return rows.rows[0]
}

/** A version as it is answered to whoever just withdrew it. */
export async function anyRegulation(db: Db, tenant: Id, id: Id): Promise<RegulationRow | undefined> {
  const rows =
    await sql<RegulationRow>`SELECT ${columns(tenant)}, 0 AS versions FROM regulation r WHERE r.tenant_id = ${tenant} AND r.id = ${id}`.execute(
      db,
    )
  return rows.rows[0]
}

export async function textOf(db: Db, tenant: Id, id: Id): Promise<{ text: string; problems: Problem[] }> {
  const rows = await sql<{ text: string; problems: Problem[] }>`SELECT r.body AS text, r.problems FROM regulation r
    WHERE r.tenant_id = ${tenant} AND r.id = ${id}`.execute(db)
  return rows.rows[0] ?? { text: '', problems: [] }
}

export type ShelfRow = {
  id: Id
  law: Id
  title: string
  names: string[]
  aliases: string[]
  since: string
  until: string | null
  recorded_at: Date
}
/** Every version in the library without its text, oldest first: what names are looked up in. */
export async function shelf(db: Db, ctx: Ctx): Promise<ShelfRow[]> {
  const rows =
    await sql<ShelfRow>`SELECT r.id, r.law_id AS law, r.title, r.names, r.aliases, r.since, r.until, r.recorded_at FROM regulation r
    WHERE r.tenant_id = ${ctx.tenant.id} AND ${there(ctx)} ORDER BY r.since, r.id`.execute(db)
  return rows.rows
}

/** The version that has this very text. */
export async function sameText(db: Db, tenant: Id, hash: string): Promise<Id | null> {
  const rows = await sql<{
    id: Id
  }>`SELECT r.id FROM regulation r WHERE r.tenant_id = ${tenant} AND r.body_hash = ${hash} AND r.state <> 'withdrawn'`.execute(db)
  return rows.rows[0]?.id ?? null
}

export type Facts = {
  title: string
  aliases: string[]
  names: string[]
  issuer: string | null
  document: string | null
  kind: LawKind
  level: LawLevel
  passed: string | null
  since: string
}
export type NewRegulation = Facts & { law: Id | null; text: string; hash: string; articles: number; source: string; problems: Problem[] }

export async function insertRegulation(tx: Tx, ctx: Ctx, by: Id, given: NewRegulation): Promise<Id> {
  const { law, text, hash, problems, ...plain } = given
  const id = newId()
  await tx
    .insertInto('regulation')
    .values({
      ...plain,
      tenant_id: ctx.tenant.id,
      id,
      law_id: law ?? id,
      body: text,
      body_hash: hash,
      characters: Array.from(text).length,
      problems: sql`${JSON.stringify(problems)}::text::jsonb`,
      state: 'kept',
      recorded_by: by,
      recorded_at: ctx.now,
      moved_by: by,
      moved_at: ctx.now,
    })
    .execute()
  return id
}

export async function changeFacts(tx: Tx, tenant: Id, id: Id, facts: Facts): Promise<void> {
  await tx.updateTable('regulation').set(facts).where('tenant_id', '=', tenant).where('id', '=', id).execute()
}

export async function changeRepeal(tx: Tx, tenant: Id, id: Id, on: string | null, reason: string | null): Promise<void> {
  await tx.updateTable('regulation').set({ repealed_on: on, reason }).where('tenant_id', '=', tenant).where('id', '=', id).execute()
}

export async function changeReason(tx: Tx, tenant: Id, id: Id, reason: string): Promise<void> {
  await tx.updateTable('regulation').set({ reason }).where('tenant_id', '=', tenant).where('id', '=', id).execute()
}

/** Locks a law, so that its versions change one after the other; answers whether there is one. */
export async function holdLaw(tx: Tx, tenant: Id, law: Id): Promise<boolean> {
  const rows = await sql<{
    id: Id
  }>`SELECT r.id FROM regulation r WHERE r.tenant_id = ${tenant} AND r.id = ${law} AND r.law_id = ${law} FOR UPDATE`.execute(tx)
  return rows.rows.length > 0
}

/** Each version of a law is in force until the next one is, or until its repeal, and replaces the one before it. Behind `holdLaw`. */
export async function chain(tx: Tx, tenant: Id, law: Id): Promise<void> {
  await sql`UPDATE regulation r SET until = x.until, replaces_id = x.before FROM (
      SELECT v.id, lag(v.id) OVER w AS before, LEAST(lead(v.since) OVER w, v.repealed_on) AS until FROM regulation v
      WHERE v.tenant_id = ${tenant} AND v.law_id = ${law} AND v.state <> 'withdrawn' WINDOW w AS (ORDER BY v.since)
    ) x WHERE r.tenant_id = ${tenant} AND r.id = x.id AND (r.until IS DISTINCT FROM x.until OR r.replaces_id IS DISTINCT FROM x.before)`.execute(
    tx,
  )
}

/** A LIKE pattern that finds the text itself. */
function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`
}
