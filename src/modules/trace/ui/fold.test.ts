import { describe, expect, it } from 'vitest'
import { sound } from '../rules.ts'
import { folding } from './fold.ts'

type Light = 'green' | 'red' | 'yellow'
const node = (id: string, layer: 'subject' | 'owed' | 'done' | 'duty', light: Light | null = null) => ({
  id,
  layer,
  kind: layer === 'done' ? ('act' as const) : layer === 'duty' ? ('duty' as const) : ('obligation' as const),
  title: id,
  detail: '',
  ref: null,
  light,
  happenedOn: null,
  recordedAt: null,
  later: false,
  hidden: false,
  moments: [],
})

/** A subject that owes as told, each of it with an act of its own and all for one duty. */
const owing = (lights: Light[]) => ({
  nodes: [
    { ...node('s', 'subject'), kind: 'person' as const },
    node('d', 'duty'),
    ...lights.flatMap((light, i) => [node(`o${i}`, 'owed', light), node(`a${i}`, 'done')]),
  ],
  edges: lights.flatMap((_, i) => [
    { from: 's', to: `o${i}`, later: false },
    { from: `o${i}`, to: 'd', later: false },
    { from: `o${i}`, to: `a${i}`, later: false },
  ]),
})
const green = (n: number): Light[] => Array(n).fill('green')
const owedIn = (folded: ReturnType<typeof folding>) => folded?.trace.nodes.filter(({ layer }) => layer === 'owed').map(({ id }) => id)

describe('folding a wide trace', () => {
  it('leaves what can be read as it is', () => {
    expect(folding(owing(green(12)))).toBeNull()
    expect(folding(owing(Array(20).fill('red')))).toBeNull()
  })

  it('hides green obligations and what only they lead to, and keeps all others', () => {
    const folded = folding(owing(['red', 'green', 'yellow', ...green(10), 'red', 'red', 'red', 'yellow']))
    expect(owedIn(folded)).toEqual(['o0', 'o2', 'o13', 'o14', 'o15', 'o16'])
    expect(folded?.away).toBe(11)
    const ids = folded?.trace.nodes.map(({ id }) => id)
    expect(ids).toEqual(expect.arrayContaining(['s', 'd', 'a0', 'a2']))
    expect(ids).not.toContain('a1')
    expect(folded && sound(folded.trace)).toBe(true)
  })

  it('still draws six where all is green, the nearest first', () => {
    const folded = folding(owing(green(30)))
    expect(owedIn(folded)).toEqual(['o0', 'o1', 'o2', 'o3', 'o4', 'o5'])
    expect(folded?.away).toBe(24)
  })
})
