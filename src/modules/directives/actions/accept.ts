import type { InputOf, OkOf } from '#kernel/contract.ts'
import type { Tx } from '#kernel/db.ts'
import { must, Refusal } from '#kernel/errors.ts'
import { type Id, newId } from '#kernel/ids.ts'
import { append } from '#kernel/ledger.ts'
import { type Ctx, personOf } from '#kernel/scope.ts'
import { found, move } from '#kernel/table.ts'
import { assume } from '#modules/duties/index.ts'
import { owe } from '#modules/obligations/index.ts'
import { officeOn } from '#modules/org/index.ts'
import type { AcceptInput, directiveRoutes } from '../contract.ts'
import { basisOf, mayOwn, mergedInto, proposalMoves, wholeOffice } from '../rules.ts'
import { mayHold, seatsIn } from '../seats.ts'
import { paperById } from '../store/directives.ts'
import { keepEvents } from '../store/events.ts'
import {
  type Assigned,
  type Changeable,
  changeProposal,
  insertFinding,
  type ProposalRow,
  proposalById,
  proposalsOf,
} from '../store/proposals.ts'
import { changeable } from './rows.ts'
import { decided } from './view.ts'

/** A proposal becomes a duty with this sentence as its basis, or a finding that somebody puts right by a day. */
export async function accept(
  tx: Tx,
  ctx: Ctx,
  input: InputOf<typeof directiveRoutes.accept>,
): Promise<OkOf<typeof directiveRoutes.accept>> {
  const row = found(await proposalById(tx, ctx.tenant.id, input.id))
  return row.type === 'duty'
    ? acceptDuty(tx, ctx, row, input, 'accept', (next) => assume(tx, ctx, next))
    : acceptFinding(tx, ctx, row, input)
}

type Answer = Promise<OkOf<typeof directiveRoutes.accept>>
type Next = Parameters<typeof assume>[2]

/** The rest of what a sentence becomes, as given or as read. */
function changeOf(row: ProposalRow, input: AcceptInput, assigned: Assigned[]) {
  const rrule = input.rrule === undefined ? (row.cadence?.rrule ?? null) : input.rrule
  const due = input.due === undefined ? (row.due?.day ?? null) : input.due
  return {
    rrule,
    due,
    change: {
      title: input.title,
      assigned,
      kind: input.kind ?? row.kind,
      polarity: input.polarity ?? row.polarity,
      measure: input.measure === undefined ? row.measure : input.measure,
      cadence: rrule === (row.cadence?.rrule ?? null) ? row.cadence : { text: '', rrule },
      due: due === (row.due?.day ?? null) ? row.due : { text: '', day: due, span: null },
    },
  }
}

/** Everything merged into a sentence, and the words of all of them; read behind the lock of its state. */
export async function wordsOf(tx: Tx, ctx: Ctx, row: ProposalRow) {
  const all = await proposalsOf(tx, ctx.tenant.id, row.directive)
  const joined = mergedInto(
    row.id,
    all.filter((one) => one.state === 'merged'),
  )
  const own = [row, ...joined].sort((a, b) => a.start - b.start)
  const { text } = found(await paperById(tx, ctx.tenant.id, row.directive))
  // Who helps and by when stands in the tail: the duty keeps those words as well.
  const said = own
    .map((one) => `${one.body.trim()}${tailWords(text, one)}`)
    .join('\n')
    .slice(0, 4000)
  return { joined, body: said, basis: basisOf(row, joined, otherThan(all, own)) }
}

const tailWords = (text: string, { tail, start, end }: ProposalRow): string => {
  if (tail === null || (tail.start <= start && tail.end >= end)) return ''
  const words = text
    .slice(tail.start, tail.end)
    .trim()
    .replace(/\s*\n\s*/g, '；')
  return /^[（(【〔[]/.test(words) ? words : `（${words}）`
}

/** Accepts a duty: `make` assumes it, in whatever way. First of all the state: whoever comes second waits here and is told who and when. */
export async function acceptDuty(
  tx: Tx,
  ctx: Ctx,
  row: ProposalRow,
  input: AcceptInput,
  verb: 'accept' | 'replace',
  make: (next: Next) => Promise<{ id: Id }>,
): Answer {
  const assigned = await holdersOf(tx, ctx, row, input)
  if (!ctx.can('directive.decide', wholeOffice)) for (const one of assigned) ctx.may('directive.decide', { unit: one.unit })
  await move(tx, ctx, proposalMoves, row, verb)
  const { joined, body, basis } = await wordsOf(tx, ctx, row)
  const { change, rrule, due } = changeOf(row, input, assigned)
  const made = await make({
    ...{ title: change.title, body, kind: change.kind, polarity: change.polarity, measure: change.measure, parent: null, rrule, due },
    basis: { directive: row.directive, proposal: row.id, ...basis },
    since: input.since ?? ctx.today,
    holders: assigned,
  })
  await keepAccepted(tx, ctx, row, change, verb, made.id, joined)
  return decided(tx, ctx, row.directive, [row.id])
}

async function acceptFinding(tx: Tx, ctx: Ctx, row: ProposalRow, input: AcceptInput): Answer {
  const assigned = ownerOf(ctx, input)
  if (!ctx.can('directive.decide', wholeOffice)) for (const one of assigned) ctx.may('directive.decide', { unit: one.unit })
  await move(tx, ctx, proposalMoves, row, 'accept')
  const { joined, body } = await wordsOf(tx, ctx, row)
  const { change, due } = changeOf(row, input, assigned)
  const made = await find(tx, ctx, row, { ...change, body, owner: assigned[0] as Assigned, due: due ?? '' })
  await keepAccepted(tx, ctx, row, change, 'accept', made.id, joined)
  return decided(tx, ctx, row.directive, [row.id])
}

type Change = ReturnType<typeof changeOf>['change']
async function keepAccepted(
  tx: Tx,
  ctx: Ctx,
  row: ProposalRow,
  change: Change,
  verb: 'accept' | 'replace',
  made: Id,
  joined: readonly ProposalRow[],
) {
  await changeProposal(tx, ctx.tenant.id, row.id, { ...change, made })
  const after: Changeable = { ...changeable(row), ...change, state: 'accepted', made }
  await keepEvents(tx, ctx, row.directive, [{ thing: row.id, verb, actor: ctx.actor.person, after }])
  await append(tx, ctx, 'proposal.accepted', row, { type: row.type, made, joined: joined.map((one) => one.id) })
}

const otherThan = (all: readonly ProposalRow[], own: readonly ProposalRow[]) => {
  const ids = new Set(own.map((one) => one.id))
  return all.filter((one) => !ids.has(one.id) && one.state !== 'split')
}

/** The holders given, or those read from the text when every one of them is known. */
async function holdersOf(tx: Tx, ctx: Ctx, row: ProposalRow, input: AcceptInput): Promise<Assigned[]> {
  const seats = seatsIn(await officeOn(tx, ctx.tenant.id, ctx.today))
  const given = input.holders ?? row.assigned
  const own =
    given ??
    seats
      .read(row.holders, row.tail?.persons)
      .seats.map(({ unit, post, person }) => ({ unit: unit.id, post: post?.id ?? null, person: person?.id ?? null }))
  must(mayHold(own))
  const stranger = seats.stranger(own)
  if (stranger >= 0) throw new Refusal('proposal.holder_unknown', { day: ctx.today }, [{ at: `/holders/${stranger}` }])
  return own
}

function ownerOf(ctx: Ctx, input: AcceptInput): Assigned[] {
  must(mayOwn(input, ctx.today))
  return [{ unit: input.unit as Id, post: null, person: input.person as Id }]
}

type Find = { title: string; body: string; owner: Assigned; due: string }

async function find(tx: Tx, ctx: Ctx, row: ProposalRow, { title, body, owner, due }: Find): Promise<{ id: Id }> {
  const id = newId()
  const person = owner.person as Id
  await insertFinding(tx, ctx, personOf(ctx), {
    ...{ id, directive_id: row.directive, proposal_id: row.id, title, body, due },
    unit_id: owner.unit,
    person_id: person,
  })
  await append(tx, ctx, 'finding.made', { id }, { proposal: row.id, unit: owner.unit, person, due })
  const cause = { because: 'finding' as const, becauseId: id, kind: 'finding' }
  await owe(tx, ctx, [{ ...cause, title, period: 'once', holder: person, unit: owner.unit, opens: ctx.today, due }])
  return { id }
}
