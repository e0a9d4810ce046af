import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Finding, lineAt, type Source } from './source.ts'

/** The files every module has: any one of the names in each row will do. */
const required: { any: RegExp; name: string }[] = [
  { any: /^contract\.ts$/, name: 'contract.ts' },
  { any: /^rules\.ts$/, name: 'rules.ts' },
  { any: /^store(?:\.ts|\/[^/]+\.ts)$/, name: 'store.ts' },
  { any: /^actions(?:\.ts|\/[^/]+\.ts)$/, name: 'actions.ts' },
  { any: /^routes\.ts$/, name: 'routes.ts' },
  { any: /^index\.ts$/, name: 'index.ts' },
  { any: /^rules\.test\.ts$/, name: 'rules.test.ts' },
  { any: /^api\.test\.ts$/, name: 'api.test.ts' },
  { any: /^ui\/.+\.tsx?$/, name: 'ui/<page>.tsx' },
]
const warnAt = 300
const failAt = 500

/** The nouns that have a folder, in order. */
export function nouns(root: string): string[] {
  const folder = join(root, 'src', 'modules')
  if (!existsSync(folder)) return []
  const entries = readdirSync(folder, { withFileTypes: true })
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort()
}

/** Modules without one of the files that every module has. */
export function missingFiles(root: string, sources: Map<string, Source>): Finding[] {
  return nouns(root).flatMap((noun) => {
    const folder = `src/modules/${noun}`
    const inside = [...sources.keys()].flatMap((path) => (path.startsWith(`${folder}/`) ? [path.slice(folder.length + 1)] : []))
    const wanting = required.filter(({ any }) => !inside.some((path) => any.test(path)))
    return wanting.map(({ name }) => ({ path: `${folder}/${name}`, line: 1, code: 'files', message: `is missing: every module has one` }))
  })
}

/** Files of more than 300 lines (a warning) or 500 (refused). */
export function longFiles(sources: Map<string, Source>): Finding[] {
  return [...sources.values()].flatMap(({ path, text }): Finding[] => {
    const lines = text.endsWith('\n') ? lineAt(text, text.length) - 1 : lineAt(text, text.length)
    if (lines > failAt) return [{ path, line: failAt + 1, code: 'size', message: `${lines} lines, at most ${failAt}: split it by verb` }]
    if (lines > warnAt) return [{ path, line: warnAt + 1, code: 'size', message: `${lines} lines, better under ${warnAt}`, warning: true }]
    return []
  })
}
