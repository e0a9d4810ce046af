import { Type } from 'typebox'
import { Actions, asOf, Day, Fields, Id, Instant, Maybe, paged, pageOf, route, Text, Word } from '#kernel/contract.ts'
import type { Refusals } from '#kernel/errors.ts'
import { importChanges, importStates } from './rules.ts'

const Count = Type.Integer({ minimum: 0 })
const Named = Type.Object({ id: Id, name: Type.String() })
const Counts = Type.Object({ rows: Count, new: Count, changed: Count, unchanged: Count, errors: Count, warnings: Count })
const Texts = Type.Record(Type.String(), Type.String())

const brief = {
  id: Id,
  kind: Type.String(),
  fileName: Type.String(),
  state: Word(importStates),
  counts: Counts,
  by: Maybe(Named),
  at: Instant,
  movedBy: Maybe(Named),
  movedAt: Maybe(Instant),
  actions: Actions,
}
export const ImportBrief = Type.Object(brief)

/** A column of the sheet: what it was taken for (null: not taken in), and the first texts in it. */
const Column = Type.Object({
  column: Count,
  letter: Type.String(),
  header: Type.String(),
  field: Maybe(Type.String()),
  samples: Type.Array(Type.String()),
})
/** Something wrong at a cell. `level` error: nothing is written while it stands. */
const Problem = Type.Object({ cell: Type.String(), code: Type.String(), level: Word(['error', 'warning']), message: Type.String() })

export const Import = Type.Object({
  ...brief,
  fileSize: Count,
  format: Word(['xlsx', 'csv']),
  encoding: Maybe(Type.String()),
  sheet: Type.String(),
  sheets: Type.Array(Type.Object({ name: Type.String(), hidden: Type.Boolean(), rows: Count })),
  headerRows: Type.Array(Count),
  columns: Type.Array(Column),
  fields: Type.Array(Type.Object({ key: Type.String(), label: Type.String(), needed: Type.Boolean() })),
  /** The day from which holds what names no day. */
  since: Day,
  makes: Type.Array(Type.Object({ noun: Type.String(), count: Count, names: Type.Array(Type.String()) })),
  /** At most a thousand, errors first. */
  problems: Type.Array(Problem),
  /** Other batches of the same file, newest first. */
  sameFile: Type.Array(Type.Object({ id: Id, state: Word(importStates), at: Instant, by: Maybe(Named) })),
})
/** A row of the sheet: what was understood (field → text), and what stood there where it differs. */
export const ImportRow = Type.Object({
  row: Count,
  change: Word(importChanges),
  name: Type.String(),
  read: Texts,
  before: Texts,
})

const Kind = Type.String({ pattern: '^[a-z][a-z_]{1,39}$' })
const reads = { may: 'import.read' } as const
const makes = { may: 'import.make' } as const
const examples = { kind: 'roster' }

export const importRoutes = {
  list: route('GET', '/imports', {
    ...reads,
    says: ['导入过的表', 'Tables imported'],
    query: paged({ kind: Kind }),
    ok: pageOf(ImportBrief),
  }),
  read: route('GET', '/imports/:id', {
    ...reads,
    says: ['一次导入：怎样读的，有什么问题', 'One import: how it was read and what is wrong'],
    query: Fields(asOf),
    ok: Import,
  }),
  rows: route('GET', '/imports/:id/rows', {
    ...reads,
    says: ['一次导入的各行：新增、变动、未变', 'The rows of an import: new, changed, unchanged'],
    query: paged({ change: Type.Optional(Word(importChanges)), q: Type.Optional(Text(1, 60)) }),
    ok: pageOf(ImportRow),
  }),
  add: route('POST', '/imports', {
    ...makes,
    says: ['上传表格，先看不写', 'Upload a table: a preview, nothing is written'],
    upload: true,
    body: Fields({ kind: Kind, since: Type.Optional(Day) }),
    ok: Import,
    example: examples,
    perMinute: 30,
  }),
  choose: route('POST', '/imports/:id/choose', {
    ...makes,
    says: ['改正工作表、表头、列和起算日，重新预览', 'Correct sheet, headings, columns and day, and preview again'],
    body: Fields({
      sheet: Type.Optional(Text(1, 200)),
      headerRows: Type.Optional(Type.Array(Type.Integer({ minimum: 1, maximum: 1_048_576 }), { maxItems: 5, uniqueItems: true })),
      columns: Type.Optional(
        Type.Array(Fields({ column: Type.Integer({ minimum: 0, maximum: 16_383 }), field: Maybe(Text(1, 40)) }), { maxItems: 702 }),
      ),
      since: Type.Optional(Day),
    }),
    ok: Import,
    example: { since: '2026-01-01' },
    perMinute: 60,
  }),
  commit: route('POST', '/imports/:id/commit', {
    ...makes,
    says: ['导入：全部写入，或一个不写', 'Import: all of it or nothing'],
    ok: Import,
    perMinute: 30,
  }),
  undo: route('POST', '/imports/:id/undo', {
    ...makes,
    says: ['撤销导入；已被用上的，说明是什么', 'Take an import back, or say what stands in the way'],
    ok: Import,
  }),
  discard: route('POST', '/imports/:id/discard', { ...makes, says: ['不导入了，丢弃预览', 'Throw a preview away'], ok: ImportBrief }),
}

export const importRefusals: Refusals = {
  'import.kind': [400, '不能导入这种表（{kind}）。', 'Tables of this kind ({kind}) cannot be imported.'],
  'import.no_file': [400, '请选一个文件。', 'Choose a file.'],
  'import.sheet': [400, '文件里没有工作表“{sheet}”。', 'There is no sheet “{sheet}” in the file.'],
  'import.field': [400, '没有“{field}”这一项。', 'There is no such field as “{field}”.'],
  'import.field_twice': [400, '“{field}”选了两列，只能选一列。', '“{field}” was chosen for two columns; choose one.'],
  'import.needed': [400, '还没有指定哪一列是“{field}”。', 'Choose the column that is “{field}”.'],
  'import.problems': [
    409,
    '还有 {count} 处错误，没有导入。请改好文件重新上传，或改正列的对应。',
    '{count} errors remain and nothing was imported. Mend the file and upload it again, or correct the columns.',
  ],
  'import.nothing': [409, '与系统里的一样，没有要导入的。', 'It says what is there already: there is nothing to import.'],
  'import.stale': [
    409,
    '预览之后，机构或人员有了变动，没有导入。请重新预览，再看一遍。',
    'The office has changed since the preview and nothing was imported. Preview again and look once more.',
  ],
  'import.built_on': [
    409,
    '不能撤销：有 {count} 处已在它上面办了别的事（{what}）。请先处理这些。',
    'It cannot be taken back: {count} things rest on it by now ({what}). Deal with these first.',
  ],
}
