import { describe, expect, it } from 'vitest'
import { lookAt } from '#kernel/files/bytes.ts'
import { pdf, samples, strangers, zip } from './samples.ts'

/** What the bytes are, and how much of them was read to know. */
async function look(bytes: Buffer) {
  let read = 0
  const found = await lookAt({
    size: bytes.length,
    nul: bytes.includes(0),
    read: async (from, length) => {
      read += length
      return bytes.subarray(from, from + length)
    },
  })
  return { found, read }
}

describe('what a file is', () => {
  it.each(Object.entries(samples))('%s', async (kind, bytes) => {
    expect((await look(bytes)).found).toEqual({ kind })
  })

  it.each(strangers)('%s: %s', async (foreign, _name, bytes) => {
    expect((await look(bytes)).found).toEqual({ foreign })
  })

  it.each([
    ['GB18030', Buffer.from('b5b3d7e9d1a7cfb0bcc7c2bc0a', 'hex')],
    ['UTF-8 with its mark', Buffer.from('\ufeff党组学习记录')],
    ['UTF-16', Buffer.from('\ufeff党组学习记录', 'utf16le')],
    ['cut within a character at the end of what is looked at', Buffer.from(`a${'学'.repeat(40_000)}`)],
    ['beginning like a program', Buffer.from('MZ 明珠路工地检查记录')],
    ['beginning with a comparison', Buffer.from('<5 万元的项目清单')],
  ])('text: %s', async (_name, bytes) => {
    expect((await look(bytes)).found).toEqual({ kind: 'txt' })
  })

  it('a PDF after a byte order mark and an empty line, not one that is only talked of', async () => {
    expect((await look(Buffer.concat([Buffer.from('\ufeff\r\n'), pdf()]))).found).toEqual({ kind: 'pdf' })
    expect((await look(Buffer.from('see %PDF-1.4'))).found).toEqual({ kind: 'txt' })
  })

  it('is not unpacked to be known: a bomb costs what it weighs', async () => {
    const bomb = zip({ '[Content_Types].xml': '<x/>', 'word/document.xml': 'a'.repeat(30 * 1024 * 1024) }, 0xff_ff_ff_f0)
    expect(bomb.length).toBeLessThan(64 * 1024)
    const { found, read } = await look(bomb)
    expect(found).toEqual({ kind: 'docx' })
    expect(read).toBeLessThan(3 * bomb.length)
  })

  it('a directory that lies about its length is damaged, and nothing is read beyond the file', async () => {
    for (const [place, value] of [
      [12, 0x7f_ff_ff_ff],
      [16, 0x7f_ff_ff_ff],
      [12, 8],
    ] as const) {
      const lying = Buffer.from(samples.docx)
      lying.writeUInt32LE(value, lying.lastIndexOf('PK\x05\x06') + place)
      expect((await look(lying)).found).toEqual({ foreign: 'damaged' })
    }
  })
})
