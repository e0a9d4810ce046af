import { describe, expect, it } from 'vitest'
import { propose } from './index.ts'

const read = (text: string) => propose(text, { date: '2026-02-01' }).proposals
const names = (list: readonly { name: string }[]) => list.map((h) => h.name).join('、')
const brief = (text: string) =>
  read(text).map((p) => [p.text, names(p.holders), names(p.tail?.help ?? []), p.due?.day ?? p.cadence?.rrule ?? null])

describe('a tail at the end of an item', () => {
  it.each<[string, string, string, string | null]>([
    ['（牵头单位：综合科；责任单位：工程科、财务科；完成时限：6月底前）', '综合科', '工程科、财务科', '2026-06-30'],
    ['(责任单位:综合科;配合单位:各科室)', '综合科', '各科室', null],
    ['【牵头：综合科，配合：法规宣传科】', '综合科', '法规宣传科', null],
    ['〔责任科室：综合科、工程科；完成时限：2026年9月〕', '综合科、工程科', '', '2026-09-30'],
    ['（责任单位：综合科）（完成时限：每季度末）', '综合科', '', 'FREQ=MONTHLY;INTERVAL=3'],
    ['（责任人：王某某；责任领导：吴某）', '王某某', '', null],
    ['（责任领导：分管领导）', '分管领导', '', null],
  ])('%s', (tail, lead, help, when) => {
    expect(brief(`一、规范管理\n1.健全台账，规范登记。${tail}`)).toEqual([['健全台账，规范登记。', lead, help, when]])
    expect(brief(`一、规范管理\n1.健全台账，规范登记${tail}`)).toEqual([['健全台账，规范登记', lead, help, when]])
  })
  it('is part of the item and never a duty of its own', () => {
    const text = '一、规范管理\n1.健全台账。（责任单位：综合科）\n2.清理库存。\n责任单位：工程科\n完成时限：5月底'
    const { proposals, sections } = propose(text, { date: '2026-02-01' })
    expect(proposals.map((p) => [p.text, names(p.holders)])).toEqual([
      ['健全台账。', '综合科'],
      ['清理库存。', '工程科'],
    ])
    const second = sections[0]?.children.at(-1)
    expect(text.slice(second?.start, second?.end)).toBe('2.清理库存。\n责任单位：工程科\n完成时限：5月底')
    expect(proposals.map((p) => p.tail && text.slice(p.tail.start, p.tail.end))).toEqual([
      '（责任单位：综合科）',
      '责任单位：工程科\n完成时限：5月底',
    ])
  })
  it('below the last of several items is said of all of them, unless one has its own', () => {
    expect(
      brief('（一）甲\n1.健全台账。\n2.清理库存。\n牵头科室：综合科\n（二）乙\n1.修订办法。\n责任科室：工程科').map((x) => x[1]),
    ).toEqual(['综合科', '综合科', '工程科'])
    expect(brief('（一）甲\n1.健全台账。（责任单位：财务科）\n2.清理库存。\n责任单位：综合科').map((x) => x[1])).toEqual([
      '财务科',
      '综合科',
    ])
  })
  it('at a heading holds for what stands below it and names nobody', () => {
    expect(brief('（一）规范用车（责任单位：后勤服务中心）\n健全派车台账。综合科每月抽查。').map((x) => x[1])).toEqual([
      '后勤服务中心',
      '综合科',
    ])
  })
  it('wins over the subject of the one duty it stands with, and over none of several', () => {
    expect(brief('1.班子成员每年讲一次党课。（责任单位：党组成员）').map((x) => x[1])).toEqual(['党组成员'])
    expect(brief('1.各科室要报送台账。财务科要核对账目。要及时归档。（责任单位：综合科）').map((x) => x[1])).toEqual([
      '各科室',
      '财务科',
      '综合科',
    ])
  })
  it('is not seen in a sentence that only speaks of it', () => {
    expect(brief('综合科要把责任单位和完成时限写清楚。').map((x) => x[1])).toEqual(['综合科'])
  })
})
