import type { FileKind, Foreign, Found } from './kinds.ts'

/** A file's bytes, read where they are asked for. `nul`: whether a NUL occurs anywhere in it. */
export type Bytes = { size: number; nul: boolean; read: (from: number, length: number) => Promise<Uint8Array> }

type Mark = readonly [at: number, bytes: string]
/** A sign for each byte. `TextDecoder` says Latin-1 and means Windows-1252. */
const latin = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')

/** Signatures at fixed places, in Latin-1: all marks of a row must be there. */
const signatures: readonly (readonly [kind: FileKind, ...Mark[]])[] = [
  ['png', [0, '\x89PNG\r\n\x1a\n'], [12, 'IHDR']],
  ['jpeg', [0, '\xff\xd8\xff']],
  ['webp', [0, 'RIFF'], [8, 'WEBP']],
]
const foreigners: readonly (readonly [what: Foreign, ...Mark[]])[] = [
  ['program', [0, 'MZ']],
  ['program', [0, '\x7fELF']],
  ['program', [0, '\xfe\xed\xfa']],
  ['program', [0, '\xce\xfa\xed\xfe']],
  ['program', [0, '\xcf\xfa\xed\xfe']],
  ['program', [0, '\xca\xfe\xba\xbe']],
  ['program', [0, '\0asm']],
  ['program', [0, 'dex\n']],
  ['program', [0, 'L\0\0\0\x01\x14\x02\0']],
  ['script', [0, '#!']],
  ['old_office', [0, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1']],
  ['archive', [0, 'Rar!\x1a\x07']],
  ['archive', [0, '7z\xbc\xaf\x27\x1c']],
  ['archive', [0, '\x1f\x8b']],
  ['archive', [0, 'BZh']],
  ['archive', [0, '\xfd7zXZ\0']],
  ['archive', [0, '\x28\xb5\x2f\xfd']],
  ['archive', [257, 'ustar']],
  ['archive', [0, 'PK\x05\x06']],
  ['picture', [0, 'GIF8']],
  ['picture', [0, 'BM'], [6, '\0\0\0\0']],
  ['picture', [0, 'II*\0']],
  ['picture', [0, 'MM\0*']],
  ['sound', [0, 'RIFF']],
  ['sound', [0, 'OggS']],
  ['sound', [0, 'fLaC']],
  ['sound', [0, 'ID3']],
  ['sound', [0, '\x1aE\xdf\xa3']],
  ['sound', [0, '\x30\x26\xb2\x75\x8e\x66\xcf\x11']],
  ['sound', [0, '\0\0\x01\xba']],
]
const still = /^(?:hei[cmxs]|hev[cmx]|mif1|msf1)$/
const headLength = 64 * 1024

/**
 * What the bytes are. Packed formats are told by the list of their entries' names: nothing is ever unpacked, so that a small file that
 * unpacks to a huge one costs what a small file costs.
 */
export async function lookAt(bytes: Bytes): Promise<Found> {
  if (bytes.size === 0) return { foreign: 'empty' }
  const head = await bytes.read(0, Math.min(bytes.size, headLength))
  const text = latin(head.subarray(0, 1024))
  const has = ([, ...marks]: readonly [string, ...Mark[]]) => marks.every(([at, sign]) => text.startsWith(sign, at))
  const known = signatures.find(has)
  if (known) return { kind: known[0] }
  // Scanners write a byte order mark or an empty line before it; readers of PDF allow that.
  if (/^(?:\xef\xbb\xbf)?\s{0,16}%PDF-\d/.test(text)) return { kind: 'pdf' }
  if (text.startsWith('ftyp', 4)) return boxed(text)
  if (text.startsWith('PK\x03\x04')) return packed(bytes)
  // A text may well begin with MZ or ID3; without a single NUL it is no program and no song.
  const foreigner = foreigners.find((row) => has(row) && (bytes.nul || row[0] === 'script'))
  return foreigner ? { foreign: foreigner[0] } : written(head, bytes)
}

/** Photos of telephones and films share one container; the brands in its first box tell them apart. */
function boxed(text: string): Found {
  const length = Math.min(
    [0, 1, 2, 3].reduce((sum, i) => sum * 256 + text.charCodeAt(i), 0),
    text.length,
  )
  const brands = [text.slice(8, 12), ...(text.slice(16, length).match(/.{4}/gs) ?? [])]
  return brands.some((brand) => still.test(brand)) && !brands.includes('avif') ? { kind: 'heic' } : { foreign: 'sound' }
}

const entriesAtMost = 20_000
const directoryAtMost = 4 * 1024 * 1024

/** The names of a zip's entries from its directory at the end; null when that is not whole. */
async function namesIn(bytes: Bytes): Promise<string[] | null> {
  const tailLength = Math.min(bytes.size, 22 + 65_535)
  const tail = await bytes.read(bytes.size - tailLength, tailLength)
  const end = latin(tail).lastIndexOf('PK\x05\x06')
  if (end < 0 || end + 22 > tail.length) return null
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength)
  const [count, length, from] = [view.getUint16(end + 10, true), view.getUint32(end + 12, true), view.getUint32(end + 16, true)]
  if (count > entriesAtMost || length > directoryAtMost || from + length > bytes.size) return null
  const directory = await bytes.read(from, length)
  const entries = new DataView(directory.buffer, directory.byteOffset, directory.byteLength)
  const names: string[] = []
  for (let at = 0; names.length < count; ) {
    if (at + 46 > length || entries.getUint32(at, true) !== 0x02014b50) return null
    const [name, extra, comment] = [28, 30, 32].map((field) => entries.getUint16(at + field, true)) as [number, number, number]
    if (at + 46 + name > length) return null
    names.push(latin(directory.subarray(at + 46, at + 46 + name)).replaceAll('\\', '/'))
    at += 46 + name + extra + comment
  }
  return names
}

const parts: readonly (readonly [FileKind, RegExp])[] = [
  ['docx', /^word\/document\d*\.xml$/],
  ['xlsx', /^xl\/workbook\d*\.xml$/],
  ['pptx', /^ppt\/presentation\d*\.xml$/],
]

async function packed(bytes: Bytes): Promise<Found> {
  const names = await namesIn(bytes)
  if (names === null) return { foreign: 'damaged' }
  if (names.some((name) => /(?:^|\/)vbaProject\.bin$/i.test(name))) return { foreign: 'macros' }
  if (names.includes('[Content_Types].xml')) {
    const part = parts.find(([, main]) => names.some((name) => main.test(name)))
    if (part) return { kind: part[0] }
  }
  if (names.some((name) => /^\/?OFD\.xml$/i.test(name))) return { kind: 'ofd' }
  if (names.some((name) => /^META-INF\/MANIFEST\.MF$|^AndroidManifest\.xml$/.test(name))) return { foreign: 'program' }
  return { foreign: 'archive' }
}

const encodings = ['utf-8', 'gb18030'] as const

/** Text in the encodings of Chinese offices, or nothing known. Markup is told from text by how it begins. */
function written(head: Uint8Array, { nul }: Bytes): Found {
  const marked = head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : null
  if (nul && marked === null) return { foreign: 'unknown' }
  const text = (marked ? [marked] : encodings).map((encoding) => decoded(head, encoding)).find((one) => one !== null)
  if (text === undefined || text === null) return { foreign: 'unknown' }
  const begins = text.replace(/^(?:\s|<!--[\s\S]{0,2000}?-->)*/, '').slice(0, 2000)
  if (/^<(?:\?xml[\s\S]*?<)?svg[\s>]/i.test(begins) || /^<!doctype svg/i.test(begins)) return { foreign: 'svg' }
  if (/^<(?:!doctype html|html|head|body|script|iframe|style|title|meta|link|table|div|p|a|img|h1)\b/i.test(begins))
    return { foreign: 'html' }
  if (/^<\?xml/i.test(begins)) return { foreign: /<html[\s>]/i.test(begins) ? 'html' : /<svg[\s>]/i.test(begins) ? 'svg' : 'xml' }
  return { kind: 'txt' }
}

function decoded(bytes: Uint8Array, encoding: string): string | null {
  try {
    // A stretch may end within a character: that is no fault of the text.
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true })
    return /\p{Cc}/u.test(text.replace(/[\t\n\f\r]/g, '')) ? null : text
  } catch {
    return null
  }
}
