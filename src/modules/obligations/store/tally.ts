import { sql } from 'kysely'
import { type Db, send, type Tx } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { BurdenDelta, Delta } from '../rules.ts'

/** Applies tally changes: one statement, in key order. Must be the last of its transaction: in any other order writers deadlock. */
export function applyTally(tx: Tx, tenant: Id, deltas: readonly Delta[]): void {
  if (deltas.length === 0) return
  send(
    tx,
    sql`INSERT INTO tally (tenant_id, unit_id, kind, due, warn_from, open, on_time, late, waived)
    SELECT ${tenant}::uuid, r.unit, r.kind, r.due, r."warnFrom", r.open, r."onTime", r.late, r.waived
    FROM jsonb_to_recordset(${JSON.stringify(deltas)}::text::jsonb) AS r(unit uuid, kind text, due date, "warnFrom" date, open int, "onTime" int, late int, waived int)
    ORDER BY r.unit, r.kind, r.due, r."warnFrom"
    ON CONFLICT (tenant_id, unit_id, kind, due, warn_from) DO UPDATE
    SET open = tally.open + excluded.open, on_time = tally.on_time + excluded.on_time, late = tally.late + excluded.late, waived = tally.waived + excluded.waived`,
  )
}

/** Applies changes of the burden: one statement, in key order, after the tally's. */
export function applyBurden(tx: Tx, tenant: Id, deltas: readonly BurdenDelta[]): void {
  if (deltas.length === 0) return
  send(
    tx,
    sql`INSERT INTO burden (tenant_id, month, holder_id, kind, asked)
    SELECT ${tenant}::uuid, r.month, r.holder, r.kind, r.asked
    FROM jsonb_to_recordset(${JSON.stringify(deltas)}::text::jsonb) AS r(month date, holder uuid, kind text, asked int)
    ORDER BY r.month, r.holder, r.kind
    ON CONFLICT (tenant_id, month, holder_id, kind) DO UPDATE SET asked = burden.asked + excluded.asked`,
  )
}

export type BurdenRow = { person_id: Id; month: string; kind: string; asked: number }

/**
 * What is asked of each person in the months [from, until] (their first days), by kind: read from the sums, as many rows as people × months × kinds.
 * `persons` null is everybody.
 */
export async function burdenRows(db: Db, tenant: Id, from: string, until: string, persons: readonly Id[] | null): Promise<BurdenRow[]> {
  const of = persons === null ? sql`` : sql`AND b.holder_id = ANY(${persons}::uuid[])`
  const rows = await sql<BurdenRow>`SELECT b.holder_id AS person_id, b.month, b.kind, b.asked FROM burden b
    WHERE b.tenant_id = ${tenant} AND b.month >= ${from}::date AND b.month <= ${until}::date AND b.asked <> 0 ${of}
    ORDER BY b.month, b.holder_id, b.kind`.execute(db)
  return rows.rows
}

/** Rows of the sums that a fresh count does not give, or gives otherwise, put right. Returns how many were wrong. */
async function recountBurden(tx: Tx, tenant: Id): Promise<number> {
  const counted = sql`SELECT date_trunc('month', o.due)::date AS month, o.holder_id, o.kind, count(*)::int AS asked FROM obligation o
    WHERE o.tenant_id = ${tenant} AND o.state IN ('open', 'discharged') GROUP BY 1, 2, 3`
  const gone = await sql<{ wrong: boolean }>`WITH counted AS (${counted}) DELETE FROM burden b WHERE b.tenant_id = ${tenant} AND NOT EXISTS
      (SELECT 1 FROM counted c WHERE c.month = b.month AND c.holder_id = b.holder_id AND c.kind = b.kind)
    RETURNING b.asked <> 0 AS wrong`.execute(tx)
  const fixed = await sql`INSERT INTO burden (tenant_id, month, holder_id, kind, asked) SELECT ${tenant}::uuid, c.* FROM (${counted}) c
    ON CONFLICT (tenant_id, month, holder_id, kind) DO UPDATE SET asked = excluded.asked WHERE burden.asked <> excluded.asked RETURNING 1`.execute(
    tx,
  )
  return fixed.rows.length + gone.rows.filter((row) => row.wrong).length
}

/**
 * Counts the tallies and the burden anew and returns how many rows were wrong. Writers wait at their last statement meanwhile, so nothing is missed:
 * what they changed is either seen here or added afterwards.
 */
export async function recountTally(tx: Tx, tenant: Id): Promise<number> {
  await sql`LOCK TABLE tally IN SHARE ROW EXCLUSIVE MODE`.execute(tx)
  await sql`LOCK TABLE burden IN SHARE ROW EXCLUSIVE MODE`.execute(tx)
  const counted = sql`SELECT o.unit_id, o.kind, o.due, o.warn_from, count(*) FILTER (WHERE o.state = 'open')::int AS open,
      count(*) FILTER (WHERE o.state = 'discharged' AND (o.done_on IS NULL OR o.done_on <= o.due))::int AS on_time,
      count(*) FILTER (WHERE o.state = 'discharged' AND o.done_on > o.due)::int AS late, count(*) FILTER (WHERE o.state = 'waived')::int AS waived
    FROM obligation o WHERE o.tenant_id = ${tenant} AND o.state IN ('open', 'discharged', 'waived') GROUP BY o.unit_id, o.kind, o.due, o.warn_from`
  const gone = await sql`DELETE FROM tally t WHERE t.tenant_id = ${tenant} AND NOT EXISTS (SELECT 1 FROM obligation o
    WHERE o.tenant_id = ${tenant} AND o.unit_id = t.unit_id AND o.kind = t.kind AND o.due = t.due AND o.warn_from = t.warn_from
      AND o.state IN ('open', 'discharged', 'waived'))
    RETURNING (t.open <> 0 OR t.on_time <> 0 OR t.late <> 0 OR t.waived <> 0) AS wrong`.execute(tx)
  const fixed = await sql`INSERT INTO tally (tenant_id, unit_id, kind, due, warn_from, open, on_time, late, waived)
    SELECT ${tenant}::uuid, c.* FROM (${counted}) c
    ON CONFLICT (tenant_id, unit_id, kind, due, warn_from) DO UPDATE
    SET open = excluded.open, on_time = excluded.on_time, late = excluded.late, waived = excluded.waived
    WHERE (tally.open, tally.on_time, tally.late, tally.waived) IS DISTINCT FROM (excluded.open, excluded.on_time, excluded.late, excluded.waived)
    RETURNING 1`.execute(tx)
  return fixed.rows.length + (gone.rows as { wrong: boolean }[]).filter((row) => row.wrong).length + (await recountBurden(tx, tenant))
}
