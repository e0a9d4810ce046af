import { type Day, dayOfNumber, numberOf, weekdayOfNumber } from './days.ts'
import { decline } from './refusals.ts'

/** One named day of a year's notice: off, or a rest day that is worked (调休). */
export type CalendarDay = { name: string; date: Day; isOffDay: boolean }

/** What one year's notice says (国务院办公厅, yearly, around November of the year before). `papers` are the addresses of the notice. */
export type CalendarYear = { year: number; papers: string[]; days: CalendarDay[] }

/** A year with where it comes from: the product, the installation's data folder, or the office itself; and what the notice is called. */
export type SourcedYear = CalendarYear & { source: 'shipped' | 'folder' | 'office'; name: string }

/** Working days: Monday to Friday, changed by the notices of the years it was built from. All arithmetic is O(log n) in the named days. */
export type Calendar = {
  /** Years with a notice, ascending. */
  readonly years: readonly number[]
  /** Whether the day's year has a notice; otherwise Monday to Friday is assumed for it. */
  knows(day: Day): boolean
  /** Whether any year from `a` to `b` (either order) has no notice, so that a result over this stretch is an assumption. */
  assumes(a: Day, b: Day): boolean
  isWorkingDay(day: Day): boolean
  /** What the notice calls this day, when it names it. */
  named(day: Day): CalendarDay | null
  /** The day itself does not count, day 1 is the next working day; n < 0 counts back; n = 0 is the day itself. */
  addWorkingDays(day: Day, n: number): Day
  /** Working days after `a` up to and including `b`; when `b` is earlier, minus those from `b` to before `a`. The inverse of `addWorkingDays`. */
  workingDaysBetween(a: Day, b: Day): number
  lastWorkingDayOnOrBefore(day: Day): Day
  nextWorkingDayOnOrAfter(day: Day): Day
}

const weekdaysBefore = (number: number): number => {
  // Day -3 was a Monday, so whole weeks begin there.
  const sinceMonday = number + 3
  const weeks = Math.floor(sinceMonday / 7)
  return weeks * 5 + Math.min(sinceMonday - weeks * 7, 5)
}

/** How many of the ascending `numbers` are below `limit`. */
function countBelow(numbers: Int32Array, limit: number): number {
  let low = 0
  let high = numbers.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((numbers[middle] as number) < limit) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * Builds a calendar. A later entry for the same year replaces an earlier one (an imported notice over the shipped one); a day that two
 * years' notices name (1 January's holiday may begin in December) follows the later year's.
 */
export function calendarOf(given: readonly CalendarYear[]): Calendar {
  const byYear = new Map(given.map((year) => [year.year, year]))
  const years = [...byYear.keys()].sort((a, b) => a - b)
  const names = new Map<number, CalendarDay>()
  for (const year of years) for (const day of byYear.get(year)?.days ?? []) names.set(numberOf(day.date), day)

  // Only what differs from Monday to Friday: +1 for a worked rest day, -1 for a weekday off, as running sums in order of days.
  const changes = [...names]
    .map(([number, day]) => ({ number, change: Number(!day.isOffDay) - Number(weekdayOfNumber(number) <= 5) }))
    .filter((entry) => entry.change !== 0)
    .sort((a, b) => a.number - b.number)
  const numbers = Int32Array.from(changes, (entry) => entry.number)
  const sums = new Int32Array(changes.length + 1)
  for (const [i, entry] of changes.entries()) sums[i + 1] = (sums[i] ?? 0) + entry.change

  const works = (number: number): boolean => {
    const day = names.get(number)
    return day ? !day.isOffDay : weekdayOfNumber(number) <= 5
  }
  const workedBefore = (number: number): number => weekdaysBefore(number) + (sums[countBelow(numbers, number)] ?? 0)

  /** The working day that has exactly `count` working days before it. */
  const workedAt = (count: number): number => {
    // Without the changes the answer would be near here; each change moves it by at most one working day.
    const guess = Math.floor(count / 5) * 7 - 3
    const slack = Math.ceil((numbers.length + 5) / 5) * 7 + 7
    let low = guess - slack
    let high = guess + slack
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      if (workedBefore(middle + 1) > count) high = middle
      else low = middle + 1
    }
    return low
  }

  const add = (number: number, n: number): number => {
    if (n === 0) return number
    return n > 0 ? workedAt(workedBefore(number + 1) + n - 1) : workedAt(workedBefore(number) + n)
  }
  const yearOf = (day: Day): number => Number(day.slice(0, 4))
  const known = (year: number): boolean => byYear.has(year)

  return {
    years,
    knows: (day) => known(yearOf(dayOfNumber(numberOf(day)))),
    assumes: (a, b) => {
      const [first, last] = a <= b ? [yearOf(a), yearOf(b)] : [yearOf(b), yearOf(a)]
      for (let year = first; year <= last; year++) if (!known(year)) return true
      return false
    },
    isWorkingDay: (day) => works(numberOf(day)),
    named: (day) => names.get(numberOf(day)) ?? null,
    addWorkingDays: (day, n) =>
      Number.isSafeInteger(n) ? dayOfNumber(add(numberOf(day), n)) : decline('calendar.bad_span', { span: `${n}wd`, max: 5000 }),
    workingDaysBetween: (a, b) => {
      const from = numberOf(a)
      const to = numberOf(b)
      return to >= from ? workedBefore(to + 1) - workedBefore(from + 1) : workedBefore(to) - workedBefore(from)
    },
    lastWorkingDayOnOrBefore: (day) => dayOfNumber(add(numberOf(day) + 1, -1)),
    nextWorkingDayOnOrAfter: (day) => dayOfNumber(add(numberOf(day) - 1, 1)),
  }
}
