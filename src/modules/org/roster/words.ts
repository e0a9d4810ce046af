import type { AppointmentKind, Line, PostRole, UnitKind } from '../rules.ts'

/** The words of rosters, as values. */

/** 人员身份: 参公 stands before 公务员, because 参照公务员法管理 says both. Null: none of them. */
export function identityOf(text: string): 'civil_servant' | 'reference' | 'institution' | 'contract' | null {
  if (/参公|参照/.test(text)) return 'reference'
  if (/事业|全额|差额|自收自支|管理岗|专技|专业技术/.test(text)) return 'institution'
  if (/聘用|聘任|合同|劳务|派遣|临时|临聘|编外|公益/.test(text)) return 'contract'
  if (/公务员|行政/.test(text)) return 'civil_servant'
  return null
}

/** 政治面貌: a full or a probationary member of the Party; null for everybody else. Undefined where the words say neither. */
export function membershipOf(text: string): 'full' | 'probationary' | null | undefined {
  if (/预备党员/.test(text)) return 'probationary'
  if (/中共党员|共产党员|正式党员|^党员$|^中共$/.test(text)) return 'full'
  return /群众|团员|民主党派|无党派|民革|民盟|民建|民进|农工|致公|九三|台盟|^无$|^否$/.test(text) ? null : undefined
}

/** How somebody holds a post, in the words around it; `away`: lent to others (借出), which is no appointment here. */
export function heldAs(text: string): AppointmentKind | 'away' | null {
  if (/(?:借|抽|外派|挂职)\S{0,2}(?:出|至|到|往|去)|借给|外借|在外/.test(text)) return 'away'
  if (/借调|抽调|借用|跟班|挂职/.test(text)) return 'seconded'
  if (/主持/.test(text)) return 'acting'
  if (/兼/.test(text)) return 'concurrent'
  return /正式|在职|在编|在岗|实职|实任/.test(text) ? 'regular' : null
}

/** Where somebody seconded comes from, when the words say it: 从某单位借调, 某单位借调. */
export function secondedFrom(text: string): string | null {
  const found =
    /[从由自](.{2,40}?)(?:借调|抽调|借用|挂职)/.exec(text) ??
    /(?:借调|抽调|借用)(?:自|于|来自)(.{2,40})/.exec(text) ??
    /^(.{2,40}?)(?:借调|抽调|借用)(?:人员|来)?$/.exec(text)
  const name = found?.[1]?.replace(/^[从由自系]|[(（,，;；].*$/g, '').trim() ?? ''
  return name.length >= 2 && !/^(?:已|长期|临时|目前|现)$/.test(name) ? name : null
}

const gradeWords =
  /^(?:(?:[一二三四]级)?(?:主任科员|调研员|巡视员)|[一二]级科员|副主任科员|副调研员|副巡视员|办事员|(?:正|副)(?:科|处|股|厅|局|县|部|乡科|县处|厅局|省部)级|股级|[一二三四五六七八九十]+级(?:职员|警长|警员)|(?:管理|专技|专业技术|工勤)(?:岗位?)?[一二三四五六七八九十\d]+级)(?:干部|职员)?$/
/** Whether a word in a column of posts is a 职级 and no post: 四级主任科员, 正科级. */
export const isGrade = (text: string): boolean => gradeWords.test(text)

/** The one post at the head of a unit. 副科长, 科长助理 and 主任科员 are none. */
export const heads = (post: string): boolean =>
  /(?:主任|局长|科长|处长|股长|站长|所长|队长|馆长|校长|院长|组长|书记|秘书长|部长|总队长|负责人)$/.test(post) &&
  !/副|助理|助手|委员|成员|小组长|班组长/.test(post)

/** 副科长 → 科长: the post that whoever 主持工作 stands in for. Null where a name does not say it. */
export const headOf = (post: string): string | null =>
  /副(?=主任|局长|科长|处长|股长|站长|所长|队长|馆长|校长|院长|组长|书记|部长)/.test(post) ? post.replace('副', '') : null

/** What a post is for, by its name and its unit's kind. */
export function rolesOf(post: string, unit: UnitKind): PostRole[] {
  const roles: PostRole[] = []
  const add = (yes: boolean, role: PostRole) => {
    if (yes) roles.push(role)
  }
  const deputy = /副/.test(post) && !/主任科员|调研员|巡视员/.test(post)
  const branch = unit === 'branch'
  add(/党组书记|党委书记/.test(post) && !deputy, 'party_secretary')
  add(/党组(?:副书记|成员)|党委(?:副书记|委员)/.test(post), 'party_member')
  add(/支部书记/.test(post) || (branch && /^书记$/.test(post)), 'branch_secretary')
  add(/纪律?检?查?委员/.test(post) && /纪检委员|纪律委员/.test(post), 'discipline_member')
  add(/组织委员/.test(post), 'organisation_member')
  add(/宣传委员/.test(post), 'publicity_member')
  add(unit === 'discipline_group' && heads(post), 'group_head')
  if (roles.length === 0 || /主任|局长/.test(post)) {
    if (heads(post) && !branch && unit !== 'discipline_group' && !/书记$/.test(post)) add(true, 'head')
    else if (deputy && !branch && !/书记/.test(post)) add(true, 'deputy')
    else add(/总工程师|班子成员|总经济师|总会计师/.test(post), 'member')
  }
  return [...new Set(roles)]
}

/** What a unit is, by its name; `top` is one that hangs below no other. */
export function unitKindOf(name: string, top: boolean): UnitKind {
  if (/支部$/.test(name)) return 'branch'
  if (/纪检|监察/.test(name)) return 'discipline_group'
  if (/机关(?:党委|纪委)$|党委$/.test(name)) return 'party_committee'
  if (/党组$/.test(name)) return 'party_group'
  if (/领导|班子/.test(name)) return 'leadership'
  if (top && /(?:办公室|人防办|局|委|厅|办)$/.test(name)) return 'office'
  return /(?:科|处|股|室|办公室|部)$/.test(name) ? 'department' : 'subordinate'
}
export const lineOfUnit = (name: string, kind: UnitKind, usual: Record<UnitKind, Line>): Line =>
  /纪委$/.test(name) ? 'supervision' : usual[kind]
