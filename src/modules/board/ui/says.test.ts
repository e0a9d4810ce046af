import { describe, expect, it } from 'vitest'
import type { Lang } from '#kernel/errors.ts'
import { type BoardOf, type BoardSay, csvOf, headlineOf, sayCell, sayMonth, sayPeriod, sayRate } from './says.ts'
import { words } from './words.ts'

/** As i18next fills them, without i18next. */
const sayIn = (lang: Lang): BoardSay => {
  const own: Record<string, string> = words[lang]
  return (key, fill = {}) => (own[key] ?? key).replace(/\{\{(\w+)\}\}/g, (_: string, name: string) => String(fill[name] ?? ''))
}

const cell = (month: string, some: Partial<BoardOf['units'][number]['months'][number]> = {}) => ({
  month,
  red: 0,
  yellow: 0,
  green: 0,
  onTime: 0,
  late: 0,
  waived: 0,
  ...some,
})
const unit = (name: string, red: number) => ({
  unit: { id: name, name },
  line: 'administrative',
  months: [cell('2026-10'), cell('2026-11', { red })],
})
const board = (reds: Record<string, number>, some: { older?: number; yellow?: number } = {}): BoardOf => ({
  day: '2026-11-24',
  year: 2026,
  older: some.older ?? 0,
  onTimeRate: null,
  as: 'first',
  sections: [],
  compares: true,
  units: Object.entries(reds).map(([name, red]) => unit(name, red)),
  totals: { red: Object.values(reds).reduce((a, b) => a + b, 0), yellow: some.yellow ?? 0, green: 0, onTime: 0, late: 0, waived: 0 },
})

describe('the headline', () => {
  it.each([
    [board({ 综合科: 0 }), '没有红灯', 'No red lights'],
    [board({ 综合科: 0 }, { yellow: 2 }), '没有红灯，两项将到期', 'No red lights; 2 due soon'],
    [board({ 综合科: 0 }, { older: 2 }), '2026 年没有红灯；更早还有两处没办', 'No red lights in 2026; 2 from earlier still open'],
    [board({ 综合科: 0, 工程科: 1 }), '一处红，在工程科', '1 red, in 工程科'],
    [board({ 工程科: 2 }, { yellow: 3 }), '两处红，都在工程科', '2 red, all in 工程科'],
    [board({ 综合科: 1, 工程科: 2, 人事科: 0 }), '三处红，都在两个单位', '3 red, in 2 units'],
    [board({ 综合科: 1, 工程科: 1 }, { older: 1 }), '两处红，分在两个单位；更早还有一处', '2 red, in as many units; 1 more from earlier'],
    [board({ 综合科: 11, 工程科: 1 }), '12 处红，都在两个单位', '12 red, in 2 units'],
  ])('says the state in a sentence', (of, zh, en) => {
    expect(headlineOf(of, sayIn('zh-CN'), 'zh-CN').trim()).toBe(zh)
    expect(headlineOf(of, sayIn('en'), 'en')).toBe(en)
  })
})

it('names months, years, rates and what is in a cell', () => {
  const t = sayIn('zh-CN')
  expect([sayMonth('2026-11', t), sayMonth('2026-11', sayIn('en'))]).toEqual(['11月', 'Nov'])
  expect([sayPeriod('2026-02', t), sayPeriod('2026', t), sayPeriod('2026-02', sayIn('en'))]).toEqual([
    '2026 年 2 月',
    '2026 年',
    'Feb 2026',
  ])
  expect([sayRate(null), sayRate(0.9615), sayRate(1)]).toEqual(['—', '96.2%', '100.0%'])
  expect(sayCell(cell('2026-11', { onTime: 5, red: 2, late: 1 }), t, 'zh-CN')).toBe('逾期 2，迟办 1，按时办结 5')
  expect(sayCell(cell('2026-11'), t, 'zh-CN')).toBe('没有应尽事项')
})

describe('the CSV', () => {
  const t = sayIn('zh-CN')
  it('begins with a byte order mark and has a row for every unit and month', () => {
    const lines = csvOf(board({ 综合科: 0, 工程科: 2 }), t).split('\r\n')
    expect(lines[0]).toBe('\ufeff单位,月份,逾期未办,迟办,按时办结,黄,绿,已免')
    expect(lines).toContain('工程科,2026-11,2,0,0,0,0,0')
    expect(lines).toHaveLength(1 + 4 + 1)
    expect(lines.at(-1)).toBe('')
  })

  it('gives a spreadsheet no formula, and keeps commas and quotes inside their field', () => {
    const csv = csvOf({ units: [unit('=HYPERLINK("x")', 0), unit('甲,乙"丙"', 0)] }, t)
    expect(csv).toContain('"\'=HYPERLINK(""x"")",2026-10')
    expect(csv).toContain('"甲,乙""丙""",2026-10')
  })
})
