import { type Clause, clauseOf } from './clause.ts'
import { modeOfLead } from './context.ts'
import { otherSubjects } from './holder-words.ts'
import type { Grammar } from './holders.ts'
import { praise, reviewOpening } from './lexicon.ts'
import { modalsOf } from './modals.ts'
import { elsewhere, oursAnchor, some, someone, someUnit, wrong } from './problem-words.ts'
import { type Mode, type Run, runsOf } from './runs.ts'
import { clauses, parts, type Span } from './sentences.ts'
import { reportedIn, saying } from './speech.ts'

/** What is carried from sentence to sentence within one paragraph. */
export type Paragraph = {
  mode: Mode
  review: boolean
  problem: boolean
  heard: 'theirs' | 'ours' | null
  quoted: boolean
  commanded: boolean
  anchored: boolean
  sofar: string
}
export type Paper = {
  folded: string
  masked: string
  inside: Uint8Array
  grammar: Grammar
  meeting: boolean
  year: number | null
  superior: boolean
}
export type Judged = { runs: { run: Run; reported: { words: string; start: number } | null }[]; lead: Mode | null; theirs: boolean }

const counted = /[\d一二三四五六七八九十两几]+余?(?:件|名|次|个|处|人|项|起|份|家|条)/
const failed =
  /没有?按|未按|没有?及时|未及时|逾期|超期|没有?办结|未办结|没有?完成|未完成|滞后|迟报|漏报|一拖|拖了|拖着|拖到|来回推|迟到|早退|旷工|脱岗|缺勤|空岗|串岗|超标|违规|不合格|不达标|退回/
const bareGoesOn = /^(?:要|必须|应当|坚持|坚决|切实|不断|持续|进一步|推动|让|以|务必)/
const named = /科|站|中心|处|大队|支部|班子|党组|窗口|委/

/** Judges one sentence and moves the paragraph on. `next` is the sentence behind it, which may say 这些问题. */
export function judgeSentence(p: Paper, s: Span, para: Paragraph, next: string): Judged {
  const words = p.folded.slice(s.start, s.end)
  const masked = p.masked.slice(s.start, s.end)
  const none = (theirs: boolean): Judged => ({ runs: [], lead: modeOfLead(words), theirs })
  const done = (j: Judged) => {
    para.anchored ||= oursAnchor.test(words)
    para.sofar = (para.sofar + words).slice(-160)
    if (j.runs.some((r) => r.run.type === 'duty')) {
      para.commanded = true
      para.problem = false
      para.review = false
    }
    return j
  }
  if (/[？]$/.test(words) || (saying.test(words) && !/[要必]须?[^，]{0,6}[各我]/.test(masked))) return done(none(false))
  const reported = reportedIn(masked, words, para.heard, p.meeting)
  if (reported?.whose === 'theirs') {
    para.heard = 'theirs'
    para.quoted = words.includes('“') || modalsOf(masked.slice(reported.at)).length < 2
    const from = ownAnswer(p, s, reported.at)
    return done(from === null ? none(true) : { ...judgeFrom(p, s, from, para, next), theirs: true })
  }
  if (para.heard === 'theirs' && !para.quoted && bareGoesOn.test(words) && !reported && !/贯彻|领会|结合|对照|学习/.test(words))
    return done(none(true))
  if (
    aims.test(masked) ||
    notice.test(masked) ||
    (/(?:\d日|^)[^每]*主持召开[^每]*(?:如下|工作。|事项。|会议。)/.test(masked) && !modalsOf(masked).some((m) => !m.weak))
  )
    return done(none(false))
  if (bareGap.test(words)) {
    para.problem = true
    return done(none(false))
  }
  if ((preamble.test(words) && !modalsOf(masked).some((m) => !m.weak)) || (flourish.test(words) && !modalsOf(masked).some((m) => !m.weak)))
    return done(none(false))
  para.heard = reported ? 'ours' : null
  const praised = praise.test(masked)
  const opened = opensReview(p, masked)
  if (opened === 'paragraph') para.review = true
  else if (/^(?:今年(?!以来)|下一?步|下阶段|今后|下半年|接下来|同时|但是?|不过|然而|因此|所以|为此)/.test(words)) para.review = false
  if (unhappy.test(words)) para.problem = true
  const reviewed = para.review
  if (praised || opened) para.review = true
  const judged = judgeFrom(p, s, s.start + (reported?.at ?? 0), para, next)
  if (praised || opened) para.review &&= reviewed
  if (reported?.states && p.meeting) judged.runs = judged.runs.filter(({ run }) => run.type === 'finding' || orders(run))
  if (reported) {
    para.commanded = para.commanded || judged.runs.length > 0
    for (const r of judged.runs)
      r.reported = { start: s.start + reported.wordsAt, words: words.slice(reported.wordsAt, reported.at).replace(/[，：]$/, '') }
  }
  return done(judged)
}

/** Behind 会议指出 only what a unit or a post of ours must do is an order: 会议指出，综合科要…. */
const orders = ({ modal, names }: Run) =>
  modal !== null && !modal.weak && names?.names.some((n) => !wide.test(names.clause.text.slice(n.at, n.end))) === true
const wide = /^(?:我们|我办|全办|本办|我局|全局|大家|各级|党员|干部|同志|本单位|我院|全院)/

/** A speaker who says that something is wrong here, before saying what. */
const unhappy =
  /我.{0,6}(?:不太?满意|不放心|很?担心|很?着急|要批评|提出批评)|(?:问题|不足)(?:也|还|仍|依然)?(?:不容(?:回避|忽视|小视)|不少|很?明显|仍然?存在)|(?:还|也|仍)(?:有|存在)(?:一些|不少|几个|许多|很多)?(?:问题|不足|差距|短板)。?$/
const flourish =
  /^(?:同志们，|各位同志，)?让我们|^(?:从而|进而)?以[^，]{4,40}，(?:营造|推动|促进|实现|开创|迎接|展现|保障|取信|赢得|书写|谱写|交出|为)/
/** 总体要求是：…: what it is all for, not who is to do what. */
const aims = /(?:总体|总的|指导|工作|主要)(?:要求|思路|思想|目标|原则)(?:就)?是[：，]?/
/** 我们还有差距。 says that something is wrong, and nothing of what. */
const bareGap =
  /^(?:但是?，?|同时，?|不过，?)?(?:[^，]{2,16}，)?我[们办]?(?:也|还|仍)(?:然)?(?:有|存在)(?:着)?(?:一定|不小|较大|不少|一些|很大|明显)?的?(?:差距|问题|不足|短板)。$/
/** 现将有关要求通知如下：, whatever purposes stand before it. */
const notice = /现(?:将|就)[^，]{2,}如下[：。]?$/
const preamble =
  /^[^，。：]{0,8}(?:电话|邮箱|联系人|地址|传真)：|^(?:为|根据|按照|经|依据|遵照|结合).*(?:制定(?:本|如下|以下|了)|现(?:将|就|印发|提出)|特制定|(?:通知|意见|要求|方案|提醒|安排)如下|提出如下|决定(?=在|从|对|于|自|开展|召开|成立))/

/** A phrase of time past (近年来, 去年, an earlier year) among the clauses before the first modal. */
function opensReview(p: Paper, masked: string): 'paragraph' | 'sentence' | null {
  let short = true
  for (const clause of masked.split(/[，：；]/).slice(0, 5)) {
    if (modalsOf(clause).some((m) => !m.weak)) return null
    const year = /^(\d{4})年/.exec(clause)
    if (reviewOpening.test(clause) || (year && p.year !== null && Number(year[1]) < p.year)) return short ? 'paragraph' : 'sentence'
    short &&= clause.length <= 10
  }
  return null
}

/** 市委作了强调，我们要认真贯彻 …: our own answer at the end of a reported sentence. */
function ownAnswer(p: Paper, s: Span, at: number): number | null {
  const rest = p.masked.slice(s.start + at, s.end)
  const m = /[，；](我们|我办|全办|各科室|本办)[^，]{0,6}(?:要|必须|应当)[^，]{0,12}(?:贯彻|落实|学习|领会|对照|按照)/.exec(rest)
  return m ? s.start + at + m.index + 1 : null
}

function judgeFrom(p: Paper, s: Span, from: number, para: Paragraph, next: string): Judged {
  const runs: Judged['runs'] = []
  let problem = para.problem
  let before: Run | null = null
  const sentence = p.folded.slice(s.start, s.end)
  let unit = false
  const ours = (c: Clause) => (unit && !elsewhere.test(sentence)) || isOurs(c, sentence, para, problem, next)
  const others = elsewhere.test(sentence) && some.test(sentence) && wrong.test(sentence)
  for (const part of parts(p.folded, p.inside, from, s.end)) {
    const list = clauses(p.folded, p.inside, part.start, part.end).map((c) => clauseOf(p.grammar, p.masked, c))
    unit ||= list.some(
      (c) =>
        c.subject?.who === 'own' &&
        c.subject.names.some((n) => /[科股站组心]([\u4e00-\u9fa5]{2,3}同志)?$|我办|我们/.test(c.text.slice(n.at, n.end))),
    )
    for (const c of list) if (c.leads === 'frame' && /问题|不足|差距|短板|形势|挑战/.test(c.text)) problem = true
    const mode: Mode = para.review && para.mode === 'task' ? 'review' : para.mode
    const found = runsOf(list, { mode, imperative: para.mode === 'task', ours, before, others }, true)
    if (found.some((r) => r.modal && !r.modal.weak)) para.review = false
    for (const run of found) runs.push({ run, reported: null })
    before = found.at(-1) ?? before
  }
  para.problem = problem
  return { runs, lead: modeOfLead(sentence), theirs: false }
}

function isOurs(c: Clause, sentence: string, para: Paragraph, problem: boolean, next: string): boolean {
  if (elsewhere.test(sentence)) return false
  if (para.mode === 'problem' || problem) return true
  if (someUnit.test(sentence)) return true
  if (c.subject?.who === 'own') {
    const text = c.subject.names.map((n) => c.text.slice(n.at, n.end)).join()
    if (/^(?:我们|我办|全办|本办|咱们|我局|全局|本局|我组|我科|我中心|本单位)/.test(text)) return true
    if (named.test(text) && !some.test(c.text)) return para.mode !== 'task' || !c.strong
  }
  if (/(?:还|仍|依然|也)(?:不同程度地?)?存在/.test(sentence) && !otherSubjects.test(sentence)) return true
  if (oursAnchor.test(sentence) || (counted.test(c.text) && failed.test(c.text))) return true
  if (!(someone.test(c.text) || someone.test(sentence))) return false
  if (elsewhere.test(para.sofar.slice(-80))) return false
  return para.anchored || /^(?:这[些种类]|对此|上述|以上)[^。]{0,12}(?:问题|现象|状况|情况|做法|风气|行为|苗头)/.test(next)
}
