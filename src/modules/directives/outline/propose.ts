import { assignTails, saidOf } from './assign.ts'
import { dueOf } from './cadence.ts'
import { headingMode, looksBack, modeOfHeading } from './context.ts'
import { addressedBy, frameOf, replyOf } from './frame.ts'
import { headingEnd } from './heading.ts'
import { grammarOf } from './holders.ts'
import { judgeSentence, type Paper, type Paragraph } from './judge.ts'
import { labelAt } from './labels.ts'
import { goesOn, joined, make, prescribed, prescribes, supervisor } from './make.ts'
import { bodyName } from './office.ts'
import { oursAnchor } from './problem-words.ts'
import { type Carried, readRow } from './rows.ts'
import type { Mode } from './runs.ts'
import { type Node, type Outlined, read } from './sections.ts'
import { sentences } from './sentences.ts'
import type { Carry, Line, Options, State } from './state.ts'
import type { Table } from './table.ts'
import { type Tail, tailsOf } from './tails.ts'
import type { Reading, Section } from './types.ts'
import { akin, headingHolder, issuerOf, leads, ledBy, tableHolder } from './whom.ts'

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
    out += inside[i] && !'《\n（）【】〔〕'.includes(c) ? 'Ｑ' : c
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

/**
 * Reads a directive: its outline, and for each sentence what becomes of it. `date` is YYYY-MM-DD, the day the paper was given, from which days such as 年底前 are
 * told. Runs in the browser; linear in the length of the text.
 */
export function propose(text: string, options: Options = {}): Reading {
  const o = read(text)
  const office = options.office ?? null
  const frame = frameOf(o, office?.units.find((u) => u.kind === 'office')?.name ?? null)
  const superior = (options.source ?? frame.source) === 'superior'
  const addressed = superior ? addressedBy(frame) : null
  const paper: Paper = {
    folded: o.folded,
    masked: maskOf(o.folded, o.inside),
    inside: o.inside,
    grammar: addressed ? { ...grammarOf(office), ours: addressed } : grammarOf(office),
    superior,
    year: null,
    meeting: /会议(?:要求|强调|指出|议定|决定|认为)/.test(o.folded),
  }
  const s: State = {
    paper,
    o,
    office,
    date: options.date ?? dateOf(o),
    body: superior ? '本单位' : bodyName(o.folded),
    addressed,
    speaker: options.speaker,
    leads: new Map(),
    from: new Map(),
    led: new Map(),
    tailed: new Set(),
    headed: new Map(),
    out: [],
    commanding: 0,
    issuer: null,
    usual: 'task',
  }
  paper.year = s.date ? Number(s.date.slice(0, 4)) : null
  s.issuer = issuerOf(s)
  if (o.lines.some((l) => l.role === 'title' && looksBack(o.folded.slice(l.from, l.to)))) s.usual = 'review'
  let lineAt = 0
  const carried = new Map<Table, Carried>()
  for (const leaf of o.leaves) {
    const cells = o.rows.get(leaf.start)
    if (cells) {
      const over = carried.get(cells.table) ?? new Map()
      carried.set(cells.table, over)
      readRow(s, leaf, cells.table, cells.row, headingsOf(leaf).join(), over)
      continue
    }
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
  return {
    sections: o.roots.map(shown),
    proposals: s.out,
    coverage,
    problems: o.problems,
    frame: { ...frame, reply: superior ? replyOf(s.out, o.folded) : null },
    tables: o.tables.map(({ start, end, rows, columns }) => ({
      start,
      end,
      rows: rows.length,
      columns: columns.map(({ header, field }) => ({ header, field })),
    })),
  }
}

function headingsOf(leaf: Node): string[] {
  const headings: string[] = []
  for (let n: Node | null = leaf; n; n = n.parent) if (n.mark && n.title) headings.push(n.title)
  return headings
}

function readLeaf(s: State, leaf: Node, lines: Line[]): void {
  const { o } = s
  const section = leaf.mark ? leaf : leaf.parent && leaf.start === leaf.parent.start ? leaf.parent : null
  const headings = headingsOf(leaf)
  const set = headingMode(leaf, s.leads)
  const firstOut = s.out.length
  if (!s.from.has(leaf.parent)) s.from.set(leaf.parent, firstOut)
  const tails: Tail[] = []
  let label: Mode | null = null
  let last: Paragraph | null = null
  const carry: Carry = { holders: null, heading: ledBy(s, leaf) ?? headingHolder(s, leaf) }
  for (const [i, line] of lines.entries()) {
    let from = i === 0 ? Math.max(line.from, leaf.textStart) : line.from
    if (i === 0 && section)
      from = headingEnd(
        s,
        section,
        leaf,
        from,
        line.to,
        lines.slice(1).some((l) => !tailsOf(o.folded, l.from, l.to).some((t) => t.start <= l.from + 1)),
      )
    if (i === 0 && section && from > line.from) {
      const above = tailsOf(o.folded, line.from, from)
      if (above.length > 0)
        s.headed.set(
          section,
          saidOf(
            s,
            above[0] as Tail,
            above.flatMap((t) => t.fields),
          ),
        )
    }
    tails.push(...tailsOf(o.folded, from, line.to))
    const alone = (i > 0 || !section) && i < lines.length - 1 ? modeOfHeading(standing(o.folded.slice(from, line.to))) : null
    if (alone) {
      label = alone
      continue
    }
    const own = labelAt(o.folded.slice(from, line.to))
    if (own) {
      label = own.mode
      from += own.length
    }
    const mode: Mode = label ?? set ?? s.usual
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
    readLine(s, from, line.to, last, carry, headings.join(), tails, leaf)
  }
  const title = leaf.mark ? o.folded.slice(leaf.textStart, leaf.textStart + leaf.title.length) : ''
  const dated = dueOf(/（[^）]*）/.exec(title)?.[0] ?? '', s.date)
  assignTails(s, tails, { leaf, firstOut, headings: headings.join() })
  if (dated)
    for (const p of s.out.slice(firstOut))
      if (p.type === 'duty' && !p.cadence && (!p.due || (p.due.day === null && p.due.span === null)))
        p.due = { text: dated.text, day: dated.day, span: dated.span }
}

/** A short line without a stop stands as a heading even without a number. */
const standing = (line: string) => (/^[^，。；：！？、]{3,12}[：]?$/.test(line) ? line : '')

function readLine(s: State, from: number, to: number, para: Paragraph, carry: Carry, headings: string, tails: Tail[], leaf: Node): void {
  const { paper, o } = s
  const table = tableHolder(s, from, to)
  if (table) carry.holders = table.holders
  const all = sentences(o.folded, o.inside, table?.from ?? from, to)
  const firstOut = s.out.length
  for (const [i, sentence] of all.entries()) {
    // A heading that says whose work this is holds for every sentence under it that names nobody.
    if (i > 0 && carry.heading && carry.holders && !akin(carry.holders, carry.heading)) carry.holders = null
    if (tails.some((t) => t.start <= sentence.start + 1 && t.end >= sentence.end - 2)) continue
    const next = all[i + 1]
    const judged = judgeSentence(paper, sentence, para, next ? o.folded.slice(next.start, Math.min(next.end, next.start + 30)) : '')
    const lead = judged.theirs ? 'theirs' : judged.lead
    if (i === all.length - 1) {
      const parent = leaf.parent && leaf.start === leaf.parent.start ? leaf.parent : leaf.mark ? leaf : leaf.parent
      if (lead && (!/[。！？]/.test(o.folded[sentence.end - 1] ?? '') || judged.lead)) s.leads.set(parent, lead)
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
    for (const [k, { run, reported }] of judged.runs.entries()) {
      if (k === 0 && !table && !run.names && judged.runs.slice(1).some((r) => r.run.type === 'duty' && r.run.names)) carry.holders = null
      if (run.type === 'finding') carry.holders = null
      const proposal = make(s, run, carry, headings, k === 0)
      if (reported && paper.meeting)
        proposal.why.push({
          rule: 'speaker.meeting',
          words: reported.words,
          start: reported.start,
          end: reported.start + reported.words.length,
        })
      if (tails.some((t) => proposal.start >= t.start && proposal.end <= t.end + 1)) continue
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
  const end = all.at(-1)
  if (end) leads(s, leaf, end, s.out.slice(firstOut))
}
