import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { type kyselyOver, withTenant } from '#kernel/db.ts'
import { type Client, house, personId, type TestHouse, tenantId, unitId } from '../../../test/harness.ts'
import { modules } from '../../modules.ts'
import { formerOf, headOf, leaderOf, officeOn, successorsOn } from './index.ts'

let h: TestHouse
let clerk: Client
const t = tenantId('a')
const office = unitId('a', 'office')
const deputy = personId('a', 'deputy')

beforeAll(async () => {
  h = await house({ modules })
  clerk = await h.as('clerk')
})

type Ask = ReturnType<typeof kyselyOver>
const at = <T>(fn: (db: Ask) => Promise<T>) => withTenant(h.pool, t, fn)
const post = async (path: string, body: object) => {
  const answer = await clerk.post(`/org/${path}`, body)
  expect(answer.body, `${path} ${JSON.stringify(answer.body)}`).not.toHaveProperty('error')
  return answer.body
}
const refused = async (path: string, body: object, code: string, place?: string) => {
  const { body: answer } = await clerk.post(`/org/${path}`, body)
  expect([answer.error?.code, place === undefined ? undefined : answer.error?.at[0]?.at]).toEqual([code, place])
  return answer.error
}
/** The office of a day without what can only be known later: when something ended, and what may be done to it. */
const plain = (office: object): unknown =>
  JSON.parse(JSON.stringify(office, (key, value) => (['until', 'until_recorded_at', 'actions'].includes(key) ? undefined : value)))
const unit = (name: string, more: object = {}) =>
  post('units', { parent: office, name, line: 'administrative', kind: 'department', since: '2025-01-01', ...more })
const person = (name: string) => post('persons', { name })
const names = async (unitOf: string, day: string, from?: string) =>
  (await at((db) => successorsOn(db, t, unitOf, day, from ?? null))).map((one) => one.name)
const formerNames = async (unitOf: string, day: string) => (await at((db) => formerOf(db, t, unitOf, day))).map((one) => one.name)
type Item = { what: string; id: string; name: string; who: string }
const hanging = async (id: string, on: string): Promise<Item[]> => (await clerk.get(`/org/units/${id}/hanging`, { on })).body.items

/** A department with a head, a member of staff and a leader in charge of it. */
async function department(name: string) {
  const made = await unit(name)
  const chief = await post('posts', { unit: made.id, name: `${name}科长`, roles: ['head'], since: '2025-01-01' })
  const desk = await post('posts', { unit: made.id, name: `${name}科员`, since: '2025-01-01' })
  const [one, two] = [await person(`${name}甲`), await person(`${name}乙`)]
  await post('appointments', { person: one.id, post: chief.id, kind: 'regular', since: '2025-01-01' })
  await post('appointments', { person: two.id, post: desk.id, kind: 'regular', since: '2025-01-01' })
  await post('charges', { person: deputy, unit: made.id, since: '2025-01-01' })
  return { id: made.id as string, chief: chief.id as string, desk: desk.id as string, head: one.id as string, staff: two.id as string }
}

describe('two departments become one', () => {
  test('everything that hangs there is shown and decided; the past stays; the new one carries on', async () => {
    const [a, b] = [await department('平战'), await department('建设')]
    const inner = await unit('平战一组', { parent: a.id })
    const before = await clerk.get('/org', { asOf: '2026-02-28' })
    const shown = await hanging(a.id, '2026-03-01')
    expect(shown.map((one) => [one.what, one.name, one.who])).toEqual([
      ['unit', '平战一组', ''],
      ['post', '平战科长', '平战甲'],
      ['post', '平战科员', '平战乙'],
      ['charge', '', '吴志成'],
    ])
    const into = { name: '建设管理科', aliases: ['建管科'] }
    const base = { units: [a.id, b.id], into, since: '2026-03-01', ground: '编办〔2026〕3号' }
    const open = await refused('units/merge', { ...base, moves: [] }, 'org.undecided', '/moves')
    expect(open.params.count).toBe(7)
    expect(open.message).toContain('岗位 平战科长 平战甲')
    const moves = [
      ...shown.map((one) => ({
        what: one.what,
        id: one.id,
        to: one.name === '平战科长' ? null : 'new',
      })),
      ...(await hanging(b.id, '2026-03-01')).map((one) => ({
        what: one.what,
        id: one.id,
        to: 'new',
        ...(one.what === 'post' && one.name === '建设科长' ? { name: '建设管理科科长' } : {}),
      })),
    ]
    const done = await post('units/merge', { ...base, moves })
    expect(done).toMatchObject({
      kind: 'merged',
      ground: '编办〔2026〕3号',
      units: [{ name: '平战' }, { name: '建设' }],
      successors: [{ name: '建设管理科' }],
      left: { duties: 0, obligations: 0, grants: 0 },
    })
    const whole = done.successors[0].id
    const after = await clerk.get('/org', { asOf: '2026-02-28' })
    expect(plain(after.body)).toEqual(plain(before.body))
    const on = (await clerk.get('/org', { asOf: '2026-03-01' })).body
    const posts = on.posts.filter((one: { unit: string }) => one.unit === whole)
    expect(posts.map((one: { name: string }) => one.name).sort()).toEqual(['平战科员', '建设科员', '建设管理科科长'])
    expect(on.units.find((one: { id: string }) => one.id === inner.id).parent).toBe(whole)
    expect(on.charges.filter((one: { unit: string }) => one.unit === whole)).toHaveLength(1)
    expect(await at((db) => headOf(db, t, whole, '2026-03-01'))).toMatchObject([{ person_id: b.head, post_id: b.chief }])
    // The old ones, asked on a later day, answer through the new one.
    expect(await at((db) => headOf(db, t, a.id, '2026-03-01'))).toMatchObject([{ person_id: b.head }])
    expect(await at((db) => headOf(db, t, a.id, '2026-02-28'))).toMatchObject([{ person_id: a.head }])
    expect(await at((db) => leaderOf(db, t, a.id, '2026-03-01'))).toMatchObject([{ person_id: deputy, unit_id: whole }])
    expect([await names(a.id, '2026-02-28'), await names(a.id, '2026-03-01'), await formerNames(whole, '2026-02-28')]).toEqual([
      ['平战'],
      ['建设管理科'],
      ['平战', '建设'],
    ])
    expect((await clerk.get(`/org/persons/${a.head}`)).body.appointments[0]).toMatchObject({
      until: '2026-03-01',
      post: { name: '平战科长' },
    })
    expect((await clerk.get(`/org/persons/${a.head}`)).body.appointments[0].unit.name).toBe('平战')
    const moved = (await clerk.get(`/org/persons/${b.head}`)).body.appointments[0]
    expect([moved.since, moved.until, moved.post.name, moved.unit.name]).toEqual(['2025-01-01', null, '建设管理科科长', '建设管理科'])
    const story = (await clerk.get(`/org/units/${a.id}`)).body
    expect(story).toMatchObject({ name: '平战', until: '2026-03-01', changes: [{ id: done.id, kind: 'merged' }] })
    expect((await clerk.get(`/org/units/${a.id}`, { asOf: '2026-02-28' })).body.changes).toEqual([])
    expect((await clerk.get('/org/changes')).body.items.map((one: { id: string }) => one.id)).toContain(done.id)
    await refused(`units/${a.id}/end`, { until: null }, 'org.by_change', '/until')
  })

  test('entered by mistake it is taken back whole, unless something was built on it', async () => {
    const [a, b] = [await department('宣传'), await department('教育')]
    const office = async () => (await clerk.get('/org')).body
    const before = await office()
    const moves = [...(await hanging(a.id, '2026-04-01')), ...(await hanging(b.id, '2026-04-01'))].map((one, i) => ({
      ...{ what: one.what, id: one.id },
      to: i % 3 === 0 ? null : 'new',
    }))
    const done = await post('units/merge', { units: [a.id, b.id], into: { name: '宣教科' }, since: '2026-04-01', moves })
    expect((await office()).units).not.toEqual(before.units)
    const built = await post('posts', { unit: done.successors[0].id, name: '宣教专员', since: '2026-05-01' })
    const no = await refused(`changes/${done.id}/undo`, {}, 'org.built_on')
    expect(no.message).toContain('宣教专员')
    await h.owner`DELETE FROM post WHERE tenant_id = ${t} AND id = ${built.id}`
    expect((await post(`changes/${done.id}/undo`, {})).undoneAt).not.toBeNull()
    expect(await office()).toEqual(before)
    expect(await names(a.id, '2026-06-01')).toEqual(['宣传'])
    await refused(`changes/${done.id}/undo`, {}, 'org.undone')
  })

  test('a unit may go into one that is there; what cannot be is refused at its place', async () => {
    const [a, b] = [await department('档案'), await department('保密')]
    const moves = (await hanging(a.id, '2026-03-01')).map((one) => ({ what: one.what, id: one.id, to: b.id }))
    const base = { units: [a.id], into: { unit: b.id }, since: '2026-03-01' }
    await refused('units/merge', { ...base, into: { unit: a.id }, moves }, 'org.into_itself', '/into/unit')
    await refused('units/merge', { ...base, since: '2027-01-01', moves }, 'org.not_yet', '/since')
    await refused('units/merge', { ...base, since: '2024-06-01', moves }, 'org.before', '/since')
    await refused('units/merge', { ...base, units: [unitId('b', 'works')], moves }, 'reference.absent', '/units/0')
    await refused('units/merge', { ...base, into: { unit: unitId('b', 'works') }, moves }, 'reference.absent', '/into/unit')
    await refused('units/merge', { ...base, moves: [...moves, moves[0]] }, 'org.decided_twice', `/moves/${moves.length}/id`)
    await refused(
      'units/merge',
      { ...base, moves: [...moves, { what: 'post', id: b.chief, to: b.id }] },
      'org.not_hanging',
      `/moves/${moves.length}/id`,
    )
    await refused('units/merge', { ...base, moves: moves.map((one) => ({ ...one, to: a.id })) }, 'org.into_itself', '/moves/0/to')
    await refused('units/merge', { ...base, moves: moves.map((one) => ({ ...one, to: 'new' })) }, 'reference.absent', '/moves/0/to')
    await refused(
      'units/merge',
      { ...base, moves: moves.map((one) => (one.what === 'post' ? { ...one, name: '保密科长' } : one)) },
      'org.name_taken',
      '/moves/0/name',
    )
    expect(await names(a.id, '2026-06-01')).toEqual(['档案'])
    const done = await post('units/merge', { ...base, moves })
    // The deputy was in charge of both: there is no second charge over the one that stays.
    const { charges } = (await clerk.get('/org')).body
    expect(charges.filter((one: { unit: string }) => one.unit === b.id)).toHaveLength(1)
    expect(done.successors).toMatchObject([{ id: b.id }])
    expect(await formerNames(b.id, '2026-02-28')).toEqual(['档案', '保密'])
  })
})

describe('a department is divided', () => {
  test('into a new one beside it: what is not named stays', async () => {
    const a = await department('信息')
    const done = await post(`units/${a.id}/split`, {
      parts: [{ key: 'x', name: '数据科' }],
      keeps: true,
      since: '2026-03-01',
      moves: [{ what: 'post', id: a.desk, to: 'x', name: '数据员' }],
    })
    const part = done.successors[0].id
    const on = (await clerk.get('/org')).body
    expect(on.posts.find((one: { id: string }) => one.id === a.desk)).toMatchObject({ unit: part, name: '数据员' })
    expect(on.posts.find((one: { id: string }) => one.id === a.chief).unit).toBe(a.id)
    expect(await names(a.id, '2026-06-01')).toEqual(['信息', '数据科'])
    expect([await names(a.id, '2026-06-01', '2026-03-01'), await formerNames(part, '2026-02-01')]).toEqual([['信息'], ['信息']])
    expect((await clerk.get('/org', { asOf: '2026-02-28' })).body.posts.find((one: { id: string }) => one.id === a.desk).name).toBe(
      '信息科员',
    )
    // Split off again and put together again: followed by the days, never round in a circle.
    const moves = (await hanging(part, '2026-05-01')).map((one) => ({ what: one.what, id: one.id, to: a.id }))
    await post('units/merge', { units: [part], into: { unit: a.id }, since: '2026-05-01', moves })
    expect([await names(a.id, '2026-06-01'), await names(part, '2026-06-01'), await names(a.id, '2026-04-01')]).toEqual([
      ['信息'],
      ['信息'],
      ['信息', '数据科'],
    ])
    await refused(
      `units/${a.id}/split`,
      { parts: [{ key: 'x', name: '科' }], keeps: true, since: '2026-04-01', moves: [] },
      'org.before',
      '/since',
    )
  })

  test('into two, and it is gone', async () => {
    const a = await department('工信')
    const parts = [
      { key: 'x', name: '工业科' },
      { key: 'y', name: '信化科', parent: unitId('a', 'station') },
    ]
    const base = { parts, keeps: false, since: '2026-03-01' }
    await refused(`units/${a.id}/split`, { ...base, parts: parts.slice(0, 1), moves: [] }, 'org.split_one', '/parts')
    await refused(
      `units/${a.id}/split`,
      { ...base, parts: [parts[0], { ...parts[1], name: '工业科' }], moves: [] },
      'org.key_twice',
      '/parts/1/name',
    )
    await refused(
      `units/${a.id}/split`,
      { ...base, parts: [parts[0], { ...parts[1], key: 'x' }], moves: [] },
      'org.key_twice',
      '/parts/1/key',
    )
    const moves = (await hanging(a.id, '2026-03-01')).map((one, i) => ({ what: one.what, id: one.id, to: i % 2 === 0 ? 'x' : 'y' }))
    await post(`units/${a.id}/split`, { ...base, moves })
    expect([await names(a.id, '2026-02-28'), (await names(a.id, '2026-03-01')).sort()]).toEqual([['工信'], ['信化科', '工业科']])
  })
})

describe('a unit is abolished', () => {
  test('its branch members go to another branch; what it owed is told and left for a handover', async () => {
    const branch = await unit('临时党支部', { line: 'party', kind: 'branch' })
    const post1 = await post('posts', { unit: branch.id, name: '临时支部书记', roles: ['branch_secretary'], since: '2025-01-01' })
    const one = await person('支部甲')
    await post('appointments', { person: one.id, post: post1.id, kind: 'concurrent', since: '2025-01-01' })
    await post('facts', { person: one.id, kind: 'branch', unit: branch.id, since: '2025-01-01' })
    await post('facts', { person: one.id, kind: 'party', value: 'full', since: '2025-01-01' })
    const duty = await clerk.post('/duties', {
      title: '每月开一次主题党日',
      body: '',
      kind: 'branch',
      polarity: 'positive',
      measure: null,
      rrule: 'FREQ=MONTHLY',
      due: null,
      since: '2026-01-01',
      holders: [{ unit: branch.id, post: post1.id, person: null }],
    })
    expect(duty.status).toBe(200)
    const told = (await clerk.get(`/org/units/${branch.id}/hanging`, { on: '2026-05-01' })).body
    expect(told.left).toMatchObject({ duties: 1 })
    expect(told.left.obligations).toBeGreaterThan(3)
    const member = told.items.find((it: Item) => it.what === 'member')
    const place = { what: 'post', id: post1.id, to: null }
    const body = { successors: [unitId('a', 'branch')], since: '2026-05-01' }
    await refused(
      `units/${branch.id}/abolish`,
      { ...body, moves: [place, { what: 'member', id: member.id, to: unitId('a', 'works') }] },
      'org.fact_value',
      '/moves/1/to',
    )
    const done = await post(`units/${branch.id}/abolish`, {
      ...body,
      moves: [place, { what: 'member', id: member.id, to: unitId('a', 'branch') }],
    })
    expect(done.left).toEqual(told.left)
    const facts = (await clerk.get(`/org/persons/${one.id}`)).body.facts.filter((it: { kind: string }) => it.kind === 'branch')
    expect(facts.map((it: { since: string; unit: { name: string } }) => [it.since, it.unit.name])).toEqual([
      ['2026-05-01', '第一党支部'],
      ['2025-01-01', '临时党支部'],
    ])
    expect(await names(branch.id, '2026-06-01')).toEqual(['第一党支部'])
    const again = await clerk.get('/obligations', { unit: branch.id })
    expect(again.body.items.length).toBeGreaterThan(0)
  })

  test('nobody carries it on, and that is said too', async () => {
    const gone = await unit('指挥部')
    const inner = await unit('指挥部一组', { parent: gone.id })
    const move = { what: 'unit', id: inner.id, to: null }
    await refused(`units/${gone.id}/abolish`, { successors: [], since: '2026-05-01', moves: [move] }, 'org.below_moves', '/moves/0/to')
    await refused(
      `units/${gone.id}/abolish`,
      { successors: [], since: '2026-05-01', moves: [{ ...move, to: inner.id }] },
      'org.cycle',
      '/moves/0/to',
    )
    const done = await post(`units/${gone.id}/abolish`, { successors: [], since: '2026-05-01', moves: [{ ...move, to: office }] })
    expect(done.successors).toEqual([])
    expect([await names(gone.id, '2026-05-01'), await names(gone.id, '2026-04-30')]).toEqual([[], ['指挥部']])
    await refused(`units/${gone.id}/abolish`, { successors: [], since: '2026-05-02', moves: [] }, 'org.ended_already')
    // The clerk of one unit reorganises nothing else.
    const staff = await h.as('staff')
    expect((await staff.post(`/org/units/${inner.id}/abolish`, { successors: [], since: '2026-05-01', moves: [] })).status).toBe(403)
  })
})

describe('any sequence of changes', () => {
  type Step = { kind: 'merge' | 'mergeInto' | 'split' | 'divide' | 'abolish' | 'rename'; pick: number; other: number }
  const steps = fc.array(
    fc.record({
      kind: fc.constantFrom<Step['kind'][]>('merge', 'mergeInto', 'split', 'divide', 'abolish', 'rename'),
      pick: fc.nat(50),
      other: fc.nat(50),
    }),
    { minLength: 3, maxLength: 7 },
  )
  let run = 0

  test('no past day changes, whoever carries on exists on the day, nothing goes round in a circle, a day has one name of a unit', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (list) => {
        run += 1
        const root = await unit(`总站${run}`)
        const all = new Map<string, string>()
        for (const name of ['甲', '乙', '丙']) {
          const { id } = await unit(`${name}队${run}`, { parent: root.id })
          all.set(id, '2025-01-01')
          await post('posts', { unit: id, name: `${name}队长${run}`, roles: ['head'], since: '2025-01-01' })
        }
        const snapshot = async (day: string) => plain(await at((db) => officeOn(db, t, day)))
        const pasts = new Map<string, unknown>()
        for (const [i, step] of list.entries()) {
          const since = `2025-${String(i + 2).padStart(2, '0')}-01`
          const eve = `2025-${String(i + 1).padStart(2, '0')}-28`
          pasts.set(eve, await snapshot(eve))
          const live = (await at((db) => officeOn(db, t, since))).units.filter((one) => all.has(one.id)).map((one) => one.id)
          const id = live[step.pick % live.length]
          const other = live[step.other % live.length]
          if (id === undefined || other === undefined) break
          const name = (part: string) => `${run}-${i}-${part}`
          const decide = async (from: string, to: string) =>
            (await hanging(from, since)).map((one, n) => ({
              what: one.what,
              id: one.id,
              to,
              ...(one.what === 'post' ? { name: name(`岗${n}-${from}`) } : {}),
            }))
          const keep = (done: { successors: { id: string }[] }) => {
            for (const one of done.successors) if (!all.has(one.id)) all.set(one.id, since)
          }
          if (step.kind === 'rename') await clerk.send('PATCH', `/org/units/${id}`, { name: name('改'), since })
          if (step.kind === 'split' || step.kind === 'divide') {
            const parts = [
              { key: 'x', name: name('分一') },
              { key: 'y', name: name('分二') },
            ]
            keep(await post(`units/${id}/split`, { parts, keeps: step.kind === 'split', since, moves: await decide(id, 'x') }))
          }
          if (step.kind === 'merge' && id !== other)
            keep(
              await post('units/merge', {
                ...{ units: [id, other], into: { name: name('合') }, since },
                moves: [...(await decide(id, 'new')), ...(await decide(other, 'new'))],
              }),
            )
          if (step.kind === 'mergeInto' && id !== other)
            keep(await post('units/merge', { units: [id], into: { unit: other }, since, moves: await decide(id, other) }))
          if (step.kind === 'abolish' && id !== other)
            keep(await post(`units/${id}/abolish`, { successors: [other], since, moves: await decide(id, other) }))
        }
        for (const [day, was] of pasts) expect(await snapshot(day), day).toEqual(was)
        const last = '2026-01-01'
        for (const [id, began] of all) {
          for (const day of [...pasts.keys(), last].filter((one) => one >= began)) {
            const heirs = await at((db) => successorsOn(db, t, id, day))
            const there = new Map((await at((db) => officeOn(db, t, day))).units.map((one) => [one.id, one.name]))
            for (const heir of heirs) expect(there.get(heir.id)).toBe(heir.name)
            expect(heirs.length, 'somebody always carries on').toBeGreaterThan(0)
            expect(new Set(heirs.map((one) => one.id)).size).toBe(heirs.length)
            // What a unit had on a day is carried on by exactly those that have it from there.
            if (there.has(id))
              for (const heir of await at((db) => successorsOn(db, t, id, last, day)))
                expect((await at((db) => formerOf(db, t, heir.id, day))).map((one) => one.id)).toContain(id)
          }
        }
        // Followed by days, the successors form no circle: from no unit does one come back to it, later on, by another.
        const edges = await h.owner`SELECT unit_id, successor_id, since::text FROM unit_successor WHERE tenant_id = ${t}`
        const walk = (from: string, since: string, seen: readonly string[]): void => {
          for (const edge of edges.filter((one) => one.unit_id === from && one.since >= since)) {
            expect(seen).not.toContain(`${edge.successor_id} ${edge.since}`)
            walk(edge.successor_id, edge.since, [...seen, `${edge.successor_id} ${edge.since}`])
          }
        }
        for (const id of all.keys()) walk(id, '', [])
        const rows = await h.owner`SELECT unit_id, until::text FROM unit_former WHERE tenant_id = ${t}`
        expect(new Set(rows.map((row) => `${row.unit_id} ${row.until}`)).size).toBe(rows.length)
      }),
      { numRuns: 5 },
    )
  }, 240_000)
})
