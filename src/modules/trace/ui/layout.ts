import type { Layer } from '../rules.ts'

/** The graph of a trace, laid out in columns from left to right. Pure: lengths are CSS pixels. */

type In = { nodes: readonly { id: string; layer: Layer }[]; edges: readonly { from: string; to: string; later: boolean }[] }
export type Box = { id: string; x: number; y: number; w: number; h: number }
export type Path = { from: string; to: string; later: boolean; d: string }
export type Laid = {
  width: number
  height: number
  columns: { layers: readonly Layer[]; x: number; w: number }[]
  boxes: Box[]
  paths: Path[]
}

export const size = { w: 190, widest: 272, h: 92, head: 30, columnGap: 48, rowGap: 14, lane: 12 }

/** What rests on and what was done stand in one column: both follow from a duty. Who held it stands before who stood above. */
const wanted: readonly (readonly Layer[])[] = [['subject'], ['owed'], ['duty'], ['basis', 'done'], ['persons'], ['line']]

/** Something that takes a place in a column: a node, or the lane of a line that passes by. */
type Item = { key: string; node: boolean; before: string[]; y: number }

/**
 * Columns by layer, empty ones left out. A line that passes a column gets a lane in it, shared with others where that says the same, so that no line runs behind a box. Within a column, items stand near what they come from. Boxes grow with the `room`
 * there is.
 */
export function layout(graph: In, room = 0): Laid {
  const layers = wanted.filter((some) => graph.nodes.some((node) => some.includes(node.layer)))
  const fitting = Math.floor((room + size.columnGap) / Math.max(1, layers.length)) - size.columnGap
  const w = Math.min(size.widest, Math.max(size.w, fitting))
  const columnOf = new Map(graph.nodes.map((node) => [node.id, layers.findIndex((some) => some.includes(node.layer))]))
  const columns: Item[][] = layers.map(() => [])
  const items = new Map<string, Item>()
  const put = (key: string, column: number, node: boolean): Item => {
    const item = items.get(`${column} ${key}`) ?? { key, node, before: [], y: 0 }
    if (!items.has(`${column} ${key}`)) columns[column]?.push(item)
    items.set(`${column} ${key}`, item)
    return item
  }
  for (const node of graph.nodes) put(node.id, columnOf.get(node.id) ?? 0, true)
  const bundle = bundling(graph.edges, columnOf)
  const routes = graph.edges.map((edge) => {
    const [left, right] = leftToRight(edge, columnOf)
    const [a, b] = [columnOf.get(left) ?? 0, columnOf.get(right) ?? 0]
    const keys = [left]
    for (let column = a + 1; column < b; column += 1) keys.push(bundle(edge, left, right))
    if (b > a) keys.push(right)
    keys.slice(1).forEach((key, i) => {
      const item = put(key, a + 1 + i, key === right)
      const before = keys[i] as string
      if (!item.before.includes(before)) item.before.push(before)
    })
    return { edge, start: a, keys: b > a ? keys : [left, right] }
  })
  const height = place(columns)
  const x = (column: number) => column * (w + size.columnGap)
  const boxes = columns.flatMap((some, column) =>
    some.filter(({ node }) => node).map(({ key, y }) => ({ id: key, x: x(column), y, w, h: size.h })),
  )
  const middle = (key: string, column: number) => {
    const item = items.get(`${column} ${key}`)
    return (item?.y ?? 0) + (item?.node ? size.h : size.lane) / 2
  }
  const paths = routes.map(({ edge, start, keys }) => {
    const same = columnOf.get(keys[0] ?? '') === columnOf.get(keys.at(-1) ?? '')
    const at = (i: number) => ({ x: x(same ? start : start + i), y: middle(keys[i] as string, same ? start : start + i) })
    return {
      from: edge.from,
      to: edge.to,
      later: edge.later,
      d: same
        ? aside(at(0), at(1))
        : through(
            keys.map((_, i) => at(i)),
            w,
          ),
    }
  })
  return {
    width: Math.max(0, x(layers.length) - size.columnGap),
    height,
    columns: layers.map((some, column) => ({ layers: some, x: x(column), w })),
    boxes,
    paths,
  }
}

const leftToRight = (edge: { from: string; to: string }, columnOf: ReadonlyMap<string, number>): [string, string] =>
  (columnOf.get(edge.from) ?? 0) <= (columnOf.get(edge.to) ?? 0) ? [edge.from, edge.to] : [edge.to, edge.from]

/**
 * Which lane a line takes past a column: sources that lead to the same targets share one; where that makes more lanes than there are targets, each
 * target has one.
 */
function bundling(edges: In['edges'], columnOf: ReadonlyMap<string, number>) {
  const groups = new Map<string, Map<string, string[]>>()
  const groupOf = (left: string, right: string) => `${columnOf.get(left)} ${columnOf.get(right)}`
  for (const edge of edges) {
    const [left, right] = leftToRight(edge, columnOf)
    const group = groups.get(groupOf(left, right)) ?? new Map<string, string[]>()
    group.set(left, [...(group.get(left) ?? []), `${edge.later ? 'later ' : ''}${right}`])
    groups.set(groupOf(left, right), group)
  }
  const setOf = (rights: readonly string[] | undefined) => [...(rights ?? [])].sort().join('\n')
  return ({ later }: { later: boolean }, left: string, right: string): string => {
    const group = groups.get(groupOf(left, right)) ?? new Map<string, string[]>()
    const sets = new Set([...group.values()].map(setOf)).size
    const targets = new Set([...group.values()].flat()).size
    return `lane ${later ? 'later ' : ''}${groupOf(left, right)} ${targets < sets ? `to ${right}` : `from ${setOf(group.get(left))}`}`
  }
}

/** Orders each column by where its items come from, and centres it. Returns the height of the whole. */
function place(columns: Item[][]): number {
  const heightOf = (some: readonly Item[]) =>
    some.reduce((sum, { node }) => sum + (node ? size.h : size.lane), 0) + size.rowGap * Math.max(0, some.length - 1)
  const height = size.head + Math.max(0, ...columns.map(heightOf))
  let before = new Map<string, number>()
  for (const column of columns) {
    const wish = (item: Item) => {
      const known = item.before.flatMap((key) => before.get(key) ?? [])
      return known.length > 0 ? known.reduce((sum, y) => sum + y, 0) / known.length : Number.POSITIVE_INFINITY
    }
    const wishes = new Map(column.map((item) => [item, wish(item)]))
    column.sort((a, b) => compare(wishes.get(a) ?? 0, wishes.get(b) ?? 0))
    let y = size.head + (height - size.head - heightOf(column)) / 2
    for (const item of column) {
      item.y = y
      y += (item.node ? size.h : size.lane) + size.rowGap
    }
    before = new Map(column.map((item) => [item.key, item.y + (item.node ? size.h : size.lane) / 2]))
  }
  return height
}

const compare = (a: number, b: number) => (a === b ? 0 : a < b ? -1 : 1)
const round = (n: number) => Math.round(n * 10) / 10

/** A line through points at the left edge of boxes and lanes: curved between columns, straight across a lane. */
function through(points: readonly { x: number; y: number }[], w: number): string {
  const [first] = points
  let d = first ? `M${round(first.x + w)} ${round(first.y)}` : ''
  points.slice(1).forEach(({ x, y }, i) => {
    const from = points[i] as { x: number; y: number }
    const mid = round((from.x + w + x) / 2)
    d += `C${mid} ${round(from.y)} ${mid} ${round(y)} ${round(x)} ${round(y)}`
    if (i < points.length - 2) d += `H${round(x + w)}`
  })
  return d
}

/** A line between two boxes of one column, round their left side. */
const aside = (a: { x: number; y: number }, b: { x: number; y: number }): string =>
  `M${round(a.x)} ${round(a.y)}C${round(a.x - 30)} ${round(a.y)} ${round(b.x - 30)} ${round(b.y)} ${round(b.x)} ${round(b.y)}`
