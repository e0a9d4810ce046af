import { describe, expect, it } from 'vitest'
import { house, personId, postId, unitId } from '../../../test/harness.ts'

const h = await house()
const clerk = await h.as('clerk')
const works = { unit: unitId('a', 'works'), post: postId('a', 'head'), person: null }
const staff = { unit: unitId('a', 'works'), post: null, person: personId('a', 'staff') }
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
const added = async (change: object = {}) => (await clerk.post('/duties', { ...monthly, ...change })).body
type Item = { id: string; period: string; light: string; title: string; kind: string; due: string; state: string; holder: { id: string } }
const owed = async (duty: string): Promise<Item[]> => (await clerk.get('/obligations', { because: duty, limit: 200 })).body.items
const open = async (duty: string) => (await owed(duty)).filter((one) => one.state === 'open').map((one) => one.period)
/** What is counted is what there is. */
const tallied = async () => {
  const [row] = await h.owner.unsafe(`SELECT count(*)::int AS n FROM
    (SELECT unit_id, kind, due, warn_from, sum(open)::int AS open, sum(waived)::int AS waived FROM tally GROUP BY 1, 2, 3, 4) t
    FULL JOIN (SELECT unit_id, kind, due, warn_from, count(*) FILTER (WHERE state = 'open')::int AS open, count(*) FILTER (WHERE state = 'waived')::int AS waived
      FROM obligation GROUP BY 1, 2, 3, 4) o USING (unit_id, kind, due, warn_from)
    WHERE coalesce(t.open, 0) <> coalesce(o.open, 0) OR coalesce(t.waived, 0) <> coalesce(o.waived, 0)`)
  return row?.n
}

describe('a change from a day on', () => {
  it('is a new version; the day before still says what it said, and what was recorded later was not known', async () => {
    const duty = await added()
    const changed = await clerk.post(`/duties/${duty.id}/change`, { since: '2026-06-10', reason: '上级明确了标准', body: '须有整改闭环' })
    expect(changed.body).toMatchObject({ version: 2, versionSince: '2026-06-10', body: '须有整改闭环', title: monthly.title, coming: null })
    expect(changed.body.actions).toContain('undoChange')
    const { items } = (await clerk.get(`/duties/${duty.id}/versions`)).body
    expect(items).toMatchObject([
      { version: 2, since: '2026-06-10', until: null, reason: '上级明确了标准', by: '郑文清', inForce: true, changed: ['body'] },
      { version: 1, since: '2026-03-01', until: '2026-06-10', reason: null, inForce: false, changed: [] },
    ])
    const compared = (await clerk.get(`/duties/${duty.id}/compare`, { before: 1, after: 2 })).body
    expect(compared.fields).toEqual([{ field: 'body', runs: [{ op: 'new', text: '须有整改闭环' }] }])
    h.setNow('2026-06-16T02:00:00Z')
    expect((await clerk.get(`/duties/${duty.id}`, { asOf: '2026-06-15' })).body).toMatchObject({ version: 2, body: '须有整改闭环' })
    h.setNow('2026-06-15T02:00:00Z')
  })

  it('of the cadence moves only what has not begun, says so, and can be undone', async () => {
    const duty = await added()
    const reason = '改为每季度'
    const change = { since: '2026-08-01', reason, rrule: 'FREQ=MONTHLY;INTERVAL=3' }
    const changed = await clerk.post(`/duties/${duty.id}/change`, change)
    // The change is known but not in force yet.
    expect(changed.body).toMatchObject({ version: 1, rrule: 'FREQ=MONTHLY', coming: { version: 2, since: '2026-08-01' } })
    // Of the quarter that is under way most of its days remain, so it counts.
    expect(await open(duty.id)).toEqual(['2026-03', '2026-04', '2026-05', '2026-06', '2026-07', '2026-Q3', '2026-Q4', '2027-Q1', '2027-Q2'])
    const august = (await owed(duty.id)).find((one) => one.period === '2026-08')
    expect(august).toMatchObject({ state: 'waived' })
    expect((await clerk.get(`/obligations/${august?.id}`)).body.events.at(-1)).toMatchObject({ kind: 'waived', reason, by: '郑文清' })
    const undone = await clerk.post(`/duties/${duty.id}/change/undo`)
    expect(undone.body).toMatchObject({ version: 1, coming: null })
    expect(await open(duty.id)).toEqual([
      ...['2026-03', '2026-04', '2026-05', '2026-06', '2026-07', '2026-08', '2026-09', '2026-10', '2026-11', '2026-12'],
      ...['2027-01', '2027-02', '2027-03', '2027-04', '2027-05', '2027-06'],
    ])
    expect((await clerk.get(`/duties/${duty.id}/versions`)).body.items[0]).toMatchObject({
      version: 2,
      undoneAt: '2026-06-15T02:00:00.000Z',
    })
    expect((await clerk.post(`/duties/${duty.id}/change/undo`)).body.error.code).toBe('duty.no_change')
    expect(await tallied()).toBe(0)
  })

  it('of words and kind reaches what is still to come and leaves what began as it was called', async () => {
    const duty = await added()
    await clerk.post(`/duties/${duty.id}/change`, { since: '2026-07-01', reason: '合并到业务任务', title: '每月检查项目', kind: 'task' })
    const items = await owed(duty.id)
    expect(items.filter((one) => one.title === '每月检查项目' && one.kind === 'task').map((one) => one.period)[0]).toBe('2026-07')
    expect(items.find((one) => one.period === '2026-06')).toMatchObject({ title: monthly.title, kind: 'dual' })
    expect(await tallied()).toBe(0)
  })

  it('of the due day moves what is owed once', async () => {
    const duty = await added({ rrule: null, due: '2026-08-31' })
    await clerk.post(`/duties/${duty.id}/change`, { since: '2026-06-15', reason: '工期延长', due: '2026-10-31' })
    expect((await owed(duty.id)).map((one) => [one.period, one.due, one.state])).toEqual([['once', '2026-10-31', 'open']])
    expect(await tallied()).toBe(0)
  })

  it('is carried on at night: what comes within the horizon follows the version of its day', async () => {
    const duty = await added({ since: '2026-06-01' })
    await clerk.post(`/duties/${duty.id}/change`, { since: '2027-01-01', reason: '明年起每季度', rrule: 'FREQ=MONTHLY;INTERVAL=3' })
    expect((await open(duty.id)).slice(-3)).toEqual(['2026-12', '2027-Q1', '2027-Q2'])
  })

  it.each([
    ['nothing', { title: monthly.title }, 400, 'duty.nothing', undefined],
    ['an aspect of a duty that is not the first responsible’s', { aspect: 'deploy' }, 400, 'duty.aspect_kind', '/aspect'],
    ['an aspect nobody knows', { kind: 'first', aspect: 'photograph' }, 400, 'duty.aspect_unknown', '/aspect'],
    ['a due day before it takes effect', { rrule: null, due: '2026-06-30' }, 400, 'duty.due_before_since', '/due'],
  ])('to %s is refused', async (_, change, status, code, at) => {
    const duty = await added()
    const refused = await clerk.post(`/duties/${duty.id}/change`, { since: '2026-07-01', reason: '试试', ...change })
    expect([refused.status, refused.body.error.code, refused.body.error.at[0]?.at]).toEqual([status, code, at])
    expect((await clerk.get(`/duties/${duty.id}/versions`)).body.items.length).toBe(1)
  })

  it('begins no earlier than the last one', async () => {
    const duty = await added()
    await clerk.post(`/duties/${duty.id}/change`, { since: '2026-07-01', reason: '第一次', measure: '记录 2 份' })
    const early = await clerk.post(`/duties/${duty.id}/change`, { since: '2026-06-30', reason: '第二次', measure: '记录 3 份' })
    expect([early.status, early.body.error.code]).toEqual([409, 'duty.version_before'])
    const same = await clerk.post(`/duties/${duty.id}/change`, { since: '2026-07-01', reason: '第二次', measure: '记录 3 份' })
    expect(same.body.coming).toEqual({ version: 3, since: '2026-07-01' })
  })

  it('cannot be undone once something made by it is done', async () => {
    const duty = await added({ since: '2026-06-01' })
    await clerk.post(`/duties/${duty.id}/change`, { since: '2026-06-15', reason: '改为每周', rrule: 'FREQ=WEEKLY' })
    const week = (await owed(duty.id)).find((one) => one.period === '2026-W25')
    expect(week).toMatchObject({ state: 'open' })
    const head = await h.as('head')
    expect((await head.post('/acts', { what: '检查了现场', happenedOn: '2026-06-15', discharges: [week?.id] })).status).toBe(200)
    expect((await clerk.post(`/duties/${duty.id}/change/undo`)).body.error).toMatchObject({
      code: 'duty.undo_settled',
      params: { count: 1 },
    })
  })

  it('is for whoever reaches all its units', async () => {
    const duty = await added({ holders: [works, { unit: unitId('a', 'general'), post: postId('a', 'clerk'), person: null }] })
    const head = await h.as('head')
    expect((await head.post(`/duties/${duty.id}/change`, { since: '2026-07-01', reason: '试试', title: '别的' })).status).toBe(403)
  })

  it('one after the other from two hands: the second stands on the first', async () => {
    const duty = await added()
    const answers = await Promise.all(
      ['甲', '乙', '丙'].map((title) => clerk.post(`/duties/${duty.id}/change`, { since: '2026-07-01', reason: '同时', title })),
    )
    expect(answers.map((one) => one.status)).toEqual([200, 200, 200])
    expect((await clerk.get(`/duties/${duty.id}/versions`)).body.items.map((one: { version: number }) => one.version)).toEqual([4, 3, 2, 1])
  })
})

describe('a holder who is released', () => {
  it('keeps what began, owes nothing that begins later, and the others go on', async () => {
    const duty = await added({ holders: [works, staff] })
    const holder = duty.holders.find((one: { post: unknown }) => one.post === null)
    const released = await clerk.post(`/duties/${duty.id}/release`, { holder: holder.id, until: '2026-07-01', reason: '调离' })
    expect(released.status).toBe(200)
    expect(released.body.holders.find((one: { id: string }) => one.id === holder.id)).toMatchObject({ until: '2026-07-01' })
    const theirs = (await owed(duty.id)).filter((one) => one.holder.id === personId('a', 'staff'))
    expect(theirs.filter((one) => one.state === 'open').map((one) => one.period)).toEqual(['2026-03', '2026-04', '2026-05', '2026-06'])
    const others = (await owed(duty.id)).filter((one) => one.holder.id === personId('a', 'head'))
    expect(others.every((one) => one.state === 'open')).toBe(true)
    expect(await tallied()).toBe(0)
    const again = await clerk.post(`/duties/${duty.id}/release`, { holder: holder.id, until: '2026-08-01', reason: '再来' })
    expect(again.body.error.code).toBe('duty.holder_gone')
    const last = duty.holders.find((one: { post: unknown }) => one.post !== null)
    const refused = await clerk.post(`/duties/${duty.id}/release`, { holder: last.id, until: '2026-08-01', reason: '都走' })
    expect(refused.body.error.code).toBe('duty.last_holder')
  })
})

describe('a duty taken back', () => {
  it('is gone from the lists, owes nothing, and stays readable', async () => {
    const duty = await added()
    const back = await clerk.post(`/duties/${duty.id}/retract`, { reason: '重复写了' })
    expect(back.body).toMatchObject({ state: 'retracted', actions: [], lights: { red: 0, yellow: 0, green: 0 } })
    const listed = async (query: object = {}) =>
      (await clerk.get('/duties', { limit: 200, ...query })).body.items.some((one: { id: string }) => one.id === duty.id)
    expect([await listed(), await listed({ state: 'retracted' })]).toEqual([false, true])
    expect((await clerk.post(`/duties/${duty.id}/retract`, { reason: '再来' })).body.error.code).toBe('move.late')
    expect(await tallied()).toBe(0)
  })

  it('is refused after a week, or when something rests on it', async () => {
    const old = await added()
    const built = await added()
    await clerk.post(`/duties/${built.id}/change`, { since: '2026-07-01', reason: '改一改', measure: '记录 2 份' })
    expect((await clerk.post(`/duties/${built.id}/retract`, { reason: '不要了' })).body.error.code).toBe('duty.retract_built')
    h.setNow('2026-06-24T02:00:00Z')
    expect((await clerk.post(`/duties/${old.id}/retract`, { reason: '不要了' })).body.error.code).toBe('duty.retract_late')
    h.setNow('2026-06-15T02:00:00Z')
  })
})
