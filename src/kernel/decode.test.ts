import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { decode, limits, Unreadable } from './decode.ts'

const utf8 = (s: string) => new TextEncoder().encode(s)
const utf16 = (s: string, little: boolean) => {
  const out = new Uint8Array(s.length * 2)
  const view = new DataView(out.buffer)
  for (let i = 0; i < s.length; i++) view.setUint16(i * 2, s.charCodeAt(i), little)
  return out
}
// “各科室要落实责任。” in GB18030.
const gb = new Uint8Array([0xb8, 0xf7, 0xbf, 0xc6, 0xca, 0xd2, 0xd2, 0xaa, 0xc2, 0xe4, 0xca, 0xb5, 0xd4, 0xf0, 0xc8, 0xce, 0xa1, 0xa3])
const said = '各科室要落实责任。'
const join = (...parts: Uint8Array[]) => new Uint8Array(parts.flatMap((p) => [...p]))

/** A zip of the given files; `claim` overrides the unpacked size that the directory declares. */
function zip(files: Record<string, string>, claim?: number): Uint8Array {
  const local: Uint8Array[] = []
  const central: Uint8Array[] = []
  let at = 0
  for (const [name, text] of Object.entries(files)) {
    const data = utf8(text)
    const packed = new Uint8Array(deflateRawSync(data))
    const crc = crc32(data)
    const head = new DataView(new ArrayBuffer(30))
    head.setUint32(0, 0x04034b50, true)
    head.setUint16(4, 20, true)
    head.setUint16(8, 8, true)
    head.setUint32(14, crc, true)
    head.setUint32(18, packed.length, true)
    head.setUint32(22, data.length, true)
    head.setUint16(26, name.length, true)
    const entry = new DataView(new ArrayBuffer(46))
    entry.setUint32(0, 0x02014b50, true)
    entry.setUint16(4, 20, true)
    entry.setUint16(6, 20, true)
    entry.setUint16(10, 8, true)
    entry.setUint32(16, crc, true)
    entry.setUint32(20, packed.length, true)
    entry.setUint32(24, claim ?? data.length, true)
    entry.setUint16(28, name.length, true)
    entry.setUint32(42, at, true)
    local.push(join(new Uint8Array(head.buffer), utf8(name), packed))
    central.push(join(new Uint8Array(entry.buffer), utf8(name)))
    at += 30 + name.length + packed.length
  }
  const size = central.reduce((n, c) => n + c.length, 0)
  const end = new DataView(new ArrayBuffer(22))
  end.setUint32(0, 0x06054b50, true)
  end.setUint16(8, central.length, true)
  end.setUint16(10, central.length, true)
  end.setUint32(12, size, true)
  end.setUint32(16, at, true)
  return join(...local, ...central, new Uint8Array(end.buffer))
}
function crc32(data: Uint8Array): number {
  let c = 0xffffffff
  for (const b of data) {
    c ^= b
    for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1
  }
  return (c ^ 0xffffffff) >>> 0
}
const document = (paragraphs: string[]) =>
  `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${paragraphs.map((p) => `<w:p><w:r><w:t>${p}</w:t></w:r></w:p>`).join('')}</w:body></w:document>`
const word = (paragraphs: string[], claim?: number) =>
  zip(
    {
      '[Content_Types].xml':
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
      '_rels/.rels':
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
      'word/document.xml': document(paragraphs),
    },
    claim,
  )

const code = (bytes: Uint8Array, name: string) =>
  decode(bytes, name).then(
    () => 'read',
    (e: unknown) => (e instanceof Unreadable ? e.code : String(e)),
  )

describe('decode', () => {
  it.each<[string, Uint8Array, string]>([
    ['utf-8', utf8(said), 'utf-8'],
    ['utf-8 with a mark', join(new Uint8Array([0xef, 0xbb, 0xbf]), utf8(said)), 'utf-8'],
    ['gb18030', gb, 'gb18030'],
    ['utf-16le with a mark', join(new Uint8Array([0xff, 0xfe]), utf16(said, true)), 'utf-16le'],
    ['utf-16be with a mark', join(new Uint8Array([0xfe, 0xff]), utf16(said, false)), 'utf-16be'],
  ])('%s', async (_name, bytes, encoding) => {
    expect(await decode(bytes, 'a.txt')).toEqual({ text: said, format: 'txt', encoding })
  })
  it('line ends become one kind', async () => {
    expect((await decode(utf8('甲\r\n乙\r丙'), 'a.md')).text).toBe('甲\n乙\n丙')
    expect((await decode(utf8('# 甲'), 'a.md')).format).toBe('md')
  })
  it('Word by its paragraphs, whatever the name says', async () => {
    expect(await decode(word(['一、甲', '各科室要落实。']), 'a.docx')).toEqual({
      text: '一、甲\n各科室要落实。\n',
      format: 'docx',
      encoding: 'docx',
    })
    expect((await decode(word(['甲']), 'a.txt')).format).toBe('docx')
  })
  it('refuses with a code what is no text', async () => {
    expect(await code(new Uint8Array(0), 'a.txt')).toBe('empty')
    expect(await code(utf8(' \n　\n'), 'a.txt')).toBe('empty')
    expect(await code(word(['']), 'a.docx')).toBe('empty')
    expect(await code(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3, 0, 0, 13, 10]), 'a.txt')).toBe('binary')
    expect(await code(new Uint8Array(Array.from({ length: 4000 }, (_, i) => (i * 7919 + (i >> 3) * 104729) & 0xff)), 'a.txt')).toBe(
      'binary',
    )
    expect(await code(utf8(said), 'a.docx')).toBe('not_docx')
    expect(await code(zip({ 'hello.txt': '甲' }), 'a.docx')).toBe('not_docx')
    expect(await code(zip({ 'hello.txt': '甲' }), 'a.txt')).toBe('binary')
    expect(await code(word(['甲']).subarray(0, 200), 'a.docx')).toBe('not_docx')
    expect(await code(new Uint8Array(limits.file + 1).fill(65), 'a.txt')).toBe('too_large')
  })
  it('a zip bomb is refused by what it declares, before anything is unpacked', async () => {
    expect(await code(word(['甲'], limits.unpacked), 'a.docx')).toBe('zip_bomb')
    expect(await code(word(['甲'.repeat(3_000_000)]), 'a.docx')).toBe('zip_bomb')
  })
})
