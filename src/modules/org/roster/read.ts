import type { ImportChoice, ImportProblem } from '#kernel/imports.ts'
import { address, areaOf, type Book, type Row, type Sheet } from '#kernel/sheets/types.ts'
import { persons } from './gather.ts'
import { chosenColumns, findHeader, type Header, headerOf } from './header.ts'
import { type DataRow, rowReader } from './row.ts'
import type { Roster } from './types.ts'
import { unitsOf } from './units.ts'

/**
 * Reads a roster (花名册) as offices keep them: below title rows, with headings of one to three rows, merged cells, totals and section rows. Pure:
 * needs neither a server nor an office. Every text in a row of data is taken in, stands in a column declared unused, or is a problem.
 */
export function readRoster(book: Book, choice: ImportChoice | null = null): Roster {
  const found = choice ? chosen(book, choice) : guessed(book)
  const nothing = { headerRows: [], columns: [], rows: 0, skipped: [], units: [], persons: [], used: [] }
  if (!found) {
    const first = book.sheets.find((sheet) => !sheet.hidden && sheet.rows.length > 0) ?? book.sheets[0]
    const cell = address(first?.rows[0]?.number ?? 1, 0)
    return { sheet: first?.name ?? '', ...nothing, problems: [{ cell, code: 'roster.no_header', level: 'error', params: {} }] }
  }
  const { sheet, header } = found
  const problems = [...aboutBook(book, sheet, header), ...header.problems]
  const needed = header.columns.some(({ field }) => field === 'name')
  if (!needed)
    problems.push({ cell: address(header.rows.at(-1)?.number ?? 1, 0), code: 'roster.no_name_column', level: 'error', params: {} })
  const from = header.rows.at(-1)?.number ?? 0
  const { data, skipped } = sorted(sheet, header, needed ? sheet.rows.filter((row) => row.number > from) : [])
  const readRow = rowReader(sheet, header)
  const reads = data.map(({ row, section }, i) => readRow(row, section, data[i - 1]?.row ?? null))
  carryUnits(reads)
  for (const one of reads) problems.push(...one.problems)
  const tree = unitsOf(reads.flatMap((one) => one.said))
  problems.push(...tree.problems)
  const gathered = persons(reads, tree)
  problems.push(...gathered.problems)
  const order = new Map(sheet.rows.map((row, i) => [row.number, i]))
  const rowOf = (cell: string) => order.get(Number(/\d+$/.exec(cell)?.[0])) ?? -1
  return {
    sheet: sheet.name,
    headerRows: header.rows.map((row) => row.number),
    columns: header.columns,
    rows: data.length,
    skipped,
    units: tree.units,
    persons: gathered.persons,
    problems: problems.sort((a, b) => rowOf(a.cell) - rowOf(b.cell)),
    used: reads.flatMap((one) => [...one.used]),
  }
}

type Found = { sheet: Sheet; header: Header }

function guessed(book: Book): Found | null {
  for (const sheet of [...book.sheets].sort((a, b) => Number(a.hidden) - Number(b.hidden))) {
    const header = findHeader(sheet)
    if (header) return { sheet, header }
  }
  return null
}

function chosen(book: Book, choice: ImportChoice): Found | null {
  const sheet = book.sheets.find(({ name }) => name === choice.sheet)
  if (!sheet) return null
  const rows = sheet.rows.filter((row) => choice.headerRows.includes(row.number))
  if (choice.columns.length > 0) return { sheet, header: chosenColumns(sheet, rows, choice.columns) }
  const header = rows.length > 0 ? headerOf(sheet, rows) : findHeader(sheet)
  return header && { sheet, header }
}

/** What the file carries beside the sheet that is read. */
function aboutBook(book: Book, sheet: Sheet, header: Header): ImportProblem[] {
  const warn = (cell: string, code: string, params: ImportProblem['params'] = {}): ImportProblem => ({
    cell,
    code,
    level: 'warning',
    params,
  })
  const others = book.sheets.filter((other) => other !== sheet && other.rows.length > 0)
  const used = new Set(header.columns.flatMap(({ column, field }) => (field ? [column] : [])))
  const hiddenRows = sheet.hiddenRows.filter((number) => number > (header.rows.at(-1)?.number ?? 0))
  const hiddenColumns = sheet.hiddenColumns.filter((column) => used.has(column))
  const formulas = [...sheet.notes].filter(([, note]) => note === 'formula')
  return [
    ...(book.macros ? [warn('A1', 'roster.macros')] : []),
    ...(sheet.hidden ? [warn('A1', 'roster.this_hidden', { sheet: sheet.name })] : []),
    ...others.map((other) =>
      warn(`${other.name}!A1`, other.hidden ? 'roster.hidden_sheet' : 'roster.other_sheet', { sheet: other.name, rows: other.rows.length }),
    ),
    ...(hiddenRows[0] === undefined ? [] : [warn(address(hiddenRows[0], 0), 'roster.hidden_rows', { count: hiddenRows.length })]),
    ...(hiddenColumns[0] === undefined
      ? []
      : [warn(address(header.rows[0]?.number ?? 1, hiddenColumns[0]), 'roster.hidden_columns', { count: hiddenColumns.length })]),
    ...(formulas[0] ? [warn(formulas[0][0], 'roster.formulas', { count: formulas.length })] : []),
  ]
}

const total = /^(?:合计|总计|小计|共计|总人数|累计|合共)|^共\d+人/
const note = /^(?:注|说明|备注|制表|填表|填报|审核|审批|单位负责人|负责人|联系人|日期|截至|打印)(?:人|日期|单位|时间|签字|签名)*[:：]/
const bare = (text: string) => (/^[\p{Script=Han}A-Za-z0-9.-]+$/u.test(text) ? text : text.normalize('NFKC').replace(/\s+/g, ''))

/** Rows of data, each with the section (一、办领导) it stands below; totals, repeated headings, sections and notes are passed over. */
function sorted(sheet: Sheet, header: Header, rows: readonly Row[]) {
  const skipped: Roster['skipped'] = []
  const data: { row: Row; section: string | null }[] = []
  const name = header.columns.findIndex(({ field }) => field === 'name')
  const heading = new Set(header.rows.flatMap((row) => row.cells.map(bare)).filter((text) => text !== ''))
  let section: string | null = null
  for (const row of rows) {
    const why = kindOf(sheet, row, name, heading)
    if (why === null) data.push({ row, section })
    else skipped.push({ row: row.number, why })
    if (why === 'section') section = sectionOf(row)
  }
  return { data, skipped }
}

function kindOf(sheet: Sheet, row: Row, name: number, heading: ReadonlySet<string>): Roster['skipped'][number]['why'] | null {
  const texts = row.cells.filter((text) => text !== '').map(bare)
  const distinct = new Set(texts)
  const [first = ''] = texts
  const own = bare(row.cells[name] ?? '')
  if (total.test(first) || total.test(own)) return 'total'
  if (own !== '' && heading.has(own) && [...distinct].every((text) => heading.has(text))) return 'header'
  if (distinct.size > 1 && !(note.test(first) && own === '')) return null
  const area = areaOf(sheet, row.number, name)
  const across = own === '' || (area !== undefined && area.right > area.left)
  if (!across) return null
  return note.test(first) || first.length > 30 ? 'note' : 'section'
}

const sectionOf = (row: Row): string | null => {
  const text = bare(row.cells.find((cell) => cell !== '') ?? '')
    .replace(/^\(?[一二三四五六七八九十\d]+[)、.,]+/, '')
    .replace(/[(:]?(?:共|计|编制|实有)?\d+[人名个].*$|[:(]$/, '')
  return text === '' ? null : text
}

/** An empty unit means as above: both columns empty, or the only one there is. A section begins anew. */
function carryUnits(reads: DataRow[]): void {
  reads.forEach((one, i) => {
    const above = reads[i - 1]
    if (one.path.length === 0 && above && above.section === one.section && above.path.length > 0) {
      one.path = above.path
      one.said.push({ path: above.path, parent: null, cell: one.unitCell })
    }
    if (one.path.length === 0)
      one.problems.push({ cell: one.unitCell, code: 'roster.unit_missing', level: 'error', params: { name: one.name } })
  })
}
