import { describe, expect, it } from 'vitest'
import { newId } from '#kernel/ids.ts'
import { pdf, png, samples } from '../../../test/files/samples.ts'
import { personas, personId, tenantId } from '../../../test/harness.ts'
import { story } from './fixtures/story.ts'

const { h, head, recorded, fresh, add, listed, codeOf, onDisk, rows } = await story()
const clerk = await h.as('clerk')
const staff = await h.as('staff')
const deputy = await h.as('deputy')
const supervisor = await h.as('supervisor')

describe('adding', () => {
  it('keeps the file with its three dates, and whoever may read the act reads it', async () => {
    const act = await recorded()
    const bytes = fresh()
    h.setNow('2026-06-16T02:00:00Z')
    const kept = await add(head, act, bytes, { name: '会议纪要（定稿）.pdf', fields: { takenOn: '2026-06-12' } })
    expect([kept.status, kept.body]).toMatchObject([
      200,
      {
        act,
        name: '会议纪要（定稿）.pdf',
        kind: 'pdf',
        size: bytes.length,
        takenOn: '2026-06-12',
        uploadedAt: '2026-06-16T02:00:00.000Z',
        uploadedBy: { name: '王建业' },
        state: 'kept',
        also: [],
        actions: ['show', 'download', 'remove'],
      },
    ])
    expect((await head.get(`/acts/${act}`)).body.recordedAt).toBe('2026-06-15T02:00:00.000Z')
    expect(await onDisk()).toContain(kept.body.hash)
    expect(await listed(head, act)).toMatchObject({ items: [kept.body], caps: { file: 20, act: 100, files: 4 }, actions: ['add'] })
    for (const reader of [deputy, supervisor])
      expect(await listed(reader, act)).toMatchObject({ items: [{ id: kept.body.id, actions: ['show', 'download'] }], actions: [] })
    for (const path of [`/acts/${act}/evidence`, `/evidence/${kept.body.id}/show`, `/evidence/${kept.body.id}/file`])
      for (const stranger of [staff, await h.as('clerk', 'b')]) expect((await stranger.get(path)).status, path).toBe(404)
  })

  it('is for whoever did or recorded the act, and for the clerk', async () => {
    const forDirector = await recorded(clerk, { doneBy: personId('a', 'director') })
    const director = await h.as('director')
    expect((await add(director, forDirector, fresh())).status).toBe(200)
    expect((await add(clerk, forDirector, fresh())).status).toBe(200)
    const ofStaff = await recorded(staff)
    expect((await add(staff, ofStaff, fresh())).status).toBe(200)
    expect((await add(clerk, ofStaff, fresh())).status).toBe(200)
    // In charge of the unit, and yet not their act.
    const before = [await rows(), (await onDisk()).length]
    expect(codeOf(await add(deputy, ofStaff, fresh()))).toEqual([403, 'may.not'])
    expect(codeOf(await add(supervisor, ofStaff, fresh()))).toEqual([403, 'may.not'])
    expect(codeOf(await add(staff, forDirector, fresh()))).toEqual([404, 'thing.absent'])
    expect(codeOf(await add(await h.as('head', 'b'), ofStaff, fresh()))).toEqual([404, 'thing.absent'])
    expect([await rows(), (await onDisk()).length]).toEqual(before)
    expect(await onDisk('b')).toEqual([])
  })

  it('refuses what it is not, what is too large, what is dated ahead, with the place, and keeps nothing', async () => {
    const act = await recorded()
    const before = [await rows(), (await onDisk()).length]
    const picture = await add(head, act, png(), { name: '扫描件.pdf' })
    expect(codeOf(picture)).toEqual([400, 'file.really_png', '/file'])
    expect(picture.body.error.message).toContain('内容其实是 PNG 图片')
    const english = await add(head, act, png(), { name: 'scan.pdf', headers: { 'accept-language': 'en' } })
    expect(english.body.error.message).toContain('is really a PNG picture')
    expect(codeOf(await add(head, act, Buffer.from('MZ\x90\0\x03'), { name: 'a.pdf' }))).toEqual([400, 'file.is_program', '/file'])
    expect(codeOf(await add(head, act, Buffer.from('<svg onload="x()"/>'), { name: 'a.png' }))).toEqual([400, 'file.is_svg', '/file'])
    expect(codeOf(await add(head, act, Buffer.alloc(0)))).toEqual([400, 'file.is_empty', '/file'])
    const large = await add(head, act, Buffer.concat([pdf(), Buffer.alloc(21 * 1024 * 1024)]))
    expect([codeOf(large), large.body.error.params]).toEqual([[413, 'request.too_large', '/file'], { max: '20 MB' }])
    expect(codeOf(await add(head, act, fresh(), { fields: { takenOn: '2026-06-17' } }))).toEqual([400, 'evidence.future', '/takenOn'])
    expect(codeOf(await add(head, act, fresh(), { fields: { takenOn: '2026-02-30' } }))).toEqual([400, 'day.unknown', '/takenOn'])
    expect(codeOf(await head.upload(`/acts/${act}/evidence?asOf=2026-06-15`, { name: 'a.pdf', bytes: fresh() }, {}))).toEqual([
      409,
      'asof.read_only',
    ])
    expect([await rows(), (await onDisk()).length]).toEqual(before)
  })

  it('takes no more than an act may have, and none once it is corrected or withdrawn', async () => {
    const act = await recorded()
    for (let n = 0; n < 4; n += 1) expect((await add(head, act, fresh())).status).toBe(200)
    expect(codeOf(await add(head, act, fresh()))).toEqual([409, 'evidence.too_many', '/file'])
    await head.post(`/acts/${act}/withdraw`, { reason: '误记' })
    expect(codeOf(await add(head, act, fresh()))).toEqual([409, 'evidence.act_gone'])
    expect((await listed(head, act)).actions).toEqual([])
    const two = await recorded()
    const both = await Promise.all(Array.from({ length: 6 }, () => add(head, two, fresh())))
    expect(both.filter(({ status }) => status === 200).length).toBe(4)
  })

  it('with one key twice is one file', async () => {
    const act = await recorded()
    const headers = { 'idempotency-key': newId() }
    const bytes = fresh()
    const [first, again] = [await add(head, act, bytes, { headers }), await add(head, act, bytes, { headers })]
    expect(first.status).toBe(200)
    expect([again.status, again.body.id, again.headers['idempotent-replayed']]).toEqual([200, first.body.id, 'true'])
    expect((await listed(head, act)).items.length).toBe(1)
  })
})

describe('the same file', () => {
  it('is not taken twice by one act, and is pointed out where it is with another', async () => {
    const [one, two] = [await recorded(), await recorded(staff)]
    const bytes = fresh()
    const first = await add(head, one, bytes)
    const twice = await add(head, one, bytes, { name: '另一个名字.pdf' })
    expect([codeOf(twice), twice.body.error.params]).toEqual([[409, 'evidence.twice', '/file'], { name: '检查记录.pdf' }])
    const second = await add(staff, two, bytes)
    // Who may not see the other act is not told of it.
    expect([second.status, second.body.also]).toEqual([200, []])
    expect((await listed(staff, two)).items[0].also).toEqual([])
    expect((await listed(head, two)).items[0].also).toMatchObject([{ act: one, happenedOn: '2026-06-12' }])
    expect((await listed(head, one)).items[0].also).toMatchObject([{ act: two }])
    expect((await onDisk()).filter((hash) => hash === first.body.hash).length).toBe(1)
  })

  it('of two offices stays apart: neither learns of the other’s, and removing one leaves the other', async () => {
    const theirs = await h.as('head', 'b')
    const [act, other] = [await recorded(), await recorded(theirs)]
    const bytes = fresh()
    const [ours, kept] = [await add(head, act, bytes), await add(theirs, other, bytes)]
    expect([ours.body.also, kept.body.also, ours.body.hash]).toEqual([[], [], kept.body.hash])
    expect((await head.post(`/evidence/${ours.body.id}/remove`, { reason: '传错了' })).status).toBe(200)
    expect([(await onDisk()).includes(ours.body.hash), (await onDisk('b')).includes(ours.body.hash)]).toEqual([false, true])
    expect((await theirs.get(`/evidence/${kept.body.id}/file`)).status).toBe(200)
    expect((await head.get(`/evidence/${kept.body.id}/file`)).status).toBe(404)
  })
})

describe('reading', () => {
  it('is for exactly those who may read the act, on any day', async () => {
    const acts = [
      await recorded(),
      await recorded(staff),
      await recorded(clerk, { doneBy: personId('a', 'director') }),
      await recorded(head, { with: [personId('a', 'staff')] }),
    ]
    const seen: number[] = []
    for (const act of acts)
      for (const persona of personas)
        for (const asOf of ['2026-06-14', h.now().toISOString().slice(0, 10)]) {
          const [read, list] = await Promise.all(
            ['', '/evidence'].map(async (end) => (await h.as(persona)).get(`/acts/${act}${end}`, { asOf })),
          )
          expect(list?.status, `${persona} ${asOf}`).toBe(read?.status)
          seen.push(read?.status ?? 0)
        }
    expect(new Set(seen)).toEqual(new Set([200, 403, 404]))
  })

  it('hands out a file under its name, and shows in the page only what may be shown, which may do nothing', async () => {
    const act = await recorded()
    const word = (await add(head, act, samples.docx, { name: '总结.docx' })).body
    const picture = (await add(head, act, samples.png, { name: '照片' })).body
    expect([word.actions, picture.actions, picture.name]).toEqual([['download', 'remove'], ['show', 'download', 'remove'], '照片.png'])
    const file = await head.get(`/evidence/${word.id}/file`)
    expect(file.headers).toMatchObject({
      'content-type': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'content-disposition': 'attachment; filename="_.docx"; filename*=UTF-8\'\'%E6%80%BB%E7%BB%93.docx',
      'x-content-type-options': 'nosniff',
    })
    expect(codeOf(await head.get(`/evidence/${word.id}/show`))).toEqual([400, 'evidence.not_shown'])
    const shown = await head.get(`/evidence/${picture.id}/show`)
    expect(shown.headers).toMatchObject({ 'content-type': 'image/png', 'content-length': String(samples.png.length) })
    expect(shown.headers['content-disposition']).toMatch(/^inline;/)
    expect(shown.headers['content-security-policy']).toMatch(/^default-src 'none'; sandbox;/)
  })

  it('says so when the storage has lost the bytes', async () => {
    const { body } = await add(head, await recorded(), fresh())
    await h.files.erase(tenantId('a'), body.hash)
    expect(codeOf(await head.get(`/evidence/${body.id}/file`))).toEqual([410, 'evidence.lost'])
  })
})

describe('removing', () => {
  it('leaves who, when and why, proves that it was there, and the bytes are gone from the disk', async () => {
    const act = await recorded()
    const bytes = fresh()
    const { body: kept } = await add(head, act, bytes)
    expect(await onDisk()).toContain(kept.hash)
    expect(codeOf(await head.post(`/evidence/${kept.id}/remove`, { reason: '' }))).toEqual([400, 'request.invalid', '/reason'])
    expect(codeOf(await deputy.post(`/evidence/${kept.id}/remove`, { reason: '不该有' }))).toEqual([403, 'may.not'])
    expect(codeOf(await staff.post(`/evidence/${kept.id}/remove`, { reason: '不该有' }))).toEqual([404, 'thing.absent'])
    const gone = await clerk.post(`/evidence/${kept.id}/remove`, { reason: '含身份证号，改用遮盖件' })
    expect([gone.status, gone.body]).toMatchObject([
      200,
      { state: 'removed', gone: true, removed: { by: '郑文清', at: h.now().toISOString(), reason: '含身份证号，改用遮盖件' }, actions: [] },
    ])
    expect(await onDisk()).not.toContain(kept.hash)
    expect((await listed(head, act)).items).toMatchObject([{ id: kept.id, name: kept.name, hash: kept.hash, state: 'removed' }])
    expect(codeOf(await head.get(`/evidence/${kept.id}/file`))).toEqual([410, 'evidence.removed'])
    expect(codeOf(await head.post(`/evidence/${kept.id}/remove`, { reason: '再删一次' }))).toEqual([409, 'move.late'])
    const entries = await h.owner.unsafe(
      'SELECT e.kind, s.content FROM ledger_salt s JOIN ledger_entry e ON e.tenant_id = s.tenant_id AND e.id = s.entry_id WHERE s.thing_id = $1 ORDER BY e.id',
      [kept.id],
    )
    expect(entries.map(({ kind, content }) => [kind, JSON.parse(content).hash])).toEqual([
      ['evidence.added', kept.hash],
      ['evidence.removed', kept.hash],
    ])
    // Room again, for the same bytes too.
    expect((await add(head, act, bytes)).status).toBe(200)
  })

  it('keeps the bytes while another act has them', async () => {
    const bytes = fresh()
    const [one, two] = [await add(head, await recorded(), bytes), await add(head, await recorded(), bytes)]
    await head.post(`/evidence/${one.body.id}/remove`, { reason: '重复' })
    expect((await head.get(`/evidence/${two.body.id}/file`)).body).toBe(Buffer.from(bytes).toString())
    await head.post(`/evidence/${two.body.id}/remove`, { reason: '重复' })
    expect(await onDisk()).not.toContain(one.body.hash)
  })
})

describe('a correction', () => {
  it('shows what the entry it corrects has, and takes more itself', async () => {
    const old = await recorded()
    const { body: kept } = await add(head, old, fresh())
    const fixed = await head.post(`/acts/${old}/correct`, { what: '检查在建项目（改日期）', happenedOn: '2026-06-11', reason: '日期写错' })
    const own = await add(head, fixed.body.id, fresh())
    expect((await listed(head, fixed.body.id)).items).toMatchObject([
      { id: kept.id, act: old },
      { id: own.body.id, act: fixed.body.id },
    ])
    expect((await listed(head, old)).items.map(({ id }: { id: string }) => id)).toEqual([kept.id])
  })
})

describe('looking back', () => {
  it('what was uploaded later is said to be, what was removed later was there, and nothing can be done', async () => {
    const act = await recorded()
    const { body: first } = await add(head, act, fresh())
    h.setNow('2026-06-18T02:00:00Z')
    const { body: second } = await add(head, act, fresh())
    const { body: brief } = await add(head, act, fresh())
    await head.post(`/evidence/${first.id}/remove`, { reason: '传错了' })
    await head.post(`/evidence/${brief.id}/remove`, { reason: '传错了' })
    h.setNow('2026-06-19T02:00:00Z')
    const back = await listed(head, act, { asOf: '2026-06-17' })
    expect(back).toMatchObject({
      actions: [],
      items: [
        { id: first.id, state: 'kept', gone: true, later: false, actions: [] },
        { id: second.id, state: 'kept', gone: false, later: true, actions: [] },
      ],
    })
    expect(back.items.length).toBe(2)
    expect((await head.get(`/evidence/${second.id}/file`, { asOf: '2026-06-17' })).status).toBe(404)
    expect((await listed(head, act, { asOf: '2026-06-18' })).items[1].actions).toEqual(['show', 'download'])
  })
})
