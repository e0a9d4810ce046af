import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { send, type Tx } from './db.ts'
import { Refusal } from './errors.ts'
import { canonical } from './ledger.ts'
import type { Ctx } from './scope.ts'

/** The fingerprint of a request: what was asked, of which route. */
export function requestHash(method: string, path: string, input: unknown): string {
  const body = JSON.parse(
    JSON.stringify(input, (_, value) => (value instanceof Uint8Array ? createHash('sha256').update(value).digest('hex') : value)) ?? 'null',
  )
  return createHash('sha256')
    .update(`${method} ${path} ${canonical(body)}`)
    .digest('hex')
}

/**
 * Claims a key inside the transaction of the write. A second request with the same key waits for the first to commit and gets its answer;
 * the same key on another request is `idempotency.mismatch` (422). Returns the earlier answer, or null when the key is new.
 */
export async function claim(tx: Tx, ctx: Ctx, key: string, hash: string): Promise<{ answer: unknown } | null> {
  const own = { tenant_id: ctx.tenant.id, account_id: ctx.actor.account, key }
  const claimed = await tx
    .insertInto('idempotency')
    .values({ ...own, request_hash: hash, at: ctx.now })
    .onConflict((conflict) => conflict.doNothing())
    .returning('key')
    .executeTakeFirst()
  if (claimed) return null
  const earlier = await tx
    .selectFrom('idempotency')
    .select(['request_hash', 'answer'])
    .where('tenant_id', '=', own.tenant_id)
    .where('account_id', '=', own.account_id)
    .where('key', '=', key)
    .executeTakeFirst()
  if (!earlier || earlier.request_hash !== hash) throw new Refusal('idempotency.mismatch')
  return { answer: earlier.answer }
}

/** Keeps the answer beside the key, in the same transaction. */
export function keep(tx: Tx, ctx: Ctx, key: string, answer: unknown): void {
  send(
    tx,
    sql`UPDATE idempotency SET status = 200, answer = ${JSON.stringify(answer)}::text::jsonb
      WHERE tenant_id = ${ctx.tenant.id} AND account_id = ${ctx.actor.account} AND key = ${key}`,
  )
}
