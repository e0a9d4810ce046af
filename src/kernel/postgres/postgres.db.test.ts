import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'
import { afterAll, describe, expect, test } from 'vitest'
import { openPostgres, type Postgres } from './index.ts'
import { identityOf, signal, until, workersIn, worksIn } from './processes.ts'

const isRoot = process.getuid?.() === 0
const quick = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }
const made: string[] = []

/** A folder with a space in its name under one that only its owner may enter. */
const newFolder = () => {
  const base = mkdtempSync(join(tmpdir(), 'zelian test '))
  made.push(base)
  return join(base, 'the data')
}
const open = (dataDir: string, more: Partial<Parameters<typeof openPostgres>[0]> = {}) =>
  openPostgres({ dataDir, settings: quick, ...more })
const ask = async <T>(at: Postgres, work: (sql: postgres.Sql) => Promise<T>): Promise<T> => {
  const sql = postgres({ ...at.connection, max: 1, onnotice: () => {} })
  try {
    return await work(sql)
  } finally {
    await sql.end({ timeout: 1 })
  }
}
const workers = (dataDir: string) => workersIn(identityOf(join(dataDir, 'pg')))

type Told = { pid: number; adopted: boolean; connection: Postgres['connection'] }
const index = new URL('./index.ts', import.meta.url)
/** Another process of ours that opens the database and keeps it until it is told to end. */
const another = async (dataDir: string, as: string[] = []) => {
  const text = `import { openPostgres } from ${JSON.stringify(index.href)}
    const p = await openPostgres({ dataDir: process.argv[1], settings: ${JSON.stringify(quick)} })
    console.log(JSON.stringify({ pid: p.pid(), adopted: p.adopted, connection: p.connection }))
    process.on('SIGTERM', async () => { await p.stop(); process.exit() })
    setInterval(() => {}, 1000)`
  const [program = '', ...args] = [...as, process.execPath, '--input-type=module', '-e', text, dataDir]
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: fileURLToPath(new URL('../../..', index)),
    env: { PATH: process.env.PATH, ...(process.env.ZELIAN_PG_BIN ? { ZELIAN_PG_BIN: process.env.ZELIAN_PG_BIN } : {}) },
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const told = await new Promise<Told>((resolve, reject) => {
    let err = ''
    child.stderr.setEncoding('utf8').on('data', (part: string) => {
      err += part
    })
    child.stdout.setEncoding('utf8').once('data', (line: string) => resolve(JSON.parse(line) as Told))
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${err}`)))
  })
  return {
    ...told,
    end: async (name: NodeJS.Signals) => {
      if (child.pid) signal(child.pid, name)
      await ended
    },
  }
}

afterAll(() => {
  for (const base of made) {
    const data = join(base, 'the data', 'pg')
    if (existsSync(data)) for (const pid of workersIn(identityOf(data))) signal(pid, 'SIGKILL')
    rmSync(base, { recursive: true, force: true })
  }
})

describe('the embedded database', { timeout: 30_000 }, () => {
  test('starts under a folder that only its owner may enter, in UTF-8, in UTC, behind a private socket, and leaves nothing', async () => {
    const dataDir = newFolder()
    expect(statSync(join(dataDir, '..')).mode & 0o777).toBe(0o700)
    const lines: string[] = []
    const db = await open(dataDir, {
      log: (line) => lines.push(line),
      settings: { ...quick, work_mem: '5MB', application_name: "it's \\ 廉政" },
    })
    expect(db.adopted).toBe(false)
    const [row] = await ask(
      db,
      (sql) => sql`SELECT char_length('廉政') AS signs, current_setting('server_encoding') AS encoding, current_setting('timezone') AS zone,
        current_setting('listen_addresses') AS doors, current_setting('work_mem') AS memory, current_setting('server_version') AS version,
        upper('é') AS upper, (SELECT reset_val FROM pg_settings WHERE name = 'application_name') AS name`,
    )
    expect(row).toEqual({
      signs: 2,
      encoding: 'UTF8',
      zone: 'UTC',
      doors: '',
      memory: '5MB',
      version: expect.stringContaining(db.version),
      upper: 'É',
      name: expect.anything(),
    })
    const socket = statSync(db.connection.host)
    expect(socket.mode & 0o777).toBe(0o700)
    expect(statSync(join(dataDir, 'pg.password')).mode & 0o777).toBe(0o600)
    const pid = db.pid()
    expect(worksIn(pid, identityOf(join(dataDir, 'pg')))).toBe(true)
    if (isRoot) expect(statSync(`/proc/${pid}`).uid).not.toBe(0)
    const stranger = postgres({ ...db.connection, password: 'not this one', max: 1 })
    await expect(stranger`SELECT 1`).rejects.toMatchObject({ code: '28P01' })
    await stranger.end()
    await db.stop()
    await db.stop()
    expect(workers(dataDir)).toEqual([])
    expect(existsSync(db.connection.host)).toBe(false)
    expect(lines.join()).toContain('made a new database')
  })

  test('two at once on one new folder: one makes it, the other shares it, and only who started it stops it', async () => {
    const dataDir = newFolder()
    const both = await Promise.all([open(dataDir), open(dataDir)])
    const starter = both.find((db) => !db.adopted)
    const sharer = both.find((db) => db.adopted)
    expect([starter?.pid(), sharer?.pid()]).toEqual([starter?.pid(), starter?.pid()])
    const other = await another(dataDir)
    expect(other).toMatchObject({ adopted: true, pid: starter?.pid() })
    await other.end('SIGTERM')
    await sharer?.stop()
    expect(workers(dataDir)).not.toEqual([])
    await starter?.stop()
    expect(workers(dataDir)).toEqual([])
  })

  test('a server whose parent was killed is adopted, with its rows, and stopped by who adopted it', async () => {
    const dataDir = newFolder()
    const parent = await another(dataDir)
    expect(parent.adopted).toBe(false)
    await parent.end('SIGKILL')
    expect(worksIn(parent.pid, identityOf(join(dataDir, 'pg')))).toBe(true)
    const db = await open(dataDir)
    expect([db.adopted, db.pid(), db.connection]).toEqual([true, parent.pid, parent.connection])
    await db.stop()
    expect(workers(dataDir)).toEqual([])
  })

  test('a killed postmaster is noticed and started again, at the same address, with every committed row', async () => {
    const dataDir = newFolder()
    const restarts: number[] = []
    const db = await open(dataDir, { settings: {}, onRestart: ({ pid }) => restarts.push(pid) })
    await ask(db, (sql) => sql`CREATE TABLE word AS SELECT '责任' AS text FROM generate_series(1, 100)`)
    const before = { pid: db.pid(), connection: db.connection }
    signal(before.pid, 'SIGKILL')
    expect(await until(10_000, () => restarts.length > 0)).toBe(true)
    expect(restarts).toEqual([db.pid()])
    expect(db.pid()).not.toBe(before.pid)
    const count = () => ask(db, async (sql) => (await sql`SELECT count(*)::int AS n FROM word`)[0]?.n)
    expect(await count()).toBe(100)
    signal(db.pid(), 'SIGKILL')
    await until(2000, () => !worksIn(restarts[0] ?? 0, identityOf(join(dataDir, 'pg'))))
    await db.ensure()
    expect(await count()).toBe(100)
    expect(restarts).toHaveLength(2)
    rmSync(db.connection.host, { recursive: true })
    await db.ensure()
    expect([await count(), restarts.length, db.connection.host]).toEqual([100, 3, before.connection.host])
    await db.stop()
    expect(workers(dataDir)).toEqual([])
  })

  test('killed with its parent: a stale lock, a pid that became another program’s and remains of the socket do not keep it from starting', async () => {
    const dataDir = newFolder()
    const parent = await another(dataDir)
    const password = readFileSync(join(dataDir, 'pg.password'), 'utf8')
    await parent.end('SIGKILL')
    signal(parent.pid, 'SIGKILL')
    const reopened = await open(dataDir)
    expect([reopened.adopted, reopened.connection]).toEqual([false, parent.connection])
    signal(reopened.pid(), 'SIGKILL')
    await reopened.stop()
    expect(workers(dataDir)).toEqual([])
    const stale = join(dataDir, 'pg', 'postmaster.pid')
    // a number that is in use: this test's own
    writeFileSync(stale, `${process.pid}\n/nowhere\n1\n5432\n${parent.connection.host}\n\n0 0\nready\n`)
    writeFileSync(join(dataDir, 'pg.owner'), `${JSON.stringify({ pid: process.pid, started: '1', boot: 'another', handle: '' })}\n`)
    if (isRoot) chownSync(stale, statSync(join(dataDir, 'pg')).uid, statSync(join(dataDir, 'pg')).gid)
    const db = await open(dataDir)
    expect(db.adopted).toBe(false)
    expect(readFileSync(join(dataDir, 'pg.password'), 'utf8')).toBe(password)
    await db.stop()
    expect(workers(dataDir)).toEqual([])
  })

  test('refuses with a code: another version’s data, a lost password file, no programs, a bad setting', async () => {
    const dataDir = newFolder()
    mkdirSync(join(dataDir, 'pg'), { recursive: true })
    writeFileSync(join(dataDir, 'pg', 'PG_VERSION'), '12\n')
    const refusal = await open(dataDir).catch((error: { code: string; params: Record<string, string | number> }) => error)
    expect(refusal).toMatchObject({ code: 'db.version', params: { found: '12' } })
    writeFileSync(join(dataDir, 'pg', 'PG_VERSION'), `${'params' in refusal ? refusal.params.needed : ''}\n`)
    await expect(open(dataDir)).rejects.toMatchObject({ code: 'db.password_missing' })
    await expect(open(newFolder(), { binaries: '/nowhere' })).rejects.toMatchObject({ code: 'db.binaries' })
    await expect(open(newFolder(), { settings: { ...quick, 'work_mem; x': '1' } })).rejects.toMatchObject({ code: 'db.setting' })
    await expect(open(newFolder(), { settings: { ...quick, work_mem: 'much' } })).rejects.toMatchObject({ code: 'db.start' })
    await expect(open(join(dataDir, 'pg', 'PG_VERSION', 'below'))).rejects.toMatchObject({ code: 'db.folder' })
  })

  test('a database that was copied, with the copy’s files in the hands of whoever copied them, starts beside the first', async () => {
    const dataDir = newFolder()
    const first = await open(dataDir)
    await ask(first, (sql) => sql`CREATE TABLE word (text text)`)
    await first.stop()
    const again = await open(dataDir)
    const copyDir = newFolder()
    mkdirSync(copyDir)
    await again.stop()
    cpSync(dataDir, copyDir, { recursive: true })
    chmodSync(join(copyDir, 'pg'), 0o755)
    const both = [await open(dataDir), await open(copyDir)]
    expect(both.map((db) => db.adopted)).toEqual([false, false])
    expect(new Set(both.map((db) => db.connection.host)).size).toBe(2)
    for (const db of both) {
      expect(await ask(db, (sql) => sql`SELECT count(*)::int AS n FROM word`)).toMatchObject([{ n: 0 }])
      await db.stop()
    }
  })

  test('somebody else’s folder in the place of the socket’s is passed over', async (at) => {
    if (!isRoot) at.skip('only root can make a folder that belongs to somebody else')
    const dataDir = newFolder()
    const first = await open(dataDir)
    const usual = first.connection.host
    await first.stop()
    mkdirSync(usual)
    chownSync(usual, 65534, 65534)
    const db = await open(dataDir)
    expect(db.connection.host).toBe(`${usual}-1`)
    await db.stop()
    rmSync(usual, { recursive: true })
  })

  test('an ordinary user runs it; root joins in; when that user is killed root stops it; another user is refused', async (at) => {
    if (!isRoot) at.skip('only root can change to another user')
    const mayRead =
      spawnSync('setpriv', ['--reuid=65534', '--regid=65534', '--clear-groups', 'test', '-r', fileURLToPath(index)]).status === 0
    if (!mayRead) at.skip('an ordinary user cannot read this checkout')
    const dataDir = newFolder()
    mkdirSync(dataDir)
    chownSync(join(dataDir, '..'), 65534, 65534)
    chownSync(dataDir, 65534, 65534)
    const other = await another(dataDir, ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'])
    expect([other.adopted, statSync(`/proc/${other.pid}`).uid]).toEqual([false, 65534])
    expect(statSync(join(dataDir, 'pg.password')).uid).toBe(65534)
    const db = await open(dataDir)
    expect([db.adopted, db.pid()]).toEqual([true, other.pid])
    await db.stop()
    expect(workers(dataDir)).not.toEqual([])
    await other.end('SIGKILL')
    const adopter = await open(dataDir)
    await adopter.stop()
    expect(workers(dataDir)).toEqual([])
    const later = await open(dataDir)
    expect(statSync(`/proc/${later.pid()}`).uid).toBe(65534)
    await later.stop()
    chmodSync(join(dataDir, '..'), 0o777)
    chmodSync(dataDir, 0o777)
    await expect(another(dataDir, ['setpriv', '--reuid=65533', '--regid=65533', '--clear-groups'])).rejects.toThrow('db.owner')
  })
})
