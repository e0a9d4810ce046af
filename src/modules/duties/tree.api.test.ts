import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { house, personId, postId, unitId } from '../../../test/harness.ts'

const h = await house()
const clerk = await h.as('clerk')
const at = (unit: Parameters<typeof unitId>[1], post: Parameters<typeof postId>[1]) => ({
  unit: unitId('a', unit),
  post: postId('a', post),
  person: null,
})
const [works, general, station, deputy] = [
  at('works', 'head'),
  at('general', 'clerk'),
  at('station', 'stationHead'),
  at('office', 'deputy'),
]
const staff = { unit: unitId('a', 'works'), post: null, person: personId('a', 'staff') }
const quarterly = {
  title: '每季度排查一次风险',
  body: '',
  kind: 'dual',
  polarity: 'positive',
  measure: '排查记录 1 份',
  rrule: 'FREQ=MONTHLY;INTERVAL=3',
  due: null,
  since: '2026-01-01',
  holders: [works, general],
}
const added = async (change: object = {}) => (await clerk.post('/duties', { ...quarterly, ...change })).body
const nodes = async (query: Record<string, string> = {}) => (await clerk.get('/duties/tree', { limit: 200, ...query })).body.items
const node = async (id: string, parent?: string) => (await nodes(parent ? { parent } : {})).find((one: { id: string }) => one.id === id)

describe('decomposing', () => {
  it('carries each holder’s part to a person, and says whose is still missing', async () => {
    const whole = await added()
    expect(whole).toMatchObject({ children: 0, uncarried: [], ends: true })
    const first = await clerk.post(`/duties/${whole.id}/decompose`, {
      parts: [{ title: '工程科：每月排查在建项目', rrule: 'FREQ=MONTHLY', holders: [staff] }],
    })
    expect(first.status).toBe(200)
    const missing = whole.holders.find((one: { unit: { name: string } }) => one.unit.name === '综合科')
    expect(first.body.duty).toMatchObject({ children: 1, uncarried: [missing.id], ends: false })
    const child = (await clerk.get(`/duties/${first.body.made[0]}`)).body
    // What the part did not say is the whole's; it begins today, so that nobody starts in arrears.
    expect(child).toMatchObject({
      ...{ kind: 'dual', polarity: 'positive', measure: '排查记录 1 份', rrule: 'FREQ=MONTHLY', since: '2026-06-15', parent: whole.id },
      ancestors: [{ id: whole.id, title: whole.title }],
      lights: { red: 0 },
    })
    const second = await clerk.post(`/duties/${whole.id}/decompose`, { parts: [{ title: '综合科：每季度汇总', holders: [general] }] })
    expect(second.body.duty).toMatchObject({ children: 2, uncarried: [], ends: true })
    expect(await node(whole.id)).toMatchObject({ children: 2, uncarried: 0, ends: true })
    expect((await nodes({ parent: whole.id })).map((one: { title: string }) => one.title)).toEqual([
      '工程科：每月排查在建项目',
      '综合科：每季度汇总',
    ])
    // A vacant post further down is seen all the way up.
    await clerk.post(`/duties/${first.body.made[0]}/decompose`, { parts: [{ title: '质监站配合', holders: [station] }] })
    expect([(await node(whole.id)).ends, (await node(first.body.made[0], whole.id)).ends]).toEqual([false, false])
  })

  it('goes to any depth; a leader’s part may be carried by a unit', async () => {
    let at = await added({ holders: [deputy] })
    const top = at.id
    for (const depth of [1, 2, 3, 4]) {
      const answer = await clerk.post(`/duties/${at.id}/decompose`, { parts: [{ title: `第${depth}层`, holders: [works] }] })
      expect(answer.body.duty).toMatchObject({ uncarried: [], ends: true })
      at = (await clerk.get(`/duties/${answer.body.made[0]}`)).body
    }
    expect(at.ancestors.map((one: { title: string }) => one.title)).toEqual([quarterly.title, '第1层', '第2层', '第3层'])
    expect(at.ancestors[0].id).toBe(top)
  })

  it.each([
    ['earlier than the whole', { since: '2025-12-01' }, 'duty.part_early', '/parts/1/since'],
    ['slower than the whole', { rrule: 'FREQ=YEARLY' }, 'duty.part_slower', '/parts/1/rrule'],
    ['with a holder that is not there', { holders: [{ ...works, post: postId('b', 'head') }] }, 'duty.absent_holder', '/parts/1/holders/0'],
    ['with neither post nor person', { holders: [{ ...works, post: null }] }, 'duty.holder_both', '/parts/1/holders/0'],
    ['for somebody who does not hold the whole', { carries: [personId('a', 'head')] }, 'duty.carries_unknown', '/parts/1/carries/0'],
  ])('a part %s refuses all of them, with its place', async (_, change, code, place) => {
    const whole = await added()
    const good = { title: '好的一项', holders: [works] }
    const refused = await clerk.post(`/duties/${whole.id}/decompose`, { parts: [good, { ...good, ...change }] })
    expect([refused.status, refused.body.error.code, refused.body.error.at[0]?.at]).toEqual([400, code, place])
    expect((await clerk.get(`/duties/${whole.id}`)).body.children).toBe(0)
  })

  it('is for whoever leads one of its units, within their own units', async () => {
    const whole = await added()
    const head = await h.as('head')
    expect(whole.actions).toContain('decompose')
    expect((await head.get(`/duties/${whole.id}`)).body.actions).toEqual(['decompose'])
    expect((await head.post(`/duties/${whole.id}/decompose`, { parts: [{ title: '本科室', holders: [staff] }] })).status).toBe(200)
    expect((await head.post(`/duties/${whole.id}/decompose`, { parts: [{ title: '别的科室', holders: [general] }] })).status).toBe(403)
    const strange = await added({ holders: [general] })
    expect((await head.post(`/duties/${strange.id}/decompose`, { parts: [{ title: '本科室', holders: [staff] }] })).status).toBe(403)
  })

  it('rests on the sentence the whole rests on; moved away it takes the other’s', async () => {
    const directive = await clerk.post('/directives', {
      title: '依据测试',
      kind: 'speech',
      issuedOn: '2026-01-05',
      text: '一、抓好落实。\n工程科要每季度排查一次廉政风险。',
    })
    const { proposals } = (await clerk.get(`/directives/${directive.body.id}`)).body
    const proposal = proposals.find((one: { type: string }) => one.type === 'duty')
    const accepted = await clerk.post(`/proposals/${proposal.id}/accept`, { title: '排查风险', holders: [works] })
    const whole = accepted.body.proposals.find((one: { made: string | null }) => one.made).made
    const { made } = (await clerk.post(`/duties/${whole}/decompose`, { parts: [{ title: '逐项排查', holders: [staff] }] })).body
    const { made: deeper } = (await clerk.post(`/duties/${made[0]}/decompose`, { parts: [{ title: '逐处排查', holders: [staff] }] })).body
    const basis = async (id: string) => (await clerk.get(`/duties/${id}`)).body.basis
    expect(await basis(whole)).toMatchObject({ directive: directive.body.id, inherited: false })
    expect(await basis(deeper[0])).toMatchObject({ directive: directive.body.id, start: proposal.start, inherited: true })
    await clerk.post(`/duties/${made[0]}/move`, { parent: null })
    expect([await basis(made[0]), await basis(deeper[0])]).toEqual([null, null])
    await clerk.post(`/duties/${made[0]}/move`, { parent: whole })
    expect(await basis(deeper[0])).toMatchObject({ directive: directive.body.id, inherited: true })
  })
})

describe('moving', () => {
  it('into its own branch is refused with the names along the circle', async () => {
    const top = await added({ title: '甲' })
    const { made } = (await clerk.post(`/duties/${top.id}/decompose`, { parts: [{ title: '乙', holders: [works] }] })).body
    const { made: deeper } = (await clerk.post(`/duties/${made[0]}/decompose`, { parts: [{ title: '丙', holders: [works] }] })).body
    const refused = await clerk.post(`/duties/${top.id}/move`, { parent: deeper[0] })
    expect([refused.status, refused.body.error.code, refused.body.error.params.names]).toEqual([
      409,
      'duty.circle',
      '“甲” → “乙” → “丙” → “甲”',
    ])
    expect((await clerk.post(`/duties/${top.id}/move`, { parent: top.id })).body.error.code).toBe('duty.circle')
    expect((await clerk.post(`/duties/${made[0]}/move`, { parent: top.id })).body.error.code).toBe('duty.same_parent')
    expect((await clerk.post(`/duties/${made[0]}/move`, { parent: personId('a', 'head') })).body.error.code).toBe('duty.absent_parent')
  })

  it('shows where it hung on a past day', async () => {
    const [a, b] = [await added({ title: '原来的上级' }), await added({ title: '新的上级' })]
    const { made } = (await clerk.post(`/duties/${a.id}/decompose`, { parts: [{ title: '一项', holders: [works] }] })).body
    h.setNow('2026-06-17T02:00:00Z')
    expect((await clerk.post(`/duties/${made[0]}/move`, { parent: b.id, reason: '归口调整' })).body.parent).toBe(b.id)
    const then = (await clerk.get(`/duties/${made[0]}`, { asOf: '2026-06-16' })).body
    expect([then.parent, then.ancestors]).toEqual([a.id, [{ id: a.id, title: '原来的上级' }]])
    const below = async (parent: string, asOf: string) =>
      (await clerk.get('/duties/tree', { parent, asOf })).body.items.map((one: { id: string }) => one.id)
    expect([await below(a.id, '2026-06-16'), await below(b.id, '2026-06-16')]).toEqual([[made[0]], []])
    expect([await below(a.id, '2026-06-17'), await below(b.id, '2026-06-17')]).toEqual([[], [made[0]]])
    h.setNow('2026-06-15T02:00:00Z')
  })

  it('never makes a circle, whatever is moved where and all at once', async () => {
    const ids: string[] = []
    for (const n of [1, 2, 3, 4, 5, 6]) ids.push((await added({ title: `第${n}项`, holders: [works], rrule: null })).id)
    const pick = fc.integer({ min: 0, max: 5 })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(pick, fc.option(pick, { freq: 8 })), { minLength: 1, maxLength: 8 }), async (moves) => {
        const answers = await Promise.all(
          moves.map(([duty, parent]) => clerk.post(`/duties/${ids[duty]}/move`, { parent: parent === null ? null : ids[parent] })),
        )
        for (const answer of answers) expect([200, 400, 409]).toContain(answer.status)
        const rows = await h.owner.unsafe('SELECT id, parent_id FROM duty WHERE id = ANY($1::uuid[])', [ids])
        const parents = new Map(rows.map((row) => [row.id, row.parent_id]))
        for (const id of ids) {
          let steps = 0
          for (let up = parents.get(id); up !== null && up !== undefined; up = parents.get(up)) {
            steps += 1
            expect(steps).toBeLessThan(ids.length)
          }
        }
      }),
      { numRuns: 12 },
    )
  })
})
