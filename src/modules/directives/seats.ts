import { ok, refuse, type Verdict } from '#kernel/errors.ts'

type Assigned = { post: string | null; person: string | null }

/** Every duty ends at a named holder, each by a post or by a name and not by both. */
export function mayHold(holders: readonly Assigned[]): Verdict {
  if (holders.length === 0) return refuse('proposal.holder_missing', {}, '/holders')
  const wrong = holders.findIndex((one) => (one.post === null) === (one.person === null))
  return wrong < 0 ? ok : refuse('proposal.holder_one', {}, `/holders/${wrong}`)
}

type SeatOffice = {
  units: readonly { id: string; name: string; kind: string }[]
  posts: readonly { id: string; unit_id: string; name: string; roles: readonly string[] }[]
  persons: readonly { id: string; name: string }[]
  appointments: readonly { post_id: string; person_id: string }[]
}
type Read = { text: string; name: string; role?: string; refs: readonly { type: 'unit' | 'post'; id: string; name: string }[] }
type Named = { id: string; name: string }
export type Seat = { unit: Named; post: Named | null; person: Named | null; names: string[] }

/** The roles that answer for a unit as such: 负责人, 支部书记, 纪检组组长, 党组书记. */
const leading = ['head', 'branch_secretary', 'group_head', 'party_secretary']

/** Holders ↔ posts and persons of an office on its day. One index serves all proposals of a paper. */
export function seatsIn(office: SeatOffice) {
  const units = new Map(office.units.map((one) => [one.id, one]))
  const posts = new Map(office.posts.map((one) => [one.id, one]))
  const persons = new Map(office.persons.map((one) => [one.id, one.name]))
  const heldBy = Map.groupBy(office.appointments, (one) => one.post_id)
  const ofUnit = Map.groupBy(office.posts, (one) => one.unit_id)
  const named = ({ id, name }: Named): Named => ({ id, name })
  const seatOf = (postId: string): Seat | null => {
    const post = posts.get(postId)
    const unit = post && units.get(post.unit_id)
    if (!post || !unit) return null
    const names = (heldBy.get(postId) ?? []).map((one) => persons.get(one.person_id) ?? '')
    return { unit: named(unit), post: named(post), person: null, names: [...new Set(names.filter((name) => name !== ''))] }
  }
  const headSeat = (unitId: string): Seat | null => {
    const own = ofUnit.get(unitId) ?? []
    // A Party group is its members' posts elsewhere: its secretary is often the head of the office and holds no second post.
    const group = units.get(unitId)?.kind === 'party_group' ? office.posts.filter((one) => one.roles.includes('party_secretary')) : []
    const post = [...leading.flatMap((role) => own.filter((one) => one.roles.includes(role))), ...group][0]
    return post ? seatOf(post.id) : null
  }
  /** 我们, 全办: the whole body, for which its head answers; 我 is the head too where no speaker is named. */
  const whole = office.units.filter((one) => one.kind === 'office').map((one) => ({ type: 'unit' as const, id: one.id, name: one.name }))

  const byName = Map.groupBy(office.persons, (one) => one.name)
  const postsOf = Map.groupBy(office.appointments, (one) => one.person_id)
  /** A person called by name, as their post where they alone hold it, in one of the units if it says which; null when nobody or several are called so. */
  const namedSeat = (name: string, within: readonly string[]): Seat | null => {
    const [person, another] = byName.get(name) ?? []
    if (!person || another) return null
    const held = (postsOf.get(person.id) ?? []).flatMap((one) => seatOf(one.post_id) ?? [])
    const seat = held.find((one) => within.includes(one.unit.id)) ?? held[0]
    if (!seat) return null
    return seat.names.length === 1 ? seat : { unit: seat.unit, post: null, person: named(person), names: [person.name] }
  }

  /**
   * Holders as read become posts, a unit its head; what the office does not know stays as its words. Where persons are named beside the units (责任人：…) and the
   * office knows every one of them, they hold it: a duty ends at a person.
   */
  const read = (holders: readonly Read[], persons: readonly Read[] = []): { seats: Seat[]; unknown: string[] } => {
    const seats = new Map<string, Seat>()
    const unknown: string[] = []
    const units = holders.flatMap((one) => one.refs.flatMap((ref) => (ref.type === 'unit' ? [ref.id] : [])))
    const called = persons.map((one) => namedSeat(one.text, units))
    if (called.length > 0 && called.every((one) => one !== null))
      return { seats: [...new Map(called.map((one) => [one.post?.id ?? one.person?.id, one])).values()], unknown: [] }
    for (const holder of holders) {
      const person = holder.refs.length === 0 ? namedSeat(holder.text, []) : null
      if (person) {
        seats.set(person.post?.id ?? person.person?.id ?? '', person)
        continue
      }
      const refs = holder.refs.length === 0 && (holder.role === 'body' || holder.role === 'speaker') ? whole : holder.refs
      if (refs.length === 0) unknown.push(holder.text || holder.name || '—')
      for (const ref of refs) {
        const seat = ref.type === 'post' ? seatOf(ref.id) : headSeat(ref.id)
        if (seat?.post) seats.set(seat.post.id, seat)
        else unknown.push(ref.name)
      }
    }
    return { seats: [...seats.values()], unknown: [...new Set(unknown)] }
  }

  /** Holders as chosen, with their names of the day; one whose unit or post is not there that day is left as its id. */
  const chosen = (list: readonly { unit: string; post: string | null; person: string | null }[]): Seat[] =>
    list.map((one) => {
      const seat = one.post === null ? null : seatOf(one.post)
      if (seat) return seat
      const name = one.person === null ? null : (persons.get(one.person) ?? '—')
      return {
        unit: { id: one.unit, name: units.get(one.unit)?.name ?? '—' },
        post: one.post === null ? null : { id: one.post, name: '—' },
        person: one.person === null ? null : { id: one.person, name: name ?? '—' },
        names: name === null ? [] : [name],
      }
    })

  /** The first chosen holder whose unit or post the office does not have that day, or whose post is of another unit. */
  const stranger = (list: readonly { unit: string; post: string | null }[]): number =>
    list.findIndex((one) => !units.has(one.unit) || (one.post !== null && posts.get(one.post)?.unit_id !== one.unit))

  return { read, chosen, stranger }
}

/** The post of a person that a paper is taken in by: one that keeps papers, else one that heads a unit, else the first. Null without a post. */
export function receivingPost(office: SeatOffice, person: string): { post: string; unit: string } | null {
  const held = new Set(office.appointments.filter((one) => one.person_id === person).map((one) => one.post_id))
  const posts = office.posts.filter((one) => held.has(one.id))
  const post = posts.find((one) => one.roles.includes('clerk')) ?? posts.find((one) => one.roles.includes('head')) ?? posts[0]
  return post ? { post: post.id, unit: post.unit_id } : null
}
