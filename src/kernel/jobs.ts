import type { Connection, Tx } from './db.ts'

/** A job: its queue's name, what to do with its data, and, where it runs by the clock, its cron line (in Asia/Shanghai). */
export type Job = { name: string; run: (data: Record<string, unknown>) => Promise<void>; cron?: string }

/** The queue. Its tables are local to the coordinator; it keeps a small pool of its own. */
export type Jobs = {
  /** The outbox: the job exists if, and only if, the transaction commits. */
  emit: (tx: Tx, name: string, data: Record<string, unknown>) => Promise<void>
  stop: () => Promise<void>
}

const retries = { retryLimit: 5, retryBackoff: true }

/** Starts the queue and its workers. Errors of jobs are retried with backoff and logged. */
export async function startJobs(at: Connection, jobs: readonly Job[], log: (error: unknown) => void): Promise<Jobs> {
  // Loaded here, behind the server's first answers.
  const { fromKysely, PgBoss } = await import('pg-boss')
  const connection =
    'url' in at
      ? { connectionString: at.url }
      : { host: at.host, port: at.port, user: at.username, password: at.password, database: at.database }
  const role = at.role === undefined ? {} : { options: `-c role=${at.role}` }
  const boss = new PgBoss({ ...connection, ...role, max: 2, schema: 'pgboss', createSchema: false, application_name: 'zelian-jobs' })
  boss.on('error', log)
  await boss.start()
  for (const job of jobs) {
    await boss.createQueue(job.name, retries)
    await boss.work<Record<string, unknown>>(job.name, { pollingIntervalSeconds: 2 }, async (batch) => {
      for (const one of batch) await job.run(one.data ?? {})
    })
    if (job.cron) await boss.schedule(job.name, job.cron, {}, { tz: 'Asia/Shanghai' })
  }
  return {
    emit: async (tx, name, data) => {
      await boss.send(name, data, { db: fromKysely(tx) })
    },
    stop: () => boss.stop({ graceful: true, timeout: 5000 }),
  }
}
