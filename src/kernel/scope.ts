import type { Calendar, Day } from './calendar/index.ts'
import { type Actor, may, type Reach, reachOf, type Standing } from './can.ts'
import { type Lang, Refusal } from './errors.ts'
import type { Id } from './ids.ts'
import type { RuleValue } from './rulepack.ts'

export type Tenant = { id: Id; code: string; name: string; zone: string; fictional: boolean }

/** What every handler is given: who asks, for which office, at what moment, looking at which day, under which rules. */
export type Ctx = {
  tenant: Tenant
  actor: Actor
  now: Date
  /** Today in the tenant's zone. */
  today: Day
  /** The day one looks at: `asOf` of the request, else today. */
  day: Day
  /** Whether `day` was asked for, so that pages show what was known then. */
  lookingBack: boolean
  /** The last instant that counts as known: the end of `day` when looking back, else now. */
  knownAt: Date
  lang: Lang
  requestId: string
  calendar: Calendar
  /** The rule value in force on `day`. */
  rule: (key: string) => RuleValue
  /** Throws `may.not` unless the actor may do the verb to the thing. */
  may: (verb: string, thing?: Standing) => void
  can: (verb: string, thing?: Standing) => boolean
  reach: (verb: string) => Reach
}

/** A context from its facts; the functions close over the actor. */
export function ctxOf(facts: Omit<Ctx, 'may' | 'can' | 'reach'>): Ctx {
  return {
    ...facts,
    can: (verb, thing) => may(facts.actor, verb, thing),
    may: (verb, thing) => {
      if (!may(facts.actor, verb, thing)) throw new Refusal('may.not', { verb })
    },
    reach: (verb) => reachOf(facts.actor, verb),
  }
}

/** The person behind the actor; accounts without one (operators) may not do business. */
export function personOf(ctx: Ctx): Id {
  if (!ctx.actor.person) throw new Refusal('may.not', { verb: 'person' })
  return ctx.actor.person
}
