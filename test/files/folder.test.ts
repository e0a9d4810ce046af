import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, describe, expect, it } from 'vitest'
import { openFolder } from '#kernel/files/folder.ts'
import { newId } from '#kernel/ids.ts'
import { pdf, png } from './samples.ts'

const root = await mkdtemp(join(tmpdir(), 'zelian-folder-'))
afterAll(() => rm(root, { recursive: true, force: true }))
let now = new Date('2026-06-15T02:00:00Z')
const files = openFolder(root, () => now)
const [ours, theirs] = [newId(), newId()]

/** The bytes as they come over a wire. */
const pieces = (bytes: Uint8Array, size = 7) =>
  Readable.from(Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size)))
const keep = async (tenant: string, bytes: Uint8Array) => {
  const staged = await files.stage(tenant, 'x', pieces(bytes))
  await files.keep(tenant, staged)
  return staged.hash
}
const everything = async () =>
  (await readdir(root, { recursive: true, withFileTypes: true })).filter((one) => one.isFile()).map((one) => one.name)
const all = async (hashes: AsyncIterable<string>) => {
  const list: string[] = []
  for await (const hash of hashes) list.push(hash)
  return list
}

describe('files in a folder', () => {
  it('lie under their hash, readable to their owner alone, and come back as they were', async () => {
    const bytes = pdf()
    const staged = await files.stage(ours, '纪要.pdf', pieces(bytes))
    const hash = createHash('sha256').update(bytes).digest('hex')
    expect(staged).toEqual({ name: '纪要.pdf', hash, size: bytes.length, found: { kind: 'pdf' } })
    expect(await files.has(ours, hash)).toBe(false)
    await files.keep(ours, staged)
    const path = join(root, ours, hash.slice(0, 2), hash)
    expect((await stat(path)).mode & 0o077).toBe(0)
    expect(await readFile(path)).toEqual(bytes)
    const opened = await files.open(ours, hash)
    expect(opened?.size).toBe(bytes.length)
    expect(opened && (await buffer(opened.body))).toEqual(bytes)
    expect(await everything()).toEqual([hash])
  })

  it('of two offices stay apart, though their bytes are the same', async () => {
    const hash = await keep(ours, png(2))
    expect(await files.has(theirs, hash)).toBe(false)
    expect(await files.open(theirs, hash)).toBeNull()
    await keep(theirs, png(2))
    await files.erase(ours, hash)
    expect([await files.has(ours, hash), await files.has(theirs, hash)]).toEqual([false, true])
  })

  it('that were not kept are gone when they are dropped, and when they are cut off on the way', async () => {
    const before = await everything()
    await files.drop(await files.stage(ours, 'x', pieces(png(3))))
    async function* cut() {
      yield png(3).subarray(0, 20)
      throw new Error('the line is dead')
    }
    await expect(files.stage(ours, 'x', cut())).rejects.toThrow('the line is dead')
    expect(await everything()).toEqual(before)
  })

  it('left lying by a killed program are forgotten, and what was kept since is not listed', async () => {
    const old = await keep(ours, png(4))
    await files.stage(ours, 'x', pieces(png(5)))
    now = new Date('2026-06-17T02:00:00Z')
    const young = await keep(ours, png(6))
    const again = await keep(ours, pdf())
    const yesterday = new Date('2026-06-16T02:00:00Z')
    const listed = await all(files.keptBefore(ours, yesterday))
    expect(listed).toContain(old)
    expect(listed).not.toContain(young)
    // Kept a second time it counts from then.
    expect(listed).not.toContain(again)
    expect(await readdir(join(root, ours, 'incoming'))).toEqual([])
    expect(await all(files.keptBefore(newId(), yesterday))).toEqual([])
  })

  it('are asked for by hash and office alone: nothing else leads anywhere', async () => {
    await expect(files.has(ours, '../../etc/passwd')).rejects.toThrow('not a hash')
    await expect(files.has('..', 'a'.repeat(64))).rejects.toThrow('not an office')
    expect(await files.open(ours, 'a'.repeat(64))).toBeNull()
    await files.erase(ours, 'a'.repeat(64))
  })

  it('cannot be written where there is no folder to be had', async () => {
    expect(await files.writable()).toBe(true)
    await writeFile(join(root, 'no-folder'), '')
    expect(await openFolder(join(root, 'no-folder'), () => now).writable()).toBe(false)
    expect((await everything()).some((name) => name.startsWith('.probe'))).toBe(false)
  })
})
