import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadCalendarYears } from './load.ts'
import { readCalendar } from './read.ts'

// Our own texts, in the manner of the yearly notice; the days are the public facts.
const notices: Record<number, string> = {
  2024: `关于2024年部分节假日安排的通知

各单位：
现将2024年节假日的具体安排告知如下。

一、元旦：1月1日放假，与周末连休。
二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。鼓励各单位安排职工在除夕（2月9日）休息。
三、清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。
四、劳动节：5月1日至5日放假调休，共5天。4月28日（星期日）、5月11日（星期六）上班。
五、端午节：6月10日放假，与周末连休。
六、中秋节：9月15日至17日放假调休，共3天。9月14日（星期六）上班。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。

放假期间请安排好值班。
2023年10月25日`,
  2025: `一、元旦：2025年1月1日（周三）放假1天，不调休。二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、
2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共５天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共三天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。其中10月6日（周一）放假。9月28日（周日）、10月11日（周六）上班。`,
  2026: `关于2026年部分节假日安排的通知
国办发明电〔2025〕7号
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。`,
}

const shipped = await loadCalendarYears()
const facts = join(import.meta.dirname, '../../../../shared/data/calendar')

describe('a notice in its own sentences', () => {
  test.each([2024, 2025, 2026])('%i reads as the facts that are shipped', (year) => {
    const read = readCalendar(notices[year] ?? '')
    expect(read.year).toBe(year)
    expect(read.days).toEqual(shipped.find((one) => one.year === year)?.days)
  })

  test.for([2024, 2025, 2026])('%i as shipped agrees with the shared facts, where they are there', (year, { skip }) => {
    const file = join(facts, `${year}.json`)
    if (!existsSync(file)) return skip('the shared facts are absent')
    expect(shipped.find((one) => one.year === year)).toEqual(readCalendar(readFileSync(file, 'utf8')))
  })

  test('the number of the paper is kept as its source', () =>
    expect(readCalendar(notices[2026] ?? '').papers).toEqual(['国办发明电〔2025〕7号']))

  test('spaces, wide digits, no numbering and Windows line ends do no harm', () => {
    const read = readCalendar('元旦：１月１日（周四） 至 3 日（周六）放假，共3天。\r\n春节： 2月15日-23日 放假调休。2月14日、2月28日上班', {
      year: 2026,
    })
    expect(read.days.filter((day) => day.name === '元旦')).toHaveLength(3)
    expect(read.days.filter((day) => day.name === '春节' && !day.isOffDay).map((day) => day.date)).toEqual(['2026-02-14', '2026-02-28'])
  })

  test('a New Year holiday may begin in the December before', () => {
    const read = readCalendar(
      '关于2023年部分节假日安排的通知\n一、元旦：2022年12月31日（周六）至2023年1月2日（周一）放假调休，共3天。\n二、清明节：4月5日放假，共1天。',
    )
    expect(read).toMatchObject({ year: 2023 })
    expect(read.days.map((day) => day.date)).toEqual(['2022-12-31', '2023-01-01', '2023-01-02', '2023-04-05'])
  })

  test.each([
    ['元旦：1月1日（周四），不调休，放假1天。', ['01-01']],
    ['（一）元旦。1月1日至3日放假调休，共3天，1月4日（星期日）上班。', ['01-01', '01-02', '01-03', '01-04 worked']],
    [
      '一、元旦 1月1日(星期四)到3日(星期六)休假3天\n1月4日(星期日)照常上班\n办公室\n2025年11月4日',
      ['01-01', '01-02', '01-03', '01-04 worked'],
    ],
    ['1. 2026年元旦：1月1日放假，1月2日（周五）补休。', ['01-01', '01-02']],
    ['一、元旦：1月1日至2日放假。二、节假日期间，各单位要妥善安排值班，遇有重大突发事件按规定报告。', ['01-01', '01-02']],
  ])('other ways to say it: %s', (text, wanted) => {
    const { days } = readCalendar(text, { year: 2026 })
    expect(days.map((day) => day.date.slice(5) + (day.isOffDay ? '' : ' worked'))).toEqual(wanted)
    expect(new Set(days.map((day) => day.name))).toEqual(new Set(['元旦']))
  })

  const item = (sentence: string) => `关于2026年部分节假日安排的通知\n一、元旦：1月1日放假。\n二、春节：${sentence}`
  test.each([
    ['2月15日（周一）至23日放假。', 'calendar.wrong_weekday', 'line 3'],
    ['2月15日至23日（周日）放假。', 'calendar.wrong_weekday', 'line 3'],
    ['2月15日至23日放假调休，共8天。', 'calendar.wrong_count', 'line 3'],
    ['2月17日放假2天。', 'calendar.wrong_count', 'line 3'],
    ['2月15日至23日放假。2月22日（周日）上班。', 'calendar.both', 'line 3'],
    ['2月30日放假。', 'calendar.bad_day', 'line 3'],
    ['2月23日至15日放假。', 'calendar.unread', 'line 3'],
    ['2月15日至23日。', 'calendar.unread', 'line 3'],
    ['2月15日至放假。', 'calendar.unread', 'line 3'],
    ['15日至23日放假。', 'calendar.unread', 'line 3'],
    ['2月15、16日放假。', 'calendar.unread', 'line 3'],
    ['放假，与周末连休。', 'calendar.unread', 'line 3'],
    ['2月15日不放假。', 'calendar.unread', 'line 3'],
    ['2月17日放假。2月25日上班。', 'calendar.needless', 'line 3'],
    ['2月17日放假。\n三、清明节：2月17日放假。', 'calendar.twice', 'line 4'],
    ['2028年2月17日放假。', 'calendar.wrong_year', 'line 3'],
  ])('“%s” is refused: %s', (sentence, code, at) => {
    expect(() => readCalendar(item(sentence))).toThrow(expect.objectContaining({ code, places: [{ at }] }))
  })

  test('what speaks of days off outside an item is not lost', () => {
    expect(() => readCalendar('2026年2月15日至23日放假。', { year: 2026 })).toThrow(expect.objectContaining({ code: 'calendar.unread' }))
  })

  test.each([
    ['一、元旦：1月1日（周四）放假。', undefined, 'calendar.no_year'],
    [notices[2026] ?? '', 2025, 'calendar.two_years'],
    ['关于2026年部分节假日安排的通知\n现将2025年安排如下\n一、元旦：1月1日放假。', undefined, 'calendar.two_years'],
    ['今天天气很好。', 2026, 'calendar.no_notice'],
    ['PK\u0003\u0004\u0000\u0000', 2026, 'calendar.no_notice'],
    [' \n ', 2026, 'calendar.empty'],
    ['字'.repeat(200_001), 2026, 'calendar.too_large'],
  ])('%# is refused', (text, year, code) => expect(() => readCalendar(text, { year })).toThrow(expect.objectContaining({ code })))
})

describe('a notice as JSON', () => {
  const day = { name: '元旦', date: '2026-01-01', isOffDay: true }
  const json = (change: object) => JSON.stringify({ year: 2026, papers: [], days: [day], ...change })

  test('our fields are kept, others left', () => {
    expect(readCalendar(`\uFEFF${json({ $id: 'x', days: [{ ...day, note: 1 }] })}`)).toEqual({ year: 2026, papers: [], days: [day] })
    expect(readCalendar(JSON.stringify({ days: [day] }), { year: 2026 }).year).toBe(2026)
  })

  test.each([
    ['{"year": 2026,\n "days": [}', 'calendar.not_json', 'line 2'],
    ['[]', 'calendar.bad_field', '/'],
    [json({ year: '2026' }), 'calendar.bad_field', 'year'],
    [json({ days: [] }), 'calendar.bad_field', 'days'],
    [json({ days: [null] }), 'calendar.bad_field', 'days[0]'],
    [json({ days: [day, { ...day, date: '2026-02-30' }] }), 'calendar.bad_field', 'days[1].date'],
    [json({ days: [{ ...day, isOffDay: 1 }] }), 'calendar.bad_field', 'days[0].isOffDay'],
    [json({ days: [{ ...day, name: '' }] }), 'calendar.bad_field', 'days[0].name'],
    [json({ papers: [1] }), 'calendar.bad_field', 'papers'],
    [json({ days: [day, { ...day, isOffDay: false }] }), 'calendar.both', 'days[1]'],
    [json({ days: [day, day] }), 'calendar.twice', 'days[1]'],
    [json({ year: 2025 }), '', ''],
    [json({ year: 2024 }), 'calendar.wrong_year', 'days[0]'],
  ])('%# %s', (text, code, at) => {
    if (code === '') expect(readCalendar(text).days).toHaveLength(1)
    else expect(() => readCalendar(text)).toThrow(expect.objectContaining({ code, places: [{ at }] }))
  })
})
