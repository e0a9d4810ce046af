import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '#kernel/calendar/days.ts'
import { handedOn } from '#kernel/handover.ts'
import { without } from '#modules/org/holding.ts'
import { decide, type Given, handoverActions, isGap, type Keyed, maySignFor, missing, type Standing, wayOk } from './rules.ts'

const base: Keyed = {
  ...{
    id: '1',
    key: 'duty 1',
    part: 'duty',
    title: '每月检查',
    unit: { id: 'u', name: '工程科' },
    post: null,
    basis: null,
    rrule: null,
    due: null,
  },
  ...{
    since: null,
    light: null,
    gone: false,
    along: null,
    cause: 'd1',
    heirs: [],
    others: [],
    ways: ['to', 'stay', 'end'],
    hows: [],
    mark: '',
  },
}
const post: Keyed = {
  ...base,
  id: 'a',
  key: 'appointment a',
  part: 'appointment',
  cause: null,
  heirs: [{ id: 'x', name: '甲' }],
  hows: ['regular', 'acting'],
}
const led: Keyed = { ...base, along: 'appointment a' }
const owed: Keyed = { ...base, id: 'o', key: 'obligation o', part: 'obligation', ways: ['to', 'stay'] }
const to = (person: string): Given => ({ way: 'to', to: person, how: null, reason: null })

describe('what is decided of each line', () => {
  it('is what was said, else what was said of the line it follows, else what is proposed', () => {
    const lines = [post, led, owed]
    const proposed = decide(lines, new Map())
    expect([...proposed.values()].map((one) => [one?.way, one?.to, one?.along])).toEqual([
      ['to', 'x', false],
      ['to', 'x', true],
      ['to', 'x', true],
    ])
    const named = decide(lines, new Map([['duty 1', to('y')]]))
    expect(named.get('appointment a')?.to).toBe('x')
    expect(named.get('obligation o')).toMatchObject({ to: 'y', along: true })
  })

  it('ends no obligation with a post that ends: somebody still owes it', () => {
    const decided = decide([post, led, owed], new Map([['appointment a', { way: 'end', to: null, how: null, reason: '撤销岗位' }]]))
    expect(decided.get('duty 1')).toMatchObject({ way: 'end', along: true })
    expect(decided.get('obligation o')).toBeNull()
  })

  it('does not go round in a circle', () => {
    const one = { ...base, along: 'duty 2' }
    const two = { ...base, id: '2', key: 'duty 2', along: 'duty 1' }
    expect(decide([one, two], new Map()).get('duty 1')).toBeNull()
    expect(decide([one, two], new Map([['duty 2', to('y')]])).get('duty 1')?.to).toBe('y')
  })
})

it('says what would be nobody’s', () => {
  expect(isGap(base, 'end')).toBe(true)
  expect(isGap({ ...base, others: ['乙'] }, 'end')).toBe(false)
  expect(isGap(base, 'to')).toBe(false)
  expect(isGap(owed, 'end')).toBe(false)
})

it.each([
  ['to', null, 'handover.nobody_named'],
  ['to', 'giver', 'handover.to_giver'],
  ['stay', 'x', 'handover.not_this_way'],
  ['end', null, 'handover.end_reason'],
] as const)('refuses %s %s', (way, person, code) => {
  expect(wayOk(base, { way, to: person, how: null, reason: null }, 'giver', undefined, '/lines/0')).toMatchObject({
    ok: false,
    refusal: { code },
  })
})

it('puts a duty that everybody in a post carries under nobody’s name', () => {
  const shared: Keyed = { ...base, post: { id: 'p', name: '工程科科员' }, heirs: [{ id: 'mate', name: '乙' }], others: ['乙'] }
  const said = (person: string) => wayOk(shared, to(person), 'giver', { way: 'to', to: 'heir' }, '/lines/0')
  expect(said('stranger')).toMatchObject({ ok: false, refusal: { code: 'duty.post_shared' } })
  expect([said('mate').ok, said('heir').ok]).toEqual([true, true])
})

it('lets only a superior sign for a giver who has left, and whoever runs it where nobody stands above', () => {
  const of = { gone: true, superiors: ['boss'], names: ['周明远'] }
  expect(maySignFor(of, 'boss', false).ok).toBe(true)
  expect(maySignFor(of, 'clerk', true)).toMatchObject({ refusal: { code: 'handover.not_superior' } })
  expect(maySignFor({ ...of, gone: false }, 'boss', true)).toMatchObject({ refusal: { code: 'handover.giver_there' } })
  expect(maySignFor({ ...of, superiors: [] }, 'clerk', true).ok).toBe(true)
})

it('counts who is missing: a line asks its giver and its receiver, what stays its giver alone', () => {
  const line: Standing = {
    key: 'k',
    decided: { ...to('x'), along: false },
    counts: true,
    giverSigned: true,
    receiverSigned: false,
    objected: false,
  }
  const stays: Standing = { ...line, decided: { way: 'stay', to: null, how: null, reason: null, along: false } }
  expect(missing([line, stays], true)).toEqual({ undecided: 0, objected: 0, giver: false, receivers: ['x'] })
  expect(
    missing(
      [
        { ...line, receiverSigned: true },
        { ...stays, giverSigned: false },
      ],
      true,
    ),
  ).toMatchObject({ giver: true, receivers: [] })
  expect(missing([], false).giver).toBe(true)
})

it('offers nothing while looking back, and no way back after the last signature', () => {
  const asking = { runs: true, lookingBack: false, signs: true, signsFor: false, objects: false }
  expect(handoverActions({ ...asking, state: 'out' })).toEqual(['confirm', 'assign', 'recall', 'withdraw'])
  expect(handoverActions({ ...asking, state: 'agreed', signs: false })).toEqual([])
  expect(handoverActions({ ...asking, state: 'out', lookingBack: true })).toEqual([])
})

describe('after any sequence of handovers', () => {
  type Period = { person: number; since: string; until: string | null }
  const first = '2026-01-01'
  const day = (n: number) => addDays(first, n)
  /** A handover of one thing, as the parts carry it out: what reaches past the day passes, less what the successor has already. */
  const handOver = (periods: readonly Period[], from: number, heir: number, on: string): Period[] =>
    periods.flatMap((period) => {
      if (period.person !== from) return [period]
      const { giver, successor } = handedOn(period, on)
      const own = periods.filter((one) => one.person === heir)
      const begins = successor ? without(successor, own) : []
      return [...(giver ? [{ person: from, ...giver }] : []), ...begins.map((range) => ({ person: heir, ...range }))]
    })

  it('exactly one holds it on each day', () => {
    const move = fc.record({ from: fc.nat(4), to: fc.nat(4), on: fc.nat(60) })
    fc.assert(
      fc.property(fc.array(move, { maxLength: 25 }), (moves) => {
        let periods: Period[] = [{ person: 0, since: first, until: null }]
        for (const one of moves) if (one.from !== one.to) periods = handOver(periods, one.from, one.to, day(one.on))
        for (let n = 0; n <= 70; n += 1) {
          const holding = periods.filter((one) => one.since <= day(n) && (one.until === null || one.until > day(n)))
          expect(holding.length, `${day(n)} ${JSON.stringify(periods)}`).toBe(1)
        }
        for (const one of periods) expect(one.until === null || one.until > one.since).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})
