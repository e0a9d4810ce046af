import { ok, refuse, type Verdict } from '#kernel/errors.ts'
import type { HandoverLine, HandoverWay } from '#kernel/handover.ts'
import { machine, statesOf, verbsFrom } from '#kernel/machine.ts'

/**
 * Out: sent to giver and receivers. Agreed: everybody has signed, and its day has not come: what has days of its own is settled, what is open waits for the day.
 */
export const handoverMoves = machine('handover', {
  draft: { send: 'out', withdraw: 'withdrawn' },
  out: { recall: 'draft', withdraw: 'withdrawn', agree: 'agreed', carry: 'done' },
  agreed: { carry: 'done' },
  done: {},
  withdrawn: {},
})
export type HandoverState = 'draft' | 'out' | 'agreed' | 'done' | 'withdrawn'
export const handoverStates = statesOf(handoverMoves) as HandoverState[]

/** 调任, 免职, 退休, 离职, 轮岗, 借调, 机构撤并, 其他. */
export const reasons = ['transferred', 'removed', 'retired', 'resigned', 'rotated', 'seconded', 'reorganised', 'other'] as const
export type Reason = (typeof reasons)[number]
/** Whose turn it is, or what is over. */
export const piles = ['mine', 'open', 'done', 'withdrawn'] as const
export const roles = ['giver', 'receiver'] as const
export type Role = (typeof roles)[number]

/** What somebody said of a line. */
export type Given = { way: HandoverWay; to: string | null; how: string | null; reason: string | null }
export type Keyed = HandoverLine & { part: string; key: string }
export const keyOf = (part: string, id: string) => `${part} ${id}`

/** `along`: it follows another line, and nobody said otherwise. */
export type Decided = Given & { along: boolean }

/**
 * The line that a line follows: the one it names; of what is open, the duty it is owed for (of the same unit before others), else the post held in its unit,
 * else the first post.
 */
export function followed(line: Keyed, lines: readonly Keyed[]): Keyed | undefined {
  if (line.along) return lines.find((one) => one.key === line.along)
  if (line.part !== 'obligation') return undefined
  const duties = lines.filter((one) => one.part === 'duty' && one.cause !== null && one.cause === line.cause)
  const posts = lines.filter((one) => one.part === 'appointment' && !one.gone)
  return (
    duties.find((one) => one.unit?.id === line.unit?.id) ?? duties[0] ?? posts.find((one) => one.unit?.id === line.unit?.id) ?? posts[0]
  )
}

/**
 * What is decided of each line: what somebody said; else what was said of the line it follows, where that is possible for it; else what is proposed. Null: nobody
 * has decided yet.
 */
export function decide(lines: readonly Keyed[], given: ReadonlyMap<string, Given>): Map<string, Decided | null> {
  const decided = new Map<string, Decided | null>()
  const at = (line: Keyed, seen: number): Decided | null => {
    const known = decided.get(line.key)
    if (known !== undefined) return known
    const own = given.get(line.key)
    const leader = seen < lines.length ? followed(line, lines) : undefined
    const led = leader ? at(leader, seen + 1) : null
    const follows = led !== null && line.ways.includes(led.way) && (own === undefined || (own.way === led.way && own.to === led.to))
    const result = follows
      ? { way: led.way, to: led.to, how: own?.how ?? null, reason: own?.reason ?? led.reason, along: true }
      : own
        ? { ...own, along: false }
        : proposed(line, leader !== undefined)
    decided.set(line.key, result)
    return result
  }
  for (const line of lines) at(line, 0)
  return decided
}

function proposed(line: Keyed, follows: boolean): Decided | null {
  const base = { to: null, how: null, reason: null, along: false }
  if (line.first) return { ...base, way: line.first }
  const heir = line.heirs[0]
  if (follows || !heir || !line.ways.includes('to')) return null
  return { ...base, way: 'to', to: heir.id }
}

/** Whether a line would be nobody's: a post, a charge or a duty that ends and that nobody else holds. */
export const isGap = (line: HandoverLine & { part: string }, way: HandoverWay | undefined): boolean =>
  way === 'end' && !line.gone && line.others.length === 0 && ['appointment', 'charge', 'duty'].includes(line.part)

/** A decision that a line can take: who takes over is not the giver, what ends says why, and what is open ends only with the duty it is owed for. */
export function wayOk(line: Keyed, said: Given, giver: string, led: Pick<Given, 'way' | 'to'> | null | undefined, at: string): Verdict {
  if (!line.ways.includes(said.way)) return refuse('handover.not_this_way', { title: line.title }, `${at}/way`)
  if (said.way === 'to' && said.to === null) return refuse('handover.nobody_named', { title: line.title }, `${at}/to`)
  if (said.way === 'to' && said.to === giver) return refuse('handover.to_giver', {}, `${at}/to`)
  if (said.way !== 'to' && said.to !== null) return refuse('handover.not_this_way', { title: line.title }, `${at}/way`)
  if (said.way === 'end' && line.part === 'obligation' && led?.way !== 'end')
    return refuse('handover.still_owed', { title: line.title }, `${at}/way`)
  if (said.way === 'end' && line.part !== 'obligation' && line.first !== 'end' && said.reason === null)
    return refuse('handover.end_reason', { title: line.title }, `${at}/reason`)
  // Everybody in a post carries its duties: no single name stands in their place.
  const sharers = line.part === 'duty' && line.post ? line.heirs.map((one) => one.id) : []
  const withPost = (led?.way === said.way && led.to === said.to) || (said.to !== null && sharers.includes(said.to))
  if (sharers.length > 0 && !withPost) return refuse('duty.post_shared', { title: line.title, post: line.post?.name ?? '' }, `${at}/to`)
  if (said.how !== null && !line.hows.includes(said.how)) return refuse('handover.not_this_way', { title: line.title }, `${at}/how`)
  return ok
}

/** A line with what was decided and signed of it. A signature holds for the mark under which it was given. */
export type Standing = {
  key: string
  decided: Decided | null
  counts: boolean
  giverSigned: boolean
  receiverSigned: boolean
  objected: boolean
}

/** What is still missing until it can take effect: undecided and objected lines, then who has to sign. */
export function missing(
  lines: readonly Standing[],
  giverSigned: boolean,
): { undecided: number; objected: number; giver: boolean; receivers: string[] } {
  const counting = lines.filter((line) => line.counts)
  const receivers = counting.flatMap((line) => (line.decided?.to && !line.receiverSigned ? [line.decided.to] : []))
  return {
    undecided: counting.filter((line) => line.decided === null).length,
    objected: counting.filter((line) => line.objected).length,
    giver: !giverSigned || counting.some((line) => !line.giverSigned),
    receivers: [...new Set(receivers)],
  }
}

/** Who may sign for a giver who cannot any more: the day has come or they hold no post; a superior, or where nobody stands above, whoever runs handovers for the whole office. */
export function maySignFor(
  of: { gone: boolean; superiors: readonly string[]; names: readonly string[] },
  actor: string | null,
  whole: boolean,
): Verdict {
  if (!of.gone) return refuse('handover.giver_there')
  if (of.superiors.length === 0) return whole ? ok : refuse('handover.no_superior')
  return actor !== null && of.superiors.includes(actor) ? ok : refuse('handover.not_superior', { who: of.names.join('、') })
}

type Asking = { state: HandoverState; runs: boolean; lookingBack: boolean; signs: boolean; signsFor: boolean; objects: boolean }
/** What one may do to a sheet now: `runs` over its unit; `signs` where one's own signature is asked. */
export function handoverActions({ state, runs, lookingBack, signs, signsFor, objects }: Asking): string[] {
  if (lookingBack) return []
  const verbs = verbsFrom(handoverMoves, state)
  return [
    ...(state === 'out' && signs ? ['confirm'] : []),
    ...(state === 'out' && signsFor ? ['confirmFor'] : []),
    ...(state === 'out' && objects ? ['object'] : []),
    ...(runs && state === 'draft' ? ['edit'] : []),
    ...(runs && (state === 'draft' || state === 'out') ? ['assign'] : []),
    ...(runs ? ['send', 'recall', 'withdraw'].filter((verb) => verbs.includes(verb)) : []),
  ]
}
