import { fold } from './fold.ts'
import { type Change, edits, runs } from './myers.ts'
import type { Node } from './types.ts'

/** An article of one version as it is compared. `key` is 12, or 12-1 for 第十二条之一. */
export type Compared = { key: string; label: string; text: string; chapter: string }
/**
 * A pair of articles, or one that only one version has. `changed` by its words; `same` when they are equal, with `renumbered` when the number is not.
 * `moved`: it stands elsewhere in the order.
 */
export type Pair = {
  fate: 'same' | 'changed' | 'added' | 'removed'
  renumbered: boolean
  moved: boolean
  before: Compared | null
  after: Compared | null
  words: Change[]
}

/**
 * The articles of a text for comparing: their words without marker and blanks at line ends, in one width of punctuation (a copy that has `:` for `：` differs in
 * nothing), in the order of the text.
 */
export function articlesOf(nodes: readonly Node[], text: string): Compared[] {
  const heading = (node: Node): string => {
    for (let at = node.parent; at !== null; at = nodes[at]?.parent ?? null) {
      const above = nodes[at]
      if (above && above.kind !== 'article') return `${above.label} ${above.title}`.trim()
    }
    return ''
  }
  return nodes.flatMap((node) =>
    node.kind !== 'article'
      ? []
      : [
          {
            key: node.sub > 0 ? `${node.number}-${node.sub}` : String(node.number),
            label: node.label,
            text: linesIn(`${node.title ? `【${node.title}】` : ''}${text.slice(node.words, node.end)}`),
            chapter: heading(node),
          },
        ],
  )
}

const linesIn = (text: string): string =>
  fold(text)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n')

/** In a gap of more pairs than this (two laws that have nothing in common) articles are matched by their numbers alone. */
const widest = 60_000
/** Half of the pairs of letters in common is enough to be called the same article in other words. */
const alike = 0.5

/**
 * Two versions side by side: articles of equal words first, then in each gap between them those of most similar words, in order; what is left over is
 * laid together where it was moved, and is otherwise added or removed.
 */
export function compareLaws(before: readonly Compared[], after: readonly Compared[]): Pair[] {
  const pairs = new Map<number, number>()
  for (const [i, j] of anchors(before, after)) pairs.set(i, j)
  const bounds = [...pairs, [before.length, after.length] as [number, number]].sort((a, b) => a[0] - b[0])
  let [i0, j0] = [0, 0]
  let wide = false
  const grams = { before: before.map(({ text }) => gramsOf(text)), after: after.map(({ text }) => gramsOf(text)) }
  const score = (i: number, j: number) => {
    if (wide && before[i]?.key !== after[j]?.key) return 0
    const like = likeness(grams.before[i] as Grams, grams.after[j] as Grams)
    return like < alike ? 0 : like + (before[i]?.key === after[j]?.key ? 0.05 : 0)
  }
  for (const [i1, j1] of bounds) {
    wide = (i1 - i0) * (j1 - j0) > widest
    for (const [i, j] of aligned(i0, i1, j0, j1, score)) pairs.set(i, j)
    ;[i0, j0] = [i1 + 1, j1 + 1]
  }
  wide = (before.length - pairs.size) * (after.length - pairs.size) > widest
  const moved = movedAmong(before.length, after.length, pairs, score)
  return inOrder(before, after, pairs, moved)
}

/** Articles of equal words that follow each other in the same order on both sides: the longest such chain. */
function anchors(before: readonly Compared[], after: readonly Compared[]): [number, number][] {
  const places = Map.groupBy(
    after.map((one, j) => ({ j, text: one.text })),
    ({ text }) => text,
  )
  const unique = Map.groupBy(before, ({ text }) => text)
  const equal = before.flatMap(({ text }, i): [number, number][] => {
    const there = places.get(text)
    return there?.length === 1 && unique.get(text)?.length === 1 ? [[i, there[0]?.j ?? 0]] : []
  })
  // Longest increasing run of the places in `after`.
  const best: { length: number; from: number }[] = []
  equal.forEach(([, j], at) => {
    let from = -1
    for (let k = 0; k < at; k++)
      if ((equal[k]?.[1] ?? 0) < j && (best[k]?.length ?? 0) > (from < 0 ? 0 : (best[from]?.length ?? 0))) from = k
    best.push({ length: 1 + (from < 0 ? 0 : (best[from]?.length ?? 0)), from })
  })
  const chain: [number, number][] = []
  const top = best.reduce((found, one, at) => (found < 0 || one.length > (best[found]?.length ?? 0) ? at : found), -1)
  for (let at = top; at >= 0; at = best[at]?.from ?? -1) chain.push(equal[at] as [number, number])
  return chain.reverse()
}

/** Needleman and Wunsch over the gap: pairs in order whose likeness together is greatest. */
function aligned(i0: number, i1: number, j0: number, j1: number, score: (i: number, j: number) => number): [number, number][] {
  const [rows, columns] = [i1 - i0, j1 - j0]
  if (rows <= 0 || columns <= 0) return []
  const sums = Array.from({ length: rows + 1 }, () => new Float64Array(columns + 1))
  const at = (i: number, j: number) => sums[i]?.[j] ?? 0
  const scores = Array.from({ length: rows }, (_, i) => Float64Array.from({ length: columns }, (__, j) => score(i0 + i, j0 + j)))
  const of = (i: number, j: number) => scores[i]?.[j] ?? 0
  for (let i = rows - 1; i >= 0; i--)
    for (let j = columns - 1; j >= 0; j--)
      (sums[i] as Float64Array)[j] = Math.max(at(i + 1, j), at(i, j + 1), of(i, j) > 0 ? at(i + 1, j + 1) + of(i, j) : 0)
  const pairs: [number, number][] = []
  for (let i = 0, j = 0; i < rows && j < columns; ) {
    if (of(i, j) > 0 && at(i, j) === at(i + 1, j + 1) + of(i, j)) pairs.push([i0 + i++, j0 + j++])
    else if (at(i, j) === at(i + 1, j)) i += 1
    else j += 1
  }
  return pairs
}

/** What is left on both sides and alike stands elsewhere now; the likeliest pair first. Entered into `pairs`; answers the moved ones. */
function movedAmong(before: number, after: number, pairs: Map<number, number>, score: (i: number, j: number) => number): Set<number> {
  const taken = new Set(pairs.values())
  const left = Array.from({ length: before }, (_, i) => i).filter((i) => !pairs.has(i))
  const right = Array.from({ length: after }, (_, j) => j).filter((j) => !taken.has(j))
  const likely = left.flatMap((i) => right.map((j) => ({ i, j, like: score(i, j) }))).filter(({ like }) => like > 0)
  const moved = new Set<number>()
  for (const { i, j } of likely.sort((a, b) => b.like - a.like)) {
    if (pairs.has(i) || taken.has(j)) continue
    pairs.set(i, j)
    taken.add(j)
    moved.add(i)
  }
  return moved
}

/** In the order of the later version, with what was removed where it stood. */
function inOrder(
  before: readonly Compared[],
  after: readonly Compared[],
  pairs: ReadonlyMap<number, number>,
  moved: ReadonlySet<number>,
): Pair[] {
  const back = new Map([...pairs].map(([i, j]) => [j, i]))
  const out: Pair[] = []
  let next = 0
  const removedUpTo = (i: number) => {
    for (; next < i; next++) {
      const one = before[next]
      if (one && !pairs.has(next))
        out.push({ fate: 'removed', renumbered: false, moved: false, before: one, after: null, words: [{ op: 'out', text: one.text }] })
    }
  }
  after.forEach((one, j) => {
    const i = back.get(j)
    if (i === undefined) {
      out.push({ fate: 'added', renumbered: false, moved: false, before: null, after: one, words: [{ op: 'in', text: one.text }] })
      return
    }
    const old = before[i] as Compared
    if (!moved.has(i)) {
      removedUpTo(i)
      next = Math.max(next, i + 1)
    }
    const same = old.text === one.text
    const words = same ? [{ op: 'same' as const, text: one.text }] : wordDiff(old.text, one.text)
    out.push({ fate: same ? 'same' : 'changed', renumbered: old.key !== one.key, moved: moved.has(i), before: old, after: one, words })
  })
  removedUpTo(before.length)
  return out
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })

/** The difference of two texts in words, never in single letters of one; a lone mark between two changes is changed with them. */
export function wordDiff(before: string, after: string): Change[] {
  const wordsOf = (text: string) => Array.from(segmenter.segment(text), ({ segment }) => segment)
  const changes = edits(wordsOf(before), wordsOf(after))
  const bridged = changes.flatMap((change, i): Change[] => {
    const short = change.op === 'same' && /^[\p{P}的和与或及]$/u.test(change.text)
    const between = i > 0 && i < changes.length - 1
    return short && between
      ? [
          { op: 'out', text: change.text },
          { op: 'in', text: change.text },
        ]
      : [change]
  })
  return runs(bridged)
}

type Grams = { counts: Map<string, number>; size: number }
function gramsOf(text: string): Grams {
  const letters = [...text].filter((letter) => /[\p{L}\p{N}]/u.test(letter))
  const counts = new Map<string, number>()
  for (let i = 1; i < letters.length; i++) {
    const pair = `${letters[i - 1]}${letters[i]}`
    counts.set(pair, (counts.get(pair) ?? 0) + 1)
  }
  return { counts, size: Math.max(0, letters.length - 1) }
}

/** Twice the pairs of letters in common over all of them (Dice), or, since articles grow, three quarters of the share of the shorter one that is in the longer; 0 to 1. */
function likeness(a: Grams, b: Grams): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a]
  let common = 0
  for (const [pair, count] of small.counts) common += Math.min(count, large.counts.get(pair) ?? 0)
  const held = small.size >= 20 ? (0.75 * common) / small.size : 0
  return a.size + b.size === 0 ? 1 : Math.max(held, (2 * common) / (a.size + b.size))
}
