import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { type Answer, house, postId } from '../../../test/harness.ts'

const h = await house()
const clerk = await h.as('clerk')
const speech = '在半年工作会议上的讲话\n\n一、把清单建好\n综合科要每月对照清单督查一次。\n'
const add = (fields: object = {}, headers: Record<string, string> = {}) =>
  clerk.post('/directives', { kind: 'speech', issuedOn: '2026-06-10', text: speech, ...fields }, headers)
const read = async (id: string) => (await clerk.get(`/directives/${id}`)).body
const codeOf = (answer: Answer) => [answer.status, answer.body.error?.code]

/** A zip of one entry that claims, and holds, `unpacked` zero bytes. */
function bomb(name: string, unpacked: number): Uint8Array {
  const packed = deflateRawSync(Buffer.alloc(unpacked))
  const file = Buffer.from(name)
  const head = Buffer.alloc(30)
  head.writeUInt32LE(0x04034b50, 0)
  head.writeUInt16LE(20, 4)
  head.writeUInt16LE(8, 8)
  head.writeUInt32LE(packed.length, 18)
  head.writeUInt32LE(unpacked, 22)
  head.writeUInt16LE(file.length, 26)
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt16LE(20, 6)
  entry.writeUInt16LE(8, 10)
  entry.writeUInt32LE(packed.length, 20)
  entry.writeUInt32LE(unpacked, 24)
  entry.writeUInt16LE(file.length, 28)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(46 + file.length, 12)
  end.writeUInt32LE(30 + file.length + packed.length, 16)
  return Buffer.concat([head, file, packed, entry, file, end])
}

describe('bad input', () => {
  const fields = { kind: 'speech', issuedOn: '2026-06-10' }
  const upload = (name: string, bytes: Uint8Array, more: Record<string, string> = {}) =>
    clerk.upload('/directives/file', { name, bytes }, { ...fields, ...more })

  it('a text file is read, in UTF-8 and in GB18030, and titled by its first line', async () => {
    const answer = await upload('讲话.txt', Buffer.from(speech))
    expect(answer.body).toMatchObject({ title: '在半年工作会议上的讲话' })
    expect((await read(answer.body.id)).text).toBe(speech)
    const gb = Buffer.from([0xd7, 0xdb, 0xba, 0xcf, 0xbf, 0xc6, 0xd2, 0xaa, 0xb0, 0xec, 0xba, 0xc3, 0xa1, 0xa3])
    expect((await read((await upload('a.txt', gb)).body.id)).text).toBe('综合科要办好。')
  })

  it.each([
    ['not a docx', 'a.docx', Buffer.from('plain words'), 400, 'directive.not_docx'],
    ['empty', 'a.txt', Buffer.alloc(0), 400, 'directive.empty'],
    ['blank', 'a.txt', Buffer.from(' \n　\n'), 400, 'directive.empty'],
    ['no letters', 'a.txt', Buffer.from('……！？'), 400, 'directive.empty'],
    ['binary', 'a.txt', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]), 400, 'directive.binary'],
    ['zip bomb', 'a.docx', bomb('word/document.xml', 150 * 1024 * 1024), 400, 'directive.zip_bomb'],
    ['50 MB', 'a.txt', Buffer.alloc(50 * 1024 * 1024, 0x61), 413, 'request.too_large'],
    ['too long', 'a.txt', Buffer.from('好'.repeat(400_001)), 413, 'directive.too_large'],
  ])('%s is refused, and nothing is kept', async (_, name, bytes, status, code) => {
    const before = (await h.owner.unsafe('SELECT count(*)::int AS n FROM directive'))[0]?.n
    const answer = await upload(name, bytes)
    expect(codeOf(answer)).toEqual([status, code])
    expect(answer.body.error.message).toMatch(/\p{Script=Han}/u)
    expect((await h.owner.unsafe('SELECT count(*)::int AS n FROM directive'))[0]?.n).toBe(before)
  })

  it('an upload’s fields are as bounded as a pasted paper’s', async () => {
    const file = Buffer.from('综合科要办好。')
    expect(codeOf(await upload('a.txt', file, { kind: 'song' }))).toEqual([400, 'request.invalid'])
    expect(codeOf(await upload('a.txt', file, { issuedOn: '2026-02-30' }))).toEqual([400, 'day.unknown'])
    expect(codeOf(await upload('a.txt', file, { speakerPost: postId('b', 'director') }))).toEqual([400, 'directive.speaker'])
    expect(codeOf(await upload('a.txt', file, { speakerPost: 'me' }))).toEqual([400, 'directive.speaker'])
    expect((await upload('a.txt', file, { speakerPost: postId('a', 'director') })).body.speaker.name).toBe('主任')
  })

  it('a NUL deep in a file is replaced one for one and pointed out', async () => {
    const before = `综合科要办好。\n${'好'.repeat(30_000)}`
    const made = await upload('a.txt', Buffer.from(`${before}\0\n工程科要办好。`))
    expect(made.status).toBe(200)
    const whole = await read(made.body.id)
    expect(whole.text).toBe(`${before}\ufffd\n工程科要办好。`)
    expect(whole.problems.filter((one: { code: string }) => one.code === 'text.cleaned')).toEqual([
      { code: 'text.cleaned', start: before.length, end: before.length + 1 },
    ])
    expect(whole.proposals.at(-1)).toMatchObject({ start: before.length + 2, seats: [{ names: ['王建业'] }] })
  })

  it('a pasted NUL or half a character is refused at its field', async () => {
    for (const text of ['综合科要\0办好。', '综合科要\ud800办好。']) {
      const answer = await add({ text })
      expect([...codeOf(answer), answer.body.error.at[0].at]).toEqual([400, 'request.bad_text', '/text'])
    }
    expect(codeOf(await add({ text: '……！' }))).toEqual([400, 'directive.empty'])
  })

  it('the same request twice is one directive', async () => {
    const key = { 'idempotency-key': 'paste-once-0001' }
    const [first, second] = [await add({ title: '一次' }, key), await add({ title: '一次' }, key)]
    expect([first.status, second.status, second.headers['idempotent-replayed']]).toEqual([200, 200, 'true'])
    expect(second.body).toEqual(first.body)
    expect((await clerk.get('/directives', { q: '一次' })).body.items).toHaveLength(1)
    expect(codeOf(await add({ title: '两次' }, key))).toEqual([422, 'idempotency.mismatch'])
  })
})
