import { later } from '#kernel/calendar/days.ts'

/** What a change of a duty does to what is owed for it: only what begins from a day on is touched. Pure. */

type Reckoned = { by: string; from: string } | null
/** One period that a holder owes, as the duty asks for it now. */
export type Asked = {
  holder: string
  unit: string
  period: string
  opens: string
  due: string
  title: string
  kind: string
  /** How the due day was counted; none for what is owed once. */
  reckoned?: Reckoned
}
/**
 * One obligation as it stands. `replanned`: waived by an earlier change of the duty and not by anybody's decision. `given`: its day was set by
 * somebody, for it alone.
 */
export type Made = Asked & { id: string; state: string; replanned: boolean; given: boolean }

export type Following = { id: string; opens: string; due: string; title: string; kind: string; reckoned: Reckoned }
export type Planned<A extends Asked> = { waive: string[]; reopen: string[]; follow: Following[]; make: A[] }

/** Periods that begin under two versions are owed under the first; what is owed once follows the last. */
export function onePerPeriod<A extends Asked>(asked: readonly A[]): A[] {
  const kept = new Map<string, A>()
  for (const one of asked) {
    const key = `${one.period} ${one.unit} ${one.holder}`
    if (!kept.has(key) || one.period === 'once') kept.set(key, one)
  }
  return [...kept.values()]
}

/**
 * `asked`: the whole of what the duty asks for. From `from` on: an open obligation whose period is no longer asked for in its unit is waived; one that
 * is takes the day and the words of its period; one waived by an earlier change is opened again when its period and holder are asked for; a
 * period that nobody in the unit ever owed is made. What began before `from` stays as it began, what is settled stays settled, what was handed
 * over stays with whoever has it, a day that somebody set stays. What is owed once is moved as long as it is not overdue.
 */
export function planFor<A extends Asked>(made: readonly Made[], all: readonly A[], from: string): Planned<A> {
  const asked = onePerPeriod(all)
  const slot = (one: Asked) => `${one.period} ${one.unit}`
  const own = (one: Asked) => `${slot(one)} ${one.holder}`
  const bySlot = Map.groupBy(asked, slot)
  const byOwn = new Map(asked.map((one) => [own(one), one]))
  const touched = (one: Asked) => (one.period === 'once' ? one.due >= from : one.opens >= from)
  const plan: Planned<A> = { waive: [], reopen: [], follow: [], make: [] }
  const settle = (one: Made, to: A) => {
    const due = one.given ? one.due : later(to.due, one.opens)
    const reckoned = one.given ? null : (to.reckoned ?? null)
    const same = one.due === due && one.title === to.title && one.kind === to.kind && (one.reckoned?.by ?? null) === (reckoned?.by ?? null)
    if (!same) plan.follow.push({ id: one.id, opens: one.opens, due, title: to.title, kind: to.kind, reckoned })
  }
  for (const one of made.filter(touched)) {
    const to = byOwn.get(own(one)) ?? bySlot.get(slot(one))?.[0]
    if (one.state === 'open') {
      if (to) settle(one, to)
      else plan.waive.push(one.id)
    } else if (one.replanned && byOwn.has(own(one)) && to) {
      plan.reopen.push(one.id)
      settle(one, to)
    }
  }
  // A slot is taken by whatever stands in it: open, settled, split, or waived by a decision.
  const reopened = new Set(plan.reopen)
  const taken = new Set(made.filter((one) => !one.replanned || reopened.has(one.id)).map(slot))
  plan.make = asked.filter((one) => touched(one) && !taken.has(slot(one)))
  return plan
}
