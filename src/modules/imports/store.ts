import { sql } from 'kysely'
import type { Db, Tx } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { ImportEffects, ImportMakes, ImportProblem, ImportRow } from '#kernel/imports.ts'
import type { Ctx } from '#kernel/scope.ts'
import type { Counts, ImportState } from './rules.ts'

export type KeptColumn = { column: number; header: string; field: string | null; samples: string[] }
export type KeptSheet = { name: string; hidden: boolean; rows: number }
type Brief = {
  id: Id
  kind: string
  file_name: string
  state: ImportState
  counts: Counts
  created_by: Id
  creator: string | null
  created_at: Date
  moved_by: Id | null
  mover: string | null
  moved_at: Date | null
}
export type BriefRow = Brief
/** How a sheet was read and what it would do: what a new preview replaces. */
export type Reading = {
  sheet: string
  header_rows: number[]
  columns: KeptColumn[]
  since: string
  counts: Counts
  makes: ImportMakes[]
  problems: ImportProblem[]
  basis: string
}
export type BatchRow = Brief &
  Reading & { file_hash: string; file_size: number; format: 'xlsx' | 'csv'; encoding: string | null; sheets: KeptSheet[] }

const brief = sql`b.id, b.kind, b.file_name, b.state, b.counts, b.created_by, c.name AS creator, b.created_at, b.moved_by, m.name AS mover, b.moved_at`
const whole = sql`${brief}, b.sheet, b.header_rows, b.columns, b.since, b.makes, b.problems, b.basis, b.file_hash, b.file_size, b.format, b.encoding, b.sheets`
const people = (tenant: Id) => sql`LEFT JOIN person c ON c.tenant_id = ${tenant} AND c.id = b.created_by
  LEFT JOIN person m ON m.tenant_id = ${tenant} AND m.id = b.moved_by`

/** Batches of a kind, newest first; `after` is an id. */
export async function batches(db: Db, ctx: Ctx, kind: string, after: Id | null, limit: number): Promise<BriefRow[]> {
  const tenant = ctx.tenant.id
  const { rows } = await sql<BriefRow>`SELECT ${brief} FROM import_batch b ${people(tenant)}
    WHERE b.tenant_id = ${tenant} AND b.kind = ${kind} AND b.created_at <= ${ctx.knownAt} AND (${after}::uuid IS NULL OR b.id < ${after}::uuid)
    ORDER BY b.id DESC LIMIT ${limit}`.execute(db)
  return rows
}

export async function batchById(db: Db, ctx: Ctx, id: Id): Promise<BatchRow | undefined> {
  const tenant = ctx.tenant.id
  const { rows } = await sql<BatchRow>`SELECT ${whole} FROM import_batch b ${people(tenant)}
    WHERE b.tenant_id = ${tenant} AND b.id = ${id} AND b.created_at <= ${ctx.knownAt}`.execute(db)
  return rows[0]
}

/** Batches of the same file beside one, newest first. */
export async function sameFile(db: Db, ctx: Ctx, of: { id: Id; kind: string; file_hash: string }): Promise<BriefRow[]> {
  const tenant = ctx.tenant.id
  const { rows } = await sql<BriefRow>`SELECT ${brief} FROM import_batch b ${people(tenant)}
    WHERE b.tenant_id = ${tenant} AND b.kind = ${of.kind} AND b.file_hash = ${of.file_hash} AND b.id <> ${of.id} AND b.created_at <= ${ctx.knownAt}
    ORDER BY b.id DESC LIMIT 10`.execute(db)
  return rows
}

const json = (value: unknown) => sql`${JSON.stringify(value)}::text::jsonb`
type NewBatch = Pick<BatchRow, 'id' | 'kind' | 'file_name' | 'file_hash' | 'file_size' | 'format' | 'encoding' | 'sheets'>

/** Keeps a preview and the file's content as it was read. */
export async function insertBatch(
  tx: Tx,
  ctx: Ctx,
  by: Id,
  batch: NewBatch & Reading,
  rows: readonly ImportRow[],
  content: Uint8Array,
): Promise<void> {
  const tenant = ctx.tenant.id
  await sql`INSERT INTO import_batch (tenant_id, id, kind, file_name, file_hash, file_size, format, encoding, sheets, sheet, header_rows, columns, since,
      counts, makes, problems, basis, state, created_by, created_at, moved_by, moved_at)
    VALUES (${tenant}, ${batch.id}, ${batch.kind}, ${batch.file_name}, ${batch.file_hash}, ${batch.file_size}, ${batch.format}, ${batch.encoding},
      ${json(batch.sheets)}, ${batch.sheet}, ${json(batch.header_rows)}, ${json(batch.columns)}, ${batch.since}::date, ${json(batch.counts)},
      ${json(batch.makes)}, ${json(batch.problems)}, ${batch.basis}, 'previewed', ${by}, ${ctx.now}, NULL, NULL)`.execute(tx)
  await sql`INSERT INTO import_content (tenant_id, batch_id, content) VALUES (${tenant}, ${batch.id}, ${content})`.execute(tx)
  await insertRows(tx, tenant, batch.id, rows)
}

/** Puts another reading of the same file in the place of the one before. */
export async function replaceReading(tx: Tx, ctx: Ctx, id: Id, to: Reading, rows: readonly ImportRow[]): Promise<void> {
  const tenant = ctx.tenant.id
  await sql`UPDATE import_batch SET sheet = ${to.sheet}, header_rows = ${json(to.header_rows)}, columns = ${json(to.columns)}, since = ${to.since}::date,
      counts = ${json(to.counts)}, makes = ${json(to.makes)}, problems = ${json(to.problems)}, basis = ${to.basis}
    WHERE tenant_id = ${tenant} AND id = ${id}`.execute(tx)
  await sql`DELETE FROM import_row WHERE tenant_id = ${tenant} AND batch_id = ${id}`.execute(tx)
  await insertRows(tx, tenant, id, rows)
}

async function insertRows(tx: Tx, tenant: Id, batch: Id, rows: readonly ImportRow[]): Promise<void> {
  if (rows.length === 0) return
  await sql`INSERT INTO import_row (tenant_id, batch_id, row, nth, change, name, read, before)
    SELECT ${tenant}, ${batch}, t.row, t.nth, t.change, t.name, t.read::jsonb, t.before::jsonb
    FROM unnest(${rows.map(({ row }) => row)}::integer[], ${rows.map(({ change }) => change)}::text[], ${rows.map(({ name }) => name)}::text[],
      ${rows.map(({ read }) => JSON.stringify(read))}::text[], ${rows.map(({ before }) => JSON.stringify(before))}::text[])
      WITH ORDINALITY AS t (row, change, name, read, before, nth)`.execute(tx)
}

/** Rows in the order of the sheet after a place. */
export async function rowsPage(
  db: Db,
  tenant: Id,
  batch: Id,
  ask: { change?: string | undefined; q?: string | undefined; after: number | null; limit: number },
): Promise<(ImportRow & { nth: number })[]> {
  const part = ask.q === undefined ? null : `%${ask.q.trim().replace(/[\\%_]/g, '\\$&')}%`
  const { rows } = await sql<ImportRow & { nth: number }>`SELECT r.row, r.nth, r.change, r.name, r.read, r.before FROM import_row r
    WHERE r.tenant_id = ${tenant} AND r.batch_id = ${batch} AND (${ask.change ?? null}::text IS NULL OR r.change = ${ask.change ?? null})
      AND (${part}::text IS NULL OR r.name LIKE ${part} OR r.read ->> 'unit' LIKE ${part} OR r.read ->> 'post' LIKE ${part})
      AND (${ask.after}::integer IS NULL OR r.nth > ${ask.after}::integer)
    ORDER BY r.nth LIMIT ${ask.limit}`.execute(db)
  return rows
}

export async function contentOf(db: Db, tenant: Id, batch: Id): Promise<Uint8Array | undefined> {
  const row = await db
    .selectFrom('import_content')
    .select('content')
    .where('tenant_id', '=', tenant)
    .where('batch_id', '=', batch)
    .executeTakeFirst()
  return row?.content
}

/** Previews from before an instant that were never committed; a hundred at a time. */
export async function lyingSince(tx: Tx, tenant: Id, before: Date): Promise<{ id: Id; state: ImportState; file_hash: string }[]> {
  const { rows } = await sql<{ id: Id; state: ImportState; file_hash: string }>`SELECT b.id, b.state, b.file_hash FROM import_batch b
    WHERE b.tenant_id = ${tenant} AND b.state = 'previewed' AND b.created_at < ${before} ORDER BY b.id LIMIT 100`.execute(tx)
  return rows
}

/** Nothing of the file is kept longer than it is needed; the rows stay where something was written. */
export async function forget(tx: Tx, tenant: Id, batch: Id, what: 'content' | 'all'): Promise<void> {
  await sql`DELETE FROM import_content WHERE tenant_id = ${tenant} AND batch_id = ${batch}`.execute(tx)
  if (what === 'all') await sql`DELETE FROM import_row WHERE tenant_id = ${tenant} AND batch_id = ${batch}`.execute(tx)
}

export async function keepEffects(tx: Tx, tenant: Id, batch: Id, effects: string): Promise<void> {
  await sql`INSERT INTO import_effect (tenant_id, batch_id, effects) VALUES (${tenant}, ${batch}, ${effects}::text::jsonb)`.execute(tx)
}

export async function effectsOf(tx: Tx, tenant: Id, batch: Id): Promise<ImportEffects | undefined> {
  const { rows } = await sql<{
    effects: ImportEffects
  }>`SELECT effects FROM import_effect WHERE tenant_id = ${tenant} AND batch_id = ${batch}`.execute(tx)
  return rows[0]?.effects
}
