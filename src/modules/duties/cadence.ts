import { type Cadence, parseCadence } from '#kernel/calendar/index.ts'
import { type Lang, Refusal } from '#kernel/errors.ts'

/** How often, in words: a duty's RRULE said in both languages, chosen in a form, and its periods named. Pure. */

export const everies = ['month', 'quarter', 'half', 'year', 'week', 'fortnight', 'day', 'once', 'standing'] as const
export type Every = (typeof everies)[number]
/**
 * A cadence as a form asks for it. `on`: the day it is due — a date of the (last) month (1–31, -1 its end) for months, quarters, half-years and
 * years; a weekday (1–7) for weeks; null leaves it to the last working day. `month`: of a year.
 */
export type CadenceChoice = { every: Every; on: number | null; month: number | null }

const months: Partial<Record<Every, number>> = { month: 1, quarter: 3, half: 6 }
const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

/** The RRULE of a choice; null where nothing recurs. */
export function rruleOf({ every, on, month }: CadenceChoice): string | null {
  const interval = months[every]
  const date = on === null ? '' : `;BYMONTHDAY=${on}`
  if (interval !== undefined) return `FREQ=MONTHLY${interval > 1 ? `;INTERVAL=${interval}` : ''}${date}`
  const weekday = on === null ? '' : `;BYDAY=${weekdays[on - 1]}`
  if (every === 'week') return `FREQ=WEEKLY${weekday}`
  if (every === 'fortnight') return `FREQ=WEEKLY;INTERVAL=2${weekday}`
  if (every === 'year') return `FREQ=YEARLY${month === null ? '' : `;BYMONTH=${month}`}${date}`
  return every === 'day' ? 'FREQ=DAILY' : null
}

/** The choice behind an RRULE and a due day; null when the form cannot say it (it stays as it is then). */
export function choiceOf(rrule: string | null, due: string | null): CadenceChoice | null {
  const none = { on: null, month: null }
  if (rrule === null) return { every: due === null ? 'standing' : 'once', ...none }
  const cadence = parsed(rrule)
  if (!cadence || cadence.until !== null || cadence.count !== null || cadence.byDay.some(({ nth }) => nth !== 0)) return null
  const { freq, interval, byMonth, byMonthDay, byDay } = cadence
  if (freq === 'DAILY') return byDay.length === 0 ? { every: 'day', ...none } : null
  if (freq === 'WEEKLY')
    return interval > 2 ? null : { every: interval === 2 ? 'fortnight' : 'week', on: byDay[0]?.weekday ?? null, month: null }
  if (freq === 'YEARLY') return interval > 1 ? null : { every: 'year', on: byMonthDay, month: byMonth }
  const every = everies.find((one) => months[one] === interval)
  return every ? { every, on: byMonthDay, month: null } : null
}

function parsed(rrule: string): Cadence | null {
  try {
    return parseCadence(rrule)
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}

const han = ['日', '一', '二', '三', '四', '五', '六', '日']
const numerals = ['零', '一', '两', '三', '四', '五', '六', '七', '八', '九', '十']
const inHan = (n: number) => numerals[n] ?? String(n)
const english = ['', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const monthNames = [
  '',
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]
const small = ['', 'first', 'second', 'third', 'fourth', 'fifth']
const ordinal = (n: number) => `${n}${n % 100 > 10 && n % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')}`

/** What a cadence repeats over: 每季度, every quarter. */
function everyWords({ freq, interval, byDay }: Cadence, zh: boolean): string {
  if (freq === 'DAILY') {
    if (byDay.length === 0) return zh ? '每个工作日' : 'every working day'
    return zh
      ? `每周${byDay.map(({ weekday }) => han[weekday]).join('、')}`
      : `every ${byDay.map(({ weekday }) => english[weekday]).join(', ')}`
  }
  if (freq === 'WEEKLY') return interval === 1 ? (zh ? '每周' : 'every week') : zh ? `每${inHan(interval)}周` : `every ${interval} weeks`
  const spans: Record<number, [string, string]> = {
    1: ['每月', 'every month'],
    3: ['每季度', 'every quarter'],
    6: ['每半年', 'every half-year'],
    12: ['每年', 'every year'],
  }
  const length = freq === 'YEARLY' ? interval * 12 : interval
  const own = spans[length]
  if (own) return own[zh ? 0 : 1]
  if (length % 12 === 0) return zh ? `每${inHan(length / 12)}年` : `every ${length / 12} years`
  return zh ? `每${inHan(length)}个月` : `every ${length} months`
}

/** By when within the period: 25日前, by the 25th; empty for the last working day. */
function byWords(cadence: Cadence, zh: boolean): string {
  const { freq, interval, byMonth, byMonthDay, byDay } = cadence
  const on = byDay[0]
  if (freq === 'DAILY') return ''
  if (freq === 'WEEKLY') return on ? (zh ? `周${han[on.weekday]}前` : `by ${english[on.weekday]}`) : ''
  const single = freq === 'MONTHLY' && interval === 1
  const monthZh = byMonth !== null ? `${byMonth}月` : single ? '' : freq === 'YEARLY' ? '12月' : '末月'
  const monthEn = byMonth !== null ? ` of ${monthNames[byMonth]}` : single ? '' : freq === 'YEARLY' ? ' of December' : ' of its last month'
  if (on) {
    const zhNth = on.nth < 0 ? '最后一个' : `第${['', '一', '二', '三', '四', '五'][on.nth]}个`
    const enNth = on.nth < 0 ? 'last' : small[on.nth]
    return zh ? `${monthZh}${zhNth}周${han[on.weekday]}前` : `by the ${enNth} ${english[on.weekday]}${monthEn}`
  }
  if (byMonthDay === null && byMonth === null) return ''
  const end = byMonthDay === null || byMonthDay === -1
  if (zh)
    return end
      ? byMonth === null && !single
        ? '期末前'
        : `${monthZh || '月'}底前`
      : byMonthDay < 0
        ? `${monthZh}倒数第${-byMonthDay}天前`
        : `${monthZh}${byMonthDay}日前`
  if (end) return byMonth === null && !single ? 'by its end' : `by the end${byMonth === null ? '' : monthEn}`
  return byMonthDay < 0 ? `by the ${ordinal(-byMonthDay)} day from the end${monthEn}` : `by the ${ordinal(byMonthDay)}${monthEn}`
}

/** A duty's cadence in words: 每季度，末月25日前; 一次，2026年12月31日前; 长期. A rule that cannot be read is given back as it is. */
export function sayCadence(rrule: string | null, due: string | null, lang: Lang): string {
  const zh = lang === 'zh-CN'
  if (rrule === null)
    return due === null ? (zh ? '长期' : 'standing') : zh ? `一次，${dayWords(due, true)}前` : `once, by ${dayWords(due, false)}`
  const cadence = parsed(rrule)
  if (!cadence) return rrule
  const until = cadence.until === null ? '' : zh ? `到${dayWords(cadence.until, true)}为止` : `until ${dayWords(cadence.until, false)}`
  const count =
    cadence.count === null ? '' : zh ? `共${cadence.count}次` : cadence.count === 1 ? 'once in all' : `${cadence.count} times in all`
  return [everyWords(cadence, zh), byWords(cadence, zh), until, count].filter(Boolean).join(zh ? '，' : ', ')
}

function dayWords(day: string, zh: boolean): string {
  const [year = '', month = '', date = ''] = day.split('-')
  return zh ? `${year}年${Number(month)}月${Number(date)}日` : `${Number(date)} ${monthNames[Number(month)]} ${year}`
}

/** A period's key in words: 2026-Q2 → 第二季度 (with its year unless that is `today`'s), 2026-W07 → 第7周, once → 一次. */
export function sayPeriod(key: string, lang: Lang, today: string): string {
  const zh = lang === 'zh-CN'
  if (key === 'once') return zh ? '一次' : 'once'
  const m = /^(\d{4})(?:-(?:(Q)(\d)|(H)(\d)|(W)(\d{2})|(\d{2})(?:-(\d{2}))?))?(?:\+(\d+))?$/.exec(key)
  if (!m) return key
  const [, year = '', , quarter, , half, , week, month, date, length] = m
  const away = year === today.slice(0, 4) ? null : year
  const dated = (words: string) => (away === null ? words : zh ? `${away}年${words}` : `${words} ${away}`)
  const last = (first: string) => Number(first) + Number(length ?? 1) - 1
  if (quarter) return dated(zh ? `第${han[Number(quarter)]}季度` : `Q${quarter}`)
  if (half) return dated(zh ? (half === '1' ? '上半年' : '下半年') : half === '1' ? 'first half' : 'second half')
  if (week)
    return dated(
      zh
        ? length
          ? `第${Number(week)}—${last(week)}周`
          : `第${Number(week)}周`
        : length
          ? `weeks ${Number(week)}–${last(week)}`
          : `week ${Number(week)}`,
    )
  if (month && date) return dated(zh ? `${Number(month)}月${Number(date)}日` : `${Number(date)} ${monthNames[Number(month)]}`)
  if (month)
    return dated(
      length
        ? zh
          ? `${Number(month)}—${last(month)}月`
          : `${monthNames[Number(month)]}–${monthNames[last(month)]}`
        : zh
          ? `${Number(month)}月`
          : (monthNames[Number(month)] ?? key),
    )
  return length ? (zh ? `${year}—${last(year)}年` : `${year}–${last(year)}`) : zh ? `${year}年` : year
}
