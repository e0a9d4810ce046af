import type { Standing } from '#kernel/can.ts'
import { ok, refuse, type Verdict } from '#kernel/errors.ts'
import { machine, statesOf, verbsFrom } from '#kernel/machine.ts'

export const actMoves = machine('act', { recorded: { correct: 'corrected', withdraw: 'withdrawn' }, corrected: {}, withdrawn: {} })
export type ActState = 'recorded' | 'corrected' | 'withdrawn'
export const actStates = statesOf(actMoves) as ActState[]

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

/** A third of a title's word pairs said is enough to tick the box beforehand; the person still decides. */
export const likely = (share: number): boolean => share >= 0.34

type Can = (verb: string, thing?: Standing) => boolean
type Kept = { doneBy: string; recordedBy: string; unit: string }

/** An act is corrected or withdrawn by whoever did it, whoever wrote it down, or whoever answers for its unit; never without the verb itself. */
export const mayCorrect = (can: Can, act: Kept, me: string | null): boolean =>
  can('act.correct') && (act.recordedBy === me || can('act.correct', { holder: act.doneBy, unit: act.unit }))

export const actActions = (can: Can, act: Kept & { state: ActState }, me: string | null, lookingBack: boolean): string[] =>
  !lookingBack && mayCorrect(can, act, me) ? verbsFrom(actMoves, act.state) : []
