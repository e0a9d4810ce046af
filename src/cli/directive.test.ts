import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { directive } from './directive.ts'

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

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'directive-')), name)
  await writeFile(path, content)
  return path
}

describe('directive outline', () => {
  it('answers JSON whose offsets hold in the text', async () => {
    const text = '一、落实\n各科室要在3月底前报送清单。有的科室记录不全。\n'
    expect(await directive(['outline', await file('a.txt', text), '--json', '--date', '2025-02-01'])).toBe(0)
    const read = JSON.parse(out)
    expect(Object.keys(read)).toEqual(expect.arrayContaining(['sections', 'proposals', 'coverage', 'problems']))
    expect(read.sections[0]).toEqual({ marker: '一、', level: 1, title: '落实', start: 0, end: text.length, children: [] })
    expect(read.proposals.map((p: { type: string }) => p.type)).toEqual(['duty', 'finding'])
    for (const p of read.proposals) expect(text.slice(p.start, p.end)).toBe(p.text)
    expect(read.proposals[0].due.day).toBe('2025-03-31')
  })
  it('answers a tree that can be read', async () => {
    expect(await directive(['outline', await file('a.txt', '一、落实\n综合科每月通报一次。\n三、其他\n请各科室配合。')])).toBe(0)
    expect(out).toContain('一、 落实')
    expect(out).toContain('综合科')
    expect(out).toContain('FREQ=MONTHLY')
    expect(out).toContain('漏号')
  })
  it.each([
    ['an empty file', 'a.txt', '', 'directive.empty'],
    ['no docx', 'a.docx', '各科室', 'directive.not_docx'],
    ['binary', 'a.txt', new Uint8Array([0, 1, 2, 3, 0, 200, 201]), 'directive.binary'],
  ])('refuses %s in one line with its code', async (_what, name, content, code) => {
    expect(await directive(['outline', await file(name, content)])).toBe(2)
    expect(err).toContain(code)
    expect(err.trim().split('\n')).toHaveLength(1)
    expect(err).toMatch(/^zelian: directive\.\w+: .*“.+”/)
    expect(out).toBe('')
  })
  it('refuses a file that is not there, a day that is none, a broken sheet, and bad usage', async () => {
    expect(await directive(['outline', '/nowhere/a.txt'])).toBe(2)
    expect(err).toContain('directive.no_file')
    const paper = await file('a.txt', '各科室要落实。')
    expect(await directive(['outline', paper, '--date', '2025-02-30'])).toBe(2)
    expect(err).toContain('directive.date')
    expect(await directive(['outline', paper, '--org', paper])).toBe(2)
    expect(err).toContain('directive.org')
    expect(await directive(['outlin', paper])).toBe(2)
    expect(err).toContain('directive.usage')
  })
  it.each([
    ['zh_CN.UTF-8', '读不到文件“/nowhere/a.txt”。'],
    ['en_US.UTF-8', 'The file “/nowhere/a.txt” cannot be read.'],
  ])('refuses in the language of %s', async (locale, says) => {
    vi.stubEnv('LC_ALL', locale)
    expect(await directive(['outline', '/nowhere/a.txt'])).toBe(2)
    vi.unstubAllEnvs()
    expect(err).toBe(`zelian: directive.no_file: ${says}\n`)
  })
})
