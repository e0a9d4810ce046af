import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import SerializerSelector from '@fastify/fast-json-stringify-compiler'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import fastifyStatic from '@fastify/static'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import type { FastifySerializerCompiler } from 'fastify/types/schema.js'
import { answerError } from '#kernel/answer.ts'
import { Refusal } from '#kernel/errors.ts'
import type { House, Module } from '#kernel/house.ts'
import { logOptions } from '#kernel/log.ts'
import type { Metrics } from '#kernel/metrics.ts'
import { requestIdOf, serve } from '#kernel/serve.ts'
import { refusalsOf } from './modules.ts'

export type AppOptions = { modules: readonly Module[]; logLevel: string; web?: string; metrics?: Metrics; health: () => Promise<object> }

/** Texts from a query become the numbers they say; a body must already have its types. */
function validators() {
  const make = (coerce: boolean) => {
    const ajv = new Ajv({ coerceTypes: coerce, removeAdditional: false, useDefaults: true, allErrors: false, strict: false })
    addFormats.default(ajv)
    return ajv
  }
  const strict = make(false)
  const lenient = make(true)
  return ({ schema, httpPart }: { schema: unknown; httpPart?: string }) => {
    let check: ValidateFunction | undefined
    const lazily = (data: unknown): boolean => {
      check ??= (httpPart === 'body' ? strict : lenient).compile(schema as object)
      const ok = check(data)
      lazily.errors = check.errors
      return ok
    }
    lazily.errors = undefined as ValidateFunction['errors']
    return lazily
  }
}

/** Shapes are compiled when their route is first used: hundreds of them at once would be most of a start. */
function serializers(): FastifySerializerCompiler<unknown> {
  const compile = SerializerSelector()({}, {})
  return ({ httpStatus = '', ...route }) => {
    let write: ((data: unknown) => string) | undefined
    return (data) => {
      write ??= compile({ ...route, httpStatus })
      return write(data)
    }
  }
}

/** The whole server without its sockets: routes, documentation, refusals, the web application's files. */
export async function buildApp(house: Omit<House, 'log'>, options: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({
    logger: logOptions(options.logLevel),
    genReqId: (request) => requestIdOf(request.headers['x-request-id']),
    bodyLimit: 2 * 1024 * 1024,
    logController: new LogController({ disableRequestLogging: true }),
    routerOptions: { maxParamLength: 100 },
  })
  app.setValidatorCompiler(validators())
  app.setSerializerCompiler(serializers())
  const all = refusalsOf(options.modules)
  app.setErrorHandler(answerError(all))
  app.setNotFoundHandler((request) => {
    throw new Refusal(request.url.startsWith('/api/') ? 'route.absent' : 'thing.absent')
  })
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id)
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store')
  })
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    options.metrics?.request(route, request.method, reply.statusCode, reply.elapsedTime / 1000)
    if (request.url.startsWith('/api/'))
      request.log.info({ req: request, res: reply, ms: Math.round(reply.elapsedTime * 10) / 10 }, 'answered')
  })
  await app.register(helmet, {
    contentSecurityPolicy: { directives: { 'style-src': ["'self'", "'unsafe-inline'"], 'upgrade-insecure-requests': null } },
    strictTransportSecurity: house.secure,
  })
  await app.register(rateLimit, { global: false })
  await app.register(multipart, { limits: { fileSize: 20 * 1024 * 1024, files: 1, fields: 20 } })
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: '责廉 Zelian', version: '0.1.0', description: '责任链 · The responsibility chain' },
      components: {
        securitySchemes: { cookie: { type: 'apiKey', in: 'cookie', name: 'zelian' }, bearer: { type: 'http', scheme: 'bearer' } },
      },
    },
  })
  // Closed at first: two hundred routes at once are no page to read.
  await app.register(swaggerUi, { routePrefix: '/api/docs', uiConfig: { docExpansion: 'none', filter: true } })
  const whole: House = { ...house, log: app.log }
  for (const module of options.modules) serve(app, whole, module)
  app.get('/api/health', { schema: { hide: true } }, () => options.health())
  app.get('/api/openapi.json', { schema: { hide: true } }, () => app.swagger())
  if (options.web && existsSync(join(options.web, 'index.html'))) await serveWeb(app, options.web)
  return app
}

/** The web application: files named by their content are kept for a year, the page itself never. */
async function serveWeb(app: FastifyInstance, folder: string): Promise<void> {
  await app.register(fastifyStatic, { root: folder, wildcard: false, immutable: true, maxAge: '365d', index: false, preCompressed: true })
  const page = (await import('node:fs')).readFileSync(join(folder, 'index.html'), 'utf8')
  const etag = `"${createHash('sha256').update(page).digest('base64url').slice(0, 20)}"`
  app.get('/*', { schema: { hide: true } }, (request, reply) => {
    if (request.url.startsWith('/api/')) throw new Refusal('route.absent')
    if (request.headers['if-none-match'] === etag) return reply.code(304).send()
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').header('etag', etag).send(page)
  })
}
