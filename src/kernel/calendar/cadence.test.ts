import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseCadence } from './cadence.ts'
import { calendarOf } from './calendar.ts'
import { addDays, daysBetween } from './days.ts'
import { loadCalendarYears } from './load.ts'
import { type Period, periodKeyOf, periodsOf } from './periods.ts'

const calendar = calendarOf(await loadCalendarYears())
const of = (rule: string, from: string, until: string, since?: string) => periodsOf(rule, { since, from, until, calendar })
const keys = (periods: Period[]) => periods.map((period) => period.key)

describe('reading a cadence', () => {
  test('the parts', () => {
    expect(parseCadence('rrule:freq=monthly;interval=3;bymonthday=15;until=20261231')).toEqual({
      freq: 'MONTHLY',
      interval: 3,
      byMonth: null,
      byMonthDay: 15,
      byDay: [],
      until: '2026-12-31',
      count: null,
    })
  })

  test.each([
    ['', ''],
    ['FREQ=FORTNIGHTLY', 'FREQ'],
    ['INTERVAL=3', 'FREQ'],
    ['FREQ=MONTHLY;BYMONTHDAY=99', 'BYMONTHDAY'],
    ['FREQ=MONTHLY;BYMONTHDAY=0', 'BYMONTHDAY'],
    ['FREQ=MONTHLY;BYMONTHDAY=1,15', 'BYMONTHDAY'],
    ['FREQ=MONTHLY;FOO=1', 'FOO'],
    ['FREQ=MONTHLY;INTERVAL=5', 'INTERVAL'],
    ['FREQ=MONTHLY;INTERVAL=-1', 'INTERVAL'],
    ['FREQ=MONTHLY;FREQ=DAILY', 'FREQ'],
    ['FREQ=MONTHLY;BYDAY=FR', 'BYDAY'],
    ['FREQ=WEEKLY;BYDAY=MO,FR', 'BYDAY'],
    ['FREQ=WEEKLY;BYMONTHDAY=1', 'BYMONTHDAY'],
    ['FREQ=DAILY;INTERVAL=2', 'INTERVAL'],
    ['FREQ=MONTHLY;BYMONTH=3', 'BYMONTH'],
    ['FREQ=MONTHLY;UNTIL=20260231', 'UNTIL'],
    ['FREQ=MONTHLY;UNTIL=20261231;COUNT=3', 'UNTIL'],
    ['FREQ=MONTHLY;COUNT=0', 'COUNT'],
    ['FREQ=MONTHLY;BYHOUR=9', 'BYHOUR'],
    ['FREQ=MONTHLY;;', ''],
  ])('“%s” is refused at %s', (rule, part) => {
    expect(() => parseCadence(rule)).toThrow(
      expect.objectContaining({ code: 'calendar.bad_cadence', params: expect.objectContaining({ part: expect.stringContaining(part) }) }),
    )
  })
})

describe('periods', () => {
  test('quarters of a year', () => {
    expect(of('FREQ=MONTHLY;INTERVAL=3', '2026-01-01', '2026-12-31')).toEqual([
      { key: '2026-Q1', from: '2026-01-01', to: '2026-03-31', opens: '2026-01-01', due: '2026-03-31' },
      { key: '2026-Q2', from: '2026-04-01', to: '2026-06-30', opens: '2026-04-01', due: '2026-06-30' },
      { key: '2026-Q3', from: '2026-07-01', to: '2026-09-30', opens: '2026-07-01', due: '2026-09-30' },
      { key: '2026-Q4', from: '2026-10-01', to: '2026-12-31', opens: '2026-10-01', due: '2026-12-31' },
    ])
  })

  test.each([
    ['FREQ=MONTHLY', '2026-02-01', '2026-03', ['2026-02', '2026-03']],
    ['FREQ=MONTHLY;INTERVAL=6', '2026-01-01', '2026-12', ['2026-H1', '2026-H2']],
    ['FREQ=YEARLY', '2026-01-01', '2027-02', ['2026', '2027']],
    ['FREQ=MONTHLY;INTERVAL=12', '2026-01-01', '2026-12', ['2026']],
    ['FREQ=WEEKLY', '2026-12-28', '2027-01', ['2026-W53', '2027-W01', '2027-W02', '2027-W03', '2027-W04']],
    ['FREQ=MONTHLY;INTERVAL=2', '2026-03-01', '2026-06', ['2026-03+2', '2026-05+2']],
    ['FREQ=YEARLY;INTERVAL=5', '2026-01-01', '2026-06', ['2025+5']],
    [
      'FREQ=DAILY',
      '2026-02-13',
      '2026-02',
      ['2026-02-13', '2026-02-14', '2026-02-24', '2026-02-25', '2026-02-26', '2026-02-27', '2026-02-28'],
    ],
    [
      'FREQ=DAILY;BYDAY=MO,TH',
      '2026-03-02',
      '2026-03',
      ['2026-03-02', '2026-03-05', '2026-03-09', '2026-03-12', '2026-03-16', '2026-03-19', '2026-03-23', '2026-03-26'],
    ],
  ])('%s from %s has its keys', (rule, from, until, wanted) => {
    const days: Record<string, string> = { '2026-02': '28', '2026-06': '30' }
    expect(keys(of(rule, from, `${until}-${days[until] ?? '28'}`))).toEqual(wanted)
  })

  test.each([
    ['FREQ=MONTHLY', '2026-01-01', '2026-01-30'], // the 31st is a Saturday
    ['FREQ=MONTHLY', '2026-02-01', '2026-02-28'], // a Saturday that is worked
    ['FREQ=MONTHLY;BYMONTHDAY=20', '2026-02-01', '2026-02-14'], // in the holiday: back to the day before it
    ['FREQ=MONTHLY;BYMONTHDAY=3', '2026-10-01', '2026-10-08'], // nothing worked before it in the month
    ['FREQ=MONTHLY;BYMONTHDAY=31', '2026-06-01', '2026-06-30'],
    ['FREQ=MONTHLY;BYMONTHDAY=-1', '2026-05-01', '2026-05-29'],
    ['FREQ=MONTHLY;BYDAY=-1FR', '2026-03-01', '2026-03-27'],
    ['FREQ=MONTHLY;BYDAY=2TU', '2026-03-01', '2026-03-10'],
    ['FREQ=MONTHLY;BYDAY=5TU', '2026-04-01', '2026-04-28'], // April has four Tuesdays
    ['FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15', '2026-01-01', '2026-03-13'],
    ['FREQ=MONTHLY;INTERVAL=6', '2026-01-01', '2026-06-30'],
    ['FREQ=YEARLY', '2026-01-01', '2026-12-31'],
    ['FREQ=YEARLY;BYMONTHDAY=15', '2026-01-01', '2026-12-15'],
    ['FREQ=YEARLY;BYMONTH=10', '2026-01-01', '2026-10-30'],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', '2026-01-01', '2026-02-28'],
    ['FREQ=WEEKLY', '2026-02-09', '2026-02-14'], // Saturday worked
    ['FREQ=WEEKLY;BYDAY=FR', '2026-04-27', '2026-04-30'],
    ['FREQ=WEEKLY', '2026-02-16', '2026-02-22'], // a week without a working day keeps its last day
  ])('%s from %s is first due on %s', (rule, from, due) => expect(of(rule, from, from)[0]?.due).toBe(due))

  test('the first, partial period counts when half of it remains', () => {
    expect(of('FREQ=MONTHLY', '2026-04-16', '2026-05-31')[0]).toMatchObject({ key: '2026-04', from: '2026-04-01', opens: '2026-04-16' })
    expect(keys(of('FREQ=MONTHLY', '2026-04-17', '2026-05-31'))).toEqual(['2026-05'])
    expect(keys(of('FREQ=MONTHLY;BYMONTHDAY=5', '2026-04-10', '2026-05-31'))).toEqual(['2026-05'])
    expect(keys(of('FREQ=MONTHLY', '2026-04-20', '2026-05-31', '2026-01-01'))).toEqual(['2026-04', '2026-05'])
  })

  test('UNTIL and COUNT end it', () => {
    expect(keys(of('FREQ=MONTHLY;UNTIL=20260331', '2026-01-01', '2026-12-31'))).toEqual(['2026-01', '2026-02', '2026-03'])
    expect(keys(of('FREQ=MONTHLY;UNTIL=20260330', '2026-01-01', '2026-12-31'))).toEqual(['2026-01', '2026-02'])
    expect(keys(of('FREQ=MONTHLY;COUNT=2', '2026-01-20', '2026-12-31'))).toEqual(['2026-02', '2026-03'])
    expect(keys(of('FREQ=MONTHLY;COUNT=3', '2026-03-01', '2026-12-31', '2026-01-01'))).toEqual(['2026-03'])
    expect(of('FREQ=MONTHLY;UNTIL=20251231', '2026-01-01', '2026-12-31')).toEqual([])
  })

  test('nonsense is refused', () => {
    expect(() => of('FREQ=DAILY', '2026-01-01', '2099-01-01')).toThrow(expect.objectContaining({ code: 'calendar.window' }))
    expect(() => of('FREQ=DAILY', '2026-01-02', '2026-01-01')).toThrow(expect.objectContaining({ code: 'calendar.range' }))
    expect(() => of('FREQ=DAILY', '2026-01-02', '2026-02-30')).toThrow(expect.objectContaining({ code: 'calendar.bad_day' }))
  })

  const rules = fc.oneof(
    fc.constantFrom(1, 2, 3, 4, 6, 12).map((n) => `FREQ=MONTHLY;INTERVAL=${n}`),
    fc
      .tuple(fc.constantFrom(1, 3, 6), fc.constantFrom(-31, -3, -1, 1, 3, 8, 15, 25, 31))
      .map(([n, d]) => `FREQ=MONTHLY;INTERVAL=${n};BYMONTHDAY=${d}`),
    fc.tuple(fc.constantFrom(-5, -2, -1, 1, 2, 5), fc.constantFrom('MO', 'WE', 'SU')).map(([n, d]) => `FREQ=MONTHLY;BYDAY=${n}${d}`),
    fc.constantFrom(1, 2, 3, 5).map((n) => `FREQ=WEEKLY;INTERVAL=${n}`),
    fc.constantFrom('MO', 'TH', 'SU').map((d) => `FREQ=WEEKLY;BYDAY=${d}`),
    fc.constantFrom('FREQ=YEARLY', 'FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31', 'FREQ=YEARLY;INTERVAL=3;BYMONTH=2'),
  )
  const anyDay = fc.integer({ min: 0, max: 1800 }).map((n) => addDays('2022-11-15', n))

  test('periods follow one another without gap or overlap, due within, on a working day where there is one', () => {
    fc.assert(
      fc.property(rules, anyDay, fc.integer({ min: 0, max: 900 }), (rule, from, length) => {
        const until = addDays(from, length)
        const periods = of(rule, from, until)
        expect(new Set(keys(periods)).size).toBe(periods.length)
        for (const [i, period] of periods.entries()) {
          const next = periods[i + 1]
          if (next) expect(next.from).toBe(addDays(period.to, 1))
          expect(period.from <= period.opens && period.opens <= period.due && period.due <= period.to).toBe(true)
          expect(periodKeyOf(rule, period.due)).toBe(period.key)
          const worked = calendar.nextWorkingDayOnOrAfter(period.from) <= period.to
          expect(calendar.isWorkingDay(period.due)).toBe(worked)
        }
        const [first, last] = [periods[0], periods.at(-1)]
        if (first && last) {
          expect(last.from <= until && addDays(last.to, 1) > until).toBe(true)
          if (first.from < from) expect(daysBetween(from, first.to) + 1).toBeGreaterThanOrEqual((daysBetween(first.from, first.to) + 1) / 2)
        }
      }),
      { numRuns: 400 },
    )
  })

  test('two adjoining windows give what the one large window gives', () => {
    const endings = fc.constantFrom('', ';COUNT=4', ';UNTIL=20250615')
    fc.assert(
      fc.property(fc.oneof(rules, fc.constant('FREQ=DAILY')), endings, anyDay, fc.nat(400), fc.nat(400), (base, ending, from, one, two) => {
        const rule = base + ending
        const cut = addDays(from, one)
        const until = addDays(cut, two + 1)
        const whole = of(rule, from, until, from)
        const parts = [...of(rule, from, cut, from), ...of(rule, addDays(cut, 1), until, from)]
        expect([...new Map(parts.map((period) => [period.key, period])).values()]).toEqual(whole)
        if (ending !== ';COUNT=4') {
          const alone = [...of(rule, from, cut), ...of(rule, addDays(cut, 1), until)]
          expect([...new Set(keys(alone))]).toEqual(keys(whole))
        }
      }),
      { numRuns: 400 },
    )
  })
})
