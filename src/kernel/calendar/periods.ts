import { type Cadence, parseCadence } from './cadence.ts'
import type { Calendar } from './calendar.ts'
import {
  addDays,
  type Day,
  dayAt,
  dayOfNumber,
  daysBetween,
  earlier,
  endOfMonth,
  later,
  monthLength,
  numberOf,
  partsOf,
  startOfWeek,
  weekday,
} from './days.ts'
import { decline } from './refusals.ts'

/**
 * One turn of a cadence. `key` names it for good (`2026-03`, `2026-Q1`, `2026-H1`, `2026`, `2026-W07`, `2026-02-10`; other lengths as first
 * month, week or year plus length: `2026-03+2`, `2026-W07+2`, `2025+5`). `from` … `to`: its first and last day. `opens`: the day it begins to be
 * owed, `from` or, in a partial first period, the day the duty began. `due`: the last day to do it.
 */
export type Period = { key: string; from: Day; to: Day; opens: Day; due: Day }

/** What is asked for. `since`: the day the duty began, `from` when left out; COUNT and the partial first period go by it. */
export type Window = { since?: Day; from: Day; until: Day; calendar: Calendar }

const MOST_PERIODS = 5000

type Block = { key: string; from: Day; to: Day }

function weekKey(monday: Day): string {
  // ISO 8601: a week belongs to the year of its Thursday.
  const thursday = addDays(monday, 3)
  const { year } = partsOf(thursday)
  const week = Math.floor(daysBetween(dayAt(year, 1, 1), thursday) / 7) + 1
  return `${String(year).padStart(4, '0')}-W${String(week).padStart(2, '0')}`
}

/** The calendar-aligned block of a cadence that a day lies in. */
function blockOf({ freq, interval }: Cadence, day: Day): Block {
  if (freq === 'DAILY') return { key: day, from: day, to: day }
  if (freq === 'WEEKLY') {
    // Blocks of several weeks are counted from Monday 1970-01-05, so that they stand still whatever the window.
    const weeks = Math.floor((numberOf(startOfWeek(day)) - 4) / 7)
    const monday = dayOfNumber((weeks - (((weeks % interval) + interval) % interval)) * 7 + 4)
    return { key: weekKey(monday) + (interval > 1 ? `+${interval}` : ''), from: monday, to: addDays(monday, interval * 7 - 1) }
  }
  const { year, month } = partsOf(day)
  const months = freq === 'YEARLY' ? interval * 12 : interval
  if (months % 12 === 0) {
    const years = months / 12
    const first = Math.max(1, year - (year % years))
    return {
      key: String(first).padStart(4, '0') + (years > 1 ? `+${years}` : ''),
      from: dayAt(first, 1, 1),
      to: dayAt(year - (year % years) + years - 1, 12, 31),
    }
  }
  const first = month - ((month - 1) % months)
  const name = months === 3 ? `Q${(first + 2) / 3}` : months === 6 ? `H${(first + 5) / 6}` : String(first).padStart(2, '0')
  const key = `${day.slice(0, 4)}-${name}${months === 2 || months === 4 ? `+${months}` : ''}`
  return { key, from: dayAt(year, first, 1), to: endOfMonth(dayAt(year, first + months - 1, 1)) }
}

/** The day a block is due on before it is moved to a working day. */
function wishedDue({ freq, byMonth, byMonthDay, byDay }: Cadence, { to }: Block): Day {
  const on = byDay[0]
  if (freq === 'WEEKLY' && on) return addDays(to, on.weekday - 7)
  if (freq === 'DAILY' || (byMonth === null && byMonthDay === null && !on)) return to
  const { year, month } = partsOf(byMonth === null ? to : dayAt(partsOf(to).year, byMonth, 1))
  const length = monthLength(year, month)
  if (on) {
    const first = dayAt(year, month, 1)
    const last = dayAt(year, month, length)
    const nth =
      on.nth > 0
        ? addDays(first, ((on.weekday - weekday(first) + 7) % 7) + (on.nth - 1) * 7)
        : addDays(last, -((weekday(last) - on.weekday + 7) % 7) + (on.nth + 1) * 7)
    // A fifth Friday that the month lacks is its last Friday.
    return nth > last ? addDays(nth, -7) : nth < first ? addDays(nth, 7) : nth
  }
  const date = byMonthDay ?? length
  return dayAt(year, month, Math.max(1, Math.min(length, date > 0 ? date : length + 1 + date)))
}

/** The last working day of the block up to the wished one; else the first after it within the block; else the wished day itself. */
function dueOf(cadence: Cadence, block: Block, calendar: Calendar): Day {
  const wished = wishedDue(cadence, block)
  const back = calendar.lastWorkingDayOnOrBefore(wished)
  if (back >= block.from) return back
  const on = calendar.nextWorkingDayOnOrAfter(wished)
  return on <= block.to ? on : wished
}

/**
 * The periods of a cadence that overlap the days `from` … `until`, in order; with the same `since` the same period has the same key and the
 * same days whatever the window, so that making obligations from them is idempotent.
 *
 * Periods are those of the calendar (months, quarters, half-years, years, ISO weeks), not counted from the first day. The first, partial
 * period (in which the duty begins) counts when at least half of its days remain and its due day has not passed; otherwise the duty starts
 * with the next one. DAILY means working days, with BYDAY those on the named weekdays.
 *
 * Due: BYMONTHDAY (of the period's last month; 31 is the last day of a shorter month; with YEARLY of BYMONTH, else of December) or BYDAY, moved
 * back to a working day; else the last working day. Where no working day of the period lies before, the next one within it; a week without
 * any working day keeps its day. No period is due after UNTIL; COUNT counts from `since`.
 *
 * Refuses `calendar.bad_cadence`, `calendar.bad_day`, `calendar.range`, and `calendar.window` beyond 5,000 periods.
 */
export function periodsOf(rule: string | Cadence, { since: begun, from, until, calendar }: Window): Period[] {
  const cadence = typeof rule === 'string' ? parseCadence(rule) : rule
  const since = begun ?? from
  for (const day of [since, from, until]) partsOf(day)
  if (until < from) return decline('calendar.range', { from, until })
  const last = cadence.until === null ? until : earlier(until, cadence.until)
  const start = cadence.count === null ? later(since, from) : since
  const periods: Period[] = []
  let steps = 0
  let counted = 0
  for (let block = blockOf(cadence, start); block.from <= last; block = blockOf(cadence, addDays(block.to, 1))) {
    if (++steps > MOST_PERIODS * 7) return decline('calendar.window', { from, until, max: MOST_PERIODS })
    const due = dueOf(cadence, block, calendar)
    if (cadence.until !== null && due > cadence.until) break
    if (!counts(cadence, block, due, since, calendar)) continue
    if (cadence.count !== null && ++counted > cadence.count) break
    if (block.to >= from) periods.push({ ...block, opens: later(block.from, since), due })
    if (periods.length > MOST_PERIODS) return decline('calendar.window', { from, until, max: MOST_PERIODS })
  }
  return periods
}

function counts(cadence: Cadence, block: Block, due: Day, since: Day, calendar: Calendar): boolean {
  if (cadence.freq === 'DAILY') {
    return (
      calendar.isWorkingDay(block.from) && (cadence.byDay.length === 0 || cadence.byDay.some((one) => one.weekday === weekday(block.from)))
    )
  }
  const remaining = daysBetween(later(since, block.from), block.to) + 1
  return due >= since && remaining * 2 >= daysBetween(block.from, block.to) + 1
}

/** The period of a cadence a day lies in, whether or not it is owed. */
export function periodKeyOf(rule: string | Cadence, day: Day): string {
  return blockOf(typeof rule === 'string' ? parseCadence(rule) : rule, day).key
}
