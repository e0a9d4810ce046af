import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { basis } from './basis.ts'

let out = ''
let err = ''
beforeEach(() => {
  out = ''
  err = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((s) => {
    out += String(s)
    return true
  })
  vi.spyOn(process.stderr, 'write').mockImplementation((s) => {
    err += String(s)
    return true
  })
})
afterEach(() => vi.restoreAllMocks())

const keys = join(import.meta.dirname, '../modules/basis/reading/fixtures/keys-2020.md')
async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'basis-')), name)
  await writeFile(path, content)
  return path
}

describe('basis read', () => {
  it('answers JSON whose offsets hold in the text', async () => {
    const text = '某某办法\n第一章 总则\n第一条 【目的】为了甲：\n（一）甲；\n（二）乙。\n另一款。\n第一条之一 插入。\n'
    expect(await basis(['read', await file('a.txt', text), '--json'])).toBe(0)
    const read = JSON.parse(out)
    expect(read.title).toBe('某某办法')
    expect(read.chapters).toEqual([{ number: 1, title: '总则', start: 5, end: text.length }])
    expect(read.articles).toMatchObject([
      { number: 1, title: '目的', paragraphs: 2, items: 2 },
      { number: 1, sub: 1, paragraphs: 1, items: 0 },
    ])
    expect(text.slice(read.articles[1].start, read.articles[1].end)).toBe('第一条之一 插入。\n')
    expect(read.problems.map((one: { code: string }) => one.code)).toEqual(['date.unclear'])
  })

  it('reads GB18030 too', async () => {
    // “第一条　综合科落实。” in GB18030.
    const bytes = [0xb5, 0xda, 0xd2, 0xbb, 0xcc, 0xf5, 0xa1, 0xa1, 0xd7, 0xdb, 0xba, 0xcf, 0xbf, 0xc6, 0xc2, 0xe4, 0xca, 0xb5, 0xa1, 0xa3]
    expect(await basis(['read', await file('a.txt', new Uint8Array(bytes)), '--json'])).toBe(0)
    expect(JSON.parse(out).articles).toMatchObject([{ number: 1, paragraphs: 1 }])
  })

  it('answers a list that can be read', async () => {
    expect(await basis(['read', keys])).toBe(0)
    expect(out).toContain('明河市机关钥匙管理办法')
    expect(out).toContain('第五条之一（1 款） 电子门卡转借的')
    expect(out).toContain('3 章，9 条，12 款，3 项')
  })

  it.each([
    ['an empty file', 'a.txt', '', 'basis.empty'],
    ['no docx', 'a.docx', '第一条', 'basis.not_docx'],
    ['binary', 'a.txt', new Uint8Array([0, 1, 2, 3, 0, 200, 201]), 'basis.binary'],
  ])('refuses %s in one line with its code', async (_what, name, content, code) => {
    expect(await basis(['read', await file(name, content), '--json'])).toBe(2)
    expect(err).toMatch(new RegExp(`^zelian: ${code}: .*“.+”`))
    expect(err.trim().split('\n')).toHaveLength(1)
    expect(out).toBe('')
  })

  it('refuses a file that is not there, and bad usage', async () => {
    expect(await basis(['read', '/nowhere/a.md'])).toBe(2)
    expect(err).toContain('basis.no_file')
    expect(await basis(['reed', keys])).toBe(2)
    expect(err).toContain('basis.usage')
  })
})
