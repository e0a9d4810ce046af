import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Connection, openPool, type Pool } from '#kernel/db.ts'
import { openPostgres } from '#kernel/postgres/index.ts'
import { accountId, seedOffices, tenantId } from './offices.ts'

/** kill -9 of the server and of the database in the middle of recording: what was acknowledged is there afterwards, each once. */

const token = 'a-session-for-the-killed-test-01'
let dataDir = ''
let child: ChildProcess
let url = ''
let connection: Connection
let owner: Pool

async function startChild(): Promise<void> {
  child = spawn(process.execPath, [join(import.meta.dirname, 'child-server.ts'), dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
  if (!child.stdout) throw new Error('no output')
  for await (const line of createInterface({ input: child.stdout })) {
    url = JSON.parse(line).url
    return
  }
}

const exited = () =>
  new Promise<void>((resolve) => (child.exitCode === null && child.signalCode === null ? child.once('exit', () => resolve()) : resolve()))

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'zelian-killed-'))
  await startChild()
  const server = await openPostgres({ dataDir })
  connection = { ...server.connection, database: 'zelian' }
  await server.stop() // The child owns it: this only lets go.
  owner = openPool(connection, 2)
  await seedOffices(owner)
  await owner.unsafe(
    `INSERT INTO auth.session (id, token, "userId", "expiresAt", "createdAt", "updatedAt") VALUES ('s', $1, $2, now() + interval '1 day', now(), now())`,
    [token, accountId('a', 'head')],
  )
}, 60_000)

afterAll(async () => {
  await owner.end({ timeout: 1 })
  child.kill('SIGTERM')
  await exited()
  await rm(dataDir, { recursive: true, force: true })
})

const today = () => new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date())

/** True only when the server said yes. */
async function record(what: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/api/acts`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': what },
      body: JSON.stringify({ what, happenedOn: today() }),
      signal: AbortSignal.timeout(20_000),
    })
    await answer.text()
    return answer.ok
  } catch {
    return false
  }
}

/** Records all of a list, 16 at once; `at` runs when that many were acknowledged. Returns what was acknowledged. */
async function recordAll(names: readonly string[], at = Number.POSITIVE_INFINITY, strike = () => {}): Promise<Set<string>> {
  const acknowledged = new Set<string>()
  const left = [...names]
  let struck = false
  const one = async () => {
    for (let name = left.shift(); name !== undefined; name = left.shift()) {
      if (await record(name)) acknowledged.add(name)
      if (!struck && acknowledged.size >= at) {
        struck = true
        strike()
      }
    }
  }
  await Promise.all(Array.from({ length: 16 }, one))
  return acknowledged
}

/** The program that owns the database brings it back by itself; this only waits for it. */
async function answering(): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      await owner.unsafe('SELECT 1')
      return
    } catch (error) {
      if (tries > 300) throw error
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
}

async function counts(prefix: string): Promise<Map<string, number>> {
  const rows = await owner.unsafe('SELECT what, count(*)::int AS n FROM act WHERE tenant_id = $1 AND what LIKE $2 GROUP BY what', [
    tenantId('a'),
    `${prefix}-%`,
  ])
  return new Map(rows.map((row) => [String(row.what), Number(row.n)]))
}

async function tellTwice(prefix: string, acknowledged: Set<string>, names: readonly string[]): Promise<void> {
  const after = await counts(prefix)
  for (const name of acknowledged) expect(after.get(name), name).toBe(1)
  // Everything is asked again with its key, as a client does that got no answer: each act is there once.
  let left = [...names]
  for (let round = 0; round < 120 && left.length > 0; round += 1) {
    const done = await recordAll(left)
    left = left.filter((name) => !done.has(name))
    if (left.length > 0) await new Promise((resolve) => setTimeout(resolve, 500))
  }
  expect(left).toEqual([])
  const all = await counts(prefix)
  expect(all.size).toBe(names.length)
  expect([...all.values()].every((n) => n === 1)).toBe(true)
}

describe('kill -9', () => {
  it('of the server in the middle of 1,000 recordings loses nothing and doubles nothing', async () => {
    const names = Array.from({ length: 1000 }, (_, i) => `server-${i}`)
    const acknowledged = await recordAll(names, 300, () => child.kill('SIGKILL'))
    await exited()
    expect(acknowledged.size).toBeGreaterThanOrEqual(300)
    expect(acknowledged.size).toBeLessThan(1000)
    await startChild()
    await tellTwice('server', acknowledged, names)
  }, 150_000)

  it('of the database in the middle of recordings is mended by the program itself', async () => {
    const names = Array.from({ length: 400 }, (_, i) => `database-${i}`)
    const [row] = await owner.unsafe('SELECT pg_backend_pid() AS pid')
    const postmaster = Number(/^PPid:\s+(\d+)/m.exec((await import('node:fs')).readFileSync(`/proc/${row?.pid}/status`, 'utf8'))?.[1])
    const acknowledged = await recordAll(names, 150, () => process.kill(postmaster, 'SIGKILL'))
    await owner.end({ timeout: 1 }).catch(() => {})
    owner = openPool(connection, 2)
    await answering()
    await tellTwice('database', acknowledged, names)
  }, 150_000)
})
