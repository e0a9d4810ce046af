import type { Line } from './lines.ts'

/** What a column says of its rows; null where the header is not understood, so that nobody takes a guess for a reading. */
export type ColumnField =
  | 'no'
  | 'group'
  | 'problem'
  | 'task'
  | 'measure'
  | 'standard'
  | 'lead'
  | 'unit'
  | 'help'
  | 'leader'
  | 'person'
  | 'due'
  | 'cadence'
  | 'note'
export type Column = { header: string; field: ColumnField | null; start: number; end: number }
/** A stretch of the text without outer blanks; empty where the cell is. */
export type Cell = { start: number; end: number }
export type Row = { start: number; end: number; cells: Cell[] }
/** A table as it stands in the text, a line per row: `rows` are those below the header. */
export type Table = { start: number; end: number; columns: Column[]; rows: Row[] }

const fields: [ColumnField, RegExp][] = [
  ['no', /^(?:序号|编号|No\.?|#)$/i],
  ['help', /配合|协办|协同|参与单位|参加单位|协助/],
  ['lead', /牵头(?!领导)|主办|主责|承办/],
  ['leader', /^(?:责任|牵头|分管|包联|主管|包保|联系)(?:办|局|市|院)?领导$/],
  ['person', /^(?:直接|具体|主要|第一)?(?:责任人|负责人|经办人|承办人|责任人员|责任岗位|履责人|落实人)$/],
  ['unit', /^(?:责任|落实|主管|实施|执行|所属|整改)?(?:单位|科室|部门|处室|主体|机构)$|责任(?:单位|科室|部门|主体|处室)/],
  ['due', /时限|期限|完成时间|时间(?:节点|要求|安排|进度)|^时间$|完成日期|办结时间/],
  ['cadence', /^(?:频次|周期|次数|频率)$/],
  ['problem', /^(?:序号)?(?:反馈|存在的?|主要|具体|突出|查摆)?(?:的)?问题(?:清单|表现|描述|内容)?$|^问题表现$|^不足$/],
  ['measure', /措施|举措|工作要求|具体要求|任务要求|落实要求|^要求$|具体内容|实施内容|工作标准|履责内容|^内容$|具体做法|工作安排/],
  ['task', /任务|责任内容|责任事项|责任清单|工作内容|工作事项|^事项$|重点工作|工作项目|^项目$|^工作$|清单内容|履责事项|主要职责|^职责$/],
  ['standard', /标准|成效|目标|成果|考核/],
  ['group', /类别|分类|类型|领域|方面|板块/],
  ['note', /备注|进展|完成情况|落实情况|说明|销号|状态|结果/],
]
/** What a header says its column holds; null when it says nothing we know. */
export const fieldOf = (header: string): ColumnField | null => {
  const bare = header.replace(/[\s（）()*：:“”"]|（[^）]*）/g, '')
  return fields.find(([, re]) => re.test(bare))?.[0] ?? null
}

const telling: readonly (ColumnField | null)[] = ['task', 'measure', 'problem']
const holding: readonly (ColumnField | null)[] = ['lead', 'unit', 'help', 'leader', 'person', 'due']

/** Where the cells of a line stand; null when it is no line of cells. Bars at both ends of a line (Markdown) open and close it. */
export function cellsOf(source: string, from: number, to: number): Cell[] | null {
  const words = source.slice(from, to)
  const sep = words.includes('\t') ? '\t' : words.includes('|') ? '|' : null
  if (sep === null) return null
  const cells: Cell[] = []
  let start = from
  for (let i = from; i <= to; i++) {
    if (i < to && source[i] !== sep) continue
    cells.push(trimmed(source, start, i))
    start = i + 1
  }
  if (sep === '|') {
    if (/^\s*\|/.test(words)) cells.shift()
    if (/\|\s*$/.test(words)) cells.pop()
  }
  return cells.length > 1 ? cells : null
}

function trimmed(source: string, from: number, to: number): Cell {
  let [start, end] = [from, to]
  while (start < end && /\s/.test(source[start] ?? '')) start++
  while (end > start && /\s/.test(source[end - 1] ?? '')) end--
  // Quotation marks round a whole cell are the sheet's; those inside it are the writer's.
  return end - start > 1 && source[start] === '"' && source[end - 1] === '"' ? { start: start + 1, end: end - 1 } : { start, end }
}

/** A cell that a sheet wrapped in quotation marks because it breaks the line: it goes on while the marks are odd. */
const broken = (source: string) => /(?:^|\t)"/.test(source) && (source.match(/"/g)?.length ?? 0) % 2 === 1

type Read = { line: Line; last: number; start: number; end: number; cells: Cell[] }

function readLine(all: readonly Line[], i: number, folded: string, source: string): Read | null {
  const line = all[i]
  if (!line || line.from === line.to) return null
  let last = i
  // A tab at the head of a line opens it with an empty cell, so blanks are not taken off here.
  const head = line.start
  while (last - i < 30 && broken(source.slice(head, all[last]?.to ?? head)) && all[last + 1]) last++
  if (broken(source.slice(head, all[last]?.to ?? head))) last = i
  const end = all[last]?.end ?? line.end
  const to = folded[end - 1] === '\n' ? end - 1 : end
  const cells = cellsOf(source, head, to)
  return cells ? { line, last, start: line.start, end, cells } : null
}

/**
 * Finds the tables of a text: a header whose columns are understood (what is to be done, or what is wrong; with a second one), and the lines of cells below it.
 * Marks their lines as `header`, `row` or `rowon` (a row that goes on in the next line). A second header line that fills in merged cells is taken in.
 */
export function tablesOf(all: Line[], folded: string, source: string): Table[] {
  const tables: Table[] = []
  for (let i = 0; i < all.length; i++) {
    const head = readLine(all, i, folded, source)
    const columns = head && columnsOf(head.cells, folded)
    if (!head || !columns || !isHeader(columns)) continue
    let at = head.last + 1
    let end = head.end
    const second = readLine(all, at, folded, source)
    if (second && isSecond(columns, second.cells, folded)) {
      refine(columns, second.cells, folded)
      mark(all, at, second.last, 'header')
      at = second.last + 1
      end = second.end
    }
    const rows: Row[] = []
    for (; at < all.length; at++) {
      const row = readLine(all, at, folded, source)
      if (!row || (columnsOf(row.cells, folded).filter((c) => c.field).length > 2 && isHeader(columnsOf(row.cells, folded)))) break
      if (ruled(folded.slice(row.start, row.end))) {
        mark(all, at, row.last, 'header')
        end = row.end
        continue
      }
      rows.push({ start: row.start, end: row.end, cells: row.cells })
      mark(all, at, row.last, 'row')
      at = row.last
      end = row.end
    }
    if (rows.length === 0) continue
    mark(all, i, head.last, 'header')
    tables.push({ start: head.start, end, columns, rows })
    i = at - 1
  }
  return tables
}

const columnsOf = (cells: readonly Cell[], folded: string): Column[] =>
  cells.map(({ start, end }) => {
    const header = folded.slice(start, end)
    return { header, field: header.length <= 14 ? fieldOf(header) : null, start, end }
  })

/** Two columns understood, one of which says what the rows are about. */
function isHeader(columns: readonly Column[]): boolean {
  const known = columns.filter((c) => c.field !== null)
  if (columns.some((c) => c.header.length > 20) || known.length < 2) return false
  const said = new Set(known.map((c) => c.field))
  return (
    known.some((c) => telling.includes(c.field)) && (said.size > 2 || said.has('measure') || known.some((c) => holding.includes(c.field)))
  )
}

/** Below 责任单位 over two columns stands 牵头 | 配合: short words only where something was merged or is said more closely. */
function isSecond(columns: readonly Column[], cells: readonly Cell[], folded: string): boolean {
  const words = cells.map((c) => folded.slice(c.start, c.end))
  const filled = words.filter((w) => w !== '' && w !== '〃')
  return (
    filled.length > 0 &&
    filled.length < words.length &&
    filled.every((w) => w.length <= 8 && fieldOf(w) !== null) &&
    words.every((w, i) => w === '' || w === '〃' || columns[i]?.header === '' || columns[i + 1]?.header === '')
  )
}
function refine(columns: Column[], cells: readonly Cell[], folded: string): void {
  cells.forEach(({ start, end }, i) => {
    const words = folded.slice(start, end)
    const column = columns[i]
    if (column && words !== '' && words !== '〃') Object.assign(column, { header: words, field: fieldOf(words), start, end })
  })
}

/** |---|:--| under a header. */
const ruled = (words: string) => /^[\s|:：-]+$/.test(words) && words.includes('-')

function mark(all: Line[], from: number, to: number, role: 'header' | 'row'): void {
  for (let i = from; i <= to; i++) {
    const line = all[i]
    if (line) line.role = i === from ? role : 'rowon'
  }
}
