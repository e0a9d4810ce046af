import type { Db } from '#kernel/db.ts'
import { Refusal } from '#kernel/errors.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import { found } from '#kernel/table.ts'
import { actById, saidTo } from '#modules/acts/index.ts'
import { dutyById, holdersOn, listDuties } from '#modules/duties/index.ts'
import { type ObligationRow, obligationById, obligationsByIds } from '#modules/obligations/index.ts'
import { cameLater, join, type Subject } from '../rules.ts'
import { obligationsFrom, obligationsOfAct, personNamed } from '../store.ts'
import { gap, newWalk, putAct, putAnswerers, putDuty, putPerson, type Walk, walkObligations } from './walk.ts'

/** How many obligations one trace opens: enough for a year of a duty in a department. */
const atMost = 40

const answer = (walk: Walk, kind: Subject, id: Id, title: string) => ({
  day: walk.ctx.day,
  subject: { kind, id, title },
  ...walk.graph,
  gaps: walk.gaps,
})

const inReach = (ctx: Ctx) => (row: ObligationRow) => ctx.can('trace.read', { holder: row.holder_id, unit: row.unit_id })

/** The obligations as known on the day, within reach; of more than fit, the overdue and the nearest, and a gap that says so. */
async function rowsThen(walk: Walk, ids: readonly Id[]): Promise<ObligationRow[]> {
  const { db, ctx } = walk
  if (ids.length > atMost)
    gap(walk, 'trace.more', `只画出逾期的和最近的 ${atMost} 项应尽事项`, `Only the overdue and the nearest ${atMost} obligations are drawn`)
  const rows: ObligationRow[] = []
  for (const id of ids.slice(0, atMost)) {
    const row = await obligationById(db, ctx, id)
    if (row) rows.push(row)
  }
  return rows.filter(inReach(ctx))
}

/** From an obligation. Absent if it never was or is out of reach; `trace.unknown_then` if it was made after the day. */
export async function obligation(db: Db, ctx: Ctx, input: { id: Id }) {
  const [now] = await obligationsByIds(db, ctx.tenant.id, [input.id])
  const standing = found(now)
  if (!ctx.can('trace.read', { holder: standing.holder_id, unit: standing.unit_id })) throw new Refusal('thing.absent')
  const row = await obligationById(db, ctx, input.id)
  if (!row) throw new Refusal('trace.unknown_then', { day: ctx.day })
  const walk = newWalk(db, ctx)
  await walkObligations(walk, [row], null)
  return answer(walk, 'obligation', row.id, row.title)
}

/** From a duty: its basis, what was owed for it, who answered. Absent if it never was; `trace.unknown_then` if it was recorded after the day. */
export async function duty(db: Db, ctx: Ctx, input: { id: Id }) {
  const row = await dutyById(db, ctx, input.id)
  if (!row) {
    found(await dutyById(db, { ...ctx, knownAt: ctx.now }, input.id))
    throw new Refusal('trace.unknown_then', { day: ctx.day })
  }
  const walk = newWalk(db, ctx)
  const node = await putDuty(walk, row.id, null)
  const rows = await rowsThen(walk, await obligationsFrom(db, ctx, { because: row.id }, atMost + 1))
  await walkObligations(walk, rows, node)
  // A standing duty owes nothing by a day; whoever holds it answers for it all the same.
  if (rows.length === 0 && node !== null)
    for (const { person_id, person, unit_id, unit } of await holdersOn(db, ctx.tenant.id, [row.id], ctx.day, ctx.knownAt))
      if (person_id) await putAnswerers(walk, { holder_id: person_id, holder: person ?? '', unit_id, unit }, node)
  return answer(walk, 'duty', row.id, row.title)
}

/** From an act: what it discharged and who did it. Refused as an obligation is. */
export async function act(db: Db, ctx: Ctx, input: { id: Id }) {
  const row = await actById(db, ctx, input.id)
  if (!row) {
    found(await actById(db, { ...ctx, knownAt: ctx.now }, input.id))
    throw new Refusal('trace.unknown_then', { day: ctx.day })
  }
  if (!ctx.can('trace.read', { holder: row.done_by, unit: row.unit_id })) throw new Refusal('thing.absent')
  const walk = newWalk(db, ctx)
  const node = await putAct(walk, row, 'subject')
  const ids = await obligationsOfAct(db, ctx.tenant.id, row.id)
  await walkObligations(walk, await rowsThen(walk, ids), node)
  const holder = walk.graph.nodes.find((one) => one.kind === 'holder' && one.ref?.id === row.done_by)
  join(walk.graph, node, holder?.id ?? (await putPerson(walk, 'person', { person_id: row.done_by, name: row.done_by_name })))
  return answer(walk, 'act', row.id, saidTo(ctx, row, []))
}

/** From a person: what they owed and held that day. Refused as an obligation is. */
export async function person(db: Db, ctx: Ctx, input: { id: Id }) {
  const row = found(await personNamed(db, ctx.tenant.id, input.id))
  if (cameLater(row.recorded_at, ctx.knownAt)) throw new Refusal('trace.unknown_then', { day: ctx.day })
  const walk = newWalk(db, ctx)
  const node = await putPerson(walk, 'person', { person_id: row.id, name: row.name })
  const subject = walk.graph.nodes.find((one) => one.id === node)
  if (subject) subject.layer = 'subject'
  await walkObligations(walk, await rowsThen(walk, await obligationsFrom(db, ctx, { person: row.id }, atMost + 1)), node)
  for (const held of await listDuties(db, ctx, { person: row.id }, null, atMost))
    if (!walk.graph.nodes.some((one) => one.id === `duty:${held.id}`)) await putDuty(walk, held.id, node)
  return answer(walk, 'person', row.id, row.name)
}
