import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Pool } from './db.ts'

const folder = join(import.meta.dirname, '../../migrations')

/** Splits a migration into statements: one a call, because Citus refuses several in one string. `$$` bodies stay whole. */
export function statementsOf(text: string): string[] {
  const statements: string[] = []
  let current = ''
  let inBody = false
  for (const line of text.split('\n')) {
    if (!inBody && /^\s*(--.*)?$/.test(line)) continue
    if ((line.match(/\$\$/g)?.length ?? 0) % 2 === 1) inBody = !inBody
    current += `${line}\n`
    if (!inBody && /;\s*$/.test(line)) {
      statements.push(current.trim().replace(/;$/, ''))
      current = ''
    }
  }
  if (current.trim()) statements.push(current.trim())
  return statements
}

/** The migrations shipped with this program, in order. */
export async function shipped(): Promise<{ name: string; hash: string; statements: string[] }[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8')
      return { name, hash: createHash('sha256').update(text).digest('hex'), statements: statementsOf(text) }
    }),
  )
}

/**
 * Brings the schema up to this program. One migrator at a time (advisory lock, a statement of its own); DDL waits at most 5 s for a lock.
 * Throws `schema.newer` when the database was migrated by a newer program and `schema.changed` when an applied file was edited.
 */
export async function migrate(pool: Pool, log: (line: string) => void = () => {}): Promise<number> {
  const connection = await pool.reserve()
  try {
    await connection.send('SELECT pg_advisory_lock(7262026)')
    await connection.send(`SET lock_timeout = '5s'`)
    const role = await connection.send(`SELECT 1 FROM pg_roles WHERE rolname = 'zelian_app'`)
    if (role.length === 0) await connection.send('CREATE ROLE zelian_app NOLOGIN NOBYPASSRLS NOSUPERUSER')
    await connection.send('GRANT zelian_app TO CURRENT_USER')
    await connection.send(`ALTER ROLE zelian_app SET citus.propagate_set_commands = 'local'`).catch(() => {})
    await connection.send(
      'CREATE TABLE IF NOT EXISTS schema_migration (name text PRIMARY KEY, hash text NOT NULL, applied_at timestamptz NOT NULL)',
    )
    await connection.send('GRANT SELECT ON schema_migration TO zelian_app')
    const applied = new Map((await connection.send('SELECT name, hash FROM schema_migration')).map((row) => [row.name, row.hash]))
    const files = await shipped()
    const known = new Set(files.map((file) => file.name))
    const newer = [...applied.keys()].filter((name) => !known.has(name))
    if (newer.length > 0) throw new Error(`schema.newer: this database has ${newer.join(', ')}; start it with the newer program`)
    let count = 0
    for (const file of files) {
      const before = applied.get(file.name)
      if (before === file.hash) continue
      if (before) throw new Error(`schema.changed: ${file.name} was edited after it had been applied`)
      await connection.send('BEGIN')
      try {
        for (const statement of file.statements) await connection.send(statement)
        await connection.send('INSERT INTO schema_migration VALUES ($1, $2, now())', [file.name, file.hash])
        await connection.send('COMMIT')
      } catch (error) {
        await connection.send('ROLLBACK')
        throw new Error(`migration ${file.name}: ${error instanceof Error ? error.message : error}`, { cause: error })
      }
      log(`migrated ${file.name}`)
      count += 1
    }
    return count
  } finally {
    await connection.send('SELECT pg_advisory_unlock(7262026)').catch(() => {})
    connection.release()
  }
}
