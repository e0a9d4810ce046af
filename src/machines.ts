import type { Machine } from '#kernel/machine.ts'
import { actMoves, confirmationMoves } from '#modules/acts/rules.ts'
import { regulationMoves, tieMoves } from '#modules/basis/rules.ts'
import { directiveMoves, proposalMoves } from '#modules/directives/rules.ts'
import { issueMoves } from '#modules/duties/load.ts'
import { dutyMoves } from '#modules/duties/rules.ts'
import { evidenceMoves } from '#modules/evidence/rules.ts'
import { handoverMoves } from '#modules/handovers/rules.ts'
import { importMoves } from '#modules/imports/rules.ts'
import { obligationMoves } from '#modules/obligations/rules.ts'
import { pledgeMoves, roundMoves } from '#modules/pledges/rules.ts'
import { sealingMoves } from '#modules/sealings/rules.ts'

/** Every table of moves, for the tests that walk them and the diagrams. */
export const machines: Machine[] = [
  directiveMoves,
  proposalMoves,
  regulationMoves,
  tieMoves,
  dutyMoves,
  issueMoves,
  roundMoves,
  pledgeMoves,
  obligationMoves,
  actMoves,
  confirmationMoves,
  evidenceMoves,
  handoverMoves,
  sealingMoves,
  importMoves,
]
