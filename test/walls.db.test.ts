import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openPool, type Pool, reading, withTenant } from '#kernel/db.ts'
import { newId } from '#kernel/ids.ts'
import { house, personId, tenantId } from './harness.ts'

/** The row policies under everything: the application's role sees one office at a time, and nothing without one. */

const h = await house()
let tables: string[] = []

beforeAll(async () => {
  const rows = await h.owner.unsafe(`SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' WHERE n.nspname = 'public' AND c.relkind = 'r' ORDER BY 1`)
  tables = rows.map((row) => String(row.name))
})

describe('row policies', () => {
  it('stand, forced, on every table with a tenant', async () => {
    expect(tables.length).toBeGreaterThan(15)
    const rows = await h.owner.unsafe(
      `SELECT relname AS name FROM pg_class WHERE relname = ANY($1) AND NOT (relrowsecurity AND relforcerowsecurity)`,
      [tables],
    )
    expect(rows.map((row) => row.name)).toEqual([])
  })

  it('give nothing without an office, and only its own with one', async () => {
    for (const table of tables) {
      const [none] = await h.pool.unsafe(`SELECT count(*)::int AS n FROM ${table}`)
      expect(none?.n, table).toBe(0)
    }
    for (const office of ['a', 'b'] as const) {
      const seen = await withTenant(h.pool, tenantId(office), async (tx) => {
        const units = await tx.selectFrom('unit').select('tenant_id').distinct().where('tenant_id', 'is not', null).execute()
        return units.map((row) => row.tenant_id)
      })
      expect(seen).toEqual([tenantId(office)])
    }
  })

  it('refuse a row written for another office', async () => {
    const wrong = withTenant(h.pool, tenantId('a'), (tx) =>
      tx
        .insertInto('person')
        .values({ tenant_id: tenantId('b'), id: newId(), name: '某某', recorded_at: new Date() })
        .execute(),
    )
    await expect(wrong).rejects.toMatchObject({ code: '42501' })
  })

  it('leave nothing of an office behind on the connection', async () => {
    const one = openPool(
      {
        ...inject('server'),
        database: String((await h.owner.unsafe('SELECT current_database() AS d'))[0]?.d),
        username: 'zelian_app',
        password: inject('appPassword'),
      },
      1,
    )
    afterAll(() => one.end({ timeout: 1 }))
    const count = async (pool: Pool) => (await pool.unsafe('SELECT count(*)::int AS n FROM person'))[0]?.n
    await reading(one, tenantId('a'), (db) => db.selectFrom('person').select('id').where('tenant_id', '=', tenantId('a')).execute())
    expect(await count(one)).toBe(0)
    await withTenant(one, tenantId('a'), async () => {}).catch(() => {})
    expect(await count(one)).toBe(0)
    await expect(withTenant(one, tenantId('a'), async () => Promise.reject(new Error('stop')))).rejects.toThrow('stop')
    expect(await count(one)).toBe(0)
  })

  it('keep the ledger and the events from being rewritten', async () => {
    for (const table of ['ledger_entry', 'obligation_event', 'tenant_key'])
      for (const statement of [`UPDATE ${table} SET tenant_id = tenant_id`, `DELETE FROM ${table}`])
        await expect(h.pool.unsafe(statement), statement).rejects.toMatchObject({ code: '42501' })
  })

  it('hold for a role that cannot bypass them', async () => {
    const [role] = await h.owner.unsafe(
      `SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = 'zelian_app'`,
    )
    expect(role).toMatchObject({ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false })
  })
})

describe('a transaction', () => {
  it('fails when the database had already given it up', async () => {
    const broken = withTenant(h.pool, tenantId('a'), async (tx) => {
      await tx
        .insertInto('person')
        .values({ tenant_id: tenantId('a'), id: personId('a', 'head'), name: '重复', recorded_at: new Date() })
        .execute()
        .catch(() => {})
    })
    await expect(broken).rejects.toThrow('ROLLBACK')
  })
})

describe('the ledger', () => {
  it('has one entry for each thing done, of hashes and pseudonyms only', async () => {
    const head = await h.as('head')
    const before = (await h.owner.unsafe('SELECT count(*)::int AS n FROM ledger_entry'))[0]?.n as number
    const answer = await head.post('/acts', { what: '到一线检查工程质量', happenedOn: '2026-06-14' })
    expect(answer.status).toBe(200)
    const rows = await h.owner.unsafe('SELECT leaf FROM ledger_entry ORDER BY id DESC LIMIT 1')
    expect((await h.owner.unsafe('SELECT count(*)::int AS n FROM ledger_entry'))[0]?.n).toBe(before + 1)
    const leaf = String(rows[0]?.leaf)
    expect(Object.keys(JSON.parse(leaf)).sort()).toEqual(['actor', 'at', 'hash', 'kind', 'thing', 'v'])
    for (const secret of ['工程', '王建业', personId('a', 'head'), answer.body.id, 'test-a-head']) expect(leaf).not.toContain(secret)
  })

  it('is written with the action or not at all', async () => {
    const head = await h.as('head')
    const count = async () =>
      (await h.owner.unsafe('SELECT (SELECT count(*) FROM ledger_entry)::int + (SELECT count(*) FROM act)::int AS n'))[0]?.n
    const before = await count()
    expect((await head.post('/acts', { what: '不存在的事项', happenedOn: '2026-06-14', discharges: [newId()] })).status).toBe(400)
    expect(await count()).toBe(before)
  })
})
