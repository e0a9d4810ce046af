import { type Article, articleAt, type Head, headAt, type Item, type ItemClass, itemAt, itemsWithin, type Line } from './marks.ts'
import type { Draft } from './read.ts'
import type { NodeKind } from './types.ts'

const ranks: Partial<Record<NodeKind, number>> = { part: 1, subpart: 2, chapter: 3, section: 4, article: 5 }
const itemRanks: Record<ItemClass, number> = { cnParen: 1, num: 2, numParen: 3, circle: 4 }
const annexLine = /^附 ?(?:件|录|表)? ?[一二三四五六七八九十\d]{0,3} ?(?:：.{0,60})?$/
const dateLine = /^（?(?:\d{4}|[〇零○一二三四五六七八九]{4}) ?年 ?[\d一二三四五六七八九十]{1,3} ?月 ?[\d一二三四五六七八九十]{1,3} ?日）?$/
const signer = /^[^，。；：、（）]{2,30}(?:办公室|委员会|人民政府|党组|党委|支部|委|局|办|厅|部)$/
const finished = /[。；：！？…”』）》]$/

/** Reads the lines from `from` on; `base` is how many nodes stand before, so that parents are counted over all of them. */
export function bodyOf(lines: readonly Line[], folded: string, from: number, base: number): Draft[] {
  const drafts: Draft[] = []
  /** Headings and the article that are open, outermost first. */
  const open: { rank: number; at: number }[] = []
  let paragraph: number | null = null
  let paragraphs = 0
  let items: { rank: number; at: number; number: number }[] = []
  let expected = 1
  let articles = 0
  const tail = tailOf(lines, from)
  // Where every article is indented, a line that is not goes on with the one before it.
  const wraps = lines.every((line, i) => i < from || line.indented || articleAt(folded, line.from, 0) === null)

  const push = (draft: Omit<Draft, 'parent'>, parent: number | null): number => {
    drafts.push({ ...draft, parent })
    return base + drafts.length - 1
  }
  const holding = (): number | null => open.at(-1)?.at ?? null
  const inArticle = () => open.at(-1)?.rank === ranks.article
  const closeText = () => {
    paragraph = null
    paragraphs = 0
    items = []
  }
  const plain = { number: null, sub: 0, label: '', title: '' }
  const openAs = (kind: NodeKind, draft: Omit<Draft, 'parent' | 'kind'>) => {
    const rank = ranks[kind] ?? 9
    while (open.length > 0 && (open.at(-1)?.rank ?? 0) >= rank) open.pop()
    const at = push({ ...draft, kind }, holding())
    open.push({ rank, at })
    closeText()
  }
  const beginParagraph = (start: number, words: number) => {
    paragraphs += 1
    items = []
    paragraph = push({ ...plain, kind: 'paragraph', number: paragraphs, start, words }, holding())
  }
  const addItem = (item: Item, start: number) => {
    const rank = itemRanks[item.class]
    while (items.length > 0 && (items.at(-1)?.rank ?? 0) >= rank) items.pop()
    const above = items.at(-1)
    const { number, label, words } = item
    const at = push({ kind: above ? 'point' : 'item', number, sub: 0, label, title: '', start, words }, above?.at ?? paragraph ?? holding())
    items.push({ rank, at, number })
  }
  /** Items inside a stretch, after what already opened it. */
  const within = (start: number, end: number) => {
    const last = items.findLast(({ rank }) => rank === itemRanks.cnParen)
    for (const item of itemsWithin(folded, start, end, last ? last.number + 1 : 0)) addItem(item, item.start)
  }
  const addArticle = (article: Article, start: number, end: number) => {
    const { number, sub, label, title, words } = article
    openAs('article', { number, sub, label, title, start, words })
    expected = number + 1
    articles += 1
    if (words < end) text(words, words, end)
  }
  /** The text of a line or of what is left of it behind a marker: a paragraph, or an item where it begins as one. */
  const text = (start: number, words: number, end: number) => {
    const next = innerArticle(words, end)
    const to = next?.start ?? end
    const item = itemAt(folded, words)
    if (item && (inArticle() || item.class === 'cnParen')) addItem(item, start)
    else beginParagraph(start, words)
    within(words + 1, to)
    if (next) addArticle(next.article, next.start, end)
  }
  /** An article that begins inside a line, behind a full stop: only the one expected, and with a blank behind its marker. */
  const innerArticle = (start: number, end: number): { start: number; article: Article } | null => {
    for (let i = start; i < end - 3; i++) {
      if (folded[i] !== '。') continue
      const at = i + 1 + (/^ */.exec(folded.slice(i + 1, i + 9))?.[0].length ?? 0)
      const article = folded[at] === '第' ? articleAt(folded, at, 0) : null
      if (article && article.number === expected && article.sub === 0 && article.words < end) return { start: at, article }
    }
    return null
  }
  const addHead = (head: Head, line: Line, next: Line | undefined): boolean => {
    // The title of a heading may stand on the next line.
    const title =
      head.title === '' && next && next.text.length <= 30 && unmarked(next, folded) && !finished.test(next.text) ? next.text : head.title
    openAs(head.class, { number: head.number, sub: 0, label: head.label, title, start: line.start, words: head.words })
    return title !== head.title
  }

  let annex = false
  let before: Line | null = null
  for (let i = from; i < lines.length; i++) {
    const line = lines[i] as Line
    if (line.from === line.to) {
      before = null
      continue
    }
    const last = before as Line | null
    before = line
    if (i === tail) {
      push({ ...plain, kind: 'note', start: line.start, words: line.from }, null)
      break
    }
    if (articles > 0 && annexLine.test(line.text)) {
      push({ ...plain, kind: 'annex', title: line.text, start: line.start, words: line.from }, null)
      annex = true
    }
    if (annex) continue
    const head = headAt(line)
    if (head) {
      if (addHead(head, line, lines[i + 1])) i += 1
      continue
    }
    const article = articleAt(folded, line.from, expected)
    if (article) addArticle(article, line.start, line.to)
    else if (goesOn(line, last, wraps) && (paragraph !== null || items.length > 0)) within(line.from, line.to)
    else text(line.start, line.from, line.to)
  }
  return drafts
}

/** Whether a line without a marker only goes on with the one before it: a text broken at a fixed width. */
function goesOn(line: Line, before: Line | null, wraps: boolean): boolean {
  if (before === null || itemAt(line.text, 0) !== null) return false
  return !finished.test(before.text) && ((wraps && !line.indented && before.text.length >= 10) || before.text.length >= 25)
}

const unmarked = (line: Line, folded: string) =>
  headAt(line) === null && articleAt(folded, line.from, 0) === null && itemAt(folded, line.from) === null

/** The line where a signature begins: at the very end, a date with who signed before it; -1 where there is none. */
function tailOf(lines: readonly Line[], from: number): number {
  let tail = -1
  let seen = 0
  for (let i = lines.length - 1; i >= from && seen < 4; i--) {
    const { text } = lines[i] as Line
    if (text === '') continue
    if (!dateLine.test(text) && !(tail >= 0 && signer.test(text))) break
    tail = i
    seen += 1
  }
  return tail
}
