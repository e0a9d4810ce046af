import type { Standing } from '#kernel/can.ts'
import { ok, refuse, type Verdict } from '#kernel/errors.ts'
import { machine, statesOf, verbsFrom } from '#kernel/machine.ts'

type Can = (verb: string, thing?: Standing) => boolean

/** 责任书, between superior and holder; 承诺书, each for themselves (一人一书). */
export const pledgeKinds = ['letter', 'promise'] as const
export type PledgeKind = (typeof pledgeKinds)[number]
/** Whom a round is for: 副科级以上 (rule `leading.from`), or everybody. */
export const whoms = ['leading', 'all'] as const
export type Whom = (typeof whoms)[number]
export const sides = ['holder', 'superior'] as const
export type Side = (typeof sides)[number]

/** A round of which nobody has signed yet, or only some have, may be taken back: what is signed stays. */
export const roundMoves = machine('pledge_round', { issued: { withdraw: 'withdrawn' }, withdrawn: {} })
export type RoundState = 'issued' | 'withdrawn'
export const roundStates = statesOf(roundMoves) as RoundState[]

/**
 * 签订: a letter takes two signatures in either order, a promise one. What nobody has signed is withdrawn; what somebody has signed ends on a day and
 * stays as it was signed.
 */
export const pledgeMoves = machine('pledge', {
  issued: { promise: 'in_force', signHolder: 'holder_signed', signSuperior: 'superior_signed', withdraw: 'withdrawn' },
  holder_signed: { signSuperior: 'in_force', end: 'ended' },
  superior_signed: { signHolder: 'in_force', end: 'ended' },
  in_force: { end: 'ended' },
  ended: {},
  withdrawn: {},
})
export type PledgeState = 'issued' | 'holder_signed' | 'superior_signed' | 'in_force' | 'ended' | 'withdrawn'
export const pledgeStates = statesOf(pledgeMoves) as PledgeState[]
/** What still waits for a signature. */
export const unsigned: readonly PledgeState[] = ['issued', 'holder_signed', 'superior_signed']
/** What a list is narrowed to: a state, whatever waits for a signature, or 待补签 (in force, and the list has changed since). */
export const shows = [...pledgeStates, 'unsigned', 'differs'] as const
export type Shows = (typeof shows)[number]

/** The move by which a side signs. */
export const signingVerb = (kind: PledgeKind, side: Side): string =>
  kind === 'promise' ? 'promise' : side === 'holder' ? 'signHolder' : 'signSuperior'

type Sided = { kind: PledgeKind; person: string; superior: string | null; state: PledgeState }
/** Which side a person is of a pledge; null: neither, and then nothing of it is theirs to sign (no signing for others, 代签). */
export const sideOf = ({ person, superior }: Pick<Sided, 'person' | 'superior'>, me: string | null): Side | null =>
  me === null ? null : me === person ? 'holder' : me === superior ? 'superior' : null

/** Whether this person signs it now. */
export const signsNow = (pledge: Sided, me: string | null): boolean => {
  const side = sideOf(pledge, me)
  return side !== null && verbsFrom(pledgeMoves, pledge.state).includes(signingVerb(pledge.kind, side))
}

type Signing = Sided & { name: string; hash: string }
/** A signature is one's own, given once, under the text that was shown. */
export function maySign(pledge: Signing, me: string | null, shown: string, at: string): Verdict {
  const side = sideOf(pledge, me)
  if (side === null) return refuse('pledge.not_yours', { name: pledge.name }, at)
  if (!signsNow(pledge, me)) return refuse('pledge.settled', { name: pledge.name }, at)
  return shown === pledge.hash ? ok : refuse('pledge.changed', { name: pledge.name }, `${at}/hash`)
}

type Shown = Sided & { unit: string; supplements: string | null; differs: boolean; moved: boolean }
/**
 * What this person may do to a pledge: sign as one of its sides; have it put together anew from today's list while nobody has signed; supplement what
 * differs; withdraw what nobody signed; end what somebody did.
 */
export function pledgeActions(can: Can, pledge: Shown, me: string | null, lookingBack: boolean): string[] {
  if (lookingBack) return []
  const verbs = verbsFrom(pledgeMoves, pledge.state)
  const issues = can('pledge.issue', { unit: pledge.unit })
  const concerned = issues || (sideOf(pledge, me) !== null && can('pledge.sign'))
  const stale = pledge.differs || pledge.moved
  return [
    ...(can('pledge.sign') && signsNow(pledge, me) ? ['sign'] : []),
    ...(concerned && pledge.state === 'issued' && stale ? ['renew'] : []),
    ...(concerned && pledge.state === 'in_force' && pledge.supplements === null && pledge.differs ? ['supplement'] : []),
    ...(issues && verbs.includes('withdraw') ? ['withdraw'] : []),
    ...(issues && verbs.includes('end') ? ['end'] : []),
  ]
}

/** Why somebody gets none, or what to know of who gets one. */
export const problemKinds = ['sent', 'no_superior', 'no_duties', 'already', 'no_level'] as const
export type ProblemKind = (typeof problemKinds)[number]
/** With these one gets none. */
export const bars: readonly ProblemKind[] = ['sent', 'no_superior', 'no_duties', 'already']

type Line = { first: readonly string[]; leaders: readonly string[]; heads: readonly string[]; members: readonly string[] }
/**
 * Whose 责任书 somebody signs with: members of the leadership with the first responsible; heads of units with whoever is in charge of the unit, else the
 * first responsible; everybody else with the head of their unit, else as heads do. Never with oneself; null where nobody stands above.
 */
export function superiorOf(person: string, line: Line): string | null {
  if (line.first.includes(person)) return null
  const steps = line.members.includes(person)
    ? [line.first]
    : line.heads.includes(person)
      ? [line.leaders, line.first]
      : [line.heads, line.leaders, line.first]
  for (const step of steps) {
    const one = step.find((id) => id !== person)
    if (one !== undefined) return one
  }
  return null
}

type Asked = { sent: boolean; superior: string | null; duties: number; already: boolean; kind: PledgeKind; levelUnknown: boolean }
/** What stands in somebody's way, the nearest first; null: nothing to say. */
export function problemOf({ sent, superior, duties, already, kind, levelUnknown }: Asked): ProblemKind | null {
  if (sent) return 'sent'
  if (already) return 'already'
  if (kind === 'letter' && superior === null) return 'no_superior'
  if (duties === 0) return 'no_duties'
  return levelUnknown ? 'no_level' : null
}

/** The day by which a pledge is signed lies ahead. */
export const dueOk = (due: string, today: string): Verdict => (due < today ? refuse('pledge.due_past', { due }, '/due') : ok)
export const endOk = (until: string, since: string): Verdict => (until < since ? refuse('range.backwards', {}, '/until') : ok)
