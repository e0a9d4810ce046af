import { branches } from './office.ts'
import { type DutyOf, halfYearly, heads, leaders, monthly, quarterly, secretaries, subordinateHeads } from './year.ts'

/**
 * What the clerk does with the speech, sentence by sentence. `at`: words of the sentence. What is named nowhere here stays open, so that
 * whoever opens the demo has something to decide.
 */
type Sentence = DutyOf & { at: string; due: string | null }
const carried = (
  at: string,
  key: string,
  title: string,
  kind: DutyOf['kind'],
  rrule: string | null,
  holders: readonly string[],
  measure: string | null,
  ...says: readonly string[]
): Sentence => ({ at, key, title, kind, rrule, holders, measure, says, due: null })
const once = (
  due: string,
  ...rest: [at: string, key: string, title: string, kind: DutyOf['kind'], holders: readonly string[], ...says: string[]]
): Sentence => {
  const [at, key, title, kind, holders, ...says] = rest
  return { ...carried(at, key, title, kind, null, holders, null, ...says), due }
}

/** Carried: they become duties. `due` is month and day of the speech's year. */
export const accepted: readonly Sentence[] = [
  carried(
    '每半年专题研究一次',
    'group.study',
    '党组专题研究党风廉政建设',
    'principal',
    halfYearly,
    ['group.secretary'],
    '每半年 1 次，写进纪要',
    '主持党组会专题研究党风廉政建设，形成纪要，定 {4-7} 条',
  ),
  carried(
    '每季度约谈一次班子成员',
    'first.lead',
    '约谈班子成员',
    'first',
    quarterly,
    ['office.director'],
    '每季度 1 次',
    '分别约谈班子成员，提醒分管领域 {2-4} 个风险点',
  ),
  carried(
    '听一次廉政情况汇报',
    'dual.report',
    '听取分管单位廉政情况汇报',
    'dual',
    quarterly,
    leaders,
    '每季度 1 次，有记录',
    '听取分管单位{期}廉政情况汇报，当面提醒 {1-3} 个问题',
    '到分管单位听汇报，翻看台账，指出 {1-2} 处不实',
  ),
  carried(
    '主要负责人谈一次话',
    'dual.talk',
    '与分管单位主要负责人谈话',
    'dual',
    halfYearly,
    leaders,
    '每半年 1 次',
    '与分管单位主要负责人逐个谈话，{3-5} 人',
  ),
  once(
    '03-31',
    '廉政风险点重新排一遍',
    'heads.risks',
    '重排廉政风险点，定人定措施',
    'task',
    heads,
    '风险点重排完毕，{6-14} 个，逐项定了人和措施',
    '组织全科排查风险点 {5-10} 个，新增 {1-2} 个',
  ),
  carried(
    '每月到重点项目现场核查',
    'works.site',
    '重点项目现场核查',
    'task',
    monthly,
    ['works.head'],
    '每月核查记录，当天留存',
    '{期}到两个重点项目现场核查，量了 {3-6} 处，记录当天归档',
    '现场核查{期}进度和签证，发现 {1-2} 处对不上，已要求说明',
  ),
  carried(
    '随机抽查在建工程',
    'quality.checks',
    '随机抽查在建工程',
    'task',
    monthly,
    ['quality.head'],
    '每月抽查，当月公开',
    '{期}抽到 {2-4} 个在建工程，检查结果已公开',
    '{期}随机抽查，责令整改 {1-3} 处',
  ),
  carried(
    '减免事项逐件复核',
    'permits.review',
    '易地建设费减免逐件复核',
    'task',
    quarterly,
    ['permits.review'],
    '逐件复核，有签字',
    '逐件复核',
  ),
  carried(
    '核对一次大额资金支付',
    'finance.payments',
    '大额资金支付核对',
    'task',
    monthly,
    ['finance.head'],
    '每月核对 1 次',
    '核对{期}大额支付 {3-8} 笔，审批手续齐全',
    '{期}大额支付核对完毕，{1-2} 笔补了会议纪要编号',
  ),
  once(
    '04-15',
    '分工列成单子',
    'branch.division',
    '支部委员责任分工单',
    'branch',
    secretaries,
    '分工单列好，{3-5} 类 {8-14} 项，送机关党委',
  ),
  carried(
    '每月组织一次主题党日',
    'branch.day',
    '组织主题党日',
    'branch',
    monthly,
    secretaries,
    '每月 1 次',
    '{期}主题党日，{9-15} 人参加，重温誓词、学习通报',
    '{期}主题党日到社区宣讲防空知识，{8-12} 人参加',
    '{期}主题党日，观看警示教育片并讨论',
  ),
  carried(
    '每季度开展一次提醒谈话',
    'branch.remind',
    '开展提醒谈话',
    'branch',
    quarterly,
    branches.slice(0, 3).map((unit) => `${unit}.discipline`),
    '每季度 1 次，只记日期',
    '与 {2-4} 名党员谈话提醒',
  ),
  carried(
    '每半年检查一次支部工作',
    'committee.check',
    '检查支部工作，年底民主评议',
    'branch',
    halfYearly,
    ['committee.deputy'],
    '每半年 1 次',
    '检查九个支部半年工作，反馈问题 {4-8} 条',
  ),
  carried(
    '反馈一次监督情况',
    'discipline.report',
    '向党组反馈监督情况',
    'supervision',
    quarterly,
    ['discipline.head'],
    '每季度 1 次',
    '向党组反馈{期}监督情况，提出建议 {2-4} 条',
  ),
  once(
    '06-30',
    '任职年限摸底',
    'personnel.tenure',
    '重点岗位任职年限摸底',
    'task',
    ['personnel.head'],
    '摸底完成，{4-7} 人任职超过五年，提出轮岗建议',
  ),
  carried(
    '抽查一次在岗情况',
    'general.presence',
    '抽查在岗情况并通报',
    'task',
    monthly,
    ['general.head'],
    '每月抽查 1 次，办内通报',
    '{期}抽查在岗 {4-6} 个科室，通报 {1-2} 人次',
  ),
  carried(
    '单独建立考勤登记',
    'subordinates.attendance',
    '单独考勤登记并报核',
    'task',
    monthly,
    subordinateHeads,
    '每月 5 日前报上月登记',
    '{期}考勤登记 {6-20} 人，请假 {1-4} 人次，已送综合科核对',
    '{期}考勤登记核对无误，外出都有登记',
  ),
  carried(
    '公务用车和公务接待',
    'service.open',
    '公开公务用车和公务接待情况',
    'task',
    quarterly,
    ['service.head'],
    '每季度公开 1 次',
    '{期}用车 {40-70} 次、接待 {1-3} 批次，已在公开栏公开',
  ),
  carried(
    '编发一期以案促改材料',
    'law.cases',
    '编发以案促改材料',
    'task',
    quarterly,
    ['law.head'],
    '每季度 1 期',
    '编发{期}以案促改材料一期，选了 {2-3} 个同行案例',
  ),
]

/** One sentence that belongs to the one before it. */
export const merged: readonly { at: string; into: string }[] = [
  { at: '报机关党委备案', into: '分工列成单子' },
  { at: '每月报综合科核对', into: '单独建立考勤登记' },
]

/** Read as a command, and none: the first that are found, with the clerk's reason. */
export const aside: readonly { at: string; reason: string }[] = [
  { at: '支部不是开会的架子', reason: '这是讲道理，没有提出要做的事' },
  { at: '也不是挂名的头衔', reason: '同上一句，已由分工单承接' },
  { at: '路要一步一步走', reason: '结束语，是比喻，不是要求' },
  { at: '习惯在监督下干事', reason: '对全体的原则要求，列入承诺书，不单独派任务' },
  { at: '管好家属和身边工作人员', reason: '列入廉洁从政承诺书，年底对照自查，不单独派任务' },
]

/** Problems that were taken up to be put right: by whom, by which day of the year, and what was done. */
export const findings: readonly { at: string; title: string; post: string; due: string; says: string }[] = [
  {
    at: '少数项目现场核查走过场',
    title: '现场核查走过场、资料事后补',
    post: 'works.head',
    due: '03-31',
    says: '修订核查表，改为现场填、双人签，抽查 {3-5} 份合格',
  },
  {
    at: '考勤登记不规范',
    title: '直属单位考勤登记不规范',
    post: 'personnel.head',
    due: '04-30',
    says: '五个直属单位换用统一登记表，连续两个月核对无缺项',
  },
]
