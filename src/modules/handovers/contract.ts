import { Type } from 'typebox'
import { Actions, asOf, Day, Fields, Id, Instant, Maybe, paged, pageOf, route, Signed, Text, Word } from '#kernel/contract.ts'
import { handoverWays } from '#kernel/handover.ts'
import { Named } from '#modules/obligations/contract.ts'
import { handoverStates, piles, reasons, roles } from './rules.ts'

export { handoverRefusals } from './refusals.ts'

const fields = {
  id: Id,
  person: Named,
  unit: Named,
  reason: Word(reasons),
  note: Maybe(Type.String()),
  /** The first day on which the successors hold it. */
  day: Day,
  state: Word(handoverStates),
  /** Why it was recalled or withdrawn. */
  said: Maybe(Type.String()),
  opener: Named,
  recordedAt: Instant,
  movedAt: Instant,
  lines: Type.Integer(),
  signed: Type.Integer(),
  /** Waits for whoever asks. */
  mine: Type.Boolean(),
  actions: Actions,
}
export const Handover = Type.Object(fields)

const Line = Type.Object({
  /** `part id`. */
  key: Type.String(),
  part: Type.String(),
  id: Id,
  title: Type.String(),
  unit: Maybe(Named),
  post: Maybe(Named),
  basis: Maybe(Type.String()),
  rrule: Maybe(Type.String()),
  due: Maybe(Day),
  since: Maybe(Day),
  light: Maybe(Word(['green', 'yellow', 'red'] as const)),
  /** Its unit or post no longer stands on the day. */
  gone: Type.Boolean(),
  others: Type.Array(Type.String()),
  ways: Type.Array(Word(handoverWays)),
  hows: Type.Array(Type.String()),
  heirs: Type.Array(Named),
  /** What is decided, or proposed; null: nobody has decided. */
  way: Maybe(Word(handoverWays)),
  to: Maybe(Named),
  how: Maybe(Type.String()),
  reason: Maybe(Type.String()),
  /** It follows another line. */
  along: Type.Boolean(),
  /** It would be nobody's. */
  gap: Type.Boolean(),
  /** `fresh`: came after it was sent. `changed`: is not as it was signed. `settled`: was done or went elsewhere meanwhile. */
  change: Maybe(Word(['fresh', 'changed', 'settled'] as const)),
  giverAt: Maybe(Instant),
  receiverAt: Maybe(Instant),
  objection: Maybe(Type.String()),
  actions: Actions,
})
export const Sheet = Type.Object({
  ...fields,
  office: Type.String(),
  /** The posts held the day before. */
  posts: Type.String(),
  groups: Type.Array(Type.Object({ part: Type.String(), name: Type.String(), lines: Type.Array(Line) })),
  /** Only one's own part of it is shown. */
  partly: Type.Boolean(),
  parties: Type.Array(
    Type.Object({
      role: Word(roles),
      person: Named,
      lines: Type.Integer(),
      /** The last signature, and whether it covers all that is there now. */
      signed: Type.Boolean(),
      at: Maybe(Instant),
      by: Maybe(Named),
      reason: Maybe(Type.String()),
    }),
  ),
  missing: Type.Object({ undecided: Type.Integer(), objected: Type.Integer(), giver: Type.Boolean(), receivers: Type.Array(Named) }),
  gaps: Type.Integer(),
  /** What whoever asks would sign now: sent back with the signature. */
  mark: Type.String(),
})

const Reason = Text(2, 500)
const someId = '00000000-0000-7000-8000-000000000001'
const LineInput = Fields({
  part: Type.String({ pattern: '^[a-z_]{2,40}$' }),
  id: Id,
  way: Word(handoverWays),
  to: Type.Optional(Maybe(Id)),
  how: Type.Optional(Maybe(Type.String({ pattern: '^[a-z_]{2,40}$' }))),
  reason: Type.Optional(Maybe(Reason)),
})
const terms = { reason: Word(reasons), day: Day, note: Type.Optional(Maybe(Text(1, 500))) }
const runs = { may: 'handover.open' } as const

export const handoverRoutes = {
  list: route('GET', '/handovers', {
    may: 'handover.read',
    says: ['交接单：待我确认的、办理中的、已办结的', 'Handovers: waiting for me, under way, done'],
    query: paged({ pile: Type.Optional(Word(piles)), person: Type.Optional(Id) }),
    ok: pageOf(Handover),
  }),
  read: route('GET', '/handovers/:id', {
    may: 'handover.read',
    says: ['一份交接清单：逐项、接收人、谁已确认', 'One sheet: its lines, who takes them over, who has signed'],
    query: Fields(asOf),
    ok: Sheet,
  }),
  open: route('POST', '/handovers', {
    ...runs,
    says: ['为要变动的人办理交接，清单由系统列出', 'Open the handover of a person who moves; the sheet is put together'],
    body: Fields({ person: Id, ...terms }),
    ok: Sheet,
    example: { person: someId, reason: 'transferred', day: '2026-07-01' },
  }),
  edit: route('PATCH', '/handovers/:id', {
    ...runs,
    says: ['改事由、交接日或说明（发出前）', 'Change reason, day or note before it is sent'],
    body: Fields(terms),
    ok: Sheet,
    example: { reason: 'transferred', day: '2026-07-01' },
  }),
  assign: route('POST', '/handovers/:id/lines', {
    ...runs,
    says: ['指定接收人：全部交给一人，或逐项', 'Name successors: one for all, or line by line'],
    body: Fields({ to: Type.Optional(Id), lines: Type.Optional(Type.Array(LineInput, { maxItems: 2000 })) }),
    ok: Sheet,
    example: { to: someId },
  }),
  send: route('POST', '/handovers/:id/send', { ...runs, says: ['发给交出人和接收人确认', 'Send it to giver and receivers'], ok: Sheet }),
  recall: route('POST', '/handovers/:id/recall', {
    ...runs,
    says: ['收回修改，已有的确认作废', 'Take it back to be changed; signatures are void'],
    body: Fields({ reason: Reason }),
    ok: Sheet,
  }),
  withdraw: route('POST', '/handovers/:id/withdraw', {
    ...runs,
    says: ['撤销交接，什么都没有变动', 'Withdraw it: nothing was changed'],
    body: Fields({ reason: Reason }),
    ok: Sheet,
  }),
  confirm: route('POST', '/handovers/:id/confirm', {
    may: 'handover.confirm',
    says: [
      '交出人或接收人确认自己的部分；最后一人确认后自交接日起生效',
      'Giver or receiver signs their part; after the last it takes effect from its day',
    ],
    body: Signed({ mark: Text(1, 100) }),
    ok: Sheet,
    example: { mark: 'x', password: 'test password' },
    signs: true,
  }),
  confirmFor: route('POST', '/handovers/:id/confirm-for', {
    may: 'handover.open',
    says: ['交出人已离岗，由其上级代为确认并写明理由', 'The giver has left: a superior signs instead and says why'],
    body: Signed({ mark: Text(1, 100), reason: Reason }),
    ok: Sheet,
    example: { mark: 'x', reason: '已退休离岗', password: 'test password' },
    signs: true,
  }),
  object: route('POST', '/handovers/:id/object', {
    may: 'handover.confirm',
    says: ['接收人对某一项提出异议', 'A receiver objects to a line'],
    body: Fields({ part: Type.String({ pattern: '^[a-z_]{2,40}$' }), line: Id, reason: Reason }),
    ok: Sheet,
    example: { part: 'duty', line: someId, reason: '不属本人职责' },
  }),
}
