import { sql } from 'kysely'
import type { Db } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'

/** What was recorded for somebody, or waits for them as a head or superior, and is not answered: the act's day and what it says, first the oldest. */
export async function awaitingOfPerson(
  db: Db,
  tenant: Id,
  person: Id,
): Promise<{ id: Id; what: string; day: string; unit_id: Id; unit: string; by: string }[]> {
  const rows = await sql<{ id: Id; what: string; day: string; unit_id: Id; unit: string; by: string }>`SELECT c.id, a.what,
      a.happened_on AS day, c.unit_id, u.name AS unit, b.name AS by
    FROM act_confirmation c JOIN act a ON a.tenant_id = ${tenant} AND a.id = c.act_id AND a.state = 'recorded'
    JOIN unit u ON u.tenant_id = ${tenant} AND u.id = c.unit_id JOIN person b ON b.tenant_id = ${tenant} AND b.id = c.asked_by
    WHERE c.tenant_id = ${tenant} AND c.asked_of = ${person} AND c.state = 'awaiting' ORDER BY a.happened_on, c.id LIMIT 200`.execute(db)
  return rows.rows
}
