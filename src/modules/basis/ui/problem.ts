import type { ProblemView } from '../shapes.ts'
import { useT } from './words.ts'

/** Says what is wrong in a text. 12-1 is said 12 之 1. */
export function useProblem(): (of: ProblemView) => string {
  const t = useT()
  return (of) => t(`problem.${of.code}`, { found: of.found ?? '', expected: (of.expected ?? '').replace('-', ' 之 ') })
}
