import { sql } from 'kysely'
import type { Reach } from '#kernel/can.ts'
import type { Db } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import type { Cut } from '#kernel/table.ts'
import { firstNamed, inReach, isRed, type Known } from './known.ts'

/** What is red within a reach, the longest overdue first: `limit + 1` rows, from the cursor [due, id] on. */
export const redsPage = (db: Db, ctx: Ctx, reach: Reach, unit: Id | undefined, { after, limit }: Cut): Promise<Known[]> =>
  firstNamed(
    db,
    ctx,
    (s) => sql`${isRed(ctx, s)} AND ${inReach(reach, s)} ${unit ? sql`AND ${s}.unit_id = ${unit}` : sql``}
      ${after ? sql`AND (${s}.due, o.id) > (${after[0]}::date, ${after[1]}::uuid)` : sql``}`,
    limit + 1,
  )

export type Earlier = { id: Id; act: Id; what: string; on: string }

/** For each of these, the last act by which its holder fulfilled an earlier period of the same, by what was known on the day. */
export async function earlierActs(db: Db, ctx: Ctx, ids: readonly Id[]): Promise<Earlier[]> {
  if (ids.length === 0) return []
  const tenant = ctx.tenant.id
  const rows = await sql<Earlier>`SELECT DISTINCT ON (o.id) o.id, a.id AS act, a.what, a.happened_on AS "on" FROM obligation o
    JOIN obligation b ON b.tenant_id = ${tenant} AND b.because_id = o.because_id AND b.holder_id = o.holder_id AND b.id <> o.id
    JOIN act_discharge x ON x.tenant_id = ${tenant} AND x.obligation_id = b.id JOIN act a ON a.tenant_id = ${tenant} AND a.id = x.act_id
    WHERE o.tenant_id = ${tenant} AND o.id = ANY(${[...ids]}::uuid[]) AND a.recorded_at <= ${ctx.knownAt} AND a.happened_on <= ${ctx.day}::date
      AND (a.state = 'recorded' OR a.moved_at > ${ctx.knownAt}) ORDER BY o.id, a.happened_on DESC, a.id DESC`.execute(db)
  return rows.rows
}
