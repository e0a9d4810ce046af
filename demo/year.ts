import { branches, departments, subordinates } from './office.ts'

/** What the office answers for in a year, and how its people write down that it was done. `{a-b}` is a number, `{期}` the period. */
export type DutyOf = {
  key: string
  title: string
  kind: 'principal' | 'first' | 'dual' | 'supervision' | 'branch' | 'task'
  rrule: string | null
  /** Keys of posts; or one holder a person of the ordinary staff, in their branch or in their own unit. */
  holders: readonly string[] | 'staff in branch' | 'staff in unit'
  measure: string | null
  says: readonly string[]
}

export const monthly = 'FREQ=MONTHLY'
export const quarterly = 'FREQ=MONTHLY;INTERVAL=3'
export const halfYearly = 'FREQ=MONTHLY;INTERVAL=6'
const yearly = 'FREQ=YEARLY'

export const heads = [...departments, ...subordinates].map((unit) => `${unit}.head`)
export const subordinateHeads = subordinates.map((unit) => `${unit}.head`)
export const secretaries = branches.map((unit) => `${unit}.secretary`)
export const leaders = ['leaders.deputy1', 'leaders.deputy2', 'leaders.engineer']
const director = ['office.director']

const duty = (
  key: string,
  title: string,
  kind: DutyOf['kind'],
  rrule: string,
  holders: DutyOf['holders'],
  measure: string,
  ...says: readonly string[]
): DutyOf => ({ key, title, kind, rrule, holders, measure, says })

/** The standing list of the year, written down in its first days; what the speech adds comes on top of it (paper.ts). */
export const standing: readonly DutyOf[] = [
  duty(
    'first.deploy',
    '重要工作亲自部署',
    'first',
    quarterly,
    director,
    '每季度部署记录 1 条',
    '主持党组会，部署{期}党风廉政重点工作，定下 {3-6} 项任务和责任人',
    '在全办干部会上部署{期}作风建设，逐项点到科室',
  ),
  duty(
    'first.ask',
    '重大问题亲自过问',
    'first',
    quarterly,
    director,
    '每季度过问记录 1 条',
    '听取审批科易地建设费减免情况，当场问了 {2-5} 个项目的依据',
    '过问重点项目设计变更，要求工程科三天内补充说明',
  ),
  duty(
    'first.coordinate',
    '重点环节亲自协调',
    'first',
    quarterly,
    director,
    '每季度协调记录 1 条',
    '召集工程科、财务科、质监站，协调重点项目验收和付款衔接',
    '协调窗口进驻和材料流转，减掉 {2-4} 个环节',
  ),
  duty(
    'first.case',
    '重要案件亲自督办',
    'first',
    halfYearly,
    director,
    '每半年督办记录 1 条',
    '与纪检组会商信访件办理进度，明确时限，不涉及内容',
    '听取纪检组关于监督检查发现问题的办理情况',
  ),
  duty(
    'dual.together',
    '分管业务与廉政同部署同检查',
    'dual',
    halfYearly,
    leaders,
    '每半年 1 次，有记录',
    '到分管单位检查半年业务，一并检查廉政风险防控 {4-9} 项',
    '召集分管单位负责人，业务和廉政任务一起下达',
  ),
  duty(
    'heads.meeting',
    '科务会同步安排检查廉政工作',
    'dual',
    monthly,
    heads,
    '每月科务会记录 1 条',
    '召开{期}科务会，安排业务的同时点评上月作风，提醒 {1-3} 件事',
    '{期}科务会：学习一篇通报，逐人对照岗位风险',
    '{期}例会，检查上月清单完成情况，布置本月 {2-5} 项',
  ),
  duty(
    'general.dispatch',
    '编发月度督办清单',
    'task',
    monthly,
    ['general.deputy'],
    '每月清单 1 份',
    '编发{期}督办清单，列 {8-16} 项，催办 {1-4} 项',
  ),
  duty(
    'works.changes',
    '设计变更登记核对',
    'task',
    monthly,
    ['works.deputy'],
    '每月核对记录 1 条',
    '核对{期}设计变更登记 {2-7} 份，签字齐全',
    '核对{期}变更单，退回 {1-2} 份补手续',
  ),
  duty(
    'permits.window',
    '窗口办件回访',
    'task',
    quarterly,
    ['permits.head'],
    '每季度回访 20 件',
    '电话回访{期}办件 {20-26} 件，反映等候时间长的 {1-3} 件已改进',
  ),
  duty(
    'finance.contracts',
    '合同履约与付款台账核对',
    'task',
    quarterly,
    ['finance.head'],
    '每季度核对 1 次',
    '核对{期}合同 {9-18} 份，付款与进度一致',
  ),
  duty(
    'stores.count',
    '固定资产账实核对',
    'task',
    monthly,
    ['stores.head'],
    '每月盘点记录 1 条',
    '{期}盘点办公资产 {30-60} 件，账实相符',
    '{期}抽盘 {20-40} 件，{1-2} 件标签脱落已补',
  ),
  duty(
    'command.purchase',
    '采购项目廉政风险自查',
    'task',
    monthly,
    ['command.head'],
    '每月自查记录 1 条',
    '自查{期}采购 {1-4} 项，询价记录齐全',
    '{期}采购自查，供应商回避声明都已归档',
  ),
  duty(
    'signals.upkeep',
    '运维合同与付款核对',
    'task',
    quarterly,
    ['signals.head'],
    '每季度核对 1 次',
    '核对{期}运维服务单 {6-12} 张，与合同一致',
  ),
  duty(
    'civil.lease',
    '平时使用工程租赁台账核对',
    'task',
    quarterly,
    ['civil.head'],
    '每季度核对 1 次',
    '核对{期}租赁合同 {5-9} 份，租金到账与台账一致',
  ),
  duty(
    'personnel.talks',
    '汇总谈心谈话台账',
    'task',
    quarterly,
    ['personnel.head'],
    '每季度汇总 1 次',
    '汇总{期}谈心谈话次数，只记人次和日期，不记内容',
  ),
  duty(
    'quality.rotation',
    '监督人员轮换安排公示',
    'task',
    quarterly,
    ['quality.deputy'],
    '每季度公示 1 次',
    '公示{期}监督人员分组，{2-4} 人换了片区',
  ),
  duty('teaching.short', '制作廉政微课', 'task', quarterly, ['teaching.head'], '每季度 1 期', '完成{期}廉政微课一期，时长 {6-9} 分钟'),
  duty(
    'branch.meeting',
    '召开支部党员大会',
    'branch',
    quarterly,
    secretaries,
    '每季度 1 次',
    '召开{期}支部党员大会，到会 {9-14} 人，学习党纪条例并讨论',
    '{期}党员大会，通报支部工作，表决 {1-2} 项',
  ),
  duty('branch.lecture', '书记讲廉政党课', 'branch', yearly, secretaries, '每年 1 次', '讲廉政党课《手里的章有多重》，{10-15} 人听课'),
  duty('branch.life', '召开组织生活会', 'branch', yearly, secretaries, '每年 1 次', '召开组织生活会，逐人谈问题，列出改进 {5-9} 条'),
  duty(
    'branch.roll',
    '党费和党员名册核对',
    'branch',
    quarterly,
    ['branch1', 'branch2', 'branch3'].map((unit) => `${unit}.organisation`),
    '每季度核对 1 次',
    '核对{期}党费收缴和名册，无差错',
  ),
  duty(
    'discipline.posts',
    '重点岗位监督抽查',
    'supervision',
    monthly,
    ['discipline.deputy'],
    '每月抽查 1 次',
    '{期}到审批、采购岗位抽查 {3-6} 份卷宗，当场反馈',
    '{期}列席科务会 {1-3} 次，查看清单落实情况',
  ),
  duty(
    'staff.study',
    '参加廉政学习例会',
    'branch',
    quarterly,
    'staff in branch',
    '每季度 1 次',
    '支部廉政学习例会，书记领学处分条例，{2-4} 人发言',
    '支部学习例会，看警示教育片，分组讨论',
  ),
  duty('staff.pledge', '对照承诺书自查', 'task', yearly, 'staff in unit', '每年 1 次', '对照廉洁从政承诺逐条自查，写了半页，交科长'),
]

/** 督办件: short tasks that come up during the year. A unit's head has about three weeks for each. */
export const errands: readonly { post: string; title: string; says: string }[] = [
  { post: 'works.head', title: '补齐重点项目二期签证资料', says: '签证资料 {6-9} 份已补齐，监理签字' },
  { post: 'quality.head', title: '答复市民反映的渗水问题', says: '现场看过，已书面答复并约定回访' },
  { post: 'general.head', title: '核对借调人员考勤', says: '借调人员 {3-6} 人考勤核对完，送人事科' },
  { post: 'permits.head', title: '清理超期未领的办件', says: '通知到 {4-8} 户，已领 {2-4} 件，其余邮寄' },
  { post: 'stores.head', title: '处置报废办公设备', says: '报废设备 {5-12} 件按程序处置，收据入账' },
  { post: 'service.head', title: '整改公务用车登记缺项', says: '补登 {3-7} 次用车，改用统一表格' },
  { post: 'law.head', title: '更新政务公开栏目', says: '更新 {4-8} 条，撤下过期文件 {2-5} 份' },
  { post: 'finance.head', title: '说明两笔跨年付款', says: '写出说明，附合同和验收单，送党组会' },
  { post: 'civil.head', title: '核查一处工程转租情况', says: '到现场核对，承租人与合同一致' },
  { post: 'command.head', title: '补充采购询价记录', says: '补充 {2-3} 家询价记录，装订归档' },
  { post: 'signals.head', title: '清点外借设备', says: '外借设备全部收回，登记销号' },
  { post: 'teaching.head', title: '修订宣传品领用办法', says: '办法改完，领用须两人签字' },
  { post: 'personnel.head', title: '汇总年休假执行情况', says: '汇总完毕，提醒 {3-6} 人补休' },
]

/** What is on in these days: the first is overdue, the rest is due at once. They are open, so nobody has written down yet what came of them. */
export const urgent: typeof errands = [
  { post: 'works.head', title: '说明变更单编号跳号', says: '' },
  { post: 'general.head', title: '回收各科室督办反馈', says: '' },
  { post: 'works.head', title: '送审重点项目结算资料', says: '' },
  { post: 'permits.head', title: '答复窗口差评一件', says: '' },
  { post: 'finance.head', title: '补齐付款审批会签', says: '' },
  { post: 'service.head', title: '公开食堂采购比价结果', says: '' },
  { post: 'quality.head', title: '复查整改未闭合的工地', says: '' },
  { post: 'law.head', title: '报送普法台账', says: '' },
  { post: 'civil.head', title: '催收一处工程租金', says: '' },
  { post: 'personnel.head', title: '更新借调人员名单', says: '' },
  { post: 'signals.head', title: '报备机房维保单位更换', says: '' },
  { post: 'teaching.head', title: '核对讲解员报酬发放', says: '' },
]
