import { sql } from 'kysely'
import type { Db, Tx } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import type { Content, Version } from '../versions.ts'

export type VersionRow = Omit<Version, 'owesFrom'> & {
  duty: Id
  owes_from: string
  reason: string | null
  by: string
  recorded_at: Date
  undone_at: Date | null
}

/**
 * Every version of duties known by `ctx.knownAt`, undone ones too, oldest first. A duty's own row is the first. `until` is the day the next one
 * begins that stands.
 */
export async function versionsOf(db: Db, ctx: Pick<Ctx, 'tenant' | 'knownAt'>, duties: readonly Id[]): Promise<VersionRow[]> {
  if (duties.length === 0) return []
  const tenant = ctx.tenant.id
  const rows =
    await sql<VersionRow>`SELECT d.id AS duty, 1 AS version, d.since, NULL::date AS until, d.since AS owes_from, d.title, d.body, d.kind, d.polarity,
      d.measure, d.aspect, d.rrule, d.due, NULL::text AS reason, p.name AS by, d.recorded_at, NULL::timestamptz AS undone_at
    FROM duty d JOIN person p ON p.tenant_id = ${tenant} AND p.id = d.recorded_by
    WHERE d.tenant_id = ${tenant} AND d.id = ANY(${duties}::uuid[]) AND d.recorded_at <= ${ctx.knownAt}
    UNION ALL
    SELECT w.duty_id, w.version, w.since, NULL::date, w.owes_from, w.title, w.body, w.kind, w.polarity, w.measure, w.aspect, w.rrule, w.due, w.reason, p.name,
      w.recorded_at, CASE WHEN w.undone_at <= ${ctx.knownAt} THEN w.undone_at END
    FROM duty_version w JOIN person p ON p.tenant_id = ${tenant} AND p.id = w.recorded_by
    WHERE w.tenant_id = ${tenant} AND w.duty_id = ANY(${duties}::uuid[]) AND w.recorded_at <= ${ctx.knownAt}
    ORDER BY duty, version`.execute(db)
  return rows.rows
}

/** Of those rows, the versions that stand, with the day each ends. */
export function standing(rows: readonly VersionRow[]): Version[] {
  const live = rows.filter((row) => row.undone_at === null)
  return live.map(({ owes_from, ...row }, i) => ({ ...row, owesFrom: owes_from, until: live[i + 1]?.since ?? null }))
}

/** Ends the last version where the new one begins, and keeps the new one. */
export async function insertVersion(
  tx: Tx,
  ctx: Ctx,
  by: Id,
  duty: Id,
  next: Content & { since: string; owesFrom: string; version: number; reason: string },
): Promise<void> {
  await sql`UPDATE duty_version SET until = ${next.since} WHERE tenant_id = ${ctx.tenant.id} AND duty_id = ${duty} AND undone_at IS NULL AND until IS NULL`.execute(
    tx,
  )
  const { owesFrom, ...row } = next
  await tx
    .insertInto('duty_version')
    .values({ ...row, tenant_id: ctx.tenant.id, duty_id: duty, owes_from: owesFrom, recorded_by: by, recorded_at: ctx.now })
    .execute()
}

/** Marks a version undone and opens the one before it again. */
export async function undoVersion(tx: Tx, ctx: Ctx, by: Id, duty: Id, undone: number, before: number): Promise<void> {
  await sql`UPDATE duty_version SET undone_at = ${ctx.now}, undone_by = ${by} WHERE tenant_id = ${ctx.tenant.id} AND duty_id = ${duty} AND version = ${undone}`.execute(
    tx,
  )
  await sql`UPDATE duty_version SET until = NULL WHERE tenant_id = ${ctx.tenant.id} AND duty_id = ${duty} AND version = ${before}`.execute(
    tx,
  )
}
