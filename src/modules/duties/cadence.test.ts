import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calendarOf, parseCadence, periodsOf } from '#kernel/calendar/index.ts'
import { choiceOf, everies, rruleOf, sayCadence, sayPeriod } from './cadence.ts'

describe('a cadence in words', () => {
  it.each([
    ['FREQ=DAILY', null, '每个工作日', 'every working day'],
    ['FREQ=DAILY;BYDAY=MO,WE', null, '每周一、三', 'every Monday, Wednesday'],
    ['FREQ=WEEKLY', null, '每周', 'every week'],
    ['FREQ=WEEKLY;BYDAY=FR', null, '每周，周五前', 'every week, by Friday'],
    ['FREQ=WEEKLY;INTERVAL=2', null, '每两周', 'every 2 weeks'],
    ['FREQ=MONTHLY', null, '每月', 'every month'],
    ['FREQ=MONTHLY;BYMONTHDAY=25', null, '每月，25日前', 'every month, by the 25th'],
    ['FREQ=MONTHLY;BYMONTHDAY=-1', null, '每月，月底前', 'every month, by the end'],
    ['FREQ=MONTHLY;BYDAY=2TU', null, '每月，第二个周二前', 'every month, by the second Tuesday'],
    ['FREQ=MONTHLY;BYDAY=-1FR', null, '每月，最后一个周五前', 'every month, by the last Friday'],
    ['FREQ=MONTHLY;INTERVAL=2', null, '每两个月', 'every 2 months'],
    ['FREQ=MONTHLY;INTERVAL=3', null, '每季度', 'every quarter'],
    ['FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=22', null, '每季度，末月22日前', 'every quarter, by the 22nd of its last month'],
    ['FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1', null, '每季度，期末前', 'every quarter, by its end'],
    ['FREQ=MONTHLY;INTERVAL=6', null, '每半年', 'every half-year'],
    ['FREQ=MONTHLY;INTERVAL=12', null, '每年', 'every year'],
    ['FREQ=YEARLY', null, '每年', 'every year'],
    ['FREQ=YEARLY;BYMONTH=6', null, '每年，6月底前', 'every year, by the end of June'],
    ['FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=11', null, '每年，6月11日前', 'every year, by the 11th of June'],
    ['FREQ=YEARLY;BYMONTHDAY=20', null, '每年，12月20日前', 'every year, by the 20th of December'],
    ['FREQ=YEARLY;INTERVAL=2', null, '每两年', 'every 2 years'],
    ['FREQ=MONTHLY;UNTIL=20261231', null, '每月，到2026年12月31日为止', 'every month, until 31 December 2026'],
    ['FREQ=WEEKLY;COUNT=3', null, '每周，共3次', 'every week, 3 times in all'],
    [null, '2026-12-31', '一次，2026年12月31日前', 'once, by 31 December 2026'],
    [null, null, '长期', 'standing'],
    ['FREQ=HOURLY', null, 'FREQ=HOURLY', 'FREQ=HOURLY'],
  ])('%s %s', (rrule, due, zh, en) => {
    expect([sayCadence(rrule, due, 'zh-CN'), sayCadence(rrule, due, 'en')]).toEqual([zh, en])
  })
})

describe('a choice', () => {
  const dates = fc.constantFrom(null, -1, 1, 15, 25, 31)
  const choices = fc.constantFrom(...everies).chain((every) => {
    const week = every === 'week' || every === 'fortnight'
    const dated = every === 'month' || every === 'quarter' || every === 'half' || every === 'year'
    return fc.record({
      every: fc.constant(every),
      on: week ? fc.constantFrom(null, 1, 5, 7) : dated ? dates : fc.constant(null),
      month: every === 'year' ? fc.constantFrom(null, 1, 6, 12) : fc.constant(null),
    })
  })

  it('comes back from its own rule, and every rule is one the calendar reads', () => {
    fc.assert(
      fc.property(choices, (choice) => {
        const rrule = rruleOf(choice)
        expect(choiceOf(rrule, choice.every === 'once' ? '2026-12-31' : null)).toEqual(choice)
        if (rrule !== null) expect(() => parseCadence(rrule)).not.toThrow()
      }),
    )
  })

  it('is none for what the form cannot say', () => {
    const rules = [
      'FREQ=MONTHLY;BYDAY=2TU',
      'FREQ=MONTHLY;INTERVAL=2',
      'FREQ=WEEKLY;INTERVAL=3',
      'FREQ=YEARLY;INTERVAL=2',
      'FREQ=MONTHLY;COUNT=3',
      'nonsense',
    ]
    expect(rules.map((rule) => choiceOf(rule, null))).toEqual(rules.map(() => null))
  })
})

describe('a period in words', () => {
  it.each([
    ['2026-03', '3月', 'March'],
    ['2025-03', '2025年3月', 'March 2025'],
    ['2026-Q2', '第二季度', 'Q2'],
    ['2027-H1', '2027年上半年', 'first half 2027'],
    ['2026-H2', '下半年', 'second half'],
    ['2026', '2026年', '2026'],
    ['2025+5', '2025—2029年', '2025–2029'],
    ['2026-W07', '第7周', 'week 7'],
    ['2026-W07+2', '第7—8周', 'weeks 7–8'],
    ['2026-03+2', '3—4月', 'March–April'],
    ['2026-02-10', '2月10日', '10 February'],
    ['once', '一次', 'once'],
    ['what else', 'what else', 'what else'],
  ])('%s', (key, zh, en) => {
    expect([sayPeriod(key, 'zh-CN', '2026-06-15'), sayPeriod(key, 'en', '2026-06-15')]).toEqual([zh, en])
  })

  it('knows every key the calendar makes', () => {
    const calendar = calendarOf([])
    for (const rule of [
      'FREQ=DAILY',
      'FREQ=WEEKLY',
      'FREQ=WEEKLY;INTERVAL=2',
      'FREQ=MONTHLY',
      'FREQ=MONTHLY;INTERVAL=2',
      'FREQ=MONTHLY;INTERVAL=3',
      'FREQ=MONTHLY;INTERVAL=4',
      'FREQ=MONTHLY;INTERVAL=6',
      'FREQ=YEARLY',
      'FREQ=YEARLY;INTERVAL=5',
    ])
      for (const { key } of periodsOf(rule, { from: '2026-01-01', until: '2026-12-31', calendar }))
        expect(sayPeriod(key, 'zh-CN', '2020-01-01')).toMatch(/[年月日周]/)
  })
})
