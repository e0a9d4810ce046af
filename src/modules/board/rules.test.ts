import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Counts, gridOf, type MonthRow, notOnTime, onTimeRate, standOf } from './rules.ts'

const counts = (some: Partial<Counts> = {}): Counts => ({ red: 0, yellow: 0, green: 0, onTime: 0, late: 0, waived: 0, ...some })
const row = (unit: string, month: string, some: Partial<Counts>): MonthRow => ({
  unit_id: unit,
  unit,
  line: 'administrative',
  month,
  ...counts(some),
})
const keys = Object.keys(counts()) as (keyof Counts)[]

describe('the grid of a year', () => {
  it('has twelve months for every unit, in the order the rows came, and empty cells where nothing is due', () => {
    const { units, totals } = gridOf(2026, [row('works', '2026-03', { red: 2 }), row('general', '2026-01', { onTime: 4, waived: 1 })])
    expect(units.map(({ unit }) => unit.name)).toEqual(['works', 'general'])
    expect(units[0]?.months.map(({ month }) => month)).toEqual(
      Array.from({ length: 12 }, (_, i) => `2026-${String(i + 1).padStart(2, '0')}`),
    )
    expect(units[0]?.months[2]).toEqual({ month: '2026-03', ...counts({ red: 2 }) })
    expect(units[0]?.months[3]).toEqual({ month: '2026-04', ...counts() })
    expect(totals).toEqual(counts({ red: 2, onTime: 4, waived: 1 }))
  })

  it('adds rows of the same unit and month', () => {
    const { units } = gridOf(2026, [row('works', '2026-03', { red: 2 }), row('works', '2026-03', { red: 1, late: 5 })])
    expect(units).toHaveLength(1)
    expect(units[0]?.months[2]).toEqual({ month: '2026-03', ...counts({ red: 3, late: 5 }) })
  })

  it('loses nothing: the totals are the sum of the cells, and the cells the sum of the rows', () => {
    const some = fc.record(Object.fromEntries(keys.map((key) => [key, fc.nat(50)])) as Record<keyof Counts, fc.Arbitrary<number>>)
    const rows = fc.array(
      fc
        .tuple(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 1, max: 12 }), some)
        .map(([unit, month, each]) => row(unit, `2026-${String(month).padStart(2, '0')}`, each)),
      { maxLength: 40 },
    )
    fc.assert(
      fc.property(rows, (given) => {
        const { units, totals } = gridOf(2026, given)
        const cells = units.flatMap(({ months }) => months)
        for (const key of keys) {
          const sum = given.reduce((all, each) => all + each[key], 0)
          expect(cells.reduce((all, cell) => all + cell[key], 0)).toBe(sum)
          expect(totals[key]).toBe(sum)
        }
        expect(new Set(units.map(({ unit }) => unit.id)).size).toBe(units.length)
      }),
    )
  })
})

describe('the on-time rate', () => {
  it.each([
    [{}, 0, null],
    [{ waived: 9, green: 3, yellow: 2 }, 0, null],
    [{ onTime: 3, late: 1 }, 0, 0.75],
    [{ onTime: 3, red: 1 }, 0, 0.75],
    [{ onTime: 3, red: 1 }, 2, 0.5],
    [{ onTime: 0, red: 1 }, 0, 0],
    [{ onTime: 5 }, 0, 1],
  ] as const)('of %o with %i older ones is %s', (some, older, rate) => {
    expect(onTimeRate(counts(some), older)).toBe(rate)
  })

  it('lies between 0 and 1, and falls with every late or overdue one', () => {
    const some = fc.record({
      red: fc.nat(99),
      yellow: fc.nat(99),
      green: fc.nat(99),
      onTime: fc.nat(99),
      late: fc.nat(99),
      waived: fc.nat(99),
    })
    fc.assert(
      fc.property(some, fc.nat(99), (each, older) => {
        const rate = onTimeRate(each, older)
        if (rate === null) return expect(each.onTime + each.late + each.red + older).toBe(0)
        expect(rate).toBeGreaterThanOrEqual(0)
        expect(rate).toBeLessThanOrEqual(1)
        for (const worse of [
          onTimeRate({ ...each, late: each.late + 1 }, older),
          onTimeRate({ ...each, red: each.red + 1 }, older),
          onTimeRate(each, older + 1),
        ]) {
          if (each.onTime > 0) expect(worse).toBeLessThan(rate)
          else expect(worse).toBe(0)
        }
      }),
    )
  })
})

describe('how a month stands', () => {
  it.each([
    [{ red: 1, yellow: 4, green: 2, onTime: 9 }, 'red', 1],
    [{ yellow: 1, onTime: 9, late: 2 }, 'yellow', 2],
    [{ onTime: 1, green: 3 }, 'green', 0],
    [{ late: 1 }, 'green', 1],
    [{ green: 3, waived: 1 }, 'coming', 0],
    [{ waived: 1 }, 'grey', 0],
    [{}, 'none', 0],
  ] as const)('%o is %s, %i not on time', (some, stand, late) => {
    expect(standOf(counts(some))).toBe(stand)
    expect(notOnTime(counts(some))).toBe(late)
  })

  it('is not yet green ahead of its time while something in it is open', () => {
    expect(standOf(counts({ onTime: 1, green: 3 }), true)).toBe('coming')
    expect(standOf(counts({ onTime: 1 }), true)).toBe('green')
    expect(standOf(counts({ onTime: 1, yellow: 1, green: 3 }), true)).toBe('yellow')
  })
})
