import { type Static, Type } from 'typebox'
import { Actions, Day, Id, Instant, Maybe, Word } from '#kernel/contract.ts'
import { eventKinds, lawKinds, lawLevels, type NodeKind, type Problem as ReadProblem } from './reading/types.ts'
import { regulationStates, standings } from './rules.ts'

/** One version of a law or a rule as a list shows it. `law` is shared by all versions of one law; `until` is exclusive. */
export const Regulation = Type.Object({
  id: Id,
  law: Id,
  title: Type.String(),
  aliases: Type.Array(Type.String()),
  issuer: Maybe(Type.String()),
  document: Maybe(Type.String()),
  kind: Word(lawKinds),
  level: Word(lawLevels),
  passed: Maybe(Day),
  since: Day,
  until: Maybe(Day),
  /** On the day one looks at. */
  stands: Word(standings),
  articles: Type.Integer(),
  characters: Type.Integer(),
  versions: Type.Integer(),
  source: Type.String(),
  state: Word(regulationStates),
  reason: Maybe(Type.String()),
  recordedAt: Instant,
  recordedBy: Type.String(),
  /** Taken in after the day one looks at. */
  later: Type.Boolean(),
  actions: Actions,
})

const kinds = [
  ...['title', 'note', 'contents', 'preamble', 'part', 'subpart', 'chapter', 'section', 'article', 'paragraph', 'item', 'point', 'annex'],
] as NodeKind[]
/** `[start, own)` is the node's own stretch of the text, `[start, end)` with everything below it, `words` where its words begin. UTF-16 code units. */
export const Node = Type.Object({
  kind: Word(kinds),
  parent: Maybe(Type.Integer()),
  number: Maybe(Type.Integer()),
  sub: Type.Integer(),
  label: Type.String(),
  title: Type.String(),
  start: Type.Integer(),
  words: Type.Integer(),
  own: Type.Integer(),
  end: Type.Integer(),
})
const codes: ReadProblem['code'][] = [
  ...(['numbering.missing', 'numbering.repeated', 'numbering.backwards', 'article.empty', 'articles.none'] as const),
  ...(['contents.differs', 'date.unclear'] as const),
]
export const Problem = Type.Object({
  code: Word(codes),
  start: Type.Integer(),
  end: Type.Integer(),
  found: Type.Optional(Type.String()),
  expected: Type.Optional(Type.String()),
})

/** A place in a law: no article is the whole of it. */
const place = {
  chapter: Maybe(Type.Integer()),
  article: Maybe(Type.Integer()),
  sub: Type.Integer(),
  paragraph: Maybe(Type.Integer()),
  item: Maybe(Type.Integer()),
  point: Maybe(Type.Integer()),
  to: Maybe(Type.Integer()),
}
export const Version = Type.Object({
  id: Id,
  title: Type.String(),
  since: Day,
  until: Maybe(Day),
  stands: Word(standings),
  later: Type.Boolean(),
})

/**
 * A citation found in a text at `[start, end)`. `regulation` is the version in force on the day one looks at, null where the library does not have the law or
 * the name could mean several; `words` what stands there, null where there is no such place in it.
 */
export const Resolved = Type.Object({
  start: Type.Integer(),
  end: Type.Integer(),
  text: Type.String(),
  title: Maybe(Type.String()),
  place: Type.String(),
  ...place,
  regulation: Maybe(Version),
  words: Maybe(Type.String()),
})

export const Read = Type.Object({
  regulation: Regulation,
  text: Type.String(),
  nodes: Type.Array(Node),
  problems: Type.Array(Problem),
  versions: Type.Array(Version),
  /** What the text itself cites, of other laws and of itself. */
  citations: Type.Array(Resolved),
})

const Hit = Type.Object({ article: Type.String(), label: Type.String(), words: Type.String() })
export const Listed = Type.Object({ ...Regulation.properties, hits: Type.Array(Hit), hitCount: Type.Integer() })

export const Preview = Type.Object({
  title: Type.String(),
  text: Type.String(),
  source: Type.String(),
  facts: Type.Object({
    issuer: Maybe(Type.String()),
    document: Maybe(Type.String()),
    kind: Word(lawKinds),
    level: Word(lawLevels),
    passed: Maybe(Day),
    since: Maybe(Day),
    events: Type.Array(Type.Object({ kind: Word(eventKinds), day: Day, by: Type.String(), start: Type.Integer(), end: Type.Integer() })),
    repeals: Type.Array(Type.String()),
  }),
  counts: Type.Object({ chapters: Type.Integer(), articles: Type.Integer(), paragraphs: Type.Integer(), items: Type.Integer() }),
  nodes: Type.Array(Node),
  problems: Type.Array(Problem),
  /** The same text, where it is in the library already. */
  same: Maybe(Version),
  /** Laws of this name in the library: this may be another version of one. */
  laws: Type.Array(Type.Object({ law: Id, title: Type.String(), versions: Type.Array(Version) })),
})

const op = Word(['same', 'out', 'in'] as const)
const Compared = Type.Object({ key: Type.String(), label: Type.String(), chapter: Type.String() })
export const Comparison = Type.Object({
  before: Version,
  after: Version,
  counts: Type.Object({
    added: Type.Integer(),
    removed: Type.Integer(),
    changed: Type.Integer(),
    renumbered: Type.Integer(),
    same: Type.Integer(),
  }),
  pairs: Type.Array(
    Type.Object({
      fate: Word(['same', 'changed', 'added', 'removed'] as const),
      renumbered: Type.Boolean(),
      moved: Type.Boolean(),
      before: Maybe(Compared),
      after: Maybe(Compared),
      words: Type.Array(Type.Object({ op, text: Type.String() })),
    }),
  ),
})

/** A basis that a person gave a duty. */
export const Tie = Type.Object({
  id: Id,
  regulation: Version,
  place: Type.String(),
  article: Type.Integer(),
  sub: Type.Integer(),
  paragraph: Maybe(Type.Integer()),
  item: Maybe(Type.Integer()),
  words: Type.String(),
  recordedBy: Type.String(),
  recordedAt: Instant,
  actions: Actions,
})
export const OfDuty = Type.Object({
  tied: Type.Array(Tie),
  /** What the duty's own words cite. */
  cited: Type.Array(Resolved),
  actions: Actions,
})
export const Resting = Type.Object({
  items: Type.Array(
    Type.Object({
      duty: Type.Object({ id: Id, title: Type.String(), active: Type.Boolean() }),
      /** Chosen by a person, or named in the duty's own words. */
      how: Word(['tied', 'cited'] as const),
      place: Type.String(),
      article: Maybe(Type.Integer()),
      sub: Type.Integer(),
      /** The version it is tied to, where that is another one. */
      version: Maybe(Version),
    }),
  ),
})

export type RegulationView = Static<typeof Regulation>
export type ListedView = Static<typeof Listed>
export type ReadView = Static<typeof Read>
export type PreviewView = Static<typeof Preview>
export type ResolvedView = Static<typeof Resolved>
export type VersionView = Static<typeof Version>
export type ComparisonView = Static<typeof Comparison>
export type TieView = Static<typeof Tie>
export type ProblemView = Static<typeof Problem>
export type NodeView = Static<typeof Node>
