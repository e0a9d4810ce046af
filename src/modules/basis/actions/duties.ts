import type { InputOf, OkOf } from '#kernel/contract.ts'
import type { Db, Tx } from '#kernel/db.ts'
import { Refusal } from '#kernel/errors.ts'
import type { Id } from '#kernel/ids.ts'
import { append } from '#kernel/ledger.ts'
import { type Ctx, personOf } from '#kernel/scope.ts'
import { found, move } from '#kernel/table.ts'
import { dutyById, holdersOn } from '#modules/duties/index.ts'
import type { basisRoutes } from '../contract.ts'
import { readCitations } from '../reading/index.ts'
import { excerptOf, meantBy, naming, sayPlace, tieMoves } from '../rules.ts'
import type { TieView } from '../shapes.ts'
import { placed } from '../store/nodes.ts'
import { regulationById, shelf } from '../store/regulations.ts'
import { dutiesNaming, insertTie, type TieRow, tieById, tiesOfDuties, tiesOfDuty, tiesOfLaw } from '../store/ties.ts'
import { nodeAt, plainNames, resolveCitations } from './cite.ts'
import { shownVersion } from './view.ts'

type Routes = typeof basisRoutes

/** Whoever may tie within a unit of one of the duty's holders may say what the duty rests on. */
async function mayTie(db: Db, ctx: Ctx, duty: Id): Promise<boolean> {
  if (ctx.lookingBack || !ctx.can('basis.tie')) return false
  const holders = await holdersOn(db, ctx.tenant.id, [duty], ctx.day, ctx.knownAt)
  return (
    ctx.can('basis.tie', { unit: null }) ||
    holders.some(({ unit_id, person_id }) => ctx.can('basis.tie', { unit: unit_id, holder: person_id }))
  )
}

/** An item of an article with one paragraph is cited without it: 第十五条第（二）项. */
export const placeIn = (row: TieRow): string =>
  sayPlace({ ...row, paragraph: row.single && row.item !== null ? null : row.paragraph, chapter: null, to: null })
const versionIn = (ctx: Ctx, row: TieRow) =>
  shownVersion(ctx, { id: row.regulation, title: row.title, since: row.since, until: row.until, recorded_at: row.regulation_recorded_at })

const shownTie = (ctx: Ctx, row: TieRow, may: boolean): TieView => ({
  id: row.id,
  regulation: versionIn(ctx, row),
  place: placeIn(row),
  article: row.article,
  sub: row.sub,
  paragraph: row.paragraph,
  item: row.item,
  words: excerptOf(row.words, [], 160),
  recordedBy: row.recorder,
  recordedAt: row.recorded_at.toISOString(),
  actions: may ? ['untie'] : [],
})

/** What a duty rests on: the articles a person chose, and what its own words cite. */
export async function ofDuty(db: Db, ctx: Ctx, input: { id: Id }): Promise<OkOf<Routes['ofDuty']>> {
  const duty = found(await dutyById(db, ctx, input.id))
  const words = [duty.title, duty.body, duty.measure ?? ''].join('\n')
  const [ties, cited, may] = await Promise.all([tiesOfDuty(db, ctx, duty.id), resolveCitations(db, ctx, words), mayTie(db, ctx, duty.id)])
  // A title says the first words of the body again: each place once.
  const once = [...new Map(cited.map((one) => [`${one.title} ${one.regulation?.id} ${one.place}`, one])).values()]
  return { tied: ties.map((row) => shownTie(ctx, row, may)), cited: once, actions: may ? ['tie'] : [] }
}

/** What each of these duties was tied to, as one cites it: 《…》第五条第二款. Asked for all of them at once. */
export async function citedBy(db: Db, ctx: Ctx, duties: readonly Id[]): Promise<Map<Id, string[]>> {
  const ties = await tiesOfDuties(db, ctx, duties)
  return new Map(
    [...Map.groupBy(ties, (row) => row.duty)].map(([duty, rows]) => [duty, rows.map((row) => `《${row.title}》${placeIn(row)}`)]),
  )
}

/** Which duties rest on a law: tied to any of its versions, or naming it in their words while this version is the one in force. */
export async function resting(db: Db, ctx: Ctx, input: { id: Id }): Promise<OkOf<Routes['resting']>> {
  const version = found(await regulationById(db, ctx, input.id))
  const books = await shelf(db, ctx)
  const patterns = books.filter(({ law }) => law === version.law).flatMap(({ title, aliases }) => [title, ...aliases].map(naming))
  const [ties, duties] = await Promise.all([tiesOfLaw(db, ctx, version.law), dutiesNaming(db, ctx, [...new Set(patterns)])])
  const names = plainNames(books)
  const cited = duties.flatMap(({ id, title, words, active }) => {
    const here = readCitations(words, { names }).filter(({ law }) => law !== null && meantBy(books, law, ctx.day)?.id === version.id)
    const once = [...new Map(here.map((one) => [sayPlace(one), one])).values()]
    return once.map((one) => ({
      duty: { id, title, active },
      how: 'cited' as const,
      place: sayPlace(one),
      article: one.article,
      sub: one.sub,
      version: null,
    }))
  })
  const tied = ties.map((row) => ({
    duty: { id: row.duty, title: row.duty_title, active: row.duty_state === 'active' },
    how: 'tied' as const,
    place: placeIn(row),
    article: row.article,
    sub: row.sub,
    version: row.regulation === version.id ? null : versionIn(ctx, row),
  }))
  return { items: [...tied, ...cited] }
}

async function mustTie(tx: Tx, ctx: Ctx, duty: Id): Promise<void> {
  found(await dutyById(tx, ctx, duty))
  if (!(await mayTie(tx, ctx, duty))) throw new Refusal('may.not', { verb: 'basis.tie' })
}

export async function tie(tx: Tx, ctx: Ctx, input: InputOf<Routes['tie']>): Promise<OkOf<Routes['tie']>> {
  await mustTie(tx, ctx, input.id)
  const version = await regulationById(tx, ctx, input.regulation)
  if (!version) throw new Refusal('basis.absent_regulation', {}, [{ at: '/regulation' }])
  const at = { article: input.article, sub: input.sub ?? 0, paragraph: input.paragraph ?? null, item: input.item ?? null, point: null }
  const rows = await placed(tx, ctx.tenant.id, [{ regulation: version.id, article: at.article, sub: at.sub }])
  const node = nodeAt(rows, at)
  if (!node)
    throw new Refusal('basis.absent_place', { title: version.title, place: sayPlace({ ...at, chapter: null, to: null }) }, [
      { at: '/article' },
    ])
  const id = await insertTie(tx, ctx, personOf(ctx), input.id, version.id, node.seq)
  if (id === null) throw new Refusal('basis.tied_already', {}, [{ at: '/article' }])
  await append(tx, ctx, 'duty_basis.tied', { id }, { duty: input.id, regulation: version.id, ...at })
  return ofDuty(tx, ctx, { id: input.id })
}

export async function untie(tx: Tx, ctx: Ctx, input: { id: Id }): Promise<OkOf<Routes['untie']>> {
  const row = found(await tieById(tx, ctx.tenant.id, input.id))
  await mustTie(tx, ctx, row.duty)
  await move(tx, ctx, tieMoves, row, 'untie')
  await append(tx, ctx, 'duty_basis.untied', row, { duty: row.duty })
  return ofDuty(tx, ctx, { id: row.duty })
}
