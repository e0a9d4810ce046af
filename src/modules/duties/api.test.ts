import { describe, expect, it } from 'vitest'
import { house, personId, postId, unitId } from '../../../test/harness.ts'

const h = await house()
const clerk = await h.as('clerk')
const works = { unit: unitId('a', 'works'), post: postId('a', 'head'), person: null }
const monthly = {
  title: '每月检查一次项目现场',
  body: '',
  kind: 'dual',
  polarity: 'positive',
  measure: '现场记录 1 份',
  rrule: 'FREQ=MONTHLY',
  due: null,
  since: '2026-03-01',
  holders: [works],
}
const owed = async (duty: string, query: Record<string, string> = {}) =>
  (await clerk.get('/obligations', { because: duty, limit: 200, ...query })).body.items

describe('a duty', () => {
  it('ends at whoever is in the post, and is owed for every period from its beginning to the horizon', async () => {
    const added = await clerk.post('/duties', monthly)
    expect(added.status).toBe(200)
    expect(added.body).toMatchObject({
      title: monthly.title,
      state: 'active',
      basis: null,
      holders: [{ unit: { name: '工程科' }, post: { name: '工程科科长' }, persons: [{ id: personId('a', 'head'), name: '王建业' }] }],
      actions: ['assign', 'release', 'terms', 'change', 'decompose', 'move', 'end', 'retract'],
    })
    const items = await owed(added.body.id)
    expect(items.map((one: { period: string }) => one.period)).toEqual([
      ...['2026-03', '2026-04', '2026-05', '2026-06', '2026-07', '2026-08', '2026-09', '2026-10', '2026-11', '2026-12'],
      ...['2027-01', '2027-02', '2027-03', '2027-04', '2027-05', '2027-06'],
    ])
    // Three months have passed, June is due on its last working day and not in its last third yet.
    expect(items.slice(0, 5).map((one: { light: string; due: string; left: number }) => [one.light, one.due, one.left])).toEqual([
      ['red', '2026-03-31', -51],
      ['red', '2026-04-30', -30],
      ['red', '2026-05-29', -11],
      ['green', '2026-06-30', 10],
      ['green', '2026-07-31', 33],
    ])
    expect(added.body.lights).toEqual({ green: 13, yellow: 0, red: 3, grey: 0 })
    expect(items.every((one: { holder: { id: string } }) => one.holder.id === personId('a', 'head'))).toBe(true)
  })

  it('once by a day makes one, standing none, and a vacant post none: it is shown as a gap', async () => {
    const once = await clerk.post('/duties', { ...monthly, rrule: null, due: '2026-08-31' })
    expect((await owed(once.body.id)).map((one: { period: string; due: string }) => [one.period, one.due])).toEqual([
      ['once', '2026-08-31'],
    ])
    const standing = await clerk.post('/duties', { ...monthly, rrule: null })
    expect(await owed(standing.body.id)).toEqual([])
    const vacant = await clerk.post('/duties', {
      ...monthly,
      holders: [{ unit: unitId('a', 'station'), post: postId('a', 'stationHead'), person: null }],
    })
    expect(vacant.body.holders).toMatchObject([{ post: { name: '质量监督站站长' }, persons: [] }])
    expect(await owed(vacant.body.id)).toEqual([])
  })

  it('is found by kind, unit, person, state and words', async () => {
    await clerk.post('/duties', {
      ...monthly,
      title: '每季度讲一次廉政党课',
      kind: 'branch',
      rrule: 'FREQ=MONTHLY;INTERVAL=3',
      holders: [{ unit: unitId('a', 'branch'), post: postId('a', 'secretary'), person: null }],
    })
    const titles = async (query: Record<string, string>) =>
      (await clerk.get('/duties', query)).body.items.map((one: { title: string }) => one.title)
    expect(await titles({ kind: 'branch' })).toEqual(['每季度讲一次廉政党课'])
    expect(await titles({ q: '党课' })).toEqual(['每季度讲一次廉政党课'])
    expect(await titles({ unit: unitId('a', 'branch') })).toEqual(['每季度讲一次廉政党课'])
    // The head of works is the branch's secretary too.
    expect(await titles({ person: personId('a', 'head') })).toContain('每季度讲一次廉政党课')
    expect(await titles({ person: personId('a', 'staff') })).toEqual([])
    expect(await titles({ state: 'ended' })).toEqual([])
  })

  it.each([
    ['no holder', { holders: [] }, 'request.invalid', '/holders'],
    ['a post and a person', { holders: [{ ...works, person: personId('a', 'head') }] }, 'duty.holder_both', '/holders/0'],
    ['neither', { holders: [works, { ...works, post: null }] }, 'duty.holder_both', '/holders/1'],
    ['a post of another unit', { holders: [{ ...works, unit: unitId('a', 'general') }] }, 'duty.post_elsewhere', '/holders/0'],
    ['a post of another office', { holders: [{ ...works, post: postId('b', 'head') }] }, 'duty.absent_holder', '/holders/0'],
    ['a due day before it begins', { rrule: null, due: '2026-02-28' }, 'duty.due_before_since', '/due'],
    ['a day there is not', { since: '2026-02-30' }, 'day.unknown', '/since'],
    ['a cadence nobody keeps', { rrule: 'FREQ=MONTHLY;INTERVAL=5' }, 'calendar.bad_cadence', 'INTERVAL=5'],
  ])('with %s is refused with the place, and nothing is left of it', async (_, change, code, at) => {
    const before = (await clerk.get('/duties', { limit: 200 })).body.items.length
    const refused = await clerk.post('/duties', { ...monthly, ...change })
    expect([refused.status, refused.body.error.code, refused.body.error.at[0]?.at]).toEqual([400, code, at])
    expect((await clerk.get('/duties', { limit: 200 })).body.items.length).toBe(before)
  })

  it('is written by the clerk only', async () => {
    expect((await (await h.as('head')).post('/duties', monthly)).body.error).toMatchObject({ code: 'may.not' })
  })
})

describe('more holders', () => {
  it('owe from the day they were added; whoever owed it already owes it once', async () => {
    const { body: duty } = await clerk.post('/duties', monthly)
    const before = (await owed(duty.id)).length
    const head = await h.as('head')
    const answer = await head.post(`/duties/${duty.id}/holders`, {
      since: '2026-06-15',
      holders: [works, { unit: unitId('a', 'works'), post: null, person: personId('a', 'staff') }],
    })
    expect(answer.status).toBe(200)
    const items = await owed(duty.id)
    const theirs = items.filter((one: { holder: { id: string } }) => one.holder.id === personId('a', 'staff'))
    // From the 15th half of June remains, so it counts.
    expect(theirs[0]).toMatchObject({ period: '2026-06', opens: '2026-06-15', due: '2026-06-30' })
    expect(items.length).toBe(before + theirs.length)
  })

  it('outside of one’s scope or before the duty began are refused', async () => {
    const { body: duty } = await clerk.post('/duties', monthly)
    const general = { unit: unitId('a', 'general'), post: postId('a', 'clerk'), person: null }
    const head = await h.as('head')
    expect((await head.post(`/duties/${duty.id}/holders`, { since: '2026-06-15', holders: [general] })).status).toBe(403)
    const early = await clerk.post(`/duties/${duty.id}/holders`, { since: '2026-02-01', holders: [works] })
    expect(early.body.error).toMatchObject({ code: 'duty.ends_before_since', at: [{ at: '/since' }] })
  })
})

describe('the end of a duty', () => {
  it('waives what is due after it, with its reason, and happens once', async () => {
    const { body: duty } = await clerk.post('/duties', monthly)
    const head = await h.as('head')
    const ended = await head.post(`/duties/${duty.id}/end`, { until: '2026-06-30', reason: '部署已完成' })
    expect(ended.body).toMatchObject({
      state: 'ended',
      until: '2026-07-01',
      lights: { red: 3, green: 1, yellow: 0, grey: 12 },
      actions: [],
    })
    const july = (await owed(duty.id)).find((one: { period: string }) => one.period === '2026-07')
    expect((await clerk.get(`/obligations/${july.id}`)).body.events.at(-1)).toMatchObject({
      kind: 'waived',
      reason: '部署已完成',
      by: '王建业',
    })
    const again = await clerk.post(`/duties/${duty.id}/end`, { until: '2026-06-30', reason: '再来一次' })
    expect([again.status, again.body.error.code, again.body.error.params.who]).toEqual([409, 'move.late', '王建业'])
  })

  it('does not lie before its beginning', async () => {
    const { body: duty } = await clerk.post('/duties', monthly)
    const refused = await clerk.post(`/duties/${duty.id}/end`, { until: '2026-02-01', reason: '写错了' })
    expect(refused.body.error).toMatchObject({ code: 'duty.ends_before_since', at: [{ at: '/until' }] })
  })
})

describe('looking back', () => {
  it('a duty is in force on the days before it was ended, and absent before it was written', async () => {
    h.setNow('2026-06-16T02:00:00Z')
    const { body: duty } = await clerk.post('/duties', monthly)
    h.setNow('2026-06-17T02:00:00Z')
    await clerk.post(`/duties/${duty.id}/holders`, {
      since: '2026-06-01',
      holders: [{ ...works, post: null, person: personId('a', 'staff') }],
    })
    await clerk.post(`/duties/${duty.id}/end`, { until: '2026-06-30', reason: '部署已完成' })
    const then = await clerk.get(`/duties/${duty.id}`, { asOf: '2026-06-16' })
    expect(then.body).toMatchObject({ state: 'active', until: null, lights: { grey: 0 }, actions: [] })
    expect(then.body.holders.length).toBe(1)
    const ended = async (state: string) =>
      (await clerk.get('/duties', { asOf: '2026-06-16', state, limit: 200 })).body.items.some((one: { id: string }) => one.id === duty.id)
    expect([await ended('active'), await ended('ended')]).toEqual([true, false])
    expect((await clerk.get(`/duties/${duty.id}`, { asOf: '2026-06-15' })).status).toBe(404)
    expect((await clerk.post('/duties?asOf=2026-06-16', monthly)).body.error.code).toBe('asof.read_only')
  })
})
