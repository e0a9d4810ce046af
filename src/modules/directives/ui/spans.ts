/** The text as drawn: paragraphs, and in them stretches with and without a proposal. Pure; offsets are UTF-16 code units into the paper. */

export type Spot = { id: string; start: number; end: number }
export type Stretch = { start: number; end: number; id: string | null }
export type Paragraph = { start: number; end: number; kind: 'title' | 'heading' | 'prose'; depth: number; stretches: Stretch[] }
type Heading = { marker: string | null; depth: number; title: string; start: number }

const ends = /[。；！？：，、…]\s*$/

/** Lines of the text that say something. Every stretch of a line stands in exactly one place; overlapping spots are cut at the earlier one's end. */
export function paragraphsOf(text: string, headings: readonly Heading[], spots: readonly Spot[]): Paragraph[] {
  const at = new Map(headings.filter((one) => one.marker !== null).map((one) => [one.start, one.depth]))
  const sorted = [...spots].sort((a, b) => a.start - b.start || a.end - b.end)
  const paragraphs: Paragraph[] = []
  let next = 0
  let start = 0
  while (start < text.length) {
    const newline = text.indexOf('\n', start)
    const end = newline < 0 ? text.length : newline
    const line = text.slice(start, end)
    if (line.trim() !== '') {
      const from = start + line.length - line.trimStart().length
      const to = start + line.trimEnd().length
      while (next < sorted.length && (sorted[next] as Spot).end <= from) next += 1
      const depth = depthAt(at, start, from)
      const short = to - from <= 60 && !ends.test(line)
      const kind = short && depth !== null ? 'heading' : short && paragraphs.length === 0 ? 'title' : 'prose'
      paragraphs.push({ start: from, end: to, kind, depth: depth ?? 0, stretches: stretchesOf(from, to, sorted, next) })
    }
    start = newline < 0 ? text.length : newline + 1
  }
  return paragraphs
}

/** What `at` in an address means: a proposal's id, or a place in the text, as links from a duty or a trace name it; null when nothing is there. */
export function spotOf<T extends Spot>(at: string | undefined, spots: readonly T[]): T | null {
  const named = spots.find((one) => one.id === at)
  if (named || at === undefined || !/^\d{1,9}$/.test(at)) return named ?? null
  const place = Number(at)
  const over = spots.filter((one) => one.start <= place && place < one.end)
  return over.toSorted((a, b) => a.end - a.start - (b.end - b.start))[0] ?? null
}

function depthAt(at: ReadonlyMap<number, number>, start: number, from: number): number | null {
  for (let i = start; i <= from; i += 1) {
    const depth = at.get(i)
    if (depth !== undefined) return depth
  }
  return null
}

function stretchesOf(from: number, to: number, sorted: readonly Spot[], first: number): Stretch[] {
  const stretches: Stretch[] = []
  let at = from
  for (let i = first; i < sorted.length && at < to; i += 1) {
    const spot = sorted[i] as Spot
    if (spot.start >= to) break
    const begin = Math.max(spot.start, at)
    const end = Math.min(spot.end, to)
    if (end <= begin) continue
    if (begin > at) stretches.push({ start: at, end: begin, id: null })
    stretches.push({ start: begin, end, id: spot.id })
    at = end
  }
  if (at < to) stretches.push({ start: at, end: to, id: null })
  return stretches
}

/** Places inside a sentence where it can be cut: after a comma, a pause or a semicolon, with words on both sides. */
export function cutsOf(text: string, start: number, end: number): number[] {
  const cuts: number[] = []
  for (let at = start + 1; at < end; at += 1) {
    if (/[，、；：,;]/.test(text[at - 1] ?? '') && /[\p{L}\p{N}]/u.test(text.slice(start, at)) && /[\p{L}\p{N}]/u.test(text.slice(at, end)))
      cuts.push(at)
  }
  return cuts
}
