type Span = { start: number; end: number }
type Piece<T extends Span> = { start: number; end: number; cite: T | null }

/** A stretch of a text cut at its citations, which come in order; those that reach over its ends are cut there. */
export function piecesOf<T extends Span>(start: number, end: number, cites: readonly T[]): Piece<T>[] {
  const pieces: Piece<T>[] = []
  let at = start
  for (const cite of cites) {
    const from = Math.max(cite.start, at)
    const to = Math.min(cite.end, end)
    if (to <= from) continue
    if (from > at) pieces.push({ start: at, end: from, cite: null })
    pieces.push({ start: from, end: to, cite })
    at = to
  }
  if (at < end || pieces.length === 0) pieces.push({ start: at, end, cite: null })
  return pieces
}
