import { Type } from 'typebox'
import { asOf, Day, Fields, FileBytes, Id, Maybe, paged, pageOf, route, Signed, Text, Word } from '#kernel/contract.ts'
import { DutyKind, Named } from '#modules/obligations/contract.ts'
import { gapKinds } from './gaps.ts'
import { issueStates } from './load.ts'
import { dutyStates, polarities, sorts } from './rules.ts'
import {
  Aspect,
  Aspected,
  Branch,
  Duty,
  DutyList,
  example,
  Gap,
  Holders,
  Issue,
  LoadShown,
  Node,
  PartInput,
  Reason,
  Rrule,
  RuleRef,
  Run,
  someId,
  terms,
  Version,
  Whole,
  whose,
} from './shapes.ts'
import { contentFields } from './versions.ts'

export { dutyRefusals } from './refusals.ts'
export type { DutyListOk } from './shapes.ts'

const filters = {
  kind: Type.Optional(DutyKind),
  polarity: Type.Optional(Word(polarities)),
  state: Type.Optional(Word(dutyStates)),
  directive: Type.Optional(Id),
  unit: Type.Optional(Id),
  post: Type.Optional(Id),
  person: Type.Optional(Id),
  q: Type.Optional(Text(1, 80)),
}

export const dutyRoutes = {
  list: route('GET', '/duties', {
    may: 'duty.read',
    says: ['责任事项', 'Duties'],
    query: paged({ ...filters, sort: Type.Optional(Word(sorts)), order: Type.Optional(Word(['asc', 'desc'] as const)) }),
    ok: pageOf(Duty),
  }),
  tree: route('GET', '/duties/tree', {
    may: 'duty.read',
    says: ['责任分解树：一项之下的各项，或最上一层', 'The tree of duties: what hangs below one, or its top'],
    query: paged({ parent: Type.Optional(Id), kind: Type.Optional(DutyKind), unit: Type.Optional(Id) }),
    ok: pageOf(Node),
  }),
  lists: route('GET', '/duties/lists', {
    may: 'duty.read',
    says: ['责任清单：各机构、各岗位或各人的', 'Duty lists of units, posts or persons'],
    query: paged({ of: Word(whose), q: Type.Optional(Text(1, 80)) }),
    ok: pageOf(Type.Object({ of: Word(whose), id: Id, name: Type.String(), note: Maybe(Type.String()), count: Type.Integer() })),
  }),
  unitList: route('GET', '/duties/lists/units/:id', {
    may: 'duty.read',
    says: ['一个机构的责任清单', 'The duty list of a unit'],
    query: Fields(asOf),
    ok: DutyList,
  }),
  postList: route('GET', '/duties/lists/posts/:id', {
    may: 'duty.read',
    says: ['一个岗位的责任清单', 'The duty list of a post'],
    query: Fields(asOf),
    ok: DutyList,
  }),
  personList: route('GET', '/duties/lists/persons/:id', {
    may: 'duty.read',
    says: ['一个人的责任清单', 'The duty list of a person'],
    query: Fields(asOf),
    ok: DutyList,
  }),
  sheet: route('GET', '/duties/lists/sheet', {
    may: 'duty.read',
    says: ['责任清单的表格，可直接打印', 'A duty list as a spreadsheet to print'],
    query: Fields({ ...asOf, of: Word(whose), id: Id }),
    ok: FileBytes,
  }),
  gaps: route('GET', '/duties/gaps', {
    may: 'duty.read',
    says: ['责任缺口：没有人、没有责任、没有承接的', 'Gaps: without a person, without a duty, not carried'],
    query: paged({ kind: Type.Optional(Word(gapKinds)), unit: Type.Optional(Id) }),
    ok: Type.Object({
      items: Type.Array(Gap),
      next: Maybe(Type.String()),
      counts: Type.Array(Type.Object({ kind: Word(gapKinds), count: Type.Integer() })),
    }),
  }),
  first: route('GET', '/duties/first', {
    may: 'duty.read',
    says: ['第一责任人的清单：四个亲自、督导班子成员', 'The first responsible’s own list'],
    query: Fields({ ...asOf, person: Type.Optional(Id) }),
    ok: Type.Object({
      person: Maybe(Named),
      /** From when acts are counted. */
      from: Day,
      aspects: Type.Array(Type.Object({ key: Type.String(), says: Type.String(), rule: RuleRef, items: Type.Array(Aspected) })),
      others: Type.Array(Aspected),
    }),
  }),
  branches: route('GET', '/duties/branches', {
    may: 'duty.read',
    says: ['各支部的清单，按规则应有什么', 'The branches’ lists and what they should hold by the rules'],
    query: Fields(asOf),
    ok: Type.Object({ items: Type.Array(Branch) }),
  }),
  acceptBranch: route('POST', '/duties/branches/:id/accept', {
    may: 'duty.add',
    says: ['接受为支部提出的各项责任', 'Take what is proposed for a branch'],
    body: Fields({ keys: Type.Array(Text(1, 80), { minItems: 1, maxItems: 50, uniqueItems: true }), since: Type.Optional(Day) }),
    ok: Branch,
    example: { keys: ['branch.list.theme_day'], since: '2026-07-01' },
  }),
  load: route('POST', '/duties/load', {
    may: 'duty.assign',
    says: [
      '派下去以前先看：每人多几项、多少小时、是否超过上限',
      'Before issuing: what it adds per person and in hours, and whether it is above the budget',
    ],
    body: Fields({ kind: DutyKind, rrule: Maybe(Rrule), due: Maybe(Day), since: Day, holders: Holders }),
    ok: LoadShown,
    example: { kind: 'dual', rrule: example.rrule, due: null, since: example.since, holders: example.holders },
  }),
  awaiting: route('GET', '/duties/awaiting', {
    may: 'duty.assign',
    says: ['待签批：超过负担上限的增派', 'Awaiting a signature: issued above a budget'],
    query: paged({ state: Type.Optional(Word(issueStates)) }),
    ok: Type.Object({ items: Type.Array(Issue), next: Maybe(Type.String()), signs: Type.Boolean(), first: Type.Array(Named) }),
  }),
  approve: route('POST', '/duties/:id/approve', {
    may: 'duty.approve',
    says: ['第一责任人签批，应尽事项随即生成', 'The first responsible signs; what is owed is made at that moment'],
    body: Signed({}),
    ok: Whole,
    example: { password: 'test password' },
    signs: true,
  }),
  refuse: route('POST', '/duties/:id/refuse', {
    may: 'duty.approve',
    says: ['退回起草人，说明理由', 'Send it back to its drafter with a reason'],
    body: Fields({ reason: Reason }),
    ok: Whole,
    example: { reason: '先减掉别的事' },
  }),
  submit: route('POST', '/duties/:id/submit', { may: 'duty.assign', says: ['再次报请签批', 'Hand it in again'], ok: Whole }),
  drop: route('POST', '/duties/:id/drop', { may: 'duty.assign', says: ['不再报请，撤下', 'Give it up'], ok: Whole }),
  read: route('GET', '/duties/:id', { may: 'duty.read', says: ['一项责任', 'One duty'], query: Fields(asOf), ok: Whole }),
  versions: route('GET', '/duties/:id/versions', {
    may: 'duty.read',
    says: ['一项责任的各个版本', 'The versions of a duty'],
    query: Fields(asOf),
    ok: Type.Object({ items: Type.Array(Version) }),
  }),
  compare: route('GET', '/duties/:id/compare', {
    may: 'duty.read',
    says: ['对照两个版本', 'Two versions side by side'],
    query: Fields({
      ...asOf,
      /** Left out: the last version, and the one before it. */
      before: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
      after: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
    }),
    ok: Type.Object({
      before: Version,
      after: Version,
      fields: Type.Array(Type.Object({ field: Word(contentFields), runs: Type.Array(Run) })),
    }),
  }),
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
      /** What it is deployed together with. */
      beside: Type.Optional(Maybe(Id)),
      aspect: Type.Optional(Maybe(Aspect)),
      rrule: Maybe(Rrule),
      due: Maybe(Day),
      since: Day,
      attend: Type.Optional(terms.attend),
      confirm: Type.Optional(terms.confirm),
      holders: Holders,
    }),
    ok: Whole,
    example,
  }),
  terms: route('POST', '/duties/:id/terms', {
    may: 'duty.assign',
    says: ['怎样算履行：参加即算，由谁确认', 'What counts as fulfilling it: having been there, and who confirms'],
    body: Fields(terms),
    ok: Whole,
    example: { attend: true, confirm: 'head' },
  }),
  decompose: route('POST', '/duties/:id/decompose', {
    may: 'duty.decompose',
    says: ['分解：把一项责任的各部分落到人', 'Decompose: carry the parts of a duty down to persons'],
    body: Fields({ parts: Type.Array(PartInput, { minItems: 1, maxItems: 100 }) }),
    ok: Type.Object({ duty: Whole, made: Type.Array(Id) }),
    example: { parts: [{ title: '每季度听取一次汇报：工程科', holders: example.holders }] },
  }),
  move: route('POST', '/duties/:id/move', {
    may: 'duty.decompose',
    says: ['改挂到另一项之下；parent 为 null 是移到最上层', 'Hang it below another duty; a null parent moves it to the top'],
    body: Fields({
      parent: Maybe(Id),
      carries: Type.Optional(Type.Array(Id, { maxItems: 300, uniqueItems: true })),
      reason: Type.Optional(Reason),
    }),
    ok: Whole,
    example: { parent: null },
  }),
  change: route('POST', '/duties/:id/change', {
    may: 'duty.change',
    says: ['自某日起改责任的内容、频次或期限，成为新的版本', 'Change what a duty says from a day on: a new version'],
    body: Fields({
      since: Day,
      reason: Reason,
      title: Type.Optional(Text(1, 120)),
      body: Type.Optional(Type.String({ maxLength: 4000 })),
      kind: Type.Optional(DutyKind),
      polarity: Type.Optional(Word(polarities)),
      measure: Type.Optional(Maybe(Text(1, 300))),
      aspect: Type.Optional(Maybe(Aspect)),
      rrule: Type.Optional(Maybe(Rrule)),
      due: Type.Optional(Maybe(Day)),
    }),
    ok: Whole,
    example: { since: '2026-07-01', reason: '上级要求改为每月', rrule: 'FREQ=MONTHLY' },
  }),
  undoChange: route('POST', '/duties/:id/change/undo', {
    may: 'duty.change',
    says: ['撤销最近一次修改', 'Undo the last change'],
    ok: Whole,
  }),
  assign: route('POST', '/duties/:id/holders', {
    may: 'duty.assign',
    says: ['增加责任人', 'Add holders'],
    body: Fields({ since: Day, holders: Holders }),
    ok: Whole,
    example: { since: '2026-01-01', holders: example.holders },
  }),
  release: route('POST', '/duties/:id/release', {
    may: 'duty.assign',
    says: ['责任人自某日起不再承担，此后各期一并免除', 'A holder is released from a day on; later periods are waived'],
    body: Fields({ holder: Id, until: Day, reason: Reason }),
    ok: Whole,
    example: { holder: someId, until: '2026-07-01', reason: '岗位职责调整' },
  }),
  end: route('POST', '/duties/:id/end', {
    may: 'duty.end',
    says: ['终止责任，其后未到期的一并免除', 'End a duty; what is not yet due is waived'],
    body: Fields({ until: Day, reason: Reason }),
    ok: Whole,
    example: { until: '2026-12-31', reason: '部署已完成' },
  }),
  retract: route('POST', '/duties/:id/retract', {
    may: 'duty.end',
    says: ['撤回刚写错的责任', 'Take back a duty written by mistake'],
    body: Fields({ reason: Reason }),
    ok: Whole,
    example: { reason: '重复写了一项' },
  }),
}
