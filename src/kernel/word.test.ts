import { describe, expect, it } from 'vitest'
import { decode } from './decode.ts'
import { zip } from './zip.ts'

const utf8 = (s: string) => new TextEncoder().encode(s)
const ns = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const p = (words: string) => `<w:p><w:r><w:t xml:space="preserve">${words}</w:t></w:r></w:p>`
const cell = (words: string | string[], look = '') => `<w:tc><w:tcPr>${look}</w:tcPr>${[words].flat().map(p).join('')}</w:tc>`
const row = (...cells: string[]) => `<w:tr>${cells.join('')}</w:tr>`
const down = '<w:vMerge w:val="restart"/>'
const on = '<w:vMerge/>'
const wide = (n: number) => `<w:gridSpan w:val="${n}"/>`

const text = async (body: string) =>
  (
    await decode(
      zip([
        [
          '[Content_Types].xml',
          utf8(
            '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
          ),
        ],
        [
          '_rels/.rels',
          utf8(
            '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
          ),
        ],
        ['word/document.xml', utf8(`<?xml version="1.0"?><w:document ${ns}><w:body>${body}</w:body></w:document>`)],
      ]),
      'a.docx',
    )
  ).text

describe('a Word document as text', () => {
  it('has a line for each row of a table, its cells parted by tabs', async () => {
    const table = `<w:tbl>${row(cell('序号'), cell('工作任务'), cell('责任单位'))}${row(cell('1'), cell('清查台账'), cell('综合科'))}</w:tbl>`
    expect(await text(`${p('任务分解表')}${table}${p('说明')}`)).toBe('任务分解表\n序号\t工作任务\t责任单位\n1\t清查台账\t综合科\n说明\n')
  })

  it('tells a cell merged from above from an empty one, and keeps the columns of one merged sideways', async () => {
    const table = `<w:tbl>${[
      row(cell('任务', down), cell('措施'), cell('责任', wide(2))),
      row(cell('', on), cell('甲'), cell('综合科'), cell('')),
      row(cell('一、党建', wide(4))),
      row(cell('丙'), cell('乙'), cell('工程科', down), cell('王')),
      row(cell('丁'), cell('戊'), cell('', on), cell('李')),
    ].join('')}</w:tbl>`
    expect(await text(table)).toBe('任务\t措施\t责任\t\n〃\t甲\t综合科\t\n一、党建\t\t\t\n丙\t乙\t工程科\t王\n丁\t戊\t〃\t李\n')
  })

  it('makes one line of a cell whatever stands in it, and keeps line breaks of a paragraph', async () => {
    const broken = '<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t></w:r></w:p>'
    const inner = `<w:tc>${broken}<w:tbl>${row(cell('里'), cell('层'))}</w:tbl></w:tc>`
    expect(await text(`${broken}<w:tbl>${row(cell(['1.查', '2.改']), inner)}</w:tbl>`)).toBe('甲\n乙\t丙\n1.查 2.改\t甲 乙 丙 里 层\n')
  })
})
