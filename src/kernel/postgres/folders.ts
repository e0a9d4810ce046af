import { createHash, randomBytes } from 'node:crypto'
import {
  chownSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { Refusal } from '../errors.ts'
import { type Account, run } from './run.ts'

/** The folder a user named, made when absent (0700), by its real path. Refuses with `db.folder`. */
export function realFolder(dataDir: string): string {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    return realpathSync(dataDir)
  } catch (error) {
    throw new Refusal('db.folder', { folder: dataDir, reason: (error as Error).message })
  }
}

/** Replaces a file at once; what stood there, were it a link, is not followed. The new file belongs to `owner`. */
export function replaceFile(path: string, text: string, mode: number, owner?: { uid: number; gid: number }): void {
  const part = `${path}.${randomBytes(6).toString('hex')}`
  writeFileSync(part, text, { mode, flag: 'wx', flush: true })
  if (owner && process.getuid?.() === 0) chownSync(part, owner.uid, owner.gid)
  renameSync(part, path)
}

/** The database's password, made at the first call. `exists` says that there is a database already, for which no new one can be made up. */
export function passwordIn(folder: string, exists: boolean): string {
  const path = join(folder, 'pg.password')
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw new Refusal('db.folder', { folder, reason: (error as Error).message })
    if (exists) throw new Refusal('db.password_missing', { folder })
  }
  const made = randomBytes(24).toString('base64url')
  replaceFile(path, `${made}\n`, 0o600, statSync(folder))
  return made
}

// sun_path holds 108 bytes with its closing zero
const fits = (folder: string) => Buffer.byteLength(join(folder, '.s.PGSQL.5432')) <= 107

/** Removes a socket's folder if it is the account's. What lies there is named, not listed: root deletes nothing at another's word. */
export function clearSocketFolder(path: string, account: Account): void {
  const stat = lstatSync(path, { throwIfNoEntry: false })
  if (!stat?.isDirectory() || !/^zelian-[0-9a-f]{12}(-\d)?$/.test(basename(path))) return
  if (stat.uid !== account.uid && !(account.change && stat.uid === 0)) return
  for (const name of ['.s.PGSQL.5432', '.s.PGSQL.5432.lock', 'password']) rmSync(join(path, name), { force: true })
  rmdirSync(path)
}

// only where nobody else can exchange what we are about to make
const trusted = (base: string): boolean => {
  const stat = statSync(base, { throwIfNoEntry: false })
  return stat?.isDirectory() === true && (stat.uid === 0 || stat.uid === process.getuid?.())
}

/**
 * A short and private folder for the socket, empty, the same each time for the same data and user; in the folder `before` when there was one
 * there. Data folders may have any length, and a socket's path may not. One that somebody else put in its place is passed over. Refuses with
 * `db.folder`.
 */
export async function socketFolder(folder: string, account: Account, before?: string): Promise<string> {
  const key = createHash('sha256').update(`${account.uid}\0${folder}`).digest('hex').slice(0, 12)
  for (const base of new Set([...(before ? [dirname(before)] : []), tmpdir(), '/tmp', '/var/tmp'])) {
    if (!fits(join(base, `zelian-${key}-0`)) || !trusted(base)) continue
    if ((await run('/bin/sh', ['-c', 'cd "$1"', 'sh', base], account)).code !== 0) continue
    for (const suffix of ['', '-1', '-2', '-3']) {
      const path = join(base, `zelian-${key}${suffix}`)
      try {
        clearSocketFolder(path, account)
        mkdirSync(path, { mode: 0o700 })
        if (account.change) lchownSync(path, account.uid, account.gid)
        return path
      } catch {
        // taken by somebody else, or not writable: the next
      }
    }
  }
  throw new Refusal('db.folder', { folder: tmpdir(), reason: 'no private folder for the socket can be made' })
}
