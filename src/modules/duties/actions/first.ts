import { startOfYear } from '#kernel/calendar/index.ts'
import type { InputOf } from '#kernel/contract.ts'
import type { Db } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { RuleValue } from '#kernel/rulepack.ts'
import type { Ctx } from '#kernel/scope.ts'
import { readableActs } from '#modules/acts/index.ts'
import { headsOfKind } from '#modules/org/index.ts'
import type { dutyRoutes } from '../contract.ts'
import { dutiesByIds } from '../store/duties.ts'
import { actsBehind } from '../store/first.ts'
import { personNames } from '../store/holders.ts'
import { listed } from '../store/lists.ts'
import { aspectsOf } from './aspects.ts'
import { withHolders } from './view.ts'

/** Acts shown behind each duty; how many there were is said beside them. */
const shownActs = 5

const ruleShown = (rule: RuleValue, lang: Ctx['lang']) => ({
  key: rule.key,
  document: rule.document[lang === 'en' ? 1 : 0],
  article: rule.article,
  version: rule.version,
  confidence: rule.confidence,
})

/** Whose list is meant: the person asked for, oneself where one has such duties, else whoever heads the office. */
async function firstResponsible(db: Db, ctx: Ctx, asked: Id | undefined): Promise<Id | null> {
  if (asked) return asked
  const me = ctx.actor.person
  if (me && (await dutiesByIds(db, ctx, await listed(db, ctx, 'person', me, 1000))).some((duty) => duty.kind === 'first')) return me
  return (await headsOfKind(db, ctx.tenant.id, 'office', ctx.day))[0]?.person_id ?? null
}

/**
 * The first responsible's own list: the duties of kind `first` by their aspects (四个亲自 and the supervision of members, rules `first.aspect.…`), each
 * with the acts really recorded for it this year. Acts that this person may not read are counted and not shown.
 */
export async function first(db: Db, ctx: Ctx, input: InputOf<(typeof dutyRoutes)['first']>) {
  const person = await firstResponsible(db, ctx, input.person)
  const name = person === null ? undefined : (await personNames(db, ctx.tenant.id, [person])).get(person)
  const rows = person === null ? [] : await dutiesByIds(db, ctx, await listed(db, ctx, 'person', person, 1000))
  const duties = rows.filter((row) => row.kind === 'first')
  const show = await withHolders(db, ctx, duties)
  const from = startOfYear(ctx.day)
  const done = await actsBehind(
    db,
    ctx,
    duties.map((row) => row.id),
    from,
    shownActs,
  )
  const readable = new Map((await readableActs(db, ctx, [...new Set(done.map((row) => row.id))])).map((act) => [act.id, act]))
  const behind = Map.groupBy(done, (row) => row.duty_id)
  const items = duties.map(show).map((duty) => {
    const own = behind.get(duty.id) ?? []
    return {
      duty,
      done: own[0]?.total ?? 0,
      acts: own.flatMap((row) => {
        const act = readable.get(row.id)
        return act ? [{ id: act.id, what: act.what, happenedOn: row.happened_on, doneBy: { id: row.done_by, name: row.done_by_name } }] : []
      }),
    }
  })
  const aspects = aspectsOf(ctx)
  return {
    person: person === null || name === undefined ? null : { id: person, name },
    from,
    aspects: aspects.map((key) => {
      const rule = ctx.rule(`first.aspect.${key}`)
      return {
        key,
        says: rule.says?.[ctx.lang === 'en' ? 1 : 0] ?? String(rule.value),
        rule: ruleShown(rule, ctx.lang),
        items: items.filter((one) => one.duty.aspect === key),
      }
    }),
    /** Duties of the first responsible that were not given an aspect yet. */
    others: items.filter((one) => one.duty.aspect === null || !aspects.includes(one.duty.aspect)),
  }
}
