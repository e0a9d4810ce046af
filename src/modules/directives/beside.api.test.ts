import { beforeAll, describe, expect, it } from 'vitest'
import { house, personId, tenantId } from '../../../test/harness.ts'
import { codeOf, dutyOf, holding, papersOf, type Shown } from '../../../test/papers.ts'

const h = await house()
const clerk = await h.as('clerk')
const { add, read, proposals } = papersOf(clerk)

const first = `2026年责任分工方案
一、督查
综合科要每月对照责任清单督查一次各科室落实情况，结果在办内通报。
二、核查
工程科要每季度对在建人防工程开展现场核查，建立核查台账。
三、接待
综合科要每月公示公务接待费用，接受干部职工监督。
`
const later = `关于调整责任分工的通知
一、综合科要每月对照责任清单督查一次各科室落实情况，结果在办内通报。
二、工程科要每月对在建人防工程开展现场核查，建立核查台账。
三、综合科要每年组织一次公务接待费用公示，接受干部职工监督。
四、工程科要在9月底前完成档案数字化加工。
原《2026年责任分工方案》同时废止。
`
type Beside = {
  proposal: string
  percent: number
  suggests: string
  reasons: string[]
  duty: { id: string; title: string; basis: { directive: string } | null }
}
const made: Record<'watch' | 'check' | 'feast', string> = { watch: '', check: '', feast: '' }
let old = ''
let id = ''
let list: Shown[] = []
const of = (words: string) => list.find((one) => one.text.includes(words)) as Shown
const besides = async (): Promise<Beside[]> => (await clerk.get(`/directives/${id}/beside`)).body.items
const owed = async (duty: string) =>
  (await clerk.get('/obligations', { because: duty, limit: 200 })).body.items as { state: string; due: string; light: string }[]

beforeAll(async () => {
  const paper = await add({ title: '2026年责任分工方案', kind: 'plan', text: first })
  old = paper.body.id
  const olds = await proposals(old)
  const accept = async (words: string, fields: object) => {
    const one = olds.find((each) => each.text.includes(words)) as Shown
    const answer = await clerk.post(`/proposals/${one.id}/accept`, dutyOf(fields))
    expect([answer.status, answer.body.error]).toEqual([200, undefined])
    return answer.body.proposals[0].made as string
  }
  made.watch = await accept('督查一次', { title: '对照责任清单督查' })
  made.check = await accept('现场核查', {
    title: '在建工程现场核查',
    holders: [holding('head', 'works')],
    rrule: 'FREQ=MONTHLY;INTERVAL=3',
  })
  made.feast = await accept('接待费用', { title: '公示公务接待费用' })
  id = (await add({ title: '调整责任分工', kind: 'notice', text: later })).body.id
  list = await proposals(id)
})

describe('a later paper that says again what is a duty already', () => {
  it('is laid beside it: how much they have in common, who and how often, and what the paper itself says', async () => {
    const answer = (await clerk.get(`/directives/${id}/beside`)).body
    expect(answer.replacing).toMatchObject([{ title: '2026年责任分工方案' }])
    const [watch] = (answer.items as Beside[]).filter((one) => one.proposal === of('督查一次').id)
    expect(watch).toMatchObject({
      duty: { id: made.watch, basis: { directive: old }, holders: ['综合科科长 郑文清'] },
      reasons: ['holders', 'period', 'replaced'],
    })
    expect(watch?.percent).toBeGreaterThan(70)
    const [check] = (answer.items as Beside[]).filter((one) => one.proposal === of('现场核查').id)
    expect(check).toMatchObject({ duty: { id: made.check }, suggests: 'replaces' })
    expect((answer.items as Beside[]).some((one) => one.proposal === of('数字化').id)).toBe(false)
    expect((await clerk.get(`/directives/${old}/beside`)).body.items).toEqual([])
  })

  it('the same: the sentence becomes a further basis, nothing more is owed, and both duty and trace show it', async () => {
    const one = of('督查一次')
    const before = await owed(made.watch)
    const answer = await clerk.post(`/proposals/${one.id}/same`, { duty: made.watch })
    expect(answer.status).toBe(200)
    expect(answer.body.proposals).toMatchObject([
      { state: 'accepted', made: made.watch, likened: [{ duty: { id: made.watch }, choice: 'same' }], actions: [] },
    ])
    expect(answer.body.directive.coverage).toMatchObject({ carried: 1 })
    expect(await owed(made.watch)).toEqual(before)
    const further = (await clerk.get(`/duties/${made.watch}/sentences`)).body
    expect(further.sentences).toMatchObject([{ directive: { id, name: '调整责任分工' }, start: one.start, text: one.text, by: '郑文清' }])
    const trace = await (await h.as('director')).get(`/trace/duties/${made.watch}`)
    const sentences = trace.body.nodes.filter((node: { kind: string }) => node.kind === 'sentence')
    expect(sentences.map((node: { ref: { id: string } }) => node.ref.id).sort()).toEqual([old, id].sort())
    expect(codeOf(await clerk.post(`/proposals/${one.id}/same`, { duty: made.watch }))).toEqual([409, 'proposal.beside_decided'])
  })

  it('replaces: the old one ends the day before, the new one is owed from then on, each names the other', async () => {
    const one = of('现场核查')
    const give = { title: '在建工程每月核查', holders: [holding('head', 'works')], rrule: 'FREQ=MONTHLY', due: null }
    const early = await clerk.post(`/proposals/${one.id}/replace`, { ...give, duty: made.check, from: '2026-06-10' })
    expect([early.body.error?.code, early.body.error?.at[0].at]).toEqual(['duty.ends_before_since', '/from'])
    expect((await proposals(id)).find((each) => each.id === one.id)?.state).toBe('open')
    const answer = await clerk.post(`/proposals/${one.id}/replace`, { ...give, duty: made.check, from: '2026-07-01' })
    expect([answer.status, answer.body.error]).toEqual([200, undefined])
    const fresh = answer.body.proposals[0].made
    expect((await clerk.get(`/duties/${made.check}`)).body).toMatchObject({ state: 'ended', until: '2026-07-01' })
    expect((await clerk.get(`/duties/${fresh}`)).body).toMatchObject({
      state: 'active',
      since: '2026-07-01',
      basis: { directive: id, start: one.start },
    })
    expect((await owed(made.check)).filter((each) => each.due > '2026-06-30').every((each) => each.state === 'waived')).toBe(true)
    expect((await owed(fresh)).length).toBeGreaterThan(0)
    expect((await owed(fresh)).every((each) => each.due >= '2026-07-01')).toBe(true)
    expect((await clerk.get(`/duties/${made.check}/sentences`)).body.replaced).toMatchObject([{ way: 'by', duty: { id: fresh } }])
    expect((await clerk.get(`/duties/${fresh}/sentences`)).body.replaced).toMatchObject([{ way: 'of', duty: { id: made.check } }])
    const [wrong] = await h.owner.unsafe(
      `SELECT count(*)::int AS n FROM (SELECT unit_id, kind, due, sum(open) AS open FROM tally WHERE tenant_id = $1 GROUP BY 1, 2, 3) t
       FULL JOIN (SELECT unit_id, kind, due, count(*) AS open FROM obligation WHERE tenant_id = $1 AND state = 'open' GROUP BY 1, 2, 3) o USING (unit_id, kind, due)
       WHERE coalesce(t.open, 0) <> coalesce(o.open, 0)`,
      [tenantId('a')],
    )
    expect(wrong?.n).toBe(0)
  })

  it('another matter: the hint goes and the sentence stays as it was', async () => {
    const one = of('接待费用')
    expect((await besides()).some((each) => each.proposal === one.id)).toBe(true)
    const answer = await clerk.post(`/proposals/${one.id}/differ`, { duty: made.feast })
    expect(answer.body.proposals).toMatchObject([
      { state: 'open', made: null, likened: [{ duty: { id: made.feast }, choice: 'different' }] },
    ])
    expect((await besides()).some((each) => each.proposal === one.id)).toBe(false)
    expect((await clerk.get(`/duties/${made.feast}`)).body.state).toBe('active')
  })

  it('is compared by whoever decides for the whole office, with a duty that stands', async () => {
    const one = of('数字化')
    const head = await h.as('head')
    expect(codeOf(await head.post(`/proposals/${one.id}/same`, { duty: made.watch }))).toEqual([403, 'may.not'])
    expect(codeOf(await clerk.post(`/proposals/${one.id}/same`, { duty: made.check }))).toEqual([409, 'proposal.beside_ended'])
    expect(codeOf(await clerk.post(`/proposals/${one.id}/same`, { duty: personId('a', 'clerk') }))).toEqual([404, 'thing.absent'])
    expect((await clerk.get(`/directives/${id}/beside`, { asOf: '2026-06-15' })).status).toBe(200)
    expect((await read(id)).proposals.find((each: Shown) => each.id === one.id).state).toBe('open')
  })

  it('looking back shows nothing of what was decided later', async () => {
    const other = (await add({ title: '回看的部署', text: '一、综合科要每月对照责任清单督查一次各科室落实情况，结果在办内通报。' })).body.id
    const [one] = (await proposals(other)) as [Shown]
    h.setNow('2026-06-20T02:00:00Z')
    await clerk.post(`/proposals/${one.id}/same`, { duty: made.watch })
    const then = (await clerk.get(`/directives/${other}`, { asOf: '2026-06-18' })).body.proposals[0]
    expect(then).toMatchObject({ state: 'open', made: null, likened: [] })
    const sentences = async (asOf?: string) =>
      (await clerk.get(`/duties/${made.watch}/sentences`, asOf ? { asOf } : {})).body.sentences.length
    expect([await sentences('2026-06-18'), await sentences()]).toEqual([1, 2])
  })

  it('leaves each choice in the ledger without a word of the text', async () => {
    const rows = await h.owner.unsafe(
      "SELECT kind, content FROM ledger_entry e JOIN ledger_salt s ON s.tenant_id = e.tenant_id AND s.entry_id = e.id WHERE e.tenant_id = $1 AND kind IN ('proposal.same', 'proposal.replaces', 'proposal.differs', 'duty.sentence_added')",
      [tenantId('a')],
    )
    expect([...new Set(rows.map((row) => row.kind))].sort()).toEqual([
      'duty.sentence_added',
      'proposal.differs',
      'proposal.replaces',
      'proposal.same',
    ])
    for (const row of rows) expect(row.content).not.toMatch(/\p{Script=Han}/u)
  })
})

describe('the search for what is alike', () => {
  it('goes through the index, however many duties there are', async () => {
    await h.owner.unsafe(
      `INSERT INTO duty (tenant_id, id, title, body, kind, polarity, since, state, recorded_by, recorded_at, moved_by, moved_at)
       SELECT $1, gen_random_uuid(), '第' || n || '项', '这是第' || n || '项常规事务' || md5(n::text), 'task', 'positive', '2026-01-01', 'active', $2, now(), $2, now()
       FROM generate_series(1, 5000) n`,
      [tenantId('a'), personId('a', 'clerk')],
    )
    await h.owner.unsafe('ANALYZE duty')
    const plan = await h.owner.unsafe(
      `EXPLAIN SELECT d.id FROM duty d WHERE d.tenant_id = $1 AND d.state = 'active' AND app_pairs(d.title || ' ' || d.body) @> ARRAY['责任', '任清', '清单'] LIMIT 40`,
      [tenantId('a')],
    )
    expect(plan.map((row) => Object.values(row)[0]).join('\n')).toContain('duty_like')
  })
})
