import { addDays } from '#kernel/calendar/index.ts'
import type { Db } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import { holdersOf } from '#modules/org/index.ts'
import { type HolderRow, personNames, seatsOn } from '../store/holders.ts'

/**
 * The holders of duties recorded by `knownAt` and not released by the day, each with whoever answers for it on that day (who acts while nobody holds
 * the post, see org's `holdersOf`): several rows where several do, one without a person where nobody does.
 */
export async function holdersOn(db: Db, tenant: Id, duties: readonly Id[], day: string, knownAt: Date): Promise<HolderRow[]> {
  const seats = await seatsOn(db, tenant, duties, day, knownAt)
  const posts = [...new Set(seats.flatMap((seat) => seat.post_id ?? []))]
  const held = Map.groupBy(await holdersOf(db, tenant, posts, day, addDays(day, 1)), (one) => one.post_id)
  const names = await personNames(db, tenant, [...new Set([...held.values()].flat().map((one) => one.person_id))])
  return seats.flatMap((seat) => {
    if (seat.post_id === null) return [seat]
    const persons = [...new Set((held.get(seat.post_id) ?? []).map((one) => one.person_id))].sort()
    if (persons.length === 0) return [seat]
    return persons.map((person) => ({ ...seat, person_id: person, person: names.get(person) ?? '' }))
  })
}
