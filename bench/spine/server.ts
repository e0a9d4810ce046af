import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const root = join(import.meta.dirname, '../..')

export type Server = { url: string; pid: number; stop: () => Promise<void>; firstAnswerMs: number }

const ended = (child: ChildProcess) =>
  new Promise<void>((resolve) => (child.exitCode === null ? child.once('exit', () => resolve()) : resolve()))

/** The first line of JSON a child prints. */
async function firstLine(child: ChildProcess): Promise<Record<string, unknown>> {
  if (!child.stdout) throw new Error('the child has no output')
  for await (const line of createInterface({ input: child.stdout })) return JSON.parse(line)
  throw new Error('the child ended without a word')
}

/** Starts the real program on a data folder and waits for its first answer to a request. */
export async function startServer(dataDir: string): Promise<Server> {
  const began = performance.now()
  const child = spawn(process.execPath, [join(root, 'bin/zelian.ts'), 'start', '--port', '0', '--data', dataDir, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const { url } = await firstLine(child)
  const answer = await fetch(`${url}/api/health`)
  if (!answer.ok) throw new Error(`health answered ${answer.status}`)
  const firstAnswerMs = performance.now() - began
  return {
    url: String(url),
    pid: child.pid ?? 0,
    firstAnswerMs,
    stop: async () => {
      child.kill('SIGTERM')
      await ended(child)
    },
  }
}

/** Starts the bare reference route over one statement. */
export async function startBare(input: object): Promise<Omit<Server, 'firstAnswerMs'>> {
  const child = spawn(process.execPath, [join(root, 'bench/spine/bare.ts')], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin?.end(JSON.stringify(input))
  const { url } = await firstLine(child)
  return {
    url: String(url),
    pid: child.pid ?? 0,
    stop: async () => {
      child.kill('SIGTERM')
      await ended(child)
    },
  }
}
