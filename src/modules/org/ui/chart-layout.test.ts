import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { deeper, fitting, rowsOf, scales } from './chart-layout.ts'

describe('cards in rows', () => {
  test('every card stands once, in order, in no row more than fit, and no row is nearly empty below a full one', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 12 }), (cards, across) => {
        const rows = rowsOf(cards, across)
        expect(rows.flat()).toEqual(cards)
        for (const row of rows) expect(row.length).toBeLessThanOrEqual(across)
        expect(rows.length).toBeLessThanOrEqual(Math.ceil(cards.length / across))
      }),
    )
    expect(rowsOf([1, 2, 3, 4, 5, 6, 7, 8], 7).map((row) => row.length)).toEqual([4, 4])
    expect(rowsOf([], 7)).toEqual([])
  })
})

test('the largest scale that fits is taken, the smallest where none does', () => {
  expect(fitting(() => 190, 190)).toBe(1)
  expect(fitting((scale) => 300 * scale, 190)).toBe(0.76)
  expect(fitting(() => 10_000, 190)).toBe(scales.at(-1))
})

test('what lies deeper is listed in order with its depth', () => {
  const card = (id: string, ...below: ReturnType<typeof one>[]): ReturnType<typeof one> => one(id, below)
  const one = (id: string, below: { unit: never; below: never[] }[] = []) => ({ unit: { id } as never, below: below as never[] })
  const tree = card('a', card('b', card('c')), card('d'))
  expect(deeper(tree).map(({ unit, depth }) => `${(unit as { id: string }).id}${depth}`)).toEqual(['b0', 'c1', 'd0'])
})
