import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Away, answering, type Held, headsAmong, takenFrom, without, workPost } from './holding.ts'
import {
  type AppointmentKind,
  aloneIn,
  appointmentKinds,
  fromOk,
  headingRoles,
  inForceOn,
  noOverlap,
  type PostRole,
  twoIn,
  usuallyExclusive,
} from './rules.ts'

const held = (
  person: string,
  kind: AppointmentKind,
  since = '2026-01-01',
  until: string | null = null,
  post = 'head',
  unit = 'works',
): Held => ({
  person_id: person,
  post_id: post,
  unit_id: unit,
  kind,
  since,
  until,
})
const away = (person: string, since: string, until: string | null, from: string | null = 'works'): Away => ({
  person_id: person,
  unit_id: 'station',
  from_unit_id: from,
  since,
  until,
})
const said = (held: readonly Held[]) => held.map((one) => `${one.person_id} ${one.since} ${one.until ?? '…'}`)

describe('who answers for a post', () => {
  test('whoever acts answers on the days nobody holds it', () => {
    expect(said(answering([held('甲', 'regular', '2026-01-01', '2026-03-01'), held('乙', 'acting', '2026-02-01')], []))).toEqual([
      '甲 2026-01-01 2026-03-01',
      '乙 2026-03-01 …',
    ])
    expect(said(answering([held('乙', 'acting'), held('甲', 'concurrent', '2026-05-01')], []))).toEqual([
      '乙 2026-01-01 2026-05-01',
      '甲 2026-05-01 …',
    ])
    expect(said(answering([held('甲', 'regular'), held('乙', 'acting')], []))).toEqual(['甲 2026-01-01 …'])
  })

  test('whoever is seconded away answers only while nobody else is there', () => {
    const gone = [away('甲', '2026-03-01', '2026-06-01')]
    expect(said(answering([held('甲', 'regular')], gone))).toEqual([
      '甲 2026-01-01 2026-03-01',
      '甲 2026-03-01 2026-06-01',
      '甲 2026-06-01 …',
    ])
    expect(said(answering([held('甲', 'regular'), held('乙', 'acting', '2026-04-01')], gone))).toEqual([
      '甲 2026-01-01 2026-03-01',
      '甲 2026-03-01 2026-04-01',
      '乙 2026-04-01 2026-06-01',
      '甲 2026-06-01 …',
    ])
  })

  test('a secondment takes off the post it leads from, and no other', () => {
    const leave = [away('甲', '2026-03-01', null)]
    expect(takenFrom(held('甲', 'regular'), leave)).toHaveLength(1)
    expect(takenFrom(held('甲', 'concurrent', '2026-01-01', null, 'secretary', 'branch'), leave)).toHaveLength(0)
    expect(takenFrom(held('甲', 'seconded', '2026-03-01', null, 'clerk', 'station'), leave)).toHaveLength(0)
    expect(takenFrom(held('甲', 'regular'), [away('甲', '2026-03-01', null, null)])).toHaveLength(1)
    expect(takenFrom(held('乙', 'regular'), leave)).toHaveLength(0)
  })

  const dayOf = (n: number) => `2026-${n < 31 ? '01' : '02'}-${String(n < 31 ? n + 1 : n - 30).padStart(2, '0')}`
  const ranges = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.option(fc.integer({ min: 1, max: 15 }))).map(([from, length]) => ({
    since: dayOf(from),
    until: length === null ? null : dayOf(from + length),
  }))
  const days = Array.from({ length: 59 }, (_, n) => dayOf(n))

  test('what is left of a range has exactly the days of none of the others', () => {
    fc.assert(
      fc.property(ranges, fc.array(ranges, { maxLength: 4 }), (range, others) => {
        const left = without(range, others)
        for (const day of days)
          expect(left.filter((one) => inForceOn(one, day)).length).toBe(
            inForceOn(range, day) && !others.some((one) => inForceOn(one, day)) ? 1 : 0,
          )
      }),
    )
  })

  test('each day somebody holds a post somebody answers for it; whoever acts never beside somebody present', () => {
    const holdings = fc.array(
      fc
        .tuple(fc.constantFrom('甲', '乙', '丙'), fc.constantFrom(...appointmentKinds), ranges)
        .map(([person, kind, range]) => held(person, kind, range.since, range.until)),
      { maxLength: 5 },
    )
    const leaves = fc.array(
      fc.tuple(fc.constantFrom('甲', '乙'), ranges).map(([person, range]) => away(person, range.since, range.until)),
      { maxLength: 2 },
    )
    fc.assert(
      fc.property(holdings, leaves, (all, gone) => {
        const answers = answering(all, gone)
        for (const day of days) {
          const on = <T extends Held>(list: readonly T[]) => list.filter((one) => inForceOn(one, day))
          expect(on(answers).length > 0).toBe(on(all).length > 0)
          const isAway = (one: Held) => takenFrom(one, gone).some((leave) => inForceOn(leave, day))
          const present = on(all).filter((one) => one.kind !== 'acting' && !isAway(one))
          if (present.length > 0)
            expect(
              on(answers)
                .map((one) => `${one.person_id} ${one.kind}`)
                .sort(),
            ).toEqual(present.map((one) => `${one.person_id} ${one.kind}`).sort())
          else if (on(all).some((one) => one.kind === 'acting')) expect(on(answers).every((one) => one.kind === 'acting')).toBe(true)
        }
      }),
    )
  })
})

describe('who heads a unit', () => {
  const one = (person_id: string, kind: AppointmentKind, roles: PostRole[], gone = false) => ({ person_id, kind, roles, away: gone })
  const names = (kind: Parameters<typeof headsAmong>[0], ...all: ReturnType<typeof one>[]) =>
    headsAmong(kind, all).map((it) => it.person_id)

  test('the regular head; else who acts, as a deputy too; else the head seconded away', () => {
    expect(names('department', one('甲', 'regular', ['head']), one('乙', 'acting', ['deputy']))).toEqual(['甲'])
    expect(names('department', one('乙', 'acting', ['deputy']), one('丙', 'regular', ['deputy']))).toEqual(['乙'])
    expect(names('department', one('乙', 'acting', ['head']))).toEqual(['乙'])
    expect(names('department', one('甲', 'regular', ['head'], true), one('乙', 'acting', ['deputy']))).toEqual(['乙'])
    expect(names('department', one('甲', 'regular', ['head'], true), one('丙', 'regular', ['deputy']))).toEqual(['甲'])
    expect(names('department', one('丙', 'regular', ['deputy']), one('丁', 'acting', ['clerk']))).toEqual([])
  })

  test('a branch by its secretary, a discipline group by its head, a Party group by its secretary', () => {
    expect(names('branch', one('甲', 'concurrent', ['branch_secretary']), one('乙', 'regular', ['publicity_member']))).toEqual(['甲'])
    expect(names('discipline_group', one('甲', 'regular', ['group_head']))).toEqual(['甲'])
    expect(headingRoles('party_group')[0]).toBe('party_secretary')
    expect(names('department', one('甲', 'concurrent', ['branch_secretary']))).toEqual([])
  })
})

describe('where somebody counts', () => {
  test.each<[AppointmentKind[], AppointmentKind | undefined]>([
    [['regular', 'seconded'], 'seconded'],
    [['concurrent', 'regular'], 'regular'],
    [['concurrent', 'acting'], 'acting'],
    [[], undefined],
  ])('%j: %s', (kinds, expected) =>
    expect(
      workPost(
        kinds.map((kind) => ({ kind, since: '2026-01-01', until: null })),
        '2026-06-01',
      )?.kind,
    ).toBe(expected),
  )

  test('a secondment that is over no longer counts', () =>
    expect(
      workPost(
        [
          { kind: 'seconded' as const, since: '2026-01-01', until: '2026-06-01' },
          { kind: 'regular' as const, since: '2025-01-01', until: null },
        ],
        '2026-06-01',
      )?.kind,
    ).toBe('regular'))
})

describe('a post of one person', () => {
  const post = { name: '科长', exclusive: true }
  const one = (person_id: string, kind: AppointmentKind, since: string, until: string | null = null) => ({
    ...{ person_id, kind, since, until },
    person: person_id,
  })
  const code = (verdict: ReturnType<typeof aloneIn>) => (verdict.ok ? 'ok' : verdict.refusal.code)

  test('refuses a second holder and says who holds it; one who acts may stand beside', () => {
    const chief = one('甲', 'regular', '2026-01-01', '2026-07-01')
    expect(aloneIn(post, one('乙', 'regular', '2026-06-30'), [chief])).toMatchObject({
      refusal: { code: 'org.taken', params: { who: '甲', since: '2026-01-01', until: '2026-07-01' }, places: [{ at: '/person' }] },
    })
    expect(code(aloneIn(post, one('乙', 'seconded', '2026-03-01'), [chief]))).toBe('org.taken')
    expect(code(aloneIn(post, one('乙', 'regular', '2026-07-01'), [chief]))).toBe('ok')
    expect(code(aloneIn(post, one('乙', 'acting', '2026-03-01'), [chief]))).toBe('ok')
    expect(code(aloneIn(post, one('丙', 'acting', '2026-03-01'), [one('乙', 'acting', '2026-01-01')]))).toBe('org.taken')
    expect(code(aloneIn({ ...post, exclusive: false }, one('乙', 'regular', '2026-03-01'), [chief]))).toBe('ok')
    expect(usuallyExclusive(['clerk', 'head'])).toBe(true)
    expect(usuallyExclusive(['member'])).toBe(false)
  })

  test('whatever is entered in whatever order, no day has two holders, nor two who act', () => {
    const dayOf = (n: number) => `2026-01-${String(n + 1).padStart(2, '0')}`
    const entries = fc.array(
      fc.record({
        person: fc.constantFrom('甲', '乙', '丙'),
        kind: fc.constantFrom(...appointmentKinds),
        from: fc.integer({ min: 0, max: 20 }),
        length: fc.option(fc.integer({ min: 1, max: 9 })),
      }),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(entries, (list) => {
        const held: ReturnType<typeof one>[] = []
        for (const { person, kind, from, length } of list) {
          const next = one(person, kind, dayOf(from), length === null ? null : dayOf(from + length))
          const own = held.filter((it) => it.person_id === person)
          if (noOverlap(next, own, { who: person, name: '' }).ok && aloneIn(post, next, held).ok) held.push(next)
        }
        for (let n = 0; n < 31; n++) {
          const now = held.filter((it) => inForceOn(it, dayOf(n)))
          expect(now.filter((it) => it.kind !== 'acting').length).toBeLessThanOrEqual(1)
          expect(now.filter((it) => it.kind === 'acting').length).toBeLessThanOrEqual(1)
        }
        expect(twoIn(held)).toBeNull()
      }),
    )
  })

  test('finds the two that stand in each other’s way', () => {
    const three = [one('甲', 'regular', '2026-01-01', '2026-02-01'), one('乙', 'regular', '2026-02-01'), one('丙', 'regular', '2026-05-01')]
    expect(twoIn(three)?.map((it) => it.person)).toEqual(['乙', '丙'])
    expect(twoIn(three.slice(0, 2))).toBeNull()
  })
})

test('somebody seconded comes from one place that is not where they go', () => {
  const code = (...ask: Parameters<typeof fromOk>) => {
    const verdict = fromOk(...ask)
    return verdict.ok ? 'ok' : [verdict.refusal.code, verdict.refusal.places[0]?.at].join(' ')
  }
  expect(code('seconded', { unit: null, office: null }, 'works')).toBe('org.from_needed /fromOffice')
  expect(code('seconded', { unit: 'station', office: '某局' }, 'works')).toBe('org.from_both /fromOffice')
  expect(code('seconded', { unit: 'works', office: null }, 'works')).toBe('org.from_itself /fromUnit')
  expect(code('seconded', { unit: 'station', office: null }, 'works')).toBe('ok')
  expect(code('seconded', { unit: null, office: '某局' }, 'works')).toBe('ok')
  expect(code('regular', { unit: null, office: '某局' }, 'works')).toBe('org.from_without /fromOffice')
  expect(code('regular', { unit: null, office: null }, 'works')).toBe('ok')
})
