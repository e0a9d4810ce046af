import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '../errors.ts'
import { accountFor } from './account.ts'
import { binariesFor } from './binaries.ts'
import {
  answers,
  type Cluster,
  connectionTo,
  holdsDatabase,
  initialise,
  runningServer,
  type Server,
  socketAt,
  startServer,
  stopServer,
} from './cluster.ts'
import { passwordIn, realFolder, replaceFile } from './folders.ts'
import { oneAtATime } from './lock.ts'
import { identityOf, lives, ownMark, type ProcessMark, until, worksIn } from './processes.ts'

const SILENT_S = 10

export type PostgresWant = {
  /** Where the database lives; made when absent. Beside it lie `pg.password` (0600) and `pg.owner`. */
  dataDir: string
  /** PostgreSQL settings beyond the defaults; `fsync: 'off'` also makes the first start quicker, and is for tests. */
  settings?: Record<string, string>
  /** A folder with initdb, pg_ctl and postgres (15 or later); else ZELIAN_PG_BIN; else the embedded package. */
  binaries?: string
  log?: (line: string) => void
  /** Called after the server had died and was started again (or another process had done so): connections open before are gone. */
  onRestart?: (server: { pid: number }) => void
}

export type Postgres = {
  connection: { host: string; port: number; username: string; password: string; database: string }
  /** Of the programs, as `18.4`. */
  version: string
  /** Whether it ran already. */
  adopted: boolean
  /** The postmaster's process. */
  pid(): number
  /** Looks now, instead of within a second, whether the server lives, and starts it when not. Refuses as `openPostgres` does. */
  ensure(): Promise<void>
  /** Stops the server when this handle started it, or whoever did is dead; else only lets go of it. */
  stop(): Promise<void>
}

type Owner = ProcessMark & { handle: string }

const ownerIn = (folder: string): Owner | null => {
  try {
    return JSON.parse(readFileSync(join(folder, 'pg.owner'), 'utf8')) as Owner
  } catch {
    return null
  }
}

/** Finds the server running, or gets it running. Only under the folder's lock. */
async function settle(cluster: Cluster, owner: Owner): Promise<{ server: Server; adopted: boolean }> {
  const { folder, data, log } = cluster
  const before = ownerIn(folder)
  const claim = () => replaceFile(join(folder, 'pg.owner'), `${JSON.stringify(owner)}\n`, 0o600)
  const running = runningServer(data)
  if (running) {
    const live = before !== null && lives(before)
    // one that starts or recovers from a crash does not answer yet
    const reachable = existsSync(socketAt(running))
    if (reachable && (await until(SILENT_S * 1000, () => answers(cluster, running), 200))) {
      if (!live) claim()
      log(`the database ran already (process ${running.pid})${live ? `, started by process ${before.pid}` : ''}`)
      return { server: running, adopted: true }
    }
    if (reachable && live && before.handle !== owner.handle && worksIn(running.pid, identityOf(data)))
      throw new Refusal('db.silent', { folder, pid: running.pid, seconds: SILENT_S })
    log(`the database (process ${running.pid}) does not answer: it is started anew`)
    await stopServer(cluster)
  }
  const server = await startServer(cluster)
  claim()
  return { server, adopted: false }
}

/**
 * The embedded PostgreSQL of a data folder, over a private Unix socket with a password: made when absent, adopted when it runs (whoever started
 * it), started else, and started again whenever it dies. Two at once on one folder are safe. Started by root it runs as another account.
 * Refuses with the codes of `postgresRefusals`.
 */
export async function openPostgres({
  dataDir,
  settings = {},
  binaries: given,
  log = () => {},
  onRestart,
}: PostgresWant): Promise<Postgres> {
  if (process.platform !== 'linux') throw new Refusal('db.no_binaries', { platform: `${process.platform} ${process.arch}` })
  const folder = realFolder(dataDir)
  const data = join(folder, 'pg')
  const owner: Owner = { ...ownMark(), handle: randomUUID() }

  const prepared = async (): Promise<Cluster> => {
    const account = await accountFor(data)
    const binaries = await binariesFor(account, folder, given)
    const exists = holdsDatabase(data, binaries)
    const cluster = { folder, data, account, binaries, settings, log, password: passwordIn(folder, exists) }
    if (!exists) await initialise(cluster)
    return cluster
  }
  const first = await oneAtATime(folder, async () => {
    const cluster = await prepared()
    return { cluster, ...(await settle(cluster, owner)) }
  })
  const { cluster } = first
  const identity = identityOf(data)
  let { server } = first
  let stopped = false
  let reviving: Promise<void> | null = null
  let quietUntil = 0

  const well = () => worksIn(server.pid, identity) && existsSync(socketAt(server))
  const revive = () =>
    oneAtATime(folder, async () => {
      if (stopped || well()) return
      // a folder that was taken away is not made anew under a running program
      if (!holdsDatabase(data, cluster.binaries)) throw new Refusal('db.folder', { folder: data, reason: 'the database is gone' })
      log(`the database (process ${server.pid}) has gone: it is started again`)
      server = (await settle(cluster, owner)).server
      onRestart?.({ pid: server.pid })
    })
  const ensure = (): Promise<void> => {
    if (stopped || well()) return Promise.resolve()
    reviving ??= revive().finally(() => {
      reviving = null
    })
    return reviving
  }
  let failures = 0
  const watch = setInterval(() => {
    if (reviving || Date.now() < quietUntil) return
    ensure().then(
      () => {
        failures = 0
      },
      (error: Error) => {
        failures += 1
        // The processes of a killed server may hold its memory for some seconds; what lasts longer is asked after less often.
        quietUntil = Date.now() + (failures <= 8 ? 1 : Math.min(30, 2 ** (failures - 8))) * 1000
        log(`the database could not be started again: ${error.message} ${JSON.stringify((error as Refusal).params ?? {})}`)
      },
    )
  }, 1000)
  watch.unref()

  return {
    connection: connectionTo(cluster, server),
    version: cluster.binaries.version,
    adopted: first.adopted,
    pid: () => server.pid,
    ensure,
    async stop() {
      if (stopped) return
      stopped = true
      clearInterval(watch)
      await reviving?.catch(() => {})
      const finish = async () => {
        const now = ownerIn(folder)
        if (now && now.handle !== owner.handle && lives(now)) return
        await stopServer(cluster, identity)
        rmSync(join(folder, 'pg.owner'), { force: true })
      }
      await (existsSync(folder) ? oneAtATime(folder, finish) : stopServer(cluster, identity))
    },
  }
}
