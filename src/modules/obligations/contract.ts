import { Type } from 'typebox'
import { Actions, asOf, Day, Fields, Id, Instant, Maybe, paged, pageOf, route, Text, Word } from '#kernel/contract.ts'
import type { Refusals } from '#kernel/errors.ts'
import { lights, states } from './rules.ts'

export const dutyKinds = ['principal', 'first', 'dual', 'supervision', 'branch', 'task'] as const
export const obligationKinds = [...dutyKinds, 'finding'] as const
export const DutyKind = Word(dutyKinds)
export const ObligationKind = Word(obligationKinds)

/** A reference with its name. */
export const Named = Type.Object({ id: Id, name: Type.String() })

const fields = {
  id: Id,
  because: Word(['duty', 'finding'] as const),
  becauseId: Id,
  kind: ObligationKind,
  title: Type.String(),
  period: Type.String(),
  holder: Named,
  unit: Named,
  opens: Day,
  warnFrom: Day,
  due: Day,
  state: Word(states),
  light: Word(lights),
  doneOn: Maybe(Day),
  /** Working days from the day one looks at to the due day; negative once it has passed. */
  left: Type.Integer(),
  actions: Actions,
}
export const Obligation = Type.Object(fields)

/** With the directive that the duty or the finding behind it rests on, and where the sentence begins; lists that must be quick go without. */
const Grounded = Type.Object({ ...fields, basis: Maybe(Type.Object({ directive: Id, title: Type.String(), start: Type.Integer() })) })

/** Why a light is as it is: the rule with its version, what went in, and how. */
export const Why = Type.Object({
  light: Word(lights),
  rule: Type.Object({
    key: Type.String(),
    document: Type.String(),
    article: Type.String(),
    version: Type.Integer(),
    confidence: Type.String(),
  }),
  inputs: Type.Array(Type.Object({ name: Type.String(), value: Type.String() })),
  says: Type.String(),
})

export const Event = Type.Object({
  version: Type.Integer(),
  kind: Word(['made', 'due_moved', 'handed_over', 'waived', 'discharged', 'corrected'] as const),
  effectiveAt: Instant,
  recordedAt: Instant,
  by: Maybe(Type.String()),
  reason: Maybe(Type.String()),
  act: Maybe(Id),
  state: Word(states),
  holder: Named,
  due: Day,
  doneOn: Maybe(Day),
  /** Recorded after the day one looks at. */
  later: Type.Boolean(),
})

const Whole = Type.Object({ obligation: Grounded, why: Why, events: Type.Array(Event) })

const Mine = Type.Object({
  day: Day,
  overdue: Type.Array(Grounded),
  today: Type.Array(Grounded),
  week: Type.Array(Grounded),
  later: Type.Array(Grounded),
  waived: Type.Array(Grounded),
  year: Type.Object({ onTime: Type.Integer(), late: Type.Integer(), open: Type.Integer(), budget: Type.Integer() }),
})

const Reason = Text(2, 500)

export const obligationRoutes = {
  list: route('GET', '/obligations', {
    may: 'obligation.read',
    says: ['应尽事项，按到期日', 'Obligations by due day'],
    query: paged({
      holder: Type.Optional(Id),
      unit: Type.Optional(Id),
      because: Type.Optional(Id),
      kind: Type.Optional(ObligationKind),
      light: Type.Optional(Word(lights)),
      from: Type.Optional(Day),
      until: Type.Optional(Day),
    }),
    ok: pageOf(Obligation),
  }),
  mine: route('GET', '/obligations/mine', {
    may: 'obligation.read',
    says: ['我的责任：逾期、今天、本周', 'My obligations: overdue, today, this week'],
    query: Fields(asOf),
    ok: Mine,
  }),
  read: route('GET', '/obligations/:id', {
    may: 'obligation.read',
    says: ['一个应尽事项，它的灯为什么，经过了什么', 'One obligation, why its light, what happened to it'],
    query: Fields(asOf),
    ok: Whole,
  }),
  moveDue: route('POST', '/obligations/:id/due', {
    may: 'obligation.move',
    says: ['改到期日', 'Move the due day'],
    body: Fields({ due: Day, reason: Reason }),
    ok: Obligation,
    example: { due: '2026-12-31', reason: '等待上级批复' },
  }),
  handOver: route('POST', '/obligations/:id/hand-over', {
    may: 'obligation.move',
    says: ['交给继任者', 'Hand over to a successor'],
    body: Fields({ person: Id, unit: Id, reason: Reason }),
    ok: Obligation,
    example: { person: '00000000-0000-7000-8000-000000000000', unit: '00000000-0000-7000-8000-000000000000', reason: '岗位调整' },
  }),
  waive: route('POST', '/obligations/:id/waive', {
    may: 'obligation.waive',
    says: ['免除，须有理由', 'Waive, with a reason'],
    body: Fields({ reason: Reason }),
    ok: Obligation,
    example: { reason: '职责未变，本期免' },
  }),
  restore: route('POST', '/obligations/:id/restore', {
    may: 'obligation.waive',
    says: ['撤销免除', 'Take a waiver back'],
    body: Fields({ reason: Reason }),
    ok: Obligation,
    example: { reason: '免除有误' },
  }),
}

export const obligationRefusals: Refusals = {
  'obligation.settled': [
    409,
    '“{title}”已不是待办：{who} 在 {when} 改为“{state}”。',
    '“{title}” is no longer open: {who} made it “{state}” at {when}.',
  ],
  'obligation.due_before_opens': [400, '到期日不能早于开始日 {opens}。', 'It cannot be due before it opens on {opens}.'],
  'obligation.same_holder': [400, '接手人就是现在的责任人。', 'The successor already holds it.'],
}
