import { calendarRefusals } from '#kernel/calendar/index.ts'
import { kernelRefusals, type Refusals } from '#kernel/errors.ts'
import { fileRefusals } from '#kernel/files/index.ts'
import type { Module } from '#kernel/house.ts'
import { postgresRefusals } from '#kernel/postgres/index.ts'
import { sheetRefusals } from '#kernel/sheets/index.ts'
import { access } from '#modules/access/index.ts'
import { acts } from '#modules/acts/index.ts'
import { basis } from '#modules/basis/index.ts'
import { board } from '#modules/board/index.ts'
import { calendar } from '#modules/calendar/index.ts'
import { directives } from '#modules/directives/index.ts'
import { duties } from '#modules/duties/index.ts'
import { evidence } from '#modules/evidence/index.ts'
import { handovers } from '#modules/handovers/index.ts'
import { imports } from '#modules/imports/index.ts'
import { obligations } from '#modules/obligations/index.ts'
import { org } from '#modules/org/index.ts'
import { pledges } from '#modules/pledges/index.ts'
import { sealings } from '#modules/sealings/index.ts'
import { search } from '#modules/search/index.ts'
import { trace } from '#modules/trace/index.ts'

/** The one visible list of modules, in the order of the chain. */
export const modules: Module[] = [
  access,
  org,
  calendar,
  imports,
  directives,
  basis,
  duties,
  pledges,
  obligations,
  acts,
  evidence,
  handovers,
  sealings,
  board,
  trace,
  search,
]

/** Every refusal the program knows: code → status and words. */
export const refusalsOf = (list: readonly Module[]): Refusals =>
  Object.assign(
    {},
    kernelRefusals,
    calendarRefusals,
    postgresRefusals,
    sheetRefusals,
    fileRefusals,
    ...list.map((module) => module.refusals),
  )
