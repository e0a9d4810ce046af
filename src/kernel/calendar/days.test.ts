import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  addMonths,
  daysBetween,
  endOfMonth,
  isDay,
  startOfMonth,
  startOfQuarter,
  startOfWeek,
  startOfYear,
  weekday,
} from './days.ts'
import { dayOf, instantAtEndOfDay, instantAtStartOfDay, todayIn } from './zones.ts'

const DAY = 86_400_000
const utc = (day: string) => Date.parse(`${day}T00:00:00Z`)
const anyNumber = fc.integer({ min: -500_000, max: 500_000 })
const dayFrom = (n: number) => new Date(n * DAY).toISOString().slice(0, 10)
const anyDay = anyNumber.map(dayFrom)

describe('days', () => {
  test.each(['2026-02-28', '2024-02-29', '0001-01-01', '9999-12-31', '2000-02-29'])('%s is a day', (day) => expect(isDay(day)).toBe(true))
  test.each([
    '2026-02-29',
    '1900-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-1-1',
    '2026-01-1x',
    '0000-01-01',
    '２０２６-01-01',
    '',
    ' 2026-01-01',
    20260101,
    null,
  ])('%s is none', (text) => expect(isDay(text)).toBe(false))

  test('arithmetic agrees with UTC instants', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -100_000, max: 100_000 }), (day, n) => {
        expect(addDays(day, n)).toBe(new Date(utc(day) + n * DAY).toISOString().slice(0, 10))
        expect(daysBetween(day, addDays(day, n))).toBe(n)
        expect(weekday(day)).toBe(new Date(utc(day)).getUTCDay() || 7)
      }),
    )
  })

  test.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2026-01-15', -1, '2025-12-15'],
    ['2026-12-31', 0, '2026-12-31'],
  ])('%s and %i months is %s', (day, n, wanted) => expect(addMonths(day, n)).toBe(wanted))

  test('months keep the date or fall on the last day', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -600, max: 600 }), (day, n) => {
        const moved = addMonths(day, n)
        expect(isDay(moved)).toBe(true)
        if (moved.slice(8) !== day.slice(8)) {
          expect(moved).toBe(endOfMonth(moved))
          expect(moved.slice(8) < day.slice(8)).toBe(true)
        }
      }),
    )
  })

  test('starts and ends', () => {
    expect(startOfMonth('2026-05-20')).toBe('2026-05-01')
    expect(startOfQuarter('2026-06-30')).toBe('2026-04-01')
    expect(startOfYear('2026-06-30')).toBe('2026-01-01')
    expect(startOfWeek('2026-03-01')).toBe('2026-02-23')
    expect(startOfWeek('2026-02-23')).toBe('2026-02-23')
  })

  test.each([
    () => addDays('2026-02-30', 1),
    () => startOfMonth('soon'),
    () => addDays('9999-12-31', 1),
    () => addMonths('0001-01-01', -1),
  ])('what does not exist is refused: %s', (ask) => expect(ask).toThrow(expect.objectContaining({ code: 'calendar.bad_day' })))
})

describe('zones', () => {
  test('the day turns at midnight in the zone', () => {
    expect(dayOf(new Date('2026-03-31T15:59:59.999Z'), 'Asia/Shanghai')).toBe('2026-03-31')
    expect(dayOf(new Date('2026-03-31T16:00:00.000Z'), 'Asia/Shanghai')).toBe('2026-04-01')
    expect(todayIn('America/Los_Angeles', new Date('2026-03-31T06:59:00Z'))).toBe('2026-03-30')
    expect(instantAtEndOfDay('2026-03-31', 'Asia/Shanghai').toISOString()).toBe('2026-03-31T15:59:59.999Z')
  })

  test('Shanghai by the short way is Shanghai by the formatter, before and after its summer time', () => {
    const formatter = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' })
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1985, 0), max: Date.UTC(2060, 0) }), (ms) => {
        expect(dayOf(new Date(ms), 'Asia/Shanghai')).toBe(formatter.format(ms))
      }),
      { examples: [[Date.UTC(1991, 6, 1, 15, 30)], [Date.UTC(1991, 11, 31, 16)]] },
    )
  })

  test('a day reaches from its first to its last instant in every zone', () => {
    const zones = fc.constantFrom(
      'Asia/Shanghai',
      'UTC',
      'America/New_York',
      'America/Sao_Paulo',
      'Asia/Kolkata',
      'Pacific/Kiritimati',
      'Pacific/Pago_Pago',
    )
    fc.assert(
      fc.property(fc.integer({ min: 6000, max: 25_000 }).map(dayFrom), zones, (day, zone) => {
        const first = instantAtStartOfDay(day, zone).getTime()
        const last = instantAtEndOfDay(day, zone).getTime()
        expect(dayOf(new Date(first), zone)).toBe(day)
        expect(dayOf(new Date(last), zone)).toBe(day)
        expect(dayOf(new Date(first - 1), zone)).toBe(addDays(day, -1))
        expect(dayOf(new Date(last + 1), zone)).toBe(addDays(day, 1))
      }),
      // In São Paulo midnight of 2018-11-04 did not exist.
      { examples: [['2018-11-04', 'America/Sao_Paulo']] },
    )
  })

  test('an unknown zone and no instant are refused', () => {
    expect(() => dayOf(new Date(0), 'Asia/Nowhere')).toThrow(expect.objectContaining({ code: 'calendar.bad_zone' }))
    expect(() => dayOf(new Date(Number.NaN), 'Asia/Shanghai')).toThrow(expect.objectContaining({ code: 'calendar.bad_day' }))
  })
})
