import type { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { type FileKind, factsOf } from './kinds.ts'
import { disposition } from './names.ts'

/** A file as an answer: what a handler of a route with `ok: FileBytes` returns. `inline` lets the browser show it, where its kind may be shown. */
export type FileAnswer = { name: string; kind: FileKind; body: Readable | Uint8Array; size?: number; inline?: boolean }

/** Nothing in a file that is shown may run, load, send or frame anything. */
const shut = "default-src 'none'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
/**
 * Browsers refuse to start their own PDF viewer in a sandbox; it runs apart from the page and its origin. It dresses its own page with inline styles.
 */
const shutPdf =
  "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"

/** Sends a file under its own name, its type from its kind, never to be guessed by the browser. */
export function sendFile(reply: FastifyReply, file: FileAnswer): FastifyReply {
  const { media, inline } = factsOf(file.kind)
  const shown = (file.inline ?? false) && inline
  reply
    .type(media)
    .header('content-disposition', disposition(file.name, shown))
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', shown && file.kind === 'pdf' ? shutPdf : shut)
  if (file.size !== undefined) reply.header('content-length', file.size)
  return reply.send(file.body)
}
