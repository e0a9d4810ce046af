import { readFile } from 'node:fs/promises'
import { Refusal, type Refusals, say } from '#kernel/errors.ts'
import type { ImportProblem } from '#kernel/imports.ts'
import { readSheets, sheetRefusals } from '#kernel/sheets/index.ts'
import { rosterProblems } from '../modules/org/roster/problems.ts'
import { readRoster } from '../modules/org/roster/read.ts'
import type { Roster, RosterPerson } from '../modules/org/roster/types.ts'
import { langOf, padded, readArgs, refused } from './args.ts'

const USAGE = 'org import FILE --dry-run [--sheet NAME] [--json]'

const refusals: Refusals = {
  ...sheetRefusals,
  'org.usage': [400, '用法：{usage}', 'Usage: {usage}'],
  'org.no_file': [400, '读不到文件“{file}”。', 'The file “{file}” cannot be read.'],
  'org.no_sheet': [400, '“{file}”里没有工作表“{sheet}”。', 'There is no sheet “{sheet}” in “{file}”.'],
  'org.dry_run': [
    400,
    '命令行只试读（--dry-run）；要导入，请在“机构与人”页里导入花名册。',
    'The command line only reads (--dry-run); to import, use the page “Office and people”.',
  ],
}

/** `org import FILE --dry-run`: how a roster (花名册, .xlsx or .csv) is understood, as a table or as JSON. Needs no server. Answers 0, or 2 after one line on stderr. */
export async function org(args: string[]): Promise<number> {
  let file = ''
  try {
    const asked = readArgs(args, { json: 'flag', 'dry-run': 'flag', sheet: 'text' }, 2)
    const [verb, given] = asked.rest
    if (verb !== 'import' || !given) throw new Refusal('org.usage', { usage: USAGE })
    file = given
    if (!asked['dry-run']) throw new Refusal('org.dry_run')
    const bytes = await readFile(file).catch(() => {
      throw new Refusal('org.no_file', { file }, [{ at: file }])
    })
    const book = await readSheets(bytes)
    const sheet = asked.sheet
    if (sheet !== undefined && !book.sheets.some(({ name }) => name === sheet)) throw new Refusal('org.no_sheet', { file, sheet })
    const roster = readRoster(book, sheet === undefined ? null : { sheet, headerRows: [], columns: [] })
    process.stdout.write(asked.json ? `${JSON.stringify(report(roster), null, 1)}\n` : table(roster))
    return 0
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const at = error.code.startsWith('sheet.') ? [{ at: file }] : error.places
    return refused(new Refusal(error.code, error.params, at), refusals)
  }
}

const words = (problem: ImportProblem) => say(rosterProblems, problem, langOf(process.env))

const person = ({ cells: _, posts, ...one }: RosterPerson) => ({
  ...one,
  posts: posts.map(({ name, path, kind, since, assumed }) => ({ name, unit: path.at(-1), path, kind, since, assumed })),
})

const report = (roster: Roster) => ({
  sheet: roster.sheet,
  headerRows: roster.headerRows,
  columns: roster.columns.map(({ column, header, field }) => ({ column, header, field })),
  rows: roster.rows,
  skipped: roster.skipped,
  units: roster.units.map(({ cell: _, ...unit }) => unit),
  persons: roster.persons.map(person),
  problems: roster.problems.map((one) => ({ cell: one.cell, code: one.code, level: one.level, message: words(one) })),
})

function table(roster: Roster): string {
  const columns = roster.columns.map(({ header, field }) => `${header || '—'}${field ? ` → ${field}` : ''}`)
  const lines = [
    `工作表：${roster.sheet}；表头：第 ${roster.headerRows.join('、')} 行；数据 ${roster.rows} 行；${roster.units.length} 个机构，${roster.persons.length} 人`,
    `列：${columns.join('；')}`,
    '',
    ...roster.persons.map((one) =>
      [padded(one.name, 10), padded(one.unit ?? '', 20), padded(one.post ?? '', 20), one.grade ?? ''].join(' ').trimEnd(),
    ),
    '',
    ...roster.problems.map((one) => `${one.level === 'error' ? '✗' : '!'} ${padded(one.cell, 6)} ${words(one)}`),
  ]
  return `${lines.join('\n')}\n`
}
