import { describe, expect, inject, it } from 'vitest'
import { openPool } from '#kernel/db.ts'
import { newId } from '#kernel/ids.ts'
import { migrate, shipped, statementsOf } from '#kernel/migrate.ts'

const server = inject('server')

async function empty<T>(run: (open: (max: number) => ReturnType<typeof openPool>) => Promise<T>): Promise<T> {
  const root = openPool(server, 1)
  const database = `m_${newId().replaceAll('-', '')}`
  await root.unsafe(`CREATE DATABASE ${database}`)
  const pools: ReturnType<typeof openPool>[] = []
  const open = (max: number) => {
    const pool = openPool({ ...server, database }, max)
    pools.push(pool)
    return pool
  }
  try {
    return await run(open)
  } finally {
    for (const pool of pools) await pool.end({ timeout: 1 })
    await root.unsafe(`DROP DATABASE ${database} WITH (FORCE)`)
    await root.end()
  }
}

describe('migrations', () => {
  it('are applied once, also when two programs start together', async () => {
    await empty(async (open) => {
      const both = await Promise.all([migrate(open(2)), migrate(open(2))])
      const files = await shipped()
      expect(both.sort((a, b) => a - b)).toEqual([0, files.length])
      expect(await migrate(open(1))).toBe(0)
    })
  })

  it('are refused by an older program than the one that migrated last', async () => {
    await empty(async (open) => {
      const pool = open(1)
      await migrate(pool)
      await pool.unsafe(`INSERT INTO schema_migration VALUES ('999_from_tomorrow.sql', 'x', now())`)
      await expect(migrate(pool)).rejects.toThrow('schema.newer')
    })
  })

  it('are refused when an applied file was edited', async () => {
    await empty(async (open) => {
      const pool = open(1)
      await migrate(pool)
      await pool.unsafe(`UPDATE schema_migration SET hash = 'other' WHERE name = '001_ground.sql'`)
      await expect(migrate(pool)).rejects.toThrow('schema.changed')
    })
  })

  it('say which file failed and leave nothing of it', async () => {
    await empty(async (open) => {
      const pool = open(1)
      await pool.unsafe('CREATE TABLE unit (id int)')
      await expect(migrate(pool)).rejects.toThrow('003_org.sql')
      expect((await pool.unsafe(`SELECT to_regclass('post') AS post`))[0]?.post).toBeNull()
    })
  })

  it('declare every table before anything refers to it, and are cut into single statements', async () => {
    expect(statementsOf('-- a\nSELECT 1;\nCREATE FUNCTION f() AS $$\nBEGIN;\nEND $$;\nSELECT 2')).toEqual([
      'SELECT 1',
      'CREATE FUNCTION f() AS $$\nBEGIN;\nEND $$',
      'SELECT 2',
    ])
    const declared = new Set<string>()
    for (const file of await shipped()) {
      for (const statement of file.statements) {
        const distributed = /app_(?:distribute|reference)\('(?:auth\.)?"?(\w+)"?'\)/.exec(statement)?.[1]
        if (distributed) declared.add(distributed)
        const referring = /^ALTER TABLE (\w+) ADD FOREIGN KEY/.exec(statement)?.[1]
        if (referring) expect(declared.has(referring), `${file.name}: ${referring} is distributed before its foreign keys`).toBe(true)
        if (/^CREATE TABLE/.test(statement)) expect(statement, file.name).toMatch(/PRIMARY KEY/)
        if (/^CREATE TABLE/.test(statement))
          expect(statement, file.name).not.toMatch(/\bREFERENCES\b|\b(?:small|big)?serial\b|\bAS IDENTITY\b/i)
      }
    }
  })
})
