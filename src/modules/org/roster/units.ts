import type { ImportProblem } from '#kernel/imports.ts'
import { lineOf } from '../rules.ts'
import type { RosterUnit } from './types.ts'
import { lineOfUnit, unitKindOf } from './words.ts'

/** What a row says of a unit: its names from the top down, the unit it belongs to where a column says so, and the cell. */
export type Said = { path: readonly string[]; parent: string | null; cell: string }

/**
 * The units of a roster as one tree. A name at the top of one row and below another unit in a second row is one unit (质量监督站 as a department
 * of the office, and with departments of its own). What closes a circle is a problem, and the link that closes it is left out.
 */
export function unitsOf(said: readonly Said[]): {
  units: RosterUnit[]
  pathOf: (path: readonly string[]) => string[]
  problems: ImportProblem[]
} {
  const problems: ImportProblem[] = []
  const above = new Map<string, { parent: string; cell: string }>()
  const tops = new Set(said.map(({ path }) => path[0] ?? ''))
  const link = (name: string, parent: string, cell: string) => {
    const before = above.get(name)
    if (!before) above.set(name, { parent, cell })
    else if (before.parent !== parent)
      problems.push({
        cell,
        code: 'roster.unit_two_parents',
        level: 'error',
        params: { unit: name, first: before.parent, second: parent, at: before.cell },
      })
  }
  for (const { path, parent, cell } of said) {
    if (parent) link(path.at(-1) ?? '', parent, cell)
    path.forEach((name, i) => {
      const over = path[i - 1]
      if (over !== undefined && tops.has(name)) link(name, over, cell)
    })
  }
  for (const name of above.keys()) {
    const circle = circleFrom(name, above)
    if (!circle) continue
    const cell = above.get(circle.at(-1) ?? '')?.cell ?? ''
    problems.push({ cell, code: 'roster.unit_cycle', level: 'error', params: { units: [...circle, circle[0]].join(' → ') } })
    above.delete(circle.at(-1) ?? '')
  }
  const over = (name: string): string[] => {
    const parent = above.get(name)?.parent
    return parent === undefined ? [name] : [...over(parent), name]
  }
  const pathOf = (path: readonly string[]): string[] => {
    const own = path.findLastIndex((name) => above.has(name))
    return own >= 0 ? [...over(path[own] ?? ''), ...path.slice(own + 1)] : [...path]
  }
  const units = new Map<string, RosterUnit>()
  for (const { path, cell } of said) {
    const full = pathOf(path)
    full.forEach((name, i) => {
      const key = full.slice(0, i + 1).join('/')
      if (units.has(key)) return
      const kind = unitKindOf(name, i === 0)
      units.set(key, { name, path: full.slice(0, i + 1), parent: full[i - 1] ?? null, kind, line: lineOfUnit(name, kind, lineOf), cell })
    })
  }
  return { units: [...units.values()], pathOf, problems }
}

function circleFrom(start: string, above: ReadonlyMap<string, { parent: string }>): string[] | null {
  const seen = [start]
  for (let at = above.get(start)?.parent; at !== undefined; at = above.get(at)?.parent) {
    const i = seen.indexOf(at)
    if (i >= 0) return seen.slice(i)
    seen.push(at)
  }
  return null
}
