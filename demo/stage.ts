import type { Calendar } from '#kernel/calendar/index.ts'
import { dayOf, instantAtStartOfDay } from '#kernel/calendar/index.ts'
import type { Tx } from '#kernel/db.ts'
import { type RuleValue, ruleOn } from '#kernel/rulepack.ts'
import { type Ctx, ctxOf } from '#kernel/scope.ts'
import { listObligations } from '#modules/obligations/index.ts'
import type { Owing } from './fates.ts'
import type { Founded } from './found.ts'
import { posts, zone } from './office.ts'

/** Where the year is played: one transaction, the founded office, and a context for whoever acts at a moment. */
export type Stage = { tx: Tx; office: Founded; calendar: Calendar; ctx: (person: string | null, at: Date) => Ctx }

/** An instant: minutes after midnight of a day in the office's zone. */
export const instant = (day: string, minutes: number): Date => new Date(instantAtStartOfDay(day, zone).getTime() + minutes * 60_000)

/** Contexts as the server makes them for a request; null is the program itself, which has no grants. */
export function stageOf(tx: Tx, office: Founded, calendar: Calendar, pack: readonly RuleValue[]): Stage {
  const ctx = (person: string | null, at: Date): Ctx => {
    const today = dayOf(at, zone)
    const actor =
      person === null
        ? { account: 'program', person: null, name: 'program', grants: [] }
        : { account: office.account(person), person: office.person(person), name: person, grants: office.grants(person, today) }
    return ctxOf({
      tenant: office.tenant,
      actor,
      now: at,
      today,
      day: today,
      lookingBack: false,
      knownAt: at,
      lang: 'zh-CN',
      requestId: 'demo',
      calendar,
      rule: ruleOn(pack, today),
    })
  }
  return { tx, office, calendar, ctx }
}

/** Who holds a post of the demo; throws for a vacant one. */
export function holderOf(post: string): string {
  const held = posts.find((one) => one.key === post)?.held
  if (!held) throw new Error(`nobody holds ${post}`)
  return held.person
}
export const clerk = holderOf('general.head')

/** Leaders do not type: the clerk records for them (代录). */
export const typedFor: ReadonlySet<string> = new Set(
  ['office.director', 'leaders.deputy1', 'leaders.deputy2', 'leaders.engineer'].map(holderOf),
)
export const recorderOf = (doer: string): string => (typedFor.has(doer) ? clerk : doer)

/** What is open of these duties or findings, with the keys of the demo in place of ids. */
export async function owingsOf(
  { tx, office, ctx }: Stage,
  keys: ReadonlyMap<string, string>,
  at: Date,
  because?: string,
): Promise<Owing[]> {
  const everything = { all: true, units: [], person: null }
  const rows = await listObligations(tx, ctx(null, at), everything, because ? { because } : {}, null, 20_000)
  return rows.flatMap((row) => {
    const duty = keys.get(row.because_id)
    if (duty === undefined || row.state !== 'open') return []
    return [
      {
        ...{ id: row.id, duty, unit: office.unitKey(row.unit_id), holder: office.personName(row.holder_id) },
        ...{ period: row.period, opens: row.opens, warnFrom: row.warn_from, due: row.due },
      },
    ]
  })
}

/**
 * Runs what does not depend on each other over the one connection without waiting in between, and waits for all of it: a third of the time
 * of one after the other. Throws the first failure, when nothing is under way any more.
 */
export async function together<T>(list: readonly (() => Promise<T>)[]): Promise<T[]> {
  const settled = await Promise.allSettled(list.map((run) => run()))
  return settled.map((one) => {
    if (one.status === 'rejected') throw one.reason
    return one.value
  })
}
