import { later } from '#kernel/calendar/index.ts'
import type { InputOf } from '#kernel/contract.ts'
import type { Tx } from '#kernel/db.ts'
import { must, Refusal } from '#kernel/errors.ts'
import { append } from '#kernel/ledger.ts'
import { type Ctx, personOf } from '#kernel/scope.ts'
import { type Owed, owe } from '#modules/obligations/index.ts'
import type { dutyRoutes } from '../contract.ts'
import { dutyById } from '../store/duties.ts'
import { holderRanges } from '../store/holders.ts'
import { ancestorsOf } from '../store/tree.ts'
import { dropParts, insertParts, lockTree, reground, setParent } from '../store/writes.ts'
import { noCircle, partWithin } from '../tree.ts'
import { carriedParts, mayAll, standingDuty, write } from './assume.ts'
import { read } from './view.ts'

type Routes = typeof dutyRoutes
type Input<K extends keyof Routes> = InputOf<Routes[K]>

/** Breaking a duty down takes the verb over one of its units or over the duty as one's own; each part must be within one's reach. */
async function mayBreakDown(tx: Tx, ctx: Ctx, duty: string): Promise<void> {
  const holders = await holderRanges(tx, ctx.tenant.id, [duty])
  if (!holders.some((one) => ctx.can('duty.decompose', { unit: one.unit, ...(one.person ? { holder: one.person } : {}) })))
    ctx.may('duty.decompose', { unit: null })
}

/** Carries parts of a duty down: each becomes a duty of its own below it, with its own holders; what is left out is the whole's. All or none. */
export async function decompose(tx: Tx, ctx: Ctx, input: Input<'decompose'>) {
  const whole = await standingDuty(tx, ctx, input.id)
  await mayBreakDown(tx, ctx, whole.id)
  const made: string[] = []
  const owed: Owed[] = []
  for (const [n, part] of input.parts.entries()) {
    for (const holder of part.holders) ctx.may('duty.decompose', { unit: holder.unit })
    // A part that begins when it is written down starts nobody in arrears.
    const since = part.since ?? later(whole.since, ctx.today)
    const due = part.due === undefined ? (part.rrule ? null : whole.due) : part.due
    if (part.due === undefined && due !== null && due < since)
      throw new Refusal('duty.part_needs_due', { due }, [{ at: `/parts/${n}/due` }])
    const one = await write(
      tx,
      ctx,
      {
        title: part.title,
        body: part.body ?? '',
        kind: part.kind ?? whole.kind,
        polarity: part.polarity ?? whole.polarity,
        measure: part.measure === undefined ? whole.measure : part.measure,
        aspect: (part.kind ?? whole.kind) === 'first' ? whole.aspect : null,
        rrule: part.rrule === undefined ? (part.due ? null : whole.rrule) : part.rrule,
        due,
        since,
        attend: whole.attend,
        confirm: whole.confirm,
        parent: whole.id,
        basis: null,
        holders: part.holders,
        carries: part.carries,
      },
      `/parts/${n}`,
      owed,
    )
    made.push(one.id)
    owed.push(...one.owed)
  }
  await append(tx, ctx, 'duty.decomposed', whole, { parts: made })
  await owe(tx, ctx, owed)
  return { duty: await read(tx, ctx, { id: whole.id }), made }
}

/** Hangs a duty below another one, or at the top. One move at a time in an office, so that no two of them close a circle between them. */
export async function moveBelow(tx: Tx, ctx: Ctx, input: Input<'move'>) {
  await lockTree(tx, ctx.tenant.id)
  const duty = await standingDuty(tx, ctx, input.id)
  await mayAll(tx, ctx, duty.id, 'duty.decompose')
  if (duty.parent_id === input.parent) throw new Refusal('duty.same_parent', {}, [{ at: '/parent' }])
  const parent = input.parent === null ? null : await dutyById(tx, ctx, input.parent)
  if (parent !== null) {
    if (parent?.state !== 'active') throw new Refusal('duty.absent_parent', {}, [{ at: '/parent' }])
    await mayBreakDown(tx, ctx, parent.id)
    must(noCircle(duty, [parent, ...(await ancestorsOf(tx, ctx, parent.id))]))
    must(partWithin(parent, duty, ''))
  }
  await setParent(tx, ctx, personOf(ctx), { duty: duty.id, from: duty.parent_id, to: input.parent, reason: input.reason ?? null })
  await reground(tx, ctx.tenant.id, duty.id)
  if (parent) {
    const holders = await holderRanges(tx, ctx.tenant.id, [duty.id])
    await dropParts(tx, ctx.tenant.id, duty.id, parent.id)
    await insertParts(tx, ctx, duty.id, await carriedParts(tx, ctx, parent.id, holders, input.carries))
  }
  await append(tx, ctx, 'duty.moved', duty, { from: duty.parent_id, to: input.parent, ...(input.reason ? { reason: input.reason } : {}) })
  return read(tx, ctx, { id: duty.id })
}
