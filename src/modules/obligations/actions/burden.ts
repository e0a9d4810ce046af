import type { Db } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import { burdenRows } from '../store/tally.ts'

/** What is asked of a person in a month, by kind; `month` is `YYYY-MM`. */
export type Burden = { person: Id; month: string; kind: string; asked: number }

/**
 * The burden of each person in the months [from, until] (`YYYY-MM`, both included): how many entries are asked, done or not; what was waived or split
 * is not. Read from sums, so that it costs people × months × kinds however many obligations there are. `persons` left out is everybody.
 */
export async function burdenOn(
  db: Db,
  tenant: Id,
  { from, until }: { from: string; until: string },
  persons: readonly Id[] | null = null,
): Promise<Burden[]> {
  const rows = await burdenRows(db, tenant, `${from}-01`, `${until}-01`, persons)
  return rows.map(({ person_id, month, kind, asked }) => ({ person: person_id, month: month.slice(0, 7), kind, asked }))
}
