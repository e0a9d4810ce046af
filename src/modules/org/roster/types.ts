import type { ImportReading } from '#kernel/imports.ts'
import type { AppointmentKind, Line, UnitKind } from '../rules.ts'
import type { Field } from './fields.ts'

/** A post as a row says it: in which unit (its names from the top down), held how, since when (null: the sheet does not say). */
export type RosterPost = {
  name: string
  path: string[]
  kind: AppointmentKind
  since: string | null
  cell: string /** No post was named. */
  assumed: boolean
}
export type RosterUnit = { name: string; path: string[]; parent: string | null; kind: UnitKind; line: Line; cell: string }
export type RosterPerson = {
  name: string
  /** The unit and post of the first row, by their own names. */
  unit: string | null
  post: string | null
  kind: AppointmentKind | null
  posts: RosterPost[]
  leadership: string | null
  grade: string | null
  identity: 'civil_servant' | 'reference' | 'institution' | 'contract' | null
  party: 'full' | 'probationary' | null
  branch: string | null
  /** Where somebody seconded comes from. */
  from: string | null
  since: string | null
  born: string | null
  rows: number[]
  /** Field → the cell it was read from, of the first row. */
  cells: Partial<Record<Field, string>>
}
export type Roster = ImportReading & {
  units: RosterUnit[]
  persons: RosterPerson[]
  /** Every cell whose text was taken in. */
  used: string[]
}
