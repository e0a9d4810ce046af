import { expect, it } from 'vitest'
import type { Lang } from '#kernel/errors.ts'
import { headlineOf } from './headline.ts'
import { words } from './words.ts'

/** The page's own words, filled as the page fills them. */
const say =
  (lang: Lang) =>
  (key: string, fill: Record<string, unknown> = {}) =>
    (Object.entries<string>(words[lang]).find(([name]) => name === key)?.[1] ?? key).replace(/\{\{(\w+)\}\}/g, (_, name: string) =>
      String(fill[name]),
    )
const headline = (lang: Lang, overdue: number, today: number, week: number, later = 0) =>
  headlineOf({ overdue, today, week, later }, say(lang), lang)

it.each<[number, number, number, string, string]>([
  [0, 2, 3, '今天两项，本周还有三项', 'Two today, three more this week'],
  [1, 0, 0, '一项逾期', 'One overdue'],
  [1, 2, 3, '一项逾期，今天两项，本周三项', 'One overdue, two today, three this week'],
  [0, 0, 3, '本周三项', 'Three this week'],
  [12, 0, 1, '12 项逾期，本周一项', '12 overdue, one this week'],
  [0, 0, 0, '没有待办的事', 'Nothing to do'],
])('%i overdue, %i today, %i this week', (overdue, today, week, zh, en) => {
  expect([headline('zh-CN', overdue, today, week), headline('en', overdue, today, week)]).toEqual([zh, en])
})

it('says that nothing is due this week when there is something later', () => {
  expect([headline('zh-CN', 0, 0, 0, 4), headline('en', 0, 0, 0, 4)]).toEqual(['这一周没有到期的事', 'Nothing is due this week'])
})
