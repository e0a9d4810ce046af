import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { completeLinks, runnable } from './binaries.ts'

const made: string[] = []
afterAll(() => {
  for (const base of made) rmSync(base, { recursive: true, force: true })
})

describe('the programs of the embedded database', () => {
  test('get the links between their libraries that the package left out, and keep those that are there', () => {
    const base = mkdtempSync(join(tmpdir(), 'zelian-links-'))
    made.push(base)
    mkdirSync(join(base, 'lib'))
    writeFileSync(join(base, 'lib', 'libx.so.60.2'), 'x')
    writeFileSync(
      join(base, 'pg-symlinks.json'),
      JSON.stringify(['libx.so.60', 'libx.so'].map((name) => ({ source: 'native/lib/libx.so.60.2', target: `native/lib/${name}` }))),
    )
    completeLinks(base)
    completeLinks(base)
    expect(readdirSync(join(base, 'lib')).map((name) => readFileSync(join(base, 'lib', name), 'utf8'))).toEqual(['x', 'x', 'x'])
  })

  test('are copied once to where the account can run them', async (at) => {
    if (process.getuid?.() !== 0) at.skip('only root runs the database as another account')
    const base = mkdtempSync(join(tmpdir(), 'zelian-closed-'))
    made.push(base)
    const nobody = { uid: 65534, gid: 65534, change: true }
    const native = join(base, 'native')
    mkdirSync(join(native, 'bin'), { recursive: true })
    mkdirSync(join(native, 'lib'))
    writeFileSync(join(native, 'bin', 'postgres'), '#!/bin/sh\necho "postgres (PostgreSQL) 18.4"\n', { mode: 0o755 })
    const to = mkdtempSync(join(tmpdir(), 'zelian-open-'))
    made.push(to)
    chmodSync(to, 0o755)
    const found = await runnable(native, nobody, join(to, 'copy'))
    expect(found).toEqual({ folder: join(to, 'copy', 'bin'), version: '18.4', major: 18 })
    const copied = statSync(found.folder).ino
    expect(statSync((await runnable(native, nobody, join(to, 'copy'))).folder).ino).toBe(copied)
    chmodSync(base, 0o755)
    expect((await runnable(native, nobody, join(to, 'copy'))).folder).toBe(join(native, 'bin'))
  })
})
