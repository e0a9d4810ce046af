import type { Clause } from './clause.ts'
import { type Grammar, headOf } from './holders.ts'

const opening =
  /^(?:也|都|均|还|则|更|又|再|首先|一定要?|务必|必须|应当|应该|应|须|需|要|将|会|切实|认真|坚决|进一步|严格(?=按照|落实|执行)|自觉|主动|积极|不断|真正|始终|努力|及时|全面|深入|扎实|着力|大力|持续|能|来|去|把(?=[^，]{1,4}$)|对此|并|且|同时|，|\s)+/

/** A short name for a duty or a finding, at most 24 characters: the deciding clause without who, when and must. */
export function titleOf(g: Grammar, folded: string, lead: Clause, clauses: Clause[], duty: boolean): string {
  const words = (c: Clause) => folded.slice(c.start, c.start + c.text.length)
  let text = words(lead)
  if (duty) text = trimmed(g, lead, text)
  let i = clauses.indexOf(lead)
  const behind = clauses[i + 1]
  if (duty && behind && (lead.predicate === 'frame' || /^(?:以|按照|根据|作为|利用|通过|在[^，]*[中上下]$)/.test(text)) && words(behind).length >= 5) {
    i++
    text = trimmed(g, behind, words(behind)).replace(/^将(?=[^，]{1,3}(?:按照|带头|严格))/, '')
  }
  while (text.length < 5 && clauses[i + 1]) {
    i++
    const next = clauses[i] as Clause
    text = text ? `${text}，${words(next)}` : trimmed(g, next, words(next))
  }
  return shorten(text.replace(/[“”]/g, ''))
}

function trimmed(g: Grammar, c: Clause, words: string): string {
  const from = c.subject?.who === 'own' && c.subject.via !== 'agent' ? c.subject.end : headOf(g, c.text)
  const modal = c.modals.find((m) => !m.weak && !m.negative)
  const cut = modal && modal.at >= from && modal.at - from <= 8 && modal.word.length > 0 && !/[一原方视予]/.test(modal.word[0] ?? '') ? modal.end : from
  return words.slice(cut).replace(opening, '') || words.slice(from)
}

function shorten(text: string): string {
  if (text.length <= 24) return text
  const stop = text.slice(0, 24).search(/[、，（](?=[^、，（]*$)/)
  return stop >= 8 ? text.slice(0, stop) : `${text.slice(0, 23)}…`
}

/** By what one sees that it was done: 做到…, 不少于 2 次, 形成清单, 结果通报. Null when the words do not say. */
export function measureOf(words: string): string | null {
  const m =
    /(?<=^|，|、|；)(?:切实|真正|努力)?(?:做到|确保|实现|达到)[^，。；]{2,30}/.exec(words) ??
    /(?:不少于|不低于|至少|不得少于|不超过|达到|覆盖率)[^，。；]{1,14}/.exec(words) ??
    /(?:检查|督查|抽查|考核)?结果[^，。；]{0,4}(?:通报|公示|报告|公开|挂钩|报[^，。；]{1,8})[^，。；]{0,6}/.exec(words) ??
    /(?:形成|建立|编制|制定|撰写|签订|上报|报送|提交|编发)[^，。；]{0,16}(?:报告|台账|清单|档案|记录|制度|方案|机制|材料|承诺书|责任书|情况|简报|计划|办法)/.exec(words)
  return m ? m[0].replace(/^[，、]/, '') : null
}
