import type { Db, Tx } from './db.ts'
import type { Params, Refusals } from './errors.ts'
import type { Ctx } from './scope.ts'
import type { Book } from './sheets/types.ts'

/** Tables that come in from files: what every kind of import (a roster, a duty list …) shares. The module `imports` keeps the batches. */

/** What a column may be. `needed`: without it nothing can be read. Words: zh-CN, en. */
export type ImportField = { key: string; words: readonly [zh: string, en: string]; needed?: boolean }
/** A column of the sheet, counted from 0, and what it was taken for; null is declared unused. */
export type ImportColumn = { column: number; header: string; field: string | null }
/** How a sheet is to be read, as guessed or as a person corrected it. Rows by their number in the sheet. */
export type ImportChoice = { sheet: string; headerRows: readonly number[]; columns: readonly { column: number; field: string | null }[] }
/** Something wrong at a cell (`B7`, `Sheet2!A1`). Nothing with an error is committed; a warning only says what was understood. */
export type ImportProblem = { cell: string; code: string; level: 'error' | 'warning'; params: Params }
export type ImportSkipped = { row: number; why: 'total' | 'header' | 'section' | 'note' }
/** How a sheet was read: nothing of an office in it yet. */
export type ImportReading = {
  sheet: string
  headerRows: number[]
  columns: ImportColumn[]
  /** Rows with data; those passed over are in `skipped`. */
  rows: number
  skipped: ImportSkipped[]
  problems: ImportProblem[]
}

export type ImportChange = 'new' | 'changed' | 'unchanged'
/** What a row of the sheet would do. `read`: field → what was understood; `before`: what stood there, where that differs. */
export type ImportRow = { row: number; change: ImportChange; name: string; read: Record<string, string>; before: Record<string, string> }
/** Things that would be made: a noun (`unit`, `post` …), how many, and the first of their names. */
export type ImportMakes = { noun: string; count: number; names: string[] }
/** A sheet laid beside the office. `commit` writes it all and answers what it wrote; it is called only when no problem is an error. */
export type ImportPlan = {
  rows: ImportRow[]
  makes: ImportMakes[]
  problems: ImportProblem[]
  commit: (tx: Tx, ctx: Ctx) => Promise<ImportEffects>
}
/** What a commit wrote, enough to take it back: opaque JSON of the kind. */
export type ImportEffects = Record<string, unknown>
/** What stands in the way of taking an import back: a thing by its name, and what others have put on it. */
export type ImportObstacle = { name: string; what: string; count: number }

/** A sheet as read by a kind: to be laid beside what the office has. `since`: the day from which holds what names no day. */
export type ImportDraft = { reading: ImportReading; compare: (db: Db, ctx: Ctx, since: string) => Promise<ImportPlan> }

export type ImportKind = {
  key: string
  words: readonly [zh: string, en: string]
  /** Whoever imports needs this verb over the whole office, beside `import.make`. */
  verb: string
  fields: readonly ImportField[]
  /** Texts of the problems' codes. */
  problems: Refusals
  /** Reads a sheet: the guessed one, or as chosen. */
  open: (book: Book, choice: ImportChoice | null) => ImportDraft
  /** One import of the kind at a time: held until the transaction ends. */
  hold: (tx: Tx, ctx: Ctx) => Promise<void>
  /** A fingerprint of all that a plan rests on: when it differs at the commit, the preview no longer holds. */
  basis: (db: Db, ctx: Ctx) => Promise<string>
  /** Takes a commit back, or answers what stands in the way and writes nothing. */
  undo: (tx: Tx, ctx: Ctx, effects: ImportEffects) => Promise<ImportObstacle[]>
}
