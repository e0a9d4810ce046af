import type { ComponentType } from 'react'
import type { RecordDrawerProps } from './record.ts'
import type { Found } from './shell/palette.tsx'
import type { ShellKey } from './words.ts'

/** The pages of the product: where each stands in the menu, who sees it, and the file it is loaded from when it is first opened. */

type Shown = { default: ComponentType }
/** What exists at build time; a page whose file is not there is in no menu. */
const files = import.meta.glob<Shown>([
  '../modules/obligations/ui/mine.tsx',
  '../modules/directives/ui/list.tsx',
  '../modules/directives/ui/decompose.tsx',
  '../modules/basis/ui/list.tsx',
  '../modules/basis/ui/law.tsx',
  '../modules/basis/ui/compare.tsx',
  '../modules/basis/ui/add.tsx',
  '../modules/duties/ui/duties.tsx',
  '../modules/duties/ui/awaiting.tsx',
  '../modules/handovers/ui/handovers.tsx',
  '../modules/handovers/ui/sheet.tsx',
  '../modules/pledges/ui/pledges.tsx',
  '../modules/pledges/ui/new.tsx',
  '../modules/pledges/ui/round.tsx',
  '../modules/pledges/ui/pledge.tsx',
  '../modules/acts/ui/acts.tsx',
  '../modules/acts/ui/confirm.tsx',
  '../modules/sealings/ui/sealings.tsx',
  '../modules/board/ui/board.tsx',
  '../modules/trace/ui/trace.tsx',
  '../modules/org/ui/org.tsx',
  '../modules/imports/ui/roster.tsx',
  '../modules/calendar/ui/calendar.tsx',
  '../modules/org/ui/chart.tsx',
  '../modules/org/ui/person.tsx',
])
const drawers = import.meta.glob<{ RecordDrawer: ComponentType<RecordDrawerProps> }>('../modules/acts/ui/record.tsx')
const unsents = import.meta.glob<Shown>('../modules/acts/ui/unsent.tsx')
const finders = import.meta.glob<{ find: (text: string) => Promise<Found[]> }>('../modules/search/ui/find.ts')

const fileOf = <T>(from: Record<string, () => Promise<T>>, file: string): (() => Promise<T>) | undefined => from[`../modules/${file}`]

export type Group = 'mine' | 'chain' | 'back' | 'ground'
export type Place = {
  path:
    | '/mine'
    | '/confirm'
    | '/directives'
    | '/basis'
    | '/duties'
    | '/pledges'
    | '/handovers'
    | '/acts'
    | '/sealings'
    | '/board'
    | '/trace'
    | '/org'
    | '/calendar'
    | '/awaiting'
  word: ShellKey
  group: Group
  verb: string
  letter: string
  file: string
}

/** The menu, in the order of the chain; `letter` follows `g` on the keyboard. */
const places: Place[] = [
  { path: '/mine', word: 'nav.mine', group: 'mine', verb: 'obligation.read', letter: 'm', file: 'obligations/ui/mine.tsx' },
  { path: '/confirm', word: 'nav.confirm', group: 'mine', verb: 'act.confirm', letter: 'q', file: 'acts/ui/confirm.tsx' },
  { path: '/directives', word: 'nav.directives', group: 'chain', verb: 'directive.read', letter: 'd', file: 'directives/ui/list.tsx' },
  { path: '/basis', word: 'nav.basis', group: 'chain', verb: 'basis.read', letter: 'y', file: 'basis/ui/list.tsx' },
  { path: '/duties', word: 'nav.duties', group: 'chain', verb: 'duty.read', letter: 'l', file: 'duties/ui/duties.tsx' },
  { path: '/awaiting', word: 'nav.awaiting', group: 'chain', verb: 'duty.assign', letter: 'w', file: 'duties/ui/awaiting.tsx' },
  { path: '/pledges', word: 'nav.pledges', group: 'chain', verb: 'pledge.read', letter: 'p', file: 'pledges/ui/pledges.tsx' },
  { path: '/acts', word: 'nav.acts', group: 'chain', verb: 'act.read', letter: 'a', file: 'acts/ui/acts.tsx' },
  { path: '/sealings', word: 'nav.sealings', group: 'chain', verb: 'sealing.read', letter: 's', file: 'sealings/ui/sealings.tsx' },
  { path: '/handovers', word: 'nav.handovers', group: 'chain', verb: 'handover.read', letter: 'j', file: 'handovers/ui/handovers.tsx' },
  { path: '/board', word: 'nav.board', group: 'back', verb: 'board.read', letter: 'b', file: 'board/ui/board.tsx' },
  { path: '/trace', word: 'nav.trace', group: 'back', verb: 'trace.read', letter: 't', file: 'trace/ui/trace.tsx' },
  { path: '/org', word: 'nav.org', group: 'ground', verb: 'org.read', letter: 'o', file: 'org/ui/org.tsx' },
  { path: '/calendar', word: 'nav.calendar', group: 'ground', verb: 'calendar.read', letter: 'c', file: 'calendar/ui/calendar.tsx' },
]

/** The pages that exist and that these verbs open. */
export const placesFor = (verbs: readonly string[]): Place[] =>
  places.filter(({ file, verb }) => fileOf(files, file) && verbs.includes(verb))

/** Loads a page's file; undefined when there is none. */
export const pageOf = (file: string): (() => Promise<Shown>) | undefined => fileOf(files, file)
export const recordDrawer = fileOf(drawers, 'acts/ui/record.tsx')
/** What was written down without a line, said on every page. */
export const unsentActs = fileOf(unsents, 'acts/ui/unsent.tsx')
export const finder = fileOf(finders, 'search/ui/find.ts')
