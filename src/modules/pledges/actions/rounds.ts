import { createHash } from 'node:crypto'
import type { InputOf } from '#kernel/contract.ts'
import type { Db, Tx } from '#kernel/db.ts'
import { fill, must, Refusal } from '#kernel/errors.ts'
import type { Read } from '#kernel/house.ts'
import { type Id, newId } from '#kernel/ids.ts'
import { append, canonical } from '#kernel/ledger.ts'
import { type Ctx, personOf } from '#kernel/scope.ts'
import { cutOf, found, pageFrom } from '#kernel/table.ts'
import { type Owed, owe } from '#modules/obligations/index.ts'
import type { pledgeRoutes } from '../contract.ts'
import { paperOf } from '../paper.ts'
import { bars, dueOk, type PledgeKind, problemKinds, type Whom } from '../rules.ts'
import type { PaperOk } from '../shapes.ts'
import { insertPledges, type NewPledge } from '../store/pledges.ts'
import { type CountRow, countsOf, insertRound, type RoundRow, roundById, roundsPage } from '../store/rounds.ts'
import { insertTexts, type NewText } from '../store/texts.ts'
import { type Candidate, candidatesOf, type Spec } from './candidates.ts'
import { countDiffering } from './view.ts'

type Input<K extends keyof typeof pledgeRoutes> = InputOf<(typeof pledgeRoutes)[K]>
type Asked = Omit<Input<'issue'>, 'due'>

const sums = (rows: readonly CountRow[]) => ({
  total: rows.reduce((n, row) => n + row.total, 0),
  inForce: rows.reduce((n, row) => n + row.in_force, 0),
  unsigned: rows.reduce((n, row) => n + row.unsigned, 0),
})
const shown = (ctx: Ctx, row: RoundRow, counts: readonly CountRow[]) => ({
  ...{ id: row.id, year: row.year, kind: row.kind, title: row.title, whom: row.whom, due: row.due, state: row.state, reason: row.reason },
  ...{ recordedAt: row.recorded_at.toISOString(), by: row.by, ...sums(counts) },
  actions: !ctx.lookingBack && row.state === 'issued' && ctx.can('pledge.issue') ? ['issueRest', 'supplementAll', 'withdrawRound'] : [],
})

export async function rounds(db: Db, ctx: Ctx, input: Input<'rounds'>) {
  const cut = cutOf(input, 2)
  const rows = await roundsPage(db, ctx, cut)
  const counts = Map.groupBy(
    await countsOf(
      db,
      ctx,
      rows.map((row) => row.id),
    ),
    (row) => row.round_id,
  )
  return pageFrom(
    rows,
    cut.limit,
    (row) => [row.recorded_at.toISOString(), row.id],
    (row) => shown(ctx, row, counts.get(row.id) ?? []),
  )
}

export async function round(db: Db, ctx: Ctx, input: { id: Id }) {
  const row = found(await roundById(db, ctx, input.id))
  const [counts, differing] = await Promise.all([countsOf(db, ctx, [row.id]), countDiffering(db, ctx, row.id)])
  return {
    ...shown(ctx, row, counts),
    ...{ opening: row.opening, closing: row.closing, differing },
    units: counts
      .filter((one) => one.total > 0)
      .map((one) => ({ unit: { id: one.unit_id, name: one.unit }, total: one.total, inForce: one.in_force, unsigned: one.unsigned })),
  }
}

type Words = { title: string; opening: string; closing: string }
/** What is left out is the office's (rules `pledge.<kind>.…`). A title has the year in it and nothing else. */
const wordsOf = (ctx: Ctx, { kind, year, title, opening, closing }: Asked): Words => {
  const rule = (name: string) => String(ctx.rule(`pledge.${kind}.${name}`).value)
  return {
    title: fill((title ?? rule('title')).trim(), { year }),
    opening: (opening ?? rule('opening')).trim(),
    closing: (closing ?? rule('closing')).trim(),
  }
}
const specOf = (ctx: Ctx, { kind, year, whom, units, posts, persons }: Asked): Spec => ({
  ...{ kind, year, whom: whom ?? (String(ctx.rule(`pledge.${kind}.whom`).value) as Whom) },
  ...{ units: units ?? [], posts: posts ?? [], persons: persons ?? [], inScope: true },
})

/** What somebody would sign today. */
export const paperFor = (ctx: Ctx, of: Candidate, { kind, year }: { kind: PledgeKind; year: number }, words: Words): PaperOk =>
  paperOf(
    {
      ...{ kind, year, office: ctx.tenant.name, day: ctx.day, words },
      ...{ holder: of.holder, superior: kind === 'letter' ? of.superior : null },
    },
    of.items,
  )

/** The bytes that are kept and their SHA-256. */
export function kept(paper: PaperOk): { body: string; hash: string } {
  const body = canonical(paper)
  return { body, hash: createHash('sha256').update(body).digest('hex') }
}

const gets = (one: Candidate) => one.problem === null || !bars.includes(one.problem)
const polar = (one: Candidate, polarity: 'positive' | 'negative') => one.items.filter((item) => item.polarity === polarity).length

/** Who would get one, and the paper of one of them; written nowhere. */
export const preview = {
  prepare: async (read: Read, ctx: Ctx, input: Input<'preview'>) => {
    const spec = specOf(ctx, input)
    const list = await read((db) => candidatesOf(db, ctx, spec))
    const words = wordsOf(ctx, input)
    const sample = list.find((one) => (input.sample ? one.holder.id === input.sample : gets(one)))
    const answer = {
      ...{ ...words, whom: spec.whom },
      people: list.map((one) => ({
        ...{ person: { id: one.holder.id, name: one.holder.name }, unit: one.unit, posts: one.holder.posts },
        superior: one.superior && { id: one.superior.id, name: one.superior.name },
        ...{ positive: polar(one, 'positive'), negative: polar(one, 'negative'), problem: one.problem },
      })),
      gets: list.filter(gets).length,
      problems: problemKinds.flatMap((kind) => {
        const count = list.filter((one) => one.problem === kind).length
        return count > 0 ? [{ kind, count }] : []
      }),
      sample: sample ? paperFor(ctx, sample, input, words) : null,
    }
    return async () => answer
  },
}

type Draft = { pledge: NewPledge; text: NewText }
const draftOf = (ctx: Ctx, of: Candidate, round: Pick<RoundRow, 'id' | 'kind' | 'year' | 'due'>, words: Words): Draft => {
  const id = newId()
  const sides = { person: of.holder.id, unit: of.unit.id, superior: round.kind === 'letter' ? (of.superior?.id ?? null) : null }
  return {
    pledge: { id, round: round.id, kind: round.kind, year: round.year, title: words.title, ...sides, supplements: null, due: round.due },
    text: { pledge: id, no: 1, ...kept(paperFor(ctx, of, round, words)) },
  }
}

/** Signing by a day is owed like anything else: light, reminder and board know it by this. */
export function owedFor(
  ctx: Ctx,
  { id, kind, title, person, unit, due }: Pick<NewPledge, 'id' | 'kind' | 'title' | 'person' | 'unit' | 'due'>,
): Owed {
  const { document, article } = ctx.rule(`pledge.${kind}.whom`)
  return {
    ...{
      because: 'pledge',
      becauseId: id,
      kind: 'task',
      title: `签订《${title}》`,
      period: 'once',
      ground: `《${document[0]}》第${article}条`,
    },
    ...{ holder: person, unit, opens: ctx.today, due: due < ctx.today ? ctx.today : due },
  }
}

/** One statement for the pledges, one for their texts, one entry of the ledger, and what is owed last. */
async function write(tx: Tx, ctx: Ctx, round: Id, drafts: readonly Draft[], kind: string) {
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
  await append(tx, ctx, kind, { id: round }, { pledges: drafts.map(({ text }) => ({ id: text.pledge, hash: text.hash })) })
  await owe(
    tx,
    ctx,
    drafts.map((one) => owedFor(ctx, one.pledge)),
  )
}

/** Issues a round to everybody who is to have one. What is slow, reading the lists, is done before the transaction. */
export const issue = {
  prepare: async (read: Read, ctx: Ctx, input: Input<'issue'>) => {
    ctx.may('pledge.issue')
    must(dueOk(input.due, ctx.today))
    const spec = specOf(ctx, input)
    const words = wordsOf(ctx, input)
    const row = { id: newId(), kind: input.kind, year: input.year, due: input.due }
    const list = (await read((db) => candidatesOf(db, ctx, spec))).filter(gets)
    if (list.length === 0) throw new Refusal('pledge.nobody', {}, [{ at: '/whom' }])
    const drafts = list.map((one) => draftOf(ctx, one, row, words))
    return async (tx: Tx) => {
      personOf(ctx)
      insertRound(tx, ctx, { ...row, ...words, ...spec })
      await write(tx, ctx, row.id, drafts, 'pledge.issued')
      return round(tx, ctx, row)
    }
  },
}

/** Who should have one by the round's own rule and has none: newcomers, people who changed posts, those whose gap was closed. */
export const issueRest = {
  prepare: async (read: Read, ctx: Ctx, input: Input<'issueRest'>) => {
    must(dueOk(input.due, ctx.today))
    const { of, list } = await read(async (db) => {
      const of = found(await roundById(db, ctx, input.id))
      return { of, list: (await candidatesOf(db, ctx, { ...of, inScope: true })).filter(gets) }
    })
    if (of.state !== 'issued' || list.length === 0) throw new Refusal('pledge.nobody')
    const drafts = list.map((one) => draftOf(ctx, one, { ...of, due: input.due }, of))
    return async (tx: Tx) => {
      await write(tx, ctx, of.id, drafts, 'pledge.issued')
      return round(tx, ctx, of)
    }
  },
}
