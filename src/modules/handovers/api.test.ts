import { describe, expect, it } from 'vitest'
import { withTenant } from '#kernel/db.ts'
import { holdersOf } from '#modules/org/index.ts'
import { type Answer, type Client, house, password, personId, postId, tenantId, unitId } from '../../../test/harness.ts'
import { nightly } from '../../nightly.ts'
import { handedOverOn } from './index.ts'

/** The head of a department moves: one sheet, everything on it to somebody, both sides sign, and no day has nobody or two. */

const h = await house()
const [clerk, head, staff, director] = [await h.as('clerk'), await h.as('head'), await h.as('staff'), await h.as('director')]
const person = (key: Parameters<typeof personId>[1]) => personId('a', key)
const duty = {
  ...{ body: '', kind: 'task', polarity: 'positive', measure: null, since: '2026-01-01' },
}
const byPost = (
  await clerk.post('/duties', {
    ...duty,
    title: '每月检查在建项目',
    rrule: 'FREQ=MONTHLY',
    due: null,
    holders: [{ unit: unitId('a', 'works'), post: postId('a', 'head'), person: null }],
  })
).body
const byName = (
  await clerk.post('/duties', {
    ...duty,
    title: '建好工程台账',
    rrule: null,
    due: '2026-09-30',
    holders: [{ unit: unitId('a', 'works'), post: null, person: person('head') }],
  })
).body

const linesIn = (sheet: Answer, part: string) => sheet.body.groups.find((group: { part: string }) => group.part === part)?.lines ?? []
const line = (sheet: Answer, title: string) =>
  sheet.body.groups.flatMap((group: { lines: { title: string }[] }) => group.lines).find((one: { title: string }) => one.title === title)
const code = (answer: Answer) => [answer.status, answer.body.error?.code, answer.body.error?.at?.[0]?.at]
const sign = async (who: Client, id: string) =>
  who.post(`/handovers/${id}/confirm`, { mark: (await who.get(`/handovers/${id}`)).body.mark, password })
const carry = () =>
  nightly(h.ground, () => {})
    .find((job) => job.name === 'handovers.carry')
    ?.run({})
const holdersBy = (post: string, day: string) =>
  withTenant(h.pool, tenantId('a'), async (tx) => {
    const next = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
    return [...new Set((await holdersOf(tx, tenantId('a'), [post], day, next)).map((one) => one.person_id))]
  })
const namedOn = async (id: string, day: string) =>
  (
    await h.owner.unsafe('SELECT person_id FROM duty_holder WHERE duty_id = $1 AND since <= $2 AND (until IS NULL OR until > $2)', [
      id,
      day,
    ])
  ).map((row) => row.person_id)

/** What of a context says which day one looks at. */
const lookedAt = (now: Date) => ({ tenant: { id: tenantId('a') }, day: now.toISOString().slice(0, 10), knownAt: now })

describe('a head moves on the first of next month', () => {
  let id = ''
  it('has a sheet that the system puts together, with a successor proposed for each line', async () => {
    const sheet = await clerk.post('/handovers', { person: person('head'), reason: 'rotated', day: '2026-07-01' })
    expect(sheet.status).toBe(200)
    id = sheet.body.id
    expect(sheet.body).toMatchObject({ state: 'draft', posts: '工程科 工程科科长、第一党支部 支部书记', office: '示例单位a' })
    expect(linesIn(sheet, 'appointment').map((one: { title: string }) => one.title)).toEqual(['工程科科长', '支部书记'])
    expect(line(sheet, '工程科科长')).toMatchObject({ way: 'to', to: { id: person('staff') }, how: 'acting' })
    // Nobody else is in the branch: its secretary's place is not filled silently.
    expect(line(sheet, '支部书记')).toMatchObject({ way: null, to: null })
    expect(line(sheet, '建好工程台账')).toMatchObject({ way: 'to', along: true, to: { id: person('staff') } })
    const open = linesIn(sheet, 'obligation')
    expect(open.length).toBeGreaterThan(3)
    expect(open[0]).toMatchObject({ light: 'red', along: true, to: { id: person('staff') } })
    expect((await clerk.get('/handovers', { pile: 'open' })).body.items).toMatchObject([{ id, person: { id: person('head') } }])
  })

  it('refuses what cannot be, at its place', async () => {
    expect(code(await clerk.post('/handovers', { person: person('head'), reason: 'rotated', day: '2026-08-01' }))).toEqual([
      409,
      'handover.open_already',
      '/person',
    ])
    expect(code(await clerk.post('/handovers', { person: person('nobody'), reason: 'retired', day: '2026-07-01' }))).toEqual([
      400,
      'handover.never_held',
      '/person',
    ])
    expect(code(await clerk.post('/handovers', { person: person('clerk'), reason: 'retired', day: '2026-07-01' }))).toEqual([
      403,
      'handover.own',
      '/person',
    ])
    expect(code(await clerk.post('/handovers', { person: person('deputy'), reason: 'retired', day: '2031-07-01' }))).toEqual([
      400,
      'handover.day_far',
      '/day',
    ])
    expect(code(await clerk.post('/handovers', { person: person('deputy'), reason: 'retired', day: '2026-02-30' }))).toEqual([
      400,
      'day.unknown',
      '/day',
    ])
    expect(code(await staff.get(`/handovers/${id}`))).toEqual([404, 'thing.absent', undefined])
    const first = line(await clerk.get(`/handovers/${id}`), '建好工程台账')
    const name = (to: string, more = {}) =>
      clerk.post(`/handovers/${id}/lines`, { lines: [{ part: 'duty', id: first.id, way: 'to', to, ...more }] })
    expect(code(await name(person('head')))).toEqual([400, 'handover.to_giver', '/lines/0/to'])
    expect(code(await name(person('nobody')))).toEqual([400, 'handover.successor_new', '/lines/0/to'])
    expect(code(await clerk.post(`/handovers/${id}/lines`, { lines: [{ part: 'duty', id: first.id, way: 'end' }] }))).toEqual([
      400,
      'handover.end_reason',
      '/lines/0/reason',
    ])
    expect(code(await clerk.post(`/handovers/${id}/lines`, { lines: [{ part: 'duty', id: person('head'), way: 'stay' }] }))).toEqual([
      404,
      'handover.no_line',
      '/lines/0/id',
    ])
    const open = linesIn(await clerk.get(`/handovers/${id}`), 'obligation')[0]
    expect(
      code(await clerk.post(`/handovers/${id}/lines`, { lines: [{ part: 'obligation', id: open.id, way: 'end', reason: '不办了' }] })),
    ).toEqual([400, 'handover.not_this_way', '/lines/0/way'])
    expect((await clerk.post(`/handovers/${id}/send`)).body.error).toMatchObject({
      code: 'handover.undecided',
      message: expect.stringContaining('支部书记'),
    })
  })

  it('refuses a successor who has left, at the place where they are named', async () => {
    const gone = (await clerk.post('/org/persons', { name: '离岗人' })).body.id
    await clerk.post('/org/appointments', {
      person: gone,
      post: postId('a', 'staff'),
      kind: 'regular',
      since: '2025-01-01',
      until: '2026-06-30',
    })
    const answer = await clerk.post(`/handovers/${id}/lines`, { to: gone })
    expect(code(answer)).toEqual([400, 'handover.successor_left', '/to'])
    expect(answer.body.error.message).toContain('离岗人到 2026-07-01 已不在岗')
    const post = line(await clerk.get(`/handovers/${id}`), '工程科科长')
    expect(
      code(await clerk.post(`/handovers/${id}/lines`, { lines: [{ part: 'appointment', id: post.id, way: 'to', to: gone }] })),
    ).toEqual([400, 'handover.successor_left', '/lines/0/to'])
  })

  it('goes to one by one step, a line to another, and says what would be nobody’s', async () => {
    await clerk.post(`/handovers/${id}/lines`, { to: person('staff') })
    const post = line(await clerk.get(`/handovers/${id}`), '支部书记')
    const ended = await clerk.post(`/handovers/${id}/lines`, {
      lines: [{ part: 'appointment', id: post.id, way: 'end', reason: '支部即将换届' }],
    })
    expect(ended.body.gaps).toBe(1)
    expect(line(ended, '支部书记').gap).toBe(true)
    const kept = await clerk.post(`/handovers/${id}/lines`, {
      lines: [
        { part: 'appointment', id: post.id, way: 'stay' },
        { part: 'duty', id: line(ended, '建好工程台账').id, way: 'to', to: person('deputy') },
      ],
    })
    expect(kept.body.gaps).toBe(0)
    // What is owed for it follows the duty.
    const owed = linesIn(kept, 'obligation').find((one: { title: string }) => one.title === '建好工程台账')
    expect(owed).toMatchObject({ along: true, to: { id: person('deputy') } })
  })

  it('is signed by each for what concerns them, with their password, under what they were shown', async () => {
    expect((await clerk.post(`/handovers/${id}/send`)).body).toMatchObject({ state: 'out', missing: { undecided: 0, giver: true } })
    expect((await staff.get('/handovers', { pile: 'mine' })).body.items).toMatchObject([{ id, mine: true, actions: ['confirm'] }])
    const own = await staff.get(`/handovers/${id}`)
    expect(own.body.partly).toBe(true)
    expect(line(own, '建好工程台账')).toBeUndefined()
    expect(code(await staff.post(`/handovers/${id}/confirm`, { mark: own.body.mark, password: 'not it' }))).toEqual([
      403,
      'password.wrong',
      '/password',
    ])
    expect(code(await director.post(`/handovers/${id}/confirm`, { mark: 'x', password }))).toEqual([403, 'handover.not_party', undefined])
    expect(code(await staff.post(`/handovers/${id}/confirm`, { mark: 'another', password }))).toEqual([409, 'handover.changed', '/mark'])
    expect(code(await director.post(`/handovers/${id}/confirm-for`, { mark: 'x', reason: '已经离岗', password }))).toEqual([
      409,
      'handover.giver_there',
      undefined,
    ])
    expect((await sign(staff, id)).body.parties.find((one: { role: string }) => one.role === 'receiver')).toMatchObject({ signed: true })
    expect(code(await sign(staff, id))).toEqual([409, 'handover.signed_already', undefined])
  })

  it('knows an objection, and takes nothing into effect over it', async () => {
    const deputy = await h.as('deputy')
    const mine = line(await deputy.get(`/handovers/${id}`), '建好工程台账')
    expect(code(await staff.post(`/handovers/${id}/object`, { part: 'duty', line: mine.id, reason: '不是我的' }))).toEqual([
      403,
      'handover.not_yours',
      '/line',
    ])
    const objected = await deputy.post(`/handovers/${id}/object`, { part: 'duty', line: mine.id, reason: '台账归质监站' })
    expect(objected.body.missing.objected).toBe(1)
    expect((await sign(head, id)).body.state).toBe('out')
    const again = await clerk.post(`/handovers/${id}/lines`, {
      lines: [{ part: 'duty', id: mine.id, way: 'to', to: person('deputy'), reason: '已商定仍由分管领导牵头' }],
    })
    expect(again.body.missing.objected).toBe(0)
  })

  it('loses nothing that comes up between preparing and signing', async () => {
    const late = (
      await clerk.post('/duties', {
        ...duty,
        title: '汛期每周巡查',
        rrule: 'FREQ=MONTHLY',
        due: null,
        since: '2026-06-01',
        holders: [{ unit: unitId('a', 'works'), post: postId('a', 'head'), person: null }],
      })
    ).body
    const before = await head.get(`/handovers/${id}`)
    expect(line(before, '汛期每周巡查')).toMatchObject({ change: 'fresh', to: { id: person('staff') }, giverAt: null })
    const owed = (await head.get('/obligations', { because: byPost.id, light: 'red' })).body.items[0]
    await head.post('/acts', { what: '补做了检查', happenedOn: '2026-06-14', discharges: [owed.id] })
    const after = await head.get(`/handovers/${id}`)
    expect(linesIn(after, 'obligation').find((one: { id: string }) => one.id === owed.id)).toMatchObject({ change: 'settled' })
    // What was shown before is not what is there now: it says what changed.
    const stale = await head.post(`/handovers/${id}/confirm`, { mark: before.body.mark, password })
    expect(code(stale)).toEqual([409, 'handover.changed', '/mark'])
    expect(stale.body.error.message).toContain('新增：汛期每周巡查')
    expect((await sign(head, id)).body.missing).toMatchObject({ undecided: 0, objected: 0, giver: false })
    expect(late.id).toBeTruthy()
  })

  it('takes effect from its day with the last signature: no day has nobody or two', async () => {
    expect((await sign(await h.as('deputy'), id)).body).toMatchObject({ state: 'out' })
    const done = await sign(staff, id)
    expect(done.body).toMatchObject({ state: 'agreed', actions: [] })
    expect(await holdersBy(postId('a', 'head'), '2026-06-30')).toEqual([person('head')])
    expect(await holdersBy(postId('a', 'head'), '2026-07-01')).toEqual([person('staff')])
    expect(await holdersBy(postId('a', 'secretary'), '2026-07-01')).toEqual([person('head')])
    expect(await namedOn(byName.id, '2026-06-30')).toEqual([person('head')])
    expect(await namedOn(byName.id, '2026-07-01')).toEqual([person('deputy')])
    // What is open is the giver's until the day.
    expect((await clerk.get('/obligations', { because: byName.id })).body.items).toMatchObject([{ holder: { id: person('head') } }])
    expect(code(await clerk.post(`/handovers/${id}/withdraw`, { reason: '不调了' }))).toEqual([409, 'handover.not_now', undefined])
  })

  it('passes what is still open on the day, and what came up meanwhile', async () => {
    await clerk.post('/duties', {
      ...duty,
      title: '迎接安全检查',
      rrule: null,
      due: '2026-07-20',
      since: '2026-06-16',
      holders: [{ unit: unitId('a', 'works'), post: postId('a', 'head'), person: null }],
    })
    const board = async () => (await h.owner.unsafe('SELECT sum(open)::int AS n FROM tally'))[0]?.n
    const before = await board()
    h.setNow('2026-07-01T02:00:00Z')
    await carry()
    expect((await clerk.get(`/handovers/${id}`)).body.state).toBe('done')
    const left = await h.owner.unsafe("SELECT title FROM obligation WHERE holder_id = $1 AND state = 'open'", [person('head')])
    expect(left).toEqual([])
    expect((await staff.get('/obligations', { holder: person('staff') })).body.items.map((one: { title: string }) => one.title)).toEqual(
      expect.arrayContaining(['每月检查在建项目', '汛期每周巡查', '迎接安全检查']),
    )
    expect((await clerk.get('/obligations', { because: byName.id })).body.items).toMatchObject([
      { holder: { id: person('deputy') }, due: '2026-09-30' },
    ])
    expect(await board()).toBe(before)
    // Looking back, the day before is as it was.
    expect((await clerk.get('/obligations', { because: byName.id, asOf: '2026-06-30' })).body.items).toMatchObject([
      { holder: { id: person('head') } },
    ])
    expect((await clerk.get(`/handovers/${id}`, { asOf: '2026-06-30' })).body).toMatchObject({ state: 'agreed', actions: [] })
    expect((await clerk.get('/handovers', { pile: 'open', asOf: '2026-06-30' })).body.items).toHaveLength(1)
    const told = await withTenant(h.pool, tenantId('a'), (tx) => handedOverOn(tx, lookedAt(h.now()), [byName.id, byPost.id]))
    expect(told).toContainEqual(expect.objectContaining({ part: 'duty', from: '王建业', to: '吴志成', day: '2026-07-01' }))
    expect(
      await withTenant(h.pool, tenantId('a'), (tx) => handedOverOn(tx, lookedAt(new Date('2026-06-30T02:00:00Z')), [byName.id])),
    ).toEqual([])
    await carry()
    const ledger = await h.owner.unsafe("SELECT leaf FROM ledger_entry WHERE kind LIKE 'handover.%'")
    expect(ledger.length).toBeGreaterThan(8)
    expect(JSON.stringify(ledger)).not.toMatch(/王建业|陈小禾|台账/)
  })
})

describe('a giver who has left', () => {
  it('is signed for by a superior, whose hand and reason stay on the sheet, and it takes effect at once', async () => {
    h.setNow('2026-07-10T02:00:00Z')
    const { id } = (await clerk.post('/handovers', { person: person('deputy'), reason: 'retired', day: '2026-07-06', note: '到龄退休' }))
      .body
    // A leader's own red is for them and their superior: the clerk sees what it is, not that it is overdue.
    const late = {
      ...duty,
      title: '上报专项情况',
      rrule: null,
      due: '2026-07-03',
      holders: [{ unit: unitId('a', 'works'), post: null, person: person('deputy') }],
    }
    expect((await clerk.post('/duties', late)).status).toBe(200)
    const owed = async (who: Client) =>
      linesIn(await who.get(`/handovers/${id}`), 'obligation').find((one: { title: string }) => one.title === '上报专项情况')
    expect(await owed(clerk)).toMatchObject({ light: null, due: null })
    expect(await owed(director)).toMatchObject({ light: 'red', due: '2026-07-03' })
    const sheet = await clerk.post(`/handovers/${id}/lines`, { to: person('clerk') })
    expect(linesIn(sheet, 'charge')).toMatchObject([{ title: '工程科', to: { id: person('clerk') } }])
    expect((await clerk.post(`/handovers/${id}/send`)).status).toBe(200)
    // Taken back, it can be changed; what was signed is void.
    expect((await sign(clerk, id)).body.parties[1]).toMatchObject({ signed: true })
    expect((await clerk.post(`/handovers/${id}/recall`, { reason: '日期要改' })).body).toMatchObject({ state: 'draft', said: '日期要改' })
    await clerk.send('PATCH', `/handovers/${id}`, { reason: 'retired', day: '2026-07-06', note: '到龄退休' })
    expect((await clerk.post(`/handovers/${id}/send`)).body.parties[1]).toMatchObject({ signed: false })
    expect(code(await clerk.post(`/handovers/${id}/confirm-for`, { mark: 'x', reason: '已退休离岗', password }))).toEqual([
      403,
      'handover.not_superior',
      undefined,
    ])
    const seen = await director.get(`/handovers/${id}`)
    expect(seen.body.actions).toContain('confirmFor')
    const signed = await director.post(`/handovers/${id}/confirm-for`, { mark: seen.body.mark, reason: '本人已退休离岗', password })
    expect(signed.body.parties[0]).toMatchObject({ signed: true, by: { id: person('director') }, reason: '本人已退休离岗' })
    expect((await sign(clerk, id)).body.state).toBe('done')
    const charges = await h.owner.unsafe(
      'SELECT person_id, since::text, until::text FROM charge WHERE tenant_id = $1 AND voided_at IS NULL ORDER BY since',
      [tenantId('a')],
    )
    expect(charges.map((one) => [one.person_id, one.since, one.until])).toEqual([
      [person('deputy'), '2024-01-01', '2026-07-06'],
      [person('clerk'), '2026-07-06', null],
    ])
    expect(await namedOn(byName.id, '2026-07-06')).toEqual([person('clerk')])
    expect((await clerk.get('/obligations', { because: byName.id })).body.items).toMatchObject([{ holder: { id: person('clerk') } }])
  })

  it('cannot keep anything', async () => {
    const { id } = (await clerk.post('/handovers', { person: person('staff'), reason: 'resigned', day: '2026-07-20' })).body
    const sheet = await clerk.post(`/handovers/${id}/lines`, { to: person('head') })
    const open = linesIn(sheet, 'obligation')[0]
    await clerk.post(`/handovers/${id}/lines`, { lines: [{ part: 'obligation', id: open.id, way: 'stay' }] })
    expect(code(await clerk.post(`/handovers/${id}/send`))).toEqual([400, 'handover.nobody_stays', `/lines/obligation ${open.id}`])
    const gone = await clerk.post(`/handovers/${id}/withdraw`, { reason: '本人撤回辞职' })
    expect(gone.body).toMatchObject({ state: 'withdrawn', said: '本人撤回辞职', actions: [] })
  })
})
