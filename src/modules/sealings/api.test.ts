import { expect, it } from 'vitest'
import { house, personId, unitId } from '../../../test/harness.ts'

const h = await house({ now: '2026-09-20T02:00:00Z' })
const asked = { occasion: '国庆', unit: unitId('a', 'works'), keeper: personId('a', 'head'), due: '2026-09-30' }
const light = async (id: string) => (await (await h.as('clerk')).get('/obligations', { because: id })).body.items[0]

it('is owed from the asking on, and done by the sealing', async () => {
  const [clerk, head] = [await h.as('clerk'), await h.as('head')]
  const { id } = (await clerk.post('/sealings', asked)).body
  const owed = await light(id)
  expect(owed).toMatchObject({ state: 'open', title: '国庆前封存公务用车', holder: { id: asked.keeper }, because: 'sealing' })
  expect((await clerk.get(`/trace/obligations/${owed.id}`)).body.nodes).toContainEqual(expect.objectContaining({ kind: 'cause' }))
  const sealed = await head.post(`/sealings/${id}/seal`, { on: '2026-09-20', note: '2 辆，钥匙交综合科' })
  expect(sealed.body).toMatchObject({ state: 'sealed', actions: [] })
  expect(await light(id)).toMatchObject({ state: 'discharged', light: 'green' })
  expect((await head.post(`/sealings/${id}/seal`, { on: '2026-09-20', note: '再来' })).body.error.code).toBe('move.late')
})

it('is excused with a reason, which waives what was owed', async () => {
  const clerk = await h.as('clerk')
  const { id } = (await clerk.post('/sealings', { ...asked, occasion: '中秋' })).body
  expect((await clerk.post(`/sealings/${id}/excuse`, { note: '应急值守用车' })).body).toMatchObject({ state: 'excused' })
  expect(await light(id)).toMatchObject({ light: 'grey' })
  expect((await clerk.get('/sealings', { state: 'excused' })).body.items).toHaveLength(1)
})
