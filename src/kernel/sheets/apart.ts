import { parentPort, Worker, workerData } from 'node:worker_threads'
import { type Params, type Place, Refusal } from '../errors.ts'
import { caps } from './caps.ts'
import { readHere } from './read.ts'
import type { Book } from './types.ts'

/**
 * Reads a spreadsheet in a thread of its own, so that a large one holds up nobody else, and one that takes too long or too much memory can be ended:
 * `sheet.slow`. This file is both sides of it.
 */
export function readApart(bytes: Uint8Array, seconds: number): Promise<Book> {
  const worker = new Worker(new URL(import.meta.url), {
    workerData: { sheet: bytes },
    resourceLimits: { maxOldGenerationSizeMb: caps.memory },
  })
  return new Promise<Book>((resolve, reject) => {
    const slow = () => reject(new Refusal('sheet.slow', { max: seconds }, [{ at: '/file' }]))
    const timer = setTimeout(slow, seconds * 1000)
    worker.once('message', (said: Said) => {
      if ('book' in said) resolve(said.book)
      else reject(said.code === null ? new Error(said.message) : new Refusal(said.code, said.params, said.places))
    })
    worker.once('error', (error: Error & { code?: string }) => (error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? slow() : reject(error)))
    worker.once('exit', () => clearTimeout(timer))
  }).finally(() => void worker.terminate())
}

type Said = { book: Book } | { code: string; params: Params; places: Place[] } | { code: null; message: string }

const given: unknown = workerData
if (parentPort && given !== null && typeof given === 'object' && 'sheet' in given && given.sheet instanceof Uint8Array) {
  const say = (said: Said) => parentPort?.postMessage(said)
  readHere(given.sheet).then(
    (book) => say({ book }),
    (error: unknown) =>
      say(
        error instanceof Refusal
          ? { code: error.code, params: error.params, places: error.places }
          : { code: null, message: String(error) },
      ),
  )
}
