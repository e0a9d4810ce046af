import type { Id } from './ids.ts'

/** Permission as one pure function for server and browser. */

/** A role's verbs and how far they reach: over the grant's scope, or over what is the actor's own. */
export type Role = { verbs: readonly string[]; reach: 'scope' | 'self' }
/** A grant as the actor carries it: units null is the whole office. */
export type Grant = { role: string; verbs: readonly string[]; reach: 'scope' | 'self'; units: readonly Id[] | null }
/** A seat in the leadership: first responsible, or a member of it. */
export type Seat = 'first' | 'member'
/**
 * Known with the session, as grants are. `leads` false: holds no post with a role and is in charge of nothing today, so is nobody's superior. `unseen`: persons
 * whose overdue things are no business of this actor's.
 */
export type Actor = {
  account: Id
  person: Id | null
  name: string
  grants: readonly Grant[]
  leads?: boolean
  seat?: Seat | null
  unseen?: readonly Id[]
}
/** What a thing shows to permission: the unit it belongs to and the person who holds it. */
export type Standing = { unit?: Id | null; holder?: Id | null }

/** Whether the actor may do a verb at all, or to a thing. The actor's own things are within every grant of the verb. */
export function may(actor: Actor, verb: string, thing?: Standing): boolean {
  return actor.grants.some((grant) => {
    if (!grant.verbs.includes(verb)) return false
    if (!thing) return true
    if (thing.holder && thing.holder === actor.person) return true
    if (grant.reach === 'self') return thing.holder === undefined && thing.unit === undefined
    return grant.units === null || (thing.unit != null && grant.units.includes(thing.unit))
  })
}

/** How far a verb reaches, for a query's WHERE: everything, some units, and always the person's own. */
export type Reach = { all: boolean; units: Id[]; person: Id | null }
export function reachOf(actor: Actor, verb: string): Reach {
  const holding = actor.grants.filter((grant) => grant.verbs.includes(verb) && grant.reach === 'scope')
  return {
    all: holding.some((grant) => grant.units === null),
    units: [...new Set(holding.flatMap((grant) => grant.units ?? []))],
    person: actor.person,
  }
}
