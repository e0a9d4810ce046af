/** What a law or a rule is made of, from the outermost in; what stands before and behind its articles too. */
export type NodeKind =
  | 'title'
  | 'note'
  | 'contents'
  | 'preamble'
  | 'part'
  | 'subpart'
  | 'chapter'
  | 'section'
  | 'article'
  | 'paragraph'
  | 'item'
  | 'point'
  | 'annex'

/**
 * A node of the text. `[start, own)` is what belongs to it alone, `[start, end)` with everything below it; the own stretches of all nodes, in their
 * order, are the whole text. Offsets are UTF-16 code units.
 */
export type Node = {
  kind: NodeKind
  /** Index of the node it stands in; null at the top. */
  parent: number | null
  /** The value of its numeral; paragraphs (款) are counted; null where there is none. */
  number: number | null
  /** 第十二条之一 is number 12, sub 1; 0 otherwise. */
  sub: number
  /** The marker as written, without what follows it. */
  label: string
  /** A heading, or the name an article carries. */
  title: string
  start: number
  own: number
  end: number
  /** Where the words begin, behind the marker. */
  words: number
}

export type Problem = {
  code:
    | 'numbering.missing'
    | 'numbering.repeated'
    | 'numbering.backwards'
    | 'article.empty'
    | 'articles.none'
    | 'contents.differs'
    | 'date.unclear'
  start: number
  end: number
  /** What stands there, and what was expected instead; as labels. */
  found?: string
  expected?: string
}

export const eventKinds = ['passed', 'promulgated', 'amended', 'revised', 'effective'] as const
export type EventKind = (typeof eventKinds)[number]
/** A day that the text itself names: when it was passed, made known, changed, in force. */
export type Event = { kind: EventKind; day: string; by: string; start: number; end: number }

export const lawKinds = ['law', 'administrative', 'party', 'local', 'departmental', 'document', 'own'] as const
export type LawKind = (typeof lawKinds)[number]
export const lawLevels = ['central', 'province', 'city', 'office'] as const
export type LawLevel = (typeof lawLevels)[number]

/** What the text says of itself; null where it does not. Days are `YYYY-MM-DD`. */
export type Facts = {
  issuer: string | null
  document: string | null
  kind: LawKind
  level: LawLevel
  passed: string | null
  /** From when this version is in force. */
  since: string | null
  events: Event[]
  /** Titles of what it says it repeals. */
  repeals: string[]
}

export type Reading = { title: string; facts: Facts; nodes: Node[]; problems: Problem[] }
