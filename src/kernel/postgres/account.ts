import { chownSync, lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '../errors.ts'
import { type Account, run } from './run.ts'

const OWN = 'zelian-db'
const root: Account = { uid: 0, gid: 0, change: false }

const lookUp = async (name: string): Promise<Account | null> => {
  const [uid, gid] = await Promise.all([run('id', ['-u', name], root), run('id', ['-g', name], root)])
  if (uid.code !== 0 || gid.code !== 0) return null
  return { uid: Number(uid.out), gid: Number(gid.out), change: true }
}

const ways: [program: string, args: string[]][] = [
  ['useradd', ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin', OWN]],
  ['adduser', ['-S', '-D', '-H', '-h', '/nonexistent', '-s', '/sbin/nologin', OWN]],
  ['adduser', ['--system', '--no-create-home', '--home', '/nonexistent', OWN]],
]

/** Makes the system user `zelian-db` (useradd; adduser of busybox or Debian) and says who it is. Refuses with `db.no_account`. */
export async function makeAccount(): Promise<Account> {
  const reasons: string[] = []
  for (const [program, args] of ways) {
    const made = await run(program, args, root)
    const account = await lookUp(OWN)
    if (account) return account
    reasons.push(`${program}: ${made.err.trim().split('\n')[0] ?? made.code}`)
  }
  throw new Refusal('db.no_account', { reason: reasons.join('; ') })
}

const giveAll = (path: string, account: Account): void => {
  const stat = lstatSync(path)
  if (stat.isSymbolicLink()) return
  chownSync(path, account.uid, account.gid)
  if (stat.isDirectory()) for (const name of readdirSync(path)) giveAll(join(path, name), account)
}

/**
 * Who runs the database whose files lie (or will lie) in `data`. PostgreSQL refuses to run as root, so root changes to whoever owns the files,
 * else to the system's `postgres`, else to `zelian-db`, which is made when absent. Files that came to belong to root (a copied folder) are
 * given to that account. Refuses with `db.owner` when they are another user's, with `db.no_account` when nobody can be made.
 */
export async function accountFor(data: string): Promise<Account> {
  const owner = lstatSync(data, { throwIfNoEntry: false })
  const [uid, gid] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0]
  if (uid !== 0) {
    if (owner && owner.uid !== uid) throw new Refusal('db.owner', { folder: data, owner: owner.uid })
    return { uid, gid, change: false }
  }
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid, change: true }
  const account = (await lookUp('postgres')) ?? (await lookUp(OWN)) ?? (await makeAccount())
  if (owner) giveAll(data, account)
  return account
}
