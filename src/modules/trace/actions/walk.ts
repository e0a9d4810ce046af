import { dayOf } from '#kernel/calendar/index.ts'
import type { Db } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import { type ActRow, actsOf, confirmationsOf, saidTo } from '#modules/acts/index.ts'
import { directiveOf, sentenceOf, sentencesOfDuty } from '#modules/directives/index.ts'
import { dutyById, holdersOn } from '#modules/duties/index.ts'
import type { ObligationRow } from '#modules/obligations/index.ts'
import { lightOf } from '#modules/obligations/rules.ts'
import { headOf, headsOfKind, leaderOf } from '#modules/org/index.ts'
import { cameLater, emptyGraph, type Graph, join, type NodeKind, put } from '../rules.ts'
import { findingById, postsOn, spanOf } from '../store.ts'

type Gap = { code: string; says: string }
/** A trace while it is walked: what was put and joined, what is missing, and what has been asked of the office already. */
export type Walk = { db: Db; ctx: Ctx; graph: Graph; gaps: Gap[]; posts: Map<Id, string>; answering: Map<Id, Answering> }

const say = (ctx: Ctx, zh: string, en: string) => (ctx.lang === 'en' ? en : zh)
/** Says once that the records do not tell something. */
export const gap = (walk: Walk, code: string, zh: string, en: string) => {
  if (!walk.gaps.some((one) => one.says === say(walk.ctx, zh, en))) walk.gaps.push({ code, says: say(walk.ctx, zh, en) })
}

const roleWords: Record<string, readonly [string, string]> = {
  holder: ['责任人', 'holder'],
  in_charge: ['分管领导', 'leader in charge'],
  head: ['第一责任人', 'first responsible'],
  supervisor: ['监督责任', 'supervision'],
}

/** A person with the posts held that day, in the part they had. Returns the node's id, as the other `put…` do. */
export async function putPerson(walk: Walk, kind: NodeKind, person: { person_id: Id; name: string }): Promise<string> {
  const { db, ctx, graph, posts } = walk
  if (!posts.has(person.person_id)) {
    const held = await postsOn(db, ctx.tenant.id, [person.person_id], ctx.day)
    posts.set(person.person_id, held.get(person.person_id) ?? say(ctx, '当日未任职', 'held no post that day'))
  }
  const words = roleWords[kind]
  return put(graph, {
    id: `${kind}:${person.person_id}`,
    layer: 'persons',
    kind,
    title: words ? `${person.name} · ${say(ctx, words[0], words[1])}` : person.name,
    detail: posts.get(person.person_id) ?? '',
    ref: { kind: 'person', id: person.person_id },
    light: null,
    happenedOn: null,
    recordedAt: null,
  })
}

function putObligation(walk: Walk, row: ObligationRow, layer: 'subject' | 'owed'): string {
  const { ctx, graph } = walk
  const light = lightOf({ state: row.state, due: row.due, warnFrom: row.warn_from }, ctx.day)
  return put(graph, {
    id: `obligation:${row.id}`,
    layer,
    kind: 'obligation',
    title: row.title,
    detail: say(ctx, `${row.unit} ${row.holder} · ${row.due} 到期`, `${row.unit}, ${row.holder}, due ${row.due}`),
    ref: { kind: 'obligation', id: row.id },
    light,
    happenedOn: row.due,
    recordedAt: null,
  })
}

/** What was recorded for somebody and is not confirmed by them, by the day one looks at: said beside the act. */
async function unconfirmed({ db, ctx }: Walk, rows: readonly ActRow[]): Promise<Map<Id, string>> {
  const forOthers = rows.filter((row) => row.recorded_by !== row.done_by).map((row) => row.id)
  const words = {
    awaiting: say(ctx, '，代录，待本人确认', ', recorded for them, to be confirmed'),
    objected: say(ctx, '，代录，本人不予确认', ', recorded for them, objected to'),
    confirmed: '',
    lapsed: '',
  }
  const requests = (await confirmationsOf(db, ctx, forOthers)).filter((one) => one.obligation_id === null)
  return new Map(requests.map((one) => [one.act_id, words[one.state]]))
}

/** An act with the day it is said to be of, and the day it was recorded where that was after the day one looks at. */
export async function putAct(walk: Walk, row: ActRow, layer: 'subject' | 'done', asked?: ReadonlyMap<Id, string>): Promise<string> {
  const { ctx, graph } = walk
  const later = cameLater(row.recorded_at, ctx.knownAt)
  const recorded = dayOf(row.recorded_at, ctx.tenant.zone)
  const known = row.state !== 'recorded' && row.moved_at <= ctx.knownAt ? row.state : 'recorded'
  const moved = { recorded: '', corrected: say(ctx, '，已更正', ', corrected'), withdrawn: say(ctx, '，已撤回', ', withdrawn') }[known]
  const state = ((asked ?? (await unconfirmed(walk, [row]))).get(row.id) ?? '') + moved
  return put(graph, {
    id: `act:${row.id}`,
    layer,
    kind: 'act',
    title: saidTo(ctx, row, []),
    detail: later
      ? say(
          ctx,
          `称 ${row.happened_on}，${recorded} 才补记${state}`,
          `said to be of ${row.happened_on}, recorded only on ${recorded}${state}`,
        )
      : say(
          ctx,
          `${row.happened_on} ${row.done_by_name}，${recorded} 记${state}`,
          `${row.happened_on}, ${row.done_by_name}, recorded ${recorded}${state}`,
        ),
    ref: { kind: 'act', id: row.id },
    light: null,
    happenedOn: row.happened_on,
    recordedAt: row.recorded_at.toISOString(),
    later,
  })
}

async function putSentence(walk: Walk, directive: Id, start: number, end: number, from: string): Promise<void> {
  const { db, ctx, graph } = walk
  const sentence = await sentenceOf(db, ctx.tenant.id, directive, start, end)
  const id = put(graph, {
    id: `sentence:${directive}:${start}`,
    layer: 'basis',
    kind: 'sentence',
    title: sentence.text,
    detail: `《${sentence.directive.title}》${sentence.path.length > 0 ? ` · ${sentence.path.join(' › ')}` : ''}`,
    ref: { kind: 'directive', id: directive, start, end },
    light: null,
    happenedOn: sentence.directive.issuedOn,
    recordedAt: null,
  })
  join(graph, from, id)
}

/** A duty with its basis, joined from where one came; null when it was not known that day. */
export async function putDuty(walk: Walk, id: Id, from: string | null): Promise<string | null> {
  const { db, ctx, graph } = walk
  const duty = await dutyById(db, ctx, id)
  if (!duty) return null
  const seen = graph.nodes.some((node) => node.id === `duty:${id}`)
  const node = put(graph, {
    id: `duty:${id}`,
    layer: from === null ? 'subject' : 'duty',
    kind: 'duty',
    title: duty.title,
    detail: say(ctx, `自 ${duty.since} 起`, `since ${duty.since}`),
    ref: { kind: 'duty', id },
    light: null,
    happenedOn: duty.since,
    recordedAt: duty.recorded_at.toISOString(),
  })
  if (from !== null) join(graph, from, node)
  if (seen) return node
  const further = await sentencesOfDuty(db, ctx, id)
  if (duty.directive_id && duty.basis_start !== null && duty.basis_end !== null)
    await putSentence(walk, duty.directive_id, duty.basis_start, duty.basis_end, node)
  else if (further.length === 0)
    gap(walk, 'trace.no_basis', `“${duty.title}”没有挂到任何部署的原文`, `“${duty.title}” rests on no sentence of a directive`)
  for (const one of further) await putSentence(walk, one.directive, one.start, one.end, node)
  const holders = await holdersOn(db, ctx.tenant.id, [id], ctx.day, ctx.knownAt)
  for (const holder of holders)
    if (!holder.person_id)
      gap(
        walk,
        'trace.no_holder',
        `${holder.unit} ${holder.post ?? ''} 当日无人任职，“${duty.title}”没有责任人`,
        `Nobody was in ${holder.unit} ${holder.post ?? ''} that day: “${duty.title}” had no holder`,
      )
  return node
}

/** A superior's paper that asks for an answer: its title and the day it is of. */
async function putPaper(walk: Walk, directive: Id, from: string): Promise<void> {
  const { db, ctx, graph } = walk
  const paper = await directiveOf(db, ctx, directive)
  if (!paper) return
  const id = put(graph, {
    id: `directive:${directive}`,
    layer: 'basis',
    kind: 'sentence',
    title: paper.title,
    detail: [paper.sender, paper.number].filter(Boolean).join(' ') || say(ctx, '来文要求答复', 'a paper that asks for an answer'),
    ref: { kind: 'directive', id: directive },
    light: null,
    happenedOn: paper.issuedOn,
    recordedAt: null,
  })
  join(graph, from, id)
}

async function putCause(walk: Walk, row: ObligationRow, from: string): Promise<void> {
  const { db, ctx, graph } = walk
  if (row.because === 'duty') {
    await putDuty(walk, row.because_id, from)
    return
  }
  if (row.because === 'directive') {
    await putPaper(walk, row.because_id, from)
    return
  }
  if (row.because !== 'finding') {
    const cause = put(graph, {
      id: `${row.because}:${row.because_id}`,
      layer: 'duty',
      kind: 'cause',
      title: row.ground ?? row.title,
      detail: row.title,
      ref: { kind: row.because, id: row.because_id },
      light: null,
      happenedOn: row.opens,
      recordedAt: null,
    })
    join(graph, from, cause)
    return
  }
  const finding = await findingById(db, ctx.tenant.id, row.because_id)
  if (!finding) return
  const node = put(graph, {
    id: `finding:${finding.id}`,
    layer: 'duty',
    kind: 'finding',
    title: finding.title,
    detail: say(ctx, '部署中指出的问题', 'a problem named in a directive'),
    ref: { kind: 'directive', id: finding.directive_id },
    light: null,
    happenedOn: null,
    recordedAt: null,
  })
  join(graph, from, node)
  const span = await spanOf(db, ctx.tenant.id, finding.proposal_id)
  if (span) await putSentence(walk, finding.directive_id, span.start_at, span.end_at, node)
}

type Answering = Awaited<ReturnType<typeof answeringFor>>
const answeringFor = async ({ db, ctx }: Walk, unit: Id) => ({
  leaders: await leaderOf(db, ctx.tenant.id, unit, ctx.day),
  heads: await headsOfKind(db, ctx.tenant.id, 'office', ctx.day),
  own: await headOf(db, ctx.tenant.id, unit, ctx.day),
  watchers: await headsOfKind(db, ctx.tenant.id, 'discipline_group', ctx.day),
})

/** Who answered that day: the holder, whoever was in charge of the unit, the head of the office, the supervision. */
export async function putAnswerers(
  walk: Walk,
  row: Pick<ObligationRow, 'holder_id' | 'holder' | 'unit_id' | 'unit'>,
  from: string,
): Promise<void> {
  const { graph } = walk
  const { leaders, heads, own, watchers } = walk.answering.get(row.unit_id) ?? (await answeringFor(walk, row.unit_id))
  walk.answering.set(row.unit_id, { leaders, heads, own, watchers })
  join(graph, from, await putPerson(walk, 'holder', { person_id: row.holder_id, name: row.holder }))
  if (leaders.length === 0)
    gap(walk, 'trace.nobody_in_charge', `${row.unit} 当日没有分管领导`, `Nobody was in charge of ${row.unit} that day`)
  for (const leader of leaders) join(graph, from, await putPerson(walk, 'in_charge', leader))
  if (heads.length === 0) gap(walk, 'trace.no_head', '当日没有第一责任人在任', 'There was no head of the office that day')
  for (const head of heads) join(graph, from, await putPerson(walk, 'head', head))
  for (const one of own)
    if (one.person_id !== row.holder_id && !heads.some((head) => head.person_id === one.person_id))
      join(graph, from, await putPerson(walk, 'person', one))
  for (const watcher of watchers) join(graph, from, await putPerson(walk, 'supervisor', watcher))
}

/** Obligations with their causes, the acts that discharged them, and who answered; `from` null makes them what the trace starts from. */
export async function walkObligations(walk: Walk, rows: readonly ObligationRow[], from: string | null): Promise<void> {
  const { db, ctx, graph } = walk
  const acts = Map.groupBy(
    await actsOf(
      db,
      ctx.tenant.id,
      rows.map((row) => row.id),
    ),
    (act) => act.obligation_id,
  )
  const asked = await unconfirmed(walk, [...acts.values()].flat())
  for (const row of rows) {
    const node = putObligation(walk, row, from === null ? 'subject' : 'owed')
    if (from !== null) join(graph, from, node)
    await putCause(walk, row, node)
    await putAnswerers(walk, row, node)
    for (const act of acts.get(row.id) ?? []) {
      const later = cameLater(act.recorded_at, ctx.knownAt)
      join(graph, node, await putAct(walk, act, 'done', asked), later)
    }
  }
}

export const newWalk = (db: Db, ctx: Ctx): Walk => ({ db, ctx, graph: emptyGraph(), gaps: [], posts: new Map(), answering: new Map() })
