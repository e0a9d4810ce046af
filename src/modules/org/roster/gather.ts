import type { ImportProblem } from '#kernel/imports.ts'
import type { DataRow } from './row.ts'
import type { RosterPerson, RosterPost, RosterUnit } from './types.ts'
import { heads } from './words.ts'

type Tree = { units: readonly RosterUnit[]; pathOf: (path: readonly string[]) => string[] }

/** 综合科科长 in 综合科 is its 科长: a post without its unit's name in front. */
export const coreOf = (post: string, unit: string): string =>
  post.startsWith(unit) && post.length > unit.length ? post.slice(unit.length) : post

/** Rows become persons. Two rows of one name are one person when their month of birth is the same or a row says 兼任; else two, which is pointed out. */
export function persons(rows: readonly DataRow[], tree: Tree): { persons: RosterPerson[]; problems: ImportProblem[] } {
  const problems: ImportProblem[] = []
  const byName = new Map<string, RosterPerson[]>()
  const all: RosterPerson[] = []
  for (const row of rows) {
    if (row.name === '' || row.problems.some(({ code }) => code === 'roster.name_odd' || code === 'roster.name_several')) continue
    const made = personOf(row, tree)
    const namesakes = byName.get(row.name) ?? []
    const known = namesakes.find((one) => same(one, made))
    if (known) {
      const repeated = made.posts.find((post) => known.posts.some((other) => key(other) === key(post) && other.kind === post.kind))
      if (repeated) problems.push(wrong(made, 'repeated', { name: made.name, first: known.cells.name ?? '' }))
      else merge(known, made)
      continue
    }
    const unsure = namesakes.find((one) => one.born === null || made.born === null)
    if (unsure) problems.push({ ...wrong(made, 'namesake', { name: made.name, first: unsure.cells.name ?? '' }), level: 'warning' })
    byName.set(row.name, [...namesakes, made])
    all.push(made)
  }
  return { persons: all, problems: [...problems, ...twoHolders(all)] }
}

const wrong = (person: RosterPerson, code: string, params: ImportProblem['params']): ImportProblem => ({
  cell: person.cells.name ?? '',
  code: `roster.${code}`,
  level: 'error',
  params,
})

const key = (post: RosterPost) => `${post.path.join('/')} ${coreOf(post.name, post.path.at(-1) ?? '')}`

function same(one: RosterPerson, other: RosterPerson): boolean {
  if (one.born !== null && other.born !== null) return one.born === other.born
  const beside = (person: RosterPerson) => person.posts.every(({ kind }) => kind === 'concurrent')
  return beside(one) !== beside(other) || one.posts.some((post) => other.posts.some((it) => key(it) === key(post)))
}

function merge(into: RosterPerson, other: RosterPerson): void {
  into.posts.push(...other.posts)
  into.rows.push(...other.rows)
  into.grade ??= other.grade
  into.identity ??= other.identity
  into.party ??= other.party
  into.branch ??= other.branch
  into.leadership ??= other.leadership
  into.born ??= other.born
}

function personOf(row: DataRow, tree: Tree): RosterPerson {
  const path = tree.pathOf(row.path)
  const branch = row.branch === null ? null : tree.pathOf([row.branch])
  const posts = row.posts.map((post): RosterPost => {
    const elsewhere = post.kind === 'concurrent' && !post.party ? otherUnit(post.name, path, tree.units) : null
    const where = post.party ? (branch ?? otherUnit(post.name, path, tree.units) ?? path) : (elsewhere ?? path)
    const cell = (post.from && row.cells[post.from]) ?? row.cells.name ?? ''
    return { name: post.name, path: where, kind: post.kind, since: row.since, cell, assumed: post.from === null }
  })
  const [first] = posts
  return {
    name: row.name,
    unit: path.at(-1) ?? null,
    post: first && !first.assumed ? first.name : null,
    kind: first?.kind ?? null,
    posts: path.length > 0 ? posts : [],
    ...{ leadership: row.leadership, grade: row.grade, identity: row.identity, party: row.party, branch: row.branch },
    ...{ from: row.from, since: row.since, born: row.born, rows: [row.row], cells: row.cells },
  }
}

/** 机关党委副书记 of somebody in 综合科 belongs to 机关党委, where the sheet has it. */
function otherUnit(post: string, own: readonly string[], units: readonly RosterUnit[]): string[] | null {
  const found = units.filter((unit) => post.startsWith(unit.name) && post.length > unit.name.length && unit.name !== own.at(-1))
  return found.sort((a, b) => b.name.length - a.name.length)[0]?.path ?? null
}

/** The post at the head of a unit is held by one; whoever acts in it stands beside, and there is one of these too. */
function twoHolders(all: readonly RosterPerson[]): ImportProblem[] {
  const first = new Map<string, RosterPerson>()
  const problems: ImportProblem[] = []
  for (const person of all) {
    for (const post of person.posts) {
      if (!heads(coreOf(post.name, post.path.at(-1) ?? ''))) continue
      const place = `${key(post)} ${post.kind === 'acting'}`
      const other = first.get(place)
      if (!other) first.set(place, person)
      else if (other !== person)
        problems.push({
          cell: post.cell,
          code: 'roster.two_holders',
          level: 'error',
          params: { unit: post.path.at(-1) ?? '', post: post.name, name: person.name, first: other.name, at: other.cells.name ?? '' },
        })
    }
  }
  return problems
}
