import { parseCadence } from '#kernel/calendar/cadence.ts'
import { ok, Refusal, refuse, type Verdict } from '#kernel/errors.ts'

/** Decomposition: a duty's children carry it down to persons. Pure. */

type Named = { id: string; title: string }

/**
 * A duty hangs below none of its own. `above`: the would-be parent and its ancestors, nearest first. Refused as `duty.circle` with the names along
 * the circle.
 */
export function noCircle(duty: Named, above: readonly Named[]): Verdict {
  const at = above.findIndex((one) => one.id === duty.id)
  if (at < 0) return ok
  const names = [...above.slice(0, at + 1).toReversed(), duty].map((one) => `“${one.title}”`)
  return refuse('duty.circle', { names: names.join(' → ') }, '/parent')
}

/** The length of a cadence's period in days, roughly: enough to say which of two is slower. Null for once and standing. */
export function lengthOf(rrule: string | null): number | null {
  if (rrule === null) return null
  const { freq, interval } = parseCadence(rrule)
  return { DAILY: 1, WEEKLY: 7, MONTHLY: 30, YEARLY: 365 }[freq] * interval
}

export type Framed = { since: string; until: string | null; rrule: string | null; due: string | null }
/** A part lies within its whole: begins no earlier, is due no later, comes round no more slowly. `place` is where the part stands in the request. */
export function partWithin(whole: Framed, part: Omit<Framed, 'until'>, place: string): Verdict {
  if (part.since < whole.since) return refuse('duty.part_early', { since: whole.since }, `${place}/since`)
  if (whole.until !== null && part.since >= whole.until) return refuse('duty.part_late', { until: whole.until }, `${place}/since`)
  // Of a whole that is overdue already, a part is due when it says.
  const frames = whole.due !== null && whole.due >= part.since
  if (frames && part.due !== null && part.due > (whole.due ?? '')) return refuse('duty.part_due', { due: whole.due ?? '' }, `${place}/due`)
  const [own, full] = [lengthOf(part.rrule), lengthOf(whole.rrule)]
  return own !== null && full !== null && own > full ? refuse('duty.part_slower', {}, `${place}/rrule`) : ok
}

type Seat = { id: string; unit: string }
/**
 * Whose part a child carries when nobody says: the parent's holders in the units of the child's holders or above them; where there is none, all of
 * them (a leader who hands a task down to a unit). `above`: unit → the unit and those above it.
 */
export function partsByUnit(holders: readonly Seat[], units: readonly string[], above: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const near = holders.filter((holder) => units.some((unit) => unit === holder.unit || above.get(unit)?.has(holder.unit)))
  return (near.length > 0 ? near : holders).map((holder) => holder.id)
}

export type Part = {
  id: string
  parent: string | null
  /** Its holders on the day: whether somebody is there. */
  holders: readonly { id: string; filled: boolean }[]
  /** Holders of the parent whose part this is. */
  carries: readonly string[]
}
/**
 * Which duties of a tree end at named persons (逐条逐项责任到人): a leaf when somebody holds it; a decomposed one when the part of each of its holders is
 * carried by a child that ends at persons.
 */
export function endsOf(parts: readonly Part[]): Map<string, boolean> {
  const children = Map.groupBy(parts, (part) => part.parent)
  const ends = new Map<string, boolean>()
  const judge = (part: Part): boolean => {
    const known = ends.get(part.id)
    if (known !== undefined) return known
    // Set before its children are asked: data that went round in a circle would end nowhere.
    ends.set(part.id, false)
    const own = children.get(part.id) ?? []
    const judged = own.filter((child) => judge(child))
    const end =
      own.length === 0
        ? part.holders.some((holder) => holder.filled)
        : judged.length === own.length && part.holders.every((holder) => judged.some((child) => child.carries.includes(holder.id)))
    ends.set(part.id, end)
    return end
  }
  for (const part of parts) judge(part)
  return ends
}

/** Why a duty cannot be taken back as if it had never been: what was built on it. */
export function mayRetract(duty: {
  lastDay: string
  today: string
  settled: number
  children: readonly string[]
  changes: number
}): Verdict {
  if (duty.today > duty.lastDay) return refuse('duty.retract_late', { day: duty.lastDay })
  const standing = [...duty.children.map((title) => ({ at: '/id', message: `“${title}”` }))]
  if (duty.settled > 0 || standing.length > 0 || duty.changes > 0)
    return {
      ok: false,
      refusal: new Refusal(
        'duty.retract_built',
        { settled: duty.settled, children: duty.children.join('、') || '0', changes: duty.changes },
        standing,
      ),
    }
  return ok
}
