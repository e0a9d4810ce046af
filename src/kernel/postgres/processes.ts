import { readdirSync, readFileSync, statSync } from 'node:fs'

/** The same folder by whatever path it is reached, even after it was moved: `device:inode`. */
export function identityOf(folder: string): string {
  const { dev, ino } = statSync(folder, { bigint: true })
  return `${dev}:${ino}`
}

/** One process, told apart from a later one with the same number: number, clock ticks since boot at which it began, boot. */
export type ProcessMark = { pid: number; started: string; boot: string }

const bootId = (): string => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()

const startedAt = (pid: number): string | null => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // a zombie has ended; only its parent has not heard of it yet
    return fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? null)
  } catch {
    return null
  }
}

/** The mark of this very process. */
export const ownMark = (): ProcessMark => ({ pid: process.pid, started: startedAt(process.pid) ?? '', boot: bootId() })

/** Whether the marked process still lives (a later process with its number does not count). */
export const lives = (mark: ProcessMark): boolean => mark.boot === bootId() && startedAt(mark.pid) === mark.started

/** Whether `pid` is a PostgreSQL process at work in the folder: each of them has it as its working directory. Zombies do not count. */
export function worksIn(pid: number, identity: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres') && identityOf(`/proc/${pid}/cwd`) === identity
  } catch {
    return false
  }
}

/** All PostgreSQL processes at work in the folder of that identity. */
export const workersIn = (identity: string): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => worksIn(pid, identity))

/** Signals a process that may be gone already. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Asks every `every` ms until it holds; false after `within` ms. */
export async function until(within: number, holds: () => boolean | Promise<boolean>, every = 50): Promise<boolean> {
  const end = Date.now() + within
  for (;;) {
    if (await holds()) return true
    if (Date.now() >= end) return false
    await new Promise((resolve) => setTimeout(resolve, every))
  }
}
