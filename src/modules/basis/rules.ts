import type { Standing } from '#kernel/can.ts'
import { ok, refuse, type Verdict } from '#kernel/errors.ts'
import { machine, statesOf, verbsFrom } from '#kernel/machine.ts'
import { chinese } from '#kernel/numerals.ts'
import type { Cited, Node } from './reading/index.ts'

/** A version of a law is kept until it is withdrawn as taken in by mistake; one that was repealed without a successor can be restored. */
export const regulationMoves = machine('regulation', {
  kept: { correct: 'kept', repeal: 'repealed', withdraw: 'withdrawn' },
  repealed: { correct: 'repealed', restore: 'kept', withdraw: 'withdrawn' },
  withdrawn: {},
})
export type RegulationState = 'kept' | 'repealed' | 'withdrawn'
export const regulationStates = statesOf(regulationMoves) as RegulationState[]

/** A duty rests on an article until somebody unties it. */
export const tieMoves = machine('duty_basis', { tied: { untie: 'untied' }, untied: {} })
export type TieState = 'tied' | 'untied'

/** The library is the whole office's: the grant must cover it. */
export const wholeOffice: Standing = { unit: null }

export const standings = ['in_force', 'upcoming', 'past'] as const
export type Stands = (typeof standings)[number]
type Span = { since: string; until: string | null }
/** How a version stands on a day; `until` is exclusive. */
export const standsOn = ({ since, until }: Span, day: string): Stands =>
  day < since ? 'upcoming' : until !== null && until <= day ? 'past' : 'in_force'

/** The version of a law that is meant on a day: the one in force, else the last that was, else the first to come. */
export function versionOn<T extends Span>(versions: readonly T[], day: string): T | undefined {
  const inOrder = versions.toSorted((a, b) => (a.since < b.since ? -1 : 1))
  return inOrder.find((one) => standsOn(one, day) === 'in_force') ?? inOrder.findLast((one) => one.since <= day) ?? inOrder[0]
}

type Named = Span & { law: string; names: readonly string[] }
/** The version that a title's key means on a day: null where no law has that name, or several have and none by its own title. */
export function meantBy<T extends Named>(shelf: readonly T[], key: string, day: string): T | null {
  const named = shelf.filter(({ names }) => names.includes(key))
  const first = named.filter(({ names }) => names[0] === key)
  const chosen = first.length > 0 ? first : named
  const laws = new Set(chosen.map(({ law }) => law))
  return laws.size === 1 ? (versionOn(chosen, day) ?? null) : null
}

type Can = (verb: string, thing?: Standing) => boolean
export const regulationActions = (can: Can, state: RegulationState, lookingBack: boolean): string[] =>
  !lookingBack && can('basis.keep', wholeOffice) ? verbsFrom(regulationMoves, state) : []

/** It can only be repealed from a day after it came into force, and only the version that no other has replaced. */
export function mayRepeal(version: Span & { title: string; replacedBy: boolean }, on: string): Verdict {
  if (version.replacedBy) return refuse('basis.replaced', { title: version.title })
  return on > version.since ? ok : refuse('basis.repealed_before', { since: version.since }, '/on')
}

/** 第十二条之一第二款第（三）项: a place as one says it. */
export function sayPlace({ chapter, article, sub, paragraph, item, point, to }: Cited): string {
  const level =
    point !== null ? 'point' : item !== null ? 'item' : paragraph !== null ? 'paragraph' : article !== null ? 'article' : 'chapter'
  const upTo = (of: string, word: string) => (to !== null && of === level ? `至${word.replace('N', chinese(to))}` : '')
  return [
    chapter === null ? '' : `第${chinese(chapter)}章${upTo('chapter', '第N章')}`,
    article === null ? '' : `第${chinese(article)}条${sub > 0 ? `之${chinese(sub)}` : ''}${upTo('article', '第N条')}`,
    paragraph === null ? '' : `第${chinese(paragraph)}款${upTo('paragraph', '第N款')}`,
    item === null ? '' : `第（${chinese(item)}）项${upTo('item', '第（N）项')}`,
    point === null ? '' : `第${point}目${upTo('point', '第N目')}`,
  ].join('')
}

export type Place = { article: number; sub: number; paragraph: number | null; item: number | null; point: number | null }

/** The place by which each node is cited; null for what no article holds. An item below no paragraph has none. */
export function placesOf(nodes: readonly Pick<Node, 'kind' | 'parent' | 'number' | 'sub'>[]): (Place | null)[] {
  const places: (Place | null)[] = []
  for (const { kind, parent, number, sub } of nodes) {
    const above = parent === null ? null : (places[parent] ?? null)
    if (kind === 'article') places.push({ article: number ?? 0, sub, paragraph: null, item: null, point: null })
    else if (above === null) places.push(null)
    else if (kind === 'paragraph') places.push({ ...above, paragraph: number })
    else if (kind === 'item') places.push({ ...above, item: number })
    else places.push({ ...above, point: above.point ?? number })
  }
  return places
}

/** 12, or 12-1 for 第十二条之一: an article in an address. */
export const articleKey = (article: number, sub: number): string => (sub > 0 ? `${article}-${sub}` : String(article))
/** The article of an address; null when it is none. */
export function articleOf(key: string | undefined): { article: number; sub: number } | null {
  const m = /^(\d{1,4})(?:-(\d{1,2}))?$/.exec(key ?? '')
  return m ? { article: Number(m[1]), sub: Number(m[2] ?? 0) } : null
}

/** Letters around the first of the words that were looked for, at most `size` of them. */
export function excerptOf(text: string, words: readonly string[], size = 90): string {
  // A paragraph ends with a stop: nothing stands between it and the next.
  const plain = text
    .replaceAll(/\s*\n\s*/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
  const at = Math.max(
    0,
    Math.min(...words.map((word) => plain.toLowerCase().indexOf(word.toLowerCase())).map((found) => (found < 0 ? plain.length : found))),
  )
  const from = at < 24 || plain.length <= size ? 0 : Math.min(at - 16, plain.length - size)
  const cut = plain.slice(from, from + size).toWellFormed()
  return `${from > 0 ? '…' : ''}${cut}${from + size < plain.length ? '…' : ''}`
}

/** A LIKE pattern for texts that may name a law of this title: quotation marks and what one leaves out may be anything. */
export const naming = (title: string): string =>
  `%${title
    .replace(/[\\%_]/g, '\\$&')
    .replace(/（[^（）]*）$/, '')
    .replaceAll(/[《》〈〉\s]|中华人民共和国|^中国共产党/g, '%')}%`.replaceAll(/%+/g, '%')
