import {
  type CompiledQuery,
  type DatabaseConnection,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'
import postgres from 'postgres'
import type { Id } from './ids.ts'
import type { Schema } from './schema.generated.ts'

/** Reads. Every statement over a tenant table carries `tenant_id` beside the row policy (database rule 7). */
export type Db = Kysely<Schema>
declare const open: unique symbol
/** Writes: a transaction of one tenant. Only `withTenant` makes one. */
export type Tx = Db & { readonly [open]: true }

/** Where a database is: its parts, or a URL; `role` is taken on at connecting. */
export type Connection =
  | { host: string; port?: number; username: string; password: string; database: string; role?: string }
  | { url: string; role?: string }
export type Pool = postgres.Sql
type Reserved = postgres.ReservedSql

/** Days stay texts (`YYYY-MM-DD`); instants become Dates; bigint stays text. */
const asText = (oid: number) => ({ to: oid, from: [oid], serialize: (value: string) => value, parse: (value: string) => value })

/** A pool of at most `max` connections. */
export function openPool(at: Connection, max = 16): Pool {
  const options: postgres.Options<Record<string, postgres.PostgresType>> = {
    max,
    idle_timeout: 300,
    connect_timeout: 10,
    onnotice: () => {},
    types: { date: asText(1082) },
    connection: { TimeZone: 'UTC', application_name: 'zelian', ...(at.role ? { role: at.role } : {}) },
  }
  if ('url' in at) return postgres(at.url, options)
  const { role: _, ...parts } = at
  return postgres({ ...options, ...parts })
}

/** Kysely over a connection or a pool, without transaction control of its own: `withTenant` has that. */
function kyselyOn(sql: Pool | Reserved): Kysely<Schema> {
  const connection: DatabaseConnection = {
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      const rows = await sql.unsafe(query.sql, query.parameters as postgres.ParameterOrJSON<never>[], { prepare: true })
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

/** Kysely over the pool, for the tables that belong to no tenant (accounts, tenants, calendar). */
export const kyselyOver = (pool: Pool): Db => kyselyOn(pool)

/**
 * One transaction of one tenant. BEGIN and the tenant's setting are sent without being awaited, so that they travel with the first query;
 * a COMMIT that the database answers with ROLLBACK is a failure. Nothing slow belongs inside.
 */
export async function withTenant<T>(pool: Pool, tenant: Id, fn: (tx: Tx) => Promise<T>): Promise<T> {
  const reserved = await pool.reserve()
  try {
    const begun = [reserved.unsafe('BEGIN'), reserved.unsafe('SELECT app_set_tenant($1)', [tenant], { prepare: true })]
    for (const sent of begun) sent.catch(() => {})
    for (const sent of begun) void sent.execute()
    const result = await fn(kyselyOn(reserved) as Tx)
    await Promise.all(begun)
    const done = await reserved.unsafe('COMMIT')
    if (done.command !== 'COMMIT') throw new Error('the transaction had failed: COMMIT was answered by ROLLBACK')
    return result
  } catch (error) {
    await reserved.unsafe('ROLLBACK').catch(() => {})
    throw error
  } finally {
    reserved.release()
  }
}

/** A read of one tenant. The answer does not wait for the end of the transaction, which is sent behind it. */
export async function reading<T>(pool: Pool, tenant: Id, fn: (db: Db) => Promise<T>): Promise<T> {
  const reserved = await pool.reserve()
  const begun = [reserved.unsafe('BEGIN READ ONLY'), reserved.unsafe('SELECT app_set_tenant($1)', [tenant], { prepare: true })]
  for (const sent of begun) sent.catch(() => {})
  for (const sent of begun) void sent.execute()
  try {
    const result = await fn(kyselyOn(reserved))
    await Promise.all(begun)
    return result
  } finally {
    reserved
      .unsafe('ROLLBACK')
      .catch(() => {})
      .finally(() => reserved.release())
  }
}

/** The SQLSTATE of a database error, or null. */
export const sqlState = (error: unknown): string | null =>
  error instanceof postgres.PostgresError || (error instanceof Error && 'code' in error && typeof error.code === 'string')
    ? String((error as { code: string }).code)
    : null

/** The constraint a database error names, without the suffix that shards add. */
export const constraintOf = (error: unknown): string | null =>
  error instanceof postgres.PostgresError && error.constraint_name ? error.constraint_name.replace(/_\d{6,}$/, '') : null
