import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseSearch, stringifySearch } from '#web/address.ts'
import { dayOf, daysFrom, hourOf, quickDays, sayDay, sayInstant } from '#web/days.ts'

describe('the address', () => {
  test('gives back what was written to it, as texts', () => {
    const name = fc.string({ minLength: 1 }).filter((text) => !['__proto__', 'constructor'].includes(text) && text.isWellFormed())
    const value = fc.string({ minLength: 1 }).filter((text) => text.isWellFormed())
    fc.assert(
      fc.property(fc.dictionary(name, value, { noNullPrototype: true }), (search) => {
        expect(parseSearch(stringifySearch(search))).toEqual(search)
      }),
    )
  })
  test('keeps a day and a number as they were typed, and leaves out what is empty', () => {
    expect(parseSearch('?asOf=2026-03-15&n=007')).toEqual({ asOf: '2026-03-15', n: '007' })
    expect(stringifySearch({ asOf: undefined, unit: '', light: 'red' })).toBe('?light=red')
  })
})

describe('days', () => {
  test('are said as people say them', () => {
    expect(sayDay('2026-11-23', 'zh-CN')).toBe('11月23日')
    expect(sayDay('2026-11-24', 'zh-CN', { weekday: true })).toBe('11月24日 星期二')
    expect(sayDay('2025-03-05', 'zh-CN', { thisYear: '2026-11-24' })).toBe('2025年3月5日')
    expect(sayDay('2026-11-23', 'en')).toBe('Nov 23')
    expect(sayDay('2026-11-24', 'en', { weekday: true })).toBe('Tue, Nov 24')
    expect(sayDay('2025-03-05', 'en', { thisYear: '2026-11-24' })).toBe('Mar 5, 2025')
    expect(sayDay('soon', 'en')).toBe('soon')
  })
  test('an instant is said in the office’s zone, wherever the reader sits', () => {
    const late = '2026-06-15T16:30:00.000Z'
    expect([dayOf(late, 'Asia/Shanghai'), dayOf(late, 'Asia/Urumqi'), dayOf(late, 'UTC')]).toEqual([
      '2026-06-16',
      '2026-06-15',
      '2026-06-15',
    ])
    expect([hourOf(late, 'Asia/Shanghai'), hourOf(late, 'Asia/Urumqi')]).toEqual(['00:30', '22:30'])
    expect([sayInstant(late, 'zh-CN', 'Asia/Shanghai'), sayInstant(late, 'en', 'UTC')]).toEqual([
      '2026年6月16日 00:30',
      'Jun 15, 2026, 16:30',
    ])
  })
  test('the days one often looks back to', () => {
    const days = (today: string) => quickDays(today).map(({ day }) => day)
    expect(days('2026-11-24')).toEqual(['2026-11-23', '2026-10-31', '2026-09-30', '2026-01-01'])
    expect(days('2026-01-01')).toEqual(['2025-12-31', '2025-12-31', '2025-12-31', '2026-01-01'])
    expect(days('2024-03-01')).toEqual(['2024-02-29', '2024-02-29', '2023-12-31', '2024-01-01'])
  })
  test('counted on and back come to where they began', () => {
    const day = fc
      .date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10))
    fc.assert(
      fc.property(day, fc.integer({ min: -4000, max: 4000 }), (from, by) => {
        expect(daysFrom(daysFrom(from, by), -by)).toBe(from)
      }),
    )
  })
})
