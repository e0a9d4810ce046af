import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { isDay } from '#kernel/calendar/days.ts'
import type { InputOf, OkOf } from '#kernel/contract.ts'
import type { Db, Tx } from '#kernel/db.ts'
import { Refusal } from '#kernel/errors.ts'
import type { Read, Upload } from '#kernel/house.ts'
import { type Id, newId } from '#kernel/ids.ts'
import type { ImportChoice, ImportDraft, ImportKind, ImportPlan, ImportProblem } from '#kernel/imports.ts'
import { append } from '#kernel/ledger.ts'
import { type Ctx, personOf } from '#kernel/scope.ts'
import { readSheets } from '#kernel/sheets/index.ts'
import type { Book, Sheet } from '#kernel/sheets/types.ts'
import { found } from '#kernel/table.ts'
import type { importRoutes } from '../contract.ts'
import { kinds } from '../kinds.ts'
import { type Counts, problemsAtMost } from '../rules.ts'
import { type BatchRow, batchById, contentOf, insertBatch, type KeptColumn, type Reading, replaceReading } from '../store.ts'
import { shown, visible } from './show.ts'

type Input<K extends keyof typeof importRoutes> = InputOf<(typeof importRoutes)[K]>
type Answer = OkOf<typeof importRoutes.read>

/** The kind of an import, for whoever may import it: over the whole office, since a sheet may name any of it. */
export function kindFor(ctx: Ctx, key: string, at: string): ImportKind {
  const kind = kinds.find((one) => one.key === key)
  if (!kind) throw new Refusal('import.kind', { kind: key }, [{ at }])
  ctx.may(kind.verb, { unit: null })
  return kind
}

/** A book with its notes, as text: what is kept until the commit. */
const written = (book: Book): string =>
  JSON.stringify({ ...book, sheets: book.sheets.map((sheet) => ({ ...sheet, notes: [...sheet.notes] })) })
function bookFrom(text: string): Book {
  const kept = JSON.parse(text) as Omit<Book, 'sheets'> & { sheets: (Omit<Sheet, 'notes'> & { notes: [string, never][] })[] }
  return { ...kept, sheets: kept.sheets.map((sheet) => ({ ...sheet, notes: new Map(sheet.notes) })) }
}
const pack = promisify(gzip)
const unpack = promisify(gunzip)

/** The file of a batch as it was read; 404 once it has been thrown away. */
export async function bookOf(db: Db, ctx: Ctx, batch: BatchRow): Promise<Book> {
  return bookFrom((await unpack(found(await contentOf(db, ctx.tenant.id, batch.id)))).toString('utf8'))
}

const samplesAtMost = 3
function columnsOf(book: Book, { reading }: ImportDraft): KeptColumn[] {
  const sheet = book.sheets.find(({ name }) => name === reading.sheet)
  const passed = new Set([...reading.headerRows, ...reading.skipped.map(({ row }) => row)])
  const after = reading.headerRows.at(-1) ?? 0
  const data = (sheet?.rows ?? []).filter((row) => row.number > after && !passed.has(row.number))
  const shape =
    reading.columns.length > 0
      ? reading.columns
      : Array.from({ length: sheet?.width ?? 0 }, (_, column) => ({ column, header: '', field: null }))
  return shape.map((one) => {
    const texts = new Set<string>()
    for (const row of data) {
      const text = row.cells[one.column] ?? ''
      if (text !== '') texts.add(text.slice(0, 40))
      if (texts.size === samplesAtMost) break
    }
    return { ...one, header: one.header.slice(0, 100), samples: [...texts] }
  })
}

const errorsFirst = (a: ImportProblem, b: ImportProblem) => Number(a.level === 'warning') - Number(b.level === 'warning')

function readingOf(book: Book, draft: ImportDraft, plan: ImportPlan, basis: string, since: string): Reading {
  const of = (change: string) => plan.rows.filter((row) => row.change === change).length
  const errors = plan.problems.filter(({ level }) => level === 'error').length
  const counts: Counts = {
    rows: draft.reading.rows,
    ...{ new: of('new'), changed: of('changed'), unchanged: of('unchanged') },
    ...{ errors, warnings: plan.problems.length - errors },
  }
  return {
    ...{
      sheet: draft.reading.sheet,
      header_rows: draft.reading.headerRows,
      columns: columnsOf(book, draft),
      since,
      counts,
      makes: plan.makes,
      basis,
    },
    problems: [...plan.problems].sort(errorsFirst).slice(0, problemsAtMost),
  }
}

/** Reads and compares: nothing is written. The fingerprint is taken first, so that what changes meanwhile is noticed at the commit. */
export async function compared(read: Read, ctx: Ctx, kind: ImportKind, book: Book, choice: ImportChoice | null, since: string) {
  const draft = kind.open(book, choice)
  const { plan, basis } = await read(async (db) => {
    const basis = `${ctx.today} ${await kind.basis(db, ctx)}`
    return { basis, plan: await draft.compare(db, ctx, since) }
  })
  return { plan, reading: readingOf(book, draft, plan, basis, since) }
}

/** The last plans, so that a commit right behind its preview needs not read and compare again; one that is not here is made anew. */
const plans = new Map<Id, { plan: ImportPlan; of: string }>()
const kept = { plans: 2, rows: 20_000 }
const said = ({ sheet, header_rows, columns, since, basis }: Reading): string =>
  JSON.stringify([sheet, header_rows, columns.map(({ column, field }) => [column, field]), since, basis])

function remember(id: Id, plan: ImportPlan, reading: Reading): void {
  plans.delete(id)
  if (plan.rows.length > kept.rows) return
  plans.set(id, { plan, of: said(reading) })
  for (const oldest of [...plans.keys()].slice(0, -kept.plans)) plans.delete(oldest)
}

/** The plan of a batch as it was previewed: of the same sheet, columns and day, beside the same office. Taken once. */
export function planOf(batch: BatchRow): ImportPlan | null {
  const found = plans.get(batch.id)
  plans.delete(batch.id)
  return found?.of === said(batch) ? found.plan : null
}

const dayAsked = (ctx: Ctx, since: string | undefined): string => {
  if (since !== undefined && !isDay(since)) throw new Refusal('day.unknown', { day: since }, [{ at: '/since' }])
  return since ?? ctx.today
}

/** Takes a file in and answers how it was read. The reading is done before the transaction. */
export const add = {
  prepare: async (read: Read, ctx: Ctx, input: Input<'add'> & { file: Upload }): Promise<(tx: Tx) => Promise<Answer>> => {
    const by = personOf(ctx)
    if (typeof input.kind !== 'string') throw new Refusal('import.kind', { kind: '' }, [{ at: '/kind' }])
    const kind = kindFor(ctx, input.kind, '/kind')
    const since = dayAsked(ctx, input.since || undefined)
    const book = await readSheets(input.file.bytes)
    const { plan, reading } = await compared(read, ctx, kind, book, null, since)
    const content = await pack(Buffer.from(written(book)))
    const batch = {
      ...{
        id: newId(),
        kind: kind.key,
        file_name: input.file.name.replace(/\p{C}/gu, '').slice(0, 200).toWellFormed() || '—',
        file_size: input.file.bytes.length,
      },
      ...{ file_hash: createHash('sha256').update(input.file.bytes).digest('hex'), format: book.format, encoding: book.encoding },
      sheets: book.sheets.map(({ name, hidden, rows }) => ({ name, hidden, rows: rows.length })),
      ...reading,
    }
    remember(batch.id, plan, reading)
    return async (tx) => {
      await insertBatch(tx, ctx, by, batch, plan.rows, content)
      await append(tx, ctx, 'import.previewed', batch, { kind: kind.key, file: batch.file_hash, counts: batch.counts })
      return shown(tx, ctx, found(await batchById(tx, ctx, batch.id)))
    }
  },
}

/** The choice as it stands with what the input corrects. Another sheet is read anew from its own headings. */
function choiceFor(kind: ImportKind, batch: BatchRow, book: Book, input: Input<'choose'>): ImportChoice {
  const sheet = input.sheet ?? batch.sheet
  if (!book.sheets.some(({ name }) => name === sheet)) throw new Refusal('import.sheet', { sheet }, [{ at: '/sheet' }])
  const fresh = sheet !== batch.sheet || input.headerRows !== undefined
  const columns = input.columns ?? (fresh ? [] : batch.columns.map(({ column, field }) => ({ column, field })))
  const taken = new Set<string>()
  columns.forEach(({ field }, i) => {
    if (field === null) return
    const known = kind.fields.find(({ key }) => key === field)
    if (!known) throw new Refusal('import.field', { field }, [{ at: `/columns/${i}/field` }])
    if (taken.has(field)) throw new Refusal('import.field_twice', { field: known.words[0] }, [{ at: `/columns/${i}/field` }])
    taken.add(field)
  })
  return { sheet, headerRows: input.headerRows ?? (sheet === batch.sheet ? batch.header_rows : []), columns }
}

/** Previews the kept file again, as corrected. */
export const choose = {
  prepare: async (read: Read, ctx: Ctx, input: Input<'choose'>): Promise<(tx: Tx) => Promise<Answer>> => {
    const batch = await read((db) => visible(db, ctx, input.id))
    const kind = kindFor(ctx, batch.kind, '/kind')
    if (batch.state !== 'previewed')
      throw new Refusal('move.late', { who: batch.mover ?? '—', when: batch.moved_at?.toISOString() ?? '—', state: batch.state })
    const since = input.since === undefined ? batch.since : dayAsked(ctx, input.since)
    const book = await read((db) => bookOf(db, ctx, batch))
    const { plan, reading } = await compared(read, ctx, kind, book, choiceFor(kind, batch, book, input), since)
    remember(batch.id, plan, reading)
    return async (tx) => {
      await replaceReading(tx, ctx, batch.id, reading, plan.rows)
      await append(tx, ctx, 'import.previewed', batch, { kind: kind.key, file: batch.file_hash, counts: reading.counts })
      return shown(tx, ctx, found(await batchById(tx, ctx, batch.id)))
    }
  },
}
