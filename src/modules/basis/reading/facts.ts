import { numeral } from '#kernel/numerals.ts'
import { fold } from './fold.ts'
import type { Event, EventKind, Facts, LawKind, LawLevel, Node, Problem } from './types.ts'

const dayRe =
  /(\d{4}|[〇零○一二三四五六七八九]{4}) ?年 ?(\d{1,2}|[一二三四五六七八九十]{1,3}) ?月 ?(\d{1,2}|[一二三四五六七八九十]{1,3}) ?日/g
const verbs: [EventKind, RegExp][] = [
  ['passed', /通过|批准/],
  ['revised', /修订/],
  ['amended', /修正|修改/],
  ['promulgated', /公布|发布|颁布|印发/],
  ['effective', /施行|实施|生效|执行/],
]
const quoted = /《[^《》]*(?:《[^《》]*》[^《》]*)*》|<[^<>]*>/g

function yearOf(text: string): number {
  if (/^\d/.test(text)) return Number(text)
  return Number([...text].map((c) => (c === '○' || c === '〇' ? 0 : numeral(c))).join(''))
}

/** The day of a match as `YYYY-MM-DD`; null where the calendar has none. */
function dayOf(m: RegExpMatchArray): string | null {
  const [year, month, date] = [yearOf(m[1] ?? ''), numeral(m[2] ?? ''), numeral(m[3] ?? '')]
  const at = new Date(Date.UTC(year, month - 1, date))
  const text = Number.isNaN(at.getTime()) ? '' : at.toISOString().slice(0, 10)
  return text === `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}` ? text : null
}

/** Days in a note, each with what happened on it: what is said from one day to the next, titles left out. */
function eventsIn(text: string, from: number): Event[] {
  const found = [...text.matchAll(dayRe)]
  return found.flatMap((m, i): Event[] => {
    const day = dayOf(m)
    if (day === null) return []
    const start = m.index
    const end = found[i + 1]?.index ?? text.length
    const says = text.slice(start + m[0].length, Math.min(end, start + 400)).replaceAll(quoted, (title) => ' '.repeat(title.length))
    const after = (says.split(/\n\s*\n/)[0] ?? says).slice(0, 300)
    return verbs.flatMap(([kind, verb]) =>
      verb.test(after)
        ? [{ kind, day, by: bodyIn(after), start: from + start, end: from + start + m[0].length + after.trimEnd().length }]
        : [],
    )
  })
}

/** Who passed or made it known: the name before the session, without the number of the congress. */
function bodyIn(text: string): string {
  const plain = text.replaceAll(/\s/g, '').replace(/^[，,根据由经]+/, '')
  const council = /(国务院)令|国务院/.exec(plain)
  const named =
    /^(?:[^，。；]*?)((?:中共)?[\p{Script=Han}]{2,30}?(?:代表大会常务委员会|代表大会|常务委员会|委员会|政治局常委会会议|政治局会议|政治局|人民政府|办公厅|办公室|党组|中共中央|部|局|厅|院))(?:第|令|会议|全体|办公会|审议|通过|批准|公布|发布|印发|颁布|修订|修正|$)/u.exec(
      plain.replace(/第[一二三四五六七八九十百\d]+届/, ''),
    )
  return council ? '国务院' : (named?.[1] ?? (/^中共中央/.test(plain) ? '中共中央' : '')).replace(/政治局.*$/, '')
}

/** What the text says of itself, and what it leaves unclear. */
export function factsOf(title: string, nodes: readonly Node[], source: string): { facts: Facts; problems: Problem[] } {
  const text = fold(source)
  const notes = nodes.filter(({ kind }) => kind === 'note')
  const events = notes.flatMap((node) => eventsIn(text.slice(node.start, node.own), node.start))
  const last = nodes.filter(({ kind }) => kind === 'article').slice(-3)
  const inForce = last.flatMap((node) => inForceIn(text, node))
  const told = (kinds: EventKind[]) => events.filter(({ kind }) => kinds.includes(kind)).map(({ day }) => day)
  const passed = told(['passed', 'promulgated'])[0] ?? null
  const version = told(['passed', 'promulgated', 'amended', 'revised']).toSorted().at(-1) ?? null
  const changed = told(['amended', 'revised']).length > 0
  const stated = [...inForce.flatMap(({ day }) => day ?? []), ...told(['effective'])].toSorted().at(-1) ?? null
  const atOnce = inForce.some(({ day }) => day === null)
  const known = told(['promulgated']).at(-1) ?? told(['passed']).at(-1) ?? null
  const first = stated ?? (atOnce ? known : null)
  // The last article gives the day of the first version; what amended it often names none.
  const clear = first !== null && (version === null || first >= version || (atOnce && !changed))
  const since = clear ? first : (version ?? first)
  const notice = notes.at(-1) ?? nodes[0]
  const words = notes.map((node) => text.slice(node.start, node.own)).join('\n')
  const issuer = events.findLast(({ kind, by }) => by !== '' && kind !== 'effective')?.by ?? null
  const problems: Problem[] = clear ? [] : [{ code: 'date.unclear', start: notice?.start ?? 0, end: notice?.own ?? 0 }]
  return {
    facts: {
      issuer,
      document: documentIn(words),
      ...kindOf(title, issuer, words),
      passed,
      since,
      events: [
        ...events,
        ...inForce.flatMap(({ day, start, end }) => (day ? [{ kind: 'effective' as const, day, by: '', start, end }] : [])),
      ],
      repeals: last.flatMap((node) => repealsIn(source.slice(node.start, node.end))),
    },
    problems,
  }
}

const startsRe = /自([^。；]{0,40}?)(?:之日)?起(?:施行|实施|执行|生效)/g

type InForce = { day: string | null; start: number; end: number }
/** From when an article says the text is in force; day null for 自公布之日起. */
function inForceIn(text: string, node: Node): InForce[] {
  return [...text.slice(node.start, node.end).matchAll(startsRe)].flatMap((m): InForce[] => {
    const start = node.start + m.index
    const end = start + m[0].length
    const day = [...(m[1] ?? '').matchAll(dayRe)].map(dayOf)[0]
    if (day) return [{ day, start, end }]
    return /公布|发布|印发|颁布|通过|下发/.test(m[1] ?? '') ? [{ day: null, start, end }] : []
  })
}

const repealsIn = (text: string): string[] =>
  [...text.matchAll(/((?:《[^《》\n]{1,100}》(?:（[^（）]{0,40}）)?[、和及]?){1,20})同时(?:废止|停止执行)/g)].flatMap((m) =>
    [...(m[1] ?? '').matchAll(/《([^》]+)》/g)].map((one) => one[1] ?? ''),
  )

const documentIn = (notes: string): string | null =>
  [...notes.matchAll(/[\p{Script=Han}]{1,10}〔\d{4}〕\d+号|(?:主席|国务院)?令第? ?[\d一二三四五六七八九十百]+ ?号/gu)]
    .at(-1)?.[0]
    .replaceAll(' ', '') ?? null

/** A title that begins with an office: 某某市人防办…规程, and not 某某市…办法. */
const ownName = /^[\p{Script=Han}]{2,12}(?:办公室|办|局|委员会|委|厅|中心|医院|学校)(?!法)/u

/** A first guess from who made it and what it is called; a person corrects it before it is kept. */
function kindOf(title: string, issuer: string | null, notes: string): { kind: LawKind; level: LawLevel } {
  const by = issuer ?? ''
  const level: LawLevel = /省|自治区/.test(by + title.slice(0, 8))
    ? 'province'
    : /市|州|县|区/.test(by + title.slice(0, 8))
      ? 'city'
      : 'central'
  if (/^中国共产党|中共|党组|党委|党内/.test(title + by) || /中共中央/.test(notes))
    return { kind: 'party', level: /中共(?:.{1,6})(?:省|市)/.test(by) ? level : 'central' }
  if (/人民代表大会/.test(by)) return level === 'central' ? { kind: 'law', level } : { kind: 'local', level }
  if (/国务院/.test(by)) return { kind: 'administrative', level: 'central' }
  if (/法$/.test(title) && level === 'central') return { kind: 'law', level }
  if (/(?:部|局|委员会|署)$/.test(by) && level === 'central') return { kind: 'departmental', level }
  if (by === '' && (ownName.test(title) || /本办|我办|本单位|机关/.test(title))) return { kind: 'own', level: 'office' }
  return { kind: 'document', level }
}
