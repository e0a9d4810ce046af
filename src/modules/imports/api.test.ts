import { describe, expect, it } from 'vitest'
import { writeSheets } from '#kernel/sheets/index.ts'
import { type Answer, type Client, house, personId, postId, tenantId } from '../../../test/harness.ts'
import { nightly } from '../../nightly.ts'

const h = await house()
const clerk = await h.as('clerk')

type Cells = (string | number | null)[][]
const head = ['单位', '科室', '姓名', '职务', '职级', '人员身份', '任现职时间', '出生年月', '备注']
const sheet = (rows: Cells, name = '花名册') => writeSheets([{ name, rows: [['示例市人防办花名册'], head, ...rows] }])
const office = '示例市人防办'
async function upload(rows: Cells, who: Client = clerk, fields: Record<string, string> = {}): Promise<Answer> {
  return who.upload('/imports', { name: '花名册.xlsx', bytes: await sheet(rows) }, { kind: 'roster', ...fields })
}
const rowsOf = async (id: string, query: Record<string, string> = {}) => (await clerk.get(`/imports/${id}/rows`, query)).body.items
const personsOf = async (q: string) => (await clerk.get('/org/persons', { q })).body.items
const count = async (table: string) =>
  Number((await h.owner.unsafe(`SELECT count(*) FROM ${table} WHERE tenant_id = '${tenantId('a')}'`))[0]?.count)
const tables = ['unit', 'post', 'person', 'appointment', 'person_fact']
const all = () => Promise.all(tables.map(count))

describe('an import', () => {
  it('is previewed, corrected, committed and undone', async () => {
    const before = await all()
    const bytes = await writeSheets([
      {
        name: '名单',
        rows: [
          ['花名册'],
          ['姓名', '科室', '别名', '任职时间'],
          ['新来甲', '综合科', '主任科员岗', '2025.03'],
          ['新来乙', '规划科', '规划科科长', '2025.03'],
          ['合计', 2],
        ],
      },
      { name: '旧', rows: [['x']], hidden: true },
    ])
    const first = await clerk.upload('/imports', { name: '花名册.xlsx', bytes }, { kind: 'roster', since: '2026-01-01' })
    expect(first.status).toBe(200)
    expect(first.body).toMatchObject({
      state: 'previewed',
      sheet: '名单',
      headerRows: [2],
      counts: { rows: 2, new: 2, changed: 0, unchanged: 0, errors: 0, warnings: 2 },
      since: '2026-01-01',
      sameFile: [],
      actions: ['commit', 'discard', 'choose'],
    })
    expect(first.body.problems.map((one: { cell: string; code: string }) => [one.cell, one.code])).toEqual([
      ['旧!A1', 'roster.hidden_sheet'],
      ['A1', 'roster.absent'],
    ])
    expect(first.body.columns[2]).toEqual({ column: 2, letter: 'C', header: '别名', field: null, samples: ['主任科员岗', '规划科科长'] })
    expect(await all()).toEqual(before)

    const id = first.body.id
    const columns = ['name', 'department', 'post', 'since'].map((field, column) => ({ column, field }))
    const second = await clerk.post(`/imports/${id}/choose`, { columns })
    expect(second.body.makes.find((one: { noun: string }) => one.noun === 'post').names).toContain('规划科 规划科科长')
    expect(await rowsOf(id)).toEqual([
      { row: 3, change: 'new', name: '新来甲', read: { unit: '综合科', post: '主任科员岗', since: '2025-03-01' }, before: {} },
      { row: 4, change: 'new', name: '新来乙', read: { unit: '规划科', post: '规划科科长', since: '2025-03-01' }, before: {} },
    ])

    const done = await clerk.post(`/imports/${id}/commit`)
    expect(done.body).toMatchObject({ state: 'committed', actions: ['undo'], movedBy: { id: personId('a', 'clerk') } })
    expect(await personsOf('新来')).toMatchObject([
      { name: '新来甲', posts: [{ name: '主任科员岗', unit: { name: '综合科' } }] },
      { name: '新来乙', posts: [{ name: '规划科科长', unit: { name: '规划科' } }] },
    ])
    const past = await clerk.get('/org', { asOf: '2025-04-01' })
    expect(past.body.units.map((unit: { name: string }) => unit.name)).toContain('规划科')
    expect(await count('import_content')).toBe(0)

    const undone = await clerk.post(`/imports/${id}/undo`)
    expect(undone.body).toMatchObject({ state: 'undone', actions: [] })
    expect(await all()).toEqual(before)
    expect(await personsOf('新来')).toEqual([])
    const again = await clerk.post(`/imports/${id}/undo`)
    expect([again.status, again.body.error.code]).toEqual([409, 'move.late'])
  })

  it('of an unchanged office says so, and of a changed one what changed; what it ended stands again after an undo', async () => {
    const same = await upload([[office, '综合科', '郑文清', '科长', null, null, null, null, null]])
    expect(same.body.counts).toMatchObject({ unchanged: 1, new: 0, changed: 0 })
    expect((await clerk.post(`/imports/${same.body.id}/commit`)).body.error.code).toBe('import.nothing')

    const before = await clerk.get(`/org/persons/${personId('a', 'staff')}`)
    const moved = await upload([[office, '综合科', '陈小禾', '副科长', '四级主任科员', '公务员', '2026.06', null, null]], clerk, {
      since: '2026-06-01',
    })
    expect(moved.body.counts).toMatchObject({ changed: 1, new: 0, errors: 0 })
    expect(await rowsOf(moved.body.id, { change: 'changed' })).toMatchObject([
      {
        name: '陈小禾',
        read: { unit: '综合科', post: '副科长', grade: '四级主任科员' },
        before: { unit: '工程科', post: '工程科科员', grade: '', identity: '' },
      },
    ])
    expect((await clerk.post(`/imports/${moved.body.id}/commit`)).body.state).toBe('committed')
    const now = await clerk.get(`/org/persons/${personId('a', 'staff')}`)
    expect(now.body.appointments.map((one: { post: { name: string }; until: string | null }) => [one.post.name, one.until])).toEqual([
      ['副科长', null],
      ['工程科科员', '2026-06-01'],
    ])
    expect((await clerk.post(`/imports/${moved.body.id}/undo`)).body.state).toBe('undone')
    expect((await clerk.get(`/org/persons/${personId('a', 'staff')}`)).body).toEqual(before.body)
  })

  it('with an error writes nothing, and names its cells', async () => {
    const before = await all()
    const bad = await upload([
      [office, '综合科', '无误', '科员', null, null, '2024.05', null, null],
      [office, '综合科', '有误', '科员', null, null, '2024.13', null, null],
    ])
    expect(bad.body.actions).toEqual(['discard', 'choose'])
    const refused = await clerk.post(`/imports/${bad.body.id}/commit`)
    expect([refused.status, refused.body.error.code, refused.body.error.at]).toEqual([409, 'import.problems', [{ at: 'G4' }]])
    expect(await all()).toEqual(before)
    expect((await clerk.post(`/imports/${bad.body.id}/discard`)).body.state).toBe('discarded')
    expect(await rowsOf(bad.body.id)).toEqual([])
  })

  it('refuses a second holder of a post of one, a person of whom there are two, and a post taken by mistake', async () => {
    await h.owner.unsafe(`UPDATE post SET exclusive = true WHERE tenant_id = '${tenantId('a')}' AND id = '${postId('a', 'head')}'`)
    const held = await upload([[office, '工程科', '想当科长', '科长', null, null, null, null, null]])
    expect(held.body.problems.filter((one: { level: string }) => one.level === 'error')).toEqual([
      { cell: 'D3', code: 'roster.post_held', level: 'error', message: expect.stringContaining('王建业') },
    ])
    await clerk.post('/org/persons', { name: '陈小禾' })
    const which = await upload([[office, '质量监督站', '陈小禾', '科员', null, null, null, null, null]])
    expect(which.body.problems.map((one: { code: string }) => one.code)).toContain('roster.which')
    const told = await upload([[office, '工程科', '陈小禾', '科员', null, null, null, null, null]])
    expect(told.body.counts).toMatchObject({ unchanged: 1, errors: 0 })
  })

  it('whose office has changed since is refused, and previewed again it is not', async () => {
    const preview = await upload([[office, '综合科', '迟到者', '科员', null, null, null, null, null]])
    await clerk.post('/org/persons', { name: '插队者' })
    const stale = await clerk.post(`/imports/${preview.body.id}/commit`)
    expect([stale.status, stale.body.error.code]).toEqual([409, 'import.stale'])
    expect(await personsOf('迟到者')).toEqual([])
    await clerk.post(`/imports/${preview.body.id}/choose`, {})
    expect((await clerk.post(`/imports/${preview.body.id}/commit`)).body.state).toBe('committed')
    const twice = await clerk.post(`/imports/${preview.body.id}/commit`)
    expect([twice.status, twice.body.error.code]).toEqual([409, 'move.late'])
  })

  it('that others have built on is not undone, and says what stands in the way', async () => {
    const made = await upload([[office, '巡查科', '被用者', '科长', null, null, '2026.01', null, null]])
    await clerk.post(`/imports/${made.body.id}/commit`)
    const [person] = await personsOf('被用者')
    await clerk.post('/acts', { what: '参加学习例会', happenedOn: '2026-06-10', with: [person.id] })
    const unit = (await clerk.get('/org')).body.units.find((one: { name: string }) => one.name === '巡查科')
    await clerk.post('/org/charges', { person: personId('a', 'deputy'), unit: unit.id, since: '2026-02-01', until: null })
    const refused = await clerk.post(`/imports/${made.body.id}/undo`)
    expect([refused.status, refused.body.error.code]).toEqual([409, 'import.built_on'])
    expect(refused.body.error.at.map((one: { message: string }) => one.message).sort()).toEqual(['巡查科：分管', '被用者：参加的履责纪实'])
    expect((await clerk.get(`/imports/${made.body.id}`)).body.state).toBe('committed')
  })

  it('says when the same file was there before', async () => {
    const rows: Cells = [[office, '综合科', '两遍', '科员', null, null, null, null, null]]
    const bytes = await sheet(rows)
    const send = () => clerk.upload('/imports', { name: 'a.xlsx', bytes }, { kind: 'roster' })
    const first = await send()
    const second = await send()
    expect(second.body.sameFile).toMatchObject([{ id: first.body.id, state: 'previewed' }])
  })
})

describe('a preview nobody commits', () => {
  it('is given up after a week, and the file is gone with it', async () => {
    const { id } = (await upload([[office, '综合科', '没人管', '科员', null, null, null, null, null]])).body
    const night = () =>
      nightly(h.ground, () => {})
        .find((job) => job.name === 'imports.give_up')
        ?.run({})
    const stateOf = async () => (await clerk.get(`/imports/${id}`)).body.state
    await night()
    expect(await stateOf()).toBe('previewed')
    h.setNow('2026-06-23T02:00:00Z')
    await night()
    expect((await clerk.get(`/imports/${id}`)).body).toMatchObject({ state: 'discarded', actions: [] })
    expect(await count('import_content')).toBe(0)
    h.setNow('2026-06-15T02:00:00Z')
  })
})

describe('who and what', () => {
  it('only whoever keeps the whole office may, and other offices see nothing', async () => {
    for (const persona of ['director', 'deputy', 'head', 'supervisor', 'staff', 'nobody'] as const) {
      expect((await upload([], await h.as(persona))).status, persona).toBe(403)
      expect((await (await h.as(persona)).get('/imports', { kind: 'roster' })).status, persona).toBe(403)
    }
    const [mine] = (await clerk.get('/imports', { kind: 'roster' })).body.items
    const other = await h.as('clerk', 'b')
    expect((await other.get('/imports', { kind: 'roster' })).body.items).toEqual([])
    expect((await other.get(`/imports/${mine.id}`)).status).toBe(404)
    expect((await other.post(`/imports/${mine.id}/commit`)).status).toBe(404)
  })

  it('refuses what is no spreadsheet, no kind, no day, no field', async () => {
    const send = (bytes: Uint8Array, fields: Record<string, string>) => clerk.upload('/imports', { name: 'a.xlsx', bytes }, fields)
    const text = new TextEncoder().encode('%PDF-1.7')
    const good = await sheet([[office, '综合科', '某', '科员', null, null, null, null, null]])
    const codes = await Promise.all([
      send(text, { kind: 'roster' }),
      send(good, { kind: 'nothing' }),
      send(good, {}),
      send(good, { kind: 'roster', since: '2026-02-30' }),
    ])
    expect(codes.map((one) => [one.status, one.body.error.code])).toEqual([
      [400, 'sheet.not_sheet'],
      [400, 'import.kind'],
      [400, 'import.kind'],
      [400, 'day.unknown'],
    ])
    const { id } = (await send(good, { kind: 'roster' })).body
    const choose = async (body: unknown) => (await clerk.post(`/imports/${id}/choose`, body)).body.error?.code
    expect(await choose({ columns: [{ column: 0, field: 'salary' }] })).toBe('import.field')
    expect(
      await choose({
        columns: [
          { column: 0, field: 'name' },
          { column: 1, field: 'name' },
        ],
      }),
    ).toBe('import.field_twice')
    expect(await choose({ sheet: '没有' })).toBe('import.sheet')
  })

  it('a table without headings is previewed with that problem, so that columns can be chosen', async () => {
    const bytes = await writeSheets([
      {
        name: 's',
        rows: [
          ['某甲', '综合科'],
          ['某乙', '综合科'],
        ],
      },
    ])
    const preview = await clerk.upload('/imports', { name: 'a.csv', bytes }, { kind: 'roster' })
    expect(preview.body.problems[0]).toMatchObject({ cell: 'A1', code: 'roster.no_header', level: 'error' })
    expect(preview.body.columns.map((one: { samples: string[] }) => one.samples)).toEqual([['某甲', '某乙'], ['综合科']])
    const columns = [
      { column: 0, field: 'name' },
      { column: 1, field: 'unit' },
    ]
    const chosen = await clerk.post(`/imports/${preview.body.id}/choose`, { columns })
    expect(chosen.body.counts).toMatchObject({ rows: 2, new: 2, errors: 0 })
  })
})
