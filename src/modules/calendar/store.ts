import { type RawBuilder, sql } from 'kysely'
import type { Db, Tx } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import type { Marks } from './rules.ts'

export type YearRow = {
  id: Id
  year: number
  name: string
  days: { name: string; date: string; isOffDay: boolean }[]
  papers: string[]
  by: string | null
  recorded_at: Date
}

/** The years an office took in itself, the latest of each, as known at an instant. */
export async function ownYears(db: Db, tenant: Id, knownAt: Date): Promise<YearRow[]> {
  const rows = await sql<YearRow>`SELECT DISTINCT ON (y.year) y.id, y.year, y.name, y.days, y.papers, p.name AS by, y.recorded_at
    FROM calendar_year y LEFT JOIN person p ON p.tenant_id = ${tenant} AND p.id = y.imported_by
    WHERE y.tenant_id = ${tenant} AND y.recorded_at <= ${knownAt} ORDER BY y.year, y.recorded_at DESC, y.id DESC`.execute(db)
  return rows.rows
}

export async function insertYear(tx: Tx, ctx: Ctx, person: Id, year: Omit<YearRow, 'by' | 'recorded_at'>): Promise<void> {
  await sql`INSERT INTO calendar_year (tenant_id, id, year, name, days, papers, imported_by, recorded_at)
    VALUES (${ctx.tenant.id}, ${year.id}, ${year.year}, ${year.name}, ${JSON.stringify(year.days)}::text::jsonb, ${year.papers}::text[], ${person}, ${ctx.now})`.execute(
    tx,
  )
}

export type TurnRow = {
  id: Id
  name: string
  years: string[]
  marks: Marks
  asked_on: string
  by: string | null
  moved: number
  began_at: Date
  ended_at: Date | null
}

/** Turns that a condition names, newest first. */
const turnsWhere = (db: Db, tenant: Id, condition: RawBuilder<unknown>, limit: number) =>
  sql<TurnRow>`SELECT t.id, t.name, t.years, t.marks, t.asked_on, p.name AS by, t.moved, t.began_at, t.ended_at
    FROM calendar_turn t LEFT JOIN person p ON p.tenant_id = ${tenant} AND p.id = t.asked_by
    WHERE t.tenant_id = ${tenant} AND ${condition} ORDER BY t.began_at DESC, t.id DESC LIMIT ${limit}`.execute(db)

/** The latest turns known at an instant, newest first. */
export const latestTurns = async (db: Db, tenant: Id, knownAt: Date, limit: number): Promise<TurnRow[]> =>
  (await turnsWhere(db, tenant, sql`t.began_at <= ${knownAt}`, limit)).rows

export const turnById = async (db: Db, tenant: Id, id: Id): Promise<TurnRow | undefined> =>
  (await turnsWhere(db, tenant, sql`t.id = ${id}`, 1)).rows[0]

/** Turns that have not ended: under way, or of a program that was killed. */
export async function openTurns(db: Db, tenant: Id): Promise<Id[]> {
  const rows = await sql<{ id: Id }>`SELECT t.id FROM calendar_turn t WHERE t.tenant_id = ${tenant} AND t.ended_at IS NULL
    ORDER BY t.began_at, t.id`.execute(db)
  return rows.rows.map((row) => row.id)
}

/** One at a time compares the calendar with the last turn and opens the next. A statement of its own. */
export async function holdTurns(tx: Tx, tenant: Id): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`calendar ${tenant}`}, 0))`.execute(tx)
}

export async function insertTurn(tx: Tx, ctx: Ctx, turn: { id: Id; name: string; years: string[]; marks: Marks }): Promise<void> {
  await sql`INSERT INTO calendar_turn (tenant_id, id, name, years, marks, asked_on, asked_by, began_at)
    VALUES (${ctx.tenant.id}, ${turn.id}, ${turn.name}, ${turn.years}::text[], ${JSON.stringify(turn.marks)}::text::jsonb, ${ctx.today}, ${ctx.actor.person}, ${ctx.now})`.execute(
    tx,
  )
}

/** Ends a turn with how many it moved; false when it had ended. */
export async function endTurn(tx: Tx, ctx: Ctx, id: Id, moved: number): Promise<boolean> {
  const rows =
    await sql`UPDATE calendar_turn SET ended_at = ${ctx.now}, moved = ${moved} WHERE tenant_id = ${ctx.tenant.id} AND id = ${id} AND ended_at IS NULL
    RETURNING id`.execute(tx)
  return rows.rows.length === 1
}
