import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { reading, send, sqlState, withTenant } from '#kernel/db.ts'
import { newId } from '#kernel/ids.ts'
import { house, tenantId } from './harness.ts'

/** One transaction of one office: what is sent without waiting is done in its order, or not at all. */

const h = await house()
const tenant = tenantId('a')
const person = (id: string, name: string) =>
  sql`INSERT INTO person (tenant_id, id, name, recorded_at) VALUES (${tenant}, ${id}, ${name}, now())`
const rename = (id: string, name: string) => sql`UPDATE person SET name = ${name} WHERE tenant_id = ${tenant} AND id = ${id}`
const namesOf = async (ids: string[]) =>
  (await h.owner.unsafe('SELECT name FROM person WHERE id = ANY($1::uuid[]) ORDER BY name', [ids])).map((row) => row.name)

it('does what was sent in the order of sending, before it is committed', async () => {
  const id = newId()
  await withTenant(h.pool, tenant, async (tx) => {
    send(tx, person(id, '甲'))
    send(tx, rename(id, '乙'))
    const seen = await tx.selectFrom('person').select('name').where('tenant_id', '=', tenant).where('id', '=', id).execute()
    expect(seen).toEqual([{ name: '乙' }])
    send(tx, rename(id, '丙'))
  })
  expect(await namesOf([id])).toEqual(['丙'])
})

it('commits nothing when one that was sent fails, and gives its error, whatever failed after it', async () => {
  const ids = [newId(), newId()] as const
  const last = withTenant(h.pool, tenant, async (tx) => {
    send(tx, person(ids[0], '丁'))
    send(tx, person(ids[0], '丁'))
  })
  expect(sqlState(await last.catch((error: unknown) => error))).toBe('23505')
  const followed = withTenant(h.pool, tenant, async (tx) => {
    send(tx, person(ids[1], '戊'))
    send(tx, person(ids[1], '戊'))
    await sql`SELECT 1 FROM person WHERE tenant_id = ${tenant} LIMIT 1`.execute(tx)
  })
  expect(sqlState(await followed.catch((error: unknown) => error))).toBe('23505')
  expect(await namesOf([...ids])).toEqual([])
})

it('ends a read soon after it, or with the next thing sent', async () => {
  const open = () =>
    h.owner.unsafe(
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'zelian' AND state LIKE 'idle in transaction%'`,
    )
  for (let i = 0; i < 20; i += 1)
    await reading(h.pool, tenant, (db) => db.selectFrom('person').select('id').where('tenant_id', '=', tenant).limit(1).execute())
  await expect.poll(async () => (await open())[0]?.n, { timeout: 5000 }).toBe(0)
  // A write on the connection that still owes the end of a read is a transaction of its own.
  const id = newId()
  await reading(h.pool, tenant, (db) => db.selectFrom('person').select('id').where('tenant_id', '=', tenant).limit(1).execute())
  await withTenant(h.pool, tenant, async (tx) => send(tx, person(id, '己')))
  expect(await namesOf([id])).toEqual(['己'])
})
