import type { Role } from '#kernel/can.ts'

/** The first form of permission: four roles. `reach: scope` covers the grant's unit subtree; `self` what is the actor's own. */

const readsOffice = ['org.read', 'directive.read', 'duty.read', 'basis.read', 'calendar.read'] as const
const pledges = ['pledge.read', 'pledge.sign'] as const
const ownWork = ['obligation.read', 'act.read', 'act.record', 'act.correct', 'act.confirm', 'evidence.add', 'evidence.remove'] as const

export const roleNames = ['leader', 'clerk', 'supervisor', 'staff'] as const
export type RoleName = (typeof roleNames)[number]

export const roles: Record<RoleName, Role> = {
  /** Members of the leadership and heads of units: see and decide within their scope. */
  leader: {
    verbs: [
      'sealing.read',
      'sealing.seal',
      'handover.read',
      'handover.open',
      'handover.confirm',
      ...pledges,
      ...readsOffice,
      ...ownWork,
      'person.read',
      'board.read',
      'trace.read',
      'obligation.move',
      'obligation.split',
      'obligation.waive',
      'directive.decide',
      'duty.assign',
      'duty.approve',
      'duty.change',
      'duty.decompose',
      'duty.end',
      'basis.tie',
    ],
    reach: 'scope',
  },
  /** 综合科: keeps the office's structure, decomposes directives, records on behalf of others. */
  clerk: {
    verbs: [
      'sealing.read',
      'handover.read',
      'handover.open',
      'handover.confirm',
      'sealing.ask',
      'sealing.seal',
      ...pledges,
      'pledge.issue',
      ...readsOffice,
      ...ownWork,
      'board.read',
      'trace.read',
      'org.edit',
      'import.read',
      'import.make',
      'person.read',
      'board.chase',
      'evidence.tend',
      'basis.keep',
      'basis.tie',
      'calendar.import',
      'directive.add',
      'directive.decide',
      'duty.add',
      'duty.assign',
      'duty.change',
      'duty.decompose',
      'duty.end',
      'obligation.move',
      'obligation.split',
      'obligation.waive',
    ],
    reach: 'scope',
  },
  /** The discipline group: sees everything, changes nothing of the office's. */
  supervisor: {
    verbs: [
      'sealing.read',
      'handover.read',
      'pledge.read',
      ...readsOffice,
      'person.read',
      'obligation.read',
      'act.read',
      'board.read',
      'trace.read',
    ],
    reach: 'scope',
  },
  /** Everyone: the office's lists, and their own obligations and acts. */
  staff: {
    verbs: ['sealing.read', 'sealing.seal', 'handover.read', 'handover.confirm', ...pledges, ...readsOffice, 'person.read', ...ownWork],
    reach: 'self',
  },
}

/** The account's user name in better-auth: the office code and the sign-in name, in characters it takes. */
export const userName = (office: string, name: string): string =>
  `${office}.${Array.from(new TextEncoder().encode(name), (b) => b.toString(16)).join('')}`
