import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What became of the tests; a file that could not be loaded, or a run that broke off, counts as one failed. */
export type Tally = { passed: number; failed: number; skipped: number }

/** As much of the test runner's JSON report as is read here. */
type Report = {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  testResults: { name: string; status: string; message: string; assertionResults: { status: string }[] }[]
}

const root = join(import.meta.dirname, '..', '..')
const runner = join(root, 'node_modules', 'vitest', 'vitest.mjs')
const projects: Record<string, string> = { '--rules-only': 'rules', '--database-only': 'database', '--journeys-only': 'journeys' }

/**
 * Runs the tests. `args`: `--rules-only`, `--database-only` or `--journeys-only` for one kind, everything else goes to the test runner (parts of
 * file names, `-t "a name"`). The last line on stdout is `N passed, N failed, N skipped`. Returns 0, or 1 when a test failed, a file could not be
 * loaded, the run broke off or no test was run at all.
 */
export async function test(args: string[]): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'zelian-test-'))
  const report = join(folder, 'report.json')
  const wanted = args.map((arg) => (projects[arg] ? `--project=${projects[arg]}` : arg))
  try {
    // The runner would bundle its settings into node_modules, which need not be ours to write; Node reads them as they are.
    const code = await run(
      ['run', '--configLoader=native', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...wanted],
      folder,
    )
    const tally = tallyOf(await readReport(report), code)
    if (tally.passed + tally.failed === 0) {
      console.log('No test was run.')
      tally.failed = 1
    }
    console.log(`${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`)
    return tally.failed === 0 ? 0 : 1
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Counts a report; `undefined` stands for a run that broke off before it could write one. `code` is what the runner returned. */
export function tallyOf(report: Report | undefined, code: number): Tally {
  if (!report) return { passed: 0, failed: 1, skipped: 0 }
  // A file that throws while it is loaded or set up has no failed test of its own, only a status.
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((one) => one.status === 'failed'),
  )
  const tally = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  }
  const ran = tally.passed + tally.failed > 0
  // The runner knows of errors outside any test (an unhandled rejection): then nothing is called green.
  return code !== 0 && tally.failed === 0 && ran ? { ...tally, failed: 1 } : tally
}

async function readReport(path: string): Promise<Report | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  return text === undefined ? undefined : (JSON.parse(text) as Report)
}

function run(args: string[], folder: string): Promise<number> {
  // The runner keeps a token of its own in the user's data folder, which a service account may not have.
  const env = { ...process.env, XDG_DATA_HOME: folder }
  const child = spawn(process.execPath, [runner, ...args], { cwd: root, stdio: 'inherit', env })
  const end = (signal: NodeJS.Signals) => child.kill(signal)
  process.once('SIGTERM', end)
  process.once('SIGINT', end)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      process.off('SIGTERM', end)
      process.off('SIGINT', end)
      resolve(code ?? 1)
    })
  })
}
