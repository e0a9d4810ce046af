import { sql } from 'kysely'
import type { Page } from './contract.ts'
import type { Tx } from './db.ts'
import { Refusal } from './errors.ts'
import type { Id } from './ids.ts'
import { type Machine, target } from './machine.ts'
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

type Movable = { id: Id; state: string }

/**
 * The only way a state moves: `UPDATE … WHERE state = from`. When somebody moved it meanwhile, or the verb does not apply, the answer is
 * 409 `move.late` with who and when. The table keeps `moved_by` and `moved_at`.
 */
export async function move<S extends string>(tx: Tx, ctx: Ctx, of: Machine<S>, thing: Movable, verb: string): Promise<S> {
  const to = target(of, thing.state as S, verb)
  if (to !== null) {
    const rows = await sql<{
      id: Id
    }>`UPDATE ${sql.table(of.table)} SET state = ${to}, moved_by = ${ctx.actor.person}, moved_at = ${ctx.now}
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
