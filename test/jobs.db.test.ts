import { describe, expect, inject, it } from 'vitest'
import { withTenant } from '#kernel/db.ts'
import { startJobs } from '#kernel/jobs.ts'
import { house, tenantId } from './harness.ts'

describe('the outbox', () => {
  it('runs a job of a transaction that committed, and none of one that did not', async () => {
    const h = await house()
    const [row] = await h.owner`SELECT current_database() AS name`
    const done: unknown[] = []
    const at = { ...inject('server'), database: String(row?.name), username: 'zelian_app', password: inject('appPassword') }
    const jobs = await startJobs(at, [{ name: 'test.told', run: async (data) => void done.push(data.n) }], () => {})
    try {
      const refused = withTenant(h.pool, tenantId('a'), async (tx) => {
        await jobs.emit(tx, 'test.told', { n: 1 })
        throw new Error('no')
      })
      await expect(refused).rejects.toThrow('no')
      await withTenant(h.pool, tenantId('a'), (tx) => jobs.emit(tx, 'test.told', { n: 2 }))
      await expect.poll(() => done, { timeout: 15_000 }).toEqual([2])
      const queued = await h.owner`SELECT data FROM pgboss.job WHERE name = 'test.told'`
      expect(queued.map((one) => one.data)).toEqual([{ n: 2 }])
    } finally {
      await jobs.stop()
    }
  })
})
