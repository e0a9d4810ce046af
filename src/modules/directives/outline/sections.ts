import { fold } from './fold.ts'
import { type Line, lines } from './lines.ts'
import { inlineMarks, lineMark, type Mark, rank } from './markers.ts'
import { depths } from './quotes.ts'
import type { Row, Table } from './table.ts'
import type { Problem, Section } from './types.ts'

/** A section with what reading it needs and the answer does not show; `textStart` is where the words after its marker begin. */
export type Node = Omit<Section, 'children'> & { mark: Mark | null; parent: Node | null; textStart: number; children: Node[] }
type Cut = { at: number; mark: Mark | null; outside: boolean }
export type Outlined = {
  text: string
  folded: string
  inside: Uint8Array
  lines: Line[]
  roots: Node[]
  leaves: Node[]
  problems: Problem[]
  tables: Table[]
  /** The row of a table that begins at a place. */
  rows: Map<number, { table: Table; row: Row }>
}

/** Cuts the text into nested sections whose leaves, one after another, are the text. Linear in its length. */
export function read(text: string): Outlined {
  const folded = fold(text)
  const inside = depths(folded)
  const all = lines(folded, (s) => lineMark(s, 0, s) !== null, text)
  const problems: Problem[] = []
  const cuts: Cut[] = []
  for (const block of blocks(all.lines, folded, inside, text)) cuts.push(...block)
  if (cuts[0]?.at !== 0) cuts.unshift({ at: 0, mark: null, outside: true })
  if (!cuts.some((c) => c.mark)) problems.push({ code: 'outline.no_marker', start: 0, end: 0 })
  const { roots, leaves } = nest(text, folded, cuts, problems)
  const { tables } = all
  const rows = new Map(tables.flatMap((table) => table.rows.map((row) => [row.start, { table, row }] as const)))
  return { text, folded, inside, lines: all.lines, roots, leaves, problems, tables, rows }
}

/** Lines that belong to the paper as a whole and close every section above them. */
const framing: ReadonlySet<Line['role']> = new Set(['closing', 'signature', 'attachment', 'copies', 'imprint', 'annex'])

/** Where a leaf begins: at each marker that counts, and where a run of inline directions has ended. */
function blocks(all: Line[], folded: string, inside: Uint8Array, text: string): Cut[][] {
  const candidates = all.map((line) => {
    if (line.role !== 'prose' && line.role !== 'title') return []
    const head = lineMark(folded, line.from, text)
    const rest = inlineMarks(folded, head ? head.textStart - 1 : line.from, line.to, inside, text)
    if (head) for (const m of rest) if (m.start === head.start) rest.splice(rest.indexOf(m), 1)
    return head ? [head, ...rest] : rest
  })
  keepRuns(candidates)
  return all.map((line, i) => {
    // A row, a header and what comes behind a table each stand alone.
    const cells = line.role === 'row' || line.role === 'header'
    if (cells || line.role === 'rowon') return cells ? [{ at: line.start, mark: null, outside: false }] : []
    const marks = candidates[i] ?? []
    const out: Cut[] = marks.map((mark) => ({ at: mark.start === line.from ? line.start : mark.start, mark, outside: false }))
    if (framing.has(line.role)) out.unshift({ at: line.start, mark: null, outside: true })
    if (behindTable(all, i) && out[0]?.at !== line.start) out.unshift({ at: line.start, mark: null, outside: false })
    const tail = afterRun(marks, line, folded, inside)
    if (tail !== null) out.push({ at: tail, mark: null, outside: false })
    return out
  })
}

function behindTable(all: Line[], i: number): boolean {
  if (all[i]?.role === 'blank') return false
  for (let k = i - 1; k >= 0; k--) {
    const role = all[k]?.role
    if (role !== 'blank') return role === 'row' || role === 'rowon' || role === 'header'
  }
  return false
}

/** An inline marker counts when its run has a first and a second, in order, or when it begins a line. 首先 needs a 其次. */
function keepRuns(candidates: Mark[][]): void {
  const flat = candidates.flatMap((marks, line) => marks.map((mark) => ({ mark, line })))
  const keep = new Set<Mark>()
  const open = new Map<string, { mark: Mark; line: number }[]>()
  const settle = (key: string) => {
    const run = open.get(key)
    open.delete(key)
    if (!run) return
    const complete = key === 'order' ? run.some((r) => r.mark.ordinal === 2 || r.mark.ordinal === 3) : run.length > 1
    if (complete) for (const r of run) keep.add(r.mark)
  }
  for (const item of flat) {
    const { mark } = item
    if (!mark.inline) {
      for (const key of [...open.keys()]) if ((rank[key as Mark['class']] ?? 0) > rank[mark.class]) settle(key)
      keep.add(mark)
      continue
    }
    const run = open.get(mark.class)
    const previous = run?.at(-1)?.mark
    const sameLine = run?.at(-1)?.line === item.line
    const lead = candidates[item.line]?.[0] === mark
    const listed = ['cnParen', 'num', 'numParen', 'circle'].includes(mark.class)
    if (
      previous &&
      mark.ordinal > previous.ordinal &&
      (mark.ordinal === previous.ordinal + 1 || mark.ordinal === 99 || lead) &&
      (sameLine || !listed)
    )
      run?.push(item)
    else {
      settle(mark.class)
      if (mark.ordinal === 1 || (lead && mark.class !== 'order' && mark.ordinal !== 99)) open.set(mark.class, [item])
    }
    if (lead && mark.class !== 'order' && mark.class !== 'ordinal' && !listed) keep.add(mark)
  }
  for (const key of [...open.keys()]) settle(key)
  candidates.forEach((marks, i) => {
    candidates[i] = marks.filter((m) => keep.has(m))
  })
}

/** Items parted by ；or ，end with their own 。: what follows on the same line is prose again. */
function afterRun(marks: Mark[], line: Line, folded: string, inside: Uint8Array): number | null {
  const last = marks.at(-1)
  const before = marks.at(-2)
  if (!last?.inline || !before || before.class !== last.class || last.start === line.from) return null
  const between = folded.slice(before.textStart, last.start)
  if (/[。！？]/.test(between)) return null
  for (let i = last.textStart; i < line.to - 1; i++) if (!inside[i] && /[。！？]/.test(folded[i] ?? '')) return i + 1
  return line.end
}

function nest(text: string, folded: string, cuts: Cut[], problems: Problem[]): { roots: Node[]; leaves: Node[] } {
  const roots: Node[] = []
  const stack: Node[] = []
  const counters = new Map<Node | null, Map<string, Mark>>()
  const close = (upTo: number, at: number) => {
    for (const node of stack.splice(upTo)) node.end = at
  }
  const add = (node: Node) => {
    node.parent = stack.at(-1) ?? null
    ;(node.parent?.children ?? roots).push(node)
  }
  cuts.forEach((cut, i) => {
    const end = cuts[i + 1]?.at ?? text.length
    if (end <= cut.at) return
    const { mark } = cut
    if (cut.outside) close(0, cut.at)
    else if (!mark) {
      const top = stack.at(-1)?.mark
      if (top?.inline)
        close(
          stack.findIndex((n) => sibling(n.mark, top)),
          cut.at,
        )
    } else {
      let upTo = stack.findIndex((n) => sibling(n.mark, mark))
      if (upTo < 0) for (upTo = stack.length; upTo > 0 && order(stack[upTo - 1]?.mark) >= order(mark); ) upTo--
      close(upTo, cut.at)
    }
    const parent = stack.at(-1)
    if (parent && parent.children.length === 0) add({ ...prose(parent.start, cut.at), textStart: parent.textStart })
    if (!mark) {
      add(prose(cut.at, end))
      return
    }
    checkNumber(counters, parent ?? null, mark, problems)
    const node: Node = {
      ...prose(cut.at, end),
      marker: mark.marker,
      level: stack.length + 1,
      title: titleOf(folded, text, mark, end),
      mark,
      textStart: mark.textStart,
    }
    add(node)
    stack.push(node)
  })
  close(0, text.length)
  return { roots, leaves: roots.flatMap(leavesOf) }
}

const leavesOf = (node: Node): Node[] => (node.children.length ? node.children.flatMap(leavesOf) : [node])
const prose = (start: number, end: number): Node => ({
  marker: null,
  level: 0,
  title: '',
  start,
  end,
  children: [],
  mark: null,
  parent: null,
  textStart: start,
})
const listed = (m: Mark) => m.inline && rank[m.class] < rank.ordinal
const sibling = (a: Mark | null | undefined, b: Mark) => !!a && a.class === b.class && a.depth === b.depth && listed(a) === listed(b)
const order = (m: Mark | null | undefined) =>
  m ? rank[m.class] + (['md', 'numSub', 'part'].includes(m.class) ? m.depth * 0.5 : 0) + (listed(m) ? 100 : 0) : 0

/** The heading: a line without a full stop as a whole, otherwise up to the first 。or ；(or ：when the text goes on behind it). */
function titleOf(folded: string, text: string, mark: Mark, end: number): string {
  let stop = mark.textStart
  while (stop < end && !'。；！？\n'.includes(folded[stop] ?? '')) stop++
  let title = text.slice(mark.textStart, stop).trim()
  const colon = title.search(/[：:]/)
  if (colon > 1 && (title.length > 30 || colon < title.length - 1)) title = title.slice(0, colon)
  title = title.replace(/[：:，,]$/, '').replace(/\*\*/g, '')
  if (title.length > 60) title = title.slice(0, title.slice(0, 60).search(/[，,]/) > 6 ? title.search(/[，,]/) : 60)
  return title.trim()
}

function checkNumber(counters: Map<Node | null, Map<string, Mark>>, parent: Node | null, mark: Mark, problems: Problem[]): void {
  if (mark.mixed) problems.push({ code: 'marker.mixed_width', start: mark.start, end: mark.textStart, found: mark.marker })
  if (mark.class === 'md' || mark.ordinal === 99) return
  // Articles are counted through the chapters of a paper; everything else starts anew in each section.
  const within = mark.class === 'part' && mark.depth === 4 ? null : parent
  const seen = counters.get(within) ?? new Map<string, Mark>()
  counters.set(within, seen)
  const key = `${mark.class}${mark.depth}`
  const previous = seen.get(key)
  const expected = previous ? previous.ordinal + 1 : 1
  const at = { start: mark.start, end: mark.textStart, expected: String(expected), found: mark.marker }
  const restart = previous && mark.ordinal === 1 && mark.class !== 'cn'
  if (previous && mark.ordinal === previous.ordinal) problems.push({ code: 'numbering.repeated', ...at })
  else if (mark.ordinal > expected) problems.push({ code: 'numbering.missing', ...at })
  else if (previous && mark.ordinal < expected && !restart) problems.push({ code: 'numbering.backwards', ...at })
  if (mark.class !== 'numSub' || !previous || mark.ordinal !== 1) seen.set(key, mark)
}
