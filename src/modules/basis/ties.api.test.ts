import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { house, postId, unitId } from '../../../test/harness.ts'

const h = await house()
const clerk = await h.as('clerk')
const head = await h.as('head')
const staff = await h.as('staff')
const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'reading/fixtures', name), 'utf8')

type Answer = { status: number; body: { error: { code: string; at: { at: string }[] } } }
const errorOf = (answer: Answer) => [answer.status, answer.body.error.code, answer.body.error.at[0]?.at]
const keys = {
  title: '明河市机关钥匙管理办法',
  aliases: ['钥匙办法'],
  issuer: null,
  document: null,
  kind: 'document',
  level: 'city',
  passed: null,
}
const first = (await clerk.post('/basis', { ...keys, since: '2020-05-01', text: fixture('keys-2020.md'), versionOf: null })).body
const second = (await clerk.post('/basis', { ...keys, since: '2024-10-01', text: fixture('keys-2024.md'), versionOf: first.law })).body

const duty = async (title: string, body = '') => {
  const added = await clerk.post('/duties', {
    ...{ title, body, kind: 'task', polarity: 'positive', measure: null, rrule: null, due: null, since: '2026-01-01' },
    holders: [{ unit: unitId('a', 'works'), post: postId('a', 'head'), person: null }],
  })
  expect(added.status).toBe(200)
  return added.body.id as string
}

describe('what a duty rests on', () => {
  it('is tied and untied by whoever answers for it, and shown from both sides', async () => {
    const id = await duty('每月清点钥匙')
    expect((await staff.get(`/basis/duties/${id}`)).body).toEqual({ tied: [], cited: [], actions: [] })
    const at = { regulation: second.id, article: 3, paragraph: 1, item: 2 }
    const tied = await head.post(`/basis/duties/${id}`, at)
    expect(tied.body).toMatchObject({
      tied: [
        {
          regulation: { id: second.id },
          place: '第三条第一款第（二）项',
          words: '每月清点一次，其中：',
          recordedBy: '王建业',
          actions: ['untie'],
        },
      ],
      actions: ['tie'],
    })
    expect(errorOf(await head.post(`/basis/duties/${id}`, at))).toEqual([400, 'basis.tied_already', '/article'].with(0, 409))
    const resting = (await staff.get(`/basis/${second.id}/duties`)).body.items
    expect(resting).toMatchObject([{ duty: { id, title: '每月清点钥匙', active: true }, how: 'tied', article: 3, version: null }])
    expect((await staff.get(`/basis/${first.id}/duties`)).body.items).toMatchObject([{ how: 'tied', version: { id: second.id } }])
    const stuck = await clerk.post(`/basis/${second.id}/withdraw`, { reason: '误收' })
    expect([stuck.status, stuck.body.error.code, stuck.body.error.params.title]).toEqual([409, 'basis.rested_on', '每月清点钥匙'])
    const untied = await clerk.post(`/basis/ties/${tied.body.tied[0].id}/remove`)
    expect(untied.body.tied).toEqual([])
    expect((await clerk.post(`/basis/ties/${tied.body.tied[0].id}/remove`)).body.error.code).toBe('move.late')
    expect((await head.post(`/basis/duties/${id}`, at)).status).toBe(200)
  })

  it('is what its own words cite, too', async () => {
    const id = await duty('更换密码', '按照《明河市机关钥匙管理办法》第六条，每半年更换密码。')
    const { body } = await staff.get(`/basis/duties/${id}`)
    expect(body.cited).toMatchObject([{ text: '《明河市机关钥匙管理办法》第六条', regulation: { id: second.id }, article: 6 }])
    const resting = (await staff.get(`/basis/${second.id}/duties`)).body.items
    expect(resting).toContainEqual(expect.objectContaining({ duty: { id, title: '更换密码', active: true }, how: 'cited', article: 6 }))
    // On a day of the older version it rests on that one.
    expect((await staff.get(`/basis/${first.id}/duties`)).body.items.some((one: { how: string }) => one.how === 'cited')).toBe(false)
  })

  it.each([
    ['no such article', { article: 99 }, [400, 'basis.absent_place', '/article']],
    ['no such paragraph', { article: 1, paragraph: 7 }, [400, 'basis.absent_place', '/article']],
    ['no such law', { regulation: '00000000-0000-7000-8000-00000000dead', article: 1 }, [400, 'basis.absent_regulation', '/regulation']],
    ['an article below one', { article: 0 }, [400, 'request.invalid', '/article']],
  ])('%s is refused', async (_, change, expected) => {
    const id = await duty('落不实的责任')
    expect(errorOf(await head.post(`/basis/duties/${id}`, { regulation: second.id, ...change }))).toEqual(expected)
  })

  it('is not for staff to say, nor for another unit', async () => {
    const id = await duty('别人的责任')
    expect((await staff.post(`/basis/duties/${id}`, { regulation: second.id, article: 1 })).body.error.code).toBe('may.not')
    const general = await clerk.post('/duties', {
      ...{
        title: '综合科的责任',
        body: '',
        kind: 'task',
        polarity: 'positive',
        measure: null,
        rrule: null,
        due: null,
        since: '2026-01-01',
      },
      holders: [{ unit: unitId('a', 'general'), post: postId('a', 'clerk'), person: null }],
    })
    expect(general.status).toBe(200)
    expect((await head.post(`/basis/duties/${general.body.id}`, { regulation: second.id, article: 1 })).body.error.code).toBe('may.not')
  })
})

describe('looking back', () => {
  it('what was tied today is not there yesterday, and what is untied tomorrow was', async () => {
    h.setNow('2026-06-15T02:00:00Z')
    const id = await duty('回看的责任')
    const { body } = await head.post(`/basis/duties/${id}`, { regulation: second.id, article: 1 })
    h.setNow('2026-06-17T02:00:00Z')
    await head.post(`/basis/ties/${body.tied[0].id}/remove`)
    const on = async (asOf?: string) => (await staff.get(`/basis/duties/${id}`, asOf ? { asOf } : {})).body.tied?.length
    expect([await on(), await on('2026-06-16'), await on('2026-06-15')]).toEqual([0, 1, 1])
    expect((await head.send('POST', `/basis/duties/${id}?asOf=2026-06-15`, { regulation: second.id, article: 1 })).body.error.code).toBe(
      'asof.read_only',
    )
    h.setNow('2026-06-15T02:00:00Z')
  })
})
