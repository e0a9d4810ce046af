import { createHash, createHmac, randomBytes } from 'node:crypto'
import canonicalize from 'canonicalize'
import { sql } from 'kysely'
import { send, type Tx } from './db.ts'
import { type Id, newId } from './ids.ts'
import type { Ctx } from './scope.ts'

/** Keys of tenants, fetched once: they never change. */
const keys = new Map<Id, Buffer>()

async function keyOf(tx: Tx, tenant: Id): Promise<Buffer> {
  const known = keys.get(tenant)
  if (known) return known
  const row = await tx
    .selectFrom('tenant_key')
    .select('key')
    .where('tenant_id', '=', tenant)
    .where('purpose', '=', 'ledger')
    .executeTakeFirst()
  if (!row) throw new Error(`office ${tenant} has no ledger key`)
  const key = Buffer.from(row.key)
  keys.set(tenant, key)
  return key
}

/** A tenant's ledger key, made once when the office is founded. */
export const newLedgerKey = (): Buffer => randomBytes(32)

/** The per-tenant pseudonym of an id: HMAC-SHA-256, hex. */
export const pseudonym = (key: Buffer, id: string): string => createHmac('sha256', key).update(id).digest('hex')

/** SHA-256 over salt and canonical JSON, hex: what the ledger keeps of a content. */
export const saltedHash = (salt: Buffer, content: string): string => createHash('sha256').update(salt).update(content).digest('hex')

/** RFC 8785 canonical JSON. Throws on values JSON cannot carry. */
export function canonical(value: unknown): string {
  const text = canonicalize(value)
  if (text === undefined) throw new Error('not a JSON value')
  return text
}

/**
 * Appends what was done to the ledger, inside the action's transaction. The entry holds the kind, the instant, pseudonyms of thing and actor
 * and the salted hash of the content; the salt and the content lie apart so that they can be erased while the proof stays.
 */
export async function append(tx: Tx, ctx: Ctx, kind: string, thing: { id: Id }, content: Record<string, unknown> = {}): Promise<void> {
  const key = await keyOf(tx, ctx.tenant.id)
  const salt = randomBytes(16)
  const body = canonical({ ...content, thing: thing.id })
  const id = newId()
  const leaf = canonical({
    actor: pseudonym(key, ctx.actor.account),
    at: ctx.now.toISOString(),
    hash: saltedHash(salt, body),
    kind,
    thing: pseudonym(key, thing.id),
    v: 1,
  })
  send(
    tx,
    sql`WITH entry AS (INSERT INTO ledger_entry (tenant_id, id, kind, leaf, at) VALUES (${ctx.tenant.id}, ${id}, ${kind}, ${leaf}, ${ctx.now}))
      INSERT INTO ledger_salt (tenant_id, entry_id, thing_id, actor_id, salt, content)
      VALUES (${ctx.tenant.id}, ${id}, ${thing.id}, ${ctx.actor.account}, ${salt}, ${body})`,
  )
}
