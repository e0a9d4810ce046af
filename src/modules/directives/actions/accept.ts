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
  const assigned = row.type === 'duty' ? await holdersOf(tx, ctx, row, input) : ownerOf(ctx, input)
  if (!ctx.can('directive.decide', wholeOffice)) for (const one of assigned) ctx.may('directive.decide', { unit: one.unit })
  // First of all the state: whoever comes second waits here and is told who and when; what was merged in is read behind this lock.
  await move(tx, ctx, proposalMoves, row, 'accept')
  const all = await proposalsOf(tx, ctx.tenant.id, row.directive)
  const merged = all.filter((one) => one.state === 'merged')
  const joined = mergedInto(row.id, merged)
  const rrule = input.rrule === undefined ? (row.cadence?.rrule ?? null) : input.rrule
  const due = input.due === undefined ? (row.due?.day ?? null) : input.due
  const change = {
    title: input.title,
    assigned,
    kind: input.kind ?? row.kind,
    polarity: input.polarity ?? row.polarity,
    measure: input.measure === undefined ? row.measure : input.measure,
    cadence: rrule === (row.cadence?.rrule ?? null) ? row.cadence : { text: '', rrule },
    due: due === (row.due?.day ?? null) ? row.due : { text: '', day: due, span: null },
  }
  const body = [row, ...joined]
    .sort((a, b) => a.start - b.start)
    .map((one) => one.body.trim())
    .join('\n')
    .slice(0, 4000)
  const made =
    row.type === 'finding'
      ? await find(tx, ctx, row, { ...change, body, owner: assigned[0] as Assigned, due: due ?? '' })
      : await assume(tx, ctx, {
          title: change.title,
          body,
          kind: change.kind,
          polarity: change.polarity,
          measure: change.measure,
          parent: null,
          basis: { directive: row.directive, proposal: row.id, ...basisOf(row, joined, otherThan(all, [row, ...joined])) },
          rrule,
          due,
          since: input.since ?? ctx.today,
          holders: assigned,
        })
  await changeProposal(tx, ctx.tenant.id, row.id, { ...change, made: made.id })
  const after: Changeable = { ...changeable(row), ...change, state: 'accepted', made: made.id }
  await keepEvents(tx, ctx, row.directive, [{ thing: row.id, verb: 'accept', actor: ctx.actor.person, after }])
  await append(tx, ctx, 'proposal.accepted', row, { type: row.type, made: made.id, joined: joined.map((one) => one.id) })
  return decided(tx, ctx, row.directive, [row.id])
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
