import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CalendarYear, calendarOf } from './calendar.ts'
import { addDays, weekday } from './days.ts'
import { loadCalendarYears } from './load.ts'
import { addSpan, parseSpan, warnFrom } from './spans.ts'

const years = await loadCalendarYears()
const calendar = calendarOf(years)
const anyDay = fc.integer({ min: 0, max: 2200 }).map((n) => addDays('2022-06-01', n))

describe('working days', () => {
  test('the shipped years', () => {
    expect(calendar.years).toEqual([2024, 2025, 2026])
    expect(years.map(({ year }) => calendar.workingDaysBetween(`${year - 1}-12-31`, `${year}-12-31`))).toEqual([251, 248, 248])
    expect(years.every((year) => year.papers.length > 0)).toBe(true)
  })

  test.each([
    ['2026-02-14', true], // Saturday before the Spring Festival, worked
    ['2026-02-16', false],
    ['2026-02-28', true],
    ['2025-10-08', false],
    ['2024-02-09', true], // rest was only recommended
    ['2026-03-07', false],
    ['2030-10-01', true], // no notice: Monday to Friday
  ])('%s is worked: %s', (day, worked) => expect(calendar.isWorkingDay(day)).toBe(worked))

  test('what each year with a notice names wins over the weekday rule, and nothing else does', () => {
    const named = new Map(years.flatMap((year) => year.days).map((day) => [day.date, day.isOffDay]))
    fc.assert(
      fc.property(anyDay, (day) => {
        const off = named.get(day)
        expect(calendar.isWorkingDay(day)).toBe(off === undefined ? weekday(day) <= 5 : !off)
        expect(calendar.knows(day)).toBe(['2024', '2025', '2026'].includes(day.slice(0, 4)))
      }),
    )
  })

  test('counting agrees with walking', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -60, max: 60 }), (day, n) => {
        let walked = day
        for (let left = Math.abs(n); left > 0; ) {
          walked = addDays(walked, Math.sign(n))
          if (calendar.isWorkingDay(walked)) left--
        }
        expect(calendar.addWorkingDays(day, n)).toBe(walked)
        expect(calendar.workingDaysBetween(day, walked)).toBe(n)
      }),
    )
  })

  test('the nearest working days', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const last = calendar.lastWorkingDayOnOrBefore(day)
        const next = calendar.nextWorkingDayOnOrAfter(day)
        expect(calendar.isWorkingDay(last) && calendar.isWorkingDay(next)).toBe(true)
        expect(last <= day && day <= next).toBe(true)
        expect(last === day).toBe(calendar.isWorkingDay(day))
        for (let between = addDays(last, 1); between < next; between = addDays(between, 1)) {
          if (between !== day) expect(calendar.isWorkingDay(between)).toBe(false)
        }
      }),
    )
  })

  test('far from every notice the weekday rule still counts right', () => {
    expect(calendar.addWorkingDays('1999-12-31', 5000)).toBe('2019-03-01')
    expect(calendarOf([]).addWorkingDays('2026-02-10', 15)).toBe('2026-03-03')
  })

  test('a later entry for a year replaces the earlier', () => {
    const own: CalendarYear = { year: 2026, papers: [], days: [{ name: '停电', date: '2026-03-10', isOffDay: true }] }
    const replaced = calendarOf([...years, own])
    expect(replaced.isWorkingDay('2026-03-10')).toBe(false)
    expect(replaced.isWorkingDay('2026-02-16')).toBe(true)
    expect(replaced.named('2026-03-10')?.name).toBe('停电')
    expect(replaced.named('2026-03-11')).toBeNull()
  })

  test('counting is quick', () => {
    const started = performance.now()
    for (let i = 0; i < 20_000; i++) calendar.addWorkingDays('2025-06-30', i % 250)
    expect(performance.now() - started).toBeLessThan(1000)
  })
})

describe('spans', () => {
  test.each([
    ['2026-02-10', '15wd', '2026-03-09'],
    ['2026-02-10', '-3wd', '2026-02-05'],
    ['2026-02-10', '0wd', '2026-02-10'],
    ['2026-02-14', '1wd', '2026-02-24'],
    ['2026-02-15', '1wd', '2026-02-24'],
    ['2026-02-10', '3d', '2026-02-13'],
    ['2026-02-10', '2w', '2026-02-24'],
    ['2026-01-31', '1m', '2026-02-28'],
    ['2026-03-31', '-1M', '2026-02-28'],
  ])('%s and %s is %s', (day, span, wanted) => expect(addSpan(calendar, day, span)).toEqual({ day: wanted, assumed: false }))

  test('a year without a notice is told', () => {
    expect(addSpan(calendar, '2026-12-30', '1wd').assumed).toBe(false)
    expect(addSpan(calendar, '2026-12-30', '2wd')).toEqual({ day: '2027-01-01', assumed: true })
    expect(addSpan(calendar, '2023-12-31', '2wd')).toEqual({ day: '2024-01-03', assumed: false })
    expect(addSpan(calendar, '2030-01-01', '3d').assumed).toBe(false)
  })

  test.each(['', '3', 'wd', '3x', '1.5m', '5001d', '99999wd', '--3d', '3 wd', '十五wd'])('“%s” is refused', (span) =>
    expect(() => parseSpan(span)).toThrow(expect.objectContaining({ code: 'calendar.bad_span' })),
  )
  test('a span of numbers is bounded too', () => {
    expect(() => addSpan(calendar, '2026-01-01', { n: 6000, unit: 'd' })).toThrow(expect.objectContaining({ code: 'calendar.bad_span' }))
    expect(() => addSpan(calendar, '2026-01-01', { n: 1.5, unit: 'wd' })).toThrow(expect.objectContaining({ code: 'calendar.bad_span' }))
    expect(() => addSpan(calendar, '2026-02-30', '1d')).toThrow(expect.objectContaining({ code: 'calendar.bad_day' }))
    expect(() => addSpan(calendar, '9999-12-01', '5000m')).toThrow(expect.objectContaining({ code: 'calendar.bad_day' }))
  })
})

describe('the first day of yellow', () => {
  test.each([
    ['2026-02-10', '2026-03-09', 1 / 3, '2026-03-03'], // 15 working days, the last five
    ['2026-03-02', '2026-03-03', 1 / 3, '2026-03-03'], // one working day: that one
    ['2026-03-02', '2026-03-02', 1 / 3, '2026-03-02'],
    ['2026-03-02', '2026-03-06', 1 / 3, '2026-03-06'], // a third of four is less than two
    ['2026-03-02', '2026-03-15', 1 / 3, '2026-03-11'], // due on a Sunday: nine working days, the last three
    ['2026-03-02', '2026-03-31', 1, '2026-03-03'],
    ['2026-02-15', '2026-02-22', 1 / 3, '2026-02-15'], // nothing but holiday
  ])('from %s to %s by %f is %s', (opens, due, fraction, wanted) => expect(warnFrom(opens, due, calendar, fraction)).toBe(wanted))

  test('lies between opening and due, and leaves the named share of working days', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 400 }), fc.double({ min: 0.01, max: 1, noNaN: true }), (opens, length, fraction) => {
        const due = addDays(opens, length)
        const first = warnFrom(opens, due, calendar, fraction)
        expect(opens <= first && first <= due).toBe(true)
        const all = calendar.workingDaysBetween(opens, due)
        const yellow = calendar.workingDaysBetween(addDays(first, -1), due)
        if (all > 0) {
          expect(yellow).toBeGreaterThanOrEqual(1)
          expect(yellow).toBeLessThanOrEqual(Math.max(1, all * fraction + 1e-6))
          expect(yellow).toBeGreaterThan(all * fraction - 1 - 1e-6)
        }
      }),
    )
  })

  test('nonsense is refused', () => {
    expect(() => warnFrom('2026-03-02', '2026-03-01', calendar)).toThrow(expect.objectContaining({ code: 'calendar.range' }))
    expect(() => warnFrom('2026-03-02', '2026-03-31', calendar, 0)).toThrow(expect.objectContaining({ code: 'calendar.bad_fraction' }))
  })
})
