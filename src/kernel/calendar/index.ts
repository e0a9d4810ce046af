/** The working-day calendar and cadences: pure and browser-safe. Files are read by `load.ts`, on the server only. */
export { type Cadence, parseCadence } from './cadence.ts'
export { type Calendar, type CalendarDay, type CalendarYear, calendarOf } from './calendar.ts'
export {
  addDays,
  addMonths,
  type Day,
  dayAt,
  daysBetween,
  earlier,
  endOfMonth,
  isDay,
  later,
  partsOf,
  startOfMonth,
  startOfQuarter,
  startOfWeek,
  startOfYear,
  type Weekday,
  weekday,
} from './days.ts'
export { type Period, periodKeyOf, periodsOf, type Window } from './periods.ts'
export { readCalendar } from './read.ts'
export { calendarRefusals } from './refusals.ts'
export { addSpan, parseSpan, type Span, warnFrom } from './spans.ts'
export { dayOf, instantAtEndOfDay, instantAtStartOfDay, todayIn } from './zones.ts'
