import SerializerSelector from '@fastify/fast-json-stringify-compiler'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { beforeAll, describe, expect, it } from 'vitest'
import { may } from '#kernel/can.ts'
import { exampleOf, namesIn, type Route } from '#kernel/contract.ts'
import { newId } from '#kernel/ids.ts'
import { roles } from '#modules/access/index.ts'
import { modules } from '../src/modules.ts'
import { png } from './files/samples.ts'
import { type Client, house, officeCode, type PersonaKey, personId, postId, unitId } from './harness.ts'

/** Three tests for every route of the table: nobody signed in, somebody of another office, somebody without the role. */

const h = await house()
const grantsAtTest: [PersonaKey, keyof typeof roles][] = [
  ['clerk', 'clerk'],
  ['director', 'leader'],
  ['supervisor', 'supervisor'],
  ['staff', 'staff'],
]

/** One of each noun, made in office a, by the path's first words. */
const samples: Record<string, string> = {
  '/org/units': unitId('a', 'works'),
  '/org/posts': postId('a', 'head'),
  '/org/persons': personId('a', 'head'),
  '/trace/persons': personId('a', 'head'),
  '/duties/lists/units': unitId('a', 'works'),
  '/duties/lists/posts': postId('a', 'head'),
  '/duties/lists/persons': personId('a', 'head'),
  '/duties/branches': unitId('a', 'branch'),
}

beforeAll(async () => {
  const clerk = await h.as('clerk')
  const holder = { unit: unitId('a', 'works'), post: postId('a', 'head'), person: null }
  const duty = await clerk.post('/duties', {
    title: '每月检查一次在建项目',
    body: '',
    kind: 'task',
    polarity: 'positive',
    measure: null,
    rrule: 'FREQ=MONTHLY',
    due: null,
    since: '2026-01-01',
    holders: [holder],
  })
  expect(duty.status).toBe(200)
  const obligations = await clerk.get('/obligations', { because: duty.body.id })
  const act = await (await h.as('head')).post('/acts', { what: '检查了在建项目', happenedOn: '2026-06-10', discharges: [] })
  expect(act.status).toBe(200)
  const file = await (await h.as('head')).upload(`/acts/${act.body.id}/evidence`, { name: '照片.png', bytes: png() }, {})
  expect(file.status).toBe(200)
  const forOther = await clerk.post('/acts', { what: '代为记下', happenedOn: '2026-06-10', doneBy: personId('a', 'director') })
  const directive = await clerk.post('/directives', {
    title: '路由测试',
    kind: 'speech',
    issuedOn: '2026-01-05',
    text: '一、抓好落实。\n各科室要在一季度内细化责任清单。综合科每月督查一次。',
  })
  expect(directive.status).toBe(200)
  const whole = await clerk.get(`/directives/${directive.body.id}`)
  const [appointment] = await h.owner.unsafe('SELECT id FROM appointment WHERE tenant_id = $1 LIMIT 1', [
    (await clerk.get('/me')).body.office.id,
  ])
  const [charge] = await h.owner.unsafe('SELECT id FROM charge WHERE tenant_id = $1 LIMIT 1', [(await clerk.get('/me')).body.office.id])
  const fact = await clerk.post('/org/facts', {
    person: personId('a', 'head'),
    kind: 'identity',
    value: 'civil_servant',
    since: '2024-01-01',
  })
  expect(fact.status).toBe(200)
  const change = await clerk.post(`/org/units/${unitId('a', 'station')}/split`, {
    ...{ parts: [{ key: 'a', name: '检测室' }], keeps: true, since: '2026-01-01', moves: [] },
  })
  expect(change.status).toBe(200)
  const law = await clerk.post('/basis', {
    ...{ title: '会议室使用办法', aliases: [], issuer: null, document: null, kind: 'own' },
    ...{ level: 'office', passed: null, since: '2026-01-01' },
    ...{ text: '会议室使用办法\n第一条 会议室由综合科管理。\n第二条 用后关灯。', versionOf: null },
  })
  expect(law.status).toBe(200)
  const tied = await clerk.post(`/basis/duties/${duty.body.id}`, { regulation: law.body.id, article: 2 })
  expect(tied.status).toBe(200)
  const sealing = await clerk.post('/sealings', {
    ...{ occasion: '春节', unit: unitId('a', 'works'), keeper: personId('a', 'head'), due: '2026-12-31' },
  })
  const pledges = await clerk.post('/pledges/rounds', { year: 2026, kind: 'promise', due: '2026-12-31' })
  expect(pledges.status).toBe(200)
  const pledge = (await clerk.get('/pledges', { round: pledges.body.id })).body.items[0]
  const handover = await clerk.post('/handovers', { person: personId('a', 'staff'), reason: 'rotated', day: '2026-07-01' })
  expect(handover.status).toBe(200)
  const roster = new TextEncoder().encode('姓名,科室\n路由测试,综合科')
  const batch = await clerk.upload('/imports', { name: '花名册.csv', bytes: roster }, { kind: 'roster' })
  expect(batch.status).toBe(200)
  const imported = await clerk.post('/calendar', { text: '一、元旦：2027年1月1日（周五）至3日（周日）放假，共3天。', year: 2027 })
  Object.assign(samples, {
    '/calendar/turns': imported.body.turn.id,
    '/sealings': sealing.body.id,
    '/handovers': handover.body.id,
    '/pledges': pledge.id,
    '/pledges/rounds': pledges.body.id,
    '/imports': batch.body.id,
    '/org/changes': change.body.id,
    '/basis': law.body.id,
    '/basis/duties': duty.body.id,
    '/basis/directives': directive.body.id,
    '/basis/ties': tied.body.tied[0].id,
    '/duties': duty.body.id,
    '/trace/duties': duty.body.id,
    '/obligations': obligations.body.items[0].id,
    '/trace/obligations': obligations.body.items[0].id,
    '/acts': act.body.id,
    '/acts/confirmations': forOther.body.confirmation.id,
    '/trace/acts': act.body.id,
    '/trace/files': obligations.body.items[0].id,
    '/trace/units': unitId('a', 'works'),
    '/trace/directives': directive.body.id,
    '/trace/causes': sealing.body.id,
    '/evidence': file.body.id,
    '/directives': directive.body.id,
    '/proposals': whole.body.proposals[0].id,
    '/org/appointments': appointment?.id,
    '/org/charges': charge?.id,
    '/org/facts': fact.body.id,
  })
})

/** The path with the ids of office a's things; a second id in one path is made up. */
const addressOf = (route: Route): string =>
  namesIn(route.path).reduce((path, name) => {
    const before = path.slice(0, path.indexOf(`/:${name}`))
    const id = samples[before]
    if (!id) throw new Error(`test/routes.api.test.ts has no sample for ${before}`)
    return path.replace(`:${name}`, id)
  }, route.path)

const call = (client: Client, route: Route, headers: Record<string, string> = {}) =>
  route.upload
    ? client.upload(addressOf(route), { name: 'a.txt', bytes: new TextEncoder().encode('一、各科室要抓好落实。') }, {})
    : route.method === 'GET'
      ? client.get(addressOf(route), {}, headers)
      : client.send(route.method, addressOf(route), route.example ?? (route.body ? exampleOf(route.body) : {}), headers)

const rows = modules.flatMap((module) => Object.entries(module.routes).map(([verb, route]) => [`${module.name}.${verb}`, route] as const))
const guarded = rows.filter(([, route]) => route.may !== 'public')

describe.each(guarded)('%s', (_name, route) => {
  it('anonymous: 401', async () => {
    const answer = await call(h.anonymous, route)
    expect([answer.status, answer.body.error.code]).toEqual([401, 'auth.required'])
  })

  it('another office: 404', async () => {
    const holding = grantsAtTest.find(
      ([, role]) => route.may === 'signed-in' || (roles[role].verbs as readonly string[]).includes(route.may),
    )
    expect(holding, `no role has ${route.may}`).toBeDefined()
    const stranger = await h.as((holding as [PersonaKey, string])[0], 'b')
    // Naming an office one is no member of, and, where the path names a thing, asking for the other office's thing.
    if (!route.upload) expect((await call(stranger, route, { 'x-zelian-office': officeCode('a') })).status).toBe(404)
    if (namesIn(route.path).length > 0) {
      const answer = await call(stranger, route)
      expect([answer.status, answer.body.error.code]).toEqual([404, 'thing.absent'])
    }
  })

  // What every signed-in person may do has no wrong role.
  if (route.may === 'signed-in') return
  it('the wrong role: 403', async () => {
    const answer = await call(await h.as('nobody'), route)
    expect([answer.status, answer.body.error.code]).toEqual([403, 'may.not'])
    for (const [persona, role] of grantsAtTest) {
      const actor = { account: '', person: newId(), name: '', grants: [{ role, ...roles[role], units: null }] }
      if (may(actor, route.may)) continue
      expect((await call(await h.as(persona), route)).status, `${persona} at ${route.path}`).toBe(403)
    }
  })
})

describe('the table', () => {
  it('names each refusal once, in both languages', () => {
    for (const module of modules)
      for (const [code, [status, zh, en]] of Object.entries(module.refusals)) {
        expect(status, code).toBeGreaterThanOrEqual(400)
        expect(zh, code).toMatch(/\p{Script=Han}/u)
        expect(en, code).toMatch(/[a-z]/)
      }
  })

  it('has shapes that can be compiled: the server does so only when a route is first used', () => {
    const ajv = new Ajv({ strict: false })
    addFormats.default(ajv)
    const compile = SerializerSelector()({}, {})
    for (const [name, route] of rows) {
      for (const shape of [route.query, route.body]) if (shape) expect(ajv.compile(shape), name).toBeTypeOf('function')
      const write = compile({ schema: route.ok, method: route.method, url: route.path, httpStatus: '200' })
      expect(write, name).toBeTypeOf('function')
    }
  })

  it('has a valid example for every body, its own or the least that is valid', () => {
    const ajv = new Ajv({ strict: false })
    addFormats.default(ajv)
    for (const [name, route] of rows)
      if (route.body && !route.upload)
        expect([name, ajv.validate(route.body, route.example ?? exampleOf(route.body))]).toEqual([name, true])
  })
})
