import type { Db } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import { burdenOn, type Owed } from '#modules/obligations/index.ts'
import { classesOf } from '#modules/org/index.ts'
import { type Asked, budgetIn, loadsOf, windowsOf } from '../load.ts'
import { personNames } from '../store/holders.ts'
import type { NamedLoad } from '../store/issues.ts'

const askedBy = (owed: readonly Owed[]): Asked[] => owed.map((one) => ({ person: one.holder, month: one.due.slice(0, 7), asked: 1 }))

/**
 * What these obligations would add to each person's year, beside their budget, heaviest first (domain.md §8; rules `budget.*` and `minutes.*`). `planned`:
 * what the same transaction makes besides. One kind at a time.
 */
export async function loadOf(db: Db, ctx: Ctx, owed: readonly Owed[], planned: readonly Owed[] = []): Promise<NamedLoad[]> {
  if (owed.length === 0) return []
  const adds = askedBy(owed)
  const persons = [...new Set(owed.map((one) => one.holder))]
  const windows = windowsOf(
    adds.map((one) => one.month),
    ctx.today,
  )
  const from = windows.reduce((first, one) => (one.from < first ? one.from : first), windows[0]?.from ?? '')
  const until = windows.reduce((last, one) => (one.until > last ? one.until : last), windows[0]?.until ?? '')
  const [asked, held, names] = await Promise.all([
    burdenOn(db, ctx.tenant.id, { from, until }, persons),
    classesOf(db, ctx.tenant.id, persons, ctx.today),
    personNames(db, ctx.tenant.id, persons),
  ])
  const loads = loadsOf(adds, [...asked, ...askedBy(planned)], {
    classOf: (person) => held.get(person) ?? 'staff',
    budgetOf: (of) => budgetIn(ctx.rule(`budget.${of}`).value),
    minutes: Number(ctx.rule(`minutes.${owed[0]?.kind ?? 'task'}`).value),
    today: ctx.today,
  })
  return loads.map((load) => ({ ...load, name: names.get(load.person) ?? '' })).sort((a, b) => b.has + b.adds - (a.has + a.adds))
}

export const shownLoad = (loads: readonly NamedLoad[]) => ({
  persons: loads.map(({ person, name, ...load }) => ({ ...load, person: { id: person as Id, name } })),
  adds: loads.reduce((n, load) => n + load.adds, 0),
  minutes: loads.reduce((n, load) => n + load.minutes, 0),
  over: loads.some((load) => load.over),
})
