import type { InputOf } from '#kernel/contract.ts'
import type { Tx } from '#kernel/db.ts'
import { must, Refusal } from '#kernel/errors.ts'
import { append } from '#kernel/ledger.ts'
import type { Ctx } from '#kernel/scope.ts'
import { found } from '#kernel/table.ts'
import { peopleOf } from '#modules/org/index.ts'
import type { obligationRoutes } from '../contract.ts'
import { mayBringForward, mayPostpone, mayWaive } from '../rules.ts'
import { type Change, changeObligations } from '../store/change.ts'
import { type ObligationRow, obligationById } from '../store/read.ts'
import { count, recounts, settled, yellowFrom } from './settle.ts'
import { shownAll, superiorsFor, visible } from './view.ts'

type Routes = typeof obligationRoutes
type Input<K extends keyof Routes> = InputOf<Routes[K]>

/** Changes one obligation or says who settled it before. The tally is the transaction's last statement. */
async function changeOne(tx: Tx, ctx: Ctx, row: ObligationRow, change: Change, kind: string) {
  const changed = await changeObligations(tx, ctx, [row.id], change)
  if (changed.length === 0) {
    throw await settled(tx, ctx, row)
  }
  await append(tx, ctx, kind, row, { from: change.from, to: change.to, due: change.due, reason: change.reason })
  const [after] = await shownAll(tx, ctx, [found(await obligationById(tx, ctx, row.id))])
  count(tx, ctx, recounts(changed))
  return found(after)
}

/** Another due day, set by somebody: no calendar moves it any more. */
const dueChange = (
  ctx: Ctx,
  row: ObligationRow,
  event: 'due_moved' | 'brought_forward',
  input: { due: string; reason: string },
): Change => ({
  from: 'open',
  to: 'open',
  event,
  effectiveAt: ctx.now,
  reason: input.reason,
  due: input.due,
  warnFrom: yellowFrom(ctx, row.opens, input.due),
  given: true,
})

export async function moveDue(tx: Tx, ctx: Ctx, input: Input<'moveDue'>) {
  const row = await visible(tx, ctx, input.id)
  ctx.may('obligation.move', { unit: row.unit_id })
  must(mayPostpone(row, input.due))
  return changeOne(tx, ctx, row, dueChange(ctx, row, 'due_moved', input), 'obligation.due_moved')
}

export async function bringForward(tx: Tx, ctx: Ctx, input: Input<'bringForward'>) {
  const row = await visible(tx, ctx, input.id)
  ctx.may('obligation.move', { unit: row.unit_id })
  must(mayBringForward(row, input.due, ctx.today))
  return changeOne(tx, ctx, row, dueChange(ctx, row, 'brought_forward', input), 'obligation.brought_forward')
}

/** Refuses `obligation.holder_left` for whoever is not of the unit today. `at` gives the place in the input. */
export async function mustBeThere(tx: Tx, ctx: Ctx, given: readonly { person: string; unit: string }[], at: (i: number) => string) {
  const units = [...new Set(given.map((one) => one.unit))]
  const there = new Map<string, Set<string>>()
  for (const unit of units) {
    const persons = given.flatMap((one) => (one.unit === unit ? [one.person] : []))
    there.set(unit, await peopleOf(tx, ctx.tenant.id, unit, persons, ctx.today))
  }
  const wrong = given.findIndex((one) => !there.get(one.unit)?.has(one.person))
  if (wrong >= 0) throw new Refusal('obligation.holder_left', { day: ctx.today }, [{ at: at(wrong) }])
}

export async function handOver(tx: Tx, ctx: Ctx, input: Input<'handOver'>) {
  const row = await visible(tx, ctx, input.id)
  ctx.may('obligation.move', { unit: row.unit_id })
  ctx.may('obligation.move', { unit: input.unit })
  if (input.person === row.holder_id && input.unit === row.unit_id) throw new Refusal('obligation.same_holder', {}, [{ at: '/person' }])
  await mustBeThere(tx, ctx, [input], () => '/person')
  const change: Change = {
    from: 'open',
    to: 'open',
    event: 'handed_over',
    effectiveAt: ctx.now,
    reason: input.reason,
    holder: input.person,
    unit: input.unit,
  }
  return changeOne(tx, ctx, row, change, 'obligation.handed_over')
}

/** Only a superior of the holder decides that something need not be done. */
async function mustStandAbove(tx: Tx, ctx: Ctx, row: ObligationRow): Promise<void> {
  ctx.may('obligation.waive', { unit: row.unit_id })
  const above = found((await superiorsFor(tx, ctx, [row])).get(row.id))
  must(mayWaive(ctx.actor.person, row.holder_id, above.ids, above.names))
}

export async function waive(tx: Tx, ctx: Ctx, input: Input<'waive'>) {
  const row = await visible(tx, ctx, input.id)
  await mustStandAbove(tx, ctx, row)
  const change: Change = { from: 'open', to: 'waived', event: 'waived', effectiveAt: ctx.now, reason: input.reason }
  return changeOne(tx, ctx, row, change, 'obligation.waived')
}

export async function restore(tx: Tx, ctx: Ctx, input: Input<'restore'>) {
  const row = await visible(tx, ctx, input.id)
  await mustStandAbove(tx, ctx, row)
  const change: Change = { from: 'waived', to: 'open', event: 'corrected', effectiveAt: ctx.now, reason: input.reason }
  return changeOne(tx, ctx, row, change, 'obligation.restored')
}
