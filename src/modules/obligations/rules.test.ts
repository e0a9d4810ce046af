import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Verdict } from '#kernel/errors.ts'
import { flaws } from '#kernel/machine.ts'
import {
  burdenOf,
  type Delta,
  deltasOf,
  isLate,
  knownAt,
  type Light,
  type Line,
  lightOf,
  mayBringForward,
  mayJoin,
  mayPostpone,
  maySplit,
  mayWaive,
  obligationActions,
  obligationMoves,
  type State,
  states,
  superiorsOf,
} from './rules.ts'

it('every state can be reached and every verb leads to one', () => {
  expect(flaws(obligationMoves)).toEqual({ unreachable: [], unknown: [] })
})

describe('the light', () => {
  const warnFrom = '2026-06-22'
  const due = '2026-06-30'
  it.each<[State, string, Light]>([
    ['open', '2026-06-01', 'green'],
    ['open', '2026-06-21', 'green'],
    ['open', '2026-06-22', 'yellow'],
    ['open', '2026-06-30', 'yellow'],
    ['open', '2026-07-01', 'red'],
    ['open', '2027-01-01', 'red'],
    ['discharged', '2026-06-01', 'green'],
    ['discharged', '2026-07-01', 'green'],
    ['waived', '2026-06-01', 'grey'],
    ['waived', '2026-07-01', 'grey'],
    ['split', '2026-07-01', 'grey'],
    ['joined', '2026-06-01', 'grey'],
  ])('%s on %s is %s', (state, day, light) => {
    expect(lightOf({ state, due, warnFrom }, day)).toBe(light)
  })

  it('never turns back while it is open', () => {
    const days = fc.integer({ min: 1, max: 28 }).map((n) => `2026-06-${String(n).padStart(2, '0')}`)
    const order: Light[] = ['green', 'yellow', 'red']
    fc.assert(
      fc.property(days, days, days, days, (a, b, c, d) => {
        const [warn = '', due = ''] = [a, b].sort()
        const [first = '', second = ''] = [c, d].sort()
        const lights = [first, second].map((day) => order.indexOf(lightOf({ state: 'open', due, warnFrom: warn }, day)))
        expect(lights[1]).toBeGreaterThanOrEqual(lights[0] ?? 0)
      }),
    )
  })

  it('is late the day after it was due, not on it', () => {
    expect([isLate('2026-06-30', due), isLate('2026-07-01', due)]).toEqual([false, true])
  })
})

describe('what was known', () => {
  const events = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 8 }).map((gaps) => {
    let at = 0
    return gaps.map((gap, i) => {
      at += gap
      return { version: i + 1, recordedAt: new Date(at * 1000) }
    })
  })

  it('is what a replay in order leaves, whatever order the events come in', () => {
    fc.assert(
      fc.property(events, fc.integer({ min: -1, max: 170 }), fc.integer(), (list, second, seed) => {
        const at = new Date(second * 1000)
        let replayed: (typeof list)[number] | null = null
        for (const event of list) {
          if (event.recordedAt.getTime() > at.getTime()) break
          replayed = event
        }
        const mixed = [...list].sort((a, b) => ((a.version * 7919 + seed) % 13) - ((b.version * 7919 + seed) % 13))
        expect(knownAt(mixed, at)).toEqual(replayed)
      }),
    )
  })
})

describe('the tally', () => {
  const keys = fc.record({
    holder: fc.constantFrom('p1', 'p2'),
    unit: fc.constantFrom('u1', 'u2'),
    kind: fc.constantFrom('task', 'dual'),
    due: fc.constantFrom('2026-06-30', '2026-07-31'),
    warnFrom: fc.constantFrom('2026-06-22', '2026-06-25'),
  })
  const counted = fc
    .record({ state: fc.constantFrom(...states), doneOn: fc.constantFrom(null, '2026-06-10', '2026-08-01') })
    .chain((rest) => keys.map((key) => ({ ...key, ...rest })))
  const changes = fc.array(fc.record({ before: fc.option(counted), after: fc.option(counted) }), { maxLength: 30 })
  const counts = (thing: { state: State } | null) => thing !== null && ['open', 'discharged', 'waived'].includes(thing.state)
  const sum = (deltas: readonly Delta[]) => deltas.reduce((n, delta) => n + delta.open + delta.onTime + delta.late + delta.waived, 0)

  it('grows by what came and shrinks by what went; what its parts carry counts nowhere', () => {
    fc.assert(
      fc.property(changes, (list) => {
        const came = list.filter(({ after }) => counts(after)).length
        const went = list.filter(({ before }) => counts(before)).length
        expect(sum(deltasOf(list))).toBe(came - went)
      }),
    )
  })

  it('has one row for a key, in key order, and none that changes nothing', () => {
    fc.assert(
      fc.property(changes, (list) => {
        const deltas = deltasOf(list)
        const order = deltas.map(({ unit, kind, due, warnFrom }) => `${unit} ${kind} ${due} ${warnFrom}`)
        expect(order).toEqual([...new Set(order)].sort())
        for (const delta of deltas) expect([delta.open, delta.onTime, delta.late, delta.waived].some((n) => n !== 0)).toBe(true)
      }),
    )
  })

  it('cancels out what is done and undone', () => {
    fc.assert(
      fc.property(changes, (list) => {
        expect(deltasOf([...list, ...list.map(({ before, after }) => ({ before: after, after: before }))])).toEqual([])
      }),
    )
  })

  it('counts done late apart from done on time', () => {
    const key = { unit: 'u1', kind: 'task', due: '2026-06-30', warnFrom: '2026-06-22' }
    const counted = (state: State, doneOn: string | null) => [{ before: null, after: { holder: 'p1', ...key, state, doneOn } }]
    const nothing = { open: 0, onTime: 0, late: 0, waived: 0 }
    expect(deltasOf(counted('open', null))).toEqual([{ ...key, ...nothing, open: 1 }])
    expect(deltasOf(counted('discharged', '2026-06-30'))).toEqual([{ ...key, ...nothing, onTime: 1 }])
    expect(deltasOf(counted('discharged', '2026-07-01'))).toEqual([{ ...key, ...nothing, late: 1 }])
    expect(deltasOf(counted('waived', null))).toEqual([{ ...key, ...nothing, waived: 1 }])
    expect(deltasOf(counted('split', null))).toEqual([])
    expect(deltasOf(counted('joined', null))).toEqual([])
  })
})

describe('the burden', () => {
  const thing = { holder: 'p1', unit: 'u1', kind: 'task', due: '2026-06-30', warnFrom: '2026-06-22', state: 'open' as State, doneOn: null }
  it.each<[string, Partial<typeof thing> | null, Partial<typeof thing> | null, object[]]>([
    ['made', null, {}, [{ month: '2026-06-01', holder: 'p1', kind: 'task', asked: 1 }]],
    ['done', {}, { state: 'discharged' }, []],
    ['waived', {}, { state: 'waived' }, [{ month: '2026-06-01', holder: 'p1', kind: 'task', asked: -1 }]],
    ['split', {}, { state: 'split' }, [{ month: '2026-06-01', holder: 'p1', kind: 'task', asked: -1 }]],
    [
      'handed over',
      {},
      { holder: 'p2' },
      [
        { month: '2026-06-01', holder: 'p1', kind: 'task', asked: -1 },
        { month: '2026-06-01', holder: 'p2', kind: 'task', asked: 1 },
      ],
    ],
    ['moved within its month', {}, { due: '2026-06-25' }, []],
    [
      'moved out of it',
      {},
      { due: '2026-07-10' },
      [
        { month: '2026-06-01', holder: 'p1', kind: 'task', asked: -1 },
        { month: '2026-07-01', holder: 'p1', kind: 'task', asked: 1 },
      ],
    ],
  ])('%s', (_name, before, after, deltas) => {
    expect(burdenOf([{ before: before && { ...thing, ...before }, after: after && { ...thing, ...after } }])).toEqual(deltas)
  })
})

describe('who may waive', () => {
  const line: Line = { first: ['director'], leaders: ['deputy'], heads: ['head'], members: ['deputy', 'other deputy'] }
  const names = ['周明远']
  it.each<[string, string[]]>([
    ['staff', ['head', 'deputy', 'director']],
    ['head', ['deputy', 'director']],
    ['deputy', ['director']],
    ['other deputy', ['director']],
    ['director', []],
  ])('above %s stand %j', (holder, superiors) => {
    expect(superiorsOf(holder, line).toSorted()).toEqual(superiors.toSorted())
  })
  it('a head who is the leader in charge as well is the leader', () => {
    expect(superiorsOf('head', { ...line, leaders: ['head'] })).toEqual(['director'])
  })
  it.each<[string, string, string | null]>([
    ['head', 'staff', null],
    ['deputy', 'staff', null],
    ['director', 'staff', null],
    ['staff', 'staff', 'obligation.own_waiver'],
    ['another', 'staff', 'obligation.not_superior'],
    ['head', 'head', 'obligation.own_waiver'],
    ['staff', 'head', 'obligation.not_superior'],
    ['deputy', 'head', null],
    ['director', 'head', null],
    ['head', 'deputy', 'obligation.not_superior'],
    ['deputy', 'deputy', 'obligation.own_waiver'],
    ['director', 'deputy', null],
    ['director', 'director', 'obligation.no_superior'],
    ['deputy', 'director', 'obligation.no_superior'],
  ])('%s that of %s: %s', (actor, holder, code) => {
    const verdict = mayWaive(actor, holder, superiorsOf(holder, line), names)
    expect(verdict.ok ? null : verdict.refusal.code).toBe(code)
  })
  it('and the program waives nothing', () => {
    expect(mayWaive(null, 'staff', ['head'], names).ok).toBe(false)
  })
  it('nobody stands above themselves, whoever is what', () => {
    const some = fc.subarray(['a', 'b', 'c', 'd'])
    fc.assert(
      fc.property(fc.constantFrom('a', 'b', 'c', 'd'), some, some, some, some, (holder, first, leaders, heads, members) => {
        expect(superiorsOf(holder, { first, leaders, heads, members })).not.toContain(holder)
      }),
    )
  })
})

describe('another due day', () => {
  const thing = { opens: '2026-06-01', due: '2026-06-30' }
  const code = (verdict: Verdict) => (verdict.ok ? null : verdict.refusal.code)
  it.each([
    ['2026-06-29', null],
    ['2026-06-15', null],
    ['2026-06-14', 'obligation.due_passed'],
    ['2026-06-30', 'obligation.not_earlier'],
    ['2026-07-01', 'obligation.not_earlier'],
    ['2026-05-31', 'obligation.due_before_opens'],
  ])('brought forward to %s: %s', (due, wanted) => expect(code(mayBringForward(thing, due, '2026-06-15'))).toBe(wanted))
  it.each([
    ['2026-07-01', null],
    ['2026-06-30', 'obligation.not_later'],
    ['2026-06-01', 'obligation.not_later'],
    ['2026-05-31', 'obligation.due_before_opens'],
  ])('postponed to %s: %s', (due, wanted) => expect(code(mayPostpone(thing, due))).toBe(wanted))
})

describe('splitting', () => {
  const whole = { title: '检查', opens: '2026-06-01', due: '2026-06-10' }
  const part = (person: string, due: string, title?: string) => ({ person, unit: 'works', due, ...(title ? { title } : {}) })
  it.each<[string, ReturnType<typeof part>[], string | null]>([
    ['two persons', [part('a', '2026-06-20'), part('b', '2026-06-20')], null],
    ['two days', [part('a', '2026-06-20'), part('a', '2026-06-25')], null],
    ['two shares', [part('a', '2026-06-20', '上半'), part('a', '2026-06-20', '下半')], null],
    ['the day of the whole, though it has passed', [part('a', '2026-06-10'), part('b', '2026-06-10')], null],
    ['the same twice', [part('a', '2026-06-20'), part('a', '2026-06-20', '检查')], 'obligation.part_twice'],
    ['another day that has passed', [part('a', '2026-06-20'), part('b', '2026-06-11')], 'obligation.due_passed'],
    ['before it opens', [part('a', '2026-05-31'), part('b', '2026-06-20')], 'obligation.due_before_opens'],
  ])('%s', (_name, parts, wanted) => {
    const verdict = maySplit(whole, parts, '2026-06-15')
    expect(verdict.ok ? null : verdict.refusal.code).toBe(wanted)
  })
  it.each<[State[], string | null]>([
    [['open', 'open'], null],
    [['open', 'waived'], null],
    [['open', 'discharged'], 'obligation.part_done'],
    [['open', 'split'], 'obligation.part_split'],
  ])('is taken back with parts %j: %s', (list, wanted) => {
    const verdict = mayJoin(list.map((state) => ({ title: '检查', holder: '甲', state })))
    expect(verdict.ok ? null : verdict.refusal.code).toBe(wanted)
  })
})

describe('what may be done with one', () => {
  const thing = { state: 'open' as State, holder: 'me', unit: 'works' }
  const all = () => true
  /** Someone whose verbs reach their own things only. */
  const own = (_verb: string, standing?: { holder?: string | null; unit?: string | null }) => standing?.holder === 'me'

  const above = { superiors: ['me too'] }
  it('depends on its state', () => {
    const moves = ['record', 'bringForward', 'moveDue', 'handOver', 'split']
    const parts = [{ title: '', holder: '', state: 'open' as State }]
    expect(obligationActions(all, thing, false, 'me too', above)).toEqual([...moves, 'waive'])
    expect(obligationActions(all, { ...thing, state: 'discharged' }, false, 'me too', above)).toEqual([])
    expect(obligationActions(all, { ...thing, state: 'waived' }, false, 'me too', above)).toEqual(['restore'])
    expect(obligationActions(all, { ...thing, state: 'split' }, false, 'me too', { parts })).toEqual(['join'])
    expect(
      obligationActions(all, { ...thing, state: 'split' }, false, 'me too', { parts: [{ title: '', holder: '', state: 'discharged' }] }),
    ).toEqual([])
    expect(obligationActions(all, { ...thing, state: 'joined' }, false, 'me too', above)).toEqual([])
  })
  it('offers a waiver to superiors only, within their scope', () => {
    expect(obligationActions(all, thing, false, 'me', above)).not.toContain('waive')
    expect(obligationActions(all, thing, false, 'me too')).not.toContain('waive')
    expect(obligationActions(own, thing, false, 'me too', above)).not.toContain('waive')
  })
  it('is nothing while looking back', () => {
    expect(obligationActions(all, thing, true, 'me too', above)).toEqual([])
  })
  it('lets nobody move, hand over or waive their own by owing it', () => {
    expect(obligationActions(own, thing, false)).toEqual(['record'])
    expect(obligationActions(own, { ...thing, holder: 'another' }, false)).toEqual([])
  })
})
