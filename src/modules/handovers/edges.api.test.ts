import { describe, expect, it } from 'vitest'
import { type Answer, type Client, house, password, personId, postId, tenantId, unitId } from '../../../test/harness.ts'

/** What lies at the edges of a handover: pledges, acts that wait, who owes the same already, a duty that several carry, a unit that is no more. */

const h = await house()
const [clerk, head, staff] = [await h.as('clerk'), await h.as('head'), await h.as('staff')]
const person = (key: Parameters<typeof personId>[1]) => personId('a', key)
const works = unitId('a', 'works')
type Line = { id: string; title: string; part: string; ways: string[]; light: string | null; due: string | null }
const linesIn = (sheet: Answer, part: string): Line[] =>
  sheet.body.groups.find((group: { part: string }) => group.part === part)?.lines ?? []
const sign = async (who: Client, id: string) =>
  who.post(`/handovers/${id}/confirm`, { mark: (await who.get(`/handovers/${id}`)).body.mark, password })
const duty = async (title: string, holders: object[], more: object = {}) => {
  const made = await clerk.post('/duties', {
    ...{ title, body: '', kind: 'dual', polarity: 'positive', measure: null, rrule: null, due: '2026-08-31', since: '2026-01-01', holders },
    ...more,
  })
  expect(made.body.error).toBeUndefined()
  return made.body.id as string
}
const named = (key: Parameters<typeof personId>[1]) => ({ unit: works, post: null, person: person(key) })
const open = async (key: Parameters<typeof personId>[1], day = '2026-06-15') =>
  clerk.post('/handovers', { person: person(key), reason: 'transferred', day })

describe('what is handed over beside duties', () => {
  it('says records that wait and grants, ends pledges, and makes nobody owe the same twice', async () => {
    const both = await duty('建立风险台账', [named('head'), named('staff')])
    const round = await clerk.post('/pledges/rounds', { year: 2026, kind: 'promise', due: '2026-06-30' })
    expect(round.body.error).toBeUndefined()
    await clerk.post('/acts', { what: '主持科务会', happenedOn: '2026-06-12', doneBy: person('head') })
    const sheet = await open('head')
    const { id } = sheet.body
    expect(linesIn(sheet, 'pledge')).toMatchObject([{ title: expect.stringContaining('承诺书'), way: 'end' }])
    expect(linesIn(sheet, 'confirmation')).toMatchObject([{ title: '主持科务会', ways: [], way: null }])
    expect(linesIn(sheet, 'grant')).toMatchObject([{ title: '领导', unit: { id: works }, ways: [] }])
    // To sign is owed by one's own hand: it is no line to be handed over.
    expect(linesIn(sheet, 'obligation').map((line) => line.title)).toEqual(['建立风险台账'])
    await clerk.post(`/handovers/${id}/lines`, { to: person('staff') })
    expect((await clerk.post(`/handovers/${id}/send`)).body.state).toBe('out')
    expect((await sign(head, id)).body.state).toBe('out')
    expect((await sign(staff, id)).body.state).toBe('done')
    const owed = (await clerk.get('/obligations', { because: both })).body.items
    expect(owed.map((one: { state: string; holder: { id: string } }) => [one.state, one.holder.id]).sort()).toEqual([
      ['open', person('staff')],
      ['waived', person('head')],
    ])
    const pledge = (await clerk.get('/pledges', { person: person('head') })).body.items[0]
    expect(pledge.state).toBe('withdrawn')
    expect((await clerk.get('/obligations', { because: pledge.id })).body.items).toMatchObject([{ state: 'waived' }])
    const held = await h.owner.unsafe('SELECT person_id FROM duty_holder WHERE duty_id = $1 AND until IS NULL', [both])
    expect(held.map((row) => row.person_id)).toEqual([person('staff')])
  })
})

describe('a duty that several carry', () => {
  it('stays with the post: it is not put under one name', async () => {
    await clerk.post('/org/appointments', {
      person: person('head'),
      post: postId('a', 'staff'),
      kind: 'regular',
      since: '2026-06-15',
      until: null,
    })
    await duty('每月填报', [{ unit: works, post: postId('a', 'staff'), person: null }], { kind: 'task', due: null, rrule: 'FREQ=MONTHLY' })
    const sheet = await open('staff', '2026-06-16')
    const { id } = sheet.body
    const line = linesIn(sheet, 'duty').find((one) => one.title === '每月填报')
    expect(line).toMatchObject({ to: { id: person('head') }, others: ['王建业'] })
    await clerk.post(`/handovers/${id}/lines`, { to: person('head') })
    const other = await clerk.post(`/handovers/${id}/lines`, { lines: [{ part: 'duty', id: line?.id, way: 'to', to: person('clerk') }] })
    expect([other.status, other.body.error?.code, other.body.error?.at?.[0]?.at]).toEqual([409, 'duty.post_shared', '/lines/0/to'])
    await clerk.post(`/handovers/${id}/send`)
    h.setNow('2026-06-16T02:00:00Z')
    await sign(staff, id)
    expect((await sign(head, id)).body.state).toBe('done')
    const seats = await h.owner.unsafe('SELECT post_id, person_id, until FROM duty_holder WHERE id = $1', [line?.id ?? ''])
    expect(seats[0]).toMatchObject({ post_id: postId('a', 'staff'), person_id: null, until: null })
  })
})

describe('two who sign at once', () => {
  it('make one handover', async () => {
    await duty('同时签', [named('deputy')])
    const { id } = (await open('deputy', '2026-06-16')).body
    await clerk.post(`/handovers/${id}/lines`, { to: person('clerk') })
    await clerk.post(`/handovers/${id}/send`)
    const deputy = await h.as('deputy')
    const both = await Promise.all([sign(deputy, id), sign(clerk, id)])
    expect(both.map((one) => one.status)).toEqual([200, 200])
    expect((await clerk.get(`/handovers/${id}`)).body.state).toBe('done')
    const charges = await h.owner.unsafe(
      'SELECT count(*)::int AS n FROM charge WHERE tenant_id = $1 AND until IS NULL AND voided_at IS NULL',
      [tenantId('a')],
    )
    expect(charges[0]?.n).toBe(1)
  })
})
