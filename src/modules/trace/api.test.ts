import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, house, type PersonaKey, type PostKey, personId, postId, type UnitKey, unitId } from '../../../test/harness.ts'
import { type Graph, sound, type TraceNode } from './rules.ts'

const h = await house({ now: '2026-01-05T02:00:00Z' })
const paper = '一、压实责任。工程科要每月到现场核查一次。'
const command = '工程科要每月到现场核查一次。'

type Body = Graph & { day: string; subject: { kind: string; id: string; title: string }; gaps: { code: string; says: string }[] }
const trace = async (client: Client, kind: 'obligations' | 'duties' | 'acts' | 'persons', id: string, asOf?: string) => {
  const answer = await client.get(`/trace/${kind}/${id}`, asOf ? { asOf } : {})
  expect([answer.status, answer.body.error]).toEqual([200, undefined])
  expect(sound(answer.body)).toBe(true)
  return answer.body as Body
}
const refused = async (client: Client, path: string, query: Record<string, string> = {}) => {
  const answer = await client.get(path, query)
  return [answer.status, answer.body.error?.code]
}
const done = async <T = { id: string }>(answer: Promise<{ status: number; body: unknown }>) => {
  const { status, body } = await answer
  expect([status, status === 200 ? null : body]).toEqual([200, null])
  return body as T
}
const titles = (body: Body, kind: TraceNode['kind']) => body.nodes.filter((node) => node.kind === kind).map(({ title }) => title)
const details = (body: Body, kind: TraceNode['kind']) => body.nodes.filter((node) => node.kind === kind).map(({ detail }) => detail)
const idOf = (body: Body, kind: TraceNode['kind']) => body.nodes.find((node) => node.kind === kind)?.id ?? ''
const joined = (body: Body, from: string, to: string) => body.edges.some((edge) => edge.from === from && edge.to === to)

const addDuty = async (
  title: string,
  unit: UnitKey,
  holder: { post?: PostKey; person?: PersonaKey },
  when: { due?: string; rrule?: string },
) =>
  (
    await done(
      (
        await h.as('clerk')
      ).post('/duties', {
        title,
        body: '',
        kind: 'task',
        polarity: 'positive',
        measure: null,
        rrule: when.rrule ?? null,
        due: when.due ?? null,
        since: '2026-01-05',
        holders: [
          {
            unit: unitId('a', unit),
            post: holder.post ? postId('a', holder.post) : null,
            person: holder.person ? personId('a', holder.person) : null,
          },
        ],
      }),
    )
  ).id
const owedFor = async (duty: string) =>
  (await done<{ items: { id: string; due: string }[] }>((await h.as('clerk')).get('/obligations', { because: duty, limit: 200 }))).items

let directive = ''
let duty = ''
let march = ''
let act = ''
let standing = ''
let watched = ''

beforeAll(async () => {
  const clerk = await h.as('clerk')
  directive = (await done(clerk.post('/directives', { kind: 'notice', issuedOn: '2026-01-04', text: paper }))).id
  const whole = await done<{ proposals: { id: string; start: number; end: number; text: string }[] }>(clerk.get(`/directives/${directive}`))
  const proposal = whole.proposals.find(({ text }) => text.includes('每月到现场核查'))
  const accepted = await done<{ proposals: { id: string; made: string | null }[] }>(
    clerk.post(`/proposals/${proposal?.id}/accept`, {
      title: '每月到现场核查一次',
      holders: [{ unit: unitId('a', 'works'), post: postId('a', 'head'), person: null }],
      kind: 'task',
      polarity: 'positive',
      measure: null,
      rrule: 'FREQ=MONTHLY',
      due: null,
      since: '2026-01-05',
    }),
  )
  duty = accepted.proposals.find(({ id }) => id === proposal?.id)?.made ?? ''
  march = (await owedFor(duty)).find(({ due }) => due.startsWith('2026-03'))?.id ?? ''
  standing = await addDuty('长期负责工程档案', 'works', { post: 'head' }, {})
  watched = (await owedFor(await addDuty('站内自查', 'station', { person: 'staff' }, { due: '2026-04-30' })))[0]?.id ?? ''
  h.setNow('2026-04-02T02:00:00Z')
  const input = { what: '到二期现场核量', happenedOn: '2026-03-11', doneBy: personId('a', 'head'), discharges: [march] }
  act = (await done(clerk.post('/acts', input))).id
})

describe('a trace from an obligation', () => {
  it('reaches the duty, its sentence, the act, the holder, who was in charge, the head and the supervision', async () => {
    const body = await trace(await h.as('director'), 'obligations', march)
    expect(body.subject).toEqual({ kind: 'obligation', id: march, title: '每月到现场核查一次' })
    expect(body.nodes.find(({ layer }) => layer === 'subject')).toMatchObject({
      kind: 'obligation',
      light: 'green',
      ref: { kind: 'obligation', id: march },
    })
    expect(titles(body, 'duty')).toEqual(['每月到现场核查一次'])
    expect(titles(body, 'act')).toEqual(['到二期现场核量'])
    expect(titles(body, 'holder')).toEqual(['王建业 · 责任人'])
    expect(titles(body, 'in_charge')).toEqual(['吴志成 · 分管领导'])
    expect(titles(body, 'head')).toEqual(['周明远 · 第一责任人'])
    expect(titles(body, 'supervisor')).toEqual(['冯守正 · 监督责任'])
    expect(body.gaps).toEqual([])
    const subject = `obligation:${march}`
    for (const kind of ['duty', 'act', 'holder', 'unit'] as const) expect(joined(body, subject, idOf(body, kind))).toBe(true)
    expect(titles(body, 'unit')).toEqual(['工程科'])
    for (const kind of ['unit_head', 'in_charge', 'head', 'supervisor'] as const)
      expect(joined(body, idOf(body, 'unit'), idOf(body, kind))).toBe(true)
    expect(details(body, 'in_charge')).toEqual(['分管工程科（2024-01-01 起）'])
    expect(details(body, 'head')).toEqual(['主任（正式，2024-01-01 起）'])
    expect(joined(body, `duty:${duty}`, idOf(body, 'sentence'))).toBe(true)
  })

  it('names the very sentence of the directive, and where it stands', async () => {
    const body = await trace(await h.as('director'), 'obligations', march)
    const sentence = body.nodes.find(({ kind }) => kind === 'sentence')
    expect(sentence?.title).toBe(command)
    const { start = 0, end = 0 } = sentence?.ref ?? {}
    expect(sentence?.ref?.id).toBe(directive)
    expect(paper.slice(start, end)).toBe(command)
  })

  it('looking back shows what was recorded later as later, with both days, and the light as it was', async () => {
    const director = await h.as('director')
    const then = await trace(director, 'obligations', march, '2026-04-01')
    const late = then.nodes.find(({ kind }) => kind === 'act')
    expect(late).toMatchObject({ later: true, happenedOn: '2026-03-11', recordedAt: '2026-04-02T02:00:00.000Z' })
    expect(late?.detail).toContain('2026-04-02 才补记')
    expect(then.edges.find(({ to }) => to === late?.id)).toMatchObject({ later: true })
    expect(then.nodes.find(({ layer }) => layer === 'subject')?.light).toBe('red')
    const now = await trace(director, 'obligations', march, '2026-04-02')
    expect(now.nodes.find(({ kind }) => kind === 'act')?.later).toBe(false)
    expect(now.edges.every(({ later }) => !later)).toBe(true)
    expect(now.nodes.find(({ layer }) => layer === 'subject')?.light).toBe('green')
  })

  it('asks of the day looked at who was in charge, and says so when nobody was', async () => {
    const clerk = await h.as('clerk')
    const office = await done<{ charges: { id: string; unit: string }[] }>(clerk.get('/org'))
    const charge = office.charges.find(({ unit }) => unit === unitId('a', 'works'))
    await done(clerk.post(`/org/charges/${charge?.id}/end`, { until: '2026-03-01' }))
    await done(
      clerk.post('/org/charges', { person: personId('a', 'director'), unit: unitId('a', 'works'), since: '2026-03-20', until: null }),
    )
    const director = await h.as('director')
    expect(titles(await trace(director, 'obligations', march, '2026-02-28'), 'in_charge')).toEqual(['吴志成 · 分管领导'])
    const between = await trace(director, 'obligations', march, '2026-03-10')
    expect(titles(between, 'in_charge')).toEqual([])
    expect(between.gaps).toEqual([{ code: 'trace.nobody_in_charge', says: '工程科 当日没有分管领导' }])
    expect(titles(await trace(director, 'obligations', march), 'in_charge')).toEqual(['周明远 · 分管领导'])
    const english = await director.get(`/trace/obligations/${march}`, { asOf: '2026-03-10' }, { 'accept-language': 'en' })
    expect(english.body.gaps[0].says).toBe('Nobody was in charge of 工程科 that day')
  })

  it('says when a duty rests on nothing', async () => {
    const body = await trace(await h.as('director'), 'obligations', watched)
    expect(body.gaps.map(({ code }) => code).sort()).toEqual(['trace.no_basis', 'trace.no_unit_head', 'trace.nobody_in_charge'])
    expect(titles(body, 'holder')).toEqual(['陈小禾 · 责任人'])
  })
})

describe('a trace from elsewhere', () => {
  it('from a duty: every obligation known by the day, joined to it once', async () => {
    const body = await trace(await h.as('director'), 'duties', duty)
    expect(body.nodes.find(({ layer }) => layer === 'subject')?.id).toBe(`duty:${duty}`)
    const owed = body.nodes.filter(({ kind }) => kind === 'obligation')
    expect(owed.length).toBeGreaterThanOrEqual(4)
    for (const { id } of owed)
      expect(body.edges.filter(({ from, to }) => [from, to].includes(id) && [from, to].includes(`duty:${duty}`))).toEqual([
        { from: `duty:${duty}`, to: id, later: false },
      ])
    expect(titles(body, 'sentence')).toEqual([command])
    expect(titles(body, 'act')).toEqual(['到二期现场核量'])
  })

  it('from a standing duty: whoever holds it, though nothing is owed by a day', async () => {
    const body = await trace(await h.as('director'), 'duties', standing)
    expect(titles(body, 'obligation')).toEqual([])
    expect(titles(body, 'holder')).toEqual(['王建业 · 责任人'])
    expect(joined(body, `duty:${standing}`, idOf(body, 'holder'))).toBe(true)
  })

  it('from an act: what it discharged, whose duty that was, who did it', async () => {
    const body = await trace(await h.as('supervisor'), 'acts', act)
    expect(body.subject.title).toBe('到二期现场核量')
    expect(body.nodes.filter(({ layer }) => layer === 'subject').map(({ id }) => id)).toEqual([`act:${act}`])
    expect(joined(body, `act:${act}`, `obligation:${march}`)).toBe(true)
    expect(joined(body, `obligation:${march}`, `act:${act}`)).toBe(false)
    expect(joined(body, `act:${act}`, `holder:${personId('a', 'head')}`)).toBe(true)
    expect(titles(body, 'sentence')).toEqual([command])
  })

  it('from a person: what they owe and what they hold', async () => {
    const body = await trace(await h.as('director'), 'persons', personId('a', 'head'))
    expect(body.subject).toMatchObject({ kind: 'person', title: '王建业' })
    expect(body.nodes.filter(({ layer }) => layer === 'subject')).toHaveLength(1)
    expect(body.nodes.map(({ id }) => id)).toEqual(expect.arrayContaining([`obligation:${march}`, `duty:${duty}`, `duty:${standing}`]))
    expect(body.nodes.find(({ layer }) => layer === 'subject')?.detail).toContain('工程科科长')
  })
})

describe('what is not there, or not yet, or not to be seen', () => {
  it('is absent when it never was', async () => {
    const director = await h.as('director')
    for (const kind of ['obligations', 'duties', 'acts', 'persons'])
      expect(await refused(director, `/trace/${kind}/00000000-0000-7000-8000-00000000dead`)).toEqual([404, 'thing.absent'])
  })

  it('says that nothing had been recorded of it by the day', async () => {
    const director = await h.as('director')
    expect(await refused(director, `/trace/obligations/${march}`, { asOf: '2026-01-04' })).toEqual([404, 'trace.unknown_then'])
    expect(await refused(director, `/trace/duties/${duty}`, { asOf: '2026-01-04' })).toEqual([404, 'trace.unknown_then'])
    expect(await refused(director, `/trace/acts/${act}`, { asOf: '2026-04-01' })).toEqual([404, 'trace.unknown_then'])
    expect(await refused(director, `/trace/persons/${personId('a', 'head')}`, { asOf: '2023-12-31' })).toEqual([404, 'trace.unknown_then'])
    const says = (await director.get(`/trace/acts/${act}`, { asOf: '2026-04-01' })).body.error.message
    expect(says).toBe('到 2026-04-01 为止，这里还没有它的记录。')
  })

  it('leaves out who was made a holder only later', async () => {
    const clerk = await h.as('clerk')
    const added = { since: '2026-02-01', holders: [{ unit: unitId('a', 'works'), post: null, person: personId('a', 'staff') }] }
    await done(clerk.post(`/duties/${standing}/holders`, added))
    const holders = async (asOf?: string) => titles(await trace(await h.as('director'), 'duties', standing, asOf), 'holder').toSorted()
    expect(await holders('2026-04-01')).toEqual(['王建业 · 责任人'])
    expect(await holders()).toEqual(['王建业 · 责任人', '陈小禾 · 责任人'].toSorted())
    const held = async (asOf?: string) => titles(await trace(await h.as('director'), 'persons', personId('a', 'staff'), asOf), 'duty')
    expect(await held('2026-04-01')).not.toContain('长期负责工程档案')
    expect(await held()).toContain('长期负责工程档案')
  })

  it('stays within the units one answers for', async () => {
    const deputy = await h.as('deputy')
    expect((await trace(deputy, 'obligations', march)).subject.id).toBe(march)
    expect(await refused(deputy, `/trace/obligations/${watched}`)).toEqual([404, 'thing.absent'])
    const staff = await trace(deputy, 'persons', personId('a', 'staff'))
    expect(staff.nodes.map(({ id }) => id)).not.toContain(`obligation:${watched}`)
    const elsewhere = await h.as('director', 'b')
    expect(await refused(elsewhere, `/trace/obligations/${march}`)).toEqual([404, 'thing.absent'])
    expect(await refused(await h.as('staff'), `/trace/obligations/${march}`)).toEqual([403, 'may.not'])
  })
})
