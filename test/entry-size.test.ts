import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { buildWeb } from '../bin/build-web.ts'

type Manifest = Record<string, { file: string; imports?: string[]; isEntry?: boolean }>

const limit = 300_000

/** The scripts a browser must have before the first page stands: the entry and whatever it imports statically. */
function entryFiles(manifest: Manifest): string[] {
  const seen = new Set<string>()
  const visit = (key: string) => {
    if (seen.has(key)) return
    seen.add(key)
    for (const next of manifest[key]?.imports ?? []) visit(next)
  }
  for (const [key, { isEntry }] of Object.entries(manifest)) if (isEntry) visit(key)
  return [...seen].map((key) => manifest[key]?.file ?? '').filter((file) => file.endsWith('.js'))
}

describe('the entry page', () => {
  let web = ''
  const read = <T>(name: string): T => JSON.parse(readFileSync(join(web, '.vite', name), 'utf8'))
  beforeAll(async () => {
    web = await buildWeb()
  }, 120_000)

  test('needs at most 300 kB of script, gzipped', () => {
    const files = entryFiles(read<Manifest>('manifest.json'))
    const sizes = files.map((file) => ({ file, gzip: gzipSync(readFileSync(join(web, file)), { level: 9 }).length }))
    const total = sizes.reduce((sum, { gzip }) => sum + gzip, 0)
    console.info(`entry scripts: ${(total / 1000).toFixed(0)} kB gzip in ${files.length} files`)
    expect(files.length).toBeGreaterThan(0)
    expect(total, JSON.stringify(sizes)).toBeLessThanOrEqual(limit)
  })

  test('has no table, list, select or date picker of antd in it', () => {
    const contents = read<Record<string, string[]>>('contents.json')
    const modules = entryFiles(read<Manifest>('manifest.json')).flatMap((file) => contents[file] ?? [])
    expect(modules.some((path) => path.includes('node_modules/antd/es/button/'))).toBe(true)
    const heavy =
      /node_modules\/antd\/es\/(?:table|list|select|date-picker|calendar|time-picker)\/(?!style\/|locale\/)|@rc-component\/(?:table|select|picker|virtual-list)\/(?!es\/locale\/)/
    expect(modules.filter((path) => heavy.test(path))).toEqual([])
  })

  test('is a page that the security policy lets run: no script and no handler inside it', () => {
    const page = readFileSync(join(web, 'index.html'), 'utf8')
    expect(page).toMatch(/<script type="module"[^>]* src="\/assets\//)
    expect(page).not.toMatch(/<script(?![^>]*\ssrc=)|\son\w+=|<style/)
  })
})
