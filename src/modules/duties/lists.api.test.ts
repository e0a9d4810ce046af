import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { readSheets } from '#kernel/sheets/index.ts'
import { house, personId, postId, tenantId, unitId } from '../../../test/harness.ts'

const h = await house()
const clerk = await h.as('clerk')
const at = (unit: Parameters<typeof unitId>[1], post: Parameters<typeof postId>[1]) => ({
  unit: unitId('a', unit),
  post: postId('a', post),
  person: null,
})
const [works, director, secretary, station] = [
  at('works', 'head'),
  at('office', 'director'),
  at('branch', 'secretary'),
  at('station', 'stationHead'),
]
const plain = { body: '', kind: 'dual', polarity: 'positive', measure: null, rrule: 'FREQ=MONTHLY', due: null, since: '2026-01-01' }
type Body = Record<string, unknown>
const added = async (title: string, holders: object[], change: Body = {}): Promise<Body & { id: string }> => {
  const answer = await clerk.post('/duties', { ...plain, title, holders, ...change })
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.body
}
type Gap = {
  kind: string
  key: string
  title: string
  duty: string | null
  holder: string | null
  owner: { name: string } | null
  next: string
  count: number
}
const gaps = async (query: Record<string, string | number> = {}): Promise<Gap[]> =>
  (await clerk.get('/duties/gaps', { limit: 200, ...query })).body.items
const count = async (kind: string) =>
  (await clerk.get('/duties/gaps')).body.counts.find((one: { kind: string }) => one.kind === kind)?.count

describe('a duty list', () => {
  beforeAll(async () => {
    await added('每月检查一次项目', [works], { measure: '检查记录 1 份', body: '覆盖全部在建项目' })
    await added('不得违规插手招投标', [works], { polarity: 'negative', rrule: null })
    await added('推进人防工程审批提速', [works], { kind: 'task', rrule: 'FREQ=MONTHLY;INTERVAL=3' })
    await added('每月一次主题党日活动', [secretary], { kind: 'branch' })
  })

  it('of a unit holds its duties by kind, numbered within 正面清单 and 负面清单', async () => {
    const { body } = await clerk.get(`/duties/lists/units/${unitId('a', 'works')}`)
    expect(body).toMatchObject({ of: 'unit', name: '工程科', note: null, day: '2026-06-15', positive: 2, negative: 1, more: false })
    expect(
      body.groups.map((group: { kind: string; items: { no: number; duty: { title: string } }[] }) => [
        group.kind,
        group.items.map(({ no, duty }) => [no, duty.title]),
      ]),
    ).toEqual([
      [
        'dual',
        [
          [1, '每月检查一次项目'],
          [1, '不得违规插手招投标'],
        ],
      ],
      ['task', [[2, '推进人防工程审批提速']]],
    ])
  })

  it('of a post and of a person: a person carries what all their posts carry', async () => {
    const post = (await clerk.get(`/duties/lists/posts/${postId('a', 'head')}`)).body
    expect([post.name, post.note, post.positive]).toEqual(['工程科科长', '工程科', 2])
    const person = (await clerk.get(`/duties/lists/persons/${personId('a', 'head')}`)).body
    expect([person.name, person.positive, person.groups.map((one: { kind: string }) => one.kind)]).toEqual([
      '王建业',
      3,
      ['dual', 'branch', 'task'],
    ])
    expect((await clerk.get(`/duties/lists/persons/${personId('a', 'nobody')}`)).body.groups).toEqual([])
    expect((await clerk.get(`/duties/lists/units/${unitId('b', 'works')}`)).status).toBe(404)
  })

  it('is of the day one looks at: who is not in the post any more has an empty one', async () => {
    h.setNow('2026-06-16T02:00:00Z')
    await h.owner.unsafe('UPDATE appointment SET until = $1, until_recorded_at = now() WHERE post_id = $2', [
      '2026-06-16',
      postId('a', 'head'),
    ])
    const positive = async (query: Record<string, string> = {}) =>
      (await clerk.get(`/duties/lists/persons/${personId('a', 'head')}`, query)).body.positive
    expect([await positive(), await positive({ asOf: '2026-06-15' })]).toEqual([1, 3])
    await h.owner.unsafe('UPDATE appointment SET until = NULL, until_recorded_at = NULL WHERE post_id = $1', [postId('a', 'head')])
    h.setNow('2026-06-15T02:00:00Z')
  })

  it('is found among those of all units, posts and persons, each with how much it holds; paged without gaps', async () => {
    for (const [of, name, n] of [
      ['unit', '工程科', 3],
      ['post', '工程科科长', 3],
      ['person', '王建业', 4],
    ] as const) {
      const { items } = (await clerk.get('/duties/lists', { of, limit: 200 })).body
      expect(items.find((one: { name: string }) => one.name === name)?.count, of).toBe(n)
      const seen: string[] = []
      let after: string | null = null
      do {
        const page: { items: { id: string }[]; next: string | null } = (
          await clerk.get('/duties/lists', { of, limit: 2, ...(after ? { after } : {}) })
        ).body
        seen.push(...page.items.map((one) => one.id))
        after = page.next
      } while (after !== null)
      expect(seen).toEqual(items.map((one: { id: string }) => one.id))
    }
    expect((await clerk.get('/duties/lists', { of: 'unit', q: '工程' })).body.items.map((one: { name: string }) => one.name)).toEqual([
      '工程科',
    ])
  })

  it('goes out as people print it: title, unit, head of eight columns, kinds across the page', async () => {
    const answer = await h.app.inject({
      url: `/api/duties/lists/sheet?of=unit&id=${unitId('a', 'works')}`,
      headers: { authorization: `Bearer ${clerk.token}` },
    })
    expect(answer.headers['content-disposition']).toContain(encodeURIComponent('工程科责任清单'))
    const { sheets } = await readSheets(answer.rawPayload)
    expect(sheets.map((sheet) => sheet.name)).toEqual(['正面清单', '负面清单'])
    const rows = sheets[0]?.rows.map((row) => (Array.isArray(row) ? row : (row as { cells: string[] }).cells)) ?? []
    const texts = rows.map((row) => [...row].map(String))
    expect(texts[0]?.[0]).toBe('工程科责任清单（正面清单）')
    expect(texts[1]?.[0]).toContain('单位：工程科')
    expect(texts[2]).toEqual(['序号', '责任主体', '责任内容', '具体措施', '完成时限', '责任人', '依据', '备注'])
    expect(texts[3]?.[0]).toBe('一、一岗双责')
    expect(texts[4]?.slice(0, 6)).toEqual([
      '1',
      '工程科',
      '每月检查一次项目\n覆盖全部在建项目',
      '检查记录 1 份',
      '每月',
      '工程科科长 王建业',
    ])
    expect(texts[5]?.[0]).toBe('二、业务任务')
  })
})

describe('the table', () => {
  it.each(['recorded', 'title', 'kind', 'unit', 'since', 'due', 'red'])('sorted by %s is paged without gaps, both ways', async (sort) => {
    for (const order of ['asc', 'desc']) {
      const all = (await clerk.get('/duties', { sort, order, limit: 200 })).body.items.map((one: { id: string }) => one.id)
      const seen: string[] = []
      let after: string | null = null
      do {
        const page: { items: { id: string }[]; next: string | null } = (
          await clerk.get('/duties', { sort, order, limit: 2, ...(after ? { after } : {}) })
        ).body
        seen.push(...page.items.map((one) => one.id))
        after = page.next
      } while (after !== null)
      expect(seen).toEqual(all)
      expect(new Set(all).size).toBe(all.length)
    }
  })
  it('refuses a cursor of another order', async () => {
    const { next } = (await clerk.get('/duties', { sort: 'title', limit: 1 })).body
    expect((await clerk.get('/duties', { sort: 'since', limit: 1, after: next })).status).toBe(400)
  })
})

describe('the first responsible', () => {
  it('has the four aspects and the members, each with the acts really recorded', async () => {
    const deploy = await added('每季度部署一次党风廉政建设工作', [director], {
      kind: 'first',
      aspect: 'deploy',
      rrule: 'FREQ=MONTHLY;INTERVAL=3',
    })
    const untagged = await added('听取纪检组意见', [director], { kind: 'first', rrule: null })
    const leader = await h.as('director')
    // What is overdue of a leader is for them and their superior: the clerk is not shown it.
    const [owed] = (await leader.get('/obligations', { because: deploy.id })).body.items
    expect((await leader.post('/acts', { what: '召开党组会部署全年工作', happenedOn: '2026-03-20', discharges: [owed.id] })).status).toBe(
      200,
    )
    const { body } = await leader.get('/duties/first')
    expect(body.person).toEqual({ id: personId('a', 'director'), name: '周明远' })
    expect(body.aspects.map((one: { key: string; says: string }) => [one.key, one.says])).toEqual([
      ['deploy', '重要工作亲自部署'],
      ['ask', '重大问题亲自过问'],
      ['coordinate', '重点环节亲自协调'],
      ['oversee', '重要案件亲自督办'],
      ['members', '督导班子成员'],
    ])
    expect(body.aspects[0]).toMatchObject({
      rule: { article: '第六条', confidence: 'text seen' },
      items: [{ duty: { id: deploy.id }, done: 1, acts: [{ what: '召开党组会部署全年工作', happenedOn: '2026-03-20' }] }],
    })
    expect(body.others.map((one: { duty: { id: string } }) => one.duty.id)).toEqual([untagged.id])
    // Whoever may not read the act sees that it was done, and no more. The clerk has no such list: the head of the office's is meant.
    const staff = (await (await h.as('staff')).get('/duties/first')).body
    expect([staff.person.name, staff.aspects[0].items[0].done, staff.aspects[0].items[0].acts]).toEqual(['周明远', 1, []])
    // Before it happened nothing was done.
    h.setNow('2026-06-16T02:00:00Z')
    expect((await leader.get('/duties/first', { asOf: '2026-06-14' })).body.aspects[0].items).toEqual([])
    h.setNow('2026-06-15T02:00:00Z')
  })
})

describe('branches', () => {
  const branch = unitId('a', 'branch')
  const ofBranch = async () => (await clerk.get('/duties/branches')).body.items.find((one: { id: string }) => one.id === branch)
  it('under seven full members have no committee: the secretary carries all lists; nothing is made unless it is taken', async () => {
    const before = (await clerk.get('/duties', { limit: 200 })).body.items.length
    const found = await ofBranch()
    expect(found).toMatchObject({ name: '第一党支部', full: 0, committee: false, from: 7, actions: ['accept'] })
    expect(found.items.every((one: { post: { name: string } }) => one.post.name === '支部书记')).toBe(true)
    expect(found.items.map((one: { key: string }) => one.key)).not.toContain('branch.list.committee_meeting')
    expect((await clerk.get('/duties', { limit: 200 })).body.items.length).toBe(before)
  })

  it('take what they choose, once', async () => {
    const keys = ['branch.list.members_meeting', 'branch.list.theme_day']
    const taken = await clerk.post(`/duties/branches/${branch}/accept`, { keys, since: '2026-07-01' })
    expect(taken.status).toBe(200)
    const carried = taken.body.items.filter((one: { duty: string | null }) => one.duty !== null)
    expect(carried.map((one: { key: string }) => one.key)).toEqual(keys)
    expect((await clerk.get(`/duties/${carried[0].duty}`)).body).toMatchObject({
      ...{ kind: 'branch', rrule: 'FREQ=MONTHLY;INTERVAL=3', since: '2026-07-01' },
      holders: [{ post: { name: '支部书记' }, persons: [{ name: '王建业' }] }],
    })
    const again = await clerk.post(`/duties/branches/${branch}/accept`, { keys: [keys[0]] })
    expect([again.status, again.body.error.code, again.body.error.at]).toEqual([409, 'duty.branch_carried', [{ at: '/keys/0' }]])
    const strange = await clerk.post(`/duties/branches/${branch}/accept`, { keys: ['branch.list.photographs'] })
    expect(strange.body.error.code).toBe('duty.branch_unknown')
  })
})

describe('gaps', () => {
  it('name what has nobody, who left, whose part is missing, whose post is idle; each with whoever puts it right', async () => {
    const nobody = await added('质监站每月抽查', [station])
    const beside = await added('两处一起抽查', [station, works])
    expect(await gaps({ kind: 'nobody' })).toMatchObject([{ duty: nobody.id, title: '质监站每月抽查', next: 'assign' }])
    expect(await gaps({ kind: 'vacant' })).toMatchObject([{ holder: '质量监督站站长', count: 1, duty: beside.id, next: 'appoint' }])
    const named = await added('专人负责台账', [{ unit: unitId('a', 'works'), post: null, person: personId('a', 'nobody') }])
    expect(await gaps({ kind: 'left' })).toMatchObject([
      { title: '褚未名', count: 1, duty: named.id, owner: { name: '王建业' }, next: 'release' },
    ])
    expect((await gaps({ kind: 'idle' })).map((one) => one.title)).toContain('工程科科员')
    const whole = await added('分到两个科室', [works, at('general', 'clerk')])
    expect(await count('uncarried')).toBe(0)
    await clerk.post(`/duties/${whole.id}/decompose`, { parts: [{ title: '工程科的一份', holders: [works] }] })
    expect(await gaps({ kind: 'uncarried' })).toMatchObject([
      { duty: whole.id, holder: '综合科科长', owner: { name: '郑文清' }, next: 'decompose' },
    ])
  })

  it('hold every sentence that is neither carried nor set aside', async () => {
    const directive = await clerk.post('/directives', {
      title: '缺口测试',
      kind: 'speech',
      issuedOn: '2026-06-01',
      text: '一、抓好落实。\n各科室要在一季度内细化责任清单。综合科每月督查一次。',
    })
    const { proposals } = (await clerk.get(`/directives/${directive.body.id}`)).body
    const open = proposals.filter((one: { type: string; state: string }) => one.type === 'duty' && one.state === 'open')
    const found = await gaps({ kind: 'sentence' })
    expect(found.map((one) => one.key).sort()).toEqual(open.map((one: { id: string }) => one.id).sort())
    expect(found[0]).toMatchObject({ next: 'decide', owner: { name: '郑文清' }, directive: { id: directive.body.id, title: '缺口测试' } })
    await clerk.post(`/proposals/${open[0].id}/aside`, { reason: '已在年度计划里' })
    expect(await count('sentence')).toBe(open.length - 1)
  })

  it('are counted by kind, filtered by unit, paged without gaps, and of the day one looks at', async () => {
    const { counts } = (await clerk.get('/duties/gaps')).body
    const all = await gaps()
    for (const { kind, count: n } of counts) expect(all.filter((one) => one.kind === kind).length, kind).toBe(n)
    const seen: string[] = []
    let after: string | null = null
    do {
      const page: { items: Gap[]; next: string | null } = (await clerk.get('/duties/gaps', { limit: 2, ...(after ? { after } : {}) })).body
      seen.push(...page.items.map((one) => `${one.kind} ${one.key}`))
      after = page.next
    } while (after !== null)
    expect(seen).toEqual(all.map((one) => `${one.kind} ${one.key}`))
    expect((await gaps({ unit: unitId('a', 'station') })).map((one) => one.kind)).toEqual(['nobody', 'vacant'])
    h.setNow('2026-06-16T02:00:00Z')
    const back = (await clerk.get('/duties/gaps', { asOf: '2026-06-14' })).body.counts
    expect(back.find((one: { kind: string }) => one.kind === 'nobody').count).toBe(0)
    h.setNow('2026-06-15T02:00:00Z')
  })

  it('leave no leaf out: each active duty without children ends at a named person, or stands among the gaps', async () => {
    const seats = [works, station, { unit: unitId('a', 'works'), post: null, person: personId('a', 'nobody') }, at('general', 'clerk')]
    const part = fc.record({ parent: fc.nat(20), holders: fc.uniqueArray(fc.nat(3), { minLength: 1, maxLength: 3 }) })
    await fc.assert(
      fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 6 }), async (parts) => {
        const own: string[] = []
        for (const [i, { parent, holders }] of parts.entries()) {
          const given = holders.map((n) => seats[n] as object)
          const title = `随机第${i}项`
          if (i === 0) own.push((await added(title, given, { rrule: null })).id)
          else {
            const answer = await clerk.post(`/duties/${own[parent % i]}/decompose`, { parts: [{ title, holders: given, rrule: null }] })
            own.push(answer.body.made[0])
          }
        }
        const found = await gaps()
        const nodes = await Promise.all(own.map(async (id) => (await clerk.get(`/duties/${id}`)).body))
        for (const node of nodes) {
          const persons = node.holders.flatMap((one: { persons: { id: string }[] }) => one.persons)
          const mentioned = (kind: string) => found.some((one) => one.kind === kind && one.duty === node.id)
          if (node.children === 0) expect(persons.length > 0 || mentioned('nobody')).toBe(true)
          else expect(node.uncarried.length > 0).toBe(mentioned('uncarried'))
          // Said of the branch: it ends at persons exactly where nothing below it stands among the gaps.
          const below = (id: string): string[] => [id, ...nodes.filter((one) => one.parent === id).flatMap((one) => below(one.id))]
          const open = below(node.id).some((id) => {
            const it = nodes.find((one) => one.id === id)
            return found.some((one) => one.duty === id && (one.kind === 'uncarried' || (one.kind === 'nobody' && it.children === 0)))
          })
          expect(node.ends).toBe(!open)
        }
      }),
      { numRuns: 8 },
    )
  })

  it('belong to the office asked for alone', async () => {
    const stranger = await h.as('clerk', 'b')
    const found = (await stranger.get('/duties/gaps', { limit: 200 })).body.items
    expect(found.every((one: Gap) => one.duty === null)).toBe(true)
    expect(tenantId('b')).not.toBe(tenantId('a'))
  })
})
