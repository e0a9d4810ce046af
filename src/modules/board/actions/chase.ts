import { addDays, dayOf, startOfWeek } from '#kernel/calendar/index.ts'
import type { Db } from '#kernel/db.ts'
import { type Ctx, personOf } from '#kernel/scope.ts'
import { found } from '#kernel/table.ts'
import { waitingOn } from '#modules/acts/index.ts'
import { awaitingOn } from '#modules/duties/index.ts'
import { shownAll } from '#modules/obligations/index.ts'
import { superiorsOf } from '#modules/obligations/rules.ts'
import { firstOf, linesOf } from '#modules/org/index.ts'
import { countsByUnit, openByUnit, openFindings, unsignedByUnit } from '../store/chase.ts'
import type { Known } from '../store/known.ts'
import { signShown } from './own.ts'

/** Rows of each unit that are answered, fewer where there are many units; how many there are in all is said beside them. */
const shownOfUnit = (units: number) => Math.min(20, Math.max(4, Math.floor(400 / Math.max(1, units))))

/** Each with whoever stands above its holder on the day: whom one asks when the holder does not answer. */
async function withSuperiors(db: Db, ctx: Ctx, rows: readonly Known[]) {
  const units = [...new Set(rows.map((row) => row.unit_id))]
  const [all, lines] = await Promise.all([
    shownAll(db, ctx, rows),
    units.length === 0 ? null : linesOf(db, ctx.tenant.id, units, [...new Set(rows.map((row) => row.holder_id))], ctx.day),
  ])
  return rows.map((row, i) => {
    const line = lines?.get(row.unit_id)
    const above = line ? superiorsOf(row.holder_id, line).map((id) => line.names.get(id) ?? '') : []
    // The nearest one: the head, else the leader in charge, else the first responsible.
    return { obligation: found(all[i]), superiors: above.slice(0, 1) }
  })
}

/** What to chase (催办): by unit, with the holder and who stands above; what waits to be confirmed and signed; findings that are open. */
export async function chase(db: Db, ctx: Ctx) {
  const until = addDays(startOfWeek(ctx.day), 13)
  const reach = { ...ctx.reach('board.chase'), person: null }
  const counts = await countsByUnit(db, ctx, reach, until)
  const [rows, findings, waiting, awaiting, unsigned, firsts] = await Promise.all([
    openByUnit(
      db,
      ctx,
      counts.map((one) => one.unit_id),
      until,
      shownOfUnit(counts.length),
    ),
    openFindings(db, ctx, reach, 10),
    waitingOn(db, ctx, { ...reach, person: ctx.actor.person }, 100),
    awaitingOn(db, ctx, reach.all ? null : personOf(ctx), 10),
    unsignedByUnit(db, ctx, reach),
    firstOf(db, ctx.tenant.id, ctx.day),
  ])
  const [items, found] = await Promise.all([withSuperiors(db, ctx, rows), withSuperiors(db, ctx, findings.items)])
  const ofUnit = Map.groupBy(items, (one) => one.obligation.unit.id)
  return {
    day: ctx.day,
    until,
    units: counts.map((one) => ({
      unit: { id: one.unit_id, name: one.unit },
      red: one.red,
      soon: one.soon,
      items: ofUnit.get(one.unit_id) ?? [],
    })),
    confirmations: waiting.map((one) => ({
      person: { id: one.person_id, name: one.name },
      count: one.count,
      since: dayOf(one.since, ctx.tenant.zone),
    })),
    signatures: {
      count: awaiting.count,
      of: firsts.map((one) => one.name),
      items: awaiting.items.map((one) => signShown(ctx, one)),
    },
    pledges: unsigned.map((one) => ({ unit: { id: one.unit_id, name: one.unit }, open: one.open, overdue: one.overdue })),
    findings: { open: findings.open, overdue: findings.overdue, items: found },
  }
}
