import { sql } from 'kysely'
import { type Db, send, type Tx } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import type { Side } from '../rules.ts'

export type NewText = { pledge: Id; no: number; body: string; hash: string }
/** Keeps texts verbatim, in one statement. They are never changed: the application may only add. Sent, not waited for. */
export function insertTexts(tx: Tx, ctx: Ctx, list: readonly NewText[]): void {
  send(
    tx,
    sql`INSERT INTO pledge_text (tenant_id, pledge_id, no, body, hash, made_at)
      SELECT ${ctx.tenant.id}::uuid, r.pledge, r.no, r.body, r.hash, ${ctx.now}::timestamptz
      FROM jsonb_to_recordset(${JSON.stringify(list)}::text::jsonb) AS r(pledge uuid, no int, body text, hash text)`,
  )
}

/** The texts of pledges that hold on the day one looks at, as they are kept. */
export async function textsOf(db: Db, ctx: Ctx, pledges: readonly Id[]): Promise<Map<Id, string>> {
  if (pledges.length === 0) return new Map()
  const result = await sql<{ pledge_id: Id; body: string }>`SELECT DISTINCT ON (x.pledge_id) x.pledge_id, x.body FROM pledge_text x
    WHERE x.tenant_id = ${ctx.tenant.id} AND x.pledge_id = ANY(${[...pledges]}::uuid[]) AND x.made_at <= ${ctx.knownAt}
    ORDER BY x.pledge_id, x.no DESC`.execute(db)
  return new Map(result.rows.map((row) => [row.pledge_id, row.body]))
}

export type NewSignature = { pledge: Id; side: Side; text_no: number; hash: string }
/** The actor's signatures under these texts, in one statement. Sent, not waited for. */
export function insertSignatures(tx: Tx, ctx: Ctx, list: readonly NewSignature[]): void {
  send(
    tx,
    sql`INSERT INTO pledge_signature (tenant_id, pledge_id, side, person_id, text_no, hash, signed_at)
      SELECT ${ctx.tenant.id}::uuid, r.pledge, r.side, ${ctx.actor.person}::uuid, r.text_no, r.hash, ${ctx.now}::timestamptz
      FROM jsonb_to_recordset(${JSON.stringify(list)}::text::jsonb) AS r(pledge uuid, side text, text_no int, hash text)`,
  )
}
