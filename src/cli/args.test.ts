import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { columns, langOf, nearest, padded, readArgs, stepsBetween } from './args.ts'

describe('arguments', () => {
  const spec = { port: 'number', data: 'text', demo: 'flag', json: 'flag' } as const

  test('are read in any order, with blank or equals sign', () => {
    expect(readArgs(['--port', '8080', 'file one', '--data=a b', '--json'], spec, 1)).toEqual({
      port: 8080,
      data: 'a b',
      demo: false,
      json: true,
      rest: ['file one'],
    })
    expect(readArgs([], spec)).toEqual({ demo: false, json: false, rest: [] })
    expect(readArgs(['--', '--json'], spec, 1)).toMatchObject({ json: false, rest: ['--json'] })
  })

  test.each([
    [['--prot', '1'], 'cli.option', { given: '--prot' }],
    [['-p', '1'], 'cli.option', { given: '-p' }],
    [['--port', 'many'], 'cli.value', { given: '--port' }],
    [['--port=-1'], 'cli.value', { given: '--port' }],
    [['--port'], 'cli.value', { given: '--port' }],
    [['--data='], 'cli.value', { given: '--data' }],
    [['--demo=yes'], 'cli.value', { given: '--demo' }],
    [['more'], 'cli.surplus', { given: 'more' }],
  ])('%j are refused with %s', (args, code, params) => {
    expect(() => readArgs(args, spec)).toThrow(expect.objectContaining({ code, params: expect.objectContaining(params) }))
  })
})

describe('the word that was meant', () => {
  const words = ['start', 'test', 'check', 'bench', 'directive', 'calendar', 'npm', 'help']

  test.each([
    ['strat', 'start'],
    ['Start', 'start'],
    ['tset', 'test'],
    ['chek', 'check'],
    ['direct', 'directive'],
    ['cal', 'calendar'],
    ['x', null],
    ['deploy', null],
    ['', null],
  ])('%s: %s', (given, meant) => expect(nearest(given, words)).toBe(meant))

  test('steps are none to itself, the same both ways, and never more than the longer word', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), (one, other) => {
        const steps = stepsBetween(one, other)
        expect(steps).toBe(stepsBetween(other, one))
        expect(steps === 0).toBe(one === other)
        expect(steps).toBeLessThanOrEqual(Math.max(one.length, other.length))
      }),
    )
  })
})

test('the language is the locale’s: what LC_ALL says before LANG, English when nothing is said', () => {
  expect([{ LANG: 'zh_CN.UTF-8' }, { LANG: 'zh_CN.UTF-8', LC_ALL: 'C' }, { LC_MESSAGES: 'zh_TW' }, { LANG: '' }, {}].map(langOf)).toEqual([
    'zh-CN',
    'en',
    'zh-CN',
    'en',
    'en',
  ])
})

test('Chinese characters and signs take two columns', () => {
  expect(['abc', '责廉', '（一）', '责a，'].map(columns)).toEqual([3, 4, 6, 5])
  expect(padded('责廉', 6)).toBe('责廉  ')
})
