import { spawn } from 'node:child_process'
import { closeSync, constants, openSync } from 'node:fs'

/** Who runs the database: this user, or, for root, the one to change to. */
export type Account = { uid: number; gid: number; change: boolean }

export type Outcome = { code: number | null; out: string; err: string }

/** How a program started with `folder` names that folder. */
export const FOLDER = '/proc/self/fd/3'

/**
 * Runs a program as the account and collects what it prints. A `folder` is handed over opened, as `FOLDER`: so the account need not be able to
 * reach it by its path (under /root, for example), and neither its length nor its characters matter. Never rejects for an exit code; a
 * program that could not be started answers code null with the reason in `err`.
 */
export async function run(program: string, args: string[], account: Account, folder?: string): Promise<Outcome> {
  const opened = folder === undefined ? [] : [openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY)]
  try {
    return await new Promise((resolve, reject) => {
      let out = ''
      let err = ''
      const child = spawn(program, args, {
        cwd: '/',
        // no locale of the surroundings: an unset or unknown LANG must not decide the encoding
        env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', TZ: 'UTC' },
        stdio: ['ignore', 'pipe', 'pipe', ...opened],
        ...(account.change ? { uid: account.uid, gid: account.gid } : {}),
      })
      child.stdout?.setEncoding('utf8').on('data', (text: string) => {
        out += text
      })
      child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        err += text
      })
      child.once('error', reject)
      child.once('close', (code) => resolve({ code, out, err }))
    })
  } catch (error) {
    return { code: null, out: '', err: (error as Error).message }
  } finally {
    for (const fd of opened) closeSync(fd)
  }
}
