import { readdir } from 'node:fs/promises'
import { Type } from 'typebox'
import { beforeEach, describe, expect, it } from 'vitest'
import { Day, Fields, FileBytes, Maybe, route } from '#kernel/contract.ts'
import { afterCommit } from '#kernel/db.ts'
import { Refusal } from '#kernel/errors.ts'
import { accepted, type Staged } from '#kernel/files/index.ts'
import { bind } from '#kernel/house.ts'
import { newId } from '#kernel/ids.ts'
import { modules } from '../../src/modules.ts'
import { house, tenantId } from '../harness.ts'
import { pdf, png } from './samples.ts'

/** What the ground gives a route that takes or hands out a file, seen through a module made for it. */

const Kept = Type.Object({ name: Type.String(), hash: Type.String(), on: Maybe(Day) })
const routes = {
  take: route('POST', '/probe/files', {
    may: 'signed-in',
    says: ['收', 'Take'],
    upload: { most: 'probe.most' },
    body: Fields({ on: Type.Optional(Day) }),
    ok: Kept,
  }),
  hand: route('GET', '/probe/files', {
    may: 'signed-in',
    says: ['发', 'Hand out'],
    query: Fields({ hash: Type.String(), show: Type.Optional(Type.Boolean()) }),
    ok: FileBytes,
  }),
}
const seen: Staged[] = []
const ran: string[] = []
const probe = bind('probe', routes, {
  take: {
    prepare: async (_read, ctx, input, within) => {
      seen.push(input.file)
      const { name } = accepted(input.file.name, input.file.found)
      await within.files.keep(ctx.tenant.id, input.file)
      return async (tx) => {
        afterCommit(tx, async () => {
          ran.push(name)
          throw new Error('what comes afterwards changes no answer')
        })
        if (name.startsWith('no')) throw new Refusal('thing.absent')
        return { name, hash: input.file.hash, on: input.on ?? null }
      }
    },
  },
  hand: async (_db, ctx, input, within) => {
    const opened = await within.files.open(ctx.tenant.id, input.hash)
    if (!opened) throw new Refusal('thing.absent')
    return { name: '会议纪要.pdf', kind: 'pdf', inline: input.show ?? false, ...opened }
  },
})
const h = await house({
  modules: [...modules, probe],
  rules: [
    { key: 'probe.most', document: ['测试', 'test'], article: '1', version: 1, since: '2000-01-01', confidence: 'local', value: 0.01 },
  ],
})
const incoming = () => readdir(`${h.filesAt}/${tenantId('a')}/incoming`).catch(() => [])
const clerk = await h.as('clerk')
beforeEach(() => {
  seen.length = 0
  ran.length = 0
})

describe('a file that is sent', () => {
  it('lies on the disk with its name, hash and kind before the handler runs; its fields have their shape', async () => {
    const kept = await clerk.upload('/probe/files', { name: '会议纪要.pdf', bytes: pdf() }, { on: '2026-06-01' })
    expect([kept.status, kept.body]).toEqual([200, { name: '会议纪要.pdf', hash: seen[0]?.hash, on: '2026-06-01' }])
    expect(seen[0]).toMatchObject({ size: pdf().length, found: { kind: 'pdf' } })
    expect([await incoming(), ran]).toEqual([[], ['会议纪要.pdf']])
    const wrong = async (fields: Record<string, string>) =>
      (await clerk.upload('/probe/files', { name: 'a.pdf', bytes: pdf() }, fields)).body.error
    expect(await wrong({ on: '2026-06-31' })).toMatchObject({ code: 'day.unknown', params: { day: '2026-06-31' }, at: [{ at: '/on' }] })
    expect(await wrong({ off: '1' })).toMatchObject({ code: 'request.invalid', at: [{ at: '/off' }] })
    expect([seen.length, await incoming()]).toEqual([1, []])
  })

  it('too large is refused, whether it says so beforehand or not, and leaves nothing', async () => {
    const head = 'content-disposition: form-data; name="file"; filename="a.txt"'
    const payload = (size: number) => `--b\r\n${head}\r\n\r\n${'a'.repeat(size)}\r\n--b--\r\n`
    for (const size of [10_500, 200_000]) {
      const answer = await h.app.inject({
        method: 'POST',
        url: '/api/probe/files',
        headers: { authorization: `Bearer ${clerk.token}`, 'content-type': 'multipart/form-data; boundary=b' },
        payload: payload(size),
      })
      expect([answer.statusCode, answer.json().error]).toMatchObject([
        413,
        { code: 'request.too_large', params: { max: '0.01 MB' }, at: [{ at: '/file' }] },
      ])
    }
    expect([seen.length, await incoming()]).toEqual([0, []])
  })

  it('that was refused is forgotten, also when the transaction refuses; nothing runs after what was rolled back', async () => {
    expect((await clerk.upload('/probe/files', { name: 'a.pdf', bytes: png() }, {})).body.error.code).toBe('file.really_png')
    expect((await clerk.upload('/probe/files', { name: 'no.pdf', bytes: pdf() }, {})).status).toBe(404)
    expect([await incoming(), ran]).toEqual([[], []])
    const none = await h.app.inject({
      method: 'POST',
      url: '/api/probe/files',
      headers: { authorization: `Bearer ${clerk.token}`, 'content-type': 'multipart/form-data; boundary=b' },
      payload: '--b\r\ncontent-disposition: form-data; name="on"\r\n\r\n2026-06-01\r\n--b--\r\n',
    })
    expect([none.statusCode, none.json().error.at]).toEqual([400, [{ at: '/file' }]])
  })

  it.each([
    ['no end', '--b\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.4'],
    ['nothing', ''],
    ['no form at all', 'hello'],
    ['a field without end', '--b\r\ncontent-disposition: form-data; name="on"\r\n\r\n2026'],
    [
      'a file by another name of the prototype',
      '--b\r\ncontent-disposition: form-data; name="__proto__"; filename="a.pdf"\r\n\r\n%PDF-1.4\r\n--b--\r\n',
    ],
    [
      'many fields',
      `${Array.from({ length: 40 }, () => '--b\r\ncontent-disposition: form-data; name="x"\r\n\r\n1\r\n').join('')}--b--\r\n`,
    ],
    ['two files', `${'--b\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\na\r\n'.repeat(2)}--b--\r\n`],
  ])('%s is refused, and leaves nothing', async (_, payload) => {
    const headers = { authorization: `Bearer ${clerk.token}`, 'content-type': 'multipart/form-data; boundary=b' }
    const answer = await h.app.inject({ method: 'POST', url: '/api/probe/files', headers, payload })
    expect([Math.floor(answer.statusCode / 100), await incoming()], answer.body).toEqual([4, []])
    expect(answer.json().error.message).toMatch(/\p{Script=Han}/u)
  })

  it('twice with one key is one; another file with that key is refused', async () => {
    const key = { 'idempotency-key': newId() }
    const send = (bytes: Uint8Array, name = 'a.pdf') => clerk.upload('/probe/files', { name, bytes }, {}, key)
    const first = await send(pdf('one'))
    const again = await send(pdf('one'))
    expect([again.body, again.headers['idempotent-replayed']]).toEqual([first.body, 'true'])
    expect((await send(pdf('two'))).body.error.code).toBe('idempotency.mismatch')
    expect(ran.length).toBe(1)
  })
})

describe('a file that is handed out', () => {
  it('is framed and drawn by our own pages alone, and no page takes plug-ins', async () => {
    const said = String((await h.app.inject('/')).headers['content-security-policy'])
    const policy = Object.fromEntries(said.split(';').map((part) => [part.trim().split(' ')[0], part.trim().split(' ').slice(1).join(' ')]))
    expect(policy['frame-src'] ?? policy['default-src']).toBe("'self'")
    expect(policy).toMatchObject({ 'img-src': "'self' data:", 'object-src': "'none'", 'frame-ancestors': "'self'" })
  })

  it('has its name, its type, and leave to do nothing', async () => {
    const { body } = await clerk.upload('/probe/files', { name: 'a.pdf', bytes: pdf() }, {})
    const answer = await clerk.get('/probe/files', { hash: body.hash })
    expect([answer.status, answer.body]).toEqual([200, pdf().toString()])
    expect(answer.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': String(pdf().length),
      'content-disposition': 'attachment; filename="_.pdf"; filename*=UTF-8\'\'%E4%BC%9A%E8%AE%AE%E7%BA%AA%E8%A6%81.pdf',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'cross-origin-resource-policy': 'same-origin',
      'content-security-policy': "default-src 'none'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
    })
    const shown = await clerk.get('/probe/files', { hash: body.hash, show: 'true' })
    expect(shown.headers['content-disposition']).toMatch(/^inline; /)
    // Browsers start their PDF viewer in no sandbox.
    expect(shown.headers['content-security-policy']).toMatch(/^default-src 'none'; (?!.*sandbox).*frame-ancestors 'self'$/)
    expect((await (await h.as('clerk', 'b')).get('/probe/files', { hash: body.hash })).status).toBe(404)
  })
})
