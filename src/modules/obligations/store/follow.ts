import { sql } from 'kysely'
import type { Tx } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'

/** What an open obligation becomes when the duty behind it says something else. */
export type Follow = {
  id: Id
  title: string
  kind: string
  due: string
  warn_from: string
  reckoned: string | null
  reckoned_from: string | null
}
export type Followed = {
  id: Id
  holder_id: Id
  unit_id: Id
  kind: string
  due: string
  warn_from: string
  was_kind: string
  was_due: string
  was_warn: string
}

/** Open obligations take the words, the kind and the day of the duty's new version; each event says why. One statement, in the order of the ids. */
export async function follow(tx: Tx, ctx: Ctx, rows: readonly Follow[], reason: string): Promise<Followed[]> {
  if (rows.length === 0) return []
  const { rows: followed } = await sql<Followed>`WITH wanted AS (
      SELECT r.* FROM jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) AS r(id uuid, title text, kind text, due date, warn_from date, reckoned text, reckoned_from date)
    ), held AS (
      SELECT o.id, o.kind, o.due, o.warn_from FROM obligation o
      WHERE o.tenant_id = ${ctx.tenant.id} AND o.id IN (SELECT id FROM wanted) AND o.state = 'open' ORDER BY o.id FOR UPDATE
    ), changed AS (
      UPDATE obligation o SET title = w.title, kind = w.kind, due = w.due, warn_from = w.warn_from, reckoned = w.reckoned, reckoned_from = w.reckoned_from,
        version = o.version + 1
      FROM held JOIN wanted w ON w.id = held.id WHERE o.tenant_id = ${ctx.tenant.id} AND o.id = held.id
      RETURNING o.id, o.version, o.state, o.holder_id, o.unit_id, o.kind, o.due, o.warn_from, held.kind AS was_kind, held.due AS was_due, held.warn_from AS was_warn
    ), logged AS (
      INSERT INTO obligation_event (tenant_id, obligation_id, version, kind, effective_at, recorded_at, actor_id, reason, state, holder_id, unit_id, warn_from, due)
      SELECT ${ctx.tenant.id}::uuid, id, version, CASE WHEN due = was_due THEN 'corrected' ELSE 'due_moved' END, ${ctx.now}, ${ctx.now}, ${ctx.actor.person},
        ${reason}, state, holder_id, unit_id, warn_from, due FROM changed
    ) SELECT * FROM changed`.execute(tx)
  return followed
}
