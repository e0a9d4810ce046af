import { assign, type Said, saidOf } from './assign.ts'
import { cadenceOf, dueOf } from './cadence.ts'
import { kindOf } from './office.ts'
import type { Node } from './sections.ts'
import type { State } from './state.ts'
import type { Cell, Column, ColumnField, Row, Table } from './table.ts'
import type { TailPart } from './tails.ts'
import { measureOf, shorten } from './title.ts'
import type { Holder, Proposal } from './types.ts'
import { headingHolder } from './whom.ts'

const parts: Partial<Record<ColumnField, TailPart>> = {
  lead: 'lead',
  unit: 'unit',
  help: 'help',
  leader: 'leader',
  person: 'person',
  due: 'due',
  cadence: 'cadence',
}
const total = /^(?:合\s*计|小\s*计|总\s*计|共计)/
const nothing = /^(?:〃|同上|无|略|\/|—+|-+)?$/
const above = /^(?:〃|同上)$/

type Filled = { column: Column; cell: Cell; words: string }
/** What the rows above say for the cells that a row leaves to them, while one table is read. */
export type Carried = Map<Column, Cell>

/** The cells of a row by column, merged ones filled from above: a ditto always; an empty one only where the row goes on with the task above it. */
function fill(s: State, table: Table, row: Row, carried: Carried): { filled: Filled[]; fresh: boolean } {
  const words = (cell: Cell | undefined) => (cell ? s.o.folded.slice(cell.start, cell.end) : '')
  const about = table.columns.findIndex((c) => c.field === 'task' || c.field === 'problem')
  const goesOn = about >= 0 && (words(row.cells[about]) === '' || above.test(words(row.cells[about])))
  const holds = table.columns.filter((c) => c.field === 'lead' || c.field === 'unit')
  const filled = table.columns.flatMap((column, i) => {
    const own = row.cells[i]
    const empty = own === undefined || words(own) === ''
    const fromAbove =
      above.test(words(own)) || (empty && column.field !== 'note' && (goesOn || (holds.length === 1 && holds[0] === column)))
    const cell = fromAbove ? carried.get(column) : own
    if (!cell) return []
    carried.set(column, cell)
    return [{ column, cell, words: words(cell) }]
  })
  return { filled, fresh: !goesOn }
}

const has = (list: readonly Filled[], row: Row, field: ColumnField) =>
  list.find((one) => one.column.field === field && one.cell.start >= row.start && one.cell.end <= row.end && !nothing.test(one.words))

/** What holds for a row: who and when by its own cells, else whose list the heading says it is. */
function saidByRow(s: State, leaf: Node, row: Row, filled: readonly Filled[]): Said {
  const values = filled.flatMap(({ column, cell, words }) => {
    const part = column.field && parts[column.field]
    return part && !nothing.test(words) ? [{ part, value: words, at: cell.start }] : []
  })
  const said = saidOf(s, { start: row.start, end: row.end }, values)
  if (said.holders.length > 0) return said
  return { ...said, holders: headingHolder(s, leaf) ?? (s.issuer ? [s.issuer] : []) }
}

/**
 * A row becomes a duty: what is to be done and how, held by whoever its cells name, by their day. What it calls a problem becomes a finding beside it. Rows
 * that add up, rows of one cell (headings inside the table) and rows without anything to do become nothing.
 */
export function readRow(s: State, leaf: Node, table: Table, row: Row, headings: string, carried: Carried): void {
  const { filled } = fill(s, table, row, carried)
  const own = row.cells.map((c) => s.o.folded.slice(c.start, c.end)).filter((w) => w !== '')
  if (own.length < 2 || own.some((w) => total.test(w))) return
  const said = saidByRow(s, leaf, row, filled)
  const [problem, task, measure] = (['problem', 'task', 'measure'] as const).map((field) => has(filled, row, field))
  if (problem) {
    const finding = made(s, 'finding', problem.cell, problem, problem, headings)
    finding.holders = said.holders.length ? said.holders : [nobody(s, 'unknown')]
    finding.due = said.due
    s.out.push(finding)
  }
  const first = task ?? measure
  const last = measure ?? task
  if (!first || !last) return
  const [from, to] = first.cell.start <= last.cell.start ? [first, last] : [last, first]
  const between = problem && problem.cell.start > from.cell.start && problem.cell.start < to.cell.end
  const span = between ? last.cell : { start: from.cell.start, end: to.cell.end }
  const duty = made(s, 'duty', span, last, titled(task, measure), headings)
  duty.holders = [nobody(s, 'implied')]
  assign(said, [duty], headings)
  if (duty.holders[0]?.role === 'implied') duty.kind = kindOf(duty.holders, duty.text, headings)
  const standard = has(filled, row, 'standard')
  duty.measure = standard ? standard.words.slice(0, 120) : measureOf(last.words)
  s.out.push(duty)
  s.commanding++
}

/** A task of a few words names the duty; where it is long, or stands above several measures, the measure does. */
const titled = (task: Filled | undefined, measure: Filled | undefined): Filled =>
  (task && (!measure || task.words.length <= 24) ? task : measure) ?? (task as Filled)

const nobody = (s: State, role: 'implied' | 'unknown'): Holder => ({ text: '', name: s.body, role, refs: [] })

function made(s: State, type: 'duty' | 'finding', span: Cell, what: Filled, title: Filled, headings: string): Proposal {
  const words = s.o.folded.slice(span.start, span.end)
  const flat = what.words.replace(/\s+/g, ' ')
  const cadence = type === 'duty' ? cadenceOf(flat) : null
  const due = type === 'duty' ? dueOf(flat, s.date) : null
  return {
    type,
    text: s.o.text.slice(span.start, span.end),
    start: span.start,
    end: span.end,
    title: shorten(title.words.replace(/^\d+[.、．]\s*/, '').split(/[。；\n]/)[0] ?? title.words),
    holders: [],
    kind: kindOf([], words, headings),
    polarity: /^(?:\d+[.、]\s*)?(?:不得|严禁|禁止|不准|杜绝)/.test(what.words) ? 'negative' : 'positive',
    cadence: cadence && { text: cadence.text, rrule: cadence.rrule },
    due: due && { text: due.text, day: due.day, span: due.span },
    measure: null,
    tail: null,
    why: [
      { rule: type === 'duty' ? 'table.row' : 'table.problem', words: what.column.header, start: what.column.start, end: what.column.end },
    ],
    confidence: 0.85,
  }
}
