import { Type } from 'typebox'
import { Day, Id, Maybe, Word } from '#kernel/contract.ts'
import { Named, Obligation } from '#modules/obligations/contract.ts'
import { eventKinds } from '#modules/obligations/rules.ts'
import { lastKinds } from './why.ts'

/** What the sections of the board answer. */

const Whole = Type.Integer()

export const Own = Type.Object({
  day: Day,
  overdue: Whole,
  today: Whole,
  week: Whole,
  /** Above a budget and waiting for one's signature, where one signs. */
  toSign: Whole,
  /** Letters and promises (责任书, 承诺书) that wait for one's signature. */
  pledges: Whole,
  toConfirm: Whole,
  /** Sent back to whoever recorded it. */
  returned: Whole,
})

/** The rule by which it is red. */
export const RedRule = Type.Object({
  key: Type.String(),
  document: Type.String(),
  article: Type.String(),
  version: Whole,
  confidence: Type.String(),
})

/** What moved a due day or changed hands: by whom, when and why. */
const Moved = Type.Object({
  kind: Word(eventKinds),
  on: Day,
  by: Maybe(Type.String()),
  reason: Maybe(Type.String()),
  wasDue: Maybe(Day),
  wasHolder: Maybe(Type.String()),
})

export const Red = Type.Object({
  obligation: Obligation,
  /** Working days since the due day; 0 where only days off have passed. */
  days: Whole,
  /** How the due day was counted: a cadence or a span; null where somebody set it. */
  reckoned: Maybe(Type.String()),
  /** What changed its day or its holder, the latest last, at most 3. */
  moved: Type.Array(Moved),
  /** The last thing done on it: an act that was withdrawn, a waiver taken back, or what fulfilled an earlier period. */
  last: Maybe(Type.Object({ kind: Word(lastKinds), on: Day, by: Maybe(Type.String()), what: Maybe(Type.String()), act: Maybe(Id) })),
})

const Quarter = Type.Object({ asked: Whole, done: Whole, overdue: Whole, acts: Whole, gap: Type.Boolean() })
const Months = Type.Array(Whole, { minItems: 12, maxItems: 12 })
const ActSeen = Type.Object({ id: Id, what: Type.String(), on: Day })

export const First = Type.Object({
  day: Day,
  year: Whole,
  /** The quarter that the day is in, or the year's last one: 1–4. */
  quarter: Whole,
  aspects: Type.Array(
    Type.Object({
      key: Type.String(),
      says: Type.String(),
      rule: RedRule,
      /** How many duties of the list have this aspect; none is a gap by itself. */
      duties: Whole,
      months: Months,
      quarters: Type.Array(Quarter, { minItems: 4, maxItems: 4 }),
      /** The latest acts, and how many there are in all. */
      acts: Type.Array(ActSeen),
      total: Whole,
    }),
  ),
  /** The other members of the leadership, in the order of their posts: how often they took part in what counts as supervising members. */
  members: Type.Array(Type.Object({ person: Named, months: Months, total: Whole, last: Maybe(Day) })),
})

const Load = { persons: Whole, asked: Whole, minutes: Whole }
export const Burden = Type.Object({
  day: Day,
  /** `YYYY-MM`. */
  month: Type.String(),
  total: Type.Object(Load),
  /** The month before it. */
  before: Type.Object({ asked: Whole, minutes: Whole }),
  units: Type.Array(Type.Object({ unit: Named, ...Load })),
  /** By what people are: what is asked in the month, and of the year beside the budget of their class. */
  classes: Type.Array(
    Type.Object({
      class: Word(['staff', 'head', 'leader'] as const),
      ...Load,
      year: Whole,
      budget: Maybe(Whole),
      /** How many persons are above the budget in the year; not who. */
      over: Whole,
    }),
  ),
  rules: Type.Array(Type.Object({ key: Type.String(), value: Type.String(), confidence: Type.String() })),
})

const Chased = Type.Object({ obligation: Obligation, superiors: Type.Array(Type.String()) })
export const Chase = Type.Object({
  day: Day,
  /** Due soon is what is due by this day: the end of next week. */
  until: Day,
  units: Type.Array(Type.Object({ unit: Named, red: Whole, soon: Whole, items: Type.Array(Chased) })),
  confirmations: Type.Array(Type.Object({ person: Named, count: Whole, since: Day })),
  signatures: Type.Object({
    count: Whole,
    of: Type.Array(Type.String()),
    items: Type.Array(Type.Object({ duty: Named, by: Type.String(), since: Day })),
  }),
  /** Letters and promises that are not signed, by the unit of whoever has to. */
  pledges: Type.Array(Type.Object({ unit: Named, open: Whole, overdue: Whole })),
  findings: Type.Object({ open: Whole, overdue: Whole, items: Type.Array(Chased) }),
})

const WeekCounts = Type.Object({ open: Whole, onTime: Whole, late: Whole, waived: Whole })
export const Week = Type.Object({
  day: Day,
  /** `2026-W12`, Monday to Sunday. */
  week: Type.String(),
  from: Day,
  until: Day,
  before: Type.Object({ from: Day, until: Day, counts: WeekCounts, items: Type.Array(Obligation) }),
  due: Type.Object({ counts: WeekCounts, items: Type.Array(Obligation) }),
  reds: Type.Object({ count: Whole, items: Type.Array(Red), rule: RedRule }),
  /** What waits for a decision of this reader: to sign, to confirm. */
  decide: Type.Object({
    toSign: Whole,
    signs: Type.Array(Type.Object({ duty: Named, by: Type.String(), since: Day })),
    pledges: Whole,
    toConfirm: Whole,
    returned: Whole,
  }),
})
