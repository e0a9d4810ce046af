/** Gaps: what the machine finds missing between sentences, duties and people. It points; people act. Pure. */

/**
 * `nobody`: a duty that nobody holds. `vacant`: a post that holds duties beside others, and nobody is in it. `left`: a named holder without any post.
 * `uncarried`: a holder whose part of a decomposed duty no child carries. `idle`: somebody's post that holds no duty. `sentence`: a commanding sentence
 * neither carried nor set aside.
 */
export const gapKinds = ['nobody', 'vacant', 'left', 'uncarried', 'idle', 'sentence'] as const
export type GapKind = (typeof gapKinds)[number]

/** What puts a gap of each kind right. */
export const nextSteps = ['assign', 'appoint', 'release', 'decompose', 'write', 'decide'] as const
export type NextStep = (typeof nextSteps)[number]
export const nextStepOf: Record<GapKind, NextStep> = {
  nobody: 'assign',
  vacant: 'appoint',
  left: 'release',
  uncarried: 'decompose',
  idle: 'write',
  sentence: 'decide',
}
