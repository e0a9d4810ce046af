import { addDays, type Calendar, type CalendarYear, type SourcedYear } from '#kernel/calendar/index.ts'

/** Where a year's working days come from: the product, the installation's data folder (the command line), or the office itself. The later wins. */
export const sources = ['shipped', 'folder', 'office'] as const satisfies readonly SourcedYear['source'][]

/** What a year's notice is called where nobody named it. */
export const titleOf = (year: number): string => `${year}年放假安排`

/** The years in force: of each year what the office took in itself, else what lies in the data folder, else what was shipped. In order. */
export function inForce<Y extends SourcedYear>(years: readonly Y[]): Y[] {
  const best = new Map<number, Y>()
  for (const one of years) {
    const known = best.get(one.year)
    if (!known || sources.indexOf(one.source) >= sources.indexOf(known.source)) best.set(one.year, one)
  }
  return [...best.values()].sort((a, b) => a.year - b.year)
}

/** The hash of each year's days, under which days were counted: `2027` → hash. */
export type Marks = Record<string, string>

/** The years whose days are not what they were: changed, come or gone. In order. */
export function changedYears(before: Marks, now: Marks): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(now)])].filter((year) => before[year] !== now[year]).sort()
}

export type DayChange = { day: string; works: boolean; name: string }
/** The days of a year (and of the days around it that its notice names) that are worked under one calendar and not under the other. */
export function changedDays(before: Calendar, now: Calendar, year: number): DayChange[] {
  const changes: DayChange[] = []
  for (let day = `${year - 1}-12-25`; day <= `${year + 1}-01-07`; day = addDays(day, 1)) {
    const works = now.isWorkingDay(day)
    if (works !== before.isWorkingDay(day)) changes.push({ day, works, name: now.named(day)?.name ?? '' })
  }
  return changes
}

/** A year in figures, and its holidays in order: their days off, and the rest days worked for them. */
export function summaryOf(year: CalendarYear, calendar: Calendar) {
  const off = year.days.filter((day) => day.isOffDay).length
  return {
    year: year.year,
    daysOff: off,
    restDaysWorked: year.days.length - off,
    workingDays: calendar.workingDaysBetween(`${year.year - 1}-12-31`, `${year.year}-12-31`),
    holidays: [...new Set(year.days.map((day) => day.name))].map((name) => {
      const days = year.days.filter((day) => day.name === name)
      return {
        name,
        off: days.filter((day) => day.isOffDay).map((day) => day.date),
        work: days.filter((day) => !day.isOffDay).map((day) => day.date),
      }
    }),
  }
}
