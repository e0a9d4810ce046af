import type { InputOf } from '#kernel/contract.ts'
import type { Db } from '#kernel/db.ts'
import type { Ctx } from '#kernel/scope.ts'
import type { searchRoutes } from './contract.ts'
import { containing, type HitKind, verbOf } from './rules.ts'
import { findActs, findArticles, findDirectives, findDuties, findPersons, findUnits, type HitRow } from './store.ts'

/** What one may see and what holds these words, a few of each kind. */
export async function find(db: Db, ctx: Ctx, input: InputOf<typeof searchRoutes.find>) {
  const words = input.q.trim()
  if (words === '') return { items: [] }
  const like = containing(words)
  const searches: [HitKind, () => Promise<HitRow[]>][] = [
    ['person', () => findPersons(db, ctx, like)],
    ['unit', () => findUnits(db, ctx, like)],
    ['directive', () => findDirectives(db, ctx, like)],
    ['duty', () => findDuties(db, ctx, like)],
    ['act', () => findActs(db, ctx, ctx.reach('act.read'), words, like)],
    ['article', () => findArticles(db, ctx, words, like)],
  ]
  // All at once: they travel down one connection, one behind the other.
  const found = await Promise.all(
    searches.filter(([kind]) => ctx.can(verbOf[kind])).map(async ([kind, search]) => (await search()).map((row) => ({ kind, ...row }))),
  )
  return { items: found.flat() }
}
