import { numeral } from '#kernel/numerals.ts'
import type { Part } from '../rules.ts'
import type { Span } from './when.ts'

/** Who took part, as a line says it: names and titles of the office as of the day, whole units, how many; pure. */

/** A person in a post on the day: once for each post. */
export type Seat = { person: string; name: string; post: string; unit: string }
export type Unit = { id: string; name: string; aliases: readonly string[] }
/** The office as of a day, as far as names are read. */
export type Ground = { seats: readonly Seat[]; units: readonly Unit[] }

/** Somebody said in the line who may be several: asked, never guessed. */
export type NameAsk = { said: string; at: number; among: { person: string; name: string; note: string }[] }
export type Who = {
  people: { person: string; name: string; part: Part; at: number }[]
  /** Whole units that were there: 工程科全体. */
  units: { unit: string; name: string; at: number }[]
  count: number | null
  asks: NameAsk[]
  names: Span[]
  parts: Span[]
  counts: Span[]
}

const titles = ['书记', '主任', '组长', '科长', '站长', '处长', '所长', '局长', '部长', '主席', '主管', '总工', '科员', '委员', '主委']
const compound = ['欧阳', '司马', '上官', '诸葛', '司徒', '东方', '皇甫', '尉迟', '公孙', '慕容', '令狐', '夏侯']
const surnameOf = (name: string) => compound.find((one) => name.startsWith(one)) ?? [...name][0] ?? ''

/** The ways to call those in the office: the whole name; the surname with the title of a post (吴主任 for a 副主任 too). */
function formsOf(seats: readonly Seat[]): Map<string, Seat[]> {
  const forms = new Map<string, Seat[]>()
  const add = (form: string, seat: Seat) => forms.set(form, [...(forms.get(form) ?? []), seat])
  for (const seat of seats) {
    if ([...seat.name].length >= 2) add(seat.name, seat)
    for (const title of titles) {
      if (!seat.post.endsWith(title)) continue
      add(`${surnameOf(seat.name)}${title}`, seat)
      if (seat.post.endsWith(`副${title}`)) add(`${surnameOf(seat.name)}副${title}`, seat)
    }
  }
  return forms
}

type Named = Span & { seats: Seat[]; part: Part | 'absent' }

const between = /^(?:同志)?\s*[、,，和及与跟同]?\s*$/
const titleBehind = new RegExp(`^(?:同志|(?:副)?(?:${titles.join('|')}))*`)
const behind: { re: RegExp; part: Part | 'absent' }[] = [
  { re: /^\s*(?:同志)?\s*(?:亲自)?(?:主持|召集)/, part: 'chair' },
  { re: /^\s*(?:同志)?\s*(?:主讲|授课|讲课|讲授|领学|(?:上|讲)(?:专题|廉政)?党课)/, part: 'speak' },
  { re: /^\s*(?:同志)?\s*列席/, part: 'observe' },
  { re: /^\s*(?:同志)?\s*(?:因[^，,。；;]{0,8})?(?:请假|缺席|未参加|未到|没有?参加|没来|缺勤)/, part: 'absent' },
]
const ahead: { re: RegExp; part: Part | 'absent' }[] = [
  { re: /(?:主持人?|召集人)\s*[:：]\s*$/, part: 'chair' },
  { re: /(?:由)\s*$/, part: 'attend' },
  { re: /(?:主讲人?|授课人?|领学人?)\s*[:：]\s*$/, part: 'speak' },
  { re: /(?:列席(?:人员)?)\s*[:：]\s*$/, part: 'observe' },
  { re: /(?:请假|缺席|未到)(?:人员)?\s*[:：]\s*$/, part: 'absent' },
]

/** Names in the order they stand, longer ones first: 王建业 is not 王建. */
function namesIn(line: string, forms: ReadonlyMap<string, Seat[]>): Named[] {
  const byHead = Map.groupBy(
    [...forms.keys()].sort((a, b) => b.length - a.length),
    (form) => form[0] ?? '',
  )
  const found: Named[] = []
  for (let at = 0; at < line.length; at += 1) {
    const form = byHead.get(line[at] ?? '')?.find((one) => line.startsWith(one, at))
    if (!form) continue
    found.push({ start: at, end: at + form.length, seats: forms.get(form) ?? [], part: 'attend' })
    at += form.length - 1
  }
  return found
}

/** Parts said behind or before names; what is said of the last of several joined names, or before the first, is said of all of them. */
function partsIn(line: string, names: Named[]): Span[] {
  const spans: Span[] = []
  const rows: Named[][] = []
  for (const name of names) {
    const row = rows.at(-1)
    const last = row?.at(-1)
    const gap = last ? line.slice(last.end, name.start) : ''
    if (row && last && between.test(gap.replace(titleBehind, ''))) row.push(name)
    else rows.push([name])
  }
  for (const row of rows) {
    const first = row[0] as Named
    const last = row.at(-1) as Named
    const title = titleBehind.exec(line.slice(last.end))?.[0] ?? ''
    const rest = line.slice(last.end + title.length)
    const post = behind.map(({ re, part }) => ({ part, m: re.exec(rest) })).find(({ m }) => m)
    const head = line.slice(0, first.start)
    const pre = ahead.map(({ re, part }) => ({ part, m: re.exec(head) })).find(({ m }) => m)
    const part = post?.part ?? pre?.part
    if (!part) continue
    for (const name of row) name.part = part
    const start = post ? last.end + title.length : (pre?.m?.index ?? 0)
    spans.push({ start, end: start + ((post ?? pre)?.m?.[0].length ?? 0) })
  }
  return spans
}

/** Of several who bear a name, the one whose unit or post stands right before or behind it. */
function byUnit(line: string, name: Named, units: readonly Unit[]): Seat[] {
  const namesOf = new Map(units.map((unit) => [unit.id, [unit.name, ...unit.aliases]]))
  const head = line.slice(0, name.start)
  const tail = line.slice(name.end)
  return name.seats.filter((seat) => {
    const words = [seat.post, ...(namesOf.get(seat.unit) ?? [])]
    return words.some((word) => word !== '' && (head.endsWith(word) || tail.startsWith(`（${word}`) || tail.startsWith(`(${word}`)))
  })
}

const whole = '(?:全体|全员|所有)(?:党员|干部|职工|人员|同志|成员|委员)*'
function unitsIn(line: string, units: readonly Unit[]): (Span & { unit: string; name: string })[] {
  const words = units.flatMap((unit) => [unit.name, ...unit.aliases].map((word) => ({ unit, word })))
  const found: (Span & { unit: string; name: string })[] = []
  for (const { unit, word } of words.filter(({ word }) => word !== '').sort((a, b) => b.word.length - a.word.length)) {
    const at = line.indexOf(word)
    const m = at < 0 ? null : new RegExp(`^${whole}`).exec(line.slice(at + word.length))
    const span = m && { start: at, end: at + word.length + m[0].length }
    if (span && !found.some((one) => span.start < one.end && one.start < span.end)) found.push({ ...span, unit: unit.id, name: unit.name })
  }
  return found.sort((a, b) => a.start - b.start)
}

const figure = '(\\d{1,5}|[一二两三四五六七八九十百千零]{1,7})'
const people = '(?:名|位|个)?(?:人(?!防|大|事|民|员编|次)|党员|干部|同志|职工|代表|委员)(?:次)?'
const countRules = [
  new RegExp(`(?:实到|实际参加)\\s*${figure}\\s*${people}?`),
  new RegExp(`(?:参加|参会|到会|出席|参学|与会|参训|到场)(?:人员|人数)?(?:共计?|合计|[:：])?\\s*${figure}\\s*${people}`),
  new RegExp(`(?:参加|参会|到会|出席|参学|与会|参训|到场)人数\\s*[:：]?\\s*${figure}`),
  new RegExp(`(?:共计?|共有|合计)\\s*${figure}\\s*${people}(?=[，,。；;、）)\\s]|$|参加|参会|到会|出席|参学)`),
  new RegExp(`${figure}\\s*${people}\\s*(?:参加|参会|到会|出席|参学|与会|参训|到场)`),
  /(\d{1,5})\s*(?:people|persons|participants|attendees|attended)\b/i,
  /attended by\s*(\d{1,5})\b/i,
]
/** How many were there; 10余人 and 应到 are no count. */
function countIn(line: string): (Span & { count: number }) | null {
  for (const rule of countRules) {
    const m = rule.exec(line)
    const count = m ? numeral(m[1] ?? '') : Number.NaN
    if (
      m &&
      count >= 1 &&
      count <= 100_000 &&
      !/应到\s*$/.test(line.slice(0, m.index + 1)) &&
      !/[\d一二三四五六七八九十百千第约近]$/.test(line.slice(0, m.index))
    )
      return { start: m.index, end: m.index + m[0].length, count }
  }
  return null
}

/** Reads who took part out of a line, in the office of the day. A name that two bear is asked; somebody said to be absent took no part. */
export function readWho(line: string, { seats, units }: Ground): Who {
  const groups = unitsIn(line, units)
  const names = namesIn(line, formsOf(seats)).filter((name) => !groups.some((one) => name.start < one.end && one.start < name.end))
  const parts = partsIn(line, names)
  const people = new Map<string, Who['people'][number]>()
  const absent = new Set<string>()
  const asks: NameAsk[] = []
  for (const name of names) {
    const bearers = [...Map.groupBy(name.seats, (seat) => seat.person).values()]
    const near = bearers.length > 1 ? [...Map.groupBy(byUnit(line, name, units), (seat) => seat.person).values()] : bearers
    const [one, ...more] = near.length === 1 ? near : bearers
    const seat = one?.[0]
    if (!seat) continue
    if (more.length > 0) {
      const among = bearers.map((own) => ({
        person: own[0]?.person ?? '',
        name: own[0]?.name ?? '',
        note: own.map(({ post }) => post).join('、'),
      }))
      if (name.part !== 'absent' && !asks.some((ask) => ask.said === line.slice(name.start, name.end)))
        asks.push({ said: line.slice(name.start, name.end), at: name.start, among })
      continue
    }
    if (name.part === 'absent') {
      absent.add(seat.person)
      continue
    }
    const before = people.get(seat.person)
    if (before === undefined) people.set(seat.person, { person: seat.person, name: seat.name, part: name.part, at: name.start })
    else if (before.part === 'attend') before.part = name.part
  }
  const count = countIn(line)
  return {
    people: [...people.values()].filter(({ person }) => !absent.has(person)),
    units: groups.map(({ unit, name, start }) => ({ unit, name, at: start })),
    count: count?.count ?? null,
    asks,
    names: [...names, ...groups].map(({ start, end }) => ({ start, end })).sort((a, b) => a.start - b.start),
    parts,
    counts: count ? [{ start: count.start, end: count.end }] : [],
  }
}
