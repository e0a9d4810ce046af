import type { FastifyBaseLogger } from 'fastify'
import type { Calendar, SourcedYear } from './calendar/index.ts'
import type { Actor } from './can.ts'
import type { Clock } from './clock.ts'
import type { InputOf, OkOf, Route, Routes } from './contract.ts'
import type { Db, Pool, Tx } from './db.ts'
import type { Lang, Refusals } from './errors.ts'
import type { Files, Staged } from './files/index.ts'
import type { Id } from './ids.ts'
import type { RuleValue } from './rulepack.ts'
import type { Ctx, Tenant } from './scope.ts'

/** What stands behind every request of one running program. */
export type House = {
  pool: Pool
  /** For tables that belong to no tenant. */
  db: Db
  clock: Clock
  pack: readonly RuleValue[]
  calendars: Calendars
  /** The outbox: the job exists if, and only if, the transaction commits. Refused as `jobs.absent` when the queue did not start. */
  emit: (tx: Tx, job: string, data: Record<string, unknown>) => Promise<void>
  files: Files
  /** The demo office on a loopback address: one-click sign-in exists. */
  demo: boolean
  /** Cookies only over TLS. */
  secure: boolean
  signIn: SignIn
  log: FastifyBaseLogger
}

/** Working days as each office counts them; the calendar module provides it. What an office has replaced is in force everywhere within seconds. */
export type Calendars = {
  of: (tenant: Id) => Promise<Calendar>
  /** What is in force on the installation for an office that took in nothing itself. */
  installed: () => Calendar
  /** Everything there is for an office, what wins last: with who took it in and when, where the office did. */
  yearsOf: (db: Db, tenant: Id, knownAt: Date) => Promise<(SourcedYear & { by?: string | null; recordedAt?: Date })[]>
  /** Forgets what is cached of an office, or of all. */
  forget: (tenant?: Id) => void
}

export type Session = { tenant: Tenant; actor: Actor; token: string }
/** How accounts sign in and sessions are read; the access module provides it. */
export type SignIn = {
  /** The session of a token in the named office (or its first one); null when there is none, `office.absent` when not a member. */
  session: (token: string, office: string | undefined) => Promise<Session | null>
  /** A new session for an account by password; null when wrong. */
  byPassword: (username: string, password: string) => Promise<string | null>
  /** A new session for an account that was proven otherwise (the demo's one click). */
  forAccount: (account: string) => Promise<string>
  end: (token: string) => Promise<void>
  /** Whether this is the account's password: asked again where something binds. */
  proves: (account: string, password: string) => Promise<boolean>
  createAccount: (name: string, username: string, password: string) => Promise<string>
  /** Forgets what is cached: `afterCommit` of grants, appointments or sessions changed, so that nobody reads the old ones back meanwhile. */
  forget: () => void
}

/** A call to a route that needs no session. */
export type Call = {
  lang: Lang
  ip: string
  setSession: (token: string | null) => void
  token: string | null
}
export type Upload = { name: string; bytes: Uint8Array }

type UploadOf<R extends Route> = R extends { upload: true }
  ? { file: Upload }
  : R extends { upload: { most: string } }
    ? { file: Staged }
    : unknown
type Given<R extends Route> = InputOf<R> & UploadOf<R>
/** Reads of the actor's office, each with a connection of its own for as long as it lasts. */
export type Read = <T>(fn: (db: Db) => Promise<T>) => Promise<T>
/** A write with slow work before it: that is done outside of any transaction and answers with what is to be written. */
type Slow<R extends Route> = { prepare: (read: Read, ctx: Ctx, input: Given<R>, house: House) => Promise<(tx: Tx) => Promise<OkOf<R>>> }
export type Handler<R extends Route> = R['may'] extends 'public'
  ? (house: House, call: Call, input: InputOf<R>) => Promise<OkOf<R>>
  : R['method'] extends 'GET'
    ? (db: Db, ctx: Ctx, input: InputOf<R>, house: House) => Promise<OkOf<R>>
    : ((tx: Tx, ctx: Ctx, input: Given<R>, house: House) => Promise<OkOf<R>>) | Slow<R>
export type Handlers<T extends Routes> = { [K in keyof T]: Handler<T[K]> }

type AnyHandler =
  | ((handle: never, ctx: never, input: never, house: never) => Promise<unknown>)
  | { prepare: (read: never, ctx: never, input: never, house: never) => Promise<(tx: never) => Promise<unknown>> }
/** A module as the server sees it. */
export type Module = { name: string; routes: Routes; handlers: Record<string, AnyHandler>; refusals: Refusals }

/** Binds a module's contract to its actions; a missing or an extra verb does not type-check. */
export const bind = <T extends Routes>(name: string, routes: T, handlers: Handlers<T>, refusals: Refusals = {}): Module => ({
  name,
  routes,
  handlers,
  refusals,
})
