import { numeral } from '#kernel/numerals.ts'

/** Kinds of markers, from the outermost in; the rank only decides who may stand inside whom. */
export type MarkerClass = 'md' | 'part' | 'cn' | 'cnParen' | 'num' | 'numSub' | 'numParen' | 'circle' | 'ordinal' | 'order' | 'yao' | 'shi'
export const rank: Record<MarkerClass, number> = {
  md: 5,
  part: 10,
  cn: 30,
  cnParen: 40,
  num: 50,
  numSub: 55,
  numParen: 60,
  circle: 70,
  ordinal: 74,
  order: 76,
  yao: 80,
  shi: 85,
}

/** A marker at `[start, textStart)`; `inline` when it stands inside a line. `depth` is the number of # or of numbers in 1.2.3, or 编 章 节 条 from 1 on. */
export type Mark = {
  start: number
  textStart: number
  marker: string
  class: MarkerClass
  ordinal: number
  inline: boolean
  depth: number
  mixed: boolean
}

const cn = '[零〇一二三四五六七八九十百]{1,5}'
type Pattern = { class: MarkerClass; re: RegExp; ordinal: (m: RegExpExecArray) => number; depth?: (m: RegExpExecArray) => number }
const one = (m: RegExpExecArray) => numeral(m[1] ?? '')
const lineStart: Pattern[] = [
  { class: 'md', re: /^(#{1,6})[ ]+/, ordinal: () => Number.NaN, depth: (m) => (m[1] ?? '').length },
  {
    class: 'part',
    re: new RegExp(`^第(${cn}|\\d{1,3})(部分|[章节条编篇])[ 、：]*`),
    ordinal: one,
    depth: (m) => ({ 章: 2, 节: 3, 条: 4 })[m[2] ?? ''] ?? 1,
  },
  { class: 'cn', re: new RegExp(`^(${cn})[ ]*[、.。．](?![一二三四五六七八九十]{1,3}[、级类次线])[ ]*`), ordinal: one },
  { class: 'cnParen', re: new RegExp(`^[（](${cn})[）][、.，]?[ ]*`), ordinal: one },
  {
    class: 'numSub',
    re: /^(\d{1,2}(?:\.\d{1,2}){1,3})[.、 ]*(?=[^\d\s.%％、，。；）/-])(?!\s*(?:万|亿|元|%|米|公里|平方|倍|个百分点|吨|小时|年|月|日))/,
    ordinal: (m) => numeral((m[1] ?? '').split('.').at(-1) ?? ''),
    depth: (m) => (m[1] ?? '').split('.').length,
  },
  { class: 'num', re: /^(\d{1,2})[ ]*(?:[、]|[.。](?!\d(?!\d?(?:月|[日号](?:前|之前|起)|个|周|天|小时)|\d{3}年)))[ ]*/, ordinal: one },
  { class: 'numParen', re: /^[（]?(\d{1,2})[）][、.]?[ ]*/, ordinal: one },
  { class: 'circle', re: /^([①-⑳])[、.]?[ ]*/, ordinal: (m) => (m[1] ?? '').charCodeAt(0) - 0x245f },
]
const atStart: Pattern[] = [
  { class: 'ordinal', re: new RegExp(`^第(${cn})(?:步|阶段)?(?:[，、：]|(?=[要是]))[ ]*`), ordinal: one },
  { class: 'yao', re: new RegExp(`^(${cn})要(?![素点件害领义案闻么]|求[^真实是])`), ordinal: one },
  { class: 'shi', re: new RegExp(`^(${cn})是(?!一|二)`), ordinal: one },
  { class: 'order', re: /^(首先|其次|再次|最后|其三|其四|其五|其一|其二)(?:[，、：]|(?=[是要]))[ ]*/, ordinal: (m) => orderOf(m[1] ?? '') },
]
const orderOf = (w: string) => ({ 首先: 1, 其一: 1, 其次: 2, 其二: 2, 再次: 3, 其三: 3, 其四: 4, 其五: 5, 最后: 99 })[w] ?? Number.NaN
const inlineOnly: Pattern[] = [
  { class: 'cnParen', re: new RegExp(`^[（](${cn})[）][、]?`), ordinal: one },
  { class: 'num', re: /^(\d{1,2})(?:[、]|[.](?!\d))/, ordinal: one },
  { class: 'numParen', re: /^[（](\d{1,2})[）]|^(\d{1,2})[）]/, ordinal: (m) => numeral(m[1] ?? m[2] ?? '') },
  { class: 'circle', re: /^([①-⑳])/, ordinal: (m) => (m[1] ?? '').charCodeAt(0) - 0x245f },
]

function match(patterns: Pattern[], folded: string, at: number, inline: boolean, source: string): Mark | null {
  const window = folded.slice(at, at + 24)
  for (const p of patterns) {
    const m = p.re.exec(window)
    if (!m) continue
    const ordinal = p.ordinal(m)
    if (p.class !== 'md' && !(ordinal >= 0)) continue
    const raw = source.slice(at, at + m[0].length)
    const marker = (p.class === 'md' ? m[0] : raw).replace(/[\s，：]+$/, '')
    return {
      start: at,
      textStart: at + m[0].length,
      marker,
      class: p.class,
      ordinal,
      inline,
      depth: p.depth?.(m) ?? 1,
      mixed: mixedWidth(raw, p.class),
    }
  }
  return null
}

/** Half-width or mismatched marks around a Chinese numeral, or mismatched parentheses round any. */
function mixedWidth(raw: string, cls: MarkerClass): boolean {
  if (cls === 'cn') return /[.。．]/.test(raw)
  if (cls === 'cnParen') return raw.includes('(') || raw.includes(')')
  if (cls === 'numParen') return /（.*\)|\(.*）/.test(raw)
  if (cls === 'num') return /[０-９．]/.test(raw)
  return false
}

/** The marker at the start of a line's text, or null. */
export function lineMark(folded: string, at: number, source: string): Mark | null {
  return match(lineStart, folded, at, false, source) ?? match(atStart, folded, at, true, source)
}

/**
 * Candidates inside `[from, to)`: a marker counts only right after a stop (。；：！？，) and outside quotation marks. Whether a candidate really opens a
 * direction is decided over the whole run (`sections.ts`).
 */
export function inlineMarks(folded: string, from: number, to: number, depth: Uint8Array, source: string): Mark[] {
  const found: Mark[] = []
  for (let i = from; i < to - 1; i++) {
    const c = folded.charCodeAt(i)
    const stop = c === 0x3002 || c === 0xff1b || c === 0xff1a || c === 0xff01 || c === 0xff1f || c === 0xff0c || c === 0x201d
    if (!stop || depth[i + 1]) continue
    if (c === 0x201d && !/[。！？]/.test(folded[i - 1] ?? '')) continue
    let at = i + 1
    while (at < to && folded[at] === ' ') at++
    const mark = match(atStart, folded, at, true, source) ?? (c === 0xff0c ? null : match(inlineOnly, folded, at, true, source))
    if (!mark) continue
    if (c === 0xff0c && mark.class !== 'shi' && mark.class !== 'yao') continue
    found.push(mark)
  }
  return found
}
