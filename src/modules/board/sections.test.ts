import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, daysBetween, weekday } from '#kernel/calendar/days.ts'
import { loadsOf, monthsFrom, quarterOf, quartersOf, sectionsFor, standsAs } from './rules.ts'
import { mondayOf, weekBeside, weekOf } from './week.ts'
import { lastOf, movedOf, type Step } from './why.ts'

describe('weeks', () => {
  it.each([
    ['2026-01-01', '2026-W01'],
    ['2025-12-29', '2026-W01'],
    ['2027-01-03', '2026-W53'],
    ['2027-01-04', '2027-W01'],
    ['2024-12-30', '2025-W01'],
    ['2026-03-16', '2026-W12'],
  ])('%s is in %s', (day, week) => expect(weekOf(day)).toBe(week))

  it('run from Monday to Sunday without gap or overlap, and back to the same Monday', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60_000 }), (n) => {
        const day = addDays('2001-01-01', n)
        const monday = mondayOf(weekOf(day))
        expect(monday).not.toBe(null)
        expect(weekday(String(monday))).toBe(1)
        expect(daysBetween(String(monday), day)).toBeGreaterThanOrEqual(0)
        expect(daysBetween(String(monday), day)).toBeLessThan(7)
        expect(mondayOf(weekBeside(String(monday), 1))).toBe(addDays(String(monday), 7))
      }),
    )
  })

  it.each(['2025-W53', '2026-W00', '2026-W54', '2026-W1', '2026-12', 'W12', ''])('%s is none', (week) => expect(mondayOf(week)).toBe(null))
})

const step = (some: Partial<Step>): Step => ({
  ...{
    version: 1,
    kind: 'made',
    on: '2026-01-05',
    by: '郑文清',
    reason: null,
    act: null,
    state: 'open',
    holder: '王建业',
    due: '2026-03-31',
  },
  ...some,
})

describe('why red', () => {
  it('names what moved the day or changed hands, with what was before, the last of it', () => {
    const steps = [
      step({}),
      step({ version: 2, kind: 'recomputed', on: '2026-01-20', reason: '2026年放假安排', due: '2026-04-01' }),
      step({ version: 3, kind: 'handed_over', on: '2026-02-02', reason: '岗位调整', due: '2026-04-01', holder: '陈小禾' }),
      step({ version: 4, kind: 'due_moved', on: '2026-03-30', reason: '等批复', due: '2026-04-10', holder: '陈小禾' }),
      step({ version: 5, kind: 'corrected', on: '2026-04-02', due: '2026-04-10', holder: '陈小禾' }),
    ]
    expect(movedOf(steps)).toEqual([
      { kind: 'recomputed', on: '2026-01-20', by: '郑文清', reason: '2026年放假安排', wasDue: '2026-03-31', wasHolder: null },
      { kind: 'handed_over', on: '2026-02-02', by: '郑文清', reason: '岗位调整', wasDue: null, wasHolder: '王建业' },
      { kind: 'due_moved', on: '2026-03-30', by: '郑文清', reason: '等批复', wasDue: '2026-04-01', wasHolder: null },
    ])
    expect(movedOf(steps, 1).map((one) => one.kind)).toEqual(['due_moved'])
    expect(movedOf([])).toEqual([])
  })

  it('says what was done last: withdrawn, restored, or an earlier period', () => {
    const earlier = { act: 'b', what: '核查', on: '2026-02-27' }
    const done = step({ version: 2, kind: 'discharged', state: 'discharged', act: 'a' })
    expect(lastOf([step({})], undefined)).toBe(null)
    expect(lastOf([step({})], earlier)).toMatchObject({ kind: 'earlier', act: 'b', on: '2026-02-27' })
    expect(lastOf([step({}), done, step({ version: 3, kind: 'corrected', act: 'a', reason: '误记' })], earlier)).toMatchObject({
      ...{ kind: 'withdrawn', act: 'a', what: '误记' },
    })
    const waived = step({ version: 2, kind: 'waived', state: 'waived' })
    expect(lastOf([step({}), waived, step({ version: 3, kind: 'corrected' })], earlier)).toMatchObject({ kind: 'restored' })
  })
})

describe('as whom', () => {
  it('one opens it: the seat first, then what one may', () => {
    expect([standsAs('first', true), standsAs('member', true), standsAs(null, true), standsAs(null, false)]).toEqual([
      'first',
      'leader',
      'clerk',
      'unit',
    ])
    expect(sectionsFor('first', false)).toContain('first')
    expect(sectionsFor('leader', true)).toEqual(['own', 'chase', 'grid', 'reds', 'burden'])
  })
})

describe('quarters', () => {
  const asked = [
    { month: 2, asked: 1, done: 1, overdue: 0 },
    { month: 5, asked: 2, done: 1, overdue: 1 },
    { month: 12, asked: 1, done: 0, overdue: 0 },
  ]
  it('have a gap when something is overdue, or when they are over without an act', () => {
    const of = quartersOf(asked, ['2026-02-03', '2026-05-06'], 2026, '2026-11-23')
    expect(of.map((one) => one.gap)).toEqual([false, true, true, false])
    expect(of[1]).toEqual({ asked: 2, done: 1, overdue: 1, acts: 1, gap: true })
    expect(quartersOf(asked, [], 2026, '2026-03-31')[0]?.gap).toBe(false)
    expect(quartersOf(asked, [], 2026, '2026-04-01')[0]?.gap).toBe(true)
  })
  it('are counted by months', () => {
    expect(monthsFrom(['2026-01-31', '2026-12-01', '2026-12-31'])).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2])
    expect([
      quarterOf(2026, '2026-06-30'),
      quarterOf(2026, '2026-07-01'),
      quarterOf(2025, '2026-01-01'),
      quarterOf(2027, '2026-01-01'),
    ]).toEqual([2, 3, 4, 1])
  })
})

describe('the burden', () => {
  it('of units and of classes is the same whole, whoever it falls on; those outside are left out', () => {
    const person = fc.constantFrom('a', 'b', 'c', 'd', 'stranger')
    const sum = fc.record({
      ...{ person_id: person, kind: fc.constantFrom('task', 'first'), month: fc.nat(9), before: fc.nat(9), year: fc.nat(40) },
    })
    fc.assert(
      fc.property(fc.array(sum, { maxLength: 30 }), (sums) => {
        const within = new Map([
          ['a', 'x'],
          ['b', 'x'],
          ['c', 'y'],
          ['d', 'y'],
        ])
        const classOf = (one: string) => (one === 'a' ? 'leader' : one === 'c' ? 'head' : 'staff')
        const { total, units, classes } = loadsOf(sums, {
          ...{ within, classOf, minutesOf: (kind) => (kind === 'first' ? 60 : 30), budgetOf: (of) => (of === 'staff' ? 6 : null) },
        })
        const inside = sums.filter((one) => within.has(one.person_id))
        expect(total).toEqual({
          persons: 4,
          asked: inside.reduce((n, one) => n + one.month, 0),
          minutes: inside.reduce((n, one) => n + one.month * (one.kind === 'first' ? 60 : 30), 0),
        })
        for (const parts of [[...units.values()], [...classes.values()]])
          for (const key of ['persons', 'asked', 'minutes'] as const) expect(parts.reduce((n, one) => n + one[key], 0)).toBe(total[key])
        const yearOf = (who: string) => inside.filter((one) => one.person_id === who).reduce((n, one) => n + one.year, 0)
        expect(classes.get('staff')?.over).toBe(['b', 'd'].filter((who) => yearOf(who) > 6).length)
        expect(classes.get('leader')?.over).toBe(0)
      }),
    )
  })
})
