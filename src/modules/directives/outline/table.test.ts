import { describe, expect, it } from 'vitest'
import { propose, type Section } from './index.ts'
import { fieldOf } from './table.ts'

const leaves = (s: Section): Section[] => (s.children.length ? s.children.flatMap(leaves) : [s])
const read = (text: string) => propose(text, { date: '2026-02-01' })
const brief = (text: string) =>
  read(text).proposals.map((p) => [p.type, p.title, p.holders.map((h) => h.name).join('、'), p.due?.day ?? p.cadence?.rrule ?? null])

describe('columns', () => {
  it.each([
    ['序号', 'no'],
    ['工作任务', 'task'],
    ['重点 任务', 'task'],
    ['具体措施', 'measure'],
    ['整改措施', 'measure'],
    ['存在的问题', 'problem'],
    ['牵头单位', 'lead'],
    ['责任单位（科室）', 'unit'],
    ['配合单位', 'help'],
    ['责任领导', 'leader'],
    ['牵头领导', 'leader'],
    ['责任人', 'person'],
    ['整改时限', 'due'],
    ['完成标准', 'standard'],
    ['备注', 'note'],
    ['电话', null],
    ['姓名', null],
  ])('%s is read as %s', (header, field) => {
    expect(fieldOf(header)).toBe(field)
  })
})

describe('a table', () => {
  it('pasted with tabs becomes a duty per row, and every character stays in its place', () => {
    const text =
      '任务分解表\n序号\t工作任务\t具体措施\t责任单位\t完成时限\n1\t党建工作\t每季度召开例会\t机关党委\t每季度\n\t\t组织述职评议\t机关党委\t12月底\n2\t清查台账\t逐册核对\t综合科\t3月\n合计\t2项\t\t\t\n说明：由综合科负责解释。'
    const { sections, tables } = read(text)
    expect(brief(text)).toEqual([
      ['duty', '党建工作', '机关党委', 'FREQ=MONTHLY;INTERVAL=3'],
      ['duty', '组织述职评议', '机关党委', '2026-12-31'],
      ['duty', '清查台账', '综合科', '2026-03-31'],
    ])
    expect(tables).toMatchObject([
      { rows: 4, columns: [{ field: 'no' }, { field: 'task' }, { field: 'measure' }, { field: 'unit' }, { field: 'due' }] },
    ])
    expect(
      sections
        .flatMap(leaves)
        .map((l) => text.slice(l.start, l.end))
        .join(''),
    ).toBe(text)
    expect(sections.flatMap(leaves).map((l) => text.slice(l.start, l.end))).toContain('2\t清查台账\t逐册核对\t综合科\t3月\n')
  })
  it('takes a merged cell from above: by its ditto, or where the row goes on with the task', () => {
    expect(
      brief('工作任务\t具体措施\t责任单位\n健全制度\t修订办法\t综合科\n〃\t汇编成册\t〃\n清查台账\t逐册核对\t〃').map((x) => x[2]),
    ).toEqual(['综合科', '综合科', '综合科'])
    expect(brief('工作任务\t牵头单位\t责任单位\n健全制度\t综合科\t工程科\n清查台账\t财务科\t').length).toBe(2)
    const { proposals } = read('工作任务\t牵头单位\t责任单位\n健全制度\t综合科\t工程科\n清查台账\t财务科\t')
    expect(proposals[1]?.tail?.help).toEqual([])
  })
  it('with bars is read as with tabs, and a heading inside it is no row', () => {
    expect(brief('| 责任内容 | 责任单位 |\n| --- | --- |\n| 一、党建 | |\n| 开展谈心谈话 | 机关党委 |')).toEqual([
      ['duty', '开展谈心谈话', '机关党委', null],
    ])
  })
  it('has a second header line under merged headers', () => {
    const { tables, proposals } = read('任务\t措施\t责任\t\n\t\t牵头单位\t配合单位\n建章\t修订办法\t综合科\t工程科')
    expect(tables[0]?.columns.map((c) => c.field)).toEqual(['task', 'measure', 'lead', 'help'])
    expect([proposals[0]?.holders[0]?.name, proposals[0]?.tail?.help[0]?.name]).toEqual(['综合科', '工程科'])
  })
  it('keeps a cell that breaks the line whole', () => {
    const text = '问题\t整改措施\t责任单位\n个别台账不全\t"1.逐册补齐；\n2.按月抽查。"\t综合科\n'
    expect(read(text).proposals.map((p) => [p.type, p.text])).toEqual([
      ['finding', '个别台账不全'],
      ['duty', '1.逐册补齐；\n2.按月抽查。'],
    ])
  })
  it('of other things is left alone', () => {
    expect(read('姓名\t电话\n王某\t12345\n李某\t23456').tables).toEqual([])
    expect(read('项目\t金额\n采购\t12\n维修\t30').tables).toEqual([])
  })
  it('of many rows costs no more a row', () => {
    const row = '1\t清查台账\t逐册核对\t综合科\t3月底\n'
    expect(read(`序号\t工作任务\t具体措施\t责任单位\t完成时限\n${row.repeat(2000)}`).proposals).toHaveLength(2000)
  })
})
