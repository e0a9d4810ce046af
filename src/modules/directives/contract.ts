import { type Static, Type } from 'typebox'
import { Actions, asOf, Day, Fields, Id, Instant, Maybe, paged, pageOf, route, Text, Word } from '#kernel/contract.ts'
import type { Refusals } from '#kernel/errors.ts'
import { DutyKind, Named } from '#modules/obligations/contract.ts'
import { directiveKinds, directiveStates, proposalStates } from './rules.ts'

const proposalTypes = ['duty', 'finding'] as const
const polarities = ['positive', 'negative'] as const

const Polarity = Word(polarities)

/** Sentences by what became of them; of duties, `all` is the number of commanding sentences. */
const Count = Type.Object({ all: Type.Integer(), carried: Type.Integer(), aside: Type.Integer(), open: Type.Integer() })

/** A paper as a list shows it. `characters` are UTF-16 code units, as every offset is. */
export const Directive = Type.Object({
  id: Id,
  title: Type.String(),
  kind: Word(directiveKinds),
  issuedOn: Day,
  speaker: Maybe(Named),
  state: Word(directiveStates),
  characters: Type.Integer(),
  source: Type.String(),
  recordedAt: Instant,
  recordedBy: Type.String(),
  coverage: Count,
  findings: Count,
  actions: Actions,
})

/** A heading or a stretch of prose, in the order of the text; `depth` 0 is the outermost. */
const Section = Type.Object({
  marker: Maybe(Type.String()),
  level: Type.Integer(),
  depth: Type.Integer(),
  title: Type.String(),
  start: Type.Integer(),
  end: Type.Integer(),
})

const Problem = Type.Object({
  code: Type.String(),
  start: Type.Integer(),
  end: Type.Integer(),
  expected: Type.Optional(Type.String()),
  found: Type.Optional(Type.String()),
})

/** Who answers, as read from the text. */
const Holder = Type.Object({
  text: Type.String(),
  name: Type.String(),
  role: Type.String(),
  refs: Type.Array(Type.Object({ type: Word(['unit', 'post'] as const), id: Id, name: Type.String() })),
})
const Cadence = Type.Object({ text: Type.String(), rrule: Maybe(Type.String()) })
const Due = Type.Object({ text: Type.String(), day: Maybe(Day), span: Maybe(Type.String()) })
const Why = Type.Object({ rule: Type.String(), words: Type.String(), start: Type.Integer(), end: Type.Integer() })

/** A holder as a duty takes it: a post of a unit, whoever holds it, or a person by name. `names` are those who hold it on the day one looks at. */
const Seat = Type.Object({ unit: Named, post: Maybe(Named), person: Maybe(Named), names: Type.Array(Type.String()) })

export const Proposal = Type.Object({
  id: Id,
  type: Word(proposalTypes),
  start: Type.Integer(),
  end: Type.Integer(),
  title: Type.String(),
  text: Type.String(),
  /** Places of the sentences merged into this one. */
  joined: Type.Array(Type.Object({ id: Id, start: Type.Integer(), end: Type.Integer() })),
  holders: Type.Array(Holder),
  /** The holders as posts and persons, ready to accept; a person chose them where `chosen`. */
  seats: Type.Array(Seat),
  chosen: Type.Boolean(),
  /** Words for holders that the office does not know: somebody must be chosen before accepting. */
  unknown: Type.Array(Type.String()),
  kind: DutyKind,
  polarity: Polarity,
  cadence: Maybe(Cadence),
  due: Maybe(Due),
  measure: Maybe(Type.String()),
  why: Type.Array(Why),
  /** How sure the reading is, in percent. */
  confidence: Type.Integer(),
  state: Word(proposalStates),
  reason: Maybe(Type.String()),
  into: Maybe(Id),
  /** The duty or finding it became. */
  made: Maybe(Id),
  /** Who marked the sentence; null where the program read it. */
  markedBy: Maybe(Type.String()),
  decided: Maybe(Type.Object({ who: Type.String(), at: Instant })),
  actions: Actions,
})

const Whole = Type.Object({
  directive: Directive,
  text: Type.String(),
  sections: Type.Array(Section),
  problems: Type.Array(Problem),
  proposals: Type.Array(Proposal),
  /** The day a duty begins when nothing else is said. */
  since: Day,
})
const Decided = Type.Object({ directive: Directive, proposals: Type.Array(Proposal) })

const Assigned = Fields({ unit: Id, post: Maybe(Id), person: Maybe(Id) })
const Holders = Type.Array(Assigned, { maxItems: 200 })
const Rrule = Maybe(Text(1, 200))
const Measure = Maybe(Text(1, 300))
const Paper = { title: Type.Optional(Text(1, 200)), kind: Word(directiveKinds), issuedOn: Day, speakerPost: Type.Optional(Id) }
const Accept = Fields({
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
})
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
    body: Fields(Paper),
    upload: true,
    ok: Directive,
    perMinute: 30,
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
}

export const directiveRefusals: Refusals = {
  'directive.empty': [
    400,
    '没有可读的文字。请粘贴原文，或换一个有正文的文件。',
    'There is no text to read. Paste the text, or choose a file that has some.',
  ],
  'directive.binary': [400, '这不是文本文件。请用 .docx、.txt 或 .md。', 'This is not a text file. Use .docx, .txt or .md.'],
  'directive.not_docx': [
    400,
    '这个文件不是可读的 Word 文档（.docx）。请在 Word 或 WPS 中另存为 .docx。',
    'This is not a readable Word document. Save it as .docx and try again.',
  ],
  'directive.too_large': [413, '文件或正文过大，最多 {max}。', 'The file or its text is too large; at most {max}.'],
  'directive.zip_bomb': [400, '文件解压后异常地大，已拒绝。', 'The file unpacks to far more than it should and was refused.'],
  'directive.speaker': [400, '{day} 没有这个岗位，请另选讲话人。', 'There was no such post on {day}; choose another speaker.'],
  'directive.open_left': [
    409,
    '还有 {open} 句待定，承接或搁置后才能完成。',
    '{open} sentences are still open; accept them or set them aside first.',
  ],
  'proposal.due_past': [400, '期限 {due} 已经过去，请定一个今天或以后的日子。', '{due} has passed; choose today or a later day.'],
  'proposal.holder_missing': [400, '还没有责任人：请选定岗位或人。', 'Nobody holds it yet: choose a post or a person.'],
  'proposal.holder_one': [400, '每个责任人要么是岗位，要么是人。', 'Each holder is a post or a person, one of the two.'],
  'proposal.holder_unknown': [400, '{day} 没有这个机构、岗位或人。', 'There is no such unit, post or person on {day}.'],
  'proposal.owner_missing': [400, '问题要有整改单位、责任人和期限。', 'A finding needs a unit, a person and a due day.'],
  'proposal.into_itself': [400, '不能并入自己。', 'It cannot be merged into itself.'],
  'proposal.into_other': [
    400,
    '只能并入同一份部署中同类的一条。',
    'It can only be merged into one of the same kind in the same directive.',
  ],
  'proposal.into_decided': [409, '要并入的一条已有决定，请另选。', 'The one to merge into has been decided; choose another.'],
  'proposal.joined_decided': [
    409,
    '并入的一条已有决定，不能再取回。',
    'What it was merged into has been decided, so it cannot be taken back.',
  ],
  'proposal.has_joined': [
    409,
    '有 {joined} 条并入其中，请先取回再拆。',
    '{joined} others are merged into it; take them back before splitting.',
  ],
  'proposal.split_at': [400, '请在句子中间选一处拆开，两边都要有字。', 'Choose a place inside the sentence, with words on both sides.'],
  'proposal.range': [400, '请在原文里选中一句话。', 'Select a sentence in the text.'],
  'proposal.overlap': [409, '选中的文字与已读出的“{words}…”重叠。', 'The selection overlaps one that is there already: “{words}…”.'],
}
