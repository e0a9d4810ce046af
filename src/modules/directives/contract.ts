import { type Static, Type } from 'typebox'
import { asOf, Day, Fields, Id, Maybe, paged, pageOf, route, Text, Word } from '#kernel/contract.ts'
import { DutyKind } from '#modules/obligations/contract.ts'
import { directiveKinds, directiveStates, origins } from './rules.ts'
import { Besides, Decided, Directive, Further, Look, Polarity, type Proposal, proposalTypes, type Seat, Whole } from './shapes.ts'

export { directiveRefusals } from './refusals.ts'
export { Directive, Proposal } from './shapes.ts'

const Assigned = Fields({ unit: Id, post: Maybe(Id), person: Maybe(Id) })
const Holders = Type.Array(Assigned, { maxItems: 200 })
const Rrule = Maybe(Text(1, 200))
const Measure = Maybe(Text(1, 300))
const Came = {
  origin: Type.Optional(Word(origins)),
  sender: Type.Optional(Maybe(Text(1, 120))),
  number: Type.Optional(Maybe(Text(1, 60))),
  receivedOn: Type.Optional(Maybe(Day)),
  replyDue: Type.Optional(Maybe(Day)),
}
const Paper = { title: Type.Optional(Text(1, 200)), kind: Word(directiveKinds), issuedOn: Day, speakerPost: Type.Optional(Id), ...Came }
const word = (max: number) => Type.Optional(Type.String({ maxLength: max }))
/** The same as a form sends it beside a file: texts, empty where nothing is said. */
const Form = { ...Paper, origin: word(20), sender: word(200), number: word(200), receivedOn: word(10), replyDue: word(10) }
const acceptFields = {
  title: Text(1, 120),
  /** Of a duty. */
  holders: Type.Optional(Holders),
  kind: Type.Optional(DutyKind),
  polarity: Type.Optional(Polarity),
  measure: Type.Optional(Measure),
  rrule: Type.Optional(Rrule),
  since: Type.Optional(Day),
  /** Of a finding: the unit and the person who put it right. */
  unit: Type.Optional(Id),
  person: Type.Optional(Id),
  due: Type.Optional(Maybe(Day)),
}
const Accept = Fields(acceptFields)
const { since: _, ...replaceFields } = acceptFields
const Edit = Fields({
  title: Type.Optional(Text(1, 120)),
  holders: Type.Optional(Holders),
  kind: Type.Optional(DutyKind),
  polarity: Type.Optional(Polarity),
  rrule: Type.Optional(Rrule),
  due: Type.Optional(Maybe(Day)),
  measure: Type.Optional(Measure),
})

export type DirectiveView = Static<typeof Directive>
export type ProposalView = Static<typeof Proposal>
export type WholeView = Static<typeof Whole>
export type SeatView = Static<typeof Seat>
export type AssignedInput = Static<typeof Assigned>
export type AcceptInput = Static<typeof Accept>
export type EditInput = Static<typeof Edit>

const nil = '00000000-0000-7000-8000-000000000000'
const decide = { may: 'directive.decide', ok: Decided } as const

export const directiveRoutes = {
  list: route('GET', '/directives', {
    may: 'directive.read',
    says: ['部署，新的在前', 'Directives, the newest first'],
    query: paged({
      kind: Type.Optional(Word(directiveKinds)),
      state: Type.Optional(Word(directiveStates)),
      origin: Type.Optional(Word(origins)),
      /** Those to be answered only. */
      reply: Type.Optional(Type.Boolean()),
      q: Type.Optional(Text(1, 100)),
    }),
    ok: pageOf(Directive),
  }),
  read: route('GET', '/directives/:id', {
    may: 'directive.read',
    says: ['一份部署：原文、提纲、逐句的提议', 'One directive: its text, outline and proposals'],
    query: Fields(asOf),
    ok: Whole,
  }),
  add: route('POST', '/directives', {
    may: 'directive.add',
    says: ['粘贴一份部署', 'Paste a directive'],
    body: Fields({ ...Paper, text: Text(1, 400_000) }),
    ok: Directive,
    example: { kind: 'speech', issuedOn: '2026-03-02', text: '一、压实责任。综合科要每月对照清单督查一次。' },
  }),
  upload: route('POST', '/directives/file', {
    may: 'directive.add',
    says: ['上传一份部署（.docx、.txt、.md）', 'Upload a directive (.docx, .txt, .md)'],
    body: Fields(Form),
    upload: true,
    ok: Directive,
    perMinute: 30,
  }),
  look: route('POST', '/directives/look', {
    may: 'directive.add',
    says: ['看一份文件自己写明了什么：文号、发文机关、日期、答复期限，不保存', 'What a file says about itself; nothing is kept'],
    body: Fields({}),
    upload: true,
    ok: Look,
    perMinute: 60,
  }),
  amend: route('POST', '/directives/:id/amend', {
    may: 'directive.add',
    says: ['更正来文信息：标题、来源、文号、收到日、答复期限', 'Put right where a paper came from'],
    body: Fields({ title: Type.Optional(Text(1, 200)), ...Came }),
    ok: Directive,
    example: { number: '示人防办〔2026〕9号' },
  }),
  mark: route('POST', '/directives/:id/proposals', {
    ...decide,
    says: ['标出一句没有读出的要求或问题', 'Mark a sentence that was not read as a command or problem'],
    body: Fields({ start: Type.Integer({ minimum: 0 }), end: Type.Integer({ minimum: 1 }), type: Word(proposalTypes) }),
    example: { start: 0, end: 12, type: 'duty' },
  }),
  settle: route('POST', '/directives/:id/settle', {
    may: 'directive.decide',
    says: ['分解完毕：没有待定的句子', 'Decomposed: no sentence is open'],
    ok: Directive,
  }),
  accept: route('POST', '/proposals/:id/accept', {
    ...decide,
    says: ['承接：成为责任事项，或转入整改', 'Accept: it becomes a duty, or a finding to put right'],
    body: Accept,
    example: {
      title: '每月对照清单督查',
      holders: [{ unit: nil, post: nil, person: null }],
      kind: 'task',
      polarity: 'positive',
      measure: null,
      rrule: 'FREQ=MONTHLY',
      due: null,
      since: '2026-03-02',
    },
  }),
  edit: route('POST', '/proposals/:id/edit', {
    ...decide,
    says: ['改提议：标题、责任人、频次、期限', 'Edit a proposal: title, holders, cadence, due day'],
    body: Edit,
    example: { title: '每月督查一次' },
  }),
  merge: route('POST', '/proposals/:id/merge', {
    ...decide,
    says: ['并入另一条', 'Merge into another'],
    body: Fields({ into: Id }),
    example: { into: nil },
  }),
  split: route('POST', '/proposals/:id/split', {
    ...decide,
    says: ['从一处拆成两条', 'Split into two at a place'],
    body: Fields({ at: Type.Integer({ minimum: 1 }) }),
    example: { at: 20 },
  }),
  aside: route('POST', '/proposals/:id/aside', {
    ...decide,
    says: ['搁置，须有理由', 'Set aside, with a reason'],
    body: Fields({ reason: Text(2, 500) }),
    example: { reason: '属于上级机关的职责' },
  }),
  reopen: route('POST', '/proposals/:id/reopen', { ...decide, says: ['取回搁置或并入的一条', 'Take back what was set aside or merged'] }),
  beside: route('GET', '/directives/:id/beside', {
    may: 'directive.read',
    says: ['与待定的句子相近的已有责任，并排放着', 'Earlier duties that are like the open sentences, laid beside them'],
    query: Fields(asOf),
    ok: Besides,
  }),
  same: route('POST', '/proposals/:id/same', {
    ...decide,
    says: [
      '同一责任：这一句成为它的又一处依据，不另增应尽事项',
      'The same duty: this sentence becomes a further basis of it, and nothing more is owed',
    ],
    body: Fields({ duty: Id }),
    example: { duty: nil },
  }),
  replace: route('POST', '/proposals/:id/replace', {
    ...decide,
    says: [
      '替代：原责任到前一日终止，这一句成为新的责任',
      'In its place: the old duty ends the day before, this sentence becomes a new one',
    ],
    body: Fields({ ...replaceFields, duty: Id, from: Day }),
    example: {
      duty: nil,
      from: '2026-07-01',
      title: '每季度对照清单督查',
      holders: [{ unit: nil, post: nil, person: null }],
      rrule: 'FREQ=MONTHLY;INTERVAL=3',
    },
  }),
  differ: route('POST', '/proposals/:id/differ', {
    ...decide,
    says: ['不是一回事：记下这个判断，不再提示', 'Another matter: that is kept, and the hint does not come again'],
    body: Fields({ duty: Id }),
    example: { duty: nil },
  }),
  further: route('GET', '/duties/:id/sentences', {
    may: 'duty.read',
    says: ['一项责任的其他依据，替代与被替代', 'What else a duty rests on, and what it replaced or was replaced by'],
    query: Fields(asOf),
    ok: Further,
  }),
}
