import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, house, type PersonaKey, type PostKey, personId, postId, type UnitKey, unitId } from '../../../test/harness.ts'

/** The sections of the board: what each persona is given, what is walled off, why something is red, and all of it as of any past day. */

const h = await house({ now: '2026-01-05T02:00:00Z' })
const [director, deputy, clerk, head, supervisor, staff] = [
  await h.as('director'),
  await h.as('deputy'),
  await h.as('clerk'),
  await h.as('head'),
  await h.as('supervisor'),
  await h.as('staff'),
]
const everybody = { director, deputy, clerk, head, supervisor }

const ok = async (client: Client, path: string, query: Record<string, string | number> = {}) => {
  const answer = await client.get(path, query)
  expect([path, answer.status, answer.body.error]).toEqual([path, 200, undefined])
  return answer.body
}
const done = async (client: Client, path: string, body: unknown) => {
  const answer = await client.post(path, body)
  expect([path, answer.status, answer.body.error]).toEqual([path, 200, undefined])
  return answer.body
}
type Owed = { id: string; due: string; title: string; holder: { name: string }; unit: { name: string } }
const addDuty = async (title: string, unit: UnitKey, post: PostKey, more: object = {}): Promise<Owed[]> => {
  const duty = await done(clerk, '/duties', {
    ...{ title, body: '', kind: 'task', polarity: 'positive', measure: null, rrule: 'FREQ=MONTHLY', due: null, since: '2026-01-01' },
    ...{ holders: [{ unit: unitId('a', unit), post: postId('a', post), person: null }], ...more },
  })
  return (await ok(director, '/obligations', { because: duty.id, limit: 50 })).items
}
const record = (by: PersonaKey, on: string, discharges: string[], what = '现场核查并留存记录') =>
  done(clerk, '/acts', { what, happenedOn: on, doneBy: personId('a', by), discharges })
/** What may be done to a thing differs while looking back. */
const still = (value: unknown): unknown => JSON.parse(JSON.stringify(value, (key, one) => (key === 'actions' ? [] : one)))

/** The deputy holds it in the unit they are in charge of, where its head reads. */
const byName = { holders: [{ unit: unitId('a', 'works'), post: null, person: personId('a', 'deputy') }] }

let works: Owed[] = []
let general: Owed[] = []
let deploy: Owed[] = []
let members: Owed[] = []
let leaders: Owed[] = []

beforeAll(async () => {
  works = await addDuty('每月现场核查', 'works', 'head')
  general = await addDuty('每月考勤通报', 'general', 'clerk')
  deploy = await addDuty('每季度部署', 'office', 'director', { kind: 'first', aspect: 'deploy', rrule: 'FREQ=MONTHLY;INTERVAL=3' })
  members = await addDuty('每季度督导班子成员', 'office', 'director', {
    kind: 'first',
    aspect: 'members',
    rrule: 'FREQ=MONTHLY;INTERVAL=3',
  })
  leaders = await addDuty('分管领导自己的事项', 'works', 'head', { ...byName, rrule: null, due: '2026-02-10' })
  h.setNow('2026-02-09T02:00:00Z')
  await record('head', '2026-01-28', [works[0]?.id ?? ''])
  await record('clerk', '2026-01-30', [general[0]?.id ?? ''])
  await done(clerk, `/obligations/${works[2]?.id}/due`, { due: '2026-04-08', reason: '等待上级批复' })
  h.setNow('2026-03-02T02:00:00Z')
  await done(clerk, `/obligations/${works[1]?.id}/hand-over`, {
    ...{ person: personId('a', 'staff'), unit: unitId('a', 'works'), reason: '岗位调整' },
  })
  await done(director, '/acts', { what: '召开党组会部署全年工作', happenedOn: '2026-02-20', discharges: [deploy[0]?.id] })
  await done(director, '/acts', {
    ...{ what: '听取班子成员履责情况', happenedOn: '2026-02-27', with: [personId('a', 'deputy')], discharges: [members[0]?.id] },
  })
  h.setNow('2026-06-15T02:00:00Z')
})

describe('one board, by who opens it', () => {
  it.each([
    ['director', 'first', ['own', 'grid', 'reds', 'first', 'burden'], true],
    ['deputy', 'leader', ['own', 'grid', 'reds', 'burden'], true],
    ['clerk', 'clerk', ['own', 'chase', 'grid', 'reds', 'burden'], false],
    ['head', 'unit', ['own', 'grid', 'reds', 'burden'], false],
    ['supervisor', 'unit', ['own', 'grid', 'reds', 'burden'], false],
  ] as const)('gives the %s the sections of %s', async (persona, as, sections, compares) => {
    expect(await ok(everybody[persona], '/board')).toMatchObject({ as, sections, compares })
  })

  it('is not for ordinary staff, who have their own page and its figures', async () => {
    for (const path of ['/board', '/board/reds', '/board/first', '/board/burden', '/board/chase', '/board/week'])
      expect((await staff.get(path)).body.error.code, path).toBe('may.not')
    const own = await ok(staff, '/board/own')
    const mine = await ok(staff, '/obligations/mine')
    expect([own.overdue, own.today, own.week]).toEqual([mine.overdue.length, mine.today.length, mine.week.length])
    expect(own.overdue).toBe(1)
  })

  it('compares units for the leadership alone: others are given their own', async () => {
    const names = async (client: Client) => (await ok(client, '/board')).units.map((one: { unit: { name: string } }) => one.unit.name)
    expect(await names(director)).toEqual(['示例市人防办', '综合科', '工程科'])
    expect(await names(deputy)).toEqual(['工程科'])
    expect(await names(clerk)).toEqual(['综合科'])
    expect(await names(head)).toEqual(['工程科'])
    expect(await names(supervisor)).toEqual([])
    const burdened = async (client: Client) =>
      (await ok(client, '/board/burden')).units.map((one: { unit: { name: string } }) => one.unit.name)
    expect((await burdened(director)).length).toBeGreaterThan(2)
    expect(await burdened(clerk)).toEqual(['综合科'])
    expect(await burdened(head)).toEqual(['工程科'])
  })

  it('names no person beside a figure: neither the grid nor the burden does', async () => {
    for (const path of ['/board', '/board/burden'])
      expect(JSON.stringify(await ok(director, path)), path).not.toMatch(/王建业|吴志成|郑文清|陈小禾|周明远/)
  })

  it('shows another office nothing of it', async () => {
    const stranger = await h.as('director', 'b')
    expect((await ok(stranger, '/board/reds')).items).toEqual([])
    expect((await ok(stranger, '/board/week')).before.counts).toEqual({ open: 0, onTime: 0, late: 0, waived: 0 })
    expect((await ok(await h.as('clerk', 'b'), '/board/chase')).units).toEqual([])
  })
})

describe('a leader’s own red', () => {
  const red = '分管领导自己的事项'
  const places = ['/board/reds', '/board/week', '/obligations?light=red&limit=200', `/obligations?limit=200`]
  const says = async (client: Client, path: string, asOf?: string) => {
    const [at = '', query = ''] = path.split('?')
    return JSON.stringify(await ok(client, at, { ...Object.fromEntries(new URLSearchParams(query)), ...(asOf ? { asOf } : {}) })).includes(
      red,
    )
  }

  it.each(places)('is in %s for the superior, and for nobody else', async (path) => {
    for (const asOf of [undefined, '2026-05-20']) {
      // The week names what was due in it alone; all its reds are older.
      expect(await says(director, path, asOf), `director ${asOf}`).toBe(true)
      for (const [persona, client] of Object.entries({ clerk, head, supervisor }))
        expect(await says(client, path, asOf), `${persona} ${asOf}`).toBe(false)
    }
  })

  it('is seen by themselves', async () => {
    expect((await ok(deputy, '/obligations/mine')).overdue.map((one: Owed) => one.title)).toEqual([red])
    expect((await ok(deputy, '/board/own')).overdue).toBe(1)
    expect(await says(deputy, '/board/reds')).toBe(true)
  })

  it('is not there when asked for by its id, nor among what is to chase, nor in its duty’s lights', async () => {
    const id = leaders[0]?.id ?? ''
    expect((await director.get(`/obligations/${id}`)).status).toBe(200)
    expect((await deputy.get(`/obligations/${id}`)).status).toBe(200)
    for (const client of [clerk, head, supervisor]) expect((await client.get(`/obligations/${id}`)).body.error.code).toBe('thing.absent')
    for (const asOf of [{}, { asOf: '2026-05-20' }] as Record<string, string>[])
      expect(JSON.stringify(await ok(clerk, '/board/chase', asOf))).not.toContain(red)
    const lights = async (client: Client) => (await ok(client, '/duties', { q: red })).items[0].lights.red
    expect([await lights(director), await lights(clerk), await lights(staff)]).toEqual([1, 0, 0])
  })

  it('counts in the unit’s total without a name; what is not yet overdue is seen as ever', async () => {
    const cell = (await ok(head, '/board')).units[0].counts.red[1]
    const listed = (await ok(head, '/obligations', { light: 'red', from: '2026-02-01', until: '2026-02-28' })).items
    expect([cell, listed.length]).toEqual([2, 1])
    expect(await says(clerk, '/obligations?limit=200', '2026-02-10')).toBe(true)
    expect(await says(clerk, '/obligations?limit=200', '2026-02-11')).toBe(false)
  })

  it('does not stop what is done about it: whoever may, moves its day', async () => {
    const one = (await addDuty('分管领导的另一件事', 'works', 'head', { ...byName, rrule: null, due: '2026-03-10' }))[0]
    const moved = await clerk.post(`/obligations/${one?.id}/due`, { due: '2026-07-10', reason: '与上级商定' })
    expect([moved.status, moved.body.light]).toEqual([200, 'yellow'])
    expect((await clerk.get(`/obligations/${one?.id}`)).status).toBe(200)
  })
})

describe('why red', () => {
  type RedOf = { obligation: Owed & { actions: string[] }; days: number; reckoned: string | null; moved: object[]; last: object | null }
  const of = async (client: Client, id: string | undefined, query = {}) =>
    (await ok(client, '/board/reds', { limit: 100, ...query })).items.find((one: RedOf) => one.obligation.id === id) as RedOf

  it('says the rule, the working days, how the day came about, what moved it and why, and what was done last', async () => {
    const { rule } = await ok(director, '/board/reds')
    expect(rule).toMatchObject({ key: 'light.yellow', version: expect.any(Number) })
    const moved = await of(director, works[2]?.id)
    // Overdue since 8 April: 45 working days by 15 June 2026 (5 of them lost to Labour Day, its make-up day counted).
    expect(moved.days).toBe(-(moved.obligation as unknown as { left: number }).left)
    expect(moved.days).toBeGreaterThan(40)
    expect(moved.reckoned).toBe(null)
    expect(moved.moved).toEqual([
      { kind: 'due_moved', on: '2026-02-09', by: '郑文清', reason: '等待上级批复', wasDue: works[2]?.due, wasHolder: null },
    ])
    expect(moved.last).toMatchObject({ kind: 'earlier', on: '2026-01-28', what: '现场核查并留存记录' })
    const handed = await of(director, works[1]?.id)
    expect(handed.moved).toEqual([
      { kind: 'handed_over', on: '2026-03-02', by: '郑文清', reason: '岗位调整', wasDue: null, wasHolder: '王建业' },
    ])
    expect(handed.last).toBe(null)
    const plain = await of(director, works[3]?.id)
    expect(plain.reckoned).toBe('FREQ=MONTHLY')
    expect(plain.moved).toEqual([])
  })

  it('of an act that was withdrawn says so', async () => {
    const id = works[4]?.id ?? ''
    const act = await record('head', '2026-06-10', [id])
    await done(clerk, `/acts/${act.id}/withdraw`, { reason: '日期写错' })
    expect((await of(director, id)).last).toMatchObject({ kind: 'withdrawn', on: '2026-06-15', what: '日期写错', act: act.id })
  })

  it('is in order, paged without gaps, and only of the units one is told of', async () => {
    const seen: string[] = []
    let after: string | null = null
    do {
      const page: { items: RedOf[]; next: string | null } = await ok(director, '/board/reds', { limit: 3, ...(after ? { after } : {}) })
      seen.push(...page.items.map((one) => `${one.obligation.due} ${one.obligation.id}`))
      after = page.next
    } while (after !== null)
    expect(seen).toEqual(seen.toSorted())
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.length).toBe((await ok(director, '/obligations', { light: 'red', limit: 200 })).items.length)
    const mine = (await ok(deputy, '/board/reds')).items
    expect(new Set(mine.map((one: RedOf) => one.obligation.unit.name))).toEqual(new Set(['工程科']))
    expect((await director.get('/board/reds', { after: 'x' })).body.error.code).toBe('request.invalid')
  })
})

describe('四个亲自', () => {
  it('are counted from acts really recorded, by month and quarter, with gaps and the acts behind them', async () => {
    const body = await ok(director, '/board/first')
    expect(body).toMatchObject({ year: 2026, quarter: 2 })
    const aspect = (key: string) => body.aspects.find((one: { key: string }) => one.key === key)
    expect(body.aspects.map((one: { key: string }) => one.key)).toEqual(['deploy', 'ask', 'coordinate', 'oversee', 'members'])
    expect(aspect('deploy')).toMatchObject({ duties: 1, total: 1, months: [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] })
    expect(aspect('deploy').acts).toEqual([{ id: expect.any(String), what: '召开党组会部署全年工作', on: '2026-02-20' }])
    expect(aspect('deploy').quarters[0]).toEqual({ asked: 1, done: 1, overdue: 0, acts: 1, gap: false })
    expect(aspect('deploy').quarters[1]).toMatchObject({ asked: 1, done: 0, acts: 0, gap: false })
    expect(aspect('ask')).toMatchObject({ duties: 0, total: 0 })
    expect(aspect('ask').quarters[0]).toMatchObject({ asked: 0, gap: true })
    expect(body.members).toEqual([
      { person: { id: personId('a', 'deputy'), name: '吴志成' }, months: aspect('members').months, total: 1, last: '2026-02-27' },
    ])
  })

  it('have a gap once a quarter is over with something overdue, and none when looked at before', async () => {
    h.setNow('2026-07-06T02:00:00Z')
    const gap = async (query = {}) =>
      (await ok(director, '/board/first', query)).aspects.find((one: { key: string }) => one.key === 'deploy').quarters[1].gap
    expect(await gap()).toBe(true)
    expect(await gap({ asOf: '2026-06-15' })).toBe(false)
    h.setNow('2026-06-15T02:00:00Z')
  })

  it('are for the first responsible alone', async () => {
    for (const client of [deputy, clerk, head, supervisor]) {
      const answer = await client.get('/board/first')
      expect([answer.status, answer.body.error.code]).toEqual([403, 'board.first_only'])
      expect(answer.body.error.message).toContain('周明远')
    }
  })
})

describe('the burden', () => {
  it('sums up: units make the total, classes make the total, and hours follow the rules', async () => {
    const body = await ok(director, '/board/burden', { month: '2026-03' })
    const sum = (list: { asked: number; minutes: number; persons: number }[], key: 'asked' | 'minutes' | 'persons') =>
      list.reduce((n, one) => n + one[key], 0)
    for (const key of ['asked', 'minutes', 'persons'] as const) {
      expect(sum(body.units, key), key).toBe(body.total[key])
      expect(sum(body.classes, key), key).toBe(body.total[key])
    }
    // March: two monthly tasks of 30 minutes, two quarterly duties of the first responsible of 60; February's works went to a member of staff.
    const due = (await ok(director, '/obligations', { from: '2026-03-01', until: '2026-03-31', limit: 200 })).items.filter(
      (one: { state: string }) => one.state === 'open' || one.state === 'discharged',
    )
    expect(body.total.asked).toBe(due.length)
    expect(body.total.minutes).toBe(due.reduce((n: number, one: { kind: string }) => n + (one.kind === 'first' ? 60 : 30), 0))
    expect(body.classes.map((one: { class: string }) => one.class)).toEqual(['staff', 'head', 'leader'])
  })

  it('says how many are above the budget of a year, and not who', async () => {
    const body = await ok(director, '/board/burden')
    const ordinary = body.classes.find((one: { class: string }) => one.class === 'staff')
    expect(ordinary).toMatchObject({ over: 0, budget: 600 })
    expect(body.classes.find((one: { class: string }) => one.class === 'leader')).toMatchObject({ over: 0, budget: null })
    expect((await director.get('/board/burden', { month: '2026-13' })).body.error.code).toBe('request.invalid')
  })
})

describe('what to chase', () => {
  type Group = { unit: { name: string }; red: number; soon: number; items: { obligation: Owed; superiors: string[] }[] }

  it('stands by unit with the holder and who stands above', async () => {
    const body = await ok(clerk, '/board/chase')
    const groups: Group[] = body.units
    const works = groups.find((one) => one.unit.name === '工程科')
    const listed = (await ok(clerk, '/obligations', { unit: unitId('a', 'works'), light: 'red', limit: 200 })).items
    expect(works?.red).toBe(listed.length)
    expect(works?.items.slice(0, listed.length).map((one) => one.obligation.id)).toEqual(listed.map((one: Owed) => one.id))
    const ofHead = works?.items.find((one) => one.obligation.holder.name === '王建业')
    expect(ofHead?.superiors).toEqual(['吴志成'])
    expect(works?.items.find((one) => one.obligation.holder.name === '陈小禾')?.superiors).toEqual(['王建业'])
    expect(body.until).toBe('2026-06-28')
  })

  it('counts the same from the tallies as from what was known, a day later', async () => {
    const today = await ok(clerk, '/board/chase')
    h.setNow('2026-06-16T02:00:00Z')
    await record('head', '2026-06-16', [works[5]?.id ?? ''])
    expect(still(await ok(clerk, '/board/chase', { asOf: '2026-06-15' }))).toEqual(still(today))
  })

  it('holds what waits to be confirmed and to be signed', async () => {
    h.setNow('2026-06-16T03:00:00Z')
    await done(clerk, '/acts', { what: '调研防空地下室', happenedOn: '2026-06-15', doneBy: personId('a', 'deputy') })
    const body = await ok(clerk, '/board/chase')
    const waiting = body.confirmations.find((one: { person: { name: string } }) => one.person.name === '吴志成')
    expect(waiting).toEqual({ person: { id: personId('a', 'deputy'), name: '吴志成' }, count: 1, since: '2026-06-16' })
    expect(body.signatures).toEqual({ count: 0, of: ['周明远'], items: [] })
    const mine = await ok(deputy, '/acts/confirmations')
    await done(deputy, '/acts/confirmations', { ids: mine.items.map((one: { id: string }) => one.id) })
    const after = (await ok(clerk, '/board/chase')).confirmations.map((one: { person: { name: string } }) => one.person.name)
    expect(after).not.toContain('吴志成')
    expect((await ok(deputy, '/board/own')).toConfirm).toBe(0)
  })

  it('is for whoever chases: a leader has it not', async () => {
    for (const client of [director, deputy, head, supervisor]) expect((await client.get('/board/chase')).body.error.code).toBe('may.not')
  })
})

describe('the week', () => {
  it('says how last week ended, what is due, what is red and what waits; of any week', async () => {
    h.setNow('2026-03-30T02:00:00Z')
    const body = await ok(director, '/board/week')
    expect(body).toMatchObject({
      week: '2026-W14',
      from: '2026-03-30',
      until: '2026-04-05',
      before: { from: '2026-03-23', until: '2026-03-29' },
    })
    const due = (await ok(director, '/obligations', { from: '2026-03-30', until: '2026-04-05', limit: 50 })).items
    expect(body.due.counts.open).toBe(due.filter((one: { state: string }) => one.state === 'open').length)
    expect(body.reds.count).toBe((await ok(director, '/obligations', { light: 'red', limit: 200 })).items.length)
    const other = await ok(director, '/board/week', { week: '2026-W05' })
    expect(other).toMatchObject({ from: '2026-01-26', week: '2026-W05' })
    expect(other.due.counts).toMatchObject({ onTime: 2, open: 0 })
  })

  it('refuses a week that is none, with its place', async () => {
    for (const week of ['2026-W54', '2026-W00', '2025-W53', '2026-12', '第12周']) {
      const answer = await director.get('/board/week', { week })
      expect([answer.status, answer.body.error.code, answer.body.error.at]).toEqual([400, 'board.week_unknown', [{ at: '/week' }]])
    }
    expect((await ok(director, '/board/week', { week: '2026-W53' })).from).toBe('2026-12-28')
  })
})

describe('as of a past day', () => {
  it('every section is what it was on that day, whatever came since', async () => {
    h.setNow('2026-06-16T09:00:00Z')
    const asked: [string, Client, Record<string, string>][] = [
      ['/board/own', deputy, {}],
      ['/board/reds', director, { limit: '100' }],
      ['/board/first', director, {}],
      ['/board/burden', director, {}],
      ['/board/burden', clerk, { month: '2026-03' }],
      ['/board/chase', clerk, {}],
      ['/board/week', director, {}],
      ['/board/week', clerk, { week: '2026-W05' }],
    ]
    const before = []
    for (const [path, client, query] of asked) before.push(still(await ok(client, path, query)))
    h.setNow('2026-06-17T02:00:00Z')
    const open = (await ok(director, '/obligations', { light: 'red', limit: 200 })).items as Owed[]
    await done(director, `/obligations/${open.find((one) => one.holder.name === '王建业')?.id}/waive`, { reason: '并入下期' })
    await done(clerk, `/obligations/${works[6]?.id}/due`, { due: '2026-08-20', reason: '现场未具备条件' })
    await record('staff', '2026-06-17', [works[1]?.id ?? ''])
    await addDuty('新来的事项', 'works', 'head', { since: '2026-06-01' })
    for (const [i, [path, client, query]] of asked.entries())
      expect(still(await ok(client, path, { ...query, asOf: '2026-06-16' })), path).toEqual(before[i])
  })
})

describe('unit × month of a past day', () => {
  it('is what a replay of every event gives, on any day of the year', async () => {
    const days = [
      '2026-01-05',
      '2026-02-08',
      '2026-02-09',
      '2026-03-01',
      '2026-03-02',
      '2026-04-30',
      '2026-06-14',
      '2026-06-15',
      '2026-06-16',
    ]
    for (const asOf of days) {
      const replayed = await h.owner`SELECT e.unit_id AS unit, extract(month FROM e.due)::int AS month,
          count(*) FILTER (WHERE e.state = 'open' AND e.due < ${asOf})::int AS red, count(*) FILTER (WHERE e.state = 'open' AND e.due >= ${asOf})::int AS ahead,
          count(*) FILTER (WHERE e.state = 'discharged' AND e.done_on <= e.due)::int AS "onTime",
          count(*) FILTER (WHERE e.state = 'discharged' AND e.done_on > e.due)::int AS late, count(*) FILTER (WHERE e.state = 'waived')::int AS waived
        FROM (SELECT DISTINCT ON (x.obligation_id) x.* FROM obligation_event x
          WHERE x.recorded_at <= (${`${asOf} 23:59:59.999`}::timestamp AT TIME ZONE 'Asia/Shanghai') ORDER BY x.obligation_id, x.version DESC) e
        WHERE e.due BETWEEN '2026-01-01' AND '2026-12-31' AND e.state IN ('open', 'discharged', 'waived') GROUP BY 1, 2`
      const told = (await ok(director, '/board', { asOf, year: 2026 })).units.flatMap(
        ({ unit, counts }: { unit: { id: string }; counts: Record<string, number[]> }) =>
          Array.from({ length: 12 }, (_, i) => ({
            ...{ unit: unit.id, month: i + 1, red: counts.red?.[i], ahead: (counts.yellow?.[i] ?? 0) + (counts.green?.[i] ?? 0) },
            ...{ onTime: counts.onTime?.[i], late: counts.late?.[i], waived: counts.waived?.[i] },
          })).filter((cell) => Number(cell.red) + cell.ahead + Number(cell.onTime) + Number(cell.late) + Number(cell.waived) > 0),
      )
      const inOrder = (list: readonly { unit: string; month: number }[]) =>
        list.toSorted((a, b) => (`${a.unit} ${100 + a.month}` < `${b.unit} ${100 + b.month}` ? -1 : 1))
      expect(inOrder(told), asOf).toEqual(inOrder(replayed.map((row) => ({ ...row })) as { unit: string; month: number }[]))
    }
  })
})

describe('as whom one opens it', () => {
  it('follows posts and charges: whoever is put in charge is a leader the next day, and no longer once that ends', async () => {
    h.setNow('2026-06-18T02:00:00Z')
    const charge = await done(clerk, '/org/charges', { person: personId('a', 'head'), unit: unitId('a', 'station'), since: '2026-06-18' })
    h.setNow('2026-06-18T03:00:00Z')
    expect((await ok(head, '/board')).as).toBe('leader')
    await done(clerk, `/org/charges/${charge.id}/end`, { until: '2026-06-19' })
    h.setNow('2026-06-19T02:00:00Z')
    expect((await ok(head, '/board')).as).toBe('unit')
  })
})
