import { addDays, addMonths, dayAt, isDay, partsOf, startOfWeek, type Weekday, weekday } from '#kernel/calendar/index.ts'

/** What a line in plain words says of when something was done. Pure. */

export type Part = 'early' | 'morning' | 'noon' | 'afternoon' | 'evening'
export type Said = {
  /** The day it happened: what was said, else today. */
  day: string
  /** Whether the line named the day. */
  dayNamed: boolean
  /** 'HH:MM', when an hour was said. */
  time: string | null
  /** The part of the day, when only that was said. */
  part: Part | null
  /** The line without the words that `day` and `time` now carry: 今天 read next month would be wrong. */
  what: string
}

const digits: Record<string, number> = { 〇: 0, 零: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 }
const number = '(?:\\d{1,2}|[〇零一二两三四五六七八九]?十[一二三四五六七八九]?|[零一二两三四五六七八九])'
/** 12, 十二, 二十三 → the number. */
function count(text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  const [tens, ones] = text.split('十')
  if (ones === undefined) return digits[text] ?? Number.NaN
  return (tens ? (digits[tens] ?? 1) : 1) * 10 + (ones ? (digits[ones] ?? 0) : 0)
}

const weekdayOf = (word: string): Weekday => ('一二三四五六日'.indexOf(word === '天' ? '日' : word) + 1) as Weekday
const englishDays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const englishMonths = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const nameOf = (names: string[]) => (word: string) => names.indexOf(word.slice(0, 3).toLowerCase()) + 1
const dayName = nameOf(englishDays)
const monthName = nameOf(englishMonths)
const dayWords = '(mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)'
const monthWords =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)'

const dated = (year: number, month: number, date: number): string | null => {
  const day = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`
  return isDay(day) ? day : null
}
/** Without a year it is the latest such day that has come. */
function latest(month: number, date: number, today: string): string | null {
  const { year } = partsOf(today)
  const own = dated(year, month, date)
  return own !== null && own <= today ? own : (dated(year - 1, month, date) ?? own)
}
const lastWeekday = (to: Weekday, today: string) => addDays(today, -((weekday(today) - to + 7) % 7))
/** The 20th: this month's, or last month's when that has not come. */
function latestDate(date: number, today: string): string | null {
  const { year, month } = partsOf(today)
  const own = dated(year, month, date)
  if (own !== null && own <= today) return own
  const before = partsOf(addMonths(dayAt(year, month, 1), -1))
  return dated(before.year, before.month, date)
}

type DayRule = { re: RegExp; day: (m: RegExpExecArray, today: string) => string | null; part?: Part }
const dayRules: DayRule[] = [
  { re: /今早|今晨/y, day: (_, today) => today, part: 'morning' },
  { re: /今晚/y, day: (_, today) => today, part: 'evening' },
  { re: /昨晚|昨夜|last night\b/iy, day: (_, today) => addDays(today, -1), part: 'evening' },
  { re: /this morning\b/iy, day: (_, today) => today, part: 'morning' },
  { re: /this afternoon\b/iy, day: (_, today) => today, part: 'afternoon' },
  { re: /this evening\b|tonight\b/iy, day: (_, today) => today, part: 'evening' },
  { re: /今天|今日|today\b/iy, day: (_, today) => today },
  { re: /大前天/y, day: (_, today) => addDays(today, -3) },
  { re: /前天|前日|the day before yesterday\b/iy, day: (_, today) => addDays(today, -2) },
  { re: /昨天|昨日|yesterday\b/iy, day: (_, today) => addDays(today, -1) },
  { re: /明天|明日|tomorrow\b/iy, day: (_, today) => addDays(today, 1) },
  { re: new RegExp(`(${number})天(?:之?前|以前)`, 'y'), day: (m, today) => addDays(today, -count(m[1] ?? '')) },
  { re: /(\d{1,2}) days? ago\b/iy, day: (m, today) => addDays(today, -Number(m[1])) },
  { re: /(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?(?!\d)/y, day: (m) => dated(Number(m[1]), Number(m[2]), Number(m[3])) },
  {
    re: new RegExp(`去年(${number})月(${number})[日号]`, 'y'),
    day: (m, today) => dated(partsOf(today).year - 1, count(m[1] ?? ''), count(m[2] ?? '')),
  },
  {
    re: new RegExp(`(?:今年)?(${number})月(${number})(?:[日号]|(?!\\d))`, 'y'),
    day: (m, today) => latest(count(m[1] ?? ''), count(m[2] ?? ''), today),
  },
  { re: /(\d{1,2})\/(\d{1,2})(?![\d/])/y, day: (m, today) => latest(Number(m[1]), Number(m[2]), today) },
  {
    re: new RegExp(`上个?月(${number})[日号]`, 'y'),
    day: (m, today) => latestDate(count(m[1] ?? ''), addDays(`${today.slice(0, 8)}01`, -1)),
  },
  {
    re: new RegExp(`(?:本月|这个月)?(${number})(?:日|号(?![楼文令线院机]))`, 'y'),
    day: (m, today) => latestDate(count(m[1] ?? ''), today),
  },
  { re: /上个?(?:周|星期|礼拜)([一二三四五六日天])/y, day: (m, today) => addDays(startOfWeek(today), weekdayOf(m[1] ?? '') - 8) },
  { re: /(?:本|这个?)(?:周|星期|礼拜)([一二三四五六日天])/y, day: (m, today) => addDays(startOfWeek(today), weekdayOf(m[1] ?? '') - 1) },
  { re: /(?:周|星期|礼拜)([一二三四五六日天])/y, day: (m, today) => lastWeekday(weekdayOf(m[1] ?? ''), today) },
  { re: new RegExp(`last ${dayWords}\\b`, 'iy'), day: (m, today) => lastWeekday(dayName(m[1] ?? '') as Weekday, addDays(today, -1)) },
  { re: new RegExp(`(?:this )?${dayWords}\\b`, 'iy'), day: (m, today) => lastWeekday(dayName(m[1] ?? '') as Weekday, today) },
  {
    re: new RegExp(`${monthWords}\\.? (\\d{1,2})(?:st|nd|rd|th)?(?!\\d)(?:,? (\\d{4}))?`, 'iy'),
    day: (m, today) =>
      m[3] ? dated(Number(m[3]), monthName(m[1] ?? ''), Number(m[2])) : latest(monthName(m[1] ?? ''), Number(m[2]), today),
  },
  {
    re: new RegExp(`(\\d{1,2})(?:st|nd|rd|th)? ${monthWords}\\b(?: (\\d{4}))?`, 'iy'),
    day: (m, today) =>
      m[3] ? dated(Number(m[3]), monthName(m[2] ?? ''), Number(m[1])) : latest(monthName(m[2] ?? ''), Number(m[1]), today),
  },
]

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
    time: (m, part) => (m[1]?.length === 2 && part === null ? clock24(m) : clock(Number(m[1]), Number(m[2]), part, null)),
  },
  {
    // 3点 is an hour, 3点意见 is not.
    re: new RegExp(`(${number})(?:点钟?|时)(半|一刻|三刻|整|(${number})分?)?(?![意建要体工希措问方内])`, 'y'),
    time: (m, part) => clock(count(m[1] ?? ''), m[2] === undefined ? 0 : (quarters[m[2]] ?? count(m[3] ?? '')), part, null),
  },
]
const clock24 = (m: RegExpExecArray) => clock(Number(m[1]), Number(m[2]), 'morning', null)

type Read = { at: number; end: number; day: string | null; part: Part | null; partWord: string; time: string | null; dayWord: string }
const joins = /(?:[\s,，、：:]|的|在|于|\b(?:on|at|in)\b)+/iy

function run(re: RegExp, line: string, at: number): RegExpExecArray | null {
  re.lastIndex = at
  return re.exec(line)
}

/** Day, part and hour standing together from a place on, in any order. */
function readAt(line: string, at: number, today: string): Read {
  const read: Read = { at, end: at, day: null, part: null, partWord: '', time: null, dayWord: '' }
  const step = (from: number): number | null => {
    if (read.day === null)
      for (const rule of dayRules) {
        const m = run(rule.re, line, from)
        const day = m && rule.day(m, today)
        if (!m || !day) continue
        read.day = day
        read.dayWord = m[0]
        read.part ??= rule.part ?? null
        if (rule.part)
          read.partWord = /^[a-z]/i.test(m[0])
            ? (m[0].split(' ')[1] ?? 'evening')
            : m[0].slice(1).replace('早', '早上').replace('晚', '晚上')
        return from + m[0].length
      }
    if (read.part === null)
      for (const rule of partRules) {
        const m = run(rule.re, line, from)
        if (!m) continue
        read.part = rule.part
        read.partWord = m[0].replace(/^in the /i, '')
        return from + m[0].length
      }
    if (read.time === null)
      for (const rule of timeRules) {
        const m = run(rule.re, line, from)
        const time = m && rule.time(m, read.part)
        if (!m || !time) continue
        read.time = time
        return from + m[0].length
      }
    return null
  }
  for (let next = step(at); next !== null; ) {
    read.end = next
    const gap = run(joins, line, next)
    next = step(next + (gap?.[0].length ?? 0))
  }
  return read
}

/** A day before which something is due, or from or until which it lasts, is not the day it was done. */
const bounds =
  /^\s*(?:之前|以前|前(?!往|去|来)|止|截止|到期|起(?!草|诉)|以来|之后|以后|(?:至|到)(?=\s*[\d一二三四五六七八九十今明月年])|deadline|due\b)/i
const ends = /^[\s,，。.;；、！!）)]*$/
/** Not within a word, a number or a date. */
const starts = (line: string, at: number) => {
  const before = line[at - 1] ?? ''
  const here = line[at] ?? ''
  const inWord = /[0-9a-z]/i.test(before) && /[0-9a-z]/i.test(here)
  return !inWord && !(/[〇零一二两三四五六七八九十第月年/.-]/.test(before) && /[\d一二两三四五六七八九十]/.test(here))
}

/** Reads the day and the hour out of a line: at its beginning, at its end, or a named day in between. Without one, today. */
export function readSaid(line: string, today: string): Said {
  const text = line.trim()
  const nothing: Said = { day: today, dayNamed: false, time: null, part: null, what: text }
  for (let at = 0; at < text.length; at += 1) {
    if (!starts(text, at)) continue
    const read = readAt(text, at, today)
    if (read.end === at) continue
    const rest = text.slice(read.end)
    const leads = ends.test(text.slice(0, at))
    const closes = ends.test(rest)
    if ((!leads && read.day === null) || (read.day !== null && bounds.test(rest))) {
      at = read.end - 1
      continue
    }
    const said = { day: read.day ?? today, dayNamed: read.day !== null, time: read.time, part: read.time === null ? read.part : null }
    if (!leads && !closes) return { ...said, what: text }
    if (ends.test(text.slice(0, at) + rest)) return { ...said, what: '' }
    const bare = leads ? rest.replace(/^(?:[\s,，、：:。]|的)+/, '') : text.slice(0, at).replace(/(?:[\s,，、：:]|\b(?:on|at|in)\b)+$/i, '')
    if (read.time !== null || read.part === null) return { ...said, what: bare }
    const latin = /[a-z]$/i.test(read.partWord)
    return { ...said, what: leads ? `${read.partWord}${latin ? ' ' : ''}${bare}` : `${bare}${latin ? ' ' : '，'}${read.partWord}` }
  }
  return nothing
}

/** Who is named in a line, in the order they are named. A name that two persons bear says nobody. */
export function namedIn(line: string, persons: readonly { id: string; name: string }[]): string[] {
  const bearers = [...Map.groupBy(persons, (person) => person.name)]
  const found: { id: string; at: number }[] = []
  let rest = line
  // Longer names first: 王建业 is not 王建.
  for (const [name, same] of bearers.sort(([a], [b]) => b.length - a.length)) {
    const at = rest.indexOf(name)
    if (name.length < 2 || at < 0) continue
    rest = rest.replaceAll(name, ' '.repeat(name.length))
    const [only, ...others] = same
    if (only && others.length === 0) found.push({ id: only.id, at })
  }
  return found.sort((a, b) => a.at - b.at).map(({ id }) => id)
}
