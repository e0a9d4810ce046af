import { describe, expect, it } from 'vitest'
import { withTenant } from '#kernel/db.ts'
import { recountTally } from '#modules/obligations/index.ts'
import { house, personId, postId, tenantId, unitId } from '../../../test/harness.ts'

const h = await house()
const clerk = await h.as('clerk')
const head = await h.as('head')
const works = { unit: unitId('a', 'works'), post: postId('a', 'head'), person: null }
const wrong = () => withTenant(h.pool, tenantId('a'), (tx) => recountTally(tx, tenantId('a')))

/** A monthly duty of the works head since May, and its obligations: May is red, June green, July not begun. */
async function monthly(title: string, holder: object = works) {
  const added = await clerk.post('/duties', {
    title,
    body: '',
    kind: 'dual',
    polarity: 'positive',
    measure: null,
    rrule: 'FREQ=MONTHLY',
    due: null,
    since: '2026-05-01',
    holders: [holder],
  })
  expect(added.status).toBe(200)
  const items = (await clerk.get('/obligations', { because: added.body.id, limit: 50 })).body.items
  return { duty: added.body.id as string, may: items[0].id as string, june: items[1].id as string, july: items[2].id as string }
}
const lightOf = async (id: string, asOf?: string) => (await head.get(`/obligations/${id}`, asOf ? { asOf } : {})).body.obligation.light
const errorOf = (answer: { status: number; body: { error: { code: string; at: { at: string }[] } } }) => [
  answer.status,
  answer.body.error.code,
  answer.body.error.at[0]?.at,
]

describe('recording', () => {
  it('one act turns two obligations green, late and on time, and says which', async () => {
    const { may, june } = await monthly('科务会同步安排廉政工作')
    expect([await lightOf(may), await lightOf(june)]).toEqual(['red', 'green'])
    const kept = await head.post('/acts', {
      what: '开科务会，安排廉政工作',
      happenedOn: '2026-06-12',
      time: '15:00',
      discharges: [may, june],
    })
    expect(kept.status).toBe(200)
    expect(kept.body).toMatchObject({
      happenedOn: '2026-06-12',
      happenedAt: '2026-06-12T07:00:00.000Z',
      doneBy: { name: '王建业' },
      recordedBy: { name: '王建业' },
      unit: { name: '工程科' },
      state: 'recorded',
      lateEntry: false,
      discharges: [
        { id: may, due: '2026-05-29', late: true },
        { id: june, due: '2026-06-30', late: false },
      ],
      actions: ['correct', 'withdraw'],
    })
    expect([await lightOf(may), await lightOf(june)]).toEqual(['green', 'green'])
    const { body } = await head.get(`/obligations/${may}`)
    expect(body.obligation).toMatchObject({ state: 'discharged', doneOn: '2026-06-12', actions: [] })
    expect(body.events.at(-1)).toMatchObject({
      kind: 'discharged',
      act: kept.body.id,
      by: '王建业',
      effectiveAt: '2026-06-12T07:00:00.000Z',
    })
    expect(await wrong()).toBe(0)
  })

  it('proposes what the words say, of those who took part, that had begun', async () => {
    const { may, june, july } = await monthly('核对借调人员考勤')
    const proposed = async (query: Record<string, string>) => (await head.get('/acts/proposals', query)).body.items
    const items = await proposed({ what: '核对了借调人员的考勤', happenedOn: '2026-06-15' })
    expect(items.slice(0, 2)).toMatchObject([
      { obligation: { id: may }, likely: true, words: ['核对', '借调人员', '考勤'] },
      { obligation: { id: june }, likely: true },
    ])
    expect(items.some((one: { obligation: { id: string } }) => one.obligation.id === july)).toBe(false)
    const earlier = await proposed({ what: '核对了借调人员的考勤', happenedOn: '2026-05-20' })
    expect(
      earlier.filter((one: { likely: boolean }) => one.likely).map((one: { obligation: { id: string } }) => one.obligation.id),
    ).toEqual([may])
    expect(await proposed({ what: '核对了借调人员的考勤', happenedOn: '2026-06-15', doneBy: personId('a', 'staff') })).toEqual([])
  })

  it('by a clerk for a leader keeps both names; with others their obligations count too', async () => {
    const { june } = await monthly('参加项目例会')
    const { june: theirs } = await monthly('参加项目例会', { unit: unitId('a', 'works'), post: null, person: personId('a', 'staff') })
    const kept = await clerk.post('/acts', {
      what: '项目例会',
      happenedOn: '2026-06-15',
      doneBy: personId('a', 'head'),
      with: [personId('a', 'staff')],
      discharges: [june, theirs],
    })
    expect(kept.body).toMatchObject({ doneBy: { name: '王建业' }, recordedBy: { name: '郑文清' }, with: [{ name: '陈小禾' }] })
    expect([await lightOf(june), await lightOf(theirs)]).toEqual(['green', 'green'])
  })

  it('is called late once the grace has passed', async () => {
    const at = async (happenedOn: string) => (await head.post('/acts', { what: '走访', happenedOn })).body.lateEntry
    // Five working days before Monday 15 June is Monday 8 June.
    expect([await at('2026-06-08'), await at('2026-06-07')]).toEqual([false, true])
  })

  it.each([
    ['what has not happened', { happenedOn: '2026-06-16' }, [400, 'act.future', '/happenedOn']],
    ['a day there is not', { happenedOn: '2026-06-31' }, [400, 'day.unknown', '/happenedOn']],
    ['nothing said', { what: '' }, [400, 'request.invalid', '/what']],
    ['a person of another office', { with: [personId('b', 'staff')] }, [400, 'act.absent_person', '/with/0']],
    ['a time there is not', { time: '25:00' }, [400, 'request.invalid', '/time']],
    [
      'an obligation there is not',
      { discharges: ['00000000-0000-7000-8000-00000000dead'] },
      [400, 'act.absent_obligation', '/discharges/0'],
    ],
  ])('%s is refused with the place', async (_, change, expected) => {
    expect(errorOf(await head.post('/acts', { what: '开会', happenedOn: '2026-06-15', ...change }))).toEqual(expected)
  })

  it('does not discharge another’s obligation, nor one that had not begun, and then nothing is recorded', async () => {
    const { may, june } = await monthly('检查施工现场')
    const { june: theirs } = await monthly('整理现场记录', { unit: unitId('a', 'works'), post: null, person: personId('a', 'staff') })
    const before = (await head.get('/acts', { limit: 200 })).body.items.length
    const foreign = await head.post('/acts', { what: '检查', happenedOn: '2026-06-15', discharges: [june, theirs] })
    expect(errorOf(foreign)).toEqual([400, 'act.not_theirs', '/discharges/1'])
    const early = await head.post('/acts', { what: '检查', happenedOn: '2026-05-31', discharges: [may, june] })
    expect(errorOf(early)).toEqual([400, 'act.too_early', '/discharges/1'])
    // Outside one's reach it is as if it were not there.
    const staff = await h.as('staff')
    expect(errorOf(await staff.post('/acts', { what: '检查', happenedOn: '2026-06-15', discharges: [june] }))).toEqual([
      400,
      'act.absent_obligation',
      '/discharges/0',
    ])
    expect([await lightOf(may), await lightOf(june), await lightOf(theirs)]).toEqual(['red', 'green', 'green'])
    expect((await head.get('/acts', { limit: 200 })).body.items.length).toBe(before)
  })

  it('for somebody else is refused without the scope', async () => {
    const staff = await h.as('staff')
    const refused = await staff.post('/acts', { what: '开会', happenedOn: '2026-06-15', doneBy: personId('a', 'head') })
    expect([refused.status, refused.body.error.code]).toEqual([403, 'may.not'])
  })

  it('for somebody without a post on that day has no unit to stand in', async () => {
    const refused = await clerk.post('/acts', { what: '开会', happenedOn: '2026-06-15', doneBy: personId('a', 'nobody') })
    expect(errorOf(refused)).toEqual([400, 'act.no_unit', '/happenedOn'])
  })
})

describe('the same request twice', () => {
  it('with one key records one act; another request with that key is refused', async () => {
    const body = { what: '只记一次的事', happenedOn: '2026-06-15' }
    const key = { 'idempotency-key': 'the same key' }
    const [first, second] = await Promise.all([head.post('/acts', body, key), head.post('/acts', body, key)])
    expect([first.status, second.status]).toEqual([200, 200])
    expect(first.body.id).toBe(second.body.id)
    expect((await head.get('/acts', { q: '只记一次' })).body.items.length).toBe(1)
    const other = await head.post('/acts', { ...body, what: '另一件事' }, key)
    expect([other.status, other.body.error.code]).toEqual([422, 'idempotency.mismatch'])
  })
})

describe('two at once', () => {
  it('settle one obligation: one succeeds, the other is told who and when', async () => {
    const { june } = await monthly('报送项目月报')
    const body = { what: '报送月报', happenedOn: '2026-06-15', discharges: [june] }
    const answers = await Promise.all([head.post('/acts', body), clerk.post('/acts', { ...body, doneBy: personId('a', 'head') })])
    const statuses = answers.map(({ status }) => status)
    expect(statuses.toSorted()).toEqual([200, 409])
    const refused = answers.find(({ status }) => status === 409)
    expect(refused?.body.error).toMatchObject({
      code: 'obligation.settled',
      params: { title: '报送项目月报', who: statuses[0] === 200 ? '王建业' : '郑文清', when: '2026-06-15 10:00', state: '已履行' },
    })
    expect((await head.get('/acts', { obligation: june })).body.items.length).toBe(1)
    expect(await wrong()).toBe(0)
  })
})

describe('correcting', () => {
  it('adds an entry that names the old one, which stays and discharges nothing more', async () => {
    const { may, june } = await monthly('听取项目汇报')
    const { body: old } = await head.post('/acts', { what: '听取汇报', happenedOn: '2026-06-15', discharges: [may, june] })
    const fixed = await head.post(`/acts/${old.id}/correct`, {
      what: '听取五月汇报',
      happenedOn: '2026-05-28',
      discharges: [may],
      reason: '日期写错',
    })
    expect(fixed.body).toMatchObject({
      corrects: old.id,
      reason: '日期写错',
      happenedOn: '2026-05-28',
      discharges: [{ id: may, late: false }],
      lateEntry: true,
    })
    const gone = { state: 'corrected', correctedBy: fixed.body.id, what: '听取汇报', actions: [] }
    expect((await head.get(`/acts/${old.id}`)).body).toMatchObject(gone)
    const { items } = (await head.get('/acts', { obligation: may })).body
    expect(items).toMatchObject([gone, { id: fixed.body.id, correctedBy: null }])
    const { body } = await head.get(`/obligations/${may}`)
    expect(body.obligation).toMatchObject({ state: 'discharged', doneOn: '2026-05-28' })
    expect(body.events.map((one: { kind: string }) => one.kind)).toEqual(['made', 'discharged', 'corrected', 'discharged'])
    expect((await head.get(`/obligations/${june}`)).body.obligation).toMatchObject({ state: 'open', doneOn: null, light: 'green' })
    expect(await wrong()).toBe(0)
    const again = await head.post(`/acts/${old.id}/correct`, { what: '再改', happenedOn: '2026-05-28', reason: '再改一次' })
    expect([again.status, again.body.error.code]).toEqual([409, 'move.late'])
  })

  it('that is refused leaves everything as it was', async () => {
    const { may } = await monthly('审核变更单')
    const { body: old } = await head.post('/acts', { what: '审核', happenedOn: '2026-06-15', discharges: [may] })
    const refused = await head.post(`/acts/${old.id}/correct`, {
      what: '审核',
      happenedOn: '2026-06-20',
      discharges: [may],
      reason: '日期写错',
    })
    expect(errorOf(refused)).toEqual([400, 'act.future', '/happenedOn'])
    expect((await head.get(`/acts/${old.id}`)).body.state).toBe('recorded')
    expect(await lightOf(may)).toBe('green')
  })

  it('is withdrawing when nothing was done: what it discharged is open again', async () => {
    const { may } = await monthly('核查签证')
    const { body: old } = await head.post('/acts', { what: '核查', happenedOn: '2026-06-15', discharges: [may] })
    expect(await lightOf(may)).toBe('green')
    const gone = await head.post(`/acts/${old.id}/withdraw`, { reason: '记错了人' })
    expect(gone.body).toMatchObject({ state: 'withdrawn', reason: '记错了人', actions: [] })
    expect(await lightOf(may)).toBe('red')
    expect((await head.get(`/obligations/${may}`)).body.events.at(-1)).toMatchObject({ kind: 'corrected', reason: '记错了人', act: old.id })
    expect(await wrong()).toBe(0)
  })

  it('is refused to those it does not concern, and open to whoever wrote it down', async () => {
    const { body: act } = await clerk.post('/acts', { what: '代录一笔', happenedOn: '2026-06-15', doneBy: personId('a', 'director') })
    const staff = await h.as('staff')
    expect((await staff.post(`/acts/${act.id}/withdraw`, { reason: '不关他事' })).status).toBe(404)
    expect((await clerk.post(`/acts/${act.id}/withdraw`, { reason: '误记' })).status).toBe(200)
  })
})

describe('the list', () => {
  it('is filtered by person, unit, days and words, and paged without gaps', async () => {
    const list = async (query: Record<string, string | number>) => (await clerk.get('/acts', query)).body
    const whats = async (query: Record<string, string>) =>
      (await list({ ...query, limit: 200 })).items.map((one: { what: string }) => one.what)
    await clerk.post('/acts', { what: '综合科的事', happenedOn: '2026-04-02' })
    expect(await whats({ unit: unitId('a', 'general') })).toEqual(['综合科的事'])
    expect(await whats({ from: '2026-04-01', until: '2026-04-02' })).toEqual(['综合科的事'])
    expect(await whats({ from: '2026-04-03', until: '2026-04-30' })).toEqual([])
    expect(await whats({ person: personId('a', 'staff') })).toEqual(['项目例会'])
    const all = await whats({})
    const paged: string[] = []
    for (let after: string | null = ''; after !== null; ) {
      const page: { items: { what: string }[]; next: string | null } = await list({ limit: 4, ...(after ? { after } : {}) })
      paged.push(...page.items.map((one) => one.what))
      after = page.next
    }
    expect(paged).toEqual(all)
  })

  it('shows each no more than they may see', async () => {
    const staff = await h.as('staff')
    expect((await staff.get('/acts')).body.items.map((one: { what: string }) => one.what)).toEqual(['项目例会'])
    const supervisor = await h.as('supervisor')
    expect((await supervisor.get('/acts')).body.items.every((one: { actions: string[] }) => one.actions.length === 0)).toBe(true)
  })
})

describe('looking back', () => {
  it('an act recorded today is not there yesterday, and its light is as it was', async () => {
    const { may, june } = await monthly('督促整改资料')
    h.setNow('2026-06-16T02:00:00Z')
    const { body: act } = await head.post('/acts', { what: '督促整改', happenedOn: '2026-06-10', discharges: [may, june] })
    expect([await lightOf(may), await lightOf(may, '2026-06-15')]).toEqual(['green', 'red'])
    // Done on the 10th but recorded on the 16th: by the 15th nobody knew.
    expect((await head.get(`/acts/${act.id}`, { asOf: '2026-06-15' })).status).toBe(404)
    h.setNow('2026-06-17T02:00:00Z')
    await head.post(`/acts/${act.id}/withdraw`, { reason: '误记' })
    expect([await lightOf(may), await lightOf(may, '2026-06-16'), await lightOf(may, '2026-06-15')]).toEqual(['red', 'green', 'red'])
    expect((await head.get(`/acts/${act.id}`, { asOf: '2026-06-16' })).body).toMatchObject({ state: 'recorded', reason: null, actions: [] })
    const { body } = await head.get(`/obligations/${may}`, { asOf: '2026-06-16' })
    expect(body.events.map((one: { kind: string; later: boolean }) => [one.kind, one.later])).toEqual([
      ['made', false],
      ['discharged', false],
      ['corrected', true],
    ])
    const { body: old } = await head.post('/acts', { what: '日期写错的', happenedOn: '2026-06-15' })
    h.setNow('2026-06-18T02:00:00Z')
    expect((await head.post(`/acts/${old.id}/correct`, { what: '改过的', happenedOn: '2026-06-15', reason: '日期写错' })).status).toBe(200)
    expect((await head.get(`/acts/${old.id}`, { asOf: '2026-06-17' })).body).toMatchObject({ state: 'recorded', correctedBy: null })
    expect((await head.post('/acts?asOf=2026-06-16', { what: '开会', happenedOn: '2026-06-15' })).body.error.code).toBe('asof.read_only')
  })
})
