import { createHash } from 'node:crypto'
import { type Calendar, type CalendarYear, calendarOf, type SourcedYear } from '#kernel/calendar/index.ts'
import { loadCalendarYears } from '#kernel/calendar/load.ts'
import type { Clock } from '#kernel/clock.ts'
import { type Db, type Pool, reading } from '#kernel/db.ts'
import type { Calendars } from '#kernel/house.ts'
import type { Id } from '#kernel/ids.ts'
import { changedYears, inForce, type Marks, titleOf } from '../rules.ts'
import { ownYears } from '../store.ts'

/** How long another program of the same database may go on counting by what an office has replaced. */
const keptFor = 5000

const sourced = (year: CalendarYear, source: SourcedYear['source'], name = titleOf(year.year)): SourcedYear => ({ ...year, source, name })

/** The hash of what a year's days say, whatever their names. */
export const markOf = (year: CalendarYear): string =>
  createHash('sha256')
    .update(
      year.days
        .map((day) => `${day.date} ${day.isOffDay}`)
        .sort()
        .join('\n'),
    )
    .digest('hex')

/** The marks of all years in force. */
export const marksOf = (years: readonly SourcedYear[]): Marks =>
  Object.fromEntries(inForce(years).map((year) => [String(year.year), markOf(year)]))

/**
 * The working days of the installation (shipped years and those in the data folder) and, over them, of each office. The folder is read when asked to
 * (`reread`); a damaged file there leaves what was read before in force and throws.
 */
export async function newCalendars(pool: Pool, clock: Clock, dataDir?: string): Promise<Calendars & Live> {
  const shipped = await loadCalendarYears()
  const read = async () => [
    ...shipped.map((year) => sourced(year, 'shipped')),
    ...(await loadCalendarYears(dataDir)).slice(shipped.length).map((year) => sourced(year, 'folder')),
  ]
  let base = await read()
  const kept = new Map<Id, { at: number; calendar: Promise<Calendar> }>()
  const yearsOf = async (db: Db, tenant: Id, knownAt: Date) => [
    ...base,
    ...(await ownYears(db, tenant, knownAt)).map((row) => ({
      ...sourced(row, 'office', row.name),
      by: row.by,
      recordedAt: row.recorded_at,
    })),
  ]
  const load = async (tenant: Id) => calendarOf(inForce(await reading(pool, tenant, (db) => yearsOf(db, tenant, clock()))))
  return {
    of: (tenant) => {
      const now = clock().getTime()
      const known = kept.get(tenant)
      if (known && Math.abs(now - known.at) < keptFor) return known.calendar
      const calendar = load(tenant)
      kept.set(tenant, { at: now, calendar })
      calendar.catch(() => kept.delete(tenant))
      return calendar
    },
    forget: (tenant) => void (tenant === undefined ? kept.clear() : kept.delete(tenant)),
    yearsOf,
    installed: () => calendarOf(inForce(base)),
    reread: async () => {
      const before = marksOf(base)
      const now = await read()
      if (changedYears(before, marksOf(now)).length === 0) return null
      base = now
      kept.clear()
      return before
    },
  }
}

/** What the program itself asks of the calendars beside what requests do. */
export type Live = {
  /** Reads the data folder again; what held before when any day changed, else null. */
  reread: () => Promise<Marks | null>
}
