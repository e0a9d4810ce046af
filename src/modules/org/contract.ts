import { Type } from 'typebox'
import { Actions, asOf, Day, Fields, Id, Instant, Maybe, paged, pageOf, route, Word } from '#kernel/contract.ts'
import type { Refusals } from '#kernel/errors.ts'
import { appointmentKinds, lines, postRoles, unitKinds } from './rules.ts'

/** A name that says something: no control characters, not only blanks. */
const Name = (max: number) =>
  Type.String({
    minLength: 1,
    maxLength: max,
    pattern: '^[^\\u0000-\\u001f\\u007f]*[^\\s\\u0000-\\u001f\\u007f][^\\u0000-\\u001f\\u007f]*$',
  })
const Aliases = Type.Array(Name(120), { maxItems: 20, uniqueItems: true })
const Roles = Type.Array(Word(postRoles), { maxItems: 11, uniqueItems: true })
const Sort = Type.Integer({ minimum: 0, maximum: 1_000_000 })
const Ref = Type.Object({ id: Id, name: Type.String() })

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
  sort: Type.Integer(),
  ...Range,
  actions: Actions,
})
export const Appointment = Type.Object({
  id: Id,
  person: Ref,
  post: Id,
  kind: Word(appointmentKinds),
  ...Range,
  ...Recorded,
  actions: Actions,
})
export const Charge = Type.Object({ id: Id, person: Ref, unit: Id, ...Range, ...Recorded, actions: Actions })

const parts = { units: Type.Array(Unit), posts: Type.Array(Post), appointments: Type.Array(Appointment), charges: Type.Array(Charge) }
/**
 * The office as of `day`: units, posts, appointments and charges in force, and all its persons by pinyin (looking back: those who had come by then).
 * `coming` is what is already entered and begins later; empty when looking back.
 */
const Office = Type.Object({ day: Day, ...parts, persons: Type.Array(Ref), coming: Type.Object(parts), actions: Actions })

/** A person with the posts held on the day. */
export const PersonRow = Type.Object({
  id: Id,
  name: Type.String(),
  posts: Type.Array(Type.Object({ id: Id, name: Type.String(), unit: Ref, kind: Word(appointmentKinds) })),
  actions: Actions,
})

/** `untilRecordedAt`: when the end was recorded, if later than the beginning. `voidedAt`: it was a mistake and never in force. */
const Kept = { ...Range, ...Recorded, untilRecordedAt: Maybe(Instant), voidedAt: Maybe(Instant), inForce: Type.Boolean(), actions: Actions }
const PersonHistory = Type.Object({
  id: Id,
  name: Type.String(),
  recordedAt: Instant,
  appointments: Type.Array(Type.Object({ id: Id, post: Ref, unit: Ref, kind: Word(appointmentKinds), ...Kept })),
  charges: Type.Array(Type.Object({ id: Id, unit: Ref, ...Kept })),
  actions: Actions,
})

const End = Fields({ until: Day })
const Reopen = Fields({ until: Maybe(Day) })
const someId = '00000000-0000-7000-8000-000000000001'
const edits = { may: 'org.edit' } as const

export const orgRoutes = {
  office: route('GET', '/org', {
    may: 'org.read',
    says: ['某日的机构、岗位、任职和分管', 'Units, posts, appointments and charges as of a day'],
    query: Fields(asOf),
    ok: Office,
  }),
  persons: route('GET', '/org/persons', {
    may: 'org.read',
    says: ['按姓名查人，附当日岗位', 'Persons by name, with the posts held on the day'],
    query: paged({ q: Type.Optional(Name(60)) }),
    ok: pageOf(PersonRow),
  }),
  person: route('GET', '/org/persons/:id', {
    may: 'org.read',
    says: ['一个人的全部任职和分管，何时记录', 'All appointments and charges of a person, and when each was recorded'],
    query: Fields(asOf),
    ok: PersonHistory,
  }),
  addUnit: route('POST', '/org/units', {
    ...edits,
    says: ['增设机构', 'Add a unit'],
    body: Fields({
      parent: Type.Optional(Maybe(Id)),
      name: Name(120),
      aliases: Type.Optional(Aliases),
      line: Word(lines),
      kind: Word(unitKinds),
      sort: Type.Optional(Sort),
      since: Day,
      until: Type.Optional(Maybe(Day)),
    }),
    ok: Unit,
    example: { parent: null, name: '综合科', aliases: ['办公室'], line: 'administrative', kind: 'department', since: '2026-01-01' },
  }),
  editUnit: route('PATCH', '/org/units/:id', {
    ...edits,
    says: [
      '改机构：有 since 是当日起更名或改隶，没有是更正',
      'Edit a unit: with `since` it is renamed or moved from that day, without it is corrected',
    ],
    body: Fields({
      name: Type.Optional(Name(120)),
      parent: Type.Optional(Maybe(Id)),
      aliases: Type.Optional(Aliases),
      sort: Type.Optional(Sort),
      since: Type.Optional(Day),
    }),
    ok: Unit,
    example: { name: '综合处', since: '2026-03-01' },
  }),
  endUnit: route('POST', '/org/units/:id/end', {
    ...edits,
    says: ['裁撤机构；until 为 null 是恢复', 'End a unit; a null `until` reopens it'],
    body: Reopen,
    ok: Unit,
    example: { until: '2026-07-01' },
  }),
  addPost: route('POST', '/org/posts', {
    ...edits,
    says: ['设岗位', 'Add a post'],
    body: Fields({
      unit: Id,
      name: Name(120),
      aliases: Type.Optional(Aliases),
      roles: Type.Optional(Roles),
      sort: Type.Optional(Sort),
      since: Day,
      until: Type.Optional(Maybe(Day)),
    }),
    ok: Post,
    example: { unit: someId, name: '综合科科长', roles: ['head'], since: '2026-01-01' },
  }),
  editPost: route('PATCH', '/org/posts/:id', {
    ...edits,
    says: ['更正岗位', 'Correct a post'],
    body: Fields({
      name: Type.Optional(Name(120)),
      aliases: Type.Optional(Aliases),
      roles: Type.Optional(Roles),
      sort: Type.Optional(Sort),
    }),
    ok: Post,
    example: { roles: ['head', 'clerk'] },
  }),
  endPost: route('POST', '/org/posts/:id/end', {
    ...edits,
    says: ['裁撤岗位；until 为 null 是恢复', 'End a post; a null `until` reopens it'],
    body: Reopen,
    ok: Post,
    example: { until: '2026-07-01' },
  }),
  addPerson: route('POST', '/org/persons', {
    ...edits,
    says: ['添加人员', 'Add a person'],
    body: Fields({ name: Name(60) }),
    ok: PersonRow,
    example: { name: '某某某' },
  }),
  editPerson: route('PATCH', '/org/persons/:id', {
    ...edits,
    says: ['更正姓名', 'Correct a name'],
    body: Fields({ name: Name(60) }),
    ok: PersonRow,
    example: { name: '某某某' },
  }),
  appoint: route('POST', '/org/appointments', {
    ...edits,
    says: ['任职：某人自某日起任某岗位', 'Appoint a person to a post from a day'],
    body: Fields({ person: Id, post: Id, kind: Word(appointmentKinds), since: Day, until: Type.Optional(Maybe(Day)) }),
    ok: Appointment,
    example: { person: someId, post: someId, kind: 'regular', since: '2026-01-01', until: null },
  }),
  endAppointment: route('POST', '/org/appointments/:id/end', {
    ...edits,
    says: ['免职：自某日起不再任职', 'End an appointment: the first day no longer in the post'],
    body: End,
    ok: Appointment,
    example: { until: '2026-07-01' },
  }),
  voidAppointment: route('POST', '/org/appointments/:id/void', {
    ...edits,
    says: ['作废错录的任职，留在历史里', 'Void an appointment entered by mistake; it stays in the history'],
    ok: Appointment,
  }),
  charge: route('POST', '/org/charges', {
    ...edits,
    says: ['分管：某人自某日起分管某机构', 'Put a person in charge of a unit from a day'],
    body: Fields({ person: Id, unit: Id, since: Day, until: Type.Optional(Maybe(Day)) }),
    ok: Charge,
    example: { person: someId, unit: someId, since: '2026-01-01', until: null },
  }),
  endCharge: route('POST', '/org/charges/:id/end', {
    ...edits,
    says: ['结束分管', 'End a charge: the first day no longer in charge'],
    body: End,
    ok: Charge,
    example: { until: '2026-07-01' },
  }),
  voidCharge: route('POST', '/org/charges/:id/void', {
    ...edits,
    says: ['作废错录的分管，留在历史里', 'Void a charge entered by mistake; it stays in the history'],
    ok: Charge,
  }),
}

export const orgRefusals: Refusals = {
  'org.no_day': [
    400,
    '起止是同一天，等于没有。止日是不再有效的第一天，至少要晚一天。',
    'It begins and ends on the same day and so never was. The end is the first day no longer in force: give a later one.',
  ],
  'org.overlap': [
    409,
    '{who}已有一段：{name}，{since} 至 {until}。先结束或作废那一段，或改起止日。',
    '{who} has one already: {name}, {since} to {until}. End or void it first, or choose other days.',
  ],
  'org.outside': [
    400,
    '“{name}”的存续期是 {since} 至 {until}，起止日须在其中。',
    '“{name}” exists from {since} to {until}; the days must lie within.',
  ],
  'org.before': [
    400,
    '“{name}”自 {since} 起才有，或已在 {until} 改过；请用这之后的日子。',
    '“{name}” exists since {since} or was last changed as of {until}; give a later day.',
  ],
  'org.not_yet': [
    400,
    '{day} 还没有到；更名和改隶只记已经发生的。',
    '{day} has not come yet; a new name or place is recorded once it holds.',
  ],
  'org.ended': [
    409,
    '已在 {until} 结束。结束日只能提前；记错了请作废后重录。',
    'It ends on {until} already. An end may be brought forward only; if it is wrong, void it and enter it again.',
  ],
  'org.voided': [409, '这一段已经作废。', 'It was voided already.'],
  'org.in_use': [
    409,
    '还不能结束，有 {count} 项在 {until} 之后仍有效：{what}。请先结束它们。',
    'It cannot end yet: {count} still in force after {until}: {what}. End these first.',
  ],
  'org.cycle': [400, '上级不能是它自己或它的下级（{name}）。', 'It cannot hang below itself or one of its own units ({name}).'],
  'org.name_taken': [409, '同一处已有“{name}”（{since} 至 {until}）。', '“{name}” is there already ({since} to {until}).'],
  'org.nothing': [400, '没有要改的内容。', 'There is nothing to change.'],
}
