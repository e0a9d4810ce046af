import { Type } from 'typebox'
import { Actions, asOf, Day, Fields, Id, Instant, Maybe, paged, pageOf, route, Text, Word } from '#kernel/contract.ts'
import { DutyKind, Named } from '#modules/obligations/contract.ts'
import { confirmers, dutyStates, polarities, sorts } from './rules.ts'
import { contentFields } from './versions.ts'

export { dutyRefusals } from './refusals.ts'

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

const said = {
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
const fields = {
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

const Titled = Type.Object({ id: Id, title: Type.String() })
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

const terms = { attend: Type.Boolean(), confirm: Maybe(Word(confirmers)) }
const Rrule = Type.String({ minLength: 6, maxLength: 200, pattern: '^FREQ=' })
const Aspect = Type.String({ pattern: '^[a-z_]{1,40}$' })
const Holders = Type.Array(HolderInput, { minItems: 1, maxItems: 300 })
const Reason = Text(2, 500)
const someId = '00000000-0000-7000-8000-000000000000'
const example = {
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
const Run = Type.Object({ op: Word(['same', 'gone', 'new'] as const), text: Type.String() })

/** A node of the tree: a duty, with what lies below it in figures. */
export const Node = Type.Object({
  ...fields,
  children: Type.Integer(),
  uncarried: Type.Integer(),
  ends: Type.Boolean(),
})

const filters = {
  kind: Type.Optional(DutyKind),
  polarity: Type.Optional(Word(polarities)),
  state: Type.Optional(Word(dutyStates)),
  directive: Type.Optional(Id),
  unit: Type.Optional(Id),
  post: Type.Optional(Id),
  person: Type.Optional(Id),
  q: Type.Optional(Text(1, 80)),
}

export const dutyRoutes = {
  list: route('GET', '/duties', {
    may: 'duty.read',
    says: ['责任事项', 'Duties'],
    query: paged({ ...filters, sort: Type.Optional(Word(sorts)), order: Type.Optional(Word(['asc', 'desc'] as const)) }),
    ok: pageOf(Duty),
  }),
  tree: route('GET', '/duties/tree', {
    may: 'duty.read',
    says: ['责任分解树：一项之下的各项，或最上一层', 'The tree of duties: what hangs below one, or its top'],
    query: paged({ parent: Type.Optional(Id), kind: Type.Optional(DutyKind), unit: Type.Optional(Id) }),
    ok: pageOf(Node),
  }),
  read: route('GET', '/duties/:id', { may: 'duty.read', says: ['一项责任', 'One duty'], query: Fields(asOf), ok: Whole }),
  versions: route('GET', '/duties/:id/versions', {
    may: 'duty.read',
    says: ['一项责任的各个版本', 'The versions of a duty'],
    query: Fields(asOf),
    ok: Type.Object({ items: Type.Array(Version) }),
  }),
  compare: route('GET', '/duties/:id/compare', {
    may: 'duty.read',
    says: ['对照两个版本', 'Two versions side by side'],
    query: Fields({
      ...asOf,
      /** Left out: the last version, and the one before it. */
      before: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
      after: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
    }),
    ok: Type.Object({
      before: Version,
      after: Version,
      fields: Type.Array(Type.Object({ field: Word(contentFields), runs: Type.Array(Run) })),
    }),
  }),
  add: route('POST', '/duties', {
    may: 'duty.add',
    says: ['直接写下一项责任', 'Write a duty down directly'],
    body: Fields({
      title: Text(1, 120),
      body: Type.String({ maxLength: 4000 }),
      kind: DutyKind,
      polarity: Word(polarities),
      measure: Maybe(Text(1, 300)),
      parent: Type.Optional(Maybe(Id)),
      /** What it is deployed together with. */
      beside: Type.Optional(Maybe(Id)),
      aspect: Type.Optional(Maybe(Aspect)),
      rrule: Maybe(Rrule),
      due: Maybe(Day),
      since: Day,
      attend: Type.Optional(terms.attend),
      confirm: Type.Optional(terms.confirm),
      holders: Holders,
    }),
    ok: Whole,
    example,
  }),
  terms: route('POST', '/duties/:id/terms', {
    may: 'duty.assign',
    says: ['怎样算履行：参加即算，由谁确认', 'What counts as fulfilling it: having been there, and who confirms'],
    body: Fields(terms),
    ok: Whole,
    example: { attend: true, confirm: 'head' },
  }),
  decompose: route('POST', '/duties/:id/decompose', {
    may: 'duty.decompose',
    says: ['分解：把一项责任的各部分落到人', 'Decompose: carry the parts of a duty down to persons'],
    body: Fields({ parts: Type.Array(PartInput, { minItems: 1, maxItems: 100 }) }),
    ok: Type.Object({ duty: Whole, made: Type.Array(Id) }),
    example: { parts: [{ title: '每季度听取一次汇报：工程科', holders: example.holders }] },
  }),
  move: route('POST', '/duties/:id/move', {
    may: 'duty.decompose',
    says: ['改挂到另一项之下；parent 为 null 是移到最上层', 'Hang it below another duty; a null parent moves it to the top'],
    body: Fields({
      parent: Maybe(Id),
      carries: Type.Optional(Type.Array(Id, { maxItems: 300, uniqueItems: true })),
      reason: Type.Optional(Reason),
    }),
    ok: Whole,
    example: { parent: null },
  }),
  change: route('POST', '/duties/:id/change', {
    may: 'duty.change',
    says: ['自某日起改责任的内容、频次或期限，成为新的版本', 'Change what a duty says from a day on: a new version'],
    body: Fields({
      since: Day,
      reason: Reason,
      title: Type.Optional(Text(1, 120)),
      body: Type.Optional(Type.String({ maxLength: 4000 })),
      kind: Type.Optional(DutyKind),
      polarity: Type.Optional(Word(polarities)),
      measure: Type.Optional(Maybe(Text(1, 300))),
      aspect: Type.Optional(Maybe(Aspect)),
      rrule: Type.Optional(Maybe(Rrule)),
      due: Type.Optional(Maybe(Day)),
    }),
    ok: Whole,
    example: { since: '2026-07-01', reason: '上级要求改为每月', rrule: 'FREQ=MONTHLY' },
  }),
  undoChange: route('POST', '/duties/:id/change/undo', {
    may: 'duty.change',
    says: ['撤销最近一次修改', 'Undo the last change'],
    ok: Whole,
  }),
  assign: route('POST', '/duties/:id/holders', {
    may: 'duty.assign',
    says: ['增加责任人', 'Add holders'],
    body: Fields({ since: Day, holders: Holders }),
    ok: Whole,
    example: { since: '2026-01-01', holders: example.holders },
  }),
  release: route('POST', '/duties/:id/release', {
    may: 'duty.assign',
    says: ['责任人自某日起不再承担，此后各期一并免除', 'A holder is released from a day on; later periods are waived'],
    body: Fields({ holder: Id, until: Day, reason: Reason }),
    ok: Whole,
    example: { holder: someId, until: '2026-07-01', reason: '岗位职责调整' },
  }),
  end: route('POST', '/duties/:id/end', {
    may: 'duty.end',
    says: ['终止责任，其后未到期的一并免除', 'End a duty; what is not yet due is waived'],
    body: Fields({ until: Day, reason: Reason }),
    ok: Whole,
    example: { until: '2026-12-31', reason: '部署已完成' },
  }),
  retract: route('POST', '/duties/:id/retract', {
    may: 'duty.end',
    says: ['撤回刚写错的责任', 'Take back a duty written by mistake'],
    body: Fields({ reason: Reason }),
    ok: Whole,
    example: { reason: '重复写了一项' },
  }),
}
