import { addDays, startOfWeek, startOfYear } from '#kernel/calendar/index.ts'
import type { InputOf } from '#kernel/contract.ts'
import type { Db } from '#kernel/db.ts'
import { Refusal } from '#kernel/errors.ts'
import type { Id } from '#kernel/ids.ts'
import { type Ctx, personOf } from '#kernel/scope.ts'
import { cursor, found, limitOf, pageFrom } from '#kernel/table.ts'
import { linesOf } from '#modules/org/index.ts'
import type { obligationRoutes } from '../contract.ts'
import { type Circumstances, isLate, isUnseen, lightOf, obligationActions, superiorsOf } from '../rules.ts'
import { awaitedOf, basesOf, eventsOf, listMine, listObligations, type ObligationRow, obligationById, partsOf } from '../store/read.ts'
import { movedSince } from '../store/turn.ts'

type Routes = typeof obligationRoutes
type Input<K extends keyof Routes> = InputOf<Routes[K]>

/** An obligation as it is answered, with its light on `ctx.day`. Without the superiors asked for (`shownAll`), waiving is not offered. */
export function shown(ctx: Ctx, row: ObligationRow, more: Circumstances = {}) {
  const thing = { state: row.state, holder: row.holder_id, unit: row.unit_id }
  const standpoint = { state: row.state, due: row.due, warnFrom: row.warn_from }
  return {
    id: row.id,
    because: row.because,
    becauseId: row.because_id,
    ground: row.ground,
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
    awaits: more.awaits ?? null,
    left: ctx.calendar.workingDaysBetween(ctx.day, row.due),
    part: row.part,
    partOf: row.part_of,
    actions: obligationActions(ctx.can, thing, ctx.lookingBack, ctx.actor.person, more),
  }
}

/** Who stands above the holders of these today, by obligation: asked once for all, and only for whoever may waive at all. */
export async function superiorsFor(db: Db, ctx: Ctx, rows: readonly ObligationRow[]): Promise<Map<Id, { ids: string[]; names: string[] }>> {
  const units = [...new Set(rows.map((row) => row.unit_id))]
  if (units.length === 0) return new Map()
  const holders = [...new Set(rows.map((row) => row.holder_id))]
  const lines = await linesOf(db, ctx.tenant.id, units, holders, ctx.today)
  return new Map(
    rows.map((row) => {
      const line = lines.get(row.unit_id)
      const ids = line ? superiorsOf(row.holder_id, line) : []
      return [row.id, { ids, names: ids.map((id) => line?.names.get(id) ?? '') }]
    }),
  )
}

/** What was discharged and waits to be confirmed, with whom. */
const awaited = (db: Db, ctx: Ctx, rows: readonly ObligationRow[]) =>
  awaitedOf(
    db,
    ctx,
    rows.filter((row) => row.state === 'discharged').map((row) => row.id),
  )

/** Obligations as they are answered, with everything this person may do to each. */
export async function shownAll(db: Db, ctx: Ctx, rows: readonly ObligationRow[]) {
  const asks = !ctx.lookingBack && ctx.actor.leads !== false && ctx.can('obligation.waive')
  const [above, waiting] = await Promise.all([
    asks ? superiorsFor(db, ctx, rows) : new Map<Id, { ids: string[] }>(),
    awaited(db, ctx, rows),
  ])
  return rows.map((row) => shown(ctx, row, { superiors: above.get(row.id)?.ids ?? [], awaits: waiting.get(row.id) ?? null }))
}

/** The same with the directive behind each, asked for all of them at once. */
async function grounded(db: Db, ctx: Ctx, rows: readonly ObligationRow[]) {
  const causes = [...new Set(rows.map((row) => row.because_id))]
  const [bases, waiting] = await Promise.all([causes.length > 0 ? basesOf(db, ctx.tenant.id, causes) : [], awaited(db, ctx, rows)])
  const basisOf = new Map(bases.map(({ id, ...basis }) => [id, basis]))
  return rows.map((row) => ({ ...shown(ctx, row, { awaits: waiting.get(row.id) ?? null }), basis: basisOf.get(row.because_id) ?? null }))
}

export async function list(db: Db, ctx: Ctx, input: Input<'list'>) {
  const limit = limitOf(input)
  const rows = await listObligations(db, ctx, ctx.reach('obligation.read'), input, cursor(input.after, 2), limit)
  const all = new Map((await shownAll(db, ctx, rows)).map((one) => [one.id, one]))
  return pageFrom(
    rows,
    limit,
    (row) => [row.due, row.id],
    (row) => found(all.get(row.id)),
  )
}

/** For how long one's own page says that a calendar moved something. */
const saidFor = 14 * 86_400_000

/** The last calendar that moved due days of a person, and which; null when none did lately. */
async function recentlyMoved(db: Db, ctx: Ctx, person: Id) {
  if (ctx.lookingBack) return null
  const moved = await movedSince(db, ctx.tenant.id, person, new Date(ctx.now.getTime() - saidFor))
  const last = moved.toSorted((a, b) => b.at.getTime() - a.at.getTime())[0]
  if (!last) return null
  const items = moved
    .filter((one) => one.calendar === last.calendar)
    .map(({ id, title, was, due }) => ({ id, title, was, due }))
    .sort((a, b) => (`${a.due} ${a.id}` < `${b.due} ${b.id}` ? -1 : 1))
  return { calendar: last.calendar, at: last.at.toISOString(), items }
}

export async function mine(db: Db, ctx: Ctx) {
  const person = personOf(ctx)
  const weekEnd = addDays(startOfWeek(ctx.day), 6)
  const rows = await listMine(db, ctx, person, addDays(ctx.day, 45), startOfYear(ctx.day))
  const [all, moved] = await Promise.all([grounded(db, ctx, rows), recentlyMoved(db, ctx, person)])
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
    recomputed: moved,
    year: {
      onTime: done.filter((one) => !isLate(one.doneOn ?? one.due, one.due)).length,
      late: done.filter((one) => isLate(one.doneOn ?? one.due, one.due)).length,
      open: begun.length,
      budget: Number(ctx.rule('budget.staff').value),
    },
  }
}

/** The light with the rule and the inputs behind it. */
function whyOf(ctx: Ctx, row: ObligationRow, awaits: string | null) {
  const rule = ctx.rule('light.yellow')
  const light = lightOf({ state: row.state, due: row.due, warnFrom: row.warn_from }, ctx.day)
  const zh = ctx.lang === 'zh-CN'
  const parted = row.state === 'split' || row.state === 'joined'
  const says = {
    grey: parted ? (zh ? '已拆分，由各份承担' : 'split: its parts carry it') : zh ? '已免除，不计' : 'waived: not counted',
    green:
      row.state === 'discharged'
        ? zh
          ? `已履行${awaits ? `，待${awaits}确认` : ''}`
          : `discharged${awaits ? `, to be confirmed by ${awaits}` : ''}`
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
      ...(awaits ? [{ name: 'awaits', value: awaits }] : []),
    ],
    says,
  }
}

/** The obligation if this person may see it; absent otherwise. */
export async function visible(db: Db, ctx: Ctx, id: Id): Promise<ObligationRow> {
  const row = found(await obligationById(db, ctx, id))
  if (!ctx.can('obligation.read', { holder: row.holder_id, unit: row.unit_id })) throw new Refusal('thing.absent')
  return row
}

/** Whether this actor is shown that it is overdue. */
const seen = (ctx: Ctx, row: ObligationRow) => !isUnseen(ctx.actor.unseen ?? [], { ...row, holder: row.holder_id }, ctx.day)

export async function read(db: Db, ctx: Ctx, input: Input<'read'>) {
  const row = await visible(db, ctx, input.id)
  if (!seen(ctx, row)) throw new Refusal('thing.absent')
  return wholeOf(db, ctx, row.id)
}

/** One with everything about it, for whoever may see it or has just changed it. */
export async function wholeOf(db: Db, ctx: Ctx, id: Id) {
  const row = await visible(db, ctx, id)
  const parts = row.state === 'split' ? (await partsOf(db, ctx, row.id)).filter((part) => seen(ctx, part)) : []
  const [[one], events, [own, ...carrying]] = await Promise.all([
    grounded(db, ctx, [row]),
    eventsOf(db, ctx.tenant.id, [row.id]),
    shownAll(db, ctx, [row, ...parts]),
  ])
  const actions =
    row.state === 'split' ? shown(ctx, row, { parts: parts.map((part) => ({ ...part, holder: part.holder })) }).actions : found(own).actions
  return {
    obligation: { ...found(one), actions },
    parts: carrying,
    why: whyOf(ctx, row, found(one).awaits),
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
