import type { InputOf } from '#kernel/contract.ts'
import type { Db, Tx } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import { append } from '#kernel/ledger.ts'
import type { Ctx } from '#kernel/scope.ts'
import { cutOf, found, move, pageFrom } from '#kernel/table.ts'
import { record } from '#modules/acts/index.ts'
import { openOf, owe, waiveRest } from '#modules/obligations/index.ts'
import type { sealingRoutes } from './contract.ts'
import { permissionOf, sealingActions, sealingMoves } from './rules.ts'
import { insertSealing, type SealingRow, sealingById, sealingsPage } from './store.ts'

type Input<K extends keyof typeof sealingRoutes> = InputOf<(typeof sealingRoutes)[K]>
const standing = (row: SealingRow) => ({ holder: row.keeper.id, unit: row.unit.id })
const shown = (ctx: Ctx) => (row: SealingRow) => ({
  ...row,
  actions: ctx.lookingBack ? [] : sealingActions(ctx.can, row.state, standing(row)),
})

export async function list(db: Db, ctx: Ctx, input: Input<'list'>) {
  const cut = cutOf(input, 2)
  const rows = await sealingsPage(db, ctx, ctx.reach('sealing.read'), input.state, cut)
  return pageFrom(rows, cut.limit, (row) => [row.due, row.id], shown(ctx))
}

/** Asks a unit's keeper to seal its cars by a day: from here on it is an obligation like any other (rule `sealing.basis`). */
export async function ask(tx: Tx, ctx: Ctx, { occasion, unit, keeper, due }: Input<'ask'>) {
  ctx.may('sealing.ask', { unit })
  const id = insertSealing(tx, ctx, { occasion, due, unit_id: unit, keeper_id: keeper })
  await append(tx, ctx, 'sealing.asked', { id }, { occasion, unit, keeper, due })
  const answer = shown(ctx)(found(await sealingById(tx, ctx, id)))
  const { document, article } = ctx.rule('sealing.basis')
  const what = { title: `${occasion}前封存公务用车`, ground: `《${document[0]}》第${article}条`, kind: 'task', period: 'once' }
  await owe(tx, ctx, [{ ...what, because: 'sealing', becauseId: id, holder: keeper, unit, opens: ctx.today, due }])
  return answer
}

async function taken(tx: Tx, ctx: Ctx, verb: 'seal' | 'excuse', { id, note }: { id: Id; note: string }) {
  const row = found(await sealingById(tx, ctx, id))
  ctx.may(permissionOf(verb), standing(row))
  const state = await move(tx, ctx, sealingMoves, row, verb, { note })
  await append(tx, ctx, `sealing.${state}`, row, { note })
  return { answer: shown(ctx)({ ...row, state, note }), owed: await openOf(tx, ctx.tenant.id, id) }
}

export async function seal(tx: Tx, ctx: Ctx, input: Input<'seal'>) {
  const { answer, owed } = await taken(tx, ctx, 'seal', input)
  const what = `${answer.occasion}前封存公务用车：${input.note}`
  await record(tx, ctx, { what, happenedOn: input.on, doneBy: answer.keeper.id, discharges: owed })
  return answer
}

export async function excuse(tx: Tx, ctx: Ctx, input: Input<'excuse'>) {
  const { answer, owed } = await taken(tx, ctx, 'excuse', input)
  await waiveRest(tx, ctx, owed, input.note)
  return answer
}
