import type { TraceOf } from './node.tsx'

/** A graph of more obligations than this is drawn without its green ones at first. */
const most = 12
/** As many are drawn all the same, the nearest first. */
const least = 6

type Drawn = Pick<TraceOf, 'nodes' | 'edges'>

/**
 * A trace too wide to be read, with obligations that are green folded away together with what only they lead to; null where nothing need be folded.
 * `away` is how many obligations that hides. Lists and the line of time show everything.
 */
export function folding<T extends Drawn>(trace: T): { trace: T; away: number } | null {
  const owed = trace.nodes.filter((node) => node.kind === 'obligation' && node.layer !== 'subject')
  if (owed.length <= most) return null
  const telling = owed.filter(({ light }) => light !== 'green')
  const rest = owed.filter(({ light }) => light === 'green')
  const drawn = new Set([...telling, ...rest.slice(0, Math.max(0, least - telling.length))].map(({ id }) => id))
  const hidden = new Set(owed.flatMap(({ id }) => (drawn.has(id) ? [] : [id])))
  if (hidden.size === 0) return null
  const reached = new Set(trace.nodes.flatMap(({ id, layer }) => (layer === 'subject' ? [id] : [])))
  const queue = [...reached]
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    for (const { from, to } of trace.edges) {
      if (from !== at || hidden.has(to) || reached.has(to)) continue
      reached.add(to)
      queue.push(to)
    }
  }
  const nodes = trace.nodes.filter(({ id }) => reached.has(id))
  const edges = trace.edges.filter(({ from, to }) => reached.has(from) && reached.has(to))
  return { trace: { ...trace, nodes, edges }, away: hidden.size }
}
