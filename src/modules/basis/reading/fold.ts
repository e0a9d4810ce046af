const pairs: Record<string, string> = {
  '(': '（',
  ')': '）',
  '\u00a0': ' ',
  '\u3000': ' ',
  '\t': ' ',
  '\r': ' ',
  '\ufeff': ' ',
  '．': '.',
  ':': '：',
}
const parens: Record<string, string> = Object.fromEntries(
  [...'㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩'].map((sign, i) => [sign, '一二三四五六七八九十'[i] ?? '']),
)

/** A copy of the same length in one width: ASCII digits, Chinese parentheses and colons, plain blanks. Offsets in it hold in the source. */
export function fold(text: string): string {
  return text.replace(/[()\u00a0\u3000\t\r\ufeff．:\uff10-\uff19]/g, (c) => pairs[c] ?? String.fromCharCode(c.charCodeAt(0) - 0xff10 + 48))
}

/** The numeral of a sign like ㈠; '' for any other. */
export const inOneSign = (c: string | undefined): string => parens[c ?? ''] ?? ''
