import type { Static } from 'typebox'
import type { Lang } from '#kernel/errors.ts'
import type { KeyOf, Say } from '#web/words.ts'
import type { Board } from '../contract.ts'
import { type Cell, cellsOf } from '../rules.ts'
import type { words } from './words.ts'

/** The board put into sentences; pure. */

type Answer = Static<typeof Board>
/** The board with each unit's year as twelve cells. */
export type BoardOf = Omit<Answer, 'units'> & { units: (Omit<Answer['units'][number], 'counts'> & { months: Cell[] })[] }
export type CellOf = Cell
export type BoardSay = Say<KeyOf<typeof words>>

/** The board as it was answered, with its months as cells. */
export const boardOf = (answer: Answer): BoardOf => ({
  ...answer,
  units: answer.units.map(({ counts, ...unit }) => ({ ...unit, months: cellsOf(answer.year, counts) })),
})

const numerals = ['零', '一', '两', '三', '四', '五', '六', '七', '八', '九', '十']
/** A small number as one says it before a measure word; figures above ten and in English. */
const counted = (n: number, lang: Lang): string => (lang === 'en' ? String(n) : (numerals[n] ?? ` ${n} `))

/** The state of the board in one sentence: 三处红，都在两个单位. Units are those with a red of the year shown. */
export function headlineOf(board: BoardOf, t: BoardSay, lang: Lang): string {
  const red = board.units.filter(({ months }) => months.some((cell) => cell.red > 0))
  const { totals, older, year } = board
  const n = counted(totals.red, lang)
  if (totals.red === 0) {
    if (older > 0) return t('onlyOlder', { year, n: counted(older, lang) })
    return totals.yellow > 0 ? t('noneYellow', { n: counted(totals.yellow, lang) }) : t('none')
  }
  const [first] = red
  const says =
    red.length === 1 && first
      ? t(totals.red === 1 ? 'one' : 'many', { n, unit: first.unit.name })
      : t(red.length === totals.red ? 'spread' : 'gathered', { n, units: counted(red.length, lang) })
  return older > 0 ? t('older', { says, n: counted(older, lang) }) : says
}

const monthNames = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', month: 'short' })
/** 11月, Nov. `month` is `YYYY-MM`. */
export const sayMonth = (month: string, t: BoardSay): string =>
  t('month', { n: Number(month.slice(5)), name: monthNames.format(new Date(`${month}-01T00:00:00Z`)) })

/** A month or a whole year, as a heading. */
export const sayPeriod = (period: string, t: BoardSay): string => {
  const year = period.slice(0, 4)
  if (period.length === 4) return t('drill.year', { year })
  return t('drill.month', { year, n: Number(period.slice(5)), name: monthNames.format(new Date(`${period}-01T00:00:00Z`)) })
}

const parts = ['red', 'yellow', 'late', 'onTime', 'green', 'waived'] as const
/** What is in a cell, the worst first: 逾期 2，按时办结 5. */
export function sayCell(cell: CellOf, t: BoardSay, lang: Lang): string {
  const said = parts.filter((part) => cell[part] > 0).map((part) => t(`cell.${part}`, { n: cell[part] }))
  return said.length > 0 ? said.join(lang === 'en' ? ', ' : '，') : t('cell.none')
}

/** 96.2%, or a dash. */
export const sayRate = (rate: number | null): string => (rate === null ? '—' : `${(rate * 100).toFixed(1)}%`)

/** A field of a CSV; what a spreadsheet would take for a formula is made a text. */
const field = (value: string | number): string => {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** The grid as CSV for a spreadsheet: one row per unit and month, a byte order mark first so that Chinese is read right. */
export function csvOf(board: Pick<BoardOf, 'units'>, t: BoardSay): string {
  const head = [t('csv.unit'), t('csv.month'), ...(['red', 'late', 'onTime'] as const).map((key) => t(`rate.${key}`))]
  const rest = [t('tiles.yellow'), t('drill.green'), t('tiles.waived')]
  const rows = board.units.flatMap(({ unit, months }) =>
    months.map((cell) => [unit.name, cell.month, cell.red, cell.late, cell.onTime, cell.yellow, cell.green, cell.waived]),
  )
  return `\ufeff${[[...head, ...rest], ...rows].map((row) => row.map(field).join(',')).join('\r\n')}\r\n`
}
