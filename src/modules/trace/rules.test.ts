import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cameLater, emptyGraph, type Graph, join, layers, put, sound, type TraceNode } from './rules.ts'

const node = (id: string, some: Partial<TraceNode> = {}): TraceNode => ({
  id,
  layer: 'owed',
  kind: 'obligation',
  title: id,
  detail: '',
  ref: null,
  light: null,
  happenedOn: null,
  recordedAt: null,
  later: false,
  hidden: false,
  moments: [],
  ...some,
})

describe('nodes', () => {
  it('are there once, as they were first put', () => {
    const graph = emptyGraph()
    expect(put(graph, node('a', { layer: 'subject', title: 'first' }))).toBe('a')
    expect(put(graph, node('a', { layer: 'owed', title: 'second' }))).toBe('a')
    expect(graph.nodes).toEqual([node('a', { layer: 'subject', title: 'first' })])
  })

  it('count as known in time as soon as one way to them was', () => {
    const graph = emptyGraph()
    put(graph, node('a', { later: true }))
    expect(graph.nodes[0]?.later).toBe(true)
    put(graph, node('a'))
    expect(graph.nodes[0]?.later).toBe(false)
    put(graph, node('a', { later: true }))
    expect(graph.nodes[0]?.later).toBe(false)
  })
})

describe('edges', () => {
  it('join two nodes once, whichever way one walks, and never a node with itself', () => {
    const graph: Graph = { nodes: [node('a'), node('b')], edges: [] }
    join(graph, 'a', 'b', true)
    join(graph, 'a', 'b')
    join(graph, 'b', 'a')
    join(graph, 'a', 'a')
    expect(graph.edges).toEqual([{ from: 'a', to: 'b', later: true }])
  })

  it('to a node that is not there make the graph unsound', () => {
    const graph: Graph = { nodes: [node('a')], edges: [] }
    expect(sound(graph)).toBe(true)
    join(graph, 'a', 'b')
    expect(sound(graph)).toBe(false)
    put(graph, node('b'))
    expect(sound(graph)).toBe(true)
    join(graph, 'c', 'b')
    expect(sound(graph)).toBe(false)
  })

  it('of a graph made by walking stay sound: every end is there, no pair twice, no node twice', () => {
    const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')
    const steps = fc.array(fc.tuple(ids, ids, fc.boolean(), fc.constantFrom(...layers)), { maxLength: 60 })
    fc.assert(
      fc.property(steps, (walked) => {
        const graph = emptyGraph()
        for (const [from, to, later, layer] of walked)
          join(graph, put(graph, node(from, { layer })), put(graph, node(to, { layer, later })), later)
        expect(sound(graph)).toBe(true)
        expect(new Set(graph.nodes.map(({ id }) => id)).size).toBe(graph.nodes.length)
        const pairs = graph.edges.map(({ from, to }) => [from, to].sort().join(' '))
        expect(new Set(pairs).size).toBe(pairs.length)
        expect(graph.edges.every(({ from, to }) => from !== to)).toBe(true)
      }),
    )
  })
})

describe('recorded later', () => {
  it.each([
    ['2026-03-15T15:59:59.998Z', false],
    ['2026-03-15T15:59:59.999Z', false],
    ['2026-03-15T16:00:00.000Z', true],
  ])('looking at 15 March in Shanghai, what was recorded at %s: %s', (recordedAt, later) => {
    expect(cameLater(new Date(recordedAt), new Date('2026-03-15T15:59:59.999Z'))).toBe(later)
  })
})
