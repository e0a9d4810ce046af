import { type CalendarYear, calendarOf, readCalendar, type SourcedYear } from '#kernel/calendar/index.ts'
import type { InputOf, OkOf } from '#kernel/contract.ts'
import { afterCommit, type Tx } from '#kernel/db.ts'
import type { House, Read } from '#kernel/house.ts'
import { newId } from '#kernel/ids.ts'
import { append } from '#kernel/ledger.ts'
import { type Ctx, personOf } from '#kernel/scope.ts'
import { planUnder, previewOf } from '#modules/obligations/index.ts'
import type { calendarRoutes } from '../contract.ts'
import { changedDays, inForce, summaryOf, titleOf } from '../rules.ts'
import { insertYear } from '../store.ts'
import { marksOf } from './live.ts'
import { shownTurn } from './read.ts'
import { openTurn } from './turn.ts'

type Routes = typeof calendarRoutes
type Input<K extends keyof Routes> = InputOf<Routes[K]>

/** How many of what would move are named. */
const named = 50

const yearIn = (input: { text: string; year?: number | undefined }): CalendarYear =>
  readCalendar(input.text, input.year === undefined ? {} : { year: input.year })
const ownOf = (year: CalendarYear, name?: string): SourcedYear => ({ ...year, source: 'office', name: name?.trim() || titleOf(year.year) })

/** What importing would move: read and counted outside of any transaction, written nowhere. */
async function previewed(read: Read, ctx: Ctx, input: Input<'preview'>, house: House): Promise<OkOf<Routes['preview']>> {
  ctx.may('calendar.import', { unit: null })
  const year = yearIn(input)
  const reach = ctx.reach('obligation.read')
  const years = await read((db) => house.calendars.yearsOf(db, ctx.tenant.id, ctx.now))
  const kept = inForce<SourcedYear>(years)
  const calendar = calendarOf([...kept, ownOf(year)])
  const replaced = kept.find((one) => one.year === year.year)
  const plan = await read((db) => planUnder(db, ctx, calendar, ctx.today))
  const sum = (moves: typeof plan) => moves.reduce((n, move) => n + move.count, 0)
  const due = plan.filter((move) => move.toDue !== move.due)
  return {
    ...summaryOf(year, calendar),
    name: titleOf(year.year),
    papers: year.papers,
    replaces: replaced ? { name: replaced.name, source: replaced.source } : null,
    changes: changedDays(calendarOf(kept), calendar, year.year),
    due: sum(due),
    warned: sum(plan) - sum(due),
    moves: plan.length === 0 ? [] : await read((db) => previewOf(db, ctx, reach, due.length > 0 ? due : plan, named)),
  }
}
export const preview = {
  prepare: async (read: Read, ctx: Ctx, input: Input<'preview'>, house: House) => {
    const answer = await previewed(read, ctx, input, house)
    return async () => answer
  },
}

/** Takes a year's notice into the office's own books and opens the turn that counts again what is open, by a job that exists when this commits. */
export async function importYear(tx: Tx, ctx: Ctx, input: Input<'import'>, house: House): Promise<OkOf<Routes['import']>> {
  ctx.may('calendar.import', { unit: null })
  const person = personOf(ctx)
  const own = ownOf(yearIn(input), input.name)
  const years = await house.calendars.yearsOf(tx, ctx.tenant.id, ctx.now)
  const id = newId()
  await insertYear(tx, ctx, person, { id, year: own.year, name: own.name, days: own.days, papers: own.papers })
  await append(tx, ctx, 'calendar.imported', { id }, { year: own.year, name: own.name, days: own.days, papers: own.papers })
  const turn = await openTurn(tx, ctx, house.emit, [...years, own], marksOf(years))
  afterCommit(tx, async () => house.calendars.forget(ctx.tenant.id))
  return { id, year: own.year, name: own.name, turn: turn && shownTurn(turn) }
}
