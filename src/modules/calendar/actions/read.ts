import { calendarOf } from '#kernel/calendar/index.ts'
import type { InputOf, OkOf } from '#kernel/contract.ts'
import type { Db } from '#kernel/db.ts'
import type { House } from '#kernel/house.ts'
import type { Ctx } from '#kernel/scope.ts'
import { found } from '#kernel/table.ts'
import { countMoved, listMoved } from '#modules/obligations/index.ts'
import type { calendarRoutes } from '../contract.ts'
import { inForce, summaryOf } from '../rules.ts'
import { latestTurns, type TurnRow, turnById } from '../store.ts'

type Routes = typeof calendarRoutes
type Ok<K extends keyof Routes> = OkOf<Routes[K]>

/** Turns as they are shown beside the years. */
const shownTurns = 20

export const shownTurn = (row: TurnRow) => ({
  id: row.id,
  name: row.name,
  years: row.years,
  moved: row.moved,
  by: row.by,
  beganAt: row.began_at.toISOString(),
  endedAt: row.ended_at?.toISOString() ?? null,
})

/** The years in force with their figures, newest first, and the turns that followed them. The first turn of an office, when nothing had been counted otherwise, is none. */
export async function read(db: Db, ctx: Ctx, _input: unknown, house: House): Promise<Ok<'read'>> {
  const [years, turns] = await Promise.all([
    house.calendars.yearsOf(db, ctx.tenant.id, ctx.knownAt),
    latestTurns(db, ctx.tenant.id, ctx.knownAt, shownTurns),
  ])
  const kept = inForce(years)
  const calendar = calendarOf(kept)
  return {
    today: ctx.today,
    years: kept.toReversed().map((year) => ({
      ...summaryOf(year, calendar),
      name: year.name,
      source: year.source,
      papers: year.papers,
      by: year.by ?? null,
      recordedAt: year.recordedAt?.toISOString() ?? null,
    })),
    turns: turns.filter((turn) => turn.years.length > 0).map(shownTurn),
    actions: ctx.can('calendar.import') && !ctx.lookingBack ? ['import'] : [],
  }
}

export async function turn(db: Db, ctx: Ctx, input: InputOf<Routes['turn']>): Promise<Ok<'turn'>> {
  const row = found(await turnById(db, ctx.tenant.id, input.id))
  const page = await listMoved(db, ctx, row.id, input)
  const moved = row.ended_at ? row.moved : await countMoved(db, ctx.tenant.id, row.id)
  return { turn: { ...shownTurn(row), moved }, ...page }
}
