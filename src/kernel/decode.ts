import { decodeText } from '#kernel/text.ts'
import { wordText } from '#kernel/word.ts'
import { isZip, zipEntries } from '#kernel/zip.ts'

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
 * The text of a .txt, .md or .docx file; a table of a .docx is a line per row, cells parted by tabs (`word.ts`). Line ends become \n and a byte order mark is dropped; nothing else changes, and offsets everywhere count in this text.
 * Throws `Unreadable`: `empty`, `binary`, `not_docx`, `too_large` (over 20 MB), `zip_bomb` (over 100 MB unpacked by its own directory, or packed over 200 times).
 */
export async function decode(bytes: Uint8Array, filename: string): Promise<Decoded> {
  if (bytes.length > limits.file) throw new Unreadable('too_large', { max: limits.file / mb })
  if (bytes.length === 0) throw new Unreadable('empty')
  const zipped = isZip(bytes)
  const named = /\.docx$/i.test(filename)
  if (zipped || named) {
    if (!zipped) throw new Unreadable('not_docx')
    return { text: filled(await docx(bytes, named)), format: 'docx', encoding: 'docx' }
  }
  const plain = decodeText(bytes)
  if (!plain) throw new Unreadable('binary')
  return { text: filled(plain.text), format: /\.(md|markdown)$/i.test(filename) ? 'md' : 'txt', encoding: plain.encoding }
}

function filled(text: string): string {
  const clean = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n')
  if (clean.trim() === '') throw new Unreadable('empty')
  return clean
}

async function docx(bytes: Uint8Array, named: boolean): Promise<string> {
  const entries = zipEntries(bytes, limits)
  if (!entries) throw new Unreadable('not_docx')
  if (entries === 'bomb') throw new Unreadable('zip_bomb', { max: limits.unpacked / mb })
  if (!entries.some(({ name }) => name === 'word/document.xml')) throw new Unreadable(named ? 'not_docx' : 'binary')
  const { default: mammoth } = await import('mammoth')
  try {
    // mammoth's own raw text makes a line of every cell; its tree still knows which cells stand in one row.
    let text = ''
    await mammoth.convertToHtml(
      { buffer: Buffer.from(bytes) },
      {
        transformDocument: (document: unknown) => {
          text = wordText(document)
          return { type: 'document', children: [] }
        },
      },
    )
    return text
  } catch {
    throw new Unreadable('not_docx')
  }
}
