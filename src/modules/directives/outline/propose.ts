import { cadenceOf, dueOf } from './cadence.ts'
import { headingMode } from './context.ts'
import { grammarOf, namesAt } from './holders.ts'
import { judgeSentence, type Paper, type Paragraph } from './judge.ts'
import { type Attribute, attributesOf, labelAt } from './labels.ts'
import { modalsOf } from './modals.ts'
import { bodyName, kindOf, resolve } from './office.ts'
import { oursAnchor, someone, someUnit } from './problem-words.ts'
import type { Mode, Run } from './runs.ts'
import { type Node, type Outlined, read } from './sections.ts'
import { sentences } from './sentences.ts'
import { measureOf, titleOf } from './title.ts'
import type { Due, Holder, Office, Proposal, Reading, Section, Why } from './types.ts'

/** `speaker` names the post of whoever speaks as 我 (第一责任人 when not given). */
export type Options = { office?: Office; date?: string; speaker?: string }

export const shown = (n: Node): Section => ({
  marker: n.marker,
  level: n.level,
  title: n.title,
  start: n.start,
  end: n.end,
  children: n.children.map(shown),
})

/** Every quotation, title and parenthesis blanked, at the same length, so that words in them command nothing. */
function maskOf(folded: string, inside: Uint8Array): string {
  let out = ''
  for (let i = 0; i < folded.length; i++) {
    const c = folded[i] as string
    out += inside[i] && c !== '《' && c !== '\n' && c !== '（' && c !== '）' ? 'Ｑ' : c
  }
  return out
}

/** The paper's own date: at its foot, else in its title; null when it has none. */
function dateOf(o: Outlined): string | null {
  const foot = o.lines.filter((l) => l.role === 'signature').map((l) => o.folded.slice(l.from, l.to))
  for (const s of [...foot, ...o.lines.slice(0, 8).map((l) => o.folded.slice(l.from, l.to))]) {
    const m = /(\d{4})年(\d{1,2})月(\d{1,2})日/.exec(s)
    if (m) return `${m[1]}-${(m[2] ?? '').padStart(2, '0')}-${(m[3] ?? '').padStart(2, '0')}`
  }
  const year = /(\d{4})年/.exec(o.folded.slice(0, 200))
  return year ? `${year[1]}-01-01` : null
}

type Line = { from: number; to: number }
type State = {
  paper: Paper
  o: Outlined
  office: Office | null
  date: string | null
  body: string
  speaker: string | undefined
  leads: Map<Node | null, Mode>
  out: Proposal[]
  commanding: number
  issuer: Holder | null
}

/**
 * Reads a directive: its outline, and for each sentence what becomes of it. `date` is YYYY-MM-DD, the day the paper was given, from which days such as 年底前 are
 * told. Runs in the browser; linear in the length of the text.
 */
export function propose(text: string, options: Options = {}): Reading {
  const o = read(text)
  const office = options.office ?? null
  const paper: Paper = {
    folded: o.folded,
    masked: maskOf(o.folded, o.inside),
    inside: o.inside,
    grammar: grammarOf(office),
    year: null,
    meeting: /会议(?:要求|强调|指出|议定|决定|认为)/.test(o.folded),
  }
  const s: State = {
    paper,
    o,
    office,
    date: options.date ?? dateOf(o),
    body: bodyName(o.folded),
    speaker: options.speaker,
    leads: new Map(),
    out: [],
    commanding: 0,
    issuer: null,
  }
  paper.year = s.date ? Number(s.date.slice(0, 4)) : null
  s.issuer = issuerOf(s)
  let lineAt = 0
  for (const leaf of o.leaves) {
    while (lineAt > 0 && (o.lines[lineAt]?.start ?? 0) > leaf.start) lineAt--
    const lines: Line[] = []
    for (; lineAt < o.lines.length; lineAt++) {
      const l = o.lines[lineAt]
      if (!l || l.start >= leaf.end) break
      if ((l.role === 'prose' || l.role === 'closing') && l.to > leaf.start)
        lines.push({ from: Math.max(l.from, leaf.start), to: Math.min(l.to, leaf.end) })
      if (l.end > leaf.end) break
    }
    readLeaf(s, leaf, lines)
  }
  const coverage = { commanding: s.commanding, carried: 0, aside: 0, open: s.commanding }
  return { sections: o.roots.map(shown), proposals: s.out, coverage, problems: o.problems }
}

/** A paper of a part of the office (派驻纪检组工作要点) speaks of that part where it names nobody. */
function issuerOf(s: State): Holder | null {
  const titles = s.o.lines.filter((l) => l.role === 'title').map((l) => s.o.folded.slice(l.from, l.to))
  for (const t of titles) {
    const m =
      /^(?:[\u4e00-\u9fa5]{2,6}市)?(?:市?人防办|市人民防空办公室)?((?:[\u4e00-\u9fa5]{0,8})(?:纪检监察组|纪检组|监察室|机关党委|机关纪委|党支部|工程科|综合科|科|中心|站))(?:党支部)?\d{4}年/.exec(
        t,
      )
    if (m?.[1]) return resolve(m[1].replace(/^派驻市人防办|^派驻示例市人防办/, ''), s.office, s.body)
  }
  return null
}

function readLeaf(s: State, leaf: Node, lines: Line[]): void {
  const { o } = s
  const section = leaf.mark ? leaf : leaf.parent && leaf.start === leaf.parent.start ? leaf.parent : null
  const headings: string[] = []
  for (let n: Node | null = leaf; n; n = n.parent) if (n.mark && n.title) headings.push(n.title)
  const set = headingMode(leaf, s.leads)
  const firstOut = s.out.length
  const attributes: Attribute[] = []
  let label: Mode | null = null
  let last: Paragraph | null = null
  const carry: Carry = { holders: null, single: true, heading: headingHolder(s, leaf) }
  for (const [i, line] of lines.entries()) {
    let from = i === 0 ? Math.max(line.from, leaf.textStart) : line.from
    if (i === 0 && section)
      from = headingEnd(
        s,
        section,
        leaf,
        from,
        line.to,
        lines.slice(1).some((l) => !attributesOf(o.folded, l.from, l.to).some((a) => a.start <= l.from + 1)),
      )
    attributes.push(...attributesOf(o.folded, from, line.to))
    const own = labelAt(o.folded.slice(from, line.to))
    if (own) {
      label = own.mode
      from += own.length
    }
    const mode: Mode = label ?? set ?? 'task'
    last = {
      mode,
      review: false,
      problem: mode === 'problem',
      heard: mode === 'theirs' ? 'theirs' : null,
      quoted: false,
      commanded: false,
      anchored: oursAnchor.test(headings.join()),
      sofar: '',
    }
    if (mode === 'theirs') continue
    if (i > 0) carry.holders = null
    readLine(s, from, line.to, last, carry, headings.join(), attributes, leaf)
  }
  apply(s, attributes, firstOut)
}

type Carry = { holders: Holder[] | null; single: boolean; heading: Holder[] | null }

function readLine(
  s: State,
  from: number,
  to: number,
  para: Paragraph,
  carry: Carry,
  headings: string,
  attributes: Attribute[],
  leaf: Node,
): void {
  const { paper, o } = s
  const table = tableHolder(s, from, to)
  if (table) carry.holders = table.holders
  const all = sentences(o.folded, o.inside, table?.from ?? from, to)
  for (const [i, sentence] of all.entries()) {
    if (attributes.some((a) => a.start <= sentence.start + 1 && a.end >= sentence.end - 2)) continue
    const next = all[i + 1]
    const judged = judgeSentence(paper, sentence, para, next ? o.folded.slice(next.start, Math.min(next.end, next.start + 30)) : '')
    const lead = judged.theirs ? 'theirs' : judged.lead
    if (i === all.length - 1) {
      const parent = leaf.parent && leaf.start === leaf.parent.start ? leaf.parent : leaf.mark ? leaf : leaf.parent
      if (lead && (o.folded[sentence.end - 1] === '：' || judged.lead)) s.leads.set(parent, lead)
      else s.leads.delete(parent)
    }
    const content = judged.runs.length === 0 && prescribes.test(o.folded.slice(sentence.start, sentence.end)) ? supervisor(carry) : null
    if (content) {
      s.out.push(prescribed(s, sentence, content, headings))
      s.commanding++
      continue
    }
    const groups = new Set<string>()
    let duty = false
    for (const [k, { run }] of judged.runs.entries()) {
      if (k === 0 && !table && !run.names && judged.runs.slice(1).some((r) => r.run.type === 'duty' && r.run.names)) carry.holders = null
      if (run.type === 'finding') carry.holders = null
      const proposal = make(s, run, carry, headings)
      if (attributes.some((a) => proposal.start >= a.start && proposal.end <= a.end + 1)) continue
      const before = s.out.at(-1)
      if (before && goesOn(s, before, proposal, run, sentence)) {
        Object.assign(before, joined(s, before, proposal))
        continue
      }
      s.out.push(proposal)
      if (proposal.type === 'duty') {
        duty = true
        if (!proposal.holders.every((h) => h.role === 'implied')) groups.add(proposal.holders.map((h) => h.name).join())
        carry.holders = proposal.holders
      }
    }
    if (duty) s.commanding++
    if (groups.size > 1) carry.holders = null
  }
}

/** ；between two orders to the same holder, with no other day or cadence, parts nothing. */
const goesOn = (s: State, before: Proposal, now: Proposal, run: Run, sentence: { start: number }) =>
  before.type === 'duty' &&
  now.type === 'duty' &&
  !run.names &&
  !now.due &&
  !now.cadence &&
  before.start >= sentence.start &&
  s.o.folded.slice(before.end, now.start) === '；' &&
  before.polarity === now.polarity
const joined = (s: State, before: Proposal, now: Proposal): Partial<Proposal> => ({
  end: now.end,
  text: s.o.text.slice(before.start, now.end),
  measure: before.measure ?? now.measure,
})

/** 监督的重点对象是…；监督的方式是…: behind a duty of those who supervise it says what they owe. */
const prescribes =
  /^(?:监督|督查|检查|巡查|抽查)的?(?:重点|主要|具体)?(?:对象|内容|事项|方式|方法|范围|重点|任务)[^，；。]{0,4}(?:是|为|包括)/
const supervisor = (carry: Carry): Holder[] | null => {
  const holders = carry.holders ?? carry.heading
  return holders?.some((h) => /纪检|监察|纪委|督查|检查/.test(h.name)) ? holders : null
}

function prescribed(s: State, span: { start: number; end: number }, holders: Holder[], headings: string): Proposal {
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
    why: [{ rule: 'command.prescribes', words: head, start: span.start, end: span.start + head.length }],
    confidence: 0.5,
  }
}

/** 综合科：牵头… or a row of a table: the name before the colon, tab or bar acts. */
function tableHolder(s: State, from: number, to: number): { holders: Holder[]; from: number } | null {
  const line = s.o.folded.slice(from, to)
  const at = line.search(/[^\s|\-*]/)
  if (at < 0) return null
  const names = namesAt(s.paper.grammar, line, at)
  const end = names?.at(-1)?.end ?? 0
  const sep = /^(?:\s*[：|\t]\s*|\s{2,})(?=\S)/.exec(line.slice(end))
  if (!names || !sep || end + sep[0].length >= line.length) return null
  return { holders: names.map((n) => resolve(line.slice(n.at, n.end), s.office, s.body)), from: from + end + sep[0].length }
}

/** A heading that is a name (二、党组领导班子) or a name's responsibility says who acts under it. */
function headingHolder(s: State, leaf: Node): Holder[] | null {
  for (let n: Node | null = leaf; n; n = n.parent) {
    if (!n.mark || !n.title || n.title.length > 24) continue
    const names = namesAt(s.paper.grammar, n.title, 0)
    const end = names?.at(-1)?.end ?? 0
    if (names && /^(?:的?(?:主体|监督|第一|领导|直接|工作|具体)?(?:责任|职责|任务|分工)(?:清单)?)?$/.test(n.title.slice(end)))
      return names.map((x) => resolve(n.title.slice(x.at, x.end), s.office, s.body))
    const about = /^(?:严格|认真)?(?:落实|压实|履行|强化|抓实|扛起|扛牢)好?(.{2,10}?)的?(?:主体|监督|第一|领导)责任$/.exec(n.title)
    if (about?.[1]) {
      const inner = namesAt(s.paper.grammar, about[1], 0)
      if (inner && inner.at(-1)?.end === about[1].length)
        return inner.map((x) => resolve((about[1] ?? '').slice(x.at, x.end), s.office, s.body))
    }
  }
  return null
}

/** Where the heading ends and what is to be judged begins: a short opening sentence without a holder, a day or a cadence heads what follows it. */
function headingEnd(s: State, section: Node, leaf: Node, from: number, to: number, more: boolean): number {
  const text = s.o.folded.slice(from, to)
  const masked = s.paper.masked.slice(from, to)
  const follows = more || section.children.length > 0
  const stop = [...text].findIndex((c, i) => '。；！？'.includes(c) && !s.o.inside[from + i])
  const commands = (w: string) => {
    const names = namesAt(s.paper.grammar, w, 0)
    if (modalsOf(w).some((m) => m.negative || !/^[要应]$/.test(m.word))) return true
    return (
      (names !== null && /^(?:[^，]{0,4}(?:要|必须|应|须|不得)|负责|牵头|每)/.test(w.slice(names.at(-1)?.end ?? 0))) ||
      dueOf(w, s.date) !== null ||
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
    .replace(/（[^（）]*）/g, '')
    .trim()
  if ((rest !== '' || follows) && stop <= longest && !/^(?:对|凡)[^，]*的，/.test(head) && !commands(head)) return from + stop + 1
  return from
}

function make(s: State, run: Run, carry: Carry, headings: string): Proposal {
  const { folded } = s.o
  const first = run.clauses[0] ?? run.lead
  const end = (run.clauses.at(-1) ?? run.lead).end
  const start = first.start
  const bare = folded.slice(start, end).replace(/[，；：]$/, '')
  const stop = start + bare.length
  const words = s.o.text.slice(start, stop)
  const holders = run.type === 'duty' ? dutyHolders(s, run, carry) : findingHolders(s, run)
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
    why,
    confidence,
  }
}

function dutyHolders(s: State, run: Run, carry: Carry): Holder[] {
  if (run.names) {
    const { clause, names } = run.names
    const holders = named(
      s,
      names.map((n) => s.o.folded.slice(clause.start + n.at, clause.start + n.end)),
    )
    return holders.map((h) =>
      h.role === 'speaker' && s.speaker ? { ...resolve(s.speaker, s.office, s.body), text: h.text, role: 'speaker' as const } : h,
    )
  }
  const whether = run.clauses.map((c) => c.text).find((t) => /^(?:无论|不论|不管)/.test(t))
  if (whether) {
    const found = [...whether.matchAll(s.paper.grammar.knownAll)].map((m) => resolve(m[0], s.office, s.body))
    if (found.length) return found
  }
  const from = carry.holders ?? carry.heading ?? (s.issuer ? [s.issuer] : null)
  if (from) return from.map((h) => ({ ...h, inherited: true }))
  return [{ text: '', name: s.body, role: 'implied', refs: [] }]
}

/** 科室和直属单位负责人: a title behind the last name holds for the names before it that are no persons themselves. */
function named(s: State, words: string[]): Holder[] {
  const title = /(?:主要负责人|主要负责同志|负责人|负责同志|主要领导|党支部书记|支部书记|书记|党员干部|干部职工)$/.exec(
    words.at(-1) ?? '',
  )?.[0]
  return words.map((w, i) => {
    if (w === '成员' && i > 0)
      return { ...resolve(`${(words[i - 1] ?? '').replace(/^(?:办|局)(?=党组)/, '')}成员`, s.office, s.body), text: w }
    const bare =
      title &&
      i < words.length - 1 &&
      /^(?:机关)?(?:各|全办各|办属各|有关|相关)?(?:科室|处室|单位|部门|支部|党支部|二级机构|直属单位|直属机构|事业单位)$/.test(w)
    const holder = resolve(bare ? `${w}${title}` : w, s.office, s.body)
    return bare ? { ...holder, text: w } : holder
  })
}

function findingHolders(s: State, run: Run): Holder[] {
  for (const c of run.clauses) {
    const m = someUnit.exec(c.text) ?? someone.exec(c.text)
    if (m) return [{ text: m[0], name: m[0], role: 'unknown', refs: [] }]
  }
  const subject = run.clauses.map((c) => ({ c, subject: c.subject })).find((x) => x.subject?.who === 'own')
  if (subject?.subject?.who === 'own')
    return subject.subject.names.map((n) => resolve(s.o.folded.slice(subject.c.start + n.at, subject.c.start + n.end), s.office, s.body))
  return [{ text: '', name: s.body, role: 'unknown', refs: [] }]
}

/** 责任单位 and 完成时限 at the end of an item go to the duties of that item that name nobody, or no day. */
function apply(s: State, attributes: Attribute[], from: number): void {
  const value = (a: Attribute) => {
    const names = a.value ? namesAt(s.paper.grammar, a.value, 0) : null
    return names?.map((n) => resolve(a.value.slice(n.at, n.end), s.office, s.body)) ?? null
  }
  const unit = attributes.filter((a) => a.who === 'unit' && a.value).flatMap((a) => value(a) ?? [])
  const leader = attributes.filter((a) => a.who === 'leader').flatMap((a) => value(a) ?? [])
  const due = attributes.find((a) => a.who === 'due')
  const holders = unit.length ? unit : leader
  const day: Due | null = due ? dueOf(`${due.value}`, s.date) : null
  for (const p of s.out.slice(from)) {
    if (p.type !== 'duty') continue
    if (holders.length && p.holders.every((h) => h.role === 'implied' || h.inherited)) {
      p.holders = holders
      const a = attributes.find((x) => x.who !== 'due' && x.value)
      if (a) p.why.push({ rule: 'holder.label', words: a.value, start: a.at, end: a.at + a.value.length })
    }
    if (day && !p.due && !p.cadence) p.due = { text: day.text, day: day.day, span: day.span }
  }
}
