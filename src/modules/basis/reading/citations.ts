import { numeral } from '#kernel/numerals.ts'
import { fold } from './fold.ts'
import { nameKey } from './names.ts'

/** A place in a law; what is not named is null. An article with neither paragraph nor item is the whole article; no article is the whole law or chapter. */
export type Cited = {
  chapter: number | null
  article: number | null
  sub: number
  paragraph: number | null
  item: number | null
  point: number | null
  /** The last of a range: 第三条至第五条, 第（一）项至第（三）项. */
  to: number | null
}
/** `[start, end)` in the text is what is drawn as a link. `law` is the key of the title (`nameKey`), null for 本法 and 前款, which only mean something within a law. */
export type Citation = Cited & { start: number; end: number; title: string | null; law: string | null }

/** Where the text itself stands, when it is part of a law: only then do 本条, 前款, 前条 mean something. */
export type Standing = { article: number; sub: number; paragraph: number | null; previous: { article: number; sub: number } | null }
export type CitationOptions = {
  /** Keys of laws that are recognised without 《》 too: 监察法第十五条. */
  names?: readonly string[]
  within?: Standing
}

const n = '[零〇一二两三四五六七八九十百千\\d]{1,9}'
const placeRes = {
  chapter: new RegExp(`^第(${n})章`),
  article: new RegExp(`^第(${n})条(?:之([一二三四五六七八九十]{1,3})(?!规定))?`),
  paragraph: new RegExp(`^第(${n})款`),
  item: new RegExp(`^第(?:（(${n})）|(${n}))项`),
  point: new RegExp(`^第(${n})目`),
}
/** 第一、二、三款: the numbers before the last one, which carries the word. */
const listed = new RegExp(`^第(${n})((?:、${n})+)(条|款|项)`)
const levels = ['chapter', 'article', 'paragraph', 'item', 'point'] as const
type Level = (typeof levels)[number]
const levelOf: Record<string, Level> = { 条: 'article', 款: 'paragraph', 项: 'item' }

const shortRe = /^（(?:以下|下|后)(?:统|合)?(?:简)?称(?:为)?[：“]?《?([^《》（）“”]{1,30})》?”?）/
const noteRe = /^（[^（）\n]{1,24}）/
const thisLaw = /本(?:法|条例|规定|办法|准则|规则|细则|章程|制度|规程)(?=第)/g
const sameLaw = /(?:该|上述)(?:法|条例|规定|办法|准则|规则|细则|章程|制度|规程)(?=第)/g
const nothing: Cited = { chapter: null, article: null, sub: 0, paragraph: null, item: null, point: null, to: null }

type Step = { places: { start: number; end: number; cited: Cited }[]; end: number }

/**
 * The citations of a text, in its order: 《…》第三条第一款第（二）项, lists and ranges of places, short titles that the text itself defines, 该法第五条
 * after a title in the same paragraph, and with `within` 本法第五条, 前款, 前条, 本条. A title alone cites the whole law.
 */
export function readCitations(text: string, options: CitationOptions = {}): Citation[] {
  const folded = fold(text).replaceAll('〈', '《').replaceAll('〉', '》')
  const short = new Map<string, string>()
  const found: Citation[] = []
  const taken = new Uint8Array(text.length)
  const take = (start: number, head: number, title: string | null, law: string | null, step: Step) => {
    const [first, ...more] = step.places
    if (!first) found.push({ ...nothing, start, end: head, title, law })
    else found.push({ ...first.cited, start, end: first.end, title, law })
    for (const one of more) found.push({ ...one.cited, start: one.start, end: one.end, title, law })
    taken.fill(1, start, step.end)
  }
  for (let start = folded.indexOf('《'); start >= 0; start = folded.indexOf('《', start + 1)) {
    const close = taken[start] ? -1 : closing(folded, start)
    if (close < 0) continue
    let at = close + 1
    const title = text.slice(start + 1, at - 1)
    const own = nameKey(title)
    const law = short.get(own) ?? own
    const called = shortRe.exec(folded.slice(at))
    if (called) short.set(nameKey(called[1] ?? ''), law)
    at += (called ?? noteRe.exec(folded.slice(at)))?.[0].length ?? 0
    const gap = /^(?:的|之|中的?)(?=第)/.exec(folded.slice(at, at + 3))?.[0].length ?? 0
    const step = placesAt(folded, at + gap, nothing)
    take(start, close + 1, title, law, step)
  }
  for (const name of options.names ?? []) {
    for (let at = folded.indexOf(`${name}第`); at >= 0; at = folded.indexOf(`${name}第`, at + 1)) {
      const step = placesAt(folded, at + name.length, nothing)
      if (taken[at] || step.places.length === 0) continue
      // 本监察法 is none, and 中华人民共和国 before it belongs to the name.
      const lead = folded.slice(0, at).endsWith('中华人民共和国') ? 7 : 0
      take(at - lead, at + name.length, text.slice(at - lead, at + name.length), name, step)
    }
  }
  for (const m of folded.matchAll(sameLaw)) {
    const before = found
      .filter(({ law, end }) => law !== null && end <= m.index)
      .sort((a, b) => a.end - b.end)
      .at(-1)
    if (!before || taken[m.index] || folded.slice(before.end, m.index).includes('\n')) continue
    const step = placesAt(folded, m.index + m[0].length, nothing)
    if (step.places.length > 0) take(m.index, m.index + m[0].length, before.title, before.law, step)
  }
  if (options.within) relative(folded, taken, options.within, take)
  return found.sort((a, b) => a.start - b.start)
}

/** Where the title that opens here closes, marks within it counted; -1 where it does not within a line and a hundred letters. */
function closing(folded: string, start: number): number {
  let depth = 0
  for (let i = start; i < Math.min(folded.length, start + 100); i++) {
    const c = folded[i]
    if (c === '\n') return -1
    if (c === '《') depth += 1
    if (c === '》') depth -= 1
    if (depth === 0) return i - start > 1 ? i : -1
  }
  return -1
}

type Take = (start: number, head: number, title: null, law: null, step: Step) => void

/** 本法第五条, 本条第二款, 前款第一项, 前条, and a plain 第五条: all of the law the text stands in. */
function relative(folded: string, taken: Uint8Array, within: Standing, take: Take): void {
  const free = (at: number) => !taken[at]
  for (const m of folded.matchAll(thisLaw)) {
    const step = placesAt(folded, m.index + m[0].length, nothing)
    if (free(m.index) && step.places.length > 0) take(m.index, m.index + m[0].length, null, null, step)
  }
  const here: Cited = { ...nothing, article: within.article, sub: within.sub }
  for (const m of folded.matchAll(/本条(?=第[零一二三四五六七八九十\d]{1,3}[、款])|前([一二两三四五])?款|前条|本款(?=第)/g)) {
    const base = baseOf(m[0], m[1], here, within)
    if (!base || !free(m.index)) continue
    const end = m.index + m[0].length
    const step = placesAt(folded, end, base)
    take(m.index, end, null, null, step.places.length > 0 ? step : { places: [{ start: m.index, end, cited: base }], end })
  }
  const alone = new RegExp(`第${n}条(?!之一规定)`, 'g')
  for (const m of folded.matchAll(alone)) {
    if (!free(m.index)) continue
    const step = placesAt(folded, m.index, nothing)
    const own = step.places[0]?.cited
    if (own && own.article !== null) take(m.index, m.index, null, null, step)
  }
}

/** What a relative word means where it stands; null where it means nothing: 前款 in the first paragraph. */
function baseOf(word: string, many: string | undefined, here: Cited, within: Standing): Cited | null {
  if (word === '本条') return here
  if (word === '前条') return within.previous ? { ...nothing, ...within.previous } : null
  if (within.paragraph === null) return null
  if (word === '本款') return { ...here, paragraph: within.paragraph }
  const count = many === undefined ? 1 : numeral(many)
  const paragraph = within.paragraph - count
  if (paragraph < 1) return null
  return { ...here, paragraph, to: count > 1 ? within.paragraph - 1 : null }
}

/** The places from `at` on, until something else is said. What a later place does not say it has from the one before: 第三条第一款、第二款. */
function placesAt(folded: string, at: number, base: Cited): Step {
  const places: Step['places'] = []
  let before = base
  let start = at
  let end = at
  for (;;) {
    const one = placeAt(folded, start, before)
    if (one.length === 0) return { places, end }
    places.push(...one)
    const last = one.at(-1) as Step['places'][number]
    before = last.cited
    end = last.end
    const range = /^(?:至|到|[—–-]{1,2}|～)/.exec(folded.slice(end, end + 2))
    const upTo = range ? placeAt(folded, end + range[0].length, { ...before, to: null })[0] : undefined
    const level = upTo && levels.findLast((name) => upTo.cited[name] !== null)
    if (upTo && level) {
      last.cited = { ...last.cited, to: upTo.cited[level] }
      last.end = upTo.end
      end = upTo.end
      before = { ...upTo.cited, to: null }
    }
    const and = /^(?:、|和|及|以及|与|或者?|，)(?=第)/.exec(folded.slice(end, end + 3))
    if (!and) return { places, end }
    start = end + and[0].length
  }
}

/** One place, or several that share a word (第一、二款); empty where none begins. */
function placeAt(folded: string, from: number, before: Cited): Step['places'] {
  let at = from
  let cited: Cited | null = null
  for (const level of levels) {
    const many = listed.exec(folded.slice(at, at + 40))
    if (many && levelOf[many[3] ?? ''] === level) {
      const base = below(cited ?? before, level)
      const numbers = [many[1] ?? '', ...(many[2] ?? '').split('、').slice(1)]
      let next = at + 1
      return numbers.map((number, i) => {
        const start = i === 0 ? from : next
        next += number.length + 1
        const end = i === numbers.length - 1 ? next : next - 1
        return { start, end, cited: { ...base, [level]: numeral(number) } }
      })
    }
    const m = placeRes[level].exec(folded.slice(at, at + 24))
    if (!m) continue
    const number = numeral(m[1] ?? m[2] ?? '')
    if (Number.isNaN(number)) continue
    cited = { ...below(cited ?? before, level), [level]: number, ...(level === 'article' ? { sub: m[2] ? numeral(m[2]) : 0 } : {}) }
    at += m[0].length
  }
  return cited === null ? [] : [{ start: from, end: at, cited }]
}

/** What stays of a place when a level of it is named anew: everything above. */
function below(cited: Cited, level: Level): Cited {
  const kept: Cited = { ...nothing }
  for (const name of levels) {
    if (name === level) break
    kept[name] = cited[name]
    if (name === 'article') kept.sub = cited.sub
  }
  return level === 'article' ? { ...kept, chapter: null } : kept
}
