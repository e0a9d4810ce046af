import {
  type CompiledQuery,
  type DatabaseConnection,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  type RawBuilder,
} from 'kysely'
import postgres from 'postgres'
import type { Id } from './ids.ts'
import { connectionLost, type Held, type Pool } from './pool.ts'
import type { Schema } from './schema.generated.ts'

export { type Connection, openPool, type Pool } from './pool.ts'

/** Reads. Every statement over a tenant table carries `tenant_id` beside the row policy (database rule 7). */
export type Db = Kysely<Schema>
declare const open: unique symbol
/** Writes: a transaction of one tenant. Only `withTenant` makes one. */
export type Tx = Db & { readonly [open]: true }

type Run = (statement: string, values: readonly unknown[]) => Promise<postgres.RowList<postgres.Row[]>>

/** Kysely over a connection or a pool, without transaction control of its own: `withTenant` has that. */
function kyselyOn(run: Run): Kysely<Schema> {
  const connection: DatabaseConnection = {
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      const rows = await run(query.sql, query.parameters)
      return { rows: rows as unknown[] as R[], numAffectedRows: BigInt(rows.count ?? 0) }
    },
    streamQuery() {
      throw new Error('streaming is not used: lists are paged')
    },
  }
  const nothing = async () => {}
  const refused = async () => {
    throw new Error('transactions are opened by withTenant alone')
  }
  return new Kysely<Schema>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => ({
        init: nothing,
        acquireConnection: async () => connection,
        beginTransaction: refused,
        commitTransaction: refused,
        rollbackTransaction: refused,
        releaseConnection: nothing,
        destroy: nothing,
      }),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  })
}

/** Kysely over the pool, for the tables that belong to no tenant (accounts, tenants). */
export const kyselyOver = (pool: Pool): Db => kyselyOn((statement, values) => pool.unsafe(statement, values, { prepare: true }))

/** Statements of one transaction: none is sent down a connection that was lost since it began. */
const within =
  (held: Held): Run =>
  async (statement, values) => {
    if (held.lost()) throw connectionLost()
    return held.send(statement, values, true)
  }

/** What each transaction sends by, and what it has sent without waiting for the answer. */
const sending = new WeakMap<Db, { run: Run; unanswered: Promise<unknown>[] }>()

/**
 * Sends a statement at once and without waiting: for writes that nothing after them has to read. They are done in the order in which they were
 * sent; the transaction is not committed when one fails, and its error is what the caller of `withTenant` gets.
 */
export function send(tx: Tx, statement: RawBuilder<unknown>): void {
  const of = sending.get(tx)
  if (!of) throw new Error('not a transaction of withTenant')
  const { sql, parameters } = statement.compile(tx)
  const answer = of.run(sql, parameters)
  answer.catch(() => {})
  of.unanswered.push(answer)
}

/** BEGIN and the tenant's setting, sent but not awaited, so that they travel with the first query. */
function begin(held: Held, tenant: Id, mode: string): Promise<unknown> {
  const both = Promise.all([held.send(mode), held.send('SELECT app_set_tenant($1)', [tenant], true)])
  both.catch(() => {})
  return both
}

const afterwards = new WeakMap<Tx, (() => unknown)[]>()

/**
 * Runs once the transaction is committed and its connection is free, before the answer goes out; never when it is rolled back. For what can be
 * done again: a program that is killed in between has not done it. What it throws is its own affair and changes no answer.
 */
export function afterCommit(tx: Tx, run: () => unknown): void {
  afterwards.set(tx, [...(afterwards.get(tx) ?? []), run])
}

/**
 * One transaction of one tenant. A COMMIT that the database answers with ROLLBACK is a failure, and so is one whose connection was lost on the
 * way: nothing is said to be written that may not be. Nothing slow belongs inside.
 */
export async function withTenant<T>(pool: Pool, tenant: Id, fn: (tx: Tx) => Promise<T>): Promise<T> {
  const { tx, result } = await committed(pool, tenant, fn)
  for (const run of afterwards.get(tx) ?? []) await (async () => run())().catch(() => {})
  return result
}

async function committed<T>(pool: Pool, tenant: Id, fn: (tx: Tx) => Promise<T>): Promise<{ tx: Tx; result: T }> {
  const held = await pool.reserve()
  const unanswered: Promise<unknown>[] = [begin(held, tenant, 'BEGIN')]
  try {
    const run = within(held)
    const tx = kyselyOn(run) as Tx
    sending.set(tx, { run, unanswered })
    const result = await fn(tx)
    if (held.lost()) throw connectionLost()
    const committed = held.send('COMMIT')
    committed.catch(() => {})
    await Promise.all(unanswered)
    const done = await committed
    if (held.lost()) throw connectionLost()
    if (done.command !== 'COMMIT') throw new Error('the transaction had failed: COMMIT was answered by ROLLBACK')
    return { tx, result }
  } catch (error) {
    if (!held.lost()) await held.send('ROLLBACK').catch(() => {})
    // A statement that failed because another had failed before it says nothing of the cause.
    if (sqlState(error) === '25P02') await Promise.all(unanswered)
    throw error
  } finally {
    held.release()
  }
}

/** A read of one tenant. The answer does not wait for the end of the transaction, which goes with the next thing sent, or soon after it alone. */
export async function reading<T>(pool: Pool, tenant: Id, fn: (db: Db) => Promise<T>): Promise<T> {
  const held = await pool.reserve()
  const begun = begin(held, tenant, 'BEGIN READ ONLY')
  try {
    const result = await fn(kyselyOn(within(held)))
    await begun
    return result
  } finally {
    held.release('ROLLBACK')
  }
}

/** The SQLSTATE of a database error, or the driver's code of a lost connection; null for anything else. */
export const sqlState = (error: unknown): string | null =>
  error instanceof postgres.PostgresError || (error instanceof Error && 'code' in error && typeof error.code === 'string')
    ? String((error as { code: string }).code)
    : null

/** The constraint a database error names, without the suffix that shards add. */
export const constraintOf = (error: unknown): string | null =>
  error instanceof postgres.PostgresError && error.constraint_name ? error.constraint_name.replace(/_\d{6,}$/, '') : null
