import { describe, expect, it } from 'vitest'
import { type Counts, importActions, mayCommit, mayUndo, stillHolds } from './rules.ts'

const counts = (some: Partial<Counts>): Counts => ({ rows: 3, new: 1, changed: 0, unchanged: 2, errors: 0, warnings: 0, ...some })

describe('all or nothing', () => {
  it('an error keeps the whole file out and names its cells', () => {
    const problems = [
      { cell: 'A1', code: 'x', level: 'warning' as const, params: {} },
      { cell: 'B7', code: 'x', level: 'error' as const, params: {} },
    ]
    const verdict = mayCommit(counts({ errors: 1, warnings: 1 }), problems)
    expect(!verdict.ok && [verdict.refusal.code, verdict.refusal.params.count, verdict.refusal.places]).toEqual([
      'import.problems',
      1,
      [{ at: 'B7' }],
    ])
  })
  it('warnings do not; a file that says nothing new is refused', () => {
    expect(mayCommit(counts({ warnings: 5 }), []).ok).toBe(true)
    expect(mayCommit(counts({ new: 0, changed: 1 }), []).ok).toBe(true)
    const none = mayCommit(counts({ new: 0 }), [])
    expect(!none.ok && none.refusal.code).toBe('import.nothing')
  })
  it('a preview holds as long as the office does', () => {
    expect(stillHolds('a', 'a').ok).toBe(true)
    expect(stillHolds('a', 'b').ok).toBe(false)
  })
})

describe('undo', () => {
  it('says what stands in the way, each at a place, in the reader’s language', () => {
    const obstacles = [
      { name: '甲', what: 'act_person', count: 2 },
      { name: '乙', what: 'a_table_of_tomorrow', count: 1 },
    ]
    const zh = mayUndo(obstacles, 'zh-CN')
    expect(!zh.ok && zh.refusal.places).toEqual([
      { at: '/0', message: '甲：参加的履责纪实 2 条' },
      { at: '/1', message: '乙：a_table_of_tomorrow' },
    ])
    const en = mayUndo(obstacles, 'en')
    expect(!en.ok && en.refusal.params.what).toBe('甲: acts taken part in (2); 乙: a_table_of_tomorrow (1)')
    expect(mayUndo([], 'en').ok).toBe(true)
  })
})

describe('what may be done', () => {
  it('depends on the state and on what is wrong', () => {
    expect(importActions({ state: 'previewed', counts: counts({}) }, true)).toEqual(['commit', 'discard', 'choose'])
    expect(importActions({ state: 'previewed', counts: counts({ errors: 1 }) }, true)).toEqual(['discard', 'choose'])
    expect(importActions({ state: 'committed', counts: counts({}) }, true)).toEqual(['undo'])
    expect(importActions({ state: 'undone', counts: counts({}) }, true)).toEqual([])
    expect(importActions({ state: 'previewed', counts: counts({}) }, false)).toEqual([])
  })
})
