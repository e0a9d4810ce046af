import { addDays, dayOf, startOfWeek } from '#kernel/calendar/index.ts'
import type { Db } from '#kernel/db.ts'
import { type Ctx, personOf } from '#kernel/scope.ts'
import { countConfirmations } from '#modules/acts/index.ts'
import { type AwaitingRow, awaitingOn } from '#modules/duties/index.ts'
import { toSignOf as pledgesToSign } from '#modules/pledges/index.ts'
import { countOwn } from '../store/own.ts'

/** What waits for this person's signature above a budget; only the first responsible signs. */
export async function toSignOf(db: Db, ctx: Ctx, most: number) {
  return ctx.actor.seat === 'first' && ctx.can('duty.approve') ? awaitingOn(db, ctx, null, most) : { count: 0, items: [] }
}

export const signShown = (ctx: Ctx, row: AwaitingRow) => ({
  duty: { id: row.duty_id, name: row.title },
  by: row.by,
  since: dayOf(row.drafted_at, ctx.tenant.zone),
})

/** How many letters and promises wait for this person's signature, as the holder and as the superior. */
export async function pledgesOf(db: Db, ctx: Ctx): Promise<number> {
  if (!ctx.can('pledge.sign')) return 0
  const { holder, superior } = await pledgesToSign(db, ctx)
  return holder + superior
}

/** What waits for this person to confirm, and what came back to them; nothing for whoever confirms nothing. */
export const toConfirmOf = async (db: Db, ctx: Ctx) => (ctx.can('act.confirm') ? countConfirmations(db, ctx) : { asked: 0, returned: 0 })

/** How one's own stands, in figures: whose own red it is, sees it here. */
export async function own(db: Db, ctx: Ctx) {
  const [counts, sign, pledges, confirm] = await Promise.all([
    countOwn(db, ctx, personOf(ctx), addDays(startOfWeek(ctx.day), 6)),
    toSignOf(db, ctx, 1),
    pledgesOf(db, ctx),
    toConfirmOf(db, ctx),
  ])
  return { day: ctx.day, ...counts, toSign: sign.count, pledges, toConfirm: confirm.asked, returned: confirm.returned }
}
