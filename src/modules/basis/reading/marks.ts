import { numeral } from '#kernel/numerals.ts'
import { fold, inOneSign } from './fold.ts'

/** One line: `[start, end)` with its break, `[from, to)` without break and outer blanks (a leading # of Markdown counts as blank). */
export type Line = { start: number; end: number; from: number; to: number; text: string; indented: boolean; markdown: boolean }

export type HeadClass = 'part' | 'subpart' | 'chapter' | 'section'
export type ItemClass = 'cnParen' | 'num' | 'numParen' | 'circle'
export type Head = { class: HeadClass; number: number | null; label: string; title: string; words: number }
export type Article = { number: number; sub: number; label: string; title: string; words: number }
export type Item = { class: ItemClass; number: number; label: string; start: number; words: number }

export function linesOf(text: string): Line[] {
  const folded = fold(text)
  const lines: Line[] = []
  for (let start = 0; start < text.length; ) {
    const nl = text.indexOf('\n', start)
    const end = nl < 0 ? text.length : nl + 1
    let from = start
    let to = nl < 0 ? end : nl
    while (to > start && folded[to - 1] === ' ') to--
    while (from < to && folded[from] === ' ') from++
    const indented = from - start >= 2
    const md = /^#{1,6} +/.exec(folded.slice(from, to))
    if (md) from += md[0].length
    lines.push({ start, end, from, to, text: folded.slice(from, to), indented, markdown: md !== null })
    start = end
  }
  return lines
}

const n = '[零〇○一二两三四五六七八九十百千]{1,9}|\\d{1,4}'
const headRe = new RegExp(`^第 ?(${n.replace('{1,9}', '{1,9}')}) ?(分编|编|章|节)`)
const spacedHead = /^第 +([一二三四五六七八九十百 ]{1,9}?) +(分编|编|章|节)/
const classes: Record<string, HeadClass> = { 编: 'part', 分编: 'subpart', 章: 'chapter', 节: 'section' }
const lone = /^(总 *则|分 *则|附 *则|罚 *则)$/

const value = (s: string): number => numeral(s.replaceAll(' ', '').replaceAll('○', '〇'))
/** Dots and a page number, as a table of contents has them. */
const pageNumber = /[ .·…⋯\-—]*\d*$/

/** A heading of 编, 分编, 章, 节, or a lone 总则, 附则; null for prose that only begins like one (第二章规定的…). */
export function headAt(line: Line): Head | null {
  if (!/^[第总分附罚]/.test(line.text)) return null
  const alone = lone.exec(line.text)
  if (alone) return { class: 'chapter', number: null, label: '', title: alone[0].replaceAll(' ', ''), words: line.from }
  const m = headRe.exec(line.text) ?? spacedHead.exec(line.text)
  if (!m) return null
  const rest = line.text.slice(m[0].length)
  const title = rest.trim()
  const parted = rest === '' || rest.startsWith(' ') || rest.startsWith('：')
  if (title.length > 50 || /[。；，]/.test(title) || /^[、和至及]/.test(title)) return null
  if (!parted && !line.markdown && (title.length > 30 || /^(?:规定|所列|的|以|中|之)/.test(title))) return null
  const number = value(m[1] ?? '')
  if (Number.isNaN(number)) return null
  const shown = title.replace(/^：/, '').replace(pageNumber, (tail) => (/[.·…⋯]/.test(tail) || /^ +\d/.test(tail) ? '' : tail))
  return {
    class: classes[m[2] ?? ''] ?? 'chapter',
    number,
    label: m[0].replaceAll(' ', ''),
    title: squeezed(shown),
    words: line.from + m[0].length + (rest.length - rest.trimStart().length),
  }
}

/** 总 则 is 总则: blanks that only space out a word of two letters go. */
const squeezed = (title: string): string => {
  const plain = title.trim().replace(/ +/g, ' ')
  return /^[\p{Script=Han}](?: [\p{Script=Han}]){1,3}$/u.test(plain) ? plain.replaceAll(' ', '') : plain
}

const articleRe = new RegExp(`^第 ?(${n}) ?条(?: ?之 ?([一二三四五六七八九十]{1,3})(?!规定))?`)
const nameRe = /^(?:【([^】]{1,40})】|（([^（）。；，、]{2,20})）(?= *\S))/

/**
 * The marker of an article at `at` of the folded text. Without a blank behind it the marker counts only where its number is the one expected, since
 * prose may begin with 第十五条规定的人员.
 */
export function articleAt(folded: string, at: number, expected: number): Article | null {
  if (folded[at] !== '第') return null
  const window = folded.slice(at, at + 80)
  const m = articleRe.exec(window)
  if (!m) return null
  const number = value(m[1] ?? '')
  if (Number.isNaN(number)) return null
  const rest = window.slice(m[0].length)
  const parted = rest === '' || /^[ \n：【]/.test(rest)
  if (!parted && (number !== expected || /^(?:规定|所列|所称|第|的|和|至|到|及|与|或|、|，|以|之|中|与)/.test(rest))) return null
  const gap = /^[ ：]*/.exec(rest)?.[0].length ?? 0
  const name = nameRe.exec(rest.slice(gap))
  const title = name?.[1] ?? (name?.[2] && !/^[一二三四五六七八九十]+$/.test(name[2]) ? name[2] : undefined)
  const behind = title === undefined ? 0 : (name?.[0].length ?? 0)
  const more = /^ */.exec(rest.slice(gap + behind))?.[0].length ?? 0
  return {
    number,
    sub: m[2] ? value(m[2]) : 0,
    label: m[0].replaceAll(' ', ''),
    title: title ?? '',
    words: at + m[0].length + gap + behind + (behind > 0 ? more : 0),
  }
}

const itemRes: [ItemClass, RegExp][] = [
  ['cnParen', /^（ ?([零一二三四五六七八九十百]{1,4}) ?）[、.]? */],
  ['num', /^(\d{1,2}) ?(?:[、]|[.](?!\d)) */],
  ['numParen', /^（ ?(\d{1,2}) ?）[、.]? */],
]

/** The marker of an item or a point at `at` of the folded text: （一） ㈠ 1. （1） ①. */
export function itemAt(folded: string, at: number): Item | null {
  if (!/[（\d㈠-㈩①-⑳]/.test(folded[at] ?? '')) return null
  const one = inOneSign(folded[at])
  if (one) return { class: 'cnParen', number: numeral(one), label: folded[at] ?? '', start: at, words: at + 1 }
  const code = folded.charCodeAt(at)
  if (code >= 0x2460 && code <= 0x2473) return { class: 'circle', number: code - 0x245f, label: folded[at] ?? '', start: at, words: at + 1 }
  const window = folded.slice(at, at + 16)
  for (const [cls, re] of itemRes) {
    const m = re.exec(window)
    if (m)
      return {
        class: cls,
        number: numeral(m[1] ?? ''),
        label: m[0].trim().replace(/(?<=）)[、.]$/, ''),
        start: at,
        words: at + m[0].length,
      }
  }
  return null
}

/**
 * Items that stand inside a line: `履行下列职责：（一）…；（二）…`. The first needs a colon before it and a second behind it; each further one follows a stop
 * and the one before. `next` is the number that would go on from an earlier line, 0 where none is open.
 */
export function itemsWithin(folded: string, from: number, to: number, next: number): Item[] {
  const found: Item[] = []
  const line = folded.slice(from, to)
  const first = line.search(/：（ ?(?:一|1) ?）/)
  let due = next > 0 ? next : first >= 0 && /[；。，]（ ?(?:二|2) ?）/.test(line.slice(first)) ? 1 : 0
  if (due === 0) return found
  for (let i = from + 1; i < to; i++) {
    const before = folded[i - 1] ?? ''
    if (folded[i] !== '（' || !(due === 1 ? before === '：' : /[；。，]/.test(before))) continue
    const item = itemAt(folded, i)
    if (item === null || item.number !== due) continue
    found.push(item)
    due += 1
  }
  return found
}
