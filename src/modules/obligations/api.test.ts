import { describe, expect, it } from 'vitest'
import { house, personId, postId, unitId } from '../../../test/harness.ts'

const h = await house()
const clerk = await h.as('clerk')
const head = await h.as('head')
const deputy = await h.as('deputy')
const director = await h.as('director')
const works = { unit: unitId('a', 'works'), post: postId('a', 'head'), person: null }
const secretary = { unit: unitId('a', 'branch'), post: postId('a', 'secretary'), person: null }

type Item = { id: string; period: string; light: string; due: string; state: string; title: string }

/** A monthly duty since May; its obligations in order: May is red, June green, July not begun. */
async function monthly(title: string, holder: object = works): Promise<Item[]> {
  const body = {
    title,
    body: '',
    kind: 'dual',
    polarity: 'positive',
    measure: null,
    rrule: 'FREQ=MONTHLY',
    due: null,
    since: '2026-05-01',
    holders: [holder],
  }
  const added = await clerk.post('/duties', body)
  return (await clerk.get('/obligations', { because: added.body.id, limit: 50 })).body.items
}
const first = async (title: string, holder: object = works): Promise<Item> => (await monthly(title, holder))[0] as Item
const read = async (id: string, asOf?: string) => (await head.get(`/obligations/${id}`, asOf ? { asOf } : {})).body

describe('the list', () => {
  it('is filtered by light, holder, unit and days, in due order, and paged without gaps', async () => {
    const items = await monthly('每月检查台账')
    const because = (await read(items[0]?.id ?? '')).obligation.becauseId
    const list = async (query: Record<string, string | number>) => (await clerk.get('/obligations', { because, ...query })).body
    const periods = async (query: Record<string, string>) => (await list({ ...query, limit: 200 })).items.map((one: Item) => one.period)
    expect(await periods({ light: 'red' })).toEqual(['2026-05'])
    expect((await periods({ light: 'green' }))[0]).toBe('2026-06')
    expect(await periods({ light: 'yellow' })).toEqual([])
    expect(await periods({ from: '2026-06-01', until: '2026-07-31' })).toEqual(['2026-06', '2026-07'])
    expect(await periods({ holder: personId('a', 'staff') })).toEqual([])
    expect(await periods({ unit: unitId('a', 'general') })).toEqual([])
    const dues: string[] = []
    for (let after: string | null = ''; after !== null; ) {
      const page: { items: Item[]; next: string | null } = await list({ limit: 5, ...(after ? { after } : {}) })
      dues.push(...page.items.map((one) => one.due))
      after = page.next
    }
    expect(dues).toEqual(items.map((one) => one.due))
    expect(dues).toEqual(dues.toSorted())
  })

  it('shows staff their own only, and nobody else’s by its address', async () => {
    const { id } = await first('科长的事')
    const staff = await h.as('staff')
    expect((await staff.get('/obligations')).body.items).toEqual([])
    expect((await staff.get(`/obligations/${id}`)).status).toBe(404)
  })
})

describe('my obligations', () => {
  it('stand under overdue, today, this week and later, with how the year goes', async () => {
    const staff = await h.as('staff')
    const own = { unit: unitId('a', 'works'), post: null, person: personId('a', 'staff') }
    // Today is Monday 15 June 2026.
    const once = async (title: string, due: string) =>
      (
        await clerk.post('/duties', {
          title,
          body: '',
          kind: 'task',
          polarity: 'positive',
          measure: null,
          rrule: null,
          due,
          since: '2026-06-01',
          holders: [own],
        })
      ).body.id
    await once('逾期的', '2026-06-12')
    await once('今天的', '2026-06-15')
    await once('周日的', '2026-06-21')
    await once('下周一的', '2026-06-22')
    const waived = await once('免了的', '2026-06-30')
    const [{ id }] = (await clerk.get('/obligations', { because: waived })).body.items
    expect((await head.post(`/obligations/${id}/waive`, { reason: '本期不办' })).status).toBe(200)
    const { body } = await staff.get('/obligations/mine')
    const titles = (part: string) => body[part].map((one: Item) => one.title)
    expect(Object.fromEntries(['overdue', 'today', 'week', 'later', 'waived'].map((part) => [part, titles(part)]))).toEqual({
      overdue: ['逾期的'],
      today: ['今天的'],
      week: ['周日的'],
      later: ['下周一的'],
      waived: ['免了的'],
    })
    expect(body).toMatchObject({ day: '2026-06-15', year: { onTime: 0, late: 0, open: 4, budget: 600 } })
    const act = { what: '办了', happenedOn: '2026-06-15' }
    await staff.post('/acts', { ...act, discharges: [body.overdue[0].id, body.today[0].id] })
    expect((await staff.get('/obligations/mine')).body.year).toMatchObject({ onTime: 1, late: 1, open: 2 })
  })
})

describe('the basis', () => {
  it('is named for one’s own and for one alone: the directive and where its sentence begins; not in the lists', async () => {
    const text = '一、压实责任。工程科要每月到现场核查一次。\n二、存在的问题。工程科台账记录不全，年底突击补记。'
    const { body: directive } = await clerk.post('/directives', {
      kind: 'notice',
      title: '关于现场核查的通知',
      issuedOn: '2026-06-01',
      text,
    })
    const { proposals } = (await clerk.get(`/directives/${directive.id}`)).body
    const of = (words: string): { id: string; start: number } => proposals.find((one: { text: string }) => one.text.includes(words))
    const duty = {
      title: '每月核查',
      holders: [works],
      kind: 'task',
      polarity: 'positive',
      measure: null,
      rrule: null,
      due: '2026-06-30',
      since: '2026-06-01',
    }
    const finding = { title: '台账不全', unit: unitId('a', 'works'), person: personId('a', 'head'), due: '2026-06-30' }
    for (const [words, body] of [['现场核查', duty] as const, ['台账记录', finding] as const])
      expect((await clerk.post(`/proposals/${of(words).id}/accept`, body)).status).toBe(200)
    await first('自己写下的')
    const { overdue, later } = (await head.get('/obligations/mine')).body
    const bases = Object.fromEntries([...overdue, ...later].map((one: Item & { basis: object }) => [one.title, one.basis]))
    const resting = (words: string) => ({ directive: directive.id, title: '关于现场核查的通知', start: of(words).start })
    expect(bases).toMatchObject({ 每月核查: resting('现场核查'), 台账不全: resting('台账记录'), 自己写下的: null })
    const one = later.find((item: Item) => item.title === '台账不全')
    expect((await read(one.id)).obligation.basis).toEqual(resting('台账记录'))
    expect((await head.get('/obligations', { from: '2026-06-30', until: '2026-06-30' })).body.items[0]).not.toHaveProperty('basis')
  })
})

describe('why', () => {
  it('gives the rule with its version, what went in, and a sentence in both languages', async () => {
    const { id } = await first('说明为什么')
    const zh = (await head.get(`/obligations/${id}`, {}, { 'accept-language': 'zh-CN' })).body.why
    expect(zh).toMatchObject({ light: 'red', rule: { key: 'light.yellow', version: 1 } })
    expect(zh.says).toBe('过了到期日 2026-05-29，没有履责记录')
    const inputs = Object.fromEntries(zh.inputs.map((one: { name: string; value: string }) => [one.name, one.value]))
    // May 2026 has 19 working days after the 1st (a holiday), the last third of them 6.
    expect(inputs).toMatchObject({
      day: '2026-06-15',
      opens: '2026-05-01',
      due: '2026-05-29',
      span: '19',
      warnFrom: '2026-05-22',
      state: 'open',
    })
    const en = (await head.get(`/obligations/${id}`, {}, { 'accept-language': 'en' })).body.why
    expect(en.says).toBe('past its due day 2026-05-29 without an act')
  })
})

describe('moving the due day', () => {
  it('turns the light, keeps the old day in the history, and waits for the day one looks at', async () => {
    const { id } = await first('等待批复')
    h.setNow('2026-06-16T02:00:00Z')
    const moved = await head.post(`/obligations/${id}/due`, { due: '2026-07-31', reason: '等待上级批复' })
    expect(moved.body).toMatchObject({ due: '2026-07-31', light: 'green', state: 'open' })
    const { events } = await read(id)
    expect(events).toMatchObject([
      { kind: 'made', due: '2026-05-29' },
      { kind: 'due_moved', due: '2026-07-31', reason: '等待上级批复', by: '王建业' },
    ])
    expect((await read(id, '2026-06-15')).obligation).toMatchObject({ due: '2026-05-29', light: 'red' })
    h.setNow('2026-06-15T02:00:00Z')
  })

  it('is refused before it opens, without a reason, and outside of one’s scope', async () => {
    const { id } = await first('改不了的')
    const early = await head.post(`/obligations/${id}/due`, { due: '2026-04-30', reason: '写错了' })
    expect(early.body.error).toMatchObject({ code: 'obligation.due_before_opens', params: { opens: '2026-05-01' }, at: [{ at: '/due' }] })
    expect((await head.post(`/obligations/${id}/due`, { due: '2026-07-31', reason: '' })).body.error.at[0].at).toBe('/reason')
    // One may see what one owes elsewhere, but owing it does not let one move or waive it.
    const own = await first('支部书记的事', secretary)
    expect((await read(own.id)).obligation.actions).toEqual(['record'])
    for (const [verb, body] of [
      ['due', { due: '2026-07-31', reason: '想晚些' }],
      ['waive', { reason: '不想办' }],
    ] as const) {
      const refused = await head.post(`/obligations/${own.id}/${verb}`, body)
      expect([refused.status, refused.body.error.code]).toEqual([403, 'may.not'])
    }
  })
})

describe('handing over', () => {
  it('moves what is open to the successor, who then finds it, and not to oneself', async () => {
    const { id } = await first('交给科员')
    const staff = await h.as('staff')
    const to = { person: personId('a', 'staff'), unit: unitId('a', 'works'), reason: '岗位调整' }
    expect((await staff.get(`/obligations/${id}`)).status).toBe(404)
    expect((await head.post(`/obligations/${id}/hand-over`, to)).body).toMatchObject({ holder: { name: '陈小禾' }, light: 'red' })
    expect((await staff.get(`/obligations/${id}`)).body.obligation.actions).toEqual(['record'])
    const same = await head.post(`/obligations/${id}/hand-over`, to)
    expect(same.body.error).toMatchObject({ code: 'obligation.same_holder', at: [{ at: '/person' }] })
    const away = await head.post(`/obligations/${id}/hand-over`, { ...to, unit: unitId('a', 'general') })
    expect(away.status).toBe(403)
  })

  it('to somebody who is not there is refused, and to whoever owes the same already', async () => {
    const { id } = await first('交不出去')
    const to = { unit: unitId('a', 'works'), reason: '岗位调整' }
    expect((await clerk.post(`/obligations/${id}/hand-over`, { ...to, person: personId('b', 'staff') })).status).toBe(400)
    const both = {
      title: '两人各办',
      body: '',
      kind: 'task',
      polarity: 'positive',
      measure: null,
      rrule: null,
      due: '2026-06-30',
      since: '2026-06-01',
    }
    const staff = { unit: unitId('a', 'works'), post: null, person: personId('a', 'staff') }
    const { body: duty } = await clerk.post('/duties', { ...both, holders: [works, staff] })
    const items: (Item & { holder: { id: string } })[] = (await clerk.get('/obligations', { because: duty.id })).body.items
    const heads = items.find((one) => one.holder.id === personId('a', 'head'))
    const refused = await clerk.post(`/obligations/${heads?.id}/hand-over`, { ...to, person: personId('a', 'staff') })
    expect([refused.status, refused.body.error.code]).toEqual([409, 'conflict.unique'])
  })
})

describe('waiving', () => {
  it('turns it grey with a reason, cannot be discharged then, and is taken back', async () => {
    const { id } = await first('本期免')
    expect((await deputy.post(`/obligations/${id}/waive`, { reason: '职责未变' })).body).toMatchObject({
      state: 'waived',
      light: 'grey',
      actions: ['restore'],
    })
    const act = await head.post('/acts', { what: '还是办了', happenedOn: '2026-06-15', discharges: [id] })
    expect(act.body.error).toMatchObject({ code: 'obligation.settled', params: { who: '吴志成', state: '已免除' } })
    expect((await deputy.post(`/obligations/${id}/restore`, { reason: '免除有误' })).body).toMatchObject({ state: 'open', light: 'red' })
    expect((await deputy.post(`/obligations/${id}/restore`, { reason: '再来' })).status).toBe(409)
    expect((await read(id)).events.map((one: { kind: string }) => one.kind)).toEqual(['made', 'waived', 'corrected'])
  })

  it('by two at once: one succeeds, the other is told who and when, in the language asked for', async () => {
    const { id } = await first('两人同时免')
    const body = { reason: '职责未变' }
    const english = { 'accept-language': 'en' }
    const answers = await Promise.all([
      deputy.post(`/obligations/${id}/waive`, body, english),
      director.post(`/obligations/${id}/waive`, body, english),
    ])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    const winner = answers[0]?.status === 200 ? '吴志成' : '周明远'
    const { error } = answers.find(({ status }) => status === 409)?.body ?? {}
    expect(error.message).toBe(`“两人同时免” is no longer open: ${winner} made it “waived” at 2026-06-15 10:00.`)
  })

  it('is not for those who only watch', async () => {
    const { id } = await first('纪检只看')
    const supervisor = await h.as('supervisor')
    expect((await supervisor.get(`/obligations/${id}`)).body.obligation.actions).toEqual([])
    expect((await supervisor.post(`/obligations/${id}/waive`, { reason: '不能免' })).body.error.code).toBe('may.not')
  })
})
