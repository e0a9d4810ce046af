import postgres from 'postgres'

/** Where a database is: its parts, or a URL; `role` is taken on at connecting. */
export type Connection =
  | { host: string; port?: number; username: string; password: string; database: string; role?: string }
  | { url: string; role?: string }

type Row = postgres.Row
type Rows = postgres.RowList<Row[]>
type Values = readonly unknown[]

/** One connection, held. Statements sent without being awaited travel together, in order. */
export type Held = {
  send: (statement: string, values?: Values, prepare?: boolean) => Promise<Rows>
  /** Whether the connection was lost since it was taken: whatever ran on it is void, and a COMMIT now would be another connection's. */
  lost: () => boolean
  /** Gives it back. `owed` is a statement that ends what was begun: it goes down with the next thing sent, or after a moment alone. */
  release: (owed?: string) => void
}
export type Pool = {
  /** Waits for a free connection. */
  reserve: () => Promise<Held>
  /** One statement on any connection. */
  unsafe: (statement: string, values?: Values, options?: { prepare?: boolean }) => Promise<Rows>
  end: (options?: { timeout?: number }) => Promise<void>
}

/** Days stay texts (`YYYY-MM-DD`); instants become Dates; bigint stays text. */
const asText = (oid: number) => ({ to: oid, from: [oid], serialize: (value: string) => value, parse: (value: string) => value })

/** A driver of one connection; what waits for it is told when it is lost, whatever the driver does with it. */
type Link = {
  sql: postgres.Sql
  lost: boolean
  pending: Set<(error: Error) => void>
  owed: { statement: string; timer: NodeJS.Timeout } | null
}
/** How long an owed statement waits for company, ms. Under load the next request comes sooner and saves it a packet of its own. */
const patience = 5

export const connectionLost = () => Object.assign(new Error('the connection to the database was lost'), { code: 'CONNECTION_CLOSED' })

function openLink(at: Connection): Link {
  const link: Partial<Link> & Omit<Link, 'sql'> = { lost: false, pending: new Set(), owed: null }
  const options: postgres.Options<Record<string, postgres.PostgresType>> = {
    max: 1,
    idle_timeout: 300,
    connect_timeout: 10,
    onnotice: () => {},
    onclose: () => {
      link.lost = true
      for (const fail of link.pending) fail(connectionLost())
      link.pending.clear()
    },
    types: { date: asText(1082) },
    connection: { TimeZone: 'UTC', application_name: 'zelian', ...(at.role ? { role: at.role } : {}) },
  }
  if ('url' in at) link.sql = postgres(at.url, options)
  else {
    const { role: _, ...parts } = at
    link.sql = postgres({ ...options, ...parts })
  }
  return link as Link
}

/**
 * A pool of at most `max` connections, opened when first needed. The driver's own pool is not used: a connection that it lends out and that dies
 * meanwhile comes back to it as if alive, and one that dies between a write and its flush never writes again. Here each connection is a driver of
 * its own that says when it was lost; a lost one is thrown away and a new one takes its place.
 */
export function openPool(at: Connection, max = 16): Pool {
  const free: Link[] = []
  const waiting: ((link: Link) => void)[] = []
  const all = new Set<Link>()
  let ended = false

  const open = (): Link => {
    const link = openLink(at)
    all.add(link)
    return link
  }
  /** The link itself while it lives; a new one in its place when it was lost. */
  const alive = (link: Link): Link => {
    if (!link.lost || ended) return link
    all.delete(link)
    link.sql.end({ timeout: 0 }).catch(() => {})
    return open()
  }
  const take = async (): Promise<Link> => {
    if (ended) throw Object.assign(new Error('the pool has ended'), { code: 'CONNECTION_ENDED' })
    const ready = free.pop()
    if (ready) return alive(ready)
    if (all.size < max) return open()
    return new Promise((resolve) => waiting.push(resolve))
  }
  const give = (link: Link) => {
    const next = waiting.shift()
    if (next) next(alive(link))
    else free.push(link)
  }
  const settle = (link: Link) => {
    if (link.owed === null) return
    const { statement, timer } = link.owed
    clearTimeout(timer)
    link.owed = null
    if (!link.lost && !ended) link.sql.unsafe(statement).catch(() => {})
  }
  const send = (link: Link, statement: string, values: Values = [], prepare = false): Promise<Rows> =>
    new Promise((resolve, reject) => {
      settle(link)
      link.pending.add(reject)
      link.sql
        .unsafe(statement, values as postgres.ParameterOrJSON<never>[], { prepare })
        .then(resolve, reject)
        .finally(() => link.pending.delete(reject))
    })

  return {
    reserve: async () => {
      const link = await take()
      return {
        send: (statement, values, prepare) => send(link, statement, values, prepare),
        lost: () => link.lost,
        release: (owed) => {
          if (owed !== undefined && !link.lost) link.owed = { statement: owed, timer: setTimeout(settle, patience, link) }
          give(link)
        },
      }
    },
    unsafe: async (statement, values, options) => {
      const link = await take()
      try {
        return await send(link, statement, values, options?.prepare)
      } finally {
        give(link)
      }
    },
    end: async ({ timeout = 5 } = {}) => {
      ended = true
      await Promise.all([...all].map((link) => link.sql.end({ timeout })))
    },
  }
}
