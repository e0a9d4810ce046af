import type { InputOf, OkOf } from '#kernel/contract.ts'
import type { Db, Tx } from '#kernel/db.ts'
import { Refusal } from '#kernel/errors.ts'
import type { Id } from '#kernel/ids.ts'
import { append } from '#kernel/ledger.ts'
import { type Ctx, personOf } from '#kernel/scope.ts'
import { found, move } from '#kernel/table.ts'
import { dutiesByIds, dutyById, holdersOn, succeed } from '#modules/duties/index.ts'
import { officeOn } from '#modules/org/index.ts'
import { type Alike, alike, probesOf, type Replacing, replaces, replacingIn, type Said } from '../alike.ts'
import type { directiveRoutes } from '../contract.ts'
import { proposalMoves, wholeOffice } from '../rules.ts'
import { type Seat, seatsIn } from '../seats.ts'
import { type Choice, candidatesFor, insertSentence, keepLikeness, likenedIn, sentencesOfDuty, successionOf } from '../store/alike.ts'
import { paperById } from '../store/directives.ts'
import { keepEvents } from '../store/events.ts'
import { type Changeable, changeProposal, type ProposalRow, proposalById, proposalsOf } from '../store/proposals.ts'
import { acceptDuty, wordsOf } from './accept.ts'
import { changeable } from './rows.ts'
import { decided } from './view.ts'

type Routes = typeof directiveRoutes
type Input<K extends keyof Routes> = InputOf<Routes[K]>
type Answer = Promise<OkOf<Routes['same']>>

/** How many open sentences one reading compares, and how many duties it shows beside each. */
const atMost = { sentences: 300, duties: 3 }

const seatKey = (seat: { post: { id: string } | null; person: { id: string } | null; unit: { id: string } }) =>
  seat.post?.id ?? seat.person?.id ?? seat.unit.id
const textOf = (title: string, body: string) => (body.includes(title) ? body : `${title} ${body}`)

type Compared = { id: Id; said: Said; basisTitle: string | null }
type DutyRow = Awaited<ReturnType<typeof dutiesByIds>>[number]

/** Duties as they are compared: their words, and the posts, persons and units that hold them today. */
async function comparedOf(db: Db, ctx: Ctx, duties: readonly DutyRow[]) {
  const ids = duties.map((one) => one.id)
  const holders = Map.groupBy(ids.length > 0 ? await holdersOn(db, ctx.tenant.id, ids, ctx.day, ctx.knownAt) : [], (one) => one.duty_id)
  return {
    holders,
    compared: (duty: DutyRow): Compared => ({
      id: duty.id,
      said: {
        text: textOf(duty.title, duty.body),
        holders: (holders.get(duty.id) ?? []).flatMap((one) => [one.post_id, one.person_id].filter((id) => id !== null)),
        rrule: duty.rrule,
        due: duty.due,
      },
      basisTitle: duty.directive,
    }),
  }
}

const sentenceOf = (row: ProposalRow, seats: readonly Seat[]): Said => ({
  text: textOf(row.title, row.body),
  holders: seats.map(seatKey),
  rrule: row.cadence?.rrule ?? null,
  due: row.due?.day ?? null,
})

/** Earlier duties that are like the open sentences of a paper; nothing while looking back, for nothing can be decided there. */
export async function beside(db: Db, ctx: Ctx, input: Input<'beside'>): Promise<OkOf<Routes['beside']>> {
  const tenant = ctx.tenant.id
  const { text } = found(await paperById(db, tenant, input.id))
  const replacing = replacingIn(text)
  if (ctx.lookingBack) return { items: [], replacing }
  const [all, office] = await Promise.all([proposalsOf(db, tenant, input.id), officeOn(db, tenant, ctx.day)])
  const open = all.filter((one) => one.type === 'duty' && one.state === 'open').slice(0, atMost.sentences)
  const probes = open.flatMap((one) => probesOf(textOf(one.title, one.body)).map((pairs) => ({ proposal: one.id, pairs })))
  const near = await candidatesFor(db, ctx, input.id, probes)
  const duties = new Map((await dutiesByIds(db, ctx, [...new Set(near.map((one) => one.duty))])).map((one) => [one.id, one]))
  const { compared, holders } = await comparedOf(db, ctx, [...duties.values()])
  const seats = seatsIn(office)
  const byProposal = Map.groupBy(near, (one) => one.proposal)
  const items = open.flatMap((row) => {
    const own = sentenceOf(row, row.assigned === null ? seats.read(row.holders, row.tail?.persons).seats : seats.chosen(row.assigned))
    return (byProposal.get(row.id) ?? [])
      .flatMap(({ duty }) => {
        const one = duties.get(duty)
        const like = one ? against(own, compared(one), replacing) : null
        return one && like ? [{ proposal: row.id, ...like, duty: shownDuty(one, holders.get(duty) ?? []) }] : []
      })
      .sort((a, b) => b.percent - a.percent)
      .slice(0, atMost.duties)
  })
  return { items, replacing }
}

const against = (own: Said, duty: Compared, replacing: readonly Replacing[]): Alike | null =>
  alike(own, duty.said, duty.basisTitle !== null && replaces(replacing, duty.basisTitle))

type HolderRow = Awaited<ReturnType<typeof holdersOn>>[number]
const shownDuty = (duty: DutyRow, holders: readonly HolderRow[]) => ({
  id: duty.id,
  title: duty.title,
  body: duty.body,
  rrule: duty.rrule,
  due: duty.due,
  since: duty.since,
  holders: [...new Set(holders.map((one) => [one.post ?? one.unit, one.person].filter(Boolean).join(' ')))],
  basis: duty.directive_id === null ? null : { directive: duty.directive_id, title: duty.directive ?? '', start: duty.basis_start ?? 0 },
})

/** The sentence and the duty it is laid beside, for somebody who decides for the whole office: both there, not compared before. */
async function both(tx: Tx, ctx: Ctx, input: { id: Id; duty: Id }) {
  const row = found(await proposalById(tx, ctx.tenant.id, input.id))
  ctx.may('directive.decide', wholeOffice)
  if (row.type !== 'duty') throw new Refusal('proposal.beside_duty', {}, [{ at: '/duty' }])
  const duty = found(await dutyById(tx, ctx, input.duty))
  const before = (await likenedIn(tx, ctx, row.directive)).some((one) => one.proposal === row.id && one.duty === duty.id)
  if (before) throw new Refusal('proposal.beside_decided', { title: duty.title }, [{ at: '/duty' }])
  const { compared } = await comparedOf(tx, ctx, [duty])
  const own = sentenceOf(row, [])
  return { row, duty, percent: alike({ ...own, holders: compared(duty).said.holders }, compared(duty).said, true)?.percent ?? 0 }
}
const standing = (duty: DutyRow) => {
  if (duty.state !== 'active') throw new Refusal('proposal.beside_ended', { title: duty.title }, [{ at: '/duty' }])
}
const choose = (tx: Tx, ctx: Ctx, proposal: Id, duty: Id, choice: Choice, percent: number) =>
  keepLikeness(tx, ctx, personOf(ctx), { proposal, duty, choice, percent })

/** The sentence is carried by a duty that is there already: a further basis of it, and nothing more is owed. */
export async function same(tx: Tx, ctx: Ctx, input: Input<'same'>): Answer {
  const { row, duty, percent } = await both(tx, ctx, input)
  standing(duty)
  await move(tx, ctx, proposalMoves, row, 'same')
  const { basis } = await wordsOf(tx, ctx, row)
  await changeProposal(tx, ctx.tenant.id, row.id, { made: duty.id })
  await insertSentence(tx, ctx, personOf(ctx), { duty: duty.id, directive: row.directive, proposal: row.id, ...basis })
  await choose(tx, ctx, row.id, duty.id, 'same', percent)
  const after: Changeable = { ...changeable(row), state: 'accepted', made: duty.id }
  await keepEvents(tx, ctx, row.directive, [{ thing: row.id, verb: 'same', actor: ctx.actor.person, after }])
  await append(tx, ctx, 'proposal.same', row, { duty: duty.id, percent })
  await append(tx, ctx, 'duty.sentence_added', duty, { proposal: row.id, directive: row.directive, ...basis })
  return decided(tx, ctx, row.directive, [row.id])
}

/** The sentence's duty takes the place of an earlier one from a day on. */
export async function replace(tx: Tx, ctx: Ctx, input: Input<'replace'>): Answer {
  const { duty: _, from, ...accepted } = input
  const { row, duty, percent } = await both(tx, ctx, input)
  standing(duty)
  await choose(tx, ctx, row.id, duty.id, 'replaces', percent)
  await append(tx, ctx, 'proposal.replaces', row, { duty: duty.id, from, percent })
  const paper = found(await paperById(tx, ctx.tenant.id, row.directive))
  const reason = ctx.lang === 'en' ? `Replaced by “${paper.title}”` : `由《${paper.title}》替代`
  return acceptDuty(tx, ctx, row, { ...accepted, since: from }, 'replace', (next) => succeed(tx, ctx, duty.id, from, reason, next))
}

/** Another matter: the sentence stays open, and is not laid beside this duty again. */
export async function differ(tx: Tx, ctx: Ctx, input: Input<'differ'>): Answer {
  const { row, duty, percent } = await both(tx, ctx, input)
  await move(tx, ctx, proposalMoves, row, 'differ')
  await choose(tx, ctx, row.id, duty.id, 'different', percent)
  await keepEvents(tx, ctx, row.directive, [{ thing: row.id, verb: 'differ', actor: ctx.actor.person, after: changeable(row) }])
  await append(tx, ctx, 'proposal.differs', row, { duty: duty.id, percent })
  return decided(tx, ctx, row.directive, [row.id])
}

export async function further(db: Db, ctx: Ctx, input: Input<'further'>): Promise<OkOf<Routes['further']>> {
  found(await dutyById(db, ctx, input.id))
  const [sentences, replaced] = await Promise.all([sentencesOfDuty(db, ctx, input.id), successionOf(db, ctx, input.id)])
  return {
    sentences: sentences.map((one) => ({
      directive: { id: one.directive, name: one.title },
      issuedOn: one.issued_on,
      start: one.start,
      text: one.text,
      by: one.by,
      at: one.at.toISOString(),
    })),
    replaced: replaced.map(({ way, duty, title, directive, paper, start }) => ({
      way,
      duty: { id: duty, name: title },
      directive: { id: directive, name: paper },
      start,
    })),
  }
}
