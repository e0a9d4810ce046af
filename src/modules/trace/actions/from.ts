import type { InputOf, OkOf } from '#kernel/contract.ts'
import type { Db } from '#kernel/db.ts'
import { Refusal } from '#kernel/errors.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import { found } from '#kernel/table.ts'
import { actById } from '#modules/acts/index.ts'
import { dutyById, listDuties } from '#modules/duties/index.ts'
import { type ObligationRow, obligationsByIds, obligationsOn } from '#modules/obligations/index.ts'
import { isUnseen } from '#modules/obligations/rules.ts'
import type { traceRoutes } from '../contract.ts'
import { cameLater, has, join, type Subject } from '../rules.ts'
import { personNamed } from '../store/causes.ts'
import { type Of, owedBy, type Picked } from '../store/owed.ts'
import { gather } from './gather.ts'
import { gap, newWalk, putAct, putAnswerers, putPerson, sayBaseless, type Walk } from './put.ts'
import { putDuty } from './rests.ts'
import { walkObligations } from './walk.ts'

export type TraceOk = OkOf<typeof traceRoutes.obligation>
type Input<K extends keyof typeof traceRoutes> = InputOf<(typeof traceRoutes)[K]>

/** How many obligations one trace draws: enough for a year of a duty in a department. */
export const atMost = 40

export function answer(walk: Walk, kind: Subject, id: Id, title: string, picked: Picked | null): TraceOk {
  sayBaseless(walk)
  if (picked) sayLeftOut(walk, picked)
  return {
    day: walk.ctx.day,
    subject: { kind, id, title },
    ...walk.graph,
    owed: picked && { red: picked.red, yellow: picked.yellow, green: picked.green, grey: picked.grey, drawn: picked.ids.length },
    gaps: walk.gaps,
  }
}

export const unknownThen = (ctx: Ctx) => new Refusal('trace.unknown_then', { day: ctx.day })

/** The obligations to draw, as they stood that day, in the order in which they were picked. */
export async function drawn(db: Db, ctx: Ctx, of: Of): Promise<{ picked: Picked; rows: ObligationRow[] }> {
  const picked = await owedBy(db, ctx, of, atMost)
  const rows = new Map((await obligationsOn(db, ctx, picked.ids)).map((row) => [row.id, row]))
  return { picked, rows: picked.ids.flatMap((id) => rows.get(id) ?? []) }
}

/** What was left out of the drawing is said: more than fit, or not to be seen. */
function sayLeftOut(walk: Walk, picked: Picked): void {
  const all = picked.red + picked.yellow + picked.green + picked.grey
  if (all > picked.ids.length)
    gap(
      walk,
      'trace.more',
      `共 ${all} 项应尽事项（红 ${picked.red}、黄 ${picked.yellow}、绿 ${picked.green}、灰 ${picked.grey}），只画出逾期的和最近的 ${picked.ids.length} 项`,
      `${all} obligations (red ${picked.red}, yellow ${picked.yellow}, green ${picked.green}, grey ${picked.grey}); only the overdue and the nearest ${picked.ids.length} are drawn`,
    )
  if (picked.outside)
    gap(
      walk,
      'trace.outside',
      '还有应尽事项不在您可见的范围内，没有列出',
      'There are obligations outside of what you may see; they are left out',
    )
}

/** From an obligation. Absent if it never was or is out of reach; `trace.unknown_then` if it was made after the day. */
export async function obligation(db: Db, ctx: Ctx, input: Input<'obligation'>) {
  const [[now], rows] = await Promise.all([obligationsByIds(db, ctx.tenant.id, [input.id]), obligationsOn(db, ctx, [input.id])])
  const standing = found(now)
  const row = rows[0]
  const reached = [standing, ...rows].some((one) => ctx.can('trace.read', { holder: one.holder_id, unit: one.unit_id }))
  if (!reached) throw new Refusal('thing.absent')
  if (!row) throw unknownThen(ctx)
  if (isUnseen(ctx.actor.unseen ?? [], { ...row, holder: row.holder_id }, ctx.day)) throw new Refusal('thing.absent')
  const walk = newWalk(ctx, await gather(db, ctx, { rows, deep: true }))
  walkObligations(walk, rows, null)
  return answer(walk, 'obligation', row.id, row.title, null)
}

/** From a duty: its basis, what was owed for it, who answered. Absent if it never was; `trace.unknown_then` if it was recorded after the day. */
export async function duty(db: Db, ctx: Ctx, input: { id: Id }) {
  const row = await dutyById(db, ctx, input.id)
  if (!row) {
    found(await dutyById(db, { ...ctx, knownAt: ctx.now }, input.id))
    throw unknownThen(ctx)
  }
  const { picked, rows } = await drawn(db, ctx, { because: [row.id] })
  const walk = newWalk(ctx, await gather(db, ctx, { rows, duties: [row.id], deep: true }))
  const node = putDuty(walk, row.id, 'subject')
  walkObligations(walk, rows, node)
  // A standing duty owes nothing by a day; whoever holds it answers for it all the same.
  if (rows.length === 0 && node !== null)
    for (const { person_id, person, unit_id } of walk.of.seats.get(row.id) ?? [])
      if (person_id) putAnswerers(walk, { holder_id: person_id, holder: person ?? '', unit_id }, node)
  return answer(walk, 'duty', row.id, row.title, picked)
}

/** From an act: what it discharged and who did it. Refused as an obligation is. */
export async function act(db: Db, ctx: Ctx, input: Input<'act'>) {
  const row = await actById(db, ctx, input.id)
  if (!row) {
    found(await actById(db, { ...ctx, knownAt: ctx.now }, input.id))
    throw unknownThen(ctx)
  }
  if (!ctx.can('trace.read', { holder: row.done_by, unit: row.unit_id })) throw new Refusal('thing.absent')
  const { picked, rows } = await drawn(db, ctx, { act: row.id })
  const walk = newWalk(ctx, await gather(db, ctx, { rows, acts: [row], units: [row.unit_id] }))
  const node = putAct(walk, row, 'subject')
  walkObligations(walk, rows, node)
  const holder = walk.graph.nodes.find((one) => one.kind === 'holder' && one.ref?.id === row.done_by)
  join(walk.graph, node, holder?.id ?? putPerson(walk, 'person', { person_id: row.done_by, name: row.done_by_name }))
  return answer(walk, 'act', row.id, walk.graph.nodes[0]?.title ?? row.what, picked)
}

/** How many duties of one person are drawn beside what they owe. */
const dutiesAtMost = 40

/** From a person: what they owed and held that day. Refused as an obligation is. */
export async function person(db: Db, ctx: Ctx, input: Input<'person'>) {
  const row = found(await personNamed(db, ctx.tenant.id, input.id))
  if (cameLater(row.recorded_at, ctx.knownAt)) throw unknownThen(ctx)
  const [{ picked, rows }, held] = await Promise.all([
    drawn(db, ctx, { person: row.id }),
    listDuties(db, ctx, { person: row.id }, null, dutiesAtMost),
  ])
  const duties = held.slice(0, dutiesAtMost).map((one) => one.id)
  const of = await gather(db, ctx, { rows, duties, persons: [row.id] })
  const walk = newWalk(ctx, of, { kind: 'person', id: row.id })
  const node = putPerson(walk, 'person', { person_id: row.id, name: row.name })
  const own = walk.graph.nodes.find((one) => one.id === node)
  if (own) own.layer = 'subject'
  walkObligations(walk, rows, node)
  for (const id of duties) {
    const seen = has(walk.graph, `duty:${id}`)
    const there = putDuty(walk, id, 'duty')
    if (there !== null && !seen) join(walk.graph, node, there)
  }
  // With nothing owed the units still say who stands above: those in which the duties are held.
  if (rows.length === 0)
    for (const id of duties)
      for (const seat of of.seats.get(id) ?? [])
        if (seat.person_id === row.id) putAnswerers(walk, { holder_id: row.id, holder: row.name, unit_id: seat.unit_id }, `duty:${id}`)
  if (held.length > dutiesAtMost) gap(walk, 'trace.more_duties', `责任只列出 ${dutiesAtMost} 项`, `Only ${dutiesAtMost} duties are listed`)
  return answer(walk, 'person', row.id, row.name, picked)
}
