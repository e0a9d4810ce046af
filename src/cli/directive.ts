import { readFile } from 'node:fs/promises'
import { decode, Unreadable } from '#kernel/decode.ts'
import { type Params, Refusal, type Refusals } from '#kernel/errors.ts'
import { type Office, propose, type Reading, type Section } from '../modules/directives/outline/index.ts'
import { readOrgSheet } from '../modules/directives/outline/org-sheet.ts'
import { readArgs, refused } from './args.ts'

const USAGE = 'directive outline FILE [--json] [--org ORG.xlsx] [--date YYYY-MM-DD]'

const refusals: Refusals = {
  'directive.usage': [400, '用法：{usage}', 'Usage: {usage}'],
  'directive.no_file': [400, '读不到文件“{file}”。', 'The file “{file}” cannot be read.'],
  'directive.empty': [400, '“{file}”里没有文字。', 'There is no text in “{file}”.'],
  'directive.binary': [400, '“{file}”不是文本：只认 .txt、.md、.docx。', '“{file}” is not text: .txt, .md and .docx are read.'],
  'directive.not_docx': [400, '“{file}”不是完好的 Word 文档（.docx）。', '“{file}” is not a sound Word document (.docx).'],
  'directive.too_large': [413, '“{file}”太大，最多 {max} MB。', '“{file}” is too large; at most {max} MB.'],
  'directive.zip_bomb': [
    413,
    '“{file}”解开后超过 {max} MB 或压缩得不合常理，没有打开。',
    '“{file}” would unpack to over {max} MB, or is packed beyond reason; it was not opened.',
  ],
  'directive.org': [
    400,
    '读不懂机构表“{file}”：需要 .xlsx，表头有“机构（或科室、单位）”。',
    'The organisation sheet “{file}” cannot be understood: an .xlsx with a column 机构 (or 科室, 单位) is needed.',
  ],
  'directive.date': [400, '没有“{day}”这一天，请写成 2026-03-31。', 'There is no day “{day}”; write it as 2026-03-31.'],
}

/** `directive outline FILE`: the outline and the proposals of a paper, as a tree or as JSON. Needs no server. Answers 0, or 2 after one line on stderr. */
export async function directive(args: string[]): Promise<number> {
  try {
    const asked = readArgs(args, { json: 'flag', org: 'text', date: 'text' }, 2)
    const [verb, file] = asked.rest
    if (verb !== 'outline' || !file) throw new Refusal('directive.usage', { usage: USAGE })
    if (asked.date !== undefined && !isDay(asked.date)) throw new Refusal('directive.date', { day: asked.date })
    const office = asked.org === undefined ? undefined : await officeFrom(asked.org)
    const { text, format, encoding } = await decoded(file)
    const reading = propose(text, { office, date: asked.date })
    process.stdout.write(
      asked.json ? `${JSON.stringify({ ...reading, file: { format, encoding, length: text.length } }, null, 1)}\n` : tree(reading, text),
    )
    return 0
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return refused(error, refusals)
  }
}

const isDay = (s: string) => /^\d{4}-\d{2}-\d{2}$/.test(s) && !Number.isNaN(Date.parse(s)) && new Date(s).toISOString().startsWith(s)

async function bytesOf(file: string): Promise<Uint8Array> {
  return readFile(file).catch(() => {
    throw new Refusal('directive.no_file', { file })
  })
}

async function decoded(file: string) {
  const bytes = await bytesOf(file)
  return decode(bytes, file).catch((error: unknown) => {
    if (error instanceof Unreadable) throw new Refusal(`directive.${error.code}`, { file, ...(error.params as Params) })
    throw error
  })
}

async function officeFrom(file: string): Promise<Office> {
  const bytes = await bytesOf(file)
  const office = await readOrgSheet(bytes).catch(() => null)
  if (!office || office.units.length === 0) throw new Refusal('directive.org', { file })
  return office
}

const kinds = {
  principal: '主体责任',
  first: '第一责任人',
  dual: '一岗双责',
  supervision: '监督责任',
  branch: '支部责任',
  task: '工作任务',
}
const troubles = {
  'numbering.missing': '漏号',
  'numbering.repeated': '重号',
  'numbering.backwards': '号序倒置',
  'marker.mixed_width': '半角或混用的标号',
  'outline.no_marker': '全文没有标号',
}

function tree(r: Reading, text: string): string {
  const out: string[] = []
  const show = (s: Section, depth: number) => {
    if (s.marker) out.push(`${'  '.repeat(depth)}${s.marker} ${s.title}`)
    if (s.children.length) for (const c of s.children) show(c, depth + (s.marker ? 1 : 0))
    else
      for (const p of r.proposals.filter((x) => x.start >= s.start && x.start < s.end)) {
        const when = [p.cadence && (p.cadence.rrule ?? p.cadence.text), p.due && (p.due.day ?? p.due.span ?? p.due.text)].filter(Boolean)
        const who = p.holders.map((h) => h.name).join('、')
        out.push(
          `${'  '.repeat(depth + 1)}${p.type === 'duty' ? '○ 责任' : '△ 问题'} ${p.title} ｜ ${who}${p.type === 'duty' ? ` ｜ ${kinds[p.kind]}` : ''}${when.length ? ` ｜ ${when.join('，')}` : ''}`,
        )
        out.push(`${'  '.repeat(depth + 2)}“${p.text}”  因为：${p.why.map((w) => w.words).join('；')}`)
      }
  }
  for (const s of r.sections) show(s, 0)
  const duties = r.proposals.filter((p) => p.type === 'duty').length
  out.push(
    '',
    `责任 ${duties} 条，问题 ${r.proposals.length - duties} 个；要求句 ${r.coverage.commanding}，已承接 ${r.coverage.carried}，搁置 ${r.coverage.aside}，待定 ${r.coverage.open}`,
  )
  for (const p of r.problems) {
    const line = text.slice(0, p.start).split('\n').length
    out.push(
      `注意：第 ${line} 行 ${troubles[p.code]}${p.found ? `“${p.found}”` : ''}${p.expected && p.expected !== p.found ? `，应为第 ${p.expected}` : ''}`,
    )
  }
  return `${out.join('\n')}\n`
}
