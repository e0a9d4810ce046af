import { parseArgs } from 'node:util'
import { type Lang, Refusal, type Refusals, say } from '#kernel/errors.ts'

/** What the command line itself may refuse. */
export const cliRefusals: Refusals = {
  'cli.command': [400, '没有“{given}”这个命令。', 'There is no command “{given}”.'],
  'cli.option': [400, '不认识选项“{given}”。可用的有：{known}', 'There is no option “{given}”. There are: {known}'],
  'cli.value': [400, '选项“{given}”的值不对：需要{zh}。', 'The value of “{given}” is not right: it takes {en}.'],
  'cli.surplus': [400, '多余的参数“{given}”。', 'One argument too many: “{given}”.'],
}

/** The reader's language as the environment names it; English unless a Chinese locale is set. */
export function langOf(env: NodeJS.ProcessEnv): Lang {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || ''
  return /^zh/i.test(locale) ? 'zh-CN' : 'en'
}

/** Prints a command's refusal as one line on stderr, in the reader's language: code, place where the words do not name it, words. Answers the exit code 2. */
export function refused(error: Refusal, texts: Refusals): number {
  const place = error.places.map(({ at }) => (at === error.params.file ? '' : `${at}: `)).join('')
  process.stderr.write(`zelian: ${error.code}: ${place}${say({ ...texts, ...cliRefusals }, error, langOf(process.env))}\n`)
  return 2
}

/** Steps (a letter put in, taken out, exchanged, or two swapped) from one word to another. */
export function stepsBetween(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, j) => j)]
  const at = (i: number, j: number) => rows[i]?.[j] ?? Number.POSITIVE_INFINITY
  for (let i = 1; i <= one.length; i++) {
    rows[i] = [i]
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1
      const swapped = one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1] ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY
      rows[i]?.push(Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + same, swapped))
    }
  }
  return at(one.length, other.length)
}

/** The word that was probably meant: at most two steps away and fewer than half its letters; null when none is near. */
export function nearest(given: string, words: readonly string[]): string | null {
  const ranked = words
    .map((word) => ({ word, steps: word.startsWith(given) && given.length > 1 ? 1 : stepsBetween(given.toLowerCase(), word) }))
    .filter(({ word, steps }) => steps <= 2 && steps * 2 < Math.max(word.length, given.length))
    .sort((a, b) => a.steps - b.steps)
  return ranked[0]?.word ?? null
}

/** Columns of a terminal that a text takes: Chinese characters and full-width signs take two. */
export const columns = (text: string): number =>
  [...text].reduce(
    (sum, sign) =>
      sum +
      (/[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(sign) ? 2 : 1),
    0,
  )

/** A text filled with blanks to a width in columns. */
export const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - columns(text)))

type Kind = 'flag' | 'text' | 'number'
type Value<K extends Kind> = K extends 'flag' ? boolean : (K extends 'number' ? number : string) | undefined
export type Args<S extends Record<string, Kind>> = { [K in keyof S]: Value<S[K]> } & { rest: string[] }

/**
 * Reads the arguments of a command: `readArgs(args, { port: 'number', data: 'text', json: 'flag' }, 1)` takes `--port N`, `--data DIR`,
 * `--json` and at most one other word, in any order; `--port=N` too. Refuses with `cli.option`, `cli.value` or `cli.surplus`.
 */
export function readArgs<const S extends Record<string, Kind>>(args: string[], spec: S, words = 0): Args<S> {
  const known = Object.keys(spec)
  const { tokens } = parseArgs({
    args,
    strict: false,
    tokens: true,
    allowPositionals: true,
    options: Object.fromEntries(known.map((name) => [name, { type: spec[name] === 'flag' ? ('boolean' as const) : ('string' as const) }])),
  })
  const read: Record<string, boolean | string | number | string[]> = {}
  for (const name of known) if (spec[name] === 'flag') read[name] = false
  const rest: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') {
      if (rest.push(token.value) > words) throw new Refusal('cli.surplus', { given: token.value })
    } else if (token.kind === 'option') {
      const kind = spec[token.name]
      if (!kind || !token.rawName.startsWith('--'))
        throw new Refusal('cli.option', { given: token.rawName, known: known.map((name) => `--${name}`).join(' ') })
      read[token.name] = kind === 'flag' ? flag(token.rawName, token.value) : value(token.rawName, kind, token.value)
    }
  }
  return { ...read, rest } as Args<S>
}

function flag(given: string, value: string | undefined): true {
  if (value !== undefined) throw new Refusal('cli.value', { given, zh: '（不带值）', en: 'none' })
  return true
}

function value(given: string, kind: Kind, value: string | undefined): string | number {
  if (value === undefined || value === '') throw new Refusal('cli.value', { given, zh: '一个值', en: 'a value' })
  if (kind === 'text') return value
  if (!/^\d{1,9}$/.test(value)) throw new Refusal('cli.value', { given, zh: '一个非负整数', en: 'a whole number, zero or more' })
  return Number(value)
}
