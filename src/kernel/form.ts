import type { FastifyRequest } from 'fastify'
import type { Route } from './contract.ts'
import { Refusal } from './errors.ts'
import type { Staged } from './files/index.ts'
import type { House, Upload } from './house.ts'
import type { Ctx } from './scope.ts'

/** Files that come as `multipart/form-data`, with the fields beside them. */

export type Input = Record<string, unknown>

const absent = () => new Refusal('request.invalid', {}, [{ at: '/file' }])
const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : null)

/** What went wrong with the form itself, as a refusal: cut off, not whole, more than it takes. Too large keeps its own. */
function refusedForm(error: unknown): unknown {
  const code = codeOf(error)
  if (error instanceof Refusal || code === 'FST_REQ_FILE_TOO_LARGE') return error
  return new Refusal(code === 'ECONNRESET' || code === 'FST_MP_PREMATURE_CLOSE' ? 'request.cut_off' : 'request.form')
}

/** What comes, its faults as refusals; what is done with it fails as it does. */
async function* ofForm<T>(coming: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* coming
  } catch (error) {
    throw refusedForm(error)
  }
}

/** The fields and the file of a form, in memory. */
export async function readForm(request: FastifyRequest): Promise<Input> {
  const input: Input = {}
  let file: Upload | undefined
  for await (const part of ofForm(request.parts())) {
    if (part.type !== 'file') input[part.fieldname] = part.value
    else {
      const bytes = await part.toBuffer().catch((error: unknown) => {
        throw refusedForm(error)
      })
      file = { name: part.filename, bytes }
    }
  }
  if (!file) throw absent()
  return { ...input, file }
}

/**
 * Takes a file of up to as many MB as the rule `most` says down to the disk as it comes, checks the fields beside it against the route's body, runs, and
 * forgets the file unless it was kept.
 */
export async function withStaged<T>(
  house: House,
  ctx: Ctx,
  route: Route,
  most: string,
  request: FastifyRequest,
  run: (input: Input) => Promise<T>,
): Promise<T> {
  const max = Number(ctx.rule(most).value)
  const tooLarge = () => new Refusal('request.too_large', { max: `${max} MB` }, [{ at: '/file' }])
  const fileSize = max * 1024 * 1024
  // What says beforehand that it is too large is not even read; fields and borders have room beside the file.
  if (Number(request.headers['content-length'] ?? 0) > fileSize + 64 * 1024) throw tooLarge()
  const fields: Input = {}
  const staged: Staged[] = []
  try {
    for await (const part of ofForm(request.parts({ limits: { fileSize } }))) {
      if (part.type !== 'file') fields[part.fieldname] = part.value
      else {
        staged.push(await house.files.stage(ctx.tenant.id, part.filename ?? '', ofForm(part.file)))
        if (part.file.truncated) throw tooLarge()
      }
    }
    const [file] = staged
    if (!file) throw absent()
    request.body = fields
    const shape = route.body && request.compileValidationSchema(route.body, 'body')
    if (shape && !shape(fields)) throw Object.assign(new Error('invalid'), { validation: shape.errors, validationContext: 'body' })
    return await run({ ...fields, file })
  } finally {
    for (const file of staged) await house.files.drop(file)
  }
}
