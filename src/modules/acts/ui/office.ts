import { orgRoutes } from '#modules/org/contract.ts'
import { useRead } from '#web/client.ts'
import type { PickOption } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import type { Ground } from '../reading/who.ts'

/** The office as pickers want it, of the day one looks at: persons with their post, posts with their unit, units. */
export type OfficePicks = {
  persons: PickOption[]
  units: PickOption[]
  /** One for each appointment: value is `person unit`. */
  inUnits: PickOption[]
  /** Posts and persons that a duty can end at: value is `post <unit> <post>` or `person <unit> <person>`. */
  holders: PickOption[]
  /** Units with anybody in them, and who that is; of a branch its Party members too: value is `unit <unit>`. */
  groups: (PickOption & { members: string[] })[]
  /** The same as names in a line are read by. */
  ground: Ground
}

const nobody: OfficePicks = { persons: [], units: [], inUnits: [], holders: [], groups: [], ground: { seats: [], units: [] } }

/** Reads the office once for a page's pickers, of a day where one is given; empty until it is there. */
export function useOffice(enabled = true, day?: string): OfficePicks {
  const { today } = useMe()
  const { data } = useRead(orgRoutes.office, day !== undefined && day < today ? { asOf: day } : {}, { enabled, keep: true })
  if (!data) return nobody
  const units = new Map(data.units.map((unit) => [unit.id, unit.name]))
  const posts = new Map(data.posts.map((post) => [post.id, post]))
  const seats = data.appointments.flatMap(({ person, post }) => {
    const held = posts.get(post)
    return held ? [{ person: person.id, name: person.name, post: held.name, unit: held.unit, unitName: units.get(held.unit) ?? '' }] : []
  })
  const firstSeat = new Map(seats.toReversed().map((seat) => [seat.person, seat]))
  const ground: Ground = {
    seats: seats.map(({ person, name, post, unit }) => ({ person, name, post, unit })),
    units: data.units,
  }
  const inPost = Map.groupBy(data.appointments, (one) => one.post)
  return {
    persons: data.persons.map(({ id, name }) => {
      const seat = firstSeat.get(id)
      return { value: id, label: name, ...(seat ? { note: `${seat.unitName} ${seat.post}` } : {}) }
    }),
    units: data.units.map(({ id, name }) => ({ value: id, label: name })),
    inUnits: seats.map((seat) => ({ value: `${seat.person} ${seat.unit}`, label: seat.name, note: `${seat.unitName} ${seat.post}` })),
    holders: [
      ...data.posts.map((post) => {
        const held = (inPost.get(post.id) ?? []).map((one) => one.person.name).join('、')
        return { value: `post ${post.unit} ${post.id}`, label: post.name, note: [units.get(post.unit), held].filter(Boolean).join(' · ') }
      }),
      ...seats.map((seat) => ({ value: `person ${seat.unit} ${seat.person}`, label: seat.name, note: `${seat.unitName} ${seat.post}` })),
    ],
    groups: data.units.flatMap(({ id, name }) => {
      const inBranch = data.branches.find((branch) => branch.unit === id)?.members ?? []
      const members = [...new Set([...seats.filter((seat) => seat.unit === id).map((seat) => seat.person), ...inBranch])]
      return members.length > 1 ? [{ value: `unit ${id}`, label: name, members }] : []
    }),
    ground,
  }
}
