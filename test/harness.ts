import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance, InjectOptions } from 'fastify'
import postgres from 'postgres'
import { afterAll, inject } from 'vitest'
import { kyselyOver, openPool, type Pool } from '#kernel/db.ts'
import { type Files, openFolder } from '#kernel/files/index.ts'
import type { House, Module, SignIn } from '#kernel/house.ts'
import { newId } from '#kernel/ids.ts'
import { loadPack, type RuleValue } from '#kernel/rulepack.ts'
import { newSignIn } from '#modules/access/index.ts'
import { type Live, newCalendars } from '#modules/calendar/index.ts'
import { standingOf } from '#modules/org/index.ts'
import { buildApp } from '../src/app.ts'
import { modules } from '../src/modules.ts'
import { accountId, type OfficeKey, officeCode, type PersonaKey } from './offices.ts'

export * from './offices.ts'

// biome-ignore lint/suspicious/noExplicitAny: a test reads answers field by field; their shapes are asserted, not typed.
export type Answer = { status: number; body: any; headers: Record<string, unknown> }
export type Client = {
  token: string
  get: (path: string, query?: Record<string, string | number>, headers?: Record<string, string>) => Promise<Answer>
  send: (method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>
  post: (path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>
  upload: (
    path: string,
    file: { name: string; bytes: Uint8Array },
    fields: Record<string, string>,
    headers?: Record<string, string>,
  ) => Promise<Answer>
}
export type TestHouse = {
  app: FastifyInstance
  /** What stands behind every request of it. Jobs that writes emit are kept in `emitted` and run by nobody. */
  house: Omit<House, 'log'> & { calendars: Live }
  emitted: { job: string; data: Record<string, unknown> }[]
  /** As the application's role; and as the owner, for looking behind the walls. */
  pool: Pool
  owner: postgres.Sql
  /** Where files are kept, and the folder they lie in. */
  files: Files
  filesAt: string
  signIn: SignIn
  as: (persona: PersonaKey, office?: OfficeKey) => Promise<Client>
  anonymous: Client
  /** What the program itself needs to do its nightly work. */
  ground: Pick<House, 'pool' | 'db' | 'clock' | 'pack' | 'calendars' | 'files'>
  now: () => Date
  setNow: (instant: string) => void
}

const clientOf = (app: FastifyInstance, token: string): Client => {
  const ask = async (options: InjectOptions): Promise<Answer> => {
    const headers = { ...(token ? { authorization: `Bearer ${token}` } : {}), ...options.headers }
    const answer = await app.inject({ ...options, headers })
    const text = answer.body
    const json = String(answer.headers['content-type'] ?? '').includes('json')
    return { status: answer.statusCode, body: json ? JSON.parse(text) : text, headers: answer.headers }
  }
  const send: Client['send'] = (method, path, body, headers = {}) =>
    ask({ method, url: `/api${path}`, headers, ...(body === undefined ? {} : { payload: body as object }) })
  return {
    token,
    get: (path, query = {}, headers = {}) =>
      ask({ method: 'GET', url: `/api${path}`, query: Object.fromEntries(Object.entries(query).map(([k, v]) => [k, String(v)])), headers }),
    send,
    post: (path, body, headers) => send('POST', path, body, headers),
    upload: (path, file, fields, headers = {}) => {
      const boundary = `b${newId()}`
      const parts = Object.entries(fields).map(
        ([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
      )
      const head = `${parts.join('')}--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${file.name}"\r\ncontent-type: application/octet-stream\r\n\r\n`
      return ask({
        method: 'POST',
        url: `/api${path}`,
        headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, ...headers },
        payload: Buffer.concat([Buffer.from(head), file.bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
      })
    },
  }
}

/** Room for every test's staff, so that only the tests of the budget wait for a signature (`budget: 'shipped'`). */
const roomy: RuleValue = {
  ...{
    key: 'budget.staff',
    document: ['测试', 'Tests'],
    article: '1',
    version: 1000,
    since: '2000-01-01',
    confidence: 'local',
    value: 600,
  },
}

/** A running server without sockets on a clone of the peopled template, closed when the test file ends. `now` is 2026-06-15 10:00 in Shanghai. */
export async function house(
  options: {
    now?: string
    modules?: readonly Module[]
    demo?: boolean
    rules?: readonly RuleValue[]
    dataDir?: string
    budget?: 'shipped'
  } = {},
): Promise<TestHouse> {
  const server = inject('server')
  const root = openPool(server, 1)
  const database = `t_${newId().replaceAll('-', '')}`
  await root.unsafe(`CREATE DATABASE ${database} TEMPLATE template_zelian STRATEGY wal_log`)
  const at = { ...server, database }
  const pool = openPool({ ...at, username: 'zelian_app', password: inject('appPassword') }, 8)
  const owner = postgres({ ...at, max: 2, onnotice: () => {} })
  const db = kyselyOver(pool)
  let now = new Date(options.now ?? '2026-06-15T02:00:00Z')
  const clock = () => now
  const signIn = newSignIn(pool, db, clock, 'a secret for tests only, thirty-two', standingOf)
  const calendars = await newCalendars(pool, clock, options.dataDir)
  const emitted: { job: string; data: Record<string, unknown> }[] = []
  const filesAt = await mkdtemp(join(tmpdir(), 'zelian-files-'))
  const files = openFolder(filesAt, clock)
  const whole: TestHouse['house'] = {
    pool,
    db,
    clock,
    pack: [...loadPack(), ...(options.budget === 'shipped' ? [] : [roomy]), ...(options.rules ?? [])],
    calendars,
    emit: async (_tx, job, data) => void emitted.push({ job, data }),
    files,
    demo: options.demo ?? false,
    secure: false,
    signIn,
  }
  const app = await buildApp(
    { ...whole, emit: (tx, job, data) => whole.emit(tx, job, data) },
    { modules: options.modules ?? modules, logLevel: 'silent', health: async () => ({ ok: true }) },
  )
  await app.ready()
  afterAll(async () => {
    await app.close()
    await pool.end({ timeout: 1 })
    await owner.end({ timeout: 1 })
    await root.unsafe(`DROP DATABASE ${database} WITH (FORCE)`)
    await root.end()
    await rm(filesAt, { recursive: true, force: true })
  })
  const clients = new Map<string, Client>()
  return {
    app,
    house: whole,
    emitted,
    pool,
    owner,
    files,
    filesAt,
    ground: whole,
    signIn,
    anonymous: clientOf(app, ''),
    now: clock,
    setNow: (instant) => {
      now = new Date(instant)
      signIn.forget()
    },
    as: async (persona, office = 'a') => {
      const key = accountId(office, persona)
      let client = clients.get(key)
      if (!client) {
        const token = await signIn.forAccount(key)
        client = clientOf(app, token)
        clients.set(key, client)
      }
      return client
    },
  }
}

export { officeCode }
