import { cadenceOf, dueOf } from './cadence.ts'
import { kindOf } from './office.ts'
import type { Node } from './sections.ts'
import type { State } from './state.ts'
import { asDue, namesOf, type Tail as Read, type TailPart } from './tails.ts'
import type { Cadence, Due, Holder, Proposal } from './types.ts'

/** What labels, or the cells of a row, say of the duties they stand with. */
export type Said = {
  start: number
  end: number
  holders: Holder[]
  help: Holder[]
  leaders: Holder[]
  persons: Holder[]
  due: Due | null
  cadence: Cadence | null
  /** The words that named the holders, and by when, with their places. */
  who: { words: string; start: number } | null
  when: { words: string; start: number } | null
}

type Value = { part: TailPart; value: string; at: number }

/** Whoever leads holds the duty; where nobody leads, who is responsible; where no unit is named, the person, and then the leader. */
export function saidOf(s: State, place: { start: number; end: number }, values: readonly Value[]): Said {
  const of = (part: TailPart) =>
    values
      .filter((v) => v.part === part && v.value)
      .flatMap((v) => namesOf(s.paper.grammar, v.value, s.office, s.body, part === 'person' || part === 'leader'))
  const [lead, unit, help, leaders, persons] = [of('lead'), of('unit'), of('help'), of('leader'), of('person')]
  const leads = lead.length ? lead : unit
  const holders = [leads, persons, leaders].find((list) => list.length > 0) ?? []
  const from = (['lead', 'unit', 'person', 'leader'] as const).find((part) => of(part).length > 0)
  const who = values.find((v) => v.part === from && v.value)
  const when = values.find((v) => (v.part === 'due' || v.part === 'cadence') && v.value)
  const cadence = when ? cadenceOf(when.value) : null
  const fixed = when && cadence?.rrule == null ? (dueOf(asDue(when.value), s.date) ?? dueOf(when.value, s.date)) : null
  return {
    ...place,
    holders,
    help: lead.length ? [...unit, ...help].filter((h) => !lead.some((one) => one.name === h.name)) : help,
    leaders,
    persons,
    due: fixed && { text: when?.value ?? fixed.text, day: fixed.day, span: fixed.span },
    cadence: cadence && { text: cadence.text, rrule: cadence.rrule },
    who: who ? { words: who.value, start: who.at } : null,
    when: when ? { words: when.value, start: when.at } : null,
  }
}

/** Lays what was said over duties. Where several stand together, each keeps a holder that its own sentence names. */
export function assign(said: Said, duties: readonly Proposal[], headings: string, how: 'own' | 'heading' = 'own'): void {
  for (const p of duties) {
    if (p.type !== 'duty') continue
    const unnamed = p.holders.every((h) => h.role === 'implied' || h.inherited)
    if (said.holders.length && (unnamed || (how === 'own' && duties.length === 1))) {
      p.holders = said.holders
      const kind = kindOf(said.holders, p.text, headings)
      if (kind !== 'task') p.kind = kind
      if (said.who)
        p.why.push({ rule: 'holder.label', words: said.who.words, start: said.who.start, end: said.who.start + said.who.words.length })
    }
    if (said.help.length || said.leaders.length || said.persons.length || said.holders.length)
      p.tail ??= { start: said.start, end: said.end, help: said.help, leaders: said.leaders, persons: said.persons }
    if (said.cadence && !p.cadence && !dated(p.due)) p.cadence = said.cadence
    if (said.due && !dated(p.due) && p.cadence?.rrule == null) {
      p.due = said.due
      if (said.when && dated(said.due))
        p.why.push({ rule: 'due.label', words: said.when.words, start: said.when.start, end: said.when.start + said.when.words.length })
    }
  }
}
const dated = (due: Due | null) => due !== null && (due.day !== null || due.span !== null)

/** A proposal ends where its tail begins: the tail says who and by when, and is no part of what is to be done. */
export function trim(s: State, p: Proposal, tails: readonly Read[]): void {
  const tail = tails.find((t) => t.start > p.start && t.start < p.end && t.end >= p.end - 1)
  if (!tail) return
  let end = tail.start
  while (end > p.start && /[\s，；：]/.test(s.o.folded[end - 1] ?? '')) end--
  p.end = end
  p.text = s.o.text.slice(p.start, end)
}

type Item = { leaf: Node; firstOut: number; headings: string }

/**
 * Gives the tails of a leaf to the duties before each; labels on lines of their own below the last of several items are said of all of them, where none has its
 * own. Without any, what a heading above says holds for duties that name nobody.
 */
export function assignTails(s: State, tails: readonly Read[], { leaf, firstOut, headings }: Item): void {
  const own = () => s.out.slice(firstOut)
  for (const p of own()) trim(s, p, tails)
  let from = leaf.start
  const groups: { tails: Read[]; duties: Proposal[] }[] = []
  for (const tail of tails) {
    const duties = own().filter((p) => p.start >= from && p.start < tail.start)
    const last = groups.at(-1)
    if (duties.length === 0 && last) last.tails.push(tail)
    else groups.push({ tails: [tail], duties })
    from = tail.end
  }
  for (const [i, group] of groups.entries()) {
    const said = saidOf(
      s,
      { start: group.tails[0]?.start ?? 0, end: group.tails.at(-1)?.end ?? 0 },
      group.tails.flatMap((t) => t.fields),
    )
    const all = i === 0 && groups.length === 1 && !group.tails.some((t) => t.bracketed) ? ofAllItems(s, leaf) : null
    assign(said, all ?? group.duties, headings)
  }
  if (groups.length > 0) for (let n: Node | null = leaf; n; n = n.parent) s.tailed.add(n)
  else {
    let above: Node | null = leaf
    while (above && !s.headed.has(above)) above = above.parent
    const said = above && s.headed.get(above)
    if (said) assign(said, own(), headings, 'heading')
  }
}

/** The duties of all items when the leaf is the last of several, none of which has a tail or items of its own; null when it is not. */
function ofAllItems(s: State, leaf: Node): Proposal[] | null {
  const items = leaf.parent?.children.filter((c) => c.mark) ?? []
  if (items.length < 2 || items.at(-1) !== leaf || items.some((one) => one.children.length > 0 || s.tailed.has(one))) return null
  return s.out.slice(s.from.get(leaf.parent))
}
