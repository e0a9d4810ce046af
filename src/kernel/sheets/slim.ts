import { Refusal } from '../errors.ts'
import { unzip, type ZipEntry, zip } from '../zip.ts'
import { caps } from './caps.ts'

/**
 * A workbook reduced to what is read of it, so that a hostile or careless one costs little: pictures, macros, links, comments and the like are
 * left out, and so is every row without a value (a sheet formatted down to row 1,048,576 has a million of them).
 */
export type Slim = { bytes: Buffer; macros: boolean }

/** Behind the text of a number whose last zero may be gone; from the private area, so that no sheet has it. */
export const cutMark = '\ue000'

const kept =
  /^(?:\[Content_Types\]\.xml|_rels\/\.rels|(?:[^/]+\/)?(?:_rels\/[^/]+\.rels|workbook\.xml|styles\.xml|sharedStrings\.xml|metadata\.xml)|(?:[^/]+\/)?worksheets\/[^/]+\.xml)$/i
const sheetFile = /(?:^|\/)worksheets\/([^/]+\.xml)$/i

/** Throws `sheet.broken`, `sheet.not_sheet`, `sheet.too_many_rows`, `sheet.too_wide`. */
export function slimmed(bytes: Uint8Array, entries: readonly ZipEntry[]): Slim {
  if (!entries.some(({ name }) => /(?:^|\/)workbook\.xml$/i.test(name))) throw new Refusal('sheet.not_sheet', {}, [{ at: '/file' }])
  const files = entries.filter(({ name }) => kept.test(name)).map((entry) => [entry.name, opened(bytes, entry)] as const)
  const text = (end: RegExp) => files.find(([name]) => end.test(name))?.[1].toString('utf8') ?? ''
  const shown = shownDecimals(text(/styles\.xml$/i))
  const names = sheetNames(text(/workbook\.xml$/i), text(/workbook\.xml\.rels$/i))
  const slim = files.map(([name, xml]) => {
    const file = sheetFile.exec(name)?.[1]
    return [name, file === undefined ? xml : worthReading(xml, names.get(file) ?? file, shown)] as const
  })
  return { bytes: zip(slim, 'stored'), macros: entries.some(({ name }) => /vbaProject\.bin$/i.test(name)) }
}

function opened(bytes: Uint8Array, entry: ZipEntry): Buffer {
  const inside = unzip(bytes, entry)
  if (inside === null) throw new Refusal('sheet.broken', {}, [{ at: '/file' }])
  return inside
}

/** A sheet without its empty rows and cells; left alone where rows are not numbered, because the rest would move up. */
function worthReading(xml: Buffer, sheet: string, shown: Shown): Buffer {
  const end = xml.indexOf('</sheetData>')
  const first = xml.indexOf('<row')
  if (end < 0 || first < 0 || first > end) return xml
  const parts: Buffer[] = [xml.subarray(0, first)]
  for (let at = first; at >= 0 && at < end; ) {
    const following = xml.indexOf('<row', at + 4)
    const next = following < 0 || following > end ? end : following
    const row = xml.subarray(at, next)
    at = next
    if (!row.includes('<v') && !row.includes('<is') && !row.includes('<f')) continue
    const text = row.toString('latin1')
    const number = Number(/^<row[^>]*? r="(\d+)"/.exec(text)?.[1] ?? Number.NaN)
    if (Number.isNaN(number)) return xml
    if (parts.length > caps.rows || number > caps.lastRow)
      throw new Refusal('sheet.too_many_rows', { sheet, max: number > caps.lastRow ? caps.lastRow : caps.rows, row: number }, [
        { at: '/file' },
      ])
    const filled = text.replace(/<c r="[A-Z]+\d+"[^>]*\/>/g, '')
    if (/<c r="[A-Z]{3}/.test(filled)) throw new Refusal('sheet.too_wide', { sheet, max: caps.columns }, [{ at: '/file' }])
    parts.push(Buffer.from(asShown(filled, shown), 'latin1'))
  }
  parts.push(xml.subarray(end))
  return Buffer.concat(parts)
}

/** 1975.1 is January, or October whose zero a number cannot keep: what the cell shows decides, and where it shows no fixed decimals, a mark says so. */
const asShown = (row: string, shown: Shown): string =>
  row.replace(
    /<c r="([A-Z]+\d+)"(?: s="(\d+)")?(?: t="n")?><v>(\d{4}\.\d)<\/v>/g,
    (_, cell: string, style: string | undefined, value: string) => {
      const decimals = shown(Number(style ?? 0))
      const text = decimals === null ? `${value}&#x${cutMark.charCodeAt(0).toString(16)};` : Number(value).toFixed(decimals)
      return `<c r="${cell}" t="str"><v>${text}</v>`
    },
  )

/** Of a style: how many decimals its number format always shows, null when it shows as many as there are. */
type Shown = (style: number) => number | null
function shownDecimals(xml: string): Shown {
  const custom = new Map([...xml.matchAll(/<numFmt\b[^>]*?numFmtId="(\d+)"[^>]*?formatCode="([^"]*)"/g)].map((m) => [m[1], String(m[2])]))
  const formats = [...(/<cellXfs[\s\S]*?<\/cellXfs>/.exec(xml)?.[0] ?? '').matchAll(/<xf\b[^>]*?numFmtId="(\d+)"/g)].map((m) =>
    String(m[1]),
  )
  return (style) => {
    const id = formats[style] ?? '0'
    const code = id === '2' || id === '4' ? '0.00' : (custom.get(id) ?? '')
    return /^[^;]*?0\.(0+)/.exec(code)?.[1]?.length ?? null
  }
}

/** File → the name on the sheet's tab. */
function sheetNames(workbook: string, rels: string): Map<string, string> {
  const attribute = (tag: string, name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? ''
  const files = new Map(
    [...rels.matchAll(/<Relationship\b[^>]*>/g)].map(([tag]) => [attribute(tag, 'Id'), attribute(tag, 'Target').split('/').pop() ?? '']),
  )
  return new Map(
    [...workbook.matchAll(/<sheet\b[^>]*>/g)].map(([tag]) => [files.get(attribute(tag, 'r:id')) ?? '', attribute(tag, 'name')]),
  )
}
