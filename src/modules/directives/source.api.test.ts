import { describe, expect, it } from 'vitest'
import { house, personId, unitId } from '../../../test/harness.ts'
import { codeOf, papersOf } from '../../../test/papers.ts'

const h = await house()
const clerk = await h.as('clerk')
const { add, read } = papersOf(clerk)

const notice = `示例省人民防空办公室文件
省人防办〔2026〕21号

示例省人民防空办公室
关于开展专项自查的通知

各省辖市人防办：
现将有关事项通知如下。
一、自查自纠。各省辖市人防办要对照清单逐项自查，6月30日前将自查报告报送省人防办。
二、检查督导。省人防办将组成检查组，对部分市进行抽查。
附件：1.自查统计表

示例省人民防空办公室
2026年6月8日
抄送：省纪委监委驻办纪检监察组。
— 1 —
`
const table = `工作任务\t具体措施\t牵头单位\t配合单位\t责任人\t完成时限
清查台账\t逐册核对工程台账\t工程科\t综合科\t王建业\t9月底前
健全制度\t修订接待办法\t综合科\t\t\t每季度
`

describe('a paper of a superior', () => {
  const look = (text: string, name = '粘贴.txt') => clerk.upload('/directives/look', { name, bytes: Buffer.from(text) }, {})

  it('says for itself whose it is, and nothing is kept of a look', async () => {
    const before = (await clerk.get('/directives')).body.items.length
    expect((await look(notice)).body).toMatchObject({
      title: '示例省人民防空办公室关于开展专项自查的通知',
      kind: 'notice',
      number: '省人防办〔2026〕21号',
      issuer: '示例省人民防空办公室',
      issuedOn: '2026-06-08',
      origin: 'superior',
      replyDue: '2026-06-30',
      addressees: ['各省辖市人防办'],
      attachments: ['自查统计表'],
      commands: 1,
    })
    expect((await clerk.get('/directives')).body.items.length).toBe(before)
    expect(codeOf(await look(' \n'))).toEqual([400, 'directive.empty'])
    expect(codeOf(await (await h.as('staff')).upload('/directives/look', { name: 'a.txt', bytes: Buffer.from(notice) }, {}))).toEqual([
      403,
      'may.not',
    ])
  })

  it('is kept with sender, number and days; those it addresses are this office; the answer is owed by who took it in', async () => {
    const made = await add({
      kind: 'notice',
      issuedOn: '2026-06-08',
      text: notice,
      origin: 'superior',
      receivedOn: '2026-06-12',
      replyDue: '2026-06-30',
    })
    expect(made.body).toMatchObject({
      title: '示例省人民防空办公室关于开展专项自查的通知',
      origin: 'superior',
      sender: '示例省人民防空办公室',
      number: '省人防办〔2026〕21号',
      receivedOn: '2026-06-12',
      replyDue: '2026-06-30',
    })
    const whole = await read(made.body.id)
    expect(
      whole.proposals.map((one: { text: string; seats: { names: string[] }[] }) => [one.text, one.seats.map((seat) => seat.names)]),
    ).toEqual([['各省辖市人防办要对照清单逐项自查，6月30日前将自查报告报送省人防办。', [['周明远']]]])
    expect(whole.frame).toMatchObject({ copies: ['省纪委监委驻办纪检监察组'], attachments: [{ title: '自查统计表' }] })
    expect(whole.frame.parts.map((one: { role: string }) => one.role)).toEqual(
      expect.arrayContaining(['letterhead', 'number', 'signature', 'copies', 'page']),
    )
    const owed = (await clerk.get('/obligations', { because: made.body.id })).body.items
    expect(owed).toMatchObject([
      {
        because: 'directive',
        title: '答复：示例省人民防空办公室关于开展专项自查的通知',
        due: '2026-06-30',
        opens: '2026-06-12',
        holder: { id: personId('a', 'clerk') },
        unit: { id: unitId('a', 'general') },
      },
    ])
    const trace = await (await h.as('director')).get(`/trace/obligations/${owed[0].id}`)
    expect(trace.body.nodes.find((one: { id: string }) => one.id === `directive:${made.body.id}`)).toMatchObject({ title: made.body.title })
    const done = await clerk.post('/acts', {
      what: '报送自查报告',
      happenedOn: '2026-06-15',
      doneBy: personId('a', 'clerk'),
      discharges: [owed[0].id],
    })
    expect(done.status).toBe(200)
    expect((await clerk.get('/obligations', { because: made.body.id })).body.items).toMatchObject([{ state: 'discharged' }])
  })

  it('is found by where it came from, its number, and whether it wants an answer', async () => {
    await add({ title: '自己的部署' })
    const list = async (query: Record<string, string>) =>
      (await clerk.get('/directives', query)).body.items.map((one: { origin: string }) => one.origin)
    expect(new Set(await list({ origin: 'superior' }))).toEqual(new Set(['superior']))
    expect(await list({ origin: 'higher' })).toEqual([])
    expect(await list({ q: '21号' })).toEqual(['superior'])
    expect(await list({ reply: 'true' })).toEqual(['superior'])
    expect((await list({})).length).toBeGreaterThan(1)
  })

  it('is put right: what it says then stays as it was for whoever looks back', async () => {
    const { body } = await add({ text: notice, origin: 'superior', number: null })
    expect(body).toMatchObject({ number: null, receivedOn: '2026-06-15', replyDue: null, actions: expect.arrayContaining(['amend']) })
    h.setNow('2026-06-18T02:00:00Z')
    const amended = await clerk.post(`/directives/${body.id}/amend`, { number: '省人防办〔2026〕21号', replyDue: '2026-07-10' })
    expect(amended.body).toMatchObject({ number: '省人防办〔2026〕21号', replyDue: '2026-07-10' })
    const owed = async () =>
      (await clerk.get('/obligations', { because: body.id })).body.items.map((one: { state: string; due: string }) => [one.state, one.due])
    expect(await owed()).toEqual([['open', '2026-07-10']])
    expect(codeOf(await clerk.post(`/directives/${body.id}/amend`, { replyDue: '2026-07-20' }))).toEqual([409, 'directive.reply_owed'])
    expect((await clerk.get(`/directives/${body.id}`, { asOf: '2026-06-16' })).body.directive).toMatchObject({
      number: null,
      replyDue: null,
    })
    await clerk.post(`/directives/${body.id}/amend`, { replyDue: null })
    expect(await owed()).toEqual([['waived', '2026-07-10']])
    expect(codeOf(await (await h.as('head')).post(`/directives/${body.id}/amend`, { number: '一号' }))).toEqual([403, 'may.not'])
  })

  it.each([
    [{ origin: 'own', replyDue: '2026-07-10' }, 'directive.reply_own', '/replyDue'],
    [{ origin: 'superior', receivedOn: '2026-07-01', replyDue: null }, 'directive.received_later', '/receivedOn'],
    [{ origin: 'superior', receivedOn: '2026-06-10', replyDue: '2026-06-09' }, 'directive.reply_before', '/replyDue'],
    [{ origin: 'elsewhere' }, 'request.invalid', '/origin'],
    [{ text: `机密★3年\n${notice}` }, 'directive.classified', '/text'],
  ])('refuses %o', async (fields, code, at) => {
    const before = (await clerk.get('/directives')).body.items.length
    const answer = await add({ text: notice, ...fields })
    expect([answer.body.error?.code, answer.body.error?.at?.[0]?.at]).toEqual([code, at])
    expect((await clerk.get('/directives')).body.items.length).toBe(before)
  })

  it('comes as a file as well, its fields as texts', async () => {
    const bytes = Buffer.from(notice)
    const fields = {
      kind: 'notice',
      issuedOn: '2026-06-08',
      origin: 'higher',
      sender: '省办',
      number: '',
      receivedOn: '',
      replyDue: '2026-07-01',
    }
    const answer = await clerk.upload('/directives/file', { name: '来文.txt', bytes }, fields)
    expect(answer.body).toMatchObject({ origin: 'higher', sender: '省办', number: null, receivedOn: null, replyDue: '2026-07-01' })
    const wrong = await clerk.upload('/directives/file', { name: '来文.txt', bytes }, { ...fields, origin: 'nowhere' })
    expect(codeOf(wrong)).toEqual([400, 'request.invalid'])
    const day = await clerk.upload('/directives/file', { name: '来文.txt', bytes }, { ...fields, receivedOn: '2026-02-30' })
    expect(codeOf(day)).toEqual([400, 'day.unknown'])
  })
})

describe('a duty table', () => {
  it('becomes proposals row by row: who leads, who helps, the person, the day; its columns are shown as they were understood', async () => {
    const { body } = await add({ kind: 'plan', title: '任务分解表', text: table })
    const whole = await read(body.id)
    expect(whole.tables).toMatchObject([
      {
        rows: 2,
        columns: [{ header: '工作任务', field: 'task' }, {}, { field: 'lead' }, { field: 'help' }, { field: 'person' }, { field: 'due' }],
      },
    ])
    const [first, second] = whole.proposals
    expect(first).toMatchObject({
      title: '清查台账',
      due: { day: '2026-09-30' },
      seats: [{ post: { name: '工程科科长' }, names: ['王建业'] }],
      helping: [{ post: { name: '综合科科长' } }],
      tail: { help: [{ name: '综合科' }], persons: [{ text: '王建业' }] },
    })
    expect(second).toMatchObject({
      title: '健全制度',
      cadence: { rrule: 'FREQ=MONTHLY;INTERVAL=3' },
      seats: [{ names: ['郑文清'] }],
      helping: [],
    })
    expect(first.text).toBe('清查台账\t逐册核对工程台账')
  })
})
