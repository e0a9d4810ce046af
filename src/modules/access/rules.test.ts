import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Actor, may, reachOf } from '#kernel/can.ts'
import { type RoleName, roleNames, roles, userName } from './rules.ts'

const actorOf = (role: RoleName, units: string[] | null, person = 'me'): Actor => ({
  account: 'account',
  person,
  name: '某某',
  grants: [{ role, ...roles[role], units }],
})

describe('roles', () => {
  it('let the discipline group change nothing of the office', () => {
    expect(roles.supervisor.verbs.filter((verb) => !verb.endsWith('.read'))).toEqual([])
  })

  it('let employees act for themselves only', () => {
    const staff = actorOf('staff', null)
    expect(may(staff, 'act.record', { holder: 'me', unit: 'works' })).toBe(true)
    expect(may(staff, 'act.record', { holder: 'other', unit: 'works' })).toBe(false)
    expect(may(staff, 'obligation.waive', { holder: 'me' })).toBe(false)
    expect(reachOf(staff, 'obligation.read')).toEqual({ all: false, units: [], person: 'me' })
  })

  it('keep a leader within the units of the grant', () => {
    const deputy = actorOf('leader', ['works'])
    expect(may(deputy, 'obligation.waive', { unit: 'works' })).toBe(true)
    expect(may(deputy, 'obligation.waive', { unit: 'general' })).toBe(false)
    expect(may(actorOf('leader', null), 'obligation.waive', { unit: 'general' })).toBe(true)
  })
})

describe('may', () => {
  it('never grows when units are taken away, and agrees with the reach of a query', () => {
    const unit = fc.constantFrom('a', 'b', 'c')
    fc.assert(
      fc.property(
        fc.constantFrom(...roleNames),
        fc.array(unit),
        unit,
        fc.constantFrom('me', 'other'),
        fc.constantFrom('obligation.read', 'act.record', 'org.edit'),
        (role, units, at, holder, verb) => {
          const actor = actorOf(role, units)
          const allowed = may(actor, verb, { unit: at, holder })
          if (allowed) expect(may(actorOf(role, null), verb, { unit: at, holder })).toBe(true)
          const reach = reachOf(actor, verb)
          const holds = actor.grants.some((grant) => grant.verbs.includes(verb))
          expect(allowed).toBe(holds && (reach.all || reach.units.includes(at) || holder === reach.person))
        },
      ),
    )
  })
})

describe('sign-in names', () => {
  it('become user names that tell offices and names apart', () => {
    fc.assert(
      fc.property(fc.tuple(fc.string(), fc.string()), ([a, b]) => {
        expect(userName('x', a) === userName('x', b)).toBe(a === b)
      }),
    )
  })
})
