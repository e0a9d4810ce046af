import { describe, expect, it } from 'vitest'
import { resolve } from './office.ts'
import type { Office } from './types.ts'

const unit = (id: string, name: string, kind: string, line: Office['units'][number]['line'] = 'administrative') => ({
  id,
  name,
  aliases: [],
  line,
  kind,
})
const post = (id: string, unitId: string, name: string, ...roles: string[]) => ({ id, unitId, name, aliases: [], roles })
const office: Office = {
  units: [
    unit('office', '市人防办', 'office'),
    unit('group', '市人防办党组', 'party_group', 'party'),
    unit('general', '综合科', 'department'),
    unit('works', '工程管理科', 'department'),
    unit('centre', '指挥信息保障中心', 'subordinate'),
    unit('station', '质量监督站', 'subordinate'),
    unit('branch', '第一党支部', 'branch', 'party'),
    unit('watch', '派驻纪检监察组', 'discipline_group', 'supervision'),
  ],
  posts: [
    post('director', 'office', '主任', 'head'),
    post('deputy', 'office', '副主任', 'deputy'),
    post('secretary', 'group', '党组书记', 'party_secretary'),
    post('member', 'group', '党组成员', 'party_member'),
    post('general1', 'general', '综合科科长', 'head', 'clerk'),
    post('general2', 'general', '综合科副科长', 'deputy'),
    post('works1', 'works', '工程管理科科长', 'head'),
    post('centre1', 'centre', '指挥信息保障中心主任', 'head'),
    post('station1', 'station', '站长', 'head'),
    post('branch1', 'branch', '第一党支部书记', 'branch_secretary'),
    post('watch1', 'watch', '纪检监察组组长', 'group_head'),
  ],
}

describe('a name as written against the office of the organisation module', () => {
  it.each([
    ['第一责任人', ['director']],
    ['主要领导', ['director']],
    ['我', ['director']],
    ['办党组书记', ['secretary']],
    ['班子成员', ['director', 'deputy']],
    ['领导班子其他成员', ['deputy']],
    ['分管领导', ['deputy']],
    ['党组成员', ['member']],
    ['各科室', ['general', 'works']],
    ['各直属单位', ['centre', 'station']],
    ['二级机构', ['centre', 'station']],
    ['各党支部', ['branch']],
    ['各党支部书记', ['branch1']],
    ['各科室负责人', ['general1', 'works1']],
    ['直属单位主要负责人', ['centre1', 'station1']],
    ['各单位负责人', ['general1', 'works1', 'centre1', 'station1']],
    ['工程科负责人', ['works1']],
    ['工程科科长', ['works1']],
    ['各单位', ['general', 'works', 'centre', 'station']],
    ['市纪委驻人防办纪检组', ['watch']],
    ['监察室', ['watch']],
    ['纪检监察', ['watch']],
    ['全体党员干部', []],
  ])('%s', (text, ids) => {
    expect(resolve(text, office, '全办').refs.map((r) => r.id)).toEqual(ids)
  })
  it('a secretary answers first where the office has no head of its own', () => {
    const without = { ...office, posts: office.posts.filter((p) => p.id !== 'director') }
    expect(resolve('第一责任人', without, '全办').refs.map((r) => r.id)).toEqual(['secretary'])
  })
})
