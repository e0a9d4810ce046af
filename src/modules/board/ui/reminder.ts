import { sayDay } from '#web/days.ts'

/** The text one sends to a unit: always Chinese, plain, without marks that a chat tool would eat; pure. */

type Item = { title: string; holder: string; due: string; left: number }
type Group = { unit: string; red: number; soon: number; items: readonly Item[] }

const relation = ({ due, left }: Item, day: string): string =>
  due < day ? (left < 0 ? `逾期 ${-left} 个工作日` : '刚过期') : due === day ? '今天到期' : `还有 ${left} 个工作日`

/** 【催办】工程科：…; numbered, with who holds it, its day and how far that is; `from` signs it. `left`: working days to the due day. */
export function reminderOf(group: Group, day: string, from: string): string {
  const said = (of: string) => sayDay(of, 'zh-CN', { thisYear: day })
  const counts = [group.red > 0 && `逾期 ${group.red} 项`, group.soon > 0 && `将到期 ${group.soon} 项`].filter(Boolean).join('，')
  const rest = group.red + group.soon - group.items.length
  const lines = group.items.map((one, i) => `${i + 1}. ${one.title}（${one.holder}），${said(one.due)}到期，${relation(one, day)}`)
  return [
    `【催办】${group.unit}：截至${said(day)}，${counts}。`,
    ...lines,
    ...(rest > 0 ? [`另有 ${rest} 项，请在“我的责任”里看。`] : []),
    '办完请记一笔；按期办不完的，请提前说明情况、报上级定。',
    `——${from}`,
  ].join('\n')
}
