import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Asked, type Made, onePerPeriod, planFor } from './plan.ts'

const asked = (period: string, opens: string, due: string, change: Partial<Asked> = {}): Asked => ({
  ...{ period, opens, due, holder: 'x', unit: 'u', title: '检查', kind: 'dual' },
  ...change,
})
const made = (one: Asked, state = 'open', replanned = false): Made => ({
  ...one,
  id: `${one.period} ${one.holder}`,
  state,
  replanned,
  given: false,
})
const july = asked('2026-07', '2026-07-01', '2026-07-31')
const august = asked('2026-08', '2026-08-01', '2026-08-31')
const none = { waive: [], reopen: [], follow: [], make: [] }

describe('what a change does to what is owed', () => {
  it('leaves alone what has begun, and what is asked for as before', () => {
    expect(planFor([made(july), made(august)], [july, august], '2026-07-15')).toEqual(none)
    expect(planFor([made(july)], [], '2026-07-15')).toEqual(none)
  })

  it('waives periods that are asked for no more, and makes those that are new', () => {
    const quarter = asked('2026-Q3', '2026-07-15', '2026-09-30')
    expect(planFor([made(july), made(august)], [july, quarter], '2026-07-15')).toEqual({
      ...none,
      waive: ['2026-08 x'],
      make: [quarter],
    })
  })

  it('opens again what an earlier change had waived, and leaves what a superior waived', () => {
    expect(planFor([made(august, 'waived', true)], [august], '2026-07-15')).toEqual({ ...none, reopen: ['2026-08 x'] })
    expect(planFor([made(august, 'waived')], [august], '2026-07-15')).toEqual(none)
  })

  it('moves due days and words of what has not begun; what was handed over stays with whoever has it', () => {
    const later = { ...august, due: '2026-08-20', title: '检查两次' }
    expect(planFor([made({ ...august, holder: 'successor' })], [later], '2026-07-15')).toEqual({
      ...none,
      follow: [{ id: '2026-08 successor', opens: '2026-08-01', due: '2026-08-20', title: '检查两次', kind: 'dual', reckoned: null }],
    })
    expect(planFor([made(august, 'discharged')], [later], '2026-07-15')).toEqual(none)
    const given = planFor([{ ...made(august), given: true }], [later], '2026-07-15')
    expect(given.follow).toMatchObject([{ due: '2026-08-31', title: '检查两次' }])
  })

  it('moves what is owed once, as long as it is not overdue', () => {
    const once = asked('once', '2026-01-01', '2026-08-31')
    const moved = { ...once, opens: '2026-07-15', due: '2026-10-31' }
    expect(onePerPeriod([once, moved])).toEqual([moved])
    expect(planFor([made(once)], [once, moved], '2026-07-15').follow).toMatchObject([
      { id: 'once x', opens: '2026-01-01', due: '2026-10-31' },
    ])
    expect(planFor([made({ ...once, due: '2026-07-01' })], [moved], '2026-07-15').follow).toEqual([])
  })

  it('done twice is done once: after a plan was carried out there is nothing left to do', () => {
    const slot = fc.record({
      month: fc.integer({ min: 1, max: 9 }),
      holder: fc.constantFrom('x', 'y'),
      due: fc.integer({ min: 10, max: 28 }),
    })
    const rowOf = ({ month, holder, due }: { month: number; holder: string; due: number }) =>
      asked(`2026-0${month}`, `2026-0${month}-01`, `2026-0${month}-${due}`, { holder })
    const unique = (list: Asked[]) => [...new Map(list.map((one) => [`${one.period} ${one.holder}`, one])).values()]
    const state = fc.constantFrom('open', 'discharged', 'waived', 'replanned')
    fc.assert(
      fc.property(fc.array(fc.tuple(slot, state), { maxLength: 10 }), fc.array(slot, { maxLength: 10 }), (before, wanted) => {
        const seen = new Set<string>()
        const rows = before.flatMap(([one, how]) => {
          const row = rowOf(one)
          const key = `${row.period} ${row.holder}`
          if (seen.has(key)) return []
          seen.add(key)
          return [made(row, how === 'replanned' ? 'waived' : how, how === 'replanned')]
        })
        const want = unique(wanted.map(rowOf))
        const plan = planFor(rows, want, '2026-04-01')
        const after = rows.map((row): Made => {
          const to = plan.follow.find((one) => one.id === row.id)
          const moved = to ? { ...row, due: to.due } : row
          if (plan.waive.includes(row.id)) return { ...moved, state: 'waived', replanned: true }
          return plan.reopen.includes(row.id) ? { ...moved, state: 'open', replanned: false } : moved
        })
        const again = planFor([...after, ...plan.make.map((one) => made(one))], want, '2026-04-01')
        expect(again).toEqual(none)
        // Nothing that began earlier, and nothing that was settled, is touched.
        const touched = new Set([...plan.waive, ...plan.reopen, ...plan.follow.map((one) => one.id)])
        for (const row of rows) if (row.opens < '2026-04-01' || row.state === 'discharged') expect(touched.has(row.id)).toBe(false)
      }),
    )
  })
})
