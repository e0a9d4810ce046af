import { isDay } from '#kernel/calendar/index.ts'
import type { Standing } from '#kernel/can.ts'
import { ok, refuse, type Verdict } from '#kernel/errors.ts'
import { machine, statesOf, verbsFrom } from '#kernel/machine.ts'

export const directiveKinds = ['speech', 'plan', 'notice', 'minutes', 'other'] as const
export type DirectiveKind = (typeof directiveKinds)[number]

/** Whose a paper is: the office's own, its superior's, or one from above that (central, province) handed down. */
export const origins = ['own', 'superior', 'higher'] as const
export type Origin = (typeof origins)[number]
/** Where a paper came from and by when an answer is owed to its sender: what may be put right after it was read. */
export type Facts = {
  title: string
  origin: Origin
  sender: string | null
  number: string | null
  receivedOn: string | null
  replyDue: string | null
}

/** An answer is owed to others only, not before the paper came; and nothing came tomorrow. */
export function mayCome(facts: Pick<Facts, 'origin' | 'receivedOn' | 'replyDue'>, today: string): Verdict {
  for (const [day, at] of [
    [facts.receivedOn, '/receivedOn'],
    [facts.replyDue, '/replyDue'],
  ] as const)
    if (day !== null && !isDay(day)) return refuse('day.unknown', { day }, at)
  if (facts.receivedOn !== null && facts.receivedOn > today)
    return refuse('directive.received_later', { day: facts.receivedOn }, '/receivedOn')
  if (facts.replyDue !== null && facts.origin === 'own') return refuse('directive.reply_own', {}, '/replyDue')
  if (facts.replyDue !== null && facts.receivedOn !== null && facts.replyDue < facts.receivedOn)
    return refuse('directive.reply_before', { day: facts.receivedOn }, '/replyDue')
  return ok
}

/** A paper is being read until nothing in it is open; a sentence found or taken up again afterwards resumes the reading. */
export const directiveMoves = machine('directive', {
  reading: { settle: 'settled' },
  settled: { resume: 'reading' },
})
export type DirectiveState = 'reading' | 'settled'
export const directiveStates = statesOf(directiveMoves) as DirectiveState[]

/** What becomes of a sentence. `same` makes it a further basis of an earlier duty, `replace` puts its duty in an earlier one's place. `edit`, `differ` and `absorb` stay open: they pass through the same guard, so that nobody edits what another has decided. */
export const proposalMoves = machine('proposal', {
  open: {
    accept: 'accepted',
    same: 'accepted',
    replace: 'accepted',
    edit: 'open',
    differ: 'open',
    absorb: 'open',
    merge: 'merged',
    split: 'split',
    aside: 'aside',
  },
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
  verbsFrom(proposalMoves, state).filter((verb) => !beside.has(verb) && (can.whole || (verb === 'accept' && can.some)))
/** Verbs that another thing asks for: what it is merged into, the duty it is laid beside. */
const beside: ReadonlySet<string> = new Set(['absorb', 'same', 'replace', 'differ'])

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

type Fields = { title?: string; kind: string; issuedOn: string; origin?: string; sender?: string; number?: string }
/** Fields of an uploaded paper arrive as texts: the same rules as for a pasted one, with their places. */
export function mayUpload(fields: Fields): Verdict {
  if (fields.origin && !(origins as readonly string[]).includes(fields.origin)) return refuse('request.invalid', {}, '/origin')
  for (const [name, most] of [
    ['sender', 120],
    ['number', 60],
  ] as const)
    if (Array.from(fields[name] ?? '').length > most) return refuse('request.invalid', {}, `/${name}`)
  if (!(directiveKinds as readonly string[]).includes(fields.kind)) return refuse('request.invalid', {}, '/kind')
  if (typeof fields.issuedOn !== 'string' || !isDay(fields.issuedOn))
    return refuse('day.unknown', { day: String(fields.issuedOn ?? '') }, '/issuedOn')
  return Array.from(fields.title ?? '').length > 200 ? refuse('request.invalid', {}, '/title') : ok
}

/** What kind of paper a title names; minutes also when a meeting speaks in it. */
export const kindOfPaper = (title: string, met: boolean): DirectiveKind =>
  met || /纪要/.test(title)
    ? 'minutes'
    : /讲话|发言|致辞|报告$|党课/.test(title)
      ? 'speech'
      : /方案|要点|计划|清单|分解表|台账|规划|分工|措施|意见$|任务/.test(title) && !/的通知$/.test(title)
        ? 'plan'
        : /通知|函$|通报|公告|提醒/.test(title)
          ? 'notice'
          : 'other'

/** A finding is put right by a person of a unit by a day that has not passed. */
export function mayOwn(given: { unit?: string; person?: string; due?: string | null }, today: string): Verdict {
  const missing = (['unit', 'person', 'due'] as const).find((field) => !given[field])
  if (missing) return refuse('proposal.owner_missing', {}, `/${missing}`)
  return given.due && given.due < today ? refuse('proposal.due_past', { due: given.due }, '/due') : ok
}

/** When a duty begins that is due once: on its usual day, or on the paper's when it was due before that. */
export const beginOf = (since: string, issuedOn: string, rrule: string | null, due: string | null): string =>
  rrule === null && due !== null && due < since ? issuedOn : since
