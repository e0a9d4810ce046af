import { disciplineUnits, firstResponsible, groups, headOfUnit, unitRef } from './groups.ts'
import type { DutyKind, Holder, HolderRef, Office } from './types.ts'

/** How a name is called when quantifiers and the office's own name are taken off. */
const bare = (s: string) =>
  s
    .replace(
      /^(?:我办|我局|我们|本办|全办|全局|办|局|机关|市人防办|人防办的?|市|驻市?人防办|市纪委监?委?派?驻市?人防办|派驻|的)+(?=[\u4e00-\u9fa5]{2})/,
      '',
    )
    .replace(/^(?:各级|各位|各个|各|全体|所有|广大|每名|每位|每个|每一[名位个])/, '')

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
  if (text === '我') return { text, name: '第一责任人', role: 'speaker', refs: office ? firstResponsible(office) : [] }
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
    const others = /其他/.test(core) && office && group.role === 'post' ? new Set(firstResponsible(office).map((r) => r.id)) : null
    return { text, name, role: group.role, refs: office ? group.refs(office).filter((r) => !others?.has(r.id)) : [] }
  }
  const headed = office ? headOf(office, core) : null
  if (headed) return { text, name, role: 'post', refs: headed }
  if (discipline.test(core) && !/干部|书记|委员|组长|负责/.test(core))
    return { text, name, role: 'unit', refs: office ? supervising(office, core) : [] }
  const close = office ? closest(office, core) : null
  if (close) return { text, name: close.name, role: close.type, refs: [close] }
  if (everyoneWord.test(core) && !postEnd.test(core)) return { text, name, role: 'everyone', refs: [] }
  if (unitEnd.test(core)) return { text, name, role: /^(?:各|有关|相关|其他|所有)/.test(name) ? 'units' : 'unit', refs: [] }
  if (postEnd.test(core)) return { text, name, role: 'post', refs: [] }
  return { text, name, role: everyoneWord.test(core) ? 'everyone' : 'unknown', refs: [] }
}

/** 综合科主要负责人, 工程科科长: the head of the unit that is named. */
function headOf(o: Office, core: string): HolderRef[] | null {
  const m =
    /^(.{2,}?)的?(?:主要负责人|主要负责同志|负责人|负责同志|主要领导|(?<=[科处站队所])[科处站队所]?长|(?<=组)组?长|(?<=中心)主任|(?<=支部)书记)$/.exec(
      core,
    )
  const unit = m?.[1] ? (exactly(o, [m[1]]) ?? closest(o, m[1])) : null
  return unit?.type === 'unit' ? headOfUnit(o, unit.id) : null
}

/** 纪检监察组, 监察室: the unit so called, else whoever supervises. */
function supervising(o: Office, core: string): HolderRef[] {
  const named = o.units.filter((u) => u.line === 'supervision' && near(u.name, core)).map(unitRef)
  return named.length || /机关/.test(core) ? named : disciplineUnits(o)
}

function exactly(o: Office, names: string[]): HolderRef | null {
  for (const n of names) {
    const u = o.units.find((x) => x.name === n || x.aliases.includes(n))
    if (u) return unitRef(u)
    const p = o.posts.find((x) => x.name === n || x.aliases.includes(n))
    if (p && o.posts.filter((x) => x.name === n).length === 1) return { type: 'post', id: p.id, name: p.name }
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
  if (of(/班子(?:其他)?成员|分管领导|分管副|^副主任$|^副局长$|分管负责|处级|党组成员|班子其他成员|^[办局院厅校]领导$/)) return 'dual'
  if (of(/支部|支委|党小组|纪律委员|纪检委员|组织委员|宣传委员/)) return 'branch'
  if (of(/党组|领导班子|^(?:局|院|校|厅|站|公司)?党委$/)) return 'principal'
  if (/一岗双责/.test(text)) return 'dual'
  if (holders.every((h) => ['body', 'implied', 'everyone', 'unknown'].includes(h.role))) {
    if (/监督责任/.test(text)) return 'supervision'
    if (/进支部|支部/.test(text)) return 'branch'
    if (/主体责任|从严治党|管党治党|党风廉政|两个责任|反腐败/.test(text + headings)) return 'principal'
  }
  return 'task'
}
