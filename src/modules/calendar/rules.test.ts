import { describe, expect, it } from 'vitest'
import { calendarOf, type SourcedYear } from '#kernel/calendar/index.ts'
import { changedDays, changedYears, inForce, summaryOf } from './rules.ts'

const year = (source: SourcedYear['source'], days: SourcedYear['days'], of = 2027): SourcedYear => ({
  ...{ year: of, papers: [], days, source, name: `${of} ${source}` },
})
const off = (date: string, name = '元旦') => ({ name, date, isOffDay: true })
const work = (date: string, name = '元旦') => ({ name, date, isOffDay: false })

describe('the years in force', () => {
  it('are the office’s own over those of the folder over those shipped, whatever the order, the later of one source', () => {
    const list = [year('office', [off('2027-01-01')]), year('shipped', []), year('folder', []), year('shipped', [], 2026)]
    expect(inForce(list).map((one) => [one.year, one.source])).toEqual([
      [2026, 'shipped'],
      [2027, 'office'],
    ])
    const later = year('office', [off('2027-01-04')])
    expect(inForce([...list, later])[1]).toBe(later)
  })
  it('changed when a hash did, or came, or went', () => {
    expect(changedYears({ 2026: 'a', 2027: 'b' }, { 2026: 'a', 2027: 'c', 2028: 'd' })).toEqual(['2027', '2028'])
    expect(changedYears({ 2026: 'a' }, {})).toEqual(['2026'])
    expect(changedYears({ 2026: 'a' }, { 2026: 'a' })).toEqual([])
  })
})

describe('what a notice changes', () => {
  const notice = year('office', [off('2027-01-01'), work('2027-01-03'), off('2026-12-31')])
  it('is the days worked under one calendar and not under the other, those before the year too', () => {
    expect(changedDays(calendarOf([]), calendarOf([notice]), 2027)).toEqual([
      { day: '2026-12-31', works: false, name: '元旦' },
      { day: '2027-01-01', works: false, name: '元旦' },
      { day: '2027-01-03', works: true, name: '元旦' },
    ])
    expect(changedDays(calendarOf([notice]), calendarOf([notice]), 2027)).toEqual([])
  })
  it('in figures', () => {
    expect(summaryOf(notice, calendarOf([notice]))).toEqual({
      ...{ year: 2027, daysOff: 2, restDaysWorked: 1, workingDays: 261 },
      holidays: [{ name: '元旦', off: ['2027-01-01', '2026-12-31'], work: ['2027-01-03'] }],
    })
  })
})
