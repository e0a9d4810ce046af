import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { withTenant } from '#kernel/db.ts'
import { startJobs } from '#kernel/jobs.ts'
import { recountTally } from '#modules/obligations/index.ts'
import { ownCtx, tenantOf } from '../../../src/nightly.ts'
import { turning } from '../../../src/turning.ts'
import { house, postId, type TestHouse, tenantId, unitId } from '../../../test/harness.ts'
import { carryTurn, turnJob } from './index.ts'

/** Monday 9 November 2026, 10:00 in Shanghai; the notice for 2027 has not come yet. */
const now = '2026-11-09T02:00:00Z'
/** What a notice of 2027 might say: made up. */
const notice = [
  '国务院办公厅关于2027年部分节假日安排的通知',
  '一、元旦：1月1日（周五）至3日（周日）放假，共3天。',
  '二、春节：2月5日（周五）至11日（周四）放假调休，共7天。1月30日（周六）、2月13日（周六）上班。',
  '三、清明节：4月3日（周六）至5日（周一）放假，共3天。',
].join('\n')
const works = { unit: unitId('a', 'works'), post: postId('a', 'head'), person: null }

async function setUp(dataDir?: string) {
  const h = await house(dataDir ? { now, dataDir } : { now })
  const clerk = await h.as('clerk')
  const add = async (title: string, change: object) => {
    const plain = { body: '', kind: 'dual', polarity: 'positive', measure: null, rrule: null, due: null, since: '2026-11-01' }
    const duty = await clerk.post('/duties', { ...plain, title, holders: [works], ...change })
    expect(duty.status).toBe(200)
    return async () =>
      Object.fromEntries(
        (await clerk.get('/obligations', { because: duty.body.id, limit: 100 })).body.items.map(
          (one: { period: string; due: string; warnFrom: string }) => [one.period, `${one.due} ${one.warnFrom}`],
        ),
      )
  }
  return { h, clerk, add }
}
/** Runs the jobs that were emitted, as the queue would. */
async function work(h: TestHouse): Promise<number> {
  const { jobs } = turning(h.house, () => {})
  const list = h.emitted.splice(0)
  for (const one of list) await jobs.find((job) => job.name === one.job)?.run(one.data)
  return list.length
}
const folders: string[] = []
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
})
const wrongSums = (h: TestHouse) => withTenant(h.pool, tenantId('a'), (tx) => recountTally(tx, tenantId('a')))

describe('a notice that comes late', () => {
  it('is shown before it is taken in: the year, the days it changes, and what would move', async () => {
    const { h, clerk, add } = await setUp()
    await add('每月末例会', { rrule: 'FREQ=MONTHLY' })
    const before = await clerk.get('/calendar')
    expect(before.body.years.map((one: { year: number; source: string }) => [one.year, one.source])).toEqual([
      [2026, 'shipped'],
      [2025, 'shipped'],
      [2024, 'shipped'],
    ])
    const { body } = await clerk.post('/calendar/preview', { text: notice })
    expect(body).toMatchObject({ year: 2027, daysOff: 13, restDaysWorked: 2, replaces: null, name: '2027年放假安排' })
    expect(body.changes).toContainEqual({ day: '2027-01-30', works: true, name: '春节' })
    expect(body.changes).toContainEqual({ day: '2027-02-05', works: false, name: '春节' })
    // January is due on Saturday the 30th, which is worked; February only turns yellow later.
    expect([body.due, body.warned]).toEqual([1, body.warned])
    expect(body.warned).toBeGreaterThan(0)
    expect(body.moves).toMatchObject([{ period: '2027-01', due: '2027-01-29', toDue: '2027-01-30', holder: { name: '王建业' } }])
    // Nothing was written.
    expect((await clerk.get('/calendar')).body).toEqual(before.body)
    expect(h.emitted).toEqual([])
  })

  it('moves what is open, by a job after the commit, and says what: history, ledger, the holder’s page, the list of the turn', async () => {
    const { h, clerk, add } = await setUp()
    const days = await add('每月末例会', { rrule: 'FREQ=MONTHLY' })
    const fixed = await add('写明了日子的', { due: '2027-02-19' })
    const late = await add('已经逾期的', { rrule: 'FREQ=MONTHLY', since: '2026-09-01' })
    const [old, oldFixed, oldLate] = [await days(), await fixed(), await late()]
    const imported = await clerk.post('/calendar', { text: notice })
    expect(imported.body).toMatchObject({ year: 2027, turn: { years: ['2027'], moved: 0, endedAt: null, by: '郑文清' } })
    expect(h.emitted).toEqual([{ job: turnJob, data: { tenant: tenantId('a'), turn: imported.body.turn.id } }])
    expect(await days()).toEqual(old)
    h.setNow('2026-11-09T02:00:10Z')
    await work(h)
    const now = await days()
    expect([old['2027-01'], now['2027-01']]).toEqual(['2027-01-29 2027-01-22', '2027-01-30 2027-01-22'])
    expect(now['2026-11']).toBe(old['2026-11'])
    // The day that was set stays, its last third begins later; what was overdue stays as it was.
    expect([oldFixed.once?.slice(0, 10), (await fixed()).once?.slice(0, 10)]).toEqual(['2027-02-19', '2027-02-19'])
    expect((await fixed()).once).not.toBe(oldFixed.once)
    expect((await late())['2026-10']).toBe(oldLate['2026-10'])
    expect(await wrongSums(h)).toBe(0)

    const { body } = await clerk.get(`/calendar/turns/${imported.body.turn.id}`, { limit: 100 })
    expect(body.turn).toMatchObject({ name: '2027年放假安排', moved: body.items.length })
    expect(body.turn.endedAt).not.toBeNull()
    const january = body.items.find((one: { period: string; due: string }) => one.period === '2027-01' && one.due === '2027-01-29')
    expect(january).toMatchObject({ toDue: '2027-01-30', unit: { name: '工程科' } })
    const whole = (await clerk.get(`/obligations/${january.id}`)).body
    expect(whole.events.at(-1)).toMatchObject({ kind: 'recomputed', reason: '2027年放假安排', due: '2027-01-30', by: null })
    const head = await h.as('head')
    const mine = (await head.get('/obligations/mine')).body.recomputed
    expect(mine).toMatchObject({ calendar: '2027年放假安排', items: [{ was: '2027-01-29', due: '2027-01-30' }, { due: '2027-01-30' }] })
    const entries = await h.owner`SELECT kind FROM ledger_entry WHERE tenant_id = ${tenantId('a')} ORDER BY at, id`
    expect(entries.map((one) => one.kind).filter((kind) => /calendar|recomputed/.test(kind))).toEqual([
      ...['calendar.imported', 'calendar.turned', 'obligation.recomputed', 'calendar.recomputed'],
    ])
    // The past is as it was.
    h.setNow('2026-11-11T02:00:00Z')
    expect((await clerk.get(`/obligations/${january.id}`, { asOf: '2026-11-08' })).status).toBe(404)
    const list = (await clerk.get('/calendar')).body
    expect(list.turns).toHaveLength(1)
    expect(list.years[0]).toMatchObject({ year: 2027, source: 'office', by: '郑文清' })
    // The other office still has none.
    expect((await (await h.as('clerk', 'b')).get('/calendar')).body.years[0].year).toBe(2026)
  })

  it('says on the holder’s own page what moved', async () => {
    const { h, clerk, add } = await setUp()
    await add('每月末例会', { rrule: 'FREQ=MONTHLY' })
    const head = await h.as('head')
    // Sessions end by the wall's clock.
    await h.owner`UPDATE auth.session SET "expiresAt" = '2100-01-01'`
    h.setNow('2027-01-11T02:00:00Z')
    await clerk.post('/calendar', { text: notice })
    await work(h)
    const { recomputed } = (await head.get('/obligations/mine')).body
    expect(recomputed).toMatchObject({
      calendar: '2027年放假安排',
      items: [{ title: '每月末例会', was: '2027-01-29', due: '2027-01-30' }],
    })
    h.setNow('2027-01-27T02:00:00Z')
    expect((await head.get('/obligations/mine')).body.recomputed).toBeNull()
  })

  it('taken in twice moves nothing twice; replaced by another, moves again', async () => {
    const { h, clerk, add } = await setUp()
    const days = await add('每月末例会', { rrule: 'FREQ=MONTHLY' })
    await clerk.post('/calendar', { text: notice })
    await work(h)
    const once = await days()
    expect((await clerk.post('/calendar', { text: notice })).body.turn).toBeNull()
    expect(await work(h)).toBe(0)
    expect(await days()).toEqual(once)
    const other = await clerk.post('/calendar', { text: notice.replace('1月30日（周六）、', ''), name: '2027年安排（更正）' })
    expect(other.body.turn).toMatchObject({ name: '2027年安排（更正）' })
    await work(h)
    expect((await days())['2027-01']?.slice(0, 10)).toBe('2027-01-29')
    expect(await wrongSums(h)).toBe(0)
  })

  it('does not move a day that somebody set meanwhile, nor what is done or waived', async () => {
    const { h, clerk, add } = await setUp()
    await add('每月末例会', { rrule: 'FREQ=MONTHLY' })
    const items = (await clerk.get('/obligations', { limit: 100 })).body.items
    const of = (period: string) => items.find((one: { period: string }) => one.period === period).id as string
    const moved = await clerk.post(`/obligations/${of('2027-01')}/bring-forward`, { due: '2027-01-20', reason: '提前开' })
    expect(moved.status).toBe(200)
    await clerk.post('/calendar', { text: notice })
    await work(h)
    expect((await clerk.get(`/obligations/${of('2027-01')}`)).body.obligation.due).toBe('2027-01-20')
  })

  it('is refused with the line where it is not understood, for whoever may not, and while looking back', async () => {
    const { h, clerk } = await setUp()
    const bad = await clerk.post('/calendar/preview', { text: notice.replace('（周五）至3日', '（周四）至3日') })
    expect([bad.status, bad.body.error.code]).toEqual([400, 'calendar.wrong_weekday'])
    expect(bad.body.error.at[0].at).toMatch(/2/)
    expect((await clerk.post('/calendar', { text: '没有假' })).status).toBe(400)
    expect((await (await h.as('head')).post('/calendar', { text: notice })).body.error.code).toBe('may.not')
    expect((await (await h.as('head')).get('/calendar')).body.actions).toEqual([])
    expect(h.emitted).toEqual([])
    expect(await h.owner`SELECT 1 FROM calendar_year`).toHaveLength(0)
  })
})

describe('a program that is killed in the middle', () => {
  it('resumes: each obligation moves once, the turn ends with the right number', async () => {
    const { h, clerk, add } = await setUp()
    for (let i = 0; i < 4; i++) await add(`例会 ${i}`, { rrule: 'FREQ=MONTHLY' })
    const { turn } = (await clerk.post('/calendar', { text: notice })).body
    const ctx = async () => {
      h.house.calendars.forget()
      const tenant = await tenantOf(h.house, tenantId('a'))
      if (!tenant) throw new Error('no office')
      return ownCtx(h.house, tenant)
    }
    // The database goes away at the fourth transaction.
    let left = 4
    const dying = {
      ...h.pool,
      reserve: async () => {
        if (left-- <= 0) throw new Error('killed')
        return h.pool.reserve()
      },
    }
    await expect(carryTurn(dying, await ctx(), turn.id, 3)).rejects.toThrow('killed')
    const halfway = (await clerk.get(`/calendar/turns/${turn.id}`)).body.turn
    expect(halfway.endedAt).toBeNull()
    expect(halfway.moved).toBeGreaterThan(0)
    // Two programs find it unfinished when they start.
    h.emitted.length = 0
    const stop = await turning(h.house, () => {}).start()
    stop()
    expect(h.emitted.filter((one) => one.data.turn === turn.id)).toHaveLength(1)
    await Promise.all([carryTurn(h.pool, await ctx(), turn.id, 3), carryTurn(h.pool, await ctx(), turn.id, 5)])
    const { turn: ended, items } = (await clerk.get(`/calendar/turns/${turn.id}`, { limit: 200 })).body
    expect(ended.moved).toBe(items.length)
    expect(new Set(items.map((one: { id: string }) => one.id)).size).toBe(items.length)
    expect(ended.moved).toBeGreaterThan(halfway.moved)
    expect(await wrongSums(h)).toBe(0)
    expect(await carryTurn(h.pool, await ctx(), turn.id)).toBe(0)
  })

  it('the job exists if the import was committed, and is run by the queue', async () => {
    const { h, clerk, add } = await setUp()
    const days = await add('每月末例会', { rrule: 'FREQ=MONTHLY' })
    const [row] = await h.owner`SELECT current_database() AS name`
    const at = { ...inject('server'), database: String(row?.name), username: 'zelian_app', password: inject('appPassword') }
    const failed: unknown[] = []
    const jobs = await startJobs(at, turning(h.house, () => {}).jobs, (error) => failed.push(error))
    try {
      h.house.emit = jobs.emit
      expect((await clerk.post('/calendar', { text: notice })).status).toBe(200)
      await expect.poll(async () => (await days())['2027-01']?.slice(0, 10), { timeout: 20_000 }).toBe('2027-01-30')
      expect(failed).toEqual([])
    } finally {
      await jobs.stop()
    }
  })
})

describe('a year imported on the command line', () => {
  it('takes effect in the running server for every office, and is said', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'zelian-calendar-'))
    folders.push(dataDir)
    const { h, clerk, add } = await setUp(dataDir)
    const days = await add('每月末例会', { rrule: 'FREQ=MONTHLY' })
    const said: string[] = []
    const turns = turning(h.house, (_line, message) => said.push(message))
    const stop = await turns.start()
    stop()
    // Nothing was counted otherwise before: the first turn is a beginning and no news.
    await work(h)
    expect((await clerk.get('/calendar')).body.turns).toEqual([])
    await turns.check()
    expect(h.emitted).toEqual([])
    await mkdir(join(dataDir, 'calendar'))
    await writeFile(join(dataDir, 'calendar', '2027.json'), notice)
    await turns.check()
    expect(h.emitted.map((one) => one.data.tenant)).toEqual([tenantId('a'), tenantId('b')])
    await work(h)
    expect((await days())['2027-01']?.slice(0, 10)).toBe('2027-01-30')
    const { body } = await clerk.get('/calendar')
    expect(body.years[0]).toMatchObject({ year: 2027, source: 'folder', by: null })
    expect(body.turns).toMatchObject([{ name: '2027年放假安排', by: null, moved: expect.any(Number) }])
    // A damaged file is said once, and what was read before stays in force.
    await writeFile(join(dataDir, 'calendar', '2027.json'), '{')
    said.length = 0
    await turns.check()
    await turns.check()
    expect(said).toHaveLength(1)
    expect((await clerk.get('/calendar')).body.years[0].year).toBe(2027)
  })

  it('while nothing ran, is found at the next start', async () => {
    const { h, clerk, add } = await setUp()
    const days = await add('每月末例会', { rrule: 'FREQ=MONTHLY' })
    ;(await turning(h.house, () => {}).start())()
    await work(h)
    const dataDir = await mkdtemp(join(tmpdir(), 'zelian-calendar-'))
    folders.push(dataDir)
    await mkdir(join(dataDir, 'calendar'))
    await writeFile(join(dataDir, 'calendar', '2027.json'), notice)
    const { newCalendars } = await import('./index.ts')
    const next = { ...h.house, calendars: await newCalendars(h.pool, h.now, dataDir) }
    ;(await turning(next, () => {}).start())()
    const { jobs } = turning(next, () => {})
    for (const one of h.emitted.splice(0)) await jobs.find((job) => job.name === one.job)?.run(one.data)
    expect((await days())['2027-01']?.slice(0, 10)).toBe('2027-01-30')
    expect((await clerk.get('/calendar')).body.turns).toHaveLength(1)
  })
})
