import { describe, expect, it } from 'vitest'
import { cadenceOf, dueOf } from './cadence.ts'
import { type Office, propose } from './index.ts'

const read = (text: string, office?: Office) => propose(text, { date: '2025-03-10', office }).proposals
const duties = (text: string) =>
  read(text)
    .filter((p) => p.type === 'duty')
    .map((p) => p.text)
const findings = (text: string) =>
  read(text)
    .filter((p) => p.type === 'finding')
    .map((p) => p.text)
const holders = (text: string) => read(text).map((p) => p.holders.map((h) => h.name).join('+'))

describe('what commands us', () => {
  it.each([
    ['各科室要在3月底前把清单细化到岗。', 1],
    ['工作时间不得饮酒。', 1],
    ['请各科室于3月21日前报送。', 1],
    ['综合科每月对照清单督查一次。', 1],
    ['希望大家抓好落实。', 1],
    ['一、重点工作\n（一）加强学习。认真落实学习例会制度，建立台账。', 1],
    ['主要问题是什么？', 0],
    ['这项工作十分重要，也很必要。', 0],
    ['管党治党是必须始终抓好的重大任务。', 0],
    ['工作纪律是职工必须遵守的行为准则。', 0],
    ['市委书记强调，各级党组织要扛起责任。', 0],
    ['《问责条例》规定：“应当予以问责。”', 0],
    ['去年，各科室认真落实制度，开展检查12次。', 0],
    ['只有守住纪律，才能走得稳。', 0],
    ['现就有关事项通知如下：', 0],
    ['认识形势要从两个方面把握。', 0],
    ['党必须始终站稳人民立场。', 0],
    ['刚才，各支部书记作了述职，大家签订了责任书。', 0],
    ['会议要求，各科室要抓紧整改。', 1],
    ['支部不是开会的架子，支委也不是挂名的头衔。', 0],
    ['路要一步一步走。', 0],
    ['总体要求是：坚持问题导向，坚决纠治四风。', 0],
    ['该提醒的提醒，该处理的处理。', 1],
    ['领导小组办公室设在综合科，负责日常协调。', 1],
    ['对隐瞒不报的，从严追责。', 1],
    ['为杜绝以上现象，制定本办法。', 0],
  ])('%s', (text, n) => {
    expect(duties(text)).toHaveLength(n)
  })
  it('one sentence for two holders makes two duties', () => {
    expect(duties('各科室要细化清单，综合科每月督查一次，结果在办内通报。')).toEqual([
      '各科室要细化清单',
      '综合科每月督查一次，结果在办内通报。',
    ])
  })
  it('our own answer behind reported words is ours', () => {
    expect(duties('市纪委全会强调，要从严治党，我们要认真贯彻落实。')).toEqual(['我们要认真贯彻落实。'])
  })
  it('forbidding is negative', () => {
    expect(read('严禁公车私用。')[0]?.polarity).toBe('negative')
    expect(read('各科室要抓好落实。')[0]?.polarity).toBe('positive')
  })
})

describe('what names a problem of ours', () => {
  it.each([
    ['有的科室清单年年照抄，到了年底才补记录。', 1],
    ['从我办情况看，少数党员干部担当意识不强。', 1],
    ['当前，少数党员干部纪律观念淡漠，有的口无遮拦。', 0],
    ['某市人防办原主任张某违规收受礼金，被开除党籍。', 0],
    ['我办没有发生严重违纪违法问题。', 0],
    ['要解决推诿扯皮的问题。', 0],
    ['二、存在问题\n1.学习不够深入。\n2.记录不完整。', 2],
  ])('%s', (text, n) => {
    expect(findings(text)).toHaveLength(n)
  })
})

describe('holders', () => {
  it('are read from the subject, in lists too', () => {
    expect(holders('纪检组、监察室要敢于监督。')).toEqual(['纪检组+监察室'])
    expect(holders('科室和直属单位负责人要主动谋划。')).toEqual(['科室负责人+直属单位负责人'])
    expect(holders('对重点项目由工程科负责跟踪。')).toEqual(['工程科'])
  })
  it('go on to a sentence that names nobody, and not beyond several', () => {
    expect(holders('各支部要加强学习。不得代学。')).toEqual(['各支部', '各支部'])
    expect(holders('各支部要加强学习，综合科要抓好督查。要形成合力。')).toEqual(['各支部', '综合科', '本单位'])
  })
  it('of a list are those of its lead-in, until an item names another', () => {
    expect(holders('综合科负责以下工作：\n1.修订考勤办法。\n2.工程科报送数据。\n3.每月通报考勤。')).toEqual(['综合科', '工程科', '综合科'])
    expect(holders('党组要负总责，一是要定期研究，二是要带头述责。')).toEqual(['党组', '党组', '党组'])
    expect(holders('一是综合科要牵头制定方案；二是建立台账。')).toEqual(['综合科', '综合科'])
    expect(holders('一是各科室要细化清单。二是要建立台账。')).toEqual(['各科室', '本单位'])
    expect(holders('主任主持召开办公会议，纪要如下：\n一、会议要求，要抓紧办理。\n二、会议要求，要严格把关。')).toEqual([
      '本单位',
      '本单位',
    ])
  })
  it('under a heading of somebody outlast another name', () => {
    expect(holders('四要落实好纪检监察的监督责任。全办党员干部要支持监督。要敢于动真碰硬。')).toEqual(['全办党员干部', '纪检监察'])
  })
  it('are not those who help, nor those whom it is about', () => {
    expect(holders('综合科牵头，财务科配合，随机抽取车辆检查。')).toEqual(['综合科'])
    expect(holders('支部书记要讲党课。对流动党员要做到底数清。')).toEqual(['支部书记', '支部书记'])
  })
  it('below several items are those of all of them', () => {
    expect(holders('（一）征收不规范\n1.逐项复核。\n2.催缴欠费。\n责任单位：审批科；完成时限：2025年9月30日\n（二）其他')).toEqual([
      '审批科',
      '审批科',
    ])
  })
  it('come from a heading that is a name, and from a label', () => {
    expect(holders('一、党组领导班子\n1.每半年听取一次汇报。')).toEqual(['党组领导班子'])
    expect(holders('1.修订资金审批办法。（责任单位：财务科；完成时限：6月底前）')).toEqual(['财务科'])
    expect(read('1.修订资金审批办法。（责任单位：财务科；完成时限：6月底前）')[0]?.due?.day).toBe('2025-06-30')
  })
  it('are matched to the office: names, aliases, groups, roles', () => {
    const office: Office = {
      units: [
        { id: 'u1', name: '指挥通信科', aliases: ['指通科'], line: 'administrative', kind: '科室' },
        { id: 'u2', name: '战备办', aliases: [], line: 'administrative', kind: '科室' },
        { id: 'u3', name: '派驻纪检监察组', aliases: [], line: 'supervision', kind: '纪检组' },
      ],
      posts: [{ id: 'p1', unitId: 'u0', name: '党组书记、主任', aliases: [], roles: ['第一责任人'] }],
    }
    const refs = (text: string) => read(text, office).map((p) => p.holders.flatMap((h) => h.refs.map((r) => r.id)))
    expect(refs('指通科要每月检修。')).toEqual([['u1']])
    expect(refs('战备办每周排班。')).toEqual([['u2']])
    expect(refs('各科室要抓好落实。')).toEqual([['u1', 'u2']])
    expect(refs('纪检监察组要全程监督。')).toEqual([['u3']])
    expect(refs('我作为第一责任人，将带头履职。')).toEqual([['p1']])
    expect(refs('通信班要抓好落实。')).toEqual([[]])
  })
  it('我 is the speaker, 我们 the body', () => {
    const office: Office = { units: [], posts: [{ id: 'p7', unitId: 'u', name: '副主任', aliases: [], roles: ['班子成员'] }] }
    expect(propose('我将带头履职。', { office, speaker: 'p7' }).proposals[0]?.holders[0]?.refs).toEqual([
      { type: 'post', id: 'p7', name: '副主任' },
    ])
    expect(read('我作为第一责任人，将严格履职。')[0]?.holders[0]?.role).toBe('speaker')
    expect(read('我们要落实责任，我办要带头。').map((p) => p.holders[0]?.name)).toEqual(['全办', '全办'])
  })
})

describe('cadence and due', () => {
  it.each([
    ['每月', 'FREQ=MONTHLY'],
    ['每季度', 'FREQ=MONTHLY;INTERVAL=3'],
    ['每半年', 'FREQ=MONTHLY;INTERVAL=6'],
    ['每年', 'FREQ=YEARLY'],
    ['每周五', 'FREQ=WEEKLY;BYDAY=FR'],
    ['每月5日前', 'FREQ=MONTHLY;BYMONTHDAY=5'],
    ['每月底', 'FREQ=MONTHLY;BYMONTHDAY=-1'],
    ['定期', null],
  ])('%s', (text, rrule) => {
    expect(cadenceOf(`综合科${text}通报一次`)).toMatchObject({ rrule })
  })
  it.each([
    ['年底前', '2025-12-31', null],
    ['6月底前', '2025-06-30', null],
    ['3月31日前', '2025-03-31', null],
    ['3月31日下班前', '2025-03-31', null],
    ['一季度内', '2025-03-31', null],
    ['上半年', '2025-06-30', null],
    ['两周内', '2025-03-24', '14d'],
    ['15个工作日内', null, '15wd'],
    ['会后一周内', '2025-03-17', '7d'],
    ['一个月内', '2025-04-10', '1m'],
    ['即日起', '2025-03-10', null],
    ['2026年2月底前', '2026-02-28', null],
    ['本周五前', '2025-03-14', null],
    ['节前', null, null],
  ])('%s', (text, day, span) => {
    expect(dueOf(`${text}完成`, '2025-03-10')).toMatchObject({ day, span })
  })
  it('a day inside a cadence, or told of the past, is no due', () => {
    expect(dueOf('每月5日前报送', '2025-03-10')).toBeNull()
    expect(dueOf('2月30日前报送', '2025-03-10')?.day).toBeNull()
    expect(dueOf('年底前完成', null)?.day).toBeNull()
  })
})
