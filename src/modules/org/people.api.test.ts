import { beforeAll, describe, expect, test } from 'vitest'
import { type kyselyOver, withTenant } from '#kernel/db.ts'
import { newId } from '#kernel/ids.ts'
import { access } from '#modules/access/index.ts'
import { type Client, house, personId, postId, type TestHouse, tenantId, unitId } from '../../../test/harness.ts'
import { branchSize, branchSizes, headOf, headsOfKind, holdersOf, org, workUnitsOn } from './index.ts'

let h: TestHouse
let clerk: Client
const t = tenantId('a')
const a = { works: unitId('a', 'works'), station: unitId('a', 'station'), general: unitId('a', 'general'), branch: unitId('a', 'branch') }
const p = { head: personId('a', 'head'), staff: personId('a', 'staff'), deputy: personId('a', 'deputy'), nobody: personId('a', 'nobody') }

beforeAll(async () => {
  h = await house({ modules: [access, org] })
  clerk = await h.as('clerk')
})

type Ask = ReturnType<typeof kyselyOver>
const at = <T>(fn: (db: Ask) => Promise<T>) => withTenant(h.pool, t, fn)
const add = async (path: string, body: object) => {
  const answer = await clerk.post(`/org/${path}`, body)
  expect(answer.body, JSON.stringify(answer.body)).not.toHaveProperty('error')
  return answer.body
}
const refused = async (path: string, body: object, code: string, place?: string) => {
  const { status, body: answer } = await clerk.post(`/org/${path}`, body)
  expect([answer.error?.code, answer.error?.at[0]?.at]).toEqual([code, place ?? answer.error?.at[0]?.at])
  return { status, message: String(answer.error.message) }
}

describe('who answers', () => {
  test('whoever acts heads the unit from the day the head is gone, and no earlier', async () => {
    const deputy = await add('posts', { unit: a.works, name: '工程科副科长', roles: ['deputy'], since: '2025-01-01' })
    await add('appointments', { person: p.nobody, post: deputy.id, kind: 'acting', since: '2025-01-01' })
    const { body } = await clerk.get('/org')
    const chief = body.appointments.find((one: { post: string }) => one.post === postId('a', 'head'))
    await add(`appointments/${chief.id}/end`, { until: '2026-05-01' })
    const heads = async (day: string) => (await at((db) => headOf(db, t, a.works, day))).map((one) => [one.person_id, one.kind])
    expect(await heads('2026-04-30')).toEqual([[p.head, 'regular']])
    expect(await heads('2026-05-01')).toEqual([[p.nobody, 'acting']])
    await add('appointments', { person: p.deputy, post: postId('a', 'head'), kind: 'acting', since: '2026-03-01' })
    const held = await at((db) => holdersOf(db, t, [postId('a', 'head')], '2026-01-01', '2026-12-31'))
    expect(held.map((one) => [one.person_id, one.since, one.until])).toEqual([
      [p.head, '2024-01-01', '2026-05-01'],
      [p.deputy, '2026-05-01', null],
    ])
    expect(await at((db) => headsOfKind(db, t, 'discipline_group', '2026-06-01'))).toMatchObject([
      { person_id: personId('a', 'supervisor'), kind: 'regular' },
    ])
    expect((await at((db) => headOf(db, t, a.branch, '2026-06-01'))).map((one) => one.person_id)).toEqual([p.head])
  })

  test('a post of one person refuses a second and says who holds it', async () => {
    const chief = await add('posts', { unit: a.station, name: '副站长', roles: ['head'], level: 'section_deputy', since: '2025-01-01' })
    expect(chief).toMatchObject({ exclusive: true, level: 'section_deputy' })
    const one = await add('persons', { name: '独任甲' })
    const two = await add('persons', { name: '独任乙' })
    await add('appointments', { person: one.id, post: chief.id, kind: 'regular', since: '2026-01-01' })
    const no = await refused(
      'appointments',
      { person: two.id, post: chief.id, kind: 'regular', since: '2026-02-01' },
      'org.taken',
      '/person',
    )
    expect(no.status).toBe(409)
    expect(no.message).toContain('独任甲')
    await add('appointments', { person: two.id, post: chief.id, kind: 'acting', since: '2026-02-01' })
    const shared = await add('posts', { unit: a.station, name: '检测员', since: '2025-01-01' })
    expect(shared.exclusive).toBe(false)
    for (const person of [one, two])
      await add('appointments', { person: person.id, post: shared.id, kind: 'concurrent', since: '2026-01-01' })
    const patched = await clerk.send('PATCH', `/org/posts/${shared.id}`, { exclusive: true })
    expect(patched.body.error).toMatchObject({ code: 'org.two_in', params: { who: '独任甲', other: '独任乙' }, at: [{ at: '/exclusive' }] })
  })

  test('of two appointed at once to a post of one, one is', async () => {
    const chief = await add('posts', { unit: a.station, name: '总工', exclusive: true, since: '2025-01-01' })
    const persons = await Promise.all(['并发甲', '并发乙', '并发丙'].map((name) => add('persons', { name })))
    const answers = await Promise.all(
      persons.map((one) => clerk.post('/org/appointments', { person: one.id, post: chief.id, kind: 'regular', since: '2026-01-01' })),
    )
    expect(answers.map((one) => one.status).sort()).toEqual([200, 409, 409])
  })

  test('somebody seconded counts where they work, and where they come from is kept', async () => {
    const window = await add('posts', { unit: a.general, name: '专班成员', since: '2025-01-01' })
    const stranger = await add('persons', { name: '外来借调' })
    await refused(
      'appointments',
      { person: stranger.id, post: window.id, kind: 'seconded', since: '2026-03-01' },
      'org.from_needed',
      '/fromOffice',
    )
    await refused(
      'appointments',
      { person: stranger.id, post: window.id, kind: 'regular', fromOffice: '某区住建局', since: '2026-03-01' },
      'org.from_without',
    )
    await refused(
      'appointments',
      { person: stranger.id, post: window.id, kind: 'seconded', fromUnit: unitId('b', 'works'), since: '2026-03-01' },
      'reference.absent',
      '/fromUnit',
    )
    const lent = await add('appointments', {
      person: stranger.id,
      post: window.id,
      kind: 'seconded',
      fromOffice: '某区住建局',
      since: '2026-03-01',
    })
    expect(lent.from).toEqual({ unit: null, office: '某区住建局' })
    // Where they come from is known for one's own people: it is not asked.
    const own = await add('appointments', { person: p.staff, post: window.id, kind: 'seconded', since: '2026-03-01', until: '2026-06-01' })
    expect(own.from).toEqual({ unit: { id: a.works, name: '工程科' }, office: null })
    const where = async (day: string) => (await at((db) => workUnitsOn(db, t, [p.staff, stranger.id], day))).get(p.staff)
    expect([await where('2026-02-28'), await where('2026-03-01'), await where('2026-06-01')]).toEqual([a.works, a.general, a.works])
    const row = (await clerk.get('/org/persons', { q: '陈小禾', asOf: '2026-04-01' })).body.items[0]
    expect(row.posts.map((one: { unit: { name: string } }) => one.unit.name)).toEqual(['综合科', '工程科'])
  })
})

describe('what a person is', () => {
  test('a grade, an identity and a standing hold from a day, one of a kind at a time', async () => {
    const noted = await add('facts', { person: p.staff, kind: 'grade', value: '一级科员', since: '2024-01-01' })
    expect(noted).toMatchObject({ kind: 'grade', value: '一级科员', unit: null, inForce: true })
    const up = await add('facts', { person: p.staff, kind: 'grade', value: '四级主任科员', since: '2026-03-01' })
    await add('facts', { person: p.staff, kind: 'identity', value: 'civil_servant', since: '2024-01-01' })
    await refused('facts', { person: p.staff, kind: 'grade', value: '四级主任科员', since: '2026-05-01' }, 'org.nothing', '/value')
    await refused(
      'facts',
      { person: p.staff, kind: 'grade', value: '二级科员', since: '2025-01-01', until: '2025-06-01' },
      'org.overlap',
      '/since',
    )
    await refused('facts', { person: p.staff, kind: 'identity', value: '编外', since: '2026-05-01' }, 'org.fact_value', '/value')
    await refused('facts', { person: p.staff, kind: 'grade', unit: a.works, value: '科员', since: '2026-05-01' }, 'org.fact_value', '/unit')
    await refused('facts', { person: p.staff, kind: 'branch', unit: a.works, since: '2026-05-01' }, 'org.fact_value', '/unit')
    await refused('facts', { person: p.staff, kind: 'branch', since: '2026-05-01' }, 'org.fact_value', '/unit')
    await refused('facts', { person: p.staff, kind: 'party', value: 'full', since: '2026-02-30' }, 'day.unknown', '/since')
    const on = async (asOf: string) => (await clerk.get(`/org/persons/${p.staff}`, { asOf })).body
    const grade = async (asOf: string) => {
      const { facts, leading } = await on(asOf)
      return [
        facts.find((one: { kind: string; inForce: boolean }) => one.kind === 'grade' && one.inForce)?.value,
        leading.leading,
        leading.by,
      ]
    }
    expect(await grade('2026-02-28')).toEqual(['一级科员', false, null])
    expect(await grade('2026-03-01')).toEqual(['四级主任科员', true, 'grade'])
    const today = await on('2026-06-15')
    expect(today.leading).toMatchObject({ level: 'section_deputy', rule: { confidence: 'likely' }, from: { level: 'section_deputy' } })
    await add(`facts/${up.id}/void`, {})
    await refused(`facts/${up.id}/end`, { until: '2026-06-01' }, 'org.voided')
    const story = await on('2026-06-15')
    expect(story.facts.filter((one: { kind: string }) => one.kind === 'grade').map((one: { until: string }) => one.until)).toEqual([
      null,
      '2026-03-01',
    ])
    expect((await on('2018-01-01')).leading).toMatchObject({ leading: false })
  })

  test('a branch has as many full members as were in it and full on the day', async () => {
    const persons = await Promise.all(['党员甲', '党员乙', '党员丙'].map((name) => add('persons', { name })))
    for (const one of persons) await add('facts', { person: one.id, kind: 'branch', unit: a.branch, since: '2026-01-01' })
    for (const one of persons.slice(0, 2)) await add('facts', { person: one.id, kind: 'party', value: 'full', since: '2026-01-01' })
    await add('facts', { person: persons[2]?.id, kind: 'party', value: 'probationary', since: '2026-01-01' })
    await add('facts', { person: persons[2]?.id, kind: 'party', value: 'full', since: '2026-04-01' })
    const sizes = async (day: string) => (await at((db) => branchSizes(db, t, day))).get(a.branch)
    expect(await at((db) => branchSize(db, t, a.branch, '2025-12-31'))).toBe(0)
    expect(await sizes('2026-03-31')).toMatchObject({ full: 2, probationary: 1 })
    expect(await sizes('2026-04-01')).toMatchObject({ full: 3, probationary: 0 })
    const other = await add('units', {
      parent: unitId('a', 'office'),
      name: '第二党支部',
      line: 'party',
      kind: 'branch',
      since: '2026-01-01',
    })
    await add('facts', { person: persons[0]?.id, kind: 'branch', unit: other.id, since: '2026-05-01' })
    expect([await sizes('2026-05-01'), await at((db) => branchSize(db, t, other.id, '2026-05-01'))]).toMatchObject([
      { full: 2, probationary: 0 },
      1,
    ])
  })

  test('is seen by oneself, by whoever keeps or leads the unit, and by the discipline group; not by a colleague', async () => {
    const facts = async (who: 'staff' | 'head' | 'supervisor' | 'deputy', person: string) =>
      (await (await h.as(who)).get(`/org/persons/${person}`)).body.facts
    expect(await facts('staff', p.staff)).not.toBeNull()
    expect(await facts('staff', p.head)).toBeNull()
    expect(await facts('supervisor', p.staff)).not.toBeNull()
    expect(await facts('deputy', p.staff)).not.toBeNull()
    expect(await facts('deputy', personId('a', 'clerk'))).toBeNull()
  })

  test('a local clerk notes for their own people only', async () => {
    await h.owner`INSERT INTO access_grant (tenant_id, id, person_id, role, unit_id, since, ground, recorded_at)
      VALUES (${t}, ${newId()}, ${p.nobody}, 'clerk', ${a.station}, '2024-01-01', 'test', now())`
    h.signIn.forget()
    const local = await h.as('nobody')
    const body = { person: personId('a', 'clerk'), kind: 'grade', value: '一级科员', since: '2026-01-01' }
    expect((await local.post('/org/facts', body)).body.error.code).toBe('may.not')
  })

  test('the month of birth tells namesakes apart and is shown for nothing else', async () => {
    const one = await add('persons', { name: '同名人', born: '1975-06' })
    const born = async (who: Client) => (await who.get('/org/persons', { q: '同名人' })).body.items.map((it: { born: string }) => it.born)
    expect(await born(clerk)).toEqual([null])
    const staff = await h.as('staff')
    expect((await staff.get(`/org/persons/${one.id}`)).body.born).toBeNull()
    const two = await add('persons', { name: '同名人' })
    const patched = await clerk.send('PATCH', `/org/persons/${two.id}`, { born: '1981-11' })
    expect(patched.body.born).toBe('1981-11')
    expect((await born(staff)).sort()).toEqual(['1975-06', '1981-11'])
    for (const wrong of ['1975', '1975-13', '1975.06', '0975-06'])
      await refused('persons', { name: '某', born: wrong }, 'request.invalid', '/born')
  })

  test('the rules’ grades are told with what they rest on', async () => {
    const { body } = await clerk.get('/org/grades')
    expect(body.items.find((one: { name: string }) => one.name === '四级主任科员')).toMatchObject({
      level: 'section_deputy',
      rule: { confidence: 'likely', article: '第十九条；第九条' },
    })
    const before = await clerk.get('/org/grades', { asOf: '2018-01-01' })
    expect(before.body.items.map((one: { name: string }) => one.name)).not.toContain('四级主任科员')
    expect(before.body.items.map((one: { name: string }) => one.name)).toContain('副主任科员')
  })
})
