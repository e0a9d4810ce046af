import type { Standing } from '#kernel/can.ts'
import { ok, refuse, type Verdict } from '#kernel/errors.ts'
import { type FileKind, factsOf } from '#kernel/files/kinds.ts'
import { machine, statesOf } from '#kernel/machine.ts'

/** Evidence is never asked for: no record needs a file, and nothing counts files. */
export const evidenceMoves = machine('evidence', { kept: { remove: 'removed' }, removed: {} })
export type EvidenceState = 'kept' | 'removed'
export const evidenceStates = statesOf(evidenceMoves) as EvidenceState[]

/**
 * How long bytes that no row refers to are left alone before the nightly sweep: longer than any upload and the write after it takes.
 */
export const sweepAfterHours = 24

type Can = (verb: string, thing?: Standing) => boolean
type OfAct = { doneBy: string; recordedBy: string; unit: string; state: string }
const theirs = (act: OfAct, me: string | null) => me !== null && (act.doneBy === me || act.recordedBy === me)

/** Whoever did the act or wrote it down, and whoever keeps the office's papers (综合科). */
export const mayAdd = (can: Can, act: OfAct, me: string | null): boolean =>
  can('evidence.add') && (theirs(act, me) || can('evidence.tend', { unit: act.unit }))

/** They too, and whoever uploaded it. */
export const mayRemove = (can: Can, act: OfAct, uploadedBy: string, me: string | null): boolean =>
  can('evidence.remove') && (theirs(act, me) || uploadedBy === me || can('evidence.tend', { unit: act.unit }))

/** What was corrected or withdrawn takes no more; what it has stays with it. */
export const takesMore = (act: OfAct): Verdict => (act.state === 'recorded' ? ok : refuse('evidence.act_gone'))

/** The date on a paper or picture is no later than today. */
export const wasTaken = (on: string | undefined, today: string): Verdict =>
  on !== undefined && on > today ? refuse('evidence.future', { day: on }, '/takenOn') : ok

const mb = 1024 * 1024
type Used = { files: number; size: number }
type Caps = { files: number; act: number }
/** Whether one more file has room with an act. `act` is in MB, sizes in bytes. */
export function hasRoom(used: Used, size: number, caps: Caps): Verdict {
  if (used.files >= caps.files) return refuse('evidence.too_many', { max: caps.files }, '/file')
  return used.size + size > caps.act * mb
    ? refuse(
        'evidence.act_full',
        { max: `${caps.act} MB`, left: `${Math.max(0, Math.floor((caps.act * mb - used.size) / mb))} MB` },
        '/file',
      )
    : ok
}

type Item = { state: EvidenceState; kind: FileKind; later: boolean; gone: boolean }
/** What this person may do with a file now: `show` where a browser may show it in the page. */
export function evidenceActions(item: Item, removable: boolean, lookingBack: boolean): string[] {
  if (item.state === 'removed' || item.later || item.gone) return []
  return [...(factsOf(item.kind).inline ? ['show'] : []), 'download', ...(removable && !lookingBack ? ['remove'] : [])]
}
