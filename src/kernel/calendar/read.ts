import type { CalendarYear } from './calendar.ts'
import { isDay } from './days.ts'
import { readNotice } from './notice.ts'
import { type Draft, settle } from './read-days.ts'
import { decline } from './refusals.ts'

const LONGEST_TEXT = 200_000

type Fields = Record<string, unknown>
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

const badField = (field: string, want_zh: string, want_en: string): never =>
  decline('calendar.bad_field', { field, want_zh, want_en }, field)

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    const position = /position (\d+)/.exec(why)?.[1]
    const line = position === undefined ? text.split('\n').length : text.slice(0, Number(position)).split('\n').length
    return decline('calendar.not_json', { why: why.slice(0, 200) }, `line ${line}`)
  }
}

function draftOf(value: unknown, at: string): Draft {
  if (!isFields(value)) return badField(at, '一个对象', 'an object')
  const { name, date, isOffDay } = value
  if (typeof name !== 'string' || name.trim() === '' || name.length > 40)
    return badField(`${at}.name`, '1 至 40 字的名称', 'a name of 1 to 40 characters')
  if (!isDay(date)) return badField(`${at}.date`, '存在的日子，写作 2026-02-10', 'a day that exists, written 2026-02-10')
  if (typeof isOffDay !== 'boolean') return badField(`${at}.isOffDay`, 'true 或 false', 'true or false')
  return { name: name.trim(), date, isOffDay, at }
}

function readJson(text: string, given?: number): CalendarYear {
  const value = parseJson(text)
  if (!isFields(value)) return badField('/', '含 year 和 days 的对象', 'an object with year and days')
  const year = value.year ?? given
  if (year === undefined) return decline('calendar.no_year')
  if (typeof year !== 'number' || !Number.isInteger(year) || year < 1949 || year > 2999)
    return badField('year', '1949 至 2999 的整数', 'an integer from 1949 to 2999')
  if (given !== undefined && given !== year) return decline('calendar.two_years', { one: given, other: year })
  const papers = value.papers ?? []
  if (
    !Array.isArray(papers) ||
    papers.length > 20 ||
    !papers.every((paper): paper is string => typeof paper === 'string' && paper.length <= 500)
  ) {
    return badField('papers', '至多 20 条出处', 'a list of at most 20 sources')
  }
  const days: unknown = value.days
  if (!Array.isArray(days) || days.length === 0 || days.length > 400) return badField('days', '1 至 400 个日子', 'a list of 1 to 400 days')
  const drafts = days.map((day, i) => draftOf(day, `days[${i}]`))
  return { year, papers, days: settle(drafts, year) }
}

/**
 * Reads one year of working-day arrangements: JSON `{year, papers?, days: [{name, date, isOffDay}]}` (other fields are ignored), or the
 * public notice's own sentences (see `readNotice`). `options.year` serves where the text states none, and must agree where it does.
 * Refuses with `calendar.*` codes, each with its line or its path in the JSON.
 */
export function readCalendar(text: string, options: { year?: number } = {}): CalendarYear {
  if (text.length > LONGEST_TEXT) return decline('calendar.too_large', { max: LONGEST_TEXT })
  const plain = text.replace(/^\uFEFF/, '')
  if (plain.trim() === '') return decline('calendar.empty')
  return /^\s*[[{]/.test(plain) ? readJson(plain, options.year) : readNotice(plain, options.year)
}
