export const subjects = ['obligation', 'duty', 'act', 'person'] as const
export type Subject = (typeof subjects)[number]
/** From left to right: what it starts from, what was owed, whose duty, on what basis and what was done, and who answered that day. */
export const layers = ['subject', 'owed', 'duty', 'basis', 'done', 'persons'] as const
export type Layer = (typeof layers)[number]
export const nodeKinds = [
  'obligation',
  'duty',
  'finding',
  'cause',
  'sentence',
  'act',
  'holder',
  'in_charge',
  'head',
  'supervisor',
  'person',
] as const
export type NodeKind = (typeof nodeKinds)[number]

export type TraceNode = {
  id: string
  layer: Layer
  kind: NodeKind
  title: string
  detail: string
  ref: { kind: string; id: string; start?: number; end?: number } | null
  light: 'green' | 'yellow' | 'red' | 'grey' | null
  happenedOn: string | null
  recordedAt: string | null
  later: boolean
}
export type TraceEdge = { from: string; to: string; later: boolean }
export type Graph = { nodes: TraceNode[]; edges: TraceEdge[] }

export const emptyGraph = (): Graph => ({ nodes: [], edges: [] })

/** Adds a node once; the same thing reached twice stays one node. Returns its id. */
export function put(graph: Graph, node: Omit<TraceNode, 'later'> & { later?: boolean }): string {
  const later = node.later ?? false
  const there = graph.nodes.find((one) => one.id === node.id)
  if (!there) graph.nodes.push({ ...node, later })
  else if (there.later && !later) there.later = false
  return node.id
}

/** Joins two nodes once: walking back from an obligation to the duty or the act one came from adds nothing. */
export function join(graph: Graph, from: string, to: string, later = false): void {
  if (from === to || graph.edges.some((edge) => (edge.from === from && edge.to === to) || (edge.from === to && edge.to === from))) return
  graph.edges.push({ from, to, later })
}

/** Whether something counts as known: recorded by the instant one looks at. */
export const cameLater = (recordedAt: Date, knownAt: Date): boolean => recordedAt > knownAt

/** A graph is sound when every edge joins nodes that are there. */
export const sound = (graph: Graph): boolean => {
  const ids = new Set(graph.nodes.map((node) => node.id))
  return graph.edges.every((edge) => ids.has(edge.from) && ids.has(edge.to))
}
