import { sql } from 'kysely'
import type { Reach } from '#kernel/can.ts'
import type { Db, Tx } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import { type Cut, insert, keyset, reached } from '#kernel/table.ts'
import type { SealingState } from './rules.ts'

type Ref = { id: Id; name: string }
export type SealingRow = { id: Id; occasion: string; unit: Ref; keeper: Ref; due: string; state: SealingState; note: string | null }
const rows = (ctx: Ctx) => sql`SELECT s.id, s.occasion, s.due, s.state, s.note, json_build_object('id', u.id, 'name', u.name) AS unit,
    json_build_object('id', p.id, 'name', p.name) AS keeper
  FROM sealing s JOIN unit u ON u.tenant_id = ${ctx.tenant.id} AND u.id = s.unit_id JOIN person p ON p.tenant_id = ${ctx.tenant.id} AND p.id = s.keeper_id
  WHERE s.tenant_id = ${ctx.tenant.id} AND s.recorded_at <= ${ctx.knownAt}`

export const sealingById = async (db: Db, ctx: Ctx, id: Id) => (await sql<SealingRow>`${rows(ctx)} AND s.id = ${id}`.execute(db)).rows[0]

export const sealingsPage = (db: Db, ctx: Ctx, reach: Reach, state: SealingState | undefined, cut: Cut) => {
  const and = [reached(reach, 's.keeper_id', 's.unit_id'), state ? sql`s.state = ${state}` : null]
  return keyset<SealingRow>(db, rows(ctx), and, { 's.due': 'date', 's.id': 'uuid' }, 'DESC', cut)
}

export const insertSealing = (tx: Tx, ctx: Ctx, asked: { occasion: string; unit_id: Id; keeper_id: Id; due: string }) =>
  insert(tx, ctx, 'sealing', { ...asked, state: 'asked' })
