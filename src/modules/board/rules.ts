export type Counts = { red: number; yellow: number; green: number; onTime: number; late: number; waived: number }
/** Of each count its twelve months, January first. */
export type Year = Record<keyof Counts, number[]>
/** A unit with what is due in its months: `[month 1–12, red, yellow, green, on time, late, waived]`, only those in which anything is. */
export type UnitRow = { unit_id: string; unit: string; line: string; months: readonly (readonly number[])[] }
/** One unit's month. */
export type Cell = Counts & { month: string }

/** Something for each count; `at` is its place in a row's month. */
const perCount = <T>(make: (key: keyof Counts, at: number) => T): Record<keyof Counts, T> => ({
  red: make('red', 1),
  yellow: make('yellow', 2),
  green: make('green', 3),
  onTime: make('onTime', 4),
  late: make('late', 5),
  waived: make('waived', 6),
})

/** Rows in unit order → a grid with all twelve months of each count, and the sums. */
export function gridOf(rows: readonly UnitRow[]) {
  const totals: Counts = perCount(() => 0)
  const units = rows.map(({ unit_id, unit, line, months }) => {
    const counts: Year = perCount((key, at) => {
      const year = new Array<number>(12).fill(0)
      for (const month of months) year[(month[0] ?? 1) - 1] = month[at] ?? 0
      totals[key] += year.reduce((sum, n) => sum + n, 0)
      return year
    })
    return { unit: { id: unit_id, name: unit }, line, counts }
  })
  return { totals, units }
}

/** A unit's year month by month, as one reads it: `month` is `YYYY-MM`. */
export const cellsOf = (year: number, counts: Year): Cell[] =>
  Array.from({ length: 12 }, (_, i) => ({
    month: `${year}-${String(i + 1).padStart(2, '0')}`,
    ...perCount((key) => counts[key][i] ?? 0),
  }))

/** How a unit's month stands. `coming`: open and none near its day yet; `none`: nothing is due in it. */
export type Stand = 'red' | 'yellow' | 'green' | 'grey' | 'coming' | 'none'

/** The worst light of what is due in a month. Green needs something done; a month `ahead` is green only when nothing in it is open. */
export function standOf(cell: Counts, ahead = false): Stand {
  if (cell.red > 0) return 'red'
  if (cell.yellow > 0) return 'yellow'
  const done = cell.onTime + cell.late > 0
  if (cell.green > 0) return done && !ahead ? 'green' : 'coming'
  if (done) return 'green'
  return cell.waived > 0 ? 'grey' : 'none'
}

/** What was not done on time: overdue, or done after its day. */
export const notOnTime = (cell: Counts): number => cell.red + cell.late

/** The share done on time of what has fallen due: on time ÷ (on time + late + overdue); null when nothing has. */
export function onTimeRate(totals: Counts, older = 0): number | null {
  const due = totals.onTime + totals.late + totals.red + older
  return due === 0 ? null : totals.onTime / due
}
