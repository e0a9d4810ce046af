/** What a spreadsheet is to us: texts in a grid. Browser-safe. */

/** What a text alone does not tell of its cell. */
export type CellNote =
  /** The value that the program last computed for a formula. */
  | 'formula'
  /** A formula that was never computed: the text is empty. */
  | 'uncomputed'
  /** `#REF!`, `#N/A` …: the text is that word. */
  | 'error'
  /** A number of more digits than a spreadsheet keeps (an 18-digit number typed as a number): its end is lost. */
  | 'rounded'
  /** A number such as 1975.1 in a cell that shows no fixed decimals: a zero at its end may have been dropped (1975.10). */
  | 'cut'

/** A merged area; rows as they are numbered in the sheet (from 1), columns from 0, all inclusive. */
export type Area = { top: number; left: number; bottom: number; right: number }
/** One row that has something written in it: its number in the sheet (from 1) and the texts of its cells from column A on, '' where empty. */
export type Row = { number: number; cells: string[] }

export type Sheet = {
  name: string
  hidden: boolean
  /** Rows with a text of their own, in order. Cells within a merged area carry the text of its first cell. */
  rows: Row[]
  /** How many columns are used. */
  width: number
  merges: Area[]
  /** Rows and columns that the program hides from view (columns from 0). */
  hiddenRows: number[]
  hiddenColumns: number[]
  /** By address. */
  notes: ReadonlyMap<string, CellNote>
}

export type Book = {
  format: 'xlsx' | 'csv'
  /** Of a .csv: `utf-8`, `gb18030`, `utf-16le` … */
  encoding: string | null
  /** It carries macros (.xlsm), which are never run nor read. */
  macros: boolean
  sheets: Sheet[]
}

/** Letters of a column counted from 0: A, B … Z, AA. */
export function letters(column: number): string {
  let name = ''
  for (let left = column + 1; left > 0; left = Math.floor((left - 1) / 26)) name = String.fromCharCode(65 + ((left - 1) % 26)) + name
  return name
}

/** A cell as people name it: row 7 (from 1), column 1 (from 0) is `B7`. */
export const address = (row: number, column: number): string => letters(column) + row

/** The merged area a cell lies in, when there is one. */
export const areaOf = (sheet: Pick<Sheet, 'merges'>, row: number, column: number): Area | undefined =>
  sheet.merges.find((m) => row >= m.top && row <= m.bottom && column >= m.left && column <= m.right)
