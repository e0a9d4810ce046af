import { addDays, startOfWeek } from '#kernel/calendar/index.ts'
import type { InputOf } from '#kernel/contract.ts'
import type { Db } from '#kernel/db.ts'
import { Refusal } from '#kernel/errors.ts'
import type { Ctx } from '#kernel/scope.ts'
import { shownAll } from '#modules/obligations/index.ts'
import type { boardRoutes } from '../contract.ts'
import { countReds } from '../store/chase.ts'
import { redsPage } from '../store/reds.ts'
import { dueIn, endedBadly, weekCounts } from '../store/week.ts'
import { mondayOf, weekOf } from '../week.ts'
import { pledgesOf, signShown, toConfirmOf, toSignOf } from './own.ts'
import { explained, ruleShown } from './reds.ts'
import { told } from './standing.ts'

/** What fits on one page of A4; how many there are in all is said beside each list. */
const fits = { before: 8, due: 10, reds: 7, signs: 4 }

/** Monday's page (本周): how last week ended, what is due, what is red and why, what waits for this reader. Within the units they are told of. */
export async function week(db: Db, ctx: Ctx, input: InputOf<typeof boardRoutes.week>) {
  const monday = input.week === undefined ? startOfWeek(ctx.day) : mondayOf(input.week)
  if (monday === null) throw new Refusal('board.week_unknown', { week: input.week ?? '' }, [{ at: '/week' }])
  const reach = await told(db, ctx)
  const [until, from, ended] = [addDays(monday, 6), addDays(monday, -7), addDays(monday, -1)]
  const [past, bad, coming, due, red, count, sign, pledges, confirm] = await Promise.all([
    weekCounts(db, ctx, reach, from, ended),
    endedBadly(db, ctx, reach, from, ended, fits.before),
    weekCounts(db, ctx, reach, monday, until),
    dueIn(db, ctx, reach, monday, until, fits.due),
    redsPage(db, ctx, reach, undefined, { after: null, limit: fits.reds }),
    countReds(db, ctx, reach, 1000),
    toSignOf(db, ctx, fits.signs),
    pledgesOf(db, ctx),
    toConfirmOf(db, ctx),
  ])
  const [shownBad, shownDue, why] = await Promise.all([
    shownAll(db, ctx, bad),
    shownAll(db, ctx, due),
    explained(db, ctx, red.slice(0, fits.reds)),
  ])
  return {
    day: ctx.day,
    week: weekOf(monday),
    from: monday,
    until,
    before: { from, until: ended, counts: past, items: shownBad },
    due: { counts: coming, items: shownDue },
    reds: { count, items: why, rule: ruleShown(ctx, ctx.rule('light.yellow')) },
    decide: {
      toSign: sign.count,
      signs: sign.items.map((one) => signShown(ctx, one)),
      pledges,
      toConfirm: confirm.asked,
      returned: confirm.returned,
    },
  }
}
