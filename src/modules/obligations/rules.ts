import type { Standing } from '#kernel/can.ts'
import { ok, refuse, type Verdict } from '#kernel/errors.ts'
import { machine, statesOf, verbsFrom } from '#kernel/machine.ts'

/** `split`: its parts carry it. `joined`: a part that was taken back into the whole. */
export const obligationMoves = machine('obligation', {
  open: { discharge: 'discharged', waive: 'waived', split: 'split', join: 'joined' },
  discharged: { correct: 'open' },
  waived: { restore: 'open', join: 'joined' },
  split: { join: 'open' },
  joined: {},
})
export type State = 'open' | 'discharged' | 'waived' | 'split' | 'joined'
export const states = statesOf(obligationMoves) as State[]

/** What an event was. `corrected` opens again: an act was withdrawn, or a waiver taken back. `recomputed`: the calendar moved it. */
export const eventKinds = [
  'made',
  'due_moved',
  'brought_forward',
  'handed_over',
  'waived',
  'discharged',
  'corrected',
  'split',
  'joined',
  'recomputed',
] as const
export type EventKind = (typeof eventKinds)[number]

export const lights = ['green', 'yellow', 'red', 'grey'] as const
export type Light = (typeof lights)[number]

/** What a light is made of. */
export type Standpoint = { state: State; due: string; warnFrom: string }

/**
 * The light on a day: grey when waived, and when its parts carry it; green when discharged, or open and not yet in its last third; yellow from the first day of the
 * last third; red after the due day (rule `light.yellow`, office default).
 */
export function lightOf(thing: Standpoint, day: string): Light {
  if (thing.state === 'discharged') return 'green'
  if (thing.state !== 'open') return 'grey'
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

/** The line above a unit on a day, as persons: the first responsible, the leaders in charge of it, its heads, and who of those asked about sits in the leadership. */
export type Line = { first: readonly string[]; leaders: readonly string[]; heads: readonly string[]; members: readonly string[] }

/**
 * Who stands above a holder: for the people of a unit its head, the leader in charge and the first responsible; for its head the latter two; for
 * a leader the first responsible; for the first responsible nobody in the office. Nobody stands above themselves.
 */
export function superiorsOf(holder: string, line: Line): string[] {
  if (line.first.includes(holder)) return []
  if (line.leaders.includes(holder) || line.members.includes(holder)) return [...line.first]
  const above = line.heads.includes(holder) ? [line.leaders, line.first] : [line.heads, line.leaders, line.first]
  return [...new Set(above.flat())]
}

/** Whether it is somebody's overdue obligation that this actor is not shown (`unseen`): a leader's own red is for them and their superior only. */
export const isUnseen = (unseen: readonly string[], thing: { state: State; holder: string; due: string }, day: string): boolean =>
  thing.state === 'open' && thing.due < day && unseen.includes(thing.holder)

/** Only a superior waives, or takes a waiver back; `names` says who that is. */
export function mayWaive(actor: string | null, holder: string, superiors: readonly string[], names: readonly string[]): Verdict {
  if (actor !== null && superiors.includes(actor)) return ok
  if (superiors.length === 0) return refuse('obligation.no_superior')
  return refuse(actor === holder ? 'obligation.own_waiver' : 'obligation.not_superior', { who: names.join('、') })
}

/** Bringing forward: to an earlier day that has not passed, not before it opens. Nobody is made late by it. */
export function mayBringForward(thing: { opens: string; due: string }, due: string, today: string): Verdict {
  if (due < thing.opens) return refuse('obligation.due_before_opens', { opens: thing.opens }, '/due')
  if (due >= thing.due) return refuse('obligation.not_earlier', { due: thing.due }, '/due')
  return due < today ? refuse('obligation.due_passed', { today }, '/due') : ok
}

/** Postponing: to a later day. */
export function mayPostpone(thing: { opens: string; due: string }, due: string): Verdict {
  if (due < thing.opens) return refuse('obligation.due_before_opens', { opens: thing.opens }, '/due')
  return due <= thing.due ? refuse('obligation.not_later', { due: thing.due }, '/due') : ok
}

export type PartGiven = { title?: string | undefined; person: string; unit: string; due: string }
export const partsMost = 20

/** Splitting: each part is another person's or due another day; none begins overdue unless the whole is. */
export function maySplit(whole: { title: string; opens: string; due: string }, parts: readonly PartGiven[], today: string): Verdict {
  const seen = new Set<string>()
  for (const [i, part] of parts.entries()) {
    if (part.due < whole.opens) return refuse('obligation.due_before_opens', { opens: whole.opens }, `/parts/${i}/due`)
    if (part.due < today && part.due !== whole.due) return refuse('obligation.due_passed', { today }, `/parts/${i}/due`)
    const key = `${part.person} ${part.unit} ${part.due} ${part.title ?? whole.title}`
    if (seen.has(key)) return refuse('obligation.part_twice', {}, `/parts/${i}`)
    seen.add(key)
  }
  return ok
}

/** A split is undone while no part was discharged or split further: what was done is not undone. */
export function mayJoin(parts: readonly { title: string; holder: string; state: State }[]): Verdict {
  const done = parts.find((part) => part.state === 'discharged')
  if (done) return refuse('obligation.part_done', { who: done.holder })
  const split = parts.find((part) => part.state === 'split')
  return split ? refuse('obligation.part_split', { who: split.holder }) : ok
}

/** What the holder's standing and, where they were asked for, the superiors and the parts say about what may be done. */
export type Circumstances = {
  superiors?: readonly string[]
  parts?: readonly { title: string; holder: string; state: State }[]
  /** Discharged, and not confirmed yet: who was asked. */
  awaits?: string | null
}

/** What this person may do to an obligation now; nothing while looking back. */
export function obligationActions(
  can: (verb: string, thing?: Standing) => boolean,
  thing: { state: State; holder: string; unit: string },
  lookingBack: boolean,
  actor: string | null = null,
  { superiors = [], parts }: Circumstances = {},
): string[] {
  if (lookingBack) return []
  const standing = { holder: thing.holder, unit: thing.unit }
  const open = verbsFrom(obligationMoves, thing.state)
  const actions: string[] = []
  if (open.includes('discharge') && can('act.record', standing)) actions.push('record')
  // Nobody moves, hands over or splits what they owe themselves by the reach of "own": the verb must come from a scope.
  if (thing.state === 'open' && can('obligation.move', { unit: thing.unit })) actions.push('bringForward', 'moveDue', 'handOver')
  if (thing.state === 'open' && can('obligation.split', { unit: thing.unit })) actions.push('split')
  const above = actor !== null && superiors.includes(actor) && can('obligation.waive', { unit: thing.unit })
  if (open.includes('waive') && above) actions.push('waive')
  if (open.includes('restore') && above) actions.push('restore')
  if (thing.state === 'split' && parts && mayJoin(parts).ok && can('obligation.split', { unit: thing.unit })) actions.push('join')
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
export type Counted = {
  holder: string
  unit: string
  kind: string
  due: string
  warnFrom: string
  state: State
  doneOn: string | null
}
/** One obligation before and after; null where it was not there. */
export type Recount = { before: Counted | null; after: Counted | null }

/** Where an obligation counts: one of open, on time, late, waived; nowhere while its parts carry it. */
function column(thing: Counted): 'open' | 'onTime' | 'late' | 'waived' | null {
  if (thing.state === 'open') return 'open'
  if (thing.state === 'waived') return 'waived'
  if (thing.state !== 'discharged') return null
  return thing.doneOn !== null && isLate(thing.doneOn, thing.due) ? 'late' : 'onTime'
}

const keyOf = (thing: { unit: string; kind: string; due: string; warnFrom: string }) =>
  `${thing.unit} ${thing.kind} ${thing.due} ${thing.warnFrom}`

/** The tally's changes for a list of changes, one per key, in key order; what cancels out is left out. */
export function deltasOf(changes: readonly Recount[]): Delta[] {
  const sums = new Map<string, Delta>()
  const count = (thing: Counted, by: number) => {
    const at = column(thing)
    if (at === null) return
    const key = keyOf(thing)
    const { unit, kind, due, warnFrom } = thing
    const delta = sums.get(key) ?? { unit, kind, due, warnFrom, open: 0, onTime: 0, late: 0, waived: 0 }
    delta[at] += by
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

/** One change of a row of the burden; `month` is its first day. */
export type BurdenDelta = { month: string; holder: string; kind: string; asked: number }

/** Whether something is asked of its holder: done or not, but not what was waived or split. */
const asks = (thing: Counted | null): thing is Counted => thing !== null && (thing.state === 'open' || thing.state === 'discharged')

/** The burden's changes for a list of changes, one per person, month and kind, in key order; what cancels out is left out. */
export function burdenOf(changes: readonly Recount[]): BurdenDelta[] {
  const sums = new Map<string, BurdenDelta>()
  const count = (thing: Counted, by: number) => {
    const month = `${thing.due.slice(0, 7)}-01`
    const key = `${month} ${thing.holder} ${thing.kind}`
    const delta = sums.get(key) ?? { month, holder: thing.holder, kind: thing.kind, asked: 0 }
    delta.asked += by
    sums.set(key, delta)
  }
  for (const { before, after } of changes) {
    if (asks(before)) count(before, -1)
    if (asks(after)) count(after, 1)
  }
  return [...sums.entries()]
    .filter(([, delta]) => delta.asked !== 0)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, delta]) => delta)
}
