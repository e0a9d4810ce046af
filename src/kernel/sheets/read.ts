import type { Cell, CellValue, Sheet as RawSheet } from 'hucre/xlsx'
import { Refusal } from '../errors.ts'
import { decodeText } from '../text.ts'
import { isZip, zipEntries } from '../zip.ts'
import { caps } from './caps.ts'
import { cutMark, slimmed } from './slim.ts'
import { type Area, address, type Book, type CellNote, type Row, type Sheet } from './types.ts'

const mb = 1024 * 1024
const file = [{ at: '/file' }]

/** Reads a spreadsheet in this thread; `readSheets` is the door. Throws the refusals of `sheetRefusals`. */
export async function readHere(bytes: Uint8Array): Promise<Book> {
  if (bytes.length === 0) throw new Refusal('sheet.empty', {}, file)
  if (bytes.length > caps.file) throw new Refusal('sheet.too_large', { max: caps.file / mb }, file)
  const book = isZip(bytes) ? await workbook(bytes) : await csv(bytes)
  if (book.sheets.every((sheet) => sheet.rows.length === 0)) throw new Refusal('sheet.empty', {}, file)
  return book
}

async function csv(bytes: Uint8Array): Promise<Book> {
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf && bytes[2] === 0x11 && bytes[3] === 0xe0) throw new Refusal('sheet.old', {}, file)
  const decoded = decodeText(bytes)
  if (!decoded || /^\s*<(?:!doctype|html|\?xml|table)|^%PDF|^\{\\rtf/i.test(decoded.text)) throw new Refusal('sheet.not_sheet', {}, file)
  const { parseCsv } = await import('hucre/csv')
  return { format: 'csv', encoding: decoded.encoding, macros: false, sheets: [gridOf({ name: 'CSV', rows: parseCsv(decoded.text) })] }
}

async function workbook(bytes: Uint8Array): Promise<Book> {
  const entries = zipEntries(bytes, caps)
  if (entries === 'bomb') throw new Refusal('sheet.bomb', { max: caps.unpacked / mb }, file)
  if (entries === null) throw new Refusal('sheet.broken', {}, file)
  const slim = slimmed(bytes, entries)
  const { readXlsx } = await import('hucre/xlsx')
  const book = await readXlsx(slim.bytes).catch(() => {
    throw new Refusal('sheet.broken', {}, file)
  })
  return { format: 'xlsx', encoding: null, macros: slim.macros, sheets: book.sheets.map(gridOf) }
}

function gridOf(raw: RawSheet): Sheet {
  const notes = new Map<string, CellNote>()
  const rows: Row[] = []
  let width = 0
  raw.rows.forEach((values, i) => {
    const cells = values.map((value, column) => {
      const { text, note } = readCell(value)
      if (note) notes.set(address(i + 1, column), note)
      return text
    })
    const last = cells.findLastIndex((text) => text !== '')
    if (last < 0) return
    width = Math.max(width, last + 1)
    rows.push({ number: i + 1, cells })
  })
  const over = { sheet: raw.name, max: rows.length > caps.rows ? caps.rows : caps.columns, row: rows.at(-1)?.number ?? 0 }
  if (rows.length > caps.rows) throw new Refusal('sheet.too_many_rows', over, file)
  if (width > caps.columns) throw new Refusal('sheet.too_wide', over, file)
  if (rows.length * width > caps.cells) throw new Refusal('sheet.too_many_cells', { max: caps.cells }, file)
  for (const row of rows) row.cells = Array.from({ length: width }, (_, column) => row.cells[column] ?? '')
  const merges = (raw.merges ?? []).map((m) => ({ top: m.startRow + 1, left: m.startCol, bottom: m.endRow + 1, right: m.endCol }))
  fillMerged(rows, merges, width)
  for (const [key, cell] of raw.cells ?? []) {
    const note = noteOf(cell)
    const [row = 0, column = 0] = key.split(',').map(Number)
    if (note) notes.set(address(row + 1, column), note)
  }
  const hidden = (defs: Iterable<[number, { hidden?: boolean }]>) => [...defs].flatMap(([i, def]) => (def.hidden ? [i] : []))
  return {
    name: raw.name,
    hidden: raw.hidden === true || raw.veryHidden === true,
    rows,
    width,
    merges,
    hiddenRows: hidden(raw.rowDefs ?? []).map((i) => i + 1),
    hiddenColumns: hidden((raw.columns ?? []).entries()).filter((column) => column < width),
    notes,
  }
}

/** Every cell of a merged area says what its first cell says. Areas are cut to what is there, so that a hostile one costs nothing. */
function fillMerged(rows: readonly Row[], merges: readonly Area[], width: number): void {
  const at = new Map(rows.map((row, i) => [row.number, i]))
  let filled = 0
  for (const area of merges) {
    const first = at.get(area.top)
    const text = first === undefined ? '' : (rows[first]?.cells[area.left] ?? '')
    if (first === undefined || text === '') continue
    for (let i = first; i < rows.length; i++) {
      const row = rows[i]
      if (!row || row.number > area.bottom) break
      for (let column = area.left; column <= Math.min(area.right, width - 1); column++) row.cells[column] = text
      filled += Math.min(area.right, width - 1) - area.left + 1
      if (filled > caps.cells) throw new Refusal('sheet.too_many_cells', { max: caps.cells }, file)
    }
  }
}

/** A value as the text people see: days as 2024-03-05, numbers without noise in their last digits. */
function readCell(value: CellValue): { text: string; note?: CellNote } {
  if (value === null) return { text: '' }
  if (typeof value === 'boolean') return { text: value ? 'TRUE' : 'FALSE' }
  if (value instanceof Date) return { text: dayText(value) }
  if (typeof value === 'number') {
    const text = String(Number.isInteger(value) ? value : Number(value.toPrecision(15)))
    return Math.abs(value) >= 1e15 ? { text, note: 'rounded' } : { text }
  }
  const text = value.replace(/\r\n?/g, '\n').replace(/\0/g, '').toWellFormed().trim()
  return text.endsWith(cutMark) ? { text: text.slice(0, -1), note: 'cut' } : { text }
}

function dayText(date: Date): string {
  if (Number.isNaN(date.getTime())) return ''
  const iso = date.toISOString()
  const time = iso.slice(11, 16)
  if (date.getUTCFullYear() < 1900) return time
  return time === '00:00' ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${time}`
}

const noteOf = (cell: Cell): CellNote | null =>
  cell.type === 'error' ? 'error' : cell.formula === undefined ? null : cell.value === null || cell.value === '' ? 'uncomputed' : 'formula'
