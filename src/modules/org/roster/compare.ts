import type { Id } from '#kernel/ids.ts'
import type { ImportMakes, ImportProblem, ImportRow } from '#kernel/imports.ts'
import type { AppointmentKind, FactKind } from '../rules.ts'
import { twoAtOnce } from './alone.ts'
import { matched } from './match.ts'
import { type OfficePost, type OfficeUnit, type PlacedPost, type PlacedUnit, places } from './place.ts'
import { type Held, settle, type Wanted } from './settle.ts'
import type { Roster, RosterPerson } from './types.ts'

type OfficeAppointment = { id: Id; person_id: Id; post_id: Id; kind: AppointmentKind; since: string; until: string | null }
type OfficeFact = { id: Id; person_id: Id; kind: FactKind; value: string | null; unit_id: Id | null; since: string }
/** The office a roster is laid beside: what has not ended by the day, appointments not voided, facts in force. */
export type OfficeNow = {
  units: readonly OfficeUnit[]
  posts: readonly OfficePost[]
  persons: readonly { id: Id; name: string; born: string | null }[]
  appointments: readonly OfficeAppointment[]
  facts: readonly OfficeFact[]
}

/** An end of null voids: what is replaced began no earlier than what replaces it. */
type Replaced = { id: Id; until: string | null }
export type NewAppointment = {
  id: Id
  person_id: Id
  post_id: Id
  kind: AppointmentKind
  since: string
  from_unit_id: Id | null
  from_office: string | null
}
export type NewFact = { id: Id; person_id: Id; kind: FactKind; value: string | null; unit_id: Id | null; since: string }
/** What an import would write. */
export type RosterWrites = {
  units: PlacedUnit[]
  posts: PlacedPost[]
  persons: { id: Id; name: string; born: string | null }[]
  born: { id: Id; born: string }[]
  appointments: NewAppointment[]
  endedAppointments: Replaced[]
  facts: NewFact[]
  endedFacts: Replaced[]
}
export type Compared = { rows: ImportRow[]; makes: ImportMakes[]; problems: ImportProblem[]; writes: RosterWrites }
type How = { since: string; today: string; tenant: string; newId: () => Id }

/**
 * Lays a roster beside the office: what is new, changed or as it was, and what would be written. `since` is the day for what names none. Persons who are
 * not in the roster stay as they are and are named. Pure but for `newId`.
 */
export function compareRoster(roster: Roster, office: OfficeNow, { since, today, tenant, newId }: How): Compared {
  const place = places(roster, { units: office.units, posts: office.posts, tenant, since, newId })
  const writes: RosterWrites = {
    units: [],
    posts: [],
    persons: [],
    born: [],
    appointments: [],
    endedAppointments: [],
    facts: [],
    endedFacts: [],
  }
  const problems: ImportProblem[] = []
  const warn = (cell: string, code: string, params: ImportProblem['params']) =>
    problems.push({ cell, code: `roster.${code}`, level: 'warning', params })

  const postName = (id: Id) => place.posts.get(id)?.name ?? ''
  const unitName = (id: Id | null) => (id === null ? '' : (place.units.get(id)?.name ?? ''))

  const heldBy = Map.groupBy(
    office.appointments.flatMap((one): Held[] => {
      const unit = place.units.get(place.posts.get(one.post_id)?.unit_id ?? '')
      return unit ? [{ ...one, unit_id: unit.id, line: place.lineOfPlaced(unit) }] : []
    }),
    (one) => one.person_id,
  )
  const factsOf = Map.groupBy(office.facts, (one) => one.person_id)
  const wantedBy = new Map(roster.persons.map((person) => [person, wants(person)]))
  const { same, problems: unsure } = matched(
    [...wantedBy].map(([person, all]) => ({
      person,
      units: all.map(({ unit }) => unit.id),
      posts: all.flatMap(({ post }) => (post ? [post.id] : [])),
    })),
    office.persons.map((one) => {
      const own = heldBy.get(one.id) ?? []
      return { ...one, posts: new Set(own.map((it) => it.post_id)), units: new Set(own.map((it) => it.unit_id)) }
    }),
  )
  const names = new Map<string, number>()
  for (const { name } of [...office.persons, ...roster.persons.filter((one) => !same.get(one))]) names.set(name, (names.get(name) ?? 0) + 1)
  const seen = new Set([...same.values()].map((one) => one?.id))
  const absent = office.persons.filter(({ id }) => !seen.has(id) && heldBy.has(id))
  const branches = new Map(roster.units.map(({ name, path }) => [name, path]))
  const clipped: string[] = []
  const ended = new Set<Id>()
  const rows = roster.persons.map(rowOf)

  writes.units = [...place.units.values()].filter(({ made }) => made)
  writes.posts = [...place.posts.values()].filter(({ made }) => made)
  const nameOf = new Map([...office.persons, ...writes.persons].map(({ id, name }) => [id, name]))
  if (clipped[0] !== undefined) warn(clipped[0], 'since_clipped', { count: clipped.length })
  if (absent.length > 0)
    warn('A1', 'absent', {
      count: absent.length,
      names:
        absent
          .slice(0, 10)
          .map(({ name }) => name)
          .join('、') + (absent.length > 10 ? ' …' : ''),
    })
  const appointments = new Map(office.appointments.map((one) => [one.id, one]))
  return {
    rows,
    writes,
    problems: [
      ...roster.problems,
      ...place.problems,
      ...unsure,
      ...problems,
      ...twoAtOnce(writes, office.appointments, place, cellsOf, (id) => nameOf.get(id) ?? ''),
    ],
    makes: [
      makes(
        'unit',
        writes.units.map((unit) => [unitName(unit.parent_id), unit.name].filter(Boolean).join(' / ')),
      ),
      makes(
        'post',
        writes.posts.map((post) => `${unitName(post.unit_id)} ${post.name}`),
      ),
      makes(
        'person',
        writes.persons.map(({ name }) => name),
      ),
      makes(
        'appointment',
        writes.appointments.map((one) => `${nameOf.get(one.person_id)} ${postName(one.post_id)}`),
      ),
      makes(
        'ended',
        writes.endedAppointments.map(
          ({ id }) => `${nameOf.get(appointments.get(id)?.person_id ?? '')} ${postName(appointments.get(id)?.post_id ?? '')}`,
        ),
      ),
    ].filter(({ count }) => count > 0),
  }

  /** The units and posts a person's rows name; where none is named, the post is left open. */
  function wants(person: RosterPerson): Wanted[] {
    return person.posts.flatMap((asks) => {
      const found = asks.assumed ? { unit: place.unitAt(asks.path), post: null } : place.postAt(asks)
      return found?.unit ? [{ unit: found.unit, post: found.post, asks, line: place.lineOfPlaced(found.unit) }] : []
    })
  }

  function rowOf(person: RosterPerson): ImportRow {
    const known = same.get(person) ?? null
    const id = known?.id ?? newId()
    const several = (names.get(person.name) ?? 0) > 1
    const row: ImportRow = { row: person.rows[0] ?? 0, change: known ? 'unchanged' : 'new', name: person.name, read: {}, before: {} }
    const say = (field: string, value: string | null, was: string | null) => {
      if (!value) return
      row.read[field] = value
      if (!known || was === value) return
      row.before[field] = was ?? ''
      row.change = 'changed'
    }
    if (!known) writes.persons.push({ id, name: person.name, born: several ? person.born : null })
    else if (several && person.born && known.born === null) writes.born.push({ id, born: person.born })
    appoint(person, id, say)
    for (const [field, value] of Object.entries({ since: person.since, from: person.from, born: several ? person.born : null })) {
      if (value) row.read[field] = value
    }
    note(id, 'grade', person.grade, null, say)
    note(id, 'identity', person.identity, null, say)
    note(id, 'party', person.party, null, say)
    const branch = person.branch === null ? null : place.unitAt(branches.get(person.branch) ?? [person.branch])
    if (branch?.kind === 'branch') note(id, 'branch', branch.name, branch, say)
    return row
  }

  type Say = (field: string, value: string | null, was: string | null) => void

  function appoint(person: RosterPerson, id: Id, say: Say): void {
    const held = heldBy.get(id) ?? []
    const wanted = wantedBy.get(person) ?? []
    const { kept, add, end } = settle(held, wanted, today)
    const [main] = wanted
    for (const one of add) {
      const post = one.post ?? place.postAt(one.asks)?.post
      if (!post) continue
      const asked = one.asks.since ?? since
      const day = place.early(one.unit, post, asked)
      if (one.asks.since && day > asked) clipped.push(person.cells.since ?? '')
      writes.appointments.push({
        id: newId(),
        person_id: id,
        post_id: post.id,
        kind: one.asks.kind,
        since: day,
        ...cameFrom(person, one, held),
      })
      for (const it of one === main ? end : end.filter((other) => other.post_id === post.id)) {
        if (ended.has(it.id)) continue
        ended.add(it.id)
        writes.endedAppointments.push({ id: it.id, until: it.since < day ? day : null })
      }
    }
    const after = [...kept, ...add.map((one) => ({ post_id: (one.post ?? place.postAt(one.asks)?.post)?.id ?? '', kind: one.asks.kind }))]
    const before = add.length === 0 ? after : [...kept, ...end]
    const was = end[0] ?? kept[0] ?? held[0]
    say(
      'unit',
      main?.unit.name ?? null,
      main && add.includes(main) ? (place.units.get(was?.unit_id ?? '')?.name ?? null) : (main?.unit.name ?? null),
    )
    for (const [field, kind] of shownAs) {
      const shown = (all: readonly { post_id: Id; kind: AppointmentKind }[]) =>
        [...new Set(all.filter((one) => one.kind === kind).map((one) => postName(one.post_id)))].join('、')
      if (after.some((one) => one.kind === kind)) say(field, shown(after), add.length === 0 ? shown(after) : shown(before))
    }
  }

  /** Where somebody seconded comes from: a unit of the office, another organisation in words, or the unit of their own post. */
  function cameFrom(person: RosterPerson, one: Wanted, held: readonly Held[]): { from_unit_id: Id | null; from_office: string | null } {
    if (one.asks.kind !== 'seconded') return { from_unit_id: null, from_office: null }
    const own = held.find((it) => it.kind === 'regular' && it.unit_id !== one.unit.id)
    const named =
      person.from === null
        ? undefined
        : [...place.units.values()].filter((unit) => unit.name === person.from || unit.aliases.includes(person.from ?? ''))
    if (named?.length === 1 && named[0]?.id !== one.unit.id) return { from_unit_id: named[0]?.id ?? null, from_office: null }
    if (person.from === null && own === undefined) warn(one.asks.cell, 'from_missing', { name: person.name })
    return { from_unit_id: person.from === null ? (own?.unit_id ?? null) : null, from_office: person.from }
  }

  function note(id: Id, kind: FactKind, value: string | null, unit: PlacedUnit | null, say: Say): void {
    if (value === null) return
    const was = (factsOf.get(id) ?? []).find((one) => one.kind === kind)
    const differs = unit ? was?.unit_id !== unit.id : was?.value !== value
    say(kind, value, differs ? (was ? (was.value ?? unitName(was.unit_id)) : null) : value)
    if (!differs) return
    const day = unit ? place.early(unit, null, since) : since
    if (was) writes.endedFacts.push({ id: was.id, until: was.since < day ? day : null })
    writes.facts.push({ id: newId(), person_id: id, kind, value: unit ? null : value, unit_id: unit?.id ?? null, since: day })
  }

  /** Person and post → the cell that says so, for what is found wrong only beside the office. */
  function cellsOf(): Map<string, string> {
    const cells = new Map<string, string>()
    for (const [person, all] of wantedBy) {
      const id = same.get(person)?.id
      for (const { post, asks } of all) if (post) cells.set(`${id ?? person.name} ${post.id}`, asks.cell)
    }
    return cells
  }
}

/** A person's posts in the lines of the preview, by how they are held. */
const shownAs: readonly (readonly [field: string, kind: AppointmentKind])[] = [
  ['post', 'regular'],
  ['seconded', 'seconded'],
  ['acting', 'acting'],
  ['concurrent', 'concurrent'],
]

const namesAtMost = 50
const makes = (noun: string, all: readonly string[]): ImportMakes => ({ noun, count: all.length, names: all.slice(0, namesAtMost) })
