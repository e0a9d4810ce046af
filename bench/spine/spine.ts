import { execFileSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPool, type Pool } from '#kernel/db.ts'
import { openPostgres } from '#kernel/postgres/index.ts'
import { propose } from '#modules/directives/outline/index.ts'
import type { Figure } from '../../src/cli/bench.ts'
import { ask, write } from './load.ts'
import { atLeast, below, beside, quantile, residentMb, timed } from './measure.ts'
import { firstToken, openGroups, seed, tenant } from './seed.ts'
import { startBare, startServer } from './server.ts'
import { speechOf } from './texts.ts'

const obligations = Number(process.env.ZELIAN_BENCH_OBLIGATIONS ?? 1_000_000)
const seconds = Number(process.env.ZELIAN_BENCH_SECONDS ?? 8)
const minute = Number(process.env.ZELIAN_BENCH_MINUTE ?? 60)

async function outlines(): Promise<Figure[]> {
  const short = speechOf(6000)
  const long = speechOf(100_000)
  propose(short)
  const small = quantile(await timed(15, () => propose(short)), 0.5)
  const large = quantile(await timed(3, () => propose(long)), 0.5)
  const perCharacter = large / 100_000 / (small / 6000)
  return [
    below('outline and proposals of 6,000 characters', 'ms', small, 50),
    {
      ...beside('outline and proposals of 100,000 characters', 'ms', large, small * (100_000 / 6000)),
      goal: 'linear: ≤ 1.5 × per character',
      met: perCharacter <= 1.5,
    },
  ]
}

/** The statement behind the measured list, for the references: written once more by hand, as the server sends it. */
const statement = `SELECT o.id, o.because, o.because_id, o.kind, o.title, o.period, o.holder_id, p.name AS holder, o.unit_id, u.name AS unit, o.opens, o.warn_from, o.due,
  o.state, o.done_on, o.act_id, o.version FROM obligation o JOIN person p ON p.tenant_id = $1 AND p.id = o.holder_id JOIN unit u ON u.tenant_id = $1 AND u.id = o.unit_id
  WHERE o.tenant_id = $1 AND o.unit_id = $2 AND o.state = 'open' AND o.due < $3 ORDER BY o.due, o.id LIMIT 51`

/** Transactions a second and their mean latency by pgbench, where one is installed. */
function pgbench(host: string, port: number, password: string, parameters: string[], clients: number): number | undefined {
  const program = ['/usr/lib/postgresql/18/bin/pgbench', '/usr/lib/postgresql/15/bin/pgbench', '/usr/bin/pgbench'].find((path) =>
    existsSync(path),
  )
  if (!program) return undefined
  const script = join(tmpdir(), `zelian-bench-${process.pid}.sql`)
  writeFileSync(script, `${statement.replace(/\$(\d)/g, (_, n: string) => `'${parameters[Number(n) - 1]}'`)};\n`)
  const output = execFileSync(
    program,
    [
      '-n',
      '-M',
      'prepared',
      '-f',
      script,
      '-c',
      String(clients),
      '-j',
      '2',
      '-T',
      String(seconds),
      '-h',
      host,
      '-p',
      String(port),
      '-U',
      'postgres',
      'zelian',
    ],
    {
      env: { ...process.env, PGPASSWORD: password },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  ).toString()
  return Number(/tps = ([\d.]+)/.exec(output)?.[1])
}

async function lists(
  url: string,
  headers: Record<string, string>,
  owner: Pool,
  at: { host: string; port: number; username: string; password: string },
): Promise<Figure[]> {
  const [unit] = await owner.unsafe(`SELECT unit_id AS id FROM obligation WHERE state = 'open' AND due < current_date LIMIT 1`)
  const today = new Date().toISOString().slice(0, 10)
  const parameters = [tenant, String(unit?.id), today]
  const bare = await startBare({ connection: { ...at, database: 'zelian' }, statement, parameters })
  const figures: Figure[] = []
  const address = `${url}/api/obligations?unit=${unit?.id}&light=red`
  for (const connections of [1, 16]) {
    await ask(address, connections, 2, headers)
    const ours = await ask(address, connections, seconds, headers)
    const theirs = await ask(`${bare.url}/list`, connections, seconds)
    if (ours.failures > 0 || theirs.failures > 0) throw new Error(`${ours.failures} and ${theirs.failures} requests failed`)
    figures.push(
      atLeast(`list of 50 at ${connections} connections, beside a bare Fastify route`, 'req/s', ours.perSecond, theirs.perSecond, 0.5),
    )
    const raw = pgbench(at.host, at.port, at.password, parameters, connections)
    if (raw !== undefined) figures.push(beside(`list of 50 at ${connections} connections, beside pgbench`, 'req/s', ours.perSecond, raw))
    figures.push({
      work: `list of 50 at ${connections} connections, p99`,
      unit: 'ms',
      value: ours.p99,
      reference: theirs.p99,
      ratio: ours.p99 / theirs.p99,
      goal: 'for comparison',
      met: null,
    })
  }
  await bare.stop()
  return figures
}

/** Everything issue "The spine" asks to be measured, on the embedded database, in one run. Takes several minutes. */
export async function spine(log: (line: string) => void): Promise<Figure[]> {
  const figures = await outlines()
  const dataDir = await mkdtemp(join(tmpdir(), 'zelian-bench-'))
  const first = await startServer(dataDir)
  await first.stop()
  const second = await startServer(dataDir)
  figures.push(below('second start to first answer', 'ms', second.firstAnswerMs, 2000))
  await new Promise((resolve) => setTimeout(resolve, 5000))
  figures.push(below('memory idle, without the database', 'MB', residentMb(second.pid), 200))
  const database = await openPostgres({ dataDir })
  const owner = openPool({ ...database.connection, database: 'zelian' }, 2)
  try {
    log(`seeding ${obligations} obligations`)
    const token = await seed(owner, obligations)
    const headers = { authorization: `Bearer ${token}` }
    log('lists')
    figures.push(...(await lists(second.url, headers, owner, database.connection)))
    log('board')
    const board = await ask(`${second.url}/api/board`, 1, seconds, { authorization: `Bearer ${firstToken}` })
    figures.push(
      { work: 'board, p50', unit: 'ms', value: board.p50, goal: 'reported', met: null },
      below('board, p99', 'ms', board.p99, 30),
    )
    log('writers')
    const today = new Date().toISOString().slice(0, 10)
    const groups = await openGroups(owner, 2000)
    const bodies = groups.map(({ holder, ids }) => ({ what: '完成月度检查并报送', happenedOn: today, doneBy: holder, discharges: ids }))
    const samples = await write(`${second.url}/api/acts`, headers, bodies, 16)
    const [dead] = await owner.unsafe(`SELECT deadlocks FROM pg_stat_database WHERE datname = 'zelian'`)
    figures.push(
      below('an act that discharges ten, 16 writers, p99', 'ms', quantile(samples, 0.99), 50),
      { work: 'an act that discharges ten, 16 writers, p50', unit: 'ms', value: quantile(samples, 0.5), goal: 'reported', met: null },
      {
        work: `deadlocks in ${samples.length} such acts`,
        unit: '',
        value: Number(dead?.deadlocks),
        goal: '0',
        met: Number(dead?.deadlocks) === 0,
      },
    )
    log('a minute at 16 connections')
    await ask(`${second.url}/api/obligations?light=red`, 16, minute, headers)
    figures.push(below('memory after a minute at 16 connections', 'MB', residentMb(second.pid), 450))
  } finally {
    await owner.end({ timeout: 5 })
    await database.stop()
    await second.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  return figures
}
