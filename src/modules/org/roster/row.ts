import type { ImportProblem } from '#kernel/imports.ts'
import { address, type Row, type Sheet } from '#kernel/sheets/types.ts'
import { bornFrom, dated, dayOf, monthOf } from './dates.ts'
import type { Field } from './fields.ts'
import type { Header } from './header.ts'
import { postsOf, type SaidPosts } from './posts.ts'
import type { RosterPerson } from './types.ts'
import type { Said } from './units.ts'
import { heldAs, identityOf, membershipOf, secondedFrom } from './words.ts'

/** What one row says, before it is laid beside the others. */
export type DataRow = SaidPosts & {
  row: number
  name: string
  section: string | null
  /** The unit's names from the top down; empty until it is carried from above. */
  path: string[]
  unitCell: string
  said: Said[]
  branch: string | null
  branchCell: string
  cells: Partial<Record<Field, string>>
  used: Set<string>
  problems: ImportProblem[]
} & Pick<RosterPerson, 'identity' | 'party' | 'from' | 'since' | 'born'>

const longest: Partial<Record<Field, number>> = {
  name: 60,
  unit: 120,
  department: 120,
  parent: 120,
  branch: 120,
  post: 400,
  leadership: 120,
  grade: 40,
  from: 120,
}
const ditto = /^(?:同上|〃|″|"|''|“)$/

/** Rosters say the same few things ten thousand times: each is understood once. */
function once<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    const had = known.get(text)
    if (had !== undefined) return had
    const got = read(text)
    known.set(text, got)
    return got
  }
}

/** A reader of the rows below a heading, one after the other: the row, the section it stands in, and the row above it (for 同上). */
export function rowReader(sheet: Sheet, header: Header): (row: Row, section: string | null, above: Row | null) => DataRow {
  const columns = new Map(header.columns.flatMap(({ column, field }) => (field === null ? [] : [[field, column] as const])))
  const say = {
    posts: once((asked) => postsOf(JSON.parse(asked) as Parameters<typeof postsOf>[0])),
    dated: once(dated),
    identity: once((text) => ({ is: identityOf(text) })),
    party: once((text) => ({ is: membershipOf(text) })),
    from: once((text) => ({ is: secondedFrom(text) })),
    parts: once(parts),
  }
  return (row, section, above) => readRow(sheet, columns, say, row, section, above)
}

type Saying = {
  posts: (asked: string) => SaidPosts
  dated: typeof dated
  identity: (text: string) => { is: ReturnType<typeof identityOf> }
  party: (text: string) => { is: ReturnType<typeof membershipOf> }
  from: (text: string) => { is: string | null }
  parts: (text: string) => string[]
}

function readRow(
  sheet: Sheet,
  columns: ReadonlyMap<string, number>,
  say: Saying,
  row: Row,
  section: string | null,
  above: Row | null,
): DataRow {
  const cells: Partial<Record<Field, string>> = {}
  const used = new Set<string>()
  const problems: ImportProblem[] = []
  const at = (field: Field) => columns.get(field)
  const cellOf = (field: Field) => address(row.number, at(field) ?? at('name') ?? 0)
  const wrong = (field: Field, code: string, params: ImportProblem['params'] = {}, level: ImportProblem['level'] = 'error') => {
    problems.push({ cell: cellOf(field), code: `roster.${code}`, level, params })
  }
  /** The text of a field, taken in; blanks are folded, since names and units are spread with them. */
  const take = (field: Field, blanks: 'none' | 'one' = 'none'): string => {
    const column = at(field)
    if (column === undefined) return ''
    const raw = row.cells[column] ?? ''
    if (raw === '') return ''
    const cell = address(row.number, column)
    cells[field] = cell
    used.add(cell)
    const lost = sheet.notes.get(cell)
    if (lost === 'error' || lost === 'uncomputed') {
      wrong(field, lost === 'error' ? 'cell_error' : 'uncomputed', { text: raw })
      return ''
    }
    const text = ditto.test(raw) ? (above?.cells[column] ?? '') : raw
    const plain = /\s/.test(text) ? text.replace(/\s+/g, blanks === 'none' ? '' : ' ') : text
    if (plain.length > (longest[field] ?? 2000)) {
      wrong(field, 'too_long', { max: longest[field] ?? 2000 })
      return ''
    }
    return plain
  }
  /** A date's text; `zero` when a number may have lost the zero of October. */
  const date = (field: 'since' | 'born') => {
    const text = take(field, 'one')
    if (text === '') return null
    if (sheet.notes.get(cellOf(field)) === 'cut') {
      wrong(field, 'zero_lost', { text }, field === 'born' ? 'warning' : 'error')
      return null
    }
    const read = say.dated(text)
    if (typeof read === 'object') return read
    wrong(field, read === 'impossible' ? 'date_impossible' : 'date_unclear', { text })
    return null
  }

  const [name, beside] = nameOf(take('name'))
  if (name === '') wrong('name', 'name_missing')
  else if (/[、,，;；/]/.test(name)) wrong('name', 'name_several', { name })
  else if (/^\d|合计|小计/.test(name) || !/\p{L}/u.test(name)) wrong('name', 'name_odd', { name })

  const unit = take('unit')
  const department = take('department')
  const parent = take('parent')
  const path = [...new Set([...say.parts(unit), ...say.parts(department)])]
  if (path.length === 0 && section !== null) path.push(section)
  const unitCell =
    cells.unit ??
    cells.department ??
    (at('unit') === undefined ? (at('department') === undefined ? cellOf('name') : cellOf('department')) : cellOf('unit'))
  const branch = take('branch') || null
  const branchCell = cellOf('branch')
  const said: Said[] = []
  if (path.length > 0) said.push({ path, parent: parent || null, cell: parent ? cellOf('parent') : (cells.department ?? unitCell) })
  if (branch) said.push({ path: [branch], parent: null, cell: branchCell })

  const asked = {
    post: take('post', 'one'),
    leadership: take('leadership', 'one'),
    grade: take('grade'),
    concurrent: take('concurrent', 'one'),
  }
  const remark = take('remark', 'one')
  const kind = take('kind')
  if (kind !== '' && heldAs(kind) === null) wrong('kind', 'kind_unknown', { text: kind }, 'warning')
  const posts = say.posts(JSON.stringify({ ...asked, partyPost: take('partyPost', 'one'), kind, remark, beside }))
  if (posts.away) wrong(cells.remark ? 'remark' : 'name', 'away', { name }, 'warning')

  const since = date('since')
  const bornDate = date('born')
  const idNumber = take('idNumber')
  const idBorn = bornFrom(idNumber)
  if (idNumber !== '' && idBorn === null) wrong('idNumber', 'id_unclear', {}, 'warning')
  const born = bornDate ? monthOf(bornDate) : idBorn
  if (bornDate && idBorn && monthOf(bornDate) !== idBorn) wrong('born', 'born_differs', { name, born: monthOf(bornDate), id: idBorn })

  const identityText = take('identity')
  const identity = identityText === '' ? null : say.identity(identityText).is
  if (identityText !== '' && identity === null) wrong('identity', 'identity_unknown', { text: identityText }, 'warning')
  const partyText = take('party')
  const party = partyText === '' ? null : say.party(partyText).is
  if (party === undefined) wrong('party', 'party_unknown', { text: partyText }, 'warning')
  const from =
    take('from') || [kind, beside, remark].map((text) => (text === '' ? null : say.from(text).is)).find((one) => one !== null) || null
  return {
    ...posts,
    ...{ row: row.number, name, section, path, unitCell, said, branch, branchCell, cells, used, problems },
    ...{ identity, party: party ?? null, from, since: since ? dayOf(since) : null, born },
  }
}

/** 张  三（借调） → the name, and what stands in brackets or behind a star. */
function nameOf(text: string): [name: string, beside: string] {
  if (/^\p{L}+$/u.test(text)) return [text, '']
  const flat = text.normalize('NFKC')
  const beside = [...flat.matchAll(/\(([^)]*)\)/g)].map((m) => m[1]).join(' ')
  return [flat.replace(/\([^)]*\)/g, '').replace(/[*※★△]+$/, ''), beside]
}

/** 市人防办/综合科 is two units, one below the other. */
const parts = (text: string): string[] => text.split(/[/\\>→»]|——|--/).filter((one) => one !== '')
