import { Type } from 'typebox'
import { expect, it } from 'vitest'
import { Fields, route, Signed, Text } from '#kernel/contract.ts'
import { Refusal } from '#kernel/errors.ts'
import { bind } from '#kernel/house.ts'
import { newId } from '#kernel/ids.ts'
import { modules } from '../src/modules.ts'
import { house, password } from './harness.ts'

/** What the ground gives every route, seen through a module made for it: re-entered passwords, and slow work before the transaction. */

const Said = Type.Object({ said: Type.String() })
const body = Fields({ words: Text(1, 80) })
const routes = {
  bind: route('POST', '/probe/bind', {
    may: 'signed-in',
    says: ['签署', 'Sign'],
    body: Signed({ words: Text(1, 80) }),
    ok: Said,
    signs: true,
  }),
  brew: route('POST', '/probe/brew', { may: 'signed-in', says: ['先慢后写', 'Slow, then written'], body, ok: Said }),
}
let handed: unknown
let brewed = 0
const probe = bind('probe', routes, {
  bind: async (_tx, _ctx, input) => {
    handed = input
    return { said: input.words }
  },
  brew: {
    prepare: async (read, ctx, input) => {
      const names = await read((db) => db.selectFrom('person').select('name').where('tenant_id', '=', ctx.tenant.id).limit(1).execute())
      if (input.words === 'refuse') throw new Refusal('thing.absent')
      return async () => {
        brewed += 1
        return { said: `${input.words} ${names.length}` }
      }
    },
  },
})
const h = await house({ modules: [...modules, probe] })

it('hands on what was signed once the password is proven, and never the password', async () => {
  const clerk = await h.as('clerk')
  const wrong = await clerk.post('/probe/bind', { words: 'x', password: 'not mine' })
  expect([wrong.status, wrong.body.error.code, wrong.body.error.at]).toEqual([403, 'password.wrong', [{ at: '/password' }]])
  expect(handed).toBeUndefined()
  expect((await clerk.post('/probe/bind', { words: 'x' })).body.error.at).toMatchObject([{ at: '/password' }])
  expect((await clerk.post('/probe/bind', { words: 'x', password })).body).toEqual({ said: 'x' })
  expect(handed).toEqual({ words: 'x' })
})

it('keeps nothing of the password beside an idempotency key', async () => {
  const clerk = await h.as('clerk')
  const headers = { 'idempotency-key': newId() }
  await clerk.post('/probe/bind', { words: 'y', password }, headers)
  expect((await clerk.post('/probe/bind', { words: 'y', password }, headers)).headers['idempotent-replayed']).toBe('true')
  const kept = await h.owner.unsafe('SELECT t::text AS t FROM idempotency t')
  expect(kept.length).toBeGreaterThan(0)
  expect(JSON.stringify(kept)).not.toContain(password)
})

it('does slow work before the transaction and writes each answer once', async () => {
  const clerk = await h.as('clerk')
  const headers = { 'idempotency-key': newId() }
  const first = await clerk.post('/probe/brew', { words: 'tea' }, headers)
  expect(first.body).toEqual({ said: 'tea 1' })
  expect((await clerk.post('/probe/brew', { words: 'tea' }, headers)).body).toEqual(first.body)
  expect(brewed).toBe(1)
  expect((await clerk.post('/probe/brew', { words: 'refuse' })).status).toBe(404)
  expect(brewed).toBe(1)
})
