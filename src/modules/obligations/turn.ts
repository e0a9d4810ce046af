import { addSpan, type Calendar, later, periodsOf, warnFrom } from '#kernel/calendar/index.ts'

/** Open obligations whose days were counted alike: by what (a cadence, a span, or a day somebody set) and from which day. */
export type Group = { by: string | null; from: string | null; opens: string; due: string; warnFrom: string; count: number }
/** A group with the days it has under another calendar. */
export type DayMove = Group & { toDue: string; toWarnFrom: string }

/**
 * The due day of a group under a calendar: that of its period or at the end of its span. A day that somebody set stays, and so does the day of a period
 * that the calendar does not have (a working day that became a holiday).
 */
function dueUnder({ by, from, opens, due }: Group, calendar: Calendar): string {
  if (by === null || from === null) return due
  if (!by.startsWith('FREQ=')) return addSpan(calendar, from, by).day
  return periodsOf(by, { since: from, from: opens, until: opens, calendar })[0]?.due ?? due
}

/**
 * What moves under a calendar: groups whose due day or first yellow day is another then. Only the future moves: no day moves before the day one
 * asks on, so that nobody is overdue by a notice (`share`: the part of the time that is yellow, rule `light.yellow`). Counting again what was
 * moved moves nothing.
 */
export function movesUnder(groups: readonly Group[], calendar: Calendar, day: string, share: number): DayMove[] {
  return groups.flatMap((group) => {
    if (group.due < day) return []
    const toDue = later(later(dueUnder(group, calendar), group.opens), day)
    const toWarnFrom = warnFrom(group.opens, toDue, calendar, share)
    return toDue === group.due && toWarnFrom === group.warnFrom ? [] : [{ ...group, toDue, toWarnFrom }]
  })
}
