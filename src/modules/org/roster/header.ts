import type { ImportColumn, ImportProblem } from '#kernel/imports.ts'
import { address, type Row, type Sheet } from '#kernel/sheets/types.ts'
import { fieldOf, isField } from './fields.ts'

/** Where the heading of a roster stands, below whatever title, and what each column is. */
export type Header = { rows: Row[]; columns: ImportColumn[]; problems: ImportProblem[] }

/** As far down as a heading is looked for, and as many rows as one may have. */
const within = 40
const atMost = 3

const filled = (row: Row) => row.cells.filter((text) => text !== '')
const known = (row: Row) => new Set(filled(row).filter((text) => fieldOf(text) !== undefined))

/** The first row with 姓名 and another heading, with the rows of the same heading around it; null when there is none. */
export function findHeader(sheet: Sheet): Header | null {
  const at = sheet.rows.slice(0, within).findIndex((row) => row.cells.some((text) => fieldOf(text) === 'name') && known(row).size >= 2)
  const first = sheet.rows[at]
  if (!first) return null
  const name = first.cells.findIndex((text) => fieldOf(text) === 'name')
  const rows = [first]
  const above = sheet.rows[at - 1]
  if (above && above.number === first.number - 1 && groups(above, name)) rows.unshift(above)
  for (const next of sheet.rows.slice(at + 1, at + atMost)) {
    const under = next.cells[name] ?? ''
    if ((under !== '' && fieldOf(under) !== 'name') || known(next).size === 0 || known(next).size * 2 < new Set(filled(next)).size) break
    rows.push(next)
  }
  return headerOf(sheet, rows)
}

/** A row of group headings (基本情况, 任职情况) above the headings proper: several texts, nothing of a title or of the data. */
const groups = (row: Row, name: number): boolean => {
  const texts = new Set(filled(row))
  return texts.size >= 2 && [...texts].every((text) => text.length <= 12 && !/[:：]/.test(text)) && (row.cells[name] ?? '') !== ''
}

/** The columns below these rows of headings: the lowest heading that says something decides. A field stands for one column; a second one is pointed out. */
export function headerOf(sheet: Sheet, rows: Row[]): Header {
  const problems: ImportProblem[] = []
  const taken = new Map<string, string>()
  const last = rows.at(-1)
  const columns = Array.from({ length: sheet.width }, (_, column): ImportColumn => {
    const texts = [...new Set(rows.map((row) => row.cells[column] ?? '').filter((text) => text !== ''))]
    const header = texts.map((text) => text.replace(/\s+/g, '')).join('/')
    const field = texts.map(fieldOf).findLast((one) => one !== undefined) ?? null
    const before = field === null ? undefined : taken.get(field)
    if (field === null || before === undefined) {
      if (field !== null) taken.set(field, header)
      return { column, header, field }
    }
    problems.push({
      cell: address(last?.number ?? 1, column),
      code: 'roster.column_twice',
      level: 'warning',
      params: { header, first: before },
    })
    return { column, header, field: null }
  })
  return { rows, columns, problems }
}

/** The columns as a person corrected them. */
export const chosenColumns = (sheet: Sheet, rows: Row[], chosen: readonly { column: number; field: string | null }[]): Header => {
  const picked = new Map(chosen.map(({ column, field }) => [column, isField(field) ? field : null]))
  const { columns } = headerOf(sheet, rows)
  return { rows, problems: [], columns: columns.map((one) => ({ ...one, field: picked.get(one.column) ?? null })) }
}
