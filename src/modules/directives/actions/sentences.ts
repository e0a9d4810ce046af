import type { Db } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import type { Section } from '../outline/types.ts'
import { directivesByIds, papersByIds } from '../store/directives.ts'

export type Sentence = { directive: { id: Id; title: string; issuedOn: string }; text: string; path: string[] }

/** A stretch of a text with the headings above it, outermost first. Offsets are UTF-16 code units. */
export function sentenceIn(
  paper: { id: Id; title: string; issuedOn: string; text: string; outline: readonly Section[] },
  start: number,
  end: number,
): Sentence {
  const path: string[] = []
  const above = (level: readonly Section[]) => level.find((one) => one.start <= start && start < one.end)
  for (let at = above(paper.outline); at; at = above(at.children)) if (at.marker !== null) path.push(`${at.marker}${at.title}`)
  const { id, title, issuedOn, text } = paper
  return { directive: { id, title, issuedOn }, text: text.slice(start, end), path }
}

type Place = { directive: Id; start: number; end: number }

/** Sentences of any directives: one statement, whatever their number. Those of directives that are not there are left out. */
export async function sentencesAt<P extends Place>(db: Db, tenant: Id, places: readonly P[]): Promise<(P & { sentence: Sentence })[]> {
  const papers = new Map((await papersByIds(db, tenant, [...new Set(places.map((one) => one.directive))])).map((one) => [one.id, one]))
  return places.flatMap((place) => {
    const paper = papers.get(place.directive)
    return paper ? [{ ...place, sentence: sentenceIn(paper, place.start, place.end) }] : []
  })
}

/** Titles, days and senders of directives as known at `ctx.knownAt`, by id; those recorded later are left out. */
export async function directivesOf(db: Db, ctx: Ctx, ids: readonly Id[]) {
  const rows = await directivesByIds(db, ctx, ids)
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        title: row.facts.title,
        issuedOn: row.issued_on,
        sender: row.facts.sender,
        number: row.facts.number,
        recordedAt: row.recorded_at,
      },
    ]),
  )
}
