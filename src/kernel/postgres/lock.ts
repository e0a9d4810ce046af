import { createServer, type Server } from 'node:net'
import { Refusal } from '../errors.ts'
import { identityOf, until } from './processes.ts'

const WAIT_S = 120

const take = (name: string): Promise<Server | null> =>
  new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(null) : reject(error)))
    server.listen(`\0${name}`, () => resolve(server))
  })

/**
 * One at a time for a folder, across processes and within one. The lock is a name in the kernel (an abstract Unix socket), so it ends with
 * its holder however that ends: there is no stale lock to judge. Refuses with `db.busy` after two minutes.
 */
export async function oneAtATime<T>(folder: string, work: () => Promise<T>): Promise<T> {
  let held: Server | null = null
  const got = await until(WAIT_S * 1000, async () => {
    held = await take(`zelian-pg-${identityOf(folder)}`)
    return held !== null
  })
  if (!got) throw new Refusal('db.busy', { folder, seconds: WAIT_S })
  try {
    return await work()
  } finally {
    const server = held as Server | null
    await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()))
  }
}
