import type { InputOf } from '#kernel/contract.ts'
import type { Db, Tx } from '#kernel/db.ts'
import { kernelRefusals, must, Refusal, say } from '#kernel/errors.ts'
import { type Id, newId } from '#kernel/ids.ts'
import { append } from '#kernel/ledger.ts'
import { type Ctx, personOf } from '#kernel/scope.ts'
import { cursor, found, limitOf, move, pageFrom } from '#kernel/table.ts'
import { type ObligationRow, reopen } from '#modules/obligations/index.ts'
import { actRefusals, type actRoutes } from '../contract.ts'
import { type ConfirmationState, confirmationMoves, confirmerOf, mayConfirm } from '../rules.ts'
import {
  type Asking,
  aboveUnit,
  ask as askFor,
  awaitingOf,
  type ConfirmationRow,
  confirmationsByIds,
  confirmationsOf,
  countConfirmations,
  listConfirmations,
  setReason,
} from '../store/confirmations.ts'
import { actsByIds } from '../store.ts'
import { shownRequest, withParts } from './show.ts'

type Routes = typeof actRoutes
type Input<K extends keyof Routes> = InputOf<Routes[K]>

type Recorded = { doneBy: Id; recordedBy: Id; unit: Id }

/**
 * Whom an act is to be confirmed by: the one it was recorded for, and whoever the duties behind what it discharges ask for (`asked`: head or
 * superior). Who recorded is never asked; where nobody stands above, nothing is asked.
 */
export async function requestsFor(
  tx: Tx,
  ctx: Ctx,
  act: Recorded & { name: string },
  obligations: readonly ObligationRow[],
  asked: ReadonlyMap<Id, 'head' | 'superior'>,
): Promise<Asking[]> {
  const list: Asking[] = []
  if (act.doneBy !== act.recordedBy)
    list.push({ id: newId(), obligation: null, ground: 'recorded_for', askedOf: act.doneBy, name: act.name, unit: act.unit, note: null })
  for (const row of obligations) {
    const ground = asked.get(row.id)
    if (!ground) continue
    const above = await aboveUnit(tx, ctx.tenant.id, row.unit_id, ctx.today)
    const confirmer = confirmerOf(ground, above, [row.holder_id, act.doneBy, act.recordedBy])
    if (confirmer)
      list.push({
        ...{ id: newId(), obligation: row.id, ground: confirmer.ground, askedOf: confirmer.person, name: confirmer.name },
        ...{ unit: row.unit_id, note: null },
      })
  }
  return list
}

/** A request just made, as it is read afterwards. */
export const askedNow = (ctx: Ctx, act: Id, one: Asking, recorder: string, { doneBy, recordedBy }: Recorded): ConfirmationRow => ({
  ...{ id: one.id, act_id: act, obligation_id: one.obligation, obligation: null, ground: one.ground, asked_of: one.askedOf },
  ...{ asked_of_name: one.name, asked_by: recordedBy, asked_by_name: recorder, unit_id: one.unit, done_by: doneBy, state: 'awaiting' },
  ...{ note: one.note, reason: null, recorded_at: ctx.now, moved_by_name: null, moved_at: null, last: true, gone: false },
})

/** An act that was corrected or withdrawn asks for nothing more. */
export async function lapse(tx: Tx, ctx: Ctx, act: Id): Promise<void> {
  for (const row of await awaitingOf(tx, ctx.tenant.id, act)) await move(tx, ctx, confirmationMoves, row, 'lapse')
}

export async function confirmations(db: Db, ctx: Ctx, input: Input<'confirmations'>) {
  const limit = limitOf(input)
  const rows = await listConfirmations(db, ctx, input.pile ?? 'asked', cursor(input.after, 2), limit)
  const acts = await actsByIds(
    db,
    ctx,
    rows.map((row) => row.act_id),
  )
  const byId = new Map(acts.map((act) => [act.id, act]))
  const show = await withParts(db, ctx, acts)
  return pageFrom(
    rows,
    limit,
    (row) => [row.recorded_at.toISOString(), row.id],
    (row) => ({
      ...shownRequest(ctx, row),
      obligation: row.obligation_id ? { id: row.obligation_id, name: row.obligation ?? '' } : null,
      act: show(found(byId.get(row.act_id))),
    }),
  )
}

export const toConfirm = (db: Db, ctx: Ctx) => countConfirmations(db, ctx)

/** Refused unless this person may answer the request; absent where it is neither theirs to answer nor theirs to read. */
function mustAnswer(ctx: Ctx, row: ConfirmationRow): void {
  const me = ctx.actor.person
  const asked = {
    state: row.state,
    ground: row.ground,
    askedOf: row.asked_of,
    askedBy: row.asked_by,
    unit: row.unit_id,
    doneBy: row.done_by,
  }
  const concerned = row.asked_of === me || row.asked_by === me || row.done_by === me || ctx.can('act.read', { unit: row.unit_id })
  if (!concerned) throw new Refusal('thing.absent')
  must(mayConfirm(ctx.can, asked, me, row.gone))
  if (row.state !== 'awaiting' || !row.last) throw new Refusal('confirmation.answered', { state: stateWord(ctx, row.state) })
}

const words: Record<ConfirmationState, readonly [string, string]> = {
  awaiting: ['改由新的请求确认', 'asked anew'],
  confirmed: ['确认', 'confirmed'],
  objected: ['退回', 'sent back'],
  lapsed: ['失效：原记录已更正或撤回', 'void: the entry was corrected or withdrawn'],
}
const stateWord = (ctx: Ctx, state: ConfirmationState) => words[state][ctx.lang === 'en' ? 1 : 0]

/** Confirms each on its own: what one is refused for does not hold up the others. */
export async function confirm(tx: Tx, ctx: Ctx, input: Input<'confirm'>) {
  const rows = new Map((await confirmationsByIds(tx, ctx, input.ids)).map((row) => [row.id, row]))
  const one = async (id: Id) => {
    const row = rows.get(id)
    if (!row) throw new Refusal('thing.absent')
    mustAnswer(ctx, row)
    await move(tx, ctx, confirmationMoves, row, 'confirm')
    await append(tx, ctx, 'act.confirmed', { id: row.act_id }, { confirmation: id, ground: row.ground, obligation: row.obligation_id })
  }
  // In the order of their ids, so that two who confirm the same ones at once do not wait for each other.
  const results = new Map<Id, Refusal | null>()
  for (const id of [...input.ids].sort()) results.set(id, await one(id).then(() => null, asRefusal))
  return {
    items: input.ids.map((id) => {
      const refusal = results.get(id) ?? null
      const refused = refusal && { code: refusal.code, message: say({ ...kernelRefusals, ...actRefusals }, refusal, ctx.lang) }
      return { id, confirmed: refusal === null, refused }
    }),
  }
}

function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  throw error
}

/**
 * Sends a request back with the reason. What was recorded for somebody keeps its light until whoever recorded corrects or withdraws it; a duty that
 * asks for a confirmation and does not get it is open again.
 */
export async function object(tx: Tx, ctx: Ctx, input: Input<'object'>) {
  const [row] = await confirmationsByIds(tx, ctx, [input.id])
  const request = found(row)
  mustAnswer(ctx, request)
  await move(tx, ctx, confirmationMoves, request, 'object')
  await setReason(tx, ctx.tenant.id, request.id, input.reason)
  await append(
    tx,
    ctx,
    'act.objected',
    { id: request.act_id },
    { confirmation: request.id, ground: request.ground, obligation: request.obligation_id, reason: input.reason },
  )
  const [after] = await confirmationsByIds(tx, ctx, [input.id])
  const answer = shownRequest(ctx, found(after))
  if (request.obligation_id) await reopen(tx, ctx, [request.obligation_id], request.act_id, input.reason)
  return answer
}

/** Answers an objection to what was recorded for somebody, and asks again. */
export async function ask(tx: Tx, ctx: Ctx, input: Input<'ask'>) {
  const [row] = await confirmationsByIds(tx, ctx, [input.id])
  const request = found(row)
  if (request.asked_by !== personOf(ctx)) throw new Refusal('thing.absent')
  if (request.state !== 'objected' || !request.last || request.obligation_id)
    throw new Refusal('confirmation.answered', { state: stateWord(ctx, request.state) })
  askFor(tx, ctx, request.act_id, request.asked_by, [
    {
      ...{ id: newId(), obligation: null, ground: request.ground, askedOf: request.asked_of, name: request.asked_of_name },
      ...{ unit: request.unit_id, note: input.reason },
    },
  ])
  await append(tx, ctx, 'act.asked', { id: request.act_id }, { confirmation: request.id, reason: input.reason })
  const [again] = await confirmationsOf(tx, ctx, [request.act_id])
  return shownRequest(ctx, found(again))
}
