import { type Grammar, namesAt } from './holders.ts'
import { resolve } from './office.ts'
import type { Holder, Office } from './types.ts'

/** What a label of a tail says of its value. `unit` leads where nobody is named as leading, and helps where somebody is. */
export type TailPart = 'lead' | 'unit' | 'help' | 'leader' | 'person' | 'due' | 'cadence' | 'other'
export type TailField = { part: TailPart; label: string; value: string; at: number; end: number }
/** （牵头单位：…；完成时限：…） with its brackets, or the same on lines of its own. */
export type Tail = { start: number; end: number; bracketed: boolean; fields: TailField[] }

const unitWord = '(?:单位|科室|部门|处室|机构)'
const labels: [TailPart, string][] = [
  ['lead', `牵头${unitWord}?|主责${unitWord}|主办${unitWord}|承办${unitWord}`],
  ['help', `(?:配合|协办|协助|参与|参加)${unitWord}?`],
  ['unit', `(?:责任|落实|整改责任|整改|实施|主管)${unitWord}|责任主体|责任${unitWord}及责任人`],
  ['leader', '(?:责任|牵头|分管|包联|包保|主管|联系|整改)(?:责任)?领导'],
  ['person', '(?:直接|具体|第一|整改)?责任人|负责人|经办人|承办人'],
  ['due', '(?:完成|整改|办理|落实|办结|解决)?(?:时限|期限)|(?:完成|整改|办结)时间|时间节点|时间要求|完成日期'],
  ['cadence', '频次|周期'],
  ['other', '进展情况|整改进展|备注|验收标准|完成标准|整改目标'],
]
const partOf = labels.map(([part, re]) => [part, new RegExp(`^(?:${re})$`)] as const)
const anyLabel = labels.map(([, re]) => re).join('|')
const opens = '（〔【['
const closes = '）〕】]'
const labelled = new RegExp(`(${anyLabel})\\s*：`, 'g')
const next = new RegExp(`[；，。\\s]*(?:[${'）〕】\\]'}]\\s*[${'（〔【\\['}]\\s*)?(${anyLabel})\\s*：`, 'y')

/** What stands before a label: its bracket, a stop, a blank or the head of a line; anything else makes it a word of the sentence. */
function before(text: string, from: number, at: number): { begin: number; opened: boolean } | null {
  let i = at
  while (i > from && /[ \u3000\t]/.test(text[i - 1] ?? '')) i--
  const c = i > from ? (text[i - 1] ?? '\n') : '\n'
  if (opens.includes(c)) return { begin: i - 1, opened: true }
  return i < at || c === '\n' || closes.includes(c) || '。；，！？：、'.includes(c) ? { begin: at, opened: false } : null
}

/**
 * The tails inside `[from, to)` of the folded text: labels with their values, one behind the other. A value ends at ；。a bracket, wide blanks, or the next label;
 * a pause or comma inside it parts names.
 */
export function tailsOf(folded: string, from: number, to: number): Tail[] {
  const out: Tail[] = []
  const text = folded.slice(0, to)
  labelled.lastIndex = from
  for (let m = labelled.exec(text); m; m = labelled.exec(text)) {
    const lead = before(text, from, m.index)
    if (!lead) continue
    const fields: TailField[] = []
    let at = m.index + m[0].length
    let end = at
    for (let label = m[1]; label !== undefined; ) {
      const { stop, ...value } = valueAt(text, at)
      fields.push({ part: partOf.find(([, re]) => re.test(label ?? ''))?.[0] ?? 'other', label, ...value })
      end = stop
      next.lastIndex = stop
      label = next.exec(text)?.[1]
      at = next.lastIndex
    }
    if (lead.opened) {
      const close = /[；。，\s]*[）〕】\]]/y
      close.lastIndex = end
      if (close.test(text)) end = close.lastIndex
    }
    if (fields.some((f) => f.value !== '')) out.push({ start: lead.begin, end, bracketed: lead.opened, fields })
    labelled.lastIndex = Math.max(end, m.index + m[0].length)
  }
  return out
}

const label = new RegExp(`(?:${anyLabel})\\s*：`, 'y')

/** From behind a label to where its value ends; `stop` is where one may look on. */
function valueAt(text: string, from: number): { value: string; at: number; end: number; stop: number } {
  let at = from
  while (/[ \u3000\t]/.test(text[at] ?? '')) at++
  let end = at
  let deep = 0
  for (; end < text.length && end - at < 120; end++) {
    const c = text[end] as string
    if (c === '\n' || c === '；' || c === '。' || c === '|') break
    if (/[（〔【[]/.test(c)) deep++
    else if (/[）〕】\]]/.test(c)) {
      if (deep === 0) break
      deep--
    }
    if (/\s/.test(c) && /\s/.test(text[end + 1] ?? '')) break
    if (/[\s，、]/.test(c)) {
      label.lastIndex = end + 1
      if (label.test(text)) break
    }
  }
  const value = text.slice(at, end).replace(/[，、\s]+$/, '')
  return { value, at, end: at + value.length, stop: end }
}

const nobody = /^(?:无|\/|—+|-+|略|待定|同上|〃)$/

/**
 * The names of a value: parted by pauses, commas, blanks and slashes; by 和, 及, 与 only where the office or the grammar knows a name on both sides. A short
 * Chinese name after 责任人 that is no post stays as it is written: `person`.
 */
export function namesOf(g: Grammar, value: string, office: Office | null, body: string, person = false): Holder[] {
  const bare = value.replace(/（[^）]*）/g, '').replace(/(?:等)?(?:按(?:职责)?分工负责|负责|为责任单位|等)$/, '')
  return bare
    .split(/[、，,;/\s]+/)
    .flatMap((part) => halves(g, part, office))
    .map((part) => part.trim())
    .filter((part) => part.length > 1 && part.length <= 30 && !nobody.test(part))
    .map((part) => {
      const found = resolve(part, office, body)
      return person && found.refs.length === 0 && (found.role === 'unknown' || found.role === 'post') && isPersonName(part)
        ? { ...found, role: 'person' as const }
        : found
    })
}

/** Two to four letters that are no post: how a person is called in a list. 某 stands in for what was taken out. */
const isPersonName = (s: string) => /^[\u4e00-\u9fa5·]{2,4}$/.test(s) && !/(?:长|主任|书记|领导|委员|科|室|组|办|站|中心|员|人)$/.test(s)

function halves(g: Grammar, part: string, office: Office | null): string[] {
  if (office && [...office.units, ...office.posts].some((x) => x.name === part || x.aliases.includes(part))) return [part]
  const m = /^(.{2,}?)(?:和|及|与|以及)(.{2,})$/.exec(part)
  if (!m?.[1] || !m[2]) return [part]
  const whole = (s: string) => namesAt(g, s, 0)?.at(-1)?.end === s.length
  return whole(m[1]) || whole(m[2]) ? [m[1], ...halves(g, m[2], office)] : [part]
}

/** A value of 完成时限 as dueOf likes it: 2026年5月31日 and 3月底 mean “by then”, 2026年9月 the end of that month. */
export const asDue = (value: string): string =>
  /^(?:\d{4}年)?\d{1,2}月份?$/.test(value) ? `${value}底前` : `${value.replace(/(?:之前|以前|前|内|完成)$/, '')}前`
