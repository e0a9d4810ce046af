import { cadenceOf, dueOf } from './cadence.ts'
import { clauseOf } from './clause.ts'
import { namesAt } from './holders.ts'
import { labelAt } from './labels.ts'
import { modalsOf } from './modals.ts'
import type { Node } from './sections.ts'
import type { State } from './state.ts'

const dated = (d: { day: string | null; span: string | null } | null) => d !== null && (d.day !== null || d.span !== null)

/** Where the heading ends and what is to be judged begins: a short opening sentence without a holder, a day or a cadence heads what follows it. */
export function headingEnd(s: State, section: Node, leaf: Node, from: number, to: number, more: boolean): number {
  const text = s.o.folded.slice(from, to)
  const masked = s.paper.masked.slice(from, to)
  const follows = more || section.children.length > 0
  const stop = [...text].findIndex((c, i) => '。；！？'.includes(c) && !s.o.inside[from + i])
  const commands = (w: string) => {
    const first = w.split('，')[0] ?? w
    const read = clauseOf(s.paper.grammar, first, { start: 0, end: first.length, stop: '' })
    if (read.subject?.who === 'own' && read.subject.via === 'head' && read.predicate === 'verb' && !read.modals.length && first.length > 10)
      return true
    const names = namesAt(s.paper.grammar, w, 0)
    if (modalsOf(w).some((m) => m.negative || !/^[要应]$/.test(m.word))) return true
    return (
      (names !== null && /^(?:[^，]{0,4}(?:要|必须|应|须|不得)|负责|牵头|每)/.test(w.slice(names.at(-1)?.end ?? 0))) ||
      dated(dueOf(w, s.date)) ||
      cadenceOf(w)?.rrule != null
    )
  }
  if (labelAt(text)) return from
  const gap = /^[^，。；：\s]{2,20}(?:\s{2,}|　)(?=\S{4})/.exec(text)
  if (gap) return from + gap[0].length
  const colon = /^[^，。；：]{2,18}：(?=\s*\S)/.exec(masked)
  if (colon && !labelAt(text) && !namesAt(s.paper.grammar, masked, 0)?.some((n) => n.end === colon[0].length - 1) && leaf.textStart < to)
    return from + colon[0].length
  if (stop < 0) return follows && !(commands(masked) && text.length > 20) ? to : from
  if (text[stop] === '；') return from
  const head = masked.slice(0, stop)
  const longest = section.mark?.inline ? 32 : section.mark?.class === 'num' || section.mark?.class === 'numParen' ? 18 : 28
  const rest = masked
    .slice(stop + 1)
    .replace(/[（【〔][^（）【】〔〕]*[）】〕]/g, '')
    .trim()
  if ((rest !== '' || follows) && stop <= longest && !/^(?:对|凡)[^，]*的，/.test(head) && !commands(head)) return from + stop + 1
  return from
}
