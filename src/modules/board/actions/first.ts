import type { InputOf } from '#kernel/contract.ts'
import type { Db } from '#kernel/db.ts'
import { Refusal } from '#kernel/errors.ts'
import { type Ctx, personOf } from '#kernel/scope.ts'
import { readableActs } from '#modules/acts/index.ts'
import { listDuties } from '#modules/duties/index.ts'
import { firstOf, leadershipOn } from '#modules/org/index.ts'
import type { boardRoutes } from '../contract.ts'
import { monthsFrom, quarterOf, quartersOf } from '../rules.ts'
import { type Aspected, askedOf, doneFor } from '../store/first.ts'
import { ruleShown } from './reds.ts'

/** Acts shown behind an aspect; how many there were is said beside them. */
const shownActs = 24
/** The aspect under which the members of the leadership are supervised (rule `first.aspect.members`). */
const ofMembers = 'members'

/**
 * 四个亲自 and the supervision of members: how often each was really done by month, and which quarter lacks something, for the first responsible alone. A
 * quarter lacks something when more was asked of it than fulfilled and it is over or running, or when it is over without a single act.
 */
export async function first(db: Db, ctx: Ctx, input: InputOf<typeof boardRoutes.first>) {
  const year = input.year ?? Number(ctx.day.slice(0, 4))
  const me = personOf(ctx)
  const heads = await firstOf(db, ctx.tenant.id, ctx.today)
  if (!heads.some((one) => one.person_id === me)) {
    throw new Refusal('board.first_only', { who: heads.map((one) => one.name).join('、') || '—' })
  }
  const [duties, leadership] = await Promise.all([
    listDuties(db, ctx, { kind: 'first', person: me }, null, 200),
    leadershipOn(db, ctx.tenant.id, ctx.day),
  ])
  const aspected: Aspected[] = duties.flatMap(({ id, aspect }) => (aspect === null ? [] : [{ duty: id, aspect }]))
  const [asked, done] = await Promise.all([askedOf(db, ctx, me, aspected, year), doneFor(db, ctx, aspected, year)])
  const keys = String(ctx.rule('first.aspects').value).split(' ')
  const latest = keys.flatMap((key) => done.filter((one) => one.aspect === key).slice(0, shownActs))
  const readable = new Map((await readableActs(db, ctx, [...new Set(latest.map((one) => one.id))])).map((act) => [act.id, act.what]))
  const supervising = done.filter((one) => one.aspect === ofMembers)
  return {
    day: ctx.day,
    year,
    quarter: quarterOf(year, ctx.day),
    aspects: keys.map((key) => {
      const rule = ctx.rule(`first.aspect.${key}`)
      const acts = done.filter((one) => one.aspect === key)
      return {
        key,
        says: rule.says?.[ctx.lang === 'en' ? 1 : 0] ?? String(rule.value),
        rule: ruleShown(ctx, rule),
        duties: aspected.filter((one) => one.aspect === key).length,
        months: monthsFrom(acts.map((one) => one.on)),
        quarters: quartersOf(
          asked.filter((row) => row.aspect === key),
          acts.map((one) => one.on),
          year,
          ctx.day,
        ),
        acts: acts.slice(0, shownActs).flatMap((one) => {
          const what = readable.get(one.id)
          return what === undefined ? [] : [{ id: one.id, what, on: one.on }]
        }),
        total: acts.length,
      }
    }),
    // Whoever another office sent (派驻) is supervised by it.
    members: leadership
      .filter((one) => !one.sent && !heads.some((head) => head.person_id === one.person_id))
      .map((one) => {
        const own = supervising.filter((act) => act.persons.includes(one.person_id))
        return {
          person: { id: one.person_id, name: one.name },
          months: monthsFrom(own.map((act) => act.on)),
          total: own.length,
          last: own[0]?.on ?? null,
        }
      }),
  }
}
