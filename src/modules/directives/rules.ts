import { isDay } from '#kernel/calendar/index.ts'
import type { Standing } from '#kernel/can.ts'
import { ok, refuse, type Verdict } from '#kernel/errors.ts'
import { machine, statesOf, verbsFrom } from '#kernel/machine.ts'

export const directiveKinds = ['speech', 'plan', 'notice', 'minutes', 'other'] as const
export type DirectiveKind = (typeof directiveKinds)[number]

/** A paper is being read until nothing in it is open; a sentence found or taken up again afterwards resumes the reading. */
export const directiveMoves = machine('directive', {
  reading: { settle: 'settled' },
  settled: { resume: 'reading' },
})
export type DirectiveState = 'reading' | 'settled'
export const directiveStates = statesOf(directiveMoves) as DirectiveState[]

/** What becomes of a sentence. `edit` and `absorb` stay open: they pass through the same guard, so that nobody edits what another has decided. */
export const proposalMoves = machine('proposal', {
  open: { accept: 'accepted', edit: 'open', absorb: 'open', merge: 'merged', split: 'split', aside: 'aside' },
  accepted: {},
  merged: { reopen: 'open' },
  split: {},
  aside: { reopen: 'open' },
})
export type ProposalState = 'open' | 'accepted' | 'merged' | 'split' | 'aside'
export const proposalStates = statesOf(proposalMoves) as ProposalState[]

/** Decomposing concerns the whole paper, so the grant must cover the whole office; a duty may also be accepted by whoever decides for its unit. */
export const wholeOffice: Standing = { unit: null }

/** The verbs of a proposal that an actor may use now. Merging and taking back ask the other proposal too: `mayMerge`, `mayReopen`. */
export const proposalActions = (state: ProposalState, can: { whole: boolean; some: boolean }): string[] =>
  verbsFrom(proposalMoves, state).filter((verb) => verb !== 'absorb' && (can.whole || (verb === 'accept' && can.some)))

type Node = { id: string; type: string; state: ProposalState; into: string | null }

/** The proposal that a merged one ended in, over any number of merges; itself when it was not merged. */
export function rootOf<T extends Node>(of: T, all: ReadonlyMap<string, T>): T {
  let at = of
  for (let steps = 0; at.state === 'merged' && at.into !== null && steps < all.size; steps += 1) at = all.get(at.into) ?? at
  return at
}

/** Everything that was merged into a proposal, directly or through another, in no order. */
export function mergedInto<T extends Node>(id: string, all: readonly T[]): T[] {
  const direct = all.filter((one) => one.state === 'merged' && one.into === id && one.id !== id)
  return direct.flatMap((one) => [one, ...mergedInto(one.id, all)])
}

export type Count = { all: number; carried: number; aside: number; open: number }

/** Sentences by what became of them: a merged one counts with what it was merged into, a split one by its parts. */
export function countOf(type: 'duty' | 'finding', all: readonly Node[]): Count {
  const byId = new Map(all.map((one) => [one.id, one]))
  const count: Count = { all: 0, carried: 0, aside: 0, open: 0 }
  for (const one of all) {
    if (one.type !== type || one.state === 'split') continue
    const { state } = rootOf(one, byId)
    count.all += 1
    if (state === 'accepted') count.carried += 1
    else if (state === 'aside') count.aside += 1
    else count.open += 1
  }
  return count
}

type Placed = { id: string; start: number; end: number; type: string }

/** Into another open one of the same paper and the same type, never into itself or into what is merged into it. */
export function mayMerge(one: Placed & { directive: string }, into: Placed & { directive: string; state: ProposalState }): Verdict {
  if (one.id === into.id) return refuse('proposal.into_itself', {}, '/into')
  if (one.directive !== into.directive || one.type !== into.type) return refuse('proposal.into_other', {}, '/into')
  return into.state === 'open' ? ok : refuse('proposal.into_decided', {}, '/into')
}

/** A merged one comes back only while what it joined is undecided: an accepted duty rests on it. */
export const mayReopen = (root: { state: ProposalState }): Verdict => (root.state === 'open' ? ok : refuse('proposal.joined_decided'))

const word = /[\p{L}\p{N}]/u
const low = /[\udc00-\udfff]/

/** Both parts must say something, and no character may be cut in two. `at` is an offset into the paper, as `start` and `end` are. */
export function maySplit(text: string, range: { start: number; end: number }, at: number, joined: number): Verdict {
  if (joined > 0) return refuse('proposal.has_joined', { joined })
  const inside = at > range.start && at < range.end && !low.test(text[at] ?? '')
  const speaks = inside && word.test(text.slice(range.start, at)) && word.test(text.slice(at, range.end))
  return speaks ? ok : refuse('proposal.split_at', {}, '/at')
}

type Worded = { text: string }
type Because = { rule: string; words: string; start: number; end: number }
export type Splittable = {
  start: number
  end: number
  title: string
  body: string
  cadence: Worded | null
  due: Worded | null
  measure: string | null
  why: readonly Because[]
}

/** The two parts of a proposal cut at an offset into the paper: they tile it, and each keeps what its own words say. */
export function splitOf<T extends Splittable>(of: T, at: number): [T, T] {
  const part = (start: number, end: number): T => {
    const body = of.body.slice(start - of.start, end - of.start)
    const said = <W extends Worded | null>(what: W): W | null => (what !== null && body.includes(what.text) ? what : null)
    return {
      ...of,
      start,
      end,
      body,
      title: titleOf(body),
      cadence: said(of.cadence),
      due: said(of.due),
      measure: of.measure !== null && body.includes(of.measure) ? of.measure : null,
      why: of.why.filter((one) => one.start >= start && one.end <= end),
    }
  }
  return [part(of.start, at), part(at, of.end)]
}

/** A marked range without its outer blanks; refused when it says nothing, leaves the paper, or touches what is proposed already. */
export function markedRange(text: string, start: number, end: number, taken: readonly Placed[]): { start: number; end: number } | Verdict {
  if (start < 0 || end > text.length || start >= end) return refuse('proposal.range', {}, '/start')
  const marked = text.slice(start, end)
  const from = start + marked.length - marked.trimStart().length
  const to = from + marked.trim().length
  if (!word.test(marked) || low.test(text[from] ?? '') || low.test(text[to] ?? '')) return refuse('proposal.range', {}, '/start')
  const over = taken.find((one) => one.start < to && one.end > from)
  return over ? refuse('proposal.overlap', { words: text.slice(over.start, over.end).slice(0, 20) }, '/start') : { start: from, end: to }
}

/** What a duty rests on: from the first to the last of its sentences when nothing else stands between them, else its own sentence. */
export function basisOf(own: Placed, joined: readonly Placed[], others: readonly Placed[]): { start: number; end: number } {
  const start = Math.min(own.start, ...joined.map((one) => one.start))
  const end = Math.max(own.end, ...joined.map((one) => one.end))
  const between = others.some((one) => one.start < end && one.end > start)
  return between ? { start: own.start, end: own.end } : { start, end }
}

/** A title of at most 40 characters from a text's first line, without its outer punctuation. */
export function titleOf(text: string): string {
  const line = text.split('\n').find((one) => word.test(one)) ?? text
  const bare = line.replace(/^[\s\p{P}]+|[\s，。；：、！？,.;:!?]+$/gu, '')
  const letters = Array.from(bare === '' ? line.trim() : bare)
  return letters.length > 40 ? `${letters.slice(0, 39).join('')}…` : letters.join('')
}

/** The title of a paper: as given, else its first line that says something, else the file's name. */
export function paperTitle(given: string | undefined, text: string, file: string | null): string {
  const first =
    text
      .split('\n')
      .find((line) => word.test(line))
      ?.trim() ?? ''
  const bare = first.replace(/^#+\s*/, '')
  const guess = bare !== '' && Array.from(bare).length <= 60 && !/[。；]/.test(bare) ? bare : (file?.replace(/\.[^.]*$/, '') ?? bare)
  return Array.from(given?.trim() || guess.trim() || bare || '—')
    .slice(0, 200)
    .join('')
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: this is where they are taken out.
const unkeepable = /\u0000|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** The text with what no database keeps (NUL, half a surrogate pair) replaced one for one by U+FFFD, so that offsets hold; and where that was. */
export function keepable(text: string): { text: string; cleaned: number[] } {
  const cleaned: number[] = []
  const kept = text.replace(unkeepable, (_, at: number) => {
    cleaned.push(at)
    return '\ufffd'
  })
  return { text: kept, cleaned }
}

/** A duty begins on the paper's day; a paper taken up more than a month later binds from today, so that nobody starts in arrears. */
export const sinceOf = (issuedOn: string, today: string, monthAgo: string): string =>
  issuedOn >= monthAgo && issuedOn <= today ? issuedOn : today

/** Fields of an uploaded paper arrive as texts: the same rules as for a pasted one, with their places. */
export function mayUpload(fields: { title?: string; kind: string; issuedOn: string }): Verdict {
  if (!(directiveKinds as readonly string[]).includes(fields.kind)) return refuse('request.invalid', {}, '/kind')
  if (typeof fields.issuedOn !== 'string' || !isDay(fields.issuedOn))
    return refuse('day.unknown', { day: String(fields.issuedOn ?? '') }, '/issuedOn')
  return Array.from(fields.title ?? '').length > 200 ? refuse('request.invalid', {}, '/title') : ok
}

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

  /** Holders as read become posts, a unit its head; what the office does not know stays as its words. */
  const read = (holders: readonly Read[]): { seats: Seat[]; unknown: string[] } => {
    const seats = new Map<string, Seat>()
    const unknown: string[] = []
    for (const holder of holders) {
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

/** A finding is put right by a person of a unit by a day that has not passed. */
export function mayOwn(given: { unit?: string; person?: string; due?: string | null }, today: string): Verdict {
  const missing = (['unit', 'person', 'due'] as const).find((field) => !given[field])
  if (missing) return refuse('proposal.owner_missing', {}, `/${missing}`)
  return given.due && given.due < today ? refuse('proposal.due_past', { due: given.due }, '/due') : ok
}

/** When a duty begins that is due once: on its usual day, or on the paper's when it was due before that. */
export const beginOf = (since: string, issuedOn: string, rrule: string | null, due: string | null): string =>
  rrule === null && due !== null && due < since ? issuedOn : since
