import type { InputOf } from '#kernel/contract.ts'
import type { Db } from '#kernel/db.ts'
import type { Ctx } from '#kernel/scope.ts'
import { cursor, limitOf, pageFrom } from '#kernel/table.ts'
import type { dutyRoutes } from '../contract.ts'
import { type GapKind, gapKinds, nextStepOf } from '../gaps.ts'
import { countGaps, type GapRow, gapsOn } from '../store/gaps.ts'

type Input = InputOf<(typeof dutyRoutes)['gaps']>

const named = (id: string | null, name: string | null) => (id === null ? null : { id, name: name ?? '' })

function shown(row: GapRow) {
  const kind = gapKinds[row.ord] as GapKind
  return {
    kind,
    key: row.key,
    title: row.title,
    duty: row.duty_id,
    directive: row.directive_id === null ? null : { id: row.directive_id, title: row.holder ?? '', start: row.start ?? 0 },
    post: row.post_id,
    person: row.person_id,
    unit: named(row.unit_id, row.unit),
    holder: row.directive_id === null ? row.holder : null,
    count: row.count,
    owner: named(row.owner_id, row.owner),
    next: nextStepOf[kind],
  }
}

/** What is missing between sentences, duties and people as of the day, by kind, each with whoever puts it right and the next step. */
export async function gaps(db: Db, ctx: Ctx, input: Input) {
  const limit = limitOf(input)
  const [rows, counts] = await Promise.all([gapsOn(db, ctx, input, cursor(input.after, 2), limit), countGaps(db, ctx, input.unit)])
  const page = pageFrom(rows, limit, (row) => [row.ord, row.key], shown)
  return { ...page, counts: gapKinds.map((kind, i) => ({ kind, count: counts.get(i) ?? 0 })) }
}
