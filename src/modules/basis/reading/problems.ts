import type { HeadClass } from './marks.ts'
import type { Node, Problem } from './types.ts'

type Named = { class: HeadClass; number: number | null; title: string }

/** What looks wrong: numbers that are missing, repeated or run backwards, articles without words, contents that differ from the headings. */
export function problemsOf(nodes: readonly Node[], contents: readonly Named[]): Problem[] {
  return [...numbering(nodes), ...emptiness(nodes), ...contentsOf(nodes, contents)]
}

/** Numbers run within their parent, articles through the whole text. */
function numbering(nodes: readonly Node[]): Problem[] {
  const runs = Map.groupBy(
    nodes.filter(({ kind, number }) => number !== null && kind !== 'paragraph'),
    ({ kind, parent }) => (kind === 'article' ? 'article' : `${kind} ${parent}`),
  )
  return [...runs.values()].flatMap((run) => run.flatMap((node, i) => wrongNumber(run[i - 1], node)))
}

function wrongNumber(before: Node | undefined, node: Node): Problem[] {
  const number = node.number ?? 0
  const last = before?.number ?? 0
  const at = { start: node.start, end: node.words, found: node.label }
  if (node.sub > 0) {
    const due = before?.number === number ? before.sub + 1 : 1
    if (number === last && node.sub === due) return []
    return [
      {
        code: node.sub === before?.sub && number === last ? 'numbering.repeated' : 'numbering.missing',
        ...at,
        expected: said(node, last, due),
      },
    ]
  }
  if (number === last + 1) return []
  const expected = said(node, last + 1, 0)
  if (before && number === last) return [{ code: 'numbering.repeated', ...at, expected }]
  return [{ code: before && number < last ? 'numbering.backwards' : 'numbering.missing', ...at, expected }]
}

/** The number that was expected, in digits; 12-1 is 第十二条之一. */
const said = (_: Node, number: number, sub: number): string => (sub > 0 ? `${number}-${sub}` : String(number))

function emptiness(nodes: readonly Node[]): Problem[] {
  const articles = nodes.filter(({ kind }) => kind === 'article')
  if (articles.length === 0) return [{ code: 'articles.none', start: 0, end: 0 }]
  const filled = new Set(nodes.map(({ parent }) => parent))
  return nodes.flatMap((node, i): Problem[] =>
    node.kind === 'article' && !filled.has(i) ? [{ code: 'article.empty', start: node.start, end: node.words, found: node.label }] : [],
  )
}

/** Headings that the table of contents names otherwise, or not at all; and those it names that are not there. */
function contentsOf(nodes: readonly Node[], contents: readonly Named[]): Problem[] {
  if (contents.length === 0) return []
  const table = nodes.find(({ kind }) => kind === 'contents')
  const plain = (title: string) => title.replaceAll(/\s/g, '')
  const heads = nodes.filter(({ kind }) => kind === 'part' || kind === 'subpart' || kind === 'chapter' || kind === 'section')
  const listed = new Set(contents.map(({ class: cls }) => cls))
  return heads
    .filter(({ kind }) => listed.has(kind as HeadClass))
    .flatMap((node, i, all): Problem[] => {
      const named = contents[i]
      const missing = i === all.length - 1 ? contents[i + 1] : undefined
      if (named && plain(named.title) === plain(node.title) && named.number === node.number && !missing) return []
      if (named && plain(named.title) === plain(node.title) && named.number === node.number && missing)
        return [{ code: 'contents.differs', start: table?.start ?? 0, end: table?.own ?? 0, expected: missing.title, found: '' }]
      return [
        {
          code: 'contents.differs',
          start: node.start,
          end: node.own,
          found: `${node.label} ${node.title}`.trim(),
          expected: named?.title ?? '',
        },
      ]
    })
    .slice(0, 1)
}
