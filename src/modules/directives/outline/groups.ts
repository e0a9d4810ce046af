import type { HolderRef, HolderRole, Office, OfficePost, OfficeUnit } from './types.ts'

export const unitRef = (u: OfficeUnit): HolderRef => ({ type: 'unit', id: u.id, name: u.name })
const postRef = (p: OfficePost): HolderRef => ({ type: 'post', id: p.id, name: p.name })

/** Kinds of units as the organisation module calls them and as a sheet of an office does. */
const kinds = {
  office: /^(?:office|机关|本级)$/,
  leadership: /^(?:leadership|班子|办领导|局领导|领导)$/,
  department: /^(?:department|科室|处室|科|处|股室|内设机构|业务科室|职能科室)$/,
  subordinate: /^(?:subordinate|.*(?:二级机构|二级单位|直属单位|直属机构|事业单位|下属单位))$/,
  branch: /^(?:branch|.*支部)$/,
  partyGroup: /^(?:party_group|党组)$/,
  discipline: /^(?:discipline_group|纪检组|纪检监察组|监察室)$/,
}
type Kind = keyof typeof kinds

const unitsOf = (o: Office, ...of: Kind[]) => o.units.filter((u) => of.some((k) => kinds[k].test(u.kind)))
const units = (o: Office, ...of: Kind[]) => unitsOf(o, ...of).map(unitRef)
const posts = (o: Office, fits: (p: OfficePost) => boolean) => o.posts.filter(fits).map(postRef)
const has = (p: OfficePost, ...roles: string[]) => roles.some((r) => p.roles.includes(r))
/** The first list that is not empty: what is said by roles goes before what is only read from names. */
const first = (...lists: (() => HolderRef[])[]): HolderRef[] => {
  for (const list of lists) {
    const found = list()
    if (found.length) return found
  }
  return []
}
const within = (o: Office, ...of: Kind[]) => {
  const ids = new Set(unitsOf(o, ...of).map((u) => u.id))
  return (p: OfficePost) => ids.has(p.unitId)
}

const secretaries = (o: Office) => posts(o, (p) => has(p, 'party_secretary', '党组书记') || /^党组书记/.test(p.name))
const directors = (o: Office) => {
  const top = within(o, 'office', 'leadership')
  return first(
    () => posts(o, (p) => has(p, 'head') && within(o, 'office')(p)),
    () => posts(o, (p) => has(p, 'head') && top(p)),
    () => posts(o, (p) => has(p, '第一责任人', '主要领导') && /^(?:主任|局长)$/.test(p.name)),
  )
}
/** Who answers first for the whole office: its head, else the Party group's secretary. */
export const firstResponsible = (o: Office): HolderRef[] =>
  first(
    () => directors(o),
    () => secretaries(o),
    () => posts(o, (p) => has(p, '第一责任人', '主要领导')),
  )

/** The leaders by their seats in the office; seats in the Party group only where there are no others, for they are held by the same persons. */
const leaders = (o: Office, deputiesOnly: boolean): HolderRef[] => {
  const top = within(o, 'office', 'leadership')
  return first(
    () => posts(o, (p) => top(p) && has(p, 'deputy', ...(deputiesOnly ? [] : ['head', 'member']))),
    () => posts(o, (p) => has(p, '班子成员') && !/^党组/.test(p.name) && !(deputiesOnly && has(p, '第一责任人', '主要领导'))),
    () => posts(o, (p) => has(p, '班子成员', 'party_member') || /党组成员|班子成员|分管/.test(p.name)),
  )
}
const partyMembers = (o: Office) =>
  first(
    () => posts(o, (p) => has(p, 'party_member', 'party_secretary') || (has(p, 'member') && within(o, 'partyGroup')(p))),
    () => posts(o, (p) => /党组成员/.test(p.name)),
    () => leaders(o, false),
  )

/** Those who head units of a kind: posts with the role, else by their names. */
const heads = (o: Office, ...of: Kind[]) => {
  const there = within(o, ...of)
  return first(
    () => posts(o, (p) => there(p) && has(p, 'head', '负责人', 'branch_secretary', '支部书记')),
    () => posts(o, (p) => there(p) && /^(?!.*副).*(?:负责人|科长|处长|站长|队长|所长|主任|书记)$/.test(p.name)),
  )
}
/** The head of one unit. */
export const headOfUnit = (o: Office, id: string): HolderRef[] =>
  posts(o, (p) => p.unitId === id && has(p, 'head', '负责人', 'branch_secretary', '支部书记', 'group_head'))

const member = (o: Office, role: string, name: RegExp) =>
  posts(o, (p) => has(p, role) || name.test(p.name) || p.roles.some((r) => name.test(r)))

const who = '(?:的?(?:主要)?(?:负责人|负责同志|领导|领导同志|一把手))'
const outer =
  '(?:二级机构|二级单位|直属单位|直属机构|直属事业单位|下属单位|下属事业单位|下属机构|所属单位|办属单位|局属单位|办属各单位|局属各单位|所属各单位|事业单位)'
const inner = '(?:机关)?(?:各)?(?:职能|业务|有关|相关|其他|责任|牵头|承办)?(?:科室|处室|股室|内设机构|科)'
const any = '(?:有关|相关|其他|责任|牵头|成员|基层)?(?:单位|部门|机构)'

type Group = { re: RegExp; role: HolderRole; refs: (o: Office) => HolderRef[] }
/** Names of whole groups, and how the office's own model says who they are: by kind of unit and role of post. */
export const groups: Group[] = [
  {
    re: /^(?:党组|办党组|局党组)书记$/,
    role: 'post',
    refs: (o) =>
      first(
        () => secretaries(o),
        () => firstResponsible(o),
      ),
  },
  {
    re: /第一责任人|^(?:党组|办|局|我办|单位)?(?:党政)?(?:主要(?:领导|负责人|负责同志)(?:同志)?|一把手|主任|局长|党组主要(?:领导|负责人))$/,
    role: 'post',
    refs: firstResponsible,
  },
  { re: /^(?:领导)?班子其他成员|^领导班子其他成员|^其他(?:领导)?班子成员/, role: 'post', refs: (o) => leaders(o, true) },
  { re: /^(?:分管|包联|联系)(?:办|局)?(?:领导|负责)|^副主任$|^副局长$/, role: 'post', refs: (o) => leaders(o, true) },
  { re: /^(?:领导)?班子成员|^领导班子成员|^(?:办|局)领导$/, role: 'post', refs: (o) => leaders(o, false) },
  { re: /^党组(?:班子)?(?:其他)?成员/, role: 'post', refs: partyMembers },
  { re: /^(?:办|局)?党组(?:领导班子|班子)?$/, role: 'unit', refs: (o) => units(o, 'partyGroup') },
  {
    re: /^(?:党政)?领导班子$/,
    role: 'unit',
    refs: (o) =>
      first(
        () => units(o, 'leadership'),
        () => units(o, 'partyGroup'),
      ),
  },
  {
    re: /支部书记|支部(?:主要)?负责人/,
    role: 'post',
    refs: (o) =>
      first(
        () => posts(o, (p) => has(p, 'branch_secretary', '支部书记')),
        () => posts(o, (p) => /支部书记/.test(p.name) || (within(o, 'branch')(p) && p.name === '书记')),
      ),
  },
  { re: /纪律委员|纪检委员/, role: 'post', refs: (o) => member(o, 'discipline_member', /纪律委员|纪检委员/) },
  { re: /组织委员/, role: 'post', refs: (o) => member(o, 'organisation_member', /组织委员/) },
  { re: /宣传委员/, role: 'post', refs: (o) => member(o, 'publicity_member', /宣传委员/) },
  { re: /^(?:机关)?(?:各)?(?:基层)?(?:党)?支部$|^基层党组织$/, role: 'units', refs: (o) => units(o, 'branch') },
  { re: new RegExp(`^${inner}$`), role: 'units', refs: (o) => units(o, 'department') },
  { re: new RegExp(`^${outer}$`), role: 'units', refs: (o) => units(o, 'subordinate') },
  { re: new RegExp(`^(?:${inner}${who}|科长|处长|股长)$`), role: 'post', refs: (o) => heads(o, 'department') },
  { re: new RegExp(`^(?:${outer}${who}|站长|中心主任)$`), role: 'post', refs: (o) => heads(o, 'subordinate') },
  {
    re: new RegExp(`^(?:${any}${who}|中层干部|负责人|(?:科室)?中层正职)$`),
    role: 'post',
    refs: (o) => heads(o, 'department', 'subordinate'),
  },
  { re: new RegExp(`^${any}$`), role: 'units', refs: (o) => units(o, 'department', 'subordinate') },
  { re: /纪检(?:监察)?组(?:主要)?(?:负责人|组长)$|^纪检组长$/, role: 'post', refs: (o) => posts(o, (p) => has(p, 'group_head')) },
]

/** Whoever supervises, where no unit's own name fits what is written: 纪检监察, 监察室. */
export const disciplineUnits = (o: Office): HolderRef[] => units(o, 'discipline')
