import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, calendarOf, periodsOf, warnFrom } from '#kernel/calendar/index.ts'
import { type Group, movesUnder } from './turn.ts'

const share = 1 / 3
const bare = calendarOf([])
/** National Day of 2027 as a notice might have it: a week off, a Sunday and a Saturday worked. */
const off = ['2027-10-01', '2027-10-04', '2027-10-05', '2027-10-06', '2027-10-07'].map((date) => ({ name: '国庆节', date, isOffDay: true }))
const work = ['2027-09-26', '2027-10-09'].map((date) => ({ name: '国庆节', date, isOffDay: false }))
const late = calendarOf([{ year: 2027, papers: [], days: [...off, ...work] }])
const today = '2027-09-01'

const monthly = 'FREQ=MONTHLY;BYMONTHDAY=10'
const group = (change: Partial<Group>): Group => {
  const whole = { by: monthly, from: '2027-01-01', opens: '2027-10-01', due: '2027-10-08', count: 1, warnFrom: '', ...change }
  return { ...whole, warnFrom: warnFrom(whole.opens, whole.due, bare, share) }
}
const days = (list: ReturnType<typeof movesUnder>) => list.map(({ toDue, toWarnFrom }) => [toDue, toWarnFrom])

describe('under a calendar that arrives late', () => {
  it('a cadence is due on the last working day there is then', () => {
    // The 10th is a Sunday: before the notice the Friday before it, now the Saturday that is worked.
    expect(days(movesUnder([group({})], late, today, share))).toEqual([['2027-10-09', '2027-10-09']])
  })
  it('a span is counted over the working days there are then', () => {
    const span = group({ by: '5wd', from: '2027-09-29', opens: '2027-09-29', due: '2027-10-06' })
    expect(days(movesUnder([span], late, today, share))).toEqual([['2027-10-12', '2027-10-12']])
  })
  it('a day that somebody set stays; its yellow is counted again', () => {
    const set = group({ by: null, from: null, opens: '2027-09-27', due: '2027-10-13' })
    // Thirteen working days, the last four; now eight, the last two.
    expect([set.warnFrom, days(movesUnder([set], late, today, share))]).toEqual(['2027-10-08', [['2027-10-13', '2027-10-12']]])
  })
  it('what has passed stays, and nothing moves before the day one asks on', () => {
    expect(movesUnder([group({})], late, '2027-10-10', share)).toEqual([])
    const soon = group({ by: 'FREQ=WEEKLY;BYDAY=TH', from: '2027-01-01', opens: '2027-10-04', due: '2027-10-07' })
    expect(days(movesUnder([soon], late, '2027-10-06', share))).toEqual([['2027-10-08', '2027-10-08']])
    const back = group({ by: 'FREQ=MONTHLY;BYMONTHDAY=6', from: '2027-01-01', opens: '2027-09-07', due: '2027-10-06' })
    expect(days(movesUnder([back], late, '2027-10-05', share)).flat()).not.toContain('2027-09-30')
  })
  it('a day of a daily cadence that is no working day any more keeps its day', () => {
    const daily = group({ by: 'FREQ=DAILY', from: '2027-01-01', opens: '2027-10-05', due: '2027-10-05' })
    expect(movesUnder([daily], late, today, share)).toEqual([])
  })
  it('nothing moves under the calendar it was counted under', () => {
    expect(movesUnder([group({})], bare, today, share)).toEqual([])
  })
})

describe('whatever the notice says', () => {
  const day = fc.integer({ min: 0, max: 364 }).map((n) => addDays('2027-01-01', n))
  const notice = fc
    .uniqueArray(fc.record({ date: day, isOffDay: fc.boolean() }), { selector: (one) => one.date, maxLength: 40 })
    .map((list) => calendarOf([{ year: 2027, papers: [], days: list.map((one) => ({ ...one, name: '假' })) }]))
  const by = fc.constantFrom('FREQ=MONTHLY', 'FREQ=MONTHLY;INTERVAL=3', 'FREQ=WEEKLY;BYDAY=FR', 'FREQ=YEARLY', '15wd', '1m', null)
  const made = fc.tuple(by, day, notice).chain(([rule, from, before]) => {
    const opens = rule?.startsWith('FREQ=') ? periodsOf(rule, { since: '2027-01-01', from, until: from, calendar: before })[0] : undefined
    const start = opens?.opens ?? from
    const due = opens?.due ?? addDays(from, 20)
    const one: Group = {
      by: rule,
      from: opens ? '2027-01-01' : from,
      opens: start,
      due,
      warnFrom: warnFrom(start, due, before, share),
      count: 1,
    }
    return fc.constant(one)
  })

  it('counting again what was moved moves nothing; the day set by somebody stays; nothing goes into the past', () => {
    fc.assert(
      fc.property(fc.array(made, { maxLength: 10 }), notice, day, (groups, calendar, today) => {
        const moves = movesUnder(groups, calendar, today, share)
        for (const move of moves) {
          expect(move.toDue >= today && move.toDue >= move.opens && move.toWarnFrom >= move.opens && move.toWarnFrom <= move.toDue).toBe(
            true,
          )
          if (move.by === null) expect(move.toDue).toBe(move.due)
        }
        const after = moves.map((move) => ({ ...move, due: move.toDue, warnFrom: move.toWarnFrom }))
        expect(movesUnder(after, calendar, today, share)).toEqual([])
      }),
      { numRuns: 300 },
    )
  })
})
