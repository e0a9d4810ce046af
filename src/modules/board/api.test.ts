import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, house, type PersonaKey, type PostKey, personId, postId, type UnitKey, unitId } from '../../../test/harness.ts'

import { type Cell, cellsOf, type Year } from './rules.ts'

const h = await house({ now: '2026-01-05T02:00:00Z' })
const days = { beforeAct: '2026-05-11', act: '2026-05-12' }

type Body = {
  totals: Record<string, number>
  older: number
  units: { unit: { id: string; name: string }; months: Cell[] }[]
  reds: { id: string; title: string; due: string; unit: { name: string } }[]
}
type RedOf = { obligation: { id: string; title: string; due: string; unit: { name: string } } }
/** The board with its reds, which have a route of their own. */
const board = async (client: Client, query: Record<string, string | number> = {}) => {
  const answer = await client.get('/board', query)
  expect([answer.status, answer.body.error]).toEqual([200, undefined])
  const units = answer.body.units.map(({ counts, ...unit }: { counts: Year }) => ({ ...unit, months: cellsOf(answer.body.year, counts) }))
  const reds = await client.get('/board/reds', query.asOf === undefined ? {} : { asOf: query.asOf })
  expect([reds.status, reds.body.error]).toEqual([200, undefined])
  return { ...answer.body, units, reds: reds.body.items.map((one: RedOf) => one.obligation) } as Body
}
/** What one may do to a red differs: nothing, while looking back. */
const unchangeable = (body: Body) => ({ ...body, reds: body.reds.map((one) => ({ ...one, actions: [] })) })
const cellOf = (body: Body, unit: UnitKey, month: string) =>
  body.units.find((one) => one.unit.id === unitId('a', unit))?.months.find((cell) => cell.month === month)

const addDuty = async (title: string, when: { rrule?: string; due?: string; since: string }, unit: UnitKey, post: PostKey) => {
  const clerk = await h.as('clerk')
  const answer = await clerk.post('/duties', {
    title,
    body: '',
    kind: 'task',
    polarity: 'positive',
    measure: null,
    rrule: when.rrule ?? null,
    due: when.due ?? null,
    since: when.since,
    holders: [{ unit: unitId('a', unit), post: postId('a', post), person: null }],
  })
  expect([answer.status, answer.body.error]).toEqual([200, undefined])
  return answer.body.id as string
}
const owedFor = async (duty: string) =>
  (await (await h.as('clerk')).get('/obligations', { because: duty, limit: 200 })).body.items as { id: string; due: string }[]
const record = async (by: PersonaKey, happenedOn: string, discharges: string[]) => {
  const clerk = await h.as('clerk')
  const answer = await clerk.post('/acts', { what: '现场核查并留存记录', happenedOn, doneBy: personId('a', by), discharges })
  expect([answer.status, answer.body.error]).toEqual([200, undefined])
  return answer.body.id as string
}

let works: { id: string; due: string }[] = []
let general: { id: string; due: string }[] = []

beforeAll(async () => {
  works = await owedFor(await addDuty('每月现场核查', { rrule: 'FREQ=MONTHLY', since: '2026-01-01' }, 'works', 'head'))
  general = await owedFor(await addDuty('每月考勤通报', { rrule: 'FREQ=MONTHLY', since: '2026-01-01' }, 'general', 'clerk'))
  await addDuty('上年未了事项', { due: '2025-12-31', since: '2025-11-03' }, 'works', 'head')
  await addDuty('分管领导自己的事项', { due: '2026-02-10', since: '2026-01-05' }, 'office', 'deputy')
})
const dueIn = (list: { id: string; due: string }[], month: string) => list.filter((one) => one.due.startsWith(month)).map((one) => one.id)

describe('the board', () => {
  it('counts what is due into unit × month, the months that come after included', async () => {
    const body = await board(await h.as('director'))
    expect(body.units.map(({ unit }) => unit.name)).toEqual(['示例市人防办', '综合科', '工程科'])
    expect(body.older).toBe(1)
    expect(body.reds.map(({ title }) => title)).toEqual(['上年未了事项'])
    const all = body.units.flatMap(({ months }) => months)
    for (const key of Object.keys(body.totals))
      expect(all.reduce((sum, cell) => sum + Number(cell[key as 'red']), 0)).toBe(body.totals[key])
    expect(body.totals.red).toBe(0)
    expect(cellOf(body, 'works', '2026-12')).toMatchObject({ green: 1, red: 0 })
  })

  it('turns red when a day has passed, green by an act, and is red again as of the day before the act', async () => {
    h.setNow(`${days.beforeAct}T02:00:00Z`)
    const director = await h.as('director')
    const before = await board(director)
    expect(cellOf(before, 'works', '2026-03')).toMatchObject({ red: 1, late: 0 })
    h.setNow(`${days.act}T02:00:00Z`)
    await record('head', days.act, dueIn(works, '2026-03'))
    const after = await board(director)
    expect(cellOf(after, 'works', '2026-03')).toMatchObject({ red: 0, late: 1 })
    expect(after.totals.red).toBe((before.totals.red ?? 0) - 1)
    expect(after.reds.map(({ id }) => id)).not.toContain(dueIn(works, '2026-03')[0])
    const back = await board(director, { asOf: days.beforeAct })
    expect(cellOf(back, 'works', '2026-03')).toMatchObject({ red: 1, late: 0 })
    expect(unchangeable(back)).toEqual(unchangeable(before))
  })

  it('of today, summed from the tallies, is the same when recomputed from the events a day later', async () => {
    const clerk = await h.as('clerk')
    const director = await h.as('director')
    await record('head', '2026-05-12', dueIn(works, '2026-05'))
    await record('clerk', '2026-02-27', dueIn(general, '2026-02'))
    expect((await director.post(`/obligations/${dueIn(general, '2026-01')[0]}/waive`, { reason: '元月合并通报' })).status).toBe(200)
    expect(
      (await clerk.post(`/obligations/${dueIn(general, '2026-04')[0]}/due`, { due: '2026-08-20', reason: '等待上级批复' })).status,
    ).toBe(200)
    const over = { person: personId('a', 'clerk'), unit: unitId('a', 'general'), reason: '岗位调整' }
    expect((await clerk.post(`/obligations/${dueIn(works, '2026-04')[0]}/hand-over`, over)).status).toBe(200)
    const withdrawn = await record('head', '2026-05-12', dueIn(works, '2026-01'))
    expect((await clerk.post(`/acts/${withdrawn}/withdraw`, { reason: '误记' })).status).toBe(200)
    for (const year of [2025, 2026, 2027]) {
      h.setNow('2026-05-12T08:00:00Z')
      const today = await board(director, { year })
      h.setNow('2026-05-13T08:00:00Z')
      const lookedBack = await board(director, { year, asOf: '2026-05-12' })
      expect(unchangeable(lookedBack)).toEqual(unchangeable(today))
    }
    const body = await board(director)
    expect(cellOf(body, 'general', '2026-02')).toMatchObject({ onTime: 1, late: 0, red: 0 })
    expect(cellOf(body, 'general', '2026-01')).toMatchObject({ waived: 1, red: 0 })
    expect(cellOf(body, 'general', '2026-04')).toMatchObject({ red: 1 })
    expect(cellOf(body, 'general', '2026-08')).toMatchObject({ green: 2 })
    expect(cellOf(body, 'works', '2026-01')).toMatchObject({ red: 1, late: 0 })
    expect(cellOf(body, 'works', '2026-05')).toMatchObject({ onTime: 1 })
  })

  it('of an earlier year takes its own months', async () => {
    const body = await board(await h.as('director'), { year: 2025 })
    expect(body.totals).toMatchObject({ red: 1 })
    expect(body.older).toBe(0)
  })

  it('says the rate with older ones in it', async () => {
    const answer = await (await h.as('director')).get('/board')
    const { totals, older, onTimeRate } = answer.body
    expect(totals).toMatchObject({ onTime: 2, late: 1 })
    expect(older).toBe(1)
    expect(onTimeRate).toBeCloseTo(2 / (2 + 1 + totals.red + 1))
  })
})

describe('who sees what', () => {
  it('shows the deputy only the units of the deputy, and not even their own red elsewhere', async () => {
    const body = await board(await h.as('deputy'))
    expect(body.units.map(({ unit }) => unit.name)).toEqual(['工程科'])
    expect(body.reds.length).toBeGreaterThan(0)
    expect(new Set(body.reds.map((one) => one.unit.name))).toEqual(new Set(['工程科']))
    const mine = await (await h.as('deputy')).get('/obligations/mine')
    expect(mine.body.overdue.map(({ title }: { title: string }) => title)).toContain('分管领导自己的事项')
    const all = await board(await h.as('director'))
    expect(cellOf(all, 'office', '2026-02')).toMatchObject({ red: 1 })
    expect(cellOf(body, 'works', '2026-01')).toEqual(cellOf(all, 'works', '2026-01'))
  })

  it('shows another office nothing of it', async () => {
    expect((await board(await h.as('director', 'b'))).units).toEqual([])
  })

  it('names units and no persons in the grid, and refuses a year that is none', async () => {
    const director = await h.as('director')
    const { units } = await board(director)
    expect(JSON.stringify(units)).not.toMatch(/王建业|吴志成|郑文清/)
    expect((await director.get('/board', { year: 1999 })).body.error.code).toBe('request.invalid')
    expect((await director.get('/board', { asOf: '2026-05-14' })).body.error.code).toBe('asof.future')
  })
})
