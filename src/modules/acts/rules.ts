import type { Standing } from '#kernel/can.ts'
import { ok, refuse, type Verdict } from '#kernel/errors.ts'
import { machine, statesOf, verbsFrom } from '#kernel/machine.ts'

type Can = (verb: string, thing?: Standing) => boolean

export const actMoves = machine('act', { recorded: { correct: 'corrected', withdraw: 'withdrawn' }, corrected: {}, withdrawn: {} })
export type ActState = 'recorded' | 'corrected' | 'withdrawn'
export const actStates = statesOf(actMoves) as ActState[]

/**
 * What somebody is asked to confirm: an act recorded for them (代录), or that an act fulfils a duty which asks for its head or a superior. Each
 * request moves once; whoever recorded cannot confirm. An objection that is answered begins a new request.
 */
export const confirmationMoves = machine('act_confirmation', {
  awaiting: { confirm: 'confirmed', object: 'objected', lapse: 'lapsed' },
  confirmed: {},
  objected: {},
  lapsed: {},
})
export type ConfirmationState = 'awaiting' | 'confirmed' | 'objected' | 'lapsed'
export const confirmationStates = statesOf(confirmationMoves) as ConfirmationState[]
export const grounds = ['recorded_for', 'head', 'superior'] as const
export type Ground = (typeof grounds)[number]
/** Requests a person is asked, those sent back to whoever recorded, those that still wait for somebody else, those the person answered. */
export const piles = ['asked', 'returned', 'waiting', 'answered'] as const

/** A person's part in an act: took part, chaired (主持), lectured (主讲), sat in (列席). */
export const parts = ['attend', 'chair', 'speak', 'observe'] as const
export type Part = (typeof parts)[number]
/** Why something was written down late, where there was a cause: on leave, on watch, while duties were handed over, on a business trip. */
export const lateCauses = ['leave', 'watch', 'handover', 'trip'] as const
export type LateCause = (typeof lateCauses)[number]

/** Obligations that one's own hand discharges: signatures, votes and cases are never recorded for somebody else (domain: 代录). */
export const ownHand: readonly string[] = ['pledge', 'signature', 'vote', 'case']
export const mayDischargeFor = (because: string, title: string, forOther: boolean, place: string): Verdict =>
  forOther && ownHand.includes(because) ? refuse('act.own_hand', { title }, place) : ok
/** What is owed as a signature is discharged by signing, and stays so: no line of one's own stands in its place, nor is it taken back. */
const bySigning: readonly string[] = ['pledge']
export const mayDischargeUnsigned = (because: string, title: string, signs: boolean, place: string): Verdict =>
  !signs && bySigning.includes(because) ? refuse('act.by_signing', { title }, place) : ok
export const mayUndo = (discharged: readonly { because: string; title: string }[]): Verdict => {
  const signed = discharged.find((one) => bySigning.includes(one.because))
  return signed ? refuse('act.signed', { title: signed.title }) : ok
}

/** What lasted several days began before its last one. */
export const daysOk = (beganOn: string | undefined, happenedOn: string): Verdict =>
  beganOn !== undefined && beganOn > happenedOn ? refuse('range.backwards', {}, '/beganOn') : ok

/** A person above a unit: heading it or in charge of it, `height` units up. */
export type Above = { person: string; name: string; as: 'head' | 'charge'; height: number }
/**
 * Who confirms: the head of the unit first, or (superior) whoever is in charge of it, then upwards; never whom it is about, nor whoever recorded it.
 * Null when there is nobody: then nothing is asked.
 */
export function confirmerOf(
  ground: 'head' | 'superior',
  above: readonly Above[],
  barred: readonly string[],
): { person: string; name: string; ground: 'head' | 'superior' } | null {
  const steps = above
    .filter(({ person }) => !barred.includes(person))
    .map((one) => ({ ...one, step: one.height * 2 + (one.as === 'charge' ? 1 : 0) }))
    .filter(({ step }) => ground === 'head' || step > 0)
    .sort((a, b) => a.step - b.step)
  const first = steps[0]
  return first ? { person: first.person, name: first.name, ground: first.step === 0 ? 'head' : 'superior' } : null
}

type Asked = { state: ConfirmationState; ground: Ground; askedOf: string; askedBy: string; unit: string; doneBy: string }
/**
 * Whether this person may confirm or object: whoever is asked; where a head or superior who was asked has left the office, whoever may confirm over
 * the unit. What was recorded for somebody is confirmed by nobody else.
 */
export function mayConfirm(can: Can, asked: Asked, me: string | null, gone: boolean): Verdict {
  if (me !== null && asked.askedOf === me && can('act.confirm')) return ok
  if (asked.askedBy === me || asked.doneBy === me) return refuse('confirmation.own')
  if (asked.ground !== 'recorded_for' && gone && can('act.confirm', { unit: asked.unit })) return ok
  return refuse('confirmation.not_yours')
}

/** What this person may do to a request: confirm or object where asked; the one who recorded answers an objection to what they recorded for another. */
export function confirmationActions(can: Can, asked: Asked, me: string | null, gone: boolean, lookingBack: boolean): string[] {
  if (lookingBack) return []
  if (asked.state === 'objected') return asked.askedBy === me && asked.ground === 'recorded_for' ? ['ask'] : []
  if (asked.state !== 'awaiting' || !mayConfirm(can, asked, me, gone).ok) return []
  return ['confirm', 'object']
}

/** What has not happened cannot be recorded. */
export const happened = (day: string, today: string): Verdict => (day > today ? refuse('act.future', { day }, '/happenedOn') : ok)

type Dischargeable = { title: string; opens: string; holder: string }
/** An act discharges what had begun when it was done, for those who took part in it. */
export function mayDischarge(obligation: Dischargeable, act: { day: string; persons: ReadonlySet<string> }, place: string): Verdict {
  if (act.day < obligation.opens) return refuse('act.too_early', { title: obligation.title, opens: obligation.opens, day: act.day }, place)
  if (!act.persons.has(obligation.holder)) return refuse('act.not_theirs', { title: obligation.title }, place)
  return ok
}

/** The pairs of neighbouring characters of a text, for matching words of two characters. */
export function bigramsOf(text: string): Set<string> {
  const letters = [...text].filter((letter) => /[\p{L}\p{N}]/u.test(letter))
  return new Set(letters.slice(1).map((letter, i) => `${letters[i]}${letter}`))
}

/** How much of a title the text says: the share of its bigrams that occur, and which, joined back into words. */
export function likeness(title: string, text: ReadonlySet<string>): { share: number; words: string[] } {
  const letters = [...title]
  let hits = 0
  let pairs = 0
  const words: string[] = []
  let word = ''
  for (let i = 1; i < letters.length; i += 1) {
    const pair = `${letters[i - 1]}${letters[i]}`
    const counts = /^[\p{L}\p{N}]{2}$/u.test(pair)
    if (counts) pairs += 1
    if (counts && text.has(pair)) {
      hits += 1
      word = word ? word + letters[i] : pair
    } else if (word) {
      words.push(word)
      word = ''
    }
  }
  if (word) words.push(word)
  return { share: pairs === 0 ? 0 : hits / pairs, words }
}

type Offered = { because: string; holder: string; due: string; share: number; attends: boolean }
/**
 * Which obligations to tick beforehand. Of whoever did it or chaired: what the words say. Of those who were there: what the words say and the duty
 * takes attendance for, and of several periods of one duty the one that the day falls into (the first due after it, else the last before).
 */
export function tickedOf<T extends Offered>(items: readonly T[], doers: ReadonlySet<string>, day: string): Set<T> {
  const ticked = new Set(items.filter((item) => likely(item.share) && doers.has(item.holder)))
  const attended = items.filter((item) => likely(item.share) && item.attends && !doers.has(item.holder))
  for (const same of Map.groupBy(attended, (item) => `${item.because} ${item.holder}`).values()) {
    const inOrder = same.toSorted((a, b) => (a.due < b.due ? -1 : 1))
    const one = inOrder.find((item) => item.due >= day) ?? inOrder.at(-1)
    if (one) ticked.add(one)
  }
  return ticked
}

/** A third of a title's word pairs said is enough to tick the box beforehand; the person still decides. */
export const likely = (share: number): boolean => share >= 0.34

type Kept = { doneBy: string; recordedBy: string; unit: string }

/** An act is corrected or withdrawn by whoever did it, whoever wrote it down, or whoever answers for its unit; never without the verb itself. */
export const mayCorrect = (can: Can, act: Kept, me: string | null): boolean =>
  can('act.correct') && (act.recordedBy === me || can('act.correct', { holder: act.doneBy, unit: act.unit }))

export const actActions = (can: Can, act: Kept & { state: ActState }, me: string | null, lookingBack: boolean): string[] =>
  !lookingBack && mayCorrect(can, act, me) ? verbsFrom(actMoves, act.state) : []
