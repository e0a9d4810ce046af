import type { InputOf } from '#kernel/contract.ts'
import type { Db } from '#kernel/db.ts'
import type { Ctx } from '#kernel/scope.ts'
import { compared, openedAs } from './actions/standing.ts'
import type { boardRoutes } from './contract.ts'
import { gridOf, onTimeRate, sectionsFor } from './rules.ts'
import { monthsOf, olderReds } from './store.ts'

/**
 * The board of a year: units only, never a ranking of persons, and only those that whoever opens it may compare. What else stands on it has routes of its
 * own, so that the first screen does not wait for it.
 */
export async function read(db: Db, ctx: Ctx, input: InputOf<typeof boardRoutes.read>) {
  const year = input.year ?? Number(ctx.day.slice(0, 4))
  const { reach, compares } = await compared(db, ctx)
  const [rows, older] = await Promise.all([monthsOf(db, ctx, reach, year), olderReds(db, ctx, reach, year)])
  const { totals, units } = gridOf(rows)
  const as = openedAs(ctx)
  return {
    day: ctx.day,
    year,
    totals,
    older,
    onTimeRate: onTimeRate(totals, older),
    units,
    as,
    sections: sectionsFor(as, ctx.can('board.chase')),
    compares,
  }
}
