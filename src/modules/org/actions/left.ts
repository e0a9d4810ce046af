import type { Db } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import { countGrants } from '#modules/access/index.ts'
import { countHeldIn } from '#modules/duties/index.ts'
import { countOpenIn } from '#modules/obligations/index.ts'

/**
 * What sits in units and is not moved by a change of them: duties that name the unit, what is still open there, grants over it. Told before and after, so
 * that it is handed over by a signed act and not by the way.
 */
export async function leftIn(db: Db, ctx: Ctx, units: readonly Id[]): Promise<{ duties: number; obligations: number; grants: number }> {
  if (units.length === 0) return { duties: 0, obligations: 0, grants: 0 }
  const [duties, obligations, grants] = await Promise.all([
    countHeldIn(db, ctx.tenant.id, units, ctx.today),
    countOpenIn(db, ctx.tenant.id, units),
    countGrants(db, ctx.tenant.id, units, ctx.today),
  ])
  return { duties, obligations, grants }
}
