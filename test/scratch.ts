import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Connection, openPool, type Pool } from '#kernel/db.ts'
import { migrate } from '#kernel/migrate.ts'
import { openPostgres } from '#kernel/postgres/index.ts'

/** Durability is not what these tests are about; the tests that are about it open their own. */
export const fast = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' }

export type Scratch = { connection: Connection; pool: Pool; close: () => Promise<void> }

/** A migrated database in a folder of its own, gone when closed. `ZELIAN_PG_BIN` names the binaries of another PostgreSQL. */
export async function openScratch(): Promise<Scratch> {
  const dataDir = await mkdtemp(join(tmpdir(), 'zelian-scratch-'))
  const server = await openPostgres({
    dataDir,
    settings: fast,
    ...(process.env.ZELIAN_PG_BIN ? { binaries: process.env.ZELIAN_PG_BIN } : {}),
  })
  const pool = openPool(server.connection, 4)
  await migrate(pool)
  return {
    connection: server.connection,
    pool,
    close: async () => {
      await pool.end({ timeout: 5 })
      await server.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
