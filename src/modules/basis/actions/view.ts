import type { Ctx } from '#kernel/scope.ts'
import { regulationActions, standsOn } from '../rules.ts'
import type { RegulationView, VersionView } from '../shapes.ts'
import type { RegulationRow, ShelfRow } from '../store/regulations.ts'

/** A version as a page shows it, on the day one looks at: what happened to it later has not happened. */
export function shownRegulation(ctx: Ctx, row: RegulationRow): RegulationView {
  const { id, law, title, aliases, issuer, document, kind, level, passed, since, until, articles, characters, versions, source } = row
  const moved = ctx.lookingBack && row.moved_at > ctx.knownAt
  const state = moved ? 'kept' : row.state
  return {
    ...{ id, law, title, aliases, issuer, document, kind, level, passed, since, until, articles, characters, versions, source, state },
    stands: standsOn(row, ctx.day),
    reason: moved ? null : row.reason,
    recordedAt: row.recorded_at.toISOString(),
    recordedBy: row.recorder,
    later: row.recorded_at > ctx.knownAt,
    actions: regulationActions(ctx.can, state, ctx.lookingBack),
  }
}

type Versioned = Pick<ShelfRow, 'id' | 'title' | 'since' | 'until' | 'recorded_at'>
export const shownVersion = (ctx: Ctx, { id, title, since, until, recorded_at }: Versioned): VersionView => ({
  id,
  title,
  since,
  until,
  stands: standsOn({ since, until }, ctx.day),
  later: recorded_at > ctx.knownAt,
})
