/** Bytes of unknown encoding as text. No domain words; runs without a database. */

export type Decoded = { text: string; encoding: string }

/** UTF-8 (with or without a mark), UTF-16 of either order, or GB18030; null for bytes that are no text. A byte order mark is dropped, nothing else changes. */
export function decodeText(bytes: Uint8Array): Decoded | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return checked(new TextDecoder('utf-16le').decode(bytes), 'utf-16le')
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return checked(new TextDecoder('utf-16be').decode(bytes), 'utf-16be')
  const wide = widthOf(bytes)
  if (wide) return checked(new TextDecoder(wide).decode(bytes), wide)
  if (bytes.subarray(0, 65_536).some((b) => b === 0 || (b < 32 && b !== 9 && b !== 10 && b !== 12 && b !== 13 && b !== 27 && b !== 26)))
    return null
  return strictly(bytes, 'utf-8') ?? gb(bytes)
}

function strictly(bytes: Uint8Array, encoding: string): Decoded | null {
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding }
  } catch {
    return null
  }
}

/** Nearly every byte string decodes as GB18030: what comes out must also read. */
function gb(bytes: Uint8Array): Decoded | null {
  const decoded = strictly(bytes, 'gb18030')
  return decoded && checked(decoded.text, decoded.encoding)
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
function checked(text: string, encoding: string): Decoded | null {
  let odd = 0
  const sample = text.slice(0, 20_000)
  for (const c of sample) {
    const code = c.codePointAt(0) ?? 0
    if (c === '\ufffd' || (code < 32 && !'\t\n\r\f'.includes(c)) || (code >= 0x80 && code < 0xa0) || (code >= 0xe000 && code <= 0xf8ff))
      odd++
  }
  return odd * 50 > sample.length ? null : { text, encoding }
}
