import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { constraintOf, sqlState } from './db.ts'
import { type Lang, type Place, Refusal, type Refusals, say } from './errors.ts'

/** The reader's language: `?lang`-free, by `Accept-Language`; Chinese unless English is asked for first. */
export const langOf = (request: FastifyRequest): Lang => (/^\s*en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'zh-CN')

const said: Record<string, readonly [zh: string, en: string]> = {
  required: ['必填', 'is required'],
  additionalProperties: ['没有这个字段', 'is not a known field'],
  minLength: ['不能为空或太短', 'is empty or too short'],
  maxLength: ['太长', 'is too long'],
  enum: ['不在可选范围内', 'is not one of the choices'],
  minimum: ['太小', 'is too small'],
  maximum: ['太大', 'is too large'],
  minItems: ['至少要有一项', 'needs at least one item'],
  maxItems: ['项数太多', 'has too many items'],
  type: ['类型不对', 'has the wrong type'],
  format: ['格式不对', 'has the wrong format'],
  pattern: ['格式不对', 'has the wrong format'],
}

function fromValidation(error: FastifyError, lang: Lang, input: unknown): Refusal {
  const places: Place[] = (error.validation ?? []).map((flaw) => {
    const params = flaw.params as { missingProperty?: string; additionalProperty?: string; format?: string }
    const extra = params.missingProperty ?? params.additionalProperty
    const words = said[flaw.keyword] ?? (['不对', 'is not right'] as const)
    return { at: extra ? `${flaw.instancePath}/${extra}` : flaw.instancePath || '/', message: lang === 'en' ? words[1] : words[0] }
  })
  const first = error.validation?.[0]
  if (first?.keyword === 'format' && (first.params as { format?: string }).format === 'date') {
    const day = first.instancePath
      .split('/')
      .slice(1)
      .reduce<unknown>(
        (value, key) => (value !== null && typeof value === 'object' ? (value as Record<string, unknown>)[key] : undefined),
        input,
      )
    return new Refusal('day.unknown', { day: String(day ?? '') }, places)
  }
  return new Refusal('request.invalid', {}, places)
}

/** SQLSTATE → refusal; what is not here is unknown and becomes an opaque 500. */
function fromDatabase(error: unknown): Refusal | null {
  switch (sqlState(error)) {
    case '23505':
      return new Refusal('conflict.unique', {}, [{ at: constraintOf(error) ?? '' }])
    case '23P01':
      return new Refusal('conflict.overlap', {}, [{ at: constraintOf(error) ?? '' }])
    case '23503':
      return new Refusal('reference.absent', {}, [{ at: constraintOf(error) ?? '' }])
    case '22P02':
    case '22007':
    case '22008':
    case '22021':
    case '22003':
      return new Refusal('request.invalid')
    case '57P01':
    case '57P03':
    case '53300':
    case 'CONNECTION_CLOSED':
    case 'CONNECTION_ENDED':
    case 'CONNECTION_DESTROYED':
    case 'CONNECT_TIMEOUT':
    case 'ECONNREFUSED':
    case 'ENOENT':
      return new Refusal('server.busy')
    default:
      return null
  }
}

function asRefusal(error: FastifyError, request: FastifyRequest, lang: Lang): Refusal | null {
  if (error instanceof Refusal) return error
  if (error.validation) {
    const part =
      error.validationContext === 'querystring' ? request.query : error.validationContext === 'params' ? request.params : request.body
    return error.validationContext === 'params' ? new Refusal('thing.absent') : fromValidation(error, lang, part)
  }
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE' || error.code === 'FST_REQ_FILE_TOO_LARGE')
    return new Refusal('request.too_large', { max: '20 MB' })
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new Refusal('request.media')
  if (error.statusCode === 429) return new Refusal('request.too_many')
  if (error.statusCode === 400) return new Refusal('request.not_json')
  return fromDatabase(error)
}

/** Turns whatever was thrown into `{error: {code, message, at, requestId}}`; the unknown is logged and opaque. */
export function answerError(all: Refusals) {
  return (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    const lang = langOf(request)
    let refusal = asRefusal(error, request, lang)
    if (refusal === null || (all[refusal.code]?.[0] ?? 500) >= 500) request.log.error({ err: error }, 'unexpected')
    refusal ??= new Refusal('server.error', { id: request.id })
    const status = all[refusal.code]?.[0] ?? 500
    return reply
      .code(status)
      .header('content-type', 'application/json; charset=utf-8')
      .send(
        JSON.stringify({
          error: {
            code: refusal.code,
            message: say(all, refusal, lang),
            params: refusal.params,
            at: refusal.places,
            requestId: request.id,
          },
        }),
      )
  }
}
