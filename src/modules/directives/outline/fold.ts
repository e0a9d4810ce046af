const pairs: Record<string, string> = {
  ';': '；',
  '?': '？',
  '!': '！',
  '(': '（',
  ')': '）',
  '﹔': '；',
  '﹐': '，',
  '．': '.',
  '\u00a0': ' ',
  '\u3000': ' ',
  '「': '“',
  '」': '”',
  '『': '“',
  '』': '”',
  '〈': '《',
  '〉': '》',
}
const digit = (c: string | undefined) => c !== undefined && c >= '0' && c <= '9'
const latin = (c: string | undefined) => c !== undefined && /[0-9A-Za-z]/.test(c)

/**
 * A copy of the text, of the same length, in one width: Chinese punctuation, ASCII digits, plain blanks. All judging works on the copy, so every offset
 * found there holds in the source.
 */
export function fold(text: string): string {
  const out: string[] = []
  let inQuote = false
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string
    const before = text[i - 1]
    const after = text[i + 1]
    const code = c.charCodeAt(0)
    if (c === '\n') inQuote = false
    if (code >= 0xff10 && code <= 0xff19) out.push(String.fromCharCode(code - 0xff10 + 48))
    else if (c === ',') out.push(digit(before) && digit(after) ? c : '，')
    else if (c === ':') out.push((digit(before) && digit(after)) || after === '/' ? c : '：')
    else if (c === '.') out.push(stop(text, i) ? '。' : c)
    else if (c === '"') {
      out.push(inQuote ? '”' : '“')
      inQuote = !inQuote
    } else out.push(pairs[c] ?? c)
  }
  return out.join('')
}

/** A half-width period ends a sentence unless it belongs to a number, a marker or a Latin word. */
function stop(text: string, i: number): boolean {
  const before = text[i - 1]
  const after = text[i + 1]
  if (before === undefined || before === '\n' || latin(after) || after === '.') return false
  if (!latin(before)) return before !== '.' && before !== ' '
  if (!(after === undefined || after === '\n' || after === '\r')) return false
  const lineStart = text.lastIndexOf('\n', i - 1) + 1
  return i - lineStart > 4
}
