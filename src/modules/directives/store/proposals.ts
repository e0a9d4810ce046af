import { sql } from 'kysely'
import type { Db, Tx } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import type { Cadence, Due, DutyKind, Holder, Tail, Why } from '../outline/types.ts'
import type { ProposalState } from '../rules.ts'
import { json } from './directives.ts'

export type Assigned = { unit: Id; post: Id | null; person: Id | null }
/** What of a proposal changes, and so what each event keeps whole. */
export type Changeable = {
  state: ProposalState
  title: string
  assigned: Assigned[] | null
  kind: DutyKind
  polarity: 'positive' | 'negative'
  cadence: Cadence | null
  due: Due | null
  measure: string | null
  reason: string | null
  into: Id | null
  made: Id | null
}
export type ProposalRow = Changeable & {
  id: Id
  directive: Id
  seq: number
  type: 'duty' | 'finding'
  start: number
  end: number
  body: string
  holders: Holder[]
  tail: Tail | null
  why: Why[]
  confidence: number
  recorded_by: Id | null
  recorded_at: Date
  moved_by: Id | null
  moved_at: Date | null
}
/** As much of a proposal as counting needs. */
export type Light = { id: Id; directive: Id; type: string; state: ProposalState; into: Id | null }

const columns = sql`p.id, p.directive_id AS directive, p.seq, p.type, p.start_at AS start, p.end_at AS "end", p.title, p.body, p.holders, p.assigned, p.kind,
  p.polarity, p.cadence, p.due, p.measure, p.tail, p.why, p.confidence, p.state, p.reason, p.into_id AS into, p.made_id AS made, p.recorded_by, p.recorded_at,
  p.moved_by, p.moved_at`

/** All proposals of a directive as they are, in the order of the text; or only some, with whatever was merged. */
export async function proposalsOf(db: Db, tenant: Id, directive: Id, some?: readonly Id[]): Promise<ProposalRow[]> {
  const which = some ? sql`AND (p.id = ANY(${[...some]}::uuid[]) OR p.state = 'merged')` : sql``
  const { rows } =
    await sql<ProposalRow>`SELECT ${columns} FROM proposal p WHERE p.tenant_id = ${tenant} AND p.directive_id = ${directive} ${which}
    ORDER BY p.start_at, p.seq`.execute(db)
  return rows
}

export async function proposalById(db: Db, tenant: Id, id: Id): Promise<ProposalRow | undefined> {
  const { rows } = await sql<ProposalRow>`SELECT ${columns} FROM proposal p WHERE p.tenant_id = ${tenant} AND p.id = ${id}`.execute(db)
  return rows[0]
}

/** All proposals as they were known at the instant: the last event of each by then, laid over what never changes. */
export async function proposalsThen(db: Db, tenant: Id, directive: Id, at: Date): Promise<ProposalRow[]> {
  const rows = await proposalsOf(db, tenant, directive)
  const { rows: events } = await sql<{ thing: Id; after: Changeable; actor: Id | null; at: Date }>`
    SELECT DISTINCT ON (e.thing_id) e.thing_id AS thing, e.after, e.actor_id AS actor, e.at FROM directive_event e
    WHERE e.tenant_id = ${tenant} AND e.directive_id = ${directive} AND e.thing_id <> ${directive} AND e.at <= ${at}
    ORDER BY e.thing_id, e.at DESC, e.id DESC`.execute(db)
  const then = new Map(events.map((event) => [event.thing, event]))
  return rows.flatMap((row) => {
    const event = then.get(row.id)
    return event ? [{ ...row, ...event.after, moved_by: event.actor, moved_at: event.at }] : []
  })
}

/** What counting needs of the proposals of several directives, as known at the instant; null is now. */
export async function lightsOf(db: Db, tenant: Id, directives: readonly Id[], at: Date | null): Promise<Light[]> {
  if (directives.length === 0) return []
  const ids = [...directives]
  const query =
    at === null
      ? sql<Light>`SELECT p.id, p.directive_id AS directive, p.type, p.state, p.into_id AS into FROM proposal p
          WHERE p.tenant_id = ${tenant} AND p.directive_id = ANY(${ids}::uuid[])`
      : sql<Light>`SELECT DISTINCT ON (e.thing_id) e.thing_id AS id, e.directive_id AS directive, p.type, e.after->>'state' AS state, e.after->>'into' AS into
          FROM directive_event e JOIN proposal p ON p.tenant_id = ${tenant} AND p.id = e.thing_id
          WHERE e.tenant_id = ${tenant} AND e.directive_id = ANY(${ids}::uuid[]) AND e.at <= ${at} ORDER BY e.thing_id, e.at DESC, e.id DESC`
  return (await query.execute(db)).rows
}

/** The highest place in the order of proposals, and how many are open. */
export async function tallyOf(db: Db, tenant: Id, directive: Id): Promise<{ seq: number; open: number }> {
  const { rows } = await sql<{
    seq: number
    open: number
  }>`SELECT coalesce(max(p.seq), 0)::int AS seq, (count(*) FILTER (WHERE p.state = 'open'))::int AS open
    FROM proposal p WHERE p.tenant_id = ${tenant} AND p.directive_id = ${directive}`.execute(db)
  return rows[0] ?? { seq: 0, open: 0 }
}

export type NewProposal = Omit<ProposalRow, 'directive' | 'recorded_at' | 'moved_by' | 'moved_at'>

/** Inserts any number of proposals in one statement. */
export async function insertProposals(tx: Tx, ctx: Ctx, directive: Id, rows: readonly NewProposal[]): Promise<void> {
  if (rows.length === 0) return
  await sql`INSERT INTO proposal (tenant_id, directive_id, id, seq, type, start_at, end_at, title, body, holders, assigned, kind, polarity, cadence, due,
      measure, tail, why, confidence, state, reason, into_id, made_id, recorded_by, recorded_at)
    SELECT ${ctx.tenant.id}::uuid, ${directive}::uuid, x.id, x.seq, x.type, x.start, x."end", x.title, x.body, x.holders, nullif(x.assigned, 'null'), x.kind, x.polarity,
      nullif(x.cadence, 'null'), nullif(x.due, 'null'), x.measure, nullif(x.tail, 'null'), x.why, x.confidence, x.state, x.reason, x.into, x.made, x.recorded_by, ${ctx.now}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) AS x(id uuid, seq int, type text, start int, "end" int, title text, body text, holders jsonb,
      assigned jsonb, kind text, polarity text, cadence jsonb, due jsonb, measure text, tail jsonb, why jsonb, confidence int, state text, reason text, "into" uuid,
      made uuid, recorded_by uuid)`.execute(tx)
}

/** Writes what changed of a proposal; its state moves by `move` alone. */
export async function changeProposal(tx: Tx, tenant: Id, id: Id, change: Partial<Omit<Changeable, 'state'>>): Promise<void> {
  const { assigned, cadence, due, into, made, ...plain } = change
  const orNull = (value: unknown) => (value === null ? null : json(value))
  await tx
    .updateTable('proposal')
    .set({
      ...plain,
      ...(assigned === undefined ? {} : { assigned: orNull(assigned) }),
      ...(cadence === undefined ? {} : { cadence: orNull(cadence) }),
      ...(due === undefined ? {} : { due: orNull(due) }),
      ...(into === undefined ? {} : { into_id: into }),
      ...(made === undefined ? {} : { made_id: made }),
    })
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .execute()
}

export type NewFinding = { id: Id; directive_id: Id; proposal_id: Id; title: string; body: string; unit_id: Id; person_id: Id; due: string }

export async function insertFinding(tx: Tx, ctx: Ctx, by: Id, row: NewFinding): Promise<void> {
  await tx
    .insertInto('finding')
    .values({ ...row, tenant_id: ctx.tenant.id, recorded_by: by, recorded_at: ctx.now })
    .execute()
}
