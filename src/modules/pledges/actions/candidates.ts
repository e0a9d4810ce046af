import type { Db } from '#kernel/db.ts'
import { must, refuse } from '#kernel/errors.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import { citedBy } from '#modules/basis/index.ts'
import { dutiesHeldBy } from '#modules/duties/index.ts'
import { classesOf, leadingAmong, linesOf, officeOn, postsHeld } from '#modules/org/index.ts'
import type { Item } from '../difference.ts'
import { type Holder, itemOf } from '../paper.ts'
import { type PledgeKind, type ProblemKind, problemOf, superiorOf, type Whom } from '../rules.ts'
import { havingOne } from '../store/pledges.ts'

type Office = Awaited<ReturnType<typeof officeOn>>
/** Whom a round is for; `inScope` false: whoever asks, for one's own. */
export type Spec = {
  kind: PledgeKind
  year: number
  whom: Whom
  units: readonly Id[]
  posts: readonly Id[]
  persons: readonly Id[]
  inScope: boolean
}
export type Candidate = {
  holder: Holder
  unit: { id: Id; name: string }
  items: Item[]
  superior: Holder | null
  problem: ProblemKind | null
}

/** What each of these persons answers for on the day, as it is signed. */
export async function itemsOf(db: Db, ctx: Ctx, persons: readonly Id[]): Promise<Map<Id, Item[]>> {
  const held = await dutiesHeldBy(db, ctx, persons)
  const duties = new Map([...held.values()].flat().map((duty) => [duty.id, duty]))
  const cited = await citedBy(db, ctx, [...duties.keys()])
  const items = new Map([...duties].map(([id, duty]) => [id, itemOf(duty, cited.get(id) ?? [])]))
  return new Map([...held].map(([person, list]) => [person, list.flatMap((duty) => items.get(duty.id) ?? [])]))
}

export type Seat = { unit: { id: Id; name: string }; posts: string[] }
/** Where these persons work on the day and the posts they hold, their own first; whoever holds none is absent. */
export async function seatsOf(db: Db, ctx: Ctx, persons: readonly Id[]): Promise<Map<Id, Seat>> {
  const held = Map.groupBy(await postsHeld(db, ctx.tenant.id, persons, ctx.day), (one) => one.person_id)
  return new Map(
    [...held].map(([person, posts]) => {
      const own = posts[0]
      return [person, { unit: { id: own?.unit_id ?? '', name: own?.unit ?? '' }, posts: [...new Set(posts.map((one) => one.post))] }]
    }),
  )
}

/** What was named and is not there is refused with its place. */
function mustBeThere(office: Office, spec: Spec): void {
  for (const [name, there] of [
    ['units', office.units],
    ['posts', office.posts],
    ['persons', office.persons],
  ] as const) {
    const ids = new Set(there.map((one) => one.id))
    const missing = spec[name].findIndex((id) => !ids.has(id))
    if (missing >= 0) must(refuse('pledge.absent', {}, `/${name}/${missing}`))
  }
}

/** Everybody with a post within what was named (units with all below them), in the order of the office: units, posts, names. */
function poolOf(office: Office, spec: Spec): Id[] {
  const within = new Set(spec.units)
  for (let grew = spec.units.length > 0; grew; ) {
    const below = office.units.filter((unit) => unit.parent_id !== null && within.has(unit.parent_id) && !within.has(unit.id))
    for (const unit of below) within.add(unit.id)
    grew = below.length > 0
  }
  const everybody = spec.units.length + spec.posts.length + spec.persons.length === 0
  const named = { posts: new Set(spec.posts), persons: new Set(spec.persons) }
  const unitAt = new Map(office.units.map((unit, i) => [unit.id, i]))
  const postAt = new Map(
    office.posts.map((post) => [post.id, { unit: post.unit_id, at: (unitAt.get(post.unit_id) ?? 0) * 10_000 + post.sort }]),
  )
  const first = new Map<Id, number>()
  for (const { person_id: person, post_id: post } of office.appointments) {
    const seat = postAt.get(post)
    if (!seat || !(everybody || named.persons.has(person) || named.posts.has(post) || within.has(seat.unit))) continue
    first.set(person, Math.min(first.get(person) ?? seat.at, seat.at))
  }
  return office.persons.flatMap(({ id }) => (first.has(id) ? [id] : [])).sort((a, b) => (first.get(a) ?? 0) - (first.get(b) ?? 0))
}

/** Who of a pool is meant by 副科级以上: by level or grade; where none is kept, by the post, and that is said. */
async function meant(db: Db, ctx: Ctx, spec: Spec, pool: readonly Id[]): Promise<Map<Id, { levelUnknown: boolean }>> {
  const [leading, classes] = await Promise.all([leadingAmong(db, ctx, pool), classesOf(db, ctx.tenant.id, pool, ctx.day)])
  const named = new Set(spec.persons)
  return new Map(
    pool.flatMap((person): [Id, { levelUnknown: boolean }][] => {
      const of = leading.get(person)
      const levelUnknown = (of?.level ?? null) === null && classes.get(person) !== 'staff'
      return of?.leading || levelUnknown || named.has(person) ? [[person, { levelUnknown: levelUnknown && !named.has(person) }]] : []
    }),
  )
}

/**
 * Who gets one, with the list and the superior of the day, and what stands in the way: the same dozen statements for one person or for the whole office.
 * Refused as `pledge.absent` when something named is not there.
 */
export async function candidatesOf(db: Db, ctx: Ctx, spec: Spec): Promise<Candidate[]> {
  const office = await officeOn(db, ctx.tenant.id, ctx.day)
  mustBeThere(office, spec)
  const pool = poolOf(office, spec)
  const chosen = spec.whom === 'all' ? null : await meant(db, ctx, spec, pool)
  const seats = await seatsOf(db, ctx, pool)
  const persons = pool.filter((person) => {
    const seat = seats.get(person)
    return seat && (chosen?.has(person) ?? true) && (!spec.inScope || ctx.can('pledge.issue', { unit: seat.unit.id }))
  })
  const units = [...new Set(persons.flatMap((person) => seats.get(person)?.unit.id ?? []))]
  const [items, having, lines] = await Promise.all([
    itemsOf(db, ctx, persons),
    havingOne(db, ctx, spec.kind, spec.year),
    linesOf(db, ctx.tenant.id, units, persons, ctx.day),
  ])
  const superiors = new Map(
    persons.flatMap((person): [Id, Id][] => {
      const line = lines.get(seats.get(person)?.unit.id ?? '')
      const superior = spec.kind === 'letter' && line ? superiorOf(person, line) : null
      return superior ? [[person, superior]] : []
    }),
  )
  const above = await seatsOf(db, ctx, [...new Set(superiors.values())])
  const names = new Map([
    ...office.persons.map(({ id, name }) => [id, name] as const),
    ...[...lines.values()].flatMap((line) => [...line.names]),
  ])
  const sent = new Set(office.units.flatMap((unit) => (unit.line === 'supervision' ? [unit.id] : [])))
  const holderOf = (person: Id, seat: Seat | undefined): Holder => ({
    ...{ id: person, name: names.get(person) ?? '' },
    ...{ unit: seat?.unit.name ?? '', posts: seat?.posts ?? [] },
  })
  return persons.map((person) => {
    const seat = seats.get(person)
    const unit = seat?.unit ?? { id: '', name: '' }
    const list = items.get(person) ?? []
    const superior = superiors.get(person) ?? null
    return {
      holder: holderOf(person, seat),
      unit,
      items: list,
      superior: superior === null ? null : holderOf(superior, above.get(superior)),
      problem: problemOf({
        ...{ sent: sent.has(unit.id), superior, duties: list.length, already: having.has(person), kind: spec.kind },
        levelUnknown: chosen?.get(person)?.levelUnknown ?? false,
      }),
    }
  })
}
