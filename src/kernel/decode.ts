export type UnreadableCode = 'empty' | 'binary' | 'not_docx' | 'too_large' | 'zip_bomb'

/** A file that cannot be read as text. `code` is one of `UnreadableCode`; `params` fill its message (sizes in MB). */
export class Unreadable extends Error {
  readonly code: UnreadableCode
  readonly params: Record<string, string | number>
  constructor(code: UnreadableCode, params: Record<string, string | number> = {}) {
    super(`file.${code}`)
    this.name = 'Unreadable'
    this.code = code
    this.params = params
  }
}

export type Decoded = { text: string; format: 'txt' | 'md' | 'docx'; encoding: string }

const mb = 1024 * 1024
export const limits = { file: 20 * mb, unpacked: 100 * mb, ratio: 200, entries: 5000 }

/**
 * The text of a .txt, .md or .docx file. Line ends become \n and a byte order mark is dropped; nothing else changes, and offsets everywhere count in this text.
 * Throws `Unreadable`: `empty`, `binary`, `not_docx`, `too_large` (over 20 MB), `zip_bomb` (over 100 MB unpacked by its own directory, or packed over 200 times).
 */
export async function decode(bytes: Uint8Array, filename: string): Promise<Decoded> {
  if (bytes.length > limits.file) throw new Unreadable('too_large', { max: limits.file / mb })
  if (bytes.length === 0) throw new Unreadable('empty')
  const zipped = bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5)
  const named = /\.docx$/i.test(filename)
  if (zipped || named) {
    if (!zipped) throw new Unreadable('not_docx')
    return { text: filled(await docx(bytes, named)), format: 'docx', encoding: 'docx' }
  }
  const { text, encoding } = plain(bytes)
  return { text: filled(text), format: /\.(md|markdown)$/i.test(filename) ? 'md' : 'txt', encoding }
}

function filled(text: string): string {
  const clean = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n')
  if (clean.trim() === '') throw new Unreadable('empty')
  return clean
}

function plain(bytes: Uint8Array): { text: string; encoding: string } {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return checked(new TextDecoder('utf-16le').decode(bytes), 'utf-16le')
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return checked(new TextDecoder('utf-16be').decode(bytes), 'utf-16be')
  const wide = widthOf(bytes)
  if (wide) return checked(new TextDecoder(wide).decode(bytes), wide)
  if (bytes.subarray(0, 65_536).some((b) => b === 0 || (b < 32 && b !== 9 && b !== 10 && b !== 12 && b !== 13 && b !== 27 && b !== 26)))
    throw new Unreadable('binary')
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' }
  } catch {
    try {
      return checked(new TextDecoder('gb18030', { fatal: true }).decode(bytes), 'gb18030')
    } catch (error) {
      if (error instanceof Unreadable) throw error
      throw new Unreadable('binary')
    }
  }
}

/** UTF-16 without a mark: zero bytes, or the high byte of Chinese letters, on one side only. */
function widthOf(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes.length % 2) return null
  const sample = bytes.subarray(0, 4096)
  const high = [0, 0]
  const zero = [0, 0]
  sample.forEach((b, i) => {
    if (b === 0) zero[i % 2] = (zero[i % 2] ?? 0) + 1
    if (b === 0 || b === 0x30 || b === 0xff || (b >= 0x4e && b <= 0x9f)) high[i % 2] = (high[i % 2] ?? 0) + 1
  })
  const half = sample.length / 2
  for (const side of [0, 1])
    if ((zero[side] ?? 0) > 0 && (zero[1 - side] ?? 0) === 0 && (high[side] ?? 0) > half * 0.95) return side ? 'utf-16le' : 'utf-16be'
  return null
}

/** Bytes that decode but do not read: replacement characters and controls say that this is no text. */
function checked(text: string, encoding: string): { text: string; encoding: string } {
  let odd = 0
  const sample = text.slice(0, 20_000)
  for (const c of sample) {
    const code = c.codePointAt(0) ?? 0
    if (c === '\ufffd' || (code < 32 && !'\t\n\r\f'.includes(c)) || (code >= 0x80 && code < 0xa0) || (code >= 0xe000 && code <= 0xf8ff))
      odd++
  }
  if (odd * 50 > sample.length) throw new Unreadable('binary')
  return { text, encoding }
}

async function docx(bytes: Uint8Array, named: boolean): Promise<string> {
  const names = directoryOf(bytes)
  if (!names) throw new Unreadable('not_docx')
  if (!names.includes('word/document.xml')) throw new Unreadable(named ? 'not_docx' : 'binary')
  const { default: mammoth } = await import('mammoth')
  try {
    const { value } = await mammoth.extractRawText({ buffer: Buffer.from(bytes) })
    return value.replace(/\n\n/g, '\n')
  } catch {
    throw new Unreadable('not_docx')
  }
}

/** The names in a zip's central directory, after checking what it declares; null when there is none. Nothing is unpacked. */
function directoryOf(bytes: Uint8Array): string[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let end = bytes.length - 22
  const floor = Math.max(0, end - 65_536)
  while (end >= floor && view.getUint32(end, true) !== 0x06054b50) end--
  if (end < floor) return null
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  if (count === 0xffff || at === 0xffffffff || count > limits.entries) throw new Unreadable('zip_bomb', { max: limits.unpacked / mb })
  const names: string[] = []
  let unpacked = 0
  let packed = 0
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) return null
    packed += view.getUint32(at + 20, true)
    const size = view.getUint32(at + 24, true)
    if (size === 0xffffffff) throw new Unreadable('zip_bomb', { max: limits.unpacked / mb })
    unpacked += size
    const nameLength = view.getUint16(at + 28, true)
    names.push(new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)))
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  if (unpacked > limits.unpacked || (unpacked > mb && unpacked > packed * limits.ratio))
    throw new Unreadable('zip_bomb', { max: limits.unpacked / mb })
  return names
}
