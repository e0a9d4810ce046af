import type { InputOf } from '#kernel/contract.ts'
import type { Db } from '#kernel/db.ts'
import { Refusal } from '#kernel/errors.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import { found } from '#kernel/table.ts'
import { directivesOf, dutiesResting, sentencesAt } from '#modules/directives/index.ts'
import { fatesOf, formerOf } from '#modules/org/index.ts'
import type { traceRoutes } from '../contract.ts'
import { join, nameOn } from '../rules.ts'
import { causeBy, findingsBy, findingsOf, spanOf } from '../store/causes.ts'
import { answer, atMost, drawn, duty, unknownThen } from './from.ts'
import { gather } from './gather.ts'
import { gap, newWalk, putAnswerers, putLine, putPaper, putSentence, putUnit } from './put.ts'
import { putDuty } from './rests.ts'
import { putFinding, putOther, walkObligations } from './walk.ts'

type Input<K extends keyof typeof traceRoutes> = InputOf<(typeof traceRoutes)[K]>
const now = (ctx: Ctx): Ctx => ({ ...ctx, day: ctx.today, knownAt: ctx.now, lookingBack: false })

/**
 * Down from a directive, or from one sentence of it: the duties and findings that rest on it, what was owed for them, what was done. Absent if it never was;
 * `trace.unknown_then` if it was recorded after the day.
 */
export async function directive(db: Db, ctx: Ctx, input: Input<'directive'>) {
  const start = input.start ?? null
  const tenant = ctx.tenant.id
  const paper = (await directivesOf(db, ctx, [input.id])).get(input.id)
  if (!paper) {
    found((await directivesOf(db, now(ctx), [input.id])).get(input.id))
    throw unknownThen(ctx)
  }
  const [resting, findings, span] = await Promise.all([
    dutiesResting(db, ctx, paper.id, start, atMost + 1),
    findingsOf(db, ctx, paper.id, start),
    start === null ? null : spanOf(db, tenant, paper.id, start),
  ])
  const duties = resting.slice(0, atMost)
  const own = start === null ? [paper.id] : []
  const [{ picked, rows }, [sentence]] = await Promise.all([
    drawn(db, ctx, { because: [...duties, ...findings, ...own] }),
    span ? sentencesAt(db, tenant, [{ directive: paper.id, ...span }]) : [],
  ])
  const of = await gather(db, ctx, { rows, duties })
  of.papers.set(paper.id, paper)
  for (const one of await findingsBy(db, ctx, findings)) of.findings.set(one.id, one)
  const walk = newWalk(ctx, of)
  const node = sentence ? putSentence(walk, sentence, 'subject') : putPaper(walk, paper.id, 'subject')
  if (node === null) throw new Refusal('thing.absent')
  for (const id of duties) {
    const there = putDuty(walk, id, 'duty')
    if (there !== null) join(walk.graph, node, there)
  }
  for (const id of findings) {
    const there = putFinding(walk, id, 'duty')
    if (there !== null) join(walk.graph, node, there)
  }
  // Each obligation hangs on what it is owed for; only what is owed for the paper itself hangs on the paper.
  for (const row of rows) walkObligations(walk, [row], row.because_id === paper.id ? node : `${row.because}:${row.because_id}`)
  if (rows.length === 0)
    for (const id of duties)
      for (const seat of of.seats.get(id) ?? [])
        if (seat.person_id)
          putAnswerers(walk, { holder_id: seat.person_id, holder: seat.person ?? '', unit_id: seat.unit_id }, `duty:${id}`)
  if (duties.length + findings.length + rows.length === 0)
    gap(walk, 'trace.nothing_rests', '没有责任或问题以它为依据', 'No duty and no finding rests on it')
  if (resting.length > atMost) gap(walk, 'trace.more_duties', `责任只列出 ${atMost} 项`, `Only ${atMost} duties are listed`)
  return answer(walk, 'directive', paper.id, sentence?.sentence.text ?? paper.title, picked)
}

/**
 * From a unit: what is red there, was red this year, or is about to be, whose it is and who stood above. A unit that was not there yet that day is asked through those it was
 * made of. Absent if it never was or is out of reach; `trace.unknown_then` if nothing it has was there.
 */
export async function unit(db: Db, ctx: Ctx, input: Input<'unit'>) {
  const fate = found((await fatesOf(db, ctx.tenant.id, [input.id], ctx.day, ctx.today)).get(input.id))
  if (!ctx.can('trace.read', { unit: fate.id })) throw new Refusal('thing.absent')
  const former = fate.since > ctx.day ? (await formerOf(db, ctx.tenant.id, fate.id, ctx.day)).map((one) => one.id) : []
  if (fate.since > ctx.day && former.length === 0) throw unknownThen(ctx)
  const units = [fate.id, ...former]
  const { picked, rows } = await drawn(db, ctx, { units })
  const of = await gather(db, ctx, { rows, units })
  const walk = newWalk(ctx, of)
  const node = putUnit(walk, fate.id, 'subject')
  if (node === null) throw new Refusal('thing.absent')
  for (const id of former) {
    const there = putUnit(walk, id, 'persons')
    if (there !== null) join(walk.graph, node, there)
  }
  walkObligations(walk, rows, node)
  if (former.length === 0) putLine(walk, fate.id, node)
  else
    gap(
      walk,
      'trace.unit_not_yet',
      `${fate.name} ${fate.since} 才设立，照它由来的机构往回看`,
      `${fate.name} was set up on ${fate.since}; the units it came from are looked at`,
    )
  return answer(walk, 'unit', fate.id, nameOn(fate, ctx.day), picked)
}

/** From a finding or whatever else made obligations. Absent if nothing was ever owed because of it, or nothing in reach; else as an obligation is. */
export async function cause(db: Db, ctx: Ctx, input: Input<'cause'>) {
  const row = found(await causeBy(db, ctx, input.id))
  if (row.because === 'duty') return duty(db, ctx, input)
  if (row.because === 'directive') return directive(db, ctx, input)
  if (!row.within) throw new Refusal('thing.absent')
  if (row.recorded_at > ctx.knownAt) throw unknownThen(ctx)
  const { picked, rows } = await drawn(db, ctx, { because: [row.id] })
  const walk = newWalk(ctx, await gather(db, ctx, { rows }))
  const node = (row.because === 'finding' ? putFinding(walk, row.id, 'subject') : null) ?? putOther(walk, row, 'subject')
  walkObligations(walk, rows, node)
  return answer(walk, 'cause', row.id as Id, walk.graph.nodes.find((one) => one.id === node)?.title ?? row.title, picked)
}
