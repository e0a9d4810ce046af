import type { InputOf, OkOf } from '#kernel/contract.ts'
import { afterCommit, reading, type Tx, withTenant } from '#kernel/db.ts'
import { Refusal } from '#kernel/errors.ts'
import type { House } from '#kernel/house.ts'
import type { Id } from '#kernel/ids.ts'
import { append } from '#kernel/ledger.ts'
import type { Ctx } from '#kernel/scope.ts'
import { found, move } from '#kernel/table.ts'
import type { evidenceRoutes } from '../contract.ts'
import { evidenceMoves, mayRemove, sweepAfterHours } from '../rules.ts'
import { evidenceById, holdBytes, keepReason, referredTo } from '../store.ts'
import { asAct, readable, shown } from './view.ts'

type Remove = (typeof evidenceRoutes)['remove']
type Within = Pick<House, 'pool' | 'files'>

/** Erases bytes that nothing refers to any more, while nobody can begin to. Answers whether it did. */
async function eraseUnused(house: Within, tenant: Id, hash: string): Promise<boolean> {
  return withTenant(house.pool, tenant, async (tx) => {
    await holdBytes(tx, tenant, hash)
    if ((await referredTo(tx, tenant, [hash])).size > 0) return false
    await house.files.erase(tenant, hash)
    return true
  })
}

/** Removes a file: who, when and why stay, its bytes do not. They go once that is written; should the program die before, the sweep takes them. */
export async function remove(tx: Tx, ctx: Ctx, input: InputOf<Remove>, house: House): Promise<OkOf<Remove>> {
  const row = found(await evidenceById(tx, ctx.tenant.id, input.id))
  const act = await readable(tx, ctx, row.act_id)
  if (!mayRemove(ctx.can, asAct(act), row.uploaded_by, ctx.actor.person)) throw new Refusal('may.not', { verb: 'evidence.tend' })
  await keepReason(tx, ctx.tenant.id, row.id, input.reason)
  await move(tx, ctx, evidenceMoves, row, 'remove')
  await append(tx, ctx, 'evidence.removed', { id: row.id }, { act: act.id, hash: row.hash, reason: input.reason })
  afterCommit(tx, () => eraseUnused(house, ctx.tenant.id, row.hash))
  const gone = found(await evidenceById(tx, ctx.tenant.id, row.id))
  return found((await shown(tx, ctx, [gone], [act]))[0])
}

/**
 * Erases what an office keeps and no row refers to: uploads that were refused or cut off, and what a removal left behind. Answers how many.
 * Only what has lain for a day: a file is kept before its row is written.
 */
export async function sweepEvidence(house: Within, ctx: Ctx): Promise<number> {
  const before = new Date(ctx.now.getTime() - sweepAfterHours * 3_600_000)
  let erased = 0
  const sweep = async (hashes: readonly string[]) => {
    const used = await reading(house.pool, ctx.tenant.id, (db) => referredTo(db, ctx.tenant.id, hashes))
    for (const hash of hashes) if (!used.has(hash) && (await eraseUnused(house, ctx.tenant.id, hash))) erased += 1
  }
  const batch: string[] = []
  for await (const hash of house.files.keptBefore(ctx.tenant.id, before)) {
    batch.push(hash)
    if (batch.length === 500) await sweep(batch.splice(0))
  }
  if (batch.length > 0) await sweep(batch)
  return erased
}
