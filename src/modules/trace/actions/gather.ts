import { earlier, later } from '#kernel/calendar/index.ts'
import type { Db } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import { type ActRow, actsOf, confirmationsOf, partsOf } from '#modules/acts/index.ts'
import { type Article, articlesOf } from '#modules/basis/index.ts'
import { directivesOf, furtherOf, type Sentence, sentencesAt } from '#modules/directives/index.ts'
import { dutiesByIds, holderRanges, holdersOn, type VersionRow, versionsOf } from '#modules/duties/index.ts'
import { type HandedOver, handedOverOn } from '#modules/handovers/index.ts'
import { type EventRow, eventsOf, type ObligationRow } from '#modules/obligations/index.ts'
import {
  fatesOf,
  type Head,
  headsOfKinds,
  headsOfUnits,
  holdersOf,
  leadersOf,
  type Standing,
  standingsOf,
  type UnitFate,
} from '#modules/org/index.ts'
import { type FindingRow, findingsBy, namesOf } from '../store/causes.ts'
import { planOnce } from '../store/owed.ts'

type Duty = Awaited<ReturnType<typeof dutiesByIds>>[number]
type Seat = Awaited<ReturnType<typeof holdersOn>>[number]
type Paper = NonNullable<ReturnType<Awaited<ReturnType<typeof directivesOf>>['get']>>
type Leader = Awaited<ReturnType<typeof leadersOf>>[number]
export type Placed = { directive: Id; start: number; end: number; sentence: Sentence }
/** Who held a duty between two days, by a post or by name; `until` exclusive. */
export type Held = { person: Id; name: string; since: string; until: string | null }

/** Everything that a trace of some obligations and duties says, before it is put into nodes. */
export type Gathered = {
  acts: Map<Id, ActRow[]>
  parts: Map<Id, { person_id: Id }[]>
  /** How what was recorded for somebody stands with them: said beside the act. */
  asked: Map<Id, 'awaiting' | 'objected' | 'confirmed' | 'lapsed'>
  events: Map<Id, EventRow[]>
  /** Signed handover sheets, by the obligation or the duty that passed with them; those after the day too. */
  handovers: Map<Id, HandedOver[]>
  duties: Map<Id, Duty>
  /** The same as they stand today; the very same when nobody looks back. */
  dutiesNow: Map<Id, Duty>
  versions: Map<Id, VersionRow[]>
  seats: Map<Id, Seat[]>
  held: Map<Id, Held[]>
  sentences: Map<Id, Placed[]>
  articles: Map<Id, Article[]>
  findings: Map<Id, FindingRow>
  papers: Map<Id, Paper>
  fates: Map<Id, UnitFate>
  heads: Map<Id, Head[]>
  leaders: Map<Id, Leader[]>
  first: Head[]
  watchers: Head[]
  standings: Map<Id, Standing[]>
}

type From = {
  rows: readonly ObligationRow[]
  /** Duties reached otherwise than through an obligation. */
  duties?: readonly Id[]
  /** Acts, units and persons reached otherwise. */
  acts?: readonly ActRow[]
  units?: readonly Id[]
  persons?: readonly Id[]
  /** Whether it is asked who held the duties before and after. */
  deep?: boolean
}

/** Seats of duties for which nothing is owed: their units and persons are told of so many. */
const seatsAtMost = 60

const once = <T>(all: readonly T[]): T[] => [...new Set(all)]
const because = (rows: readonly ObligationRow[], kind: string) =>
  once(rows.flatMap((row) => (row.because === kind ? [row.because_id] : [])))

/**
 * Gathers it in four rounds of statements that travel together. How many statements there are does not depend on how much there is.
 */
export async function gather(db: Db, ctx: Ctx, from: From): Promise<Gathered> {
  const tenant = ctx.tenant.id
  const { rows } = from
  planOnce(db)
  const ids = rows.map((row) => row.id)
  const dutyIds = once([...because(rows, 'duty'), ...(from.duties ?? [])])
  const now = { ...ctx, day: ctx.today, knownAt: ctx.now, lookingBack: false }

  const [own, events, duties, dutiesNow, versions, seats, further, findings, papers, ranges, sheets] = await Promise.all([
    actsOf(db, tenant, ids),
    eventsOf(db, tenant, ids),
    dutiesByIds(db, ctx, dutyIds),
    ctx.lookingBack ? dutiesByIds(db, now, dutyIds) : null,
    versionsOf(db, now, dutyIds),
    holdersOn(db, tenant, dutyIds, ctx.day, ctx.knownAt),
    furtherOf(db, ctx, dutyIds),
    findingsBy(db, ctx, because(rows, 'finding')),
    directivesOf(db, ctx, because(rows, 'directive')),
    from.deep ? holderRanges(db, tenant, dutyIds) : [],
    handedOverOn(db, now, [...ids, ...dutyIds]),
  ])

  const acts = [...new Map([...own, ...(from.acts ?? [])].map((act) => [act.id, act])).values()]
  // Whoever holds a duty answers through what is owed for it; where nothing is, and where nobody is in a post, the seats themselves are told.
  const told = seats.filter((seat) => rows.length === 0 || seat.person_id === null)
  const units = once([...rows.map((row) => row.unit_id), ...told.slice(0, seatsAtMost).map((seat) => seat.unit_id), ...(from.units ?? [])])
  const posts = once(ranges.flatMap((range) => range.post ?? []))
  const begun = ranges.reduce<string | null>((least, one) => (least === null || one.since < least ? one.since : least), null)
  const places = [
    ...duties.flatMap((duty) =>
      duty.directive_id && duty.basis_start !== null && duty.basis_end !== null
        ? [{ of: duty.id, directive: duty.directive_id, start: duty.basis_start, end: duty.basis_end }]
        : [],
    ),
    ...further.map(({ duty, directive, start, end }) => ({ of: duty, directive, start, end })),
    ...findings.map(({ id, directive, start, end }) => ({ of: id, directive, start, end })),
  ]
  const recordedFor = acts.filter((act) => act.recorded_by !== act.done_by).map((act) => act.id)
  const [parts, requests, sentences, articles, fates, heads, leaders, ofKinds, windows] = await Promise.all([
    partsOf(
      db,
      tenant,
      acts.map((act) => act.id),
    ),
    confirmationsOf(db, ctx, recordedFor),
    sentencesAt(db, tenant, places),
    articlesOf(db, ctx, duties),
    fatesOf(db, tenant, units, ctx.day, ctx.today),
    headsOfUnits(db, tenant, units, ctx.day),
    leadersOf(db, tenant, units, ctx.day),
    headsOfKinds(db, tenant, ['office', 'party_group', 'discipline_group'], ctx.day),
    begun === null ? [] : holdersOf(db, tenant, posts, begun, null),
  ])

  const ofKind = (kind: string) => ofKinds.filter((one) => one.unit_kind === kind)
  const first = [...ofKind('office'), ...ofKind('party_group')]
  const watchers = ofKind('discipline_group')
  const persons = once([
    ...rows.map((row) => row.holder_id),
    ...told.slice(0, seatsAtMost).flatMap((seat) => seat.person_id ?? []),
    ...[...heads, ...leaders, ...first, ...watchers].map((one) => one.person_id),
    ...acts.map((act) => act.done_by),
    ...(from.persons ?? []),
  ])
  const until = (a: string | null, b: string | null) => (a === null ? b : b === null ? a : earlier(a, b))
  const ranged = ranges.flatMap((range): (Omit<Held, 'name'> & { duty: Id })[] => {
    const { duty, since } = range
    if (range.person) return [{ duty, person: range.person, since, until: range.until }]
    return windows
      .filter((one) => one.post_id === range.post)
      .map((one) => ({ duty, person: one.person_id, since: later(one.since, since), until: until(one.until, range.until) }))
      .filter((one) => one.until === null || one.until > one.since)
  })
  // Only who held it before or after is named by it; whoever holds it that day is told otherwise.
  const onDay = (one: Omit<Held, 'name'>) => one.since <= ctx.day && (one.until === null || one.until > ctx.day)
  const others = once(ranged.filter((one) => !onDay(one)).map((one) => one.person))
  const [standings, names] = await Promise.all([standingsOf(db, tenant, persons, ctx.day, ctx.knownAt), namesOf(db, tenant, others)])
  const held = ranged.map((one) => ({ ...one, name: names.get(one.person) ?? '' }))
  const byId = <T extends { id: Id }>(all: readonly T[]) => new Map(all.map((one) => [one.id, one]))
  return {
    acts: Map.groupBy(own, (act) => act.obligation_id),
    parts: Map.groupBy(parts, (part) => part.act_id),
    asked: new Map(requests.filter((one) => one.obligation_id === null).map((one) => [one.act_id, one.state])),
    events: Map.groupBy(events, (event) => event.obligation_id),
    handovers: Map.groupBy(sheets, (line) =>
      ids.includes(line.thing) || dutyIds.includes(line.thing) ? line.thing : (line.cause ?? line.thing),
    ),
    duties: byId(duties),
    dutiesNow: byId(dutiesNow ?? duties),
    versions: Map.groupBy(versions, (version) => version.duty),
    seats: Map.groupBy(told.slice(0, seatsAtMost), (seat) => seat.duty_id),
    held: Map.groupBy(held, (one) => one.duty),
    sentences: Map.groupBy(sentences, (one) => one.of),
    articles: Map.groupBy(articles, (one) => one.duty),
    findings: byId(findings),
    papers,
    fates,
    heads: Map.groupBy(heads, (head) => head.unit_id),
    leaders: Map.groupBy(leaders, (leader) => leader.asked),
    first,
    watchers,
    standings: Map.groupBy(standings, (one) => one.person),
  }
}
