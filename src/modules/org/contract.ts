import { Type } from 'typebox'
import { asOf, Day, Fields, Id, Maybe, paged, pageOf, route, Word } from '#kernel/contract.ts'
import { levels } from './grades.ts'
import { appointmentKinds, factKinds, lines, unitKinds } from './rules.ts'
import {
  Aliases,
  Appointment,
  Charge,
  Fact,
  Grades,
  Month,
  Name,
  Office,
  PersonHistory,
  PersonRow,
  Post,
  Roles,
  Sort,
  Unit,
} from './shapes.ts'

export { orgRefusals } from './refusals.ts'

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
