import { cadenceOf, dueOf } from './cadence.ts'
import { firstResponsible } from './groups.ts'
import { kindOf } from './office.ts'
import type { Run } from './runs.ts'
import type { Carry, State } from './state.ts'
import { sender } from './subject.ts'
import { measureOf, titleOf } from './title.ts'
import type { Holder, Proposal, Why } from './types.ts'
import { dutyHolders, findingHolders } from './whom.ts'

/** Whom a superior's paper addresses is this office, or its head where it speaks of the heads. */
function addressee(s: State, h: Holder, type: Run['type']): Holder {
  if (!s.addressed || h.inherited) return h
  if (type === 'duty' && sender.test(h.text)) return { text: '', name: s.body, role: 'implied', refs: [] }
  s.addressed.lastIndex = 0
  if (s.addressed.exec(h.text)?.[0].length !== h.text.length || h.text === '') return h
  if (!/(?:主要负责同志|主要负责人|主要领导|负责同志|一把手)$/.test(h.text)) return { text: h.text, name: s.body, role: 'body', refs: [] }
  return { text: h.text, name: '第一责任人', role: 'post', refs: s.office ? firstResponsible(s.office) : [] }
}

export function make(s: State, run: Run, carry: Carry, headings: string, opens: boolean): Proposal {
  const { folded } = s.o
  const first = run.clauses[0] ?? run.lead
  const end = (run.clauses.at(-1) ?? run.lead).end
  const start = first.start
  const bare = folded.slice(start, end).replace(/[，；：]$/, '')
  const stop = start + bare.length
  const words = s.o.text.slice(start, stop)
  const holders = (run.type === 'duty' ? dutyHolders(s, run, carry, opens) : findingHolders(s, run)).map((h) => addressee(s, h, run.type))
  const searched = bare.replace(/《[^》]*》/g, (m) => 'Ｑ'.repeat(m.length))
  const cadence = run.type === 'duty' ? cadenceOf(searched) : null
  const due = run.type === 'duty' ? dueOf(searched, s.date) : null
  const why: Why[] = []
  const lead = run.lead
  if (run.modal) {
    const clause = run.clauses.find((c) => c.modals.includes(run.modal as never)) ?? lead
    why.push({ rule: run.rule, words: run.modal.word, start: clause.start + run.modal.at, end: clause.start + run.modal.end })
  } else
    why.push({
      rule: run.rule,
      words: folded.slice(lead.start, lead.start + Math.min(lead.text.length, 12)),
      start: lead.start,
      end: lead.start + Math.min(lead.text.length, 12),
    })
  if (run.names)
    for (const n of run.names.names)
      why.push({
        rule: 'holder.subject',
        words: folded.slice(run.names.clause.start + n.at, run.names.clause.start + n.end),
        start: run.names.clause.start + n.at,
        end: run.names.clause.start + n.end,
      })
  if (cadence) why.push({ rule: 'cadence', words: cadence.text, start: start + cadence.at, end: start + cadence.at + cadence.text.length })
  if (due) why.push({ rule: 'due', words: due.text, start: start + due.at, end: start + due.at + due.text.length })
  const negative =
    run.clauses.every((c) => c.modals.length === 0 || c.modals.every((m) => m.negative)) &&
    run.clauses.some((c) => c.modals.some((m) => m.negative))
  const confidence =
    run.rule === 'command.imperative' ? 0.7 : run.rule === 'command.holder_acts' ? 0.75 : run.type === 'finding' ? 0.75 : 0.9
  return {
    type: run.type,
    text: words,
    start,
    end: stop,
    title: titleOf(s.paper.grammar, folded, run),
    holders,
    kind: kindOf(holders, bare, headings),
    polarity: negative ? 'negative' : 'positive',
    cadence: cadence && { text: cadence.text, rrule: cadence.rrule },
    due: due && { text: due.text, day: due.day, span: due.span },
    measure: run.type === 'duty' ? measureOf(bare) : null,
    tail: null,
    why,
    confidence,
  }
}

/** ；between two orders to the same holder, with no other day or cadence, parts nothing. */
export const goesOn = (s: State, before: Proposal, now: Proposal, run: Run, sentence: { start: number }) =>
  before.type === 'duty' &&
  now.type === 'duty' &&
  !run.names &&
  !now.due &&
  !now.cadence &&
  !before.due &&
  !before.cadence &&
  before.start >= sentence.start &&
  s.o.folded.slice(before.end, now.start) === '；' &&
  before.polarity === now.polarity
export const joined = (s: State, before: Proposal, now: Proposal): Partial<Proposal> => ({
  end: now.end,
  text: s.o.text.slice(before.start, now.end),
  measure: before.measure ?? now.measure,
})

/** 监督的重点对象是…；监督的方式是…: behind a duty of those who supervise it says what they owe. */
export const prescribes =
  /^(?:监督|督查|检查|巡查|抽查)的?(?:重点|主要|具体)?(?:对象|内容|事项|方式|方法|范围|重点|任务)[^，；。]{0,4}(?:是|为|包括)/
export const supervisor = (carry: Carry): Holder[] | null => {
  const holders = carry.holders ?? carry.heading
  return holders?.some((h) => /纪检|监察|纪委|督查|检查/.test(h.name)) ? holders : null
}

export function prescribed(s: State, span: { start: number; end: number }, holders: Holder[], headings: string): Proposal {
  const words = s.o.text.slice(span.start, span.end)
  const head = prescribes.exec(s.o.folded.slice(span.start, span.end))?.[0] ?? words.slice(0, 8)
  return {
    type: 'duty',
    text: words,
    start: span.start,
    end: span.end,
    title: head.replace(/(?:是|为|包括)$/, ''),
    holders: holders.map((h) => ({ ...h, inherited: true })),
    kind: kindOf(holders, words, headings),
    polarity: 'positive',
    cadence: null,
    due: null,
    measure: null,
    tail: null,
    why: [{ rule: 'command.prescribes', words: head, start: span.start, end: span.start + head.length }],
    confidence: 0.5,
  }
}
