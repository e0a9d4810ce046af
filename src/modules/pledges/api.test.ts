import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { canonical } from '#kernel/ledger.ts'
import { house, password, personId, postId, unitId } from '../../../test/harness.ts'

const h = await house({ now: '2026-06-15T02:00:00Z' })
const [clerk, director, deputy, head, staff, supervisor] = await Promise.all([
  h.as('clerk'),
  h.as('director'),
  h.as('deputy'),
  h.as('head'),
  h.as('staff'),
  h.as('supervisor'),
])
const person = (key: Parameters<typeof personId>[1]) => personId('a', key)
const hold = (unit: 'works' | 'general' | 'office', post: 'head' | 'clerk' | 'staff' | 'deputy' | 'director') => ({
  ...{ unit: unitId('a', unit), post: postId('a', post), person: null },
})
const duty = (title: string, holders: object[], more: object = {}) =>
  clerk.post('/duties', {
    ...{ title, body: '', kind: 'dual', polarity: 'positive', measure: null, rrule: 'FREQ=MONTHLY;INTERVAL=3', due: null },
    ...{ since: '2026-01-01', holders, ...more },
  })
const letter = { year: 2026, kind: 'letter', due: '2026-06-30' }
const of = async (who: string, query: Record<string, string> = {}) =>
  (await clerk.get('/pledges', { person: personId('a', who as 'head'), ...query })).body.items
const lightOf = async (id: string) => (await clerk.get('/obligations', { because: id })).body.items[0]
let hears = ''

beforeAll(async () => {
  const made = await duty('每季度听取廉政情况汇报', [hold('works', 'head'), hold('general', 'clerk'), hold('office', 'deputy')])
  hears = made.body.id
  await duty('不得插手工程招投标', [hold('works', 'head')], { polarity: 'negative', rrule: null })
  await duty('每月检查在建项目', [hold('works', 'staff')], { kind: 'task', rrule: 'FREQ=MONTHLY' })
  await duty('重要工作亲自部署', [hold('office', 'director')], { kind: 'first', rrule: null })
})

describe('a round', () => {
  it('is previewed: who gets one, from which list, with whom, and what is missing', async () => {
    const { body } = await clerk.post('/pledges/rounds/preview', { year: 2026, kind: 'letter' })
    expect(body).toMatchObject({ title: '2026年度主体责任书', whom: 'leading', gets: 3 })
    const by = new Map(body.people.map((one: { person: { name: string } }) => [one.person.name, one]))
    expect(by.get('周明远')).toMatchObject({ superior: null, problem: 'no_superior' })
    expect(by.get('冯守正')).toMatchObject({ problem: 'sent' })
    expect(by.get('吴志成')).toMatchObject({ superior: { name: '周明远' }, positive: 1, problem: 'no_level' })
    expect(by.get('王建业')).toMatchObject({ superior: { name: '吴志成' }, positive: 1, negative: 1, unit: { name: '工程科' } })
    expect(by.get('郑文清')).toMatchObject({ superior: { name: '周明远' } })
    expect(by.has('陈小禾')).toBe(false)
    expect(body.problems).toEqual([
      { kind: 'sent', count: 1 },
      { kind: 'no_superior', count: 1 },
      { kind: 'no_level', count: 3 },
    ])
    expect(body.sample).toMatchObject({
      kind: 'letter',
      holder: { name: '吴志成' },
      items: [{ title: '每季度听取廉政情况汇报', when: '每季度' }],
    })
    const everybody = (await clerk.post('/pledges/rounds/preview', { year: 2026, kind: 'promise', sample: person('staff') })).body
    expect(everybody).toMatchObject({ whom: 'all', gets: 5, sample: { holder: { name: '陈小禾' }, superior: null } })
    expect((await clerk.get('/pledges')).body.items).toEqual([])
  })

  it('is for units, posts or persons where they are named', async () => {
    const whom = async (more: object) =>
      (await clerk.post('/pledges/rounds/preview', { year: 2026, kind: 'promise', ...more })).body.people.map(
        (one: { person: { name: string } }) => one.person.name,
      )
    expect(await whom({ units: [unitId('a', 'works')] })).toEqual(['王建业', '陈小禾'])
    expect(await whom({ posts: [postId('a', 'clerk')], persons: [person('staff')] })).toEqual(['郑文清', '陈小禾'])
    // Named, whatever the grade.
    const named = await clerk.post('/pledges/rounds/preview', { year: 2026, kind: 'letter', persons: [person('staff')] })
    expect(named.body.people).toMatchObject([{ person: { name: '陈小禾' }, superior: { name: '王建业' }, problem: null }])
    const absent = await clerk.post('/pledges/rounds/preview', { year: 2026, kind: 'letter', units: [personId('a', 'head')] })
    expect(absent.body.error).toMatchObject({ code: 'pledge.absent', at: [{ at: '/units/0' }] })
  })

  it('is issued in one go, and each is owed', async () => {
    expect((await clerk.post('/pledges/rounds', { ...letter, due: '2026-06-01' })).body.error.code).toBe('pledge.due_past')
    const opening = '{superior}与{holder}签订{year}年度责任书。'
    const { body } = await clerk.post('/pledges/rounds', { ...letter, opening })
    expect(body).toMatchObject({ title: '2026年度主体责任书', total: 3, unsigned: 3, inForce: 0, differing: 0, by: '郑文清' })
    expect(body.units.map((one: { unit: { name: string }; total: number }) => [one.unit.name, one.total])).toEqual([
      ['示例市人防办', 1],
      ['综合科', 1],
      ['工程科', 1],
    ])
    const [pledge] = await of('head')
    expect(pledge).toMatchObject({ state: 'issued', superior: { name: '吴志成' }, signatures: [], differs: null, actions: ['withdraw'] })
    expect(await lightOf(pledge.id)).toMatchObject({
      ...{ state: 'open', because: 'pledge', title: '签订《2026年度主体责任书》', due: '2026-06-30', holder: { name: '王建业' } },
      ground: expect.stringContaining('责任书和承诺书的签订'),
    })
    const whole = (await head.get(`/pledges/${pledge.id}`)).body
    expect(whole.text.opening).toBe('吴志成与王建业签订2026年度责任书。')
    expect(whole.text.items.map((one: { title: string }) => one.title)).toEqual(['每季度听取廉政情况汇报', '不得插手工程招投标'])
    // What is shown is what is kept, and its hash is that of its canonical JSON.
    expect(createHash('sha256').update(canonical(whole.text)).digest('hex')).toBe(whole.hash)
    expect((await clerk.post('/pledges/rounds', letter)).body.error.code).toBe('pledge.nobody')
  })
})

describe('signing', () => {
  it('takes the password, the text that was shown, and one’s own hand', async () => {
    const [pledge] = await of('head')
    const sign = (who: typeof head, body: object) => who.post(`/pledges/${pledge.id}/sign`, { hash: pledge.hash, password, ...body })
    expect((await sign(head, { password: 'guessed' })).body.error).toMatchObject({ code: 'password.wrong', at: [{ at: '/password' }] })
    expect((await sign(head, { hash: 'a'.repeat(64) })).body.error).toMatchObject({ code: 'pledge.changed', at: [{ at: '/hash' }] })
    expect((await sign(clerk, {})).body.error).toMatchObject({ code: 'pledge.not_yours', message: expect.stringContaining('不能代签') })
    expect((await sign(staff, {})).body.error.code).toBe('thing.absent')
    expect((await sign(supervisor, {})).status).toBe(403)
    expect((await of('head'))[0].signatures).toEqual([])
    const owed = await lightOf(pledge.id)
    const line = await head.post('/acts', { what: '签了责任书', happenedOn: '2026-06-15', discharges: [owed.id] })
    expect(line.body.error.code).toBe('act.by_signing')

    const signed = await sign(head, {})
    expect(signed.body).toMatchObject({ state: 'holder_signed', signatures: [{ side: 'holder', person: { name: '王建业' } }], actions: [] })
    expect(await lightOf(pledge.id)).toMatchObject({ state: 'discharged', light: 'green' })
    expect((await sign(head, {})).body.error.code).toBe('pledge.settled')
    const [act] = (await head.get('/acts', { q: '签订' })).body.items
    expect((await head.post(`/acts/${act.id}/withdraw`, { reason: '想撤回' })).body.error.code).toBe('act.signed')
  })

  it('is one password for a superior’s whole batch, all or none', async () => {
    const wait = (await director.get('/pledges/mine')).body.superior
    expect(wait.map((one: { person: { name: string } }) => one.person.name)).toEqual(['吴志成', '郑文清'])
    expect(wait[0].text.items).toHaveLength(1)
    expect((await director.get('/pledges/to-sign')).body).toEqual({ holder: 0, superior: 2, differing: 0 })
    const items = wait.map(({ id, hash }: { id: string; hash: string }) => ({ id, hash }))
    const wrong = [items[0], { ...items[1], hash: 'b'.repeat(64) }]
    const refused = await director.post('/pledges/sign', { items: wrong, password })
    expect(refused.body.error).toMatchObject({ code: 'pledge.changed', at: [{ at: '/items/1/hash' }] })
    expect((await director.get('/pledges/to-sign')).body.superior).toBe(2)
    const done = await director.post('/pledges/sign', { items, password })
    expect(done.body.items.map((one: { state: string }) => one.state)).toEqual(['superior_signed', 'superior_signed'])
    // The holder has not: it is still owed.
    const [open] = await of('clerk')
    expect(await lightOf(open.id)).toMatchObject({ state: 'open' })
    const own = await clerk.post(`/pledges/${open.id}/sign`, { hash: open.hash, password })
    expect(own.body).toMatchObject({ state: 'in_force' })
    expect(await lightOf(open.id)).toMatchObject({ state: 'discharged' })
  })

  it('leaves an entry for each signature: the hash, and nobody’s name', async () => {
    const entries = await h.owner.unsafe(
      `SELECT e.leaf, s.content FROM ledger_entry e JOIN ledger_salt s ON s.entry_id = e.id WHERE e.kind = 'pledge.signed'`,
    )
    expect(entries).toHaveLength(4)
    for (const { content } of entries) expect(Object.keys(JSON.parse(content)).sort()).toEqual(['hash', 'side', 'thing'])
  })

  it('cannot change what is kept: the application may only add', async () => {
    await expect(h.pool.unsafe(`UPDATE pledge_text SET body = '{}'`)).rejects.toThrow(/permission denied/)
    await expect(h.pool.unsafe(`DELETE FROM pledge_signature`)).rejects.toThrow(/permission denied/)
  })
})

describe('who has not signed', () => {
  it('is a list by unit, kind and state, in pages; counts are by unit', async () => {
    const names = async (query: Record<string, string>) =>
      (await clerk.get('/pledges', query)).body.items.map((one: { person: { name: string } }) => one.person.name)
    expect(await names({ state: 'unsigned' })).toEqual(['王建业', '吴志成'].sort((a, b) => a.localeCompare(b, 'zh')))
    expect(await names({ state: 'in_force' })).toEqual(['郑文清'])
    expect(await names({ unit: unitId('a', 'works') })).toEqual(['王建业'])
    expect(await names({ kind: 'promise' })).toEqual([])
    const first = await clerk.get('/pledges', { limit: 2 })
    const rest = await clerk.get('/pledges', { limit: 2, after: first.body.next })
    expect([...first.body.items, ...rest.body.items].map((one) => one.id)).toHaveLength(3)
    expect(rest.body.next).toBeNull()
    const [round] = (await clerk.get('/pledges/rounds')).body.items
    expect(round).toMatchObject({ total: 3, inForce: 1, unsigned: 2 })
  })

  it('is within what one may see', async () => {
    const seen = async (who: typeof head) =>
      (await who.get('/pledges')).body.items.map((one: { person: { name: string } }) => one.person.name)
    expect(await seen(staff)).toEqual([])
    expect(await seen(head)).toEqual(['王建业'])
    expect((await seen(deputy)).length).toBe(2)
    expect((await seen(supervisor)).length).toBe(3)
    const [pledge] = await of('deputy')
    expect((await staff.get(`/pledges/${pledge.id}`)).status).toBe(404)
  })
})

describe('when duties change after signing', () => {
  it('only the difference is asked for, shown and signed; the original stays', async () => {
    const [before] = await of('clerk')
    h.setNow('2026-06-16T02:00:00Z')
    await duty('每半年公开一次办理情况', [hold('general', 'clerk')], {
      kind: 'task',
      rrule: 'FREQ=MONTHLY;INTERVAL=6',
      since: '2026-06-16',
    })
    const changed = await clerk.post(`/duties/${hears}/change`, { since: '2026-06-16', measure: '有书面记录', reason: '上级要求' })
    expect(changed.status).toBe(200)
    const [pledge] = await of('clerk', { state: 'differs' })
    expect(pledge).toMatchObject({
      id: before.id,
      state: 'in_force',
      differs: { added: 1, changed: 1, removed: 0 },
      actions: ['supplement', 'end'],
    })
    expect((await clerk.get('/pledges/to-sign')).body).toMatchObject({ differing: 1 })
    const whole = (await clerk.get(`/pledges/${pledge.id}`)).body
    expect(whole.difference).toMatchObject({
      added: [{ title: '每半年公开一次办理情况' }],
      changed: [{ was: { measure: null }, now: { measure: '有书面记录' } }],
    })
    const extra = (await clerk.post(`/pledges/${pledge.id}/supplement`)).body
    expect(extra).toMatchObject({
      supplements: pledge.id,
      state: 'issued',
      title: '2026年度主体责任书（补充）',
      superior: { name: '周明远' },
    })
    expect(extra.text).toMatchObject({ items: [], difference: whole.difference, supplements: { hash: before.hash } })
    expect(await lightOf(extra.id)).toMatchObject({ state: 'open', due: '2026-07-01' })
    expect((await clerk.post(`/pledges/${pledge.id}/supplement`)).body.error.code).toBe('pledge.waiting')
    for (const who of [clerk, director])
      expect((await who.post(`/pledges/${extra.id}/sign`, { hash: extra.hash, password })).status).toBe(200)
    const after = (await clerk.get(`/pledges/${pledge.id}`)).body
    expect(after).toMatchObject({ hash: before.hash, differs: null, supplementedBy: [{ id: extra.id, state: 'in_force' }] })
    expect((await clerk.post(`/pledges/${pledge.id}/supplement`)).body.error.code).toBe('pledge.same')
    // The day before, none of it was there.
    const then = (await clerk.get(`/pledges/${pledge.id}`, { asOf: '2026-06-15' })).body
    expect(then).toMatchObject({ state: 'in_force', differs: null, supplementedBy: [], actions: [] })
  })

  it('what nobody has signed is put together anew, and the text opened before is not signed any more', async () => {
    const promise = { year: 2026, kind: 'promise', due: '2026-06-30' }
    const round = (await clerk.post('/pledges/rounds', promise)).body
    expect(round).toMatchObject({ total: 5, unsigned: 5 })
    const [pledge] = await of('staff')
    await duty('每周核对一次台账', [hold('works', 'staff')], { kind: 'task', rrule: null, since: '2026-06-16' })
    const stale = (await staff.get(`/pledges/${pledge.id}`)).body
    expect(stale).toMatchObject({ differs: { added: 1 }, actions: ['sign', 'renew'] })
    const anew = (await staff.post(`/pledges/${pledge.id}/renew`)).body
    expect(anew.hash).not.toBe(pledge.hash)
    expect((await staff.post(`/pledges/${pledge.id}/sign`, { hash: pledge.hash, password })).body.error.code).toBe('pledge.changed')
    expect((await staff.post(`/pledges/${pledge.id}/sign`, { hash: anew.hash, password })).body).toMatchObject({ state: 'in_force' })
    expect((await staff.post(`/pledges/${pledge.id}/renew`)).body.error.code).toBe('pledge.not_now')
  })

  it('a whole round is asked at once', async () => {
    const [round] = (await clerk.get('/pledges/rounds')).body.items
    await clerk.post(`/duties/${hears}/change`, { since: '2026-06-16', title: '每季度听取一次廉政情况汇报', reason: '写准确' })
    for (const who of [head, deputy]) {
      const own = (await who.get('/pledges/mine')).body.holder
      const items = own.map(({ id, hash }: { id: string; hash: string }) => ({ id, hash }))
      expect((await who.post('/pledges/sign', { items, password })).status).toBe(200)
    }
    const [letters] = (await clerk.get('/pledges/rounds')).body.items.slice(-1)
    expect(letters.kind).toBe('letter')
    const promised = (await clerk.get(`/pledges/rounds/${round.id}`)).body
    expect(promised.differing).toBe(2)
    const asked = (await clerk.post(`/pledges/rounds/${round.id}/supplements`)).body
    expect(asked).toMatchObject({ differing: 0, total: 5 })
    expect((await clerk.post(`/pledges/rounds/${round.id}/supplements`)).body.error.code).toBe('pledge.same')
  })
})

describe('what is over', () => {
  it('is withdrawn while nobody has signed, with the reason, and no longer owed', async () => {
    const [pledge] = await of('director', { kind: 'promise' })
    const gone = await clerk.post(`/pledges/${pledge.id}/withdraw`, { reason: '第一责任人另行签订' })
    expect(gone.body).toMatchObject({ state: 'withdrawn', reason: '第一责任人另行签订' })
    expect(await lightOf(pledge.id)).toMatchObject({ light: 'grey' })
    const [signed] = await of('staff', { kind: 'promise', state: 'in_force' })
    expect((await clerk.post(`/pledges/${signed.id}/withdraw`, { reason: '想收回' })).body.error.code).toBe('pledge.not_now')
  })

  it('ends on a day when posts change; the round issues a new one', async () => {
    const [pledge] = await of('staff', { kind: 'promise' })
    const ended = await clerk.post(`/pledges/${pledge.id}/end`, { until: '2026-06-20', reason: '岗位变动' })
    expect(ended.body).toMatchObject({ state: 'ended', until: '2026-06-20', signatures: [{ side: 'holder' }] })
    const [round] = (await clerk.get('/pledges/rounds')).body.items
    const again = await clerk.post(`/pledges/rounds/${round.id}/rest`, { due: '2026-07-10' })
    expect(again.status).toBe(200)
    expect((await of('staff', { kind: 'promise' })).map((one: { state: string }) => one.state).sort()).toEqual(['ended', 'issued'])
  })

  it('a round that went out wrong is taken back; what was signed stays', async () => {
    const [round] = (await clerk.get('/pledges/rounds')).body.items
    const gone = (await clerk.post(`/pledges/rounds/${round.id}/withdraw`, { reason: '年度写错' })).body
    expect(gone).toMatchObject({ state: 'withdrawn', reason: '年度写错', actions: [] })
    expect((await clerk.get('/pledges', { round: round.id, state: 'issued' })).body.items).toEqual([])
    expect((await clerk.get('/pledges', { round: round.id, state: 'in_force' })).body.items.length).toBeGreaterThan(0)
    expect((await clerk.post(`/pledges/rounds/${round.id}/withdraw`, { reason: '再来' })).body.error.code).toBe('move.late')
  })
})
