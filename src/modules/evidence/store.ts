import { sql } from 'kysely'
import type { Db, Tx } from '#kernel/db.ts'
import type { FileKind } from '#kernel/files/kinds.ts'
import { type Id, newId } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import type { EvidenceState } from './rules.ts'

export type EvidenceRow = {
  id: Id
  act_id: Id
  hash: string
  name: string
  kind: FileKind
  size: number
  taken_on: string | null
  uploaded_at: Date
  uploaded_by: Id
  uploaded_by_name: string
  state: EvidenceState
  reason: string | null
  moved_by_name: string
  moved_at: Date
}

const columns = sql`e.id, e.act_id, e.hash, e.name, e.kind, e.size, e.taken_on, e.uploaded_at, e.uploaded_by, u.name AS uploaded_by_name,
  e.state, e.reason, m.name AS moved_by_name, e.moved_at`
const names = (tenant: Id) => sql`JOIN person u ON u.tenant_id = ${tenant} AND u.id = e.uploaded_by
  JOIN person m ON m.tenant_id = ${tenant} AND m.id = e.moved_by`
const rowsAtMost = 400

/** The files of these acts, removed ones too, in the order they came. */
export async function evidenceOf(db: Db, tenant: Id, acts: readonly Id[]): Promise<EvidenceRow[]> {
  const rows = await sql<EvidenceRow>`SELECT ${columns} FROM evidence e ${names(tenant)}
    WHERE e.tenant_id = ${tenant} AND e.act_id = ANY(${acts}::uuid[]) ORDER BY e.uploaded_at, e.id LIMIT ${rowsAtMost}`.execute(db)
  return rows.rows
}

export async function evidenceById(db: Db, tenant: Id, id: Id): Promise<EvidenceRow | undefined> {
  const rows = await sql<EvidenceRow>`SELECT ${columns} FROM evidence e ${names(tenant)}
    WHERE e.tenant_id = ${tenant} AND e.id = ${id}`.execute(db)
  return rows.rows[0]
}

export type Same = { hash: string; act_id: Id; name: string }
/** With which acts the same bytes are, of those uploaded by the day one looks at. */
export async function withSameBytes(db: Db, ctx: Ctx, hashes: readonly string[]): Promise<Same[]> {
  const rows = await sql<Same>`SELECT e.hash, e.act_id, e.name FROM evidence e
    WHERE e.tenant_id = ${ctx.tenant.id} AND e.hash = ANY(${hashes}::text[]) AND e.state = 'kept' AND e.uploaded_at <= ${ctx.knownAt}
    ORDER BY e.uploaded_at, e.id LIMIT ${rowsAtMost}`.execute(db)
  return rows.rows
}

/** How many files an act has, and their bytes together. */
export async function usedBy(db: Db, tenant: Id, act: Id): Promise<{ files: number; size: number }> {
  const rows = await sql<{ files: number; size: number }>`SELECT count(*)::int AS files, COALESCE(sum(size), 0)::int AS size FROM evidence
    WHERE tenant_id = ${tenant} AND act_id = ${act} AND state = 'kept'`.execute(db)
  return rows.rows[0] ?? { files: 0, size: 0 }
}

/** The acts that this one corrects, one after the other, itself first. */
export async function correctedBy(db: Db, tenant: Id, act: Id): Promise<Id[]> {
  const rows = await sql<{ id: Id }>`WITH RECURSIVE line AS (
      SELECT a.id, a.corrects_id, 1 AS n FROM act a WHERE a.tenant_id = ${tenant} AND a.id = ${act}
      UNION ALL
      SELECT a.id, a.corrects_id, l.n + 1 FROM line l JOIN act a ON a.tenant_id = ${tenant} AND a.id = l.corrects_id WHERE l.n < 50
    ) SELECT id FROM line ORDER BY n`.execute(db)
  return rows.rows.map((row) => row.id)
}

/** Holds an act while a file is added to it: nobody corrects it and nobody else adds meanwhile. */
export async function holdAct(tx: Tx, tenant: Id, act: Id): Promise<void> {
  await sql`SELECT id FROM act WHERE tenant_id = ${tenant} AND id = ${act} FOR NO KEY UPDATE`.execute(tx)
}

/** Of whoever refers to some bytes and whoever erases them, one at a time. */
export async function holdBytes(tx: Tx, tenant: Id, hash: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`evidence ${tenant} ${hash}`}, 0))`.execute(tx)
}

/** Of these hashes, those that some row still refers to. */
export async function referredTo(db: Db, tenant: Id, hashes: readonly string[]): Promise<Set<string>> {
  const rows = await sql<{ hash: string }>`SELECT DISTINCT hash FROM evidence
    WHERE tenant_id = ${tenant} AND hash = ANY(${hashes}::text[]) AND state = 'kept'`.execute(db)
  return new Set(rows.rows.map((row) => row.hash))
}

export type NewEvidence = { act: Id; hash: string; name: string; kind: FileKind; size: number; takenOn: string | null; by: Id }

export async function insertEvidence(tx: Tx, ctx: Ctx, one: NewEvidence): Promise<Id> {
  const id = newId()
  await tx
    .insertInto('evidence')
    .values({
      tenant_id: ctx.tenant.id,
      id,
      act_id: one.act,
      hash: one.hash,
      name: one.name,
      kind: one.kind,
      size: one.size,
      taken_on: one.takenOn,
      uploaded_at: ctx.now,
      uploaded_by: one.by,
      state: 'kept',
      moved_by: one.by,
      moved_at: ctx.now,
    })
    .execute()
  return id
}

/** Why it is removed: before its state moves. */
export async function keepReason(tx: Tx, tenant: Id, id: Id, reason: string): Promise<void> {
  await sql`UPDATE evidence SET reason = ${reason} WHERE tenant_id = ${tenant} AND id = ${id} AND state = 'kept'`.execute(tx)
}
