export type Counts = { red: number; yellow: number; green: number; onTime: number; late: number; waived: number }
export type MonthRow = Counts & { unit_id: string; unit: string; line: string; month: string }

const zero = (): Counts => ({ red: 0, yellow: 0, green: 0, onTime: 0, late: 0, waived: 0 })

function addTo(sum: Counts, row: Counts): void {
  sum.red += row.red
  sum.yellow += row.yellow
  sum.green += row.green
  sum.onTime += row.onTime
  sum.late += row.late
  sum.waived += row.waived
}

/** Rows in unit order → a grid with all twelve months, and the sums. */
export function gridOf(year: number, rows: readonly MonthRow[]) {
  const months = Array.from({ length: 12 }, (_, i) => `${year}-${String(i + 1).padStart(2, '0')}`)
  const totals = zero()
  const units = new Map<string, { unit: { id: string; name: string }; line: string; cells: Map<string, Counts> }>()
  for (const row of rows) {
    addTo(totals, row)
    const unit = units.get(row.unit_id) ?? { unit: { id: row.unit_id, name: row.unit }, line: row.line, cells: new Map() }
    const cell = unit.cells.get(row.month) ?? zero()
    addTo(cell, row)
    unit.cells.set(row.month, cell)
    units.set(row.unit_id, unit)
  }
  return {
    totals,
    units: [...units.values()].map(({ cells, ...unit }) => ({
      ...unit,
      months: months.map((month) => ({ month, ...(cells.get(month) ?? zero()) })),
    })),
  }
}

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
