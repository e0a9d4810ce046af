import { crc32, deflateRawSync, deflateSync } from 'node:zlib'

/** Small files of every kind, made here: the smallest that programs of their kind open. */

const latin = (text: string) => Buffer.from(text, 'latin1')
const utf8 = (text: string) => Buffer.from(text, 'utf8')

/** A zip of these entries. `grown`: what each says it unpacks to, for bombs. */
export function zip(entries: Record<string, string>, grown?: number): Buffer {
  const local: Buffer[] = []
  const directory: Buffer[] = []
  let from = 0
  for (const [name, text] of Object.entries(entries)) {
    const raw = utf8(text)
    const packed = deflateRawSync(raw)
    const facts = Buffer.alloc(26)
    facts.writeUInt16LE(20, 0)
    facts.writeUInt16LE(0x0800, 2)
    facts.writeUInt16LE(8, 4)
    facts.writeUInt32LE(crc32(raw), 10)
    facts.writeUInt32LE(packed.length, 14)
    facts.writeUInt32LE(grown ?? raw.length, 18)
    facts.writeUInt16LE(utf8(name).length, 22)
    const head = Buffer.concat([latin('PK\x03\x04'), facts, utf8(name)])
    const more = Buffer.alloc(14)
    more.writeUInt32LE(from, 10)
    directory.push(Buffer.concat([latin('PK\x01\x02'), Buffer.from([20, 0]), facts, more, utf8(name)]))
    local.push(head, packed)
    from += head.length + packed.length
  }
  const names = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(directory.length, 4)
  end.writeUInt16LE(directory.length, 6)
  end.writeUInt32LE(names.length, 8)
  end.writeUInt32LE(from, 12)
  return Buffer.concat([...local, names, latin('PK\x05\x06'), end])
}

/** A PNG of one colour, `side` pixels wide and high. */
export function png(side = 1, [red, green, blue] = [178, 34, 34]): Buffer {
  const chunk = (name: string, data: Buffer) => {
    const sized = Buffer.alloc(4)
    sized.writeUInt32BE(data.length)
    const sum = Buffer.alloc(4)
    sum.writeUInt32BE(crc32(Buffer.concat([latin(name), data])))
    return Buffer.concat([sized, latin(name), data, sum])
  }
  const facts = Buffer.alloc(13)
  facts.writeUInt32BE(side, 0)
  facts.writeUInt32BE(side, 4)
  facts.set([8, 2], 8)
  const row = Buffer.concat([Buffer.from([0]), ...Array.from({ length: side }, () => Buffer.from([red ?? 0, green ?? 0, blue ?? 0]))])
  const rows = deflateSync(Buffer.concat(Array.from({ length: side }, () => row)))
  return Buffer.concat([latin('\x89PNG\r\n\x1a\n'), chunk('IHDR', facts), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))])
}

/** A PDF of one page that says a line; its table of places is right. */
export function pdf(says = 'Evidence'): Buffer {
  const stream = `BT /F1 24 Tf 60 760 Td (${says}) Tj ET`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]
  let text = '%PDF-1.4\n'
  const places = objects.map((object, i) => {
    const at = text.length
    text += `${i + 1} 0 obj\n${object}\nendobj\n`
    return at
  })
  const table = text.length
  const rows = places.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')
  return latin(`${text}xref\n0 6\n0000000000 65535 f \n${rows}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`)
}

const types = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
const office = (main: string, more: Record<string, string> = {}) => zip({ '[Content_Types].xml': types, [main]: '<x/>', ...more })
const box = (brand: string, ...others: string[]) => {
  const brands = latin(`${brand}\0\0\0\0${others.join('')}`)
  const size = Buffer.alloc(4)
  size.writeUInt32BE(brands.length + 8)
  return Buffer.concat([size, latin('ftyp'), brands, Buffer.alloc(32)])
}

export const samples = {
  pdf: pdf(),
  png: png(),
  jpeg: Buffer.concat([latin('\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0'), latin('\xff\xd9')]),
  webp: latin('RIFF\x24\0\0\0WEBPVP8 \x18\0\0\0'),
  heic: box('heic', 'mif1', 'heic'),
  docx: office('word/document.xml', { 'word/_rels/document.xml.rels': '<x/>' }),
  xlsx: office('xl/workbook.xml', { 'xl/worksheets/sheet1.xml': '<x/>' }),
  pptx: office('ppt/presentation.xml'),
  ofd: zip({ 'OFD.xml': '<x/>', 'Doc_0/Document.xml': '<x/>' }),
  txt: utf8('党组理论学习中心组学习记录\n时间：2026年6月15日\n'),
} satisfies Record<string, Buffer>

/** What is not taken, by what it is. */
export const strangers: readonly (readonly [what: string, name: string, bytes: Buffer])[] = [
  ['program', 'Windows', latin('MZ\x90\0\x03\0\0\0')],
  ['program', 'Linux', latin('\x7fELF\x02\x01\x01\0')],
  ['program', 'macOS', latin('\xcf\xfa\xed\xfe\x07\0\0\x01')],
  ['program', 'Java', zip({ 'META-INF/MANIFEST.MF': 'Main-Class: X', 'X.class': 'x' })],
  ['program', 'WebAssembly', latin('\0asm\x01\0\0\0')],
  ['script', 'shell', latin('#!/bin/sh\nrm -rf /\n')],
  ['html', 'page', utf8('\ufeff\n<!-- x -->\n<!DOCTYPE html><html><body>x')],
  ['html', 'script alone', utf8('  <script>alert(1)</script>')],
  ['html', 'XHTML', utf8('<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml">')],
  ['svg', 'drawing', utf8('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')],
  ['svg', 'with a declaration', utf8('<?xml version="1.0"?>\n<!-- made by -->\n<svg viewBox="0 0 1 1"/>')],
  ['xml', 'data', utf8('<?xml version="1.0"?><a/>')],
  ['archive', 'zip', zip({ 'a.txt': 'a' })],
  ['archive', 'empty zip', latin(`PK\x05\x06${'\0'.repeat(18)}`)],
  ['archive', 'zip that names itself types', zip({ '[Content_Types].xml': types, 'evil.html': '<html>' })],
  ['archive', 'rar', latin('Rar!\x1a\x07\x01\0')],
  ['archive', '7z', latin('7z\xbc\xaf\x27\x1c\0\x04')],
  ['archive', 'gzip', latin('\x1f\x8b\x08\0\0\0\0\0')],
  ['old_office', '.doc', latin('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0')],
  ['macros', '.docm', office('word/document.xml', { 'word/vbaProject.bin': 'x' })],
  ['macros', '.xlsm', office('xl/workbook.xml', { 'xl/vbaProject.bin': 'x' })],
  ['picture', 'GIF', latin('GIF89a\x01\0\x01\0')],
  ['picture', 'BMP', latin('BM\x3a\0\0\0\0\0\0\0\x36\0\0\0')],
  ['picture', 'TIFF', latin('II*\0\x08\0\0\0')],
  ['sound', 'film', box('isom', 'mp41')],
  ['sound', 'AVIF is no HEIC', box('avif', 'mif1')],
  ['sound', 'WAV', latin('RIFF\x24\0\0\0WAVEfmt ')],
  ['damaged', 'half a Word file', office('word/document.xml').subarray(0, 100)],
  ['empty', 'nothing', Buffer.alloc(0)],
  ['unknown', 'noise', latin('\x01\x02\x03\0\xfe\xfd')],
  ['unknown', 'a NUL far into a text', Buffer.concat([Buffer.alloc(100_000, 'a'), Buffer.alloc(1)])],
]
