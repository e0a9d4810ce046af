import { beforeAll, describe, expect, it } from 'vitest'
import { withTenant } from '#kernel/db.ts'
import { house, personId, postId, tenantId, unitId } from '../../../test/harness.ts'
import { codeOf, dutyOf as duty, holding, papersOf, type Shown, speech } from '../../../test/papers.ts'
import { sentenceOf, titlesOf } from './index.ts'

const h = await house()
const clerk = await h.as('clerk')
const { add, read, proposals } = papersOf(clerk)

describe('a pasted directive', () => {
  let id = ''
  let list: Shown[] = []
  const of = (words: string) => list.find((one) => one.text.includes(words)) as Shown
  beforeAll(async () => {
    const made = await add()
    expect(made.status).toBe(200)
    id = made.body.id
    list = await proposals(id)
  })

  it('is kept as it came, every heading and sentence at its place', async () => {
    const whole = await read(id)
    expect(whole.text).toBe(speech)
    expect(whole.directive).toMatchObject({ title: '在半年工作会议上的讲话', state: 'reading', recordedBy: '郑文清' })
    const top = whole.sections.filter((one: { depth: number }) => one.depth === 0)
    expect(top.map((one: { start: number; end: number }) => whole.text.slice(one.start, one.end)).join('')).toBe(speech)
    expect(top.map((one: { marker: string | null }) => one.marker).filter(Boolean)).toEqual(['一、', '二、', '三、'])
    for (const one of whole.proposals) expect(one.text).toBe(speech.slice(one.start, one.end))
  })

  it('has our commands proposed to named holders, our problem as a finding, and nothing of others’ words', async () => {
    expect(list.some((one) => one.text.includes('扛在肩上'))).toBe(false)
    expect(of('少数科室').type).toBe('finding')
    expect(of('综合科要每月')).toMatchObject({ type: 'duty', state: 'open', cadence: { rrule: 'FREQ=MONTHLY' } })
    expect(of('综合科要每月').seats).toMatchObject([{ post: { id: postId('a', 'clerk') }, names: ['郑文清'] }])
    expect(of('工程科必须')).toMatchObject({ due: { day: '2026-09-30' } })
    expect(of('党办中心').unknown.length).toBeGreaterThan(0)
    expect(of('综合科要每月').actions).toEqual(['accept', 'edit', 'merge', 'split', 'aside'])
  })

  it('becomes a duty with the sentence as its basis, and its obligations', async () => {
    const sentence = of('综合科要每月')
    const answer = await clerk.post(`/proposals/${sentence.id}/accept`, duty())
    expect(answer.status).toBe(200)
    const [shown] = answer.body.proposals
    expect(shown).toMatchObject({ state: 'accepted', decided: { who: '郑文清' }, actions: [] })
    expect(answer.body.directive.coverage).toMatchObject({ carried: 1 })
    const made = await clerk.get(`/duties/${shown.made}`)
    expect(made.body).toMatchObject({
      title: '每月对照清单督查',
      basis: { directive: id, start: sentence.start, end: sentence.end },
      rrule: 'FREQ=MONTHLY',
    })
    const owed = await clerk.get('/obligations', { because: shown.made })
    expect(owed.body.items.length).toBeGreaterThan(0)
    expect(owed.body.items[0].holder.name).toBe('郑文清')
  })

  it('becomes a finding that a person of ours puts right by a day', async () => {
    const finding = of('少数科室')
    const give = { title: '清单照抄、年底补记录', unit: unitId('a', 'works'), person: personId('a', 'head'), due: '2026-07-15' }
    expect(codeOf(await clerk.post(`/proposals/${finding.id}/accept`, { ...give, due: null }))).toEqual([400, 'proposal.owner_missing'])
    expect(codeOf(await clerk.post(`/proposals/${finding.id}/accept`, { ...give, due: '2026-06-01' }))).toEqual([400, 'proposal.due_past'])
    const answer = await clerk.post(`/proposals/${finding.id}/accept`, give)
    expect(answer.status).toBe(200)
    const owed = await clerk.get('/obligations', { because: answer.body.proposals[0].made })
    expect(owed.body.items).toMatchObject([
      { kind: 'finding', title: '清单照抄、年底补记录', due: '2026-07-15', holder: { name: '王建业' } },
    ])
  })

  it('is not accepted without a holder that the office has', async () => {
    const one = of('党办中心')
    const absent = { unit: unitId('a', 'general'), post: postId('a', 'head'), person: null }
    for (const [holders, code] of [
      [undefined, 'proposal.holder_missing'],
      [[], 'proposal.holder_missing'],
      [[{ ...absent, person: personId('a', 'head') }], 'proposal.holder_one'],
      [[absent], 'proposal.holder_unknown'],
      [[{ unit: unitId('b', 'general'), post: postId('b', 'clerk'), person: null }], 'proposal.holder_unknown'],
    ] as const) {
      const answer = await clerk.post(`/proposals/${one.id}/accept`, duty({ holders }))
      expect(codeOf(answer)).toEqual([400, code])
      expect(answer.body.error.at[0].at).toMatch(/^\/holders/)
    }
    expect((await proposals(id)).find((each) => each.id === one.id)?.state).toBe('open')
  })

  it('is edited while it is open, and keeps what a person chose', async () => {
    const one = of('党办中心')
    const edit = {
      title: '整理一次制度',
      holders: [holding('head', 'works')],
      due: '2026-12-31',
      rrule: null,
      kind: 'task',
      measure: '制度汇编一份',
    }
    const answer = await clerk.post(`/proposals/${one.id}/edit`, edit)
    expect(answer.body.proposals).toMatchObject([
      {
        state: 'open',
        title: '整理一次制度',
        chosen: true,
        unknown: [],
        due: { day: '2026-12-31' },
        cadence: null,
        measure: '制度汇编一份',
        seats: [{ names: ['王建业'] }],
      },
    ])
  })

  it('is merged into another and taken back while that is open', async () => {
    const [one, into] = [of('各科室要每季度'), of('工程科必须')]
    expect(codeOf(await clerk.post(`/proposals/${one.id}/merge`, { into: one.id }))).toEqual([400, 'proposal.into_itself'])
    expect(codeOf(await clerk.post(`/proposals/${one.id}/merge`, { into: of('少数科室').id }))).toEqual([400, 'proposal.into_other'])
    expect(codeOf(await clerk.post(`/proposals/${one.id}/merge`, { into: of('综合科要每月').id }))).toEqual([409, 'proposal.into_decided'])
    const merged = await clerk.post(`/proposals/${one.id}/merge`, { into: into.id })
    expect(merged.body.proposals.map((each: Shown) => each.state).sort()).toEqual(['merged', 'open'])
    expect(merged.body.proposals.find((each: Shown) => each.id === into.id).joined).toEqual([
      { id: one.id, start: one.start, end: one.end },
    ])
    expect(codeOf(await clerk.post(`/proposals/${into.id}/split`, { at: into.start + 3 }))).toEqual([409, 'proposal.has_joined'])
    expect((await clerk.post(`/proposals/${one.id}/reopen`)).body.proposals[0]).toMatchObject({ state: 'open', into: null })
    await clerk.post(`/proposals/${one.id}/merge`, { into: into.id })
    const accepted = await clerk.post(
      `/proposals/${into.id}/accept`,
      duty({ title: '清单细化到岗', holders: [holding('head', 'works')], rrule: null, due: '2026-09-30' }),
    )
    expect(accepted.status).toBe(200)
    expect(codeOf(await clerk.post(`/proposals/${one.id}/reopen`))).toEqual([409, 'proposal.joined_decided'])
    const made = await clerk.get(`/duties/${accepted.body.proposals[0].made}`)
    expect(made.body.basis).toMatchObject({ start: into.start, end: one.end })
    expect(made.body.body).toBe(`${into.text}\n${one.text}`)
  })

  it('is split in two that tile the sentence', async () => {
    const one = of('全办同志')
    const at = speech.indexOf('做与工作无关')
    expect(codeOf(await clerk.post(`/proposals/${one.id}/split`, { at: one.start }))).toEqual([400, 'proposal.split_at'])
    const answer = await clerk.post(`/proposals/${one.id}/split`, { at })
    const parts: Shown[] = answer.body.proposals.filter((each: Shown) => each.state === 'open')
    expect(parts.map((each) => [each.start, each.end])).toEqual([
      [one.start, at],
      [at, one.end],
    ])
    expect(parts.map((each) => each.text).join('')).toBe(one.text)
    expect(answer.body.proposals.find((each: Shown) => each.id === one.id)).toMatchObject({ state: 'split', actions: [] })
  })

  it('takes a sentence that was not read, once', async () => {
    const start = speech.indexOf('专门研究')
    const range = { start, end: speech.indexOf('下面我讲'), type: 'duty' }
    const answer = await clerk.post(`/directives/${id}/proposals`, range)
    expect(answer.body.proposals).toMatchObject([{ text: '专门研究怎样把责任落到人。', markedBy: '郑文清', state: 'open' }])
    expect(codeOf(await clerk.post(`/directives/${id}/proposals`, range))).toEqual([409, 'proposal.overlap'])
    expect(codeOf(await clerk.post(`/directives/${id}/proposals`, { ...range, start: 9000, end: 9010 }))).toEqual([400, 'proposal.range'])
  })

  it('is settled when every sentence is carried or set aside with a reason, and resumes when one comes back', async () => {
    const left = await clerk.post(`/directives/${id}/settle`)
    expect(codeOf(left)).toEqual([409, 'directive.open_left'])
    const open = (await proposals(id)).filter((one) => one.state === 'open')
    expect(left.body.error.params).toEqual({ open: open.length })
    expect(codeOf(await clerk.post(`/proposals/${open[0]?.id}/aside`, {}))).toEqual([400, 'request.invalid'])
    for (const one of open) expect((await clerk.post(`/proposals/${one.id}/aside`, { reason: '由上级机关负责' })).status).toBe(200)
    const whole = await read(id)
    expect(whole.directive.coverage).toMatchObject({ open: 0, aside: open.length, carried: 3 })
    expect(whole.directive.actions).toContain('settle')
    expect(whole.proposals.find((one: Shown) => one.id === open[0]?.id)).toMatchObject({
      state: 'aside',
      reason: '由上级机关负责',
      actions: ['reopen'],
    })
    expect((await clerk.post(`/directives/${id}/settle`)).body.state).toBe('settled')
    expect(codeOf(await clerk.post(`/directives/${id}/settle`))).toEqual([409, 'move.late'])
    await clerk.post(`/proposals/${open[0]?.id}/reopen`)
    expect((await read(id)).directive).toMatchObject({ state: 'reading', coverage: { open: 1 } })
  })

  it('leaves its ledger entries without a word of the text', async () => {
    const rows = await h.owner.unsafe(
      "SELECT kind, content FROM ledger_entry e JOIN ledger_salt s ON s.tenant_id = e.tenant_id AND s.entry_id = e.id WHERE e.tenant_id = $1 AND (kind LIKE 'directive.%' OR kind LIKE 'proposal.%')",
      [tenantId('a')],
    )
    expect([...new Set(rows.map((row) => row.kind))].sort()).toEqual(
      [
        'directive.added',
        'directive.resumed',
        'directive.settled',
        'proposal.accepted',
        'proposal.edited',
        'proposal.marked',
        'proposal.merged',
        'proposal.reopened',
        'proposal.set_aside',
        'proposal.split',
      ].sort(),
    )
    for (const row of rows) expect(row.content).not.toMatch(/\p{Script=Han}/u)
  })

  it('gives others the sentence with the headings above it', async () => {
    const sentence = of('综合科要每月')
    const [shown, titles] = await withTenant(
      h.pool,
      tenantId('a'),
      async (tx) =>
        [await sentenceOf(tx, tenantId('a'), id, sentence.start, sentence.end), await titlesOf(tx, tenantId('a'), [id])] as const,
    )
    expect(shown).toEqual({
      directive: { id, title: '在半年工作会议上的讲话', issuedOn: '2026-06-10' },
      text: sentence.text,
      path: ['二、把清单建好'],
    })
    expect([...titles]).toEqual([[id, '在半年工作会议上的讲话']])
  })
})
