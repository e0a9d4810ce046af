import type { Reach } from '#kernel/can.ts'
import type { Db } from '#kernel/db.ts'
import type { Ctx } from '#kernel/scope.ts'
import { chargedOf, subtreeOf, workUnitsOn } from '#modules/org/index.ts'
import { type StandingAs, standsAs } from '../rules.ts'

/** As whom this actor opens the board: by the posts and charges of today, known with the session. */
export const openedAs = (ctx: Ctx): StandingAs => standsAs(ctx.actor.seat ?? null, ctx.can('board.chase'))

/** One's own unit with those below it, within a reach over the whole office. */
async function ownUnits(db: Db, ctx: Ctx): Promise<Reach['units']> {
  const me = ctx.actor.person
  const unit = me === null ? undefined : (await workUnitsOn(db, ctx.tenant.id, [me], ctx.today)).get(me)
  return unit === undefined ? [] : subtreeOf(db, ctx.tenant.id, unit)
}

/**
 * The units whose figures this actor is given side by side. The first responsible compares all of them; a member of the leadership those in their
 * charge (all of them where they are in charge of none); whoever else reaches over the whole office (综合科, the discipline group) is given their own.
 * A narrower reach is one's own already.
 */
export async function compared(db: Db, ctx: Ctx): Promise<{ reach: Reach; compares: boolean }> {
  const whole = { ...ctx.reach('board.read'), person: null }
  const seat = ctx.actor.seat ?? null
  if (seat === 'first') return { reach: whole, compares: true }
  if (seat === 'member' && ctx.actor.person) {
    const charged = await chargedOf(db, ctx.tenant.id, ctx.actor.person, ctx.today)
    const within = whole.all ? charged : charged.filter((unit) => whole.units.includes(unit))
    return { reach: charged.length === 0 ? whole : { all: false, units: within, person: null }, compares: true }
  }
  if (!whole.all) return { reach: whole, compares: false }
  return { reach: { all: false, units: await ownUnits(db, ctx), person: null }, compares: false }
}

/**
 * The units whose obligations this actor is told by name: what they reach, for a member in charge of units those alone. Leaders' own reds are left
 * out wherever rows are read.
 */
export async function told(db: Db, ctx: Ctx): Promise<Reach> {
  if (ctx.actor.seat === 'member') return (await compared(db, ctx)).reach
  return { ...ctx.reach('board.read'), person: null }
}
