import { globSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'

/** Something that breaks the shape. `line` counts from 1; a warning does not fail the check. */
export type Finding = { path: string; line: number; code: string; message: string; warning?: boolean }

/** An import as written; `line` counts from 1. Imports of types alone vanish at run time. */
export type Import = { specifier: string; line: number; typesOnly: boolean }

/** A file as the checks see it. `path` is from the root with `/`; in `bare` comments are blanked, in `code` strings too, both of the same length as `text`. */
export type Source = { path: string; text: string; bare: string; code: string; imports: Import[] }

const folders = ['src', 'bin', 'test', 'bench', 'demo']

/** Every .ts and .tsx of the project, generated ones left out, in the order of their paths. */
export function readSources(root: string): Map<string, Source> {
  const paths = globSync(
    folders.map((folder) => `${folder}/**/*.{ts,tsx}`),
    { cwd: root },
  )
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !/\.generated\.|\/node_modules\//.test(path))
    .sort()
  return new Map(paths.map((path) => [path, sourceOf(path, readFileSync(join(root, path), 'utf8'))]))
}

/** Reads one file's text; pure. */
function sourceOf(path: string, text: string): Source {
  const { bare, code } = blank(text)
  return { path, text, bare, code, imports: importsOf(bare, code) }
}

/** The line, from 1, of an offset in a text. */
export const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length

const statement = /^[ \t]*(?:import|export)\b(?:\s+(type)\b(?!\s*,|\s+from\b))?([^'"`;=()]*?)['"]([^'"\n]+)['"]/gm
const lazy = /(?<!typeof\s+)\bimport\s*\(\s*['"]([^'"\n]+)['"]/g

function importsOf(bare: string, code: string): Import[] {
  const found: Import[] = []
  for (const match of bare.matchAll(statement)) {
    const [, type, names = '', specifier = ''] = match
    const reExportsNothing = /^\s*export\b/.test(match[0]) && !/\bfrom\s*$/.test(names)
    // The keyword must stand in code, not in a string that happens to hold a line of source.
    const keyword = match.index + match[0].search(/\S/)
    if (reExportsNothing || code[keyword] === ' ') continue
    found.push({ specifier, line: lineAt(bare, keyword), typesOnly: type !== undefined })
  }
  for (const match of bare.matchAll(lazy)) {
    if (code[match.index] !== ' ') found.push({ specifier: match[1] ?? '', line: lineAt(bare, match.index), typesOnly: false })
  }
  return found
}

/** The file of the project that an import means, as a path from the root; undefined for packages and Node's own modules. */
export function targetOf(from: string, specifier: string): string | undefined {
  const inner = /^#(kernel|modules|web)\/(.+)$/.exec(specifier)
  if (inner) return `src/${inner[1]}/${inner[2]}`
  if (specifier.startsWith('.')) return posix.normalize(posix.join(posix.dirname(from), specifier))
  return undefined
}

/**
 * Blanks comments, and strings in the second text, keeping every offset and line. A scanner of our own and not the compiler, since the check
 * runs at each save; where it errs (a slash or an apostrophe in the text of a .tsx) it errs for the rest of one line.
 */
function blank(text: string): { bare: string; code: string } {
  const bare = text.split('')
  const code = text.split('')
  const wipe = (letters: string[], from: number, to: number) => {
    for (let i = from; i < to; i++) if (letters[i] !== '\n') letters[i] = ' '
  }
  /** Where template literals have opened `${`: how deep in braces each stands. */
  const holes: number[] = []
  let depth = 0
  let at = 0
  const string = (open: number, closing: string) => {
    let end = open + 1
    while (end < text.length && text[end] !== closing && text[end] !== '\n') end += text[end] === '\\' ? 2 : 1
    wipe(code, open + 1, end)
    return end + 1
  }
  const template = (from: number) => {
    let end = from
    while (end < text.length && text[end] !== '`' && !(text[end] === '$' && text[end + 1] === '{')) end += text[end] === '\\' ? 2 : 1
    wipe(code, from, end)
    if (text[end] !== '$') return end + 1
    holes.push(depth++)
    return end + 2
  }
  while (at < text.length) {
    const letter = text[at]
    const next = text[at + 1]
    if (letter === '/' && (next === '/' || next === '*')) {
      const close = next === '/' ? text.indexOf('\n', at) : text.indexOf('*/', at + 2) + 2
      const end = close < at + 2 ? text.length : close
      wipe(bare, at, end)
      wipe(code, at, end)
      at = end
    } else if (letter === "'" || letter === '"') at = string(at, letter)
    else if (letter === '`') at = template(at + 1)
    else if (letter === '/' && startsRegExp(text, at)) at = regExp(text, at, (from, to) => wipe(code, from, to))
    else {
      if (letter === '{') depth++
      if (letter === '}') depth--
      at++
      if (letter === '}' && holes.at(-1) === depth) {
        holes.pop()
        at = template(at)
      }
    }
  }
  return { bare: bare.join(''), code: code.join('') }
}

function startsRegExp(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 20), at).trimEnd()
  return before === '' || /[(,=:[!&|?{};+>]$|\b(?:return|typeof|case)$/.test(before)
}

function regExp(text: string, open: number, wipe: (from: number, to: number) => void): number {
  let inClass = false
  for (let at = open + 1; at < text.length && text[at] !== '\n'; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '[') inClass = true
    else if (text[at] === ']') inClass = false
    else if (text[at] === '/' && !inClass) {
      wipe(open + 1, at)
      return at + 1
    }
  }
  return open + 1
}
