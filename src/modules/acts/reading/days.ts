import { addDays, addMonths, dayAt, isDay, partsOf, startOfWeek, type Weekday, weekday } from '#kernel/calendar/index.ts'
import { numeral } from '#kernel/numerals.ts'

/** The words for a day, and what day each is; pure. */

export type Part = 'early' | 'morning' | 'noon' | 'afternoon' | 'evening'
/** A day said: the day, or null for one that does not exist; the part of the day, where the word says it too, and what then stays of the word. */
export type DaySaid = { end: number; day: string | null; part: Part | null; rest: string }
type DayRule = { re: RegExp; day: (m: RegExpExecArray, today: string) => string | null; part?: Part; rest?: string }

export const number = '(?:\\d{1,2}|[〇零一二两三四五六七八九]?十[一二三四五六七八九]?|[零一二两三四五六七八九])'
const year4 = '(\\d{4}|[〇零○一二三四五六七八九]{4})'
const yearOf = (text: string) =>
  /^\d/.test(text) ? Number(text) : Number([...text].map((sign) => numeral(sign === '○' ? '〇' : sign)).join(''))
/** The week in one sign, 一 to 日. */
const weekdayOf = (word: string): Weekday => ('一二三四五六日'.indexOf(word === '天' ? '日' : word) + 1) as Weekday
const week = '(?:周|星期|礼拜)'
const nameOf = (names: string[]) => (word: string) => names.indexOf(word.slice(0, 3).toLowerCase()) + 1
const dayName = nameOf(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])
const monthName = nameOf(['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'])
const dayWords = '(mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)'
const monthWords =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)'

const dated = (year: number, month: number, date: number): string | null => {
  const day = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`
  return isDay(day) ? day : null
}
/** Without a year it is the latest such day that has come; 2月29日 may be years back. */
function latest(month: number, date: number, today: string): string | null {
  const { year } = partsOf(today)
  for (const back of [0, 1, 2, 3, 4, 8]) {
    const day = dated(year - back, month, date)
    if (day !== null && day <= today) return day
    // Only a leap day is worth looking for further back.
    if (day === null && !(month === 2 && date === 29)) return null
  }
  return null
}
const lastWeekday = (to: Weekday, today: string) => addDays(today, -((weekday(today) - to + 7) % 7))
const dateOfMonth = (first: string, date: number) => dated(partsOf(first).year, partsOf(first).month, date)
/** The 20th: this month's, or last month's when that has not come. */
function latestDate(date: number, today: string): string | null {
  if (date < 1 || date > 31) return null
  const { year, month } = partsOf(today)
  const first = dayAt(year, month, 1)
  for (const back of [0, 1, 2]) {
    const day = dateOfMonth(addMonths(first, -back), date)
    if (day !== null && day <= today) return day
  }
  return null
}
const lastMonth = (today: string) => addMonths(`${today.slice(0, 8)}01`, -1)
/** After a date without 日: nothing that could be counted by it (11月20 学习, not 3月5个项目). */
const bareDate = '(?=[\\s,，、。.;；:：（(至到~～—–-]|$|上午|下午|早|晚|中午|凌晨|清晨|周|星期)'

/** What a number with 号 names when it is no date: a building, a paper, a site. */
const notADate =
  '楼|文|令|线|院|机(?!关)|台|馆|井|库|桥|坑|站|仓|厅|洞|口|车|路|门|公告|通知|通报|标段|项目|地块|工地|会议室|工程(?![科处部])'

const rules: DayRule[] = [
  { re: /今早|今晨/y, day: (_, today) => today, part: 'morning', rest: '早上' },
  { re: /今晚|今夜/y, day: (_, today) => today, part: 'evening', rest: '晚上' },
  { re: /昨晚|昨夜/y, day: (_, today) => addDays(today, -1), part: 'evening', rest: '晚上' },
  { re: /last night\b/iy, day: (_, today) => addDays(today, -1), part: 'evening', rest: 'night' },
  { re: /this morning\b/iy, day: (_, today) => today, part: 'morning', rest: 'morning' },
  { re: /this afternoon\b/iy, day: (_, today) => today, part: 'afternoon', rest: 'afternoon' },
  { re: /this evening\b|tonight\b/iy, day: (_, today) => today, part: 'evening', rest: 'evening' },
  { re: /今天|今日|today\b/iy, day: (_, today) => today },
  { re: /大前天/y, day: (_, today) => addDays(today, -3) },
  { re: /前天|前日|the day before yesterday\b/iy, day: (_, today) => addDays(today, -2) },
  { re: /昨天|昨日|yesterday\b/iy, day: (_, today) => addDays(today, -1) },
  { re: /大后天/y, day: (_, today) => addDays(today, 3) },
  { re: /后天/y, day: (_, today) => addDays(today, 2) },
  { re: /明天|明日|tomorrow\b/iy, day: (_, today) => addDays(today, 1) },
  { re: new RegExp(`(${number})天(?:之?前|以前)`, 'y'), day: (m, today) => addDays(today, -numeral(m[1] ?? '')) },
  { re: /(\d{1,2}) days? ago\b/iy, day: (m, today) => addDays(today, -Number(m[1])) },
  {
    re: new RegExp(`${year4}\\s?[-./年]\\s?(${number})\\s?[-./月]\\s?(${number})(?:\\s?[日号]|(?!\\d))`, 'y'),
    day: (m) => dated(yearOf(m[1] ?? ''), numeral(m[2] ?? ''), numeral(m[3] ?? '')),
  },
  {
    re: new RegExp(`(去年|前年)(${number})\\s?月\\s?(${number})\\s?[日号]`, 'y'),
    day: (m, today) => dated(partsOf(today).year - (m[1] === '去年' ? 1 : 2), numeral(m[2] ?? ''), numeral(m[3] ?? '')),
  },
  {
    re: new RegExp(`今年(${number})\\s?月\\s?(${number})\\s?[日号]`, 'y'),
    day: (m, today) => dated(partsOf(today).year, numeral(m[1] ?? ''), numeral(m[2] ?? '')),
  },
  {
    re: new RegExp(`(${number})\\s?月\\s?(${number})(?:\\s?[日号]|${bareDate})`, 'y'),
    day: (m, today) => latest(numeral(m[1] ?? ''), numeral(m[2] ?? ''), today),
  },
  {
    re: /(\d{1,2})\/(\d{1,2})(?![\d/])/y,
    day: (m, today) => latest(Number(m[1]), Number(m[2]), today),
  },
  { re: new RegExp(`上个?月(${number})\\s?[日号]`, 'y'), day: (m, today) => dateOfMonth(lastMonth(today), numeral(m[1] ?? '')) },
  {
    re: new RegExp(`(?:本月|这个月|当月)(${number})\\s?[日号]`, 'y'),
    day: (m, today) => dateOfMonth(`${today.slice(0, 8)}01`, numeral(m[1] ?? '')),
  },
  {
    re: new RegExp(`(${number})\\s?(?:日|号(?!${notADate}))`, 'y'),
    day: (m, today) => latestDate(numeral(m[1] ?? ''), today),
  },
  {
    re: new RegExp(`(上*)上个?${week}([一二三四五六日天])`, 'y'),
    day: (m, today) => addDays(startOfWeek(today), weekdayOf(m[2] ?? '') - 8 - 7 * (m[1] ?? '').length),
  },
  {
    re: new RegExp(`(?:本|这个?)${week}([一二三四五六日天])`, 'y'),
    day: (m, today) => addDays(startOfWeek(today), weekdayOf(m[1] ?? '') - 1),
  },
  { re: new RegExp(`下个?${week}([一二三四五六日天])`, 'y'), day: (m, today) => addDays(startOfWeek(today), weekdayOf(m[1] ?? '') + 6) },
  { re: new RegExp(`${week}([一二三四五六日天])(?!天)`, 'y'), day: (m, today) => lastWeekday(weekdayOf(m[1] ?? ''), today) },
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

function run(re: RegExp, line: string, at: number): RegExpExecArray | null {
  re.lastIndex = at
  return re.exec(line)
}

/** A day said at this place of a line; null when none is. */
export function dayAtPlace(line: string, at: number, today: string): DaySaid | null {
  for (const rule of rules) {
    const m = run(rule.re, line, at)
    if (m) return { end: at + m[0].length, day: rule.day(m, today), part: rule.part ?? null, rest: rule.rest ?? '' }
  }
  return null
}

const bracketed = new RegExp(`\\s?[（(]?\\s?${week}([一二三四五六日天])\\s?[）)]?`, 'y')
/** A weekday that stands behind a date: 3月5日（周四）. */
export function weekdayBehind(line: string, at: number): { end: number; weekday: Weekday } | null {
  const m = run(bracketed, line, at)
  // Both brackets or none.
  if (!m || /[（(]/.test(m[0]) !== /[）)]/.test(m[0])) return null
  return { end: at + m[0].length, weekday: weekdayOf(m[1] ?? '') }
}

const joined = /\s?(?:至|到|—+|–+|-|~|～)\s?/y
const dateOnly = new RegExp(`(${number})(?:\\s?[日号]|${bareDate})`, 'y')
const weekdayOnly = new RegExp(`${week}([一二三四五六日天])`, 'y')
/** The last day of days that are said from … to …, behind the first one: 3月5日至7日, 5日到4月2日, 周一至周三. Null day: it does not exist. */
export function lastDayBehind(line: string, at: number, first: string, today: string): { end: number; day: string | null } | null {
  const link = run(joined, line, at)
  if (!link) return null
  const from = at + link[0].length
  const days = run(weekdayOnly, line, from)
  if (days) return { end: from + days[0].length, day: addDays(first, (weekdayOf(days[1] ?? '') - weekday(first) + 7) % 7) }
  const full = dayAtPlace(line, from, today)
  const date = run(dateOnly, line, from)
  if (date && (full === null || full.end === from + date[0].length)) {
    const day = dateOfMonth(`${first.slice(0, 8)}01`, numeral(date[1] ?? ''))
    return { end: from + date[0].length, day }
  }
  if (full === null) return null
  // A day without a year is the next such day from the first one on, if it has come; what ends before it began is for the reader to ask about.
  if (full.day === null || full.day >= first) return full
  const years = [first.slice(0, 4), String(Number(first.slice(0, 4)) + 1)]
  const next = years.map((year) => `${year}${full.day?.slice(4)}`).find((day) => isDay(day) && day >= first && day <= today)
  return { end: full.end, day: next ?? full.day }
}

/** Days that are said only roughly, with the days they may mean. */
export type Vague = { end: number; from: string; until: string }
const monthWindow = (first: string, word: string) => {
  const last = addDays(addMonths(first, 1), -1)
  if (/初|上旬/.test(word)) return { from: first, until: addDays(first, 9) }
  if (/中/.test(word)) return { from: addDays(first, 10), until: addDays(first, 19) }
  if (/底|末|下旬/.test(word)) return { from: addDays(first, 20), until: last }
  return { from: first, until: last }
}
const vagueRules: { re: RegExp; window: (m: RegExpExecArray, today: string) => { from: string; until: string } | null }[] = [
  {
    re: new RegExp(`(?:(${number})月份?|(上个?月)|(?:本月|这个月))(初|中旬?|底|末|上旬|下旬)`, 'y'),
    window: (m, today) => {
      const first = m[1] ? latest(numeral(m[1]), 1, today) : m[2] ? lastMonth(today) : `${today.slice(0, 8)}01`
      return first === null ? null : monthWindow(first, m[3] ?? '')
    },
  },
  {
    re: new RegExp(`(?:${year4}\\s?年\\s?)?(${number})\\s?月份?(?![\\d一二三四五六七八九十])`, 'y'),
    window: (m, today) => {
      const month = numeral(m[2] ?? '')
      const first = m[1] ? dated(yearOf(m[1]), month, 1) : latest(month, 1, today)
      return first === null ? null : monthWindow(first, '')
    },
  },
  { re: /月初|月中旬?|月底|月末|上旬|中旬|下旬/y, window: (m, today) => monthWindow(`${today.slice(0, 8)}01`, m[0]) },
  { re: /上个?月/y, window: (_, today) => monthWindow(lastMonth(today), '') },
  { re: /本月|这个月/y, window: (_, today) => monthWindow(`${today.slice(0, 8)}01`, '') },
  { re: /年初/y, window: (_, today) => ({ from: `${today.slice(0, 4)}-01-01`, until: `${today.slice(0, 4)}-02-28` }) },
  { re: /上个?周末/y, window: (_, today) => ({ from: addDays(startOfWeek(today), -2), until: addDays(startOfWeek(today), -1) }) },
  { re: /周末/y, window: (_, today) => ({ from: lastWeekday(6, today), until: addDays(lastWeekday(6, today), 1) }) },
  {
    re: new RegExp(`上个?${week}(?![一二三四五六日天末])|last week\\b`, 'iy'),
    window: (_, today) => ({ from: addDays(startOfWeek(today), -7), until: addDays(startOfWeek(today), -1) }),
  },
  {
    re: new RegExp(`(?:本|这个?)${week}(?![一二三四五六日天末])|this week\\b`, 'iy'),
    window: (_, today) => ({ from: startOfWeek(today), until: today }),
  },
  {
    re: /前几天|前两天|前些天|前些日子|前段时间|前不久|不久前|这几天|这两天|近日|近期|最近|日前|the other day\b|recently\b/iy,
    window: (_, today) => ({ from: addDays(today, -14), until: today }),
  },
]
/** Days said only roughly at this place of a line (月初, 上周, 前几天), none of them after today; null when none are. */
export function vagueAt(line: string, at: number, today: string): Vague | null {
  for (const { re, window } of vagueRules) {
    const m = run(re, line, at)
    const days = m && window(m, today)
    if (m && days)
      return { end: at + m[0].length, from: days.from > today ? today : days.from, until: days.until > today ? today : days.until }
  }
  return null
}
