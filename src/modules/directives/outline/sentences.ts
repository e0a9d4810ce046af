/** A stretch `[start, end)` of the text without outer blanks; `stop` is the mark that ended it. */
export type Span = { start: number; end: number; stop: string }

const blank = /[\s\ufeff>|]/

/** Cuts `[from, to)` where a character of `stops` stands outside quotation marks. The stop belongs to its span; blanks round it belong to none. */
export function cut(folded: string, inside: Uint8Array, from: number, to: number, stops: string): Span[] {
  const out: Span[] = []
  let start = from
  for (let i = from; i <= to; i++) {
    const c = i < to ? (folded[i] as string) : '\n'
    const here = i === to || (stops.includes(c) && !inside[i])
    const quoted = i < to && c === '”' && stops.includes('。') && /[。！？]/.test(folded[i - 1] ?? '') && opens(folded, i + 1, inside)
    if (!here && !quoted) continue
    let end = Math.min(i + 1, to)
    if (c === '\n') end = i
    let s = start
    while (s < end && blank.test(folded[s] as string)) s++
    while (end > s && blank.test(folded[end - 1] as string)) end--
    if (end > s) out.push({ start: s, end, stop: c })
    start = i + 1
  }
  return out
}

/** After a closing quotation mark behind a full stop a new sentence begins, unless the old one goes on. */
const opens = (folded: string, at: number, inside: Uint8Array) => !inside[at] && !/^[，、；：。的这等，]/.test(folded.slice(at, at + 1))

export const sentences = (folded: string, inside: Uint8Array, from: number, to: number) => cut(folded, inside, from, to, '。！？\n')
export const parts = (folded: string, inside: Uint8Array, from: number, to: number) => cut(folded, inside, from, to, '；')
export const clauses = (folded: string, inside: Uint8Array, from: number, to: number) => cut(folded, inside, from, to, '，：；。！？')
