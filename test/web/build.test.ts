import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { buildWeb, sourcesHash } from '../../bin/build-web.ts'

let root = ''
let dist = ''
let built = 0
let running = 0
let most = 0

/** Stands for the bundler: writes a page a little later, and counts how many do so at once. */
async function bundle(out: string): Promise<void> {
  built += 1
  running += 1
  most = Math.max(most, running)
  await new Promise((resolve) => setTimeout(resolve, 60))
  mkdirSync(out, { recursive: true })
  writeFileSync(join(out, 'index.html'), '<p>责廉</p>'.repeat(200))
  running -= 1
}
const build = (options: { force?: boolean } = {}) => buildWeb({ folders: { root, dist }, bundle, ...options })
const write = (path: string, text: string) => {
  mkdirSync(join(root, path, '..'), { recursive: true })
  writeFileSync(join(root, path), text)
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'zelian web '))
  dist = join(root, 'dist')
  built = running = most = 0
  write('src/web/main.tsx', 'one')
  write('src/modules/keys/ui/keys.tsx', 'page')
  write('src/modules/keys/actions.ts', 'server')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

describe('building the web application', () => {
  test('happens once for the same sources, and again when a page changes, not when the server does', async () => {
    const web = await build()
    expect(readdirSync(web).sort()).toEqual(['.stamp', 'index.html', 'index.html.br', 'index.html.gz'])
    await build()
    write('src/modules/keys/actions.ts', 'server, changed')
    await build()
    expect(built).toBe(1)
    write('src/modules/keys/ui/keys.tsx', 'page, changed')
    await build()
    expect(built).toBe(2)
    await build({ force: true })
    expect(built).toBe(3)
    expect(readdirSync(dist)).toEqual(['web'])
  })

  test('is done by one of several at once; the others take what it made', async () => {
    const folders = await Promise.all([build(), build(), build()])
    expect(new Set(folders).size).toBe(1)
    expect({ built, most }).toEqual({ built: 1, most: 1 })
  })

  test('is not held up by the lock of a process that is gone', async () => {
    mkdirSync(dist)
    writeFileSync(join(dist, '.web.lock'), '999999999')
    const web = await build()
    expect(readFileSync(join(web, '.stamp'), 'utf8')).toBe(await sourcesHash(root))
    expect(readdirSync(dist)).toEqual(['web'])
  })

  test('that fails leaves what was there, and lets the next one in', async () => {
    await build()
    write('src/web/main.tsx', 'two')
    await expect(buildWeb({ folders: { root, dist }, bundle: () => Promise.reject(new Error('no')) })).rejects.toThrow('no')
    expect(readdirSync(dist)).toEqual(['web'])
    await build()
    expect(built).toBe(2)
  })
})
