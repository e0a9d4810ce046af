import { sql } from 'kysely'
import type { Db, Tx } from '#kernel/db.ts'
import { type Id, newId } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import type { Confirmer } from '../rules.ts'

export type NewDuty = {
  title: string
  body: string
  kind: string
  polarity: 'positive' | 'negative'
  measure: string | null
  parent: Id | null
  basis: { directive: Id; proposal: Id | null; start: number; end: number; inherited?: boolean } | null
  rrule: string | null
  due: string | null
  since: string
  /** Of the first responsible's list, for duties of kind `first`. */
  aspect?: string | null
  attend?: boolean | undefined
  confirm?: Confirmer | null | undefined
  /** What it is deployed together with. */
  beside?: Id | null
}

export async function insertDuty(tx: Tx, ctx: Ctx, person: Id, duty: NewDuty): Promise<Id> {
  const id = newId()
  await tx
    .insertInto('duty')
    .values({
      tenant_id: ctx.tenant.id,
      id,
      title: duty.title,
      body: duty.body,
      kind: duty.kind,
      polarity: duty.polarity,
      measure: duty.measure,
      aspect: duty.aspect ?? null,
      parent_id: duty.parent,
      beside_id: duty.beside ?? null,
      directive_id: duty.basis?.directive ?? null,
      proposal_id: duty.basis?.proposal ?? null,
      basis_start: duty.basis?.start ?? null,
      basis_end: duty.basis?.end ?? null,
      basis_inherited: duty.basis?.inherited ?? null,
      rrule: duty.rrule,
      due: duty.due,
      since: duty.since,
      attend: duty.attend ?? null,
      confirm: duty.confirm ?? null,
      state: 'active',
      recorded_by: person,
      recorded_at: ctx.now,
      moved_by: person,
      moved_at: ctx.now,
    })
    .execute()
  return id
}

/** What counts as fulfilling a duty from now on. */
export async function setTerms(tx: Tx, tenant: Id, duty: Id, terms: { attend: boolean; confirm: Confirmer | null }): Promise<void> {
  await tx.updateTable('duty').set(terms).where('tenant_id', '=', tenant).where('id', '=', duty).execute()
}

/** Keeps the day after the last one of a duty. */
export async function setUntil(tx: Tx, tenant: Id, duty: Id, until: string): Promise<void> {
  await sql`UPDATE duty SET until = ${until}::date + 1 WHERE tenant_id = ${tenant} AND id = ${duty}`.execute(tx)
}

/** Holds a duty until the transaction ends: whoever changes what is owed for it waits here. */
export async function lockDuty(tx: Tx, tenant: Id, duty: Id): Promise<void> {
  await sql`SELECT 1 FROM duty WHERE tenant_id = ${tenant} AND id = ${duty} FOR UPDATE`.execute(tx)
}

/** One writer at a time changes where duties hang: two moves at once could close a circle that neither sees. A statement of its own. */
export async function lockTree(tx: Tx, tenant: Id): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`duty tree ${tenant}`}, 0))`.execute(tx)
}

export async function setParent(
  tx: Tx,
  ctx: Ctx,
  person: Id,
  move: { duty: Id; from: Id | null; to: Id | null; reason: string | null },
): Promise<void> {
  await sql`UPDATE duty SET parent_id = ${move.to} WHERE tenant_id = ${ctx.tenant.id} AND id = ${move.duty}`.execute(tx)
  await tx
    .insertInto('duty_move')
    .values({
      tenant_id: ctx.tenant.id,
      id: newId(),
      duty_id: move.duty,
      from_id: move.from,
      to_id: move.to,
      reason: move.reason,
      moved_by: person,
      moved_at: ctx.now,
    })
    .execute()
}

/** Whose part of its parent a child carries, beside what is kept already. */
export async function insertParts(tx: Tx, ctx: Ctx, child: Id, holders: readonly Id[]): Promise<void> {
  if (holders.length === 0) return
  await sql`INSERT INTO duty_part (tenant_id, duty_id, holder_id, recorded_at)
    SELECT ${ctx.tenant.id}::uuid, ${child}::uuid, x, ${ctx.now} FROM unnest(${holders}::uuid[]) x
    ON CONFLICT (tenant_id, duty_id, holder_id) DO NOTHING`.execute(tx)
}

/** Forgets whose part a child carries of one parent: it is said anew. */
export async function dropParts(tx: Tx, tenant: Id, child: Id, parent: Id): Promise<void> {
  await sql`DELETE FROM duty_part k WHERE k.tenant_id = ${tenant} AND k.duty_id = ${child}
    AND k.holder_id IN (SELECT h.id FROM duty_holder h WHERE h.tenant_id = ${tenant} AND h.duty_id = ${parent})`.execute(tx)
}

/** A duty that rests on its parent's sentence, and whatever below rests on it, takes the sentence of a new parent (or none). */
export async function reground(tx: Tx, tenant: Id, duty: Id): Promise<void> {
  await sql`WITH RECURSIVE below AS (
      SELECT d.id, p.directive_id, p.basis_start, p.basis_end FROM duty d LEFT JOIN duty p ON p.tenant_id = ${tenant} AND p.id = d.parent_id
      WHERE d.tenant_id = ${tenant} AND d.id = ${duty} AND (d.basis_inherited OR d.directive_id IS NULL)
      UNION ALL
      SELECT d.id, b.directive_id, b.basis_start, b.basis_end FROM below b JOIN duty d ON d.tenant_id = ${tenant} AND d.parent_id = b.id
      WHERE d.tenant_id = ${tenant} AND (d.basis_inherited OR d.directive_id IS NULL)
    )
    UPDATE duty SET directive_id = b.directive_id, basis_start = b.basis_start, basis_end = b.basis_end,
      basis_inherited = CASE WHEN b.directive_id IS NULL THEN NULL ELSE true END
    FROM below b WHERE duty.tenant_id = ${tenant} AND duty.id = b.id`.execute(tx)
}

/** Active duties that hang below a duty: their titles, in no order. */
export async function activeChildren(db: Db, tenant: Id, duty: Id): Promise<string[]> {
  const rows = await sql<{
    title: string
  }>`SELECT d.title FROM duty d WHERE d.tenant_id = ${tenant} AND d.parent_id = ${duty} AND d.state = 'active'
    LIMIT 20`.execute(db)
  return rows.rows.map((row) => row.title)
}
