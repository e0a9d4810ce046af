import type { Id } from '#kernel/ids.ts'
import type { ImportProblem } from '#kernel/imports.ts'
import type { RosterPerson } from './types.ts'

/** A person of the office as far as telling them apart goes: where they are and what they hold now. */
export type OfficePerson = { id: Id; name: string; born: string | null; units: ReadonlySet<Id>; posts: ReadonlySet<Id> }
type Seen = { person: RosterPerson; units: readonly Id[]; posts: readonly Id[] }

const impossible = -1
/** How much speaks for it: the month of birth, the post, the unit, and at last that there is nobody else of the name. */
function score(seen: Seen, known: OfficePerson, alone: boolean): number {
  const { born } = seen.person
  if (born !== null && known.born !== null) return born === known.born ? 100 : impossible
  if (seen.posts.some((post) => known.posts.has(post))) return 20
  if (seen.units.some((unit) => known.units.has(unit))) return 10
  return alone ? 1 : 0
}

/**
 * Who of the office each person of a roster is: null is somebody new. Of several persons of one name those are taken for the same that fit best;
 * where two fit as well, or one may or may not be the same, that is a problem and nothing is guessed.
 */
export function matched(
  seen: readonly Seen[],
  office: readonly OfficePerson[],
): { same: Map<RosterPerson, OfficePerson | null>; problems: ImportProblem[] } {
  const problems: ImportProblem[] = []
  const same = new Map<RosterPerson, OfficePerson | null>()
  const known = Map.groupBy(office, ({ name }) => name)
  for (const [name, ones] of Map.groupBy(seen, ({ person }) => person.name)) {
    let left = known.get(name) ?? []
    if (left.length === 0) {
      for (const { person } of ones) same.set(person, null)
      continue
    }
    let open = ones
    const taken = new Set<Id>()
    const alone = ones.length === 1 && left.length === 1
    for (const least of [100, 20, 10, 1]) {
      const fits = (one: Seen) => left.filter((other) => score(one, other, alone) >= least)
      for (const one of open) {
        const found = fits(one)
        const rivals = found[0] ? open.filter((it) => fits(it).includes(found[0] as OfficePerson)) : []
        if (found.length !== 1 || rivals.length !== 1 || !found[0]) continue
        same.set(one.person, found[0])
        taken.add(found[0].id)
      }
      left = left.filter(({ id }) => !taken.has(id))
      open = open.filter(({ person }) => !same.has(person))
    }
    for (const one of open) {
      const maybe = left.filter((other) => score(one, other, alone) !== impossible)
      if (maybe.length > 0)
        problems.push({ cell: one.person.cells.name ?? '', code: 'roster.which', level: 'error', params: { name, count: maybe.length } })
      same.set(one.person, null)
    }
  }
  return { same, problems }
}
