import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chinese, numeral } from './numerals.ts'

describe('Chinese numerals', () => {
  it.each([
    ['七', 7],
    ['十', 10],
    ['十二', 12],
    ['二十', 20],
    ['一百零五', 105],
    ['一百一十三', 113],
    ['一千二百六十', 1260],
    ['一千零一', 1001],
    ['三千四百', 3400],
  ])('%s is %i', (word, value) => {
    expect(numeral(word)).toBe(value)
    expect(chinese(value)).toBe(word)
  })

  it('takes other ways to write one, and refuses what is none', () => {
    expect([numeral('〇'), numeral('两百'), numeral('一百五'), numeral('88')]).toEqual([0, 200, 105, 88])
    expect(numeral('三款')).toBeNaN()
  })

  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9999 }), (n) => {
        expect(numeral(chinese(n))).toBe(n)
      }),
    )
  })
})
