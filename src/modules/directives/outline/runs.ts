import type { Clause } from './clause.ts'
import type { Named } from './holders.ts'
import { pastMarks, praise } from './lexicon.ts'
import type { Modal } from './modals.ts'
import { someUnit, wrong } from './problem-words.ts'

export type Mode = 'task' | 'review' | 'problem' | 'plain' | 'theirs'
/** Neighbouring clauses of one part that belong to one duty or one finding. `lead` is the clause that decided. */
export type Run = {
  type: 'duty' | 'finding'
  clauses: Clause[]
  lead: Clause
  names: { clause: Clause; names: Named[] } | null
  modal: Modal | null
  rule: string
  mode: Mode
}

export type Setting = {
  mode: Mode
  /** A verb with nobody before it is an order here. */
  imperative: boolean
  /** Decides whether a clause that names something wrong is about us. */
  ours: (clause: Clause) => boolean
  /** The duty run of the part before, which this part may go on with. */
  before: Run | null
  /** The sentence speaks of other people's faults; only a modal commands in it. */
  others: boolean
}

/** Reads one part (what stands between semicolons) into runs. */
export function runsOf(clauses: Clause[], setting: Setting, first: boolean): Run[] {
  const runs: Run[] = []
  let current: Run | null = null
  let waiting: Clause[] = []
  let veto = setting.mode === 'review' || setting.others || clauses.some((c) => c.nature && c.modals.length === 0 && !c.wrong)
  for (const [i, clause] of clauses.entries()) {
    const mode = setting.mode === 'review' && runs.some((r) => r.modal && !r.modal.weak) ? 'task' : setting.mode
    const what = judge(clause, clauses.slice(i + 1, i + 7), { ...setting, mode, current, veto, clear: waiting.length === i || first })
    if (what === 'duty' || what === 'finding') {
      const fresh = startsAnew(clause, current, what)
      if (current && !fresh) current.clauses.push(clause)
      else {
        current = { type: what, clauses: [...waiting, clause], lead: clause, names: null, modal: null, rule: ruleOf(clause, what), mode }
        const named = [...waiting, clause].findLast(
          (c) => c.subject?.who === 'own' && c.subject.names.length > 0 && (c === clause || (c.subject.via === 'head' && !c.some)),
        )
        if (named?.subject?.who === 'own') current.names = { clause: named, names: named.subject.names }
        runs.push(current)
      }
      current.modal ??= what === 'duty' ? (clause.modals[0] ?? null) : null
      if (
        !current.names &&
        clause.subject?.who === 'own' &&
        clause.subject.names.length &&
        what === 'duty' &&
        clause.subject.via !== 'through'
      )
        current.names = { clause, names: clause.subject.names }
      waiting = []
    } else if (what === 'goes on' && current) current.clauses.push(clause)
    else if (what === 'waits') waiting.push(clause)
    else {
      current = null
      waiting = []
      // What somebody else will do goes on to the next subject: 省办将组成检查组，对部分市进行抽查.
      if (clause.past || clause.nature || clause.subject?.who === 'other' || (clause.wrong && clause.some)) veto = true
    }
  }
  return runs.filter((r) => !told(r))
}

type State = Setting & { current: Run | null; veto: boolean; clear: boolean }
type Verdict = 'duty' | 'finding' | 'goes on' | 'waits' | 'none'

function judge(clause: Clause, behind: Clause[], s: State): Verdict {
  const next = behind[0]
  if (clause.leads) return 'none'
  const own = clause.subject?.who === 'own'
  if (clause.subject?.who === 'other') return clause.wrong && s.mode === 'problem' ? 'finding' : 'none'
  const commands = clause.strong || (clause.subject?.who === 'own' && clause.subject.via === 'request')
  const names = clause.wrong && (!commands || clause.some) && s.current?.type !== 'duty'
  if (names && s.ours(clause) && !(clause.strong && !clause.some)) return 'finding'
  if (clause.wrong && clause.some && !clause.strong && s.ours(clause)) return 'finding'
  if (commands) return 'duty'
  if (
    s.current?.type === 'finding' &&
    !(own && clause.predicate === 'verb' && !clause.wrong && !clause.past && clause.subject?.via === 'head')
  )
    return 'goes on'
  if (clause.modals.length > 0 && !clause.nature && !clause.past) {
    if (s.current?.type === 'duty') return 'duty'
    if (!clause.some && (own || (s.clear && !clause.wrong) || s.imperative)) return 'duty'
  }
  if (
    own &&
    clause.subject?.via !== 'through' &&
    !clause.some &&
    !clause.past &&
    !clause.nature &&
    (s.mode !== 'review' || ahead.test(clause.text)) &&
    s.mode !== 'problem'
  ) {
    if (
      clause.subject?.who === 'own' &&
      clause.subject.names.some((n) => /[科站组室心][\u4e00-\u9fa5]{2,3}同志$/.test(clause.text.slice(n.at, n.end)))
    )
      return 'none'
    if (toldBehind(behind)) return 'none'
    if (next && /^(?:就是|就会|就可能|便是|就等于)/.test(next.text)) return 'none'
    if (clause.predicate === 'verb' && (s.mode !== 'plain' || named(clause))) return 'duty'
    if (clause.predicate === 'frame' && next && acts(next)) return 'duty'
  }
  if (s.current?.type === 'duty' && anotherPeriod(clause, s.current)) return 'duty'
  if (s.current?.type === 'duty')
    return clause.past && clause.modals.length === 0 && !own
      ? softPast(clause)
        ? 'goes on'
        : 'none'
      : clause.nature && !own
        ? 'none'
        : 'goes on'
  if (clause.past) return 'none'
  if (clause.nature) return 'none'
  if (clause.predicate === 'verb' && !own && s.imperative && !s.veto && s.clear && s.mode === 'task' && (!clause.wrong || onto(clause)))
    return 'duty'
  return 'waits'
}

const outcome = /取得|得到|受到|获得|荣获|(?:提高|达到|完成|实现|增强|推动|促进)了|顺利|圆满|没有(?:出|发生)|成效|效果|好评|肯定|表扬|了$/
/** What follows, up to the next subject, tells what came of it: the clause was no order. */
function toldBehind(behind: Clause[]): boolean {
  const end = behind.findIndex((c) => c.subject?.who === 'own' || c.strong)
  return behind.slice(0, end < 0 ? undefined : end).some((c) => outcome.test(c.text))
}
/** A day to come is not told of the past. */
const ahead = /(?:[年月]底|\d[月日])(?:之|以)?前/
/** A unit or a post, not people at large. */
const named = (c: Clause) =>
  c.subject?.who === 'own' &&
  c.subject.names.some(
    (n) => /[科股站心组部委处室队所会长记导人]$/.test(c.text.slice(n.at, n.end)) && !/[工用]人$/.test(c.text.slice(n.at, n.end)),
  )
/** 受理对违纪行为的举报: the fault is what the order is about, not what is said of somebody. */
const onto = (c: Clause) => !c.some && !wrong.test(c.text.replace(/^.*(?:的(?=[^的]{1,10}$)|行为|现象|问题)/, ''))
const acts = (c: Clause) =>
  !c.past &&
  !c.nature &&
  (c.strong || (c.subject === null && (c.predicate !== null || /^(?:将|真正|也|都|负|全权)/.test(c.text.slice(c.head)))))
/** 把短板补齐了, 发现了问题: an aspect mark inside an order that goes on. */
const softPast = (c: Clause) => !/^(?:取得|得到|受到|获得|先后|累计|共)/.test(c.text) && c.predicate === 'verb'

/** A day or a period: an order behind it with a period of its own is another one. */
const timed = /每(?:月|个?季|半年|年|周|天|日)|\d月|\d日|工作日[之以]?内|[一二三四]季度|[年月]底前|周内|天内/
const anotherPeriod = (clause: Clause, current: Run) =>
  /^(?:并|且)?每(?:月|个?季|半年|年|周|天|日)/.test(clause.text) && current.clauses.some((c) => timed.test(c.text))

function startsAnew(clause: Clause, current: Run | null, what: 'duty' | 'finding'): boolean {
  if (!current || current.type !== what) return true
  if (what === 'finding')
    return (
      someUnit.test(clause.text) && current.clauses.length > 0 && someUnit.test(current.lead.text) && clause.start - current.lead.start > 16
    )
  if (anotherPeriod(clause, current)) return true
  if (clause.subject?.who !== 'own' || !clause.subject.names.length || clause.subject.via === 'through') return false
  if (!current.names) return !(clause.subject.via === 'agent' || (clause.subject.via === 'request' && /由/.test(clause.text.slice(0, 4))))
  const text = (c: Clause, n: Named[]) => n.map((x) => c.text.slice(x.at, x.end)).join('、')
  return text(clause, clause.subject.names) !== text(current.names.clause, current.names.names)
}

/** A run without a modal that praises or tells of the past is a report after all. */
function told(run: Run): boolean {
  if (run.type === 'finding') return false
  if (run.clauses.some((c) => c.strong) || run.lead.subject?.via === 'request') return false
  const text = run.clauses.map((c) => c.text).join('，')
  return (
    praise.test(text) ||
    (run.mode === 'review' && !ahead.test(text)) ||
    (pastMarks.test(text) && !run.clauses.some((c) => c.modals.length > 0))
  )
}

function ruleOf(clause: Clause, what: 'duty' | 'finding'): string {
  if (what === 'finding') return clause.some ? 'problem.some' : 'problem.words'
  if (clause.subject?.via === 'request') return 'command.request'
  if (clause.strong) return clause.modals.find((m) => !m.weak)?.negative ? 'command.forbidden' : 'command.modal'
  if (clause.modals.length) return 'command.forbidden'
  if (clause.subject) return 'command.holder_acts'
  return 'command.imperative'
}
