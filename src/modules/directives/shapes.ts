import { Type } from 'typebox'
import { Actions, Day, Id, Instant, Maybe, Word } from '#kernel/contract.ts'
import { DutyKind, Named } from '#modules/obligations/contract.ts'
import { directiveKinds, directiveStates, origins, proposalStates } from './rules.ts'

export const proposalTypes = ['duty', 'finding'] as const
const polarities = ['positive', 'negative'] as const

export const Polarity = Word(polarities)

/** Sentences by what became of them; of duties, `all` is the number of commanding sentences. */
const Count = Type.Object({ all: Type.Integer(), carried: Type.Integer(), aside: Type.Integer(), open: Type.Integer() })

/** A paper as a list shows it. `characters` are UTF-16 code units, as every offset is. */
export const Directive = Type.Object({
  id: Id,
  title: Type.String(),
  kind: Word(directiveKinds),
  issuedOn: Day,
  speaker: Maybe(Named),
  state: Word(directiveStates),
  characters: Type.Integer(),
  source: Type.String(),
  /** Whose it is, who sent it under which number, when it came, and by when an answer is owed. */
  origin: Word(origins),
  sender: Maybe(Type.String()),
  number: Maybe(Type.String()),
  receivedOn: Maybe(Day),
  replyDue: Maybe(Day),
  recordedAt: Instant,
  recordedBy: Type.String(),
  coverage: Count,
  findings: Count,
  actions: Actions,
})

/** A heading or a stretch of prose, in the order of the text; `depth` 0 is the outermost. */
const Section = Type.Object({
  marker: Maybe(Type.String()),
  level: Type.Integer(),
  depth: Type.Integer(),
  title: Type.String(),
  start: Type.Integer(),
  end: Type.Integer(),
})

const Problem = Type.Object({
  code: Type.String(),
  start: Type.Integer(),
  end: Type.Integer(),
  expected: Type.Optional(Type.String()),
  found: Type.Optional(Type.String()),
})

/** A line round the text by what it is (文号, 落款, 抄送 …). */
const FramePart = Type.Object({ role: Type.String(), start: Type.Integer(), end: Type.Integer() })
const Table = Type.Object({
  start: Type.Integer(),
  end: Type.Integer(),
  rows: Type.Integer(),
  columns: Type.Array(Type.Object({ header: Type.String(), field: Maybe(Type.String()) })),
})
/** What stands round the text of a paper, as read. */
const Frame = Type.Object({
  number: Maybe(Type.String()),
  issuer: Maybe(Type.String()),
  signer: Maybe(Type.String()),
  urgency: Maybe(Type.String()),
  addressees: Type.Array(Type.String()),
  copies: Type.Array(Type.String()),
  attachments: Type.Array(Type.Object({ title: Type.String(), start: Type.Integer(), end: Type.Integer() })),
  meeting: Maybe(Type.String()),
  parts: Type.Array(FramePart),
})
/** What a file says about itself, for the form to be filled in with. */
export const Look = Type.Object({
  title: Maybe(Type.String()),
  kind: Word(directiveKinds),
  number: Maybe(Type.String()),
  issuer: Maybe(Type.String()),
  issuedOn: Maybe(Day),
  origin: Word(origins),
  replyDue: Maybe(Day),
  addressees: Type.Array(Type.String()),
  attachments: Type.Array(Type.String()),
  meeting: Maybe(Type.String()),
  secrecy: Maybe(Type.String()),
  characters: Type.Integer(),
  commands: Type.Integer(),
  problems: Type.Integer(),
  tables: Type.Array(Table),
})

/** Who answers, as read from the text. */
const Holder = Type.Object({
  text: Type.String(),
  name: Type.String(),
  role: Type.String(),
  refs: Type.Array(Type.Object({ type: Word(['unit', 'post'] as const), id: Id, name: Type.String() })),
})
/** Who else has a part: helping units, the leaders and the persons a tail or a row names. */
const Tail = Type.Object({
  start: Type.Integer(),
  end: Type.Integer(),
  help: Type.Array(Holder),
  leaders: Type.Array(Holder),
  persons: Type.Array(Holder),
})
const Cadence = Type.Object({ text: Type.String(), rrule: Maybe(Type.String()) })
const Due = Type.Object({ text: Type.String(), day: Maybe(Day), span: Maybe(Type.String()) })
const Why = Type.Object({ rule: Type.String(), words: Type.String(), start: Type.Integer(), end: Type.Integer() })

/** A holder as a duty takes it: a post of a unit, whoever holds it, or a person by name. `names` are those who hold it on the day one looks at. */
export const Seat = Type.Object({ unit: Named, post: Maybe(Named), person: Maybe(Named), names: Type.Array(Type.String()) })

export const Proposal = Type.Object({
  id: Id,
  type: Word(proposalTypes),
  start: Type.Integer(),
  end: Type.Integer(),
  title: Type.String(),
  text: Type.String(),
  /** Places of the sentences merged into this one. */
  joined: Type.Array(Type.Object({ id: Id, start: Type.Integer(), end: Type.Integer() })),
  holders: Type.Array(Holder),
  /** The holders as posts and persons, ready to accept; a person chose them where `chosen`. */
  seats: Type.Array(Seat),
  chosen: Type.Boolean(),
  /** Words for holders that the office does not know: somebody must be chosen before accepting. */
  unknown: Type.Array(Type.String()),
  kind: DutyKind,
  polarity: Polarity,
  cadence: Maybe(Cadence),
  due: Maybe(Due),
  measure: Maybe(Type.String()),
  tail: Maybe(Tail),
  /** Those who help, as posts, ready to be added. */
  helping: Type.Array(Seat),
  why: Type.Array(Why),
  /** How sure the reading is, in percent. */
  confidence: Type.Integer(),
  state: Word(proposalStates),
  reason: Maybe(Type.String()),
  into: Maybe(Id),
  /** What was decided of it beside earlier duties: the same, in its place, or another matter. */
  likened: Type.Array(Type.Object({ duty: Named, choice: Word(['same', 'replaces', 'different'] as const) })),
  /** The duty or finding it became. */
  made: Maybe(Id),
  /** Who marked the sentence; null where the program read it. */
  markedBy: Maybe(Type.String()),
  decided: Maybe(Type.Object({ who: Type.String(), at: Instant })),
  actions: Actions,
})

export const Whole = Type.Object({
  directive: Directive,
  text: Type.String(),
  sections: Type.Array(Section),
  problems: Type.Array(Problem),
  frame: Maybe(Frame),
  tables: Type.Array(Table),
  proposals: Type.Array(Proposal),
  /** The day a duty begins when nothing else is said. */
  since: Day,
})
export const Decided = Type.Object({ directive: Directive, proposals: Type.Array(Proposal) })

/** An earlier duty laid beside a sentence, with how much they have in common (percent of the text) and what speaks for what. */
const Beside = Type.Object({
  proposal: Id,
  percent: Type.Integer(),
  reasons: Type.Array(Word(['holders', 'period', 'replaced'] as const)),
  suggests: Word(['same', 'replaces', 'near'] as const),
  duty: Type.Object({
    id: Id,
    title: Type.String(),
    body: Type.String(),
    rrule: Maybe(Type.String()),
    due: Maybe(Day),
    since: Day,
    holders: Type.Array(Type.String()),
    basis: Maybe(Type.Object({ directive: Id, title: Type.String(), start: Type.Integer() })),
  }),
})
export const Besides = Type.Object({
  items: Type.Array(Beside),
  /** Where the paper says that it takes the place of another. */
  replacing: Type.Array(Type.Object({ words: Type.String(), start: Type.Integer(), end: Type.Integer(), title: Maybe(Type.String()) })),
})

/** What else a duty rests on, and what it replaced or was replaced by. */
export const Further = Type.Object({
  sentences: Type.Array(
    Type.Object({ directive: Named, issuedOn: Day, start: Type.Integer(), text: Type.String(), by: Type.String(), at: Instant }),
  ),
  replaced: Type.Array(Type.Object({ way: Word(['by', 'of'] as const), duty: Named, directive: Named, start: Type.Integer() })),
})
