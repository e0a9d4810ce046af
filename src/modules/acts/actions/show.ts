import { addSpan, dayOf } from '#kernel/calendar/index.ts'
import type { Db } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import { dayOnly, kindSays } from '../reading/kinds.ts'
import { type ActState, actActions, confirmationActions } from '../rules.ts'
import { type ConfirmationRow, confirmationsOf } from '../store/confirmations.ts'
import { type ActRow, correctionsOf, type Discharged, dischargedBy, type Part, partsOf } from '../store.ts'

/** The state as known on the day one looks at: a correction made later has not happened yet. */
const stateOn = (ctx: Ctx, row: ActRow): ActState => (row.state !== 'recorded' && row.moved_at > ctx.knownAt ? 'recorded' : row.state)

/**
 * What was done, for whoever reads it. A talk keeps its day only: those who were in it and whoever wrote it down read its words, everybody else
 * that there was one.
 */
export const saidTo = (
  ctx: Ctx,
  row: Pick<ActRow, 'kind' | 'what' | 'done_by' | 'recorded_by'>,
  parts: readonly { person_id: Id }[],
): string => {
  const me = ctx.actor.person
  const own = row.done_by === me || row.recorded_by === me || parts.some((part) => part.person_id === me)
  return dayOnly(row.kind) && !own ? kindSays(row.kind, ctx.lang) : row.what
}

/** A request to confirm as it is answered, with what this person may do to it. */
export function shownRequest(ctx: Ctx, row: ConfirmationRow) {
  const asked = {
    state: row.state,
    ground: row.ground,
    askedOf: row.asked_of,
    askedBy: row.asked_by,
    unit: row.unit_id,
    doneBy: row.done_by,
  }
  return {
    id: row.id,
    ground: row.ground,
    state: row.state,
    askedOf: { id: row.asked_of, name: row.asked_of_name },
    askedBy: { id: row.asked_by, name: row.asked_by_name },
    askedAt: row.recorded_at.toISOString(),
    by: row.moved_by_name,
    at: row.moved_at?.toISOString() ?? null,
    reason: row.reason,
    note: row.note,
    actions: row.last ? confirmationActions(ctx.can, asked, ctx.actor.person, row.gone, ctx.lookingBack) : [],
  }
}

/** The last day on which what happened on a day is no late entry (rule `act.grace`). */
export const graceOf = (ctx: Ctx, day: string): string => addSpan(ctx.calendar, day, String(ctx.rule('act.grace').value)).day

type Parts = { parts: readonly Part[]; discharged: readonly Discharged[]; correctedBy: Id | null; requests: readonly ConfirmationRow[] }

/** An act as it is answered, from everything that belongs to it. */
export function shown(ctx: Ctx, row: ActRow, { parts, discharged, correctedBy, requests }: Parts) {
  const state = stateOn(ctx, row)
  const grace = graceOf(ctx, row.happened_on)
  const lateEntry = dayOf(row.recorded_at, ctx.tenant.zone) > grace
  const requestOf = (obligation: Id | null) => {
    const request = requests.find((one) => one.obligation_id === obligation)
    return request ? shownRequest(ctx, request) : null
  }
  return {
    id: row.id,
    what: saidTo(ctx, row, parts),
    kind: row.kind,
    happenedOn: row.happened_on,
    beganOn: row.began_on,
    happenedAt: row.happened_at.toISOString(),
    recordedAt: row.recorded_at.toISOString(),
    doneBy: { id: row.done_by, name: row.done_by_name, part: row.role },
    recordedBy: { id: row.recorded_by, name: row.recorded_by_name },
    unit: { id: row.unit_id, name: row.unit },
    with: parts.map((part) => ({ id: part.person_id, name: part.name, part: part.role })),
    count: row.head_count,
    state,
    corrects: row.corrects_id,
    correctedBy,
    // Why it was withdrawn came with the withdrawal.
    reason: state !== row.state && row.corrects_id === null ? null : row.reason,
    discharges: discharged.map((one) => ({
      id: one.id,
      title: one.title,
      due: one.due,
      late: row.happened_on > one.due,
      confirmation: requestOf(one.id),
    })),
    confirmation: requestOf(null),
    lateEntry,
    lateCause: lateEntry ? row.late_cause : null,
    actions: actActions(
      ctx.can,
      { state, doneBy: row.done_by, recordedBy: row.recorded_by, unit: row.unit_id },
      ctx.actor.person,
      ctx.lookingBack,
    ),
  }
}

/** Acts as they are answered, with whatever belongs to them asked for all of them at once. */
export async function withParts(db: Db, ctx: Ctx, rows: readonly ActRow[]) {
  const ids = rows.map((row) => row.id)
  const corrected = rows.filter((row) => row.state === 'corrected').map((row) => row.id)
  const [allParts, allDischarged, corrections, allRequests] = await Promise.all([
    partsOf(db, ctx.tenant.id, ids),
    dischargedBy(db, ctx.tenant.id, ids),
    correctionsOf(db, ctx, corrected),
    confirmationsOf(db, ctx, ids),
  ])
  const parts = Map.groupBy(allParts, (part) => part.act_id)
  const discharged = Map.groupBy(allDischarged, (one) => one.act_id)
  const requests = Map.groupBy(allRequests, (one) => one.act_id)
  return (row: ActRow) =>
    shown(ctx, row, {
      parts: parts.get(row.id) ?? [],
      discharged: discharged.get(row.id) ?? [],
      correctedBy: corrections.get(row.id) ?? null,
      requests: requests.get(row.id) ?? [],
    })
}
