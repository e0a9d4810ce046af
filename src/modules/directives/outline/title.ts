import type { Clause } from './clause.ts'
import { type Grammar, headOf } from './holders.ts'
import type { Run } from './runs.ts'

const opening =
  /^(?:也|都|均|还|则|更|又|再|首先|一定要?|务必|必须|应当|应该|应|须|需|要|将(?=带头|严格|对|按|会同|继续|组织|开展|定期|不定期|适时|每|把)|会(?!同)|切实|认真|坚决|进一步|严格(?=按照|落实|执行)|自觉|主动|积极|不断|真正|始终|努力|及时|全面|深入|扎实|着力|大力|持续|能|来|去|把(?=[^，]{1,4}$)|对此|并|且|同时|，|\s)+/

/** Words that only say how or by what right; the deed comes in a later clause. */
const manner =
  /^(?:严格|将|认真)*(?:按照|根据|依据|作为|利用|通过|会同|围绕|针对|结合|以(?![^，]*为[^，]{1,8}$)|在(?![^，]*[中上下内][^，]{3,}))[^，]*$/

/** A short name for a duty or a finding, at most 24 characters: the deciding clause without who, when and must. */
export function titleOf(g: Grammar, folded: string, run: Run): string {
  const words = (c: Clause) => folded.slice(c.start, c.start + c.text.length)
  const from = run.type === 'duty' ? run.lead : (run.clauses.find((c) => c.some) ?? run.lead)
  const list = run.clauses.slice(run.clauses.indexOf(from))
  if (run.type === 'finding')
    return shorten(
      words(from)
        .replace(/^(?:主要是?在?|现在|但|同时|但是|也|仍|还)+(?=[^，]{6})/, '')
        .replace(/[“”]/g, ''),
    )
  const texts = list.map((c) => trimmed(g, c, words(c)))
  let i = texts.findIndex((t) => t.length >= 4 && !manner.test(t) && !/^(?:是|为)/.test(t))
  if (i < 0)
    i = Math.max(
      0,
      texts.findIndex((t) => t.length >= 4),
    )
  let text = texts[i] ?? ''
  const next = list[i + 1]
  if (next && (text.length < 5 || (/^[把将]/.test(text) && /^(?:作为|纳入|列入|摆上)/.test(next.text)))) text = `${text}，${words(next)}`
  return shorten(text.replace(/[“”]/g, ''))
}

function trimmed(g: Grammar, c: Clause, words: string): string {
  const from = c.subject?.who === 'own' && c.subject.via !== 'agent' ? c.subject.end : headOf(g, c.text)
  const modal = c.modals.find((m) => !m.weak && !m.negative)
  const cut =
    modal && modal.at >= from && modal.at - from <= 8 && modal.word.length > 0 && !/[一原方视予]/.test(modal.word[0] ?? '')
      ? modal.end
      : from
  return (
    words
      .slice(cut)
      .replace(/^(?:在|于)?[^，在于]{1,9}(?:前|日内|天内|周内|月内|季度内)(?=[\u4e00-\u9fa5]{2})/, '')
      .replace(opening, '') || words.slice(from)
  )
}

/** At most 24 characters, cut at a pause where there is one. */
export function shorten(text: string): string {
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
    /(?:形成|建立|编制|制定|撰写|签订|上报|报送|提交|编发)[^，。；]{0,16}(?:报告|台账|清单|档案|记录|制度|方案|机制|材料|承诺书|责任书|情况|简报|计划|办法)/.exec(
      words,
    )
  return m ? m[0].replace(/^[，、]/, '') : null
}
