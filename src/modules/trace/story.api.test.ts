import { beforeAll, describe, expect, it } from 'vitest'
import { readSheets } from '#kernel/sheets/index.ts'
import { type Client, house, type PersonaKey, personId, postId, type UnitKey, unitId } from '../../../test/harness.ts'
import { type Graph, type NodeKind, sound, type TraceNode } from './rules.ts'

/** One thing through a year: handed over, its unit renamed and then merged, its duty reworded, its law tied. */

const h = await house({ now: '2026-01-05T02:00:00Z' })
type Gap = { code: string; says: string }
type Body = Graph & { day: string; owed: Record<string, number> | null; gaps: Gap[] }

const done = async <T = { id: string }>(answer: Promise<{ status: number; body: unknown }>) => {
  const { status, body } = await answer
  expect([status, status === 200 ? null : body]).toEqual([200, null])
  return body as T
}
const trace = async (client: Client, path: string, asOf?: string) => {
  const body = await done<Body>(client.get(`/trace/${path}`, asOf ? { asOf } : {}))
  expect(sound(body)).toBe(true)
  return body
}
const of = (body: Body, kind: NodeKind): TraceNode[] => body.nodes.filter((node) => node.kind === kind)
const titles = (body: Body, kind: NodeKind) => of(body, kind).map(({ title }) => title)
const node = (body: Body, kind: NodeKind) => {
  const [one] = of(body, kind)
  if (!one) throw new Error(`no ${kind} among ${body.nodes.map(({ id }) => id).join(', ')}`)
  return one
}
const duty = async (title: string, unit: UnitKey, person: PersonaKey | null, more: object = {}) =>
  (
    await done(
      (
        await h.as('clerk')
      ).post('/duties', {
        ...{ title, body: '', kind: 'task', polarity: 'positive', measure: null, rrule: null, due: null, since: '2026-01-05' },
        holders: [{ unit: unitId('a', unit), post: person ? null : postId('a', 'head'), person: person ? personId('a', person) : null }],
        ...more,
      }),
    )
  ).id
const owedFor = async (id: string) =>
  (await done<{ items: { id: string; due: string }[] }>((await h.as('clerk')).get('/obligations', { because: id, limit: 200 }))).items

let monthly = ''
let march = ''
let law = ''
let merged = ''

beforeAll(async () => {
  const clerk = await h.as('clerk')
  law = (
    await done(
      clerk.post('/basis', {
        ...{ title: '工地核查办法', aliases: [], issuer: null, document: null, kind: 'own', level: 'office', passed: null },
        ...{
          since: '2026-01-01',
          text: '工地核查办法\n第一条 工地每月核查。\n第二条 核查结果当日登记。\n第三条 违者问责。',
          versionOf: null,
        },
      }),
    )
  ).id
  monthly = await duty('每月核查工地', 'works', null, { rrule: 'FREQ=MONTHLY', body: '依据《工地核查办法》第一条核查。' })
  await done(clerk.post(`/basis/duties/${monthly}`, { regulation: law, article: 2 }))
  march = (await owedFor(monthly)).find(({ due }) => due.startsWith('2026-03'))?.id ?? ''
  h.setNow('2026-03-10T02:00:00Z')
  await done(
    clerk.post(`/obligations/${march}/hand-over`, { person: personId('a', 'staff'), unit: unitId('a', 'works'), reason: '科长外出学习' }),
  )
  h.setNow('2026-05-01T02:00:00Z')
  await done(clerk.send('PATCH', `/org/units/${unitId('a', 'works')}`, { name: '工程建设科', since: '2026-05-01' }))
  await done(clerk.post(`/duties/${monthly}/change`, { since: '2026-05-01', reason: '上级要求加密', title: '每月核查工地两次' }))
})

describe('a thing handed over', () => {
  it('names who held it that day, and who before and after', async () => {
    const director = await h.as('director')
    const early = await trace(director, `obligations/${march}`, '2026-03-05')
    expect(titles(early, 'holder')).toEqual(['王建业 · 责任人'])
    expect(titles(early, 'after')).toEqual(['陈小禾 · 后任责任人'])
    expect(node(early, 'after')).toMatchObject({ later: true, detail: '2026-03-10 起承担', happenedOn: '2026-03-10' })
    const late = await trace(director, `obligations/${march}`, '2026-03-20')
    expect(titles(late, 'holder')).toEqual(['陈小禾 · 责任人'])
    expect(titles(late, 'before')).toEqual(['王建业 · 前任责任人'])
    expect(node(late, 'before')).toMatchObject({ later: false, detail: '承担至 2026-03-09' })
    const moments = node(late, 'obligation').moments
    expect(moments).toEqual([{ day: '2026-03-10', says: '由王建业移交陈小禾：科长外出学习', later: false }])
    expect(node(early, 'obligation').moments[0]?.later).toBe(true)
  })

  it('is found from whoever had it then, and from whoever has it now, each on their day', async () => {
    const director = await h.as('director')
    const has = async (who: PersonaKey, day: string) =>
      (await trace(director, `persons/${personId('a', who)}`, day)).nodes.some(({ id }) => id === `obligation:${march}`)
    expect(await has('head', '2026-03-05')).toBe(true)
    expect(await has('staff', '2026-03-05')).toBe(false)
    expect(await has('head', '2026-03-20')).toBe(false)
    expect(await has('staff', '2026-03-20')).toBe(true)
  })

  it('says by what each superior was one, and when that was entered', async () => {
    const director = await h.as('director')
    const clerk = await h.as('clerk')
    await done(
      clerk.post('/org/appointments', {
        ...{ person: personId('a', 'nobody'), post: postId('a', 'stationHead'), kind: 'acting', since: '2026-02-01' },
      }),
    )
    const station = await duty('站内自查', 'station', 'staff', { due: '2026-06-30', since: '2026-05-01' })
    const [own] = await owedFor(station)
    const body = await trace(director, `obligations/${own?.id}`)
    expect(node(body, 'unit_head')).toMatchObject({ title: '褚未名 · 单位负责人', detail: '质量监督站站长（主持，2026-02-01 起）' })
    const then = await trace(director, `units/${unitId('a', 'station')}`, '2026-03-01')
    expect(node(then, 'unit_head').detail).toBe('质量监督站站长（主持，2026-02-01 起，2026-05-01 才录入）')
  })
})

describe('a unit through time', () => {
  it('is called what it was called that day, and says what it is called today', async () => {
    const director = await h.as('director')
    const then = await trace(director, `obligations/${march}`, '2026-03-20')
    expect(node(then, 'unit')).toMatchObject({ title: '工程科', detail: '2026-05-01 更名，今为“工程建设科”' })
    expect(node(then, 'obligation').detail).toBe('工程科 陈小禾 · 2026-03-31 到期')
    expect(node(then, 'in_charge').detail).toBe('分管工程科（2024-01-01 起）')
    const now = await trace(director, `obligations/${march}`)
    expect(node(now, 'unit')).toMatchObject({ title: '工程建设科', detail: '曾用名“工程科”（至 2026-04-30）' })
  })

  it('merged into another is joined to the unit that carries it on today', async () => {
    const clerk = await h.as('clerk')
    h.setNow('2026-06-01T02:00:00Z')
    const units = [unitId('a', 'works'), unitId('a', 'station')]
    const items = await Promise.all(
      units.map(
        async (id) =>
          (await done<{ items: { what: string; id: string }[] }>(clerk.get(`/org/units/${id}/hanging`, { on: '2026-06-01' }))).items,
      ),
    )
    merged = (
      await done<{ successors: { id: string }[] }>(
        clerk.post('/org/units/merge', {
          ...{ units, into: { name: '工程质量科' }, since: '2026-06-01', ground: '编办〔2026〕6号' },
          moves: items.flat().map(({ what, id }) => ({ what, id, to: 'new' })),
        }),
      )
    ).successors[0]?.id as string
    const director = await h.as('director')
    const then = await trace(director, `obligations/${march}`, '2026-03-20')
    expect(node(then, 'unit').detail).toContain('2026-06-01 合并，今由“工程质量科”承接')
    expect(node(then, 'unit_now')).toMatchObject({ id: `unit_now:${merged}`, title: '工程质量科', later: true })
    expect(then.edges).toContainEqual({ from: `unit:${unitId('a', 'works')}`, to: `unit_now:${merged}`, later: true })
    expect(node(then, 'unit').moments.map(({ day }) => day)).toEqual(['2026-05-01', '2026-06-01'])
  })

  it('that was not there yet is asked through those it was made of', async () => {
    const director = await h.as('director')
    const then = await trace(director, `units/${merged}`, '2026-04-10')
    expect(titles(then, 'unit').toSorted()).toEqual(['工程质量科', '工程科', '质量监督站'].toSorted())
    expect(then.nodes.some(({ id }) => id === `obligation:${march}`)).toBe(true)
    expect(then.gaps.map(({ code }) => code)).toContain('trace.unit_not_yet')
    expect((await director.get(`/trace/units/${merged}`, { asOf: '2024-06-01' })).status).toBe(200)
    expect((await director.get(`/trace/units/${merged}`, { asOf: '2023-06-01' })).body.error.code).toBe('trace.unknown_then')
  })

  it('shows what was red there and whose it was, on a past day too', async () => {
    const director = await h.as('director')
    const then = await trace(director, `units/${unitId('a', 'works')}`, '2026-04-10')
    const reds = of(then, 'obligation').filter(({ light }) => light === 'red')
    expect(reds.map(({ id }) => id)).toContain(`obligation:${march}`)
    expect(then.owed?.red).toBe(reds.length)
    expect(titles(then, 'holder')).toContain('陈小禾 · 责任人')
    const deputy = await h.as('deputy')
    expect((await deputy.get(`/trace/units/${unitId('a', 'station')}`)).status).toBe(404)
    expect((await deputy.get(`/trace/units/${unitId('a', 'works')}`, { asOf: '2026-04-10' })).status).toBe(200)
  })
})

describe('what a duty rests on', () => {
  it('is every article, tied or cited, with the place to jump to', async () => {
    const body = await trace(await h.as('director'), `duties/${monthly}`)
    expect(of(body, 'article').map(({ title, ref }) => [title, ref])).toEqual(
      expect.arrayContaining([
        ['《工地核查办法》第一条', { kind: 'regulation', id: law, at: '1' }],
        ['《工地核查办法》第二条', { kind: 'regulation', id: law, at: '2' }],
      ]),
    )
    expect(
      of(body, 'article')
        .map(({ detail }) => detail)
        .join(),
    ).toContain('责任条文中引用')
    expect(body.gaps.map(({ code }) => code)).not.toContain('trace.no_basis')
  })

  it('stands in its wording of that day beside that of today', async () => {
    const director = await h.as('director')
    const then = await trace(director, `duties/${monthly}`, '2026-04-10')
    expect(node(then, 'duty')).toMatchObject({ title: '每月核查工地' })
    expect(node(then, 'duty').detail).toContain('今为第 2 版（2026-05-01 起，改了标题）')
    expect(node(then, 'duty').moments).toMatchObject([{ day: '2026-05-01', later: true }])
    const now = await trace(director, `duties/${monthly}`)
    expect(node(now, 'duty')).toMatchObject({ title: '每月核查工地两次' })
    expect(node(now, 'duty').detail).toContain('第 2 版，2026-05-01 起')
  })
})

describe('down from a paper, and from other causes', () => {
  const paper = '一、压实责任。工程建设科要每季度报送一次台账。\n二、正视问题。工程建设科存在台账登记不及时的问题。'

  it('a sentence leads to its duty, what is owed for it and who answers; the whole paper to all of them', async () => {
    const clerk = await h.as('clerk')
    h.setNow('2026-05-06T02:00:00Z')
    const directive = (await done(clerk.post('/directives', { kind: 'notice', issuedOn: '2026-05-05', text: paper }))).id
    const whole = await done<{ proposals: { id: string; start: number; text: string }[] }>(clerk.get(`/directives/${directive}`))
    const command = whole.proposals.find(({ text }) => text.includes('报送一次台账'))
    await done(
      clerk.post(`/proposals/${command?.id}/accept`, {
        ...{ title: '每季度报送台账', holders: [{ unit: unitId('a', 'works'), post: null, person: personId('a', 'head') }], kind: 'task' },
        ...{ polarity: 'positive', measure: null, rrule: 'FREQ=MONTHLY;INTERVAL=3', due: null, since: '2026-05-06' },
      }),
    )
    const director = await h.as('director')
    const sentence = await done<Body>(director.get(`/trace/directives/${directive}`, { start: command?.start ?? 0 }))
    expect(sentence.nodes.find(({ layer }) => layer === 'subject')?.kind).toBe('sentence')
    expect(titles(sentence, 'duty')).toEqual(['每季度报送台账'])
    expect(of(sentence, 'obligation').length).toBeGreaterThan(0)
    expect(titles(sentence, 'holder')).toEqual(['王建业 · 责任人'])
    expect(sound(sentence)).toBe(true)
    const all = await trace(director, `directives/${directive}`)
    expect(all.nodes.find(({ layer }) => layer === 'subject')?.kind).toBe('directive')
    expect(titles(all, 'duty')).toEqual(['每季度报送台账'])
    const heading = await done<Body>(director.get(`/trace/directives/${directive}`, { start: 0 }))
    expect(heading.gaps.map(({ code }) => code)).toEqual(['trace.nothing_rests'])
    expect((await director.get(`/trace/directives/${directive}`, { asOf: '2026-05-01' })).body.error.code).toBe('trace.unknown_then')
    expect((await director.get(`/trace/directives/${directive}`, { start: -1 })).status).toBe(400)
  })

  it('a sealing leads to what is owed because of it, within reach only', async () => {
    const clerk = await h.as('clerk')
    const sealing = await done(
      clerk.post('/sealings', { occasion: '端午节', unit: unitId('a', 'general'), keeper: personId('a', 'clerk'), due: '2026-06-18' }),
    )
    const body = await trace(await h.as('supervisor'), `causes/${sealing.id}`)
    expect(body.nodes.find(({ layer }) => layer === 'subject')).toMatchObject({ kind: 'cause', title: '端午节前封存公务用车' })
    expect(titles(body, 'holder')).toEqual(['郑文清 · 责任人'])
    expect((await (await h.as('deputy')).get(`/trace/causes/${sealing.id}`)).body.error.code).toBe('thing.absent')
    expect((await (await h.as('director', 'b')).get(`/trace/causes/${sealing.id}`)).body.error.code).toBe('thing.absent')
  })
})

describe('what is not for whoever looks', () => {
  it('an act done elsewhere that discharged what is theirs is there by its day, and by nothing else', async () => {
    const clerk = await h.as('clerk')
    const own = await duty('协助核查', 'works', 'head', { due: '2026-06-30', since: '2026-05-06' })
    const [owed] = await owedFor(own)
    const act = await done(
      clerk.post('/acts', {
        what: '综合科代为核查并登记',
        happenedOn: '2026-05-06',
        doneBy: personId('a', 'clerk'),
        with: [personId('a', 'head')],
        discharges: [owed?.id],
      }),
    )
    const body = await trace(await h.as('deputy'), `obligations/${owed?.id}`)
    expect(node(body, 'act')).toMatchObject({ hidden: true, ref: null, happenedOn: '2026-05-06' })
    expect(JSON.stringify(body)).not.toContain('代为核查')
    expect(node(await trace(await h.as('director'), `obligations/${owed?.id}`), 'act')).toMatchObject({
      hidden: false,
      ref: { id: act.id },
    })
  })
})

describe('a leader’s own red', () => {
  it('is traced by them and their superior only; nobody else learns that it is there', async () => {
    const own = await duty('分管领导带队检查', 'works', 'deputy', { due: '2026-05-20', since: '2026-05-06' })
    const [owed] = await owedFor(own)
    h.setNow('2026-05-25T02:00:00Z')
    const paths = [`duties/${own}`, `persons/${personId('a', 'deputy')}`]
    for (const who of ['director', 'deputy'] as const) {
      const client = await h.as(who)
      expect(node(await trace(client, `obligations/${owed?.id}`), 'obligation').light).toBe('red')
      for (const path of paths) expect((await trace(client, path)).nodes.map(({ id }) => id)).toContain(`obligation:${owed?.id}`)
    }
    for (const who of ['clerk', 'supervisor'] as const) {
      const client = await h.as(who)
      expect((await client.get(`/trace/obligations/${owed?.id}`)).body.error.code).toBe('thing.absent')
      for (const path of paths) {
        const body = await trace(client, path)
        expect(body.nodes.map(({ id }) => id)).not.toContain(`obligation:${owed?.id}`)
        expect(body.gaps.map(({ code }) => code)).not.toContain('trace.outside')
      }
    }
    h.setNow('2026-05-06T02:00:00Z')
  })
})

describe('taken along', () => {
  it('is a sheet, with two days side by side where another is asked for', async () => {
    const director = await h.as('director')
    const answer = await h.app.inject({
      method: 'GET',
      url: `/api/trace/files/${march}?kind=obligation&asOf=2026-03-05&beside=2026-03-20`,
      headers: { authorization: `Bearer ${director.token}` },
    })
    expect(answer.statusCode).toBe(200)
    const { sheets } = await readSheets(new Uint8Array(answer.rawPayload))
    expect(sheets.map(({ name }) => name).slice(0, 2)).toEqual(['两天并列', '倒查'])
    const lines = (sheets[0]?.rows ?? []).map((row) => row.cells.map((cell) => cell ?? '').join('|'))
    expect(lines.some((line) => line.includes('换了') && line.includes('王建业 · 责任人') && line.includes('陈小禾 · 责任人'))).toBe(true)
    const future = await director.get(`/trace/files/${march}`, { beside: '2030-01-01' })
    expect([future.status, future.body.error.code]).toEqual([400, 'asof.future'])
    expect((await (await h.as('staff')).get(`/trace/files/${march}`)).status).toBe(403)
  })
})

describe('a trace asks as often for much as for little', () => {
  /** How many statements a call sends, without those that open and end its transaction. */
  const counted = async (run: () => Promise<unknown>) => {
    const { reserve } = h.pool
    let count = 0
    h.pool.reserve = async () => {
      const held = await reserve()
      return {
        ...held,
        ...{
          send: (statement: string, ...rest: [(readonly unknown[])?, boolean?]) => {
            count += 1
            return held.send(statement, ...rest)
          },
        },
      }
    }
    try {
      await run()
    } finally {
      h.pool.reserve = reserve
    }
    return count
  }

  it('of a person with two obligations and with two hundred: the same statements, and the rest is counted and said', async () => {
    const clerk = await h.as('clerk')
    const director = await h.as('director')
    const path = `persons/${personId('a', 'nobody')}`
    for (const i of [1, 2]) await duty(`小事${i}`, 'general', 'nobody', { due: '2026-06-30', since: '2026-05-06' })
    const little = await counted(() => trace(director, path))
    for (let i = 0; i < 50; i += 1) await duty(`例行事项${i}`, 'general', 'nobody', { rrule: 'FREQ=MONTHLY', since: '2026-01-05' })
    const many = await done<{ items: unknown[] }>(clerk.get('/obligations', { holder: personId('a', 'nobody'), limit: 200 }))
    expect(many.items).toHaveLength(200)
    let body: Body | undefined
    const much = await counted(async () => {
      body = await trace(director, path)
    })
    expect(much).toBe(little)
    expect(much).toBeLessThan(45)
    expect(body?.owed?.drawn).toBe(40)
    const all = (body?.owed?.red ?? 0) + (body?.owed?.yellow ?? 0) + (body?.owed?.green ?? 0) + (body?.owed?.grey ?? 0)
    expect(all).toBeGreaterThan(40)
    expect(body?.gaps.find(({ code }) => code === 'trace.more')?.says).toContain(`共 ${all} 项应尽事项`)
  })

  it('of a duty and of a unit too, looking back as well', async () => {
    const director = await h.as('director')
    const shared = await duty('人人有责', 'general', 'clerk', { rrule: 'FREQ=WEEKLY', since: '2026-01-05' })
    for (const path of [`duties/${monthly}`, `duties/${shared}`]) {
      expect(await counted(() => trace(director, path))).toBeLessThan(45)
      expect(await counted(() => trace(director, path, '2026-05-06'))).toBeLessThan(45)
    }
    for (const unit of ['works', 'general'] as const)
      expect(await counted(() => trace(director, `units/${unitId('a', unit)}`))).toBeLessThan(45)
  })
})
