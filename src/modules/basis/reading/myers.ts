/** What became of a stretch: it stayed, was taken out, or was put in. */
export type Change = { op: 'same' | 'out' | 'in'; text: string }

/**
 * The shortest edit between two lists, as runs of equal fate (Myers, "An O(ND) Difference Algorithm and Its Variations", 1986). Beyond `most` edits it gives
 * up and says that all was replaced.
 */
export function edits(a: readonly string[], b: readonly string[], most = 600): Change[] {
  const trace = searched(a, b, Math.min(most, a.length + b.length))
  if (trace === null) return runs([...a.map((text) => ({ op: 'out' as const, text })), ...b.map((text) => ({ op: 'in' as const, text }))])
  const back: Change[] = []
  let x = a.length
  let y = b.length
  for (let d = trace.length - 1; d >= 0; d--) {
    const v = trace[d] as Map<number, number>
    const k = x - y
    const down = k === -d || (k !== d && (v.get(k - 1) ?? -1) < (v.get(k + 1) ?? -1))
    const from = down ? k + 1 : k - 1
    const x0 = d === 0 ? 0 : (v.get(from) ?? 0)
    const y0 = d === 0 ? 0 : x0 - from
    while (x > x0 && y > y0) {
      x -= 1
      y -= 1
      back.push({ op: 'same', text: a[x] ?? '' })
    }
    if (d === 0) break
    if (down) {
      y -= 1
      back.push({ op: 'in', text: b[y] ?? '' })
    } else {
      x -= 1
      back.push({ op: 'out', text: a[x] ?? '' })
    }
  }
  return runs(back.reverse())
}

/** The furthest points reached before each number of edits; null when `most` edits do not do. */
function searched(a: readonly string[], b: readonly string[], most: number): Map<number, number>[] | null {
  let v = new Map([[1, 0]])
  const trace: Map<number, number>[] = []
  for (let d = 0; d <= most; d++) {
    trace.push(v)
    const next = new Map<number, number>()
    for (let k = -d; k <= d; k += 2) {
      let x = k === -d || (k !== d && (v.get(k - 1) ?? -1) < (v.get(k + 1) ?? -1)) ? (v.get(k + 1) ?? 0) : (v.get(k - 1) ?? 0) + 1
      while (x < a.length && x - k < b.length && x >= k && a[x] === b[x - k]) x += 1
      next.set(k, x)
      if (x >= a.length && x - k >= b.length) return trace
    }
    v = next
  }
  return null
}

/** Neighbours of one fate joined; within a replaced stretch what went comes before what came. */
export function runs(changes: readonly Change[]): Change[] {
  const out: Change[] = []
  let gone = ''
  let come = ''
  const flush = () => {
    if (gone) out.push({ op: 'out', text: gone })
    if (come) out.push({ op: 'in', text: come })
    gone = ''
    come = ''
  }
  for (const { op, text } of changes) {
    if (op === 'out') gone += text
    else if (op === 'in') come += text
    else {
      flush()
      const last = out.at(-1)
      if (last?.op === 'same') last.text += text
      else out.push({ op, text })
    }
  }
  flush()
  return out
}
