import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generated } from './generate/all.ts'

/** Writes the generated files that are reviewed and committed; `--check` fails when one would change. */
const root = join(import.meta.dirname, '..')
const check = process.argv.includes('--check')
let stale = 0
for (const { path, text } of await generated()) {
  if (existsSync(join(root, path)) && readFileSync(join(root, path), 'utf8') === text) continue
  stale += 1
  if (check) process.stderr.write(`out of date: ${path} (run: npm run generate)\n`)
  else {
    writeFileSync(join(root, path), text)
    process.stdout.write(`written: ${path}\n`)
  }
}
process.exitCode = check && stale > 0 ? 1 : 0
