import type { InputOf } from '#kernel/contract.ts'
import type { Db } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import { type Ctx, personOf } from '#kernel/scope.ts'
import { type Cut, cutOf, found, pageFrom } from '#kernel/table.ts'
import type { PledgeOk, pledgeRoutes } from '../contract.ts'
import { applied, type Difference, difference, type Item, isEmpty } from '../difference.ts'
import { pledgeActions, unsigned } from '../rules.ts'
import type { PaperOk } from '../shapes.ts'
import { type PledgeRow, pledgeById, pledgesOfPerson, pledgesPage, standingOf, supplementsOf } from '../store/pledges.ts'
import { textsOf } from '../store/texts.ts'
import { itemsOf, seatsOf } from './candidates.ts'

type Input<K extends keyof typeof pledgeRoutes> = InputOf<(typeof pledgeRoutes)[K]>

/** Texts as they are kept, read back. */
export async function papersOf(db: Db, ctx: Ctx, ids: readonly Id[]): Promise<Map<Id, PaperOk>> {
  return new Map([...(await textsOf(db, ctx, ids))].map(([id, body]) => [id, JSON.parse(body) as PaperOk]))
}

/** What stands signed or waits to be, beside today's list. */
export type Live = { difference: Difference; moved: boolean; signed: Item[]; waiting: boolean }
const asked = (row: PledgeRow) => row.state === 'issued' || (row.state === 'in_force' && row.supplements_id === null)

/** The same for all pledges of which that is asked: nobody has signed, or they are in force. A supplement is asked by what it supplements. */
export async function liveOf(db: Db, ctx: Ctx, rows: readonly PledgeRow[]): Promise<Map<Id, Live>> {
  const of = rows.filter(asked)
  if (of.length === 0) return new Map()
  const rootOf = (row: PledgeRow) => row.supplements_id ?? row.id
  const persons = [...new Set(of.map((row) => row.person.id))]
  const roots = [...new Set(of.map(rootOf))]
  const later = (await supplementsOf(db, ctx, roots)).filter((row) => row.state !== 'withdrawn')
  const [papers, items, seats] = await Promise.all([
    papersOf(db, ctx, [...roots, ...later.map((row) => row.id)]),
    itemsOf(db, ctx, persons),
    seatsOf(db, ctx, persons),
  ])
  const chains = Map.groupBy(later, (row) => rootOf(row))
  return new Map(
    of.map((row) => {
      const root = rootOf(row)
      const chain = chains.get(root) ?? []
      const diffs = chain.flatMap((one) => papers.get(one.id)?.difference ?? [])
      const signed = diffs.reduce<Item[]>(applied, papers.get(root)?.items ?? [])
      const posts = papers.get(chain.at(-1)?.id ?? root)?.holder.posts ?? []
      const seat = seats.get(row.person.id)
      const live: Live = {
        difference: difference(signed, items.get(row.person.id) ?? []),
        moved: !seat || posts.join(' ') !== seat.posts.join(' '),
        signed,
        waiting: chain.some((one) => one.id !== row.id && unsigned.includes(one.state)),
      }
      return [row.id, live]
    }),
  )
}

const counted = ({ added, changed, removed }: Difference) => ({ added: added.length, changed: changed.length, removed: removed.length })
const differing = (live: Live | undefined): live is Live => live !== undefined && !live.waiting && !isEmpty(live.difference)

export function shown(ctx: Ctx, row: PledgeRow, live: Live | undefined): PledgeOk {
  const differs = differing(live) ? counted(live.difference) : null
  const moved = live?.moved ?? false
  return {
    id: row.id,
    round: row.round_id,
    kind: row.kind,
    year: row.year,
    title: row.title,
    person: row.person,
    unit: row.unit,
    superior: row.superior,
    supplements: row.supplements_id,
    due: row.due,
    state: row.state,
    until: row.until,
    reason: row.reason,
    recordedAt: row.recorded_at.toISOString(),
    hash: row.hash,
    signatures: row.signatures.map(({ side, person, at }) => ({ side, person, at: new Date(at).toISOString() })),
    differs,
    moved,
    actions: pledgeActions(
      ctx.can,
      {
        ...{ kind: row.kind, person: row.person.id, superior: row.superior?.id ?? null, state: row.state },
        ...{ unit: row.unit.id, supplements: row.supplements_id, differs: differs !== null, moved },
      },
      ctx.actor.person,
      ctx.lookingBack,
    ),
  }
}

/** Rows as the contract shows them: lists and texts are fetched once for all. */
export async function shownAll(db: Db, ctx: Ctx, rows: readonly PledgeRow[]): Promise<PledgeOk[]> {
  const live = await liveOf(db, ctx, rows)
  return rows.map((row) => shown(ctx, row, live.get(row.id)))
}

const byName = (row: { person: { name: string }; id: Id }) => [row.person.name, row.id]
/** How many are looked at in one go for those whose list has changed. */
const atOnce = 200

/** 待补签: looks through what is in force until a page is full. */
async function changedPage(db: Db, ctx: Ctx, input: Input<'list'>, { after, limit }: Cut) {
  const kept: PledgeOk[] = []
  for (let from: Cut['after'] = after; ; ) {
    const rows = await pledgesPage(db, ctx, input, { after: from, limit: atOnce })
    const looked = rows.slice(0, atOnce)
    kept.push(...(await shownAll(db, ctx, looked)).filter((one) => one.differs !== null))
    const last = looked.at(-1)
    if (rows.length <= atOnce || kept.length > limit || !last) break
    from = byName(last)
  }
  return pageFrom(kept.slice(0, limit + 1), limit, byName, (one) => one)
}

export async function list(db: Db, ctx: Ctx, input: Input<'list'>) {
  const cut = cutOf(input, 2)
  if (input.state === 'differs') return changedPage(db, ctx, input, cut)
  const rows = await pledgesPage(db, ctx, input, cut)
  const live = await liveOf(db, ctx, rows.slice(0, cut.limit))
  return pageFrom(rows, cut.limit, byName, (row) => shown(ctx, row, live.get(row.id)))
}

/** How many of a round's differ from today's list. */
export async function countDiffering(db: Db, ctx: Ctx, round: Id): Promise<number> {
  return (await differingOf(db, ctx, round)).length
}
/** In force in a round, changed since, and waiting for no supplement. */
export async function differingOf(db: Db, ctx: Ctx, round: Id): Promise<{ row: PledgeRow; live: Live }[]> {
  const rows = await pledgesPage(db, ctx, { round, state: 'differs' }, { after: null, limit: 20_000 })
  const live = await liveOf(db, ctx, rows)
  return rows.flatMap((row) => {
    const one = live.get(row.id)
    return differing(one) ? [{ row, live: one }] : []
  })
}

export async function whole(db: Db, ctx: Ctx, row: PledgeRow) {
  const [papers, live, later] = await Promise.all([
    papersOf(db, ctx, [row.id]),
    liveOf(db, ctx, [row]),
    row.supplements_id === null ? supplementsOf(db, ctx, [row.id]) : [],
  ])
  const one = live.get(row.id)
  return {
    ...shown(ctx, row, one),
    text: found(papers.get(row.id)),
    difference: differing(one) ? (one.difference as NonNullable<PaperOk['difference']>) : null,
    supplementedBy: await shownAll(db, ctx, later),
  }
}

/** One of them. Absent when it was issued later or is not one's to read. */
export const read = async (db: Db, ctx: Ctx, input: { id: Id }) => whole(db, ctx, found(await pledgeById(db, ctx, input.id)))

export async function mine(db: Db, ctx: Ctx) {
  const me = personOf(ctx)
  const [holder, superior, signed] = await Promise.all([
    pledgesOfPerson(db, ctx, me, 'holder'),
    pledgesOfPerson(db, ctx, me, 'superior'),
    pledgesOfPerson(db, ctx, me, 'signed'),
  ])
  const open = [...holder, ...superior.slice(0, atOnce)]
  const [papers, all] = await Promise.all([
    papersOf(
      db,
      ctx,
      open.map((row) => row.id),
    ),
    shownAll(db, ctx, [...open, ...signed]),
  ])
  const byId = new Map(all.map((one) => [one.id, one]))
  const papered = (rows: readonly PledgeRow[]) => rows.map((row) => ({ ...found(byId.get(row.id)), text: found(papers.get(row.id)) }))
  return { holder: papered(holder), superior: papered(superior.slice(0, atOnce)), signed: signed.map((row) => found(byId.get(row.id))) }
}

/** How many wait for the signature of whoever asks: as the holder, as the superior, and of one's own whose list has changed since. */
export async function toSignOf(db: Db, ctx: Ctx): Promise<{ holder: number; superior: number; differing: number }> {
  const me = ctx.actor.person
  if (me === null) return { holder: 0, superior: 0, differing: 0 }
  const [holder, superior, signed] = await Promise.all([
    pledgesOfPerson(db, ctx, me, 'holder'),
    pledgesOfPerson(db, ctx, me, 'superior'),
    pledgesOfPerson(db, ctx, me, 'signed'),
  ])
  const live = await liveOf(db, ctx, signed)
  return { holder: holder.length, superior: superior.length, differing: [...live.values()].filter(differing).length }
}

/** What a person has signed or is to sign and what is not over: for a person's move. */
export const pledgesOf = async (db: Db, ctx: Ctx, person: Id): Promise<PledgeOk[]> => shownAll(db, ctx, await standingOf(db, ctx, person))
