import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { writeSheets } from '#kernel/sheets/index.ts'
import { org } from './org.ts'

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
  const path = join(await mkdtemp(join(tmpdir(), 'org-')), name)
  await writeFile(path, content)
  return path
}

describe('org import --dry-run', () => {
  it('answers JSON: sheet, heading, columns, units, persons, and problems at their cells', async () => {
    const rows = [
      ['花名册'],
      ['姓名', '科室', '职务', '任职时间'],
      ['甲', '综合科', '科长', '2023.13'],
      ['乙', '综合科', '科员', '2024.03'],
      ['合计', null, 2],
    ]
    const path = await file('a.xlsx', await writeSheets([{ name: '在职', rows }]))
    expect(await org(['import', path, '--dry-run', '--json'])).toBe(0)
    const read = JSON.parse(out)
    expect(read).toMatchObject({ sheet: '在职', headerRows: [2], rows: 2, units: [{ name: '综合科' }] })
    expect(read.columns[0]).toEqual({ column: 0, header: '姓名', field: 'name' })
    expect(read.persons).toMatchObject([
      { name: '甲', unit: '综合科', post: '科长' },
      { name: '乙', unit: '综合科', post: '科员', since: '2024-03-01' },
    ])
    expect(read.problems).toEqual([
      { cell: 'D3', code: 'roster.date_impossible', level: 'error', message: expect.stringContaining('2023.13') },
    ])
  })
  it('answers a table that can be read, of the sheet that is asked for', async () => {
    const path = await file(
      'a.xlsx',
      await writeSheets([
        { name: '一', rows: [['x']] },
        {
          name: '二',
          rows: [
            ['姓名', '科室'],
            ['甲', '综合科'],
          ],
        },
      ]),
    )
    expect(await org(['import', path, '--dry-run', '--sheet', '二'])).toBe(0)
    expect(out).toContain('甲')
  })
  it.each([
    ['no sheet', 'a.xlsx', '<html>', ['--dry-run'], 'sheet.not_sheet'],
    ['nothing', 'a.csv', '', ['--dry-run'], 'sheet.empty'],
    ['another sheet', 'a.csv', '姓名,科室', ['--dry-run', '--sheet', '二'], 'org.no_sheet'],
    ['an import', 'a.csv', '姓名,科室', [], 'org.dry_run'],
    ['an unknown option', 'a.csv', '姓名,科室', ['--force'], 'cli.option'],
  ])('refuses %s in one line', async (_, name, content, more, code) => {
    expect(await org(['import', await file(name, content), ...more])).toBe(2)
    expect(out).toBe('')
    expect(err).toMatch(new RegExp(`^zelian: ${code}: .+\n$`))
  })
  it('refuses a file that is not there, and a verb it does not know', async () => {
    expect(await org(['import', '/nowhere.xlsx', '--dry-run'])).toBe(2)
    expect(await org(['export'])).toBe(2)
    expect(err).toMatch(/org\.no_file: .*\n.*org\.usage: .*\n$/)
  })
})
