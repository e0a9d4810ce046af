import { describe, expect, it } from 'vitest'
import { house, password, personId, postId, tenantId, unitId } from '../../../test/harness.ts'

const h = await house({ budget: 'shipped' })
const clerk = await h.as('clerk')
const director = await h.as('director')
const deputy = await h.as('deputy')
const staff = { unit: unitId('a', 'works'), post: postId('a', 'staff'), person: null }
const plain = { body: '', kind: 'task', polarity: 'positive', measure: null, rrule: null, due: null, since: '2026-06-01', holders: [staff] }
const monthly = { ...plain, title: '每月核对台账', rrule: 'FREQ=MONTHLY' }
const owed = async (because: string) => (await clerk.get('/obligations', { because, limit: 100 })).body.items
const add = async (change: object) => (await clerk.post('/duties', { ...monthly, ...change })).body

describe('the load', () => {
  it('is shown before anything is issued: per person, in minutes, beside the budget, and who would sign', async () => {
    const { kind, rrule, due, since, holders } = {
      ...monthly,
      holders: [staff, { unit: unitId('a', 'works'), post: postId('a', 'head'), person: null }],
    }
    const { body } = await clerk.post('/duties/load', { kind, rrule, due, since, holders })
    expect(body).toMatchObject({
      over: true,
      first: [{ name: '周明远' }],
      persons: [
        { person: { name: '陈小禾' }, class: 'staff', budget: 6, has: 0, adds: 12, minutes: 360, over: true },
        { person: { name: '王建业' }, class: 'head', budget: null, over: false },
      ],
    })
    expect((await h.owner`SELECT 1 FROM duty`).length).toBe(0)
  })
  it('within the budget waits for nobody', async () => {
    const once = await add({ title: '年内一次', rrule: null, due: '2026-12-01' })
    expect(once.state).toBe('active')
    expect(await owed(once.id)).toHaveLength(1)
    expect((await clerk.post(`/duties/${once.id}/retract`, { reason: '写错了' })).status).toBe(200)
  })
})

describe('above the budget', () => {
  it('waits for the first responsible; nothing is owed before; the signature takes the password', async () => {
    const duty = await add({})
    expect([duty.state, await owed(duty.id)]).toEqual(['awaiting', []])
    const list = (await clerk.get('/duties/awaiting')).body
    expect(list).toMatchObject({ signs: false, first: [{ name: '周明远' }] })
    expect(list.items[0]).toMatchObject({
      duty: { id: duty.id },
      what: 'assume',
      state: 'awaiting',
      by: { name: '郑文清' },
      actions: ['drop'],
    })
    expect((await director.get('/duties/awaiting')).body.items[0].actions).toEqual(['approve', 'refuse'])
    const sign = (who = director, word = password) => who.post(`/duties/${duty.id}/approve`, { password: word })
    expect((await sign(director, 'not mine')).body.error.code).toBe('password.wrong')
    expect((await sign(deputy)).body.error).toMatchObject({ code: 'duty.not_first', params: { who: '周明远' } })
    expect((await sign(clerk)).body.error.code).toBe('may.not')
    expect(await owed(duty.id)).toEqual([])
    h.setNow('2026-06-20T02:00:00Z')
    expect((await sign()).body).toMatchObject({ state: 'active' })
    expect((await owed(duty.id)).length).toBeGreaterThan(11)
    expect((await sign()).body.error.code).toBe('duty.nothing_pending')
    expect((await clerk.get('/duties/awaiting')).body.items).toEqual([])
    const kinds = await h.owner`SELECT kind FROM ledger_entry WHERE tenant_id = ${tenantId('a')} ORDER BY at, id`
    expect(kinds.map((one) => one.kind)).toEqual(expect.arrayContaining(['duty.issued_above_budget', 'duty.approved']))
    // On the 18th it was still waiting.
    expect((await clerk.get(`/duties/${duty.id}`, { asOf: '2026-06-18' })).body.state).toBe('awaiting')
    h.setNow('2026-06-15T02:00:00Z')
  })

  it('is sent back with a reason, handed in again by its drafter, and signed or given up', async () => {
    const duty = await add({ title: '每月巡查' })
    expect((await director.post(`/duties/${duty.id}/refuse`, { reason: '' })).status).toBe(400)
    expect((await director.post(`/duties/${duty.id}/refuse`, { reason: '先减掉台账' })).body.state).toBe('returned')
    const mine = (await clerk.get('/duties/awaiting')).body.items.find((one: { duty: { id: string } }) => one.duty.id === duty.id)
    expect(mine).toMatchObject({ state: 'returned', reason: '先减掉台账', actions: ['submit', 'drop'] })
    expect((await director.post(`/duties/${duty.id}/submit`)).body.error).toMatchObject({ code: 'duty.not_drafter' })
    expect((await clerk.post(`/duties/${duty.id}/submit`)).body.state).toBe('awaiting')
    expect((await clerk.post(`/duties/${duty.id}/drop`)).body.state).toBe('retracted')
    expect((await director.post(`/duties/${duty.id}/approve`, { password })).body.error.code).toBe('duty.nothing_pending')
    expect(await owed(duty.id)).toEqual([])
  })

  it('further holders of a duty wait too, and the duty goes on as it was', async () => {
    const head = { unit: unitId('a', 'works'), post: postId('a', 'head'), person: null }
    const duty = await add({ title: '每月例会', holders: [head] })
    const before = (await owed(duty.id)).length
    const assigned = await clerk.post(`/duties/${duty.id}/holders`, { since: '2026-06-01', holders: [staff] })
    expect(assigned.body).toMatchObject({ state: 'active', holders: [{ post: { name: '工程科科长' } }] })
    expect((await owed(duty.id)).length).toBe(before)
    expect((await clerk.post(`/duties/${duty.id}/holders`, { since: '2026-06-01', holders: [staff] })).body.error.code).toBe('duty.pending')
    expect((await director.post(`/duties/${duty.id}/approve`, { password })).body.holders).toHaveLength(2)
    const names = new Set((await owed(duty.id)).map((one: { holder: { name: string } }) => one.holder.name))
    expect([...names].toSorted()).toEqual(['王建业', '陈小禾'].toSorted())
  })

  it('days that passed while it waited are asked of nobody', async () => {
    const duty = await add({
      title: '六月二十日前',
      rrule: null,
      due: '2026-06-19',
      holders: [{ unit: unitId('a', 'works'), post: null, person: personId('a', 'staff') }],
    })
    expect(duty.state).toBe('awaiting')
    h.setNow('2026-06-22T02:00:00Z')
    expect((await director.post(`/duties/${duty.id}/approve`, { password })).body.state).toBe('active')
    expect(await owed(duty.id)).toEqual([])
    h.setNow('2026-06-15T02:00:00Z')
  })

  it('a change that asks for more is not a way round the signature; one that asks for less needs none', async () => {
    const quarterly = await add({ title: '每季度核对', rrule: 'FREQ=MONTHLY;INTERVAL=3', since: '2026-07-01' })
    const signed = quarterly.state === 'awaiting' ? (await director.post(`/duties/${quarterly.id}/approve`, { password })).body : quarterly
    expect(signed.state).toBe('active')
    const before = await owed(quarterly.id)
    const more = await clerk.post(`/duties/${quarterly.id}/change`, { since: '2026-07-01', reason: '要勤', rrule: 'FREQ=WEEKLY' })
    expect([more.status, more.body.error.code, more.body.error.params.who]).toEqual([409, 'duty.change_above_budget', '陈小禾'])
    expect([await owed(quarterly.id), (await clerk.get(`/duties/${quarterly.id}/versions`)).body.items.length]).toEqual([before, 1])
    const less = await clerk.post(`/duties/${quarterly.id}/change`, { since: '2026-07-01', reason: '减负', rrule: 'FREQ=YEARLY' })
    expect([less.status, less.body.coming]).toEqual([200, { version: 2, since: '2026-07-01' }])
  })
})
