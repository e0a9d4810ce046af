import { sql } from 'kysely'
import type { Db, Tx } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'

/** Open obligations of a duty that are due after a day, for the end of the duty. */
export async function openAfter(db: Db, tenant: Id, duty: Id, day: string): Promise<Id[]> {
  const rows = await sql<{
    id: Id
  }>`SELECT id FROM obligation WHERE tenant_id = ${tenant} AND because_id = ${duty} AND state = 'open' AND due > ${day}`.execute(db)
  return rows.rows.map((row) => row.id)
}

/**
 * The periods of duties that have obligations already, whoever holds them now, as `duty period unit`: the unit each was made for, so that one handed over to
 * another unit does not come back.
 */
export async function periodsMade(db: Db, tenant: Id, duties: readonly Id[]): Promise<Set<string>> {
  const rows = await sql<{ key: string }>`SELECT DISTINCT o.because_id || ' ' || o.period || ' ' || e.unit_id AS key FROM obligation o
    JOIN obligation_event e ON e.tenant_id = ${tenant} AND e.obligation_id = o.id AND e.version = 1
    WHERE o.tenant_id = ${tenant} AND o.because_id = ANY(${duties}::uuid[])`.execute(db)
  return new Set(rows.rows.map((row) => row.key))
}

export type Standing = {
  id: Id
  period: string
  holder: Id
  unit: Id
  opens: string
  due: string
  title: string
  kind: string
  state: string
  /** Waived by a change of the duty and not by anybody's decision. */
  replanned: boolean
  /** Its day was set by somebody, for it alone: no change of the duty moves it. */
  given: boolean
  reckoned: { by: string; from: string } | null
}

/** All that was ever made for a duty, held until the transaction ends, in the order of the ids (see `holdObligations`). */
export async function holdOwed(tx: Tx, tenant: Id, duty: Id): Promise<Standing[]> {
  const rows =
    await sql<Standing>`SELECT o.id, o.period, o.holder_id AS holder, o.unit_id AS unit, o.opens, o.due, o.title, o.kind, o.state,
      o.part > 0 OR (o.reckoned IS NULL AND o.period <> 'once') AS given,
      CASE WHEN o.reckoned IS NOT NULL THEN jsonb_build_object('by', o.reckoned, 'from', o.reckoned_from) END AS reckoned,
      EXISTS (SELECT 1 FROM duty_replan r WHERE r.tenant_id = ${tenant} AND r.obligation_id = o.id) AS replanned
    FROM obligation o WHERE o.tenant_id = ${tenant} AND o.because_id = ${duty} ORDER BY o.id FOR UPDATE OF o`.execute(tx)
  return rows.rows
}

export async function keepReplanned(tx: Tx, ctx: Ctx, duty: Id, waived: readonly Id[], back: readonly Id[]): Promise<void> {
  const tenant = ctx.tenant.id
  if (back.length > 0) await sql`DELETE FROM duty_replan WHERE tenant_id = ${tenant} AND obligation_id = ANY(${back}::uuid[])`.execute(tx)
  if (waived.length > 0)
    await sql`INSERT INTO duty_replan (tenant_id, obligation_id, duty_id, at) SELECT ${tenant}::uuid, x, ${duty}::uuid, ${ctx.now} FROM unnest(${waived}::uuid[]) x
      ON CONFLICT (tenant_id, obligation_id) DO NOTHING`.execute(tx)
}
