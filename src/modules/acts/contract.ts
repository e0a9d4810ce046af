import { Type } from 'typebox'
import { Actions, asOf, Day, Fields, Id, Instant, Maybe, paged, pageOf, route, Text, Word } from '#kernel/contract.ts'
import type { Refusals } from '#kernel/errors.ts'
import { Named, Obligation } from '#modules/obligations/contract.ts'
import { actStates } from './rules.ts'

export const Act = Type.Object({
  id: Id,
  what: Type.String(),
  happenedOn: Day,
  /** The hour too, where one was given; noon of the day otherwise. */
  happenedAt: Instant,
  recordedAt: Instant,
  doneBy: Named,
  recordedBy: Named,
  unit: Named,
  with: Type.Array(Named),
  state: Word(actStates),
  corrects: Maybe(Id),
  /** The entry that corrected this one, if it was recorded by the day one looks at. */
  correctedBy: Maybe(Id),
  reason: Maybe(Type.String()),
  discharges: Type.Array(Type.Object({ id: Id, title: Type.String(), due: Day, late: Type.Boolean() })),
  /** Recorded after the grace of the rule `act.grace` had passed since it happened. */
  lateEntry: Type.Boolean(),
  actions: Actions,
})

const Time = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' })
const happening = {
  what: Text(1, 2000),
  happenedOn: Day,
  time: Type.Optional(Time),
  doneBy: Type.Optional(Id),
  with: Type.Optional(Type.Array(Id, { maxItems: 200, uniqueItems: true })),
  discharges: Type.Optional(Type.Array(Id, { maxItems: 200, uniqueItems: true })),
}
const example = { what: '主持学习例会，学习处分条例第八条', happenedOn: '2026-01-15', time: '15:00', with: [], discharges: [] }

export const actRoutes = {
  list: route('GET', '/acts', {
    may: 'act.read',
    says: ['履责纪实', 'Acts'],
    query: paged({
      person: Type.Optional(Id),
      unit: Type.Optional(Id),
      obligation: Type.Optional(Id),
      from: Type.Optional(Day),
      until: Type.Optional(Day),
      q: Type.Optional(Text(1, 80)),
    }),
    ok: pageOf(Act),
  }),
  propose: route('GET', '/acts/proposals', {
    may: 'act.record',
    says: ['写下的这件事，可以完成哪些应尽事项', 'Which obligations what was written would discharge'],
    query: Fields({
      ...asOf,
      what: Type.Optional(Text(0, 2000)),
      happenedOn: Day,
      doneBy: Type.Optional(Id),
      with: Type.Optional(Type.String({ maxLength: 8000 })),
    }),
    ok: Type.Object({
      items: Type.Array(Type.Object({ obligation: Obligation, likely: Type.Boolean(), words: Type.Array(Type.String()) })),
    }),
  }),
  read: route('GET', '/acts/:id', { may: 'act.read', says: ['一条履责纪实', 'One act'], query: Fields(asOf), ok: Act }),
  record: route('POST', '/acts', {
    may: 'act.record',
    says: ['记一笔：一次记录，完成多项', 'Record once, discharge many'],
    body: Fields(happening),
    ok: Act,
    example,
  }),
  correct: route('POST', '/acts/:id/correct', {
    may: 'act.correct',
    says: ['更正：另记一条，原条保留', 'Correct: a new entry, the old one stays'],
    body: Fields({ ...happening, reason: Text(2, 500) }),
    ok: Act,
    example: { ...example, reason: '日期写错' },
  }),
  withdraw: route('POST', '/acts/:id/withdraw', {
    may: 'act.correct',
    says: ['撤回，须有理由', 'Withdraw, with a reason'],
    body: Fields({ reason: Text(2, 500) }),
    ok: Act,
    example: { reason: '误记' },
  }),
}

export const actRefusals: Refusals = {
  'act.future': [400, '还没有发生的事不能记：{day} 在今天之后。', 'What has not happened cannot be recorded: {day} is after today.'],
  'act.too_early': [
    400,
    '“{title}”从 {opens} 起才开始，{day} 的事不能完成它。',
    '“{title}” opens on {opens}; what was done on {day} cannot discharge it.',
  ],
  'act.not_theirs': [400, '“{title}”的责任人没有参加这件事。', 'The holder of “{title}” took no part in this.'],
  'act.absent_obligation': [400, '所选应尽事项不存在，或不在您的范围内。', 'An obligation chosen does not exist or is outside your reach.'],
  'act.absent_person': [400, '所选人员不存在。', 'A person chosen does not exist.'],
  'act.no_unit': [400, '{name} 在 {day} 没有任职，不知道记在哪个机构。', '{name} held no post on {day}: there is no unit to record it in.'],
}
