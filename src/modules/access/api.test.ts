import { describe, expect, it } from 'vitest'
import { house, officeCode, tenantId } from '../../../test/harness.ts'
import { demoAccess, userName } from './index.ts'

const h = await house({
  modules: [
    ...(await import('../../modules.ts')).modules,
    demoAccess(officeCode('a'), [{ persona: 'director', name: '周明远', post: '主任', says: '' }]),
  ],
})

describe('signing in', () => {
  it('tells who one is, in which office, with which verbs', async () => {
    const clerk = await h.as('clerk')
    const me = await clerk.get('/me')
    expect(me.status).toBe(200)
    expect(me.body).toMatchObject({ name: '郑文清', office: { code: 'test-a' }, roles: ['clerk'], zone: 'Asia/Shanghai' })
    expect(me.body.verbs).toContain('directive.add')
  })

  it('tells whoever asks whether they are signed in, without refusing', async () => {
    const out = await h.anonymous.get('/session')
    expect([out.status, out.body]).toEqual([200, { me: null, demo: false }])
    expect((await h.anonymous.get('/session', {}, { cookie: 'zelian=0123456789abcdef0123456789abcdef' })).body.me).toBeNull()
    const clerk = await h.as('clerk')
    expect((await clerk.get('/session')).body.me).toEqual((await clerk.get('/me')).body)
  })

  it('takes office, name and password, and says the same whatever was wrong', async () => {
    const account = await h.signIn.createAccount('孙立', userName('test-a', '孙立'), 'correct horse battery')
    await h.owner.unsafe('INSERT INTO auth.membership VALUES ($1, $2, NULL, $3)', [tenantId('a'), account, '孙立'])
    const right = await h.anonymous.post('/sign-in', { office: 'test-a', name: '孙立', password: 'correct horse battery' })
    expect(right.status).toBe(200)
    expect(String(right.headers['set-cookie'])).toMatch(/^zelian=.+HttpOnly; SameSite=Lax/)
    const cookie = String(right.headers['set-cookie']).split(';')[0] as string
    expect((await h.anonymous.get('/me', {}, { cookie })).body.name).toBe('孙立')
    const wrongs = [
      await h.anonymous.post('/sign-in', { office: 'test-a', name: '孙立', password: 'wrong' }),
      await h.anonymous.post('/sign-in', { office: 'test-a', name: '没有这人', password: 'correct horse battery' }),
      await h.anonymous.post('/sign-in', { office: 'nowhere', name: '孙立', password: 'correct horse battery' }),
    ]
    expect(wrongs.map((one) => [one.status, one.body.error.code])).toEqual(Array(3).fill([401, 'auth.wrong']))
    await h.anonymous.post('/sign-out', {}, { cookie })
    expect((await h.anonymous.get('/me', {}, { cookie })).status).toBe(401)
  })

  it('signs in a demo persona in one click, and refuses one that is not there', async () => {
    const signed = await h.anonymous.post('/demo/sign-in', { persona: 'director' })
    expect((await h.anonymous.get('/me', {}, { authorization: `Bearer ${signed.body.token}` })).body.name).toBe('周明远')
    expect((await h.anonymous.post('/demo/sign-in', { persona: 'stranger' })).body.error.code).toBe('demo.no_persona')
  })

  it('answers in the language asked for and points at the field', async () => {
    const zh = await h.anonymous.post('/sign-in', { office: 'test-a', name: '' }, { 'accept-language': 'zh-CN' })
    expect(zh.status).toBe(400)
    expect(zh.body.error).toMatchObject({ code: 'request.invalid', message: '填写有误，请看所指的字段。' })
    const en = await h.anonymous.post('/sign-in', { office: 'x'.repeat(99), name: 'n', password: 'p' }, { 'accept-language': 'en' })
    expect(en.body.error.at).toEqual([{ at: '/office', message: 'is too long' }])
  })

  it('refuses a write that another site sent', async () => {
    const answer = await h.anonymous.post('/sign-out', {}, { origin: 'https://evil.example' })
    expect([answer.status, answer.body.error.code]).toEqual([403, 'request.origin'])
  })
})

describe('without --demo', () => {
  it('has no demo routes', async () => {
    const plain = await house()
    expect((await plain.anonymous.post('/demo/sign-in', { persona: 'director' })).body.error.code).toBe('route.absent')
  })
})
