import { createHash } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Clock } from '../clock.ts'
import { Refusal } from '../errors.ts'
import { isId, newId } from '../ids.ts'
import { lookAt } from './bytes.ts'
import type { Files, Staged } from './index.ts'

const incoming = 'incoming'
const isHash = (text: string) => /^[0-9a-f]{64}$/.test(text)
const failedBy = (error: unknown, ...codes: string[]) => error instanceof Error && 'code' in error && codes.includes(String(error.code))
const isAbsent = (error: unknown) => failedBy(error, 'ENOENT')
const isFull = (error: unknown) => failedBy(error, 'ENOSPC', 'EDQUOT')
const orNull = (error: unknown): null => {
  if (isAbsent(error)) return null
  throw error
}
const namesOf = async (folder: string): Promise<string[]> => (await readdir(folder).catch(orNull)) ?? []

/** A new name is on the disk only when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Writes what arrives, counting and hashing on the way. */
async function take(handle: FileHandle, from: AsyncIterable<Uint8Array>) {
  const sum = createHash('sha256')
  let size = 0
  let nul = false
  for await (const chunk of from) {
    sum.update(chunk)
    size += chunk.length
    nul ||= chunk.includes(0)
    await handle.writeFile(chunk)
  }
  await handle.sync()
  const read = async (at: number, length: number) => {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, at)
    return buffer.subarray(0, bytesRead)
  }
  return { hash: sum.digest('hex'), size, found: await lookAt({ size, nul, read }) }
}

/**
 * Files in a folder: `<root>/<office>/<first two of the hash>/<hash>`, what is arriving under `<root>/<office>/incoming`. Only the program's own user
 * reads them. A file's time is when it was last kept, by the program's clock.
 */
export function openFolder(root: string, clock: Clock): Files {
  const homeOf = (tenant: string): string => {
    if (!isId(tenant)) throw new Error('not an office')
    return join(root, tenant)
  }
  const placeOf = (tenant: string, hash: string): string => {
    if (!isHash(hash)) throw new Error('not a hash')
    return join(homeOf(tenant), hash.slice(0, 2), hash)
  }
  /** Where each staged file lies: no part of what is told of it. */
  const places = new WeakMap<Staged, string>()
  const folder = (path: string) => mkdir(path, { recursive: true, mode: 0o700 })

  async function* keptBefore(tenant: string, before: Date): AsyncIterable<string> {
    const home = homeOf(tenant)
    for (const name of await namesOf(join(home, incoming))) {
      const path = join(home, incoming, name)
      const facts = await stat(path).catch(orNull)
      if (facts && facts.mtime < before) await rm(path, { force: true })
    }
    for (const shard of (await namesOf(home)).filter((name) => name !== incoming)) {
      for (const hash of (await namesOf(join(home, shard))).filter(isHash)) {
        const facts = await stat(join(home, shard, hash)).catch(orNull)
        if (facts && facts.mtime < before) yield hash
      }
    }
  }

  return {
    stage: async (tenant, name, from) => {
      const path = join(homeOf(tenant), incoming, newId())
      await folder(dirname(path))
      const handle = await open(path, 'wx+', 0o600)
      try {
        const staged: Staged = { name, ...(await take(handle, from)) }
        await utimes(path, clock(), clock())
        places.set(staged, path)
        return staged
      } catch (error) {
        await rm(path, { force: true })
        throw isFull(error) ? new Refusal('file.no_room') : error
      } finally {
        await handle.close()
      }
    },
    keep: async (tenant, staged) => {
      const from = places.get(staged)
      if (from === undefined) throw new Error('not staged here, or kept already')
      const to = placeOf(tenant, staged.hash)
      await folder(dirname(to))
      // Over the same bytes, if they are there: whoever is reading them keeps what they opened.
      await rename(from, to)
      places.delete(staged)
      await utimes(to, clock(), clock())
      await syncFolder(dirname(to))
      await syncFolder(homeOf(tenant))
    },
    drop: async (staged) => {
      const path = places.get(staged)
      if (path !== undefined) await rm(path, { force: true })
    },
    has: async (tenant, hash) => (await stat(placeOf(tenant, hash)).catch(orNull)) !== null,
    open: async (tenant, hash) => {
      const handle = await open(placeOf(tenant, hash), 'r').catch(orNull)
      return handle && { size: (await handle.stat()).size, body: handle.createReadStream() }
    },
    erase: (tenant, hash) => rm(placeOf(tenant, hash), { force: true }),
    keptBefore,
    writable: async () => {
      const path = join(root, `.probe-${newId()}`)
      try {
        await folder(root)
        await (await open(path, 'wx', 0o600)).close()
        await rm(path)
        return true
      } catch {
        return false
      }
    },
  }
}
