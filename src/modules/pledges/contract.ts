import { Type } from 'typebox'
import { asOf, Day, Fields, Id, paged, pageOf, route, Signed, Text, Word } from '#kernel/contract.ts'
import type { Refusals } from '#kernel/errors.ts'
import { shows, whoms } from './rules.ts'
import { Kind, Papered, Pledge, Preview, Round, Whole, WholeRound } from './shapes.ts'

export type { PaperOk, PledgeOk } from './shapes.ts'

const Year = Type.Integer({ minimum: 2000, maximum: 2200 })
const Some = Type.Optional(Type.Array(Id, { maxItems: 2000, uniqueItems: true }))
/** Whom and with which words; what is left out is the office's default (rules `pledge.*`). Without units, posts and persons: the whole office. */
const round = {
  year: Year,
  kind: Kind,
  whom: Type.Optional(Word(whoms)),
  units: Some,
  posts: Some,
  /** Named persons get one whatever their grade. */
  persons: Some,
  title: Type.Optional(Text(2, 70)),
  opening: Type.Optional(Text(1, 2000)),
  closing: Type.Optional(Text(1, 2000)),
}
const Hash = Type.String({ pattern: '^[0-9a-f]{64}$' })
const Reason = Text(2, 500)
const someId = '00000000-0000-7000-8000-000000000000'
const hash = 'a'.repeat(64)

export const pledgeRoutes = {
  list: route('GET', '/pledges', {
    may: 'pledge.read',
    says: ['责任书和承诺书，谁还没有签', 'Responsibility letters and promises: who has not signed'],
    query: paged({
      round: Type.Optional(Id),
      kind: Type.Optional(Kind),
      year: Type.Optional(Year),
      unit: Type.Optional(Id),
      person: Type.Optional(Id),
      state: Type.Optional(Word(shows)),
      q: Type.Optional(Text(1, 60)),
    }),
    ok: pageOf(Pledge),
  }),
  mine: route('GET', '/pledges/mine', {
    may: 'pledge.read',
    says: ['要我签的，我签了的', 'What I am to sign and what I have signed'],
    query: Fields(asOf),
    ok: Type.Object({
      /** As the holder, and as the superior of others: with the texts that are signed. */
      holder: Type.Array(Papered),
      superior: Type.Array(Papered),
      /** Signed by me as the holder and standing or ended, the latest first. */
      signed: Type.Array(Pledge),
    }),
  }),
  toSign: route('GET', '/pledges/to-sign', {
    may: 'pledge.read',
    says: ['有几份等我签', 'How many wait for my signature'],
    query: Fields(asOf),
    ok: Type.Object({ holder: Type.Integer(), superior: Type.Integer(), differing: Type.Integer() }),
  }),
  rounds: route('GET', '/pledges/rounds', {
    may: 'pledge.read',
    says: ['签订批次', 'Rounds of signing'],
    query: paged({}),
    ok: pageOf(Round),
  }),
  preview: route('POST', '/pledges/rounds/preview', {
    may: 'pledge.issue',
    says: ['发出以前先看：谁有一份、依据哪份清单、缺什么', 'Before issuing: who gets one, from which list, what is missing'],
    body: Fields({ ...round, sample: Type.Optional(Id) }),
    ok: Preview,
    example: { year: 2026, kind: 'letter' },
  }),
  issue: route('POST', '/pledges/rounds', {
    may: 'pledge.issue',
    says: ['发出一批，每人一份，按当日责任清单生成', 'Issue a round: one each, from the duty list of the day'],
    body: Fields({ ...round, due: Day }),
    ok: WholeRound,
    example: { year: 2026, kind: 'letter', due: '2026-12-31' },
  }),
  round: route('GET', '/pledges/rounds/:id', {
    may: 'pledge.read',
    says: ['一个批次签到什么程度', 'How far a round has got'],
    query: Fields(asOf),
    ok: WholeRound,
  }),
  issueRest: route('POST', '/pledges/rounds/:id/rest', {
    may: 'pledge.issue',
    says: ['补发：该有而没有的人', 'Issue to those who should have one by now and have none'],
    body: Fields({ due: Day }),
    ok: WholeRound,
    example: { due: '2026-12-31' },
  }),
  supplementAll: route('POST', '/pledges/rounds/:id/supplements', {
    may: 'pledge.issue',
    says: ['请清单有变化的人补签', 'Ask those whose list has changed for a supplement'],
    ok: WholeRound,
  }),
  withdrawRound: route('POST', '/pledges/rounds/:id/withdraw', {
    may: 'pledge.issue',
    says: ['收回一批中还没有人签的，写明理由', 'Withdraw what nobody has signed of a round, with a reason'],
    body: Fields({ reason: Reason }),
    ok: WholeRound,
    example: { reason: '年度写错' },
  }),
  signAll: route('POST', '/pledges/sign', {
    may: 'pledge.sign',
    says: ['一次签几份，重新输入一次密码', 'Sign several with one password'],
    body: Signed({ items: Type.Array(Fields({ id: Id, hash: Hash }), { minItems: 1, maxItems: 200 }) }),
    ok: Type.Object({ items: Type.Array(Pledge) }),
    example: { items: [{ id: someId, hash }], password: 'test password' },
    signs: true,
  }),
  read: route('GET', '/pledges/:id', {
    may: 'pledge.read',
    says: ['一份责任书或承诺书，全文、签字和之后的变化', 'One of them: its text, its signatures and what has changed since'],
    query: Fields(asOf),
    ok: Whole,
  }),
  sign: route('POST', '/pledges/:id/sign', {
    may: 'pledge.sign',
    says: ['签字，重新输入密码', 'Sign, with the password'],
    body: Signed({ hash: Hash }),
    ok: Whole,
    example: { hash, password: 'test password' },
    signs: true,
  }),
  renew: route('POST', '/pledges/:id/renew', {
    may: 'pledge.read',
    says: ['还没有人签的，按今天的清单重新生成', 'Put it together anew from today’s list while nobody has signed'],
    ok: Whole,
  }),
  supplement: route('POST', '/pledges/:id/supplement', {
    may: 'pledge.read',
    says: ['就签订以后的变化生成补签', 'Make a supplement of what has changed since'],
    ok: Whole,
  }),
  withdraw: route('POST', '/pledges/:id/withdraw', {
    may: 'pledge.issue',
    says: ['收回一份还没有人签的，写明理由', 'Withdraw one that nobody has signed, with a reason'],
    body: Fields({ reason: Reason }),
    ok: Whole,
    example: { reason: '重复发出' },
  }),
  end: route('POST', '/pledges/:id/end', {
    may: 'pledge.issue',
    says: ['终止：岗位变动等，到某日为止', 'End it on a day: a change of post, for instance'],
    body: Fields({ until: Day, reason: Reason }),
    ok: Whole,
    example: { until: '2026-12-31', reason: '岗位变动' },
  }),
}

export const pledgeRefusals: Refusals = {
  'pledge.not_yours': [
    403,
    '签字只能由本人签，不能代签：{name}的这一份不是您签的。',
    'Nobody signs for somebody else: that of {name} is not yours to sign.',
  ],
  'pledge.settled': [
    409,
    '{name}的这一份不用您签了：您已签过，或已收回、终止。请刷新。',
    'That of {name} needs no signature of yours any more: it has it, was withdrawn or has ended. Reload.',
  ],
  'pledge.changed': [
    409,
    '{name}的这一份在您打开以后重新生成过，没有签。请看过新的文本再签。',
    'That of {name} was put together anew since you opened it; nothing was signed. Read the new text first.',
  ],
  'pledge.nobody': [
    409,
    '按这样的范围，没有人能发：请看预览里每个人缺什么，或改范围。',
    'Nobody would get one: see in the preview what each lacks, or choose others.',
  ],
  'pledge.absent': [400, '所选的机构、岗位或人员不存在。', 'A unit, post or person chosen does not exist.'],
  'pledge.due_past': [400, '签订期限 {due} 已经过了，请另选一天。', 'The day to sign by, {due}, has passed: choose another.'],
  'pledge.same': [
    409,
    '今天的清单与这一份没有差别，不用重新生成，也不用补签。',
    'Today’s list says the same: nothing to put together anew or to supplement.',
  ],
  'pledge.waiting': [409, '已有一份补签在等签字，先把它签完。', 'A supplement is waiting already: sign that first.'],
  'pledge.not_now': [
    409,
    '{name}的这一份现在不能这样办：已签字、已收回或已终止。请刷新后再办。',
    'This cannot be done to that of {name} now: it was signed, withdrawn or has ended. Reload and decide again.',
  ],
  'pledge.barred': [
    409,
    '今天不能按清单生成{name}的这一份：没有责任事项，或没有签订的上级。请先补上，或收回这一份。',
    'That of {name} cannot be put together today: there are no duties or no superior. Settle that first, or withdraw it.',
  ],
}
