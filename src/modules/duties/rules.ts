import type { Standing } from '#kernel/can.ts'
import { ok, refuse, type Verdict } from '#kernel/errors.ts'
import { machine, statesOf, verbsFrom } from '#kernel/machine.ts'

export const dutyMoves = machine('duty', { active: { end: 'ended' }, ended: {} })
export type DutyState = 'active' | 'ended'
export const dutyStates = statesOf(dutyMoves) as DutyState[]
/** Who may be asked to confirm what fulfils a duty. */
export const confirmers = ['head', 'superior'] as const
export type Confirmer = (typeof confirmers)[number]
export const polarities = ['positive', 'negative'] as const

export type HolderGiven = { unit: string; post: string | null; person: string | null }

/** A duty ends at a person (责任到人): each holder is one post or one person. */
export function holdersOk(holders: readonly HolderGiven[]): Verdict {
  if (holders.length === 0) return refuse('duty.no_holder', {}, '/holders')
  const wrong = holders.findIndex((holder) => (holder.post === null) === (holder.person === null))
  return wrong < 0 ? ok : refuse('duty.holder_both', {}, `/holders/${wrong}`)
}

export const dueOk = (since: string, due: string | null): Verdict =>
  due !== null && due < since ? refuse('duty.due_before_since', { since, due }, '/due') : ok

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

export function dutyActions(
  can: (verb: string, thing?: Standing) => boolean,
  state: DutyState,
  units: readonly string[],
  lookingBack: boolean,
): string[] {
  if (lookingBack) return []
  const reach = (verb: string) => units.length > 0 && units.every((unit) => can(verb, { unit }))
  const actions: string[] = []
  if (verbsFrom(dutyMoves, state).includes('end')) {
    if (reach('duty.assign')) actions.push('assign', 'terms')
    if (reach('duty.end')) actions.push('end')
  }
  return actions
}
