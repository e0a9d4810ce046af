import type { InputOf } from '#kernel/contract.ts'
import type { Tx } from '#kernel/db.ts'
import { must } from '#kernel/errors.ts'
import { newId } from '#kernel/ids.ts'
import { append } from '#kernel/ledger.ts'
import type { Ctx } from '#kernel/scope.ts'
import type { obligationRoutes } from '../contract.ts'
import { mayJoin, maySplit } from '../rules.ts'
import { changeObligations, type NewRow } from '../store/change.ts'
import { holdObligations, lastPart, partsOf } from '../store/read.ts'
import { mustBeThere } from './change.ts'
import { count, insertParts, recounts, settled, yellowFrom } from './settle.ts'
import { visible, wholeOf } from './view.ts'

type Routes = typeof obligationRoutes
type Input<K extends keyof Routes> = InputOf<Routes[K]>

/** Splits an open obligation: its parts carry it from now on, each with its holder and its day; what it was stays to be seen. */
export async function split(tx: Tx, ctx: Ctx, input: Input<'split'>) {
  const row = await visible(tx, ctx, input.id)
  ctx.may('obligation.split', { unit: row.unit_id })
  for (const part of input.parts) ctx.may('obligation.split', { unit: part.unit })
  must(maySplit(row, input.parts, ctx.today))
  await mustBeThere(tx, ctx, input.parts, (i) => `/parts/${i}/person`)
  const change = { from: 'open', to: 'split', event: 'split', effectiveAt: ctx.now, reason: input.reason } as const
  const changed = await changeObligations(tx, ctx, [row.id], change)
  if (changed.length === 0) throw await settled(tx, ctx, row)
  const before = await lastPart(tx, ctx.tenant.id, row)
  const parts = input.parts.map(
    (part, i): NewRow => ({
      id: newId(),
      because: row.because,
      because_id: row.because_id,
      kind: row.kind,
      title: part.title ?? row.title,
      period: row.period,
      holder_id: part.person,
      unit_id: part.unit,
      opens: row.opens,
      warn_from: yellowFrom(ctx, row.opens, part.due),
      due: part.due,
      part: before + i + 1,
      part_of: row.id,
      // A part that keeps the day keeps how it was counted.
      reckoned: part.due === row.due ? row.reckoned : null,
      reckoned_from: part.due === row.due ? row.reckoned_from : null,
      ground: row.ground,
    }),
  )
  const made = await insertParts(tx, ctx, parts)
  const named = parts.map(({ id, holder_id, unit_id, due }) => ({ id, holder: holder_id, unit: unit_id, due }))
  await append(tx, ctx, 'obligation.split', row, { parts: named, reason: input.reason })
  const answer = await wholeOf(tx, ctx, row.id)
  count(tx, ctx, [...recounts(changed), ...made])
  return answer
}

/** Takes a split back while nothing of it was done: the parts go back into the whole, which is open again as it was. */
export async function join(tx: Tx, ctx: Ctx, input: Input<'join'>) {
  const row = await visible(tx, ctx, input.id)
  ctx.may('obligation.split', { unit: row.unit_id })
  // All of them are held, in one order, before anything is decided: whoever discharges a part meanwhile is waited for.
  const ids = (await partsOf(tx, ctx, row.id)).map((part) => part.id)
  const held = await holdObligations(tx, ctx.tenant.id, [row.id, ...ids])
  const parts = held.filter((one) => one.id !== row.id)
  must(mayJoin(parts))
  const change = { event: 'joined', effectiveAt: ctx.now, reason: input.reason } as const
  const whole = await changeObligations(tx, ctx, [row.id], { ...change, from: 'split', to: 'open' })
  if (whole.length === 0) throw await settled(tx, ctx, row)
  const open = await changeObligations(tx, ctx, ids, { ...change, from: 'open', to: 'joined' })
  const waived = await changeObligations(tx, ctx, ids, { ...change, from: 'waived', to: 'joined' })
  await append(tx, ctx, 'obligation.joined', row, { parts: ids, reason: input.reason })
  const answer = await wholeOf(tx, ctx, row.id)
  count(tx, ctx, recounts([...whole, ...open, ...waived]))
  return answer
}
