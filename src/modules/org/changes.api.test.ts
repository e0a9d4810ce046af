import { beforeAll, describe, expect, test } from 'vitest'
import { type kyselyOver, withTenant } from '#kernel/db.ts'
import { newId } from '#kernel/ids.ts'
import { access } from '#modules/access/index.ts'
import { type Client, house, personId, postId, type TestHouse, tenantId, unitId } from '../../../test/harness.ts'
import { headOf, holdersOf, leaderOf, type OrgSeed, officeOn, org, outlineOffice, seedOrg, subtreeOf } from './index.ts'

let h: TestHouse
let clerk: Client
const a = { office: unitId('a', 'office'), works: unitId('a', 'works'), station: unitId('a', 'station'), deputy: personId('a', 'deputy') }

beforeAll(async () => {
  h = await house({ modules: [access, org] })
  clerk = await h.as('clerk')
})

const english = { 'accept-language': 'en' }
const add = async (path: string, body: object) => {
  const answer = await clerk.post(`/org/${path}`, body)
  expect(answer.body, JSON.stringify(answer.body)).not.toHaveProperty('error')
  return answer.body
}
const refused = async (path: string, body: object, code: string, at?: string) => {
  const zh = await clerk.post(`/org/${path}`, body)
  const en = await clerk.post(`/org/${path}`, body, english)
  expect([zh.status, zh.body.error?.code]).toEqual([en.status, code])
  expect(en.body.error.code).toBe(code)
  expect(zh.body.error.message).not.toBe(en.body.error.message)
  if (at !== undefined) expect(zh.body.error.at[0].at).toBe(at)
  return { zh: zh.body.error, en: en.body.error, status: zh.status }
}
const unit = (name: string, more: object = {}) =>
  add('units', { parent: a.office, name, line: 'administrative', kind: 'department', since: '2025-01-01', ...more })
const post = (unitOf: string, name: string, more: object = {}) => add('posts', { unit: unitOf, name, since: '2025-01-01', ...more })
const person = (name: string) => add('persons', { name })

describe('a unit changes', () => {
  test('renamed and moved from a day, it is called and hangs as it did before that day', async () => {
    const old = await unit('信息科')
    const changed = await clerk.send('PATCH', `/org/units/${old.id}`, { name: '信息化科', parent: a.station, since: '2026-03-01' })
    expect(changed.body).toMatchObject({ name: '信息化科', parent: a.station })
    const on = async (asOf: string) => {
      const { body } = await clerk.get('/org', { asOf })
      const one = body.units.find((it: { id: string }) => it.id === old.id)
      return [one.name, one.parent]
    }
    expect(await on('2026-02-28')).toEqual(['信息科', a.office])
    expect(await on('2026-03-01')).toEqual(['信息化科', a.station])
    const patch = async (body: object) => (await clerk.send('PATCH', `/org/units/${old.id}`, body)).body.error?.code
    expect(await patch({ name: '数据科', since: '2026-02-01' })).toBe('org.before')
    expect(await patch({ name: '数据科', since: '2026-07-01' })).toBe('org.not_yet')
    expect(await patch({ name: '信息化科' })).toBe('org.nothing')
    expect(await patch({ name: '数据科', since: '2026-05-01' })).toBeUndefined()
    expect([await on('2026-02-28'), await on('2026-04-30'), await on('2026-05-01')].map(([name]) => name)).toEqual([
      '信息科',
      '信息化科',
      '数据科',
    ])
    await clerk.send('PATCH', `/org/units/${old.id}`, { name: '大数据科', aliases: ['数据科'] })
    expect((await on('2026-05-01'))[0]).toBe('大数据科')
    expect((await on('2026-04-30'))[0]).toBe('信息化科')
  })

  test('no unit hangs below itself; two of one name do not stand side by side', async () => {
    const upper = await unit('上级科')
    const lower = await unit('下级科', { parent: upper.id })
    const move = async (id: string, parent: string) => (await clerk.send('PATCH', `/org/units/${id}`, { parent })).body.error
    expect(await move(upper.id, lower.id)).toMatchObject({ code: 'org.cycle', at: [{ at: '/parent' }] })
    expect(await move(upper.id, upper.id)).toMatchObject({ code: 'org.cycle' })
    // Each below the other's own unit, at once: no row is in both moves, and yet together they would close a circle.
    const pair = async (name: string) => {
      const [one, two] = await Promise.all([unit(`${name}组`), unit(`${name}队`)])
      const [inOne, inTwo] = await Promise.all([unit('一班', { parent: one.id }), unit('二班', { parent: two.id })])
      return [() => move(one.id, inTwo.id), () => move(two.id, inOne.id)]
    }
    const pairs = await Promise.all(['甲', '乙', '丙', '丁'].map(pair))
    const codes = await Promise.all(pairs.map((both) => Promise.all(both.map(async (go) => (await go())?.code ?? 'ok'))))
    expect(codes.map((both) => both.sort())).toEqual(pairs.map(() => ['ok', 'org.cycle']))
    await refused(
      'units',
      { parent: a.office, name: ' 上级科 ', line: 'party', kind: 'branch', since: '2026-01-01' },
      'org.name_taken',
      '/name',
    )
    await refused('posts', { unit: a.works, name: '工程科科长', since: '2026-01-01' }, 'org.name_taken', '/name')
  })

  test('names are names', async () => {
    for (const name of ['', '   ', '甲\u0000乙', '甲\n乙', '长'.repeat(61)]) await refused('persons', { name }, 'request.invalid', '/name')
    expect((await clerk.send('PATCH', `/org/persons/${personId('a', 'staff')}`, { name: '陈小河' })).body.name).toBe('陈小河')
  })
})

describe('two at once', () => {
  test('of two that would overlap one is kept', async () => {
    const one = await person('乙')
    const body = { person: one.id, post: postId('a', 'staff'), kind: 'regular', since: '2026-01-01' }
    const answers = await Promise.all(Array.from({ length: 6 }, () => clerk.post('/org/appointments', body)))
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409, 409, 409, 409])
    expect(new Set(answers.flatMap((answer) => answer.body.error?.code ?? []))).toEqual(new Set(['org.overlap']))
  })

  test('nobody is appointed to a post that ends meanwhile', async () => {
    const short = await post(a.works, '临时岗')
    const one = await person('丙')
    const [ended, made] = await Promise.all([
      clerk.post(`/org/posts/${short.id}/end`, { until: '2026-02-01' }),
      clerk.post('/org/appointments', { person: one.id, post: short.id, kind: 'regular', since: '2026-01-01' }),
    ])
    expect([ended.status, made.status].sort()).toEqual(made.status === 200 ? [200, 409] : [200, 400])
  })
})

describe('persons', () => {
  test('pages and search find everybody once, with the posts of the day', async () => {
    const names: string[] = []
    let after = ''
    for (;;) {
      const { body } = await clerk.get('/org/persons', { limit: 3, ...(after ? { after } : {}) })
      names.push(...body.items.map((one: { name: string }) => one.name))
      if (!body.next) break
      after = body.next
    }
    expect(new Set(names).size).toBe(names.length)
    expect(names).toContain('褚未名')
    expect(names).toEqual([...names].sort(new Intl.Collator('zh').compare))
    const found = await clerk.get('/org/persons', { q: '建业' })
    expect(found.body.items).toHaveLength(1)
    expect(found.body.items[0].posts.map((one: { name: string }) => one.name).sort()).toEqual(['工程科科长', '支部书记'])
    expect(found.body.items[0].posts[0].unit.name).toBe('工程科')
    expect((await clerk.get('/org/persons', { q: '%' })).body.items).toEqual([])
    expect((await clerk.get('/org/persons', { after: 'x' })).body.error.code).toBe('request.invalid')
    const back = await clerk.get('/org/persons', { asOf: '2024-06-01' })
    expect(back.body.items.map((one: { name: string }) => one.name)).not.toContain('褚未名')
    expect(back.body.items).toHaveLength(6)
    expect((await clerk.get(`/org/persons/${personId('b', 'staff')}`)).status).toBe(404)
  })
})

describe('what other modules ask', () => {
  const at = <T>(fn: (db: ReturnType<typeof kyselyOver>) => Promise<T>) => withTenant(h.pool, tenantId('b'), fn)
  const b = { office: unitId('b', 'office'), works: unitId('b', 'works'), general: unitId('b', 'general') }

  test('seeded in bulk, the office answers for every day', async () => {
    const [sub, head, who, next] = [newId(), newId(), newId(), newId()]
    const seed: OrgSeed = {
      units: [{ id: sub, parent_id: b.works, name: '工程一队', line: 'administrative', kind: 'subordinate', since: '2025-01-01' }],
      posts: [{ id: head, unit_id: sub, name: '队长', roles: ['head'], since: '2025-01-01' }],
      persons: [
        { id: who, name: '前任' },
        { id: next, name: '后任' },
      ],
      appointments: [
        { id: newId(), person_id: who, post_id: head, since: '2025-01-01', until: '2026-01-01' },
        { id: newId(), person_id: next, post_id: head, kind: 'acting', since: '2026-01-01' },
      ],
      charges: [{ id: newId(), person_id: next, unit_id: sub, since: '2026-02-01' }],
    }
    await withTenant(h.pool, tenantId('b'), (tx) => seedOrg(tx, tenantId('b'), seed, h.now()))
    const t = tenantId('b')
    expect((await at((db) => subtreeOf(db, t, b.works))).sort()).toEqual([b.works, sub].sort())
    expect(await at((db) => subtreeOf(db, t, unitId('a', 'works')))).toEqual([])
    expect((await at((db) => headOf(db, t, sub, '2025-12-31'))).map((one) => one.name)).toEqual(['前任'])
    expect(await at((db) => headOf(db, t, sub, '2026-01-01'))).toEqual([{ person_id: next, name: '后任', post_id: head, kind: 'acting' }])
    // Nobody is in charge of the team itself before February: the nearest above it is.
    expect(await at((db) => leaderOf(db, t, sub, '2026-01-31'))).toEqual([
      { person_id: personId('b', 'deputy'), name: '吴志成', unit_id: b.works },
    ])
    expect(await at((db) => leaderOf(db, t, sub, '2026-02-01'))).toEqual([{ person_id: next, name: '后任', unit_id: sub }])
    expect(await at((db) => leaderOf(db, t, b.general, '2026-02-01'))).toEqual([])
    const holders = await at((db) => holdersOf(db, t, [head], '2025-12-31', '2026-01-02'))
    expect(holders.map((one) => [one.person_id, one.unit_id, one.kind])).toEqual([
      [who, sub, 'regular'],
      [next, sub, 'acting'],
    ])
    expect(await at((db) => holdersOf(db, t, [head], '2026-01-01', null))).toHaveLength(1)
    expect(await at((db) => holdersOf(db, t, [head], '2024-01-01', '2025-01-01'))).toEqual([])
    const office = await at((db) => officeOn(db, t, '2025-06-01'))
    expect(office.persons.map((one) => one.name)).toContain('前任')
    expect(office.persons.map((one) => one.name)).not.toContain('后任')
    const outline = outlineOffice(office)
    expect(outline.posts.find((one) => one.id === head)).toEqual({ id: head, unitId: sub, name: '队长', aliases: [], roles: ['head'] })
    expect(Object.keys(outline.units[0] ?? {})).toEqual(['id', 'name', 'aliases', 'line', 'kind'])
  })
})
