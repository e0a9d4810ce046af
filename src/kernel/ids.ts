import { v7 } from 'uuid'

/** A UUID in its canonical text form. */
export type Id = string

/** Random bytes of the next 512 ids: asking for 16 at a time was most of the cost of an import of ten thousand. */
const pool = new Uint8Array(8192)
let used = pool.length
let msecs = 0
let seq = 0

/**
 * A new UUIDv7, made by the application (database rule 3); one made later sorts later. Never for ballots, ratings or anonymous tips: it carries its
 * millisecond.
 */
export function newId(): Id {
  if (used === pool.length) {
    crypto.getRandomValues(pool)
    used = 0
  }
  const random = pool.subarray(used, used + 16)
  used += 16
  const now = Date.now()
  if (now > msecs) {
    msecs = now
    seq = ((random[6] ?? 0) & 0x7f) * 0x1000000 + (random[7] ?? 0) * 0x10000 + (random[8] ?? 0) * 0x100 + (random[9] ?? 0)
  } else {
    seq = (seq + 1) | 0
    if (seq === 0) msecs += 1
  }
  return v7({ random, msecs, seq })
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** Whether a text is a UUID in canonical, lower-case form. */
export const isId = (text: string): boolean => uuid.test(text)
