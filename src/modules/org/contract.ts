import { Type } from 'typebox'
import { asOf, Day, Fields, Id, Maybe, paged, pageOf, route, Word } from '#kernel/contract.ts'
import { levels } from './grades.ts'
import { appointmentKinds, factKinds, lines, unitKinds } from './rules.ts'
import {
  Aliases,
  Appointment,
  Change,
  Changed,
  Charge,
  Fact,
  Grades,
  Ground,
  HangingOn,
  Month,
  Moves,
  Name,
  Office,
  PersonHistory,
  PersonRow,
  Post,
  Roles,
  Sort,
  Story,
  Unit,
} from './shapes.ts'

export { orgRefusals } from './refusals.ts'

const End = Fields({ until: Day })
const Reopen = Fields({ until: Maybe(Day) })
const someId = '00000000-0000-7000-8000-000000000001'
const edits = { may: 'org.edit' } as const

/** A unit made with a change; what is left out is as in the one it comes from. */
const part = {
  name: Name(120),
  kind: Type.Optional(Word(unitKinds)),
  line: Type.Optional(Word(lines)),
  parent: Type.Optional(Maybe(Id)),
  aliases: Type.Optional(Aliases),
}

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
  grades: route('GET', '/org/grades', {
    may: 'org.read',
    says: ['职级及其对应的领导职务层次，附依据', 'The grades and the level each is worth, with the rule'],
    query: Fields(asOf),
    ok: Grades,
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
  unitStory: route('GET', '/org/units/:id', {
    may: 'org.read',
    says: ['一个机构的沿革：曾用名、合并、拆分、撤销', 'A unit through time: its names, mergers, splits and end'],
    query: Fields(asOf),
    ok: Story,
  }),
  hanging: route('GET', '/org/units/:id/hanging', {
    may: 'org.edit',
    says: [
      '自某日起机构名下还有什么：下级、岗位、分管、党员；以及需交接的责任',
      'What hangs below a unit from a day on, and what is to be handed over',
    ],
    query: Fields({ ...asOf, on: Type.Optional(Day) }),
    ok: HangingOn,
  }),
  changes: route('GET', '/org/changes', {
    may: 'org.read',
    says: ['机构变动，新的在前', 'Changes of units, newest first'],
    query: paged({}),
    ok: pageOf(Change),
  }),
  merge: route('POST', '/org/units/merge', {
    ...edits,
    says: ['合并：几个机构并为一个新机构，或并入已有机构', 'Merge units into a new one or into one that is there'],
    body: Fields({
      units: Type.Array(Id, { minItems: 1, maxItems: 20, uniqueItems: true }),
      into: Type.Union([Fields({ unit: Id }), Fields(part)]),
      since: Day,
      ground: Ground,
      moves: Moves,
    }),
    ok: Changed,
    example: { units: [someId], into: { name: '工程管理科' }, since: '2026-03-01', moves: [] },
  }),
  split: route('POST', '/org/units/:id/split', {
    ...edits,
    says: ['拆分或分设：keeps 为真时原机构继续存在', 'Split a unit; with `keeps` it goes on beside the new ones'],
    body: Fields({
      parts: Type.Array(Fields({ key: Type.String({ minLength: 1, maxLength: 20 }), ...part }), { minItems: 1, maxItems: 10 }),
      keeps: Type.Boolean(),
      since: Day,
      ground: Ground,
      moves: Moves,
    }),
    ok: Changed,
    example: { parts: [{ key: 'a', name: '建设科' }], keeps: true, since: '2026-03-01', moves: [] },
  }),
  abolish: route('POST', '/org/units/:id/abolish', {
    ...edits,
    says: ['撤销机构，写明由谁承接', 'Abolish a unit and say who carries on what it had'],
    body: Fields({ successors: Type.Array(Id, { maxItems: 10, uniqueItems: true }), since: Day, ground: Ground, moves: Moves }),
    ok: Changed,
    example: { successors: [], since: '2026-03-01', moves: [] },
  }),
  undoChange: route('POST', '/org/changes/:id/undo', {
    ...edits,
    says: ['撤回录错的机构变动，一切照旧', 'Take back a change of units entered by mistake, whole'],
    ok: Change,
  }),
  addPost: route('POST', '/org/posts', {
    ...edits,
    says: ['设岗位', 'Add a post'],
    body: Fields({
      unit: Id,
      name: Name(120),
      aliases: Type.Optional(Aliases),
      roles: Type.Optional(Roles),
      exclusive: Type.Optional(Type.Boolean()),
      level: Type.Optional(Maybe(Word(levels))),
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
      exclusive: Type.Optional(Type.Boolean()),
      level: Type.Optional(Maybe(Word(levels))),
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
    body: Fields({ name: Name(60), born: Type.Optional(Maybe(Month)) }),
    ok: PersonRow,
    example: { name: '某某某' },
  }),
  editPerson: route('PATCH', '/org/persons/:id', {
    ...edits,
    says: ['更正姓名；同名的人记出生年月以便区分', 'Correct a name; namesakes are told apart by the month of birth'],
    body: Fields({ name: Type.Optional(Name(60)), born: Type.Optional(Maybe(Month)) }),
    ok: PersonRow,
    example: { name: '某某某' },
  }),
  appoint: route('POST', '/org/appointments', {
    ...edits,
    says: ['任职：某人自某日起任某岗位', 'Appoint a person to a post from a day'],
    body: Fields({
      person: Id,
      post: Id,
      kind: Word(appointmentKinds),
      level: Type.Optional(Maybe(Word(levels))),
      fromUnit: Type.Optional(Maybe(Id)),
      fromOffice: Type.Optional(Maybe(Name(120))),
      since: Day,
      until: Type.Optional(Maybe(Day)),
    }),
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
  note: route('POST', '/org/facts', {
    ...edits,
    says: ['记职级、人员身份、党员身份或所在支部，自某日起', 'Note a grade, an identity, a Party standing or a branch, from a day'],
    body: Fields({
      person: Id,
      kind: Word(factKinds),
      value: Type.Optional(Maybe(Name(40))),
      unit: Type.Optional(Maybe(Id)),
      since: Day,
      until: Type.Optional(Maybe(Day)),
    }),
    ok: Fact,
    example: { person: someId, kind: 'grade', value: '四级主任科员', since: '2026-01-01' },
  }),
  endFact: route('POST', '/org/facts/:id/end', {
    ...edits,
    says: ['结束一段职级、身份或支部', 'End what was noted: the first day it no longer holds'],
    body: End,
    ok: Fact,
    example: { until: '2026-07-01' },
  }),
  voidFact: route('POST', '/org/facts/:id/void', {
    ...edits,
    says: ['作废错记的一段，留在历史里', 'Void what was noted by mistake; it stays in the history'],
    ok: Fact,
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
