import type { InputOf, OkOf } from '#kernel/contract.ts'
import type { HangingKind } from '../changes.ts'
import type { orgRoutes } from '../contract.ts'

/** What somebody is putting together in the drawer of a change, and what it sends. Pure. */

export type Kind = 'merge' | 'split' | 'abolish'
export type Item = OkOf<typeof orgRoutes.hanging>['items'][number]
export type Draft = {
  kind: Kind
  since: string
  ground: string
  /** Units beside the one it began from, for a merger. */
  others: string[]
  /** Where a merger goes: a unit that is there, or '' for a new one of that name. */
  into: string
  name: string
  parts: { key: string; name: string }[]
  keeps: boolean
  successors: string[]
  /** By `what id`: a unit's id, the key of a new one, `end`, or '' while nothing is decided. */
  to: Record<string, string>
  names: Record<string, string>
}

export const end = 'end'
export const newKey = 'new'
export const keyOf = ({ what, id }: { what: HangingKind; id: string }) => `${what} ${id}`

export const startOf = (today: string): Draft => ({
  ...{ kind: 'merge', since: today, ground: '', others: [], into: '', name: '', parts: [{ key: 'p1', name: '' }], keeps: true },
  ...{ successors: [], to: {}, names: {} },
})

/** Units that go with the change: nothing can be moved to them. */
export const goingOf = (unit: string, draft: Draft): string[] =>
  draft.kind === 'merge' ? [unit, ...draft.others] : draft.kind === 'split' && draft.keeps ? [] : [unit]

/** The decisions as the routes take them, in the order of the items; what is undecided is left out. */
export function movesOf(items: readonly Item[], draft: Draft) {
  return items.flatMap((item) => {
    const to = draft.to[keyOf(item)] ?? ''
    if (to === '') return []
    const name = draft.names[keyOf(item)]?.trim()
    return [{ what: item.what, id: item.id, to: to === end ? null : to, ...(item.what === 'post' && to !== end && name ? { name } : {}) }]
  })
}

/** How many things still wait for a decision; none where what is not named stays. */
export const undecided = (items: readonly Item[], draft: Draft): number =>
  draft.kind === 'split' && draft.keeps ? 0 : items.filter((item) => !draft.to[keyOf(item)]).length

export const mergeOf = (unit: string, items: readonly Item[], draft: Draft): InputOf<typeof orgRoutes.merge> => ({
  units: [unit, ...draft.others],
  into: draft.into ? { unit: draft.into } : { name: draft.name },
  since: draft.since,
  ground: draft.ground || null,
  moves: movesOf(items, draft),
})
export const splitOf = (unit: string, items: readonly Item[], draft: Draft): InputOf<typeof orgRoutes.split> => ({
  ...{ id: unit, parts: draft.parts, keeps: draft.keeps, since: draft.since, ground: draft.ground || null, moves: movesOf(items, draft) },
})
export const abolishOf = (unit: string, items: readonly Item[], draft: Draft): InputOf<typeof orgRoutes.abolish> => ({
  ...{ id: unit, successors: draft.successors, since: draft.since, ground: draft.ground || null, moves: movesOf(items, draft) },
})
