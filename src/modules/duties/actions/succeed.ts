import { addDays } from '#kernel/calendar/index.ts'
import type { Tx } from '#kernel/db.ts'
import { Refusal } from '#kernel/errors.ts'
import type { Id } from '#kernel/ids.ts'
import { append } from '#kernel/ledger.ts'
import type { Ctx } from '#kernel/scope.ts'
import { move } from '#kernel/table.ts'
import { replan } from '#modules/obligations/index.ts'
import { dutyMoves, endOk } from '../rules.ts'
import { openAfter } from '../store/owed.ts'
import { lockDuty, setUntil } from '../store/writes.ts'
import { type Assumed, mayAll, standingDuty, write } from './assume.ts'

/**
 * A new duty takes an old one's place from a day on: the old one ends the day before and what is owed for it afterwards is waived, what the new one asks
 * for is owed. Refuses what ending and assuming refuse. Ends with the tally: must be the last write of the transaction.
 */
export async function succeed(tx: Tx, ctx: Ctx, old: Id, from: string, reason: string, next: Assumed): Promise<{ id: Id }> {
  await lockDuty(tx, ctx.tenant.id, old)
  const duty = await standingDuty(tx, ctx, old)
  await mayAll(tx, ctx, duty.id, 'duty.end')
  const until = addDays(from, -1)
  if (!endOk(duty.since, until).ok) throw new Refusal('duty.ends_before_since', { since: duty.since }, [{ at: '/from' }])
  await move(tx, ctx, dutyMoves, duty, 'end')
  await setUntil(tx, ctx.tenant.id, duty.id, until)
  const { id, owed } = await write(tx, ctx, next)
  await append(tx, ctx, 'duty.ended', duty, { until, reason, successor: id })
  await replan(tx, ctx, { waive: await openAfter(tx, ctx.tenant.id, duty.id, until), reopen: [], follow: [], make: owed }, reason)
  return { id }
}
