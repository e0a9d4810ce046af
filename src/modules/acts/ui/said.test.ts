import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, isDay } from '#kernel/calendar/index.ts'
import { namedIn, readSaid } from './said.ts'

/** Tuesday 24 November 2026. */
const today = '2026-11-24'

describe('the day', () => {
  it.each([
    ['今天开会', '2026-11-24'],
    ['昨天开会', '2026-11-23'],
    ['前天 走访', '2026-11-22'],
    ['大前天走访', '2026-11-21'],
    ['3天前到工地', '2026-11-21'],
    ['两天前到工地', '2026-11-22'],
    ['11月20日 学习例会', '2026-11-20'],
    ['11月20 学习例会', '2026-11-20'],
    ['十一月二十日学习例会', '2026-11-20'],
    ['11月20号学习例会', '2026-11-20'],
    ['12月30日谈心谈话', '2025-12-30'],
    ['去年11月20日谈心谈话', '2025-11-20'],
    ['2026年3月1日谈心谈话', '2026-03-01'],
    ['2026-03-01 谈心谈话', '2026-03-01'],
    ['11/20 谈心谈话', '2026-11-20'],
    ['20日谈心谈话', '2026-11-20'],
    ['28号谈心谈话', '2026-10-28'],
    ['上月5日谈心谈话', '2026-10-05'],
    ['周三学习例会', '2026-11-18'],
    ['周二学习例会', '2026-11-24'],
    ['上周三学习例会', '2026-11-18'],
    ['本周一学习例会', '2026-11-23'],
    ['星期日值班', '2026-11-22'],
    ['支部学习例会，昨天', '2026-11-23'],
    ['和陈小禾昨天谈话，提出3点意见', '2026-11-23'],
    ['yesterday: study session', '2026-11-23'],
    ['met the station today', '2026-11-24'],
    ['the day before yesterday, site visit', '2026-11-22'],
    ['on Nov 20 site visit', '2026-11-20'],
    ['20 November site visit', '2026-11-20'],
    ['site visit on Friday', '2026-11-20'],
    ['last Tuesday site visit', '2026-11-17'],
    ['3 days ago, site visit', '2026-11-21'],
    ['last night on watch', '2026-11-23'],
    ['明天开会', '2026-11-25'],
  ])('%s is on %s', (line, day) => {
    expect(readSaid(line, today)).toMatchObject({ day, dayNamed: true })
  })

  it.each([
    '主持学习例会',
    '督促12月1日前报送台账',
    '通报9月30日以前的问题',
    '检查自11月1日起的值班记录',
    '到3号楼检查',
    '印发第20号文件',
    '提出3点意见',
    '会议开了2小时',
    '学习11月的通报',
    'prepared the report due Monday deadline',
  ])('%s names none: today', (line) => {
    expect(readSaid(line, today)).toMatchObject({ day: today, dayNamed: false, time: null, what: line })
  })

  it('a day that does not exist is not read', () => {
    expect(readSaid('2月30日学习例会', today).dayNamed).toBe(false)
  })
})

describe('the hour', () => {
  it.each([
    ['今天下午3点开会', '15:00', '开会'],
    ['今天下午三点半开会', '15:30', '开会'],
    ['上午10点20分 开会', '10:20', '开会'],
    ['昨天晚上八点 值班', '20:00', '值班'],
    ['中午12点碰头', '12:00', '碰头'],
    ['中午1点碰头', '13:00', '碰头'],
    ['3点开会', '15:00', '开会'],
    ['9点开会', '09:00', '开会'],
    ['14:30 开会', '14:30', '开会'],
    ['今晚7点值班', '19:00', '值班'],
    ['yesterday at 3pm, site visit', '15:00', 'site visit'],
    ['today 9:30 am study', '09:30', 'study'],
    ['site visit yesterday afternoon at 2', null, 'site visit yesterday afternoon at 2'],
  ])('%s', (line, time, what) => {
    expect(readSaid(line, today)).toMatchObject({ time, what })
  })

  it.each([
    ['今天下午 支部学习例会', 'afternoon', '下午支部学习例会'],
    ['昨晚在岗值班', 'evening', '晚上在岗值班'],
    ['this morning study session', 'morning', 'morning study session'],
    ['支部学习例会，昨天上午', 'morning', '支部学习例会，上午'],
  ])('%s: without an hour the part of the day stays in the text', (line, part, what) => {
    expect(readSaid(line, today)).toMatchObject({ time: null, part, what })
  })
})

describe('the text', () => {
  it.each([
    ['今天，主持支部学习例会', '主持支部学习例会'],
    ['昨天的支部学习例会', '支部学习例会'],
    ['支部学习例会，11月20日。', '支部学习例会'],
    ['和陈小禾昨天谈话', '和陈小禾昨天谈话'],
    ['今天', ''],
  ])('%s → %s', (line, what) => {
    expect(readSaid(line, today).what).toBe(what)
  })

  it('always gives a day that exists and a time of the day, and never makes text up', () => {
    const words = fc.constantFrom(
      '今天',
      '昨天',
      '周三',
      '11月20日',
      '2月30日',
      '下午',
      '3点',
      '半',
      '前',
      '第',
      '号',
      '开会',
      'today',
      'on',
      'Nov 20',
      '3pm',
      ' ',
      '，',
      '9',
      '一',
    )
    fc.assert(
      fc.property(
        fc.array(fc.oneof(words, fc.string({ maxLength: 4 })), { maxLength: 8 }),
        fc.integer({ min: 0, max: 900 }),
        (parts, back) => {
          const line = parts.join('')
          const said = readSaid(line, addDays(today, -back))
          expect(isDay(said.day)).toBe(true)
          if (said.time !== null) expect(said.time).toMatch(/^([01]\d|2[0-3]):[0-5]\d$/)
          if (!said.dayNamed) expect(said.day).toBe(addDays(today, -back))
          expect([...said.what].length).toBeLessThanOrEqual([...line].length + 2)
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('who is named', () => {
  const persons = [
    { id: 'wang', name: '王建' },
    { id: 'wangye', name: '王建业' },
    { id: 'chen', name: '陈小禾' },
    { id: 'li1', name: '李明' },
    { id: 'li2', name: '李明' },
    { id: 'gao', name: '高' },
  ]
  it.each([
    ['和陈小禾、王建业谈话', ['chen', 'wangye']],
    ['王建谈话', ['wang']],
    ['王建业谈话', ['wangye']],
    ['李明参加', []],
    ['提高认识', []],
    ['开会', []],
  ])('%s', (line, ids) => {
    expect(namedIn(line, persons)).toEqual(ids)
  })
})
