import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { beside, countMarks, marksOf } from './beside.ts'
import { layers, type NewNode, type NodeKind, nameOn, nodeKinds, renamings } from './rules.ts'

const node = (id: string, kind: NodeKind, some: Partial<NewNode> = {}) => ({
  ...{ id, kind, layer: 'persons' as const, title: id, detail: '', light: null, later: false, hidden: false },
  ...some,
})

describe('two days side by side', () => {
  it('one who took another’s place shares a line with them; what went and what came otherwise do not', () => {
    const pairs = beside(
      [node('holder:a', 'holder'), node('obligation:1', 'obligation', { layer: 'owed' })],
      [node('holder:b', 'holder'), node('obligation:2', 'obligation', { layer: 'owed' })],
    )
    expect(pairs.map(({ mark, before, after }) => [mark, before?.id, after?.id])).toEqual([
      ['gone', 'obligation:1', undefined],
      ['added', undefined, 'obligation:2'],
      ['replaced', 'holder:a', 'holder:b'],
    ])
    expect(countMarks(pairs)).toEqual({ same: 0, changed: 0, replaced: 1, added: 1, gone: 1 })
    expect(marksOf(pairs, 'after')).toEqual(
      new Map([
        ['obligation:2', 'added'],
        ['holder:b', 'replaced'],
      ]),
    )
  })

  it('says what changed of the same thing: its light, its words, when it was recorded', () => {
    const mark = (some: Partial<NewNode>) => beside([node('a', 'act')], [node('a', 'act', some)])[0]?.mark
    expect([mark({}), mark({ light: 'red' }), mark({ title: 'b' }), mark({ later: true })]).toEqual([
      'same',
      'changed',
      'changed',
      'changed',
    ])
  })

  it('every node of both days stands in exactly one line, on its side, but who comes before and after; the same day differs in nothing', () => {
    const one = fc.record({ id: fc.constantFrom(...'abcdefgh'), kind: fc.constantFrom(...nodeKinds), layer: fc.constantFrom(...layers) })
    const day = fc
      .uniqueArray(one, { selector: ({ id }) => id, maxLength: 8 })
      .map((some) => some.map(({ id, kind, layer }) => node(`${kind}:${id}`, kind, { layer })))
    fc.assert(
      fc.property(day, day, (first, second) => {
        const pairs = beside(first, second)
        const told = (nodes: typeof first) =>
          nodes.filter(({ kind }) => !['before', 'after', 'handover'].includes(kind)).map(({ id }) => id)
        const side = (of: 'before' | 'after') => pairs.flatMap((pair) => (pair[of] ? [pair[of].id] : []))
        expect(side('before').toSorted()).toEqual(told(first).toSorted())
        expect(side('after').toSorted()).toEqual(told(second).toSorted())
        for (const { mark, before, after } of pairs) {
          expect(before ?? after).not.toBeNull()
          expect(mark === 'gone').toBe(after === null)
          expect(mark === 'added').toBe(before === null)
        }
        expect(beside(first, first).every(({ mark }) => mark === 'same')).toBe(true)
        const back = countMarks(beside(second, first))
        const there = countMarks(pairs)
        expect([back.added, back.gone, back.same]).toEqual([there.gone, there.added, there.same])
      }),
    )
  })
})

describe('what a unit was called', () => {
  const unit = {
    name: '工程建设科',
    names: [
      { name: '工程管理科', until: '2025-03-01' },
      { name: '工程科', until: '2025-09-01' },
      { name: '工程科', until: '2026-05-01' },
    ],
  }
  it.each([
    ['2025-02-28', '工程管理科'],
    ['2025-03-01', '工程科'],
    ['2026-04-30', '工程科'],
    ['2026-05-01', '工程建设科'],
  ])('on %s: %s', (day, name) => expect(nameOn(unit, day)).toBe(name))

  it('a move below another unit is no renaming', () => {
    expect(renamings(unit)).toEqual([
      { day: '2025-03-01', from: '工程管理科', to: '工程科' },
      { day: '2026-05-01', from: '工程科', to: '工程建设科' },
    ])
    expect(renamings({ name: '综合科', names: [] })).toEqual([])
  })
})
