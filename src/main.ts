import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type Clock, systemClock } from '#kernel/clock.ts'
import type { Config } from '#kernel/config.ts'
import { openDatabase, secretIn } from '#kernel/database.ts'
import { kyselyOver } from '#kernel/db.ts'
import { Refusal } from '#kernel/errors.ts'
import { openFolder } from '#kernel/files/index.ts'
import type { House, Module } from '#kernel/house.ts'
import { type Jobs, startJobs } from '#kernel/jobs.ts'
import { newMetrics, serveMetrics } from '#kernel/metrics.ts'
import { loadPack } from '#kernel/rulepack.ts'
import { demoAccess, newSignIn } from '#modules/access/index.ts'
import { newCalendars } from '#modules/calendar/index.ts'
import { standingOf } from '#modules/org/index.ts'
import packageJson from '../package.json' with { type: 'json' }
import { buildApp } from './app.ts'
import { modules } from './modules.ts'
import { nightly } from './nightly.ts'
import { turning } from './turning.ts'

export type Want = {
  dataDir: string
  host: string
  port: number
  demo: boolean
  web: string | undefined
  config: Config
  clock?: Clock
  log: (line: string) => void
}
export type Running = { url: string; metricsUrl: string; close: () => Promise<void> }

const loopback = new Set(['127.0.0.1', '::1', 'localhost'])

/** Brings everything up in order — database, schema, demo office, queue, server — and takes it down in the reverse order. */
export async function boot(want: Want): Promise<Running> {
  const { config, dataDir } = want
  const clock = want.clock ?? systemClock
  const demo = want.demo && loopback.has(want.host)
  const database = await openDatabase({
    dataDir,
    log: want.log,
    ...(config.databaseUrl ? { url: config.databaseUrl } : {}),
    ...(config.databaseAppUrl ? { appUrl: config.databaseAppUrl } : {}),
  })
  const closing: (() => Promise<unknown>)[] = [database.close]
  const close = async () => {
    for (const step of closing.splice(0).reverse()) await step()
  }
  try {
    const pool = database.pool
    const db = kyselyOver(pool)
    const calendars = await newCalendars(pool, clock, dataDir)
    const started = Promise.withResolvers<Jobs>()
    started.promise.catch(() => {})
    const emit: House['emit'] = async (tx, name, data) => (await started.promise).emit(tx, name, data)
    const secure = config.publicUrl?.startsWith('https:') ?? false
    const signIn = newSignIn(pool, db, clock, secretIn(dataDir, 'session.secret'), standingOf)
    const files = openFolder(join(dataDir, 'files'), clock)
    const house = { pool, db, clock, pack: loadPack(), calendars, emit, files, demo, secure, signIn }
    const all: Module[] = [...modules]
    if (want.demo) {
      const { seedDemo } = await import('../demo/seed.ts')
      const { cast } = await import('../demo/cast.ts')
      await seedDemo(house, clock())
      if (demo) all.push(demoAccess('demo', cast))
    }
    const metrics = newMetrics()
    const queue: { jobs: Jobs | null } = { jobs: null }
    const health = async () => {
      await pool.unsafe('SELECT 1')
      const writable = await files.writable()
      return {
        ok: writable,
        version: packageJson.version,
        database: {
          version: database.version,
          embedded: database.embedded,
          ...(database.embedded
            ? {
                note: '内嵌数据库适合试用和小单位；正式使用请设置 DATABASE_URL。 · The embedded database is for trial and small offices; production sets DATABASE_URL.',
              }
            : {}),
        },
        jobs: queue.jobs !== null,
        files: {
          writable,
          ...(writable
            ? {}
            : {
                note: '数据目录下的 files 文件夹写不进去：检查权限和磁盘空间。 · The folder “files” in the data folder cannot be written: check its permissions and the disk.',
              }),
        },
      }
    }
    const app = await buildApp(house, { modules: all, logLevel: config.logLevel, metrics, health, ...(want.web ? { web: want.web } : {}) })
    closing.push(() => app.close())
    const metricsServer = await serveMetrics(metrics, config.metricsPort)
    closing.push(() => new Promise((resolve) => metricsServer.close(resolve)))
    await app.listen({ host: want.host, port: want.port })
    // The queue serves the night: nobody waits for it at the start. Health says when it is there.
    const warn = (line: object, message: string) => app.log.warn(line, message)
    const turns = turning(house, warn)
    const starting = startJobs(database.app, [...nightly(house, warn), ...turns.jobs], (error) =>
      app.log.error({ err: error }, 'job'),
    ).then(
      async (jobs) => {
        queue.jobs = jobs
        started.resolve(jobs)
        const stop = await turns.start()
        closing.push(async () => stop())
      },
      (error) => {
        started.reject(new Refusal('jobs.absent'))
        app.log.error({ err: error }, 'the queue did not start')
      },
    )
    closing.push(async () => {
      await starting.catch((error) => app.log.error({ err: error }, 'the calendar was not looked at'))
      await queue.jobs?.stop()
    })
    const { port } = app.server.address() as AddressInfo
    return {
      url: `http://${want.host.includes(':') ? `[${want.host}]` : want.host}:${port}`,
      metricsUrl: `http://127.0.0.1:${(metricsServer.address() as AddressInfo).port}/metrics`,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
