import type { Seat } from '#kernel/can.ts'

/** As whom one opens the board: first responsible, member of the leadership, whoever chases (综合科), head of a unit. */
export const standings = ['first', 'leader', 'clerk', 'unit'] as const
export type StandingAs = (typeof standings)[number]
export const sections = ['own', 'chase', 'grid', 'reds', 'first', 'burden'] as const
export type SectionKey = (typeof sections)[number]

/** As whom somebody opens it: by the seat they have today, then by what they may. */
export const standsAs = (seat: Seat | null, chases: boolean): StandingAs =>
  seat === 'first' ? 'first' : seat === 'member' ? 'leader' : chases ? 'clerk' : 'unit'

/** Which sections, in their order. What to chase comes first for whoever chases; 四个亲自 are for the first responsible alone. */
export const sectionsFor = (as: StandingAs, chases: boolean): SectionKey[] => [
  'own',
  ...(chases ? (['chase'] as const) : []),
  'grid',
  'reds',
  ...(as === 'first' ? (['first'] as const) : []),
  'burden',
]

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

/** Days of a year counted into its twelve months, January first. */
export function monthsFrom(days: readonly string[]): number[] {
  const months = new Array<number>(12).fill(0)
  for (const day of days) months[Number(day.slice(5, 7)) - 1] = (months[Number(day.slice(5, 7)) - 1] ?? 0) + 1
  return months
}

/** The quarter of a year that a day is in, 1–4; the last one of a year that is over, the first of one that has not come. */
export const quarterOf = (year: number, day: string): number => {
  const now = Number(day.slice(0, 4))
  return now > year ? 4 : now < year ? 1 : Math.floor((Number(day.slice(5, 7)) - 1) / 3) + 1
}

export type Quarter = { asked: number; done: number; overdue: number; acts: number; gap: boolean }
/**
 * A year by quarters: what was asked and fulfilled, and how many acts there were. A quarter has a gap when something asked of it is overdue, or when it is
 * over and nothing at all was done.
 */
export function quartersOf(
  asked: readonly { month: number; asked: number; done: number; overdue: number }[],
  acts: readonly string[],
  year: number,
  day: string,
): Quarter[] {
  const months = monthsFrom(acts)
  return [1, 2, 3, 4].map((quarter) => {
    const of = asked.filter((row) => Math.floor((row.month - 1) / 3) + 1 === quarter)
    const sum = (key: 'asked' | 'done' | 'overdue') => of.reduce((n, row) => n + row[key], 0)
    const done = months.slice((quarter - 1) * 3, quarter * 3).reduce((n, one) => n + one, 0)
    const last = `${year}-${String(quarter * 3).padStart(2, '0')}-31`
    return {
      asked: sum('asked'),
      done: sum('done'),
      overdue: sum('overdue'),
      acts: done,
      gap: sum('overdue') > 0 || (last < day && done === 0),
    }
  })
}

/** What people are, for the burden: ordinary staff, whoever holds a post with a role, the leadership. */
export const classes = ['staff', 'head', 'leader'] as const
export type Class = (typeof classes)[number]
type Load = { persons: number; asked: number; minutes: number }
type ClassLoad = Load & { year: number; over: number }

/**
 * The burden summed by unit, by class and in all; `sums` are of a person and a kind: in the month, the month before, the year. Persons outside `within`
 * (person → unit) are left out; those without a burden count as persons.
 */
export function loadsOf(
  sums: readonly { person_id: string; kind: string; month: number; before: number; year: number }[],
  of: {
    within: ReadonlyMap<string, string>
    classOf: (person: string) => Class
    minutesOf: (kind: string) => number
    budgetOf: (of: Class) => number | null
  },
) {
  const none = (): Load => ({ persons: 0, asked: 0, minutes: 0 })
  const total = none()
  const before = { asked: 0, minutes: 0 }
  const units = new Map<string, Load>()
  const kinds = new Map<Class, ClassLoad>()
  const own = Map.groupBy(sums, (sum) => sum.person_id)
  for (const [person, unit] of of.within) {
    const held = of.classOf(person)
    const unitLoad = units.get(unit) ?? none()
    const classLoad = kinds.get(held) ?? { ...none(), year: 0, over: 0 }
    let year = 0
    for (const sum of own.get(person) ?? []) {
      const each = of.minutesOf(sum.kind)
      for (const load of [total, unitLoad, classLoad]) {
        load.asked += sum.month
        load.minutes += sum.month * each
      }
      before.asked += sum.before
      before.minutes += sum.before * each
      year += sum.year
    }
    for (const load of [total, unitLoad, classLoad]) load.persons += 1
    classLoad.year += year
    const budget = of.budgetOf(held)
    if (budget !== null && year > budget) classLoad.over += 1
    units.set(unit, unitLoad)
    kinds.set(held, classLoad)
  }
  return { total, before, units, classes: kinds }
}
