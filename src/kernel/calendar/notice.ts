import { numeral } from '../numerals.ts'
import type { CalendarYear } from './calendar.ts'
import { type Day, dayAt, dayOfNumber, isDay, monthLength, numberOf, type Weekday, weekday } from './days.ts'
import { type Draft, settle } from './read-days.ts'
import { decline } from './refusals.ts'

/** One sentence of the notice, in the item (holiday) it stands in. */
type Sentence = { item: string; text: string; line: number }

const WEEKDAYS = '一二三四五六日'
const NUMBERED = /^(?:[一二三四五六七八九十]+\s*、|\d{1,2}\s*[.、．](?!\d)|[（(][一二三四五六七八九十]+[）)])\s*/
const NAMED = /^(?:\d{4}\s*年\s*)?([^\d。；：:]{1,20}?)\s*(?:[：:。]|(?=\d)|$)\s*(.*)$/
const ITEM_WITHIN_LINE = /(?<=[。；;：:])\s*(?=[一二三四五六七八九十]+\s*、[^\d。；：:]{1,20}[：:])/
const HAS_DATE = /\d\s*日/
const VERB = /放假|休假|补休|调休|休息|公休|上班/
const SIGNATURE = /^\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日$/
// "Units are encouraged to let people rest on New Year's Eve": advice, not a day off.
const ADVICE = /鼓励|提倡|建议/

const TOKEN =
  /(?:(?<year>\d{4})年|(?<next>次年|翌年))?(?:(?<month>\d{1,2})月)?(?<date>\d{1,2})日(?:[（(](?<said>[^）)]*)[）)])?|(?<through>至|到|[-–—~～]+)|(?<total>共计?)(?<days>[\d一二三四五六七八九十]+)天|(?<off>放假调休|放假公休|调休放假|放假|休假|补休|调休|休息|公休)(?:(?<each>\d+)天)?|(?<work>上班)|\d{4}年(?!\d)|(?<digits>\d+)/g

/** The holiday a line opens, with the rest of the line: “一、元旦：…” or, with a colon and a date, “元旦：…”. */
function headOf(line: string): { item: string; rest: string } | 'closing' | null {
  const bare = line.replace(NUMBERED, '')
  const numbered = bare !== line
  const found = NAMED.exec(bare)
  if (!numbered && (!found || !/[：:]/.test(bare) || !HAS_DATE.test(found[2] ?? ''))) return null
  // A numbered paragraph that names no holiday (what to mind over the holidays) ends the list.
  if (numbered && bare.length > 20 && !HAS_DATE.test(bare) && !VERB.test(bare)) return 'closing'
  return { item: (found?.[1] ?? bare.slice(0, 20)).replace(/\s/g, ''), rest: found?.[2] ?? bare }
}

/** The notice's items as sentences, each with its line. A sentence that stands outside them and speaks of days off is refused, not lost. */
function sentencesOf(text: string): Sentence[] {
  const sentences: Sentence[] = []
  let item: string | null = null
  const add = (part: string, line: number, opens: boolean) => {
    const sentence = part.replace(/\s/g, '')
    const dated = HAS_DATE.test(sentence)
    if (item === null) {
      if (!dated || !VERB.test(sentence) || ADVICE.test(sentence)) return
      return decline(
        'calendar.unread',
        { sentence: shown(sentence), why_zh: '不在任何一项之下', why_en: 'it stands under no holiday' },
        `line ${line}`,
      )
    }
    const last = sentences.at(-1)
    const broken = !opens && last?.item === item && last.line < line && /\d[^。；;]*$/.test(last.text)
    // A line broken in the middle of a sentence goes on in the next line.
    if (broken && last) last.text += sentence
    else if (opens || dated) sentences.push({ item, text: sentence, line })
  }
  for (const [index, whole] of text.split(/\r\n|\r|\n/).entries()) {
    for (const piece of whole.split(ITEM_WITHIN_LINE)) {
      const trimmed = piece.trim()
      if (trimmed === '' || SIGNATURE.test(trimmed)) continue
      const head = headOf(trimmed)
      if (head !== null) item = head === 'closing' ? null : head.item
      const opens = head !== null && head !== 'closing'
      const parts = (opens ? head.rest : trimmed).split(/(?<=[。；;])/)
      for (const [i, part] of parts.entries()) add(part, index + 1, opens && i === 0)
    }
  }
  return sentences
}

const shown = (sentence: string): string => (sentence.length > 120 ? `${sentence.slice(0, 120)}…` : sentence)

/** The name of an ISO weekday. */
const weekdayNames = (day: Day): { is_zh: string; is_en: string } => {
  const index: Weekday = weekday(day)
  const english = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
  return { is_zh: `周${WEEKDAYS[index - 1]}`, is_en: english[index - 1] ?? '' }
}

/** Reads the days of one item's sentences, in order; the month and the year carry on from date to date. */
function readItem(sentences: Sentence[], year: number): Draft[] {
  const drafts: Draft[] = []
  const off = new Set<Day>()
  let month: number | null = null
  let carried = year
  for (const { item, text, line } of sentences) {
    if (ADVICE.test(text)) continue
    const at = `line ${line}`
    const unread = (why_zh: string, why_en: string) => decline('calendar.unread', { sentence: shown(text), why_zh, why_en }, at)
    if (/不(?:放假|上班|休息)/.test(text)) unread('有否定', 'it has a negation')
    let pending: Day[] = []
    let open: Day | null = null
    let lastGroup = 0
    const take = (isOffDay: boolean) => {
      if (pending.length === 0) return
      for (const date of pending) {
        if (!isOffDay && weekday(date) <= 5) decline('calendar.needless', { day: date, ...weekdayNames(date), sentence: shown(text) }, at)
        if (isOffDay) off.add(date)
        drafts.push({ name: item, date, isOffDay, at })
      }
      lastGroup = new Set(pending).size
      pending = []
    }
    const counted = (said: string, count: number) => {
      if (numeral(said) !== count) decline('calendar.wrong_count', { said: numeral(said), counted: count, sentence: shown(text) }, at)
    }
    for (const { groups: token } of text.replaceAll('不调休', '').matchAll(TOKEN)) {
      if (!token) continue
      if (token.date) {
        if (token.year) carried = Number(token.year)
        if (token.next) carried += 1
        if (token.month) month = Number(token.month)
        if (month === null) unread('没有月份', 'no month')
        const date = Number(token.date)
        const day = exists(carried, month ?? 0, date)
          ? dayAt(carried, month ?? 0, date)
          : decline('calendar.bad_day', { day: token[0] ?? `${carried}-${month}-${date}` }, at)
        const said = /(?:周|星期|礼拜)([一二三四五六日天])/.exec(token.said ?? '')?.[1]
        if (said && WEEKDAYS.indexOf(said === '天' ? '日' : said) + 1 !== weekday(day)) {
          decline('calendar.wrong_weekday', { day, ...weekdayNames(day), said: `周${said}`, sentence: shown(text) }, at)
        }
        if (open === null) pending.push(day)
        else {
          const [from, to] = [numberOf(open), numberOf(day)]
          if (to <= from || to - from > 30) unread('起止颠倒或过长', 'the range is backwards or too long')
          for (let n = from + 1; n <= to; n++) pending.push(dayOfNumber(n))
          open = null
        }
      } else if (token.through) {
        if (pending.length > 0 && VERB.test(text)) open = pending.at(-1) ?? null
      } else if (token.total) counted(token.days ?? '', off.size)
      else if (token.off) {
        take(true)
        if (token.each) counted(token.each, lastGroup)
      } else if (token.work) take(false)
      else if (token.digits) unread(`“${token.digits}”是什么`, `what is “${token.digits}”`)
    }
    if (open !== null) unread('“至”之后没有日子', 'no day after “至”')
    if (pending.length > 0) unread('没有说放假还是上班', 'it does not say off or working')
  }
  const first = sentences[0]
  if (first && off.size === 0) {
    const [why_zh, why_en] = ['没有放假的日子', 'no day off in it']
    decline('calendar.unread', { sentence: shown(`${first.item}：${first.text}`), why_zh, why_en }, `line ${first.line}`)
  }
  return drafts
}

const exists = (year: number, month: number, date: number): boolean =>
  month >= 1 && month <= 12 && date >= 1 && date <= monthLength(year, month)

/** The year the notice itself states, in its title, its preamble or on its days. */
function statedYear(text: string, sentences: Sentence[]): number | null {
  const stated = new Set(
    [...text.matchAll(/(?:关于|现将)\s*(\d{4})\s*年/g), ...text.matchAll(/(\d{4})\s*年\s*(?:部分节假日|节假日|元旦)/g)].map((m) =>
      Number(m[1]),
    ),
  )
  const [one, other] = [...stated]
  if (one !== undefined && other !== undefined) decline('calendar.two_years', { one, other })
  if (one !== undefined) return one
  // A New Year holiday may begin in December, so the latest year on a day is the notice's.
  const onDays = sentences.flatMap((sentence) => [...sentence.text.matchAll(/(\d{4})年\d+月/g)].map((m) => Number(m[1])))
  return onDays.length > 0 ? Math.max(...onDays) : null
}

/**
 * Reads a year's public notice (国务院办公厅关于某年部分节假日安排的通知) from its own sentences, as issued since 2009:
 * “一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。” Checked: weekdays in parentheses, 共N天, that no day is
 * both off and working, that a worked day would be a rest day. Advice (鼓励 …) is passed over. Each refusal names the line and the sentence.
 * `given`: the year, where the text does not state it.
 */
export function readNotice(text: string, given?: number): CalendarYear {
  const plain = text.replace(/[０-９]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
  const sentences = sentencesOf(plain)
  if (sentences.length === 0) return decline('calendar.no_notice')
  const stated = statedYear(plain, sentences)
  if (given !== undefined && stated !== null && given !== stated) return decline('calendar.two_years', { one: given, other: stated })
  const year = given ?? stated
  if (year === null || !isDay(`${year}-01-01`)) return decline('calendar.no_year')
  const drafts: Draft[] = []
  const items = new Set(sentences.map((sentence) => sentence.item))
  for (const item of items) {
    // 其中 sentences repeat days of their own item; across items a repeated day is an error.
    const own = new Map<string, Draft>()
    for (const draft of readItem(
      sentences.filter((sentence) => sentence.item === item),
      year,
    )) {
      own.set(`${draft.date} ${draft.isOffDay}`, own.get(`${draft.date} ${draft.isOffDay}`) ?? draft)
    }
    drafts.push(...own.values())
  }
  const papers = [...(text.match(/https?:\/\/[^\s<>"'（）()]+/g) ?? []), ...(text.match(/国办发[^\s，。]{0,6}〔\d{4}〕\d+号/g) ?? [])]
  return { year, papers: [...new Set(papers)].slice(0, 20), days: settle(drafts, year) }
}
