import { sql } from 'kysely'
import type { Db } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import { holding, inForce } from './said.ts'

/** The duties in force of units by the title they were first written under: what was accepted from a branch's proposals is known by it. */
export async function firstTitles(db: Db, ctx: Ctx, units: readonly Id[]): Promise<{ unit: Id; title: string; id: Id }[]> {
  const rows = await sql<{ unit: Id; title: string; id: Id }>`SELECT DISTINCT h.unit_id AS unit, d.title, d.id FROM duty_holder h
    JOIN duty d ON d.tenant_id = ${ctx.tenant.id} AND d.id = h.duty_id AND ${inForce({ ...ctx, day: '9999-12-30' })}
    WHERE h.tenant_id = ${ctx.tenant.id} AND h.unit_id = ANY(${units}::uuid[]) AND ${holding(ctx)}`.execute(db)
  return rows.rows
}
