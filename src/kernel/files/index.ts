import type { Readable } from 'node:stream'
import type { Id } from '../ids.ts'
import type { Found } from './kinds.ts'

export { type FileAnswer, sendFile } from './answer.ts'
export { openFolder } from './folder.ts'
export { accepted } from './names.ts'
export { fileRefusals } from './refusals.ts'

/** A file that has arrived whole and lies apart until it is kept: its name as sent, its bytes' SHA-256 (hex), size, and what they are. */
export type Staged = { name: string; hash: string; size: number; found: Found }

/**
 * Where files lie, by office and by the hash of their bytes. An office's files are found under its own id alone: the hash of another office's
 * file says nothing. One implementation, a folder (`openFolder`); a store of objects would be another behind the same words.
 */
export type Files = {
  /** Takes a file in, down to the disk, and looks at its bytes. It is not kept yet. */
  stage: (tenant: Id, name: string, from: AsyncIterable<Uint8Array>) => Promise<Staged>
  /** Keeps a staged file under its hash. To be done before the transaction that refers to it: what no row refers to is swept later. */
  keep: (tenant: Id, staged: Staged) => Promise<void>
  /** Forgets a staged file, if it was not kept. */
  drop: (staged: Staged) => Promise<void>
  has: (tenant: Id, hash: string) => Promise<boolean>
  /** The bytes; null when there are none. Whoever opens reads to the end or destroys. */
  open: (tenant: Id, hash: string) => Promise<{ size: number; body: Readable } | null>
  erase: (tenant: Id, hash: string) => Promise<void>
  /** Hashes of what was last kept before an instant, for the sweep; and forgets what was staged before it and then left lying. */
  keptBefore: (tenant: Id, before: Date) => AsyncIterable<string>
  /** Whether a file can be written: for health. */
  writable: () => Promise<boolean>
}
