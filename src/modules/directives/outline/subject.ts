import { otherSubjects } from './holder-words.ts'
import { addressedAt, type Grammar, headOf, type Named, namesAt } from './holders.ts'
import type { Modal } from './modals.ts'

export type Subject =
  | { who: 'own'; names: Named[]; end: number; via: 'head' | 'modal' | 'agent' | 'request' | 'through' }
  | { who: 'other'; names: []; end: number; via: 'head' }

const causing =
  /(?:督促|督导|引导|组织|教育|推动|指导|帮助|带领|带动|促使|动员|发动|监督|要求|使|让|对|向|给|与|同|约谈|提醒|通知|支持|配合|协助|会同|联合|激励|鼓励|确保|保证|敦促|把|将|为|在|从|以|至|报|送|和|及|请示|检查|考核)$/
/** 对流动党员要…: whom it is about. */
const about = /^(?:对于?|针对|关于)[^，、和]{1,6}$/
const agentBefore = /(?:由|责成|责令|委托|授权)$/
const agentVerb =
  /^(?:负责(?!人|同志)|牵头(?!单位|科室|部门)|承担|负(?:主体|监督|总|领导|主要|直接|第一|全面|重要)|具体负责|统一负责|统筹负责)/
const request = /^(?:敬?请(?![假示销辞客吃求教缨愿帖])|希望|望|恳请|要求|号召|责成|责令|烦请|务请|还请|也请|拟由|由)/

/** How whoever wrote a paper calls itself. */
export const sender = /^[我本](?:组|办|局|厅|委|部|院|处|省|市|室)/

/** Who a clause says is to act; null where it does not say. */
export function subjectOf(g: Grammar, clause: string, modals: Modal[]): Subject | null {
  const head = headOf(g, clause)
  const ask = request.exec(clause.slice(head))
  if (ask) {
    const at = head + ask[0].length
    const names = namesAt(g, clause, at) ?? loose(g, clause, at)
    if (names) return own(names, 'request')
    if (/^(?:敬?请|希望|务请|还请|也请)$/.test(ask[0]) && g.acts(clause, at)) return { who: 'own', names: [], end: at, via: 'request' }
  }
  const topic = /^(?:无论|不论|不管|对|至于|作为)/.test(clause.slice(head))
  const names = topic ? null : namesAt(g, clause, head)
  const first = names?.[0]
  if (names && first) {
    const text = clause.slice(first.at, names.at(-1)?.end)
    if (otherSubjects.test(text) && !addressedAt(g, clause, first.at) && !/驻|纪检组|监察室|(?<!省|国家)人防办|全办/.test(text))
      return { who: 'other', names: [], end: names.at(-1)?.end ?? 0, via: 'head' }
    // In a superior's paper 我组, 我办 is whoever wrote it.
    if (g.ours && sender.test(text)) return { who: 'other', names: [], end: names.at(-1)?.end ?? 0, via: 'head' }
    const rest = clause.slice(names.at(-1)?.end ?? 0)
    const wide = /^(?:我们|我办|全办|本办|我局|全局|本单位|咱们)$/.test(text) && !g.acts(rest, 0) ? inside(g, clause, modals) : null
    if (wide && wide.who === 'own' && wide.via !== 'modal') return wide
    if (!/^的/.test(rest)) return own(names, 'head')
  }
  if (otherSubjects.test(clause.slice(head)) && !names) return { who: 'other', names: [], end: head, via: 'head' }
  const behind = names ? null : /^[^，的]{1,10}?(?:之前|以前|前|之后|以后|后|时|期间|中)(?=[\u4e00-\u9fa5])/.exec(clause.slice(head))
  const late = behind ? namesAt(g, clause, head + behind[0].length, false) : null
  if (late && !/^的/.test(clause.slice(late.at(-1)?.end ?? 0))) return own(late, 'head')
  return inside(g, clause, modals)
}

function inside(g: Grammar, clause: string, modals: Modal[]): Subject | null {
  if (modals.length === 0 && !/由|责[成令]|委托|授权|负|牵头|承担|统筹|具体|统一/.test(clause)) return null
  const groups: Named[][] = []
  for (const m of clause.matchAll(g.knownAll)) {
    const last = groups.at(-1)
    const gap = last ? clause.slice(last.at(-1)?.end ?? 0, m.index) : ''
    if (last && /^(?:、|和|及|与|以及|及其|或|还是)$/.test(gap)) last.push({ at: m.index, end: m.index + m[0].length })
    else groups.push([{ at: m.index, end: m.index + m[0].length }])
  }
  const modal = modals[0]
  for (const names of groups) {
    const at = names[0]?.at ?? 0
    const end = names.at(-1)?.end ?? 0
    const left = clause.slice(Math.max(0, at - 4), at)
    const right = clause.slice(end)
    if (agentBefore.test(left) && !/^的/.test(right)) return own(names, 'agent')
    if (/经$/.test(left) && modal && modal.end <= at && /^(?:审|签|批|同意|研究|集体)/.test(right)) return own(names, 'through')
    if (causing.test(left) || about.test(clause.slice(headOf(g, clause), at))) continue
    if (
      modal &&
      /^(?:也|都|均|还|就|则|更|又|再|首先|一定|同样|同时|还是|今后|都是)?$/.test(clause.slice(end, modal.at)) &&
      modal.at >= end
    )
      return own(names, 'modal')
    if (agentVerb.test(right)) return own(names, 'agent')
  }
  return null
}

/** Behind 希望 and 请 a known name counts whatever follows it. */
function loose(g: Grammar, clause: string, at: number): Named[] | null {
  g.known.lastIndex = at
  const m = g.known.exec(clause)
  return m && clause[at + m[0].length] !== '的' ? [{ at, end: at + m[0].length }] : null
}

const own = (names: Named[], via: 'head' | 'modal' | 'agent' | 'request' | 'through'): Subject => ({
  who: 'own',
  names,
  end: names.at(-1)?.end ?? 0,
  via,
})
