import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { endsOf, lengthOf, mayRetract, noCircle, type Part, partsByUnit, partWithin } from './tree.ts'

const codeOf = (verdict: ReturnType<typeof noCircle>) => (verdict.ok ? null : verdict.refusal.code)

describe('moving a duty', () => {
  it('closes no circle, whatever the sequence of moves', () => {
    const node = fc.integer({ min: 0, max: 7 })
    fc.assert(
      fc.property(fc.array(fc.tuple(node, fc.option(node)), { maxLength: 40 }), (moves) => {
        const parents = new Map<number, number | null>()
        const named = (id: number) => ({ id: String(id), title: `第${id}项` })
        const above = (from: number | null): number[] => {
          const list: number[] = []
          for (let at = from; at !== null && list.length < 20; at = parents.get(at) ?? null) list.push(at)
          return list
        }
        for (const [duty, parent] of moves) if (noCircle(named(duty), above(parent).map(named)).ok) parents.set(duty, parent)
        for (let id = 0; id < 8; id += 1) expect(above(id).length).toBeLessThan(9)
      }),
    )
  })

  it('says along which names the circle would run', () => {
    const [a, b, c] = ['甲', '乙', '丙'].map((title) => ({ id: title, title })) as [
      Part & { title: string },
      Part & { title: string },
      Part & { title: string },
    ]
    const verdict = noCircle(a, [c, b, a])
    expect(verdict.ok ? null : [verdict.refusal.code, verdict.refusal.params.names, verdict.refusal.places]).toEqual([
      'duty.circle',
      '“甲” → “乙” → “丙” → “甲”',
      [{ at: '/parent' }],
    ])
    expect(codeOf(noCircle(a, [a]))).toBe('duty.circle')
    expect(codeOf(noCircle(c, [b, a]))).toBeNull()
  })
})

describe('a part', () => {
  const whole = { since: '2026-01-01', until: '2027-01-01', rrule: 'FREQ=MONTHLY;INTERVAL=3', due: null }
  const part = { since: '2026-03-01', rrule: 'FREQ=MONTHLY', due: null }
  it('lies within its whole: not earlier, not past its end, not more seldom', () => {
    expect(codeOf(partWithin(whole, part, '/parts/0'))).toBeNull()
    expect(codeOf(partWithin(whole, { ...part, since: '2025-12-31' }, ''))).toBe('duty.part_early')
    expect(codeOf(partWithin(whole, { ...part, since: '2027-01-01' }, ''))).toBe('duty.part_late')
    expect(codeOf(partWithin(whole, { ...part, rrule: 'FREQ=YEARLY' }, ''))).toBe('duty.part_slower')
    expect(codeOf(partWithin(whole, { ...part, rrule: null }, ''))).toBeNull()
    const once = { ...whole, rrule: null, due: '2026-09-30' }
    expect(codeOf(partWithin(once, { ...part, rrule: null, due: '2026-10-01' }, ''))).toBe('duty.part_due')
    expect(codeOf(partWithin(once, { ...part, rrule: null, due: '2026-09-30' }, ''))).toBeNull()
    // Of what is overdue already a part is due when it says.
    expect(codeOf(partWithin(once, { since: '2026-10-01', rrule: null, due: '2026-10-31' }, ''))).toBeNull()
    expect(['FREQ=DAILY', 'FREQ=WEEKLY;INTERVAL=2', 'FREQ=YEARLY', null].map(lengthOf)).toEqual([1, 14, 365, null])
  })
})

describe('whose part a child carries', () => {
  const holders = [
    { id: 'h1', unit: 'works' },
    { id: 'h2', unit: 'general' },
  ]
  const above = new Map([['team', new Set(['team', 'works', 'office'])]])
  it('is the holder’s of its unit or of a unit above, else everybody’s', () => {
    expect(partsByUnit(holders, ['works'], above)).toEqual(['h1'])
    expect(partsByUnit(holders, ['team'], above)).toEqual(['h1'])
    expect(partsByUnit(holders, ['team', 'general'], above)).toEqual(['h1', 'h2'])
    expect(partsByUnit([{ id: 'h3', unit: 'leaders' }], ['works'], above)).toEqual(['h3'])
  })
})

describe('where branches end', () => {
  const leaf = (id: string, parent: string | null, filled: boolean, carries: string[] = []): Part => ({
    id,
    parent,
    holders: [{ id: `${id}.h`, filled }],
    carries,
  })
  it('a leaf ends at whoever holds it; a decomposed duty where each holder’s part does', () => {
    const two = {
      ...leaf('top', null, true),
      holders: [
        { id: 'h1', filled: true },
        { id: 'h2', filled: true },
      ],
    }
    expect(endsOf([leaf('a', null, true), leaf('b', null, false)])).toEqual(
      new Map([
        ['a', true],
        ['b', false],
      ]),
    )
    expect(endsOf([two, leaf('x', 'top', true, ['h1'])]).get('top')).toBe(false)
    expect(endsOf([two, leaf('x', 'top', true, ['h1']), leaf('y', 'top', true, ['h2'])]).get('top')).toBe(true)
    expect(endsOf([two, leaf('x', 'top', true, ['h1']), leaf('y', 'top', false, ['h2'])]).get('top')).toBe(false)
  })

  it('a tree ends at persons if and only if no leaf is without one and no part is left over', () => {
    const parts = fc.array(fc.record({ parent: fc.nat(10), filled: fc.boolean(), carried: fc.boolean() }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(parts, (list) => {
        const tree = list.map((one, i) => {
          const parent = i === 0 ? null : String(one.parent % i)
          return leaf(String(i), parent, one.filled, parent !== null && one.carried ? [`${parent}.h`] : [])
        })
        const inner = new Set(tree.map((one) => one.parent))
        const leaves = tree.filter((one) => !inner.has(one.id))
        const left = tree.filter((one) => inner.has(one.id) && !tree.some((child) => child.parent === one.id && child.carries.length > 0))
        const whole = leaves.every((one) => one.holders[0]?.filled) && left.length === 0
        expect(endsOf(tree).get('0')).toBe(whole)
      }),
    )
  })

  it('does not run for ever over data that goes round', () => {
    expect(endsOf([leaf('a', 'b', true, ['b.h']), leaf('b', 'a', true, ['a.h'])]).get('a')).toBe(false)
  })
})

describe('taking back', () => {
  const fresh = { lastDay: '2026-06-22', today: '2026-06-15', settled: 0, children: [], changes: 0 }
  it('is for what is fresh and what nothing rests on', () => {
    expect(codeOf(mayRetract(fresh))).toBeNull()
    expect(codeOf(mayRetract({ ...fresh, today: '2026-06-23' }))).toBe('duty.retract_late')
    expect(codeOf(mayRetract({ ...fresh, settled: 1 }))).toBe('duty.retract_built')
    expect(codeOf(mayRetract({ ...fresh, changes: 1 }))).toBe('duty.retract_built')
    const built = mayRetract({ ...fresh, children: ['甲'] })
    expect(built.ok ? null : built.refusal.places).toEqual([{ at: '/id', message: '“甲”' }])
  })
})
