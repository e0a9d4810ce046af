import { describe, expect, it } from 'vitest'
import { house, personId, postId, unitId } from '../../../test/harness.ts'

const h = await house()
const clerk = await h.as('clerk')
const head = await h.as('head')
const staff = await h.as('staff')
const director = await h.as('director')
const works = { unit: unitId('a', 'works'), post: postId('a', 'head'), person: null }
const worker = { unit: unitId('a', 'works'), post: null, person: personId('a', 'staff') }
const errorOf = (answer: { status: number; body: { error: { code: string; at: { at: string }[] } } }) => [
  answer.status,
  answer.body.error.code,
  answer.body.error.at[0]?.at,
]
async function monthly(title: string, holders: object[], more: object = {}) {
  const added = await clerk.post('/duties', {
    ...{ title, body: '', kind: 'dual', polarity: 'positive', measure: null, rrule: 'FREQ=MONTHLY', due: null, since: '2026-05-01' },
    ...{ holders, ...more },
  })
  expect(added.status).toBe(200)
  return (await clerk.get('/obligations', { because: added.body.id, limit: 50 })).body.items as {
    id: string
    holder: { id: string }
    period: string
  }[]
}

describe('reading a line', () => {
  const read = async (line: string) => (await clerk.get('/acts/reading', { line })).body
  it('says when, what, who and how many, in the office of its day', async () => {
    expect(await read('6月5日下午3点 中心组学习条例，周主任主持，王建业、陈小禾参加，参加12人')).toMatchObject({
      day: '2026-06-05',
      dayNamed: true,
      time: '15:00',
      kind: 'study',
      people: [
        { person: personId('a', 'director'), part: 'chair' },
        { person: personId('a', 'head'), part: 'attend' },
        { person: personId('a', 'staff'), part: 'attend' },
      ],
      count: 12,
      what: '中心组学习条例，周主任主持，王建业、陈小禾参加，参加12人',
      asks: { day: null, names: [] },
    })
    // Nobody held a post before 2024: a name is then only a word.
    expect((await read('2023年6月5日 与王建业谈话')).people).toEqual([])
  })

  it('asks about two days, a day that is none, and two of one name', async () => {
    expect((await read('6月5日、6月6日检查工地')).asks.day).toMatchObject({ why: 'two', days: ['2026-06-05', '2026-06-06'] })
    expect((await read('2月30日检查工地')).asks.day).toMatchObject({ why: 'absent', said: '2月30日' })
    const added = await clerk.post('/org/persons', { name: '陈小禾' })
    const post = await clerk.post('/org/posts', { unit: unitId('a', 'general'), name: '综合科科员', since: '2026-06-10' })
    await clerk.post('/org/appointments', { person: added.body.id, post: post.body.id, kind: 'regular', since: '2026-06-10' })
    expect((await read('昨天与陈小禾一起检查')).asks.names).toMatchObject([{ said: '陈小禾', among: [{}, {}] }])
    // The second came on the tenth: on the ninth there was one of that name.
    expect((await read('6月9日与陈小禾一起检查')).people).toMatchObject([{ person: personId('a', 'staff') }])
    expect((await read('昨天与工程科陈小禾一起检查')).people).toMatchObject([{ person: personId('a', 'staff') }])
  })
})

describe('an act', () => {
  it('keeps its kind, its days, how many were there and who had which part', async () => {
    const kept = await head.post('/acts', {
      what: '到省里培训',
      happenedOn: '2026-06-12',
      beganOn: '2026-06-10',
      count: 12,
      with: [personId('a', 'staff'), personId('a', 'director')],
      parts: [{ person: personId('a', 'director'), part: 'chair' }],
    })
    expect(kept.body).toMatchObject({
      kind: 'study',
      happenedOn: '2026-06-12',
      beganOn: '2026-06-10',
      count: 12,
      doneBy: { name: '王建业', part: 'attend' },
    })
    expect(Object.fromEntries(kept.body.with.map((one: { name: string; part: string }) => [one.name, one.part]))).toEqual({
      陈小禾: 'attend',
      周明远: 'chair',
    })
    expect((await head.get(`/acts/${kept.body.id}`)).body).toEqual(kept.body)
    expect((await head.get('/acts', { kind: 'study' })).body.items).toMatchObject([{ id: kept.body.id }])
    expect((await head.get('/acts', { kind: 'paper' })).body.items).toEqual([])
    const fixed = await head.post(`/acts/${kept.body.id}/correct`, { what: '到省里集训', happenedOn: '2026-06-12', reason: '写错' })
    expect(fixed.body).toMatchObject({ kind: 'study', beganOn: null, count: null })
  })

  it.each([
    ['days the wrong way round', { beganOn: '2026-06-13' }, [400, 'range.backwards', '/beganOn']],
    [
      'a part for somebody who was not there',
      { parts: [{ person: personId('a', 'director'), part: 'chair' }] },
      [400, 'act.part_absent', '/parts/0'],
    ],
    ['a kind there is not', { kind: 'party' }, [400, 'request.invalid', '/kind']],
    ['nobody there', { count: 0 }, [400, 'request.invalid', '/count']],
    ['a cause there is not', { lateCause: 'forgot' }, [400, 'request.invalid', '/lateCause']],
  ])('%s is refused with the place', async (_, change, expected) => {
    expect(errorOf(await head.post('/acts', { what: '检查', happenedOn: '2026-06-12', ...change }))).toEqual(expected)
  })

  it('written down late says its cause beside it, and only then', async () => {
    const late = await head.post('/acts', { what: '走访', happenedOn: '2026-06-01', lateCause: 'watch' })
    expect(late.body).toMatchObject({ lateEntry: true, lateCause: 'watch' })
    const soon = await head.post('/acts', { what: '走访', happenedOn: '2026-06-12', lateCause: 'watch' })
    expect(soon.body).toMatchObject({ lateEntry: false, lateCause: null })
    const asks = async (happenedOn: string) => (await head.get('/acts/proposals', { what: '走访', happenedOn })).body.late
    expect([await asks('2026-06-08'), await asks('2026-06-05')]).toEqual([false, true])
  })

  it('that was a talk keeps its day only, and its words for those who were in it', async () => {
    const talk = await head.post('/acts', {
      what: '与陈小禾谈心谈话，家里有难处',
      happenedOn: '2026-06-12',
      time: '15:00',
      with: [personId('a', 'staff')],
    })
    expect(talk.body).toMatchObject({ kind: 'talk', what: '与陈小禾谈心谈话，家里有难处', happenedAt: '2026-06-12T04:00:00.000Z' })
    const whatTo = async (client: typeof head) => (await client.get(`/acts/${talk.body.id}`)).body.what
    expect([await whatTo(staff), await whatTo(director)]).toEqual(['与陈小禾谈心谈话，家里有难处', '谈话'])
    const foundBy = async (client: typeof head) => (await client.get('/acts', { q: '家里有难处' })).body.items.length
    expect([await foundBy(head), await foundBy(staff), await foundBy(director)]).toEqual([1, 1, 0])
    const searched = async (client: typeof head) => JSON.stringify((await client.get('/search', { q: '家里有难处' })).body)
    expect([(await searched(head)).includes('家里有难处'), (await searched(director)).includes('家里有难处')]).toEqual([true, false])
    const traced = JSON.stringify((await director.get(`/trace/acts/${talk.body.id}`)).body)
    expect(traced.includes('家里有难处')).toBe(false)
  })
})

describe('an act of many', () => {
  it('discharges what each owes, where the duty says that having been there is enough; one act, one press for all', async () => {
    const everybody = [worker, works, { unit: unitId('a', 'general'), post: postId('a', 'clerk'), person: null }]
    const owed = await monthly('参加廉政学习例会', everybody, { attend: true })
    const led = await monthly('主持廉政学习例会', everybody)
    const there = [personId('a', 'staff'), personId('a', 'head')]
    const { items } = (await clerk.get('/acts/proposals', { what: '廉政学习例会', happenedOn: '2026-06-12', with: there.join(',') })).body
    type Item = { obligation: { id: string; holder: { id: string } }; likely: boolean; attends: boolean }
    const likely = (items as Item[]).filter((one) => one.likely).map((one) => one.obligation.id)
    const idOf = (list: typeof owed, persona: 'staff' | 'head' | 'clerk', period: string) =>
      list.find((one) => one.holder.id === personId('a', persona) && one.period === period)?.id
    const june = owed[0]?.period.replace(/05$/, '06') ?? ''
    // Of those who were there: their own attendance of this month, not what the leader of it owes, nor a month that has gone by.
    expect(likely).toContain(idOf(owed, 'staff', june))
    expect(likely).toContain(idOf(owed, 'head', june))
    expect(likely).not.toContain(idOf(led, 'staff', june))
    expect(likely.filter((id) => owed.some((one) => one.id === id && one.holder.id === personId('a', 'staff')))).toHaveLength(1)
    expect(likely).toContain(idOf(led, 'clerk', june))
    const chosen = [idOf(owed, 'staff', june), idOf(owed, 'head', june)]
    const act = await clerk.post('/acts', { what: '廉政学习例会', happenedOn: '2026-06-12', with: there, discharges: chosen })
    expect(act.body.discharges.map((one: { id: string }) => one.id).toSorted()).toEqual(chosen.toSorted())
    const states = (await clerk.get('/obligations', { from: '2026-06-01', until: '2026-06-30', limit: 200 })).body.items
    const discharged = states.filter(
      (one: { state: string; title: string }) => one.state === 'discharged' && one.title.includes('廉政学习例会'),
    )
    expect(discharged.map((one: { id: string }) => one.id).toSorted()).toEqual(chosen.toSorted())
  })
})
