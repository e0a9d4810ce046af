import { type Static, Type } from 'typebox'
import { Actions, Day, Id, Instant, Maybe, Word } from '#kernel/contract.ts'
import { DutyKind, Named } from '#modules/obligations/contract.ts'
import { pledgeKinds, pledgeStates, problemKinds, roundStates, sides, whoms } from './rules.ts'

/** What of pledges crosses the wire. */

const Side = Word(sides)
export const Kind = Word(pledgeKinds)

export const Item = Type.Object({
  duty: Id,
  title: Type.String(),
  body: Type.String(),
  measure: Maybe(Type.String()),
  kind: DutyKind,
  polarity: Word(['positive', 'negative'] as const),
  /** How often or by when, in words. */
  when: Type.String(),
  basis: Type.Array(Type.String()),
})
export const Difference = Type.Object({
  added: Type.Array(Item),
  changed: Type.Array(Type.Object({ was: Item, now: Item })),
  removed: Type.Array(Item),
})
/** A side as the paper names it: with the unit and the posts of the day it was put together. */
const Party = Type.Object({ id: Id, name: Type.String(), unit: Type.String(), posts: Type.Array(Type.String()) })

/** The text that is shown and signed, field by field; its canonical JSON is kept and hashed. Office paper: always in Chinese. */
export const Paper = Type.Object({
  v: Type.Integer(),
  kind: Kind,
  year: Type.Integer(),
  title: Type.String(),
  office: Type.String(),
  /** The day it was put together. */
  day: Day,
  holder: Party,
  superior: Maybe(Party),
  opening: Type.String(),
  closing: Type.String(),
  items: Type.Array(Item),
  /** Of a supplement: what it supplements, and the difference it carries in place of items. */
  supplements: Maybe(Type.Object({ id: Id, title: Type.String(), hash: Type.String() })),
  difference: Maybe(Difference),
})
export type PaperOk = Static<typeof Paper>

const fields = {
  id: Id,
  round: Id,
  kind: Kind,
  year: Type.Integer(),
  title: Type.String(),
  person: Named,
  unit: Named,
  superior: Maybe(Named),
  /** The pledge it supplements (补签). */
  supplements: Maybe(Id),
  due: Day,
  state: Word(pledgeStates),
  until: Maybe(Day),
  reason: Maybe(Type.String()),
  recordedAt: Instant,
  /** SHA-256 of the text, hex: what a signature names. */
  hash: Type.String(),
  signatures: Type.Array(Type.Object({ side: Side, person: Named, at: Instant })),
  /** How many duties were added, changed and removed since; null: nothing, or nothing is asked of it any more. */
  differs: Maybe(Type.Object({ added: Type.Integer(), changed: Type.Integer(), removed: Type.Integer() })),
  /** The posts held are not those it was signed in: it ends and a new one is signed. */
  moved: Type.Boolean(),
  actions: Actions,
}
export const Pledge = Type.Object(fields)
export type PledgeOk = Static<typeof Pledge>
export const Papered = Type.Object({ ...fields, text: Paper })
export const Whole = Type.Object({
  ...fields,
  text: Paper,
  /** What a supplement would carry today. */
  difference: Maybe(Difference),
  /** Of an original, in their order. */
  supplementedBy: Type.Array(Pledge),
})

const roundFields = {
  id: Id,
  year: Type.Integer(),
  kind: Kind,
  title: Type.String(),
  whom: Word(whoms),
  due: Day,
  state: Word(roundStates),
  reason: Maybe(Type.String()),
  recordedAt: Instant,
  by: Type.String(),
  /** Of those one may see. */
  total: Type.Integer(),
  inForce: Type.Integer(),
  unsigned: Type.Integer(),
  actions: Actions,
}
export const Round = Type.Object(roundFields)
export const WholeRound = Type.Object({
  ...roundFields,
  opening: Type.String(),
  closing: Type.String(),
  /** In the order of the office, never by how far they are. */
  units: Type.Array(Type.Object({ unit: Named, total: Type.Integer(), inForce: Type.Integer(), unsigned: Type.Integer() })),
  /** How many differ from today's list and wait for no supplement yet. */
  differing: Type.Integer(),
})

export const Candidate = Type.Object({
  person: Named,
  unit: Named,
  posts: Type.Array(Type.String()),
  superior: Maybe(Named),
  positive: Type.Integer(),
  negative: Type.Integer(),
  problem: Maybe(Word(problemKinds)),
})
export const Preview = Type.Object({
  title: Type.String(),
  opening: Type.String(),
  closing: Type.String(),
  whom: Word(whoms),
  people: Type.Array(Candidate),
  /** How many get one. */
  gets: Type.Integer(),
  problems: Type.Array(Type.Object({ kind: Word(problemKinds), count: Type.Integer() })),
  /** The paper of one of them, as it would be shown. */
  sample: Maybe(Paper),
})
