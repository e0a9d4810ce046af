/** The working-day calendar and cadences: pure and browser-safe. Files are read by `load.ts`, on the server only. */
export { type Cadence, parseCadence } from './cadence.ts'
export { type Calendar, type CalendarYear, calendarOf, type SourcedYear } from './calendar.ts'
export {
  addDays,
  addMonths,
  type Day,
  dayAt,
  daysBetween,
  earlier,
  isDay,
  later,
  partsOf,
  startOfWeek,
  startOfYear,
  type Weekday,
  weekday,
} from './days.ts'
export { periodsOf } from './periods.ts'
export { readCalendar } from './read.ts'
export { calendarRefusals } from './refusals.ts'
export { addSpan, warnFrom } from './spans.ts'
export { dayOf, instantAtEndOfDay, instantAtStartOfDay, todayIn } from './zones.ts'
