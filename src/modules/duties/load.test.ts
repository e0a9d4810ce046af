import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flaws } from '#kernel/machine.ts'
import { budgetIn, issueMoves, loadsOf, maySign, windowsOf } from './load.ts'

const today = '2026-07-10'
const of = { classOf: () => 'staff' as const, budgetOf: () => 6, minutes: 30, today }
const asked = (person: string, ...months: string[]) => months.map((month) => ({ person, month, asked: 1 }))

it('every state of what awaits a signature can be reached', () => {
  expect(flaws(issueMoves)).toEqual({ unreachable: [], unknown: [] })
})

describe('the load', () => {
  it('is measured over the twelve months ahead and every calendar year touched', () => {
    expect(windowsOf(['2027-03', '2028-01'], today)).toEqual([
      { from: '2026-07', until: '2027-06' },
      { from: '2026-01', until: '2026-12' },
      { from: '2027-01', until: '2027-12' },
      { from: '2028-01', until: '2028-12' },
    ])
  })
  it.each<[string, number, number, boolean]>([
    ['six beside none', 0, 6, false],
    ['seven beside none', 0, 7, true],
    ['one beside six', 6, 1, true],
    ['one beside five', 5, 1, false],
  ])('%s', (_name, has, adds, over) => {
    const months = (n: number) => Array.from({ length: n }, () => '2026-09')
    const [load] = loadsOf(asked('a', ...months(adds)), asked('a', ...months(has)), of)
    expect(load).toMatchObject({ has, adds, minutes: adds * 30, over, budget: 6 })
  })
  it('of a monthly duty written in the middle of a year is a whole year’s, not half of one', () => {
    const months = [
      '2026-07',
      '2026-08',
      '2026-09',
      '2026-10',
      '2026-11',
      '2026-12',
      '2027-01',
      '2027-02',
      '2027-03',
      '2027-04',
      '2027-05',
      '2027-06',
    ]
    expect(loadsOf(asked('a', ...months), [], of)[0]).toMatchObject({ adds: 12, over: true })
  })
  it('what a year is full of without the addition is nobody’s excess', () => {
    const [load] = loadsOf(asked('a', '2027-09'), asked('a', ...Array.from({ length: 9 }, () => '2026-01')), of)
    expect(load).toMatchObject({ has: 0, adds: 1, over: false })
  })
  it('is never above no budget', () => {
    expect(loadsOf(asked('a', ...Array.from({ length: 40 }, () => '2026-09')), [], { ...of, budgetOf: () => null })[0]?.over).toBe(false)
    expect([budgetIn('none'), budgetIn(6)]).toEqual([null, 6])
  })
  it('grows with what is added, and nobody is above who was not with more', () => {
    const month = fc
      .integer({ min: 0, max: 17 })
      .map((n) => `${2026 + Math.floor((n + 6) / 12)}-${String(((n + 6) % 12) + 1).padStart(2, '0')}`)
    const list = fc.array(month, { maxLength: 12 }).map((months) => asked('a', ...months))
    fc.assert(
      fc.property(list, list, list, (adds, more, has) => {
        const [small] = loadsOf(adds, has, of)
        const [large] = loadsOf([...adds, ...more], has, of)
        if (small?.over) expect(large?.over).toBe(true)
      }),
    )
  })
})

describe('who signs', () => {
  const first = [{ person_id: 'director', name: '周明远' }]
  it('is the first responsible alone', () => {
    expect(maySign('director', first).ok).toBe(true)
    const no = maySign('deputy', first)
    expect(no.ok ? null : [no.refusal.code, no.refusal.params.who]).toEqual(['duty.not_first', '周明远'])
    expect(maySign(null, []).ok).toBe(false)
  })
})
