import type { InputOf } from '#kernel/contract.ts'
import type { Db } from '#kernel/db.ts'
import type { Ctx } from '#kernel/scope.ts'
import { listObligations, shown } from '#modules/obligations/index.ts'
import type { boardRoutes } from './contract.ts'
import { gridOf, onTimeRate } from './rules.ts'
import { monthsOf, olderReds } from './store.ts'

/** The board of a year within the reader's scope: units only, never a ranking of persons. */
export async function read(db: Db, ctx: Ctx, input: InputOf<typeof boardRoutes.read>) {
  const year = input.year ?? Number(ctx.day.slice(0, 4))
  const reach = ctx.reach('board.read')
  // The board's red list stays within the units one answers for; a leader's own items stand on their own page.
  const [rows, older, reds] = await Promise.all([
    monthsOf(db, ctx, reach, year),
    olderReds(db, ctx, reach, year),
    listObligations(db, ctx, { ...reach, person: null }, { light: 'red', until: `${year}-12-31` }, null, 20),
  ])
  const { totals, units } = gridOf(rows)
  return {
    day: ctx.day,
    year,
    totals,
    older,
    onTimeRate: onTimeRate(totals, older),
    units,
    reds: reds.slice(0, 20).map((row) => shown(ctx, row)),
  }
}
