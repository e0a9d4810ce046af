import { isDay } from '#kernel/calendar/days.ts'
import { ok, Refusal, refuse, type Verdict } from '#kernel/errors.ts'
import type { Id } from '#kernel/ids.ts'

/** What is true of an office whoever asks. Ranges are [since, until): `until` is the first day no longer in force, null is open. */

/** Lines of leadership: 行政, 党务, 监督. */
export const lines = ['administrative', 'party', 'supervision'] as const
export type Line = (typeof lines)[number]

export const unitKinds = [
  'office',
  'leadership',
  'department',
  'subordinate',
  'party_group',
  'party_committee',
  'branch',
  'discipline_group',
] as const
export type UnitKind = (typeof unitKinds)[number]
/** The line a unit of a kind usually stands in: what the form proposes. */
export const lineOf: Record<UnitKind, Line> = {
  office: 'administrative',
  leadership: 'administrative',
  department: 'administrative',
  subordinate: 'administrative',
  party_group: 'party',
  party_committee: 'party',
  branch: 'party',
  discipline_group: 'supervision',
}

/** 正式, 主持, 兼任, 借调/抽调. */
export const appointmentKinds = ['regular', 'acting', 'concurrent', 'seconded'] as const
export type AppointmentKind = (typeof appointmentKinds)[number]

/** What a post is for, whatever it is called: the words by which a directive's holders are found. */
export const postRoles = [
  'head',
  'deputy',
  'member',
  'party_secretary',
  'party_member',
  'branch_secretary',
  'discipline_member',
  'organisation_member',
  'publicity_member',
  'group_head',
  'clerk',
] as const
export type PostRole = (typeof postRoles)[number]

/** The roles whose holder heads a unit of a kind: 支部书记 a branch, 党组书记 a Party group, 组长 a discipline group, the head everything else. */
export const headingRoles = (kind: UnitKind): readonly PostRole[] =>
  kind === 'branch'
    ? ['branch_secretary', 'head']
    : kind === 'party_group' || kind === 'party_committee'
      ? ['party_secretary', 'head']
      : kind === 'discipline_group'
        ? ['group_head', 'head']
        : ['head']
const heading: readonly PostRole[] = ['head', 'party_secretary', 'branch_secretary', 'group_head']
/** A post that heads something is held by one person at a time unless the office says otherwise. */
export const usuallyExclusive = (roles: readonly PostRole[]): boolean => roles.some((role) => heading.includes(role))

/** 人员身份: 公务员, 参公管理人员, 事业人员, 聘用人员. */
export const identities = ['civil_servant', 'reference', 'institution', 'contract'] as const
/** 正式党员, 预备党员. */
export const standings = ['full', 'probationary'] as const
/** What a person is from a day to a day, one of a kind at a time: 职级, 人员身份, 党员身份, 所在支部. */
export const factKinds = ['grade', 'identity', 'party', 'branch'] as const
export type FactKind = (typeof factKinds)[number]

export type Range = { since: string; until: string | null }

export const inForceOn = ({ since, until }: Range, day: string): boolean => since <= day && (until === null || until > day)
export const overlaps = (a: Range, b: Range): boolean => (a.until === null || a.until > b.since) && (b.until === null || b.until > a.since)
const beyond = (until: string | null, limit: string | null): boolean => limit !== null && (until === null || until > limit)

/** An open end, as a word for a text. */
const shown = (until: string | null): string => until ?? '…'

/** Both are days that exist, and it ends after it begins: `day.unknown`, `range.backwards`, `org.no_day`. */
export function rangeOk({ since, until }: Range): Verdict {
  if (!isDay(since)) return refuse('day.unknown', { day: since }, '/since')
  if (until === null) return ok
  if (!isDay(until)) return refuse('day.unknown', { day: until }, '/until')
  if (until < since) return refuse('range.backwards', {}, '/until')
  return until === since ? refuse('org.no_day', {}, '/until') : ok
}

type Named = Range & { name: string }

/** What belongs to something lies within its life: a post in its unit's, an appointment in its post's. */
export function within(range: Range, outer: Named): Verdict {
  const params = { name: outer.name, since: outer.since, until: shown(outer.until) }
  if (range.since < outer.since || (outer.until !== null && range.since >= outer.until)) return refuse('org.outside', params, '/since')
  return beyond(range.until, outer.until) ? refuse('org.outside', params, '/until') : ok
}

/** The same person is not twice in the same post, or in charge of the same unit, on one day. */
export function noOverlap(range: Range, others: readonly Range[], params: { who: string; name: string }): Verdict {
  const other = others.find((one) => overlaps(one, range))
  return other ? refuse('org.overlap', { ...params, since: other.since, until: shown(other.until) }, '/since') : ok
}

/** One person at a time in a post that is so: another's days in it are refused, with who holds it when. An acting holder stands beside, not in the way. */
export function aloneIn(
  post: { name: string; exclusive: boolean },
  one: Range & { kind: AppointmentKind; person_id: Id },
  others: readonly (Range & { kind: AppointmentKind; person_id: Id; person: string })[],
): Verdict {
  if (!post.exclusive) return ok
  const acting = (kind: AppointmentKind) => kind === 'acting'
  const other = others.find((it) => it.person_id !== one.person_id && acting(it.kind) === acting(one.kind) && overlaps(it, one))
  return other ? refuse('org.taken', { name: post.name, who: other.person, since: other.since, until: shown(other.until) }, '/person') : ok
}

/** The first two holders of a post whose days overlap though only one may hold it; null when there are none. */
export function twoIn<T extends Range & { kind: AppointmentKind; person_id: Id; person: string }>(held: readonly T[]): [T, T] | null {
  for (const [i, one] of held.entries()) {
    const other = held.slice(i + 1).find((it) => !aloneIn({ name: '', exclusive: true }, one, [it]).ok)
    if (other) return [one, other]
  }
  return null
}

/** Somebody seconded (借调) comes from somewhere: a unit of the office or another organisation, and one of them only. */
export function fromOk(kind: AppointmentKind, from: { unit: Id | null; office: string | null }, into: Id): Verdict {
  if (kind !== 'seconded') return from.unit || from.office ? refuse('org.from_without', {}, from.unit ? '/fromUnit' : '/fromOffice') : ok
  if (from.unit && from.office) return refuse('org.from_both', {}, '/fromOffice')
  if (!from.unit && !from.office) return refuse('org.from_needed', {}, '/fromOffice')
  return from.unit === into ? refuse('org.from_itself', {}, '/fromUnit') : ok
}

/** Two units of one name below the same parent, or two posts of one name in a unit, could not be told apart by whoever reads a directive. */
export function nameFree(thing: Named, siblings: readonly Named[]): Verdict {
  const other = siblings.find((one) => one.name === thing.name && overlaps(one, thing))
  return other ? refuse('org.name_taken', { name: other.name, since: other.since, until: shown(other.until) }, '/name') : ok
}

/** What would outlast its owner. */
export type Blocker = { what: 'unit' | 'post' | 'appointment' | 'charge' | 'member'; name: string; until: string | null }
const blockerWords: Record<Blocker['what'], readonly [zh: string, en: string]> = {
  unit: ['下级机构', 'unit'],
  post: ['岗位', 'post'],
  appointment: ['任职', 'appointment'],
  charge: ['分管', 'charge'],
  member: ['党员', 'member'],
}
const namedAtMost = 20

/** Units and posts: may end on a day, or be reopened (null), when nothing of theirs reaches past it. Names what stands in the way, each at `/until/n`. */
export function mayClose(thing: Range, until: string | null, blockers: readonly Blocker[], lang: 'zh-CN' | 'en'): Verdict {
  const range = rangeOk({ since: thing.since, until })
  if (!range.ok || until === null) return range
  const open = blockers.filter((one) => beyond(one.until, until))
  if (open.length === 0) return ok
  const word = (one: Blocker) => `${blockerWords[one.what][lang === 'en' ? 1 : 0]} ${one.name}`
  const named = open.slice(0, namedAtMost).map(word)
  const what = named.join(lang === 'en' ? ', ' : '、') + (open.length > namedAtMost ? ' …' : '')
  // The first place has no words of its own: a form shows the whole refusal there.
  const places = [{ at: '/until' }, ...named.map((message, i) => ({ at: `/until/${i}`, message }))]
  return { ok: false, refusal: new Refusal('org.in_use', { count: open.length, until, what }, places) }
}

/** Appointments and charges: an end is set, or brought forward, never pushed back; what was voided has no end. */
export function mayEnd(thing: Range & { voided: boolean }, until: string): Verdict {
  if (thing.voided) return refuse('org.voided')
  const range = rangeOk({ since: thing.since, until })
  if (!range.ok) return range
  return beyond(until, thing.until) || until === thing.until ? refuse('org.ended', { until: shown(thing.until) }, '/until') : ok
}

export const mayVoid = (thing: { voided: boolean }): Verdict => (thing.voided ? refuse('org.voided') : ok)

/** A unit hangs below none of its own. `parents` is the tree as it stands: unit → parent. */
export function noCycle(unit: Id, parent: Id | null, parents: ReadonlyMap<Id, Id | null>, nameOf: (id: Id) => string): Verdict {
  const seen = new Set<Id>()
  for (let at = parent; at !== null && !seen.has(at); at = parents.get(at) ?? null) {
    if (at === unit) return refuse('org.cycle', { name: nameOf(parent ?? unit) }, '/parent')
    seen.add(at)
  }
  return ok
}

/** A change of name or place holds from a day that has come, after the unit began and after its last change. */
export function mayChangeFrom(unit: Named, lastChange: string | null, since: string, today: string): Verdict {
  if (!isDay(since)) return refuse('day.unknown', { day: since }, '/since')
  if (since > today) return refuse('org.not_yet', { day: since }, '/since')
  const params = { name: unit.name, since: unit.since, until: lastChange ?? unit.since }
  if (since <= unit.since || (lastChange !== null && since <= lastChange)) return refuse('org.before', params, '/since')
  return within({ since, until: null }, { ...unit, until: null })
}

const pinyin = new Intl.Collator('zh-Hans-CN-u-co-pinyin', { numeric: true })
export const byName = (a: { name: string }, b: { name: string }): number => pinyin.compare(a.name, b.name)
/** The order things are shown in: as the office put them, then by pinyin. */
export const inOrder = (a: { sort: number; name: string }, b: { sort: number; name: string }): number => a.sort - b.sort || byName(a, b)

/** The office as the outline reader matches a directive's holders against. */
type OutlineOffice = {
  units: { id: Id; name: string; aliases: string[]; line: Line; kind: UnitKind }[]
  posts: { id: Id; unitId: Id; name: string; aliases: string[]; roles: PostRole[] }[]
}
type Readable = {
  units: readonly { id: Id; name: string; aliases: string[]; line: Line; kind: UnitKind }[]
  posts: readonly { id: Id; unit_id: Id; name: string; aliases: string[]; roles: PostRole[] }[]
}
export const outlineOffice = (office: Readable): OutlineOffice => ({
  units: office.units.map(({ id, name, aliases, line, kind }) => ({ id, name, aliases, line, kind })),
  posts: office.posts.map(({ id, unit_id, name, aliases, roles }) => ({ id, unitId: unit_id, name, aliases, roles })),
})
