import type { Calendar } from '#kernel/calendar/index.ts'
import type { Reach } from '#kernel/can.ts'
import type { Page } from '#kernel/contract.ts'
import type { Db, Tx } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import { append } from '#kernel/ledger.ts'
import type { Ctx } from '#kernel/scope.ts'
import { cursor, limitOf, pageFrom } from '#kernel/table.ts'
import { type MovedRow, movedBy, moveGroups, openGroups, wouldMove } from '../store/turn.ts'
import { type DayMove, movesUnder } from '../turn.ts'
import { count, recounts } from './settle.ts'

/** What of the open obligations moves under a calendar, as of a day: by groups that were counted alike, few however many obligations there are. */
export async function planUnder(db: Db, ctx: Ctx, calendar: Calendar, day: string): Promise<DayMove[]> {
  return movesUnder(await openGroups(db, ctx.tenant.id, day), calendar, day, Number(ctx.rule('light.yellow').value))
}

/**
 * Moves at most `limit` of what a plan names, with their events, a ledger entry and the sums; returns how many. Called until it returns fewer: what was
 * moved is in the plan no more, whoever moved it. Ends with the sums.
 */
export async function recompute(
  tx: Tx,
  ctx: Ctx,
  turn: { id: Id; name: string },
  moves: readonly DayMove[],
  limit: number,
): Promise<number> {
  const changed = await moveGroups(tx, ctx, turn, moves, limit)
  if (changed.length === 0) return 0
  const what = changed.map(({ id, due, warn_from }) => ({ id, due, warnFrom: warn_from }))
  await append(tx, ctx, 'obligation.recomputed', turn, { calendar: turn.name, moved: what })
  count(tx, ctx, recounts(changed))
  return changed.length
}

const shownMove = (row: MovedRow) => ({
  id: row.id,
  title: row.title,
  period: row.period,
  holder: { id: row.holder_id, name: row.holder },
  unit: { id: row.unit_id, name: row.unit },
  due: row.due,
  warnFrom: row.warn_from,
  toDue: row.to_due,
  toWarnFrom: row.to_warn,
})
export type Moved = ReturnType<typeof shownMove>

/** The first obligations that a plan would move, within a reach. */
export const previewOf = async (db: Db, ctx: Ctx, reach: Reach, moves: readonly DayMove[], limit: number): Promise<Moved[]> =>
  (await wouldMove(db, ctx.tenant.id, reach, moves, limit)).map(shownMove)

/** What a turn of the calendar moved, within what one may read. */
export async function listMoved(db: Db, ctx: Ctx, turn: Id, input: { after?: string; limit?: number }): Promise<Page<Moved>> {
  const limit = limitOf(input)
  const after = cursor(input.after, 1)
  const rows = await movedBy(db, ctx.tenant.id, ctx.reach('obligation.read'), turn, after ? String(after[0]) : null, limit)
  return pageFrom(rows, limit, (row) => [row.id], shownMove)
}
