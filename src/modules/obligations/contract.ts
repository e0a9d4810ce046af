import { Type } from 'typebox'
import { Actions, asOf, Day, Fields, Id, Instant, Maybe, paged, pageOf, route, Text, Word } from '#kernel/contract.ts'
import type { Refusals } from '#kernel/errors.ts'
import { eventKinds, lights, partsMost, states } from './rules.ts'

export const dutyKinds = ['principal', 'first', 'dual', 'supervision', 'branch', 'task'] as const
export const obligationKinds = [...dutyKinds, 'finding'] as const
export const DutyKind = Word(dutyKinds)
export const ObligationKind = Word(obligationKinds)

/** A reference with its name. */
export const Named = Type.Object({ id: Id, name: Type.String() })

const fields = {
  id: Id,
  /** The noun of the thing it is owed because of: `duty`, `finding`, and whatever else makes obligations. */
  because: Type.String(),
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
  /** Discharged, but its duty asks for a confirmation that has not come: who was asked. */
  awaits: Maybe(Type.String()),
  /** Working days from the day one looks at to the due day; negative once it has passed. */
  left: Type.Integer(),
  /** 0 is the whole; a part of a split one is numbered from 1. */
  part: Type.Integer(),
  partOf: Maybe(Id),
  /** What it rests on where no directive's sentence does: a rule with its article. */
  ground: Maybe(Type.String()),
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
  kind: Word(eventKinds),
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

const Whole = Type.Object({
  obligation: Grounded,
  why: Why,
  events: Type.Array(Event),
  /** What carries it, when it was split. */
  parts: Type.Array(Obligation),
})

const Mine = Type.Object({
  day: Day,
  overdue: Type.Array(Grounded),
  today: Type.Array(Grounded),
  week: Type.Array(Grounded),
  later: Type.Array(Grounded),
  waived: Type.Array(Grounded),
  /** A calendar that arrived within the last two weeks and moved due days of one's own; `items` are those that are still open. */
  recomputed: Maybe(
    Type.Object({
      calendar: Type.String(),
      at: Instant,
      items: Type.Array(Type.Object({ id: Id, title: Type.String(), was: Day, due: Day })),
    }),
  ),
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
    says: ['延期：把到期日推后', 'Postpone: a later due day'],
    body: Fields({ due: Day, reason: Reason }),
    ok: Obligation,
    example: { due: '2026-12-31', reason: '等待上级批复' },
  }),
  bringForward: route('POST', '/obligations/:id/bring-forward', {
    may: 'obligation.move',
    says: ['提前：把到期日提到前面', 'Bring forward: an earlier due day'],
    body: Fields({ due: Day, reason: Reason }),
    ok: Obligation,
    example: { due: '2026-06-20', reason: '上级提前检查' },
  }),
  split: route('POST', '/obligations/:id/split', {
    may: 'obligation.split',
    says: ['拆分给几个人或几个日子', 'Split into parts for several holders or days'],
    body: Fields({
      parts: Type.Array(Fields({ title: Type.Optional(Text(1, 120)), person: Id, unit: Id, due: Day }), {
        minItems: 2,
        maxItems: partsMost,
      }),
      reason: Reason,
    }),
    ok: Whole,
    example: {
      parts: ['2026-12-30', '2026-12-31'].map((due) => ({
        person: '00000000-0000-7000-8000-000000000000',
        unit: '00000000-0000-7000-8000-000000000000',
        due,
      })),
      reason: '两人分头办',
    },
  }),
  join: route('POST', '/obligations/:id/join', {
    may: 'obligation.split',
    says: ['撤销拆分', 'Take a split back'],
    body: Fields({ reason: Reason }),
    ok: Whole,
    example: { reason: '拆分有误' },
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
    says: ['由上级免除，须有理由', 'Waived by a superior, with a reason'],
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
  'obligation.not_earlier': [
    400,
    '原定 {due} 到期，提前应早于这一天；要推后请用“延期”。',
    'It is due on {due}; bring it forward to an earlier day, or postpone it.',
  ],
  'obligation.not_later': [
    400,
    '原定 {due} 到期，延期应晚于这一天；要提前请用“提前”。',
    'It is due on {due}; postpone it to a later day, or bring it forward.',
  ],
  'obligation.due_passed': [
    400,
    '这一天已经过去：不能让人一分派就逾期，最早今天（{today}）。',
    'That day has passed: nobody is made late by a change. {today} at the earliest.',
  ],
  'obligation.own_waiver': [
    403,
    '自己的事项不能自己免除，请由上级决定：{who}。',
    'Nobody waives what they owe themselves; a superior decides: {who}.',
  ],
  'obligation.not_superior': [403, '只有责任人的上级能免除：{who}。', 'Only a superior of the holder may waive it: {who}.'],
  'obligation.no_superior': [
    403,
    '责任人在本单位没有上级，本单位无人能免除；请如实办理，或报上级单位后由综合科延期。',
    'The holder has no superior in this office, so nobody here may waive it; have it done, or postponed after asking the superior office.',
  ],
  'obligation.holder_left': [
    400,
    '{day} 这一天，所选的人不在这个机构任职。请另选，或先办理任职。',
    'On {day} that person holds no post in that unit. Choose another, or appoint first.',
  ],
  'obligation.part_twice': [
    400,
    '这一份与前面的一份完全相同；请换一个人、一个日子或写清分工。',
    'This part is the same as an earlier one; name another person, day or share.',
  ],
  'obligation.part_done': [
    409,
    '{who}那一份已经履行，拆分不能撤销；其余的可以交接或免除。',
    'The part of {who} is discharged, so the split stays; hand over or waive the others.',
  ],
  'obligation.part_split': [409, '{who}那一份又拆分过，请先撤销那一次。', 'The part of {who} was split again; take that back first.'],
  'obligation.same_holder': [400, '接手人就是现在的责任人。', 'The successor already holds it.'],
}
