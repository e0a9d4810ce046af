import type { Id } from '#kernel/ids.ts'
import type { ImportProblem } from '#kernel/imports.ts'
import { lineOf, type PostRole, type UnitKind, usuallyExclusive } from '../rules.ts'
import { coreOf } from './gather.ts'
import type { Roster, RosterPost } from './types.ts'
import { lineOfUnit, rolesOf } from './words.ts'

/** A unit or post of the office, or one that would be made; `since` of a new one is brought forward to the first day somebody is in it. */
export type PlacedUnit = {
  id: Id
  parent_id: Id | null
  name: string
  aliases: string[]
  kind: UnitKind
  since: string
  until: string | null
  made: boolean
}
export type PlacedPost = {
  id: Id
  unit_id: Id
  name: string
  aliases: string[]
  roles: PostRole[]
  exclusive: boolean
  since: string
  until: string | null
  made: boolean
}
export type OfficeUnit = Omit<PlacedUnit, 'made'>
export type OfficePost = Omit<PlacedPost, 'made'>

type Asked = { units: readonly OfficeUnit[]; posts: readonly OfficePost[]; tenant: string; since: string; newId: () => Id }

/** Finds the units and posts that a roster names in the office, and makes those that are not there. */
export function places(roster: Roster, asked: Asked) {
  const problems: ImportProblem[] = []
  const units = new Map<Id, PlacedUnit>(asked.units.map((unit) => [unit.id, { ...unit, made: false }]))
  const below = Map.groupBy(units.values(), (unit) => unit.parent_id)
  const byName = new Map<string, PlacedUnit[]>()
  const remember = (unit: PlacedUnit) => {
    for (const name of [unit.name, ...unit.aliases]) byName.set(name, [...(byName.get(name) ?? []), unit])
  }
  for (const unit of units.values()) remember(unit)
  const roots = below.get(null) ?? []
  const root = roots.length === 1 ? roots[0] : roots.find(({ kind }) => kind === 'office')
  const cells = new Map(roster.units.map((unit) => [unit.path.join('/'), unit]))
  const done = new Map<string, PlacedUnit | null>()
  const named = (unit: PlacedUnit, name: string) => unit.name === name || unit.aliases.includes(name)

  /** At the top of a path: the office itself, a unit of that name anywhere when there is but one, or a new one below the office. */
  function top(name: string, cell: string): PlacedUnit | null {
    const found = byName.get(name) ?? []
    const high = found.filter((unit) => unit.parent_id === null || unit.parent_id === root?.id)
    const [only] = high.length === 1 ? high : found
    if (only && (high.length === 1 || found.length === 1)) return only
    if (found.length > 1) {
      problems.push({ cell, code: 'roster.unit_ambiguous', level: 'error', params: { unit: name, count: found.length } })
      return null
    }
    return root && name === asked.tenant ? root : (standsFor(name) ?? null)
  }
  /** 办领导 in an office that has no unit of the kind are the posts of the office itself. */
  const standsFor = (name: string): PlacedUnit | undefined =>
    root && cells.get(name)?.kind === 'leadership' && !asked.units.some(({ kind }) => kind === 'leadership') ? root : undefined

  function child(parent: PlacedUnit, name: string): PlacedUnit | undefined {
    return (
      (below.get(parent.id) ?? []).find((unit) => named(unit, name)) ??
      (parent === root &&
      cells.get(`${parent.name}/${name}`)?.kind === 'leadership' &&
      !asked.units.some(({ kind }) => kind === 'leadership')
        ? root
        : undefined)
    )
  }

  function make(name: string, parent: PlacedUnit | undefined, said: { kind: UnitKind } | undefined): PlacedUnit {
    const kind = said?.kind === 'office' && parent ? 'subordinate' : (said?.kind ?? 'department')
    const unit: PlacedUnit = {
      id: asked.newId(),
      parent_id: parent?.id ?? null,
      name,
      aliases: [],
      kind,
      since: asked.since,
      until: null,
      made: true,
    }
    units.set(unit.id, unit)
    below.set(unit.parent_id, [...(below.get(unit.parent_id) ?? []), unit])
    remember(unit)
    return unit
  }

  function unitAt(path: readonly string[]): PlacedUnit | null {
    const key = path.join('/')
    const known = done.get(key)
    if (known !== undefined) return known
    const unit = placed(path)
    done.set(key, unit)
    return unit
  }

  function placed(path: readonly string[]): PlacedUnit | null {
    const name = path.at(-1) ?? ''
    const said = cells.get(path.join('/'))
    const over = path.length > 1 ? unitAt(path.slice(0, -1)) : undefined
    if (over === null) return null
    const before = problems.length
    const found = over ? child(over, name) : top(name, said?.cell ?? '')
    if (problems.length > before) return null
    return found ?? make(name, over ?? root, said)
  }

  const posts = new Map<Id, PlacedPost>(asked.posts.map((post) => [post.id, { ...post, made: false }]))
  const byCore = new Map<string, PlacedPost>()
  const index = (post: PlacedPost) => {
    const unit = units.get(post.unit_id)?.name ?? ''
    for (const name of [post.name, ...post.aliases]) {
      const key = `${post.unit_id} ${coreOf(name, unit)}`
      if (!byCore.has(key)) byCore.set(key, post)
    }
  }
  for (const post of posts.values()) index(post)
  const group = [...units.values()].find(({ kind }) => kind === 'party_group')

  /** The post a row means: by its name with or without its unit's in front. 党组书记 and 党组成员 belong to the Party group where there is one. */
  function postAt(asks: RosterPost): { unit: PlacedUnit; post: PlacedPost } | null {
    const unit = /^党组(?:书记|副书记|成员)/.test(asks.name) && group ? group : unitAt(asks.path)
    if (!unit) return null
    const core = coreOf(asks.name, unit.name)
    const known = byCore.get(`${unit.id} ${core}`)
    if (known) return { unit, post: known }
    const roles = rolesOf(core, unit.kind)
    const post: PlacedPost = {
      id: asked.newId(),
      unit_id: unit.id,
      name: asks.name,
      aliases: core === asks.name && roles.length > 0 && unit.name.length + core.length <= 60 ? [`${unit.name}${core}`] : [],
      roles,
      exclusive: usuallyExclusive(roles),
      since: asked.since,
      until: null,
      made: true,
    }
    posts.set(post.id, post)
    index(post)
    return { unit, post }
  }

  /** A day on which somebody is to be in a post, no sooner than the post and its units are: those that are made begin early enough. */
  function early(unit: PlacedUnit, post: PlacedPost | null, day: string): string {
    const over = unit.parent_id === null ? undefined : units.get(unit.parent_id)
    let since = day
    if (over) {
      const least = over.made ? early(over, null, day) : over.since
      if (least > since) since = least
    }
    if (unit.made && since < unit.since) unit.since = since
    if (unit.since > since) since = unit.since
    if (!post) return since
    if (post.made && since < post.since) post.since = since
    if (post.since > since) return post.since
    return since
  }
  const lineOfPlaced = (unit: PlacedUnit) => lineOfUnit(unit.name, unit.kind, lineOf)
  return { problems, units, posts, unitAt, postAt, early, lineOfPlaced }
}
