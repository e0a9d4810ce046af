import type { Id } from '#kernel/ids.ts'
import type { ImportProblem } from '#kernel/imports.ts'
import { type AppointmentKind, aloneIn } from '../rules.ts'
import type { NewAppointment } from './compare.ts'
import type { PlacedPost, PlacedUnit } from './place.ts'

type Office = readonly { id: Id; person_id: Id; post_id: Id; kind: AppointmentKind; since: string; until: string | null }[]
type Places = { units: ReadonlyMap<Id, PlacedUnit>; posts: ReadonlyMap<Id, PlacedPost> }
type Writes = { appointments: readonly NewAppointment[]; endedAppointments: readonly { id: Id; until: string | null }[] }

/** Posts one person holds at a time that would have two: who holds them in the office and does not leave with this roster. */
export function twoAtOnce(
  writes: Writes,
  office: Office,
  places: Places,
  cellsOf: () => ReadonlyMap<string, string>,
  nameOf: (id: Id) => string,
): ImportProblem[] {
  if (!writes.appointments.some((one) => places.posts.get(one.post_id)?.exclusive && !places.posts.get(one.post_id)?.made)) return []
  const cells = cellsOf()
  const ended = new Map(writes.endedAppointments.map((one) => [one.id, one.until]))
  const staying = office.flatMap((one) =>
    ended.has(one.id) ? (ended.get(one.id) === null ? [] : [{ ...one, until: ended.get(one.id) ?? null }]) : [one],
  )
  const inPost = Map.groupBy(staying, (one) => one.post_id)
  return writes.appointments.flatMap((one): ImportProblem[] => {
    const post = places.posts.get(one.post_id)
    if (!post?.exclusive || post.made) return []
    const others = (inPost.get(post.id) ?? []).map((it) => ({ ...it, person: nameOf(it.person_id) }))
    const verdict = aloneIn(post, { ...one, until: null }, others)
    if (verdict.ok) return []
    const name = nameOf(one.person_id)
    const params = { unit: places.units.get(post.unit_id)?.name ?? '', post: post.name, name, first: String(verdict.refusal.params.who) }
    return [
      {
        cell: cells.get(`${one.person_id} ${post.id}`) ?? cells.get(`${name} ${post.id}`) ?? '',
        code: 'roster.post_held',
        level: 'error',
        params,
      },
    ]
  })
}
