import { type Machine, statesOf } from '#kernel/machine.ts'
import { machines } from '../../src/machines.ts'

const diagram = (of: Machine): string => {
  const moves = statesOf(of).flatMap((from) => Object.entries(of.moves[from] ?? {}).map(([verb, to]) => `  ${from} --> ${to}: ${verb}`))
  return ['```mermaid', 'stateDiagram-v2', `  [*] --> ${of.first}`, ...moves, '```'].join('\n')
}

/** Every table of moves as a diagram, for docs. */
export const stateDiagrams = (): string =>
  `# States\n\nGenerated from the tables of moves in \`src/modules/*/rules.ts\`; do not edit.\n\n${machines.map((of) => `## ${of.table}\n\n${diagram(of)}\n`).join('\n')}`
