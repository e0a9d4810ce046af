import { type Static, Type } from 'typebox'
import { Actions, Day, Fields, Id, Instant, Maybe, Text, Word } from '#kernel/contract.ts'
import { DutyKind, Named } from '#modules/obligations/contract.ts'
import { gapKinds, nextSteps } from './gaps.ts'
import { classes, issueStates } from './load.ts'
import { confirmers, dutyStates, polarities } from './rules.ts'
import { contentFields } from './versions.ts'

/** What of duties crosses the wire. */

/** A holder as given: a post (whoever is appointed to it) or a person by name, in a unit. */
export const HolderInput = Fields({ unit: Id, post: Maybe(Id), person: Maybe(Id) })
/** The sentence it rests on. `inherited`: the parent's, or one further up. */
export const Basis = Type.Object({
  directive: Id,
  title: Type.String(),
  start: Type.Integer(),
  end: Type.Integer(),
  inherited: Type.Boolean(),
})

export const Holder = Type.Object({
  id: Id,
  unit: Named,
  post: Maybe(Named),
  /** Who that is on the day one looks at. Empty: a duty without a holder. */
  persons: Type.Array(Named),
  since: Day,
  until: Maybe(Day),
})

/** Obligations by light on the day one looks at. */
export const Lights = Type.Object({ green: Type.Integer(), yellow: Type.Integer(), red: Type.Integer(), grey: Type.Integer() })

export const said = {
  title: Type.String(),
  body: Type.String(),
  kind: DutyKind,
  polarity: Word(polarities),
  measure: Maybe(Type.String()),
  /** Of the first responsible's list: a key of the rule pack (`first.aspect.…`). */
  aspect: Maybe(Type.String()),
  rrule: Maybe(Type.String()),
  due: Maybe(Day),
}
export const fields = {
  id: Id,
  ...said,
  /** The version in force on the day one looks at, and since when it is. */
  version: Type.Integer(),
  versionSince: Day,
  parent: Maybe(Id),
  basis: Maybe(Basis),
  since: Day,
  until: Maybe(Day),
  state: Word(dutyStates),
  /** Taking part in what it asks for fulfils it, for each who was there (参加即算). */
  attend: Type.Boolean(),
  /** Who has to confirm what fulfils it, where somebody has to: the head of the unit, or a superior. */
  confirm: Maybe(Word(confirmers)),
  holders: Type.Array(Holder),
  lights: Lights,
  recordedAt: Instant,
  actions: Actions,
}
export const Duty = Type.Object(fields)

export const Titled = Type.Object({ id: Id, title: Type.String() })
/** With where it hangs, what it stands beside, and how far it was carried down. */
export const Whole = Type.Object({
  ...fields,
  /** Nearest last. */
  ancestors: Type.Array(Titled),
  children: Type.Integer(),
  /** What it was deployed together with (同部署): business beside conduct. */
  beside: Type.Array(Type.Object({ id: Id, title: Type.String(), kind: DutyKind })),
  /** Once it is decomposed: holders whose part no child carries. */
  uncarried: Type.Array(Id),
  /** Every branch below it ends at a named person. */
  ends: Type.Boolean(),
  /** A recorded change that has not come into force. */
  coming: Maybe(Type.Object({ version: Type.Integer(), since: Day })),
})

export const terms = { attend: Type.Boolean(), confirm: Maybe(Word(confirmers)) }
export const Rrule = Type.String({ minLength: 6, maxLength: 200, pattern: '^FREQ=' })
export const Aspect = Type.String({ pattern: '^[a-z_]{1,40}$' })
export const Holders = Type.Array(HolderInput, { minItems: 1, maxItems: 300 })
export const Reason = Text(2, 500)
export const someId = '00000000-0000-7000-8000-000000000000'
export const example = {
  title: '每季度听取一次汇报',
  body: '',
  kind: 'dual',
  polarity: 'positive',
  measure: null,
  rrule: 'FREQ=MONTHLY;INTERVAL=3',
  due: null,
  since: '2026-01-01',
  holders: [{ unit: someId, post: someId, person: null }],
}

/** A part of a duty, as decomposing gives it: what is left out is the whole's. */
export const PartInput = Fields({
  title: Text(1, 120),
  body: Type.Optional(Type.String({ maxLength: 4000 })),
  kind: Type.Optional(DutyKind),
  polarity: Type.Optional(Word(polarities)),
  measure: Type.Optional(Maybe(Text(1, 300))),
  rrule: Type.Optional(Maybe(Rrule)),
  due: Type.Optional(Maybe(Day)),
  since: Type.Optional(Day),
  holders: Holders,
  /** Holders of the whole (`holders[].id`) whose part this is; left out, those of the same units. */
  carries: Type.Optional(Type.Array(Id, { maxItems: 300, uniqueItems: true })),
})

export const Version = Type.Object({
  version: Type.Integer(),
  since: Day,
  until: Maybe(Day),
  ...said,
  reason: Maybe(Type.String()),
  by: Type.String(),
  recordedAt: Instant,
  undoneAt: Maybe(Instant),
  /** In force on the day one looks at. */
  inForce: Type.Boolean(),
  /** What differs from the version before it. */
  changed: Type.Array(Word(contentFields)),
})
export const Run = Type.Object({ op: Word(['same', 'gone', 'new'] as const), text: Type.String() })

/** A node of the tree: a duty, with what lies below it in figures. */
export const Node = Type.Object({
  ...fields,
  children: Type.Integer(),
  uncarried: Type.Integer(),
  ends: Type.Boolean(),
})

export const whose = ['unit', 'post', 'person'] as const
export const DutyList = Type.Object({
  of: Word(whose),
  id: Id,
  name: Type.String(),
  /** The unit of a post; the posts of a person. */
  note: Maybe(Type.String()),
  day: Day,
  office: Type.String(),
  groups: Type.Array(
    Type.Object({
      kind: DutyKind,
      items: Type.Array(
        Type.Object({
          /** Its number within 正面清单 or 负面清单. */
          no: Type.Integer(),
          /** With the lights of what this unit, post or person owes for it. */
          duty: Duty,
          /** Which of its holders the list is of; the others carry it elsewhere. */
          own: Type.Array(Id),
        }),
      ),
    }),
  ),
  positive: Type.Integer(),
  negative: Type.Integer(),
  /** It holds more than is shown: over 1,000. */
  more: Type.Boolean(),
})
export type DutyListOk = Static<typeof DutyList>

export const Gap = Type.Object({
  kind: Word(gapKinds),
  key: Id,
  title: Type.String(),
  duty: Maybe(Id),
  directive: Maybe(Type.Object({ id: Id, title: Type.String(), start: Type.Integer() })),
  post: Maybe(Id),
  person: Maybe(Id),
  unit: Maybe(Named),
  /** The holder concerned. */
  holder: Maybe(Type.String()),
  /** How many duties it concerns. */
  count: Type.Integer(),
  /** Who puts it right; nobody where the unit has no head and nobody in charge. */
  owner: Maybe(Named),
  next: Word(nextSteps),
})

export const RuleRef = Type.Object({
  key: Type.String(),
  document: Type.String(),
  article: Type.String(),
  version: Type.Integer(),
  confidence: Type.String(),
})
export const Aspected = Type.Object({
  duty: Duty,
  /** Acts recorded for it this year, and the latest of them that one may read. */
  done: Type.Integer(),
  acts: Type.Array(Type.Object({ id: Id, what: Type.String(), happenedOn: Day, doneBy: Named })),
})
export const Branch = Type.Object({
  id: Id,
  name: Type.String(),
  /** Full Party members on the day. */
  full: Type.Integer(),
  committee: Type.Boolean(),
  /** From how many full members on a branch has a committee. */
  from: Type.Integer(),
  rule: RuleRef,
  items: Type.Array(
    Type.Object({
      key: Type.String(),
      title: Type.String(),
      rrule: Type.String(),
      role: Type.String(),
      rule: RuleRef,
      /** Whose it would be. */
      post: Maybe(Type.Object({ id: Id, name: Type.String(), persons: Type.Array(Named) })),
      /** The duty that carries it already. */
      duty: Maybe(Id),
    }),
  ),
  actions: Actions,
})

/** What issuing adds to each person's fullest year: what they have, what is added, the minutes that takes, and whether it is above their budget. */
const loadFields = {
  persons: Type.Array(
    Type.Object({
      person: Named,
      class: Word(classes),
      /** Obligations a year; empty: none. */
      budget: Maybe(Type.Integer()),
      has: Type.Integer(),
      adds: Type.Integer(),
      minutes: Type.Integer(),
      over: Type.Boolean(),
    }),
  ),
  adds: Type.Integer(),
  minutes: Type.Integer(),
  over: Type.Boolean(),
}
/** With who signs for it. */
export const LoadShown = Type.Object({ ...loadFields, first: Type.Array(Named) })
/** 待签批: what was issued above a budget and is not decided. */
export const Issue = Type.Object({
  id: Id,
  duty: Titled,
  what: Word(['assume', 'assign'] as const),
  since: Day,
  state: Word(issueStates),
  reason: Maybe(Type.String()),
  by: Named,
  draftedAt: Instant,
  load: Type.Object(loadFields),
  actions: Actions,
})
