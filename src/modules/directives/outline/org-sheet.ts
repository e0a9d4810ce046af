import { readSheets } from '#kernel/sheets/index.ts'
import type { Office, OfficePost, OfficeUnit } from './types.ts'

const columns: [keyof Row, RegExp][] = [
  ['unit', /^(?:机构|单位|科室|部门|所在单位|所在科室|处室|机构名称|单位名称|科室名称|unit)/i],
  ['post', /^(?:岗位|职务|岗位名称|现任职务|行政职务|post)/i],
  ['partyPost', /^(?:党内职务|党务职务)/],
  ['person', /^(?:姓名|人员|name|person)/i],
  ['line', /^(?:条线|系统|line)/i],
  ['kind', /^(?:类别|机构类别|性质|单位类别|kind)/i],
  ['aliases', /^(?:别名|简称|又称|alias)/i],
  ['branch', /^(?:所在支部|党支部|所属支部)/],
]
type Row = { unit: string; post: string; partyPost: string; person: string; line: string; kind: string; aliases: string; branch: string }

/** What kind of unit a name is, in the words that group names (各科室, 二级机构 …) look for. */
export function kindOfUnit(name: string): string {
  if (/支部$/.test(name)) return '支部'
  if (/纪检|监察/.test(name)) return '纪检组'
  if (/机关(党委|纪委)$/.test(name)) return name.slice(-4)
  if (/党组$/.test(name)) return '党组'
  if (/领导|班子/.test(name)) return '班子'
  if (/(科|处|股|办公室|处室)$/.test(name)) return '科室'
  return '二级机构'
}
const lineOf = (name: string, given: string): OfficeUnit['line'] =>
  /监督|纪检|supervision/.test(given) || /纪检|监察|纪委/.test(name)
    ? 'supervision'
    : /党务|party/.test(given) || /支部|党委|党组/.test(name)
      ? 'party'
      : 'administrative'

/** What a post's name says of the holder's part: whom 主要领导, 班子成员, 负责人 mean. */
export function rolesOf(post: string, unit: string): string[] {
  const roles: string[] = []
  if (/党组书记/.test(post) || (/^(?:主任|局长)$/.test(post) && /党组|班子|领导|^$/.test(unit)))
    roles.push('第一责任人', '主要领导', '党组书记')
  if (/党组成员|副主任|副局长|总工程师|班子成员|纪检组长/.test(post) || roles.length) roles.push('班子成员')
  if (/科长|处长|站长|负责人|队长|所长|^主任$/.test(post) && !/副/.test(post) && !roles.length) roles.push('负责人')
  if (/支部书记/.test(post) || (/^书记$/.test(post) && /支部/.test(unit))) roles.push('支部书记')
  for (const r of ['纪律委员', '组织委员', '宣传委员']) if (post.includes(r)) roles.push(r)
  return roles
}

/** An office from the cells of a sheet: the header may stand below a title, units may be merged cells (empty means as above). */
export function officeOf(rows: readonly (readonly unknown[])[]): Office {
  const cell = (v: unknown) => (v === null || v === undefined ? '' : String(v).replace(/\s+/g, ''))
  const headerAt = rows.findIndex(
    (r) => r.filter((c) => columns.some(([, re]) => re.test(cell(c)))).length >= 2 || (r.length <= 2 && columns[0]?.[1].test(cell(r[0]))),
  )
  const header = (rows[headerAt] ?? []).map((c) => columns.find(([, re]) => re.test(cell(c)))?.[0] ?? null)
  const units = new Map<string, OfficeUnit>()
  const posts = new Map<string, OfficePost>()
  const unit = (name: string, row: Partial<Row>) => {
    const had = units.get(name)
    if (had) return had
    const made: OfficeUnit = {
      id: name,
      name,
      aliases: (row.aliases ?? '').split(/[、，,；;]/).filter(Boolean),
      line: lineOf(name, row.line ?? ''),
      kind: row.kind || kindOfUnit(name),
    }
    units.set(name, made)
    return made
  }
  const post = (name: string, u: OfficeUnit) => {
    const id = `${u.name}/${name}`
    if (!posts.has(id)) posts.set(id, { id, unitId: u.id, name, aliases: [], roles: rolesOf(name, u.name) })
  }
  let above = ''
  for (const cells of rows.slice(headerAt + 1)) {
    const row: Partial<Row> = {}
    header.forEach((key, i) => {
      if (key) row[key] = cell(cells[i])
    })
    above = row.unit || above
    if (!above || /^(?:合计|总计|小计|备注)/.test(above)) continue
    const u = unit(above, row)
    for (const name of (row.post ?? '').split(/[、，,]/).filter(Boolean)) post(name, u)
    const party = row.branch ? unit(row.branch, {}) : u
    for (const name of (row.partyPost ?? '').split(/[、，,]/).filter(Boolean)) post(name, party)
  }
  return { units: [...units.values()], posts: [...posts.values()] }
}

/** Reads an organisation sheet (.xlsx or .csv). Every sheet of the workbook that has a unit column counts. Throws the refusals of a file that cannot be read. */
export async function readOrgSheet(bytes: Uint8Array): Promise<Office> {
  const { sheets } = await readSheets(bytes)
  const offices = sheets.map((sheet) => officeOf(sheet.rows.map((row) => row.cells))).filter((office) => office.units.length > 0)
  return { units: offices.flatMap((o) => o.units), posts: offices.flatMap((o) => o.posts) }
}
