import { afterAll, describe, expect, inject, it } from 'vitest'
import { loadCalendar } from '#kernel/calendar/load.ts'
import { kyselyOver, openPool, type Pool, reading, withTenant } from '#kernel/db.ts'
import { newId } from '#kernel/ids.ts'
import { loadPack } from '#kernel/rulepack.ts'
import { newSignIn } from '#modules/access/index.ts'
import { recountTally } from '#modules/obligations/index.ts'
import { cast } from './cast.ts'
import { seedDemo } from './seed.ts'

const closing: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const close of closing.reverse()) await close()
})
const calendar = await loadCalendar()

async function freshHouse(instant: string) {
  const server = inject('server')
  const root = openPool(server, 1)
  const database = `demo_${newId().replaceAll('-', '')}`
  await root.unsafe(`CREATE DATABASE ${database} TEMPLATE template_zelian STRATEGY wal_log`)
  const pool = openPool({ ...server, database, username: 'zelian_app', password: inject('appPassword') }, 4)
  closing.push(async () => {
    await pool.end({ timeout: 1 })
    await root.unsafe(`DROP DATABASE ${database} WITH (FORCE)`)
    await root.end()
  })
  const db = kyselyOver(pool)
  const clock = () => new Date(instant)
  const signIn = newSignIn(pool, db, clock, 'a secret for tests only, thirty-two')
  const house = { pool, db, clock, pack: loadPack(), calendar: () => calendar, jobs: null, demo: true, secure: false, signIn }
  return { house, pool, db }
}

describe('x', () => {
  it.each(['2026-11-23T22:00:00Z', '2026-03-01T02:00:00Z', '2027-01-15T02:00:00Z'])('seeds %s', async (now) => {
    const { house, pool, db } = await freshHouse(now)
    const began = performance.now()
    await seedDemo(house, new Date(now))
    console.log(now, 'ms', Math.round(performance.now() - began))
    const { id } = await db.selectFrom('tenant').select('id').where('code', '=', 'demo').executeTakeFirstOrThrow()
    const day = now.slice(0, 10)
    const rows = await reading(pool, id, (tx) =>
      tx
        .selectFrom('obligation as o')
        .innerJoin('unit as u', 'u.id', 'o.unit_id')
        .select(['u.name', 'o.title', 'o.due', 'o.warn_from', 'o.state', 'o.done_on', 'o.opens'])
        .where('o.tenant_id', '=', id)
        .execute(),
    )
    const red = rows.filter((r) => r.state === 'open' && r.due < day),
      yellow = rows.filter((r) => r.state === 'open' && r.due >= day && r.warn_from <= day)
    const past = rows.filter((r) => r.due < day)
    console.log(
      rows.length,
      'past',
      past.length,
      'red',
      red.map((r) => r.name + r.title + r.due),
      'yellow',
      yellow.map((r) => r.name + r.title + r.due),
      'late',
      rows.filter((r) => r.done_on && r.done_on > r.due).length,
      'waived',
      rows.filter((r) => r.state === 'waived').length,
    )
    console.log(await withTenant(pool, id, (tx) => recountTally(tx, id)))
  })
})
