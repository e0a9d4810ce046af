import type { HeadClass, Line } from './marks.ts'
import { headAt } from './marks.ts'

/** What stands before the first article: the order that made it known, the title, notes, the table of contents, a preamble. */
export type FrontKind = 'title' | 'note' | 'contents' | 'preamble'
export type Front = {
  /** Kinds of the lines before the body, one each; blank lines go with the line before them. */
  kinds: FrontKind[]
  title: string
  /** Headings that the table of contents names. */
  contents: { class: HeadClass; number: number | null; title: string }[]
}

const lawLike =
  /(?:法|法典|条例|规定|办法|规则|准则|细则|规程|章程|意见|决定|方案|制度|标准|守则|解释|纲要|规范|条令|清单)(?:[（〔].{1,20}[）〕])?$/
const dated = /(?:\d{4}|[〇零○一二三四五六七八九]{4}) ?年 ?[\d一二三四五六七八九十]{1,3} ?月 ?[\d一二三四五六七八九十]{1,3} ?日/
const told = /通过|公布|发布|颁布|印发|批准|施行|实施|修正|修订|修改|审议/
const numberLine = /〔\d{4}〕|第 ?[\d一二三四五六七八九十百]+ ?号$|令$/
const count = (text: string, sign: string): number => text.split(sign).length - 1

/** How many more `（` and `《` open in a line than close. */
const opening = (text: string): [number, number] => [count(text, '（') - count(text, '）'), count(text, '《') - count(text, '》')]
/** Adds lines up: whether `（` or `《` is still open behind all that were added. */
function brackets(): { add: (text: string) => void; open: () => boolean; clear: () => void } {
  let sums = [0, 0]
  return {
    add: (text) => {
      sums = opening(text).map((more, i) => (sums[i] ?? 0) + more)
    },
    open: () => sums.some((sum) => sum > 0),
    clear: () => {
      sums = [0, 0]
    },
  }
}

/** The lines of a table of contents before the first article (`first`: its line, or the number of lines): announced by 目录, or headings that come again. */
export function contentsOf(lines: readonly Line[], first: number): { from: number; to: number } | null {
  const heads = lines.slice(0, first).flatMap((line, i) => {
    const head = headAt(line)
    return head ? [{ i, key: `${head.class} ${head.number} ${head.number === null ? head.title : ''}` }] : []
  })
  const word = lines.findIndex((line, i) => i < first && /^目 *[录次]$/.test(line.text))
  const begun = heads.find(({ i }) => i > word)
  if (!begun) return word >= 0 ? { from: word, to: word + 1 } : null
  const again = heads.find(({ i, key }) => i > begun.i && key === begun.key)
  if (again) {
    let to = (heads.findLast(({ i }) => i < again.i)?.i ?? begun.i) + 1
    while (/^附/.test(lines[to]?.text ?? '') && to < again.i) to += 1
    return { from: word >= 0 ? word : begun.i, to }
  }
  // Contents are announced, and the articles follow without headings of their own.
  return word >= 0 && !heads.some(({ i }) => i === first - 1) ? { from: word, to: (heads.at(-1)?.i ?? word) + 1 } : null
}

/** Says of each line before the body what it is. `body` is the number of lines that stand before the body, `contents` the lines of its table of contents. */
export function frontOf(lines: readonly Line[], body: number, contents: { from: number; to: number } | null): Front {
  const inContents = (i: number) => contents !== null && i >= contents.from && i < contents.to
  const filled = lines.slice(0, body).flatMap((line, i) => (line.from < line.to && !inContents(i) ? [i] : []))
  const textOf = (i: number | undefined) => (i === undefined ? '' : (lines[i]?.text ?? ''))
  const marked = filled.find((i) => lines[i]?.markdown && !/^<!--/.test(textOf(i)))
  const titleAt = marked ?? lastTitle(filled, textOf) ?? filled.find((i) => !/^<!--/.test(textOf(i)) && textOf(i).length <= 80)
  const kinds: FrontKind[] = []
  let title = textOf(titleAt)
  const notes = brackets()
  let goesOn = 0
  for (let i = 0; i < body; i++) {
    const text = textOf(i)
    if (lines[i]?.from === lines[i]?.to) kinds.push(kinds.at(-1) ?? (titleAt === undefined ? 'preamble' : 'title'))
    else if (inContents(i)) kinds.push('contents')
    else if (i === titleAt) kinds.push('title')
    else {
      // A note whose bracket is not closed goes on in the next lines, but not without end.
      goesOn = notes.open() && text.length < 400 ? goesOn + 1 : 0
      const kind = noteOrProse(text, goesOn > 0 && goesOn < 6, titleAt !== undefined && i < titleAt)
      if (kind === 'note') notes.add(text)
      else notes.clear()
      kinds.push(kind)
    }
  }
  const before = filled[filled.indexOf(titleAt ?? -1) - 1]
  if (titleAt !== undefined && before !== undefined && firstHalf(textOf(before), title)) {
    title = textOf(before) + title
    for (let i = before; i < titleAt; i++) kinds[i] = 'title'
  }
  const heads = lines.slice(contents?.from ?? 0, contents?.to ?? 0).flatMap((line) => headAt(line) ?? [])
  return { kinds, title: title.trim(), contents: heads }
}

/** The last line that could be a title: it is called like a law, and stands in no bracket. */
function lastTitle(filled: readonly number[], textOf: (i: number) => string): number | undefined {
  const before = brackets()
  let last: number | undefined
  for (const i of filled) {
    const text = textOf(i)
    if (text.length <= 80 && lawLike.test(text) && !/^[（第<]|[。；，]/.test(text) && !dated.test(text) && !before.open()) last = i
    before.add(text)
  }
  return last
}

function noteOrProse(text: string, goesOn: boolean, beforeTitle: boolean): FrontKind {
  if (beforeTitle || /^<!--/.test(text) || goesOn) return 'note'
  if (text.length >= 400) return 'preamble'
  const says = (dated.test(text) && told.test(text)) || /^（/.test(text) || (text.length < 60 && numberLine.test(text))
  return says || (text.length < 40 && dated.test(text)) ? 'note' : 'preamble'
}

/** 某某市人民防空办公室 over 考勤管理办法: a title in two lines. */
const firstHalf = (text: string, title: string): boolean =>
  text.length <= 30 && !/[\d<（。，；：]|令$|公告$|通知$/.test(text) && !lawLike.test(text) && !title.startsWith(text)
