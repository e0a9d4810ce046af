import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fill, Refusal } from '../errors.ts'
import { type FileKind, factsOf, fileKinds } from './kinds.ts'
import { accepted, disposition, safeName } from './names.ts'
import { fileRefusals } from './refusals.ts'

const kind = fc.constantFrom(...fileKinds)
const name = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc
    .array(fc.constantFrom('..', '/', '\\', '.', ' ', 'CON', '\u202e', '\r\n', '"', ';', '会议纪要', '.pdf', '.exe', '%', '\ud83d'), {
      maxLength: 40,
    })
    .map((pieces) => pieces.join('')),
)

describe('a safe name', () => {
  it.each<[string, FileKind, string]>([
    ['3月5日学习照片.JPG', 'jpeg', '3月5日学习照片.jpg'],
    ['C:\\Users\\张\\桌面\\纪要.docx', 'docx', '纪要.docx'],
    ['../../etc/passwd', 'txt', 'passwd.txt'],
    ['..', 'pdf', 'file.pdf'],
    ['', 'png', 'file.png'],
    ['.pdf', 'pdf', 'pdf.pdf'],
    ['CON', 'txt', '_CON.txt'],
    ['报告\u202Efdp.exe', 'pdf', '报告fdp.exe.pdf'],
    ['扫描件 第1版', 'pdf', '扫描件 第1版.pdf'],
    ['2026.03.05', 'pdf', '2026.03.05.pdf'],
    ['关于"三重一大"?的通知.pdf', 'pdf', '关于_三重一大__的通知.pdf'],
    ['换行\r\n注入: x.pdf', 'pdf', '换行注入_ x.pdf'],
    ['结尾有点. .pdf', 'pdf', '结尾有点.pdf'],
    [`${'长'.repeat(200)}.pdf`, 'pdf', `${'长'.repeat(78)}.pdf`],
  ])('%j as %s: %s', (raw, of, expected) => {
    expect(safeName(raw, of)).toBe(expected)
  })

  it('holds no folder and nothing unseen, ends as its kind does, is short, and is safe already the second time', () => {
    fc.assert(
      fc.property(name, kind, (raw, of) => {
        const safe = safeName(raw, of)
        expect(safe).not.toMatch(/[/\\<>:"|?*]|\p{Cc}|\p{Cf}/u)
        expect(safe).not.toMatch(/^[. ]|[. ]$/)
        expect([...safe].length).toBeLessThanOrEqual(121)
        expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(241)
        expect(safe.isWellFormed()).toBe(true)
        expect(factsOf(of).endings).toContain(safe.split('.').at(-1))
        expect(safe.split('.')[0]).toMatch(/^(?!(?:con|prn|aux|nul|com\d|lpt\d)$)./i)
        expect(safeName(safe, of)).toBe(safe)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('the header of a download', () => {
  it('names a Chinese file twice: in UTF-8, and in plain letters', () => {
    expect(disposition('会议纪要（定稿）.pdf')).toBe(
      'attachment; filename="_(_).pdf"; filename*=UTF-8\'\'%E4%BC%9A%E8%AE%AE%E7%BA%AA%E8%A6%81%EF%BC%88%E5%AE%9A%E7%A8%BF%EF%BC%89.pdf',
    )
    expect(disposition("it's (1).pdf", true)).toBe("inline; filename=\"it's (1).pdf\"; filename*=UTF-8''it%27s%20%281%29.pdf")
  })

  it('is one line of plain signs whatever the name, and says the name back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (raw) => {
        const said = disposition(raw)
        const parts =
          /^attachment; filename="[\x20-\x21\x23-\x24\x26-\x5b\x5d-\x7e]*"; filename\*=UTF-8''([A-Za-z0-9!#$&+.^_`|~%-]*)$/.exec(said)
        expect(parts).not.toBeNull()
        expect(decodeURIComponent(parts?.[1] ?? '')).toBe(raw.toWellFormed())
      }),
    )
  })
})

describe('a name against its bytes', () => {
  const refusal = (raw: string, found: Parameters<typeof accepted>[1]) => {
    try {
      return accepted(raw, found)
    } catch (error) {
      if (error instanceof Refusal) return [error.code, error.places[0]?.at, fill(fileRefusals[error.code]?.[1] ?? '', error.params)]
      throw error
    }
  }

  it('is kept when they agree, or when it promises nothing', () => {
    expect(refusal('照片.jpeg', { kind: 'jpeg' })).toEqual({ name: '照片.jpeg', kind: 'jpeg' })
    expect(refusal('照片', { kind: 'jpeg' })).toEqual({ name: '照片.jpg', kind: 'jpeg' })
    expect(refusal('纪要.v2', { kind: 'pdf' })).toEqual({ name: '纪要.v2.pdf', kind: 'pdf' })
  })

  it('is refused with what it really is', () => {
    expect(refusal('扫描件.pdf', { kind: 'jpeg' })).toEqual([
      'file.really_jpeg',
      '/file',
      '“扫描件.pdf”的后缀是 .pdf，内容其实是 JPEG 图片。请确认没有选错；没有选错就把后缀改成 .jpg 再传。',
    ])
    expect(refusal('照片.jpg.exe', { kind: 'jpeg' })).toContain('file.really_jpeg')
    expect(refusal('表.xls', { foreign: 'old_office' })).toContain('file.is_old_office')
  })
})
