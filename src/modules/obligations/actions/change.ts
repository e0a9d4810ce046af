import type { InputOf } from '#kernel/contract.ts'
import type { Tx } from '#kernel/db.ts'
import { Refusal } from '#kernel/errors.ts'
import { append } from '#kernel/ledger.ts'
import type { Ctx } from '#kernel/scope.ts'
import { found } from '#kernel/table.ts'
import type { obligationRoutes } from '../contract.ts'
import { applyTally, type Change, changeObligations, type ObligationRow, obligationById } from '../store.ts'
import { settled, tallied, yellowFrom } from './settle.ts'
import { shown, visible } from './view.ts'

type Routes = typeof obligationRoutes
type Input<K extends keyof Routes> = InputOf<Routes[K]>

/** Changes one obligation or says who settled it before. The tally is the transaction's last statement. */
async function changeOne(tx: Tx, ctx: Ctx, row: ObligationRow, change: Change, kind: string) {
  const changed = await changeObligations(tx, ctx, [row.id], change)
  if (changed.length === 0) {
    throw await settled(tx, ctx, row)
  }
  await append(tx, ctx, kind, row, { from: change.from, to: change.to, due: change.due, reason: change.reason })
  const after = found(await obligationById(tx, ctx, row.id))
  applyTally(tx, ctx.tenant.id, tallied(changed))
  return shown(ctx, after)
}

export async function moveDue(tx: Tx, ctx: Ctx, input: Input<'moveDue'>) {
  const row = await visible(tx, ctx, input.id)
  ctx.may('obligation.move', { unit: row.unit_id })
  if (input.due < row.opens) throw new Refusal('obligation.due_before_opens', { opens: row.opens }, [{ at: '/due' }])
  const change: Change = {
    from: 'open',
    to: 'open',
    event: 'due_moved',
    effectiveAt: ctx.now,
    reason: input.reason,
    due: input.due,
    warnFrom: yellowFrom(ctx, row.opens, input.due),
  }
  return changeOne(tx, ctx, row, change, 'obligation.due_moved')
}

export async function handOver(tx: Tx, ctx: Ctx, input: Input<'handOver'>) {
  const row = await visible(tx, ctx, input.id)
  ctx.may('obligation.move', { unit: row.unit_id })
  ctx.may('obligation.move', { unit: input.unit })
  if (input.person === row.holder_id && input.unit === row.unit_id) throw new Refusal('obligation.same_holder', {}, [{ at: '/person' }])
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

export async function waive(tx: Tx, ctx: Ctx, input: Input<'waive'>) {
  const row = await visible(tx, ctx, input.id)
  ctx.may('obligation.waive', { unit: row.unit_id })
  const change: Change = { from: 'open', to: 'waived', event: 'waived', effectiveAt: ctx.now, reason: input.reason }
  return changeOne(tx, ctx, row, change, 'obligation.waived')
}

export async function restore(tx: Tx, ctx: Ctx, input: Input<'restore'>) {
  const row = await visible(tx, ctx, input.id)
  ctx.may('obligation.waive', { unit: row.unit_id })
  const change: Change = { from: 'waived', to: 'open', event: 'corrected', effectiveAt: ctx.now, reason: input.reason }
  return changeOne(tx, ctx, row, change, 'obligation.restored')
}
