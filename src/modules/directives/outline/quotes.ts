const open = '“《（‘【[〔'
const close = '”》）’】]〕'

/**
 * For every position of the folded text, whether it lies inside quotation marks, a book title or parentheses (1) or not (0). Marks pair within one line
 * only; one that is never closed there counts for nothing, so that a typing slip cannot swallow the rest of the paper.
 */
export function depths(folded: string): Uint8Array {
  const inside = new Uint8Array(folded.length + 1)
  let stack: { kind: number; at: number }[] = []
  for (let i = 0; i < folded.length; i++) {
    const c = folded[i] as string
    if (c === '\n') {
      stack = []
      continue
    }
    const o = open.indexOf(c)
    if (o >= 0) {
      if (stack.length < 8) stack.push({ kind: o, at: i })
      continue
    }
    const k = close.indexOf(c)
    if (k < 0) continue
    const top = stack.findLastIndex((s) => s.kind === k)
    if (top < 0) continue
    const at = stack[top]?.at ?? i
    stack = stack.slice(0, top)
    if (top === 0) inside.fill(1, at, i + 1)
  }
  return inside
}
