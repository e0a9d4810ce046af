import type { EventKind, State } from '#modules/obligations/rules.ts'

/** Why something is red, from its events; pure. */

/** An event with the whole state after it. `on`: the day it was recorded, in the office's zone. */
export type Step = {
  version: number
  kind: EventKind
  on: string
  by: string | null
  reason: string | null
  act: string | null
  state: State
  holder: string
  due: string
}
export type Moved = {
  kind: EventKind
  on: string
  by: string | null
  reason: string | null
  wasDue: string | null
  wasHolder: string | null
}
export const lastKinds = ['withdrawn', 'restored', 'earlier'] as const
export type Last = { kind: (typeof lastKinds)[number]; on: string; by: string | null; what: string | null; act: string | null }

/** What moved its day or its holder, oldest first, the last `most` of it. */
export function movedOf(steps: readonly Step[], most = 3): Moved[] {
  const moved: Moved[] = []
  for (const [i, step] of steps.entries()) {
    const before = steps[i - 1]
    if (!before || (before.due === step.due && before.holder === step.holder)) continue
    const { kind, on, by, reason } = step
    const wasDue = before.due === step.due ? null : before.due
    moved.push({ kind, on, by, reason, wasDue, wasHolder: before.holder === step.holder ? null : before.holder })
  }
  return moved.slice(-most)
}

/**
 * The last thing done on it: what opened it again after it was settled (an act withdrawn, a waiver taken back), else the act that fulfilled an earlier
 * period of the same; null when there is neither.
 */
export function lastOf(steps: readonly Step[], earlier: { act: string; what: string; on: string } | undefined): Last | null {
  const again = steps.findLast((step, i) => step.state === 'open' && steps[i - 1] !== undefined && steps[i - 1]?.state !== 'open')
  if (again?.kind === 'corrected') {
    const { on, by, reason, act } = again
    return { kind: act === null ? 'restored' : 'withdrawn', on, by, what: reason, act }
  }
  return earlier ? { kind: 'earlier', on: earlier.on, by: null, what: earlier.what, act: earlier.act } : null
}
