/** One line of the text: `[start, end)` with its line break, `[from, to)` without break and outer blanks. */
export type Line = { start: number; end: number; from: number; to: number; role: LineRole }
export type LineRole = 'blank' | 'prose' | 'title' | 'salutation' | 'signature' | 'attachment' | 'meta' | 'closing'

const metaLabel =
  /^(时间|参加|地点|地址|主持人?|主持|出席|出席人员|列席|列席人员|参会人员|参加人员|缺席|请假|记录人?|记录|联系人|联系电话|电话|传真|邮箱|电子邮箱|监督举报电话|举报电话|监督电话|抄送|主送|印发|主题词|签发|签发人|文号|发文日期|讲话人|来源|作者|议题)\s*[：]/
const dateLine =
  /^[（]?(\d{4}|[二〇零○一三四五六七八九]{4})年\d{0,2}[一二三四五六七八九十]{0,3}月\d{0,2}[一二三四五六七八九十]{0,3}日?[）]?$/
const signer = /^[^，。；：！？]{2,30}(办公室|办|科|组|委|委员会|局|中心|党组|支部|领导小组)(（代章）)?$/
const terminal = /[。！？；：，、…]$/

/** Cuts the text into lines and says of each what it is: prose that may command, or the frame around it (title, salutation, signature, attachment list). */
export function lines(text: string, marked: (line: string) => boolean): Line[] {
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
  label(text, all, marked)
  return all
}

const blank = (c: string | undefined) => c === ' ' || c === '\t' || c === '\r' || c === '\ufeff'

function label(text: string, all: Line[], marked: (line: string) => boolean): void {
  const filled = all.filter((l) => l.role !== 'blank')
  const body = (l: Line) => text.slice(l.from, l.to)
  let opening = true
  filled.forEach((l, i) => {
    const s = body(l)
    if (metaLabel.test(s)) l.role = 'meta'
    else if (opening && i < 4 && !marked(s) && s.length <= 50 && !terminal.test(s) && !/[。；]/.test(s)) l.role = 'title'
    else if (i < 6 && !marked(s) && s.length <= 60 && /[：]$/.test(s) && (salutation(s) || filled[i - 1]?.role === 'title'))
      l.role = greeting(s) ? 'salutation' : 'prose'
    if (l.role === 'prose') opening = false
  })
  trailing(filled, body, marked)
  closing(filled, body, marked)
}

const salutation = (s: string) => greeting(s)
const greeting = (s: string) =>
  /^(同志们|各位|各科室|各处室|各单位|各部门|各党支部|各支部|各县|各区|机关各|办机关|全办|全体|全局|市.{0,10}[办局委]|.{0,12}(党员干部|干部职工|同志|单位|科室|机构|支部|部门|中心|站))([、，和及（].{0,40})?[：！]?$/.test(
    s,
  )

/** Signature, date and attachments stand at the end; read upwards until prose begins. */
function trailing(filled: Line[], body: (l: Line) => string, marked: (line: string) => boolean): void {
  for (let i = filled.length - 1; i > 0 && i > filled.length - 7; i--) {
    const l = filled[i] as Line
    const s = body(l)
    if (dateLine.test(s)) l.role = 'signature'
    else if (signer.test(s) && !marked(s) && filled[i + 1]?.role === 'signature') l.role = 'signature'
    else if (signer.test(s) && !marked(s) && i === filled.length - 1) l.role = 'signature'
    else if (l.role !== 'meta') break
  }
  const from = filled.findIndex((l, i) => i > 0 && /^附件?\s*\d*\s*[：]/.test(body(l)))
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
