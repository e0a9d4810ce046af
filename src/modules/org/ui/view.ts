import type { OkOf } from '#kernel/contract.ts'
import type { orgRoutes } from '../contract.ts'
import { type Away, headsAmong, takenFrom, workPost } from '../holding.ts'
import { headingRoles, inForceOn, type Line, lines } from '../rules.ts'

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
  /** Who heads the unit today, whoever acts (主持) where nobody does. */
  headsOf: (unit: string) => Appointment[]
  /** Whether a post heads the unit, whoever holds it. */
  heading: (unit: Unit, post: Post) => boolean
  /** Whether somebody is seconded away from the post they hold. */
  away: (one: Appointment) => boolean
  /** Whoever counts in the unit: by their own post, or seconded to it. */
  peopleIn: (unit: string) => { id: string; kind: Appointment['kind'] }[]
  branchOf: (unit: string) => Office['branches'][number] | null
  committee: Office['committee']
  vacant: (post: Post) => boolean
  coming: (thing: { since: string }) => boolean
  persons: Office['persons']
}

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

  const unitOf = (post: string) => posts.get(post)?.unit ?? ''
  const standing = now(office.appointments)
  const leaves: Away[] = standing
    .filter(({ kind }) => kind === 'seconded')
    .map(({ person, post, from, since, until }) => ({
      ...{ person_id: person.id, unit_id: unitOf(post), from_unit_id: from?.unit?.id ?? null, since, until },
    }))
  const isAway: View['away'] = ({ person, post, kind, since, until }) =>
    takenFrom({ person_id: person.id, post_id: post, unit_id: unitOf(post), kind, since, until }, leaves).length > 0
  const works = Map.groupBy(
    [...Map.groupBy(standing, ({ person }) => person.id).values()].flatMap((held) => {
      const one = workPost(held, day)
      return one ? [{ id: one.person.id, kind: one.kind, unit: unitOf(one.post) }] : []
    }),
    ({ unit }) => unit,
  )
  const branches = new Map(office.branches.map((branch) => [branch.unit, branch]))

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
    headsOf: (unit) => {
      const held = (byUnit.get(unit) ?? []).flatMap((post) =>
        now(byPost.get(post.id)).map((of) => ({ of, person_id: of.person.id, kind: of.kind, roles: post.roles, away: isAway(of) })),
      )
      return headsAmong(units.get(unit)?.kind ?? 'department', held).map(({ of }) => of)
    },
    heading: ({ kind }, { roles }) => roles.some((role) => headingRoles(kind).includes(role)),
    away: isAway,
    peopleIn: (unit) => works.get(unit) ?? [],
    branchOf: (unit) => branches.get(unit) ?? null,
    committee: office.committee,
    vacant: (post) => inForceOn(post, day) && now(byPost.get(post.id)).length === 0,
    coming: ({ since }) => since > day,
    persons: office.persons,
  }
}

/** 综合科、办公室 → two aliases. */
export const aliasesIn = (text: string): string[] => [...new Set(text.split(/[、,，;；\n]+/).map((one) => one.trim()))].filter(Boolean)
