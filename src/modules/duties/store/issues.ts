import { type RawBuilder, sql } from 'kysely'
import type { Db, Tx } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import type { IssueState, Load } from '../load.ts'
import type { HolderGiven } from '../rules.ts'

export type NamedLoad = Load & { name: string }
export type IssueRow = {
  id: Id
  duty_id: Id
  title: string
  what: 'assume' | 'assign'
  since: string
  holders: HolderGiven[]
  load: NamedLoad[]
  state: IssueState
  reason: string | null
  drafted_by: Id
  by: string
  drafted_at: Date
}

/** Issues that a condition names, oldest first; held until the transaction ends where asked. */
const issuesWhere = (db: Db, tenant: Id, condition: RawBuilder<unknown>, limit: number, held = false) =>
  sql<IssueRow>`SELECT i.id, i.duty_id, d.title, i.what, i.since, i.holders, i.load, i.state, i.reason, i.drafted_by, p.name AS by, i.drafted_at
    FROM duty_issue i JOIN duty d ON d.tenant_id = ${tenant} AND d.id = i.duty_id JOIN person p ON p.tenant_id = ${tenant} AND p.id = i.drafted_by
    WHERE i.tenant_id = ${tenant} AND ${condition} ORDER BY i.drafted_at, i.id LIMIT ${limit} ${held ? sql`FOR UPDATE OF i` : sql``}`.execute(
    db,
  )

/** What is not decided: awaiting a signature or returned to its drafter, oldest first; one's own alone when a drafter is given. `after` is [drafted_at, id]. */
export async function pendingIssues(
  db: Db,
  tenant: Id,
  drafter: Id | null,
  state: IssueState | null,
  after: (string | number)[] | null,
  limit: number,
): Promise<IssueRow[]> {
  const [at, id] = after ? [String(after[0]), String(after[1])] : [null, null]
  const condition = sql`i.state = ANY(${state ? [state] : ['awaiting', 'returned']}) AND (${drafter}::uuid IS NULL OR i.drafted_by = ${drafter}::uuid)
    AND (${at}::timestamptz IS NULL OR (i.drafted_at, i.id) > (${at}::timestamptz, ${id}::uuid))`
  return (await issuesWhere(db, tenant, condition, limit + 1)).rows
}

/** What of a duty waits or was returned, held until the transaction ends; at most one. */
export const pendingOf = async (tx: Tx, tenant: Id, duty: Id): Promise<IssueRow | undefined> =>
  (await issuesWhere(tx, tenant, sql`i.duty_id = ${duty} AND i.state IN ('awaiting', 'returned')`, 1, true)).rows[0]

export async function insertIssue(
  tx: Tx,
  ctx: Ctx,
  person: Id,
  issue: Pick<IssueRow, 'id' | 'duty_id' | 'what' | 'since' | 'holders' | 'load'>,
): Promise<void> {
  await sql`INSERT INTO duty_issue (tenant_id, id, duty_id, what, since, holders, load, state, drafted_by, drafted_at, moved_by, moved_at)
    VALUES (${ctx.tenant.id}, ${issue.id}, ${issue.duty_id}, ${issue.what}, ${issue.since}, ${JSON.stringify(issue.holders)}::text::jsonb,
      ${JSON.stringify(issue.load)}::text::jsonb, 'awaiting', ${person}, ${ctx.now}, ${person}, ${ctx.now})`.execute(tx)
}

export async function setIssue(tx: Tx, tenant: Id, id: Id, change: { reason: string | null; load?: NamedLoad[] }): Promise<void> {
  await sql`UPDATE duty_issue SET reason = ${change.reason}, load = COALESCE(${change.load ? JSON.stringify(change.load) : null}::text::jsonb, load)
    WHERE tenant_id = ${tenant} AND id = ${id}`.execute(tx)
}

export type AwaitingRow = { id: Id; duty_id: Id; title: string; by: string; drafted_at: Date }
/** What waited for a signature on the day one looks at (a drafter's own where one is given), oldest first, at most `most`, and how many there were. */
export async function awaitingOn(db: Db, ctx: Ctx, drafter: Id | null, most: number): Promise<{ count: number; items: AwaitingRow[] }> {
  const { rows } = await sql<
    AwaitingRow & { total: number }
  >`SELECT i.id, i.duty_id, d.title, p.name AS by, i.drafted_at, count(*) OVER ()::int AS total
    FROM duty_issue i JOIN duty d ON d.tenant_id = ${ctx.tenant.id} AND d.id = i.duty_id JOIN person p ON p.tenant_id = ${ctx.tenant.id} AND p.id = i.drafted_by
    WHERE i.tenant_id = ${ctx.tenant.id} AND i.drafted_at <= ${ctx.knownAt} AND (i.state = 'awaiting' OR i.moved_at > ${ctx.knownAt})
      AND (${drafter}::uuid IS NULL OR i.drafted_by = ${drafter}::uuid)
    ORDER BY i.drafted_at, i.id LIMIT ${most}`.execute(db)
  return { count: rows[0]?.total ?? 0, items: rows.map(({ total: _, ...row }) => row) }
}
