import { addSpan, dayOf } from '#kernel/calendar/index.ts'
import type { InputOf } from '#kernel/contract.ts'
import type { Db } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import { cursor, found, limitOf, pageFrom } from '#kernel/table.ts'
import type { dutyRoutes } from '../contract.ts'
import { dutyActions } from '../rules.ts'
import { dutyById, type LightRow, lightsOf, listDuties, type Whom } from '../store/duties.ts'
import type { HolderRow } from '../store/holders.ts'
import type { DutyRow } from '../store/said.ts'
import { ancestorsOf, besides, partsBelow } from '../store/tree.ts'
import { standing, versionsOf } from '../store/versions.ts'
import { endsOf, type Part } from '../tree.ts'
import { holdersOn } from './holders.ts'

type Routes = typeof dutyRoutes
type Input<K extends keyof Routes> = InputOf<Routes[K]>

/** The last day on which what was recorded may be taken back (rule `duty.retract`, office default). */
export const lastDayToRetract = (ctx: Ctx, recordedAt: Date): string =>
  addSpan(ctx.calendar, dayOf(recordedAt, ctx.tenant.zone), String(ctx.rule('duty.retract').value)).day

/** Holders as rows of persons, put together again: one for each post or named person. */
export function holdersShown(rows: readonly HolderRow[]) {
  return [...Map.groupBy(rows, (holder) => holder.id).values()].map(([first, ...others]) => {
    const holder = first as HolderRow
    return {
      id: holder.id,
      unit: { id: holder.unit_id, name: holder.unit },
      post: holder.post_id ? { id: holder.post_id, name: holder.post ?? '' } : null,
      persons: [holder, ...others].flatMap((one) => (one.person_id ? [{ id: one.person_id, name: one.person ?? '' }] : [])),
      since: holder.since,
      until: holder.until,
    }
  })
}

function shown(ctx: Ctx, row: DutyRow, rows: readonly HolderRow[], lights: LightRow | undefined) {
  return {
    id: row.id,
    title: row.title,
    body: row.body,
    kind: row.kind as 'task',
    polarity: row.polarity,
    measure: row.measure,
    aspect: row.aspect,
    version: row.version,
    versionSince: row.version_since,
    parent: row.parent_id,
    basis: row.directive_id
      ? {
          directive: row.directive_id,
          title: row.directive ?? '',
          start: row.basis_start ?? 0,
          end: row.basis_end ?? 0,
          inherited: row.basis_inherited,
        }
      : null,
    rrule: row.rrule,
    due: row.due,
    since: row.since,
    until: row.until,
    state: row.state,
    attend: row.attend,
    confirm: row.confirm,
    holders: holdersShown(rows),
    lights: { green: lights?.green ?? 0, yellow: lights?.yellow ?? 0, red: lights?.red ?? 0, grey: lights?.grey ?? 0 },
    recordedAt: row.recorded_at.toISOString(),
    actions: dutyActions(ctx.can, {
      state: row.state,
      units: [...new Set(rows.map((holder) => holder.unit_id))],
      lookingBack: ctx.lookingBack,
      changed: row.changed,
      retractable: ctx.today <= lastDayToRetract(ctx, row.recorded_at),
    }),
  }
}

/** Duties as the contract shows them: their holders and lights are fetched once for all of them. */
export async function withHolders(db: Db, ctx: Ctx, rows: readonly DutyRow[], of: Whom = {}) {
  const ids = rows.map((row) => row.id)
  const [all, counted] = await Promise.all([holdersOn(db, ctx.tenant.id, ids, ctx.day, ctx.knownAt), lightsOf(db, ctx, ids, of)])
  const holders = Map.groupBy(all, (holder) => holder.duty_id)
  const lights = new Map(counted.map((row) => [row.duty_id, row]))
  return (row: DutyRow) => shown(ctx, row, holders.get(row.id) ?? [], lights.get(row.id))
}

/** How far duties were carried down: their children, the holders whose part no child carries, whether every branch ends at a person. */
export async function carrying(db: Db, ctx: Ctx, ids: readonly Id[]) {
  const parts = await partsBelow(db, ctx, ids)
  const ends = endsOf(parts)
  const byId = new Map(parts.map((part) => [part.id, part]))
  const children = Map.groupBy(parts, (part) => part.parent)
  return (id: Id) => {
    const own: Part[] = children.get(id) ?? []
    const carried = new Set(own.flatMap((child) => child.carries))
    const uncarried = own.length === 0 ? [] : (byId.get(id)?.holders ?? []).filter((holder) => !carried.has(holder.id))
    return { children: own.length, uncarried: uncarried.map((holder) => holder.id), ends: ends.get(id) ?? false }
  }
}

export async function list(db: Db, ctx: Ctx, input: Input<'list'>) {
  const limit = limitOf(input)
  const rows = await listDuties(db, ctx, input, cursor(input.after, 2), limit)
  const show = await withHolders(db, ctx, rows)
  return pageFrom(rows, limit, (row) => [row.sort_value, row.id], show)
}

/** What hangs below one duty, or the top of the tree; each with what lies below it in figures. */
export async function tree(db: Db, ctx: Ctx, input: Input<'tree'>) {
  const limit = limitOf(input)
  if (input.parent) found(await dutyById(db, ctx, input.parent))
  const filter = { kind: input.kind, unit: input.unit, state: 'active', parent: input.parent ?? null } as const
  const order = input.parent ? ({ sort: 'recorded', order: 'asc' } as const) : ({ sort: 'kind', order: 'asc' } as const)
  const rows = await listDuties(db, ctx, { ...filter, ...order }, cursor(input.after, 2), limit)
  const ids = rows.map((row) => row.id)
  const [show, carried] = await Promise.all([withHolders(db, ctx, rows), carrying(db, ctx, ids)])
  return pageFrom(
    rows,
    limit,
    (row) => [row.sort_value, row.id],
    (row) => {
      const { children, uncarried, ends } = carried(row.id)
      return { ...show(row), children, uncarried: uncarried.length, ends }
    },
  )
}

/** One duty with where it hangs and how far it was carried down. Absent when it was recorded later. */
export async function read(db: Db, ctx: Ctx, input: { id: Id }) {
  const row = found(await dutyById(db, ctx, input.id))
  const [show, carried, ancestors, beside, versions] = await Promise.all([
    withHolders(db, ctx, [row]),
    carrying(db, ctx, [row.id]),
    ancestorsOf(db, ctx, row.id),
    besides(db, ctx, row.id),
    versionsOf(db, ctx, [row.id]),
  ])
  const last = standing(versions).at(-1)
  return {
    ...show(row),
    ...carried(row.id),
    ancestors: ancestors.toReversed(),
    beside: beside.map((one) => ({ ...one, kind: one.kind as 'task' })),
    coming: last && last.since > ctx.day && last.version > 1 ? { version: last.version, since: last.since } : null,
  }
}
