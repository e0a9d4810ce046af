import { type Day, dayOfNumber, numberOf } from './days.ts'
import { decline } from './refusals.ts'

const DAY = 86_400_000
const SHANGHAI = 'Asia/Shanghai'
const SHANGHAI_OFFSET = 8 * 3_600_000
// China kept summer time until September 1991; from 1992 on the offset is fixed and needs no formatter.
const SHANGHAI_FIXED_FROM = Date.UTC(1992, 0, 1)
const WIDEST_OFFSET = 16 * 3_600_000

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone)
  if (known) return known
  try {
    const made = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'iso8601',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    })
    formatters.set(zone, made)
    return made
  } catch {
    return decline('calendar.bad_zone', { zone: String(zone).slice(0, 60) })
  }
}

function numberIn(ms: number, zone: string): number {
  if (zone === SHANGHAI && ms >= SHANGHAI_FIXED_FROM) return Math.floor((ms + SHANGHAI_OFFSET) / DAY)
  let year = ''
  let month = ''
  let day = ''
  for (const part of formatterOf(zone).formatToParts(ms)) {
    if (part.type === 'year') year = part.value.padStart(4, '0')
    else if (part.type === 'month') month = part.value.padStart(2, '0')
    else if (part.type === 'day') day = part.value.padStart(2, '0')
  }
  return numberOf(`${year}-${month}-${day}`)
}

/** The day it is in `zone` (IANA name) at an instant. Refuses `calendar.bad_zone`, and `calendar.bad_day` for an invalid Date. */
export function dayOf(instant: Date, zone: string): Day {
  const ms = instant.getTime()
  if (Number.isNaN(ms)) decline('calendar.bad_day', { day: 'Invalid Date' })
  return dayOfNumber(numberIn(ms, zone))
}

/** Today in `zone`, by the clock the caller hands in. */
export const todayIn = (zone: string, now: Date): Day => dayOf(now, zone)

/**
 * The first instant of a day in `zone`. Days do not always begin at 00:00 (summer time may start at midnight), so other zones than
 * Shanghai are searched for the instant at which the day changes.
 */
export function instantAtStartOfDay(day: Day, zone: string): Date {
  const number = numberOf(day)
  const utc = number * DAY
  if (zone === SHANGHAI && utc - SHANGHAI_OFFSET >= SHANGHAI_FIXED_FROM) return new Date(utc - SHANGHAI_OFFSET)
  let before = utc - WIDEST_OFFSET
  let from = utc + WIDEST_OFFSET
  while (from - before > 1) {
    const middle = Math.floor((before + from) / 2)
    if (numberIn(middle, zone) >= number) from = middle
    else before = middle
  }
  return new Date(from)
}

/**
 * The last instant (millisecond) of a day in `zone`: what was recorded by then belongs to the view "as of that day". A store that keeps
 * microseconds compares with `< instantAtStartOfDay(addDays(day, 1), zone)` instead, or it loses the last millisecond.
 */
export const instantAtEndOfDay = (day: Day, zone: string): Date =>
  new Date(instantAtStartOfDay(dayOfNumber(numberOf(day) + 1), zone).getTime() - 1)
