import { sql } from 'kysely'
import type { Db, Tx } from '#kernel/db.ts'
import { type Id, newId } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'

/** A few pairs that stand side by side in a sentence: any duty that holds them all is a candidate for it. */
export type Probe = { proposal: Id; pairs: string[] }

const perProbe = 40
const perProposal = 8

/**
 * Active duties that share stretches with sentences, those that share most first, never of the same paper and never a pair that was decided before. Each probe
 * is one look-up in the index `duty_like`, so the cost follows the sentences and not the duties.
 */
export async function candidatesFor(db: Db, ctx: Ctx, directive: Id, probes: readonly Probe[]): Promise<{ proposal: Id; duty: Id }[]> {
  if (probes.length === 0) return []
  const tenant = ctx.tenant.id
  const { rows } = await sql<{ proposal: Id; duty: Id }>`
    WITH asked AS (SELECT * FROM jsonb_to_recordset(${JSON.stringify(probes)}::text::jsonb) AS x(proposal uuid, pairs text[])),
    shared AS (SELECT a.proposal, f.id AS duty, count(*) AS hits FROM asked a CROSS JOIN LATERAL (
        SELECT d.id FROM duty d WHERE d.tenant_id = ${tenant} AND d.state = 'active' AND app_pairs(d.title || ' ' || d.body) @> a.pairs
          AND d.directive_id IS DISTINCT FROM ${directive}::uuid LIMIT ${perProbe}) f GROUP BY a.proposal, f.id),
    ranked AS (SELECT s.proposal, s.duty, row_number() OVER (PARTITION BY s.proposal ORDER BY s.hits DESC, s.duty) AS place FROM shared s
      WHERE NOT EXISTS (SELECT 1 FROM likeness l WHERE l.tenant_id = ${tenant} AND l.proposal_id = s.proposal AND l.duty_id = s.duty))
    SELECT r.proposal, r.duty FROM ranked r WHERE r.place <= ${perProposal} ORDER BY r.proposal, r.place`.execute(db)
  return rows
}

export type Choice = 'same' | 'replaces' | 'different'

export async function keepLikeness(
  tx: Tx,
  ctx: Ctx,
  by: Id,
  of: { proposal: Id; duty: Id; choice: Choice; percent: number },
): Promise<void> {
  const { proposal, duty, choice, percent } = of
  const made = { tenant_id: ctx.tenant.id, id: newId(), recorded_by: by, recorded_at: ctx.now }
  await tx
    .insertInto('likeness')
    .values({ ...made, proposal_id: proposal, duty_id: duty, choice, percent })
    .execute()
}

export type Likened = { proposal: Id; duty: Id; title: string; choice: Choice }
/** What was decided of the sentences of a directive beside earlier duties, by the day one looks at. */
export async function likenedIn(db: Db, ctx: Ctx, directive: Id): Promise<Likened[]> {
  const { rows } = await sql<Likened>`SELECT l.proposal_id AS proposal, l.duty_id AS duty, d.title, l.choice FROM proposal p
    JOIN likeness l ON l.tenant_id = ${ctx.tenant.id} AND l.proposal_id = p.id JOIN duty d ON d.tenant_id = ${ctx.tenant.id} AND d.id = l.duty_id
    WHERE p.tenant_id = ${ctx.tenant.id} AND p.directive_id = ${directive} AND l.recorded_at <= ${ctx.knownAt} ORDER BY l.recorded_at, l.id`.execute(
    db,
  )
  return rows
}

type Sentence = { duty: Id; directive: Id; proposal: Id; start: number; end: number }
export async function insertSentence(tx: Tx, ctx: Ctx, by: Id, { duty, directive, proposal, start, end }: Sentence): Promise<void> {
  const made = { tenant_id: ctx.tenant.id, id: newId(), recorded_by: by, recorded_at: ctx.now }
  const place = { duty_id: duty, directive_id: directive, proposal_id: proposal, basis_start: start, basis_end: end }
  await tx
    .insertInto('duty_sentence')
    .values({ ...made, ...place })
    .execute()
}

export type Further = { directive: Id; title: string; issued_on: string; start: number; end: number; text: string; by: string; at: Date }
/** Where the further sentences of several duties stand, the earliest first, as known on the day one looks at. */
export async function furtherOf(
  db: Db,
  ctx: Ctx,
  duties: readonly Id[],
): Promise<{ duty: Id; directive: Id; start: number; end: number; at: Date }[]> {
  if (duties.length === 0) return []
  const { rows } = await sql<{
    duty: Id
    directive: Id
    start: number
    end: number
    at: Date
  }>`SELECT s.duty_id AS duty, s.directive_id AS directive,
      s.basis_start AS start, s.basis_end AS "end", s.recorded_at AS at FROM duty_sentence s
    WHERE s.tenant_id = ${ctx.tenant.id} AND s.duty_id = ANY(${duties}::uuid[]) AND s.recorded_at <= ${ctx.knownAt} ORDER BY s.recorded_at, s.id`.execute(
    db,
  )
  return rows
}

/** The duties that rest on a directive, by their own sentence or a further one; of one sentence where its place is given. At most `limit`, in its order. */
export async function dutiesResting(db: Db, ctx: Ctx, directive: Id, start: number | null, limit: number): Promise<Id[]> {
  const tenant = ctx.tenant.id
  const at = start === null ? sql`true` : sql`x.start <= ${start} AND x."end" > ${start}`
  const { rows } = await sql<{ id: Id }>`SELECT x.id FROM (
      SELECT d.id, d.basis_start AS start, d.basis_end AS "end" FROM duty d WHERE d.tenant_id = ${tenant} AND d.directive_id = ${directive}
        AND d.recorded_at <= ${ctx.knownAt}
      UNION SELECT s.duty_id, s.basis_start, s.basis_end FROM duty_sentence s WHERE s.tenant_id = ${tenant} AND s.directive_id = ${directive}
        AND s.recorded_at <= ${ctx.knownAt}
    ) x WHERE ${at} GROUP BY x.id ORDER BY min(x.start), x.id LIMIT ${limit}`.execute(db)
  return rows.map((row) => row.id)
}

/** The further sentences a duty rests on, the earliest first, as known on the day one looks at. */
export async function sentencesOfDuty(db: Db, ctx: Ctx, duty: Id): Promise<Further[]> {
  const { rows } =
    await sql<Further>`SELECT v.id AS directive, v.title, v.issued_on, s.basis_start AS start, s.basis_end AS "end", p.body AS text, r.name AS by,
      s.recorded_at AS at FROM duty_sentence s JOIN directive v ON v.tenant_id = ${ctx.tenant.id} AND v.id = s.directive_id
    JOIN proposal p ON p.tenant_id = ${ctx.tenant.id} AND p.id = s.proposal_id JOIN person r ON r.tenant_id = ${ctx.tenant.id} AND r.id = s.recorded_by
    WHERE s.tenant_id = ${ctx.tenant.id} AND s.duty_id = ${duty} AND s.recorded_at <= ${ctx.knownAt} ORDER BY s.recorded_at, s.id LIMIT 50`.execute(
      db,
    )
  return rows
}

export type Succession = { way: 'by' | 'of'; duty: Id; title: string; directive: Id; paper: string; start: number }
/** What took a duty's place, and whose place it took. */
export async function successionOf(db: Db, ctx: Ctx, duty: Id): Promise<Succession[]> {
  const tenant = ctx.tenant.id
  const { rows } =
    await sql<Succession>`SELECT CASE WHEN l.duty_id = ${duty} THEN 'by' ELSE 'of' END AS way, d.id AS duty, d.title, v.id AS directive,
      v.title AS paper, p.start_at AS start FROM (
        SELECT l.* FROM likeness l WHERE l.tenant_id = ${tenant} AND l.duty_id = ${duty} AND l.choice = 'replaces'
        UNION ALL SELECT l.* FROM duty n JOIN likeness l ON l.tenant_id = ${tenant} AND l.proposal_id = n.proposal_id AND l.choice = 'replaces'
          WHERE n.tenant_id = ${tenant} AND n.id = ${duty}) l
    JOIN proposal p ON p.tenant_id = ${tenant} AND p.id = l.proposal_id JOIN directive v ON v.tenant_id = ${tenant} AND v.id = p.directive_id
    JOIN duty d ON d.tenant_id = ${tenant} AND d.id = (CASE WHEN l.duty_id = ${duty} THEN p.made_id ELSE l.duty_id END)
    WHERE l.recorded_at <= ${ctx.knownAt} ORDER BY l.recorded_at LIMIT 20`.execute(db)
  return rows
}
