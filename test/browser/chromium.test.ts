import { readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { describe, expect, test } from 'vitest'
import { installedBrowser, keptFolder } from './chromium.ts'

describe('where a browser comes from', () => {
  test('a CHROME_PATH that names nothing is said, not passed over', () => {
    expect(() => installedBrowser({ CHROME_PATH: '/nowhere/chrome' })).toThrow('CHROME_PATH is "/nowhere/chrome"')
  })

  test('a kept folder is filled once, and never seen half filled by several at a time', async () => {
    const name = `test-${process.pid}`
    let filled = 0
    const fill = async () => {
      filled++
      await new Promise((done) => setTimeout(done, 20))
    }
    const folders = await Promise.all([keptFolder(name, fill), keptFolder(name, fill), keptFolder(name, fill)])
    expect(new Set(folders).size).toBe(1)
    const before = filled
    await keptFolder(name, fill)
    expect(filled).toBe(before)
    await rm(folders[0] ?? '', { recursive: true })
  })

  test('what could not be filled leaves nothing behind', async () => {
    const name = `test-broken-${process.pid}`
    await expect(keptFolder(name, () => Promise.reject(new Error('disk full')))).rejects.toThrow('disk full')
    expect((await readdir(tmpdir())).filter((entry) => entry.includes(name))).toEqual([])
  })
})
