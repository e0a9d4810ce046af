import { Type } from 'typebox'
import { asOf, Day, Fields, Id, Maybe, paged, pageOf, route, Text, Word } from '#kernel/contract.ts'
import type { Refusals } from '#kernel/errors.ts'
import { Named } from '#modules/obligations/contract.ts'
import { sections, standings } from './rules.ts'
import { Burden, Chase, First, Own, Red, RedRule, Week } from './shapes.ts'

const Counts = {
  red: Type.Integer(),
  yellow: Type.Integer(),
  green: Type.Integer(),
  onTime: Type.Integer(),
  late: Type.Integer(),
  waived: Type.Integer(),
}

/** Of each count its twelve months, January first: what is due in them. `green` is open and not yet warned. */
const Twelve = Type.Array(Type.Integer(), { minItems: 12, maxItems: 12 })
const Year = Type.Object({ red: Twelve, yellow: Twelve, green: Twelve, onTime: Twelve, late: Twelve, waived: Twelve })

export const Board = Type.Object({
  day: Day,
  year: Type.Integer(),
  totals: Type.Object(Counts),
  /** Open and overdue from before the year. */
  older: Type.Integer(),
  /** On time ÷ (on time + late + overdue, older ones too); what was waived does not count. Null when nothing was done or overdue yet. */
  onTimeRate: Maybe(Type.Number()),
  units: Type.Array(Type.Object({ unit: Named, line: Type.String(), counts: Year })),
  /** As whom one opens it, by the posts and charges of today; which sections that gives. */
  as: Word(standings),
  sections: Type.Array(Word(sections)),
  /** Units are compared for the leadership only: others are given their own. */
  compares: Type.Boolean(),
})

export const boardRoutes = {
  read: route('GET', '/board', {
    may: 'board.read',
    says: ['态势：单位 × 月份', 'The board: unit × month'],
    query: Fields({ ...asOf, year: Type.Optional(Type.Integer({ minimum: 2000, maximum: 2200 })) }),
    ok: Board,
  }),
  own: route('GET', '/board/own', {
    may: 'obligation.read',
    says: ['我自己：逾期、今天、本周、待签、待确认各几项', 'My own: how many overdue, today, this week, to sign, to confirm'],
    query: Fields(asOf),
    ok: Own,
  }),
  reds: route('GET', '/board/reds', {
    may: 'board.read',
    says: [
      '为什么红：规则、到期日、逾期工作日、改过什么、最近做了什么',
      'Why red: the rule, the day, working days overdue, what moved it, what was done last',
    ],
    query: paged({ unit: Type.Optional(Id) }),
    ok: Type.Object({ ...pageOf(Red).properties, rule: RedRule }),
  }),
  first: route('GET', '/board/first', {
    may: 'board.read',
    says: [
      '四个亲自和督导班子成员：按月按季，有几次、缺几次',
      'The four personal duties and the supervision of members, by month and quarter',
    ],
    query: Fields({ ...asOf, year: Type.Optional(Type.Integer({ minimum: 2000, maximum: 2200 })) }),
    ok: First,
  }),
  burden: route('GET', '/board/burden', {
    may: 'board.read',
    says: ['本月负担：各机构、各类人员要办几项、约几小时', 'The burden of a month: how many and how long, by unit and by class'],
    query: Fields({ ...asOf, month: Type.Optional(Type.String({ pattern: '^(20\\d\\d|21\\d\\d)-(0[1-9]|1[0-2])$' })) }),
    ok: Burden,
  }),
  chase: route('GET', '/board/chase', {
    may: 'board.chase',
    says: [
      '要催的：按机构的逾期和将到期、待确认、待签、未改完的问题',
      'What to chase: overdue and due soon by unit, waiting confirmations and signatures, open findings',
    ],
    query: Fields(asOf),
    ok: Chase,
  }),
  week: route('GET', '/board/week', {
    may: 'board.read',
    says: [
      '一周一页：上周办得怎样、本周到期、红的、待拿主意的',
      'A week on a page: how last week ended, what is due, what is red, what is to decide',
    ],
    query: Fields({ ...asOf, week: Type.Optional(Text(1, 20)) }),
    ok: Week,
  }),
}

export const boardRefusals: Refusals = {
  'board.first_only': [
    403,
    '四个亲自和督导班子成员只给第一责任人本人看：{who}。',
    'The four personal duties and the supervision of members are for the first responsible alone: {who}.',
  ],
  'board.week_unknown': [
    400,
    '没有“{week}”这一周。写作 2026-W12：四位年份、W、两位周次。',
    'There is no week “{week}”. Write it as 2026-W12: the year, W, and two digits.',
  ],
}
