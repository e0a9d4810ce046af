import { addDays, startOfWeek, startOfYear, warnFrom } from '#kernel/calendar/index.ts'
import type { InputOf } from '#kernel/contract.ts'
import type { Db, Tx } from '#kernel/db.ts'
import { Refusal } from '#kernel/errors.ts'
import { type Id, newId } from '#kernel/ids.ts'
import { append } from '#kernel/ledger.ts'
import { type Ctx, personOf } from '#kernel/scope.ts'
import { cursor, found, limitOf, pageFrom } from '#kernel/table.ts'
import type { obligationRoutes } from './contract.ts'
import { deltasOf, isLate, lightOf, obligationActions } from './rules.ts'
import {
  applyTally,
  type Change,
  type Changed,
  changeObligations,
  eventsOf,
  insertObligations,
  lastMoveOf,
  listMine,
  listObligations,
  type ObligationRow,
  obligationById,
} from './store.ts'

type Routes = typeof obligationRoutes
type Input<K extends keyof Routes> = InputOf<Routes[K]>

/** An obligation as it is answered, with its light on `ctx.day`. */
export function shown(ctx: Ctx, row: ObligationRow) {
  const standpoint = { state: row.state, due: row.due, warnFrom: row.warn_from }
  return {
    id: row.id,
    because: row.because,
    becauseId: row.because_id,
    kind: row.kind as 'task',
    title: row.title,
    period: row.period,
    holder: { id: row.holder_id, name: row.holder },
    unit: { id: row.unit_id, name: row.unit },
    opens: row.opens,
    warnFrom: row.warn_from,
    due: row.due,
    state: row.state,
    light: lightOf(standpoint, ctx.day),
    doneOn: row.done_on,
    left: ctx.calendar.workingDaysBetween(ctx.day, row.due),
    actions: obligationActions(ctx.can, { state: row.state, holder: row.holder_id, unit: row.unit_id }, ctx.lookingBack),
  }
}

export async function list(db: Db, ctx: Ctx, input: Input<'list'>) {
  const limit = limitOf(input)
  const rows = await listObligations(db, ctx, ctx.reach('obligation.read'), input, cursor(input.after, 2), limit)
  return pageFrom(
    rows,
    limit,
    (row) => [row.due, row.id],
    (row) => shown(ctx, row),
  )
}

export async function mine(db: Db, ctx: Ctx) {
  const person = personOf(ctx)
  const weekEnd = addDays(startOfWeek(ctx.day), 6)
  const rows = await listMine(db, ctx, person, addDays(ctx.day, 45), startOfYear(ctx.day))
  const all = rows.map((row) => shown(ctx, row))
  const open = all.filter((one) => one.state === 'open')
  const done = all.filter((one) => one.state === 'discharged')
  const begun = open.filter((one) => one.due <= weekEnd || one.opens <= ctx.day)
  return {
    day: ctx.day,
    overdue: open.filter((one) => one.due < ctx.day),
    today: open.filter((one) => one.due === ctx.day),
    week: open.filter((one) => one.due > ctx.day && one.due <= weekEnd),
    later: begun.filter((one) => one.due > weekEnd),
    waived: all.filter((one) => one.state === 'waived').slice(-20),
    year: {
      onTime: done.filter((one) => !isLate(one.doneOn ?? one.due, one.due)).length,
      late: done.filter((one) => isLate(one.doneOn ?? one.due, one.due)).length,
      open: begun.length,
      budget: Number(ctx.rule('budget.staff').value),
    },
  }
}

/** The light with the rule and the inputs behind it. */
export function whyOf(ctx: Ctx, row: ObligationRow) {
  const rule = ctx.rule('light.yellow')
  const light = lightOf({ state: row.state, due: row.due, warnFrom: row.warn_from }, ctx.day)
  const zh = ctx.lang === 'zh-CN'
  const says = {
    grey: zh ? '已免除，不计' : 'waived: not counted',
    green:
      row.state === 'discharged'
        ? zh
          ? '已履行'
          : 'discharged'
        : zh
          ? `未到最后三分之一时限（${row.warn_from} 起）`
          : `before its last third (from ${row.warn_from})`,
    yellow: zh ? `${row.warn_from} 起进入最后三分之一时限` : `in its last third since ${row.warn_from}`,
    red: zh ? `过了到期日 ${row.due}，没有履责记录` : `past its due day ${row.due} without an act`,
  }[light]
  return {
    light,
    rule: {
      key: rule.key,
      document: zh ? rule.document[0] : rule.document[1],
      article: rule.article,
      version: rule.version,
      confidence: rule.confidence,
    },
    inputs: [
      { name: 'day', value: ctx.day },
      { name: 'opens', value: row.opens },
      { name: 'warnFrom', value: row.warn_from },
      { name: 'due', value: row.due },
      { name: 'state', value: row.state },
      { name: 'span', value: String(ctx.calendar.workingDaysBetween(row.opens, row.due)) },
      { name: 'share', value: String(rule.value) },
      ...(row.done_on ? [{ name: 'doneOn', value: row.done_on }] : []),
    ],
    says,
  }
}

/** The obligation if this person may see it; absent otherwise. */
async function visible(db: Db, ctx: Ctx, id: Id): Promise<ObligationRow> {
  const row = found(await obligationById(db, ctx, id))
  if (!ctx.can('obligation.read', { holder: row.holder_id, unit: row.unit_id })) throw new Refusal('thing.absent')
  return row
}

export async function read(db: Db, ctx: Ctx, input: Input<'read'>) {
  const row = await visible(db, ctx, input.id)
  const events = await eventsOf(db, ctx.tenant.id, [row.id])
  return {
    obligation: shown(ctx, row),
    why: whyOf(ctx, row),
    events: events.map((event) => ({
      version: event.version,
      kind: event.kind as 'made',
      effectiveAt: event.effective_at.toISOString(),
      recordedAt: event.recorded_at.toISOString(),
      by: event.by,
      reason: event.reason,
      act: event.act_id,
      state: event.state,
      holder: { id: event.holder_id, name: event.holder },
      due: event.due,
      doneOn: event.done_on,
      later: event.recorded_at > ctx.knownAt,
    })),
  }
}

const tallied = (changed: readonly Changed[]) =>
  deltasOf(
    changed.map((row) => ({
      before: {
        unit: row.was.unit_id,
        kind: row.kind,
        due: row.was.due,
        warnFrom: row.was.warn_from,
        state: row.was.state,
        doneOn: row.was.done_on,
      },
      after: { unit: row.unit_id, kind: row.kind, due: row.due, warnFrom: row.warn_from, state: row.state, doneOn: row.done_on },
    })),
  )

const stateWords = { open: ['待办', 'open'], discharged: ['已履行', 'discharged'], waived: ['已免除', 'waived'] } as const

/** The refusal that says who settled it, when in the office's own time, and how. */
async function settled(tx: Tx, ctx: Ctx, row: { id: Id; title: string }): Promise<Refusal> {
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

/** Changes one obligation or says who settled it before. The tally is the transaction's last statement. */
async function changeOne(tx: Tx, ctx: Ctx, row: ObligationRow, change: Change, kind: string) {
  const changed = await changeObligations(tx, ctx, [row.id], change)
  if (changed.length === 0) {
    throw await settled(tx, ctx, row)
  }
  await append(tx, ctx, kind, row, { from: change.from, to: change.to, due: change.due, reason: change.reason })
  const after = found(await obligationById(tx, ctx, row.id))
  await applyTally(tx, ctx.tenant.id, tallied(changed))
  return shown(ctx, after)
}

const yellowFrom = (ctx: Ctx, opens: string, due: string) => warnFrom(opens, due, ctx.calendar, Number(ctx.rule('light.yellow').value))

export async function moveDue(tx: Tx, ctx: Ctx, input: Input<'moveDue'>) {
  const row = await visible(tx, ctx, input.id)
  ctx.may('obligation.move', { unit: row.unit_id })
  if (input.due < row.opens) throw new Refusal('obligation.due_before_opens', { opens: row.opens }, [{ at: '/due' }])
  const change: Change = {
    from: 'open',
    to: 'open',
    event: 'due_moved',
    effectiveAt: ctx.now,
    reason: input.reason,
    due: input.due,
    warnFrom: yellowFrom(ctx, row.opens, input.due),
  }
  return changeOne(tx, ctx, row, change, 'obligation.due_moved')
}

export async function handOver(tx: Tx, ctx: Ctx, input: Input<'handOver'>) {
  const row = await visible(tx, ctx, input.id)
  ctx.may('obligation.move', { unit: row.unit_id })
  ctx.may('obligation.move', { unit: input.unit })
  if (input.person === row.holder_id && input.unit === row.unit_id) throw new Refusal('obligation.same_holder', {}, [{ at: '/person' }])
  const change: Change = {
    from: 'open',
    to: 'open',
    event: 'handed_over',
    effectiveAt: ctx.now,
    reason: input.reason,
    holder: input.person,
    unit: input.unit,
  }
  return changeOne(tx, ctx, row, change, 'obligation.handed_over')
}

export async function waive(tx: Tx, ctx: Ctx, input: Input<'waive'>) {
  const row = await visible(tx, ctx, input.id)
  ctx.may('obligation.waive', { unit: row.unit_id })
  const change: Change = { from: 'open', to: 'waived', event: 'waived', effectiveAt: ctx.now, reason: input.reason }
  return changeOne(tx, ctx, row, change, 'obligation.waived')
}

export async function restore(tx: Tx, ctx: Ctx, input: Input<'restore'>) {
  const row = await visible(tx, ctx, input.id)
  ctx.may('obligation.waive', { unit: row.unit_id })
  const change: Change = { from: 'waived', to: 'open', event: 'corrected', effectiveAt: ctx.now, reason: input.reason }
  return changeOne(tx, ctx, row, change, 'obligation.restored')
}

export type Owed = {
  because: 'duty' | 'finding'
  becauseId: Id
  kind: string
  title: string
  period: string
  holder: Id
  unit: Id
  opens: string
  due: string
}

/** Makes obligations that do not exist yet (one per cause, holder and period), and counts them. Returns how many were made. */
export async function owe(tx: Tx, ctx: Ctx, list: readonly Owed[]): Promise<number> {
  if (list.length === 0) return 0
  const rows = list.map((one) => ({
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
  }))
  const made = await insertObligations(tx, ctx, rows)
  await applyTally(
    tx,
    ctx.tenant.id,
    deltasOf(
      made.map((row) => ({
        before: null,
        after: { unit: row.unit_id, kind: row.kind, due: row.due, warnFrom: row.warn_from, state: 'open', doneOn: null },
      })),
    ),
  )
  return made.length
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
 * Discharges obligations by an act, all or none: one that is no longer open refuses the whole (`obligation.settled`). `instead` are those that an
 * act it corrects had discharged: they are opened first, and both are counted in one tally. Ends with the tally, so it must be the last write of
 * the transaction.
 */
export async function discharge(
  tx: Tx,
  ctx: Ctx,
  act: { id: Id; happenedAt: Date; happenedOn: string },
  rows: readonly ObligationRow[],
  instead: Instead | null = null,
): Promise<void> {
  const reopened = instead ? await changeObligations(tx, ctx, instead.ids, reopening(ctx, instead)) : []
  if (rows.length === 0) return applyTally(tx, ctx.tenant.id, tallied(reopened))
  const changed = await changeObligations(
    tx,
    ctx,
    rows.map((row) => row.id),
    { from: 'open', to: 'discharged', event: 'discharged', effectiveAt: act.happenedAt, act: act.id, doneOn: act.happenedOn },
  )
  if (changed.length !== rows.length) {
    const done = new Set(changed.map((row) => row.id))
    throw await settled(tx, ctx, found(rows.find((row) => !done.has(row.id))))
  }
  await applyTally(tx, ctx.tenant.id, tallied([...reopened, ...changed]))
}

/** Opens obligations again that an act had discharged, because the act was withdrawn. Ends with the tally. */
export async function reopen(tx: Tx, ctx: Ctx, ids: readonly Id[], act: Id, reason: string): Promise<void> {
  await applyTally(tx, ctx.tenant.id, tallied(await changeObligations(tx, ctx, ids, reopening(ctx, { act, reason }))))
}

/** Waives what is open of a cause and due from a day on: it ended. Returns how many. */
export async function waiveRest(tx: Tx, ctx: Ctx, ids: readonly Id[], reason: string): Promise<number> {
  const changed = await changeObligations(tx, ctx, ids, { from: 'open', to: 'waived', event: 'waived', effectiveAt: ctx.now, reason })
  await applyTally(tx, ctx.tenant.id, tallied(changed))
  return changed.length
}
