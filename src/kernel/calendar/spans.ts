import type { Calendar } from './calendar.ts'
import { addDays, addMonths, type Day } from './days.ts'
import { decline } from './refusals.ts'

/** A length of time: working days, days, weeks or months. A negative `n` plans back. */
export type Span = { n: number; unit: 'wd' | 'd' | 'w' | 'm' }

/** The longest span, in its own unit; more is a slip of the keyboard. */
const LONGEST_SPAN = 5000

const badSpan = (span: unknown): never => decline('calendar.bad_span', { span: String(span).slice(0, 40), max: LONGEST_SPAN })

/** Reads '15wd', '3d', '2w', '1m' or, to plan back, '-3wd'. Refuses `calendar.bad_span`. */
export function parseSpan(text: string): Span {
  const found = /^(-?)(\d{1,4})(wd|d|w|m)$/i.exec(String(text).trim())
  if (!found) return badSpan(text)
  const size = Number(found[2])
  if (size > LONGEST_SPAN) return badSpan(text)
  return { n: found[1] && size ? -size : size, unit: (found[3] ?? '').toLowerCase() as Span['unit'] }
}

/**
 * The day a span after `day` ends on. The day itself does not count: day 1 is the next (working) day; a month ends on the same date of
 * the month, or on its last day (民法典 art. 201, 202). A result in days, weeks or months is not moved to a working day: where a rule
 * wants that (art. 203), ask `nextWorkingDayOnOrAfter`. `assumed`: working days were counted over a year without a notice.
 * Refuses `calendar.bad_day`, `calendar.bad_span`.
 */
export function addSpan(calendar: Calendar, day: Day, span: Span | string): { day: Day; assumed: boolean } {
  const { n, unit } = typeof span === 'string' ? parseSpan(span) : span
  if (!Number.isInteger(n) || Math.abs(n) > LONGEST_SPAN) return badSpan(`${n}${unit}`)
  if (unit === 'wd') {
    const end = calendar.addWorkingDays(day, n)
    return { day: end, assumed: n !== 0 && calendar.assumes(addDays(day, Math.sign(n)), end) }
  }
  if (unit === 'm') return { day: addMonths(day, n), assumed: false }
  return { day: addDays(day, unit === 'w' ? n * 7 : n), assumed: false }
}

/**
 * The first day of yellow: the last `fraction` of the working days from `opens` to `due`, rounded down, at least one working day
 * (rule 督办: a third; the caller takes the fraction from the rule pack). Never before `opens`. The day `opens` itself does not count.
 * Refuses `calendar.range` when `due` lies before `opens`, `calendar.bad_fraction`.
 */
export function warnFrom(opens: Day, due: Day, calendar: Calendar, fraction: number = 1 / 3): Day {
  if (!(fraction > 0 && fraction <= 1)) return decline('calendar.bad_fraction', { fraction })
  if (due < opens) return decline('calendar.range', { from: opens, until: due })
  // 1/3 has no exact binary form; without the nudge 49 × (1/49) would round down to 0.
  const yellow = Math.max(1, Math.floor(calendar.workingDaysBetween(opens, due) * fraction + 1e-9))
  const first = calendar.addWorkingDays(addDays(due, 1), -yellow)
  return first < opens ? opens : first
}
