import type { Tx } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import type { Recount } from '../rules.ts'
import { changeObligations, insertObligations } from '../store/change.ts'
import { follow } from '../store/follow.ts'
import { beginnings, count, type Owed, recounts, rowOf, yellowFrom } from './settle.ts'

/**
 * What a change of a cause does to what is owed for it. `waive`: open ones whose period is no longer asked for. `reopen`: those waived by an earlier
 * change whose period is asked for again. `follow`: open ones that take other words, another kind or another day. `make`: periods that nobody owes
 * yet.
 */
export type Replan = {
  waive: readonly Id[]
  reopen: readonly Id[]
  follow: readonly { id: Id; opens: string; due: string; title: string; kind: string; reckoned?: Owed['reckoned'] }[]
  make: readonly Owed[]
}

/** Carries a plan out, with its reason in every event. Ends with the tally: must be the last write of the transaction. */
export async function replan(tx: Tx, ctx: Ctx, plan: Replan, reason: string): Promise<void> {
  const effectiveAt = ctx.now
  const waived = await changeObligations(tx, ctx, plan.waive, { from: 'open', to: 'waived', event: 'waived', effectiveAt, reason })
  const reopened = await changeObligations(tx, ctx, plan.reopen, { from: 'waived', to: 'open', event: 'corrected', effectiveAt, reason })
  const wanted = plan.follow.map((one) => ({
    ...{ id: one.id, title: one.title, kind: one.kind, due: one.due },
    warn_from: yellowFrom(ctx, one.opens, one.due),
    reckoned: one.reckoned?.by ?? null,
    reckoned_from: one.reckoned?.from ?? null,
  }))
  const followed = (await follow(tx, ctx, wanted, reason)).map((row): Recount => {
    const same = { holder: row.holder_id, unit: row.unit_id, state: 'open', doneOn: null } as const
    return {
      before: { ...same, kind: row.was_kind, due: row.was_due, warnFrom: row.was_warn },
      after: { ...same, kind: row.kind, due: row.due, warnFrom: row.warn_from },
    }
  })
  const made = await insertObligations(
    tx,
    ctx,
    plan.make.map((one) => rowOf(ctx, one)),
  )
  count(tx, ctx, [...recounts([...waived, ...reopened]), ...followed, ...beginnings(made)])
}
