import { describe, expect, it } from 'vitest'
import { dayIn } from './frame.ts'
import { propose } from './index.ts'

const frame = (text: string, source?: 'own' | 'superior') => propose(text, { date: '2026-03-01', ...(source ? { source } : {}) }).frame

describe('the frame of a paper', () => {
  it('is told apart from what it orders, each line by its place', () => {
    const text =
      '示例市人防办文件\n示人防办〔2026〕9号\n关于报送清单的通知\n各科室：\n请各科室3月底前报送清单。\n附件：1.清单样式\n2.填表说明\n示例市人防办\n二〇二六年三月一日\n抄送：纪检组。\n— 1 —'
    const read = propose(text, { date: '2026-03-01' })
    expect(read.proposals.map((p) => p.text)).toEqual(['请各科室3月底前报送清单。'])
    expect(read.frame).toMatchObject({
      title: '关于报送清单的通知',
      number: '示人防办〔2026〕9号',
      issuer: '示例市人防办',
      issuedOn: '2026-03-01',
      addressees: ['各科室'],
      copies: ['纪检组'],
      attachments: [{ title: '清单样式' }, { title: '填表说明' }],
      source: 'own',
    })
    expect(read.frame.parts.map((p) => [p.role, text.slice(p.start, p.end)])).toEqual([
      ['letterhead', '示例市人防办文件'],
      ['number', '示人防办〔2026〕9号'],
      ['title', '关于报送清单的通知'],
      ['addressees', '各科室：'],
      ['attachments', '附件：1.清单样式'],
      ['attachments', '2.填表说明'],
      ['signature', '示例市人防办'],
      ['signature', '二〇二六年三月一日'],
      ['copies', '抄送：纪检组。'],
      ['page', '— 1 —'],
    ])
  })
  it.each([
    ['各市人防办：', 'superior'],
    ['市直各单位：', 'superior'],
    ['市人防办党组：', 'superior'],
    ['各科室、各二级机构：', 'own'],
    ['同志们：', null],
  ])('addressed to %s it comes from %s', (to, source) => {
    expect(frame(`关于某事的通知\n${to}\n请认真落实。`).source).toBe(source)
  })
  it('in a superior’s paper those addressed are this office, and its writer is not', () => {
    const of = (source: 'own' | 'superior') =>
      propose('各市人防办要在4月底前报送情况。我办将组织抽查。', { date: '2026-03-01', source }).proposals.map((p) => [
        p.text,
        p.holders[0]?.role,
      ])
    expect(of('superior')).toEqual([['各市人防办要在4月底前报送情况。', 'body']])
    expect(of('own').length).toBeGreaterThan(1)
  })
  it('the day by which an answer is asked for', () => {
    expect(frame('各市人防办：\n请于3月20日前将自查报告报送我办。', 'superior').reply).toMatchObject({ day: '2026-03-20' })
    expect(frame('各科室：\n请于3月20日前将自查报告报送综合科。').reply).toBeNull()
  })
  it('a mark of secrecy is told', () => {
    expect(frame('机密★3年\n关于某事的通知\n各科室：\n请认真落实。').secrecy).toBe('机密★3年')
  })
  it('days as papers write them', () => {
    expect([dayIn('二〇二六年三月一日'), dayIn('2026年3月1日印发'), dayIn('2026年2月30日'), dayIn('2026年')]).toEqual([
      '2026-03-01',
      '2026-03-01',
      null,
      null,
    ])
  })
})

describe('minutes', () => {
  const minutes = (said: string) => propose(`党组会议纪要\n3月1日，党组书记主持召开党组会议。\n${said}`, { date: '2026-03-01' }).proposals
  it.each([
    ['会议指出，人防工程关系群众安全，任何时候都不能放松。', []],
    ['会议认为，要深刻认识形势，切实增强责任感。', []],
    ['会议指出，综合科要每月督查一次。', ['综合科']],
    ['会议要求，各科室要严格请假制度。', ['各科室']],
    ['会议强调，要持续纠治“四风”。', ['本单位']],
    ['会议决定，由工程科牵头开展排查。', ['工程科']],
    ['会议明确，综合科负责督办。', ['综合科']],
  ])('%s', (said, holders) => {
    expect(minutes(said).map((p) => p.holders[0]?.name)).toEqual(holders)
  })
  it('say which body met, and what it said', () => {
    expect(frame('党组会议纪要\n会议要求，综合科要办好。').meeting).toBe('党组会')
    expect(minutes('会议要求，综合科要办好。')[0]?.why.find((w) => w.rule === 'speaker.meeting')?.words).toBe('会议要求')
  })
})
