import { describe, expect, it } from 'vitest'
import { house } from '../../../test/harness.ts'
import { codeOf, dutyOf as duty, papersOf, type Shown, speech } from '../../../test/papers.ts'

const h = await house()
const clerk = await h.as('clerk')
const { add, read, proposals } = papersOf(clerk)

describe('looking back', () => {
  it('shows what had been decided by then, and nothing that came later', async () => {
    const { body } = await add({ title: '回看' })
    const one = (await proposals(body.id)).find((each) => each.text.includes('综合科要每月')) as Shown
    const two = (await proposals(body.id)).find((each) => each.text.includes('工程科必须')) as Shown
    h.setNow('2026-06-20T02:00:00Z')
    await clerk.post(`/proposals/${one.id}/edit`, { title: '改过的标题' })
    await clerk.post(`/proposals/${one.id}/accept`, duty())
    await clerk.post(`/proposals/${two.id}/split`, { at: speech.indexOf('并报综合科') })
    const then = await read(body.id, { asOf: '2026-06-18' })
    const before = then.proposals.find((each: Shown) => each.id === one.id)
    expect(before).toMatchObject({ state: 'open', title: expect.not.stringContaining('改过'), decided: null, actions: [], made: null })
    expect(then.proposals.some((each: Shown) => each.state === 'split')).toBe(false)
    expect(then.directive.coverage).toMatchObject({ carried: 0, open: then.directive.coverage.all })
    expect((await read(body.id)).directive.coverage).toMatchObject({ carried: 1, all: then.directive.coverage.all + 1 })
    expect((await clerk.get(`/directives/${body.id}`, { asOf: '2026-06-14' })).body.error.code).toBe('thing.absent')
    const listed = (await clerk.get('/directives', { asOf: '2026-06-18', q: '回看' })).body.items
    expect(listed).toMatchObject([{ title: '回看', coverage: { carried: 0 }, actions: [] }])
    expect((await clerk.get('/directives', { asOf: '2026-06-14' })).body.items).toEqual([])
    const refused = await clerk.send('POST', `/proposals/${one.id}/aside?asOf=2026-06-18`, { reason: '过去' })
    expect(codeOf(refused)).toEqual([409, 'asof.read_only'])
  })
})

describe('the list', () => {
  it('is paged by day, newest first, and filtered by kind, state and title', async () => {
    for (const [n, issuedOn] of ['2026-01-05', '2026-03-05', '2026-02-05'].entries())
      await add({ title: `翻页${n}`, issuedOn, kind: 'notice', text: '综合科要办好。' })
    const first = (await clerk.get('/directives', { kind: 'notice', limit: 2 })).body
    expect(first.items.map((one: { title: string }) => one.title)).toEqual(['翻页1', '翻页2'])
    const second = (await clerk.get('/directives', { kind: 'notice', limit: 2, after: first.next })).body
    expect([second.items.map((one: { title: string }) => one.title), second.next]).toEqual([['翻页0'], null])
    expect((await clerk.get('/directives', { q: '%' })).body.items).toEqual([])
    expect((await clerk.get('/directives', { state: 'settled' })).body.items).toEqual([])
    expect((await clerk.get('/directives', { after: 'nonsense' })).body.error.code).toBe('request.invalid')
  })
})
