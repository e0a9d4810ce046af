import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readLaw } from '../reading/index.ts'
import { blocksOf, outlineOf, spansOf } from './blocks.ts'
import { piecesOf } from './pieces.ts'

const text = readFileSync(join(import.meta.dirname, '../reading/fixtures/keys-2020.md'), 'utf8')
const blocks = blocksOf(readLaw(text).nodes, text)

describe('a law as drawn', () => {
  it('has its notes, preamble, headings, articles line by line, and annex', () => {
    expect(blocks.map((block) => (block.kind === 'article' ? block.key : block.kind))).toEqual([
      ...['note', 'prose', 'heading', '1', '2', '3', 'heading', 'heading', '4', '5', '5-1', 'heading', '6', '7', 'heading', '8', 'annex'],
    ])
    const third = blocks.find((block) => block.kind === 'article' && block.key === '3')
    const lines = third?.kind === 'article' ? third.lines : []
    expect(lines.map(({ kind, label, paragraph, item }) => [kind, label, paragraph, item])).toEqual([
      ['paragraph', '', 1, null],
      ['item', '（一）', 1, 1],
      ['item', '（二）', 1, 2],
      ['point', '1.', 1, 2],
      ['point', '2.', 1, 2],
      ['item', '（三）', 1, 3],
      ['paragraph', '', 2, null],
    ])
    expect(lines.map(({ words, to }) => text.slice(words, to))[2]).toBe('每季度清点一次，其中：')
  })

  it('has an outline of its headings, each with its articles; of its articles where there are none', () => {
    const spans = spansOf(blocks)
    expect(outlineOf(blocks).map(({ id, kind, title }) => [kind, title, spans.get(id)])).toEqual([
      ['chapter', '总则', '第一条—第三条'],
      ['chapter', '保管', undefined],
      ['section', '领用', '第四条—第五条之一'],
      ['section', '交还', '第六条—第七条'],
      ['chapter', '附则', '第八条'],
      ['annex', '', undefined],
    ])
    const flat = '某某办法\n第一条 甲。\n第二条 乙。'
    expect(outlineOf(blocksOf(readLaw(flat).nodes, flat)).map(({ key }) => key)).toEqual(['1', '2'])
  })

  it('leaves out what a collection wrote into its file', () => {
    const marked = '# 某某法\n\n2020年1月1日 通过\n\n<!-- INFO END -->\n\n第一条 甲。'
    const [note] = blocksOf(readLaw(marked).nodes, marked)
    expect(marked.slice(note?.words, note?.to)).toBe('2020年1月1日 通过')
  })

  it('draws an article without words all the same', () => {
    const empty = '某某办法\n第一条\n第二条 乙。'
    expect(blocksOf(readLaw(empty).nodes, empty).map((block) => (block.kind === 'article' ? block.lines.length : 0))).toEqual([1, 1])
  })
})

describe('a stretch cut at its citations', () => {
  it('is whole again when put together, whatever reaches over its ends', () => {
    const spot = fc.tuple(fc.nat(30), fc.nat(12)).map(([start, length]) => ({ start, end: start + length + 1 }))
    fc.assert(
      fc.property(fc.array(spot, { maxLength: 5 }), fc.nat(20), fc.nat(20), (spots, start, length) => {
        const sorted = spots.toSorted((a, b) => a.start - b.start)
        const pieces = piecesOf(start, start + length, sorted)
        expect(pieces[0]?.start).toBe(start)
        expect(pieces.at(-1)?.end).toBe(start + length)
        pieces.forEach((piece, i) => {
          if (i > 0) expect(piece.start).toBe(pieces[i - 1]?.end)
        })
      }),
    )
  })
})
