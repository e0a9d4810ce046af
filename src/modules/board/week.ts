import { addDays, daysBetween, startOfWeek } from '#kernel/calendar/days.ts'

/** Weeks as ISO 8601 numbers them, from Monday; pure. */

/** The week that a day is in: `2026-W12`. The week belongs to the year its Thursday is in. */
export function weekOf(day: string): string {
  const thursday = addDays(startOfWeek(day), 3)
  const year = thursday.slice(0, 4)
  const week = Math.floor(daysBetween(`${year}-01-01`, thursday) / 7) + 1
  return `${year}-W${String(week).padStart(2, '0')}`
}

/** The Monday of a week, or null where there is no such week (a 53rd in a year of 52). */
export function mondayOf(week: string): string | null {
  const read = /^(2[01]\d\d)-W(\d\d)$/.exec(week)
  if (!read) return null
  // 4 January is always in the first week.
  const first = startOfWeek(`${read[1]}-01-04`)
  const monday = addDays(first, (Number(read[2]) - 1) * 7)
  return weekOf(monday) === week ? monday : null
}

/** A week some weeks later or earlier. */
export const weekBeside = (monday: string, weeks: number): string => weekOf(addDays(monday, weeks * 7))
