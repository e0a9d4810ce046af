import { readFile } from 'node:fs/promises'
import { isDay, todayIn } from '#kernel/calendar/index.ts'
import { Refusal, type Refusals } from '#kernel/errors.ts'
import { readSheets, sheetRefusals } from '#kernel/sheets/index.ts'
import { kindSays } from '../modules/acts/reading/kinds.ts'
import { type Reading, readLine } from '../modules/acts/reading/line.ts'
import type { Ground } from '../modules/acts/reading/who.ts'
import { readRoster } from '../modules/org/roster/read.ts'
import { padded, readArgs, refused } from './args.ts'

const USAGE = 'act read "LINE" [--day YYYY-MM-DD] [--org ROSTER.xlsx] [--json]'

const refusals: Refusals = {
  ...sheetRefusals,
  'act.usage': [400, '用法：{usage}', 'Usage: {usage}'],
  'act.no_file': [400, '读不到花名册“{file}”。', 'The roster “{file}” cannot be read.'],
  'act.no_day': [400, '没有“{day}”这一天，请写成 2026-03-31。', 'There is no day “{day}”; write it as 2026-03-31.'],
  'act.too_long': [400, '一句话最多 {max} 字。', 'A line is at most {max} signs.'],
}
const longest = 2000

/** `act read "LINE"`: how a line is read, as a table or as JSON; names are those of a roster, where one is given. Needs no server. Answers 0, or 2 after one line on stderr. */
export async function act(args: string[]): Promise<number> {
  let file = ''
  try {
    const asked = readArgs(args, { json: 'flag', day: 'text', org: 'text' }, 2)
    const [verb, line] = asked.rest
    if (verb !== 'read' || !line?.trim()) throw new Refusal('act.usage', { usage: USAGE })
    if (line.length > longest) throw new Refusal('act.too_long', { max: longest })
    if (asked.day !== undefined && !isDay(asked.day)) throw new Refusal('act.no_day', { day: asked.day })
    file = asked.org ?? ''
    const ground = file ? await groundFrom(file) : { seats: [], units: [] }
    const reading = readLine(line, asked.day ?? todayIn('Asia/Shanghai', new Date()), () => ground)
    process.stdout.write(asked.json ? `${JSON.stringify(reading, null, 1)}\n` : table(reading))
    return 0
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return refused(new Refusal(error.code, error.params, error.code.startsWith('sheet.') ? [{ at: file }] : error.places), refusals)
  }
}

async function groundFrom(file: string): Promise<Ground> {
  const bytes = await readFile(file).catch(() => {
    throw new Refusal('act.no_file', { file }, [{ at: file }])
  })
  const roster = readRoster(await readSheets(bytes), null)
  return {
    seats: roster.persons.flatMap((one, i) =>
      one.posts.map((post) => ({ person: `${one.name} ${one.rows[0] ?? i}`, name: one.name, post: post.name, unit: post.path.join('/') })),
    ),
    units: roster.units.map((unit) => ({ id: unit.path.join('/'), name: unit.name, aliases: [] })),
  }
}

const partWords = { attend: '', chair: '（主持）', speak: '（主讲）', observe: '（列席）' }
const whyWords = {
  two: '有不止一个日子',
  absent: '没有这一天',
  vague: '只说了大概',
  future: '还没有到',
  weekday: '日期和星期对不上',
}

function table(reading: Reading): string {
  const { day, asks } = reading
  const days = asks.day
    ? `要问：${asks.day.said} ${whyWords[asks.day.why]}${asks.day.days.length > 0 ? `（${asks.day.days.join('、')}）` : ''}`
    : `${reading.beganOn ? `${reading.beganOn} 至 ` : ''}${day}${reading.dayNamed ? '' : '（没有写，按今天）'}`
  const people = [
    ...reading.people.map(({ name, part }) => `${name}${partWords[part]}`),
    ...reading.units.map(({ name }) => `${name}全体`),
    ...asks.names.map(({ said, among }) => `要问：${said}（${among.map(({ note }) => note).join('／')}）`),
  ]
  const rows: [string, string | null][] = [
    ['哪天', days],
    ['几点', reading.time],
    ['类别', kindSays(reading.kind, 'zh-CN')],
    ['谁', people.join('、') || null],
    ['人数', reading.count === null ? null : String(reading.count)],
    ['记作', reading.what],
  ]
  return `${rows.flatMap(([name, value]) => (value === null ? [] : [`${padded(name, 6)}${value}`])).join('\n')}\n`
}
