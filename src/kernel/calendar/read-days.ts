import type { CalendarDay } from './calendar.ts'
import type { Day } from './days.ts'
import { decline } from './refusals.ts'

/** A day as read, with the place it was read at. */
export type Draft = CalendarDay & { at: string }

const belongs = (date: Day, year: number): boolean => {
  const [ofYear, month] = [Number(date.slice(0, 4)), date.slice(5, 7)]
  return ofYear === year || (ofYear === year - 1 && month === '12') || (ofYear === year + 1 && month === '01')
}

/**
 * The days in order, once they hold together: each in its year (or in the December before, the January after), none named twice, none
 * both off and working. Refuses `calendar.wrong_year`, `calendar.twice`, `calendar.both`, at the place of the second naming.
 */
export function settle(drafts: Draft[], year: number): CalendarDay[] {
  const seen = new Map<Day, Draft>()
  for (const draft of drafts) {
    if (!belongs(draft.date, year)) decline('calendar.wrong_year', { day: draft.date, year }, draft.at)
    const before = seen.get(draft.date)
    if (before)
      decline(before.isOffDay === draft.isOffDay ? 'calendar.twice' : 'calendar.both', { day: draft.date, other: before.at }, draft.at)
    seen.set(draft.date, draft)
  }
  return [...seen.values()].sort((a, b) => (a.date < b.date ? -1 : 1)).map(({ name, date, isOffDay }) => ({ name, date, isOffDay }))
}
