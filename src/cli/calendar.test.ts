import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { loadCalendar } from '#kernel/calendar/load.ts'
import { calendar } from './calendar.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'calendar '))
})
afterAll(() => rm(folder, { recursive: true }))
beforeEach(() => void vi.stubEnv('LC_ALL', 'en_US.UTF-8'))
afterEach(() => void vi.unstubAllEnvs())

/** Runs the command as typed; what it printed, and its exit code. */
async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const printed = { out: '', err: '' }
  const to = (where: 'out' | 'err') => (text: string | Uint8Array) => {
    printed[where] += String(text)
    return true
  }
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(to('out')),
    vi.spyOn(process.stderr, 'write').mockImplementation(to('err')),
  ]
  try {
    return { code: await calendar([...args, '--data', join(folder, 'data')]), ...printed }
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}

const file = async (name: string, content: string | Uint8Array): Promise<string> => {
  await writeFile(join(folder, name), content)
  return join(folder, name)
}

describe('calendar add', () => {
  test('prints the day alone on a line', async () => {
    expect(await run('add', '2026-02-10', '15wd')).toEqual({ code: 0, out: '2026-03-09\n', err: '' })
    expect(await run('add', '2026-02-10', '-3wd')).toEqual({ code: 0, out: '2026-02-05\n', err: '' })
  })

  test('says on stderr that a year was assumed', async () => {
    const { code, out, err } = await run('add', '2028-02-10', '3wd')
    expect([code, out]).toEqual([0, '2028-02-15\n'])
    expect(err).toMatch(/Monday to Friday assumed/)
  })

  test.each([
    [['add', '2026-02-30', '3wd'], 'calendar.bad_day'],
    [['add', '2026-02-10', '3x'], 'calendar.bad_span'],
    [['add', '2026-02-10'], 'calendar.bad_command'],
    [['add', '2026-02-10', '3d', '4d'], 'cli.surplus'],
    [['remove'], 'calendar.bad_command'],
    [['constructor'], 'calendar.bad_command'],
    [[], 'calendar.bad_command'],
    [['show', '2030'], 'calendar.unknown_year'],
    [['show', 'soon'], 'calendar.bad_command'],
    [['add', '2026-02-10', '3d', '--loud'], 'cli.option'],
    [['import', '/absent/file'], 'calendar.no_file'],
  ])('%j is refused in one line with its code', async (args, code) => {
    const { code: exit, out, err } = await run(...args)
    expect([exit, out]).toEqual([2, ''])
    expect(err).toMatch(new RegExp(`^zelian: ${code}: .+\\n$`))
  })

  test.each([
    ['zh_CN.UTF-8', 'zelian: calendar.no_file: 读写不了文件“/absent/file”：没有这个文件。\n'],
    ['en_US.UTF-8', 'zelian: calendar.no_file: The file “/absent/file” cannot be read or written: there is no such file.\n'],
  ])('in the language of %s, in words and naming the file once', async (locale, says) => {
    vi.stubEnv('LC_ALL', locale)
    expect((await run('import', '/absent/file')).err).toBe(says)
  })
})

describe('calendar import', () => {
  const sentences =
    '一、元旦：1月1日（周五）至3日（周日）放假，共3天。\n二、春节：2月5日（周五）至11日（周四）放假调休，共7天。1月31日（周日）上班。\n'

  test('a notice without its title takes the year from the file name; kept, it counts from then on', async () => {
    const notice = await file('notice-2027.txt', sentences)
    const dry = await run('import', notice, '--dry-run')
    expect(dry).toMatchObject({ code: 0, err: expect.stringContaining('2027') })
    expect(dry.out).toContain('2027-02-05 … 2027-02-11 (7)')
    expect((await run('add', '2027-02-04', '1wd')).out).toBe('2027-02-05\n')

    expect((await run('import', notice)).code).toBe(0)
    expect(await run('add', '2027-02-04', '1wd')).toEqual({ code: 0, out: '2027-02-12\n', err: '' })
    expect(await readdir(join(folder, 'data', 'calendar'))).toEqual(['2027.json'])
    const shown = JSON.parse((await run('show', '2027', '--json')).out)
    expect(shown).toMatchObject({
      year: 2027,
      daysOff: 10,
      restDaysWorked: 1,
      holidays: [{ name: '元旦' }, { name: '春节', work: ['2027-01-31'] }],
    })
  })

  test('an imported year wins over the shipped one, and the output says so', async () => {
    const json = JSON.stringify({ year: 2026, days: [{ name: '元旦', date: '2026-01-01', isOffDay: true }] })
    const result = JSON.parse((await run('import', await file('own.json', json), '--json')).out)
    expect(result).toMatchObject({ year: 2026, replaces: true, workingDays: 260 })
    expect((await loadCalendar(join(folder, 'data'))).isWorkingDay('2026-02-16')).toBe(true)
    expect((await loadCalendar()).isWorkingDay('2026-02-16')).toBe(false)
    await rm(join(folder, 'data', 'calendar', '2026.json'))
  })

  test('a file in GB18030 reads too', async () => {
    // 一、元旦：1月1日放假。
    const bytes = Uint8Array.from([
      0xd2, 0xbb, 0xa1, 0xa2, 0xd4, 0xaa, 0xb5, 0xa9, 0xa3, 0xba, 0x31, 0xd4, 0xc2, 0x31, 0xc8, 0xd5, 0xb7, 0xc5, 0xbc, 0xd9, 0xa1, 0xa3,
    ])
    expect((await run('import', await file('gb.txt', bytes), '--year', '2027', '--dry-run')).out).toContain('元旦  2027-01-01 (1)')
  })

  test('a refusal names the line, and nothing is kept', async () => {
    const wrong = await file('wrong-2028.txt', sentences)
    const { code, err } = await run('import', wrong)
    expect(code).toBe(2)
    expect(err.split('\n').at(-2)).toMatch(/^zelian: calendar\.wrong_weekday: line 1: 2028-01-01 is a Saturday, not 周五/)
    expect(await readdir(join(folder, 'data', 'calendar'))).not.toContain('2028.json')
  })

  test('a damaged stored year is named, not passed over', async () => {
    const stored = join(folder, 'data', 'calendar', '2027.json')
    const whole = await readFile(stored)
    await writeFile(stored, whole.subarray(0, 40))
    const { code, err } = await run('add', '2026-02-10', '1wd')
    expect(code).toBe(2)
    expect(err).toContain(stored)
    await writeFile(stored, whole)
  })
})
