import { todayIn } from '#kernel/calendar/index.ts'
import type { Actor } from '#kernel/can.ts'
import type { Clock } from '#kernel/clock.ts'
import { type Db, type Pool, reading } from '#kernel/db.ts'
import { Refusal } from '#kernel/errors.ts'
import type { Session, SignIn } from '#kernel/house.ts'
import type { Id } from '#kernel/ids.ts'
import { grantsOf, leads, membersOf } from './store.ts'

/** Sessions are read from memory for at most this long, and forgotten at once when they end here. */
const cacheMs = 5000
const sessionDays = 7

/** The accounts' library is 30 MB of memory: it is loaded when somebody first signs in, not at the start. */
async function openAuth(db: Db, secret: string) {
  const { betterAuth } = await import('better-auth')
  const { username } = await import('better-auth/plugins')
  return betterAuth({
    database: { db: db.withSchema('auth'), type: 'postgres' },
    secret,
    baseURL: 'http://localhost',
    telemetry: { enabled: false },
    logger: { disabled: true },
    rateLimit: { enabled: false },
    session: { expiresIn: sessionDays * 86_400, updateAge: 86_400 },
    emailAndPassword: { enabled: true, minPasswordLength: 8, autoSignIn: false },
    plugins: [username({ maxUsernameLength: 400, usernameValidator: () => true })],
  })
}

const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined
  return () => {
    made ??= make()
    return made
  }
}

/** Where a person stands in the leadership on a day, and whose overdue things they are not shown; the org module knows. */
type StandingOf = (db: Db, tenant: Id, person: Id, day: string) => Promise<Required<Pick<Actor, 'seat' | 'unseen'>>>

/** Accounts and sessions by better-auth, offline, in the schema `auth`; none of its HTTP routes are served. */
export function newSignIn(pool: Pool, db: Db, clock: Clock, secret: string, standingOf: StandingOf): SignIn {
  const auth = once(() => openAuth(db, secret))
  const cache = new Map<string, { session: Session | null; until: number }>()

  const load = async (token: string, office: string | undefined): Promise<Session | null> => {
    const now = clock()
    const members = await membersOf(db, token, now)
    if (members.length === 0) return null
    const member = office === undefined ? members[0] : members.find((one) => one.tenant.code === office)
    if (!member) throw new Refusal('office.absent')
    const { tenant, person } = member
    const own = { account: member.account, person, name: member.name }
    if (person === null) return { tenant, token, actor: { ...own, grants: [], leads: false } }
    const today = todayIn(tenant.zone, now)
    const [grants, above, standing] = await reading(pool, tenant.id, (db) =>
      Promise.all([grantsOf(db, tenant.id, person, today), leads(db, tenant.id, person, today), standingOf(db, tenant.id, person, today)]),
    )
    return { tenant, token, actor: { ...own, grants, leads: above, ...standing } }
  }

  return {
    session: async (token, office) => {
      const key = `${token} ${office ?? ''}`
      const hit = cache.get(key)
      const at = performance.now()
      if (hit && hit.until > at) return hit.session
      const session = await load(token, office)
      if (cache.size > 10_000) cache.clear()
      if (session) cache.set(key, { session, until: at + cacheMs })
      return session
    },
    byPassword: async (name, password) => {
      try {
        const answer = await (await auth()).api.signInUsername({ body: { username: name, password } })
        return answer?.token ?? null
      } catch (error) {
        if (error instanceof Error && error.name === 'APIError') return null
        throw error
      }
    },
    forAccount: async (account) => {
      const { internalAdapter } = await (await auth()).$context
      return (await internalAdapter.createSession(account)).token
    },
    end: async (token) => {
      const { internalAdapter } = await (await auth()).$context
      await internalAdapter.deleteSession(token)
      cache.clear()
    },
    proves: async (account, password) => {
      const { internalAdapter, password: hashes } = await (await auth()).$context
      const kept = (await internalAdapter.findAccounts(account)).find((one) => one.providerId === 'credential')?.password
      return kept ? hashes.verify({ hash: kept, password }) : false
    },
    createAccount: async (name, user, password) => {
      // better-auth asks for an address; offline accounts get one that leads nowhere.
      const made = await (await auth()).api.signUpEmail({ body: { email: `${user}@zelian.invalid`, password, name, username: user } })
      return made.user.id
    },
    forget: () => cache.clear(),
  }
}
