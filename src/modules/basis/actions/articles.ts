import type { Db } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import { readCitations } from '../reading/index.ts'
import { articleKey, excerptOf, standsOn } from '../rules.ts'
import { shelf } from '../store/regulations.ts'
import { tiesOfDuties } from '../store/ties.ts'
import { plainNames, resolved } from './cite.ts'
import { placeIn } from './duties.ts'

/** An article that a duty rests on: chosen by a person (`tied`), or cited in the duty's own words. `key` is the article in an address. */
export type Article = {
  duty: Id
  how: 'tied' | 'cited'
  regulation: Id
  title: string
  place: string
  key: string | null
  words: string
  since: string
  stands: ReturnType<typeof standsOn>
  /** When it was tied; null for what the words cite. */
  at: Date | null
  by: string | null
}

const excerpt = 160

/**
 * The articles that duties rest on, as known on the day one looks at: a constant number of statements. A citation that the library has no text for is left
 * out; what is tied and cited alike is there once, as tied.
 */
export async function articlesOf(
  db: Db,
  ctx: Ctx,
  duties: readonly { id: Id; title: string; body: string; measure: string | null }[],
): Promise<Article[]> {
  if (duties.length === 0) return []
  const [ties, books] = await Promise.all([
    tiesOfDuties(
      db,
      ctx,
      duties.map((duty) => duty.id),
    ),
    shelf(db, ctx),
  ])
  const tied = ties.map(
    (row): Article => ({
      ...{ duty: row.duty, how: 'tied', regulation: row.regulation, title: row.title, place: placeIn(row) },
      ...{ key: articleKey(row.article, row.sub), words: excerptOf(row.words, [], excerpt), since: row.since },
      ...{ stands: standsOn(row, ctx.day), at: row.recorded_at, by: row.recorder },
    }),
  )
  if (books.length === 0) return tied
  const names = plainNames(books)
  const found = duties.flatMap((duty) =>
    readCitations([duty.title, duty.body, duty.measure ?? ''].join('\n'), { names }).map((citation) => ({ duty: duty.id, citation })),
  )
  const citations = found.map((one) => one.citation)
  const views = citations.length > 0 ? await resolved(db, ctx, '', citations, books, null) : []
  const cited = views.flatMap((view, i): Article[] => {
    const { regulation, article, words } = view
    if (!regulation || (article !== null && words === null)) return []
    return [
      {
        ...{ duty: found[i]?.duty ?? '', how: 'cited', regulation: regulation.id, title: regulation.title, place: view.place },
        ...{ key: article === null ? null : articleKey(article, view.sub), words: words ?? '', since: regulation.since },
        ...{ stands: regulation.stands, at: null, by: null },
      },
    ]
  })
  return [...new Map([...cited, ...tied].map((one) => [`${one.duty} ${one.regulation} ${one.place}`, one])).values()]
}
