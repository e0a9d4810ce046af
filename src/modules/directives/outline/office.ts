import type { DutyKind, Holder, HolderRef, HolderRole, Office, OfficePost, OfficeUnit } from './types.ts'

/** How a name is called when quantifiers and the office's own name are taken off. */
const bare = (s: string) =>
  s
    .replace(
      /^(?:我办|我局|我们|本办|全办|全局|办|局|机关|市人防办|人防办的?|市|驻市?人防办|市纪委监?委?派?驻市?人防办|派驻|的)+(?=[\u4e00-\u9fa5]{2})/,
      '',
    )
    .replace(/^(?:各级|各位|各个|各|全体|所有|广大|每名|每位|每个|每一[名位个])/, '')

/** Names of whole groups, by what they say of the unit's kind or the post's role; read as data, so an office may call its kinds as it likes. */
const groups: { re: RegExp; units?: RegExp; posts?: RegExp; role: HolderRole }[] = [
  {
    re: /第一责任人|^(?:党组|办|局)?(?:主要(?:领导|负责人|负责同志)(?:同志)?|一把手|党组书记|主任|党组主要(?:领导|负责人))$/,
    posts: /第一责任人|党组书记|主要领导|主任$/,
    role: 'post',
  },
  {
    re: /^(?:领导)?班子(?:其他)?成员|^(?:领导)?班子其他成员|^领导班子(?:其他)?成员|^党组成员|^分管(?:办|局)?(?:领导|负责)|^(?:办|局)领导$/,
    posts: /班子成员|分管|党组成员|副主任|总工程师/,
    role: 'post',
  },
  { re: /^(?:办|局)?党组(?:领导班子|班子)?$|^领导班子$/, units: /党组/, role: 'unit' },
  { re: /支部书记/, posts: /支部书记/, role: 'post' },
  { re: /纪律委员|纪检委员/, posts: /纪律委员|纪检委员/, role: 'post' },
  { re: /组织委员/, posts: /组织委员/, role: 'post' },
  { re: /宣传委员/, posts: /宣传委员/, role: 'post' },
  { re: /^(?:党)?支部$/, units: /支部/, role: 'units' },
  {
    re: /^(?:机关)?(?:职能|业务|有关|相关|其他|责任|机关各)?(?:科室|处室)$/,
    units: /^(?:科室|处室|科|内设机构|department)$/,
    role: 'units',
  },
  { re: /^(?:二级机构|直属单位|直属机构|下属单位|事业单位)$/, units: /二级机构|直属单位|事业单位|下属单位/, role: 'units' },
  {
    re: /(?:科室|处室|单位|部门|机构|科|站|中心)(?:的)?(?:主要)?(?:负责人|负责同志|领导)$/,
    posts: /负责人|科长|站长|中心主任/,
    role: 'post',
  },
  { re: /^(?:单位|部门|其他单位|有关单位|相关单位|责任单位)$/, units: /科室|处室|二级机构|直属单位|事业单位/, role: 'units' },
]
const discipline = /纪检|监察|机关纪委|纪委/
const bodyWord = /^(?:我们|咱们|全办|我办|本办|全局|我局|本单位|我单位|全院|我院|我委|我中心|全系统|人防系统|我站|全站|我科|全科)$/
const everyoneWord = /你们|党员|干部|职工|人员|大家|各位|同志|任何人|个人|员工|任何单位/
const unitEnd =
  /(?:单位|部门|机构|科|股|部|处|站|中心|室|办|组|委|局|队|所|专班|小组|办公室|委员会|支部|机关党委|机关纪委|窗口|工会|团委|支委|支委会)$/
const postEnd = /(?:负责人|领导|书记|委员|主任|科长|处长|组长|站长|队长|所长|局长|责任人|首席代表|一把手|负责同志|成员)$/

/** How this paper calls the body as a whole: 全办 where it says 我办, and so on; never built into the code. */
export function bodyName(text: string): string {
  const m = /[我本全](办|局|院|委|站|中心|校|处|厅|公司)(?![公法理事员案一])/.exec(text)
  return m ? `全${m[1]}` : '本单位'
}

/** Matches a name as written against the office. Unknown names keep their words and have no references. */
export function resolve(text: string, office: Office | null, body: string): Holder {
  if (text === '我')
    return { text, name: '第一责任人', role: 'speaker', refs: office ? postsOf(office, /第一责任人|主要领导|党组书记/) : [] }
  if (bodyWord.test(text)) return { text, name: body, role: 'body', refs: [] }
  const name = text
    .replace(/^(?:我办|我局|我们|本办|市人防办|人防办)的?(?=[\u4e00-\u9fa5]{2})/, '')
    .replace(/^(.{2,8}(?:领导|书记|主任|组长|科长|站长))[\u4e00-\u9fa5]{2,3}同志$/, '$1')
    .replace(/^(?:办|局)(?=党组|班子|领导班子)/, '')
    .replace(/^(?:市纪委(?:监委)?)?(?:派驻|驻)(?:市?人防)?[办局]?(?=纪检|监察)/, '')
    .replace(/们$/, (m, at: number) => (at > 1 ? '' : m))
  const core = bare(name)
  if (office) {
    const exact = exactly(office, [text, name, core])
    if (exact) return { text, name: exact.name, role: exact.type, refs: [exact] }
  }
  const group = groups.find((g) => g.re.test(core) || g.re.test(name))
  if (group) {
    const others = /其他/.test(core) && office ? new Set(postsOf(office, /第一责任人|党组书记|主要领导/).map((r) => r.id)) : null
    return { text, name, role: group.role, refs: office ? refsOf(office, group).filter((r) => !others?.has(r.id)) : [] }
  }
  if (discipline.test(core) && !/干部|书记|委员/.test(core))
    return { text, name, role: 'unit', refs: office ? unitsOf(office, (u) => u.line === 'supervision' && near(u.name, core)) : [] }
  const close = office ? closest(office, core) : null
  if (close) return { text, name: close.name, role: close.type, refs: [close] }
  if (everyoneWord.test(core) && !postEnd.test(core)) return { text, name, role: 'everyone', refs: [] }
  if (unitEnd.test(core)) return { text, name, role: /^(?:各|有关|相关|其他|所有)/.test(name) ? 'units' : 'unit', refs: [] }
  if (postEnd.test(core)) return { text, name, role: 'post', refs: [] }
  return { text, name, role: everyoneWord.test(core) ? 'everyone' : 'unknown', refs: [] }
}

const unitRef = (u: OfficeUnit): HolderRef => ({ type: 'unit', id: u.id, name: u.name })
const postRef = (p: OfficePost): HolderRef => ({ type: 'post', id: p.id, name: p.name })
const unitsOf = (o: Office, fits: (u: OfficeUnit) => boolean) => o.units.filter(fits).map(unitRef)
const postsOf = (o: Office, re: RegExp) => o.posts.filter((p) => p.roles.some((r) => re.test(r)) || re.test(p.name)).map(postRef)
const refsOf = (o: Office, g: { units?: RegExp; posts?: RegExp }) => [
  ...(g.units ? unitsOf(o, (u) => (g.units as RegExp).test(u.kind)) : []),
  ...(g.posts ? postsOf(o, g.posts) : []),
]

function exactly(o: Office, names: string[]): HolderRef | null {
  for (const n of names) {
    const u = o.units.find((x) => x.name === n || x.aliases.includes(n))
    if (u) return unitRef(u)
    const p = o.posts.find((x) => x.name === n || x.aliases.includes(n))
    if (p && o.posts.filter((x) => x.name === n).length === 1) return postRef(p)
  }
  return null
}

/** 指通科 for 指挥通信科: the written letters in their order, the same last one, and only one such unit. */
function closest(o: Office, core: string): HolderRef | null {
  if (core.length < 2 || !unitEnd.test(core)) return null
  const hits = o.units.filter((u) => near(u.name, core))
  return hits.length === 1 && hits[0] ? unitRef(hits[0]) : null
}
function near(full: string, short: string): boolean {
  if (full.at(-1) !== short.at(-1)) return false
  let i = 0
  for (const c of full) if (c === short[i]) i++
  return i === short.length
}

/** The kind of responsibility, first from who holds it, then from what it is about. */
export function kindOf(holders: Holder[], text: string, headings: string): DutyKind {
  const of = (re: RegExp) => holders.some((h) => re.test(h.name) || re.test(h.text))
  const all = (re: RegExp) => holders.length > 0 && holders.every((h) => re.test(h.name) || re.test(h.text))
  if (
    holders.some((h) => h.role === 'speaker') ||
    (all(/第一责任人|主要领导|主要负责人$|党组书记|一把手|^主任$/) && !of(/各单位|各科室|科室|支部|单位/))
  )
    return 'first'
  if (holders.length > 2 && of(/^(?:办|局)?党组$/)) return 'principal'
  if (of(/纪检|监察|纪委/) && !of(/委员|支部/)) return 'supervision'
  if (of(/班子(?:其他)?成员|分管领导|分管负责|处级|党组成员|班子其他成员|办领导/)) return 'dual'
  if (of(/支部|支委|党小组|纪律委员|纪检委员|组织委员|宣传委员/)) return 'branch'
  if (of(/党组|领导班子/)) return 'principal'
  if (/一岗双责/.test(text)) return 'dual'
  if (holders.every((h) => ['body', 'implied', 'everyone', 'unknown'].includes(h.role))) {
    if (/监督责任/.test(text)) return 'supervision'
    if (/进支部|支部/.test(text)) return 'branch'
    if (/主体责任|从严治党|管党治党|党风廉政|两个责任|反腐败/.test(text + headings)) return 'principal'
  }
  return 'task'
}
