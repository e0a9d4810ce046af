import { outsiders } from './holder-words.ts'

/** Who is being quoted: `theirs` is left alone to the end of its sentence, `ours` is read as if we said it, from `at` on. */
export type Reported = { whose: 'theirs' | 'ours'; at: number; words: string; wordsAt: number; states: boolean } | null

const verb =
  /(?:(?:还|也|都|就|再次|反复|多次|特别|进一步|一再|曾经|曾|明确|着重|深刻|郑重|严肃)?(?:强调|指出|讲到|讲道|谈到|提到|说道|说过|写道|告诫|教导|重申|表示|坦言|认为|介绍|讲得好|说得好|讲过|直言)|(?<=[^，。；]{1,20})(?<![的来在话个样实所一再细难虚胡传听])[讲说](?=[，：“])|(?<![的其本照据合行高新总体严到实按遵])要求(?=[，：“]|我们|我办|各|全|被|必须|要|做|把|党|领导|企业|紧急)|(?<!按照?)(?<![的])规定(?=[，：“])|明确(?=[，：“])|提出(?=[，：“]|要)|号召(?=[，：])|忏悔[^，。；]{0,4}(?=[，：“]))/g
/** 会议指出, 会议认为 say how things are; 会议要求, 强调, 决定, 明确 say what is to be done. */
const states = /指出|认为|表示|谈到|讲到|讲道|提到|重温|回顾/
const ours =
  /^(?:[^，。；]{0,8}，)?(?:同时|最后|会上|此外|在此|在这里|现|特|这里|我|我们|本次|此次|这次)*(?:会议|本次会议|大会|党组|办党组|局党组|党组会议?|党组会|主任办公会议?|办公会议?|支委会|支部大会|专题会|例会|与会人员|办领导|主任|党组书记|组长|我|我们|在此|在这里|现|特|这里|同时|)$/
const cite = /《[^》]{2,40}》[^，。；]{0,16}$/

/**
 * Finds the attribution in a sentence (市委书记在会上强调， 会议要求， 《…》规定：). `masked` has its quotations blanked, `folded` not. `heard` is what the sentence
 * before was, for 同时指出 and for a bare 要 that goes on quoting. Words of an outsider count as theirs, the words of our own meeting as ours.
 */
export function reportedIn(masked: string, folded: string, heard: 'theirs' | 'ours' | null, meeting: boolean): Reported {
  for (const m of masked.matchAll(verb)) {
    const word = m[0]
    const at = m.index + word.length
    const clauseStart =
      Math.max(masked.lastIndexOf('，', m.index - 1), masked.lastIndexOf('；', m.index - 1), masked.lastIndexOf('：', m.index - 1)) + 1
    const source = folded
      .slice(clauseStart, m.index)
      .replace(/(?:明确|还|也|特别|再次|反复)$/, '')
      .replace(/^(但是?|而且?|因此|所以|正如|就像|诚如|对此|最近|近日|日前|刚才|不久前)/, '')
    const before = folded.slice(0, clauseStart)
    if (/要求$/.test(word) && !source && clauseStart === 0) return null
    if (/(按照|根据|依据|落实|达到|符合|遵照|对照|贯彻|围绕)[^，]*$/.test(source)) continue
    if (/^(我们?|党员|各|大家|干部|要|必须|应|不|对)/.test(source) && !/^我们?(再|特别|还|想|要)?$/.test(source)) continue
    const next = masked.slice(at)
    const found = {
      at: at + (/^[，：]/.exec(next)?.[0].length ?? 0),
      words: source + word,
      wordsAt: clauseStart,
      states: states.test(word),
    }
    if (!source) {
      if (/[，：]$/.test(before) && outsiders.test(before)) return { whose: 'theirs', ...found }
      if (heard && clauseStart === 0) return { whose: heard, ...found }
      continue
    }
    if (/^(他|她|其|同时还?|还|并|讲话(中)?|会议还?|全会|通知|文件|意见|条例|办法|方案)$/.test(source) && heard === 'theirs')
      return { whose: 'theirs', ...found }
    if (outsiders.test(source) || cite.test(source) || /全会|条例|文件|讲话|^.{0,6}(办法|规定|通知|意见)$/.test(source))
      return { whose: 'theirs', ...found }
    if (/会议$|会$|全会/.test(source) && /(中央|国家|全国|省|市)[^，。]{0,14}(召开|举行|全会|会议)/.test(before))
      return { whose: 'theirs', ...found }
    if (ours.test(source)) return { whose: 'ours', ...found }
    if (/(主任|书记|组长|局长|同志)$|^[\u4e00-\u9fa5*×某]{1,4}(副?主任|副?书记|组长|局长|同志)/.test(source) && meeting)
      return { whose: 'ours', ...found }
    if (/认为|介绍|坦言|[讲说]/.test(word) || /(主任|书记|组长|局长|同志|领导|专家|老师|部门|单位|人)$/.test(source))
      return { whose: 'theirs', ...found }
  }
  return null
}

/** Sayings and the like: 俗话说, 古人讲, 群众说. */
export const saying =
  /(俗话|常言|古人|古语|古话|老话|老百姓|群众|有人|有句话|有道是|民谚|孔子|孟子|先贤|古训|古往今来)[^，。]{0,4}(说|讲|(?<!知)道(?=[，：“])|云|常说)|^(常言道|古人云|有道是)|常说|俗话/
