import type { InputOf, OkOf } from '#kernel/contract.ts'
import type { Tx } from '#kernel/db.ts'
import { must, Refusal } from '#kernel/errors.ts'
import { type Id, newId } from '#kernel/ids.ts'
import { append } from '#kernel/ledger.ts'
import type { Ctx } from '#kernel/scope.ts'
import { found, move } from '#kernel/table.ts'
import { officeOn, outlineOffice } from '#modules/org/index.ts'
import type { directiveRoutes } from '../contract.ts'
import { propose } from '../outline/index.ts'
import {
  type DirectiveState,
  directiveMoves,
  markedRange,
  mayMerge,
  mayReopen,
  maySplit,
  mergedInto,
  proposalMoves,
  rootOf,
  splitOf,
  titleOf,
  wholeOffice,
} from '../rules.ts'
import { mayHold, seatsIn } from '../seats.ts'
import { lockDirective, paperById } from '../store/directives.ts'
import { keepEvents, type Verb } from '../store/events.ts'
import {
  type Changeable,
  changeProposal,
  insertProposals,
  type NewProposal,
  type ProposalRow,
  proposalById,
  proposalsOf,
  tallyOf,
} from '../store/proposals.ts'
import { changeable, fresh } from './rows.ts'
import { decided, summary } from './view.ts'

type Input<K extends keyof typeof directiveRoutes> = InputOf<(typeof directiveRoutes)[K]>
type Answer = Promise<OkOf<typeof directiveRoutes.edit>>

/** The proposal a decision is about, for someone who decides for the whole office. */
async function own(tx: Tx, ctx: Ctx, id: Id): Promise<ProposalRow> {
  const row = found(await proposalById(tx, ctx.tenant.id, id))
  ctx.may('directive.decide', wholeOffice)
  return row
}

/** Writes a change with its event and its ledger entry. */
async function write(tx: Tx, ctx: Ctx, row: ProposalRow, verb: Verb, kind: string, change: Partial<Changeable>): Promise<void> {
  const { state: _, ...fields } = change
  if (Object.keys(fields).length > 0) await changeProposal(tx, ctx.tenant.id, row.id, fields)
  await keepEvents(tx, ctx, row.directive, [{ thing: row.id, verb, actor: ctx.actor.person, after: { ...changeable(row), ...change } }])
  await append(tx, ctx, kind, row, { fields: Object.keys(fields) })
}

export async function edit(tx: Tx, ctx: Ctx, input: Input<'edit'>): Answer {
  const row = await own(tx, ctx, input.id)
  const { id: _, holders, rrule, due, ...plain } = input
  if (holders !== undefined) {
    must(mayHold(holders))
    const stranger = seatsIn(await officeOn(tx, ctx.tenant.id, ctx.today)).stranger(holders)
    if (stranger >= 0) throw new Refusal('proposal.holder_unknown', { day: ctx.today }, [{ at: `/holders/${stranger}` }])
  }
  await move(tx, ctx, proposalMoves, row, 'edit')
  await write(tx, ctx, row, 'edit', 'proposal.edited', {
    ...plain,
    ...(holders === undefined ? {} : { assigned: holders }),
    ...(rrule === undefined
      ? {}
      : { cadence: rrule === null ? null : { text: row.cadence?.rrule === rrule ? row.cadence.text : '', rrule } }),
    ...(due === undefined ? {} : { due: due === null ? null : { text: row.due?.day === due ? row.due.text : '', day: due, span: null } }),
  })
  return decided(tx, ctx, row.directive, [row.id])
}

/** Both are held in one order whichever is merged into which, so that two people merging crosswise do not deadlock. */
async function movePair(tx: Tx, ctx: Ctx, one: ProposalRow, verb: 'merge' | 'reopen', other: ProposalRow): Promise<void> {
  const both = [
    { row: one, verb },
    { row: other, verb: 'absorb' },
  ].sort((a, b) => (a.row.id < b.row.id ? -1 : 1))
  for (const each of both) await move(tx, ctx, proposalMoves, each.row, each.verb)
}

/** Its sentence joins the other's; both keep their places, and it can be taken back until the other is decided. */
export async function merge(tx: Tx, ctx: Ctx, input: Input<'merge'>): Answer {
  const row = await own(tx, ctx, input.id)
  const into = found(await proposalById(tx, ctx.tenant.id, input.into))
  must(mayMerge(row, into))
  await movePair(tx, ctx, row, 'merge', into)
  await write(tx, ctx, row, 'merge', 'proposal.merged', { state: 'merged', into: into.id })
  return decided(tx, ctx, row.directive, [row.id, into.id])
}

/** The sentence stays as it was, decided as split; two open ones tile its place. */
export async function split(tx: Tx, ctx: Ctx, input: Input<'split'>): Answer {
  const row = await own(tx, ctx, input.id)
  await move(tx, ctx, proposalMoves, row, 'split')
  const all = await proposalsOf(tx, ctx.tenant.id, row.directive)
  const { text } = found(await paperById(tx, ctx.tenant.id, row.directive))
  const joined = mergedInto(
    row.id,
    all.filter((one) => one.state === 'merged'),
  )
  must(maySplit(text, row, input.at, joined.length))
  const parts = splitOf(row, input.at).map((part): NewProposal => ({ ...part, id: newId(), state: 'open', recorded_by: ctx.actor.person }))
  await insertProposals(tx, ctx, row.directive, parts)
  await keepEvents(
    tx,
    ctx,
    row.directive,
    parts.map((part) => ({ thing: part.id, verb: 'split' as const, actor: ctx.actor.person, after: changeable(part) })),
  )
  await write(tx, ctx, row, 'split', 'proposal.split', { state: 'split' })
  return decided(tx, ctx, row.directive, [row.id, ...parts.map((part) => part.id)])
}

export async function aside(tx: Tx, ctx: Ctx, input: Input<'aside'>): Answer {
  const row = await own(tx, ctx, input.id)
  await move(tx, ctx, proposalMoves, row, 'aside')
  await write(tx, ctx, row, 'aside', 'proposal.set_aside', { state: 'aside', reason: input.reason })
  return decided(tx, ctx, row.directive, [row.id])
}

/** Whatever opens a sentence again holds the directive first, and resumes its reading when it had been settled. */
async function resume(tx: Tx, ctx: Ctx, directive: Id): Promise<void> {
  const held = found(await lockDirective(tx, ctx.tenant.id, directive))
  if (held.state !== 'settled') return
  const state: DirectiveState = await move(tx, ctx, directiveMoves, held, 'resume')
  await keepEvents(tx, ctx, directive, [{ thing: directive, verb: 'resume', actor: ctx.actor.person, after: { state } }])
  await append(tx, ctx, 'directive.resumed', { id: directive })
}

export async function reopen(tx: Tx, ctx: Ctx, input: Input<'reopen'>): Answer {
  const row = await own(tx, ctx, input.id)
  await resume(tx, ctx, row.directive)
  if (row.state === 'merged') {
    const all = new Map((await proposalsOf(tx, ctx.tenant.id, row.directive)).map((one) => [one.id, one]))
    const root = rootOf(row, all)
    must(mayReopen(root))
    await movePair(tx, ctx, row, 'reopen', root)
  } else await move(tx, ctx, proposalMoves, row, 'reopen')
  await write(tx, ctx, row, 'reopen', 'proposal.reopened', { state: 'open', reason: null, into: null })
  return decided(tx, ctx, row.directive, [row.id])
}

/** A person marks a sentence; what the reader can tell of it (holders, cadence, due day) is filled in. */
export async function mark(tx: Tx, ctx: Ctx, input: Input<'mark'>): Answer {
  ctx.may('directive.decide', wholeOffice)
  const paper = found(await paperById(tx, ctx.tenant.id, input.id))
  await resume(tx, ctx, input.id)
  const all = await proposalsOf(tx, ctx.tenant.id, input.id)
  const range = markedRange(
    paper.text,
    input.start,
    input.end,
    all.filter((one) => one.state !== 'split'),
  )
  if ('ok' in range) throw range.ok ? new Refusal('proposal.range') : range.refusal
  const { start, end } = range
  const said = paper.text.slice(start, end)
  const office = outlineOffice(await officeOn(tx, ctx.tenant.id, paper.issuedOn))
  const guess = propose(said, { office, date: paper.issuedOn, source: paper.origin === 'own' ? 'own' : 'superior' }).proposals.find(
    (one) => one.type === input.type,
  )
  const plain = {
    text: said,
    title: titleOf(said),
    holders: [],
    kind: 'task',
    polarity: 'positive',
    cadence: null,
    due: null,
    measure: null,
    tail: null,
    why: [],
  } as const
  const why = (guess?.why ?? []).map((one) => ({ ...one, start: one.start + start, end: one.end + start }))
  const { seq } = await tallyOf(tx, ctx.tenant.id, input.id)
  const read = fresh({ ...plain, holders: [], confidence: 1, ...guess, why, type: input.type, start, end }, paper.text, seq + 1)
  const row: NewProposal = { ...read, title: titleOf(said), confidence: 100, recorded_by: ctx.actor.person }
  await insertProposals(tx, ctx, input.id, [row])
  await keepEvents(tx, ctx, input.id, [{ thing: row.id, verb: 'mark', actor: ctx.actor.person, after: changeable(row) }])
  await append(tx, ctx, 'proposal.marked', row, { directive: input.id, type: input.type, start, end })
  return decided(tx, ctx, input.id, [row.id])
}

/** The paper is decomposed: every sentence is carried or set aside with a reason. */
export async function settle(tx: Tx, ctx: Ctx, input: Input<'settle'>): Promise<OkOf<typeof directiveRoutes.settle>> {
  ctx.may('directive.decide', wholeOffice)
  const held = found(await lockDirective(tx, ctx.tenant.id, input.id))
  const { open } = await tallyOf(tx, ctx.tenant.id, input.id)
  if (open > 0) throw new Refusal('directive.open_left', { open })
  const state: DirectiveState = await move(tx, ctx, directiveMoves, held, 'settle')
  await keepEvents(tx, ctx, input.id, [{ thing: input.id, verb: 'settle', actor: ctx.actor.person, after: { state } }])
  await append(tx, ctx, 'directive.settled', { id: input.id })
  return summary(tx, ctx, input.id)
}
