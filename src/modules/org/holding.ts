import type { Id } from '#kernel/ids.ts'
import { type AppointmentKind, headingRoles, inForceOn, type PostRole, type Range, type UnitKind } from './rules.ts'

/**
 * Who answers for a post or a unit on a day, by the kind of the appointments: 正式 and 兼任 hold the post, 主持 answers while nobody holds it,
 * 借调 works where they are seconded to. Pure: the server and the screen ask the same.
 */

export type Held = Range & { person_id: Id; post_id: Id; unit_id: Id; kind: AppointmentKind }
/** Days on which somebody is seconded away: into a unit, from a unit where it is known. */
export type Away = Range & { person_id: Id; unit_id: Id; from_unit_id: Id | null }

/** What is left of a range without others, in order. */
export function without<T extends Range>(range: T, others: readonly Range[]): T[] {
  let left: T[] = [range]
  for (const other of others) {
    left = left.flatMap((one) => {
      if ((other.until !== null && other.until <= one.since) || (one.until !== null && other.since >= one.until)) return [one]
      const before = other.since > one.since ? [{ ...one, until: other.since }] : []
      const after = other.until !== null && (one.until === null || other.until < one.until) ? [{ ...one, since: other.until }] : []
      return [...before, ...after]
    })
  }
  return left
}

/** The days of somebody's secondment that take them off a post: it leads into another unit, from this one or, where it does not say, from their own post. */
export const takenFrom = (held: Held, away: readonly Away[]): Away[] =>
  away.filter(
    (one) =>
      one.person_id === held.person_id &&
      one.unit_id !== held.unit_id &&
      (one.from_unit_id === null ? held.kind === 'regular' : one.from_unit_id === held.unit_id),
  )

/**
 * The days on which each holder answers for their post. Whoever holds it (正式, 兼任, or seconded into it) answers while present; who acts (主持) on the days
 * nobody present holds it; who was seconded away only on the days nobody else is there: a duty never falls between two posts.
 */
export function answering<T extends Held>(held: readonly T[], away: readonly Away[]): T[] {
  const byPost = Map.groupBy(held, (one) => one.post_id)
  return [...byPost.values()]
    .flatMap((inPost) => {
      const full = inPost.filter((one) => one.kind !== 'acting')
      const present = full.flatMap((one) => without(one, takenFrom(one, away)))
      const acting = inPost.filter((one) => one.kind === 'acting').flatMap((one) => without(one, present))
      const gone = full.flatMap((one) => without(one, [...present, ...acting]))
      return [...present, ...acting, ...gone]
    })
    .sort((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0))
}

export type Heading = { person_id: Id; kind: AppointmentKind; roles: readonly PostRole[]; away: boolean }

/**
 * Who heads a unit of a kind, among the holders of its posts on a day: whoever is present in a heading post; else who acts, be it in that post or as a
 * deputy (副职主持工作); else whoever holds the heading post and is seconded away.
 */
export function headsAmong<T extends Heading>(kind: UnitKind, held: readonly T[]): T[] {
  const roles = headingRoles(kind)
  const heading = held.filter((one) => one.roles.some((role) => roles.includes(role)))
  const present = heading.filter((one) => one.kind !== 'acting' && !one.away)
  if (present.length > 0) return present
  const acting = held.filter((one) => one.kind === 'acting' && one.roles.some((role) => role === 'deputy' || roles.includes(role)))
  return acting.length > 0 ? acting : heading.filter((one) => one.kind !== 'acting')
}

const working: Record<AppointmentKind, number> = { seconded: 0, regular: 1, acting: 2, concurrent: 3 }
/** Where somebody counts: seconded, in the unit they work in; else by their own post, then an acting, then a concurrent one. Null: no post that day. */
export function workPost<T extends Range & { kind: AppointmentKind }>(held: readonly T[], day: string): T | null {
  const now = held.filter((one) => inForceOn(one, day))
  return now.reduce<T | null>((best, one) => (best === null || working[one.kind] < working[best.kind] ? one : best), null)
}
