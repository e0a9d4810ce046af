import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withTenant } from '#kernel/db.ts'
import { extend } from '#modules/duties/index.ts'
import { eachTenant } from '../../../src/nightly.ts'
import { house, password, personId, postId, tenantId, unitId } from '../../../test/harness.ts'
import { lightOf, type State } from './rules.ts'

/** After any sequence of hand-overs, splits and the rest, on a clock that goes on: one holder a day, no period lost or doubled, no past day's light changed. */

const h = await house()
const [clerk, head, director] = [await h.as('clerk'), await h.as('head'), await h.as('director')]
// Sessions end by the wall's clock.
await h.owner`UPDATE auth.session SET "expiresAt" = '2100-01-01'`
const body = { title: '每月例会', body: '', kind: 'dual', polarity: 'positive', measure: null, rrule: 'FREQ=MONTHLY', due: null }
const holders = [{ unit: unitId('a', 'works'), post: postId('a', 'head'), person: null }]
const duty = (await clerk.post('/duties', { ...body, since: '2026-04-01', holders })).body
if (duty.state === 'awaiting') await director.post(`/duties/${duty.id}/approve`, { password })

type Row = { id: string; state: State; part: number; part_of: string | null; period: string }
const rows = async (): Promise<Row[]> =>
  [...(await h.owner`SELECT id, state, part, part_of, period FROM obligation WHERE because_id = ${duty.id} ORDER BY id`)] as Row[]
const seats = [
  { person: personId('a', 'head'), unit: unitId('a', 'works') },
  { person: personId('a', 'staff'), unit: unitId('a', 'works') },
  { person: personId('a', 'clerk'), unit: unitId('a', 'general') },
]
const reason = '随机'
type Step = (id: string, day: string) => { path: string; body: object; by?: 'head' | 'director' }
const addDay = (day: string, n: number) => new Date(Date.parse(`${day}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10)
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.constantFrom(...seats).map((to) => (id: string) => ({ path: `/obligations/${id}/hand-over`, body: { ...to, reason } })),
  fc.constantFrom(3, 20).map((n) => (id: string, day: string) => ({
    path: `/obligations/${id}/split`,
    body: { parts: seats.slice(0, 2).map((seat) => ({ ...seat, due: addDay(day, n) })), reason },
  })),
  fc.constant((id: string) => ({ path: `/obligations/${id}/join`, body: { reason } })),
  fc.constant((id: string) => ({ path: `/obligations/${id}/waive`, body: { reason }, by: 'director' as const })),
  fc.constant((id: string) => ({ path: `/obligations/${id}/restore`, body: { reason }, by: 'director' as const })),
  fc.constant((id: string, day: string) => ({ path: `/obligations/${id}/due`, body: { due: addDay(day, 60), reason } })),
  fc.constant((id: string, day: string) => ({ path: `/obligations/${id}/bring-forward`, body: { due: addDay(day, 1), reason } })),
  fc.nat(40).map((n) => (id: string, day: string) => ({
    path: '/acts',
    body: { what: '开了例会', happenedOn: addDay(day, -n), discharges: [id], doneBy: personId('a', 'head') },
  })),
)

let day = '2026-06-15'
/** The light of everything on a past day, as the program tells it. */
async function lightsOn(past: string): Promise<Record<string, string>> {
  const { items } = (await director.get('/obligations', { because: duty.id, asOf: past, limit: 200 })).body
  return Object.fromEntries(
    items.map((one: { id: string; light: string; holder: { name: string } }) => [one.id, `${one.light} ${one.holder.name}`]),
  )
}

describe('after any sequence', () => {
  it('one holder each day, each period once, past lights as they were', { timeout: 120_000 }, async () => {
    const seen = new Map<string, Record<string, string>>()
    let done = 0
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(step, fc.nat(999)), { minLength: 3, maxLength: 6 }), async (steps) => {
        for (const [make, pick] of steps) {
          const all = await rows()
          const { path, body: sent, by } = make(all[pick % Math.min(all.length, 12)]?.id ?? '', day)
          const answer = await (by === 'director' ? director : clerk).post(path, sent)
          expect(answer.status).toBeLessThan(500)
          if (answer.status === 200) done += 1
        }
        // The night extends; then the day ends, and what it looked like is kept.
        await eachTenant(h.house, async (ctx) => {
          if (ctx.tenant.id === tenantId('a')) await withTenant(h.pool, ctx.tenant.id, (tx) => extend(tx, ctx, null))
        })
        const before = day
        day = addDay(day, 1)
        h.setNow(`${day}T02:00:00Z`)
        seen.set(before, await lightsOn(before))
        for (const [past, lights] of [...seen].slice(-4)) expect(await lightsOn(past), past).toEqual(lights)

        const all = await rows()
        // No period is without its obligation and none has two wholes.
        const wholes = all.filter((one) => one.part === 0)
        expect(new Set(wholes.map((one) => one.period)).size).toBe(wholes.length)
        expect(wholes.length).toBe(15)
        // What is split is carried by parts, what is not is carried by none.
        for (const whole of all) {
          const parts = all.filter((one) => one.part_of === whole.id && one.state !== 'joined')
          expect(parts.length > 0, `${whole.state} ${parts.length}`).toBe(whole.state === 'split')
        }
        // The events of each are without a gap, so that on each day one state, and in it one holder, is the last.
        const events =
          await h.owner`SELECT obligation_id, array_agg(version ORDER BY version) AS versions, array_agg(recorded_at ORDER BY version) AS at
          FROM obligation_event GROUP BY obligation_id`
        for (const one of events) {
          expect(one.versions).toEqual(one.versions.map((_: number, i: number) => i + 1))
          expect(one.at).toEqual(one.at.toSorted((a: Date, b: Date) => a.getTime() - b.getTime()))
        }
      }),
      { numRuns: 12 },
    )
    expect(done).toBeGreaterThan(10)
    expect(lightOf({ state: 'split', due: '2026-06-30', warnFrom: '2026-06-20' }, '2026-07-01')).toBe('grey')
    expect((await head.get('/obligations/mine')).status).toBe(200)
  })
})
