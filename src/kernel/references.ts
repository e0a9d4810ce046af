import { sql } from 'kysely'
import type { Db } from './db.ts'
import type { Id } from './ids.ts'

/** One thing that rows of another table rest on. */
export type Reference = { id: Id; table: string; count: number }

/**
 * What rests on these rows of a table, by whatever foreign keys there are today: a module that comes later is asked without being known here. Rows in
 * `own` (table → ids) do not count. At most `limit` things for each key. Reads, one statement for each foreign key.
 */
export async function referencesTo(
  db: Db,
  tenant: Id,
  table: string,
  ids: readonly Id[],
  own: Readonly<Record<string, readonly Id[]>> = {},
  limit = 21,
): Promise<Reference[]> {
  if (ids.length === 0) return []
  const keys = await sql<{
    table: string
    column: string
    numbered: boolean
  }>`SELECT c.conrelid::regclass::text AS "table", a.attname AS "column",
      EXISTS (SELECT 1 FROM pg_attribute i WHERE i.attrelid = c.conrelid AND i.attname = 'id' AND NOT i.attisdropped) AS numbered
    FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[cardinality(c.conkey)]
    WHERE c.contype = 'f' AND c.conparentid = 0 AND c.confrelid = ${table}::regclass ORDER BY 1, 2`.execute(db)
  const found: Reference[] = []
  for (const key of keys.rows) {
    const except = key.numbered ? sql`AND NOT (t.id = ANY(${[...(own[key.table] ?? [])]}::uuid[]))` : sql``
    const { rows } = await sql<Reference>`SELECT t.${sql.ref(key.column)} AS id, ${key.table}::text AS "table", count(*)::integer AS count
      FROM ${sql.table(key.table)} t WHERE t.tenant_id = ${tenant} AND t.${sql.ref(key.column)} = ANY(${[...ids]}::uuid[]) ${except}
      GROUP BY 1 ORDER BY 1 LIMIT ${limit}`.execute(db)
    found.push(...rows)
  }
  return found
}
