import { bodyEndings, knownNames, nameVerbs, personEndings, prefixes, suffixes } from './holder-words.ts'
import { adverbs, connectives, prepositions, verbs } from './lexicon.ts'
import { modalsOf } from './modals.ts'
import type { Office } from './types.ts'

/** A name at `[at, end)` of the clause. */
export type Named = { at: number; end: number }
/** `verb` and `acts` tell whether a word that begins an order, or any word that may follow a subject, begins at a place. */
export type Grammar = {
  known: RegExp
  knownAll: RegExp
  lead: RegExp
  opens: (s: string, at: number) => boolean
  verb: (s: string, at: number) => boolean
  acts: (s: string, at: number) => boolean
  /** How a superior's paper calls this office (各市人防办, 你办); sticky. */
  ours?: RegExp
}

const literal = (s: string) => s.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const any = (list: Iterable<string>) =>
  `(?:${[...new Set(list)]
    .filter(Boolean)
    .sort((a, b) => b.length - a.length)
    .map(literal)
    .join('|')})`
const day =
  '(?:(?:\\d{4}年|今年|明年|本年)?(?:(?:\\d{1,2}|[一二三四五六七八九十]{1,2})月(?:份)?(?:\\d{1,2}[日号])?)|(?:年|月|季度?|半年|上半年|下半年|\\d{1,2}[日号]))'
const timeLead = `(?:${day}(?:之前|以前|前|底前|末前|底|末|起|内|之内|至${day})|每(?:两|三)?(?:个)?(?:工作日|季度|半年|月|年|周|天|日|班|季)(?:末|底|初)?(?:至少|之?前|\\d{1,2}[日号](?:之?前)?|[一二三四五六日](?:之?前)?)?(?:早上|上午|下午|晚上)?|(?:这个|本|当)?月(?:底|末)(?:之|以)?前|(?:第?[一二三四]季度|上半年|下半年)(?:之?内|末|底)?(?:之?前)?|年(?:之?内|末|底)(?:之?前)?|[一二两三四五六七八九十\\d]+(?:个)?(?:工作日|周|天|日|月|小时)(?:之?内|以内)|会后(?:一周内)?|节(?:日)?前|节(?:假)?日?期间|离岗前|上任[^，。；]{0,5}内|工作时间|工作日(?:中午)?|年底前?|月底前?|元旦|春节|中秋|国庆)`

const built = new WeakMap<object, Grammar>()
const nobody = {}

/** The patterns by which names are found, with the office's own names first. Built once for an office object. */
export function grammarOf(office: Office | null): Grammar {
  const had = built.get(office ?? nobody)
  if (had) return had
  const made = build(office)
  built.set(office ?? nobody, made)
  return made
}

function build(office: Office | null): Grammar {
  const own = office ? [...office.units, ...office.posts].flatMap((x) => [x.name, ...x.aliases]).filter((n) => n.length > 1) : []
  const pre = any(prefixes)
  const suf = any(suffixes)
  const core = any([...own, ...knownNames])
  const notOn =
    '(?!会(?!同)|办公会|书记|中心组|织(?!委)|长(?!期)|级(?!要)|负责人|负责同志|主要负责|班子|领导(?!要)|委员(?!要)|科室|单位|之|内部|以外|作风|建设|主体责任|规定|名单|政治|学习|理论)'
  const known = `(?:${pre}的?)*(?:市?人防办的?|人防部门的?|人防系统的?|机关)?(?:${core})(?:的?(?:各级|各|全体|所有|广大)?${suf})*们?`
  return {
    known: new RegExp(`${known}${notOn}`, 'y'),
    knownAll: new RegExp(`${known}${notOn}`, 'g'),
    lead: new RegExp(`(?:${any(connectives)}，?|${timeLead}，?|\\s+)`, 'y'),
    verb: lookup([...verbs, ...adverbs.filter((w) => w.length > 1)]),
    opens: lookup([...verbs, ...adverbs.filter((w) => w.length > 1), ...prepositions]),
    acts: lookup([...verbs, ...adverbs, ...prepositions, ...singles]),
  }
}

const singles = [...'派要必须应将不没未都均也负牵承每严需会是有管到办填拿签交去来能做看带全', '具体', '共同', '人人', '一律']

/** A set of words asked by place: true when one of them begins there. */
function lookup(list: string[]): (s: string, at: number) => boolean {
  const set = new Set(list)
  const longest = Math.max(...list.map((w) => w.length))
  return (s, at) => {
    for (let n = 1; n <= longest && at + n <= s.length; n++) if (set.has(s.slice(at, at + n))) return true
    return false
  }
}

const joint = /(?:、|和|及其|及|与|以及|暨|或者|或|，特别是|特别是)/y
const bare = /[由要必须应将对把向在从按经被让使给为以且并而了过是也既都就不没又还到去来于至]/
/** 接待科室, 承办单位: a verb that says which unit, not one that is done to it. */
const governs =
  /^(?:加强|强化|组织|督促|督导|指导|引导|教育|带领|带动|动员|发动|落实|明确|配备|安排|协调|压实|建立|成立|设立|推动|帮助|支持|关心|关爱|约谈|通报|提醒|调整|充实|选派|选好|确定|指定|统筹|会同|通知|表彰|追究|处分|要求|规范|提高|提升|增强|凝聚|团结|深入|联合|协助|配齐|配强|鼓励|激励|号召)/
const doing = (text: string) => /^[\u4e00-\u9fa5]{2}(?:科室|单位|部门|人员|处室|机构|小组)$/.test(text) && !governs.test(text)
const quantified = /^(?:全体|各|所有|广大|每[名位个]|全办|我办|本|有关|相关|其他)/

function nameAt(g: Grammar, clause: string, at: number, allowUnknown: boolean): Named | null {
  const addressed = addressedAt(g, clause, at)
  if (addressed) return addressed
  g.known.lastIndex = at
  const k = g.known.exec(clause)
  let knownEnd = 0
  if (k && k[0].length > 1) {
    knownEnd = at + k[0].length
    if (
      clause[knownEnd] !== '的' &&
      (follows(g, clause, knownEnd) || unitFollowed(clause, at, knownEnd)) &&
      !/^(?:[科站]|组(?!织))/.test(clause.slice(knownEnd, knownEnd + 2))
    )
      return { at, end: knownEnd }
  }
  if (!allowUnknown) return null
  const text = unknownAt(g, clause, at)
  if (!text) return null
  if (knownEnd && /^(?:我们|我办|全办|本办|我局|全局|本单位)/.test(text) && /(?:建设|工作)/.test(text)) return { at, end: knownEnd }
  const body = text.slice(0, -1)
  if (knownEnd && verbIn(g, text.slice(knownEnd - at, -2))) return null
  if (
    bare.test(
      body.replace(
        /^被(?=考|评|审|监|谈|约|通|检|督)|应急|应聘|应届|对外|对接|将军|以上|以下|为民|必备|要害|重要|经办|经手|经营|从业|在职|在岗|在编|在座|在建|来访|到会|到岗|去向|没收|不动产|过渡/g,
        '',
      ),
    ) ||
    /[这那其报送交呈填签搞抓]/.test(text[0] ?? '') ||
    /^(?:发现|出现|涉及|遇到|收到|经过|造成)|(?:提交|移交|报送|报请|呈报|上报|抄送|转交|送交|退回)./.test(text)
  )
    return null
  if (g.opens(text, 0) && !nameVerbs.test(text) && !doing(text)) return null
  if (nameVerbs.test(text) && quantified.test(text.replace(nameVerbs, ''))) return null
  if (/^(?:组织|宣传|监督|检查|管理|培训|教育|发展|服务|指导|督导|督查|保障|推进|联系)(?:党员|干部|职工|同志|群众|领导)/.test(text))
    return null
  if (text.length < 3 && !/^(党员|干部|职工|专人)$/.test(text)) return null
  if (/^.[\u4e00-\u9fa5]*[前后时](?![勤代务])[\u4e00-\u9fa5]/.test(text)) return null
  if (
    /(?:一员|人员队伍|成员单位的|会议室|教室|办公室主任|工程队|方面|.?办理|统一战线|有关规定|队伍|派员|专员办|全员|党员意识|动员)$/.test(
      text,
    )
  )
    return null
  return { at, end: at + text.length }
}

/** 各市人防办, 你办 and the like in a superior's paper, unless a noun follows them. */
export function addressedAt(g: Grammar, clause: string, at: number): Named | null {
  if (!g.ours) return null
  g.ours.lastIndex = at
  const m = g.ours.exec(clause)
  const end = at + (m?.[0].length ?? 0)
  return m && clause[end] !== '的' && follows(g, clause, end) ? { at, end } : null
}

const endings = new RegExp(`(?:${bodyEndings}(?:的?${any(suffixes)})*|${personEndings})$`)
/** The shortest unknown name at a place that is followed by a verb, a modal or another name. */
function unknownAt(g: Grammar, clause: string, at: number): string | null {
  for (let end = at + 2; end <= Math.min(clause.length, at + 18); end++) {
    if (!/[\u4e00-\u9fa5·]/.test(clause[end - 1] ?? '')) return null
    const text = clause.slice(at, end)
    // 党委办公室 is not 党委, whatever 办 may do.
    if (/[委组会]$/.test(text) && /^办公室/.test(clause.slice(end))) continue
    if (
      endings.test(text) &&
      ((end === clause.length &&
        text.length <= 8 &&
        new RegExp(`${personEndings}$`).test(text) &&
        !/[办处组队所委站室局科员]$/.test(text)) ||
        /[、，和及与或\d]/.test(clause[end] ?? '') ||
        g.acts(clause, end))
    )
      return text
  }
  return null
}

/** Nouns that make a name in front of them part of something else. */
const partOf =
  /^(?:的|工作|业务|意见|人员|机房|职责|职能|内部|办公|任务|清单|名单|情况|报告|材料|数据|项目|岗位|窗口|所|主管|门口|要求|建议|印章|账户|作风|制度|建设|同志|干部|负责|副|同|牵头的|[科站组室队委]|[一二三四五六七八九十]级|等)/

/** A unit's own name at the head of a clause acts, unless a noun makes it part of something (信息中心机房). */
function unitFollowed(clause: string, at: number, end: number): boolean {
  const name = clause.slice(at, end)
  if (/^(?:各|全体|每[名位个]|每一|广大|所有)[\u4e00-\u9fa5]{2}/.test(name)) return !partOf.test(clause.slice(end))
  if (
    name.length < 3 ||
    !/(?:[科股站组室队委所]|中心|支部|[^干全内外局大各一]部)$/.test(name) ||
    /^(?:各|有关|相关)?(?:科室|处室|业务科室|职能科室)$/.test(name)
  )
    return false
  return !partOf.test(clause.slice(end))
}

/** 机关纪委出具意见时应当查阅: the name of a body or a post, some words that are no list of verbs, then the modal. */
function laterModal(clause: string, at: number): boolean {
  if (!/(?:[科股站心组部室队所长员们人]|纪委|党委|书记|主任|领导|单位)$/.test(clause.slice(Math.max(0, at - 6), at)))
    return /^(?:八小时|平时|日常|工作[中时上]|生活中|任职|上岗|下班|出差|遇到|遇有|发现)[^的]{0,8}[要必须应不严]/.test(clause.slice(at))
  if (/(?:后|时|前|中|的)$/.test(clause) && !clause.slice(at, -1).includes('的')) return true
  const modal = modalsOf(clause).find((m) => m.at >= at && !m.weak)
  return modal !== undefined && modal.at - at <= 14 && !clause.slice(at, modal.at).includes('的')
}

const verbIn = (g: Grammar, s: string) => [...s].some((_, i) => g.verb(s, i))

/** Behind a subject stands an end, another name, a number, a time or a word of doing; a noun (单位清单) makes it part of something else. */
function follows(g: Grammar, clause: string, at: number): boolean {
  if (at >= clause.length || /[、，：；（。“Ｑ\d\s|和及与或暨]/.test(clause[at] ?? '') || g.acts(clause, at)) return true
  g.lead.lastIndex = at
  return (
    g.lead.test(clause) ||
    laterModal(clause, at) ||
    modalsOf(clause.slice(at, at + 6))[0]?.at === 0 ||
    /^(?:以及|特别是|其他|任(?!务|何)|为|兼|按|亲|轮|这|那|今|明|本|当[天月日场]|近|马|年[底内]|月[底内]|周|半|晚|早|一[把要]|人手|分[工头]|双|结合|跟|各|谁|该|把|多|先|少|只)/.test(
      clause.slice(at),
    )
  )
}

/** A list of names from `at` on (A、B和C), or null when no name begins there. Parentheses between names are passed over. */
export function namesAt(g: Grammar, clause: string, at: number, allowUnknown = true): Named[] | null {
  const first = nameAt(g, clause, at, allowUnknown)
  if (!first) return null
  const out = [first]
  for (;;) {
    let from = out.at(-1)?.end ?? at
    if (clause[from] === '（') from = clause.indexOf('）', from) + 1 || from
    joint.lastIndex = from
    const j = joint.exec(clause)
    if (!j) break
    const next = nameAt(g, clause, from + j[0].length, allowUnknown)
    if (!next) break
    out.push(next)
  }
  return out
}

/** Where a clause really begins, behind 同时, 下一步, 每月5日前 and their like. */
export function headOf(g: Grammar, clause: string): number {
  let at = 0
  for (let i = 0; i < 6; i++) {
    g.lead.lastIndex = at
    const m = g.lead.exec(clause)
    if (!m?.[0]) break
    at += m[0].length
  }
  return at
}
