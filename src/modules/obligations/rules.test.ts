import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flaws } from '#kernel/machine.ts'
import {
  type Delta,
  deltasOf,
  isLate,
  knownAt,
  type Light,
  lightOf,
  obligationActions,
  obligationMoves,
  type State,
  states,
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
    unit: fc.constantFrom('u1', 'u2'),
    kind: fc.constantFrom('task', 'dual'),
    due: fc.constantFrom('2026-06-30', '2026-07-31'),
    warnFrom: fc.constantFrom('2026-06-22', '2026-06-25'),
  })
  const counted = fc
    .record({ state: fc.constantFrom(...states), doneOn: fc.constantFrom(null, '2026-06-10', '2026-08-01') })
    .chain((rest) => keys.map((key) => ({ ...key, ...rest })))
  const changes = fc.array(fc.record({ before: fc.option(counted), after: fc.option(counted) }), { maxLength: 30 })
  const sum = (deltas: readonly Delta[]) => deltas.reduce((n, delta) => n + delta.open + delta.onTime + delta.late + delta.waived, 0)

  it('grows by what came and shrinks by what went', () => {
    fc.assert(
      fc.property(changes, (list) => {
        const came = list.filter(({ after }) => after).length
        const went = list.filter(({ before }) => before).length
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
    const counted = (state: State, doneOn: string | null) => [{ before: null, after: { ...key, state, doneOn } }]
    const nothing = { open: 0, onTime: 0, late: 0, waived: 0 }
    expect(deltasOf(counted('open', null))).toEqual([{ ...key, ...nothing, open: 1 }])
    expect(deltasOf(counted('discharged', '2026-06-30'))).toEqual([{ ...key, ...nothing, onTime: 1 }])
    expect(deltasOf(counted('discharged', '2026-07-01'))).toEqual([{ ...key, ...nothing, late: 1 }])
    expect(deltasOf(counted('waived', null))).toEqual([{ ...key, ...nothing, waived: 1 }])
  })
})

describe('what may be done with one', () => {
  const thing = { state: 'open' as State, holder: 'me', unit: 'works' }
  const all = () => true
  /** Someone whose verbs reach their own things only. */
  const own = (_verb: string, standing?: { holder?: string | null; unit?: string | null }) => standing?.holder === 'me'

  it('depends on its state', () => {
    expect(obligationActions(all, thing, false)).toEqual(['record', 'moveDue', 'handOver', 'waive'])
    expect(obligationActions(all, { ...thing, state: 'discharged' }, false)).toEqual([])
    expect(obligationActions(all, { ...thing, state: 'waived' }, false)).toEqual(['restore'])
  })
  it('is nothing while looking back', () => {
    expect(obligationActions(all, thing, true)).toEqual([])
  })
  it('lets nobody move, hand over or waive their own by owing it', () => {
    expect(obligationActions(own, thing, false)).toEqual(['record'])
    expect(obligationActions(own, { ...thing, holder: 'another' }, false)).toEqual([])
  })
})
