import { addDays, type Calendar, daysBetween, earlier, later } from '#kernel/calendar/index.ts'
import type { Chance } from './random.ts'

/** What became of each obligation by today: done on a day and written down on a day, or still open. Pure. */

/** An obligation as the plan needs it. `duty`: the key of year.ts; `unit`: the key of office.ts. Days are YYYY-MM-DD. */
export type Owing = { id: string; duty: string; unit: string; holder: string; period: string; opens: string; warnFrom: string; due: string }
export type Done = { owing: Owing; on: string; recordOn: string; late: boolean; backfilled: boolean }
export type Fates = { done: Done[]; open: Owing[] }
export type Today = { today: string; calendar: Calendar; chance: Chance }

const steady = new Set(['command', 'signals', 'discipline', 'office', 'group'])
/** 时紧时松: the works run slack, are strict around the half-year check, and run slack again. Month → share of late ones. */
const slackMonths: Readonly<Record<number, number>> = {
  1: 0.1,
  2: 0.4,
  3: 0.25,
  4: 0.4,
  5: 0.4,
  6: 0,
  7: 0,
  8: 0.25,
  9: 0.35,
  10: 0.4,
  11: 0.15,
  12: 0,
}

function lateShare(unit: string, due: string): number {
  if (steady.has(unit)) return 0
  if (unit === 'works') return slackMonths[Number(due.slice(5, 7))] ?? 0
  return { stores: 0.12, quality: 0.08, permits: 0.05, service: 0.05 }[unit] ?? 0.02
}
const backfillShare = (unit: string): number => (steady.has(unit) ? 0 : ({ stores: 0.18, works: 0.12, branch5: 0.12 }[unit] ?? 0.04))

/** The working day on or before a day, but not before another. */
const workingOn = (calendar: Calendar, day: string, from: string) => {
  const back = calendar.lastWorkingDayOnOrBefore(day)
  return back >= from ? back : earlier(day, calendar.nextWorkingDayOnOrAfter(from))
}

/** Done between the middle of its time and its due day, by yesterday at the latest. */
function inTime(one: Owing, { today, calendar, chance }: Today): Done {
  const yesterday = addDays(today, -1)
  const last = later(one.opens, earlier(one.due, yesterday))
  const length = daysBetween(one.opens, last)
  // Study sessions are one meeting for the whole branch.
  const who = one.duty === 'staff.study' ? one.unit : one.holder
  const on = workingOn(
    calendar,
    addDays(one.opens, Math.round(length * (0.45 + 0.5 * chance.of('when', one.duty, who, one.period)))),
    one.opens,
  )
  const lag = steady.has(one.unit) ? 0 : chance.whole(0, 2, 'lag', who, one.duty, one.period)
  const recordOn = workingOn(calendar, earlier(addDays(on, lag), later(on, earlier(yesterday, one.due))), on)
  return { owing: one, on, recordOn, late: false, backfilled: false }
}

/** Due before today and dealt with: in time, late, or in time and written down weeks afterwards. */
function past(one: Owing, at: Today): Done {
  const { today, calendar, chance } = at
  const done = inTime(one, at)
  if (one.duty === 'staff.study') return done
  const draw = chance.of('fate', one.duty, one.holder, one.period)
  const share = lateShare(one.unit, one.due)
  if (draw < share) {
    const on = calendar.addWorkingDays(one.due, chance.whole(1, 7, 'late', one.duty, one.holder, one.period))
    if (on < today) return { ...done, on, recordOn: on, late: true }
  } else if (draw < share + backfillShare(one.unit)) {
    const recordOn = workingOn(calendar, addDays(done.on, chance.whole(14, 42, 'behind', one.duty, one.holder, one.period)), done.on)
    if (recordOn > one.due && recordOn < today) return { ...done, recordOn, backfilled: true }
  }
  return done
}

/** The handful that is red beside the overdue errand: the latest ones of three units at most. */
const redIn: readonly { unit: string; most: number }[] = [
  { unit: 'works', most: 1 },
  { unit: 'stores', most: 2 },
  { unit: 'quality', most: 1 },
]

/** Which are left undone past their day. */
function reds(overdue: readonly Owing[], { today, chance }: Today): Set<Owing> {
  const recent = overdue.filter((one) => daysBetween(one.due, today) <= 35)
  const chosen = redIn.flatMap(({ unit, most }) => {
    const own = recent.filter((one) => one.unit === unit && !one.duty.startsWith('staff.'))
    // What rests on the speech comes first: from that red light one can go up to its sentence.
    const rank = (one: Owing) => (one.duty === 'works.site' ? 0 : chance.of('red', one.duty, one.holder, one.period))
    return own.sort((a, b) => (a.due === b.due ? rank(a) - rank(b) : a.due < b.due ? 1 : -1)).slice(0, most)
  })
  return new Set(chosen.slice(0, chance.whole(2, 4, 'reds', today)))
}

export const yellowOn = (one: Owing, today: string): boolean => one.warnFrom <= today && one.due >= today

/** How many stay yellow on a day: a dozen at most, whatever the season. */
export const yellows = ({ today, chance }: Today): number => chance.whole(8, 11, 'yellows', today)

/**
 * The fates of what was owed from the start until today. Of what is yellow today `keep` are left open, one unit not much more than another;
 * the rest was done in good time.
 */
export function fatesOf(all: readonly Owing[], keep: number, at: Today): Fates {
  const { today, chance } = at
  const begun = all.filter((one) => one.opens < today)
  const overdue = begun.filter((one) => one.due < today)
  const red = reds(overdue, at)
  // What comes every month is left for the last days more often than what has a whole year.
  const rank = (one: Owing) => chance.of('yellow', one.duty, one.holder, one.period) + (daysBetween(one.opens, one.due) > 100 ? 0.7 : 0)
  const turn = new Map<string, number>()
  const ranked = begun
    .filter((one) => yellowOn(one, today))
    .sort((a, b) => rank(a) - rank(b))
    .map((one) => {
      const nth = (turn.get(one.unit) ?? 0) + 1
      turn.set(one.unit, nth)
      return { one, nth }
    })
    .sort((a, b) => a.nth - b.nth)
  const yellow = new Set(ranked.slice(0, keep).map(({ one }) => one))
  const fates: Fates = { done: [], open: all.filter((one) => one.opens >= today) }
  for (const one of begun) {
    if (red.has(one) || yellow.has(one)) fates.open.push(one)
    else if (one.due < today) fates.done.push(past(one, at))
    else if (yellowOn(one, today)) fates.done.push(inTime(one, at))
    else if (chance.of('early', one.duty, one.holder, one.period) < 0.2) fates.done.push(inTime(one, at))
    else fates.open.push(one)
  }
  return fates
}
