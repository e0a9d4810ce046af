import { articleKey, placesOf } from '../rules.ts'
import type { NodeView } from '../shapes.ts'

/** A law as drawn: headings, what stands around the articles, and the articles line by line. Pure; offsets are UTF-16 code units into the text. */

export type LawNode = NodeView
type Span = { start: number; words: number; to: number }
export type LineOf = Span & { kind: 'paragraph' | 'item' | 'point'; label: string; paragraph: number | null; item: number | null }
export type ArticleBlock = Span & { kind: 'article'; key: string; label: string; title: string; lines: LineOf[] }
type HeadingBlock = Span & { kind: 'heading'; level: 'part' | 'subpart' | 'chapter' | 'section'; label: string; title: string }
type OtherBlock = Span & { kind: 'note' | 'prose' | 'annex' }
export type Block = ArticleBlock | HeadingBlock | OtherBlock

const heads = ['part', 'subpart', 'chapter', 'section'] as const
const levelOf = (kind: string) => heads.find((one) => one === kind)

/** The end of a node's own words, blanks left out. */
const endOf = (text: string, from: number, to: number): number => from + text.slice(from, to).trimEnd().length

/** Title and table of contents are left out: the page has both. An article without a paragraph has one empty line, for its marker. */
export function blocksOf(nodes: readonly LawNode[], text: string): Block[] {
  const blocks: Block[] = []
  const places = placesOf(nodes)
  nodes.forEach((node, i) => {
    const { start, words, own, label, title } = node
    const span = { start, words, to: endOf(text, words, own) }
    const level = levelOf(node.kind)
    const open = blocks.at(-1)
    if (level) blocks.push({ ...span, kind: 'heading', level, label, title })
    else if (node.kind === 'article')
      blocks.push({ ...span, kind: 'article', key: articleKey(node.number ?? 0, node.sub), label, title, lines: [] })
    else if (open?.kind === 'article' && (node.kind === 'paragraph' || node.kind === 'item' || node.kind === 'point') && places[i])
      open.lines.push({ ...span, kind: node.kind, label, paragraph: places[i].paragraph, item: places[i].item })
    else if (node.kind === 'note') {
      // What a collection wrote into its file as a comment is not the law's.
      const comment = text.slice(words, own).indexOf('<!--')
      const to = comment < 0 ? span.to : endOf(text, words, words + comment)
      if (to > words) blocks.push({ ...span, to, kind: 'note' })
    } else if (node.kind === 'annex') blocks.push({ ...span, kind: 'annex' })
    else if (node.kind === 'preamble' || node.kind === 'paragraph' || node.kind === 'item' || node.kind === 'point')
      blocks.push({ ...span, words: start, kind: 'prose' })
  })
  for (const block of blocks)
    if (block.kind === 'article' && block.lines.length === 0)
      block.lines.push({
        start: block.words,
        words: block.words,
        to: block.words,
        kind: 'paragraph',
        label: '',
        paragraph: null,
        item: null,
      })
  return blocks
}

export type Entry = {
  id: string
  kind: 'part' | 'subpart' | 'chapter' | 'section' | 'article' | 'annex'
  label: string
  title: string
  key: string | null
}

/** The outline: headings and annexes; the articles too where there are no headings. */
export function outlineOf(blocks: readonly Block[]): Entry[] {
  const flat = !blocks.some(({ kind }) => kind === 'heading')
  return blocks.flatMap((block): Entry[] => {
    if (block.kind === 'heading') return [{ id: `n${block.start}`, kind: block.level, label: block.label, title: block.title, key: null }]
    if (block.kind === 'annex') return [{ id: `n${block.start}`, kind: 'annex', label: '', title: '', key: null }]
    return flat && block.kind === 'article'
      ? [{ id: `a${block.key}`, kind: 'article', label: block.label, title: block.title, key: block.key }]
      : []
  })
}

/** The articles under each heading, as `第一条—第六条`; by the heading's id. */
export function spansOf(blocks: readonly Block[]): Map<string, string> {
  const spans = new Map<string, { first: string; last: string }>()
  let open: string | null = null
  for (const block of blocks) {
    if (block.kind === 'heading') open = `n${block.start}`
    if (block.kind !== 'article' || open === null) continue
    spans.set(open, { first: spans.get(open)?.first ?? block.label, last: block.label })
  }
  return new Map([...spans].map(([id, { first, last }]) => [id, first === last ? first : `${first}—${last}`]))
}
