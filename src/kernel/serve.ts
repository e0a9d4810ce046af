import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { langOf } from './answer.ts'
import { instantAtEndOfDay, isDay, todayIn } from './calendar/index.ts'
import { may } from './can.ts'
import { FileBytes, namesIn, type Route } from './contract.ts'
import { reading, sqlState, type Tx, withTenant } from './db.ts'
import { Refusal } from './errors.ts'
import { type FileAnswer, sendFile } from './files/index.ts'
import { type Input, readForm, withStaged } from './form.ts'
import type { Call, House, Module, Read, Session } from './house.ts'
import { claim, keep, requestHash } from './idempotency.ts'
import { isId, newId } from './ids.ts'
import { ruleOn } from './rulepack.ts'
import { type Ctx, ctxOf } from './scope.ts'

export const sessionCookie = 'zelian'
/** Passwords are not tried out where something is signed. */
const signingsPerMinute = 30

/** The session's token: cookie of the browser, or `Authorization: Bearer` of other clients. */
export function tokenOf(request: FastifyRequest): string | null {
  const bearer = /^Bearer ([\w.-]{16,200})$/.exec(request.headers.authorization ?? '')
  if (bearer?.[1]) return bearer[1]
  const cookie = new RegExp(`(?:^|;\\s*)${sessionCookie}=([\\w.-]{16,200})`).exec(request.headers.cookie ?? '')
  return cookie?.[1] ?? null
}

/** Who asks, and whether their grants hold the route's verb at all: 401, 404 (another office), 403, before a body is read. */
async function admit(house: House, route: Route, request: FastifyRequest): Promise<Session> {
  const token = tokenOf(request)
  const office = request.headers['x-zelian-office']
  const session = token ? await house.signIn.session(token, typeof office === 'string' ? office : undefined) : null
  if (!session) throw new Refusal('auth.required')
  if (route.may !== 'signed-in' && !may(session.actor, route.may)) throw new Refusal('may.not', { verb: route.may })
  return session
}

/** Writes from another site's page are refused: the browser says where a request comes from. */
function sameOrigin(request: FastifyRequest): void {
  const origin = request.headers.origin
  if (origin && new URL(origin).host !== request.headers.host) throw new Refusal('request.origin')
}

async function contextOf(house: House, session: Session, request: FastifyRequest): Promise<Ctx> {
  const now = house.clock()
  const today = todayIn(session.tenant.zone, now)
  const asked = (request.query as { asOf?: string }).asOf
  if (asked !== undefined && !isDay(asked)) throw new Refusal('day.unknown', { day: asked }, [{ at: '/asOf' }])
  if (asked !== undefined && asked > today) throw new Refusal('asof.future', { day: asked }, [{ at: '/asOf' }])
  const lookingBack = asked !== undefined && asked < today
  if (lookingBack && request.method !== 'GET') throw new Refusal('asof.read_only')
  const day = lookingBack ? asked : today
  return ctxOf({
    tenant: session.tenant,
    actor: session.actor,
    now,
    today,
    day,
    lookingBack,
    knownAt: lookingBack ? instantAtEndOfDay(day, session.tenant.zone) : now,
    lang: langOf(request),
    requestId: request.id,
    calendar: await house.calendars.of(session.tenant.id),
    rule: ruleOn(house.pack, day),
  })
}

/** The places of texts that no database can hold: a NUL, or half of a surrogate pair. */
function unspeakable(value: unknown, at = ''): string[] {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed() ? [at || '/'] : []
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return []
  return Object.entries(value).flatMap(([key, inner]) => unspeakable(inner, `${at}/${key}`))
}

const plainInput = (request: FastifyRequest): Input => ({ ...(request.query as object), ...(request.params as object) })

function speakable(input: Input): Input {
  const bad = unspeakable(input)
  if (bad.length === 0) return input
  throw new Refusal(
    'request.bad_text',
    {},
    bad.map((at) => ({ at })),
  )
}

const inputOf = async (route: Route, request: FastifyRequest): Promise<Input> =>
  Object.assign(plainInput(request), route.upload ? await readForm(request) : request.body)

function callOf(house: House, request: FastifyRequest, reply: FastifyReply): Call {
  const attributes = `Path=/; HttpOnly; SameSite=Lax${house.secure ? '; Secure' : ''}`
  return {
    lang: langOf(request),
    ip: request.ip,
    token: tokenOf(request),
    setSession: (token) => {
      reply.header(
        'set-cookie',
        token === null ? `${sessionCookie}=; ${attributes}; Max-Age=0` : `${sessionCookie}=${token}; ${attributes}; Max-Age=604800`,
      )
    },
  }
}

async function write(
  house: House,
  ctx: Ctx,
  request: FastifyRequest,
  reply: FastifyReply,
  handler: Handle | Slow,
  input: Record<string, unknown>,
) {
  const run =
    'prepare' in handler
      ? await handler.prepare((fn) => reading(house.pool, ctx.tenant.id, fn), ctx, input, house)
      : (tx: Tx) => handler(tx, ctx, input, house)
  const given = request.headers['idempotency-key']
  const key = typeof given === 'string' && given.length > 0 && given.length <= 200 ? given : null
  return again(() =>
    withTenant(house.pool, ctx.tenant.id, async (tx) => {
      if (key === null) return run(tx)
      const earlier = await claim(tx, ctx, key, requestHash(request.method, request.url, input))
      if (earlier) {
        reply.header('idempotent-replayed', 'true')
        return earlier.answer
      }
      const answer = await run(tx)
      keep(tx, ctx, key, answer)
      return answer
    }),
  )
}

/** A transaction that the database ended to break a deadlock is simply run again, three times at most. */
async function again<T>(run: () => Promise<T>, left = 3): Promise<T> {
  try {
    return await run()
  } catch (error) {
    const state = sqlState(error)
    if (left > 0 && (state === '40P01' || state === '40001')) return again(run, left - 1)
    throw error
  }
}

type Handle = (handle: unknown, ctx: unknown, input: unknown, house: unknown) => Promise<unknown>
type Slow = { prepare: (read: Read, ctx: unknown, input: unknown, house: unknown) => Promise<(tx: Tx) => Promise<unknown>> }

/** Takes the password out of what was sent and proves it: nothing behind this line sees it. */
async function signed(house: House, ctx: Ctx, input: Record<string, unknown>): Promise<Record<string, unknown>> {
  const { password, ...rest } = input
  if (!(await house.signIn.proves(ctx.actor.account, String(password)))) throw new Refusal('password.wrong', {}, [{ at: '/password' }])
  return rest
}

/** Registers a module's routes below `/api`. */
export function serve(app: FastifyInstance, house: House, module: Module): void {
  for (const [verb, route] of Object.entries(module.routes)) {
    const handler = module.handlers[verb] as Handle | Slow
    const straight = handler as Handle
    const ids = namesIn(route.path)
    const perMinute = route.perMinute ?? (route.signs ? signingsPerMinute : undefined)
    app.route({
      method: route.method,
      url: `/api${route.path}`,
      schema: {
        operationId: `${module.name}.${verb}`,
        tags: [module.name],
        summary: `${route.says[0]} · ${route.says[1]}`,
        ...(route.query ? { querystring: route.query } : {}),
        ...(route.body && !route.upload ? { body: route.body } : {}),
        ...(ids.length > 0
          ? { params: { type: 'object', properties: Object.fromEntries(ids.map((id) => [id, { type: 'string' }])), required: ids } }
          : {}),
        ...(route.upload ? { consumes: ['multipart/form-data'] } : {}),
        security: route.may === 'public' ? [] : [{ cookie: [] }, { bearer: [] }],
        response: { 200: route.ok === FileBytes ? { description: 'a file', content: { '*/*': { schema: FileBytes } } } : route.ok },
        ...({ 'x-may': route.may } as object),
      },
      ...(perMinute ? { config: { rateLimit: { max: perMinute, timeWindow: 60_000 } } } : {}),
      ...(route.upload === true ? { bodyLimit: 21 * 1024 * 1024 } : {}),
      onRequest: async (request) => {
        if (request.method !== 'GET') sameOrigin(request)
        if (route.may !== 'public') request.session = await admit(house, route, request)
      },
      handler: async (request, reply) => {
        const params = request.params as Record<string, string>
        if (ids.some((id) => !isId(params[id] ?? ''))) throw new Refusal('thing.absent')
        if (route.may === 'public') return straight(house, callOf(house, request, reply), speakable(await inputOf(route, request)), house)
        const ctx = await contextOf(house, request.session as Session, request)
        if (typeof route.upload === 'object')
          return withStaged(house, ctx, route, route.upload.most, request, (input) =>
            write(house, ctx, request, reply, handler, speakable({ ...plainInput(request), ...input })),
          )
        const input = speakable(await inputOf(route, request))
        if (route.method !== 'GET') return write(house, ctx, request, reply, handler, route.signs ? await signed(house, ctx, input) : input)
        const answer = await reading(house.pool, ctx.tenant.id, (db) => straight(db, ctx, input, house))
        return route.ok === FileBytes ? sendFile(reply, answer as FileAnswer) : answer
      },
    })
  }
}

declare module 'fastify' {
  interface FastifyRequest {
    session?: Session
  }
}

/** Request ids: taken from a proxy when well-formed, else made. */
export const requestIdOf = (header: string | string[] | undefined): string =>
  typeof header === 'string' && /^[\w.-]{8,80}$/.test(header) ? header : newId()
