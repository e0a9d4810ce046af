import { Type } from 'typebox'
import { asOf, Day, Fields, Id, Maybe, paged, pageOf, route, Text, Word } from '#kernel/contract.ts'
import type { Refusals } from '#kernel/errors.ts'
import { lawKinds, lawLevels } from './reading/types.ts'
import { standings } from './rules.ts'
import { Comparison, Listed, OfDuty, Preview, Read, Regulation, Resolved, Resting } from './shapes.ts'

const Facts = {
  title: Text(1, 200),
  aliases: Type.Array(Text(2, 100), { maxItems: 20 }),
  issuer: Maybe(Text(1, 100)),
  document: Maybe(Text(1, 100)),
  kind: Word(lawKinds),
  level: Word(lawLevels),
  passed: Maybe(Day),
  since: Day,
}
const facts = {
  title: '会议室使用办法',
  aliases: [],
  issuer: null,
  document: null,
  kind: 'own',
  level: 'office',
  passed: null,
  since: '2026-01-01',
}

export const basisRoutes = {
  list: route('GET', '/basis', {
    may: 'basis.read',
    says: ['依据库：每部法规一行，当日有效的版本', 'The library: a line for each law, in the version in force'],
    query: paged({
      kind: Type.Optional(Word(lawKinds)),
      stands: Type.Optional(Word(standings)),
      q: Type.Optional(Text(1, 80)),
    }),
    ok: pageOf(Listed),
  }),
  cite: route('GET', '/basis/cite', {
    may: 'basis.read',
    says: ['文字里引用了哪些条款', 'What a text cites, and where that stands'],
    query: Fields({ ...asOf, text: Text(1, 1000) }),
    ok: Type.Object({ items: Type.Array(Resolved) }),
  }),
  ofDirective: route('GET', '/basis/directives/:id', {
    may: 'basis.read',
    says: ['一份部署引用的条款', 'What a directive cites'],
    query: Fields(asOf),
    ok: Type.Object({ items: Type.Array(Resolved) }),
  }),
  ofDuty: route('GET', '/basis/duties/:id', {
    may: 'basis.read',
    says: ['一项责任的依据：指定的，和文字里引用的', 'What a duty rests on: chosen, and cited in its words'],
    query: Fields(asOf),
    ok: OfDuty,
  }),
  read: route('GET', '/basis/:id', {
    may: 'basis.read',
    says: ['一部法规的一个版本：原文、章条款项', 'One version of a law: its text and articles'],
    query: Fields(asOf),
    ok: Read,
  }),
  resting: route('GET', '/basis/:id/duties', {
    may: 'basis.read',
    says: ['哪些责任以它为依据', 'Which duties rest on it'],
    query: Fields(asOf),
    ok: Resting,
  }),
  compare: route('GET', '/basis/:id/compare', {
    may: 'basis.read',
    says: [
      '与另一版本逐条比较；不指定时与所替代的版本比',
      'Compared with another version, article by article; by default with the one it replaced',
    ],
    query: Fields({ ...asOf, with: Type.Optional(Id) }),
    ok: Comparison,
  }),
  preview: route('POST', '/basis/preview', {
    may: 'basis.keep',
    says: ['先读一读粘贴的法规，不保存', 'Read a pasted law without keeping it'],
    body: Fields({ text: Text(1, 400_000) }),
    ok: Preview,
    example: { text: '会议室使用办法\n第一条 会议室由综合科管理。' },
  }),
  previewFile: route('POST', '/basis/preview/file', {
    may: 'basis.keep',
    says: ['先读一读上传的法规（.docx、.txt、.md），不保存', 'Read an uploaded law (.docx, .txt, .md) without keeping it'],
    body: Fields({}),
    upload: true,
    ok: Preview,
    perMinute: 30,
  }),
  keep: route('POST', '/basis', {
    may: 'basis.keep',
    says: ['收入依据库；或作为已有法规的一个版本', 'Take a law into the library, or a version of one that is there'],
    body: Fields({ ...Facts, text: Text(1, 400_000), source: Type.Optional(Text(1, 260)), versionOf: Maybe(Id) }),
    ok: Regulation,
    example: { ...facts, text: '会议室使用办法\n第一条 会议室由综合科管理。', versionOf: null },
  }),
  correct: route('POST', '/basis/:id/correct', {
    may: 'basis.keep',
    says: ['更正名称、别名、文号、日期', 'Correct its title, other names, number or days'],
    body: Fields(Facts),
    ok: Regulation,
    example: facts,
  }),
  repeal: route('POST', '/basis/:id/repeal', {
    may: 'basis.keep',
    says: ['自某日废止', 'Repealed from a day'],
    body: Fields({ on: Day, reason: Text(2, 500) }),
    ok: Regulation,
    example: { on: '2026-12-31', reason: '由新的规定代替' },
  }),
  restore: route('POST', '/basis/:id/restore', { may: 'basis.keep', says: ['撤销废止', 'Take a repeal back'], ok: Regulation }),
  withdraw: route('POST', '/basis/:id/withdraw', {
    may: 'basis.keep',
    says: ['误收的撤出', 'Withdraw what was taken in by mistake'],
    body: Fields({ reason: Text(2, 500) }),
    ok: Regulation,
    example: { reason: '误收' },
  }),
  tie: route('POST', '/basis/duties/:id', {
    may: 'basis.tie',
    says: ['给一项责任指定依据', 'Give a duty a basis'],
    body: Fields({
      regulation: Id,
      article: Type.Integer({ minimum: 1, maximum: 9999 }),
      sub: Type.Optional(Type.Integer({ minimum: 0, maximum: 99 })),
      paragraph: Type.Optional(Maybe(Type.Integer({ minimum: 1, maximum: 999 }))),
      item: Type.Optional(Maybe(Type.Integer({ minimum: 1, maximum: 999 }))),
    }),
    ok: OfDuty,
    example: { regulation: '00000000-0000-7000-8000-000000000000', article: 1 },
  }),
  untie: route('POST', '/basis/ties/:id/remove', { may: 'basis.tie', says: ['去掉一条依据', 'Take a basis away'], ok: OfDuty }),
}

export const basisRefusals: Refusals = {
  'basis.empty': [
    400,
    '没有可读的文字。请粘贴原文，或换一个有正文的文件。',
    'There is no text to read. Paste the text, or choose a file that has some.',
  ],
  'basis.binary': [400, '这不是文本文件。请用 .docx、.txt 或 .md。', 'This is not a text file. Use .docx, .txt or .md.'],
  'basis.not_docx': [
    400,
    '这个文件不是可读的 Word 文档（.docx）。请在 Word 或 WPS 中另存为 .docx。',
    'This is not a readable Word document. Save it as .docx and try again.',
  ],
  'basis.too_large': [413, '文件或正文过大，最多 {max}。', 'The file or its text is too large; at most {max}.'],
  'basis.zip_bomb': [400, '文件解压后异常地大，已拒绝。', 'The file unpacks to far more than it should and was refused.'],
  'basis.same': [
    409,
    '这份原文已经收过：《{title}》，自 {since} 起施行。',
    'This very text is here already: “{title}”, in force from {since}.',
  ],
  'basis.same_since': [
    409,
    '《{title}》已有自 {since} 起施行的版本。请核对施行日期。',
    '“{title}” already has a version in force from {since}. Check the day.',
  ],
  'basis.absent_law': [
    400,
    '要续接的法规不在依据库里，请另选。',
    'The law this is to be a version of is not in the library; choose again.',
  ],
  'basis.passed_after': [
    400,
    '通过日期 {passed} 晚于施行日期 {since}。',
    'It was passed on {passed}, after it came into force on {since}.',
  ],
  'basis.replaced': [
    409,
    '《{title}》的这一版已被新版替代，不需要再废止。',
    'This version of “{title}” has been replaced already; there is nothing to repeal.',
  ],
  'basis.repealed_before': [400, '废止日期应在施行日期 {since} 之后。', 'It can only be repealed after it came into force on {since}.'],
  'basis.rested_on': [
    409,
    '有 {count} 项责任以它为依据（如“{title}”），请先改换这些依据。',
    '{count} duties rest on it (such as “{title}”); give them another basis first.',
  ],
  'basis.no_other': [404, '没有可以比较的另一版本。', 'There is no other version to compare with.'],
  'basis.absent_place': [400, '《{title}》里没有{place}。', 'There is no {place} in “{title}”.'],
  'basis.absent_regulation': [400, '依据库里没有这部法规。', 'This law is not in the library.'],
  'basis.tied_already': [409, '这一条已经是它的依据。', 'It rests on this already.'],
}
