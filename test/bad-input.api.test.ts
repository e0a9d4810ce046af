import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { modules } from '../src/modules.ts'
import { house, personId, postId, unitId } from './harness.ts'

/** Rubbish in, a coded refusal with its place out; never a 500, nothing half-written. */

const h = await house()
const head = await h.as('head')
const acts = async () => (await h.owner.unsafe('SELECT count(*)::int AS n FROM act'))[0]?.n

describe('a request that is not right', () => {
  it.each([
    ['not JSON', '{"what": ', 'application/json', 400, 'request.not_json'],
    ['not even text', Buffer.from([0xff, 0xfe, 0x00]), 'application/json', 400, 'request.not_json'],
    ['another type', 'what=x', 'application/x-www-form-urlencoded', 415, 'request.media'],
    ['a list', '[1]', 'application/json', 400, 'request.invalid'],
    ['nothing', '', 'application/json', 400, 'request.not_json'],
  ])('%s', async (_name, payload, type, status, code) => {
    const answer = await h.app.inject({
      method: 'POST',
      url: '/api/acts',
      headers: { authorization: `Bearer ${head.token}`, 'content-type': type },
      payload,
    })
    expect([answer.statusCode, answer.json().error.code]).toEqual([status, code])
  })

  it('names the field that is missing, unknown, too long or of the wrong type', async () => {
    const places = async (body: object) => (await head.post('/acts', body)).body.error.at.map((one: { at: string }) => one.at)
    expect(await places({ happenedOn: '2026-06-01' })).toEqual(['/what'])
    expect(await places({ what: 'x', happenedOn: '2026-06-01', extra: 1 })).toEqual(['/extra'])
    expect(await places({ what: 'x'.repeat(2001), happenedOn: '2026-06-01' })).toEqual(['/what'])
    expect(await places({ what: 5, happenedOn: '2026-06-01' })).toEqual(['/what'])
    expect(await places({ what: 'x', happenedOn: '2026-06-01', with: ['no uuid'] })).toEqual(['/with/0'])
  })

  it('has a day that does not exist', async () => {
    const zh = await head.post('/acts', { what: '学习', happenedOn: '2026-02-30' })
    expect(zh.body.error).toMatchObject({ code: 'day.unknown', message: '没有“2026-02-30”这一天。', at: [{ at: '/happenedOn' }] })
    const en = await head.get('/obligations', { asOf: '2025-13-01' }, { 'accept-language': 'en' })
    expect(en.body.error).toMatchObject({ code: 'day.unknown', message: 'There is no day “2025-13-01”.' })
    expect((await head.get('/obligations', { asOf: '2027-01-01' })).body.error.code).toBe('asof.future')
  })

  it('is too large', async () => {
    const answer = await head.post('/acts', { what: 'x'.repeat(3 * 1024 * 1024), happenedOn: '2026-06-01' })
    expect([answer.status, answer.body.error.code]).toEqual([413, 'request.too_large'])
  })

  it('holds signs that no text can hold', async () => {
    const before = await acts()
    for (const what of ['\u0000', 'a\u0000b', '\ud800', 'x\udfff']) {
      const answer = await head.post('/acts', { what, happenedOn: '2026-06-01' })
      expect(answer.status, JSON.stringify(what)).toBeLessThan(500)
    }
    expect((await acts()) - Number(before)).toBeLessThanOrEqual(2)
  })

  it('writes while looking back', async () => {
    const answer = await head.send('POST', '/acts?asOf=2026-06-01', { what: '学习', happenedOn: '2026-06-01' })
    expect([answer.status, answer.body.error.code]).toEqual([409, 'asof.read_only'])
  })

  it('has a broken cursor', async () => {
    for (const after of ['x', 'WzFd', Buffer.from('["a","b"]').toString('base64url')])
      expect((await head.get('/obligations', { after })).status, after).toBeLessThan(500)
  })
})

describe('the same request twice', () => {
  it('is done once, also at the same moment', async () => {
    const before = await acts()
    const body = { what: '同一件事', happenedOn: '2026-06-02' }
    const both = await Promise.all([1, 2, 3].map(() => head.post('/acts', body, { 'idempotency-key': 'twice' })))
    expect(both.map((one) => one.status)).toEqual([200, 200, 200])
    expect(new Set(both.map((one) => one.body.id)).size).toBe(1)
    expect(both.filter((one) => one.headers['idempotent-replayed'] === 'true').length).toBe(2)
    expect(await acts()).toBe(Number(before) + 1)
    const other = await head.post('/acts', { ...body, what: '另一件事' }, { 'idempotency-key': 'twice' })
    expect([other.status, other.body.error.code]).toEqual([422, 'idempotency.mismatch'])
  })

  it('may be tried again after a refusal', async () => {
    const headers = { 'idempotency-key': 'again' }
    expect((await head.post('/acts', { what: '', happenedOn: '2026-06-02' }, headers)).status).toBe(400)
    expect((await head.post('/acts', { what: '补上了', happenedOn: '2026-06-02' }, headers)).status).toBe(200)
  })
})

describe('anything at all', () => {
  it('never makes a route fall over', async () => {
    const clerk = await h.as('clerk')
    const routes = modules.flatMap((module) => Object.values(module.routes)).filter((route) => route.may !== 'public' && !route.upload)
    const known = [
      personId('a', 'head'),
      unitId('a', 'works'),
      postId('a', 'head'),
      '00000000-0000-7000-8000-000000000000',
      'x',
      '%00',
      '..%2f',
    ]
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...routes),
        fc.constantFrom(...known),
        fc.jsonValue(),
        fc.dictionary(fc.constantFrom('asOf', 'after', 'limit', 'q', 'unit', 'light', 'from', 'year', 'happenedOn'), fc.string()),
        async (route, id, body, query) => {
          const path = route.path.replace(/:\w+/g, id)
          const answer =
            route.method === 'GET'
              ? await clerk.get(path, query)
              : await clerk.send(route.method, path, body === null ? undefined : JSON.stringify(body), {
                  'content-type': 'application/json',
                })
          expect(
            answer.status,
            `${route.method} ${path} ${JSON.stringify(body)} ${JSON.stringify(query)} ${JSON.stringify(answer.body)}`,
          ).toBeLessThan(500)
        },
      ),
      { numRuns: 300 },
    )
  })
})
