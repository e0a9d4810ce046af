import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { act } from './act.ts'

let out = ''
let err = ''
beforeEach(() => {
  out = ''
  err = ''
  vi.stubEnv('LANG', 'zh_CN.UTF-8')
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += text
    return true
  })
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += text
    return true
  })
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

describe('act read', () => {
  it('says how a line is read, as JSON', async () => {
    expect(await act(['read', '3月5日下午3点 中心组学习条例，参加12人', '--day', '2026-11-24', '--json'])).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      day: '2026-03-05',
      time: '15:00',
      kind: 'study',
      count: 12,
      what: '中心组学习条例，参加12人',
      asks: { day: null, names: [] },
    })
  })

  it('asks about a day that is none, in words', async () => {
    expect(await act(['read', '2月30日 学习例会', '--day', '2026-11-24'])).toBe(0)
    expect(out).toContain('要问：2月30日 没有这一天')
  })

  it.each([
    [['read'], 'act.usage'],
    [['write', '开会'], 'act.usage'],
    [['read', '开会', '--day', '2026-02-30'], 'act.no_day'],
    [['read', '开会', '--org', '/nowhere/roster.xlsx'], 'act.no_file'],
    [['read', '字'.repeat(2001)], 'act.too_long'],
    [['read', '开会', '--no'], 'cli.option'],
  ])('%j is refused: %s', async (args, code) => {
    expect(await act(args)).toBe(2)
    expect(err).toContain(`zelian: ${code}:`)
  })
})
