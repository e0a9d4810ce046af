import { sql } from 'kysely'
import type { Db } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'

/** The obligations a trace walks from: of one cause or of one person, known by the day one looks at; the overdue and the nearest first. */
export async function obligationsFrom(db: Db, ctx: Ctx, of: { because?: Id; person?: Id }, limit: number): Promise<Id[]> {
  const rows = await sql<{ id: Id }>`SELECT o.id FROM obligation o JOIN LATERAL (SELECT x.state, x.due, x.holder_id FROM obligation_event x
      WHERE x.tenant_id = ${ctx.tenant.id} AND x.obligation_id = o.id AND x.recorded_at <= ${ctx.knownAt} ORDER BY x.version DESC LIMIT 1) e ON true
    WHERE o.tenant_id = ${ctx.tenant.id} AND (${of.because ?? null}::uuid IS NULL OR o.because_id = ${of.because ?? null}::uuid)
      AND (${of.person ?? null}::uuid IS NULL OR e.holder_id = ${of.person ?? null}::uuid) AND o.opens <= ${ctx.day}::date
    ORDER BY (e.state = 'open' AND e.due < ${ctx.day}::date) DESC, abs(e.due - ${ctx.day}::date), o.id LIMIT ${limit}`.execute(db)
  return rows.rows.map((row) => row.id)
}

/** The obligations an act discharged. */
export async function obligationsOfAct(db: Db, tenant: Id, act: Id): Promise<Id[]> {
  const rows = await sql<{
    id: Id
  }>`SELECT obligation_id AS id FROM act_discharge WHERE tenant_id = ${tenant} AND act_id = ${act} ORDER BY obligation_id`.execute(db)
  return rows.rows.map((row) => row.id)
}

export async function personNamed(db: Db, tenant: Id, id: Id): Promise<{ id: Id; name: string; recorded_at: Date } | undefined> {
  return db
    .selectFrom('person')
    .select(['id', 'name', 'recorded_at'])
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** What somebody held on a day, in words: posts with their units. */
export async function postsOn(db: Db, tenant: Id, persons: readonly Id[], day: string): Promise<Map<Id, string>> {
  const rows = await sql<{
    person_id: Id
    posts: string
  }>`SELECT a.person_id, string_agg(o.name || CASE a.kind WHEN 'acting' THEN '（主持）' WHEN 'seconded' THEN '（借调）' ELSE '' END, '、' ORDER BY o.sort, o.id) AS posts
    FROM appointment a JOIN post o ON o.tenant_id = ${tenant} AND o.id = a.post_id
    WHERE a.tenant_id = ${tenant} AND a.person_id = ANY(${persons}::uuid[]) AND a.voided_at IS NULL AND a.since <= ${day} AND (a.until IS NULL OR a.until > ${day})
    GROUP BY a.person_id`.execute(db)
  return new Map(rows.rows.map((row) => [row.person_id, row.posts]))
}

export async function findingById(db: Db, tenant: Id, id: Id) {
  return db
    .selectFrom('finding')
    .select(['id', 'title', 'directive_id', 'proposal_id'])
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** Where a proposal's sentence stands. */
export async function spanOf(db: Db, tenant: Id, proposal: Id) {
  return db
    .selectFrom('proposal')
    .select(['start_at', 'end_at'])
    .where('tenant_id', '=', tenant)
    .where('id', '=', proposal)
    .executeTakeFirst()
}
