import type { OkOf } from '#kernel/contract.ts'
import type { orgRoutes } from '../contract.ts'
import { inForceOn, type Line, lines } from '../rules.ts'

export type Office = OkOf<typeof orgRoutes.office>
export type Unit = Office['units'][number]
export type Post = Office['posts'][number]
export type Appointment = Office['appointments'][number]
export type Charge = Office['charges'][number]
/** A unit in its line's tree, with its depth there. */
export type Branch = { unit: Unit; depth: number }

export type View = {
  day: string
  units: ReadonlyMap<string, Unit>
  posts: ReadonlyMap<string, Post>
  trees: { line: Line; branches: Branch[] }[]
  postsOf: (unit: string) => Post[]
  holdersOf: (post: string) => Appointment[]
  chargesOf: (unit: string) => Charge[]
  /** The units below one, or at the top (null). */
  below: (unit: string | null) => Unit[]
  /** Who is in charge of the unit, or of the nearest above it. */
  leaderOf: (unit: string) => { unit: Unit; charges: Charge[] } | null
  headsOf: (unit: string) => string[]
  vacant: (post: Post) => boolean
  coming: (thing: { since: string }) => boolean
  persons: Office['persons']
}

const heading = ['head', 'party_secretary', 'branch_secretary', 'group_head']

/** The office's answer, what is coming included, as the page looks it up. */
export function viewOf(office: Office): View {
  const { day, coming } = office
  const units = new Map([...office.units, ...coming.units].map((unit) => [unit.id, unit]))
  const posts = new Map([...office.posts, ...coming.posts].map((post) => [post.id, post]))
  const byUnit = Map.groupBy(posts.values(), (post) => post.unit)
  const byPost = Map.groupBy([...office.appointments, ...coming.appointments], (one) => one.post)
  const charges = Map.groupBy([...office.charges, ...coming.charges], (one) => one.unit)
  const children = Map.groupBy(units.values(), (unit) => (unit.parent !== null && units.has(unit.parent) ? unit.parent : null))
  const now = <T extends { since: string; until: string | null }>(things: readonly T[] | undefined) =>
    (things ?? []).filter((one) => inForceOn(one, day))

  const tree = (line: Line): Branch[] => {
    const branches: Branch[] = []
    const walk = (parent: string | null, depth: number) => {
      for (const unit of children.get(parent) ?? []) {
        const own = unit.line === line
        if (own) branches.push({ unit, depth })
        walk(unit.id, own ? depth + 1 : depth)
      }
    }
    walk(null, 0)
    return branches
  }
  const leaderOf: View['leaderOf'] = (id) => {
    const seen = new Set<string>()
    for (let at = units.get(id); at && !seen.has(at.id); at = at.parent === null ? undefined : units.get(at.parent)) {
      seen.add(at.id)
      const held = now(charges.get(at.id))
      if (held.length > 0) return { unit: at, charges: held }
    }
    return null
  }
  return {
    day,
    units,
    posts,
    trees: lines.map((line) => ({ line, branches: tree(line) })).filter(({ branches }) => branches.length > 0),
    postsOf: (unit) => byUnit.get(unit) ?? [],
    holdersOf: (post) => byPost.get(post) ?? [],
    chargesOf: (unit) => charges.get(unit) ?? [],
    below: (unit) => children.get(unit) ?? [],
    leaderOf,
    headsOf: (unit) =>
      (byUnit.get(unit) ?? [])
        .filter((post) => post.roles.some((role) => heading.includes(role)))
        .flatMap((post) => now(byPost.get(post.id)).map((one) => one.person.name)),
    vacant: (post) => inForceOn(post, day) && now(byPost.get(post.id)).length === 0,
    coming: ({ since }) => since > day,
    persons: office.persons,
  }
}

/** 综合科、办公室 → two aliases. */
export const aliasesIn = (text: string): string[] => [...new Set(text.split(/[、,，;；\n]+/).map((one) => one.trim()))].filter(Boolean)
