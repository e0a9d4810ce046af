import { describe, expect, it } from 'vitest'
import { withTenant } from '#kernel/db.ts'
import { recountTally } from '#modules/obligations/index.ts'
import { house, personId, postId, tenantId, unitId } from '../../../test/harness.ts'

const h = await house()
const clerk = await h.as('clerk')
const head = await h.as('head')
const director = await h.as('director')
const deputy = await h.as('deputy')
const staff = await h.as('staff')
const wrong = () => withTenant(h.pool, tenantId('a'), (tx) => recountTally(tx, tenantId('a')))
const office = { unit: unitId('a', 'office'), post: postId('a', 'director'), person: null }
const worker = { unit: unitId('a', 'works'), post: null, person: personId('a', 'staff') }
const works = { unit: unitId('a', 'works'), post: postId('a', 'head'), person: null }

async function monthly(title: string, holder: object, more: object = {}) {
  const added = await clerk.post('/duties', {
    ...{ title, body: '', kind: 'dual', polarity: 'positive', measure: null, rrule: 'FREQ=MONTHLY', due: null, since: '2026-05-01' },
    ...{ holders: [holder], ...more },
  })
  expect(added.status).toBe(200)
  const items = (await director.get('/obligations', { because: added.body.id, limit: 50 })).body.items
  return { duty: added.body.id as string, may: items[0].id as string, june: items[1].id as string }
}
const recordedFor = async (what: string, more: object = {}) =>
  (await clerk.post('/acts', { what, happenedOn: '2026-06-12', doneBy: personId('a', 'director'), ...more })).body
const pile = async (client: typeof clerk, name = 'asked') => (await client.get('/acts/confirmations', { pile: name })).body.items
const obligationOf = async (id: string, asOf?: string) => (await director.get(`/obligations/${id}`, asOf ? { asOf } : {})).body

describe('what a clerk records for a leader', () => {
  it('says that it is not confirmed, and counts for the light all the same; a week is confirmed in one go', async () => {
    const { june } = await monthly('听取工程科汇报', office)
    const first = await recordedFor('听取工程科汇报', { discharges: [june] })
    expect(first).toMatchObject({
      doneBy: { name: '周明远' },
      recordedBy: { name: '郑文清' },
      confirmation: { state: 'awaiting', ground: 'recorded_for', askedOf: { name: '周明远' }, actions: [] },
    })
    expect((await obligationOf(june)).obligation).toMatchObject({ state: 'discharged', light: 'green', awaits: null })
    await recordedFor('检查战备值班')
    await recordedFor('研究工程项目')
    expect((await director.get('/acts/confirmations/count')).body).toEqual({ asked: 3, returned: 0 })
    const asked = await pile(director)
    expect(asked).toMatchObject([{ actions: ['confirm', 'object'], act: { what: '研究工程项目' } }, {}, { act: { id: first.id } }])
    const { body } = await director.post('/acts/confirmations', { ids: asked.map((one: { id: string }) => one.id) })
    expect(body.items.map((one: { confirmed: boolean }) => one.confirmed)).toEqual([true, true, true])
    expect(await pile(director)).toEqual([])
    expect((await clerk.get(`/acts/${first.id}`)).body.confirmation).toMatchObject({ state: 'confirmed', by: '周明远', actions: [] })
    const entries = await h.owner.unsafe(`SELECT count(*)::int AS n FROM ledger_entry WHERE kind = 'act.confirmed'`)
    expect(entries[0]?.n).toBe(3)
  })

  it('is confirmed by nobody else, and each row says what became of it', async () => {
    const act = await recordedFor('走访企业')
    const [asked] = await pile(director)
    const ids = [asked.id, '00000000-0000-7000-8000-00000000dead']
    const by = async (client: typeof clerk) =>
      (await client.post('/acts/confirmations', { ids })).body.items.map(
        (one: { confirmed: boolean; refused: { code: string } | null }) => [one.confirmed, one.refused?.code ?? null],
      )
    expect(await by(clerk)).toEqual([
      [false, 'confirmation.own'],
      [false, 'thing.absent'],
    ])
    expect(await by(staff)).toEqual([
      [false, 'thing.absent'],
      [false, 'thing.absent'],
    ])
    expect(await by(director)).toEqual([
      [true, null],
      [false, 'thing.absent'],
    ])
    expect(await by(director)).toEqual([
      [false, 'confirmation.answered'],
      [false, 'thing.absent'],
    ])
    expect((await director.post('/acts/confirmations', { ids: [asked.id] })).body.items[0].refused.message).toBe('已经确认，不用再办。')
    expect((await director.get(`/acts/${act.id}`)).body.confirmation.state).toBe('confirmed')
  })

  it('goes back to the clerk with the reason when objected to; an answer asks again', async () => {
    const { june } = await monthly('研究廉政工作', office)
    const act = await recordedFor('主持研究廉政工作', { discharges: [june] })
    const [asked] = await pile(director)
    const refused = await director.post(`/acts/confirmations/${asked.id}/object`, { reason: '那天我在省里开会' })
    expect(refused.body).toMatchObject({ state: 'objected', reason: '那天我在省里开会', by: '周明远', actions: [] })
    expect((await obligationOf(june)).obligation.light).toBe('green')
    expect((await clerk.get('/acts/confirmations/count')).body).toEqual({ asked: 0, returned: 1 })
    expect((await clerk.get('/acts', { confirmation: 'objected' })).body.items).toMatchObject([{ id: act.id }])
    const [back] = await pile(clerk, 'returned')
    expect(back).toMatchObject({ id: asked.id, actions: ['ask'], act: { id: act.id, actions: ['correct', 'withdraw'] } })
    expect((await director.post(`/acts/confirmations/${asked.id}/ask`, { reason: '不是记录人' })).status).toBe(404)
    const again = await clerk.post(`/acts/confirmations/${asked.id}/ask`, { reason: '会议记录上是您主持的' })
    expect(again.body).toMatchObject({ state: 'awaiting', note: '会议记录上是您主持的' })
    expect((await clerk.post(`/acts/confirmations/${asked.id}/ask`, { reason: '又一次' })).body.error.code).toBe('confirmation.answered')
    expect(await pile(clerk, 'returned')).toEqual([])
    expect(await pile(director)).toMatchObject([{ id: again.body.id, act: { id: act.id } }])
    expect((await director.post('/acts/confirmations', { ids: [again.body.id] })).body.items[0].confirmed).toBe(true)
    expect(await pile(director, 'answered')).toMatchObject([{ state: 'confirmed' }, { state: 'objected' }, {}, {}, {}, {}])
  })

  it('asks for nothing more once it is corrected or withdrawn; the correction asks anew', async () => {
    const act = await recordedFor('约见企业代表')
    const fixed = await clerk.post(`/acts/${act.id}/correct`, { what: '约见企业代表两人', happenedOn: '2026-06-11', reason: '日期写错' })
    expect(fixed.body.confirmation).toMatchObject({ state: 'awaiting' })
    expect((await clerk.get(`/acts/${act.id}`)).body.confirmation.state).toBe('lapsed')
    expect(await pile(director)).toMatchObject([{ act: { id: fixed.body.id } }])
    expect((await clerk.post(`/acts/${fixed.body.id}/withdraw`, { reason: '误记' })).status).toBe(200)
    expect(await pile(director)).toEqual([])
    // Whoever it was recorded for may put it right themselves: that needs nobody's confirmation.
    const other = await recordedFor('约见协会代表')
    const own = await director.post(`/acts/${other.id}/correct`, { what: '约见协会代表', happenedOn: '2026-06-11', reason: '是前一天' })
    expect(own.body.confirmation).toBeNull()
  })

  it('a past day shows it as it was known then', async () => {
    const act = await recordedFor('带队检查工地')
    h.setNow('2026-06-17T02:00:00Z')
    const [asked] = await pile(director)
    await director.post('/acts/confirmations', { ids: [asked.id] })
    h.setNow('2026-06-18T02:00:00Z')
    const on = async (asOf: string) => (await clerk.get(`/acts/${act.id}`, { asOf })).body.confirmation
    expect(await on('2026-06-16')).toMatchObject({ state: 'awaiting', by: null, at: null, actions: [] })
    expect(await on('2026-06-17')).toMatchObject({ state: 'confirmed', by: '周明远' })
    expect((await director.get('/acts/confirmations', { asOf: '2026-06-16' })).body.items).toMatchObject([
      { act: { id: act.id }, actions: [] },
    ])
    expect((await clerk.get('/acts', { confirmation: 'awaiting', asOf: '2026-06-16' })).body.items).toMatchObject([{ id: act.id }])
    h.setNow('2026-06-15T02:00:00Z')
  })
})

describe('a duty that asks for a confirmation', () => {
  it('is discharged but awaits the head, who did not record it; the light says so', async () => {
    const { june } = await monthly('核对图纸归档', worker, { confirm: 'head' })
    const act = await staff.post('/acts', { what: '核对图纸归档', happenedOn: '2026-06-15', discharges: [june] })
    expect(act.body).toMatchObject({
      confirmation: null,
      discharges: [{ id: june, confirmation: { state: 'awaiting', ground: 'head', askedOf: { name: '王建业' } } }],
    })
    const { obligation, why } = await obligationOf(june)
    expect(obligation).toMatchObject({ state: 'discharged', light: 'green', awaits: '王建业' })
    expect(why.says).toBe('已履行，待王建业确认')
    const listed = (await staff.get('/obligations', { light: 'green', from: '2026-06-01', until: '2026-06-30' })).body.items
    expect(listed.find((one: { id: string }) => one.id === june).awaits).toBe('王建业')
    expect((await staff.post('/acts/confirmations', { ids: [act.body.discharges[0].confirmation.id] })).body.items[0].refused.code).toBe(
      'confirmation.own',
    )
    h.setNow('2026-06-16T02:00:00Z')
    const [asked] = await pile(head)
    expect(asked).toMatchObject({ obligation: { id: june, name: '核对图纸归档' } })
    await head.post('/acts/confirmations', { ids: [asked.id] })
    expect((await obligationOf(june)).why.says).toBe('已履行')
    expect((await obligationOf(june, '2026-06-15')).why.says).toBe('已履行，待王建业确认')
    h.setNow('2026-06-15T02:00:00Z')
  })

  it('is open again when the confirmation is refused, and counts stay right', async () => {
    const { june } = await monthly('整理竣工资料', worker, { confirm: 'head' })
    const act = await staff.post('/acts', { what: '整理竣工资料', happenedOn: '2026-06-15', discharges: [june] })
    const [asked] = await pile(head)
    await head.post(`/acts/confirmations/${asked.id}/object`, { reason: '只整理了一半' })
    const { obligation, events } = await obligationOf(june)
    expect(obligation).toMatchObject({ state: 'open', awaits: null })
    expect(events.at(-1)).toMatchObject({ kind: 'corrected', reason: '只整理了一半', act: act.body.id, by: '王建业' })
    expect(await wrong()).toBe(0)
    // It goes back to whoever recorded it, who records what was really done.
    expect(await pile(staff, 'returned')).toMatchObject([{ reason: '只整理了一半', actions: [] }])
    const fixed = await staff.post(`/acts/${act.body.id}/correct`, {
      what: '整理竣工资料，全部归档',
      happenedOn: '2026-06-15',
      discharges: [june],
      reason: '补齐另一半',
    })
    expect(fixed.body.discharges[0].confirmation.state).toBe('awaiting')
    expect(await pile(staff, 'returned')).toEqual([])
    expect(await wrong()).toBe(0)
  })

  it('asks a superior where the head holds or recorded it, and nobody where nobody stands above', async () => {
    const { june } = await monthly('项目月度小结', works, { confirm: 'head' })
    const own = await head.post('/acts', { what: '项目月度小结', happenedOn: '2026-06-15', discharges: [june] })
    expect(own.body.discharges[0].confirmation).toMatchObject({ ground: 'superior', askedOf: { name: '吴志成' } })
    expect(await pile(deputy)).toMatchObject([{ obligation: { id: june } }])
    const { june: theirs } = await monthly('现场记录', worker, { confirm: 'head' })
    const byHead = await head.post('/acts', {
      what: '现场记录',
      happenedOn: '2026-06-15',
      doneBy: personId('a', 'staff'),
      discharges: [theirs],
    })
    expect(byHead.body.confirmation).toMatchObject({ ground: 'recorded_for', askedOf: { name: '陈小禾' } })
    expect(byHead.body.discharges[0].confirmation).toMatchObject({ ground: 'superior', askedOf: { name: '吴志成' } })
    const { june: top } = await monthly('全年部署', office, { confirm: 'superior' })
    const act = await director.post('/acts', { what: '全年部署', happenedOn: '2026-06-15', discharges: [top] })
    expect(act.body.discharges[0].confirmation).toBeNull()
  })

  it('says so from when it is asked; what was recorded before stays as it was', async () => {
    const { duty, may, june } = await monthly('填报巡检表', worker)
    const before = await staff.post('/acts', { what: '填报巡检表', happenedOn: '2026-06-10', discharges: [may] })
    const set = await clerk.post(`/duties/${duty}/terms`, { attend: true, confirm: 'superior' })
    expect(set.body).toMatchObject({ attend: true, confirm: 'superior' })
    const after = await staff.post('/acts', { what: '填报巡检表', happenedOn: '2026-06-15', discharges: [june] })
    expect([before.body.discharges[0].confirmation, after.body.discharges[0].confirmation.askedOf.name]).toEqual([null, '吴志成'])
    expect((await staff.post(`/duties/${duty}/terms`, { attend: false, confirm: null })).status).toBe(403)
  })
})
