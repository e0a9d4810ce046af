/** Chinese numerals as official texts write them. Browser-safe. */

const digits = '零一二三四五六七八九'
const units: Record<string, number> = { 十: 10, 百: 100, 千: 1000 }

/** The value of a Chinese (一千二百六十, 〇, 两百) or Arabic numeral below 10,000; NaN when it is none. */
export function numeral(s: string): number {
  if (/^\d+$/.test(s)) return Number(s)
  let total = 0
  let current = 0
  for (const c of s) {
    const unit = units[c]
    if (unit !== undefined) {
      total += (current || 1) * unit
      current = 0
      continue
    }
    const digit = c === '〇' ? 0 : c === '两' ? 2 : digits.indexOf(c)
    if (digit < 0) return Number.NaN
    current = digit
  }
  return total + current
}

/** A whole number from 0 to 9,999 as laws write it: 一十 never stands at the head (十二), and a gap is one 零 (一百零五). */
export function chinese(n: number): string {
  if (n === 0) return '零'
  let out = ''
  let gap = false
  for (const [unit, sign] of [
    [1000, '千'],
    [100, '百'],
    [10, '十'],
    [1, ''],
  ] as const) {
    const digit = Math.floor(n / unit) % 10
    if (digit === 0) gap = out !== ''
    else {
      out += `${gap ? '零' : ''}${digits[digit]}${sign}`
      gap = false
    }
  }
  return out.startsWith('一十') ? out.slice(1) : out
}
