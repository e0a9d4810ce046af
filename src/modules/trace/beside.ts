import { type Layer, layers, type NodeKind } from './rules.ts'

/** Two days of one trace side by side: what is on both, what came, what went, who took whose place. Pure: the screen, the paper and the sheet ask the same. */

type Known = {
  id: string
  layer: Layer
  kind: NodeKind
  title: string
  detail: string
  light: string | null
  later: boolean
  hidden: boolean
}
export const marks = ['same', 'changed', 'replaced', 'added', 'gone'] as const
export type Mark = (typeof marks)[number]
/** One line: the first day on the left, the second on the right. `replaced`: another of the same kind stands in its place. */
export type Pair<N extends Known> = { key: string; layer: Layer; mark: Mark; before: N | null; after: N | null }

const differs = (a: Known, b: Known): boolean =>
  a.title !== b.title || a.detail !== b.detail || a.light !== b.light || a.later !== b.later || a.hidden !== b.hidden

/** Who comes before and after, and the sheet between them, is told from one day; the other day shows it itself. */
const fromOneDay: readonly NodeKind[] = ['before', 'after', 'handover']
/** Kinds of which one stands in another's place: who holds, heads or watches. An obligation that went is not replaced by one that came. */
const inPlace: readonly NodeKind[] = ['holder', 'unit', 'unit_head', 'in_charge', 'head', 'supervisor']

/**
 * Every node of both traces, but who comes before and after, in exactly one line, layer by layer: of the first day in its order, then what the second day added. One that went and one that
 * came of the same kind share a line where one can stand in the other's place.
 */
export function beside<N extends Known>(all: readonly N[], others: readonly N[]): Pair<N>[] {
  const [first, second] = [all, others].map((nodes) => nodes.filter(({ kind }) => !fromOneDay.includes(kind))) as [N[], N[]]
  const then = new Map(second.map((node) => [node.id, node]))
  const before = new Set(first.map((node) => node.id))
  const came = second.filter((node) => !before.has(node.id))
  const pairs = first.map((node): Pair<N> => {
    const after = then.get(node.id) ?? null
    if (after) return { key: node.id, layer: node.layer, mark: differs(node, after) ? 'changed' : 'same', before: node, after }
    const at = inPlace.includes(node.kind) ? came.findIndex((one) => one.kind === node.kind) : -1
    const instead = at < 0 ? null : (came.splice(at, 1)[0] ?? null)
    return { key: node.id, layer: node.layer, mark: instead ? 'replaced' : 'gone', before: node, after: instead }
  })
  const lines = [...pairs, ...came.map((node): Pair<N> => ({ key: node.id, layer: node.layer, mark: 'added', before: null, after: node }))]
  return layers.flatMap((layer) => lines.filter((pair) => pair.layer === layer))
}

/** How many lines bear each mark. */
export const countMarks = (pairs: readonly { mark: Mark }[]): Record<Mark, number> => {
  const none: Record<Mark, number> = { same: 0, changed: 0, replaced: 0, added: 0, gone: 0 }
  for (const { mark } of pairs) none[mark] += 1
  return none
}

/** The mark of every node by its id, for drawing one of the two days. */
export const marksOf = <N extends Known>(pairs: readonly Pair<N>[], side: 'before' | 'after'): Map<string, Mark> =>
  new Map(pairs.flatMap((pair) => (pair[side] ? [[pair[side].id, pair.mark] as const] : [])))
