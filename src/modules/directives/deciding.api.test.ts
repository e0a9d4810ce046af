import { describe, expect, it } from 'vitest'
import { type Answer, house, tenantId } from '../../../test/harness.ts'
import { codeOf, dutyOf as duty, holding, papersOf, type Shown } from '../../../test/papers.ts'

const h = await house()
const clerk = await h.as('clerk')
const { add, proposals } = papersOf(clerk)

describe('who may', () => {
  it('decide for a unit accept what is its own, and no more', async () => {
    const { body } = await add()
    const head = await h.as('head')
    const list: Shown[] = (await head.get(`/directives/${body.id}`)).body.proposals
    const one = list.find((each) => each.text.includes('工程科必须')) as Shown
    expect(one.actions).toEqual(['accept'])
    expect(list.find((each) => each.text.includes('综合科要每月'))?.actions).toEqual([])
    expect(codeOf(await head.post(`/proposals/${one.id}/aside`, { reason: '不归我管' }))).toEqual([403, 'may.not'])
    expect(codeOf(await head.post(`/proposals/${one.id}/accept`, duty()))).toEqual([403, 'may.not'])
    expect((await head.post(`/proposals/${one.id}/accept`, duty({ holders: [holding('head', 'works')] }))).status).toBe(200)
    expect(codeOf(await head.post(`/directives/${body.id}/settle`))).toEqual([403, 'may.not'])
  })
})

describe('two people deciding the same at once', () => {
  it('make one duty; the second is told who and when', async () => {
    const { body } = await add()
    const director = await h.as('director')
    const one = (await proposals(body.id)).find((each) => each.text.includes('综合科要每月')) as Shown
    const answers = await Promise.all([
      clerk.post(`/proposals/${one.id}/accept`, duty()),
      director.post(`/proposals/${one.id}/accept`, duty()),
    ])
    expect(answers.map((each) => each.status).sort()).toEqual([200, 409])
    const late = answers.find((each) => each.status === 409) as Answer
    const first = answers.find((each) => each.status === 200) as Answer
    expect(late.body.error).toMatchObject({ code: 'move.late', params: { who: first.body.proposals[0].decided.who, state: 'accepted' } })
    expect(late.body.error.params.when).toBe(h.now().toISOString())
    const [row] = await h.owner.unsafe('SELECT count(*)::int AS n FROM duty WHERE tenant_id = $1 AND proposal_id = $2', [
      tenantId('a'),
      one.id,
    ])
    expect(row?.n).toBe(1)
    expect(codeOf(await clerk.post(`/proposals/${one.id}/edit`, { title: '改' }))).toEqual([409, 'move.late'])
  })

  it('merge crosswise without a deadlock: one of the two wins', async () => {
    const { body } = await add()
    const [one, other] = (await proposals(body.id)).filter((each) => each.type === 'duty') as [Shown, Shown]
    const director = await h.as('director')
    const answers = await Promise.all([
      clerk.post(`/proposals/${one.id}/merge`, { into: other.id }),
      director.post(`/proposals/${other.id}/merge`, { into: one.id }),
    ])
    expect(answers.map((each) => each.status).sort()).toEqual([200, 409])
  })
})
