import type { InputOf, OkOf } from '#kernel/contract.ts'
import type { Db } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import { sentenceOf } from '#modules/directives/index.ts'
import type { basisRoutes } from '../contract.ts'
import { type Citation, readCitations } from '../reading/index.ts'
import { excerptOf, meantBy, sayPlace } from '../rules.ts'
import type { ResolvedView } from '../shapes.ts'
import { chaptersOf, type PlacedRow, placed } from '../store/nodes.ts'
import { type ShelfRow, shelf } from '../store/regulations.ts'
import { shownVersion } from './view.ts'

/** A law that is open: what 本法 and 前款 in it mean. */
export type Own = { version: ShelfRow }

/**
 * What a text cites, each with where that stands: the version in force on the day one looks at, its words, or null where the library has no such law or no
 * such article. Names without 《》 count for laws the library has. Two queries, whatever the length of the text.
 */
export async function resolveCitations(db: Db, ctx: Ctx, text: string): Promise<ResolvedView[]> {
  const books = await shelf(db, ctx)
  return resolved(db, ctx, text, readCitations(text, { names: plainNames(books) }), books, null)
}

/** Names long enough to be recognised without quotation marks. */
export const plainNames = (books: readonly ShelfRow[]): string[] =>
  [...new Set(books.flatMap(({ names }) => names))].filter((name) => name.length >= 3)

export async function resolved(
  db: Db,
  ctx: Ctx,
  text: string,
  citations: readonly Citation[],
  books: readonly ShelfRow[],
  own: Own | null,
): Promise<ResolvedView[]> {
  const meant = citations.map((one) => (one.law === null ? (own?.version ?? null) : meantBy(books, one.law, ctx.day)))
  const articles = citations.flatMap(({ article, sub }, i) =>
    meant[i] && article !== null ? [{ regulation: meant[i].id, article, sub }] : [],
  )
  const unique = [...new Map(articles.map((one) => [`${one.regulation} ${one.article} ${one.sub}`, one])).values()]
  const cited = [
    ...new Set(citations.flatMap(({ chapter, article }, i) => (meant[i] && chapter !== null && article === null ? [meant[i].id] : []))),
  ]
  const [rows, chapters] = await Promise.all([placed(db, ctx.tenant.id, unique), chaptersOf(db, ctx.tenant.id, cited)])
  const byArticle = Map.groupBy(rows, (row) => `${row.regulation} ${row.article} ${row.sub}`)
  return citations.map((one, i) => {
    const version = meant[i] ?? null
    const { start, end, title, law: _, ...place } = one
    const inArticle = version && place.article !== null ? (byArticle.get(`${version.id} ${place.article} ${place.sub}`) ?? []) : []
    const heading = version && chapters.find(({ regulation, number }) => regulation === version.id && number === place.chapter)
    return {
      ...{ start, end, title, ...place },
      text: text.slice(start, end),
      place: sayPlace(one),
      regulation: version && shownVersion(ctx, version),
      words: place.article === null ? (heading?.title ?? null) : wordsAt(inArticle, one),
    }
  })
}

/** The words of the place named: an item with no paragraph named is that of the only paragraph that has one of the number. */
export function nodeAt(
  rows: readonly PlacedRow[],
  at: { paragraph: number | null; item: number | null; point: number | null },
): PlacedRow | null {
  const same = (row: PlacedRow) =>
    (at.paragraph === null ? at.item !== null || row.paragraph === null : row.paragraph === at.paragraph) &&
    row.item === at.item &&
    row.point === at.point
  return rows.find(same) ?? null
}

function wordsAt(rows: readonly PlacedRow[], at: Citation): string | null {
  const found = nodeAt(rows, at)
  return found && excerptOf(found.body, [], 160)
}

export async function cite(db: Db, ctx: Ctx, input: InputOf<typeof basisRoutes.cite>): Promise<OkOf<typeof basisRoutes.cite>> {
  return { items: await resolveCitations(db, ctx, input.text) }
}

/** What a directive cites, with offsets in its text. */
export async function ofDirective(db: Db, ctx: Ctx, input: { id: Id }): Promise<OkOf<typeof basisRoutes.ofDirective>> {
  const { text } = await sentenceOf(db, ctx.tenant.id, input.id, 0, Number.MAX_SAFE_INTEGER)
  return { items: await resolveCitations(db, ctx, text) }
}
