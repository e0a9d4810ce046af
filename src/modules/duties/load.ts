import { ok, refuse, type Verdict } from '#kernel/errors.ts'
import { machine, statesOf } from '#kernel/machine.ts'

/** 负担 and 签批: what issuing adds to each person's year, and who signs when it is more than the budget. Pure. */

export const issueMoves = machine('duty_issue', {
  awaiting: { approve: 'signed', refuse: 'returned', drop: 'dropped' },
  returned: { submit: 'awaiting', drop: 'dropped' },
  signed: {},
  dropped: {},
})
export type IssueState = 'awaiting' | 'returned' | 'signed' | 'dropped'
export const issueStates = statesOf(issueMoves) as IssueState[]

/** Whose budget it is: ordinary staff, whoever holds a post with a role (heads, deputies, secretaries, committee members), the leadership. */
export const classes = ['staff', 'head', 'leader'] as const
export type Class = (typeof classes)[number]

/** What is asked of somebody in a month (`YYYY-MM`): already, or in addition. */
export type Asked = { person: string; month: string; asked: number }
export type Load = { person: string; class: Class; budget: number | null; has: number; adds: number; minutes: number; over: boolean }

const addMonths = (month: string, n: number): string => {
  const at = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + n
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`
}

/** The years a load is measured over: the twelve months ahead, this calendar year, and every other one that something falls into. First and last month of each. */
export function windowsOf(months: readonly string[], today: string): { from: string; until: string }[] {
  const now = today.slice(0, 7)
  const years = new Set([now.slice(0, 4), ...months.map((month) => month.slice(0, 4))])
  return [{ from: now, until: addMonths(now, 11) }, ...[...years].sort().map((year) => ({ from: `${year}-01`, until: `${year}-12` }))]
}

/**
 * The load of each person something is added to: their fullest year with it, beside the budget of their class (null: none). `minutes` is the time one of
 * what is added takes. A person without an addition has no load.
 */
export function loadsOf(
  adds: readonly Asked[],
  has: readonly Asked[],
  of: { classOf: (person: string) => Class; budgetOf: (of: Class) => number | null; minutes: number; today: string },
): Load[] {
  const windows = windowsOf(
    adds.map((one) => one.month),
    of.today,
  )
  const sum = (list: readonly Asked[], person: string, { from, until }: { from: string; until: string }) =>
    list.reduce((n, one) => (one.person === person && one.month >= from && one.month <= until ? n + one.asked : n), 0)
  return [...new Set(adds.map((one) => one.person))].map((person) => {
    const held = of.classOf(person)
    const budget = of.budgetOf(held)
    const years = windows
      .map((window) => ({ has: sum(has, person, window), adds: sum(adds, person, window) }))
      .filter((year) => year.adds > 0)
      .sort((a, b) => b.has + b.adds - (a.has + a.adds))
    const full = years[0] ?? { has: 0, adds: 0 }
    return { person, class: held, budget, ...full, minutes: full.adds * of.minutes, over: budget !== null && full.has + full.adds > budget }
  })
}

/** Only the first responsible (第一责任人) signs for a load above the budget. */
export const maySign = (actor: string | null, first: readonly { person_id: string; name: string }[]): Verdict =>
  first.some((one) => one.person_id === actor) ? ok : refuse('duty.not_first', { who: first.map((one) => one.name).join('、') || '—' })

/** A rule's value as a budget: a number of obligations a year, or none. */
export const budgetIn = (value: number | string | boolean): number | null => (typeof value === 'number' ? value : null)
