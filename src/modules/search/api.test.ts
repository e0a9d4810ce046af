import { describe, expect, it } from 'vitest'
import { house } from '../../../test/harness.ts'

const h = await house()

describe('search', () => {
  it('finds persons, units and acts by two characters, within what one may see', async () => {
    const head = await h.as('head')
    await head.post('/acts', { what: '组织廉政学习，通报 100% 完成', happenedOn: '2026-06-10' })
    const clerk = await h.as('clerk')
    const kinds = async (q: string, client = clerk) =>
      (await client.get('/search', { q })).body.items.map((one: { kind: string }) => one.kind)
    expect(await kinds('廉政')).toEqual(['act'])
    expect(await kinds('工程')).toEqual(['unit'])
    expect(await kinds('王建业')).toEqual(['person'])
    expect(await kinds('0%')).toEqual(['act'])
    expect(await kinds('_')).toEqual([])
    // The act is the head's own: another employee does not find it.
    expect(await kinds('廉政', await h.as('staff'))).toEqual([])
    expect(await kinds('王建业', await h.as('nobody'))).toEqual([])
  })

  it('finds laws by name and articles by two characters, in the version in force on the day', async () => {
    const clerk = await h.as('clerk')
    const facts = { title: '会议室使用办法', aliases: [], issuer: null, document: null, kind: 'own', level: 'office', passed: null }
    const old = await clerk.post('/basis', { ...facts, since: '2020-01-01', text: '会议室使用办法\n第一条 用后关灯。', versionOf: null })
    const now = await clerk.post('/basis', {
      ...facts,
      since: '2026-01-01',
      text: '会议室使用办法\n第一条 用后关灯锁门。',
      versionOf: old.body.law,
    })
    const hits = async (q: string, asOf?: string) =>
      (await clerk.get('/search', { q, ...(asOf ? { asOf } : {}) })).body.items.map((one: { id: string; at?: string }) => [one.id, one.at])
    expect(await hits('关灯')).toEqual([[now.body.id, '1']])
    expect(await hits('锁门', '2025-06-01')).toEqual([])
    expect(await hits('关灯', '2025-06-01')).toEqual([[old.body.id, '1']])
    expect(await hits('会议室使用')).toEqual([[now.body.id, undefined]])
  })

  it('finds nothing of another office', async () => {
    expect((await (await h.as('clerk', 'b')).get('/search', { q: '廉政' })).body.items).toEqual([])
  })

  it('refuses an empty question', async () => {
    expect((await (await h.as('clerk')).get('/search', { q: '' })).body.error.code).toBe('request.invalid')
  })
})
