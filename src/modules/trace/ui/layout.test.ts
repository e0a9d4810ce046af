import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layers } from '../rules.ts'
import { layout, size } from './layout.ts'

const edge = (from: string, to: string, later = false) => ({ from, to, later })

describe('the layout of a trace', () => {
  it('stands from left to right: what it starts from, whose duty, basis and acts, who answered', () => {
    const { boxes, columns, width } = layout({
      nodes: [
        { id: 'o', layer: 'subject' },
        { id: 'd', layer: 'duty' },
        { id: 's', layer: 'basis' },
        { id: 'a', layer: 'done' },
        { id: 'p', layer: 'persons' },
      ],
      edges: [edge('o', 'd'), edge('d', 's'), edge('o', 'a', true), edge('o', 'p')],
    })
    expect(columns.map((column) => column.layers)).toEqual([['subject'], ['duty'], ['basis', 'done'], ['persons']])
    const x = Object.fromEntries(boxes.map((box) => [box.id, box.x]))
    expect([x.o, x.d, x.s, x.a, x.p]).toEqual([0, 1, 2, 2, 3].map((column) => column * (size.w + size.columnGap)))
    expect(width).toBe(4 * size.w + 3 * size.columnGap)
  })

  it('puts a line that passes a column between its boxes, and bundles those of one source', () => {
    const nodes = [
      { id: 'o', layer: 'subject' as const },
      { id: 'd', layer: 'duty' as const },
      ...['p', 'q'].map((id) => ({ id, layer: 'persons' as const })),
    ]
    const { boxes, paths } = layout({ nodes, edges: [edge('o', 'd'), edge('o', 'p'), edge('o', 'q')] })
    const duty = boxes.find(({ id }) => id === 'd')
    const lanes = paths.filter(({ to }) => to !== 'd').map(({ d }) => Number(/ ([\d.]+)H/.exec(d)?.[1]))
    expect(lanes[0]).toBe(lanes[1])
    expect(lanes[0]).toBeGreaterThan((duty?.y ?? 0) + size.h)
  })

  it('lets boxes grow with the room there is, to a bound', () => {
    const nodes = (['subject', 'duty', 'persons'] as const).map((layer) => ({ id: layer, layer }))
    const widthIn = (room: number) => layout({ nodes, edges: [] }, room).boxes[0]?.w
    expect([0, 600, 3 * 230 + 2 * size.columnGap, 2000].map(widthIn)).toEqual([size.w, size.w, 230, size.widest])
  })

  it('is nothing for nothing', () => {
    expect(layout({ nodes: [], edges: [] })).toMatchObject({ width: 0, boxes: [], paths: [] })
  })

  it('gives every node one box within the sheet, lets no two overlap, and draws every line from box to box', () => {
    const node = fc.record({ id: fc.string({ minLength: 1, maxLength: 3 }), layer: fc.constantFrom(...layers) })
    const graphs = fc.uniqueArray(node, { minLength: 2, maxLength: 30, selector: ({ id }) => id }).chain((nodes) =>
      fc.record({
        nodes: fc.constant(nodes),
        edges: fc.uniqueArray(
          fc
            .tuple(fc.constantFrom(...nodes), fc.constantFrom(...nodes), fc.boolean())
            .filter(([a, b]) => a.id !== b.id)
            .map(([a, b, later]) => edge(a.id, b.id, later)),
          { maxLength: 50, selector: ({ from, to }) => [from, to].sort().join('\u0000') },
        ),
      }),
    )
    fc.assert(
      fc.property(graphs, (graph) => {
        const { boxes, paths, width, height } = layout(graph)
        expect(boxes.map(({ id }) => id).sort()).toEqual(graph.nodes.map(({ id }) => id).sort())
        for (const box of boxes) {
          expect(box.x).toBeGreaterThanOrEqual(0)
          expect(box.y).toBeGreaterThanOrEqual(size.head)
          expect(box.x + box.w).toBeLessThanOrEqual(width)
          expect(box.y + box.h).toBeLessThanOrEqual(height + 0.001)
          for (const other of boxes)
            if (other !== box && other.x === box.x) expect(Math.abs(other.y - box.y)).toBeGreaterThanOrEqual(size.h)
        }
        expect(paths).toHaveLength(graph.edges.length)
        for (const { from, to, d } of paths) {
          expect(d).toMatch(/^M[\d.]+ [\d.]+C/)
          expect(d).not.toMatch(/NaN|undefined/)
          const ends = boxes.filter(({ id }) => id === from || id === to).map((box) => `${Math.round((box.y + box.h / 2) * 10) / 10}`)
          expect(ends).toContain(d.split(/[ HC]/).at(-1))
          expect(ends).toContain(/^M[\d.]+ ([\d.]+)C/.exec(d)?.[1])
        }
      }),
    )
  })
})

describe('lines that pass a column', () => {
  const owed = ['o1', 'o2', 'o3'].map((id) => ({ id, layer: 'owed' as const }))
  const persons = ['p', 'q'].map((id) => ({ id, layer: 'persons' as const }))
  const nodes = [...owed, { id: 'd', layer: 'duty' as const }, ...persons]
  const lanesOf = (edges: ReturnType<typeof edge>[]) =>
    new Set(layout({ nodes, edges }).paths.map(({ d }) => / ([\d.]+)H/.exec(d)?.[1])).size

  it('share one lane where all lead to the same, and a lane for each target where they do not', () => {
    const all = owed.flatMap(({ id }) => persons.map((person) => edge(id, person.id)))
    expect(lanesOf(all)).toBe(1)
    expect(lanesOf(all.slice(1, -1))).toBe(2)
    expect(lanesOf([edge('o1', 'p'), edge('o2', 'p', true), edge('o3', 'p')])).toBe(2)
  })
})
