import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { house } from '../../../test/harness.ts'

const h = await house()
const clerk = await h.as('clerk')
const staff = await h.as('staff')
const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'reading/fixtures', name), 'utf8')
const texts = { old: fixture('keys-2020.md'), now: fixture('keys-2024.md') }

type Answer = { status: number; body: { error: { code: string; at: { at: string }[] } } }
const errorOf = (answer: Answer) => [answer.status, answer.body.error.code, answer.body.error.at[0]?.at]
const facts = {
  title: '某某办法',
  aliases: [],
  issuer: null,
  document: null,
  kind: 'own',
  level: 'office',
  passed: null,
  since: '2026-01-01',
}
let made = 0
/** Any small law of its own text. */
const small = (title: string, more: object = {}) => {
  made += 1
  return clerk.post('/basis', {
    ...facts,
    title,
    text: `${title}\n第一条 这是第${made}部，只为测试。\n第二条 另一条。`,
    versionOf: null,
    ...more,
  })
}
const keys = { ...facts, title: '明河市机关钥匙管理办法', aliases: ['钥匙办法'], kind: 'document', level: 'city' }
const first = (await clerk.post('/basis', { ...keys, since: '2020-05-01', passed: '2020-03-06', text: texts.old, versionOf: null })).body
const second = (await clerk.post('/basis', { ...keys, since: '2024-10-01', text: texts.now, versionOf: first.law })).body

describe('taking a law in', () => {
  it('shows first what was read, what it has of it already, and keeps nothing', async () => {
    const count = async () => Number((await h.owner.unsafe('SELECT count(*)::int AS n FROM regulation'))[0]?.n)
    const before = await count()
    const { status, body } = await clerk.post('/basis/preview', { text: texts.old.replaceAll('\n', '\r\n') })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      title: '明河市机关钥匙管理办法',
      counts: { chapters: 3, articles: 9, paragraphs: 12, items: 3 },
      facts: { issuer: '明河市人民政府办公室', document: '明政办〔2020〕18号', since: '2020-05-01', repeals: ['明河市机关门锁暂行规定'] },
      problems: [],
      same: { id: first.id },
      laws: [{ law: first.law, versions: [{ id: first.id }, { id: second.id }] }],
    })
    expect(await count()).toBe(before)
  })

  it('reads an uploaded file, and refuses what is none', async () => {
    const read = await clerk.upload('/basis/preview/file', { name: '办法.md', bytes: new TextEncoder().encode(texts.now) }, {})
    expect(read.body).toMatchObject({ source: '办法.md (md, utf-8)', counts: { articles: 9 }, problems: [{ code: 'date.unclear' }] })
    const refused = async (name: string, bytes: Uint8Array) => errorOf(await clerk.upload('/basis/preview/file', { name, bytes }, {}))
    expect(await refused('a.docx', new TextEncoder().encode('第一条'))).toEqual([400, 'basis.not_docx', '/file'])
    expect(await refused('a.txt', new Uint8Array([0, 1, 2, 3]))).toEqual([400, 'basis.binary', '/file'])
    expect(await refused('a.txt', new Uint8Array())).toEqual([400, 'basis.empty', '/file'])
  })

  it('keeps it whole, and the version before is in force until the day the new one is', async () => {
    expect(first).toMatchObject({
      until: null,
      stands: 'in_force',
      articles: 9,
      state: 'kept',
      recordedBy: '郑文清',
      actions: ['correct', 'repeal', 'withdraw'],
    })
    const { body: old } = await staff.get(`/basis/${first.id}`)
    expect(old.regulation).toMatchObject({ until: '2024-10-01', stands: 'past', versions: 2, actions: [] })
    expect(old.versions.map((one: { since: string; stands: string }) => [one.since, one.stands])).toEqual([
      ['2020-05-01', 'past'],
      ['2024-10-01', 'in_force'],
    ])
    expect(old.text).toBe(texts.old)
    expect(old.nodes.map((node: { start: number; own: number }) => old.text.slice(node.start, node.own)).join('')).toBe(old.text)
    const cited = old.citations.map((one: { text: string; place: string; regulation: { id: string } | null }) => [
      one.text,
      one.place,
      one.regulation?.id,
    ])
    expect(cited).toEqual([
      ['前款第二项', '第三条第一款第（二）项', first.id],
      ['本办法第五条', '第五条', first.id],
      ['前款', '第六条第一款', first.id],
      ['《明河市机关财物管理办法》第十二条第二款', '第十二条第二款', undefined],
      ['《明河市机关门锁暂行规定》', '', undefined],
    ])
  })

  it('an older version taken in later goes between its neighbours', async () => {
    const { body: a } = await small('插版办法', { since: '2015-01-01' })
    const { body: c } = await small('插版办法', { since: '2025-01-01', versionOf: a.law })
    const { body: b } = await small('插版办法', { since: '2020-01-01', versionOf: a.law })
    const spans = async () =>
      (await clerk.get(`/basis/${a.id}`)).body.versions.map((one: { since: string; until: string | null }) => [one.since, one.until])
    expect(await spans()).toEqual([
      ['2015-01-01', '2020-01-01'],
      ['2020-01-01', '2025-01-01'],
      ['2025-01-01', null],
    ])
    expect((await clerk.post(`/basis/${b.id}/withdraw`, { reason: '误收' })).body).toMatchObject({ state: 'withdrawn', actions: [] })
    expect(await spans()).toEqual([
      ['2015-01-01', '2025-01-01'],
      ['2025-01-01', null],
    ])
    expect((await clerk.get(`/basis/${b.id}`)).status).toBe(404)
    // The same text may come in again, on another day.
    expect((await clerk.post(`/basis/${c.id}/correct`, { ...facts, title: '插版办法', since: '2024-01-01' })).status).toBe(200)
    expect(await spans()).toEqual([
      ['2015-01-01', '2024-01-01'],
      ['2024-01-01', null],
    ])
  })

  it.each([
    ['the very same text', { text: texts.old, versionOf: null }, [409, 'basis.same', '/text']],
    [
      'a second version from the same day',
      { text: `${texts.old}\n更改`, since: '2020-05-01', versionOf: first.law },
      [409, 'basis.same_since', '/since'],
    ],
    [
      'a version of nothing',
      { text: '一部法\n第一条 甲。', versionOf: '00000000-0000-7000-8000-00000000dead' },
      [400, 'basis.absent_law', '/versionOf'],
    ],
    ['nothing to read', { text: ' \n ', versionOf: null }, [400, 'basis.empty', '/text']],
    [
      'passed after it came into force',
      { text: '二部法\n第一条 甲。', passed: '2027-01-01', versionOf: null },
      [400, 'basis.passed_after', '/since'],
    ],
    ['a day there is not', { text: '三部法\n第一条 甲。', since: '2026-02-30', versionOf: null }, [400, 'day.unknown', '/since']],
    ['a kind there is not', { text: '四部法\n第一条 甲。', kind: 'poem', versionOf: null }, [400, 'request.invalid', '/kind']],
  ])('%s is refused with its place, and nothing is half-written', async (_, change, expected) => {
    const count = async () =>
      (await h.owner.unsafe('SELECT (SELECT count(*) FROM regulation)::int AS r, (SELECT count(*) FROM regulation_node)::int AS n'))[0]
    const before = await count()
    expect(errorOf(await clerk.post('/basis', { ...keys, ...change }))).toEqual(expected)
    expect(await count()).toEqual(before)
  })

  it('two at once from one day: one is kept, the other told', async () => {
    const { body: law } = await small('并发办法', { since: '2020-01-01' })
    const both = await Promise.all(
      [1, 2].map((i) => small('并发办法', { since: '2021-01-01', versionOf: law.law, text: `并发办法\n第一条 ${i}。` })),
    )
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect(both.find(({ status }) => status === 409)?.body.error.code).toBe('basis.same_since')
  })

  it('is not for everybody', async () => {
    expect((await staff.post('/basis', { ...facts, text: '五部法\n第一条 甲。', versionOf: null })).body.error.code).toBe('may.not')
    expect((await staff.get('/basis')).status).toBe(200)
  })
})

describe('repeal', () => {
  it('ends it from a day, and can be taken back; a version that was replaced is not repealed', async () => {
    const { body: law } = await small('将废办法', { since: '2020-01-01' })
    expect(errorOf(await clerk.post(`/basis/${law.id}/repeal`, { on: '2019-12-31', reason: '日期写错' }))).toEqual([
      400,
      'basis.repealed_before',
      '/on',
    ])
    const gone = await clerk.post(`/basis/${law.id}/repeal`, { on: '2026-06-01', reason: '新规定代替' })
    expect(gone.body).toMatchObject({
      state: 'repealed',
      until: '2026-06-01',
      stands: 'past',
      reason: '新规定代替',
      actions: ['correct', 'restore', 'withdraw'],
    })
    expect((await clerk.get(`/basis/${law.id}`, { asOf: '2026-05-31' })).body.regulation).toMatchObject({
      stands: 'in_force',
      later: true,
      actions: [],
    })
    expect((await clerk.post(`/basis/${law.id}/restore`)).body).toMatchObject({ state: 'kept', until: null, stands: 'in_force' })
    expect((await clerk.post(`/basis/${law.id}/restore`)).body.error.code).toBe('move.late')
    expect((await clerk.post(`/basis/${first.id}/repeal`, { on: '2026-06-01', reason: '新规定代替' })).body.error.code).toBe(
      'basis.replaced',
    )
  })
})

describe('the list', () => {
  const titles = async (query: Record<string, string | number>) =>
    (await staff.get('/basis', query)).body.items.map((one: { title: string }) => one.title)

  it('has a line for each law, in the version in force on the day', async () => {
    const line = async (asOf?: string) => (await staff.get('/basis', { q: '机关钥匙', ...(asOf ? { asOf } : {}) })).body.items
    expect(await line()).toMatchObject([{ id: second.id, versions: 2, stands: 'in_force', later: false }])
    expect(await line('2022-01-01')).toMatchObject([{ id: first.id, stands: 'in_force', later: true }])
    expect(await line('2019-01-01')).toMatchObject([{ id: first.id, stands: 'upcoming' }])
  })

  it('finds two characters in names and articles, and shows where', async () => {
    const [found] = (await staff.get('/basis', { q: '半年' })).body.items
    expect(found).toMatchObject({ id: second.id, hitCount: 1, hits: [{ article: '6', label: '第六条' }] })
    expect(found.hits[0].words).toContain('每半年更换')
    expect(await titles({ q: '门卡 签字' })).toEqual([])
    expect(await titles({ q: '领用 签字' })).toEqual(['明河市机关钥匙管理办法'])
    expect(await titles({ q: '钥匙办法' })).toEqual(['明河市机关钥匙管理办法'])
    expect(await titles({ q: '%' })).toEqual([])
  })

  it('is filtered, and paged without gaps', async () => {
    expect(await titles({ kind: 'document' })).toEqual(['明河市机关钥匙管理办法'])
    expect(await titles({ stands: 'upcoming' })).toEqual([])
    const all = await titles({ limit: 200 })
    const paged: string[] = []
    for (let after: string | null = ''; after !== null; ) {
      const page: { items: { title: string }[]; next: string | null } = (
        await staff.get('/basis', { limit: 2, ...(after ? { after } : {}) })
      ).body
      paged.push(...page.items.map(({ title }) => title))
      after = page.next
    }
    expect(paged).toEqual(all)
    expect(all.length).toBeGreaterThan(3)
  })

  it('has nothing of another office', async () => {
    const other = await h.as('clerk', 'b')
    expect((await other.get('/basis')).body.items).toEqual([])
    expect((await other.get(`/basis/${first.id}`)).status).toBe(404)
    const refused = await other.post('/basis', { ...facts, text: '第一条 甲。', versionOf: first.law })
    expect(refused.body.error.code).toBe('basis.absent_law')
  })
})

describe('two versions', () => {
  it('stand side by side: what was added, removed, changed and renumbered', async () => {
    const { body } = await staff.get(`/basis/${second.id}/compare`)
    expect(body).toMatchObject({
      before: { id: first.id },
      after: { id: second.id },
      counts: { added: 1, removed: 1, changed: 3, renumbered: 2, same: 3 },
    })
    const third = body.pairs.find((pair: { after: { key: string } | null }) => pair.after?.key === '3')
    expect(third.words.filter((one: { op: string }) => one.op !== 'same').map((one: { text: string }) => one.text)).toEqual([
      '每季度',
      '每月',
      '三成',
      '五成',
    ])
    expect((await staff.get(`/basis/${first.id}/compare`, { with: second.id })).body.counts).toEqual(body.counts)
  })

  it('need a second one', async () => {
    const { body: law } = await small('独版办法')
    expect(errorOf(await staff.get(`/basis/${law.id}/compare`))).toEqual([404, 'basis.no_other', undefined])
    expect(errorOf(await staff.get(`/basis/${law.id}/compare`, { with: law.id }))).toEqual([404, 'basis.no_other', '/with'])
  })
})

describe('citations', () => {
  const cite = async (text: string, query: Record<string, string> = {}) =>
    (await staff.get('/basis/cite', { text, ...query })).body.items.map(
      (one: { text: string; place: string; regulation: { since: string } | null; words: string | null }) => [
        one.text,
        one.place,
        one.regulation?.since,
        one.words,
      ],
    )

  it('lead to the version in force on the day, by title, by other names and without marks', async () => {
    const text = '落实《明河市机关钥匙管理办法》第六条，按钥匙办法第三条第二款办理，参照《无此办法》第一条。'
    expect(await cite(text)).toEqual([
      ['《明河市机关钥匙管理办法》第六条', '第六条', '2024-10-01', '密码至少每半年更换一次，换下的密码不得再用。'],
      ['钥匙办法第三条第二款', '第三条第二款', '2024-10-01', '前款第二项的清点结果应当张贴。'],
      ['《无此办法》第一条', '第一条', undefined, null],
    ])
    expect(await cite('《钥匙办法》第五条之一', { asOf: '2022-01-01' })).toEqual([
      ['《钥匙办法》第五条之一', '第五条之一', '2020-05-01', '电子门卡转借的，按照本办法第五条处理。'],
    ])
    expect(await cite('《钥匙办法》第五条之一、第三条第（二）项、第二章')).toEqual([
      ['《钥匙办法》第五条之一', '第五条之一', '2024-10-01', null],
      ['第三条第（二）项', '第三条第（二）项', '2024-10-01', '每月清点一次，其中：'],
      ['第二章', '第二章', '2024-10-01', '保管'],
    ])
  })

  it('of a directive have their place in its text', async () => {
    const text = '一、抓好落实。\n各科室要按照《明河市机关钥匙管理办法》第六条更换密码。'
    const directive = await clerk.post('/directives', { kind: 'notice', issuedOn: '2026-03-02', text })
    const { items } = (await staff.get(`/basis/directives/${directive.body.id}`)).body
    expect(items).toMatchObject([{ regulation: { id: second.id }, article: 6 }])
    expect(text.slice(items[0].start, items[0].end)).toBe('《明河市机关钥匙管理办法》第六条')
  })
})
