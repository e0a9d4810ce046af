import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Node, readCitations, readLaw } from './index.ts'

const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8')
const shape = (text: string) => {
  const { nodes } = readLaw(text)
  return nodes.map(({ kind, label, number, sub }) => `${kind} ${label || (number ?? '')}${sub ? ` (${number}-${sub})` : ''}`.trim())
}
const wordsOf = (text: string, node: Node) => text.slice(node.words, node.own).trim()
const head = '某某办法\n'

describe('a rule of our own', () => {
  const text = fixture('keys-2020.md')
  const reading = readLaw(text)

  it('is read into title, note, contents, preamble, chapters, sections, articles, paragraphs, items, points and annex', () => {
    expect(shape(text)).toEqual([
      ...['title', 'note', 'contents', 'preamble', 'chapter 第一章', 'article 第一条', 'paragraph 1'],
      ...['article 第二条', 'paragraph 1', 'paragraph 2', 'article 第三条', 'paragraph 1', 'item （一）', 'item （二）'],
      ...['point 1.', 'point 2.', 'item （三）', 'paragraph 2', 'chapter 第二章', 'section 第一节'],
      ...['article 第四条', 'paragraph 1', 'article 第五条', 'paragraph 1', 'article 第五条之一 (5-1)', 'paragraph 1', 'section 第二节'],
      ...['article 第六条', 'paragraph 1', 'paragraph 2', 'article 第七条', 'paragraph 1', 'chapter 第三章', 'article 第八条'],
      ...['paragraph 1', 'annex'],
    ])
    expect(reading.title).toBe('明河市机关钥匙管理办法')
    expect(reading.problems).toEqual([])
    expect(reading.nodes.filter(({ kind }) => kind === 'chapter').map(({ title }) => title)).toEqual(['总则', '保管', '附则'])
  })

  it('says of itself when it was made and from when it is in force', () => {
    const { issuer, document, passed, since, repeals, level } = reading.facts
    expect({ issuer, document, passed, since, repeals, level }).toEqual({
      issuer: '明河市人民政府办公室',
      document: '明政办〔2020〕18号',
      passed: '2020-03-06',
      since: '2020-05-01',
      repeals: ['明河市机关门锁暂行规定'],
      level: 'city',
    })
  })

  it('amended later leaves unclear from when, and says so', () => {
    const { facts, problems } = readLaw(fixture('keys-2024.md'))
    expect([facts.passed, facts.since]).toEqual(['2020-03-06', '2024-09-02'])
    expect(problems.map(({ code }) => code)).toEqual(['date.unclear'])
  })

  it('stands in its parents', () => {
    const point = reading.nodes.find(({ kind }) => kind === 'point') as Node
    const up: string[] = []
    for (let at = point.parent; at !== null; at = reading.nodes[at]?.parent ?? null) up.push(reading.nodes[at]?.kind ?? '')
    expect(up).toEqual(['item', 'paragraph', 'article', 'chapter'])
    expect(wordsOf(text, point)).toBe('保密柜的钥匙逐把核对；')
  })
})

describe('every character belongs to exactly one node', () => {
  const line = fc.constantFrom(
    ...[
      '第一章 总则',
      '第二节 领用',
      '目录',
      '第一条 一。',
      '第二条一。',
      '第二条之一 插入。',
      '第九条 跳。',
      '第一编',
      '（一）项；',
      '1. 目；',
      '（1）小目；',
    ],
    ...[
      '一款。',
      '没有句号',
      '',
      '　　缩进的一款。',
      '附则',
      '附件1：表',
      '２０２４年１月１日',
      '第三条：列举：（一）甲；（二）乙。第四条 又一条。',
      '# 标题',
      '①圈',
      '㈠括',
    ],
  )
  it('in any order of lines', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(line, fc.string()), { maxLength: 40 }), fc.constantFrom('\n', '\n\n'), (lines, between) => {
        const text = lines.join(between)
        const { nodes } = readLaw(text)
        expect(nodes.map(({ start, own }) => text.slice(start, own)).join('')).toBe(text)
        nodes.forEach((node, i) => {
          expect(node.own).toBeGreaterThanOrEqual(node.start)
          expect(node.end).toBeGreaterThanOrEqual(node.own)
          if (node.parent === null) return
          expect(node.parent).toBeLessThan(i)
          const parent = nodes[node.parent] as Node
          expect(node.start).toBeGreaterThanOrEqual(parent.own)
          expect(node.end).toBeLessThanOrEqual(parent.end)
        })
      }),
      { numRuns: 400 },
    )
  })
})

describe('articles', () => {
  it('run over numerals up to thousands, with inserted ones', () => {
    const { nodes, problems } = readLaw(
      `${head}第九百九十九条　甲。\n第一千条　乙。\n第一千条之一　丙。\n第一千条之二　丁。\n第一千零一条　戊。`,
    )
    const articles = nodes.filter(({ kind }) => kind === 'article')
    expect(articles.map(({ number, sub }) => [number, sub])).toEqual([
      [999, 0],
      [1000, 0],
      [1000, 1],
      [1000, 2],
      [1001, 0],
    ])
    expect(problems.filter(({ code }) => code !== 'date.unclear').map(({ code, expected }) => [code, expected])).toEqual([
      ['numbering.missing', '1'],
    ])
  })

  it.each([
    ['a jump', '第一条 甲。\n第三条 丙。', ['numbering.missing', '第三条', '2']],
    ['a repetition', '第一条 甲。\n第二条 乙。\n第二条 又。', ['numbering.repeated', '第二条', '3']],
    ['a step back', '第一条 甲。\n第二条 乙。\n第三条 丙。\n第一条 又。', ['numbering.backwards', '第一条', '4']],
    ['an inserted one that skips', '第一条 甲。\n第一条之二 乙。\n第二条 丙。', ['numbering.missing', '第一条之二', '1-1']],
    ['an item that jumps', '第一条 甲：\n（一）甲；\n（三）丙。', ['numbering.missing', '（三）', '2']],
    ['an article without words', '第一条\n第二条 乙。', ['article.empty', '第一条', undefined]],
  ])('%s is pointed out', (_, text, expected) => {
    const [problem, ...more] = readLaw(head + text).problems.filter(({ code }) => code !== 'date.unclear')
    expect([problem?.code, problem?.found, problem?.expected]).toEqual(expected)
    expect(more).toEqual([])
  })

  it('may carry names, and stand in Markdown headings', () => {
    const { nodes } = readLaw('# 某某条例\n\n## 第一章 总则\n\n### 第一条 【目的】 为了甲。\n\n第二条（范围）适用于乙。')
    expect(nodes.filter(({ kind }) => kind === 'article').map(({ title }) => title)).toEqual(['目的', '范围'])
    expect(nodes.filter(({ kind }) => kind === 'paragraph').length).toBe(2)
  })

  it('are not begun by prose that cites one', () => {
    expect(shape(`${head}第一条 甲。\n第五条规定的人员，适用前条。\n第二条乙不带空格。\n第二章规定的办法照旧。`)).toEqual([
      ...['title', 'article 第一条', 'paragraph 1', 'paragraph 2', 'article 第二条', 'paragraph 1', 'paragraph 2'],
    ])
  })

  it('inside one line are parted behind a full stop', () => {
    expect(shape(`${head}第一条 下列事项：（一）甲；（二）乙。第二条 丙。 第三条　丁。`)).toEqual([
      ...[
        'title',
        'article 第一条',
        'paragraph 1',
        'item （一）',
        'item （二）',
        'article 第二条',
        'paragraph 1',
        'article 第三条',
        'paragraph 1',
      ],
    ])
  })

  it('broken at a fixed width keep their paragraphs', () => {
    const text = `${head}　　第一条　为了加强机关内部管理，规范钥匙的登记、领用、保管\n和交还，制定本办法。\n　　本办法由综合科解释。\n　　第二条　施行。`
    expect(shape(text)).toEqual(['title', 'article 第一条', 'paragraph 1', 'paragraph 2', 'article 第二条', 'paragraph 1'])
  })
})

describe('what stands around the articles', () => {
  it('contents without the word for them are known by the headings coming again', () => {
    const text = `${head}第一章 总则\n第二章 附则\n第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。`
    expect(shape(text).slice(0, 3)).toEqual(['title', 'contents', 'chapter 第一章'])
    expect(readLaw(text).problems.filter(({ code }) => code !== 'date.unclear')).toEqual([])
  })

  it('contents that differ from the headings are pointed out', () => {
    const text = `${head}目录\n第一章 总则……1\n第二章 罚则……2\n第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。`
    expect(readLaw(text).problems.filter(({ code }) => code === 'contents.differs')).toMatchObject([
      { found: '第二章 附则', expected: '罚则' },
    ])
  })

  it('parts restart their chapters, and a lone 附则 is a chapter', () => {
    const text = `${head}第一编 总则\n第一章 甲\n第一条 甲。\n第二编 分则\n第一章 乙\n第二条 乙。\n附　则\n第三条 丙。`
    expect(shape(text).filter((one) => /part|chapter/.test(one))).toEqual([
      'part 第一编',
      'chapter 第一章',
      'part 第二编',
      'chapter 第一章',
      'chapter',
    ])
    expect(readLaw(text).problems.filter(({ code }) => code !== 'date.unclear')).toEqual([])
  })

  it('an order before the title, a title in two lines, a signature behind', () => {
    const text =
      '明河市人民政府令\n第7号\n现公布《值班规定》，自2023年1月1日起施行。\n2022年12月1日\n\n明河市人民防空\n值班规定\n\n第一条 甲。\n第二条 本规定自2023年1月1日起施行。\n\n明河市人民政府办公室\n2022年12月1日'
    const reading = readLaw(text)
    expect(reading.title).toBe('明河市人民防空值班规定')
    expect(shape(text)).toEqual(['note', 'title', 'article 第一条', 'paragraph 1', 'article 第二条', 'paragraph 1', 'note'])
    expect(reading.facts.since).toBe('2023-01-01')
  })

  it('an order of the Party, dates in Chinese numerals, in force from the day it was made known', () => {
    const text =
      '中国共产党某某准则\n（二〇二三年十二月八日中共中央政治局会议审议批准　二〇二三年十二月十九日中共中央发布）\n第一条 甲。\n第二条 本准则自发布之日起施行。'
    const { facts, problems } = readLaw(text)
    expect([facts.passed, facts.since, facts.kind, facts.level, facts.issuer]).toEqual([
      '2023-12-08',
      '2023-12-19',
      'party',
      'central',
      '中共中央',
    ])
    expect(problems).toEqual([])
  })

  it('a text without articles is paragraphs, and says so', () => {
    const { nodes, problems } = readLaw('关于用车的意见\n各科室要节约用车。\n节假日封存。')
    expect(nodes.map(({ kind }) => kind)).toEqual(['title', 'paragraph', 'paragraph'])
    expect(problems.map(({ code }) => code)).toContain('articles.none')
  })

  it('is quick with four hundred thousand letters', () => {
    const text = `${head}${Array.from({ length: 4000 }, (_, i) => `第${i + 1}条　${'各科室应当登记钥匙。'.repeat(10)}`).join('\n')}`
    const began = performance.now()
    expect(readLaw(text).nodes.length).toBe(8001)
    expect(performance.now() - began).toBeLessThan(3000)
  })
})

describe('a text made to be slow', () => {
  const times = 20_000
  it.each([
    ['items that begin again and again', `第一条 ${'：（一）'.repeat(times)}`],
    ['lines without articles', 'x\n'.repeat(times * 3)],
    ['lines called like laws', '某某办法\n'.repeat(times)],
    ['brackets that never close', `（${'《（\n'.repeat(times)}`],
    ['headings without articles', '第一章 总则\n'.repeat(times)],
    ['one long line', `2020年1月1日${'一二三四五'.repeat(times)}通过`],
    ['a long note', `某某法\n（2020年1月1日${'甲'.repeat(times)}通过）\n第一条 甲。`],
    ['articles without words', '第一条\n'.repeat(times)],
    ['titles that nest', `第一条 ${'《〈'.repeat(times)}`],
    ['places without end', `第一条 《甲法》${'第一条、'.repeat(times)}`],
  ])('%s', (_, text) => {
    const began = performance.now()
    const { nodes } = readLaw(text)
    expect(nodes.map(({ start, own }) => text.slice(start, own)).join('')).toBe(text)
    readCitations(text, { names: ['甲法', '监察法'] })
    expect(performance.now() - began).toBeLessThan(4000)
  })
})
