import { describe, expect, it } from 'vitest'
import { writeSheets } from '#kernel/sheets/index.ts'
import { propose } from './index.ts'
import { officeOf, readOrgSheet } from './org-sheet.ts'

const rows = [
  ['示例市人防办机构人员表', null, null],
  ['序号', '科室', '职务', '姓名'],
  [1, '办领导', '党组书记、主任', '甲'],
  [2, null, '党组成员、副主任', '乙'],
  [3, '工程管理科', '科长', '丙'],
  [4, '派驻纪检监察组', '组长', '丁'],
  [5, '工程管理科党支部', '支部书记', '丙'],
  [6, '合计', null, null],
]

describe('an organisation sheet', () => {
  it('has a title, a header, merged units and a total row', () => {
    const office = officeOf(rows)
    expect(office.units.map((u) => [u.name, u.kind, u.line])).toEqual([
      ['办领导', '班子', 'administrative'],
      ['工程管理科', '科室', 'administrative'],
      ['派驻纪检监察组', '纪检组', 'supervision'],
      ['工程管理科党支部', '支部', 'party'],
    ])
    expect(office.posts.find((p) => p.name === '党组书记')?.roles).toContain('第一责任人')
    expect(office.posts.find((p) => p.name === '副主任')).toMatchObject({ unitId: '办领导', roles: ['班子成员'] })
  })
  it('is what holders are matched with', async () => {
    const bytes = await writeSheets([{ name: '机构', rows }])
    const office = await readOrgSheet(bytes)
    const { proposals } = propose('工程科要每月复核一次。班子其他成员要带头。各支部书记要负责。', { office })
    expect(proposals.map((p) => p.holders.flatMap((h) => h.refs.map((r) => r.name)))).toEqual([['工程管理科'], ['副主任'], ['支部书记']])
  })
})
