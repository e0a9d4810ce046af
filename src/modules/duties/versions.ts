import { earlier, later } from '#kernel/calendar/days.ts'
import { ok, refuse, type Verdict } from '#kernel/errors.ts'

/** Versions of a duty: what it says from a day on. Pure. */

/** What of a duty changes from a day on. */
export type Content = {
  title: string
  body: string
  kind: string
  polarity: 'positive' | 'negative'
  measure: string | null
  aspect: string | null
  rrule: string | null
  due: string | null
}
export const contentFields = ['title', 'body', 'kind', 'polarity', 'measure', 'aspect', 'rrule', 'due'] as const satisfies (keyof Content)[]
/** Fields whose change concerns what is owed. */
const owedFields = ['title', 'kind', 'rrule', 'due'] as const

/** A version in force from `since` until the next one begins; obligations follow it from `owesFrom` on (never before it was recorded). */
export type Version = Content & { version: number; since: string; until: string | null; owesFrom: string }

/** The fields in which two contents differ. */
export const differing = (a: Content, b: Content): (keyof Content)[] => contentFields.filter((field) => a[field] !== b[field])
export const touchesOwed = (fields: readonly (keyof Content)[]): boolean => owedFields.some((field) => fields.includes(field))

/** Of versions that stand, oldest first: the one in force on a day; before the duty begins, its first. */
export function versionOn<V extends { since: string; version: number }>(versions: readonly V[], day: string): V | undefined {
  let found = versions[0]
  for (const one of versions) if (one.since <= day && (!found || one.since >= found.since)) found = one
  return found
}

/** A change begins on or after the day the last one began, within the duty's life, and changes something. */
export function mayChange(last: Version, next: Content & { since: string }, until: string | null): Verdict {
  if (next.since < last.since) return refuse('duty.version_before', { since: last.since }, '/since')
  if (until !== null && next.since >= until) return refuse('duty.version_after_end', { until }, '/since')
  return differing(last, next).length === 0 ? refuse('duty.nothing') : ok
}

/** The versions after a change: the last one ends where the new one begins. */
export function withChange(versions: readonly Version[], next: Content & { since: string; owesFrom: string; version: number }): Version[] {
  const before = versions.map((one, i) => (i === versions.length - 1 ? { ...one, until: next.since } : one))
  return [...before, { ...next, until: null }]
}

/** The versions after the last change was undone; the first version stays. */
export const withoutLast = (versions: readonly Version[]): Version[] =>
  versions.length < 2 ? [...versions] : versions.slice(0, -1).map((one, i, all) => (i === all.length - 1 ? { ...one, until: null } : one))

/** A stretch of days in which periods begin under one version's cadence. `owesUntil` is the first day of the next one. */
export type Segment = Pick<Content, 'title' | 'kind' | 'rrule' | 'due'> & { owesFrom: string; owesUntil: string | null }
/** What is owed, stretch by stretch; empty stretches are left out, and versions that ask for the same make one. */
export function segmentsOf(versions: readonly Version[]): Segment[] {
  const segments: Segment[] = []
  for (const [i, { title, kind, rrule, due, owesFrom }] of versions.entries()) {
    const owesUntil = versions.slice(i + 1).reduce<string | null>((least, one) => earlier(least ?? one.owesFrom, one.owesFrom), null)
    if (owesUntil !== null && owesUntil <= owesFrom) continue
    const last = segments.at(-1)
    if (last && owedFields.every((field) => last[field] === { title, kind, rrule, due }[field])) last.owesUntil = owesUntil
    else segments.push({ title, kind, rrule, due, owesFrom, owesUntil })
  }
  return segments
}

/** From when obligations follow a change: its first day, never before today. */
export const owesFromOf = (since: string, today: string): string => later(since, today)

/** One run of text in a comparison: in both, only before, only after. */
export type Run = { op: 'same' | 'gone' | 'new'; text: string }

const most = 600
/** The characters in which two texts differ, as runs in reading order. Texts beyond 600 characters are compared by sentences. */
export function compareTexts(before: string, after: string): Run[] {
  const parts = (text: string) =>
    before.length > most || after.length > most ? (text.match(/[^。；\n]+[。；\n]*|[。；\n]+/g) ?? []) : Array.from(text)
  const a = parts(before)
  const b = parts(after)
  const table = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1))
  const at = (i: number, j: number) => table[i]?.[j] ?? 0
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      (table[i] as Uint16Array)[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const runs: Run[] = []
  const put = (op: Run['op'], text: string | undefined) => {
    const last = runs.at(-1)
    if (last?.op === op) last.text += text ?? ''
    else runs.push({ op, text: text ?? '' })
  }
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      put('same', a[i])
      i += 1
      j += 1
    } else if (i < a.length && (j >= b.length || at(i + 1, j) >= at(i, j + 1))) {
      put('gone', a[i])
      i += 1
    } else {
      put('new', b[j])
      j += 1
    }
  }
  return runs
}
