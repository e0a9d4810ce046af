import type { OrgSeed } from '#modules/org/index.ts'
import { crewOf, crews } from './crew.ts'

type Row<K extends 'units' | 'posts'> = NonNullable<OrgSeed[K]>[number]
type UnitKind = Row<'units'>['kind']
type Line = Row<'units'>['line']
type PostRole = NonNullable<Row<'posts'>['roles']>[number]

/**
 * 示例市人防办: an office that does not exist. Its units, posts and people were made up for the demo; any likeness to a real office or person
 * is chance. Keys stand for ids, which are made when the office is founded.
 */

export const officeCode = 'demo'
export const officeName = '示例市人防办（虚构）'
export const zone = 'Asia/Shanghai'

type UnitOf = { key: string; name: string; kind: UnitKind; line: Line; parent: string | null; aliases: string[] }
const unit = (key: string, name: string, kind: UnitKind, line: Line, parent: string | null, ...aliases: string[]): UnitOf => ({
  ...{ key, name, kind, line, parent, aliases },
})

export const units: readonly UnitOf[] = [
  unit('office', '示例市人防办', 'office', 'administrative', null, '市人防办', '人防办', '办机关'),
  unit('group', '党组', 'party_group', 'party', 'office', '办党组'),
  unit('leaders', '领导班子', 'leadership', 'administrative', 'office', '班子'),
  unit('general', '综合科', 'department', 'administrative', 'office', '办公室'),
  unit('personnel', '人事科', 'department', 'administrative', 'office'),
  unit('finance', '规划财务科', 'department', 'administrative', 'office', '财务科', '规财科'),
  unit('law', '法规宣传科', 'department', 'administrative', 'office', '法宣科', '法规科'),
  unit('permits', '行政审批科', 'department', 'administrative', 'office', '审批科', '政务窗口'),
  unit('works', '工程科', 'department', 'administrative', 'office', '工程管理科'),
  unit('command', '指挥通信科', 'department', 'administrative', 'office', '指通科'),
  unit('civil', '平战结合科', 'department', 'administrative', 'office', '平战科'),
  unit('quality', '质量监督站', 'subordinate', 'administrative', 'office', '质监站'),
  unit('signals', '指挥信息保障中心', 'subordinate', 'administrative', 'office', '信息中心'),
  unit('stores', '物资管理站', 'subordinate', 'administrative', 'office', '物资站'),
  unit('service', '机关服务中心', 'subordinate', 'administrative', 'office', '服务中心'),
  unit('teaching', '宣传教育中心', 'subordinate', 'administrative', 'office', '宣教中心'),
  unit('committee', '机关党委', 'party_committee', 'party', 'office'),
  unit('branch1', '第一党支部', 'branch', 'party', 'committee', '一支部'),
  unit('branch2', '第二党支部', 'branch', 'party', 'committee', '二支部'),
  unit('branch3', '第三党支部', 'branch', 'party', 'committee', '三支部'),
  unit('branch4', '第四党支部', 'branch', 'party', 'committee', '四支部'),
  unit('branch5', '第五党支部', 'branch', 'party', 'committee', '五支部'),
  unit('branch6', '第六党支部', 'branch', 'party', 'committee', '六支部'),
  unit('branch7', '第七党支部', 'branch', 'party', 'committee', '七支部'),
  unit('branch8', '第八党支部', 'branch', 'party', 'committee', '八支部'),
  unit('branch9', '第九党支部', 'branch', 'party', 'committee', '九支部'),
  unit('discipline', '派驻纪检组', 'discipline_group', 'supervision', 'office', '纪检组', '监察室', '纪检监察组'),
]

export const departments = ['general', 'personnel', 'finance', 'law', 'permits', 'works', 'command', 'civil'] as const
export const subordinates = ['quality', 'signals', 'stores', 'service', 'teaching'] as const
export const branches = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `branch${n}` as const)

/** Whose branch the people of a unit belong to. */
export const branchOf: Readonly<Record<string, (typeof branches)[number]>> = {
  ...{ office: 'branch1', group: 'branch1', leaders: 'branch1', general: 'branch1', personnel: 'branch1', committee: 'branch1' },
  ...{ works: 'branch2', permits: 'branch2' },
  ...{ command: 'branch3', discipline: 'branch3' },
  ...{ law: 'branch4', teaching: 'branch4' },
  ...{ finance: 'branch5', civil: 'branch5' },
  ...{ quality: 'branch6', signals: 'branch7', stores: 'branch8', service: 'branch9' },
}

type Kind = 'regular' | 'acting' | 'concurrent'
type Held = { person: string; kind: Kind }
/** `crew`: whoever else holds it beside `held`. */
export type PostOf = {
  key: string
  unit: string
  name: string
  roles: PostRole[]
  aliases: string[]
  held: Held | null
  crew: readonly string[]
}
const post = (
  unitKey: string,
  key: string,
  name: string,
  roles: PostRole[],
  person: string | null,
  kind: Kind = 'regular',
  ...aliases: string[]
): PostOf => ({
  key: `${unitKey}.${key}`,
  unit: unitKey,
  ...{ name, roles, aliases, crew: [] },
  held: person === null ? null : { person, kind },
})
const head = (unitKey: string, name: string, person: string, ...aliases: string[]) =>
  post(unitKey, 'head', name, ['head'], person, 'regular', ...aliases)
const staff = (unitKey: string, name: string, ...persons: string[]) =>
  persons.map((person, i) => post(unitKey, `staff${i + 1}`, persons.length > 1 ? `${name}${'甲乙丙丁'[i]}` : name, [], person))
const secretary = (branch: string, name: string, person: string) =>
  post(branch, 'secretary', `${name}书记`, ['branch_secretary'], person, 'concurrent')
const committee = (branch: string, name: string, discipline: string | null, organisation: string, publicity: string) => [
  post(branch, 'discipline', `${name}纪律委员`, ['discipline_member'], discipline, 'concurrent'),
  post(branch, 'organisation', `${name}组织委员`, ['organisation_member'], organisation, 'concurrent'),
  post(branch, 'publicity', `${name}宣传委员`, ['publicity_member'], publicity, 'concurrent'),
]

/** The posts of whoever has a part in the year's story. */
const named: readonly PostOf[] = [
  post('office', 'director', '主任', ['head'], '林致远', 'regular', '第一责任人'),
  post('leaders', 'deputy1', '副主任（工程）', ['deputy'], '沈国安'),
  post('leaders', 'deputy2', '副主任（综合）', ['deputy'], '高秀兰'),
  post('leaders', 'engineer', '总工程师', ['deputy'], '罗文斌'),
  post('discipline', 'head', '纪检组组长', ['group_head'], '贺铁铮'),
  post('discipline', 'deputy', '纪检组副组长', ['deputy'], '戴明慎'),
  ...staff('discipline', '纪检组干事', '唐晓棠'),
  head('general', '综合科科长', '许静怡'),
  post('general', 'deputy', '综合科副科长', ['deputy', 'clerk'], '梁冬生'),
  ...staff('general', '综合科科员', '姚婷', '程一鸣'),
  head('personnel', '人事科科长', '潘玉芬'),
  ...staff('personnel', '人事科科员', '康健'),
  head('finance', '规划财务科科长', '董建平'),
  ...staff('finance', '规划财务科科员', '蒋慧'),
  head('law', '法规宣传科科长', '韩立新'),
  ...staff('law', '法规宣传科科员', '方圆'),
  head('permits', '行政审批科科长', '曹敏'),
  // Nobody holds it: what rests on this post alone ends at no person, and the demo shows how that looks.
  post('permits', 'review', '易地建设费复核岗', [], null),
  ...staff('permits', '窗口科员', '史佳'),
  head('works', '工程科科长', '孟庆河'),
  post('works', 'deputy', '工程科副科长', ['deputy'], '邵峰'),
  ...staff('works', '工程科科员', '田小雨', '熊磊'),
  head('command', '指挥通信科科长', '秦海波'),
  ...staff('command', '指挥通信科科员', '白雪', '雷鸣'),
  head('civil', '平战结合科科长', '万淑华'),
  ...staff('civil', '平战结合科科员', '侯亮'),
  head('quality', '质量监督站站长', '武卫东'),
  post('quality', 'deputy', '质量监督站副站长', ['deputy'], '贾春梅'),
  ...staff('quality', '质量监督员', '石磊'),
  head('signals', '指挥信息保障中心主任', '龙江', '信息中心主任'),
  ...staff('signals', '信息技术员', '顾欣'),
  // 主持: the deputy heads the station while its head's post is open.
  post('stores', 'head', '物资管理站站长', ['head'], '尹志强', 'acting'),
  post('stores', 'deputy', '物资管理站副站长', ['deputy'], '尹志强'),
  ...staff('stores', '物资保管员', '钱多'),
  head('service', '机关服务中心主任', '汤凤英'),
  ...staff('service', '机关服务中心职员', '毛毅'),
  head('teaching', '宣传教育中心主任', '江南'),
  ...staff('teaching', '宣教干事', '陶然'),
  post('committee', 'deputy', '机关党委专职副书记', ['head'], '崔广田'),
  ...staff('committee', '党务干事', '温雅'),
  post('group', 'secretary', '党组书记', ['party_secretary'], '林致远', 'concurrent'),
  ...['沈国安', '高秀兰', '罗文斌', '贺铁铮'].map((person, i) =>
    post('group', `member${i + 1}`, `党组成员${'甲乙丙丁'[i]}`, ['party_member'], person, 'concurrent'),
  ),
  secretary('branch1', '第一党支部', '梁冬生'),
  ...committee('branch1', '第一党支部', '潘玉芬', '康健', '姚婷'),
  secretary('branch2', '第二党支部', '邵峰'),
  ...committee('branch2', '第二党支部', '曹敏', '史佳', '熊磊'),
  secretary('branch3', '第三党支部', '秦海波'),
  ...committee('branch3', '第三党支部', '戴明慎', '白雪', '雷鸣'),
  secretary('branch4', '第四党支部', '韩立新'),
  ...committee('branch4', '第四党支部', '江南', '方圆', '陶然'),
  // Fewer than seven full members: no committee, the secretary carries all.
  secretary('branch5', '第五党支部', '董建平'),
  secretary('branch6', '第六党支部', '贾春梅'),
  ...committee('branch6', '第六党支部', '武卫东', '石磊', crewOf('quality', 0)),
  secretary('branch7', '第七党支部', '龙江'),
  ...committee('branch7', '第七党支部', crewOf('signals', 0), '顾欣', crewOf('signals', 1)),
  secretary('branch8', '第八党支部', '尹志强'),
  ...committee('branch8', '第八党支部', crewOf('stores', 0), '钱多', crewOf('stores', 1)),
  secretary('branch9', '第九党支部', '汤凤英'),
  ...committee('branch9', '第九党支部', crewOf('service', 0), '毛毅', crewOf('service', 1)),
]

/** 正式 posts first, so that a person's first post is their own; 兼任 after them. */
export const posts: readonly PostOf[] = [
  ...named.filter((one) => one.held?.kind !== 'concurrent'),
  ...crews.map(
    ({ unit: of, name, people: crew }, i): PostOf => ({ key: `${of}.crew${i}`, unit: of, name, roles: [], aliases: [], held: null, crew }),
  ),
  ...named.filter((one) => one.held?.kind === 'concurrent'),
]
/** Whoever holds a post. */
export const holdersOf = ({ held, crew }: PostOf): string[] => [...(held ? [held.person] : []), ...crew]

/** Everyone, in the order of their own posts. */
export const people: readonly string[] = [...new Set(posts.flatMap(holdersOf))]

/** Posts of whoever leads nothing and heads nothing: the ordinary staff, who carry at most a handful of obligations a year. */
export const ordinary: readonly PostOf[] = posts.filter((one) => one.held?.kind !== 'concurrent' && one.roles.length === 0)

/** 分管. On 1 February the charge of the works moves from one deputy to the other; the handover was written down two days before. */
export const charges: readonly { person: string; unit: string; from: 'start' | 'handover'; until: 'handover' | null }[] = [
  ...['works', 'quality'].map((unitKey) => ({ person: '沈国安', unit: unitKey, from: 'start' as const, until: 'handover' as const })),
  ...['works', 'quality'].map((unitKey) => ({ person: '高秀兰', unit: unitKey, from: 'handover' as const, until: null })),
  ...['permits', 'civil', 'stores'].map((unitKey) => ({ person: '沈国安', unit: unitKey, from: 'start' as const, until: null })),
  ...['general', 'personnel', 'committee', 'service'].map((unitKey) => ({
    person: '高秀兰',
    unit: unitKey,
    from: 'start' as const,
    until: null,
  })),
  ...['command', 'signals', 'law', 'teaching'].map((unitKey) => ({ person: '罗文斌', unit: unitKey, from: 'start' as const, until: null })),
  { person: '林致远', unit: 'finance', from: 'start', until: null },
]

/** Called otherwise until 1 February. */
export const renamed: { readonly unit: string; readonly before: string } = { unit: 'teaching', before: '宣传教育站' }

/** 借调: out of a crew into another unit's, from 1 February on; their own post stays theirs. */
export const seconded: readonly { person: string; unit: string; post: string }[] = [
  { person: crewOf('stores', 9), unit: 'stores', post: 'general' },
  { person: crewOf('service', 12), unit: 'service', post: 'permits' },
]
/** The post of a unit's crew that somebody joins. */
export const crewPost = (unitKey: string): PostOf => {
  const found = posts.find((one) => one.unit === unitKey && one.crew.length > 0)
  if (!found) throw new Error(`${unitKey} has no crew`)
  return found
}
