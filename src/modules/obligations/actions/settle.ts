import { warnFrom } from '#kernel/calendar/index.ts'
import type { Tx } from '#kernel/db.ts'
import { Refusal } from '#kernel/errors.ts'
import { type Id, newId } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import { burdenOf, deltasOf, type Recount } from '../rules.ts'
import { type Change, type Changed, changeHeld, changeObligations, insertObligations, type Made, type NewRow } from '../store/change.ts'
import { lastMoveOf, type ObligationRow } from '../store/read.ts'
import { applyBurden, applyTally } from '../store/tally.ts'

/** What changes add to the sums and take from them. */
export const recounts = (changed: readonly Changed[]): Recount[] =>
  changed.map((row) => ({
    before: {
      holder: row.was.holder_id,
      unit: row.was.unit_id,
      kind: row.kind,
      due: row.was.due,
      warnFrom: row.was.warn_from,
      state: row.was.state,
      doneOn: row.was.done_on,
    },
    after: {
      holder: row.holder_id,
      unit: row.unit_id,
      kind: row.kind,
      due: row.due,
      warnFrom: row.warn_from,
      state: row.state,
      doneOn: row.done_on,
    },
  }))

/** What was made adds to the sums. */
export const beginnings = (made: readonly Made[]): Recount[] =>
  made.map((row) => ({
    before: null,
    after: {
      holder: row.holder_id,
      unit: row.unit_id,
      kind: row.kind,
      due: row.due,
      warnFrom: row.warn_from,
      state: 'open',
      doneOn: null,
    },
  }))

/** Writes what changes add to the tallies and to the burden: the last statements of a transaction, each in key order, always these two in this order. */
export function count(tx: Tx, ctx: Ctx, changes: readonly Recount[]): void {
  applyTally(tx, ctx.tenant.id, deltasOf(changes))
  applyBurden(tx, ctx.tenant.id, burdenOf(changes))
}

const stateWords = {
  open: ['待办', 'open'],
  discharged: ['已履行', 'discharged'],
  waived: ['已免除', 'waived'],
  split: ['已拆分', 'split'],
  joined: ['已并回', 'taken back into the whole'],
} as const

/** The refusal that says who settled it, when in the office's own time, and how. */
export async function settled(tx: Tx, ctx: Ctx, row: { id: Id; title: string }): Promise<Refusal> {
  const last = await lastMoveOf(tx, ctx.tenant.id, row.id)
  if (!last) return new Refusal('thing.absent')
  // Swedish writes days and times as ISO 8601 does.
  const when = new Intl.DateTimeFormat('sv-SE', { timeZone: ctx.tenant.zone, dateStyle: 'short', timeStyle: 'short' }).format(last.at)
  return new Refusal('obligation.settled', {
    title: row.title,
    who: last.who ?? '—',
    when,
    state: stateWords[last.state][ctx.lang === 'en' ? 1 : 0],
  })
}

/** The first day of yellow, by the rule in force. */
export const yellowFrom = (ctx: Ctx, opens: string, due: string) =>
  warnFrom(opens, due, ctx.calendar, Number(ctx.rule('light.yellow').value))

export type Owed = {
  because: string
  becauseId: Id
  kind: string
  title: string
  period: string
  holder: Id
  unit: Id
  opens: string
  due: string
  /** How the due day was counted, so that a calendar that arrives late counts it again: a cadence (`FREQ=…`) or a span (`30wd`), and from which day. */
  reckoned?: { by: string; from: string } | null
  /** What it rests on where no directive's sentence does: a rule with its article. */
  ground?: string
}

/** What is owed as a row. */
export const rowOf = (ctx: Ctx, one: Owed): NewRow => ({
  id: newId(),
  because: one.because,
  because_id: one.becauseId,
  kind: one.kind,
  title: one.title,
  period: one.period,
  holder_id: one.holder,
  unit_id: one.unit,
  opens: one.opens,
  warn_from: yellowFrom(ctx, one.opens, one.due),
  due: one.due,
  part: 0,
  part_of: null,
  reckoned: one.reckoned?.by ?? null,
  reckoned_from: one.reckoned?.from ?? null,
  ground: one.ground ?? null,
})

/** Makes obligations that do not exist yet (one per cause, holder and period), and counts them. Returns how many were made. */
export async function owe(tx: Tx, ctx: Ctx, list: readonly Owed[]): Promise<number> {
  if (list.length === 0) return 0
  const made = await insertObligations(
    tx,
    ctx,
    list.map((one) => rowOf(ctx, one)),
  )
  count(tx, ctx, beginnings(made))
  return made.length
}

/** Makes the parts of a split one and says what they add to the sums; the caller counts. */
export async function insertParts(tx: Tx, ctx: Ctx, rows: readonly NewRow[]): Promise<Recount[]> {
  return beginnings(await insertObligations(tx, ctx, rows))
}

type Instead = { ids: readonly Id[]; act: Id; reason: string }
const reopening = (ctx: Ctx, { act, reason }: Omit<Instead, 'ids'>): Change => ({
  from: 'discharged',
  to: 'open',
  event: 'corrected',
  effectiveAt: ctx.now,
  act,
  reason,
})

/**
 * Discharges obligations that this transaction holds (`holdObligations`) by an act, all or none: one that is no longer open refuses the whole
 * (`obligation.settled`). `instead` are those that an act it corrects had discharged, held too: they are opened first, and both are counted in one
 * tally. Ends with the tally, so it must be the last write of the transaction.
 */
export async function discharge(
  tx: Tx,
  ctx: Ctx,
  act: { id: Id; happenedAt: Date; happenedOn: string },
  rows: readonly ObligationRow[],
  instead: Instead | null = null,
): Promise<void> {
  const reopened = instead ? await changeObligations(tx, ctx, instead.ids, reopening(ctx, instead)) : []
  const open = new Set(reopened.map((row) => row.id))
  const closed = rows.find((row) => row.state !== 'open' && !open.has(row.id))
  if (closed) throw await settled(tx, ctx, closed)
  const ids = rows.map((row) => row.id)
  if (ids.length > 0)
    changeHeld(tx, ctx, ids, {
      ...{ from: 'open', to: 'discharged', event: 'discharged', effectiveAt: act.happenedAt },
      ...{ act: act.id, doneOn: act.happenedOn },
    })
  const changes = rows.map((row): Recount => {
    const { holder_id: holder, unit_id: unit, kind, due, warn_from: warnFrom } = row
    const key = { holder, unit, kind, due, warnFrom }
    return { before: { ...key, state: 'open', doneOn: null }, after: { ...key, state: 'discharged', doneOn: act.happenedOn } }
  })
  count(tx, ctx, [...recounts(reopened), ...changes])
}

/** Opens obligations again that an act had discharged, because the act was withdrawn. Ends with the tally. */
export async function reopen(tx: Tx, ctx: Ctx, ids: readonly Id[], act: Id, reason: string): Promise<void> {
  count(tx, ctx, recounts(await changeObligations(tx, ctx, ids, reopening(ctx, { act, reason }))))
}

/** Waives what is open of a cause and due from a day on: it ended. Returns how many. */
export async function waiveRest(tx: Tx, ctx: Ctx, ids: readonly Id[], reason: string): Promise<number> {
  const changed = await changeObligations(tx, ctx, ids, { from: 'open', to: 'waived', event: 'waived', effectiveAt: ctx.now, reason })
  count(tx, ctx, recounts(changed))
  return changed.length
}
