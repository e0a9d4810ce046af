import type { OkOf } from '#kernel/contract.ts'
import type { Db } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import { found } from '#kernel/table.ts'
import { officeOn } from '#modules/org/index.ts'
import type { directiveRoutes, ProposalView } from '../contract.ts'
import type { Holder } from '../outline/types.ts'
import { countOf, mergedInto, proposalActions, wholeOffice } from '../rules.ts'
import { type Seat, seatsIn } from '../seats.ts'
import { type Likened, likenedIn } from '../store/alike.ts'
import { type DirectiveRow, directiveById } from '../store/directives.ts'
import { namesOf } from '../store/events.ts'
import { type Light, lightsOf, type ProposalRow, proposalsOf, proposalsThen } from '../store/proposals.ts'

/** A directive as shown: its sentences by what became of them, and what this person may do now. */
export function shownDirective(ctx: Ctx, row: DirectiveRow, lights: readonly Light[]) {
  const coverage = countOf('duty', lights)
  const findings = countOf('finding', lights)
  const decides = !ctx.lookingBack && ctx.can('directive.decide', wholeOffice)
  const actions = [
    ...(decides ? ['mark'] : []),
    ...(decides && row.state === 'reading' && coverage.open + findings.open === 0 ? ['settle'] : []),
    ...(!ctx.lookingBack && ctx.can('directive.add') ? ['amend'] : []),
  ]
  return {
    id: row.id,
    ...row.facts,
    kind: row.kind,
    issuedOn: row.issued_on,
    speaker: row.speaker_id === null ? null : { id: row.speaker_id, name: row.speaker ?? '—' },
    state: row.state,
    characters: row.characters,
    source: row.source,
    recordedAt: row.recorded_at.toISOString(),
    recordedBy: row.recorder,
    coverage,
    findings,
    actions,
  }
}

/** One directive without its text, by id; 404 when it is not there, or was recorded after the day one looks at. */
export async function summary(db: Db, ctx: Ctx, id: Id) {
  const row = found(await directiveById(db, ctx, id))
  const lights = await lightsOf(db, ctx.tenant.id, [id], ctx.lookingBack ? ctx.knownAt : null)
  return shownDirective(ctx, row, lights)
}

/** The proposals of a directive (all, or some) as known at `ctx.knownAt`, with their holders by name on `ctx.day`. */
export async function shownProposals(db: Db, ctx: Ctx, directive: Id, some?: readonly Id[]): Promise<ProposalView[]> {
  const tenant = ctx.tenant.id
  const [rows, office] = await Promise.all([
    ctx.lookingBack ? proposalsThen(db, tenant, directive, ctx.knownAt) : proposalsOf(db, tenant, directive, some),
    officeOn(db, tenant, ctx.day),
  ])
  const seats = seatsIn(office)
  const names = await namesOf(
    db,
    tenant,
    rows.flatMap((row) => [row.moved_by, row.recorded_by]),
  )
  const likened = Map.groupBy(await likenedIn(db, ctx, directive), (one) => one.proposal)
  const merged = rows.filter((row) => row.state === 'merged')
  const can = {
    whole: !ctx.lookingBack && ctx.can('directive.decide', wholeOffice),
    // What is read as another unit's is not theirs to accept; where no holder is known, they may name one of their own.
    over: (own: readonly Seat[]) =>
      !ctx.lookingBack && ctx.can('directive.decide') && own.every((seat) => ctx.can('directive.decide', { unit: seat.unit.id })),
  }
  const wanted = some ? rows.filter((row) => some.includes(row.id)) : rows
  return wanted.map((row) => shownProposal(row, seats, names, mergedInto(row.id, merged), can, likened.get(row.id) ?? []))
}

const shownHolder = ({ text, name, role, refs }: Holder) => ({ text, name, role, refs })

function shownProposal(
  row: ProposalRow,
  seats: ReturnType<typeof seatsIn>,
  names: ReadonlyMap<Id, string>,
  joined: readonly ProposalRow[],
  can: { whole: boolean; over: (own: readonly Seat[]) => boolean },
  likened: readonly Likened[],
): ProposalView {
  const holders = row.assigned === null ? seats.read(row.holders, row.tail?.persons) : { seats: seats.chosen(row.assigned), unknown: [] }
  const { id, type, start, end, title, kind, polarity, cadence, due, measure, why, confidence, state, reason, into, made } = row
  return {
    ...{ id, type, start, end, title, kind, polarity, cadence, due, measure, why, confidence, state, reason, into, made },
    text: row.body,
    joined: joined.map((one) => ({ id: one.id, start: one.start, end: one.end })).sort((a, b) => a.start - b.start),
    holders: row.holders.map(shownHolder),
    tail: row.tail && {
      start: row.tail.start,
      end: row.tail.end,
      help: row.tail.help.map(shownHolder),
      leaders: row.tail.leaders.map(shownHolder),
      persons: row.tail.persons.map(shownHolder),
    },
    helping: row.tail === null ? [] : seats.read(row.tail.help).seats,
    seats: holders.seats,
    unknown: holders.unknown,
    chosen: row.assigned !== null,
    likened: likened.map(({ duty, title, choice }) => ({ duty: { id: duty, name: title }, choice })),
    markedBy: row.recorded_by === null ? null : (names.get(row.recorded_by) ?? '—'),
    decided:
      row.state === 'open' || row.moved_at === null
        ? null
        : { who: (row.moved_by && names.get(row.moved_by)) ?? '—', at: row.moved_at.toISOString() },
    actions: proposalActions(state, { whole: can.whole, some: can.over(holders.seats) }),
  }
}

/** What a decision answers: the directive's counts and the proposals that changed. */
export async function decided(db: Db, ctx: Ctx, directive: Id, changed: readonly Id[]): Promise<OkOf<typeof directiveRoutes.accept>> {
  const [whole, proposals] = await Promise.all([summary(db, ctx, directive), shownProposals(db, ctx, directive, changed)])
  return { directive: whole, proposals }
}
