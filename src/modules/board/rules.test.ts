import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Counts, cellsOf, gridOf, notOnTime, onTimeRate, standOf, type UnitRow } from './rules.ts'

const counts = (some: Partial<Counts> = {}): Counts => ({ red: 0, yellow: 0, green: 0, onTime: 0, late: 0, waived: 0, ...some })
const keys = Object.keys(counts()) as (keyof Counts)[]
const row = (unit: string, months: Record<number, Partial<Counts>>): UnitRow => ({
  unit_id: unit,
  unit,
  line: 'administrative',
  months: Object.entries(months).map(([month, some]) => [Number(month), ...keys.map((key) => some[key] ?? 0)]),
})

describe('the grid of a year', () => {
  it('has twelve months for every unit, in the order the rows came, and empty ones where nothing is due', () => {
    const { units, totals } = gridOf([row('works', { 3: { red: 2 } }), row('general', { 1: { onTime: 4, waived: 1 } })])
    expect(units.map(({ unit }) => unit.name)).toEqual(['works', 'general'])
    const cells = cellsOf(2026, (units[0] as (typeof units)[number]).counts)
    expect(cells.map(({ month }) => month)).toEqual(Array.from({ length: 12 }, (_, i) => `2026-${String(i + 1).padStart(2, '0')}`))
    expect(cells[2]).toEqual({ month: '2026-03', ...counts({ red: 2 }) })
    expect(cells[3]).toEqual({ month: '2026-04', ...counts() })
    expect(totals).toEqual(counts({ red: 2, onTime: 4, waived: 1 }))
  })

  it('loses nothing: the totals are the sum of the cells, and the cells what the rows said', () => {
    const some = fc.record(Object.fromEntries(keys.map((key) => [key, fc.nat(50)])) as Record<keyof Counts, fc.Arbitrary<number>>)
    const year = fc.dictionary(fc.integer({ min: 1, max: 12 }).map(String), some)
    fc.assert(
      fc.property(fc.array(year, { maxLength: 6 }), (years) => {
        const { units, totals } = gridOf(years.map((months, i) => row(`unit ${i}`, months)))
        expect(units).toHaveLength(years.length)
        for (const [i, { counts: of }] of units.entries())
          for (const [m, { month: _, ...cell }] of cellsOf(2026, of).entries()) expect(cell).toEqual(counts(years[i]?.[m + 1]))
        for (const key of keys) {
          const given = years.flatMap((months) => Object.values(months).map((cell) => cell[key]))
          expect(totals[key]).toBe(given.reduce((sum, n) => sum + n, 0))
        }
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
