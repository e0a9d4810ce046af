import { bodyOf } from './body.ts'
import { factsOf } from './facts.ts'
import { fold } from './fold.ts'
import { contentsOf, type Front, frontOf } from './front.ts'
import { articleAt, headAt, type Line, linesOf } from './marks.ts'
import { problemsOf } from './problems.ts'
import type { Node, Reading } from './types.ts'

/** A node while it is read: where it ends is known only when the next one begins. */
export type Draft = Omit<Node, 'own' | 'end'>

/**
 * Reads a law or a rule into its nodes: title, notes, table of contents, preamble, 编 章 节 条 款 项 目 and annexes, with everything that looks wrong in its
 * numbering. Pure; any text gives a reading, at worst plain paragraphs and the problem `articles.none`.
 */
export function readLaw(text: string): Reading {
  const lines = linesOf(text)
  const folded = fold(text)
  const first = lines.findIndex((line) => articleAt(folded, line.from, 1) !== null)
  const stop = first < 0 ? lines.length : first
  const contents = contentsOf(lines, stop)
  const head = lines.findIndex((line, i) => i < stop && i >= (contents?.to ?? 0) && headAt(line) !== null)
  const body = head >= 0 ? head : first >= 0 ? first : withoutBody(lines)
  const front = frontOf(lines, body, contents)
  const before = frontDrafts(lines, front)
  const nodes = closed([...before, ...bodyOf(lines, folded, body, before.length)], text.length)
  const { facts, problems } = factsOf(front.title, nodes, text)
  return {
    title: front.title.replaceAll(/\s+/g, ''),
    facts,
    nodes,
    problems: [...problemsOf(nodes, front.contents), ...problems].sort((a, b) => a.start - b.start),
  }
}

/** Without articles and headings the front is what stands before the first sentence. */
function withoutBody(lines: readonly Line[]): number {
  const prose = lines.findIndex((line) => /[。；]$/.test(line.text) || line.text.length > 80)
  return prose < 0 ? Math.min(lines.length, 1) : prose
}

/** Lines of one kind that follow each other are one node. */
function frontDrafts(lines: readonly Line[], front: Front): Draft[] {
  const drafts: Draft[] = []
  front.kinds.forEach((kind, i) => {
    const line = lines[i]
    if (!line || drafts.at(-1)?.kind === kind) return
    const title = kind === 'title' ? front.title : ''
    drafts.push({ kind, parent: null, number: null, sub: 0, label: '', title, start: line.start, words: line.from })
  })
  return drafts
}

/** Own stretches run to the next node, whole ones to the next that does not stand inside. The first begins with the text. */
function closed(drafts: readonly Draft[], length: number): Node[] {
  const nodes: Node[] = drafts.map((draft, i) => ({
    ...draft,
    start: i === 0 ? 0 : draft.start,
    own: drafts[i + 1]?.start ?? length,
    end: length,
  }))
  const depths: number[] = []
  const open: { node: Node; depth: number }[] = []
  for (const node of nodes) {
    const depth = node.parent === null ? 0 : (depths[node.parent] ?? 0) + 1
    depths.push(depth)
    for (let last = open.at(-1); last && last.depth >= depth; last = open.at(-1)) {
      last.node.end = node.start
      open.pop()
    }
    open.push({ node, depth })
  }
  return nodes
}
