/** Spreadsheets in and out: the one door over the library, which is young. */
import { isZip, zipEntries } from '../zip.ts'
import { caps } from './caps.ts'
import type { Book } from './types.ts'

export { sheetRefusals } from './refusals.ts'
export { type Area, address, areaOf, type Book, type CellNote, letters, type Row, type Sheet } from './types.ts'
export { type Column, type Page, type Table, tablePage, writeSheets } from './write.ts'

/**
 * The sheets of an .xlsx or .csv (UTF-8, UTF-16 or GB18030, told by their bytes and never by their name), as grids of texts: merged cells filled
 * in, days as 2024-03-05, formulas by their last value. A large file is read in a thread of its own, for at most `seconds`. Throws a `Refusal` of
 * `sheetRefusals` at `/file`.
 */
export async function readSheets(bytes: Uint8Array, seconds: number = caps.seconds): Promise<Book> {
  if (bytes.length <= caps.file && isLarge(bytes)) return (await import('./apart.ts')).readApart(bytes, seconds)
  const { readHere } = await import('./read.ts')
  return readHere(bytes)
}

function isLarge(bytes: Uint8Array): boolean {
  if (bytes.length > caps.apart.file) return true
  const entries = isZip(bytes) ? zipEntries(bytes, caps) : null
  return Array.isArray(entries) && entries.reduce((sum, { size }) => sum + size, 0) > caps.apart.unpacked
}
