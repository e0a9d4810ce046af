import type { Standing } from '#kernel/can.ts'
import { ok, refuse, type Verdict } from '#kernel/errors.ts'
import { machine, statesOf, verbsFrom } from '#kernel/machine.ts'

/**
 * Ended: it was owed until a day. Retracted: it was written down by mistake, and is taken back while nothing rests on it. Awaiting (待签批): above somebody's
 * budget, until the first responsible signs; returned: sent back to whoever drafted it.
 */
export const dutyMoves = machine('duty', {
  active: { end: 'ended', retract: 'retracted', exceed: 'awaiting' },
  awaiting: { approve: 'active', refuse: 'returned', drop: 'retracted' },
  returned: { submit: 'awaiting', drop: 'retracted' },
  ended: {},
  retracted: {},
})
export type DutyState = 'active' | 'awaiting' | 'returned' | 'ended' | 'retracted'
export const dutyStates = statesOf(dutyMoves) as DutyState[]
/** Who may be asked to confirm what fulfils a duty. */
export const confirmers = ['head', 'superior'] as const
export type Confirmer = (typeof confirmers)[number]
export const polarities = ['positive', 'negative'] as const
/** Columns a table of duties sorts by. */
export const sorts = ['recorded', 'title', 'kind', 'unit', 'since', 'due', 'red'] as const
export type Sort = (typeof sorts)[number]

export type HolderGiven = { unit: string; post: string | null; person: string | null }

/** A duty ends at a person (责任到人): each holder is one post or one person. */
export function holdersOk(holders: readonly HolderGiven[]): Verdict {
  if (holders.length === 0) return refuse('duty.no_holder', {}, '/holders')
  const wrong = holders.findIndex((holder) => (holder.post === null) === (holder.person === null))
  return wrong < 0 ? ok : refuse('duty.holder_both', {}, `/holders/${wrong}`)
}

export const dueOk = (since: string, due: string | null, at = ''): Verdict =>
  due !== null && due < since ? refuse('duty.due_before_since', { since, due }, `${at}/due`) : ok

export const endOk = (since: string, until: string): Verdict => (until < since ? refuse('duty.ends_before_since', { since }, '/until') : ok)

/** Whose appointment counts for a period: whoever is in the post on the day asked for. */
export type Held = { post_id: string; person_id: string; since: string; until: string | null }
export const inPostOn = <H extends Held>(held: readonly H[], post: string, day: string): H[] => {
  const seen = new Set<string>()
  return held.filter((one) => {
    const counts = one.post_id === post && one.since <= day && (one.until === null || one.until > day) && !seen.has(one.person_id)
    if (counts) seen.add(one.person_id)
    return counts
  })
}

/** The day on which one asks who holds a period: today within the period, else its nearer end. */
export const askOn = (today: string, opens: string, due: string): string => (today < opens ? opens : today > due ? due : today)

type Acting = { state: DutyState; units: readonly string[]; lookingBack: boolean; changed: boolean; retractable: boolean }

/**
 * What one may do: to the duty itself when one's scope covers all its units; to break it down when it covers any of them. `changed`: a change
 * stands that can be undone. `retractable`: it was recorded within the days of the rule `duty.retract`.
 */
export function dutyActions(can: (verb: string, thing?: Standing) => boolean, duty: Acting): string[] {
  const { state, units, lookingBack, changed, retractable } = duty
  if (lookingBack || !verbsFrom(dutyMoves, state).includes('end')) return []
  const all = (verb: string) => (units.length === 0 ? can(verb, { unit: null }) : units.every((unit) => can(verb, { unit })))
  const some = (verb: string) => units.some((unit) => can(verb, { unit })) || can(verb, { unit: null })
  return [
    ...(all('duty.assign') ? ['assign', 'release', 'terms'] : []),
    ...(all('duty.change') ? ['change', ...(changed ? ['undoChange'] : [])] : []),
    ...(some('duty.decompose') ? ['decompose'] : []),
    ...(all('duty.decompose') ? ['move'] : []),
    ...(all('duty.end') ? ['end', ...(retractable ? ['retract'] : [])] : []),
  ]
}
