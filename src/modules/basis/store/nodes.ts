import { sql } from 'kysely'
import type { Db, Tx } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Node } from '../reading/types.ts'
import type { Place } from '../rules.ts'

export type NewNode = Node & { body: string; place: Place | null }

/** All nodes of a text in one statement. */
export async function insertNodes(tx: Tx, tenant: Id, regulation: Id, nodes: readonly NewNode[]): Promise<void> {
  const rows = nodes.map(({ place, ...node }, seq) => ({ ...node, seq, ...(place ?? {}), sub: node.sub, article_sub: place?.sub ?? null }))
  await sql`INSERT INTO regulation_node (tenant_id, regulation_id, seq, parent_seq, kind, number, sub, label, title, body, start_at, words_at, own_at, end_at,
      article, article_sub, paragraph, item, point)
    SELECT ${tenant}::uuid, ${regulation}::uuid, x.seq, x.parent, x.kind, x.number, x.sub, x.label, x.title, x.body, x.start, x.words, x.own, x."end",
      x.article, x.article_sub, x.paragraph, x.item, x.point
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) AS x(seq int, parent int, kind text, number int, sub int, label text, title text, body text,
      start int, words int, own int, "end" int, article int, article_sub int, paragraph int, item int, point int)`.execute(tx)
}

/** The nodes of a text, in its order. */
export async function nodesOf(db: Db, tenant: Id, regulation: Id): Promise<Node[]> {
  const rows =
    await sql<Node>`SELECT n.kind, n.parent_seq AS parent, n.number, n.sub, n.label, n.title, n.start_at AS start, n.words_at AS words,
      n.own_at AS own, n.end_at AS "end" FROM regulation_node n
    WHERE n.tenant_id = ${tenant} AND n.regulation_id = ${regulation} ORDER BY n.seq`.execute(db)
  return rows.rows
}

export type PlacedRow = Place & { regulation: Id; seq: number; body: string; label: string }

/** Everything in the named articles that one can cite, several versions at once. */
export async function placed(
  db: Db,
  tenant: Id,
  articles: readonly { regulation: Id; article: number; sub: number }[],
): Promise<PlacedRow[]> {
  if (articles.length === 0) return []
  const rows =
    await sql<PlacedRow>`SELECT n.regulation_id AS regulation, n.seq, n.article, n.article_sub AS sub, n.paragraph, n.item, n.point, n.body, n.label
    FROM jsonb_to_recordset(${JSON.stringify(articles)}::text::jsonb) AS x(regulation uuid, article int, sub int)
    JOIN regulation_node n ON n.tenant_id = ${tenant} AND n.regulation_id = x.regulation AND n.article = x.article AND n.article_sub = x.sub
    ORDER BY n.regulation_id, n.seq`.execute(db)
  return rows.rows
}

/** The headings of chapters by number, several versions at once: where a citation of a chapter leads. */
export async function chaptersOf(
  db: Db,
  tenant: Id,
  regulations: readonly Id[],
): Promise<{ regulation: Id; number: number; title: string }[]> {
  if (regulations.length === 0) return []
  const rows = await sql<{
    regulation: Id
    number: number
    title: string
  }>`SELECT n.regulation_id AS regulation, n.number, n.title FROM regulation_node n
    WHERE n.tenant_id = ${tenant} AND n.regulation_id = ANY(${[...regulations]}::uuid[]) AND n.kind = 'chapter' AND n.number IS NOT NULL ORDER BY n.seq`.execute(
    db,
  )
  return rows.rows
}
