import { dayOf } from '#kernel/calendar/index.ts'
import type { InputOf } from '#kernel/contract.ts'
import type { Db } from '#kernel/db.ts'
import type { RuleValue } from '#kernel/rulepack.ts'
import type { Ctx } from '#kernel/scope.ts'
import { cutOf, found, pageFrom } from '#kernel/table.ts'
import { readableActs } from '#modules/acts/index.ts'
import { eventsOf, shownAll } from '#modules/obligations/index.ts'
import type { boardRoutes } from '../contract.ts'
import type { Known } from '../store/known.ts'
import { earlierActs, redsPage } from '../store/reds.ts'
import { lastOf, movedOf, type Step } from '../why.ts'
import { told } from './standing.ts'

/** A rule as it is shown beside what it gave. */
export const ruleShown = (ctx: Ctx, rule: RuleValue) => ({
  key: rule.key,
  document: rule.document[ctx.lang === 'en' ? 1 : 0],
  article: rule.article,
  version: rule.version,
  confidence: rule.confidence,
})

/** Reds with what their red is made of: asked for all of them at once. */
export async function explained(db: Db, ctx: Ctx, rows: readonly Known[]) {
  const ids = rows.map((row) => row.id)
  const [all, events, earlier] = await Promise.all([
    shownAll(db, ctx, rows),
    ids.length > 0 ? eventsOf(db, ctx.tenant.id, ids) : [],
    earlierActs(db, ctx, ids),
  ])
  // What the act says is for those who may read it.
  const readable = new Set((await readableActs(db, ctx, [...new Set(earlier.map((one) => one.act))])).map((act) => act.id))
  const before = new Map(earlier.filter((one) => readable.has(one.act)).map((one) => [one.id, one]))
  const steps = Map.groupBy(
    events.filter((event) => event.recorded_at <= ctx.knownAt),
    (event) => event.obligation_id,
  )
  return rows.map((row, i) => {
    const own: Step[] = (steps.get(row.id) ?? []).map((event) => ({
      ...{ version: event.version, kind: event.kind as Step['kind'], on: dayOf(event.recorded_at, ctx.tenant.zone) },
      ...{ by: event.by, reason: event.reason, act: event.act_id, state: event.state, holder: event.holder, due: event.due },
    }))
    const obligation = found(all[i])
    return {
      obligation,
      days: Math.max(0, -obligation.left),
      reckoned: row.reckoned,
      moved: movedOf(own),
      last: lastOf(own, before.get(row.id)),
    }
  })
}

/** What is red and why, the longest overdue first; a leader's own only for them and their superior. */
export async function reds(db: Db, ctx: Ctx, input: InputOf<typeof boardRoutes.reds>) {
  const cut = cutOf({ after: input.after, limit: input.limit ?? 20 }, 2)
  const rows = await redsPage(db, ctx, await told(db, ctx), input.unit, cut)
  const page = rows.slice(0, cut.limit)
  const why = new Map((await explained(db, ctx, page)).map((one) => [one.obligation.id, one]))
  return {
    ...pageFrom(
      rows,
      cut.limit,
      (row) => [row.due, row.id],
      (row) => found(why.get(row.id)),
    ),
    rule: ruleShown(ctx, ctx.rule('light.yellow')),
  }
}
