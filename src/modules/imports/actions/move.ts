import { createHash } from 'node:crypto'
import type { InputOf, OkOf } from '#kernel/contract.ts'
import type { Tx } from '#kernel/db.ts'
import { must, Refusal } from '#kernel/errors.ts'
import type { House, Read } from '#kernel/house.ts'
import type { ImportKind, ImportPlan } from '#kernel/imports.ts'
import { append } from '#kernel/ledger.ts'
import type { Ctx } from '#kernel/scope.ts'
import { found, move } from '#kernel/table.ts'
import type { importRoutes } from '../contract.ts'
import { importMoves, mayCommit, mayUndo, stillHolds } from '../rules.ts'
import { type BatchRow, batchById, effectsOf, forget, keepEffects, lyingSince } from '../store.ts'
import { bookOf, compared, kindFor, planOf } from './preview.ts'
import { brief, shown, visible } from './show.ts'

type Input<K extends keyof typeof importRoutes> = InputOf<(typeof importRoutes)[K]>
type Answer = OkOf<typeof importRoutes.read>

/**
 * Writes the whole of a preview. What is not at hand any more is read and compared once more before the transaction; within it the office must still be
 * the one that was previewed.
 */
export const commit = {
  prepare: async (read: Read, ctx: Ctx, input: Input<'commit'>, house: House): Promise<(tx: Tx) => Promise<Answer>> => {
    const batch = await read((db) => visible(db, ctx, input.id))
    const kind = kindFor(ctx, batch.kind, '/kind')
    // A second click is told who was first, before anything is read.
    if (batch.state !== 'previewed') return (tx) => again(tx, ctx, batch)
    must(mayCommit(batch.counts, batch.problems))
    const plan = planOf(batch) ?? (await planAgain(read, ctx, kind, batch))
    return async (tx) => {
      await kind.hold(tx, ctx)
      await move(tx, ctx, importMoves, batch, 'commit')
      must(stillHolds(batch.basis, `${ctx.today} ${await kind.basis(tx, ctx)}`))
      const effects = JSON.stringify(await plan.commit(tx, ctx))
      await keepEffects(tx, ctx.tenant.id, batch.id, effects)
      await forget(tx, ctx.tenant.id, batch.id, 'content')
      const digest = createHash('sha256').update(effects).digest('hex')
      await append(tx, ctx, 'import.committed', batch, { kind: kind.key, file: batch.file_hash, counts: batch.counts, effects: digest })
      house.signIn.forget()
      return shown(tx, ctx, found(await batchById(tx, ctx, batch.id)))
    }
  },
}

/** The same file, columns and office give the same plan. */
async function planAgain(read: Read, ctx: Ctx, kind: ImportKind, batch: BatchRow): Promise<ImportPlan> {
  const book = await read((db) => bookOf(db, ctx, batch))
  const choice = { sheet: batch.sheet, headerRows: batch.header_rows, columns: batch.columns }
  const { plan, reading } = await compared(read, ctx, kind, book, choice, batch.since)
  must(stillHolds(batch.basis, reading.basis))
  return plan
}

/** What has moved already is refused by the machine. */
async function again(tx: Tx, ctx: Ctx, batch: BatchRow): Promise<Answer> {
  await move(tx, ctx, importMoves, batch, 'commit')
  return shown(tx, ctx, batch)
}

export async function undo(tx: Tx, ctx: Ctx, input: Input<'undo'>, house: House): Promise<Answer> {
  const batch = await visible(tx, ctx, input.id)
  const kind = kindFor(ctx, batch.kind, '/kind')
  await kind.hold(tx, ctx)
  await move(tx, ctx, importMoves, batch, 'undo')
  const effects = await effectsOf(tx, ctx.tenant.id, batch.id)
  if (!effects) throw new Refusal('thing.absent')
  must(mayUndo(await kind.undo(tx, ctx, effects), ctx.lang))
  await append(tx, ctx, 'import.undone', batch, { kind: kind.key, file: batch.file_hash })
  house.signIn.forget()
  return shown(tx, ctx, found(await batchById(tx, ctx, batch.id)))
}

export async function discard(tx: Tx, ctx: Ctx, input: Input<'discard'>): Promise<OkOf<typeof importRoutes.discard>> {
  const batch = await visible(tx, ctx, input.id)
  kindFor(ctx, batch.kind, '/kind')
  await move(tx, ctx, importMoves, batch, 'discard')
  await forget(tx, ctx.tenant.id, batch.id, 'all')
  await append(tx, ctx, 'import.discarded', batch, { file: batch.file_hash })
  return brief(ctx, found(await batchById(tx, ctx, batch.id)))
}

/** A preview nobody committed within a week is given up, and the file with it: rosters carry more than is taken in. Answers how many. */
export async function giveUp(tx: Tx, ctx: Ctx): Promise<number> {
  const old = await lyingSince(tx, ctx.tenant.id, new Date(ctx.now.getTime() - 7 * 86_400_000))
  for (const batch of old) {
    await move(tx, ctx, importMoves, batch, 'discard')
    await forget(tx, ctx.tenant.id, batch.id, 'all')
    await append(tx, ctx, 'import.discarded', batch, { file: batch.file_hash })
  }
  return old.length
}
