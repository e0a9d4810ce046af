import { Type } from 'typebox'
import { Actions, asOf, Day, Fields, Id, Instant, Maybe, paged, pageOf, route, Text, Word } from '#kernel/contract.ts'
import type { Refusals } from '#kernel/errors.ts'
import { DutyKind, Named } from '#modules/obligations/contract.ts'
import { confirmers, dutyStates, polarities } from './rules.ts'

/** A holder as given: a post (whoever is appointed to it) or a person by name, in a unit. */
export const HolderInput = Fields({ unit: Id, post: Maybe(Id), person: Maybe(Id) })
export const Basis = Type.Object({ directive: Id, title: Type.String(), start: Type.Integer(), end: Type.Integer() })

const Holder = Type.Object({
  unit: Named,
  post: Maybe(Named),
  /** Who that is on the day one looks at. Empty: a duty without a holder. */
  persons: Type.Array(Named),
  since: Day,
  until: Maybe(Day),
})

export const Duty = Type.Object({
  id: Id,
  title: Type.String(),
  body: Type.String(),
  kind: DutyKind,
  polarity: Word(polarities),
  measure: Maybe(Type.String()),
  parent: Maybe(Id),
  basis: Maybe(Basis),
  rrule: Maybe(Type.String()),
  due: Maybe(Day),
  since: Day,
  until: Maybe(Day),
  state: Word(dutyStates),
  /** Taking part in what it asks for fulfils it, for each who was there (参加即算). */
  attend: Type.Boolean(),
  /** Who has to confirm what fulfils it, where somebody has to: the head of the unit, or a superior. */
  confirm: Maybe(Word(confirmers)),
  holders: Type.Array(Holder),
  /** Obligations by light on the day one looks at. */
  lights: Type.Object({ green: Type.Integer(), yellow: Type.Integer(), red: Type.Integer(), grey: Type.Integer() }),
  recordedAt: Instant,
  actions: Actions,
})

const terms = { attend: Type.Boolean(), confirm: Maybe(Word(confirmers)) }
const Rrule = Type.String({ minLength: 6, maxLength: 200, pattern: '^FREQ=' })
const example = {
  title: '每季度听取一次汇报',
  body: '',
  kind: 'dual',
  polarity: 'positive',
  measure: null,
  rrule: 'FREQ=MONTHLY;INTERVAL=3',
  due: null,
  since: '2026-01-01',
  holders: [{ unit: '00000000-0000-7000-8000-000000000000', post: '00000000-0000-7000-8000-000000000000', person: null }],
}

export const dutyRoutes = {
  list: route('GET', '/duties', {
    may: 'duty.read',
    says: ['责任事项', 'Duties'],
    query: paged({
      kind: Type.Optional(DutyKind),
      state: Type.Optional(Word(dutyStates)),
      directive: Type.Optional(Id),
      unit: Type.Optional(Id),
      person: Type.Optional(Id),
      q: Type.Optional(Text(1, 80)),
    }),
    ok: pageOf(Duty),
  }),
  read: route('GET', '/duties/:id', { may: 'duty.read', says: ['一项责任', 'One duty'], query: Fields(asOf), ok: Duty }),
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
      rrule: Maybe(Rrule),
      due: Maybe(Day),
      since: Day,
      attend: Type.Optional(terms.attend),
      confirm: Type.Optional(terms.confirm),
      holders: Type.Array(HolderInput, { minItems: 1, maxItems: 300 }),
    }),
    ok: Duty,
    example,
  }),
  terms: route('POST', '/duties/:id/terms', {
    may: 'duty.assign',
    says: ['怎样算履行：参加即算，由谁确认', 'What counts as fulfilling it: having been there, and who confirms'],
    body: Fields(terms),
    ok: Duty,
    example: { attend: true, confirm: 'head' },
  }),
  assign: route('POST', '/duties/:id/holders', {
    may: 'duty.assign',
    says: ['增加责任人', 'Add holders'],
    body: Fields({ since: Day, holders: Type.Array(HolderInput, { minItems: 1, maxItems: 300 }) }),
    ok: Duty,
    example: { since: '2026-01-01', holders: example.holders },
  }),
  end: route('POST', '/duties/:id/end', {
    may: 'duty.end',
    says: ['终止责任，其后未到期的一并免除', 'End a duty; what is not yet due is waived'],
    body: Fields({ until: Day, reason: Text(2, 500) }),
    ok: Duty,
    example: { until: '2026-12-31', reason: '部署已完成' },
  }),
}

export const dutyRefusals: Refusals = {
  'duty.no_holder': [400, '责任必须落到人：请指定岗位或人员。', 'A duty must end at a person: name a post or a person.'],
  'duty.holder_both': [400, '责任人请填岗位或人员之一。', 'Name either a post or a person as holder.'],
  'duty.due_before_since': [400, '到期日 {due} 早于开始日 {since}。', 'It is due on {due}, before it begins on {since}.'],
  'duty.ends_before_since': [400, '终止日不能早于开始日 {since}。', 'It cannot end before it begins on {since}.'],
  'duty.post_elsewhere': [400, '岗位不在所选机构内。', 'The post does not belong to that unit.'],
  'duty.absent_holder': [400, '所选机构、岗位或人员不存在。', 'The unit, post or person chosen does not exist.'],
}
