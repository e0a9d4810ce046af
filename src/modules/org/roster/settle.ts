import type { Id } from '#kernel/ids.ts'
import type { AppointmentKind, Line } from '../rules.ts'
import type { PlacedPost, PlacedUnit } from './place.ts'
import type { RosterPost } from './types.ts'

/** An appointment of the office, with where its post stands. */
export type Held = {
  id: Id
  person_id: Id
  post_id: Id
  unit_id: Id
  line: Line
  kind: AppointmentKind
  since: string
  until: string | null
}
/** A post a row asks for; null where the row names none and any post in the unit will do. */
export type Wanted = { unit: PlacedUnit; line: Line; post: PlacedPost | null; asks: RosterPost }
export type Settled = { kept: Held[]; add: Wanted[]; end: Held[] }

/**
 * What a person holds against what a roster's rows say. What they hold as the row says stays. A regular post that they do not hold replaces their own post of
 * the same line (行政, 党务, 监督); acting and seconded ones come beside it. Concurrent posts are never ended: rosters often leave them out. The same
 * post held otherwise (主持 becomes 正式) is replaced.
 */
export function settle(held: readonly Held[], wanted: readonly Wanted[], today: string): Settled {
  const kept = new Set<Held>()
  const end = new Set<Held>()
  const now = held.filter((one) => one.since <= today)
  const add = wanted.filter((one) => {
    const has = held.find((it) => (one.post ? it.post_id === one.post.id && it.kind === one.asks.kind : it.unit_id === one.unit.id))
    if (has) kept.add(has)
    return !has
  })
  for (const one of add) for (const it of now) if (one.post && it.post_id === one.post.id) end.add(it)
  const [main] = wanted
  if (main && add.includes(main) && main.asks.kind === 'regular')
    for (const it of now) if (!kept.has(it) && it.line === main.line && (it.kind === 'regular' || it.kind === 'acting')) end.add(it)
  return { kept: [...kept], add, end: [...end] }
}
