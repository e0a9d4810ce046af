import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { articlesOf, type Compared, compareLaws, readLaw, wordDiff } from './index.ts'
import { edits } from './myers.ts'

const articles = (name: string) => {
  const text = readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8')
  return articlesOf(readLaw(text).nodes, text)
}
const said = (before: readonly Compared[], after: readonly Compared[]) =>
  compareLaws(before, after).map(
    (pair) =>
      `${pair.before?.key ?? '·'}→${pair.after?.key ?? '·'} ${pair.fate}${pair.renumbered ? ' renumbered' : ''}${pair.moved ? ' moved' : ''}`,
  )
const one = (key: string, text: string): Compared => ({ key, label: key, text, chapter: '' })

describe('two versions', () => {
  it('of our rule: one added, one removed, the rest renumbered, changed or as it was', () => {
    expect(said(articles('keys-2020.md'), articles('keys-2024.md'))).toEqual([
      ...['1→1 same', '2→2 changed', '3→3 changed', '4→4 same', '5→5 same', '·→6 added', '5-1→· removed'],
      ...['6→7 same renumbered', '7→8 same renumbered', '8→9 changed renumbered'],
    ])
  })

  it('show the words that changed', () => {
    const third = compareLaws(articles('keys-2020.md'), articles('keys-2024.md'))[2]
    expect(third?.words.filter(({ op }) => op !== 'same')).toEqual([
      { op: 'out', text: '每季度' },
      { op: 'in', text: '每月' },
      { op: 'out', text: '三成' },
      { op: 'in', text: '五成' },
    ])
  })

  it('a copy in other punctuation differs in nothing', () => {
    const wide = '# 某某办法\n第一条 下列：\n（一）甲；'
    const half = '# 某某办法\n第一条 下列:\n(一)甲；'
    const of = (text: string) => articlesOf(readLaw(text).nodes, text)
    expect(said(of(wide), of(half))).toEqual(['1→1 same'])
  })

  it('an article that went elsewhere is laid beside itself', () => {
    const long = '综合科每月核对全部钥匙的登记簿，并向办公会报告结果。'
    const before = [one('1', long), one('2', '乙乙乙乙'), one('3', '丙丙丙丙')]
    expect(said(before, [one('1', '乙乙乙乙'), one('2', '丙丙丙丙'), one('3', long)])).toEqual([
      ...['2→1 same renumbered', '3→2 same renumbered', '1→3 same renumbered moved'],
    ])
  })
})

describe('the difference of words', () => {
  it('is of words, with what went before what came', () => {
    expect(wordDiff('监察机关应当说明情况', '监察机关可以说明情况')).toEqual([
      { op: 'same', text: '监察机关' },
      { op: 'out', text: '应当' },
      { op: 'in', text: '可以' },
      { op: 'same', text: '说明情况' },
    ])
  })

  const letters = fc.string({ unit: fc.constantFrom(...'甲乙丙，。的'), maxLength: 40 })
  it('gives back both texts', () => {
    fc.assert(
      fc.property(letters, letters, (before, after) => {
        const changes = wordDiff(before, after)
        const without = (op: string) =>
          changes
            .filter((change) => change.op !== op)
            .map(({ text }) => text)
            .join('')
        expect([without('in'), without('out')]).toEqual([before, after])
      }),
    )
  })

  it('is the shortest edit', () => {
    const longest = (a: string, b: string): number => {
      const rows = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0))
      const at = (i: number, j: number) => rows[i]?.[j] ?? 0
      for (let i = 1; i <= a.length; i++)
        for (let j = 1; j <= b.length; j++)
          (rows[i] as number[])[j] = a[i - 1] === b[j - 1] ? at(i - 1, j - 1) + 1 : Math.max(at(i - 1, j), at(i, j - 1))
      return at(a.length, b.length)
    }
    fc.assert(
      fc.property(letters, letters, (a, b) => {
        const kept = edits([...a], [...b])
          .filter(({ op }) => op === 'same')
          .reduce((sum, { text }) => sum + text.length, 0)
        expect(kept).toBe(longest(a, b))
      }),
    )
  })
})

describe('any two laws', () => {
  const law = fc.array(fc.string({ unit: fc.constantFrom(...'甲乙丙丁戊己'), minLength: 1, maxLength: 12 }), { maxLength: 12 })
  it('have every article of each in exactly one pair', () => {
    fc.assert(
      fc.property(law, law, (a, b) => {
        const [before, after] = [a, b].map((texts) => texts.map((text, i) => one(String(i + 1), text))) as [Compared[], Compared[]]
        const pairs = compareLaws(before, after)
        const keys = (side: 'before' | 'after') => pairs.flatMap((pair) => pair[side]?.key ?? []).toSorted((x, y) => Number(x) - Number(y))
        expect([keys('before'), keys('after')]).toEqual([before.map(({ key }) => key), after.map(({ key }) => key)])
        expect(pairs.flatMap((pair) => pair.after?.key ?? [])).toEqual(after.map(({ key }) => key))
      }),
    )
  })
})
