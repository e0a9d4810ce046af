import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { articlesOf, compareLaws, type Node, readCitations, readLaw } from './index.ts'

/** Published laws that lie beside the project where it is worked on; every figure was counted in the files by hand. */
const folder = join(import.meta.dirname, '../../../../../shared/data/regulations')
const absent = !existsSync(folder)
const textOf = (name: string) => readFileSync(join(folder, `${name}.md`), 'utf8')
const count = (nodes: readonly Node[], kind: string) => nodes.filter((node) => node.kind === kind).length

/** Chapters, articles, paragraphs, items; then some articles with their paragraphs and items. */
const known: Record<string, { counts: [number, number, number, number]; since: string; articles: Record<number, [number, number]> }> = {
  '人民防空法-2009-08-27': { counts: [9, 53, 81, 13], since: '2009-08-27', articles: { 4: [3, 0], 49: [1, 7] } },
  '公务员法-2018-12-29': { counts: [18, 113, 183, 100], since: '2019-06-01', articles: { 59: [1, 18], 88: [1, 5] } },
  '公职人员政务处分法-2020-06-20': { counts: [7, 68, 103, 98], since: '2020-07-01', articles: { 7: [1, 6], 8: [2, 4], 14: [3, 3] } },
  '招标投标法-2017-12-27': { counts: [6, 68, 115, 7], since: '2017-12-27', articles: { 3: [3, 3] } },
  '政府信息公开条例-2019-04-03': { counts: [6, 56, 82, 41], since: '2019-05-15', articles: { 3: [4, 0], 20: [1, 15] } },
  '河南省实施人民防空法办法-2020-06-04': { counts: [0, 34, 54, 7], since: '2020-06-03', articles: { 5: [4, 0] } },
  '监察法-2018-03-20': { counts: [9, 69, 115, 48], since: '2018-03-20', articles: { 11: [1, 3], 15: [1, 6], 22: [3, 4] } },
  '监察法-2024-12-25': { counts: [9, 78, 138, 62], since: '2024-12-25', articles: { 23: [3, 9] } },
}
const says = (what: string) => (absent ? `skipped, the laws are not beside the project: ${what}` : what)

describe('the laws beside the project', () => {
  it.skipIf(absent).each(Object.entries(known))(says('%s is read into its articles'), (name, { counts, since, articles }) => {
    const text = textOf(name)
    const { nodes, facts, problems } = readLaw(text)
    expect([count(nodes, 'chapter'), count(nodes, 'article'), count(nodes, 'paragraph'), count(nodes, 'item')]).toEqual(counts)
    expect(nodes.filter(({ kind }) => kind === 'article').map(({ number }) => number)).toEqual(
      Array.from({ length: counts[1] }, (_, i) => i + 1),
    )
    expect(facts.since).toBe(since)
    expect(problems.filter(({ code }) => code !== 'date.unclear')).toEqual([])
    for (const [number, expected] of Object.entries(articles)) {
      const article = nodes.find((node) => node.kind === 'article' && node.number === Number(number)) as Node
      const inside = nodes.filter(({ start }) => start >= article.start && start < article.end)
      expect([count(inside, 'paragraph'), count(inside, 'item')], number).toEqual(expected)
    }
    expect(nodes.map(({ start, own }) => text.slice(start, own)).join('')).toBe(text)
  })

  it.skipIf(absent)(says('who made them and what they are'), () => {
    const kinds = Object.keys(known).map((name) => {
      const { facts } = readLaw(textOf(name))
      return [facts.kind, facts.level, facts.issuer, facts.document]
    })
    const congress = '全国人民代表大会常务委员会'
    expect(kinds).toEqual([
      ['law', 'central', congress, null],
      ['law', 'central', congress, null],
      ['law', 'central', congress, null],
      ['law', 'central', congress, null],
      ['administrative', 'central', '国务院', '国务院令第711号'],
      ['local', 'province', '河南省人民代表大会常务委员会', null],
      ['law', 'central', '全国人民代表大会', null],
      ['law', 'central', congress, null],
    ])
  })

  it.skipIf(absent)(says('the two versions of 监察法: 9 articles added, 15 changed, 54 as they were'), () => {
    const [before, after] = ['监察法-2018-03-20', '监察法-2024-12-25'].map((name) => {
      const text = textOf(name)
      return articlesOf(readLaw(text).nodes, text)
    }) as [ReturnType<typeof articlesOf>, ReturnType<typeof articlesOf>]
    const pairs = compareLaws(before, after)
    const fate = (wanted: string) => pairs.filter((pair) => pair.fate === wanted)
    expect(fate('added').map((pair) => pair.after?.key)).toEqual(['21', '23', '25', '46', '48', '49', '51', '62', '64'])
    expect(fate('removed')).toEqual([])
    expect(fate('changed').map((pair) => `${pair.before?.key}→${pair.after?.key}`)).toEqual([
      ...[
        '1→1',
        '5→5',
        '12→12',
        '18→18',
        '19→19',
        '20→20',
        '26→29',
        '40→43',
        '41→44',
        '43→47',
        '44→50',
        '48→55',
        '51→58',
        '60→69',
        '65→74',
      ],
    ])
    expect(fate('same').length).toBe(54)
    expect(pairs.some(({ moved }) => moved)).toBe(false)
    const nineteen = pairs.find((pair) => pair.after?.key === '19')
    expect(nineteen?.words.filter(({ op }) => op !== 'same')).toEqual([
      { op: 'in', text: '，' },
      { op: 'in', text: '进行函询，' },
    ])
  })

  it.skipIf(absent)(says('what one cites of another, and of itself'), () => {
    const text = textOf('公职人员政务处分法-2020-06-20')
    const own = (number: number) => {
      const article = readLaw(text).nodes.find((node) => node.kind === 'article' && node.number === number) as Node
      return text.slice(article.words, article.end)
    }
    expect(readCitations(own(2)).map(({ law, article, item }) => [law, article, item])).toEqual([['监察法', 15, null]])
    const within = { article: 2, sub: 0, paragraph: 2, previous: { article: 1, sub: 0 } }
    expect(readCitations(own(2), { within }).map(({ law, chapter, article }) => [law, chapter, article])).toEqual([
      [null, 2, null],
      [null, 3, null],
      ['监察法', null, 15],
    ])
  })
})
