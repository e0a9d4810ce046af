import { type Table, tablesOf } from './table.ts'

/** One line of the text: `[start, end)` with its line break, `[from, to)` without break and outer blanks. */
export type Line = { start: number; end: number; from: number; to: number; role: LineRole }
export type LineRole =
  | 'blank'
  | 'prose'
  | 'title'
  | 'salutation'
  | 'signature'
  | 'attachment'
  | 'meta'
  | 'closing'
  /** The parts of an official paper round its text: letterhead, number, copies, who printed it, page numbers, 附件1 above an annex. */
  | 'head'
  | 'number'
  | 'copies'
  | 'imprint'
  | 'page'
  | 'annex'
  | 'header'
  | 'row'
  | 'rowon'

const metaLabel =
  /^(时间|参加|地点|地址|主持人?|主持|出席|出席人员|列席|列席人员|参会人员|参加人员|缺席|请假|请假人员|记录人?|记录|联系人|[^，。：]{0,10}联系人|联系电话|电话|传真|邮箱|电子邮箱|监督举报电话|举报电话|监督电话|印发|主题词|签发|签发人|文号|发文字号|发文日期|讲话人|来源|作者|议题|紧急程度|密级)\s*[：]/
const year = '(?:\\d{4}|[二〇零○一三四五六七八九]{4})年'
const date = `${year}\\d{0,2}[一二三四五六七八九十]{0,3}月\\d{0,2}[一二三四五六七八九十]{0,3}日?`
const dateLine = new RegExp(`^[（]?${date}[）]?$`)
/** A line that is the name of a body, as under a paper or above its title. */
export const signer =
  /^[^，。；：！？\d]{2,30}(办公室|办|科|组|委|党委|委员会|局|厅|部|院|校|站|处|室|中心|党组|支部|总支|总队|支队|大队|政府|公司|集团|工会|领导小组|指挥部)(（代章）)?$/
const terminal = /[。！？；：，、…]$/
/** 示人防办〔2026〕9号, whatever brackets it is written with; a signer may stand behind it. */
export const numberLine = /^(?:第)?([\u4e00-\u9fa5A-Za-z]{0,20}[〔（【[]?(?:19|20)\d{2}[〕）】\]]?第?\d{1,5}号)(?=$|\s+签发|（)/
const copies = /^(?:抄送|抄报|主送|分送|印送|发送|抄送机关|主送机关)\s*：/
const copiesAtFoot = /^(?:报|送|发)：/
const imprint = new RegExp(`^[^，。；：]{2,30}\\s+${date}(?:印发)?$|${date}印发$`)
const page = /^[—–－―-]+\s*\d{1,4}\s*[—–－―-]+$|^第\s*\d{1,4}\s*页(?:[，\s]*共\s*\d{1,4}\s*页)?$|^\d{1,4}\s*\/\s*\d{1,4}$/
const letterhead = /^[^，。；：]{4,30}文件$/
const stamp = /^(?:特急|加急|特提|平急|急件|绝密|机密|秘密)(?:★.*)?$/
const annex = /^附件?\s*[\d一二三四五六七八九十]{0,3}$/

/** Cuts the folded text into lines and says of each what it is: prose that may command, a row of a table, or the frame around it. `source` is the text as it came. */
export function lines(text: string, marked: (line: string) => boolean, source: string): { lines: Line[]; tables: Table[] } {
  const all: Line[] = []
  let at = 0
  while (at < text.length) {
    const nl = text.indexOf('\n', at)
    const end = nl < 0 ? text.length : nl + 1
    let from = at
    let to = nl < 0 ? end : nl
    while (from < to && blank(text[from])) from++
    while (to > from && blank(text[to - 1])) to--
    all.push({ start: at, end, from, to, role: from === to ? 'blank' : 'prose' })
    at = end
  }
  const tables = tablesOf(all, text, source)
  label(text, all, marked)
  return { lines: all, tables }
}

const blank = (c: string | undefined) => c === ' ' || c === '\t' || c === '\r' || c === '\ufeff'

function label(text: string, all: Line[], marked: (line: string) => boolean): void {
  const filled = all.filter((l) => l.role === 'prose')
  const body = (l: Line) => text.slice(l.from, l.to)
  for (const [i, l] of filled.entries()) framed(l, body(l), i, filled.length)
  const rest = filled.filter((l) => l.role === 'prose' || l.role === 'meta')
  let opening = true
  rest.forEach((l, i) => {
    const s = body(l)
    if (l.role === 'meta') return
    if (opening && i < 4 && !marked(s) && s.length <= 50 && !terminal.test(s) && !/[。；]/.test(s)) l.role = 'title'
    else if (i < 6 && !marked(s) && s.length <= 80 && /[：]$/.test(s) && (greeting(s) || rest[i - 1]?.role === 'title'))
      l.role = greeting(s) || addressed(s) ? 'salutation' : 'prose'
    if (l.role === 'prose') opening = false
  })
  signatures(filled, body, marked)
  attachments(filled, body)
  closing(filled, body, marked)
}

/** What a line is by its own words, wherever a paper has it. */
function framed(l: Line, s: string, i: number, of: number): void {
  if (page.test(s)) l.role = 'page'
  else if (copies.test(s) || (copiesAtFoot.test(s) && i > of - 6)) l.role = 'copies'
  else if (numberLine.test(s) && s.length <= 60) l.role = 'number'
  else if (imprint.test(s) && s.length <= 60) l.role = 'imprint'
  else if (i < 4 && letterhead.test(s)) l.role = 'head'
  else if (i < 4 && stamp.test(s)) l.role = 'meta'
  else if (i > 2 && annex.test(s)) l.role = 'annex'
  else if (metaLabel.test(s)) l.role = 'meta'
}

const greeting = (s: string) =>
  /^(同志们|各位|各科室|各处室|各单位|各部门|各党支部|各支部|各县|各区|机关各|办机关|全办|全体|全局|市.{0,10}[办局委]|.{0,12}(党员干部|干部职工|同志|单位|科室|机构|支部|部门|中心|站))([、，和及（].{0,40})?[：！]?$/.test(
    s,
  )
/** 各省辖市人防办：, 市人防办党组：: a paper's addressees, bodies every one of them. */
const addressed = (s: string) =>
  /^[^。；！？]{2,80}：$/.test(s) &&
  s
    .slice(0, -1)
    .split(/[，、；]/)
    .every((part) =>
      /(?:办公室|[办局委厅部院校站科处室组]|中心|党组|党委|党工委|单位|机构|支部|部门|政府|公司|企业|学校|（党委）|（党组）|负责人|同志|公室）?)(?:（[^）]*）)?$/.test(
        part,
      ),
    )

/** Signatures and dates: at the end, or a signer with a date below it where an annex follows; what comes right behind is the annex's title. */
function signatures(filled: Line[], body: (l: Line) => string, marked: (line: string) => boolean): void {
  for (let i = filled.length - 1, seen = 0; i > 0 && seen < 7; i--) {
    const l = filled[i] as Line
    const s = body(l)
    if (l.role === 'meta' || l.role === 'copies' || l.role === 'imprint' || l.role === 'page' || l.role === 'attachment') continue
    seen++
    if (dateLine.test(s)) l.role = 'signature'
    else if (signer.test(s) && !marked(s) && (filled[i + 1]?.role === 'signature' || i === filled.length - 1)) l.role = 'signature'
    else break
  }
  for (let i = 3; i < filled.length - 2; i++) {
    const [l, next, behind] = [filled[i], filled[i + 1], filled[i + 2]] as [Line, Line, Line]
    if (l.role !== 'prose' || next.role !== 'prose' || !dateLine.test(body(next)) || !signer.test(body(l)) || marked(body(l))) continue
    l.role = next.role = 'signature'
    const title = behind.role === 'annex' ? filled[i + 3] : behind
    if (title?.role === 'prose' && !marked(body(title)) && body(title).length <= 50 && !terminal.test(body(title))) title.role = 'title'
  }
}

/** 附件：1.… 2.…: the list, up to the first line that is no item of it. */
function attachments(filled: Line[], body: (l: Line) => string): void {
  const from = filled.findIndex((l, i) => i > 0 && l.role === 'prose' && /^附件?\s*\d*\s*[：]/.test(body(l)))
  if (from < 0) return
  for (let i = from; i < filled.length; i++) {
    const l = filled[i] as Line
    const s = body(l)
    if (i > from && (s.length > 50 || /[。；]/.test(s) || l.role === 'signature')) break
    l.role = 'attachment'
  }
}

/** The closing appeal (同志们，…) belongs to the whole paper, not to its last heading. */
function closing(filled: Line[], body: (l: Line) => string, marked: (line: string) => boolean): void {
  const prose = filled.filter((l) => l.role === 'prose')
  const last = prose.at(-1)
  if (last && prose.length > 2 && !marked(body(last)) && /^(同志们|各位同志)[，：！]/.test(body(last))) last.role = 'closing'
}
