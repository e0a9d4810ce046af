import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kernel/ids.ts'
import { access } from '#modules/access/index.ts'
import { type Client, house, personId, postId, type TestHouse, tenantId, unitId } from '../../../test/harness.ts'
import { org } from './index.ts'

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

describe('the story of a unit', () => {
  let command: { id: string; actions: string[] }
  let chief: { id: string; unit: string }
  let li: { id: string }
  let held: { id: string; actions: string[] }
  let inCharge: { id: string }

  test('a unit, its post, a person, an appointment and a charge are entered', async () => {
    command = await unit('指挥通信科', { aliases: ['指通科'] })
    expect(command.actions).toEqual(['editUnit', 'endUnit', 'merge', 'split', 'abolish', 'addUnit', 'addPost', 'charge'])
    chief = await post(command.id, '指挥通信科科长', { roles: ['head'] })
    li = await person('李示例')
    held = await add('appointments', { person: li.id, post: chief.id, kind: 'acting', since: '2026-03-01' })
    expect(held).toMatchObject({ person: { id: li.id, name: '李示例' }, kind: 'acting', since: '2026-03-01', until: null, later: false })
    expect(held.actions).toEqual(['endAppointment', 'voidAppointment'])
    inCharge = await add('charges', { person: a.deputy, unit: command.id, since: '2026-04-01' })
  })

  test('the office is what it was on each day', async () => {
    const on = async (asOf: string) => {
      const { body } = await clerk.get('/org', { asOf })
      return {
        unit: body.units.some((one: { id: string }) => one.id === command.id),
        holders: body.appointments.filter((one: { post: string }) => one.post === chief.id).length,
        charges: body.charges.filter((one: { unit: string }) => one.unit === command.id).length,
        actions: [...body.actions, ...body.units.flatMap((one: { actions: string[] }) => one.actions)].length,
      }
    }
    expect(await on('2024-12-31')).toEqual({ unit: false, holders: 0, charges: 0, actions: 0 })
    expect(await on('2025-01-01')).toEqual({ unit: true, holders: 0, charges: 0, actions: 0 })
    expect(await on('2026-02-28')).toMatchObject({ holders: 0, charges: 0 })
    expect(await on('2026-03-01')).toMatchObject({ holders: 1, charges: 0 })
    expect(await on('2026-04-01')).toMatchObject({ holders: 1, charges: 1 })
    const today = await on('2026-06-15')
    expect(today).toMatchObject({ unit: true, holders: 1, charges: 1 })
    expect(today.actions).toBeGreaterThan(0)
  })

  test('what was recorded after the day looked at says so', async () => {
    const { body } = await clerk.get('/org', { asOf: '2026-05-01' })
    expect(body.appointments.find((one: { id: string }) => one.id === held.id)).toMatchObject({
      later: true,
      recordedAt: '2026-06-15T02:00:00.000Z',
    })
    expect(body.appointments.filter((one: { later: boolean }) => one.later)).toHaveLength(1)
    const story = await clerk.get(`/org/persons/${li.id}`, { asOf: '2026-05-01' })
    expect(story.body.appointments[0]).toMatchObject({ later: true, inForce: true, actions: [] })
  })

  test('the same person is not in the same post twice on a day', async () => {
    const again = { person: li.id, post: chief.id, kind: 'regular', since: '2026-02-01', until: '2026-03-02' }
    const { zh, en, status } = await refused('appointments', again, 'org.overlap', '/since')
    expect(status).toBe(409)
    expect(zh.message).toContain('2026-03-01')
    expect(en.message).toContain('李示例')
    await refused('charges', { person: a.deputy, unit: command.id, since: '2026-05-01' }, 'org.overlap', '/since')
    const before = await add('appointments', { ...again, until: '2026-03-01' })
    expect(before.until).toBe('2026-03-01')
  })

  test('an end is set and brought forward, not pushed back; the first day out is out', async () => {
    const ended = await add(`appointments/${held.id}/end`, { until: '2026-06-10' })
    expect(ended.until).toBe('2026-06-10')
    await refused(`appointments/${held.id}/end`, { until: '2026-06-20' }, 'org.ended', '/until')
    await refused(`appointments/${held.id}/end`, { until: '2026-02-01' }, 'range.backwards', '/until')
    await add(`appointments/${held.id}/end`, { until: '2026-06-05' })
    const on = async (day: string) =>
      (await clerk.get('/org', { asOf: day })).body.appointments.some((one: { id: string }) => one.id === held.id)
    expect([await on('2026-06-04'), await on('2026-06-05')]).toEqual([true, false])
    const story = await clerk.get(`/org/persons/${li.id}`)
    expect(story.body.appointments[0]).toMatchObject({ until: '2026-06-05', untilRecordedAt: '2026-06-15T02:00:00.000Z', inForce: false })
  })

  test('a mistake is voided and stays in the history', async () => {
    const wrong = await add('appointments', { person: li.id, post: chief.id, kind: 'regular', since: '2026-06-05' })
    const voided = await add(`appointments/${wrong.id}/void`, {})
    expect(voided.actions).toEqual([])
    const { body } = await clerk.get('/org')
    expect(body.appointments.some((one: { id: string }) => one.id === wrong.id)).toBe(false)
    const story = await clerk.get(`/org/persons/${li.id}`)
    expect(story.body.appointments.find((one: { id: string }) => one.id === wrong.id)).toMatchObject({
      voidedAt: '2026-06-15T02:00:00.000Z',
      inForce: false,
    })
    await refused(`appointments/${wrong.id}/void`, {}, 'org.voided')
    await refused(`appointments/${wrong.id}/end`, { until: '2026-07-01' }, 'org.voided')
    await add('appointments', { person: li.id, post: chief.id, kind: 'regular', since: '2026-06-05' })
  })

  test('a unit does not end while something of it goes on', async () => {
    const { zh, status } = await refused(`units/${command.id}/end`, { until: '2026-07-01' }, 'org.in_use', '/until')
    expect(status).toBe(409)
    expect(zh.params.count).toBe(3)
    expect(zh.message).toContain('指挥通信科科长')
    expect(zh.at.map((place: { message: string }) => place.message).join()).toMatch(/岗位.*任职.*李示例.*分管 吴志成/)
    await refused(`posts/${chief.id}/end`, { until: '2026-07-01' }, 'org.in_use', '/until')

    const { body } = await clerk.get('/org')
    const last = body.appointments.find((one: { post: string }) => one.post === chief.id)
    await add(`appointments/${last.id}/end`, { until: '2026-07-01' })
    await add(`charges/${inCharge.id}/end`, { until: '2026-07-01' })
    await add(`posts/${chief.id}/end`, { until: '2026-07-01' })
    expect((await add(`units/${command.id}/end`, { until: '2026-07-01' })).until).toBe('2026-07-01')
    await refused(`posts/${chief.id}/end`, { until: null }, 'org.outside', '/until')
    expect((await add(`units/${command.id}/end`, { until: null })).until).toBeNull()
    await add(`posts/${chief.id}/end`, { until: null })
  })

  test('the ledger holds each step, and no name', async () => {
    const rows =
      await h.owner`SELECT e.kind, e.leaf, s.content FROM ledger_entry e JOIN ledger_salt s ON s.entry_id = e.id WHERE e.tenant_id = ${tenantId('a')}`
    expect(new Set(rows.map((row) => row.kind))).toEqual(
      new Set([
        'unit.added',
        'unit.ended',
        'unit.reopened',
        'post.added',
        'post.ended',
        'post.reopened',
        'person.added',
        'appointment.made',
        'appointment.ended',
        'appointment.voided',
        'charge.made',
        'charge.ended',
      ]),
    )
    expect(rows.map((row) => row.leaf + row.content).join('')).not.toMatch(/[一-鿿]/)
  })
})

describe('days that cannot be', () => {
  test('it cannot end before it begins, said in both languages at its place', async () => {
    const body = { person: a.deputy, post: postId('a', 'staff'), kind: 'regular', since: '2026-05-01', until: '2026-04-01' }
    const { zh, en, status } = await refused('appointments', body, 'range.backwards', '/until')
    expect([status, zh.message, en.message]).toEqual([400, '结束日不能早于开始日。', 'It cannot end before it begins.'])
    await refused('appointments', { ...body, until: body.since }, 'org.no_day', '/until')
    await refused(
      'units',
      { name: '某科', line: 'party', kind: 'branch', since: '2026-05-01', until: '2025-05-01' },
      'range.backwards',
      '/until',
    )
    await refused('posts', { unit: a.works, name: '某岗', since: '2026-05-01', until: '2025-05-01' }, 'range.backwards', '/until')
    await refused('charges', { person: a.deputy, unit: a.station, since: '2026-05-01', until: '2025-05-01' }, 'range.backwards', '/until')
  })

  test('a day that does not exist is refused', async () => {
    const body = { person: a.deputy, unit: a.station, since: '2026-02-30' }
    const { zh } = await refused('charges', body, 'day.unknown', '/since')
    expect(zh.message).toContain('2026-02-30')
    await refused('charges', { ...body, since: '2026-02-01', until: '2026-02-30' }, 'day.unknown', '/until')
    await refused('charges', { ...body, since: '0000-01-01' }, 'day.unknown', '/since')
    expect((await clerk.get('/org', { asOf: '2026-02-30' })).body.error.code).toBe('day.unknown')
    expect((await clerk.get('/org', { asOf: '2026-06-16' })).body.error.code).toBe('asof.future')
  })

  test('nothing outlives what it belongs to', async () => {
    const short = await unit('专班', { since: '2026-01-01', until: '2026-12-31' })
    await refused('posts', { unit: short.id, name: '组长', since: '2025-12-31', until: '2026-06-01' }, 'org.outside', '/since')
    await refused('posts', { unit: short.id, name: '组长', since: '2026-01-01' }, 'org.outside', '/until')
    const leader = await post(short.id, '组长', { since: '2026-01-01', until: '2026-03-01' })
    const someone = await person('甲')
    const to = (since: string, until: string | null) => ({
      person: someone.id,
      post: leader.id,
      kind: 'seconded',
      fromOffice: '示例区人防办',
      since,
      until,
    })
    await refused('appointments', to('2026-03-01', null), 'org.outside', '/since')
    await refused('appointments', to('2026-02-01', null), 'org.outside', '/until')
    await add('appointments', to('2026-02-01', '2026-03-01'))
    await refused('charges', { person: someone.id, unit: short.id, since: '2027-01-01' }, 'org.outside', '/since')
    await refused(`units/${short.id}/end`, { until: '2026-01-15' }, 'org.in_use', '/until')
  })
})

describe('whose it is', () => {
  test("another office's person, post or unit is as absent as one that never was", async () => {
    const own = { person: a.deputy, post: postId('a', 'staff'), kind: 'regular', since: '2026-01-01' }
    for (const id of [personId('b', 'deputy'), newId()])
      await refused('appointments', { ...own, person: id }, 'reference.absent', '/person')
    await refused('appointments', { ...own, post: postId('b', 'staff') }, 'reference.absent', '/post')
    await refused('charges', { person: a.deputy, unit: unitId('b', 'works'), since: '2026-01-01' }, 'reference.absent', '/unit')
    await refused(
      'units',
      { parent: unitId('b', 'office'), name: '某科', line: 'party', kind: 'branch', since: '2026-01-01' },
      'reference.absent',
      '/parent',
    )
    const count = await h.owner`SELECT count(*)::int AS n FROM appointment WHERE tenant_id = ${tenantId('b')}`
    expect(count[0]?.n).toBe(7)
  })

  test('a clerk of one unit edits there and nowhere else', async () => {
    const sub = unitId('a', 'station')
    await h.owner`INSERT INTO access_grant (tenant_id, id, person_id, role, unit_id, since, ground, recorded_at)
      VALUES (${tenantId('a')}, ${newId()}, ${personId('a', 'nobody')}, 'clerk', ${sub}, '2024-01-01', 'test', now())`
    h.signIn.forget()
    const local = await h.as('nobody')
    const { body } = await local.get('/org')
    expect(body.actions).toEqual(['addPerson'])
    expect(body.units.filter((one: { actions: string[] }) => one.actions.length > 0).map((one: { id: string }) => one.id)).toEqual([sub])
    const made = await local.post('/org/units', {
      parent: sub,
      name: '检测室',
      line: 'administrative',
      kind: 'department',
      since: '2026-01-01',
    })
    expect(made.body.actions).toContain('addPost')
    expect((await local.post('/org/posts', { unit: made.body.id, name: '主任', since: '2026-01-01' })).status).toBe(200)
    expect((await local.post('/org/posts', { unit: a.works, name: '主任', since: '2026-01-01' })).body.error.code).toBe('may.not')
    expect((await local.send('PATCH', `/org/units/${made.body.id}`, { parent: a.works })).body.error.code).toBe('may.not')
  })
})
