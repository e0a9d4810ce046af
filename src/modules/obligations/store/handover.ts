import { sql } from 'kysely'
import type { Db } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'

export type OpenRow = {
  id: Id
  because: string
  because_id: Id
  title: string
  period: string
  part: number
  unit_id: Id
  unit: string
  opens: string
  warn_from: string
  due: string
  ground: string | null
  gone: boolean
}

/** Everything that somebody owes and has not done, in the order of the due days. `gone`: its unit ends by the day. */
export async function openOfPerson(db: Db, tenant: Id, person: Id, day: string): Promise<OpenRow[]> {
  const rows =
    await sql<OpenRow>`SELECT o.id, o.because, o.because_id, o.title, o.period, o.part, o.unit_id, u.name AS unit, o.opens, o.warn_from, o.due, o.ground,
      u.until IS NOT NULL AND u.until <= ${day}::date AS gone
    FROM obligation o JOIN unit u ON u.tenant_id = ${tenant} AND u.id = o.unit_id
    WHERE o.tenant_id = ${tenant} AND o.holder_id = ${person} AND o.state = 'open' ORDER BY o.due, o.id`.execute(db)
  return rows.rows
}

/** Of these, by `id person`: those that the person owes already in their own right (same cause, period and part). */
export async function owedAlready(db: Db, tenant: Id, moves: readonly { id: Id; to: Id }[]): Promise<Set<string>> {
  if (moves.length === 0) return new Set()
  const rows = await sql<{
    key: string
  }>`SELECT m.id || ' ' || m.to AS key FROM jsonb_to_recordset(${JSON.stringify(moves)}::text::jsonb) AS m(id uuid, "to" uuid)
    JOIN obligation o ON o.tenant_id = ${tenant} AND o.id = m.id
    JOIN obligation t ON t.tenant_id = ${tenant} AND t.because_id = o.because_id AND t.holder_id = m.to AND t.period = o.period AND t.part = o.part`.execute(
    db,
  )
  return new Set(rows.rows.map((row) => row.key))
}
