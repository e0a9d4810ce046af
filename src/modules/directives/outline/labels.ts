/** Labels of plans and rectification tables: what they say of the text behind them. */
export type Attribute = { who: 'unit' | 'leader' | 'due'; value: string; at: number; start: number; end: number }

const names =
  '责任领导|牵头领导|分管领导|包联领导|责任人|责任单位|责任科室|责任部门|责任主体|牵头单位|牵头科室|牵头部门|主责单位|承办单位|承办科室|主办科室|完成时限|整改时限|完成时间|办理时限|时间节点|时限|配合单位|配合科室|协办单位|协办科室|配合部门'
const attribute = new RegExp(`(${names})\\s*[：|]\\s*([^；。\\n）|]{1,60}?)(?=[；。）|]|\\s{2,}|，?\\s*(?:${names})\\s*[：|]|$|\\n)`, 'g')

/** 责任单位：…；完成时限：… inside `[from, to)`; assisting units are left out. Offsets are those of the text. */
export function attributesOf(folded: string, from: number, to: number): Attribute[] {
  const out: Attribute[] = []
  for (const m of folded.slice(from, to).matchAll(attribute)) {
    const label = m[1] ?? ''
    const value = m[2] ?? ''
    const start = from + m.index
    const at = start + m[0].length - value.length
    const who = /时限|时间|节点/.test(label) ? 'due' : /领导/.test(label) ? 'leader' : 'unit'
    out.push({ who, value: /配合|协办/.test(label) ? '' : value, at, start, end: start + m[0].length })
  }
  return out
}

const problemLabel =
  /^(?:存在的?|具体|主要|反馈|查摆)?问题(?:表现|描述)?[\d一二三四五六七八九十]{0,3}[：]|^(?:表现形式|问题表现|不足之处)[：]/
const taskLabel =
  /^(?:整改|工作|防控|具体|主要|改进|落实)?(?:措施|举措|任务|要求|内容|职责)[\d一二三四五六七八九十]{0,3}[：]|^(?:重点任务|目标任务|主要任务|岗位职责|工作职责|下步打算|下一步打算)[：]/
const plainLabel =
  /^(?:整改|工作|总体)?(?:目标|依据|范围|对象|方式|时间|地点|背景|说明|备注|原因|原因分析|参加人员|参会人员|检查内容|检查方式|牵头|注)[：]/

/** A label at the start of a line, what it makes of the line, and its length. */
export function labelAt(line: string): { mode: 'problem' | 'task' | 'plain'; length: number } | null {
  for (const [mode, re] of [
    ['problem', problemLabel],
    ['task', taskLabel],
    ['plain', plainLabel],
  ] as const) {
    const m = re.exec(line)
    if (m) return { mode, length: m[0].length }
  }
  return null
}
