import { Type } from 'typebox'
import { Actions, asOf, Day, Fields, Id, Instant, Maybe, paged, pageOf, route, Text, Word } from '#kernel/contract.ts'
import type { Refusals } from '#kernel/errors.ts'
import { Named, Obligation } from '#modules/obligations/contract.ts'
import { actKinds } from './reading/kinds.ts'
import { actStates, confirmationStates, grounds, lateCauses, parts, piles } from './rules.ts'

/** What somebody was asked to confirm of an act, and how it stands. */
const Asked = {
  id: Id,
  ground: Word(grounds),
  state: Word(confirmationStates),
  askedOf: Named,
  askedBy: Named,
  askedAt: Instant,
  /** Who answered, and when. */
  by: Maybe(Type.String()),
  at: Maybe(Instant),
  /** Why it was objected to. */
  reason: Maybe(Type.String()),
  /** What was answered to the objection before. */
  note: Maybe(Type.String()),
  actions: Actions,
}
const Confirmation = Type.Object(Asked)
const Stretch = { start: Type.Integer(), end: Type.Integer() }
/** How a line was read; `asks` is what has to be asked before anything is recorded. `pieces` are the whole line without a gap. */
const Reading = Type.Object({
  line: Type.String(),
  day: Maybe(Day),
  beganOn: Maybe(Day),
  dayNamed: Type.Boolean(),
  time: Maybe(Type.String()),
  part: Maybe(Word(['early', 'morning', 'noon', 'afternoon', 'evening'] as const)),
  kind: Word(actKinds),
  kindSaid: Maybe(Type.String()),
  people: Type.Array(Type.Object({ person: Id, name: Type.String(), part: Word(parts), at: Type.Integer() })),
  units: Type.Array(Type.Object({ unit: Id, name: Type.String(), at: Type.Integer() })),
  count: Maybe(Type.Integer()),
  what: Type.String(),
  asks: Type.Object({
    day: Maybe(
      Type.Object({
        why: Word(['two', 'absent', 'vague', 'future', 'weekday'] as const),
        said: Type.String(),
        days: Type.Array(Day),
        from: Maybe(Day),
        until: Maybe(Day),
      }),
    ),
    names: Type.Array(
      Type.Object({
        said: Type.String(),
        at: Type.Integer(),
        among: Type.Array(Type.Object({ person: Id, name: Type.String(), note: Type.String() })),
      }),
    ),
  }),
  pieces: Type.Array(Type.Object({ ...Stretch, is: Word(['day', 'time', 'person', 'part', 'count', 'text'] as const) })),
})
const Taking = Type.Object({ id: Id, name: Type.String(), part: Word(parts) })

export const Act = Type.Object({
  id: Id,
  what: Type.String(),
  kind: Word(actKinds),
  happenedOn: Day,
  /** The first day, where it lasted several. */
  beganOn: Maybe(Day),
  /** The hour too, where one was given; noon of the day otherwise. */
  happenedAt: Instant,
  recordedAt: Instant,
  doneBy: Taking,
  recordedBy: Named,
  unit: Named,
  with: Type.Array(Taking),
  /** How many were there, where that was said. */
  count: Maybe(Type.Integer()),
  state: Word(actStates),
  corrects: Maybe(Id),
  /** The entry that corrected this one, if it was recorded by the day one looks at. */
  correctedBy: Maybe(Id),
  reason: Maybe(Type.String()),
  discharges: Type.Array(Type.Object({ id: Id, title: Type.String(), due: Day, late: Type.Boolean(), confirmation: Maybe(Confirmation) })),
  /** Recorded for somebody else: whether they have confirmed it. */
  confirmation: Maybe(Confirmation),
  /** Recorded after the grace of the rule `act.grace` had passed since it happened. */
  lateEntry: Type.Boolean(),
  lateCause: Maybe(Word(lateCauses)),
  actions: Actions,
})

const Time = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' })
const happening = {
  what: Text(1, 2000),
  happenedOn: Day,
  /** The hour of a talk is not kept: a talk keeps its day only. */
  time: Type.Optional(Time),
  /** Read from what was done when left out. */
  kind: Type.Optional(Word(actKinds)),
  /** The first day, where it lasted several; `happenedOn` is the last. */
  beganOn: Type.Optional(Day),
  count: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
  /** Who had more than a part in it. */
  parts: Type.Optional(Type.Array(Fields({ person: Id, part: Word(parts) }), { maxItems: 200 })),
  lateCause: Type.Optional(Word(lateCauses)),
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
      kind: Type.Optional(Word(actKinds)),
      /** Only acts of which something still waits to be confirmed, or was objected to. */
      confirmation: Type.Optional(Word(['awaiting', 'objected'] as const)),
    }),
    ok: pageOf(Act),
  }),
  confirmations: route('GET', '/acts/confirmations', {
    may: 'act.confirm',
    says: ['请您确认：代录的事和须确认的责任，按周一次确认', 'To confirm: what was recorded for you, and duties that ask for it'],
    query: paged({ pile: Type.Optional(Word(piles)) }),
    ok: pageOf(Type.Object({ ...Asked, obligation: Maybe(Named), act: Act })),
  }),
  toConfirm: route('GET', '/acts/confirmations/count', {
    may: 'act.confirm',
    says: ['有几条等您确认，几条被退回', 'How many wait for you, how many were sent back'],
    query: Fields(asOf),
    ok: Type.Object({ asked: Type.Integer(), returned: Type.Integer() }),
  }),
  confirm: route('POST', '/acts/confirmations', {
    may: 'act.confirm',
    says: ['一次确认多条，逐条答复', 'Confirm many at once, each with its result'],
    body: Fields({ ids: Type.Array(Id, { minItems: 1, maxItems: 200, uniqueItems: true }) }),
    ok: Type.Object({
      items: Type.Array(
        Type.Object({ id: Id, confirmed: Type.Boolean(), refused: Maybe(Type.Object({ code: Type.String(), message: Type.String() })) }),
      ),
    }),
    example: { ids: ['00000000-0000-7000-8000-000000000000'] },
  }),
  object: route('POST', '/acts/confirmations/:id/object', {
    may: 'act.confirm',
    says: ['不予确认，须有理由，退回记录人', 'Object, with a reason: it goes back to whoever recorded it'],
    body: Fields({ reason: Text(2, 500) }),
    ok: Confirmation,
    example: { reason: '当天我在外地开会，没有主持' },
  }),
  ask: route('POST', '/acts/confirmations/:id/ask', {
    may: 'act.record',
    says: ['说明情况，再请确认', 'Answer an objection and ask again'],
    body: Fields({ reason: Text(2, 500) }),
    ok: Confirmation,
    example: { reason: '已与会议记录核对，确为您主持' },
  }),
  reading: route('GET', '/acts/reading', {
    may: 'act.record',
    says: ['一句话读成哪天、谁、什么事；拿不准的列出来问', 'A line read into day, people and kind; what is in doubt is asked'],
    query: Fields({ ...asOf, line: Text(1, 2000) }),
    ok: Reading,
  }),
  propose: route('GET', '/acts/proposals', {
    may: 'act.record',
    says: ['写下的这件事，可以完成哪些应尽事项', 'Which obligations what was written would discharge'],
    query: Fields({
      ...asOf,
      what: Type.Optional(Text(0, 2000)),
      happenedOn: Day,
      doneBy: Type.Optional(Id),
      /** Who was there too, and of them who chaired: ids with commas between. */
      with: Type.Optional(Type.String({ maxLength: 8000 })),
      chair: Type.Optional(Type.String({ maxLength: 400 })),
    }),
    ok: Type.Object({
      /** Recorded today it would be a late entry. */
      late: Type.Boolean(),
      /** `likely`: to be ticked beforehand. `attends`: its duty says that having been there is enough. */
      items: Type.Array(
        Type.Object({ obligation: Obligation, likely: Type.Boolean(), attends: Type.Boolean(), words: Type.Array(Type.String()) }),
      ),
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
  'act.part_absent': [400, '写明了主持、主讲或列席的人，不在参加的人里。', 'Somebody given a part is not among those who took part.'],
  'act.own_hand': [
    400,
    '“{title}”要本人亲自办（签字、表决、案件不代录），不能由别人代记。',
    '“{title}” takes the person’s own hand (signatures, votes and cases are never recorded for somebody).',
  ],
  'act.by_signing': [
    400,
    '“{title}”要打开那一份，看过全文，输入密码签字；记一笔不能代替。',
    '“{title}” is done by opening it, reading it and signing with the password; a line cannot stand in for that.',
  ],
  'act.signed': [
    409,
    '“{title}”已经签字，签字的记录不能更正或撤回。',
    '“{title}” is signed: the record of a signature is neither corrected nor withdrawn.',
  ],
  'confirmation.own': [403, '记录人和当事人不能自己确认，请被请的人确认。', 'Whoever recorded or did it cannot confirm it.'],
  'confirmation.not_yours': [403, '这一条没有请您确认。', 'You were not asked to confirm this.'],
  'confirmation.answered': [409, '已经{state}，不用再办。', 'It is {state} already.'],
  'act.absent_obligation': [400, '所选应尽事项不存在，或不在您的范围内。', 'An obligation chosen does not exist or is outside your reach.'],
  'act.absent_person': [400, '所选人员不存在。', 'A person chosen does not exist.'],
  'act.no_unit': [400, '{name} 在 {day} 没有任职，不知道记在哪个机构。', '{name} held no post on {day}: there is no unit to record it in.'],
}
