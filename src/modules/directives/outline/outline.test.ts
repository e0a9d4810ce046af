import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { outline, propose, type Section } from './index.ts'

const leaves = (s: Section): Section[] => (s.children.length ? s.children.flatMap(leaves) : [s])
const joined = (text: string) =>
  outline(text)
    .sections.flatMap(leaves)
    .map((l) => text.slice(l.start, l.end))
    .join('')
const marked = (list: Section[]): Section[] => list.flatMap((s) => [...(s.marker ? [s] : []), ...marked(s.children)])
const brief = (text: string) => marked(outline(text).sections).map((s) => `${s.level} ${s.marker} ${s.title}`)

const bits = [
  '一、',
  '二、',
  '（一）',
  '(二)',
  '1.',
  '２．',
  '（1）',
  '①',
  '一要',
  '二要',
  '一是',
  '；二是',
  '首先，',
  '其次，',
  '第一，',
  '第三章 ',
  '## ',
  '。',
  '；',
  '，',
  '\n',
  '\r\n',
  '“',
  '”',
  '《',
  '（',
  '）',
  '抓好落实',
  '各科室要',
  '市委强调',
  '1.5万元',
  '　',
  '📌',
  '同志们，',
  '附件：',
  '2025年3月1日',
  '\t',
  '〃',
  '序号\t工作任务\t具体措施\t责任单位\t完成时限\n',
  '1\t清查\t每月清查台账\t综合科\t6月底\n',
  '| 任务 | 责任单位 |\n|---|---|\n',
  '"',
  '（牵头单位：综合科；完成时限：6月底）',
  '责任单位：工程科\n',
  '示人防办〔2026〕9号',
  '抄送：纪检组',
  '— 2 —',
]
const prose = fc.array(fc.oneof(fc.constantFrom(...bits), fc.string({ maxLength: 4 })), { maxLength: 60 }).map((a) => a.join(''))

describe('every character belongs to exactly one leaf', () => {
  it('whatever stands in the text', () => {
    fc.assert(
      fc.property(prose, (text) => {
        expect(joined(text)).toBe(text)
      }),
      { numRuns: 500 },
    )
  })
  it('and children tile their parent', () => {
    const tiled = (s: Section): boolean => {
      const { children } = s
      if (children.length === 0) return s.end > s.start
      return (
        children[0]?.start === s.start &&
        children.at(-1)?.end === s.end &&
        children.every((c, i) => i === 0 || children[i - 1]?.end === c.start) &&
        children.every(tiled)
      )
    }
    fc.assert(
      fc.property(prose, (text) => {
        expect(outline(text).sections.every(tiled)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
  it('and proposals quote the text at their place, in order, without overlap', () => {
    fc.assert(
      fc.property(prose, (text) => {
        let at = 0
        for (const p of propose(text).proposals) {
          expect(text.slice(p.start, p.end)).toBe(p.text)
          expect(p.start).toBeGreaterThanOrEqual(at)
          expect(p.title.length).toBeLessThanOrEqual(24)
          expect(p.holders.length).toBeGreaterThan(0)
          if (p.tail) expect(p.tail.end).toBeGreaterThan(p.tail.start)
          for (const w of p.why) expect(text.slice(w.start, w.end).length).toBe(w.words.length)
          at = p.end
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('markers', () => {
  it('nest as officials number them', () => {
    expect(brief('一、总则\n（一）要求\n1.甲项工作。\n（1）细项。\n①更细。\n2.乙项工作。\n二、附则')).toEqual([
      '1 一、 总则',
      '2 （一） 要求',
      '3 1. 甲项工作',
      '4 （1） 细项',
      '5 ① 更细',
      '3 2. 乙项工作',
      '1 二、 附则',
    ])
  })
  it('are found inside prose', () => {
    expect(brief('一、履职\n一要担责。党组要带头。二要建章。各科室要报送。\n三要问责。')).toEqual([
      '1 一、 履职',
      '2 一要 担责',
      '2 二要 建章',
      '2 三要 问责',
    ])
    expect(brief('抓好三件事：一是学习；二是检查；三是通报。下周碰头。')).toEqual(['1 一是 学习', '1 二是 检查', '1 三是 通报'])
    expect(brief('首先，准备要充分。其次，讨论要民主。最后，落实要到位。')).toEqual([
      '1 首先 准备要充分',
      '1 其次 讨论要民主',
      '1 最后 落实要到位',
    ])
    expect(brief('第一，知敬畏。守住底线。第二，强监督。')).toEqual(['1 第一 知敬畏', '1 第二 强监督'])
  })
  it('are not seen where none are', () => {
    expect(
      brief('我们统一要求，主任是第一责任人。首先向大家问好。这是一是一、二是二的事。\n1.5万元以上的支出。\n2025年完成。\n3月底前报送。'),
    ).toEqual([])
    expect(brief('他说：“一要学习；二要落实。”')).toEqual([])
  })
  it('in half or mixed width are taken and pointed out', () => {
    const text = '(一)甲。\n（二)乙。\n１．丙。'
    expect(brief(text)).toEqual(['1 (一) 甲', '1 （二) 乙', '2 １． 丙'])
    expect(outline(text).problems.map((p) => [p.code, text.slice(p.start, p.end)])).toEqual([
      ['marker.mixed_width', '(一)'],
      ['marker.mixed_width', '（二)'],
      ['marker.mixed_width', '１．'],
    ])
  })
  it('missing, repeated and backward numbers are pointed out at their place', () => {
    const text = '一、甲\n三、乙\n三、丙\n二、丁'
    expect(outline(text).problems).toEqual([
      { code: 'numbering.missing', start: 4, end: 6, expected: '2', found: '三、' },
      { code: 'numbering.repeated', start: 8, end: 10, expected: '4', found: '三、' },
      { code: 'numbering.backwards', start: 12, end: 14, expected: '4', found: '二、' },
    ])
    expect(marked(outline(text).sections)).toHaveLength(4)
  })
  it('articles are counted through the chapters', () => {
    expect(
      outline('第一章 甲\n第一条 一。\n第二条 二。\n第二章 乙\n第三条 三。\n第五条 五。').problems.map((p) => [p.code, p.found]),
    ).toEqual([['numbering.missing', '第五条']])
  })
  it('a text without any says so', () => {
    expect(outline('大家辛苦了。').problems.map((p) => p.code)).toEqual(['outline.no_marker'])
  })
  it('markdown headings and 章 条 count', () => {
    expect(brief('# 甲\n## 乙\n正文。\n# 丙')).toEqual(['1 # 甲', '2 ## 乙', '1 # 丙'])
    expect(brief('第一章 总则\n第一条 为了规范工作。\n第二条 各科室应当执行。\n第二章 附则')).toEqual([
      '1 第一章 总则',
      '2 第一条 为了规范工作',
      '2 第二条 各科室应当执行',
      '1 第二章 附则',
    ])
  })
})

describe('work grows with the text, not faster', () => {
  it('reading a text n times as long proposes n times as much', () => {
    const block = '一、落实\n各科室要在3月底前报送清单，综合科每月督查一次；有的科室记录不全。市委强调，要从严。\n'
    const count = (n: number) => propose(block.repeat(n)).proposals.length
    expect(count(40)).toBe(40 * count(1))
  })
  it('a single endless sentence is read', () => {
    expect(propose(`各科室要${'抓好落实'.repeat(20_000)}。`).proposals).toHaveLength(1)
    expect(propose('（'.repeat(20_000)).proposals).toHaveLength(0)
    expect(propose('“一要'.repeat(10_000)).sections.length).toBeGreaterThan(0)
  })
})
