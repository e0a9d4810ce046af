import { sql } from 'kysely'
import type { Db, Tx } from '#kernel/db.ts'
import { type Id, newId } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import type { Place, TieState } from '../rules.ts'

export type TieRow = Place & {
  id: Id
  duty: Id
  duty_title: string
  duty_state: string
  regulation: Id
  title: string
  since: string
  until: string | null
  regulation_recorded_at: Date
  law: Id
  words: string
  /** Its article has one paragraph only, which one does not name then. */
  single: boolean
  state: TieState
  recorder: string
  recorded_at: Date
}

const tieColumns = (
  tenant: Id,
) => sql`b.id, b.duty_id AS duty, d.title AS duty_title, d.state AS duty_state, b.regulation_id AS regulation, r.title, r.since, r.until,
  r.recorded_at AS regulation_recorded_at, r.law_id AS law, n.article, n.article_sub AS sub, n.paragraph, n.item, n.point, n.body AS words, b.state,
  NOT EXISTS (SELECT 1 FROM regulation_node o WHERE o.tenant_id = ${tenant} AND o.regulation_id = n.regulation_id AND o.article = n.article
    AND o.article_sub = n.article_sub AND o.paragraph = 2) AS single,
  p.name AS recorder, b.recorded_at`
const joined = (tenant: Id) => sql`FROM duty_basis b JOIN regulation r ON r.tenant_id = ${tenant} AND r.id = b.regulation_id
  JOIN regulation_node n ON n.tenant_id = ${tenant} AND n.regulation_id = b.regulation_id AND n.seq = b.node_seq
  JOIN duty d ON d.tenant_id = ${tenant} AND d.id = b.duty_id JOIN person p ON p.tenant_id = ${tenant} AND p.id = b.recorded_by
  WHERE b.tenant_id = ${tenant}`
/** Tied by the day one looks at, and not untied by then. */
const stood = (ctx: Ctx) =>
  sql`b.recorded_at <= ${ctx.knownAt} AND (b.state = 'tied' OR b.moved_at > ${ctx.knownAt}) AND d.recorded_at <= ${ctx.knownAt}`

/** What a person gave a duty as its basis, in the order of the law. */
export async function tiesOfDuty(db: Db, ctx: Ctx, duty: Id): Promise<TieRow[]> {
  const rows = await sql<TieRow>`SELECT ${tieColumns(ctx.tenant.id)} ${joined(ctx.tenant.id)} AND b.duty_id = ${duty} AND ${stood(ctx)}
    ORDER BY r.title, r.since, b.node_seq`.execute(db)
  return rows.rows
}

/** The same of several duties. */
export async function tiesOfDuties(db: Db, ctx: Ctx, duties: readonly Id[]): Promise<TieRow[]> {
  if (duties.length === 0) return []
  const rows =
    await sql<TieRow>`SELECT ${tieColumns(ctx.tenant.id)} ${joined(ctx.tenant.id)} AND b.duty_id = ANY(${duties}::uuid[]) AND ${stood(ctx)}
    ORDER BY b.duty_id, r.title, r.since, b.node_seq`.execute(db)
  return rows.rows
}

/** Which duties are tied to any version of a law, at most 500. */
export async function tiesOfLaw(db: Db, ctx: Ctx, law: Id): Promise<TieRow[]> {
  const rows = await sql<TieRow>`SELECT ${tieColumns(ctx.tenant.id)} ${joined(ctx.tenant.id)} AND r.law_id = ${law} AND ${stood(ctx)}
    ORDER BY b.node_seq, d.title, d.id LIMIT 500`.execute(db)
  return rows.rows
}

/** How many duties rest on a version now, and the title of one of them. */
export async function restingCount(db: Db, tenant: Id, regulation: Id): Promise<{ count: number; title: string }> {
  const rows = await sql<{
    count: number
    title: string | null
  }>`SELECT count(DISTINCT b.duty_id)::int AS count, min(d.title) AS title FROM duty_basis b
    JOIN duty d ON d.tenant_id = ${tenant} AND d.id = b.duty_id WHERE b.tenant_id = ${tenant} AND b.regulation_id = ${regulation} AND b.state = 'tied'`.execute(
    db,
  )
  return { count: rows.rows[0]?.count ?? 0, title: rows.rows[0]?.title ?? '' }
}

export async function tieById(db: Db, tenant: Id, id: Id): Promise<{ id: Id; duty: Id; state: TieState } | undefined> {
  const rows = await sql<{ id: Id; duty: Id; state: TieState }>`SELECT b.id, b.duty_id AS duty, b.state FROM duty_basis b
    WHERE b.tenant_id = ${tenant} AND b.id = ${id}`.execute(db)
  return rows.rows[0]
}

/** Ties a duty to a node; null when it is tied to it already. */
export async function insertTie(tx: Tx, ctx: Ctx, by: Id, duty: Id, regulation: Id, seq: number): Promise<Id | null> {
  const id = newId()
  const rows = await sql<{
    id: Id
  }>`INSERT INTO duty_basis (tenant_id, id, duty_id, regulation_id, node_seq, state, recorded_by, recorded_at, moved_by, moved_at)
    VALUES (${ctx.tenant.id}, ${id}, ${duty}, ${regulation}, ${seq}, 'tied', ${by}, ${ctx.now}, ${by}, ${ctx.now})
    ON CONFLICT (tenant_id, duty_id, regulation_id, node_seq) WHERE state = 'tied' DO NOTHING RETURNING id`.execute(tx)
  return rows.rows[0]?.id ?? null
}

export type WordsRow = { id: Id; title: string; words: string; active: boolean }
/** Duties known by the day one looks at whose words may name a law, by LIKE patterns; at most 2,000, the newest first. */
export async function dutiesNaming(db: Db, ctx: Ctx, patterns: readonly string[]): Promise<WordsRow[]> {
  const rows =
    await sql<WordsRow>`SELECT d.id, d.title, concat_ws(chr(10), d.title, d.body, d.measure) AS words, (d.state = 'active' OR d.moved_at > ${ctx.knownAt}) AS active
    FROM duty d WHERE d.tenant_id = ${ctx.tenant.id} AND d.recorded_at <= ${ctx.knownAt}
      AND (d.title LIKE ANY(${[...patterns]}::text[]) OR d.body LIKE ANY(${[...patterns]}::text[]) OR d.measure LIKE ANY(${[...patterns]}::text[]))
    ORDER BY d.recorded_at DESC, d.id DESC LIMIT 2000`.execute(db)
  return rows.rows
}
