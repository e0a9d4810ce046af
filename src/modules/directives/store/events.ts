import { sql } from 'kysely'
import type { Db, Tx } from '#kernel/db.ts'
import { type Id, newId } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import type { DirectiveState, Facts } from '../rules.ts'
import type { Changeable } from './proposals.ts'

export type Verb =
  | 'add'
  | 'read'
  | 'mark'
  | 'accept'
  | 'edit'
  | 'merge'
  | 'split'
  | 'aside'
  | 'reopen'
  | 'settle'
  | 'resume'
  | 'amend'
  | 'same'
  | 'replace'
  | 'differ'

/** Keeps what things looked like after a verb; `actor` null is the program. */
export async function keepEvents(
  tx: Tx,
  ctx: Ctx,
  directive: Id,
  events: readonly { thing: Id; verb: Verb; actor: Id | null; after: Changeable | { state?: DirectiveState; facts?: Facts } }[],
): Promise<void> {
  if (events.length === 0) return
  const rows = events.map((event) => ({ ...event, id: newId() }))
  await sql`INSERT INTO directive_event (tenant_id, directive_id, id, thing_id, verb, actor_id, at, after)
    SELECT ${ctx.tenant.id}::uuid, ${directive}::uuid, x.id, x.thing, x.verb, x.actor, ${ctx.now}::timestamptz, x.after
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) AS x(id uuid, thing uuid, verb text, actor uuid, after jsonb)`.execute(tx)
}

/** Names of persons, by id. */
export async function namesOf(db: Db, tenant: Id, ids: readonly (Id | null)[]): Promise<Map<Id, string>> {
  const wanted = [...new Set(ids.flatMap((id) => (id === null ? [] : [id])))]
  if (wanted.length === 0) return new Map()
  const rows = await db.selectFrom('person').select(['id', 'name']).where('tenant_id', '=', tenant).where('id', 'in', wanted).execute()
  return new Map(rows.map((row) => [row.id, row.name]))
}
