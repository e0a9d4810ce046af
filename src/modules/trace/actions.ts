import { dayOf } from '#kernel/calendar/index.ts'
import type { Db } from '#kernel/db.ts'
import { Refusal } from '#kernel/errors.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import { found } from '#kernel/table.ts'
import { type ActRow, actById, actsOf } from '#modules/acts/index.ts'
import { sentenceOf } from '#modules/directives/index.ts'
import { dutyById, holdersOn, listDuties } from '#modules/duties/index.ts'
import { type ObligationRow, obligationById, obligationsByIds } from '#modules/obligations/index.ts'
import { lightOf } from '#modules/obligations/rules.ts'
import { headOf, leaderOf } from '#modules/org/index.ts'
import { cameLater, emptyGraph, type Graph, join, type NodeKind, put, type Subject } from './rules.ts'
import { findingById, obligationsFrom, obligationsOfAct, personNamed, postsOn, spanOf, withRole } from './store.ts'

type Gap = { code: string; says: string }
type Walk = { db: Db; ctx: Ctx; graph: Graph; gaps: Gap[]; posts: Map<Id, string>; answering: Map<Id, Answering> }

/** How many obligations one trace opens: enough for a year of a duty in a department. */
const atMost = 40

const say = (ctx: Ctx, zh: string, en: string) => (ctx.lang === 'en' ? en : zh)
const gap = (walk: Walk, code: string, zh: string, en: string) => {
  if (!walk.gaps.some((one) => one.says === say(walk.ctx, zh, en))) walk.gaps.push({ code, says: say(walk.ctx, zh, en) })
}

const roleWords: Record<string, readonly [string, string]> = {
  holder: ['责任人', 'holder'],
  in_charge: ['分管领导', 'leader in charge'],
  head: ['第一责任人', 'first responsible'],
  supervisor: ['监督责任', 'supervision'],
}

async function putPerson(walk: Walk, kind: NodeKind, person: { person_id: Id; name: string }): Promise<string> {
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

function putAct(walk: Walk, row: ActRow, layer: 'subject' | 'done'): string {
  const { ctx, graph } = walk
  const later = cameLater(row.recorded_at, ctx.knownAt)
  const recorded = dayOf(row.recorded_at, ctx.tenant.zone)
  const known = row.state !== 'recorded' && row.moved_at <= ctx.knownAt ? row.state : 'recorded'
  const state = { recorded: '', corrected: say(ctx, '，已更正', ', corrected'), withdrawn: say(ctx, '，已撤回', ', withdrawn') }[known]
  return put(graph, {
    id: `act:${row.id}`,
    layer,
    kind: 'act',
    title: row.what,
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

async function putDuty(walk: Walk, id: Id, from: string | null): Promise<string | null> {
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
  if (duty.directive_id && duty.basis_start !== null && duty.basis_end !== null)
    await putSentence(walk, duty.directive_id, duty.basis_start, duty.basis_end, node)
  else gap(walk, 'trace.no_basis', `“${duty.title}”没有挂到任何部署的原文`, `“${duty.title}” rests on no sentence of a directive`)
  const holders = await holdersOn(db, ctx.tenant.id, [id], ctx.day)
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

async function putCause(walk: Walk, row: ObligationRow, from: string): Promise<void> {
  const { db, ctx, graph } = walk
  if (row.because === 'duty') {
    await putDuty(walk, row.because_id, from)
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
  heads: await withRole(db, ctx.tenant.id, 'office', 'head', ctx.day),
  own: await headOf(db, ctx.tenant.id, unit, ctx.day),
  watchers: await withRole(db, ctx.tenant.id, 'discipline_group', 'group_head', ctx.day),
})

/** Who answered that day: the holder, whoever was in charge of the unit, the head of the office, the supervision. */
async function putAnswerers(
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

async function walkObligations(walk: Walk, rows: readonly ObligationRow[], from: string | null): Promise<void> {
  const { db, ctx, graph } = walk
  const acts = Map.groupBy(
    await actsOf(
      db,
      ctx.tenant.id,
      rows.map((row) => row.id),
    ),
    (act) => act.obligation_id,
  )
  for (const row of rows) {
    const node = putObligation(walk, row, from === null ? 'subject' : 'owed')
    if (from !== null) join(graph, from, node)
    await putCause(walk, row, node)
    await putAnswerers(walk, row, node)
    for (const act of acts.get(row.id) ?? []) {
      const later = cameLater(act.recorded_at, ctx.knownAt)
      join(graph, node, putAct(walk, act, 'done'), later)
    }
  }
}

const newWalk = (db: Db, ctx: Ctx): Walk => ({ db, ctx, graph: emptyGraph(), gaps: [], posts: new Map(), answering: new Map() })
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
    for (const { person_id, person, unit_id, unit } of await holdersOn(db, ctx.tenant.id, [row.id], ctx.day))
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
  const node = putAct(walk, row, 'subject')
  const ids = await obligationsOfAct(db, ctx.tenant.id, row.id)
  await walkObligations(walk, await rowsThen(walk, ids), node)
  const holder = walk.graph.nodes.find((one) => one.kind === 'holder' && one.ref?.id === row.done_by)
  join(walk.graph, node, holder?.id ?? (await putPerson(walk, 'person', { person_id: row.done_by, name: row.done_by_name })))
  return answer(walk, 'act', row.id, row.what)
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
