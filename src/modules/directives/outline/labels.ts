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
