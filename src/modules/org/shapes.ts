import { Type } from 'typebox'
import { Actions, Day, Id, Instant, Maybe, Word } from '#kernel/contract.ts'
import { changeKinds, hangingKinds } from './changes.ts'
import { levels } from './grades.ts'
import { appointmentKinds, factKinds, lines, postRoles, unitKinds } from './rules.ts'

/** What crosses the wire of the office: units, posts, persons and what joins them. Browser-safe. */

/** A name that says something: no control characters, not only blanks. */
export const Name = (max: number) =>
  Type.String({
    minLength: 1,
    maxLength: max,
    pattern: '^[^\\u0000-\\u001f\\u007f]*[^\\s\\u0000-\\u001f\\u007f][^\\u0000-\\u001f\\u007f]*$',
  })
export const Aliases = Type.Array(Name(120), { maxItems: 20, uniqueItems: true })
export const Roles = Type.Array(Word(postRoles), { maxItems: 11, uniqueItems: true })
export const Sort = Type.Integer({ minimum: 0, maximum: 1_000_000 })
/** A month, YYYY-MM. */
export const Month = Type.String({ pattern: '^[12][0-9]{3}-(0[1-9]|1[0-2])$' })
export const Ref = Type.Object({ id: Id, name: Type.String() })

/** `until` is the first day no longer in force; null is open. */
const Range = { since: Day, until: Maybe(Day) }
/** When it was recorded; `later` is whether that was after the day one looks at. */
const Recorded = { recordedAt: Instant, later: Type.Boolean() }

export const Unit = Type.Object({
  id: Id,
  parent: Maybe(Id),
  name: Type.String(),
  aliases: Type.Array(Type.String()),
  line: Word(lines),
  kind: Word(unitKinds),
  sort: Type.Integer(),
  ...Range,
  actions: Actions,
})
export const Post = Type.Object({
  id: Id,
  unit: Id,
  name: Type.String(),
  aliases: Type.Array(Type.String()),
  roles: Type.Array(Word(postRoles)),
  /** Held by one person at a time. */
  exclusive: Type.Boolean(),
  /** 领导职务层次 the post is set at. */
  level: Maybe(Word(levels)),
  sort: Type.Integer(),
  ...Range,
  actions: Actions,
})
/** Where somebody seconded (借调) comes from: a unit of the office or another organisation. */
const From = Maybe(Type.Object({ unit: Maybe(Ref), office: Maybe(Type.String()) }))
export const Appointment = Type.Object({
  id: Id,
  person: Ref,
  post: Id,
  kind: Word(appointmentKinds),
  /** The level appointed at, where it is not the post's. */
  level: Maybe(Word(levels)),
  from: From,
  ...Range,
  ...Recorded,
  actions: Actions,
})
export const Charge = Type.Object({ id: Id, person: Ref, unit: Id, ...Range, ...Recorded, actions: Actions })

const parts = { units: Type.Array(Unit), posts: Type.Array(Post), appointments: Type.Array(Appointment), charges: Type.Array(Charge) }
const Rule = Type.Object({
  document: Type.String(),
  article: Type.String(),
  version: Type.Integer(),
  since: Type.String(),
  confidence: Type.String(),
})
/** The Party members of a branch on the day; `committee` is whether it has one, by the rule. */
const BranchSize = Type.Object({
  unit: Id,
  full: Type.Integer(),
  probationary: Type.Integer(),
  members: Type.Array(Id),
  committee: Maybe(Type.Boolean()),
})
/**
 * The office as of `day`: units, posts, appointments and charges in force, and all its persons by pinyin (looking back: those who had come by then).
 * `coming` is what is already entered and begins later; empty when looking back.
 */
export const Office = Type.Object({
  day: Day,
  ...parts,
  persons: Type.Array(Ref),
  branches: Type.Array(BranchSize),
  /** From how many full members on a branch has a committee. */
  committee: Maybe(Type.Object({ from: Type.Integer(), rule: Rule })),
  coming: Type.Object(parts),
  actions: Actions,
})

/** A post held on the day; `level` is the appointment's, else the post's. */
const HeldPost = Type.Object({ id: Id, name: Type.String(), unit: Ref, kind: Word(appointmentKinds), level: Maybe(Word(levels)) })
/** A person with the posts held on the day, first the one they work in. `born` (YYYY-MM) only where somebody else has the same name. */
export const PersonRow = Type.Object({
  id: Id,
  name: Type.String(),
  born: Maybe(Type.String()),
  posts: Type.Array(HeldPost),
  actions: Actions,
})

/** `untilRecordedAt`: when the end was recorded, if later than the beginning. `voidedAt`: it was a mistake and never in force. */
const Kept = { ...Range, ...Recorded, untilRecordedAt: Maybe(Instant), voidedAt: Maybe(Instant), inForce: Type.Boolean(), actions: Actions }
/** 职级, 人员身份, 党员身份 by `value`, 所在支部 by `unit`. */
export const Fact = Type.Object({ id: Id, kind: Word(factKinds), value: Maybe(Type.String()), unit: Maybe(Ref), ...Kept })
/** Whether somebody counts as 副科级以上 on the day, and what that rests on: the level, by a post or by the grade, and the rules. */
export const Leading = Type.Object({
  leading: Type.Boolean(),
  level: Maybe(Word(levels)),
  by: Maybe(Word(['post', 'grade'] as const)),
  rule: Maybe(Rule),
  from: Type.Object({ level: Word(levels), rule: Rule }),
})
/** Everything of a person. `facts` and `leading` are null for whoever may not see them (`person.read`). */
export const PersonHistory = Type.Object({
  id: Id,
  name: Type.String(),
  born: Maybe(Type.String()),
  recordedAt: Instant,
  day: Day,
  posts: Type.Array(HeldPost),
  appointments: Type.Array(
    Type.Object({ id: Id, post: Ref, unit: Ref, kind: Word(appointmentKinds), level: Maybe(Word(levels)), from: From, ...Kept }),
  ),
  charges: Type.Array(Type.Object({ id: Id, unit: Ref, ...Kept })),
  facts: Maybe(Type.Array(Fact)),
  leading: Maybe(Leading),
  actions: Actions,
})
/** The grades that the rules know, with the level each is at least worth, and the rule that says so. */
export const Grades = Type.Object({
  items: Type.Array(Type.Object({ name: Type.String(), level: Maybe(Word(levels)), rule: Rule })),
})

/** 合并, 拆分 or 撤销 of units from a day; `successors` carry on what they had. */
export const Change = Type.Object({
  id: Id,
  kind: Word(changeKinds),
  since: Day,
  ground: Maybe(Type.String()),
  units: Type.Array(Ref),
  successors: Type.Array(Ref),
  by: Maybe(Type.String()),
  ...Recorded,
  /** It was a mistake and taken back whole. */
  undoneAt: Maybe(Instant),
  actions: Actions,
})
/** What sits in a unit and is handed over, not moved: duties that name it, what is open there, grants over it. */
const Left = Type.Object({ duties: Type.Integer(), obligations: Type.Integer(), grants: Type.Integer() })
export const Changed = Type.Intersect([Change, Type.Object({ left: Left })])
/** What hangs below a unit from a day on: each is decided when it goes. */
export const HangingOn = Type.Object({
  unit: Ref,
  day: Day,
  items: Type.Array(Type.Object({ what: Word(hangingKinds), id: Id, name: Type.String(), who: Type.String(), ...Range })),
  left: Left,
})
/** A unit through time: what it was called until when, and what happened to it. */
export const Story = Type.Object({
  ...{ id: Id, name: Type.String() },
  ...Range,
  names: Type.Array(Type.Object({ name: Type.String(), parent: Maybe(Type.String()), until: Day })),
  changes: Type.Array(Change),
})

export const Ground = Type.Optional(Maybe(Name(200)))
/** `to`: a unit's id, the key of a unit that is made with the change (a merger's is `new`), or null: it ends. */
export const Moves = Type.Array(
  Type.Object(
    {
      what: Word(hangingKinds),
      id: Id,
      to: Maybe(Type.String({ minLength: 1, maxLength: 40 })),
      name: Type.Optional(Name(120)),
    },
    { additionalProperties: false },
  ),
  { maxItems: 2000 },
)
