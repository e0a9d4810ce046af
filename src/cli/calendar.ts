import { addSpan, type Calendar, type CalendarYear, calendarOf, calendarRefusals, isDay, readCalendar } from '#kernel/calendar/index.ts'
import { loadCalendar, loadCalendarYears, readText, storeCalendarYear } from '#kernel/calendar/load.ts'
import { Refusal } from '#kernel/errors.ts'
import { langOf, readArgs, refused } from './args.ts'

const USAGE = 'calendar add DAY SPAN | import FILE [--year YYYY] [--dry-run] [--json] | show YEAR [--json]   [--data DIR]'

const print = (line: string): void => void process.stdout.write(`${line}\n`)
const note = (zh: string, en: string): void => void process.stderr.write(`${langOf(process.env) === 'en' ? en : zh}\n`)

const misuse = (what: string): never => {
  throw new Refusal('calendar.bad_command', { what: `calendar ${what}`.trim(), usage: USAGE })
}

type Asked = { words: string[]; data: string; year: number | undefined; json: boolean; dryRun: boolean }

function asked(args: string[]): Asked {
  // A span to plan back begins with a minus; read as it is it would be an option.
  const shielded = args.map((arg) => (/^-\d/.test(arg) ? `\u2212${arg.slice(1)}` : arg))
  const {
    rest,
    data,
    year,
    json,
    'dry-run': dryRun,
  } = readArgs(shielded, { data: 'text', year: 'number', json: 'flag', 'dry-run': 'flag' }, 3)
  return { words: rest.map((word) => word.replace(/^\u2212/, '-')), data: data ?? '.zelian', year, json, dryRun }
}

/** Days off, rest days worked and working days of a year, with its holidays in order. */
function summaryOf(year: CalendarYear, calendar: Calendar) {
  const holidays = [...new Set(year.days.map((day) => day.name))].map((name) => {
    const days = year.days.filter((day) => day.name === name)
    return {
      name,
      off: days.filter((day) => day.isOffDay).map((day) => day.date),
      work: days.filter((day) => !day.isOffDay).map((day) => day.date),
    }
  })
  const off = year.days.filter((day) => day.isOffDay).length
  return {
    year: year.year,
    papers: year.papers,
    daysOff: off,
    restDaysWorked: year.days.length - off,
    workingDays: calendar.workingDaysBetween(`${year.year - 1}-12-31`, `${year.year}-12-31`),
    holidays,
  }
}

function printSummary(summary: ReturnType<typeof summaryOf>): void {
  print(`${summary.year}: 放假 ${summary.daysOff} 天，调休上班 ${summary.restDaysWorked} 天，全年工作日 ${summary.workingDays} 天`)
  print(`      ${summary.daysOff} days off, ${summary.restDaysWorked} rest days worked, ${summary.workingDays} working days in the year`)
  for (const { name, off, work } of summary.holidays) {
    const span = off.length > 1 ? `${off[0]} … ${off.at(-1)}` : (off[0] ?? '')
    print(`  ${name}  ${span} (${off.length})${work.length > 0 ? `  上班 working: ${work.join(', ')}` : ''}`)
  }
  for (const paper of summary.papers) print(`  依据 source: ${paper}`)
}

async function add({ words: [, day, span, ...rest], data }: Asked): Promise<void> {
  if (day === undefined || span === undefined || rest.length > 0) return misuse('add')
  const calendar = await loadCalendar(data)
  const end = addSpan(calendar, day, span)
  print(end.day)
  if (end.assumed) {
    note(
      `注意：${day} 至 ${end.day} 有年份没有放假通知，按周一至周五推算`,
      `note: no notice for a year between ${day} and ${end.day}; Monday to Friday assumed`,
    )
  }
}

async function importFile({ words: [, file, ...rest], data, year: given, json, dryRun }: Asked): Promise<void> {
  if (file === undefined || rest.length > 0) return misuse('import')
  const year = await readYear(file, given)
  const before = await loadCalendarYears(data)
  const summary = summaryOf(year, calendarOf([...before, year]))
  const replaces = before.some((one) => one.year === year.year)
  const stored = dryRun ? null : await storeCalendarYear(year, data)
  if (json) return print(JSON.stringify({ ...summary, days: year.days, replaces, stored }, null, 2))
  printSummary(summary)
  if (stored === null) print('  只检查，未保存 / checked only, nothing stored')
  else {
    print(`  已保存 stored: ${stored}${replaces ? '（取代原有安排 / replaces the one there was）' : ''}`)
    print('  正在运行的服务几秒内采用，未到期的随即重算 / a running server takes it up within seconds and counts open due days again')
  }
}

/** A notice pasted without its title gets the year from the file's name; the weekdays in its sentences then check it. */
async function readYear(file: string, given: number | undefined): Promise<CalendarYear> {
  const text = await readText(file)
  try {
    return readCalendar(text, { year: given })
  } catch (error) {
    const named = /(?<!\d)(20\d\d)(?!\d)[^/\\]*$/.exec(file)?.[1]
    if (!(error instanceof Refusal) || error.code !== 'calendar.no_year' || named === undefined) throw error
    note(`年份取自文件名：${named}`, `the year is taken from the file's name: ${named}`)
    return readCalendar(text, { year: Number(named) })
  }
}

async function show({ words: [, wanted, ...rest], data, json }: Asked): Promise<void> {
  if (wanted === undefined || rest.length > 0 || !isDay(`${wanted}-01-01`)) return misuse(`show ${wanted ?? ''}`.trim())
  const years = await loadCalendarYears(data)
  const year = years.findLast((one) => one.year === Number(wanted))
  if (year === undefined) throw new Refusal('calendar.unknown_year', { year: wanted })
  const summary = summaryOf(year, calendarOf(years))
  if (json) print(JSON.stringify({ ...summary, days: year.days }, null, 2))
  else printSummary(summary)
}

/**
 * `zelian calendar …`: `add DAY SPAN` prints the day a span ends on; `import FILE` checks a year's notice (JSON or its own sentences) and
 * keeps it in the data folder; `show YEAR`. Returns the exit code: 0, or 2 with one line on stderr (code, place, words in the reader's language).
 */
export async function calendar(args: string[]): Promise<number> {
  try {
    const ask = asked(args)
    const verb = ask.words[0] ?? ''
    const verbs: Record<string, (ask: Asked) => Promise<void>> = { add, import: importFile, show }
    const run = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined
    await (run ?? (() => misuse(verb)))(ask)
    return 0
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return refused(error, calendarRefusals)
  }
}
