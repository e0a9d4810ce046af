import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Verdict } from '#kernel/errors.ts'
import {
  type Blocker,
  byName,
  inForceOn,
  inOrder,
  lineOf,
  lines,
  mayChangeFrom,
  mayClose,
  mayEnd,
  mayVoid,
  nameFree,
  noCycle,
  noOverlap,
  overlaps,
  type Range,
  rangeOk,
  unitKinds,
  within,
} from './rules.ts'

/** What a verdict says: 'ok', or the code and the place. */
const said = (verdict: Verdict) =>
  verdict.ok ? 'ok' : [verdict.refusal.code, ...verdict.refusal.places.map((place) => place.at)].join(' ')
const range = (since: string, until: string | null = null): Range => ({ since, until })
const year = { name: '综合科', since: '2026-01-01', until: '2027-01-01' }

describe('ranges', () => {
  test.each<[string, string | null, string]>([
    ['2026-01-01', null, 'ok'],
    ['2026-01-01', '2026-01-02', 'ok'],
    ['2026-01-01', '2026-01-01', 'org.no_day /until'],
    ['2026-01-02', '2026-01-01', 'range.backwards /until'],
    ['2026-02-30', null, 'day.unknown /since'],
    ['2026-02-01', '2026-02-29', 'day.unknown /until'],
    ['2024-02-01', '2024-02-29', 'ok'],
    ['0000-01-01', null, 'day.unknown /since'],
  ])('%s to %s: %s', (since, until, expected) => expect(said(rangeOk({ since, until }))).toBe(expected))

  test.each<[string, string | null, string]>([
    ['2026-01-01', '2027-01-01', 'ok'],
    ['2025-12-31', '2026-02-01', 'org.outside /since'],
    ['2027-01-01', null, 'org.outside /since'],
    ['2026-02-01', '2027-01-02', 'org.outside /until'],
    ['2026-02-01', null, 'org.outside /until'],
  ])('within the year: %s to %s: %s', (since, until, expected) => expect(said(within({ since, until }, year))).toBe(expected))

  test('an open life takes whatever begins after it', () => expect(said(within(range('2030-01-01'), { ...year, until: null }))).toBe('ok'))

  test('the overlap is named', () => {
    const verdict = noOverlap(range('2026-03-01'), [range('2025-01-01', '2026-03-01'), range('2026-05-01')], { who: '某', name: '科长' })
    expect(verdict).toMatchObject({
      refusal: { code: 'org.overlap', params: { who: '某', name: '科长', since: '2026-05-01', until: '…' } },
    })
  })

  const days = fc.integer({ min: 0, max: 40 })
  const dayOf = (n: number) => `2026-${n < 31 ? '01' : '02'}-${String(n < 31 ? n + 1 : n - 30).padStart(2, '0')}`
  const ranges = fc.tuple(days, fc.option(fc.integer({ min: 1, max: 20 }))).map(([from, length]) => ({
    since: dayOf(from),
    until: length === null ? null : dayOf(Math.min(from + length, 58)),
  }))

  test('two ranges overlap exactly when some day is in both', () => {
    fc.assert(
      fc.property(ranges, ranges, (a, b) => {
        const shared = Array.from({ length: 59 }, (_, n) => dayOf(n)).some((day) => inForceOn(a, day) && inForceOn(b, day))
        expect(overlaps(a, b)).toBe(shared)
        expect(overlaps(b, a)).toBe(shared)
      }),
    )
  })

  test('what is within a life is in force on no day outside it', () => {
    fc.assert(
      fc.property(ranges, ranges, (inner, outer) => {
        const strays = Array.from({ length: 59 }, (_, n) => dayOf(n)).some((day) => inForceOn(inner, day) && !inForceOn(outer, day))
        expect(within(inner, { ...outer, name: '' }).ok).toBe(!strays && (inner.until !== null || outer.until === null))
      }),
    )
  })
})

describe('ends', () => {
  const held = { ...range('2026-01-01'), voided: false }
  const till = { ...range('2026-01-01', '2026-06-01'), voided: false }
  test.each<[string, Range & { voided: boolean }, string, string]>([
    ['an open one', held, '2026-03-01', 'ok'],
    ['before it began', held, '2025-03-01', 'range.backwards /until'],
    ['on the day it began', held, '2026-01-01', 'org.no_day /until'],
    ['brought forward', till, '2026-05-31', 'ok'],
    ['the same day again', till, '2026-06-01', 'org.ended /until'],
    ['pushed back', till, '2026-06-02', 'org.ended /until'],
    ['voided', { ...held, voided: true }, '2026-03-01', 'org.voided'],
  ])('an appointment ends: %s', (_, thing, until, expected) => expect(said(mayEnd(thing, until))).toBe(expected))

  test('what was voided is not voided again', () => {
    expect([said(mayVoid({ voided: false })), said(mayVoid({ voided: true }))]).toEqual(['ok', 'org.voided'])
  })

  const blockers: Blocker[] = [
    { what: 'post', name: '科长', until: null },
    { what: 'appointment', name: '科长 某某', until: '2026-05-01' },
    { what: 'charge', name: '某人', until: '2026-04-01' },
  ]
  test('a unit ends when nothing of it reaches past the day', () => {
    expect(said(mayClose(year, '2026-04-01', [], 'zh-CN'))).toBe('ok')
    expect(said(mayClose(year, null, blockers, 'zh-CN'))).toBe('ok')
    expect(said(mayClose(year, '2026-04-01', blockers.slice(2), 'zh-CN'))).toBe('ok')
    expect(mayClose(year, '2026-04-01', blockers, 'zh-CN')).toMatchObject({
      refusal: {
        code: 'org.in_use',
        params: { count: 2, what: '岗位 科长、任职 科长 某某' },
        places: [{ at: '/until' }, { message: '岗位 科长' }, { message: '任职 科长 某某' }],
      },
    })
    expect(mayClose(year, '2026-04-01', blockers, 'en')).toMatchObject({
      refusal: { params: { what: 'post 科长, appointment 科长 某某' } },
    })
  })

  test('of a long list, twenty are named and all are counted', () => {
    const many = Array.from({ length: 33 }, (_, n): Blocker => ({ what: 'post', name: `岗${n}`, until: null }))
    const verdict = mayClose(year, '2026-04-01', many, 'zh-CN')
    expect(!verdict.ok && [verdict.refusal.params.count, verdict.refusal.places.length]).toEqual([33, 21])
  })
})

describe('the tree', () => {
  const parents = new Map([
    ['office', null],
    ['a', 'office'],
    ['b', 'a'],
    ['c', 'b'],
  ])
  test.each<[string, string | null, string]>([
    ['c', 'office', 'ok'],
    ['c', null, 'ok'],
    ['a', 'a', 'org.cycle /parent'],
    ['a', 'b', 'org.cycle /parent'],
    ['a', 'c', 'org.cycle /parent'],
  ])('%s below %s: %s', (unit, parent, expected) => expect(said(noCycle(unit, parent, parents, (id) => id))).toBe(expected))

  test('moves that are allowed never make a circle', () => {
    const ids = ['0', '1', '2', '3', '4', '5']
    const move = fc.tuple(fc.constantFrom(...ids), fc.option(fc.constantFrom(...ids)))
    fc.assert(
      fc.property(fc.array(move, { maxLength: 30 }), (moves) => {
        const tree = new Map<string, string | null>(ids.map((id) => [id, null]))
        for (const [unit, parent] of moves) if (noCycle(unit, parent, tree, (id) => id).ok) tree.set(unit, parent)
        for (const id of ids) {
          let steps = 0
          for (let at: string | null = id; at !== null; at = tree.get(at) ?? null) steps += 1
          expect(steps).toBeLessThanOrEqual(ids.length)
        }
      }),
    )
  })

  test.each<[string, string | null, string]>([
    ['2026-03-01', null, 'ok'],
    ['2026-01-01', null, 'org.before /since'],
    ['2025-12-01', null, 'org.before /since'],
    ['2026-03-01', '2026-03-01', 'org.before /since'],
    ['2026-03-02', '2026-03-01', 'ok'],
    ['2026-06-16', null, 'org.not_yet /since'],
    ['2026-02-30', null, 'day.unknown /since'],
  ])('renamed from %s, last changed %s: %s', (since, last, expected) => {
    expect(said(mayChangeFrom({ ...year, until: null }, last, since, '2026-06-15'))).toBe(expected)
  })

  test('a name is free again when its bearer has ended', () => {
    expect(said(nameFree({ ...year, since: '2027-01-01', until: null }, [year]))).toBe('ok')
    expect(said(nameFree({ ...year, since: '2026-12-31', until: null }, [year]))).toBe('org.name_taken /name')
    expect(said(nameFree({ ...year, name: '工程科' }, [year]))).toBe('ok')
  })

  test('a kind proposes a line there is', () => {
    expect(Object.keys(lineOf).sort()).toEqual([...unitKinds].sort())
    expect(Object.values(lineOf).every((line) => lines.includes(line))).toBe(true)
  })
})

test('order: as the office put them, then by pinyin', () => {
  const named = (name: string, sort = 0) => ({ name, sort })
  expect(
    ['赵', '钱', '阿', '王']
      .map((name) => named(name))
      .sort(byName)
      .map((one) => one.name),
  ).toEqual(['阿', '钱', '王', '赵'])
  expect([named('阿', 2), named('赵', 1), named('钱', 1)].sort(inOrder).map((one) => one.name)).toEqual(['钱', '赵', '阿'])
})
