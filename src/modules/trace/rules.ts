/** What a trace starts from. `cause`: whatever made obligations and is no duty, such as a finding or a sealing. */
export const subjects = ['obligation', 'duty', 'act', 'person', 'directive', 'unit', 'cause'] as const
export type Subject = (typeof subjects)[number]
/**
 * From left to right: what it starts from, what was owed, whose duty, on what basis and what was done, who held it in which unit, and who stood above them and
 * watched that day.
 */
export const layers = ['subject', 'owed', 'duty', 'basis', 'done', 'persons', 'line'] as const
export type Layer = (typeof layers)[number]
export const nodeKinds = [
  'obligation',
  'duty',
  'finding',
  'cause',
  'sentence',
  'directive',
  'article',
  'act',
  'holder',
  'before',
  'after',
  'handover',
  'unit',
  'unit_now',
  'unit_head',
  'in_charge',
  'head',
  'supervisor',
  'person',
] as const
export type NodeKind = (typeof nodeKinds)[number]

/** Something that happened to a node on a day: it was handed over, its words changed, the unit was renamed. `later`: recorded after the day one looks at. */
export type Moment = { day: string; says: string; later: boolean }

export type TraceNode = {
  id: string
  layer: Layer
  kind: NodeKind
  title: string
  detail: string
  /** What to open: `start` and `end` in a directive, `at` an article of a law. */
  ref: { kind: string; id: string; start?: number; end?: number; at?: string } | null
  light: 'green' | 'yellow' | 'red' | 'grey' | null
  happenedOn: string | null
  recordedAt: string | null
  later: boolean
  /** It is there and may not be read by whoever looks: nothing of it but its day is said. */
  hidden: boolean
  moments: Moment[]
}
export type TraceEdge = { from: string; to: string; later: boolean }
export type Graph = { nodes: TraceNode[]; edges: TraceEdge[] }

export const emptyGraph = (): Graph => ({ nodes: [], edges: [] })

/** What a node is made of: all but its name and place may be left out. */
export type NewNode = Pick<TraceNode, 'id' | 'layer' | 'kind' | 'title' | 'detail'> & Partial<TraceNode>

/** What is in a graph already, so that a wide one costs no more per line than a narrow one. */
const indexes = new WeakMap<Graph, { nodes: Map<string, TraceNode>; pairs: Set<string> }>()
const pairOf = (a: string, b: string) => (a < b ? `${a} ${b}` : `${b} ${a}`)
function indexOf(graph: Graph) {
  const known = indexes.get(graph)
  if (known) return known
  const made = {
    nodes: new Map(graph.nodes.map((node) => [node.id, node])),
    pairs: new Set(graph.edges.map(({ from, to }) => pairOf(from, to))),
  }
  indexes.set(graph, made)
  return made
}

/** Whether a node of this id was put. */
export const has = (graph: Graph, id: string): boolean => indexOf(graph).nodes.has(id)

/** Adds a node once; the same thing reached twice stays one node. Returns its id. */
export function put(graph: Graph, node: NewNode): string {
  const { nodes } = indexOf(graph)
  const there = nodes.get(node.id)
  if (!there) {
    const blank = { ref: null, light: null, happenedOn: null, recordedAt: null, later: false, hidden: false, moments: [] }
    const made = { ...blank, ...node }
    graph.nodes.push(made)
    nodes.set(made.id, made)
  } else if (there.later && !node.later) there.later = false
  return node.id
}

/** Joins two nodes once: walking back from an obligation to the duty or the act one came from adds nothing. */
export function join(graph: Graph, from: string, to: string, later = false): void {
  const { pairs } = indexOf(graph)
  const pair = pairOf(from, to)
  if (from === to || pairs.has(pair)) return
  pairs.add(pair)
  graph.edges.push({ from, to, later })
}

/** Whether something counts as known: recorded by the instant one looks at. */
export const cameLater = (recordedAt: Date, knownAt: Date): boolean => recordedAt > knownAt

/** A graph is sound when every edge joins nodes that are there. */
export const sound = (graph: Graph): boolean => {
  const ids = new Set(graph.nodes.map((node) => node.id))
  return graph.edges.every((edge) => ids.has(edge.from) && ids.has(edge.to))
}

/** What of a unit's names counts on a day; `names` are the former ones, each until a day (exclusive), oldest first. */
export const nameOn = (unit: { name: string; names: readonly { name: string; until: string }[] }, day: string): string =>
  unit.names.find((one) => one.until > day)?.name ?? unit.name

/** On which days a unit got another name, and from which to which; a move below another unit alone is no renaming. */
export function renamings(unit: {
  name: string
  names: readonly { name: string; until: string }[]
}): { day: string; from: string; to: string }[] {
  const all = [...unit.names.map((one) => one.name), unit.name]
  return unit.names.flatMap(({ name, until }, i) => (all[i + 1] === name ? [] : [{ day: until, from: name, to: all[i + 1] as string }]))
}
