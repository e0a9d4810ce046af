import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flaws } from '#kernel/machine.ts'
import { askOn, dueOk, dutyActions, dutyMoves, endOk, type Held, holdersOk, inPostOn } from './rules.ts'

it('every state can be reached and every verb leads to one', () => {
  expect(flaws(dutyMoves)).toEqual({ unreachable: [], unknown: [] })
})

const codeOf = (verdict: ReturnType<typeof dueOk>) => (verdict.ok ? null : [verdict.refusal.code, verdict.refusal.places[0]?.at])

describe('holders', () => {
  const post = { unit: 'u', post: 'p', person: null }
  const person = { unit: 'u', post: null, person: 'x' }
  it('are each a post or a person, and at least one', () => {
    expect(codeOf(holdersOk([post, person]))).toBeNull()
    expect(codeOf(holdersOk([]))).toEqual(['duty.no_holder', '/holders'])
    expect(codeOf(holdersOk([post, { ...post, person: 'x' }]))).toEqual(['duty.holder_both', '/holders/1'])
    expect(codeOf(holdersOk([{ unit: 'u', post: null, person: null }, post]))).toEqual(['duty.holder_both', '/holders/0'])
  })
})

describe('days', () => {
  it('do not run backwards', () => {
    expect([dueOk('2026-06-01', null), dueOk('2026-06-01', '2026-06-01'), endOk('2026-06-01', '2026-06-01')].map(codeOf)).toEqual([
      null,
      null,
      null,
    ])
    expect(codeOf(dueOk('2026-06-02', '2026-06-01'))).toEqual(['duty.due_before_since', '/due'])
    expect(codeOf(endOk('2026-06-02', '2026-06-01'))).toEqual(['duty.ends_before_since', '/until'])
  })
  it('one asks who holds a period today, or at its nearer end', () => {
    expect(askOn('2026-06-15', '2026-06-01', '2026-06-30')).toBe('2026-06-15')
    expect(askOn('2026-05-15', '2026-06-01', '2026-06-30')).toBe('2026-06-01')
    expect(askOn('2026-07-15', '2026-06-01', '2026-06-30')).toBe('2026-06-30')
  })
})

describe('who is in a post on a day', () => {
  const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-06-${String(n).padStart(2, '0')}`)
  const held: fc.Arbitrary<Held> = fc.record({
    post_id: fc.constantFrom('a', 'b'),
    person_id: fc.constantFrom('x', 'y', 'z'),
    since: day,
    until: fc.option(day),
  })

  it('is each person once, whose appointment covers the day; the first day counts, the end does not', () => {
    fc.assert(
      fc.property(fc.array(held, { maxLength: 12 }), day, (list, on) => {
        const got = inPostOn(list, 'a', on).map((one) => one.person_id)
        const covers = (one: Held) => one.post_id === 'a' && one.since <= on && (one.until === null || on < one.until)
        expect(got.toSorted()).toEqual([...new Set(list.filter(covers).map((one) => one.person_id))].sort())
      }),
    )
  })
  it('changes hands on the very day', () => {
    const list = [
      { post_id: 'a', person_id: 'old', since: '2026-01-01', until: '2026-06-15' },
      { post_id: 'a', person_id: 'new', since: '2026-06-15', until: null },
    ]
    expect(['2026-06-14', '2026-06-15'].map((on) => inPostOn(list, 'a', on).map((one) => one.person_id))).toEqual([['old'], ['new']])
  })
})

describe('what may be done with a duty', () => {
  const works = (_verb: string, thing?: { unit?: string | null }) => thing?.unit === 'works'
  const duty = { state: 'active', units: ['works'], lookingBack: false, changed: false, retractable: false } as const
  it('reaches only as far as the scope covers all its units; breaking it down takes one of them', () => {
    expect(dutyActions(works, duty)).toEqual(['assign', 'release', 'terms', 'change', 'decompose', 'move', 'end'])
    expect(dutyActions(works, { ...duty, units: ['works', 'general'] })).toEqual(['decompose'])
    expect(dutyActions(works, { ...duty, units: [] })).toEqual([])
  })
  it('ends with its state, and is nothing while looking back', () => {
    expect(dutyActions(works, { ...duty, state: 'ended' })).toEqual([])
    expect(dutyActions(works, { ...duty, state: 'retracted' })).toEqual([])
    expect(dutyActions(works, { ...duty, lookingBack: true })).toEqual([])
  })
  it('offers to undo a change and to take back what is fresh', () => {
    expect(dutyActions(works, { ...duty, changed: true, retractable: true })).toEqual(expect.arrayContaining(['undoChange', 'retract']))
  })
})
