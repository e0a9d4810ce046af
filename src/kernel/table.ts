import { type Insertable, type RawBuilder, sql } from 'kysely'
import type { Reach } from './can.ts'
import type { Page } from './contract.ts'
import { type Db, send, type Tx } from './db.ts'
import { Refusal } from './errors.ts'
import { type Id, newId } from './ids.ts'
import { type Machine, target } from './machine.ts'
import type { Schema } from './schema.generated.ts'
import type { Ctx } from './scope.ts'

/** A row that was found, or the refusal `thing.absent` (404, the same for what belongs to others). */
export function found<T>(row: T | undefined): T {
  if (row === undefined) throw new Refusal('thing.absent')
  return row
}

/** An opaque cursor: the sort values of the last row of a page. */
const encode = (values: readonly (string | number)[]) => Buffer.from(JSON.stringify(values)).toString('base64url')

/** Reads a cursor of `n` values; refused as `request.invalid` when it is not one. */
export function cursor(text: string | undefined, n: number): (string | number)[] | null {
  if (text === undefined) return null
  try {
    const values: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    if (Array.isArray(values) && values.length === n && values.every((v) => typeof v === 'string' || typeof v === 'number')) return values
  } catch {}
  throw new Refusal('request.invalid', {}, [{ at: '/after' }])
}

export const limitOf = (input: { limit?: number | undefined }): number => input.limit ?? 50

/** A page from `limit + 1` rows: the extra row only says that there is more. */
export function pageFrom<R, T>(rows: R[], limit: number, key: (row: R) => readonly (string | number)[], shape: (row: R) => T): Page<T> {
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return { items: rows.slice(0, limit).map(shape), next: last === undefined ? null : encode(key(last)) }
}

/** The rows a reach covers, by the columns of their holder and their unit; null when it covers all. */
export const reached = (reach: Reach, holder: string, unit: string): RawBuilder<unknown> | null =>
  reach.all ? null : sql`(${sql.ref(holder)} = ${reach.person} OR ${sql.ref(unit)} = ANY(${reach.units}::uuid[]))`

/** Which part of a list is asked for: from a cursor on, and how much of it. */
export type Cut = { after: readonly (string | number)[] | null; limit: number }
/** The part that a paged route was asked for, its cursor of `n` values. */
export const cutOf = (input: { after?: string | undefined; limit?: number | undefined }, n: number): Cut => ({
  after: cursor(input.after, n),
  limit: limitOf(input),
})

/**
 * `limit + 1` rows of a statement that ends in a condition, with more conditions (null ones left out), in the order of these columns (each with its
 * type) and from the cursor on.
 */
export async function keyset<R>(
  db: Db,
  of: RawBuilder<unknown>,
  and: readonly (RawBuilder<unknown> | null)[],
  by: Record<string, 'date' | 'uuid' | 'text' | 'timestamptz'>,
  order: 'ASC' | 'DESC',
  { after, limit }: Cut,
): Promise<R[]> {
  const columns = Object.keys(by).map((column) => sql.ref(column))
  const values = Object.values(by).map((type, i) => sql`${after?.[i]}::${sql.raw(type)}`)
  const beyond = after && sql`(${sql.join(columns)}) ${sql.raw(order === 'DESC' ? '<' : '>')} (${sql.join(values)})`
  const more = [...and, beyond].filter((one) => one !== null).map((one) => sql`AND ${one}`)
  const sorted = columns.map((column) => sql`${column} ${sql.raw(order)}`)
  const rows = sql<R>`${of} ${sql.join(more, sql` `)} ORDER BY ${sql.join(sorted)} LIMIT ${limit + 1}`
  return (await rows.execute(db)).rows
}

type Stamp = 'tenant_id' | 'id' | 'recorded_at' | 'moved_by' | 'moved_at'
/** A table of things that move. */
type Moving = { [T in keyof Schema]: Stamp extends keyof Schema[T] ? T : never }[keyof Schema]

/** Writes a new thing that moves, with its office, its id, when it was recorded and who moved it last. Sent, not waited for. Returns its id. */
export function insert<T extends Moving>(tx: Tx, ctx: Ctx, table: T, row: Omit<Insertable<Schema[T]>, Stamp>): Id {
  const id = newId()
  const whole = { tenant_id: ctx.tenant.id, id, ...row, recorded_at: ctx.now, moved_by: ctx.actor.person, moved_at: ctx.now }
  const columns = sql.join(Object.keys(whole).map((column) => sql.ref(column)))
  send(tx, sql`INSERT INTO ${sql.table(table)} (${columns}) VALUES (${sql.join(Object.values(whole))})`)
  return id
}

type Movable = { id: Id; state: string }

/**
 * The only way a state moves: `UPDATE … WHERE state = from`. When somebody moved it meanwhile, or the verb does not apply, the answer is
 * 409 `move.late` with who and when. The table keeps `moved_by` and `moved_at`; `set` are other columns that change with it.
 */
export async function move<S extends string>(
  tx: Tx,
  ctx: Ctx,
  of: Machine<S>,
  thing: Movable,
  verb: string,
  set: Record<string, unknown> = {},
): Promise<S> {
  const to = target(of, thing.state as S, verb)
  if (to !== null) {
    const others = Object.entries(set).map(([column, value]) => sql`, ${sql.ref(column)} = ${value}`)
    const rows = await sql<{
      id: Id
    }>`UPDATE ${sql.table(of.table)} SET state = ${to}, moved_by = ${ctx.actor.person}, moved_at = ${ctx.now} ${sql.join(others, sql` `)}
      WHERE tenant_id = ${ctx.tenant.id} AND id = ${thing.id} AND state = ${thing.state} RETURNING id`.execute(tx)
    if (rows.rows.length === 1) return to
  }
  throw await late(tx, ctx, of.table, thing.id)
}

async function late(tx: Tx, ctx: Ctx, table: string, id: Id): Promise<Refusal> {
  const rows = await sql<{ state: string; who: string | null; at: Date | null }>`SELECT t.state, p.name AS who, t.moved_at AS at
    FROM ${sql.table(table)} t LEFT JOIN person p ON p.tenant_id = t.tenant_id AND p.id = t.moved_by
    WHERE t.tenant_id = ${ctx.tenant.id} AND t.id = ${id}`.execute(tx)
  const row = rows.rows[0]
  if (!row) return new Refusal('thing.absent')
  return new Refusal('move.late', { who: row.who ?? '—', when: row.at?.toISOString() ?? '—', state: row.state })
}
