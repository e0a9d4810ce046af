import { announcing } from './modals.ts'
import type { Mode } from './runs.ts'
import type { Node } from './sections.ts'

const review =
  /^(?:上半年|上年度?|去年|前三季度|一年来|半年来|今年以来|过去一年|上一年度?|第?[一二三四]季度|\d{4}年(?:上半年)?)[^，]{0,4}(?:工作|情况)$|回顾|工作总结|年度?总结|成效|成绩|取得|完成情况|开展情况|工作情况|基本情况|总体情况|主要做法|基本做法|特点|亮点|现状|概况|所做/
const problem =
  /(?:存在|突出|主要|反馈|具体|查摆|发现|检查出|共性|个性)[^，]{0,6}(?:问题|不足|短板|差距|现象)|^(?:问题|不足|短板|差距|薄弱环节)|(?:问题|不足|差距|短板)$|问题(?:表现|清单)$|治理重点|整治重点/
const problemNot =
  /^(?:全面|深入|认真|扎实|着力|切实|逐项)*(?:查摆|查找|排查|整治|纠|聚焦|梳理|紧盯)|整改|措施|解决|纠正|对策|改进|要求|任务|安排|处理|关于/
const plain =
  /^重点内容$|指导思想|总体目标|工作目标|主要目标|总体思路|基本原则|背景|意义|范围|对象$|人员$|(?:时间|地点|方式)(?:安排|和人员|及人员)?$|(?:检查|排查|自查|治理|整治|巡查|抽查|测试|考试|培训|学习|报送|督查|考核|测评|公开|清理)内容$|依据|说明|附则|组织机构|领导机构|定义|适用/
const task = /打算|要求|安排|措施|任务|打算|计划|部署|举措|步骤|做法|纪律|职责|责任|分工|重点工作|保障|下一?步|下阶段|整改|意见/

/** Words of task that also head reports and complaints (责任落实方面); they give way to what stands above them. */
const faint = (title: string) => !/打算|要求|措施|任务|计划|部署|下一?步|下阶段|整改|安排|意见|举措/.test(title)

/** A heading that is itself an order (确保取得实效, 突出问题导向) says nothing of the kind. */
const bids =
  /^(?:不断|切实|进一步|着力|努力|力争|力求|确保|推动|提升|提高|增强|巩固|强化|加强|深化|扩大|压实|抓|务|坚持|做|以|把|要|突出|聚焦|全面|深入|持续|扎实|严格|严肃|狠抓|树|筑|扛|守|建|健全|完善|认清|统一|注重|围绕|紧盯|保持|坚决|从严|用好|充分(?!肯定))/

/** What a heading says about the sentences under it; null when nothing. */
export function modeOfHeading(title: string): Mode | null {
  if (bids.test(title)) return null
  if (/原因/.test(title) && !/整改|措施/.test(title)) return 'plain'
  if (/^(?:总体|基本)(?:要求|思路|目标|原则)|^(?:整改|工作|治理|排查|创建|检查|考核)(?:的)?(?:原则|目标|思路)$|^指导思想/.test(title))
    return 'plain'
  if (problem.test(title) && !problemNot.test(title)) return 'problem'
  if (task.test(title) && !/^上年|回顾|情况$/.test(title)) return 'task'
  if (review.test(title)) return 'review'
  if (plain.test(title)) return 'plain'
  return null
}

/** A paper that looks back as a whole: there a verb without a modal tells what was done, until a heading says otherwise. */
export const looksBack = (title: string): boolean =>
  /总结|述职|述责|述廉|(?:情况|工作)的?(?:报告|汇报|小结)|自查报告/.test(title) && !/通知|方案|要点|意见|讲话|会上|发言|提纲/.test(title)

/** What a sentence that ends in a colon, or announces a list, says about the items that follow. */
export function modeOfLead(sentence: string): Mode | null {
  const blames = /(?:存在|还有|仍有|也有)[^，。；]{0,16}(?:问题|不足|短板|差距|薄弱环节)[：。]?$|(?:主要)?表现[在为][：，]?$/.test(sentence)
  const opens = /[：，]$/.test(sentence) || announcing.test(sentence)
  if (!opens && !blames) return null
  if (
    blames ||
    (/(?:问题|不足|短板|差距|现象|薄弱环节|表现)[^，。；]{0,8}[：。，]?$/.test(sentence) &&
      !/整改|措施|要求(?!.*问题)|任务|通知|方案|意见/.test(sentence))
  )
    return 'problem'
  if (/(?:做了|开展了|完成了|抓了|采取了|主要做法|成效|成绩|工作情况|取得)[^，。；]{0,16}[：。]$/.test(sentence)) return 'review'
  if (/(?:任务|工作|要求|措施|做到|抓好|做好|希望|意见|分工|明确|提醒|通知|安排)[^，。；]{0,10}[：。]$/.test(sentence)) return 'task'
  return null
}

/** The mode that the headings above a leaf set, the nearest first; directions written as prose (一要, 一是) set none. */
export function headingMode(leaf: Node, leads: Map<Node | null, Mode>): Mode | null {
  let near: Mode | null = null
  for (let n: Node | null = leaf; n; n = n.parent) {
    const heads = n.end - n.textStart > n.title.length + 4
    const mode = n.mark && !n.mark.inline && heads && n.title.length <= 24 ? modeOfHeading(n.title) : null
    if (mode && !(mode === 'task' && faint(n.title))) return near && mode === 'task' ? near : mode
    near ??= mode
    const lead = n.mark ? leads.get(n.parent) : null
    if (lead) return lead
  }
  return near
}
