import { describe, expect, it } from 'vitest'
import { withTenant } from '#kernel/db.ts'
import { house, personId, postId, tenantId, unitId } from '../../../test/harness.ts'
import { burdenOn, recountTally } from './index.ts'

const h = await house()
const clerk = await h.as('clerk')
const head = await h.as('head')
const staff = await h.as('staff')
const deputy = await h.as('deputy')
const director = await h.as('director')
const works = unitId('a', 'works')
const reason = '分头办更快'

type One = {
  id: string
  state: string
  light: string
  due: string
  part: number
  partOf: string | null
  holder: { name: string }
  title: string
}

/** One obligation of the head of works, due on a day; 15 June 2026 is today. */
async function owed(title: string, due = '2026-06-30', holder: object = { unit: works, post: postId('a', 'head'), person: null }) {
  const plain = { body: '', kind: 'task', polarity: 'positive', measure: null, rrule: null, since: '2026-06-01' }
  const duty = await clerk.post('/duties', { ...plain, title, due, holders: [holder] })
  const list = await clerk.get('/obligations', { because: duty.body.id })
  return { duty: duty.body.id as string, id: list.body.items[0].id as string }
}
const read = async (id: string, asOf?: string) => (await clerk.get(`/obligations/${id}`, asOf ? { asOf } : {})).body
const wrongSums = () => withTenant(h.pool, tenantId('a'), (tx) => recountTally(tx, tenantId('a')))
const askedOf = async (person: 'head' | 'staff') => {
  const rows = await withTenant(h.pool, tenantId('a'), (tx) =>
    burdenOn(tx, tenantId('a'), { from: '2026-06', until: '2026-06' }, [personId('a', person)]),
  )
  return rows.reduce((sum, row) => sum + row.asked, 0)
}

describe('bringing forward', () => {
  it('moves the day to an earlier one, says so in the history, and makes nobody late', async () => {
    const { id } = await owed('提前检查')
    const moved = await head.post(`/obligations/${id}/bring-forward`, { due: '2026-06-18', reason: '上级提前来查' })
    expect(moved.body).toMatchObject({ due: '2026-06-18', light: 'yellow' })
    expect((await read(id)).events.at(-1)).toMatchObject({ kind: 'brought_forward', due: '2026-06-18', by: '王建业' })
    const refused = async (due: string) => (await head.post(`/obligations/${id}/bring-forward`, { due, reason: '再提前' })).body.error
    expect(await refused('2026-06-20')).toMatchObject({ code: 'obligation.not_earlier', at: [{ at: '/due' }] })
    expect(await refused('2026-06-12')).toMatchObject({ code: 'obligation.due_passed', at: [{ at: '/due' }] })
    const later = await head.post(`/obligations/${id}/due`, { due: '2026-06-17', reason: '其实是提前' })
    expect(later.body.error).toMatchObject({ code: 'obligation.not_later', at: [{ at: '/due' }] })
  })
})

describe('handing over', () => {
  it('to somebody who left or is not of the unit that day is refused', async () => {
    const { id } = await owed('交给谁')
    const to = { person: personId('a', 'staff'), unit: works, reason: '岗位调整' }
    const refused = async (change: object) => (await clerk.post(`/obligations/${id}/hand-over`, { ...to, ...change })).body.error
    const left = { code: 'obligation.holder_left', params: { day: '2026-06-15' }, at: [{ at: '/person' }] }
    expect(await refused({ unit: unitId('a', 'general') })).toMatchObject(left)
    expect(await refused({ person: personId('a', 'nobody') })).toMatchObject(left)
    await h.owner`UPDATE appointment SET until = '2026-06-15' WHERE tenant_id = ${tenantId('a')} AND person_id = ${personId('a', 'staff')}`
    expect(await refused({})).toMatchObject(left)
    await h.owner`UPDATE appointment SET until = NULL WHERE tenant_id = ${tenantId('a')} AND person_id = ${personId('a', 'staff')}`
    expect((await clerk.post(`/obligations/${id}/hand-over`, to)).status).toBe(200)
    // Whoever is in charge of a unit may take over what lies in it.
    const charge = await clerk.post(`/obligations/${id}/hand-over`, { ...to, person: personId('a', 'deputy') })
    expect(charge.body).toMatchObject({ holder: { name: '吴志成' } })
  })
})

describe('waiving', () => {
  it('is for the superior alone: not oneself, not the clerk, not whoever stands below', async () => {
    const own = await owed('科长的')
    const body = { reason: '职责未变' }
    const codes = async (id: string) => {
      const list = []
      for (const who of [staff, head, clerk]) list.push((await who.post(`/obligations/${id}/waive`, body)).body.error?.code ?? null)
      return list
    }
    expect(await codes(own.id)).toEqual(['may.not', 'obligation.own_waiver', 'obligation.not_superior'])
    expect((await head.get(`/obligations/${own.id}`)).body.obligation.actions).not.toContain('waive')
    expect((await deputy.get(`/obligations/${own.id}`)).body.obligation.actions).toContain('waive')
    expect((await deputy.get('/obligations', { because: own.duty })).body.items[0].actions).toContain('waive')
    expect((await deputy.post(`/obligations/${own.id}/waive`, body)).body).toMatchObject({ state: 'waived', actions: ['restore'] })
    const staffs = await owed('科员的', '2026-06-30', { unit: works, post: null, person: personId('a', 'staff') })
    expect((await head.post(`/obligations/${staffs.id}/waive`, body)).status).toBe(200)
  })

  it('for a leader by the first responsible, for the first responsible by nobody here', async () => {
    const body = { reason: '职责未变' }
    const leaders = await owed('分管领导的', '2026-06-30', { unit: works, post: null, person: personId('a', 'deputy') })
    expect((await deputy.post(`/obligations/${leaders.id}/waive`, body)).body.error).toMatchObject({
      code: 'obligation.own_waiver',
      message: '自己的事项不能自己免除，请由上级决定：周明远。',
    })
    expect((await director.post(`/obligations/${leaders.id}/waive`, body)).status).toBe(200)
    const first = await owed('主任的', '2026-06-30', { unit: unitId('a', 'office'), post: postId('a', 'director'), person: null })
    for (const who of [director, clerk])
      expect((await who.post(`/obligations/${first.id}/waive`, body)).body.error.code).toBe('obligation.no_superior')
  })

  it('for the inspection group, which is sent by another office, by its head alone', async () => {
    const sent = await owed('纪检组的', '2026-06-30', { unit: unitId('a', 'discipline'), post: postId('a', 'supervisor'), person: null })
    const refused = await director.post(`/obligations/${sent.id}/waive`, { reason: '不必了' })
    expect([refused.status, refused.body.error.code]).toEqual([403, 'obligation.no_superior'])
  })
})

describe('splitting', () => {
  const parts = [
    { person: personId('a', 'head'), unit: works, due: '2026-06-20', title: '查台账' },
    { person: personId('a', 'staff'), unit: works, due: '2026-06-30' },
  ]

  it('lets the parts carry it, each with its holder and day; the sums stay right', async () => {
    const [headBefore, staffBefore] = [await askedOf('head'), await askedOf('staff')]
    const { id, duty } = await owed('检查两个工地')
    expect(await askedOf('head')).toBe(headBefore + 1)
    const answer = await head.post(`/obligations/${id}/split`, { parts, reason })
    expect(answer.body.obligation).toMatchObject({ state: 'split', light: 'grey', actions: ['join'], part: 0 })
    expect(answer.body.parts).toMatchObject([
      { title: '查台账', holder: { name: '王建业' }, due: '2026-06-20', light: 'yellow', part: 1, partOf: id, period: 'once' },
      { title: '检查两个工地', holder: { name: '陈小禾' }, due: '2026-06-30', light: 'green', part: 2, partOf: id },
    ])
    expect([await askedOf('head'), await askedOf('staff')]).toEqual([headBefore + 1, staffBefore + 1])
    expect(await wrongSums()).toBe(0)
    expect((await read(id)).events).toMatchObject([{ kind: 'made' }, { kind: 'split', reason, by: '王建业' }])
    const list = (await clerk.get('/obligations', { because: duty })).body.items
    expect(list.map((one: One) => [one.state, one.part]).toSorted()).toEqual([
      ['open', 1],
      ['open', 2],
      ['split', 0],
    ])
    // The whole cannot be discharged any more; its parts are.
    const act = { what: '查了', happenedOn: '2026-06-15' }
    expect((await head.post('/acts', { ...act, discharges: [id] })).body.error).toMatchObject({
      code: 'obligation.settled',
      params: { state: '已拆分' },
    })
    const [first] = answer.body.parts
    expect((await head.post('/acts', { ...act, discharges: [first.id] })).status).toBe(200)
    expect(await wrongSums()).toBe(0)
    // Something was done: the split stays, and the screen does not offer to take it back.
    expect((await head.get(`/obligations/${id}`)).body.obligation.actions).toEqual([])
    expect((await head.post(`/obligations/${id}/join`, { reason: '不拆了' })).body.error).toMatchObject({
      code: 'obligation.part_done',
      params: { who: '王建业' },
    })
    const entries = await h.owner`SELECT content FROM ledger_salt WHERE tenant_id = ${tenantId('a')} AND thing_id = ${id}`
    expect(JSON.parse(String(entries.at(-1)?.content))).toMatchObject({ reason, parts: [{ due: '2026-06-20' }, { due: '2026-06-30' }] })
  })

  it('is taken back while nothing was done, and may be split otherwise then', async () => {
    const { id, duty } = await owed('拆错了')
    h.setNow('2026-06-16T02:00:00Z')
    const split = (await head.post(`/obligations/${id}/split`, { parts, reason })).body
    h.setNow('2026-06-17T02:00:00Z')
    const joined = await head.post(`/obligations/${id}/join`, { reason: '还是一个人办' })
    expect(joined.body.obligation).toMatchObject({ state: 'open', due: '2026-06-30', holder: { name: '王建业' } })
    expect(joined.body.parts).toEqual([])
    expect((await clerk.get('/obligations', { because: duty })).body.items).toHaveLength(1)
    expect((await read(split.parts[1].id)).events.at(-1)).toMatchObject({ kind: 'joined', state: 'joined' })
    expect((await head.post(`/obligations/${id}/join`, { reason: '再撤一次' })).status).toBe(409)
    expect(await wrongSums()).toBe(0)
    // The 16th is as it was: split, with its two parts.
    const past = await read(id, '2026-06-16')
    expect([past.obligation.state, past.parts.map((one: One) => one.state)]).toEqual(['split', ['open', 'open']])
    expect((await read(id, '2026-06-15')).obligation.state).toBe('open')
    const again = (await head.post(`/obligations/${id}/split`, { parts, reason })).body
    expect(again.parts.map((one: One) => one.part)).toEqual([3, 4])
    h.setNow('2026-06-15T02:00:00Z')
  })

  it('is refused with its place: a day before it opens or passed, somebody who is not there, the same twice, out of reach', async () => {
    const { id } = await owed('拆不了')
    const [one, two] = parts as [object, object]
    const refused = async (list: object[], by = head) => {
      const { error } = (await by.post(`/obligations/${id}/split`, { parts: list, reason })).body
      return [error.code, error.at?.[0]?.at]
    }
    expect(await refused([one])).toEqual(['request.invalid', '/parts'])
    expect(await refused([one, { ...two, due: '2026-05-31' }])).toEqual(['obligation.due_before_opens', '/parts/1/due'])
    expect(await refused([one, { ...two, due: '2026-06-12' }])).toEqual(['obligation.due_passed', '/parts/1/due'])
    expect(await refused([one, one])).toEqual(['obligation.part_twice', '/parts/1'])
    expect(await refused([one, { ...two, person: personId('a', 'clerk') }])).toEqual(['obligation.holder_left', '/parts/1/person'])
    expect((await refused([one, { ...two, unit: unitId('a', 'general') }]))[0]).toBe('may.not')
    expect((await refused([one, two], staff))[0]).toBe('may.not')
    expect((await read(id)).obligation.state).toBe('open')
  })

  it('by two at once: one splits, the other is told', async () => {
    const { id } = await owed('两人同时拆')
    const answers = await Promise.all([head, deputy].map((who) => who.post(`/obligations/${id}/split`, { parts, reason })))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect((await read(id)).parts).toHaveLength(2)
    expect(await wrongSums()).toBe(0)
  })
})
