import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { openRole } from '#kernel/database.ts'
import type { Connection } from '#kernel/db.ts'
import { openPool } from '#kernel/db.ts'
import { migrate } from '#kernel/migrate.ts'
import { openPostgres } from '#kernel/postgres/index.ts'
import { seedOffices } from './offices.ts'
import { fast } from './scratch.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    server: Exclude<Connection, { url: string }>
    appPassword: string
  }
}

/** One server for the whole run, and one migrated, peopled database that every test file clones. */
export default async function start(project: TestProject) {
  const dataDir = await mkdtemp(join(tmpdir(), 'zelian-test-'))
  const binaries = process.env.ZELIAN_PG_BIN
  const server = await openPostgres({ dataDir, settings: fast, ...(binaries ? { binaries } : {}) })
  const root = openPool(server.connection, 1)
  await root.unsafe('CREATE DATABASE template_zelian')
  const template = openPool({ ...server.connection, database: 'template_zelian' }, 2)
  await migrate(template)
  await openRole(root, 'test')
  await seedOffices(template)
  await template.end()
  await root.end()
  project.provide('server', { ...server.connection })
  project.provide('appPassword', 'test')
  return async () => {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}
