import type { Pool } from '../../src/kernel/db.ts'

/** PostgreSQL type → TypeScript: what is read | what may be written. */
const types: Record<string, string> = {
  uuid: 'string',
  text: 'string',
  date: 'string',
  int4: 'number',
  bool: 'boolean',
  timestamptz: 'Date',
  bytea: 'Uint8Array',
  jsonb: 'unknown',
  _text: 'string[]',
  _uuid: 'string[]',
}

type Column = { schema: string; table: string; column: string; type: string; nullable: boolean }

/** The database's tables as Kysely's `Schema`, from the catalogue of a migrated database. */
export async function schemaTypes(pool: Pool): Promise<string> {
  const rows =
    await pool.unsafe(`SELECT c.table_schema AS schema, c.table_name AS "table", c.column_name AS "column", c.udt_name AS type, c.is_nullable = 'YES' AS nullable
    FROM information_schema.columns c JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name AND t.table_type = 'BASE TABLE'
    WHERE c.table_schema IN ('public', 'auth') ORDER BY c.table_schema DESC, c.table_name, c.ordinal_position`)
  const columns = rows.map(
    (row): Column => ({
      schema: String(row.schema),
      table: String(row.table),
      column: String(row.column),
      type: String(row.type),
      nullable: row.nullable === true,
    }),
  )
  const tables = Map.groupBy(columns, (column) => (column.schema === 'public' ? column.table : `${column.schema}.${column.table}`))
  const lines = [
    '/** Generated from the migrated database; do not edit. */',
    '',
    'type Maybe<T> = T | null',
    '',
    'export interface Schema {',
  ]
  for (const [table, own] of tables) {
    lines.push(`  '${table}': {`)
    for (const column of own) {
      const type = types[column.type]
      if (!type) throw new Error(`no TypeScript type for ${column.type} (${table}.${column.column})`)
      lines.push(`    '${column.column}'${column.nullable ? '?' : ''}: ${column.nullable ? `Maybe<${type}>` : type}`)
    }
    lines.push('  }')
  }
  lines.push('}', '')
  return lines.join('\n')
}
