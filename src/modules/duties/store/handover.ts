import { sql } from 'kysely'
import type { Db, Tx } from '#kernel/db.ts'
import { type Id, newId } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import { said, versionJoin } from './said.ts'

export type LeavingDuty = {
  id: Id
  duty_id: Id
  title: string
  version: number
  unit_id: Id
  unit: string
  post_id: Id | null
  post: string | null
  since: string
  until: string | null
  rrule: string | null
  due: string | null
  directive: string | null
  gone: boolean
  others: string[]
}

/**
 * The places in which somebody holds duties by name, or through these posts, that reach past a day, in the order of their duties. `others`: whoever else holds the
 * duty in another place from the day on, posts by their names.
 */
export async function dutiesLeaving(db: Db, ctx: Ctx, person: Id, posts: readonly Id[], day: string): Promise<LeavingDuty[]> {
  const rows =
    await sql<LeavingDuty>`SELECT h.id, h.duty_id, ${said('title')} AS title, coalesce(w.version, 1) AS version, h.unit_id, u.name AS unit, h.post_id, o.name AS post,
      h.since, h.until, ${said('rrule')} AS rrule, ${said('due')} AS due, v.title AS directive, u.until IS NOT NULL AND u.until <= ${day}::date AS gone,
      ARRAY(SELECT coalesce(op.name, n.name) FROM duty_holder k LEFT JOIN post op ON op.tenant_id = ${ctx.tenant.id} AND op.id = k.post_id
        LEFT JOIN person n ON n.tenant_id = ${ctx.tenant.id} AND n.id = k.person_id
        WHERE k.tenant_id = ${ctx.tenant.id} AND k.duty_id = h.duty_id AND k.id <> h.id AND k.since <= ${day}::date AND (k.until IS NULL OR k.until > ${day}::date)
          AND k.person_id IS DISTINCT FROM ${person}::uuid
          AND (k.post_id IS NULL OR EXISTS (SELECT 1 FROM appointment a WHERE a.tenant_id = ${ctx.tenant.id} AND a.post_id = k.post_id AND a.person_id <> ${person}
            AND a.voided_at IS NULL AND a.since <= ${day}::date AND (a.until IS NULL OR a.until > ${day}::date))) ORDER BY k.id LIMIT 20) AS others
    FROM duty_holder h JOIN duty d ON d.tenant_id = ${ctx.tenant.id} AND d.id = h.duty_id ${versionJoin(ctx)}
    JOIN unit u ON u.tenant_id = ${ctx.tenant.id} AND u.id = h.unit_id LEFT JOIN post o ON o.tenant_id = ${ctx.tenant.id} AND o.id = h.post_id
    LEFT JOIN directive v ON v.tenant_id = ${ctx.tenant.id} AND v.id = d.directive_id
    WHERE h.tenant_id = ${ctx.tenant.id} AND d.state = 'active' AND (d.until IS NULL OR d.until > ${day}::date) AND (h.until IS NULL OR h.until > ${day}::date)
      AND (h.person_id = ${person} OR h.post_id = ANY(${[...posts]}::uuid[]))
    ORDER BY array_position(ARRAY['principal', 'first', 'dual', 'supervision', 'branch', 'task'], d.kind), d.since, d.id, h.id`.execute(db)
  return rows.rows
}

export type Seat = { id: Id; duty_id: Id; unit_id: Id; post_id: Id | null; person_id: Id | null; since: string; until: string | null }

/** Places of duties, held until the transaction ends, in the order of their ids. */
export async function seatsHeld(tx: Tx, tenant: Id, ids: readonly Id[]): Promise<Seat[]> {
  const rows = await sql<Seat>`SELECT h.id, h.duty_id, h.unit_id, h.post_id, h.person_id, h.since, h.until FROM duty_holder h
    WHERE h.tenant_id = ${tenant} AND h.id = ANY(${ids}::uuid[]) ORDER BY h.id FOR UPDATE`.execute(tx)
  return rows.rows
}

/** The days on which a person holds a duty by name in a unit. */
export async function heldByName(tx: Tx, tenant: Id, duty: Id, unit: Id, person: Id): Promise<{ since: string; until: string | null }[]> {
  const rows = await sql<{ since: string; until: string | null }>`SELECT h.since, h.until FROM duty_holder h
    WHERE h.tenant_id = ${tenant} AND h.duty_id = ${duty} AND h.unit_id = ${unit} AND h.person_id = ${person} ORDER BY h.since`.execute(tx)
  return rows.rows
}

/** Ends a place on a day; one that had not begun by then passes to a person as it is. */
export async function endSeat(tx: Tx, ctx: Ctx, id: Id, until: string): Promise<void> {
  await sql`UPDATE duty_holder SET until = ${until}, until_recorded_at = ${ctx.now} WHERE tenant_id = ${ctx.tenant.id} AND id = ${id}`.execute(
    tx,
  )
}
export async function renameSeat(tx: Tx, tenant: Id, id: Id, to: { unit: Id; person: Id }): Promise<void> {
  await sql`UPDATE duty_holder SET person_id = ${to.person}, post_id = NULL, unit_id = ${to.unit} WHERE tenant_id = ${tenant} AND id = ${id}`.execute(
    tx,
  )
}

/** A person holds a duty by name between these days. A child's part of what the former holder carried is theirs too. */
export async function insertSeat(
  tx: Tx,
  ctx: Ctx,
  of: { duty: Id; unit: Id; person: Id; since: string; until: string | null; instead: Id },
): Promise<Id> {
  const id = newId()
  await tx
    .insertInto('duty_holder')
    .values({
      ...{ tenant_id: ctx.tenant.id, id, duty_id: of.duty, unit_id: of.unit, post_id: null, person_id: of.person },
      ...{ since: of.since, until: of.until, recorded_at: ctx.now, until_recorded_at: of.until === null ? null : ctx.now },
    })
    .execute()
  await sql`INSERT INTO duty_part (tenant_id, duty_id, holder_id, recorded_at)
    SELECT ${ctx.tenant.id}::uuid, k.duty_id, ${id}::uuid, ${ctx.now} FROM duty_part k WHERE k.tenant_id = ${ctx.tenant.id} AND k.holder_id = ${of.instead}`.execute(
    tx,
  )
  return id
}
