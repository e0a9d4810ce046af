import type { Standing } from '#kernel/can.ts'
import { machine, statesOf, verbsFrom } from '#kernel/machine.ts'

export const sealingMoves = machine('sealing', { asked: { seal: 'sealed', excuse: 'excused' }, sealed: {}, excused: {} })
export type SealingState = 'asked' | 'sealed' | 'excused'
export const sealingStates = statesOf(sealingMoves) as SealingState[]

/** The keeper seals; whoever asked for it may let cars stay in service. */
export const permissionOf = (verb: string) => (verb === 'seal' ? 'sealing.seal' : 'sealing.ask')
export const sealingActions = (can: (verb: string, thing: Standing) => boolean, state: SealingState, thing: Standing) =>
  verbsFrom(sealingMoves, state).filter((verb) => can(permissionOf(verb), thing))
