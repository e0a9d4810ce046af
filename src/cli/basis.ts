import { readFile } from 'node:fs/promises'
import { decode, Unreadable } from '#kernel/decode.ts'
import { type Params, Refusal, type Refusals } from '#kernel/errors.ts'
import { type Node, type Problem, type Reading, readLaw } from '../modules/basis/reading/index.ts'
import { readArgs, refused } from './args.ts'

const USAGE = 'basis read FILE [--json]'

const refusals: Refusals = {
  'basis.usage': [400, '用法：{usage}', 'Usage: {usage}'],
  'basis.no_file': [400, '读不到文件“{file}”。', 'The file “{file}” cannot be read.'],
  'basis.empty': [400, '“{file}”里没有文字。', 'There is no text in “{file}”.'],
  'basis.binary': [400, '“{file}”不是文本：只认 .txt、.md、.docx。', '“{file}” is not text: .txt, .md and .docx are read.'],
  'basis.not_docx': [400, '“{file}”不是完好的 Word 文档（.docx）。', '“{file}” is not a sound Word document (.docx).'],
  'basis.too_large': [413, '“{file}”太大，最多 {max} MB。', '“{file}” is too large; at most {max} MB.'],
  'basis.zip_bomb': [
    413,
    '“{file}”解开后超过 {max} MB 或压缩得不合常理，没有打开。',
    '“{file}” would unpack to over {max} MB, or is packed beyond reason; it was not opened.',
  ],
}

/** `basis read FILE`: the chapters and articles of a law or a rule, as a list or as JSON. Needs no server. Answers 0, or 2 after one line on stderr. */
export async function basis(args: string[]): Promise<number> {
  try {
    const asked = readArgs(args, { json: 'flag' }, 2)
    const [verb, file] = asked.rest
    if (verb !== 'read' || !file) throw new Refusal('basis.usage', { usage: USAGE })
    const text = await textOf(file)
    const reading = readLaw(text)
    process.stdout.write(asked.json ? `${JSON.stringify(asJson(reading), null, 1)}\n` : asList(reading, text))
    return 0
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return refused(error, refusals)
  }
}

async function textOf(file: string): Promise<string> {
  const bytes = await readFile(file).catch(() => {
    throw new Refusal('basis.no_file', { file })
  })
  const { text } = await decode(bytes, file).catch((error: unknown) => {
    if (error instanceof Unreadable) throw new Refusal(`basis.${error.code}`, { file, ...(error.params as Params) })
    throw error
  })
  return text
}

const within = (nodes: readonly Node[], of: Node, kind: Node['kind']) =>
  nodes.filter((node) => node.kind === kind && node.start >= of.start && node.end <= of.end).length

/** Offsets are UTF-16 code units in the decoded text. An inserted article (第十二条之一) has `sub`. */
function asJson({ title, facts, nodes, problems }: Reading) {
  const chapters = nodes.filter(({ kind }) => kind === 'chapter')
  return {
    title,
    ...facts,
    chapters: chapters.map(({ number, title: name, start, end }) => ({ number, title: name, start, end })),
    articles: nodes
      .filter(({ kind }) => kind === 'article')
      .map((one) => ({
        number: one.number,
        ...(one.sub > 0 ? { sub: one.sub } : {}),
        ...(one.title ? { title: one.title } : {}),
        paragraphs: within(nodes, one, 'paragraph'),
        items: within(nodes, one, 'item'),
        start: one.start,
        end: one.end,
      })),
    problems,
  }
}

const troubles: Record<Problem['code'], string> = {
  'numbering.missing': '漏号',
  'numbering.repeated': '重号',
  'numbering.backwards': '号序倒置',
  'article.empty': '只有条号，没有条文',
  'articles.none': '没有读到“第X条”',
  'contents.differs': '目录与正文标题不一致',
  'date.unclear': '没有写明这一版从哪天起施行',
}

function asList({ title, facts, nodes, problems }: Reading, text: string): string {
  const out = [
    title,
    [facts.issuer, facts.document, facts.passed, facts.since && `自 ${facts.since} 起施行`].filter(Boolean).join(' · '),
    '',
  ]
  for (const node of nodes) {
    if (['part', 'subpart', 'chapter', 'section'].includes(node.kind)) out.push(`${node.label} ${node.title}`.trim())
    if (node.kind !== 'article') continue
    const counts = [
      `${within(nodes, node, 'paragraph')} 款`,
      ...(within(nodes, node, 'item') > 0 ? [`${within(nodes, node, 'item')} 项`] : []),
    ]
    const words = text.slice(node.words, node.end).trim().replaceAll(/\s+/g, ' ')
    out.push(`  ${node.label}（${counts.join('，')}） ${words.length > 40 ? `${words.slice(0, 40)}…` : words}`)
  }
  const count = (kind: Node['kind']) => nodes.filter((node) => node.kind === kind).length
  out.push('', `${count('chapter')} 章，${count('article')} 条，${count('paragraph')} 款，${count('item')} 项`)
  for (const one of problems) {
    const line = text.slice(0, one.start).split('\n').length
    const due = one.expected && /^numbering/.test(one.code) ? `，应为第 ${one.expected.replace('-', ' 之 ')}` : ''
    out.push(`注意：第 ${line} 行 ${troubles[one.code]}${one.found ? `“${one.found}”` : ''}${due}`)
  }
  return `${out.join('\n')}\n`
}
