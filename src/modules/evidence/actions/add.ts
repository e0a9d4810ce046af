import type { InputOf, OkOf } from '#kernel/contract.ts'
import type { Db, Tx } from '#kernel/db.ts'
import { must, Refusal } from '#kernel/errors.ts'
import { accepted, type Staged } from '#kernel/files/index.ts'
import type { House, Read } from '#kernel/house.ts'
import type { Id } from '#kernel/ids.ts'
import { append } from '#kernel/ledger.ts'
import { type Ctx, personOf } from '#kernel/scope.ts'
import { found } from '#kernel/table.ts'
import type { ActRow } from '#modules/acts/index.ts'
import type { evidenceRoutes } from '../contract.ts'
import { hasRoom, mayAdd, takesMore, wasTaken } from '../rules.ts'
import { evidenceById, holdAct, holdBytes, insertEvidence, usedBy, withSameBytes } from '../store.ts'
import { asAct, readable, shown } from './view.ts'

type Add = (typeof evidenceRoutes)['add']
type Sent = { hash: string; size: number }

/** The act, if this person may add to it, and under which name it has these bytes already. */
async function addable(db: Db, ctx: Ctx, id: Id, file: Sent): Promise<{ act: ActRow; there: string | null }> {
  const act = await readable(db, ctx, id)
  if (!mayAdd(ctx.can, asAct(act), ctx.actor.person)) throw new Refusal('may.not', { verb: 'evidence.tend' })
  const there = (await withSameBytes(db, ctx, [file.hash])).find((one) => one.act_id === id)
  return { act, there: there?.name ?? null }
}

/** Whether the act takes one more file, and this one has room. */
async function takes(db: Db, ctx: Ctx, act: ActRow, file: Sent): Promise<void> {
  must(takesMore(asAct(act)))
  const cap = (key: string) => Number(ctx.rule(`evidence.${key}`).value)
  must(hasRoom(await usedBy(db, ctx.tenant.id, act.id), file.size, { files: cap('files'), act: cap('act') }))
}

/**
 * Attaches a file. Its bytes are kept before the transaction and the row is written in it: killed in between, there are bytes that no row refers
 * to, which the nightly sweep erases, and never a row without bytes.
 */
async function prepare(read: Read, ctx: Ctx, input: InputOf<Add> & { file: Staged }, house: House) {
  const { file } = input
  const by = personOf(ctx)
  await read(async (db) => {
    const { act, there } = await addable(db, ctx, input.id, file)
    // The same request once more is answered below with what it was answered before.
    if (there === null) await takes(db, ctx, act, file)
  })
  const { name, kind } = accepted(file.name, file.found)
  must(wasTaken(input.takenOn, ctx.today))
  await house.files.keep(ctx.tenant.id, file)
  return async (tx: Tx): Promise<OkOf<Add>> => {
    await holdAct(tx, ctx.tenant.id, input.id)
    const { act, there } = await addable(tx, ctx, input.id, file)
    if (there !== null) throw new Refusal('evidence.twice', { name: there }, [{ at: '/file' }])
    await takes(tx, ctx, act, file)
    await holdBytes(tx, ctx.tenant.id, file.hash)
    if (!(await house.files.has(ctx.tenant.id, file.hash))) throw new Refusal('evidence.again', {}, [{ at: '/file' }])
    const takenOn = input.takenOn ?? null
    const id = await insertEvidence(tx, ctx, { act: act.id, hash: file.hash, name, kind, size: file.size, takenOn, by })
    await append(tx, ctx, 'evidence.added', { id }, { act: act.id, hash: file.hash, name, kind, size: file.size, takenOn })
    const row = found(await evidenceById(tx, ctx.tenant.id, id))
    return found((await shown(tx, ctx, [row], [act]))[0])
  }
}

export const add = { prepare }
