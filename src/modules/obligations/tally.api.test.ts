import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withTenant } from '#kernel/db.ts'
import { house, personId, postId, tenantId, unitId } from '../../../test/harness.ts'
import { recountTally } from './index.ts'

/** Whatever people do, and in whatever order, the board's tallies are what a fresh count gives. */

const h = await house()
const clerk = await h.as('clerk')
/** Above everybody here, so that waivers are not all refused. */
const director = await h.as('director')
const tenant = tenantId('a')
const wrong = () => withTenant(h.pool, tenant, (tx) => recountTally(tx, tenant))

async function duty(holder: object): Promise<string> {
  const body = {
    title: '每月例会',
    body: '',
    kind: 'dual',
    polarity: 'positive',
    measure: null,
    rrule: 'FREQ=MONTHLY',
    due: null,
    since: '2026-01-01',
    holders: [holder],
  }
  return (await clerk.post('/duties', body)).body.id
}
const duties = [
  await duty({ unit: unitId('a', 'works'), post: postId('a', 'head'), person: null }),
  await duty({ unit: unitId('a', 'works'), post: null, person: personId('a', 'staff') }),
  await duty({ unit: unitId('a', 'general'), post: postId('a', 'clerk'), person: null }),
]
const owed: string[] = []
for (const because of duties)
  owed.push(...(await clerk.get('/obligations', { because, until: '2026-06-30' })).body.items.map((one: { id: string }) => one.id))
const acts: string[] = []

const people = ['head', 'staff', 'clerk'] as const
const units = ['works', 'general'] as const
const reason = '随机'
const day = fc.integer({ min: 1, max: 15 }).map((n) => `2026-06-${String(n).padStart(2, '0')}`)
const some = fc.uniqueArray(fc.nat(59), { maxLength: 4 }).map((list) => list.map((i) => owed[i % owed.length] ?? ''))
const one = fc.nat(59).map((i) => owed[i % owed.length] ?? '')
const happening = fc.record({
  what: fc.constant('例会'),
  happenedOn: day,
  with: fc.constant(people.map((key) => personId('a', key))),
  discharges: some,
})

const seats = [
  { person: personId('a', 'head'), unit: unitId('a', 'works') },
  { person: personId('a', 'staff'), unit: unitId('a', 'works') },
  { person: personId('a', 'clerk'), unit: unitId('a', 'general') },
]
const partly = { minLength: 2, maxLength: 4, selector: ([seat, due]: [object, string]) => `${JSON.stringify(seat)} ${due}` }

type Step = { path: string; body: object; records?: boolean; by?: 'director' }
const step: fc.Arbitrary<(pick: number) => Step> = fc.oneof(
  happening.map((body) => () => ({ path: '/acts', body, records: true })),
  happening.map((body) => (pick: number) => ({
    path: `/acts/${acts[pick % Math.max(1, acts.length)]}/correct`,
    body: { ...body, reason },
    records: true,
  })),
  fc.constant((pick: number) => ({ path: `/acts/${acts[pick % Math.max(1, acts.length)]}/withdraw`, body: { reason } })),
  one.map((id) => () => ({ path: `/obligations/${id}/waive`, body: { reason }, by: 'director' as const })),
  one.map((id) => () => ({ path: `/obligations/${id}/restore`, body: { reason }, by: 'director' as const })),
  fc.tuple(one, fc.constantFrom('2026-07-10', '2026-08-20')).map(([id, due]) => () => ({
    path: `/obligations/${id}/due`,
    body: { due, reason },
  })),
  fc.tuple(one, fc.constantFrom(...people), fc.constantFrom(...units)).map(([id, person, unit]) => () => ({
    path: `/obligations/${id}/hand-over`,
    body: { person: personId('a', person), unit: unitId('a', unit), reason },
  })),
  fc.tuple(one, fc.constantFrom('2026-06-16', '2026-06-20')).map(([id, due]) => () => ({
    path: `/obligations/${id}/bring-forward`,
    body: { due, reason },
  })),
  fc
    .tuple(one, fc.uniqueArray(fc.tuple(fc.constantFrom(...seats), fc.constantFrom('2026-06-18', '2026-07-20')), partly))
    .map(([id, list]) => () => ({
      path: `/obligations/${id}/split`,
      body: { parts: list.map(([seat, due]) => ({ ...seat, due })), reason },
    })),
  one.map((id) => () => ({ path: `/obligations/${id}/join`, body: { reason } })),
)

async function run({ path, body, records, by }: Step): Promise<number> {
  const answer = await (by === 'director' ? director : clerk).post(path, body)
  // Parts of a split one take part from now on.
  if (answer.status === 200 && answer.body.parts)
    for (const part of answer.body.parts) if (owed.length < 60 && !owed.includes(part.id)) owed.push(part.id)
  if (answer.status === 200 && records) acts.push(answer.body.id)
  return answer.status
}

describe('the tallies', () => {
  it('are a fresh count after any sequence, refused steps included', async () => {
    expect(owed.length).toBe(18)
    const seen = new Map<number, number>()
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(step, fc.nat(1000)), { minLength: 4, maxLength: 12 }), async (steps) => {
        for (const [make, pick] of steps) {
          const status = await run(make(pick))
          seen.set(status, (seen.get(status) ?? 0) + 1)
        }
        expect(await wrong()).toBe(0)
      }),
      { numRuns: 12 },
    )
    // The sequences did do things, and nothing failed that was not a refusal.
    expect(seen.get(200) ?? 0).toBeGreaterThan(10)
    expect([...seen.keys()].filter((status) => status >= 500)).toEqual([])
  })

  it('are a fresh count when the steps come all at once, and nobody waits for ever', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(step, fc.nat(1000)), { minLength: 8, maxLength: 16 }), async (steps) => {
        const statuses = await Promise.all(steps.map(([make, pick]) => run(make(pick))))
        expect(statuses.filter((status) => status >= 500)).toEqual([])
        expect(await wrong()).toBe(0)
      }),
      { numRuns: 20 },
    )
  })

  it('that were tampered with are found and put right', async () => {
    await h.owner.unsafe(`UPDATE tally SET open = open + 1 WHERE ctid = (SELECT ctid FROM tally WHERE tenant_id = '${tenant}' LIMIT 1)`)
    expect(await wrong()).toBe(1)
    expect(await wrong()).toBe(0)
  })
})
