import type { InputOf } from '#kernel/contract.ts'
import type { Tx } from '#kernel/db.ts'
import { Refusal } from '#kernel/errors.ts'
import type { Id } from '#kernel/ids.ts'
import { append } from '#kernel/ledger.ts'
import { type Ctx, personOf } from '#kernel/scope.ts'
import { found, move } from '#kernel/table.ts'
import { recordSigning } from '#modules/acts/index.ts'
import { obligationsByIds, openOfAll } from '#modules/obligations/index.ts'
import type { pledgeRoutes } from '../contract.ts'
import { maySign, pledgeMoves, sideOf, signingVerb } from '../rules.ts'
import { holdPledges, type PledgeRow, pledgesByIds } from '../store/pledges.ts'
import { insertSignatures } from '../store/texts.ts'
import { read, shownAll } from './view.ts'

type Input<K extends keyof typeof pledgeRoutes> = InputOf<(typeof pledgeRoutes)[K]>
type Signing = { id: Id; hash: string; at: string }

/** All of them or none: what one is refused for is said of each, with its place. */
function mustSign(ctx: Ctx, list: readonly Signing[], rows: ReadonlyMap<Id, PledgeRow>): void {
  const refusals = list.flatMap(({ id, hash, at }) => {
    const row = rows.get(id)
    const sides = row && { person: row.person.id, superior: row.superior?.id ?? null }
    const sees =
      row && sides && (sideOf(sides, ctx.actor.person) !== null || ctx.can('pledge.read', { unit: row.unit.id, holder: row.person.id }))
    if (!row || !sides || !sees) return [new Refusal('thing.absent', {}, [{ at }])]
    const verdict = maySign({ ...row, ...sides, name: row.person.name }, ctx.actor.person, hash, at)
    return verdict.ok ? [] : [verdict.refusal]
  })
  const first = refusals[0]
  if (!first) return
  const alike = refusals.filter((one) => one.code === first.code)
  const name = [...new Set(alike.flatMap((one) => one.params.name ?? []))].join('、')
  throw new Refusal(
    first.code,
    { name },
    alike.flatMap((one) => one.places),
  )
}

/** What the signer owes of having signed these, as far as it is still theirs and open. */
async function owedBy(tx: Tx, ctx: Ctx, pledges: readonly Id[]): Promise<Id[]> {
  const open = await openOfAll(tx, ctx.tenant.id, pledges)
  return (await obligationsByIds(tx, ctx.tenant.id, open)).filter((row) => row.holder_id === ctx.actor.person).map((row) => row.id)
}

/**
 * Signs texts as the side one is, each under the hash of what was shown. Each signature has its entry in the ledger: the hash and the side, nobody's name.
 * As the holder, having signed is an act (one for all of them), which discharges what was owed; it comes last, with the tally.
 */
async function signThem(tx: Tx, ctx: Ctx, list: readonly Signing[]): Promise<Id[]> {
  const me = personOf(ctx)
  const ids = [...new Set(list.map((one) => one.id))].sort()
  await holdPledges(tx, ctx.tenant.id, ids)
  const rows = new Map((await pledgesByIds(tx, ctx, ids)).map((row) => [row.id, row]))
  mustSign(ctx, list, rows)
  const signed = ids.map((id) => {
    const row = found(rows.get(id))
    return { row, side: row.person.id === me ? ('holder' as const) : ('superior' as const) }
  })
  for (const { row, side } of signed) await move(tx, ctx, pledgeMoves, row, signingVerb(row.kind, side))
  insertSignatures(
    tx,
    ctx,
    signed.map(({ row, side }) => ({ pledge: row.id, side, text_no: row.text_no, hash: row.hash })),
  )
  for (const { row, side } of signed) await append(tx, ctx, 'pledge.signed', row, { side, hash: row.hash })
  const own = signed.filter(({ side }) => side === 'holder')
  if (own.length > 0) {
    const discharges = await owedBy(
      tx,
      ctx,
      own.map(({ row }) => row.id),
    )
    const what = `签订${own.map(({ row }) => `《${row.title}》`).join('')}`.slice(0, 2000)
    await recordSigning(tx, ctx, { what, kind: 'paper', happenedOn: ctx.today, doneBy: me, discharges })
  }
  return ids
}

export async function sign(tx: Tx, ctx: Ctx, { id, hash }: Pick<Input<'sign'>, 'id' | 'hash'>) {
  await signThem(tx, ctx, [{ id, hash, at: '' }])
  return read(tx, ctx, { id })
}

export async function signAll(tx: Tx, ctx: Ctx, { items }: Pick<Input<'signAll'>, 'items'>) {
  const ids = await signThem(
    tx,
    ctx,
    items.map((one, i) => ({ ...one, at: `/items/${i}` })),
  )
  return { items: await shownAll(tx, ctx, await pledgesByIds(tx, ctx, ids)) }
}
