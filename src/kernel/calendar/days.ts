import { decline } from './refusals.ts'

/**
 * A calendar day, 'YYYY-MM-DD', of the proleptic Gregorian calendar, years 0001 to 9999. Days compare as strings.
 * Nothing here goes through `Date`: a `Date` is an instant, and reading a day out of it depends on a zone.
 */
export type Day = string

/** Monday 1 … Sunday 7, as in ISO 8601. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7

const digit = (text: string, at: number): number => {
  const code = text.charCodeAt(at) - 48
  return code >= 0 && code <= 9 ? code : Number.NaN
}

const leap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Days in a month (1–12) of a year. */
export const monthLength = (year: number, month: number): number => (month === 2 && leap(year) ? 29 : (lengths[month - 1] ?? 0))

function partsOrNull(day: string): { year: number; month: number; date: number } | null {
  if (typeof day !== 'string' || day.length !== 10 || day[4] !== '-' || day[7] !== '-') return null
  const year = digit(day, 0) * 1000 + digit(day, 1) * 100 + digit(day, 2) * 10 + digit(day, 3)
  const month = digit(day, 5) * 10 + digit(day, 6)
  const date = digit(day, 8) * 10 + digit(day, 9)
  return year >= 1 && month >= 1 && month <= 12 && date >= 1 && date <= monthLength(year, month) ? { year, month, date } : null
}

/** Whether a text is a day that exists. */
export const isDay = (text: unknown): text is Day => typeof text === 'string' && partsOrNull(text) !== null

/** Year, month 1–12 and date 1–31 of a day. Refuses `calendar.bad_day`. */
export const partsOf = (day: Day): { year: number; month: number; date: number } =>
  partsOrNull(day) ?? decline('calendar.bad_day', { day: String(day).slice(0, 40) })

const pad = (value: number, width: number): string => String(value).padStart(width, '0')

/** The day of a year, month and date. Refuses `calendar.bad_day` when there is none. */
export function dayAt(year: number, month: number, date: number): Day {
  const day = `${pad(year, 4)}-${pad(month, 2)}-${pad(date, 2)}`
  return partsOrNull(day) ? day : decline('calendar.bad_day', { day })
}

// Years are counted from March, so that the leap day falls at the end of a year and month lengths follow one formula.
const MARCH_YEAR_ZERO_TO_1970 = 719468
const DAYS_IN_400_YEARS = 146097

/** Days since 1970-01-01 (day 0). Refuses `calendar.bad_day`. */
export function numberOf(day: Day): number {
  const { year, month, date } = partsOf(day)
  const y = month > 2 ? year : year - 1
  const era = Math.floor(y / 400)
  const ofEra = y - era * 400
  const ofYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + date - 1
  return era * DAYS_IN_400_YEARS + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - MARCH_YEAR_ZERO_TO_1970
}

/** The day that lies so many days after 1970-01-01. Refuses `calendar.bad_day` outside the years 0001–9999. */
export function dayOfNumber(number: number): Day {
  const shifted = number + MARCH_YEAR_ZERO_TO_1970
  const era = Math.floor(shifted / DAYS_IN_400_YEARS)
  const ofEra = shifted - era * DAYS_IN_400_YEARS
  const yearOfEra = Math.floor((ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36524) - Math.floor(ofEra / 146096)) / 365)
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const march = Math.floor((5 * ofYear + 2) / 153)
  const month = march < 10 ? march + 3 : march - 9
  return dayAt(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, ofYear - Math.floor((153 * march + 2) / 5) + 1)
}

/** ISO weekday of a day number: 1970-01-01 was a Thursday. */
export const weekdayOfNumber = (number: number): Weekday => (((((number + 3) % 7) + 7) % 7) + 1) as Weekday

/** ISO weekday of a day, Monday 1 … Sunday 7. */
export const weekday = (day: Day): Weekday => weekdayOfNumber(numberOf(day))

/** The day `n` days later (earlier when negative). */
export const addDays = (day: Day, n: number): Day => dayOfNumber(numberOf(day) + n)

/** Days from `from` to `to`: 0 for the same day, negative when `to` is earlier. */
export const daysBetween = (from: Day, to: Day): number => numberOf(to) - numberOf(from)

/**
 * The day `n` months later (earlier when negative): the same date, or the last day of the month where it has no such date
 * (01-31 + 1 month = 02-28 or 02-29). 民法典 art. 202.
 */
export function addMonths(day: Day, n: number): Day {
  const { year, month, date } = partsOf(day)
  const index = year * 12 + month - 1 + n
  const toYear = Math.floor(index / 12)
  const toMonth = index - toYear * 12 + 1
  return dayAt(toYear, toMonth, Math.min(date, monthLength(toYear, toMonth)))
}

/** First day of the day's month. */
export function startOfMonth(day: Day): Day {
  const { year, month } = partsOf(day)
  return dayAt(year, month, 1)
}

/** Last day of the day's month. */
export function endOfMonth(day: Day): Day {
  const { year, month } = partsOf(day)
  return dayAt(year, month, monthLength(year, month))
}

/** First day of the day's quarter. */
export function startOfQuarter(day: Day): Day {
  const { year, month } = partsOf(day)
  return dayAt(year, month - ((month - 1) % 3), 1)
}

/** First day of the day's year. */
export const startOfYear = (day: Day): Day => dayAt(partsOf(day).year, 1, 1)

/** Monday of the day's week. */
export const startOfWeek = (day: Day): Day => addDays(day, 1 - weekday(day))

/** The earlier and the later of two days. */
export const earlier = (a: Day, b: Day): Day => (a < b ? a : b)
export const later = (a: Day, b: Day): Day => (a > b ? a : b)
