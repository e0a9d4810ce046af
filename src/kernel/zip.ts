import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib'

/** Zip archives as far as office files need them: the directory is believed in nothing that it does not keep. */

export type ZipEntry = { name: string; method: number; packed: number; size: number; at: number }
export type ZipCaps = { entries: number; unpacked: number; ratio: number }

/** Whether the bytes begin as a zip archive does. */
export const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5)

/**
 * The entries of an archive by its central directory; null when there is none, `bomb` when it declares more than the caps allow: too many
 * entries, too much unpacked, or over 1 MB packed tighter than `ratio`. Nothing is unpacked.
 */
export function zipEntries(bytes: Uint8Array, caps: ZipCaps): ZipEntry[] | 'bomb' | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let end = bytes.length - 22
  const floor = Math.max(0, end - 65_536)
  while (end >= floor && view.getUint32(end, true) !== 0x06054b50) end--
  if (end < floor) return null
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  if (count === 0xffff || at === 0xffffffff || count > caps.entries) return 'bomb'
  const entries: ZipEntry[] = []
  let unpacked = 0
  let packed = 0
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) return null
    const entry = {
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    }
    if (entry.size === 0xffffffff) return 'bomb'
    packed += entry.packed
    unpacked += entry.size
    const nameLength = view.getUint16(at + 28, true)
    entries.push({ name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)), ...entry })
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return unpacked > caps.unpacked || (unpacked > 1024 * 1024 && unpacked > packed * caps.ratio) ? 'bomb' : entries
}

/** What an entry holds, never more than the size it declared; null when it is broken, lies about its size or is packed by an unknown method. */
export function unzip(bytes: Uint8Array, entry: ZipEntry): Buffer | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (entry.at + 30 > bytes.length || view.getUint32(entry.at, true) !== 0x04034b50) return null
  const from = entry.at + 30 + view.getUint16(entry.at + 26, true) + view.getUint16(entry.at + 28, true)
  const inside = bytes.subarray(from, from + entry.packed)
  if (inside.length < entry.packed) return null
  if (entry.method === 0) return entry.packed === entry.size ? Buffer.from(inside) : null
  if (entry.method !== 8) return null
  if (entry.size === 0) return Buffer.alloc(0)
  try {
    return inflateRawSync(inside, { maxOutputLength: entry.size })
  } catch {
    return null
  }
}

/** An archive of these files: packed, or stored as they are when it only goes from hand to hand. Plain names, no folders of their own. */
export function zip(files: Iterable<readonly [name: string, content: Uint8Array]>, how: 'packed' | 'stored' = 'packed'): Buffer {
  const local: Uint8Array[] = []
  const central: Uint8Array[] = []
  let at = 0
  for (const [name, content] of files) {
    const title = Buffer.from(name)
    const inside = how === 'packed' ? deflateRawSync(content) : content
    const head = Buffer.alloc(30)
    const entry = Buffer.alloc(46)
    head.writeUInt32LE(0x04034b50, 0)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(20, 4)
    // The same fields stand two bytes further in the directory.
    for (const [buffer, shift] of [
      [head, 0],
      [entry, 2],
    ] as const) {
      buffer.writeUInt16LE(20, 4 + shift)
      buffer.writeUInt16LE(0x0800, 6 + shift)
      buffer.writeUInt16LE(how === 'packed' ? 8 : 0, 8 + shift)
      // What only goes from hand to hand is not summed: a zero is no sum, and nobody checks it.
      buffer.writeUInt32LE(how === 'packed' ? crc32(content) : 0, 14 + shift)
      buffer.writeUInt32LE(inside.length, 18 + shift)
      buffer.writeUInt32LE(content.length, 22 + shift)
      buffer.writeUInt16LE(title.length, 26 + shift)
    }
    entry.writeUInt32LE(at, 42)
    local.push(head, title, inside)
    central.push(entry, title)
    at += 30 + title.length + inside.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(central.length / 2, 8)
  end.writeUInt16LE(central.length / 2, 10)
  end.writeUInt32LE(
    central.reduce((n, c) => n + c.length, 0),
    12,
  )
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...local, ...central, end])
}
