import { describe, expect, inject, it } from 'vitest'
import { kyselyOver, openPool, reading, withTenant } from '#kernel/db.ts'
import { demoAccess } from '#modules/access/index.ts'
import { cellsOf } from '#modules/board/rules.ts'
import { recountTally } from '#modules/obligations/index.ts'
import { leaderOf } from '#modules/org/index.ts'
import { modules } from '../src/modules.ts'
import { type Answer, house, type TestHouse } from '../test/harness.ts'
import { cast } from './cast.ts'
import { directiveText } from './directive.ts'
import { branches, departments, holdersOf, ordinary, people, subordinates, units } from './office.ts'
import { seedDemo } from './seed.ts'

const withCast = [...modules, demoAccess('demo', cast)]
const minute = 60_000

const houseOf = (test: TestHouse) => ({ ...test.house, demo: true })

/** Somebody of the cast, signed in with one click. */
async function become(test: TestHouse, persona: string) {
  const { body } = await test.anonymous.post('/demo/sign-in', { persona })
  // Sessions end by the wall's clock; some of these days are years ahead of it.
  await test.owner`UPDATE auth.session SET "expiresAt" = '2100-01-01'`
  const headers = { authorization: `Bearer ${body.token}` }
  return { get: (path: string, query = {}): Promise<Answer> => test.anonymous.get(path, query, headers) }
}

const nameOf = (keys: readonly string[]) => units.filter((one) => keys.includes(one.key)).map((one) => one.name)
const tenantOf = async (test: TestHouse) => {
  const { id } = await kyselyOver(test.pool).selectFrom('tenant').select('id').where('code', '=', 'demo').executeTakeFirstOrThrow()
  return id
}

/** A Monday in autumn, the first day with this year's start, a day on which the year before is shown, a leap day and a New Year's Eve. */
const days = ['2026-11-23', '2026-03-01', '2027-01-15', '2028-02-29', '2027-12-31']
const atTen = (day: string) => `${day}T02:00:00Z`
const seeded = await Promise.all(days.map(async (day) => [day, await house({ now: atTen(day), modules: withCast, demo: true })] as const))
const twin = await house({ now: atTen('2026-11-23'), modules: withCast, demo: true })
const [, autumn] = seeded[0] as (typeof seeded)[number]

type Red = { title: string; due: string; unit: { name: string }; holder: { name: string } }
const redsOf = async (test: TestHouse): Promise<Red[]> =>
  (await (await become(test, 'director')).get('/board/reds', { limit: 100 })).body.items.map((one: { obligation: Red }) => one.obligation)

/** The board without its ids. */
async function figures(test: TestHouse) {
  const { body } = await (await become(test, 'director')).get('/board')
  return {
    ...{ day: body.day, totals: body.totals, older: body.older, onTimeRate: body.onTimeRate },
    units: body.units.map((one: { unit: { name: string }; counts: unknown }) => [one.unit.name, one.counts]),
    reds: (await redsOf(test)).map((one) => [one.title, one.due, one.unit.name, one.holder.name]),
  }
}

describe.each(seeded)('the demo office on %s', (day, test) => {
  it('has a plausible board, and its tallies are right', { timeout: 2 * minute }, async () => {
    await seedDemo(houseOf(test), test.now())
    const { body, status } = await (await become(test, 'director')).get('/board')
    expect(status).toBe(200)
    expect(body.day).toBe(day)
    const red = body.totals.red + body.older
    expect(red).toBeGreaterThanOrEqual(3)
    expect(red).toBeLessThanOrEqual(6)
    const redUnits = new Set((await redsOf(test)).map((one) => one.unit.name))
    expect(redUnits.size).toBeGreaterThanOrEqual(2)
    expect(redUnits.size).toBeLessThanOrEqual(3)
    const { body: yellow } = await (await become(test, 'director')).get('/obligations', { light: 'yellow', limit: 100 })
    expect(yellow.items.length).toBeGreaterThanOrEqual(8)
    expect(yellow.items.length).toBeLessThanOrEqual(12)
    const tenant = await tenantOf(test)
    expect(await withTenant(test.pool, tenant, (tx) => recountTally(tx, tenant))).toBe(0)
    const shown = body.units.map((one: { unit: { name: string } }) => one.unit.name)
    expect(shown).toEqual(expect.arrayContaining(nameOf([...departments, ...subordinates, ...branches, 'discipline', 'leaders'])))
  })

  it('records nothing that has not happened, and nothing before it happened', async () => {
    const tenant = await tenantOf(test)
    const wrong = await reading(test.pool, tenant, (db) =>
      db
        .selectFrom('act')
        .select('id')
        .where('tenant_id', '=', tenant)
        .where((on) => on.or([on('recorded_at', '>', test.now()), on('happened_at', '>', on.ref('recorded_at'))]))
        .execute(),
    )
    expect(wrong).toEqual([])
  })
})

describe('the demo office in autumn', () => {
  it('is the same for the same seed and day, and not touched when it is there', { timeout: 2 * minute }, async () => {
    await seedDemo(houseOf(twin), twin.now())
    const first = await figures(autumn)
    expect(await figures(twin)).toEqual(first)
    const ledger = async () => (await autumn.owner`SELECT count(*)::int AS n FROM ledger_entry`)[0]?.n
    const before = await ledger()
    expect(before).toBeGreaterThan(400)
    await seedDemo(houseOf(autumn), autumn.now())
    expect(await ledger()).toBe(before)
    expect(await figures(autumn)).toEqual(first)
  })

  it('has a unit that is steady and one that is strict only around the half-year', async () => {
    const { body } = await (await become(autumn, 'director')).get('/board')
    expect(body.onTimeRate).toBeGreaterThan(0.9)
    expect(body.onTimeRate).toBeLessThan(0.99)
    type Month = { month: string; late: number; red: number; onTime: number }
    const monthsOf = (name: string): Month[] =>
      cellsOf(body.year, body.units.find((one: { unit: { name: string } }) => one.unit.name === name).counts)
    const missed = (list: Month[]) => list.reduce((sum, one) => sum + one.late + one.red, 0)
    expect(missed(monthsOf('指挥通信科'))).toBe(0)
    const works = monthsOf('工程科')
    const strict = works.filter((one) => ['2026-06', '2026-07'].includes(one.month))
    expect(missed(strict)).toBe(0)
    expect(strict.reduce((sum, one) => sum + one.onTime, 0)).toBeGreaterThan(3)
    expect(missed(works.slice(1, 5))).toBeGreaterThanOrEqual(2)
    expect(missed(works.slice(7, 11))).toBeGreaterThanOrEqual(2)
  })

  it('lets every duty end at a person, but for one post that nobody holds', async () => {
    const director = await become(autumn, 'director')
    const { body } = await director.get('/duties', { limit: 200 })
    expect(body.next).toBeNull()
    type Duty = { title: string; holders: { persons: unknown[]; post: { name: string } | null }[]; basis: unknown }
    const gaps = body.items.filter((one: Duty) => one.holders.length === 0 || one.holders.some((holder) => holder.persons.length === 0))
    expect(gaps.map((one: Duty) => [one.title, one.holders[0]?.post?.name])).toEqual([['易地建设费减免逐件复核', '易地建设费复核岗']])
    expect(body.items.filter((one: Duty) => one.basis !== null).length).toBeGreaterThanOrEqual(15)
    expect(body.items.filter((one: Duty) => one.basis === null).length).toBeGreaterThanOrEqual(20)
  })

  it('asks little of the ordinary staff', async () => {
    const tenant = await tenantOf(autumn)
    const staff = ordinary.flatMap(holdersOf)
    const rows = await reading(autumn.pool, tenant, (db) =>
      db
        .selectFrom('obligation as o')
        .innerJoin('person as p', (on) => on.onRef('p.tenant_id', '=', 'o.tenant_id').onRef('p.id', '=', 'o.holder_id'))
        .select(({ fn }) => ['p.name', fn.countAll<string>().as('n')])
        .where('o.tenant_id', '=', tenant)
        .where('o.due', '>=', '2026-01-01')
        .where('o.due', '<=', '2026-12-31')
        .where('p.name', 'in', staff)
        .groupBy('p.name')
        .execute(),
    )
    // Members of a branch's committee and whoever took a finding over carry their branch's or that besides.
    const plain = rows.filter((one) => Number(one.n) <= 6)
    expect(rows.length).toBe(staff.length)
    expect(rows.length - plain.length).toBeLessThanOrEqual(3)
    expect(Math.min(...rows.map((one) => Number(one.n)))).toBeGreaterThanOrEqual(5)
  })

  it('has what goes otherwise: late entries, corrections, a withdrawal, waivers, a day moved, one handed over, acts for many', async () => {
    const count = async (query: Promise<readonly { n: number }[]>) => (await query)[0]?.n ?? 0
    const { owner } = autumn
    const tenant = await tenantOf(autumn)
    const acts = (state: string) => count(owner`SELECT count(*)::int AS n FROM act WHERE tenant_id = ${tenant} AND state = ${state}`)
    expect(await acts('corrected')).toBe(3)
    expect(await acts('withdrawn')).toBe(1)
    const events = (kind: string) =>
      count(owner`SELECT count(*)::int AS n FROM obligation_event WHERE tenant_id = ${tenant} AND kind = ${kind}`)
    expect(await events('waived')).toBe(3)
    expect(await events('due_moved')).toBe(1)
    expect(await events('handed_over')).toBe(1)
    const behind = count(
      owner`SELECT count(*)::int AS n FROM act WHERE tenant_id = ${tenant} AND recorded_at > happened_at + interval '12 days'`,
    )
    expect(await behind).toBeGreaterThanOrEqual(8)
    const many = count(
      owner`SELECT max(n)::int AS n FROM (SELECT count(*) AS n FROM act_discharge WHERE tenant_id = ${tenant} GROUP BY act_id) x`,
    )
    expect(await many).toBeGreaterThanOrEqual(5)
    const typed = count(owner`SELECT count(*)::int AS n FROM act WHERE tenant_id = ${tenant} AND recorded_by <> done_by`)
    expect(await typed).toBeGreaterThanOrEqual(10)
  })

  it('hands the works over to the other deputy on 1 February', async () => {
    const tenant = await tenantOf(autumn)
    const [works] = await autumn.owner<{ id: string }[]>`SELECT id FROM unit WHERE tenant_id = ${tenant} AND name = '工程科'`
    const leaderAt = (day: string) =>
      reading(autumn.pool, tenant, async (db) => (await leaderOf(db, tenant, works?.id ?? '', day)).map((one) => one.name))
    expect(await leaderAt('2026-01-31')).toEqual(['沈国安'])
    expect(await leaderAt('2026-02-01')).toEqual(['高秀兰'])
  })

  it('lets each of the cast in, with work to look at', async () => {
    for (const one of cast) {
      const client = await become(autumn, one.persona)
      const { body } = await client.get('/me')
      expect(body.name).toBe(one.name)
      expect(body.office).toMatchObject({ code: 'demo', fictional: true })
      expect(body.office.name).toContain('虚构')
      const { body: mine } = await client.get('/obligations/mine')
      const settled = mine.year.onTime + mine.year.late
      expect(settled + mine.year.open, one.persona).toBeGreaterThan(0)
    }
  })
})

describe('the people of the demo office', () => {
  it('are about three hundred, each of another name, most of them in the subordinate units', async () => {
    const regular = ordinary.flatMap(holdersOf)
    expect(new Set(regular).size).toBe(regular.length)
    expect(people.length).toBeGreaterThanOrEqual(280)
    expect(people.length).toBeLessThanOrEqual(320)
    const tenant = await tenantOf(autumn)
    const members = await autumn.owner<{ name: string; n: number }[]>`SELECT u.name, count(*)::int AS n FROM person_fact f
      JOIN person_fact p ON p.tenant_id = f.tenant_id AND p.person_id = f.person_id AND p.kind = 'party' AND p.value = 'full'
      JOIN unit u ON u.tenant_id = f.tenant_id AND u.id = f.unit_id WHERE f.tenant_id = ${tenant} AND f.kind = 'branch' GROUP BY u.name`
    expect(members).toHaveLength(branches.length)
    // One branch is too small for a committee.
    expect(members.filter((one) => one.n < 7).map((one) => one.name)).toEqual(['第五党支部'])
  })

  it('are called as they were on the day: a station became a centre on 1 February', async () => {
    const director = await become(autumn, 'director')
    const called = async (asOf: string) =>
      (await director.get('/org', { asOf })).body.units
        .map((one: { name: string }) => one.name)
        .filter((name: string) => name.startsWith('宣传教育'))
    expect(await called('2026-01-31')).toEqual(['宣传教育站'])
    expect(await called('2026-02-01')).toEqual(['宣传教育中心'])
  })
})

describe('the speech', () => {
  it('is read: most is carried, some is set aside with a reason, some is open', async () => {
    const clerk = await become(autumn, 'clerk')
    const { body: list } = await clerk.get('/directives')
    expect(list.items).toHaveLength(1)
    const { coverage, findings, title } = list.items[0]
    expect(title).toContain('虚构')
    expect(coverage.carried).toBeGreaterThanOrEqual(15)
    expect(coverage.aside).toBe(2)
    expect(coverage.open).toBeGreaterThanOrEqual(1)
    expect(coverage.open).toBeLessThanOrEqual(12)
    expect(findings.carried).toBe(2)
    const { body: whole } = await clerk.get(`/directives/${list.items[0].id}`)
    const made = whole.proposals.map((one: { text: string }) => one.text).join('\n')
    for (const words of ['长出牙齿', '邻市一名', '顺利过关', '清水衙门', '第二党支部的做法']) {
      expect(whole.text).toContain(words)
      expect(made).not.toContain(words)
    }
  })

  it('has the length of a short speech', () => {
    const { length } = Array.from(directiveText(2026))
    expect(length).toBeGreaterThanOrEqual(1800)
    expect(length).toBeLessThanOrEqual(2500)
  })
})

describe('a founding that fails', () => {
  it('leaves nothing behind, and the next one succeeds', { timeout: 2 * minute }, async () => {
    const server = inject('server')
    const root = openPool(server, 1)
    const database = `t_founding_${process.pid}`
    await root.unsafe(`CREATE DATABASE ${database} TEMPLATE template_zelian STRATEGY wal_log`)
    const pool = openPool({ ...server, database, username: 'zelian_app', password: inject('appPassword') }, 2)
    try {
      const own = { ...houseOf(autumn), pool, db: kyselyOver(pool) }
      const broken = () => {
        throw new Error('no calendar')
      }
      const now = new Date(atTen('2026-03-01'))
      await expect(seedDemo({ ...own, calendars: { ...own.calendars, installed: broken } }, now)).rejects.toThrow('no calendar')
      const accounts = () =>
        own.db
          .selectFrom('auth.membership as m')
          .innerJoin('tenant as t', 't.id', 'm.tenant_id')
          .select('m.account_id')
          .where('t.code', '=', 'demo')
          .execute()
      expect(await accounts()).toEqual([])
      // Two programs that start at once: one founds it, the other finds it there.
      await Promise.all([seedDemo(own, now), seedDemo(own, now)])
      expect(await accounts()).not.toEqual([])
      expect(await own.db.selectFrom('tenant').select('id').where('code', '=', 'demo').execute()).toHaveLength(1)
    } finally {
      await pool.end({ timeout: 1 })
      await root.unsafe(`DROP DATABASE ${database} WITH (FORCE)`)
      await root.end()
    }
  })
})
