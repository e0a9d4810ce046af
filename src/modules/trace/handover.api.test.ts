import { expect, it } from 'vitest'
import { house, password, personId, unitId } from '../../../test/harness.ts'
import type { TraceNode } from './rules.ts'

/** A signed handover sheet stands in the trace of what passed with it. */

const h = await house({ now: '2026-11-20T02:00:00Z' })

it('names the sheet, who held it before and who holds it now', async () => {
  const clerk = await h.as('clerk')
  const made = await clerk.post('/duties', {
    ...{
      title: '看好图纸库',
      body: '',
      kind: 'task',
      polarity: 'positive',
      measure: null,
      rrule: null,
      due: '2026-12-31',
      since: '2026-01-01',
    },
    holders: [{ unit: unitId('a', 'works'), post: null, person: personId('a', 'head') }],
  })
  expect(made.body.error).toBeUndefined()
  const opened = await clerk.post('/handovers', { person: personId('a', 'head'), reason: 'rotated', day: '2026-11-20' })
  type Line = { part: string; id: string; title: string; ways: string[] }
  const lines = opened.body.groups
    .flatMap((group: { lines: Line[] }) => group.lines)
    .filter((line: Line) => line.ways.length > 0)
    .map((line: Line) => {
      const goes = line.title === '看好图纸库' && line.ways.includes('to')
      return { part: line.part, id: line.id, way: goes ? 'to' : 'stay', to: goes ? personId('a', 'staff') : null }
    })
  expect((await clerk.post(`/handovers/${opened.body.id}/lines`, { lines })).status).toBe(200)
  expect((await clerk.post(`/handovers/${opened.body.id}/send`)).status).toBe(200)
  for (const who of ['head', 'staff'] as const) {
    const client = await h.as(who)
    const { mark, actions } = (await client.get(`/handovers/${opened.body.id}`)).body
    if (actions.includes('confirm'))
      expect((await client.post(`/handovers/${opened.body.id}/confirm`, { mark, password })).status).toBe(200)
  }
  h.setNow('2026-11-25T02:00:00Z')
  const trace = async () => {
    const answer = await (await h.as('director')).get(`/trace/duties/${made.body.id}`)
    expect(answer.status).toBe(200)
    const nodes = answer.body.nodes as TraceNode[]
    return (kind: string) => nodes.filter((node) => node.kind === kind)
  }
  const now = await trace()
  expect(now('handover')).toMatchObject([
    { title: '王建业交陈小禾', detail: '2026-11-20 起，双方签字的交接单', ref: { kind: 'handover', id: opened.body.id }, later: false },
  ])
  expect(now('holder').map(({ title }) => title)).toEqual(['陈小禾 · 责任人'])
  expect(now('before').map(({ title }) => title)).toEqual(['王建业 · 前任责任人'])
})
