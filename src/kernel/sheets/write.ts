import type { Cell, CellStyle, CellValue, WriteSheet } from 'hucre/xlsx'
import type { Area } from './types.ts'

/** A sheet to be written, cell by cell. Areas as in `readSheets`: rows from 1, columns from 0. */
export type Page = {
  name: string
  rows: readonly (readonly (string | number | null)[])[]
  merges?: readonly Area[]
  /** In characters of a Latin letter; a Chinese one takes two. */
  widths?: readonly number[]
  hidden?: boolean
  /** Which of the looks below a cell has; `cell` unless told, null for none at all. */
  look?: (row: number, column: number) => keyof typeof looks | null
  /** The last row of the header, repeated on every printed page. */
  headerRow?: number
  landscape?: boolean
}

const thin = { style: 'thin', color: { rgb: '000000' } } as const
const border = { top: thin, right: thin, bottom: thin, left: thin }
const middle = { vertical: 'center', wrapText: true } as const
/** Printed tables of an office: a title without lines, a bold header, lines around every cell. */
const looks = {
  title: { font: { name: '宋体', size: 18, bold: true }, alignment: { ...middle, horizontal: 'center' } },
  note: { font: { name: '宋体', size: 11 }, alignment: { vertical: 'center', horizontal: 'left' } },
  header: { font: { name: '宋体', size: 11, bold: true }, alignment: { ...middle, horizontal: 'center' }, border },
  cell: { font: { name: '宋体', size: 11 }, alignment: { ...middle, horizontal: 'left' }, border },
  centred: { font: { name: '宋体', size: 11 }, alignment: { ...middle, horizontal: 'center' }, border },
} satisfies Record<string, CellStyle>

/** An .xlsx of these pages. Texts that begin with = stay texts. */
export async function writeSheets(pages: readonly Page[]): Promise<Uint8Array> {
  const { writeXlsx } = await import('hucre/xlsx')
  return writeXlsx({ sheets: pages.map(sheetOf), defaultFont: { name: '宋体', size: 11 } })
}

function sheetOf(page: Page): WriteSheet {
  const width = Math.max(0, ...page.rows.map((row) => row.length))
  const cells = new Map<string, Partial<Cell>>()
  const rows = page.rows.map((row, i) =>
    Array.from({ length: width }, (_, column): CellValue => {
      const value = row[column] ?? null
      const look = page.look ? page.look(i + 1, column) : 'cell'
      if (look) cells.set(`${i},${column}`, { value, type: typeof value === 'number' ? 'number' : 'string', style: looks[look] })
      return value
    }),
  )
  return {
    name: sheetName(page.name),
    rows,
    cells,
    merges: (page.merges ?? []).map((m) => ({ startRow: m.top - 1, startCol: m.left, endRow: m.bottom - 1, endCol: m.right })),
    ...(page.widths ? { columns: page.widths.map((w) => ({ width: w })) } : {}),
    ...(page.hidden ? { hidden: true } : {}),
    ...(page.headerRow ? { freezePane: { rows: page.headerRow } } : {}),
    pageSetup: {
      paperSize: 'a4',
      orientation: page.landscape ? 'landscape' : 'portrait',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      horizontalCentered: true,
      ...(page.headerRow ? { printTitlesRow: `$1:$${page.headerRow}` } : {}),
    },
  }
}

/** What a spreadsheet program takes as the name of a sheet: 31 characters, none of : \ / ? * [ ]. */
const sheetName = (name: string): string =>
  Array.from(name.replace(/[:\\/?*[\]]/g, ' ').trim())
    .slice(0, 31)
    .join('') || 'Sheet1'

export type Column = {
  header: string
  /** The heading above this and its neighbours of the same group: the header then has two rows. */
  group?: string
  width?: number
  centred?: boolean
  /** Equal values below one another become one merged cell, as with the unit of several people. */
  merged?: boolean
}
export type Table = {
  name: string
  title?: string
  /** One line between title and header: the office, the day. */
  note?: string
  columns: readonly Column[]
  rows: readonly (readonly (string | number | null)[])[]
  landscape?: boolean
}

/** A table as people print it: title, note, header of one or two rows, merged cells, lines, widths by what stands in them. */
export function tablePage(table: Table): Page {
  const { columns } = table
  const last = Math.max(0, columns.length - 1)
  const above = [table.title, table.note].filter((line) => line !== undefined)
  const grouped = columns.some((column) => column.group)
  const heads = grouped
    ? [columns.map((column) => column.group ?? column.header), columns.map((column) => column.header)]
    : [columns.map((column) => column.header)]
  const headerRow = above.length + heads.length
  const merges: Area[] = above.map((_, i) => ({ top: i + 1, bottom: i + 1, left: 0, right: last }))
  if (grouped) merges.push(...headMerges(columns, above.length + 1))
  columns.forEach((column, i) => {
    if (column.merged) merges.push(...runsOf(table.rows, i, headerRow))
  })
  return {
    name: table.name,
    rows: [...above.map((line) => [line]), ...heads, ...table.rows].map((row) => columns.map((_, i) => row[i] ?? null)),
    merges: merges.filter((m) => m.top < m.bottom || m.left < m.right),
    widths: columns.map((column, i) => column.width ?? widthOf([column.header, ...table.rows.map((row) => row[i] ?? '')])),
    headerRow,
    landscape: table.landscape ?? false,
    look: (row, column) => {
      if (row <= above.length) return row === 1 && table.title !== undefined ? 'title' : 'note'
      return row <= headerRow ? 'header' : columns[column]?.centred ? 'centred' : 'cell'
    },
  }
}

function headMerges(columns: readonly Column[], top: number): Area[] {
  const merges: Area[] = []
  columns.forEach((column, i) => {
    const before = merges.at(-1)
    if (!column.group) merges.push({ top, bottom: top + 1, left: i, right: i })
    else if (before && columns[i - 1]?.group === column.group) before.right = i
    else merges.push({ top, bottom: top, left: i, right: i })
  })
  return merges
}

function runsOf(rows: Table['rows'], column: number, headerRow: number): Area[] {
  const runs: Area[] = []
  rows.forEach((row, i) => {
    const run = runs.at(-1)
    const value = row[column] ?? null
    if (run && i > 0 && value !== null && value === (rows[i - 1]?.[column] ?? null)) run.bottom++
    else runs.push({ top: headerRow + i + 1, bottom: headerRow + i + 1, left: column, right: column })
  })
  return runs
}

/** Between 6 and 40 characters, by the longest line; a Chinese letter is two wide. */
const widthOf = (values: readonly (string | number)[]): number =>
  Math.min(40, Math.max(6, ...values.slice(0, 500).map((value) => [...String(value)].reduce((n, c) => n + (c > '\u2000' ? 2 : 1), 2))))
