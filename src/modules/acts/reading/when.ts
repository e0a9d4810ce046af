import { addDays, startOfWeek } from '#kernel/calendar/index.ts'
import { numeral } from '#kernel/numerals.ts'
import { dayAtPlace, lastDayBehind, number, type Part, vagueAt, weekdayBehind } from './days.ts'

/** What a line in plain words says of when something was done; pure. It never guesses: what can be read in two ways, or is no day, is asked. */

/** A piece of the line, from `start` to before `end`. */
export type Span = { start: number; end: number }
/** What has to be asked about the day: two were named, there is no such day, only a rough one, one to come, or a weekday that is not its own. */
export type DayAsk = {
  why: 'two' | 'absent' | 'vague' | 'future' | 'weekday'
  said: string
  /** The days it may be, in their order. */
  days: string[]
  /** The days between which a rough one lies. */
  from: string | null
  until: string | null
}
export type When = {
  /** The day it was done, the last one where it took several; today when the line names none; null while that has to be asked. */
  day: string | null
  /** The first of several days. */
  beganOn: string | null
  /** Whether the line named the day. */
  dayNamed: boolean
  /** 'HH:MM', when an hour was said. */
  time: string | null
  /** The part of the day, when only that was said. */
  part: Part | null
  ask: DayAsk | null
  /** Where days and hours stand in the line. */
  days: Span[]
  times: Span[]
  /** The line without the words that `day` and `time` now carry: 今天 read next month would be wrong. */
  what: string
}

const partRules: { re: RegExp; part: Part }[] = [
  { re: /凌晨|清晨/y, part: 'early' },
  { re: /早上|早晨|上午|(?:in the )?morning\b/iy, part: 'morning' },
  { re: /中午|(?:at )?noon\b/iy, part: 'noon' },
  { re: /下午|傍晚|(?:in the )?afternoon\b/iy, part: 'afternoon' },
  { re: /晚上|晚间|夜里|(?:in the )?evening\b/iy, part: 'evening' },
]
const later: readonly (Part | null)[] = ['afternoon', 'evening']
/** An hour as said with a part of the day; alone, an office's 3点 is 15:00. */
function clock(hour: number, minute: number, part: Part | null, half: 'am' | 'pm' | null): string | null {
  const twelve =
    half === 'pm' || (half === null && (later.includes(part) || (part === 'noon' && hour < 3) || (part === null && hour >= 1 && hour <= 6)))
  const hours = half === 'am' && hour === 12 ? 0 : twelve && hour < 12 ? hour + 12 : hour
  return hours <= 23 && minute <= 59 ? `${String(hours).padStart(2, '0')}:${String(minute).padStart(2, '0')}` : null
}
const quarters: Record<string, number> = { 半: 30, 一刻: 15, 三刻: 45, 整: 0 }
const timeRules: { re: RegExp; time: (m: RegExpExecArray, part: Part | null) => string | null }[] = [
  {
    re: /(\d{1,2})(?:[:：](\d{2}))? ?([ap])\.?m\b\.?/iy,
    time: (m, part) => clock(Number(m[1]), Number(m[2] ?? 0), part, m[3]?.toLowerCase() === 'p' ? 'pm' : 'am'),
  },
  {
    re: /(\d{1,2})[:：](\d{2})(?!\d)/y,
    time: (m, part) => clock(Number(m[1]), Number(m[2]), m[1]?.length === 2 && part === null ? 'morning' : part, null),
  },
  {
    // 3点 is an hour, 3点意见 is not.
    re: new RegExp(`(${number})\\s?(?:点钟?|时)(半|一刻|三刻|整|(${number})分?)?(?![意建要体工希措问方内])`, 'y'),
    time: (m, part) => clock(numeral(m[1] ?? ''), m[2] === undefined ? 0 : (quarters[m[2]] ?? numeral(m[3] ?? '')), part, null),
  },
]
const tillHour = new RegExp(`\\s?(?:至|到|—+|–+|-|~|～)\\s?(?:上午|下午|晚上|中午)?\\s?(?:${number}\\s?(?:点|时)|\\d{1,2}[:：]\\d{2})`, 'y')

const joins = /(?:[\s,，、：:]|的|在|于|\b(?:on|at|in)\b)+/iy
function run(re: RegExp, line: string, at: number): RegExpExecArray | null {
  re.lastIndex = at
  return re.exec(line)
}

type Mention = Span & {
  /** The day named, where one was: null for one that does not exist, undefined for none. */
  day: string | null | undefined
  beganOn: string | null
  part: Part | null
  /** What stays of the words that named part or hours, to be put before or behind the text. */
  rest: string
  time: string | null
  /** The day of that week which has the weekday said behind the day, where that is another one. */
  inWeek: string | null
  dayAt: Span | null
  timeAt: Span | null
}

/** Day, part of the day and hour standing together from a place on, in any order. */
function mentionAt(line: string, at: number, today: string): Mention | null {
  const read: Mention = {
    ...{ start: at, end: at, day: undefined, beganOn: null, part: null, rest: '', time: null },
    ...{ inWeek: null, dayAt: null, timeAt: null },
  }
  let kept: string[] = []
  const readDay = (from: number): number | null => {
    const said = read.day === undefined ? dayAtPlace(line, from, today) : null
    if (said === null) return null
    read.day = said.day
    read.part ??= said.part
    if (said.rest) kept.push(said.rest)
    let end = said.end
    const named = said.day === null ? null : weekdayBehind(line, end)
    if (named && said.day !== null) {
      const inWeek = addDays(startOfWeek(said.day), named.weekday - 1)
      read.inWeek = inWeek === said.day ? null : inWeek
      end = named.end
    }
    const last = said.day === null ? null : lastDayBehind(line, end, said.day, today)
    if (last && said.day !== null) {
      read.beganOn = said.day
      read.day = last.day
      end = last.end
    }
    read.dayAt = { start: from, end }
    return end
  }
  const readPart = (from: number): number | null => {
    if (read.part !== null) return null
    for (const rule of partRules) {
      const m = run(rule.re, line, from)
      if (!m) continue
      read.part = rule.part
      kept.push(m[0].replace(/^in the /i, ''))
      read.timeAt = { start: read.timeAt?.start ?? from, end: from + m[0].length }
      return from + m[0].length
    }
    return null
  }
  const readTime = (from: number): number | null => {
    if (read.time !== null) return null
    for (const rule of timeRules) {
      const m = run(rule.re, line, from)
      const time = m && rule.time(m, read.part)
      if (!m || !time) continue
      read.time = time
      const till = run(tillHour, line, from + m[0].length)
      const end = from + m[0].length + (till?.[0].length ?? 0)
      // From … to …: one hour cannot carry both, so the words stay.
      kept = till ? [...kept, line.slice(from, end)] : []
      read.timeAt = { start: read.timeAt?.start ?? from, end }
      return end
    }
    return null
  }
  for (let next: number | null = at; next !== null; ) {
    read.end = next
    const from: number = next === at ? at : next + (run(joins, line, next)?.[0].length ?? 0)
    next = readDay(from) ?? readPart(from) ?? readTime(from)
  }
  read.rest = kept.join('')
  return read.end === at ? null : read
}

/** A day before which something is due, or from or until which it lasts, is not the day it was done. */
const bounds =
  /^\s*(?:之前|以前|前(?!往|去|来)|[之以]?内|止|截止|到期|起(?!草|诉)|以来|之后|以后|(?:至|到)(?=\s*(?:今|[\d一二三四五六七八九十明月年]))|deadline|due\b)/i
const ends = /^[\s,，。.;；、！!）)]*$/
/** Not within a word, a number, a date, or the number of a paper. */
const begins = (line: string, at: number) => {
  const before = line[at - 1] ?? ''
  const here = line[at] ?? ''
  const inWord = /[0-9a-z]/i.test(before) && /[0-9a-z]/i.test(here)
  return !inWord && !(/[〇零一二两三四五六七八九十第月年〕\]/.-]/.test(before) && /[\d〇零一二两三四五六七八九十]/.test(here))
}
/** Full-width digits and signs as half-width ones, sign for sign, so that places stay. */
const narrow = (line: string) => line.replace(/[\uff0d-\uff0f\uff10-\uff19]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
const quotes = /《[^》]*》|“[^”]*”|「[^」]*」|"[^"]*"/g

/** Every place where a day or an hour is said, outside of titles and quotations. */
function mentionsIn(line: string, today: string): Mention[] {
  const quoted = [...line.matchAll(quotes)].map((m) => ({ start: m.index, end: m.index + m[0].length }))
  const found: Mention[] = []
  for (let at = 0; at < line.length; at += 1) {
    const within = quoted.find(({ start, end }) => at >= start && at < end)
    if (within) {
      at = within.end - 1
      continue
    }
    const read = begins(line, at) ? mentionAt(line, at, today) : null
    if (!read) continue
    found.push(read)
    at = read.end - 1
  }
  return found
}

const notDays = /^\s?(?:的|份|工作|计划|安排|重点|小结|总结|任务|形势|要点|以来|至今|内|前|之前|底前)/
/** A rough day as the line's own time: at its head, or at its end behind a pause. */
function vagueIn(line: string, today: string): (Span & { from: string; until: string }) | null {
  for (let at = 0; at < line.length; at += 1) {
    const said = begins(line, at) ? vagueAt(line, at, today) : null
    if (!said) continue
    const leads = ends.test(line.slice(0, at)) && !notDays.test(line.slice(said.end))
    const closes = ends.test(line.slice(said.end)) && /[\s,，。.;；、]$/.test(line.slice(0, at))
    if (leads || closes) return { start: at, ...said }
    at = said.end - 1
  }
  return null
}

function askOf(line: string, named: readonly Mention[], today: string): DayAsk | null {
  const said = (one: Span) => line.slice(one.start, one.end)
  const no = { days: [], from: null, until: null }
  const at = (one: Mention) => said(one.dayAt ?? one)
  const absent = named.find((one) => one.day === null)
  if (absent) return { ...no, why: 'absent', said: at(absent) }
  const off = named.find((one) => one.inWeek !== null)
  if (off?.day) return { ...no, why: 'weekday', said: at(off), days: [off.day, off.inWeek ?? off.day].sort() }
  const days = [...new Set(named.flatMap((one) => (one.day ? [one.day] : [])))].sort()
  const [first] = named
  const backwards = named.find((one) => one.beganOn !== null && one.day && one.beganOn > one.day)
  if (backwards) return { ...no, why: 'two', said: at(backwards), days: [backwards.day ?? '', backwards.beganOn ?? ''] }
  if (days.length > 1) return { ...no, why: 'two', said: named.map(at).join('、'), days }
  if (first?.day && first.day > today) return { ...no, why: 'future', said: at(first), days: [] }
  if (first) return null
  const vague = vagueIn(line, today)
  if (!vague) return null
  const days7 = Array.from({ length: 7 }, (_, i) => addDays(vague.from, i)).filter((day) => day <= vague.until)
  const few = vague.until <= addDays(vague.from, 6)
  return { why: 'vague', said: said(vague), days: few ? days7 : [], from: vague.from, until: vague.until }
}

/** The line without a mention at its head or its end; unchanged for one in between. */
function without(line: string, mention: Mention): string {
  const before = line.slice(0, mention.start)
  const after = line.slice(mention.end)
  const leads = ends.test(before)
  if (!leads && !ends.test(after)) return line
  if (ends.test(before + after)) return mention.rest
  const latin = /[a-z]$/i.test(mention.rest)
  if (leads) {
    const bare = after.replace(/^(?:[\s,，、：:。]|的)+/, '')
    return mention.rest ? `${mention.rest}${latin ? ' ' : ''}${bare}` : bare
  }
  const bare = before.replace(/(?:[\s,，、：:]|\b(?:on|at|in)\b)+$/i, '')
  return mention.rest ? `${bare}${latin ? ' ' : '，'}${mention.rest}` : bare
}

/** Reads when something was done out of a line. */
export function readWhen(line: string, today: string): When {
  const text = narrow(line)
  const all = mentionsIn(text, today)
  const named = all.filter((one) => one.day !== undefined && !bounds.test(text.slice(one.end)))
  const ask = askOf(text, named, today)
  const [first] = named
  const edge = (one: Mention) => ends.test(text.slice(0, one.start)) || ends.test(text.slice(one.end))
  const lone = first ?? all.find((one) => one.day === undefined && edge(one))
  const hour = first?.time
    ? first
    : (all.find((one) => one.day === undefined && one.time !== null && (edge(one) || one.part !== null)) ?? lone)
  const settled = ask === null
  const carried = settled && lone && edge(lone) ? lone : null
  const read: When = {
    day: settled ? (first?.day ?? today) : null,
    beganOn: settled && first?.beganOn && first.beganOn !== first.day ? first.beganOn : null,
    dayNamed: named.length > 0,
    time: hour?.time ?? null,
    part: hour?.time ? null : (lone?.part ?? null),
    ask,
    days: named.flatMap((one) => (one.dayAt ? [one.dayAt] : [])),
    times: all.flatMap((one) => (one.timeAt ? [one.timeAt] : [])),
    what: line.trim(),
  }
  if (!carried) return read
  // What was typed, full-width signs and all. Where taking the words away would bring others to the edge, everything stays.
  const bare = without(line, carried).trim()
  const more = mentionsIn(narrow(bare), today).some((one) => without(bare, one).trim() !== bare)
  return more ? read : { ...read, what: bare }
}
