import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from './test.ts'

type Step = { name: string; args: string[] }

const root = join(import.meta.dirname, '..', '..')
const packages = join(root, 'node_modules')
const generator = join(root, 'bin', 'generate.ts')

/** What is looked at before the tests, in this order; each is a program that Node runs. */
const steps: Step[] = [
  { name: 'format', args: [join(packages, '@biomejs', 'biome', 'bin', 'biome'), 'ci', '--colors=off', '.'] },
  { name: 'types', args: [join(packages, 'typescript', 'bin', 'tsc'), '--noEmit', '--pretty', 'false'] },
  { name: 'modules', args: [join(root, 'bin', 'check-modules.ts')] },
  { name: 'unused', args: [join(packages, 'knip', 'bin', 'knip.js'), '--no-progress'] },
  ...(existsSync(generator) ? [{ name: 'generated', args: [generator, '--check'] }] : []),
]

/**
 * Format, types, module shape, unused code, generated files, tests: one line each with its verdict and seconds; what failed shows what it said.
 * Goes on to the end whatever fails. `--fast` leaves the tests out; any other argument goes to the tests. Returns 0, or 1 when anything failed.
 */
export async function check(args: string[]): Promise<number> {
  const failed: string[] = []
  const verdict = (name: string, code: number, began: number) => {
    if (code !== 0) failed.push(name)
    console.log(`${code === 0 ? 'ok    ' : 'FAILED'}  ${name.padEnd(10)} ${((performance.now() - began) / 1000).toFixed(1)} s`)
  }
  for (const { name, args } of steps) {
    const began = performance.now()
    const { code, said } = await run(args)
    verdict(name, code, began)
    if (code !== 0) console.log(said.trimEnd())
  }
  if (!args.includes('--fast')) {
    const began = performance.now()
    verdict('tests', await test(args), began)
  }
  console.log(failed.length === 0 ? 'Everything is in order.' : `Not in order: ${failed.join(', ')}`)
  return failed.length === 0 ? 0 : 1
}

function run(args: string[]): Promise<{ code: number; said: string }> {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  const said: Buffer[] = []
  child.stdout.on('data', (part: Buffer) => said.push(part))
  child.stderr.on('data', (part: Buffer) => said.push(part))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? 1, said: Buffer.concat(said).toString('utf8') }))
  })
}
