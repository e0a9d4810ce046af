import { addSpan } from '#kernel/calendar/index.ts'
import type { InputOf } from '#kernel/contract.ts'
import type { Db, Tx } from '#kernel/db.ts'
import { must, Refusal } from '#kernel/errors.ts'
import { type Id, newId } from '#kernel/ids.ts'
import { append } from '#kernel/ledger.ts'
import type { Ctx } from '#kernel/scope.ts'
import { found, move } from '#kernel/table.ts'
import { openOfAll, owe, waiveRest } from '#modules/obligations/index.ts'
import type { pledgeRoutes } from '../contract.ts'
import { applied, type Difference, difference, type Item, isEmpty } from '../difference.ts'
import { supplementOf } from '../paper.ts'
import { endOk, pledgeMoves, roundMoves, sideOf } from '../rules.ts'
import type { PaperOk } from '../shapes.ts'
import {
  changeSides,
  holdPledges,
  insertPledges,
  type NewPledge,
  type PledgeRow,
  pledgeById,
  standingOf,
  supplementsOf,
  untouchedOf,
} from '../store/pledges.ts'
import { roundById } from '../store/rounds.ts'
import { insertTexts } from '../store/texts.ts'
import { type Candidate, candidatesOf } from './candidates.ts'
import { kept, owedFor, paperFor, round } from './rounds.ts'
import { differingOf, liveOf, papersOf, read } from './view.ts'

type Input<K extends keyof typeof pledgeRoutes> = InputOf<(typeof pledgeRoutes)[K]>

/** The pledge, held, for whoever is concerned: its sides, and whoever issues in its unit. Absent for everybody else. */
async function concerned(tx: Tx, ctx: Ctx, id: Id): Promise<PledgeRow> {
  found(await pledgeById(tx, ctx, id))
  await holdPledges(tx, ctx.tenant.id, [id])
  const row = found(await pledgeById(tx, ctx, id))
  const side = sideOf({ person: row.person.id, superior: row.superior?.id ?? null }, ctx.actor.person)
  if (!(side && ctx.can('pledge.sign'))) ctx.may('pledge.issue', { unit: row.unit.id })
  return row
}

const mustBe = (row: PledgeRow, state: PledgeRow['state']) => {
  if (row.state !== state) throw new Refusal('pledge.not_now', { name: row.person.name })
}

/** These persons as they stand today, whoever asks and whatever they have signed. */
async function todayOf(db: Db, ctx: Ctx, of: Pick<PledgeRow, 'kind' | 'year'>, persons: readonly Id[]): Promise<Map<Id, Candidate>> {
  const spec = { kind: of.kind, year: of.year, whom: 'all' as const, units: [], posts: [], persons, inScope: false }
  return new Map((await candidatesOf(db, ctx, spec)).map((one) => [one.holder.id, one]))
}
const barred = (row: PledgeRow) => new Refusal('pledge.barred', { name: row.person.name })

type Supplementing = { row: PledgeRow; difference: Difference }
const supplementTitle = (title: string) => `${title}（补充）`
/** The paper of a supplement: with the superior of today where there is one. */
function supplementPaper(ctx: Ctx, { row, difference: diff }: Supplementing, of: Candidate, closing: string, base: PledgeRow): PaperOk {
  const opening = String(ctx.rule('pledge.supplement.opening').value)
  const frame = { kind: row.kind, year: row.year, office: ctx.tenant.name, day: ctx.day, holder: of.holder }
  return supplementOf(
    { ...frame, superior: row.kind === 'letter' ? of.superior : null, words: { title: supplementTitle(base.title), opening, closing } },
    { id: base.id, title: base.title, hash: base.hash },
    diff,
  )
}

/** Makes supplements of what has changed since, each with a day by which it is owed (rule `pledge.supplement.within`). Ends with the tally. */
async function supplementThese(tx: Tx, ctx: Ctx, list: readonly Supplementing[], thing: { id: Id }): Promise<Id[]> {
  const first = list[0]?.row
  if (!first) return []
  const today = await todayOf(
    tx,
    ctx,
    first,
    list.map(({ row }) => row.person.id),
  )
  const due = addSpan(ctx.calendar, ctx.today, String(ctx.rule('pledge.supplement.within').value)).day
  const words = await papersOf(
    tx,
    ctx,
    list.map(({ row }) => row.id),
  )
  const drafts = list.flatMap((one) => {
    const { row } = one
    const of = today.get(row.person.id)
    if (!of || (row.kind === 'letter' && !of.superior)) return []
    const id = newId()
    const sides = { person: row.person.id, unit: of.unit.id, superior: row.kind === 'letter' ? (of.superior?.id ?? null) : null }
    const pledge: NewPledge = {
      ...{ id, round: row.round_id, kind: row.kind, year: row.year, title: supplementTitle(row.title), ...sides, supplements: row.id, due },
    }
    return [{ pledge, text: { pledge: id, no: 1, ...kept(supplementPaper(ctx, one, of, words.get(row.id)?.closing ?? '', row)) } }]
  })
  if (drafts.length === 0) throw barred(first)
  insertPledges(
    tx,
    ctx,
    drafts.map((one) => one.pledge),
  )
  insertTexts(
    tx,
    ctx,
    drafts.map((one) => one.text),
  )
  const made = drafts.map(({ pledge, text }) => ({ id: pledge.id, supplements: pledge.supplements, hash: text.hash }))
  await append(tx, ctx, 'pledge.supplemented', thing, { pledges: made })
  await owe(
    tx,
    ctx,
    drafts.map((one) => owedFor(ctx, one.pledge)),
  )
  return drafts.map((one) => one.pledge.id)
}

/** What has changed since, as a supplement to be signed; the answer is the supplement. */
export async function supplement(tx: Tx, ctx: Ctx, input: { id: Id }) {
  const row = await concerned(tx, ctx, input.id)
  mustBe(row, 'in_force')
  if (row.supplements_id !== null) throw new Refusal('pledge.not_now', { name: row.person.name })
  const live = (await liveOf(tx, ctx, [row])).get(row.id)
  if (live?.waiting) throw new Refusal('pledge.waiting')
  if (!live || isEmpty(live.difference)) throw new Refusal('pledge.same')
  const [id] = await supplementThese(tx, ctx, [{ row, difference: live.difference }], row)
  return read(tx, ctx, { id: id ?? row.id })
}

/** The same for everybody of a round whose list has changed. */
export async function supplementAll(tx: Tx, ctx: Ctx, input: { id: Id }) {
  const of = found(await roundById(tx, ctx, input.id))
  const list = (await differingOf(tx, ctx, of.id)).filter(({ row }) => ctx.can('pledge.issue', { unit: row.unit.id }))
  if (list.length === 0) throw new Refusal('pledge.same')
  await supplementThese(
    tx,
    ctx,
    list.map(({ row, live }) => ({ row, difference: live.difference })),
    of,
  )
  return round(tx, ctx, of)
}

/** Put together anew from today's list, superior and posts, while nobody has signed. A supplement that has nothing left to say is withdrawn. */
export async function renew(tx: Tx, ctx: Ctx, input: { id: Id }) {
  const row = await concerned(tx, ctx, input.id)
  mustBe(row, 'issued')
  const of = (await todayOf(tx, ctx, row, [row.person.id])).get(row.person.id)
  const before = found((await papersOf(tx, ctx, [row.id])).get(row.id))
  if (!of || of.problem === 'sent' || (row.kind === 'letter' && !of.superior)) throw barred(row)
  const after = row.supplements_id === null ? await paperAnew(tx, ctx, row, of, before) : await supplementAnew(tx, ctx, row, of, before)
  if (after === null) return takeBack(tx, ctx, row, '清单已恢复原样，不用补签')
  const text = kept(after)
  if (kept({ ...after, day: before.day }).hash === row.hash) throw new Refusal('pledge.same')
  changeSides(tx, ctx, row.id, { unit: of.unit.id, superior: row.kind === 'letter' ? (of.superior?.id ?? null) : null })
  insertTexts(tx, ctx, [{ pledge: row.id, no: row.text_no + 1, ...text }])
  await append(tx, ctx, 'pledge.renewed', row, { hash: text.hash })
  return read(tx, ctx, row)
}

async function paperAnew(tx: Tx, ctx: Ctx, row: PledgeRow, of: Candidate, before: PaperOk): Promise<PaperOk> {
  if (of.items.length === 0) throw barred(row)
  const words = found(await roundById(tx, ctx, row.round_id))
  return paperFor(ctx, of, row, { title: before.title, opening: words.opening, closing: words.closing })
}

async function supplementAnew(tx: Tx, ctx: Ctx, row: PledgeRow, of: Candidate, before: PaperOk): Promise<PaperOk | null> {
  const base = found(await pledgeById(tx, ctx, row.supplements_id ?? ''))
  const others = (await supplementsOf(tx, ctx, [base.id])).filter((one) => one.id !== row.id && one.state !== 'withdrawn')
  const papers = await papersOf(tx, ctx, [base.id, ...others.map((one) => one.id)])
  const diffs = others.flatMap((one) => papers.get(one.id)?.difference ?? [])
  const signed = diffs.reduce<Item[]>(applied, found(papers.get(base.id)).items)
  const diff = difference(signed, of.items)
  return isEmpty(diff) ? null : supplementPaper(ctx, { row, difference: diff }, of, before.closing, base)
}

async function takeBack(tx: Tx, ctx: Ctx, row: PledgeRow, reason: string) {
  await move(tx, ctx, pledgeMoves, row, 'withdraw', { reason })
  await append(tx, ctx, 'pledge.withdrawn', row, { reason })
  const owed = await openOfAll(tx, ctx.tenant.id, [row.id])
  const answer = await read(tx, ctx, row)
  await waiveRest(tx, ctx, owed, reason)
  return answer
}

export async function withdraw(tx: Tx, ctx: Ctx, input: Input<'withdraw'>) {
  const row = found(await pledgeById(tx, ctx, input.id))
  ctx.may('pledge.issue', { unit: row.unit.id })
  mustBe(row, 'issued')
  return takeBack(tx, ctx, row, input.reason)
}

/** Takes back what of a round nobody has signed; what somebody has signed stays. */
export async function withdrawRound(tx: Tx, ctx: Ctx, input: Input<'withdrawRound'>) {
  const of = found(await roundById(tx, ctx, input.id))
  ctx.may('pledge.issue', { unit: null })
  await move(tx, ctx, roundMoves, of, 'withdraw', { reason: input.reason })
  const rows = await untouchedOf(tx, ctx.tenant.id, of.id)
  await Promise.all(rows.map((row) => move(tx, ctx, pledgeMoves, row, 'withdraw', { reason: input.reason })))
  const ids = rows.map((row) => row.id)
  await append(tx, ctx, 'pledge.round_withdrawn', of, { reason: input.reason, pledges: ids })
  const owed = await openOfAll(tx, ctx.tenant.id, ids)
  const answer = await round(tx, ctx, of)
  await waiveRest(tx, ctx, owed, input.reason)
  return answer
}

export async function end(tx: Tx, ctx: Ctx, input: Input<'end'>) {
  const row = found(await pledgeById(tx, ctx, input.id))
  ctx.may('pledge.issue', { unit: row.unit.id })
  if (row.state === 'issued') throw new Refusal('pledge.not_now', { name: row.person.name })
  must(endOk(input.until, row.recorded_at.toISOString().slice(0, 10)))
  const ended = [row, ...(await supplementsOf(tx, ctx, [row.id]))]
  const { owed } = await over(tx, ctx, ended, input.until, input.reason)
  const answer = await read(tx, ctx, row)
  await waiveRest(tx, ctx, owed, input.reason)
  return answer
}

type Ended = { ended: Id[]; withdrawn: Id[]; owed: Id[] }
/** Ends what somebody has signed, withdraws what nobody has. What was owed is left to the caller, whose last write waives it. */
async function over(tx: Tx, ctx: Ctx, rows: readonly PledgeRow[], until: string, reason: string): Promise<Ended> {
  const open = rows.filter((row) => row.state !== 'ended' && row.state !== 'withdrawn')
  const result: Ended = { ended: [], withdrawn: [], owed: [] }
  for (const row of open) {
    const untouched = row.state === 'issued'
    const set = untouched ? { reason } : { reason, until }
    await move(tx, ctx, pledgeMoves, row, untouched ? 'withdraw' : 'end', set)
    await append(tx, ctx, untouched ? 'pledge.withdrawn' : 'pledge.ended', row, set)
    result[untouched ? 'withdrawn' : 'ended'].push(row.id)
  }
  return {
    ...result,
    owed: await openOfAll(
      tx,
      ctx.tenant.id,
      open.map((row) => row.id),
    ),
  }
}

/**
 * A person's post changes on `day`: what they signed ends on it (`until`, exclusive), what they have not signed is withdrawn, with the reason. A new one is
 * issued by the round (`issueRest`). `owed` is what was still owed of it: the caller waives it (`waiveRest`) as its last write.
 */
export const endFor = async (tx: Tx, ctx: Ctx, person: Id, day: string, reason: string): Promise<Ended> =>
  over(tx, ctx, await standingOf(tx, ctx, person), day, reason)

/** The same of some of them: with a handover. Answers what was still owed. */
export async function endThese(tx: Tx, ctx: Ctx, person: Id, ids: ReadonlySet<Id>, day: string, reason: string): Promise<Id[]> {
  const rows = (await standingOf(tx, ctx, person)).filter((row) => ids.has(row.id))
  return (await over(tx, ctx, rows, day, reason)).owed
}
