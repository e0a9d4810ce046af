import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import { Refusal } from '../errors.ts'
import type { Binaries } from './binaries.ts'
import { clearSocketFolder, replaceFile, socketFolder } from './folders.ts'
import { identityOf, signal, until, workersIn, worksIn } from './processes.ts'
import { type Account, FOLDER, run } from './run.ts'
import { settingsText, socketOf } from './settings.ts'

/** What is fixed for one data folder: `folder` is the user's, `data` the database's own in it. */
export type Cluster = {
  folder: string
  data: string
  account: Account
  binaries: Binaries
  settings: Record<string, string>
  password: string
  log: (line: string) => void
}

/** A running server: its postmaster, and the folder and number of its socket. */
export type Server = { pid: number; host: string; port: number }

const USER = 'postgres'

/** The file by which the server is reached. */
export const socketAt = ({ host, port }: Server): string => join(host, `.s.PGSQL.${port}`)

/** How to reach the server. */
export const connectionTo = (cluster: Cluster, { host, port }: Server) => ({
  host,
  port,
  username: USER,
  password: cluster.password,
  database: 'postgres',
})

/** Whether the data folder holds a database; refuses with `db.version` when it is of another major version than the programs. */
export function holdsDatabase(data: string, binaries: Binaries): boolean {
  const file = join(data, 'PG_VERSION')
  if (!existsSync(file)) return false
  const found = readFileSync(file, 'utf8').trim()
  if (found !== String(binaries.major)) throw new Refusal('db.version', { folder: data, found, needed: binaries.major })
  return true
}

/** Makes a new database: UTF-8 whatever the surroundings say, and there at once or not at all. Refuses with `db.start`. */
export async function initialise({ folder, data, account, binaries, settings, password, log }: Cluster): Promise<void> {
  const began = Date.now()
  const part = join(folder, 'pg.part')
  rmSync(part, { recursive: true, force: true })
  mkdirSync(part, { mode: 0o700 })
  const secrets = await socketFolder(folder, account)
  const secret = join(secrets, 'password')
  writeFileSync(secret, `${password}\n`, { mode: 0o600, flag: 'wx' })
  if (account.change) for (const path of [part, secret]) chownSync(path, account.uid, account.gid)
  // the built-in C.UTF-8 needs no locale of the system; before 17 there is only the system's
  const locale = binaries.major >= 17 ? ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : ['--locale=C.UTF-8']
  const made = await run(
    join(binaries.folder, 'initdb'),
    [
      `--pgdata=${FOLDER}`,
      '--encoding=UTF8',
      ...locale,
      '--auth=scram-sha-256',
      `--username=${USER}`,
      `--pwfile=${secret}`,
      '--data-checksums',
      ...(settings.fsync === 'off' ? ['--no-sync'] : []),
    ],
    account,
    part,
  )
  clearSocketFolder(secrets, account)
  if (made.code !== 0) throw new Refusal('db.start', { reason: made.err.trim() || made.out.trim() })
  const file = join(part, 'postgresql.conf')
  replaceFile(file, `${readFileSync(file, 'utf8')}\ninclude_if_exists = 'zelian.conf'\n`, 0o600, account)
  try {
    renameSync(part, data)
  } catch (error) {
    throw new Refusal('db.folder', { folder: data, reason: (error as Error).message })
  }
  log(`made a new database (PostgreSQL ${binaries.version}) in ${Date.now() - began} ms`)
}

/** The server that works on the data now, as its own pid file tells and the process table confirms; null when there is none. */
export function runningServer(data: string): Server | null {
  try {
    const [pid, , , port, host] = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')
    const server = { pid: Number(pid), port: Number(port), host: host?.trim() ?? '' }
    return server.host && worksIn(server.pid, identityOf(data)) ? server : null
  } catch {
    return null
  }
}

/** Whether the server lets us in now. Refuses with `db.password` when it rejects the password. */
export async function answers(cluster: Cluster, server: Server): Promise<boolean> {
  if (statSync(server.host, { throwIfNoEntry: false })?.uid !== cluster.account.uid) return false
  const sql = postgres({ ...connectionTo(cluster, server), max: 1, connect_timeout: 3, fetch_types: false, onnotice: () => {} })
  try {
    await sql`SELECT 1`
    return true
  } catch (error) {
    if ((error as { code?: string }).code === '28P01') throw new Refusal('db.password', { folder: cluster.folder })
    return false
  } finally {
    await sql.end({ timeout: 1 }).catch(() => {})
  }
}

/**
 * Clears what a server that was killed left: its children, which end by themselves once they look up, or are ended; and a pid file whose number
 * belongs to nobody or to another program (PostgreSQL would take that one for a server).
 */
async function clearRemains({ data }: Cluster): Promise<void> {
  const identity = identityOf(data)
  const none = () => workersIn(identity).length === 0
  if (!(await until(5000, none))) for (const pid of workersIn(identity)) signal(pid, 'SIGQUIT')
  if (!(await until(3000, none))) for (const pid of workersIn(identity)) signal(pid, 'SIGKILL')
  if (await until(2000, none)) rmSync(join(data, 'postmaster.pid'), { force: true })
}

const lastWords = (data: string): string => {
  const logs = [join(data, 'server.log')]
  const daily = join(data, 'log')
  if (existsSync(daily)) logs.push(...readdirSync(daily).map((name) => join(daily, name)))
  const newest = logs.filter((path) => existsSync(path)).sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0]
  return newest ? readFileSync(newest, 'utf8').trim().split('\n').slice(-4).join(' / ') : ''
}

/** Starts the server on data that nobody works on; tries again for 10 s while remains of a killed one are in the way. Refuses with `db.start`. */
export async function startServer(cluster: Cluster): Promise<Server> {
  const { folder, data, account, binaries, settings, log } = cluster
  const began = Date.now()
  const stopAndThrow = async (error: unknown): Promise<never> => {
    await stopServer(cluster)
    throw error
  }
  for (;;) {
    await clearRemains(cluster)
    const file = join(data, 'zelian.conf')
    // pools that are open already know the socket by its path
    const host = await socketFolder(folder, account, existsSync(file) ? socketOf(readFileSync(file, 'utf8')) : undefined)
    replaceFile(file, settingsText(settings, folder, host), 0o600, account)
    // a folder that was copied may have lost its mode, and PostgreSQL insists on it
    chmodSync(data, 0o700)
    // recovery after a crash may take minutes: pg_ctl waits as long as the postmaster lives
    const args = ['start', '--wait', '--timeout=900', '--silent', `--pgdata=${FOLDER}`, `--log=${FOLDER}/server.log`]
    const started = await run(join(binaries.folder, 'pg_ctl'), args, account, data)
    const server = runningServer(data)
    const admitted = started.code === 0 && server !== null && (await answers(cluster, server).catch(stopAndThrow))
    if (admitted) {
      log(`the database runs (process ${server.pid}, ${Date.now() - began} ms)`)
      return server
    }
    if (server) await stopServer(cluster)
    const reason = [started.err.trim(), lastWords(data)].filter(Boolean).join(' / ')
    if (Date.now() - began > 10_000 || !/lock file|shared memory|in use/i.test(reason)) throw new Refusal('db.start', { reason })
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}

/** Ends the server and all its processes: connections are cut, transactions rolled back, everything written. Quiet when there is none. */
export async function stopServer({ data, account, binaries, log }: Cluster, identity = identityOf(data)): Promise<void> {
  const gone = () => workersIn(identity).length === 0
  if (gone()) return
  const server = runningServer(data)
  if (server) {
    await run(
      join(binaries.folder, 'pg_ctl'),
      ['stop', '--wait', '--mode=fast', '--timeout=60', '--silent', `--pgdata=${FOLDER}`],
      account,
      data,
    )
  }
  const steps = [
    ['SIGINT', 10_000],
    ['SIGQUIT', 5000],
    ['SIGKILL', 5000],
  ] as const
  let ended = server !== null && (await until(1000, gone, 20))
  for (const [name, within] of steps) {
    if (ended) break
    log(`the database is slow to end: ${name}`)
    for (const pid of workersIn(identity)) signal(pid, name)
    ended = await until(within, gone)
  }
  if (server) clearSocketFolder(server.host, account)
}
