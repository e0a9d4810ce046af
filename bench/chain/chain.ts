import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPool } from '#kernel/db.ts'
import { openPostgres } from '#kernel/postgres/index.ts'
import type { Figure } from '../../src/cli/bench.ts'
import { write } from '../spine/load.ts'
import { below, quantile } from '../spine/measure.ts'
import { openGroups, seed } from '../spine/seed.ts'
import { startServer } from '../spine/server.ts'
import { generation } from './generate.ts'
import { foundOffice } from './office.ts'
import { reads, seedActs } from './reads.ts'

const many = Number(process.env.ZELIAN_BENCH_OBLIGATIONS ?? 1_000_000)
const large = Number(process.env.ZELIAN_BENCH_PERSONS ?? 3000)
const seconds = Number(process.env.ZELIAN_BENCH_SECONDS ?? 8)
const dutiesEach = 40

/** Everything issue "The chain in full" asks to be measured, on the embedded database, in one run. Takes many minutes. */
export async function chain(log: (line: string) => void): Promise<Figure[]> {
  const figures: Figure[] = []
  const dataDir = await mkdtemp(join(tmpdir(), 'zelian-bench-'))
  const server = await startServer(dataDir)
  const database = await openPostgres({ dataDir })
  const at = { ...database.connection, database: 'zelian' }
  const owner = openPool(at, 2)
  const app = openPool({ ...at, role: 'zelian_app' }, 2)
  try {
    log('an office of 300 persons')
    const small = await foundOffice(owner, 1, 300, dutiesEach)
    figures.push(await generation(app, owner, small))
    log(`an office of ${large} persons`)
    figures.push(await generation(app, owner, await foundOffice(owner, 2, large, dutiesEach)))
    log(`${many} obligations and as many acts`)
    const token = await seed(owner, many)
    await seedActs(owner, many)
    figures.push(...(await reads(server.url, owner, small, token, seconds)))
    log('16 writers')
    const today = new Date().toISOString().slice(0, 10)
    const bodies = (await openGroups(owner, 1000)).map(({ holder, ids }) => ({
      ...{ what: '完成月度检查并报送', happenedOn: today, doneBy: holder, discharges: ids },
    }))
    const samples = await write(`${server.url}/api/acts`, { authorization: `Bearer ${token}` }, bodies, 16)
    figures.push(below('an act that discharges ten beside a million acts, 16 writers, p99', 'ms', quantile(samples, 0.99), 50))
  } finally {
    await app.end({ timeout: 5 })
    await owner.end({ timeout: 5 })
    await database.stop()
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  return figures
}
