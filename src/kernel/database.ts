import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Connection, openPool, type Pool } from './db.ts'
import { migrate } from './migrate.ts'
import { openPostgres } from './postgres/index.ts'

export type Database = {
  /** As the application: a role that cannot bypass row policies. */
  app: Connection
  pool: Pool
  /** For health: which server, and whether it is the embedded one. */
  embedded: boolean
  version: string
  close: () => Promise<void>
}

/** A secret kept in a file of its own that only its owner reads; made once. */
export function secretIn(dataDir: string, name: string): string {
  const path = join(dataDir, name)
  if (existsSync(path)) return readFileSync(path, 'utf8').trim()
  mkdirSync(dataDir, { recursive: true })
  const secret = randomBytes(32).toString('hex')
  writeFileSync(path, `${secret}\n`, { mode: 0o600 })
  return secret
}

/** Gives the application's role a password of its own and the right to connect. */
export async function openRole(admin: Pool, password: string): Promise<void> {
  await admin.unsafe(`ALTER ROLE zelian_app LOGIN PASSWORD '${password.replaceAll("'", "''")}'`)
}

/**
 * The database, migrated: `DATABASE_URL` when set (the application then takes on the role `zelian_app`, or connects by `DATABASE_APP_URL`),
 * else the embedded server in the data folder.
 */
export async function openDatabase(want: {
  dataDir: string
  url?: string
  appUrl?: string
  max?: number
  log: (line: string) => void
}): Promise<Database> {
  if (want.url) {
    const admin = openPool({ url: want.url }, 1)
    try {
      await migrate(admin, want.log)
    } finally {
      await admin.end()
    }
    const app: Connection = want.appUrl ? { url: want.appUrl } : { url: want.url, role: 'zelian_app' }
    const pool = openPool(app, want.max)
    return { app, pool, embedded: false, version: await versionOf(pool), close: () => pool.end({ timeout: 5 }) }
  }
  const server = await openPostgres({ dataDir: want.dataDir, log: want.log })
  const database = 'zelian'
  const root = openPool(server.connection, 1)
  try {
    const rows = await root.unsafe('SELECT 1 FROM pg_database WHERE datname = $1', [database])
    if (rows.length === 0) await root.unsafe(`CREATE DATABASE ${database}`)
  } finally {
    await root.end()
  }
  const password = secretIn(want.dataDir, 'app.secret')
  const admin = openPool({ ...server.connection, database }, 1)
  try {
    await migrate(admin, want.log)
    await openRole(admin, password)
  } finally {
    await admin.end()
  }
  const app: Connection = { ...server.connection, database, username: 'zelian_app', password }
  const pool = openPool(app, want.max)
  return {
    app,
    pool,
    embedded: true,
    version: await versionOf(pool),
    close: async () => {
      await pool.end({ timeout: 5 })
      await server.stop()
    },
  }
}

async function versionOf(pool: Pool): Promise<string> {
  const [row] = await pool.unsafe('SHOW server_version')
  return String(row?.server_version ?? '')
}
