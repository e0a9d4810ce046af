import type { Lang } from '#kernel/errors.ts'

/** Days as people say them. A day is `YYYY-MM-DD`, without a zone. */

const at = (day: string) => new Date(`${day}T00:00:00Z`)
const formats = new Map<string, Intl.DateTimeFormat>()

function format(lang: Lang, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${lang} ${JSON.stringify(options)}`
  const made = formats.get(key) ?? new Intl.DateTimeFormat(lang === 'en' ? 'en-US' : 'zh-CN', { timeZone: 'UTC', ...options })
  formats.set(key, made)
  return made
}

export type SaidDay = {
  weekday?: boolean /** With the year; left out: only when it is not `thisYear`. */
  year?: boolean
  thisYear?: string
}

/** 11月23日, 2025年3月15日, 11月24日 星期二; Nov 23, Mar 15, 2025, Tue, Nov 24. What is no day comes back as it is. */
export function sayDay(day: string, lang: Lang, options: SaidDay = {}): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(at(day).getTime())) return day
  const year = options.year ?? (options.thisYear !== undefined && !day.startsWith(options.thisYear.slice(0, 4)))
  const date = format(lang, { ...(year ? { year: 'numeric' } : {}), month: lang === 'en' ? 'short' : 'long', day: 'numeric' }).format(
    at(day),
  )
  if (!options.weekday) return date
  const weekday = format(lang, { weekday: lang === 'en' ? 'short' : 'long' }).format(at(day))
  return lang === 'en' ? `${weekday}, ${date}` : `${date} ${weekday}`
}

/** An instant in the reader's words: 11月24日 09:30, in the office's zone. */
export function sayInstant(instant: string, lang: Lang, zone: string): string {
  const date = new Date(instant)
  if (Number.isNaN(date.getTime())) return instant
  return new Intl.DateTimeFormat(lang === 'en' ? 'en-US' : 'zh-CN', {
    timeZone: zone,
    year: 'numeric',
    month: lang === 'en' ? 'short' : 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(date)
}

/** The day of an instant in the office's zone, `YYYY-MM-DD`. */
export const dayOf = (instant: string, zone: string): string => dayIn(zone).format(new Date(instant))

const zones = new Map<string, Intl.DateTimeFormat>()
function dayIn(zone: string): Intl.DateTimeFormat {
  const made = zones.get(zone) ?? new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
  zones.set(zone, made)
  return made
}

/** The hour of an instant in the office's zone, `HH:MM`. */
export const hourOf = (instant: string, zone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(instant))

/** A day some days later or earlier. */
export function daysFrom(day: string, days: number): string {
  const date = at(day)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

/** Days that are often looked back to: yesterday, the end of last month and of last quarter, the first of the year. */
export function quickDays(
  today: string,
): { word: 'asOf.yesterday' | 'asOf.lastMonth' | 'asOf.lastQuarter' | 'asOf.yearStart'; day: string }[] {
  const [year = '', month = ''] = today.split('-')
  const firstOfQuarter = String(Math.floor((Number(month) - 1) / 3) * 3 + 1).padStart(2, '0')
  return [
    { word: 'asOf.yesterday', day: daysFrom(today, -1) },
    { word: 'asOf.lastMonth', day: daysFrom(`${year}-${month}-01`, -1) },
    { word: 'asOf.lastQuarter', day: daysFrom(`${year}-${firstOfQuarter}-01`, -1) },
    { word: 'asOf.yearStart', day: `${year}-01-01` },
  ]
}
