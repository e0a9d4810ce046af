import type { InputOf, OkOf } from '#kernel/contract.ts'
import type { Db } from '#kernel/db.ts'
import { say } from '#kernel/errors.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import { letters } from '#kernel/sheets/types.ts'
import { cursor, found, limitOf, pageFrom } from '#kernel/table.ts'
import type { importRoutes } from '../contract.ts'
import { kinds } from '../kinds.ts'
import { importActions } from '../rules.ts'
import { type BatchRow, type BriefRow, batchById, batches, rowsPage, sameFile } from '../store.ts'

type Input<K extends keyof typeof importRoutes> = InputOf<(typeof importRoutes)[K]>
type Answer<K extends keyof typeof importRoutes> = OkOf<(typeof importRoutes)[K]>

const person = (id: Id | null, name: string | null) => (id && name ? { id, name } : null)

/** Whoever may not import a kind sees none of its batches. */
const may = (ctx: Ctx, kind: string): boolean => {
  const known = kinds.find(({ key }) => key === kind)
  return known !== undefined && ctx.can(known.verb, { unit: null })
}

export const brief = (ctx: Ctx, row: BriefRow): Answer<'discard'> => ({
  id: row.id,
  kind: row.kind,
  fileName: row.file_name,
  state: row.state,
  counts: row.counts,
  by: person(row.created_by, row.creator),
  at: row.created_at.toISOString(),
  movedBy: person(row.moved_by, row.mover),
  movedAt: row.moved_at?.toISOString() ?? null,
  actions: importActions(row, !ctx.lookingBack && ctx.can('import.make') && may(ctx, row.kind)),
})

export async function shown(db: Db, ctx: Ctx, row: BatchRow): Promise<Answer<'read'>> {
  const kind = kinds.find(({ key }) => key === row.kind)
  const same = await sameFile(db, ctx, row)
  const word = (words: readonly [string, string]) => words[ctx.lang === 'en' ? 1 : 0]
  return {
    ...brief(ctx, row),
    fileSize: row.file_size,
    format: row.format,
    encoding: row.encoding,
    sheet: row.sheet,
    sheets: row.sheets,
    headerRows: row.header_rows,
    columns: row.columns.map((one) => ({ ...one, letter: letters(one.column) })),
    fields: (kind?.fields ?? []).map(({ key, words, needed }) => ({ key, label: word(words), needed: needed === true })),
    since: row.since,
    makes: row.makes,
    problems: row.problems.map((one) => ({
      cell: one.cell,
      code: one.code,
      level: one.level,
      message: say(kind?.problems ?? {}, one, ctx.lang),
    })),
    sameFile: same.map((other) => ({
      id: other.id,
      state: other.state,
      at: other.created_at.toISOString(),
      by: person(other.created_by, other.creator),
    })),
  }
}

/** A batch that the actor may see, or 404. */
export async function visible(db: Db, ctx: Ctx, id: Id): Promise<BatchRow> {
  const row = found(await batchById(db, ctx, id))
  return found(may(ctx, row.kind) ? row : undefined)
}

export async function list(db: Db, ctx: Ctx, input: Input<'list'>): Promise<Answer<'list'>> {
  const after = cursor(input.after, 1)
  const limit = limitOf(input)
  const rows = may(ctx, input.kind) ? await batches(db, ctx, input.kind, after ? String(after[0]) : null, limit + 1) : []
  return pageFrom(
    rows,
    limit,
    (row) => [row.id],
    (row) => brief(ctx, row),
  )
}

export const read = async (db: Db, ctx: Ctx, input: Input<'read'>): Promise<Answer<'read'>> =>
  shown(db, ctx, await visible(db, ctx, input.id))

export async function rows(db: Db, ctx: Ctx, input: Input<'rows'>): Promise<Answer<'rows'>> {
  const batch = await visible(db, ctx, input.id)
  const after = cursor(input.after, 1)
  const limit = limitOf(input)
  const page = await rowsPage(db, ctx.tenant.id, batch.id, {
    change: input.change,
    q: input.q,
    after: after ? Number(after[0]) : null,
    limit: limit + 1,
  })
  return pageFrom(
    page,
    limit,
    (row) => [row.nth],
    ({ row, change, name, read, before }) => ({ row, change, name, read, before }),
  )
}
