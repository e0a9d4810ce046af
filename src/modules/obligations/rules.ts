import type { Standing } from '#kernel/can.ts'
import { machine, statesOf, verbsFrom } from '#kernel/machine.ts'

export const obligationMoves = machine('obligation', {
  open: { discharge: 'discharged', waive: 'waived' },
  discharged: { correct: 'open' },
  waived: { restore: 'open' },
})
export type State = 'open' | 'discharged' | 'waived'
export const states = statesOf(obligationMoves) as State[]

export const lights = ['green', 'yellow', 'red', 'grey'] as const
export type Light = (typeof lights)[number]

/** What a light is made of. */
export type Standpoint = { state: State; due: string; warnFrom: string }

/**
 * The light on a day: grey when waived; green when discharged, or open and not yet in its last third; yellow from the first day of the
 * last third; red after the due day (rule `light.yellow`, office default).
 */
export function lightOf(thing: Standpoint, day: string): Light {
  if (thing.state === 'waived') return 'grey'
  if (thing.state === 'discharged') return 'green'
  if (day > thing.due) return 'red'
  return day >= thing.warnFrom ? 'yellow' : 'green'
}

/** A state as an event left it. */
export type Known = { version: number; recordedAt: Date }

/** Replays events: the state known at an instant is what the last event recorded by then left; null when nothing was known yet. */
export function knownAt<E extends Known>(events: readonly E[], at: Date): E | null {
  let last: E | null = null
  for (const event of events) if (event.recordedAt <= at && (last === null || event.version > last.version)) last = event
  return last
}

/** Whether what was done counts as late: done after the due day. */
export const isLate = (doneOn: string, due: string): boolean => doneOn > due

/** What this person may do to an obligation now; nothing while looking back. */
export function obligationActions(
  can: (verb: string, thing?: Standing) => boolean,
  thing: { state: State; holder: string; unit: string },
  lookingBack: boolean,
): string[] {
  if (lookingBack) return []
  const standing = { holder: thing.holder, unit: thing.unit }
  const open = verbsFrom(obligationMoves, thing.state)
  const actions: string[] = []
  if (open.includes('discharge') && can('act.record', standing)) actions.push('record')
  // Nobody waives, moves or hands over what they owe themselves by the reach of "own": the verb must come from a scope.
  if (open.includes('waive') && can('obligation.move', { unit: thing.unit })) actions.push('moveDue', 'handOver')
  if (open.includes('waive') && can('obligation.waive', { unit: thing.unit })) actions.push('waive')
  if (open.includes('restore') && can('obligation.waive', { unit: thing.unit })) actions.push('restore')
  return actions
}

/** One change of a tally row. */
export type Delta = {
  unit: string
  kind: string
  due: string
  warnFrom: string
  open: number
  onTime: number
  late: number
  waived: number
}
type Counted = { unit: string; kind: string; due: string; warnFrom: string; state: State; doneOn: string | null }

/** Where an obligation counts: one of open, on time, late, waived. */
function column(thing: Counted): 'open' | 'onTime' | 'late' | 'waived' {
  if (thing.state === 'open') return 'open'
  if (thing.state === 'waived') return 'waived'
  return thing.doneOn !== null && isLate(thing.doneOn, thing.due) ? 'late' : 'onTime'
}

const keyOf = (thing: { unit: string; kind: string; due: string; warnFrom: string }) =>
  `${thing.unit} ${thing.kind} ${thing.due} ${thing.warnFrom}`

/** The tally's changes for a list of changes, one per key, in key order; what cancels out is left out. */
export function deltasOf(changes: readonly { before: Counted | null; after: Counted | null }[]): Delta[] {
  const sums = new Map<string, Delta>()
  const count = (thing: Counted, by: number) => {
    const key = keyOf(thing)
    const { unit, kind, due, warnFrom } = thing
    const delta = sums.get(key) ?? { unit, kind, due, warnFrom, open: 0, onTime: 0, late: 0, waived: 0 }
    delta[column(thing)] += by
    sums.set(key, delta)
  }
  for (const { before, after } of changes) {
    if (before) count(before, -1)
    if (after) count(after, 1)
  }
  return [...sums.entries()]
    .filter(([, delta]) => delta.open || delta.onTime || delta.late || delta.waived)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, delta]) => delta)
}
