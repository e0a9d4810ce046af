import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Refusal } from '../errors.ts'
import { zip } from '../zip.ts'
import { type Book, readSheets, type Sheet, tablePage, writeSheets } from './index.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const only = (book: Book): Sheet => {
  expect(book.sheets).toHaveLength(1)
  return book.sheets[0] as Sheet
}
const texts = (sheet: Sheet) => sheet.rows.map((row) => row.cells)
const code = (bytes: Uint8Array) =>
  readSheets(bytes).then(
    () => 'read',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  )

/** A workbook whose one sheet is this XML, as other programs write it. */
const book = (sheetData: string, more: { merges?: string; styles?: string; extra?: [string, Uint8Array][] } = {}) =>
  zip([
    ['[Content_Types].xml', utf8('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')],
    [
      '_rels/.rels',
      utf8(
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
      ),
    ],
    [
      'xl/workbook.xml',
      utf8(
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="花名册" sheetId="1" r:id="rId1"/></sheets></workbook>',
      ),
    ],
    [
      'xl/_rels/workbook.xml.rels',
      utf8(
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>',
      ),
    ],
    [
      'xl/styles.xml',
      utf8(
        `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="2"/><xf numFmtId="14"/><xf numFmtId="0"/></cellXfs></styleSheet>`,
      ),
    ],
    [
      'xl/worksheets/sheet1.xml',
      utf8(
        `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${sheetData}</sheetData>${more.merges ?? ''}<rowBreaks count="1"/></worksheet>`,
      ),
    ],
    ...(more.extra ?? []),
  ])

describe('reading sheets', () => {
  it('fills merged areas, keeps row numbers and says what is hidden', async () => {
    const bytes = await writeSheets([
      {
        name: '在职',
        rows: [['花名册', null, null], [], ['单位', '姓名', '职务'], ['综合科', '甲', '科长'], [null, '乙', '']],
        merges: [
          { top: 1, left: 0, bottom: 1, right: 2 },
          { top: 4, left: 0, bottom: 5, right: 0 },
        ],
      },
      { name: '旧', rows: [['x']], hidden: true },
    ])
    const { sheets, format, macros } = await readSheets(bytes)
    expect([format, macros]).toEqual(['xlsx', false])
    expect(sheets.map((sheet) => [sheet.name, sheet.hidden])).toEqual([
      ['在职', false],
      ['旧', true],
    ])
    expect(sheets[0]?.rows).toEqual([
      { number: 1, cells: ['花名册', '花名册', '花名册'] },
      { number: 3, cells: ['单位', '姓名', '职务'] },
      { number: 4, cells: ['综合科', '甲', '科长'] },
      { number: 5, cells: ['综合科', '乙', ''] },
    ])
  })

  it('takes days, formulas, errors and numbers as people see them', async () => {
    const sheet = only(
      await readSheets(
        book(
          `<row r="1"><c r="A1" s="2"><v>45356</v></c><c r="B1"><f>1+1</f><v>2</v></c><c r="C1"><f>A9</f></c><c r="D1" t="e"><v>#REF!</v></c><c r="E1"><v>0.30000000000000004</v></c><c r="F1"><v>410102197506010012</v></c></row>`,
        ),
      ),
    )
    expect(texts(sheet)).toEqual([['2024-03-05', '2', '', '#REF!', '0.3', '410102197506010000']])
    expect([...sheet.notes]).toEqual([
      ['F1', 'rounded'],
      ['B1', 'formula'],
      ['C1', 'uncomputed'],
      ['D1', 'error'],
    ])
  })

  it('knows October of 1975.1 where the cell shows two decimals, and says where nobody can know', async () => {
    const sheet = only(
      await readSheets(
        book('<row r="1"><c r="A1" s="1"><v>1975.1</v></c><c r="B1"><v>1975.1</v></c><c r="C1" s="1"><v>1975.06</v></c></row>'),
      ),
    )
    expect(texts(sheet)).toEqual([['1975.10', '1975.1', '1975.06']])
    expect([...sheet.notes]).toEqual([['B1', 'cut']])
  })

  it('is not impressed by a million empty rows', async () => {
    const empty = Array.from(
      { length: 1_000_000 },
      (_, i) => `<row r="${i + 3}" s="1"><c r="A${i + 3}" s="1"/><c r="B${i + 3}" s="1"/></row>`,
    )
    const bytes = book(
      `<row r="1"><c r="A1" t="str"><v>姓名</v></c></row><row r="2"><c r="A2" t="str"><v>甲</v></c><c r="B2" s="3"/></row>${empty.join('')}`,
      {
        merges: '<mergeCells><mergeCell ref="A2:B900000"/></mergeCells>',
      },
    )
    const began = performance.now()
    const sheet = only(await readSheets(bytes))
    expect(texts(sheet)).toEqual([['姓名'], ['甲']])
    expect(performance.now() - began).toBeLessThan(10_000)
  }, 60_000)

  it('reads a large file in a thread of its own, which ends when it takes too long', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => [`某${i}`, `第${i}科`, i, `职务${i * 7}`])
    const bytes = await writeSheets([{ name: '大', rows, merges: [{ top: 1, left: 0, bottom: 2, right: 0 }] }])
    expect(bytes.length).toBeGreaterThan(512 * 1024)
    const sheet = only(await readSheets(bytes))
    expect([sheet.rows.length, sheet.rows[1]?.cells, sheet.notes instanceof Map]).toEqual([20_000, ['某0', '第1科', '1', '职务7'], true])
    await expect(readSheets(bytes, 0.001)).rejects.toMatchObject({ code: 'sheet.slow' })
    const broken = Buffer.from(bytes)
    broken.fill(0, 100, 60_000)
    await expect(readSheets(broken)).rejects.toMatchObject({ code: 'sheet.broken', places: [{ at: '/file' }] })
  })

  it('leaves macros alone and says that they are there', async () => {
    const read = await readSheets(book('<row r="1"><c r="A1" t="str"><v>甲</v></c></row>', { extra: [['xl/vbaProject.bin', utf8('Sub')]] }))
    expect(read.macros).toBe(true)
  })

  it('reads .csv of any usual encoding', async () => {
    const text = '姓名,单位\r\n"甲,乙","综合\n科"\r\n,\r\n'
    const gb = new Uint8Array([0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0xb5, 0xa5, 0xce, 0xbb, 0x0d, 0x0a, 0xbc, 0xd7, 0x2c, 0xd2, 0xd2])
    expect(texts(only(await readSheets(utf8(text))))).toEqual([
      ['姓名', '单位'],
      ['甲,乙', '综合\n科'],
    ])
    expect(texts(only(await readSheets(utf8(`\ufeff${text}`))))[0]).toEqual(['姓名', '单位'])
    const read = await readSheets(gb)
    expect([read.encoding, ...texts(only(read))]).toEqual(['gb18030', ['姓名', '单位'], ['甲', '乙']])
  })

  it.each([
    ['sheet.empty', utf8('')],
    ['sheet.empty', utf8('\n,,\n')],
    ['sheet.not_sheet', utf8('<!DOCTYPE html><table>')],
    ['sheet.not_sheet', utf8('%PDF-1.7')],
    ['sheet.not_sheet', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0])],
    ['sheet.not_sheet', zip([['word/document.xml', utf8('<w/>')]])],
    ['sheet.old', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])],
    ['sheet.broken', utf8('PK\u0003\u0004 and nothing more')],
    ['sheet.broken', zip([['xl/workbook.xml', utf8('<workbook>')]])],
    ['sheet.too_large', new Uint8Array(21 * 1024 * 1024)],
    ['sheet.bomb', zip([['xl/worksheets/sheet1.xml', new Uint8Array(20 * 1024 * 1024)]])],
    ['sheet.too_wide', book('<row r="1"><c r="XFD1"><v>1</v></c></row>')],
    ['sheet.too_many_rows', book('<row r="1048576"><c r="A1048576"><v>1</v></c></row>')],
    [
      'sheet.too_many_rows',
      book(Array.from({ length: 50_001 }, (_, i) => `<row r="${i + 1}"><c r="A${i + 1}"><v>1</v></c></row>`).join('')),
    ],
    [
      'sheet.too_many_cells',
      book(Array.from({ length: 3000 }, (_, i) => `<row r="${i + 1}"><c r="ZZ${i + 1}"><v>1</v></c></row>`).join('')),
    ],
  ])('refuses %s', async (expected, bytes) => {
    expect(await code(bytes)).toBe(expected)
  })

  it('gives a size that lies no room', async () => {
    const bytes = Buffer.from(book('<row r="1"><c r="A1"><v>1</v></c></row>'))
    // The directory says that the sheet is 10 bytes long.
    const at = bytes.lastIndexOf('xl/worksheets/sheet1.xml') - 46
    bytes.writeUInt32LE(10, at + 24)
    expect(await code(bytes)).toBe('sheet.broken')
  })
})

describe('writing sheets', () => {
  it('prints a table with title, two header rows and merged units', async () => {
    const page = tablePage({
      name: '责任清单',
      title: '2026 年度责任清单',
      note: '单位：示例市人防办',
      columns: [
        { header: '单位', merged: true },
        { header: '姓名', group: '责任人', centred: true },
        { header: '职务', group: '责任人' },
      ],
      rows: [
        ['综合科', '甲', '科长'],
        ['综合科', '乙', '副科长'],
        ['工程科', '丙', null],
      ],
    })
    expect(page.merges).toEqual([
      { top: 1, bottom: 1, left: 0, right: 2 },
      { top: 2, bottom: 2, left: 0, right: 2 },
      { top: 3, bottom: 4, left: 0, right: 0 },
      { top: 3, bottom: 3, left: 1, right: 2 },
      { top: 5, bottom: 6, left: 0, right: 0 },
    ])
    const sheet = only(await readSheets(await writeSheets([page])))
    expect(texts(sheet).slice(2)).toEqual([
      ['单位', '责任人', '责任人'],
      ['单位', '姓名', '职务'],
      ['综合科', '甲', '科长'],
      ['综合科', '乙', '副科长'],
      ['工程科', '丙', ''],
    ])
  })

  it('brings back every text that is put in', async () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.replace(/[\p{C}]/gu, '').trim())
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 6 }), async (rows) => {
        fc.pre(rows.some((row) => row.some((text) => text !== '')))
        const back = only(await readSheets(await writeSheets([{ name: 's', rows }])))
        const got = new Map(back.rows.map((row) => [row.number, row.cells]))
        rows.forEach((row, i) => {
          row.forEach((text, column) => {
            expect(got.get(i + 1)?.[column] ?? '').toBe(text)
          })
        })
      }),
      { numRuns: 60 },
    )
  })
})
