import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
type Words = Record<'zh-CN' | 'en', Record<string, string>>

const readJson = (path: string): Record<string, string> => JSON.parse(readFileSync(join(root, path), 'utf8'))

async function wordsOf(path: string): Promise<Words> {
  const given: Record<string, unknown> = await import(/* @vite-ignore */ pathToFileURL(join(root, path)).href)
  const words = Object.values(given).find((value): value is Words => typeof value === 'object' && value !== null && 'zh-CN' in value)
  if (!words) throw new Error(`${path} exports no words`)
  return words
}

const shell: Words = { 'zh-CN': readJson('src/web/words/zh-CN.json'), en: readJson('src/web/words/en.json') }
const modules = globSync('src/modules/*/ui/words.ts', { cwd: root }).sort()
const files = globSync('src/modules/*/ui/*words.ts', { cwd: root }).sort()
const sources = (glob: string) => globSync(glob, { cwd: root }).map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))

/** A key that counts has `_one` and `_other` in English; it is one key all the same. */
const stems = (words: Record<string, string>) => new Set(Object.keys(words).map((key) => key.replace(/_(?:one|other)$/, '')))
const missing = (from: Set<string>, to: Set<string>) => [...from].filter((key) => !to.has(key))
const placesIn = (words: Record<string, string>, key: string) =>
  [...new Set([key, `${key}_other`].flatMap((name) => [...(words[name] ?? '').matchAll(/\{\{(\w+)/g)].map(([, place]) => place)))].sort()

/** The keys that stand as literals in calls of `name`. */
const keysIn = (text: string, name: string) =>
  [...text.matchAll(new RegExp(`\\b${name}\\(\\s*'([^']+)'`, 'g'))].map((match) => match[1] ?? '')

function checkBoth(words: Words) {
  const zh = stems(words['zh-CN'])
  const en = stems(words.en)
  expect(missing(zh, en), 'without English').toEqual([])
  expect(missing(en, zh), 'without Chinese').toEqual([])
  expect(
    Object.entries({ ...words['zh-CN'], ...words.en }).filter(([, word]) => word.trim() === ''),
    'empty',
  ).toEqual([])
  for (const key of zh) {
    const forms = [`${key}_one`, `${key}_other`].filter((form) => form in words.en)
    expect(forms.length === 1 ? key : '', 'has one English form and lacks the other').toBe('')
  }
}

describe('words', () => {
  test('of the shell and the kit: both languages have the same keys, with the same places to fill', () => {
    checkBoth(shell)
    const differ = (key: string) => placesIn(shell['zh-CN'], key).join() !== placesIn(shell.en, key).join()
    expect([...stems(shell['zh-CN'])].filter(differ)).toEqual([])
  })

  test('of the shell and the kit: every key that is used is there', () => {
    const known = stems(shell['zh-CN'])
    const used = sources('src/web/**/*.{ts,tsx}').flatMap(({ path, text }) => keysIn(text, 'say').map((key) => ({ path, key })))
    expect(used.length).toBeGreaterThan(40)
    expect(used.filter(({ key }) => !known.has(key))).toEqual([])
  })

  test.each(files)('of %s: both languages have the same keys', async (path) => checkBoth(await wordsOf(path)))

  test.each(modules)('of %s: every key its pages use is there', async (path) => {
    const known = stems((await wordsOf(path))['zh-CN'])
    for (const page of sources(path.replace(/words\.ts$/, '**/*.{ts,tsx}'))) {
      // What a page says of another matter stands in a file of its own, which it imports.
      const further = [...page.text.matchAll(/from '\.\/([\w-]+-words\.ts)'/g)].map(([, name]) => join(dirname(page.path), String(name)))
      const own = await Promise.all(further.map(async (file) => stems((await wordsOf(file))['zh-CN'])))
      const unknown = keysIn(page.text, 't').filter((key) => !known.has(key) && !own.some((words) => words.has(key)))
      expect(unknown, page.path).toEqual([])
    }
  })
})
