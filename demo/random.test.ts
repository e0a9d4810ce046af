import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chanceOf } from './random.ts'

describe('chance', () => {
  it('gives the same number for the same words, whatever was asked before, and one within its range', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), fc.integer({ min: -50, max: 50 }), fc.nat(50), (seed, a, b, low, width) => {
        const one = chanceOf(seed)
        const other = chanceOf(seed)
        one.of(b)
        expect(one.of(a)).toBe(other.of(a))
        expect(one.of(a)).toBeGreaterThanOrEqual(0)
        expect(one.of(a)).toBeLessThan(1)
        const n = one.whole(low, low + width, a, b)
        expect(Number.isInteger(n) && n >= low && n <= low + width).toBe(true)
      }),
    )
  })

  it('spreads evenly over neighbouring words', () => {
    const chance = chanceOf('demo')
    const tenths = Array.from({ length: 10 }, () => 0)
    for (let i = 0; i < 10_000; i += 1) tenths[chance.whole(0, 9, 'word', i)] = (tenths[chance.whole(0, 9, 'word', i)] ?? 0) + 1
    for (const n of tenths) expect(Math.abs(n - 1000)).toBeLessThan(150)
  })

  it('differs by seed and refuses to pick from nothing', () => {
    expect(chanceOf('a').of('x')).not.toBe(chanceOf('b').of('x'))
    expect(() => chanceOf('a').pick([], 'x')).toThrow()
  })
})
