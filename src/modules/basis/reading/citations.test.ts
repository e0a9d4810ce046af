import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CitationOptions, nameKey, nameKeys, readCitations } from './index.ts'

/** `text → law article-sub.paragraph.item.point~to`, what is not named left out. */
const read = (text: string, options?: CitationOptions) =>
  readCitations(text, options).map(({ start, end, law, chapter, article, sub, paragraph, item, point, to }) => {
    const place = [
      chapter === null ? '' : `章${chapter}`,
      article === null ? '' : `${article}${sub ? `-${sub}` : ''}`,
      paragraph === null ? '' : `款${paragraph}`,
      item === null ? '' : `项${item}`,
      point === null ? '' : `目${point}`,
      to === null ? '' : `~${to}`,
    ]
    return `${text.slice(start, end)} → ${law ?? '本'} ${place.join('')}`.trim()
  })

describe('citations', () => {
  it.each([
    ['依照《监察法》第十五条第一款第（二）项第三目办理', ['《监察法》第十五条第一款第（二）项第三目 → 监察法 15款1项2目3']],
    ['依照《监察法》第十五条第二项、第三项', ['《监察法》第十五条第二项 → 监察法 15项2', '第三项 → 监察法 15项3']],
    ['落实《中国共产党问责条例》', ['《中国共产党问责条例》 → 问责条例']],
    ['《中国共产党纪律处分条例》第三条至第五条', ['《中国共产党纪律处分条例》第三条至第五条 → 纪律处分条例 3~5']],
    [
      '《公务员法》（2018年修订）第八十八条和第九十条第一款',
      ['《公务员法》（2018年修订）第八十八条 → 公务员法 88', '第九十条第一款 → 公务员法 90款1'],
    ],
    ['《刑法》第一百二十条之一', ['《刑法》第一百二十条之一 → 刑法 120-1']],
    ['《办法》第十条之规定', ['《办法》第十条 → 办法 10']],
    ['《条例》第七条第一、二款', ['《条例》第七条第一 → 条例 7款1', '二款 → 条例 7款2']],
    ['《条例》第三、五条', ['《条例》第三 → 条例 3', '五条 → 条例 5']],
    ['《监察法》第二章', ['《监察法》第二章 → 监察法 章2']],
    ['《甲法》《乙法》第三条', ['《甲法》 → 甲法', '《乙法》第三条 → 乙法 3']],
    [
      '《河南省实施〈中华人民共和国人民防空法〉办法》第10条的规定',
      ['《河南省实施〈中华人民共和国人民防空法〉办法》第10条 → 河南省实施人民防空法办法 10'],
    ],
    [
      '《问责条例》(以下简称“《条例》”)第三条；《条例》第四条',
      ['《问责条例》(以下简称“《条例》”)第三条 → 问责条例 3', '《条例》第四条 → 问责条例 4'],
    ],
    ['《问责条例》第三条和该条例第九条', ['《问责条例》第三条 → 问责条例 3', '该条例第九条 → 问责条例 9']],
    ['完成第三项任务和第二条措施，前款、本条、第五条都不清楚', []],
    ['《问责条例》第三条。\n该条例第九条隔了一段', ['《问责条例》第三条 → 问责条例 3']],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  it('without quotation marks are known for laws that are known', () => {
    const names = ['监察法', '公务员法']
    expect(read('依照监察法第十五条、中华人民共和国公务员法第八十八条，参照民法典第一条', { names })).toEqual([
      '监察法第十五条 → 监察法 15',
      '中华人民共和国公务员法第八十八条 → 公务员法 88',
    ])
    expect(read('学习监察法第一课', { names })).toEqual([])
  })

  it('within a law say which article and paragraph they mean, where that is clear', () => {
    const within = { article: 20, sub: 1, paragraph: 3, previous: { article: 20, sub: 0 } }
    expect(read('有前款第一项、第五项行为，前两款除外；前条；本条第一款、第二款；本法第二章；依照第十八条', { within })).toEqual([
      '前款第一项 → 本 20-1款2项1',
      '第五项 → 本 20-1款2项5',
      '前两款 → 本 20-1款1~2',
      '前条 → 本 20',
      '本条第一款 → 本 20-1款1',
      '第二款 → 本 20-1款2',
      '本法第二章 → 本 章2',
      '第十八条 → 本 18',
    ])
    const first = { article: 1, sub: 0, paragraph: 1, previous: null }
    expect(read('前款、前条和前两款在第一条第一款里没有所指', { within: first })).toEqual(['第一条第一款 → 本 1款1'])
  })

  it('never overlap, and stay in the text', () => {
    const piece = fc.constantFrom(
      ...[
        '《甲法》',
        '《',
        '》',
        '第三条',
        '第一款',
        '第（二）项',
        '、',
        '和',
        '至',
        '前款',
        '本法',
        '该法',
        '第一、二款',
        '（以下简称《甲》）',
        '字',
        '\n',
      ],
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const text = pieces.join('')
        const within = { article: 5, sub: 0, paragraph: 2, previous: { article: 4, sub: 0 } }
        let last = 0
        for (const { start, end } of readCitations(text, { within, names: ['甲法'] })) {
          expect(start).toBeGreaterThanOrEqual(last)
          expect(end).toBeGreaterThan(start)
          expect(end).toBeLessThanOrEqual(text.length)
          last = end
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('names', () => {
  it.each([
    ['中华人民共和国监察法', '监察法'],
    ['《中国共产党问责条例》', '问责条例'],
    ['公务员法（2018年修订）', '公务员法'],
    ['考勤管理办法（试行）', '考勤管理办法'],
    ['河南省实施《中华人民共和国人民防空法》办法', '河南省实施人民防空法办法'],
    ['党委（党组）落实全面从严治党主体责任规定', '党委（党组）落实全面从严治党主体责任规定'],
    ['中国共产党', '中国共产党'],
  ])('%s is found by %s', (title, key) => {
    expect(nameKey(title)).toBe(key)
  })

  it('of one law are several', () => {
    expect(nameKeys('中国共产党纪律处分条例', ['处分条例', '《纪律处分条例》'])).toEqual(['纪律处分条例', '处分条例'])
  })
})
