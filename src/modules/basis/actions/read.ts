import type { InputOf, OkOf } from '#kernel/contract.ts'
import type { Db } from '#kernel/db.ts'
import { Refusal } from '#kernel/errors.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import { cursor, found, limitOf, pageFrom } from '#kernel/table.ts'
import type { basisRoutes } from '../contract.ts'
import { articlesOf, type Citation, compareLaws, type Node, readCitations } from '../reading/index.ts'
import { articleKey, excerptOf, placesOf } from '../rules.ts'
import type { ResolvedView } from '../shapes.ts'
import { nodesOf } from '../store/nodes.ts'
import { hitsIn, listRegulations, regulationById, type ShelfRow, shelf, textOf } from '../store/regulations.ts'
import { plainNames, resolved } from './cite.ts'
import { shownRegulation, shownVersion } from './view.ts'

const hitsEach = 3

export async function list(db: Db, ctx: Ctx, input: InputOf<typeof basisRoutes.list>): Promise<OkOf<typeof basisRoutes.list>> {
  const limit = limitOf(input)
  const words = (input.q ?? '')
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, 6)
  const rows = await listRegulations(db, ctx, { kind: input.kind, stands: input.stands, words }, cursor(input.after, 4), limit)
  const hits = Map.groupBy(
    await hitsIn(
      db,
      ctx.tenant.id,
      rows.slice(0, limit).map(({ id }) => id),
      words,
      hitsEach,
    ),
    ({ regulation }) => regulation,
  )
  return pageFrom(
    rows,
    limit,
    (row) => [row.named, row.rank, row.title, row.id],
    (row) => {
      const own = hits.get(row.id) ?? []
      return {
        ...shownRegulation(ctx, row),
        hits: own.map(({ article, sub, label, body }) => ({
          article: articleKey(article, sub),
          label,
          words: excerptOf(body, words),
        })),
        hitCount: own[0]?.count ?? 0,
      }
    },
  )
}

/** The versions of a law, oldest first. */
const versionsOf = (ctx: Ctx, books: readonly ShelfRow[], law: Id) =>
  books.filter((one) => one.law === law).map((one) => shownVersion(ctx, one))

export async function read(db: Db, ctx: Ctx, input: { id: Id }): Promise<OkOf<typeof basisRoutes.read>> {
  const row = found(await regulationById(db, ctx, input.id))
  const [{ text, problems }, nodes, books] = await Promise.all([
    textOf(db, ctx.tenant.id, row.id),
    nodesOf(db, ctx.tenant.id, row.id),
    shelf(db, ctx),
  ])
  return {
    regulation: shownRegulation(ctx, row),
    text,
    nodes,
    problems,
    versions: versionsOf(ctx, books, row.law),
    citations: await ownCitations(db, ctx, text, nodes, books, row),
  }
}

/** What a law cites, paragraph by paragraph, so that 前款 and 本条 are read where they stand. */
async function ownCitations(
  db: Db,
  ctx: Ctx,
  text: string,
  nodes: readonly Node[],
  books: readonly ShelfRow[],
  version: ShelfRow,
): Promise<ResolvedView[]> {
  const names = plainNames(books)
  const places = placesOf(nodes)
  const articles = nodes.flatMap((node) => (node.kind === 'article' ? [{ article: node.number ?? 0, sub: node.sub }] : []))
  const found: Citation[] = []
  nodes.forEach((node, i) => {
    const place = places[i]
    if (!place || node.kind === 'article') return
    const at = articles.findIndex(({ article, sub }) => article === place.article && sub === place.sub)
    const within = { article: place.article, sub: place.sub, paragraph: place.paragraph, previous: articles[at - 1] ?? null }
    for (const one of readCitations(text.slice(node.words, node.own), { names, within }))
      found.push({ ...one, start: one.start + node.words, end: one.end + node.words })
  })
  return resolved(db, ctx, text, found, books, { version })
}

export async function compare(db: Db, ctx: Ctx, input: InputOf<typeof basisRoutes.compare>): Promise<OkOf<typeof basisRoutes.compare>> {
  const row = found(await regulationById(db, ctx, input.id))
  const books = await shelf(db, ctx)
  const own = books.filter(({ law }) => law === row.law)
  const at = own.findIndex(({ id }) => id === row.id)
  const other = input.with === undefined ? (own[at - 1] ?? own[at + 1]) : books.find(({ id }) => id === input.with && id !== row.id)
  if (!other) throw new Refusal('basis.no_other', {}, input.with === undefined ? [] : [{ at: '/with' }])
  const [before, after] = other.since <= row.since ? [other, row] : [row, other]
  const [old, now] = await Promise.all([before, after].map((one) => articlesIn(db, ctx, one.id)))
  const pairs = compareLaws(old ?? [], now ?? [])
  const count = (test: (pair: (typeof pairs)[number]) => boolean) => pairs.filter(test).length
  return {
    before: shownVersion(ctx, before),
    after: shownVersion(ctx, after),
    counts: {
      added: count(({ fate }) => fate === 'added'),
      removed: count(({ fate }) => fate === 'removed'),
      changed: count(({ fate }) => fate === 'changed'),
      renumbered: count(({ fate, renumbered }) => fate === 'same' && renumbered),
      same: count(({ fate, renumbered }) => fate === 'same' && !renumbered),
    },
    pairs: pairs.map(({ before: b, after: a, ...pair }) => ({ ...pair, before: b && shownSide(b), after: a && shownSide(a) })),
  }
}

const shownSide = ({ key, label, chapter }: { key: string; label: string; chapter: string }) => ({ key, label, chapter })

async function articlesIn(db: Db, ctx: Ctx, id: Id) {
  const [{ text }, nodes] = await Promise.all([textOf(db, ctx.tenant.id, id), nodesOf(db, ctx.tenant.id, id)])
  return articlesOf(nodes, text)
}
