import { dayOf } from '#kernel/calendar/index.ts'
import type { Id } from '#kernel/ids.ts'
import type { ObligationRow } from '#modules/obligations/index.ts'
import { lightOf } from '#modules/obligations/rules.ts'
import { cameLater, join, put } from '../rules.ts'
import { putAct, putAnswerers, putHandovers, putNeighbour, putPaper, putSentence, unitName, type Walk } from './put.ts'
import { putDuty } from './rests.ts'
import { obligationMoments, say } from './say.ts'

function putObligation(walk: Walk, row: ObligationRow, layer: 'subject' | 'owed'): string {
  const { ctx, graph, of } = walk
  const unit = unitName(walk, row.unit_id, row.unit)
  return put(graph, {
    id: `obligation:${row.id}`,
    layer,
    kind: 'obligation',
    title: row.title,
    detail:
      say(ctx, `${unit} ${row.holder} · ${row.due} 到期`, `${unit}, ${row.holder}, due ${row.due}`) +
      (row.done_on !== null && row.done_on > row.due ? say(ctx, `，${row.done_on} 才办结`, `, done only on ${row.done_on}`) : ''),
    ref: { kind: 'obligation', id: row.id },
    light: lightOf({ state: row.state, due: row.due, warnFrom: row.warn_from }, ctx.day),
    happenedOn: row.due,
    moments: obligationMoments(ctx, of.events.get(row.id) ?? []),
  })
}

/** A finding with the sentence that names it. */
export function putFinding(walk: Walk, id: Id, layer: 'subject' | 'duty'): string | null {
  const { ctx, graph, of } = walk
  const finding = of.findings.get(id)
  if (!finding) return null
  const recorded = dayOf(finding.recorded_at, ctx.tenant.zone)
  const node = put(graph, {
    id: `finding:${id}`,
    layer,
    kind: 'finding',
    title: finding.title,
    detail: say(
      ctx,
      `部署中指出的问题，${finding.by} ${recorded} 认定`,
      `a problem named in a directive, accepted by ${finding.by} on ${recorded}`,
    ),
    ref: { kind: 'directive', id: finding.directive, start: finding.start, end: finding.end },
    happenedOn: recorded,
    recordedAt: finding.recorded_at.toISOString(),
  })
  for (const placed of of.sentences.get(id) ?? []) join(graph, node, putSentence(walk, placed))
  return node
}

/** Why something is owed: a duty, a finding, a paper that asks for an answer, or whatever made it. */
function putCause(walk: Walk, row: ObligationRow, from: string): void {
  const { graph } = walk
  const known =
    row.because === 'duty'
      ? putDuty(walk, row.because_id, 'duty')
      : row.because === 'directive'
        ? putPaper(walk, row.because_id, 'basis')
        : row.because === 'finding'
          ? putFinding(walk, row.because_id, 'duty')
          : putOther(walk, { because: row.because, id: row.because_id, title: row.title, ground: row.ground, opens: row.opens }, 'duty')
  if (known !== null) join(graph, from, known)
}

type Other = { because: string; id: Id; title: string; ground: string | null; opens: string }
export const putOther = (walk: Walk, cause: Other, layer: 'subject' | 'duty'): string =>
  put(walk.graph, {
    id: `${cause.because}:${cause.id}`,
    layer,
    kind: 'cause',
    title: layer === 'subject' ? cause.title : (cause.ground ?? cause.title),
    detail: layer === 'subject' ? (cause.ground ?? '') : cause.title,
    ref: { kind: cause.because, id: cause.id },
    happenedOn: cause.opens,
  })

/** Who had an obligation before its holder of that day, and who has it since: what its own history says of it. */
function putHandedOver(walk: Walk, row: ObligationRow, from: string): void {
  const { ctx, of } = walk
  const events = of.events.get(row.id) ?? []
  events.forEach((event, i) => {
    const before = events[i - 1]
    if (event.kind !== 'handed_over' || !before || before.holder_id === event.holder_id) return
    const day = dayOf(event.recorded_at, ctx.tenant.zone)
    const later = cameLater(event.recorded_at, ctx.knownAt)
    const other = later ? event : before
    if (other.holder_id !== row.holder_id)
      putNeighbour(walk, later ? 'after' : 'before', { person: other.holder_id, name: other.holder, day, later }, from)
  })
}

/** Obligations with their causes, the acts that discharged them, and who answered; `from` null makes them what the trace starts from. */
export function walkObligations(walk: Walk, rows: readonly ObligationRow[], from: string | null): void {
  const { ctx, graph, of } = walk
  for (const row of rows) {
    const node = putObligation(walk, row, from === null ? 'subject' : 'owed')
    if (from !== null) join(graph, from, node)
    putCause(walk, row, node)
    putAnswerers(walk, row, node)
    putHandedOver(walk, row, node)
    putHandovers(walk, row.id, node)
    for (const act of of.acts.get(row.id) ?? []) join(graph, node, putAct(walk, act, 'done'), cameLater(act.recorded_at, ctx.knownAt))
  }
}
