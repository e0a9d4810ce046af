import type { Db, Tx } from './db.ts'
import type { Id } from './ids.ts'
import type { Ctx } from './scope.ts'

/** What passes from one person to another when they move: what every kind of it (posts, charges, duties, what is open …) shares. The module `handovers` keeps the sheets. */

type Ref = { id: Id; name: string }
/** `to`: somebody takes it over. `stay`: the giver keeps it. `end`: it ends with the move. */
export const handoverWays = ['to', 'stay', 'end'] as const
export type HandoverWay = (typeof handoverWays)[number]
export type HandoverLight = 'green' | 'yellow' | 'red'

/** One thing that somebody holds. Without `ways` it is for the giver alone to settle, and only said. */
export type HandoverLine = {
  id: Id
  title: string
  unit: Ref | null
  /** The post through which it is held. */
  post: Ref | null
  /** What it rests on. */
  basis: string | null
  rrule: string | null
  due: string | null
  since: string | null
  light: HandoverLight | null
  /** Its unit or post no longer stands on the day. */
  gone: boolean
  /** Another line (`part id`) that it goes along with unless somebody says otherwise. */
  along: string | null
  /** What it is because of, or is itself about: a duty. */
  cause: Id | null
  /** Who may well take it over, the likeliest first. */
  heirs: readonly Ref[]
  /** Who holds it too from the day on. */
  others: readonly string[]
  ways: readonly HandoverWay[]
  /** What is proposed where it goes along with nothing; left out, `to` the first heir. */
  first?: HandoverWay
  /** As what it may be taken over, the proposed one first: how somebody is appointed. */
  hows: readonly string[]
  /** Changes with whatever of it a signature covers. */
  mark: string
}
/** What was decided and signed of a line. `along`: it goes with the line it follows, as that one does. */
export type HandoverMove = {
  line: HandoverLine
  way: HandoverWay
  to: Id | null
  how: string | null
  reason: string | null
  along: boolean
}
export type HandoverOf = { person: Id; day: string }
/**
 * `reason` is written into what is changed. `ending`: open obligations that end with what is handed over (a pledge to be signed); parts add to it, and the part of
 * the obligations, the last, waives them.
 */
export type Handing = HandoverOf & { reason: string; ending: Id[] }

/** A kind of thing that is handed over. It belongs to its own module, which gives it out through its index. */
export type HandoverPart = {
  key: string
  words: readonly [zh: string, en: string]
  /** It has no days of its own and is moved on the day itself, not when the last one signs before it. */
  onTheDay?: boolean
  lines: (db: Db, ctx: Ctx, of: HandoverOf) => Promise<HandoverLine[]>
  /** Carries out what was decided, lines that stay among it. Whoever ends with the tally stands last in the list of parts. */
  move: (tx: Tx, ctx: Ctx, handing: Handing, moves: readonly HandoverMove[]) => Promise<void>
}

type Range = { since: string; until: string | null }
/**
 * A period [since, until) when somebody takes over on a day: the giver's ends where the successor's begins. What ended by then is not touched; what had not begun
 * by then passes whole. Every day of the period is in exactly one of the two.
 */
export function handedOn(range: Range, day: string): { giver: Range | null; successor: Range | null } {
  if (range.until !== null && range.until <= day) return { giver: range, successor: null }
  if (range.since >= day) return { giver: null, successor: range }
  return { giver: { since: range.since, until: day }, successor: { since: day, until: range.until } }
}
