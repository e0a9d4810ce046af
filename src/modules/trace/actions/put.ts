import { addDays, dayOf } from '#kernel/calendar/index.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import { type ActRow, saidTo } from '#modules/acts/index.ts'
import type { Head, Standing } from '#modules/org/index.ts'
import { cameLater, emptyGraph, type Graph, join, type NodeKind, nameOn, put } from '../rules.ts'
import type { Gathered, Placed } from './gather.ts'
import { listed, roleWords, say, sayStanding, sayUnit, unitMoments } from './say.ts'

type Gap = { code: string; says: string }
/** A trace while it is walked: what it is made of, what was put and joined, what is missing. Everything asked of the database is in `of`. */
export type Walk = {
  ctx: Ctx
  graph: Graph
  gaps: Gap[]
  of: Gathered
  subject: { kind: string; id: Id } | null
  /** Titles of duties that rest on nothing: said in one line, however many there are. */
  baseless: string[]
}

export const newWalk = (ctx: Ctx, of: Gathered, subject: Walk['subject'] = null): Walk => ({
  ctx,
  graph: emptyGraph(),
  gaps: [],
  of,
  subject,
  baseless: [],
})

/** Says once that the records do not tell something. */
export const gap = (walk: Walk, code: string, zh: string, en: string) => {
  const says = say(walk.ctx, zh, en)
  if (!walk.gaps.some((one) => one.says === says)) walk.gaps.push({ code, says })
}

/** The duties that rest on nothing, in one line. */
export function sayBaseless(walk: Walk): void {
  const all = [...new Set(walk.baseless)]
  const few = listed(
    walk.ctx,
    all.slice(0, 6).map((title) => `“${title}”`),
  )
  if (all.length === 1)
    gap(walk, 'trace.no_basis', `${few}没有挂到部署原文或法规条款`, `${few} rests on no sentence of a directive and no article`)
  else if (all.length > 1)
    gap(
      walk,
      'trace.no_basis',
      `${all.length} 项责任没有挂到部署原文或法规条款：${few}${all.length > 6 ? '等' : ''}`,
      `${all.length} duties rest on no sentence of a directive and no article: ${few}${all.length > 6 ? ' …' : ''}`,
    )
}

const above: readonly NodeKind[] = ['unit_head', 'in_charge', 'head', 'supervisor']

/** A person in the part they had, and by what they had it: an appointment or a charge in force that day. Returns the node's id, as the other `put…` do. */
export function putPerson(
  walk: Walk,
  kind: NodeKind,
  person: { person_id: Id; name: string },
  by: (one: Standing) => boolean = () => true,
): string {
  const { ctx, graph, of } = walk
  const standings = of.standings.get(person.person_id) ?? []
  const own = standings.filter(by)
  const posts = own.length > 0 ? own : standings.filter((one) => one.kind !== 'charge')
  const words = roleWords[kind]
  return put(graph, {
    id: `${kind}:${person.person_id}`,
    layer: above.includes(kind) ? 'line' : 'persons',
    kind,
    title: words ? `${person.name} · ${say(ctx, words[0], words[1])}` : person.name,
    detail:
      posts.length > 0
        ? listed(
            ctx,
            posts.map((one) => sayStanding(ctx, one)),
          )
        : say(ctx, '当日未任职', 'held no post that day'),
    ref: { kind: 'person', id: person.person_id },
  })
}

/** Those who were in it, whoever wrote it down, and whoever reads acts of that unit; others learn its day and no more. */
const mayRead = ({ ctx, of }: Walk, row: ActRow): boolean =>
  ctx.can('act.read', { holder: row.done_by, unit: row.unit_id }) ||
  row.recorded_by === ctx.actor.person ||
  (of.parts.get(row.id) ?? []).some((part) => part.person_id === ctx.actor.person)

/** An act with the day it is said to be of, and the day it was recorded where that was after the day one looks at. */
export function putAct(walk: Walk, row: ActRow, layer: 'subject' | 'done'): string {
  const { ctx, graph, of } = walk
  const later = cameLater(row.recorded_at, ctx.knownAt)
  const recorded = dayOf(row.recorded_at, ctx.tenant.zone)
  const known = row.state !== 'recorded' && row.moved_at <= ctx.knownAt ? row.state : 'recorded'
  const moved = { recorded: '', corrected: say(ctx, '，已更正', ', corrected'), withdrawn: say(ctx, '，已撤回', ', withdrawn') }[known]
  const asked = {
    awaiting: say(ctx, '，代录，待本人确认', ', recorded for them, to be confirmed'),
    objected: say(ctx, '，代录，本人不予确认', ', recorded for them, objected to'),
    confirmed: '',
    lapsed: '',
  }[of.asked.get(row.id) ?? 'confirmed']
  const node = {
    id: `act:${row.id}`,
    layer,
    kind: 'act' as const,
    happenedOn: row.happened_on,
    recordedAt: row.recorded_at.toISOString(),
    later,
  }
  if (!mayRead(walk, row))
    return put(graph, {
      ...node,
      title: say(ctx, '有一条履责纪实，不在您可见的范围内', 'an act outside of what you may see'),
      detail: say(ctx, `${row.happened_on}，${recorded} 记`, `${row.happened_on}, recorded ${recorded}`),
      hidden: true,
    })
  const state = asked + moved
  return put(graph, {
    ...node,
    title: saidTo(ctx, row, of.parts.get(row.id) ?? []),
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
  })
}

export function putSentence(walk: Walk, { directive, start, end, sentence }: Placed, layer: 'subject' | 'basis' = 'basis'): string {
  return put(walk.graph, {
    id: `sentence:${directive}:${start}`,
    layer,
    kind: 'sentence',
    title: sentence.text,
    detail: `《${sentence.directive.title}》${sentence.path.length > 0 ? ` · ${sentence.path.join(' › ')}` : ''}`,
    ref: { kind: 'directive', id: directive, start, end },
    happenedOn: sentence.directive.issuedOn,
  })
}

/** A paper without a sentence of it: what an answer to it is owed for, or what the trace starts from. */
export function putPaper(walk: Walk, directive: Id, layer: 'subject' | 'basis'): string | null {
  const paper = walk.of.papers.get(directive)
  if (!paper) return null
  return put(walk.graph, {
    id: `directive:${directive}`,
    layer,
    kind: 'directive',
    title: paper.title,
    detail: [paper.sender, paper.number].filter(Boolean).join(' ') || say(walk.ctx, `${paper.issuedOn} 印发`, `issued ${paper.issuedOn}`),
    ref: { kind: 'directive', id: directive },
    happenedOn: paper.issuedOn,
  })
}

export const unitName = ({ ctx, of }: Walk, unit: Id, otherwise: string): string => {
  const fate = of.fates.get(unit)
  return fate ? nameOn(fate, ctx.day) : otherwise
}

/** A unit as it was called that day, with its name today and what lies between, and whoever carries on what it had. */
export function putUnit(walk: Walk, unit: Id, layer: 'subject' | 'persons'): string | null {
  const { ctx, graph, of } = walk
  const fate = of.fates.get(unit)
  if (!fate) return null
  const node = put(graph, {
    id: `unit:${unit}`,
    layer,
    kind: 'unit',
    title: nameOn(fate, ctx.day),
    detail: sayUnit(ctx, fate),
    ref: { kind: 'unit', id: unit },
    moments: unitMoments(ctx, fate),
  })
  for (const heir of fate.heirs.filter((one) => one.id !== unit)) {
    const now = put(graph, {
      id: `unit_now:${heir.id}`,
      layer: 'line',
      kind: 'unit_now',
      title: heir.name,
      detail: say(ctx, `今日的机构，${heir.since} 起承接`, `the unit today, carrying on since ${heir.since}`),
      ref: { kind: 'unit', id: heir.id },
      happenedOn: heir.since,
      later: heir.since > ctx.day,
    })
    join(graph, node, now, heir.since > ctx.day)
  }
  return node
}

const byPost = (head: Pick<Head, 'post_id'>) => (one: Standing) => one.post === head.post_id
/** The first responsible is so by heading the office and by leading its Party group: whichever posts make them so are said. */
const byPosts = (heads: readonly Head[], person: Id) => (one: Standing) =>
  heads.some((head) => head.person_id === person && head.post_id === one.post)
/** The units that stand at the top themselves: nobody else is in charge of them. */
const top: readonly string[] = ['office', 'leadership', 'party_group']

/** Who stood above whoever held something in a unit that day: its head, the leader in charge, the first responsible; and who had to watch. */
export function putLine(walk: Walk, unit: Id, from: string): void {
  const { graph, of } = walk
  const fate = of.fates.get(unit)
  const name = unitName(walk, unit, '')
  const sent = fate?.line === 'supervision'
  const isTop = fate !== undefined && top.includes(fate.kind)
  const heads = of.heads.get(unit) ?? []
  const leaders = sent ? [] : (of.leaders.get(unit) ?? [])
  const first = sent ? [] : of.first
  const up = (kind: NodeKind, person: Head | { person_id: Id; name: string }, by: (one: Standing) => boolean) =>
    join(graph, from, putPerson(walk, kind, person, by))
  if (!isTop) {
    if (heads.length === 0) gap(walk, 'trace.no_unit_head', `${name} 当日没有负责人在任`, `Nobody headed ${name} that day`)
    for (const head of heads) up('unit_head', head, byPost(head))
    if (leaders.length === 0 && !sent)
      gap(walk, 'trace.nobody_in_charge', `${name} 当日没有分管领导`, `Nobody was in charge of ${name} that day`)
  }
  for (const leader of leaders) up('in_charge', leader, (one) => one.kind === 'charge' && one.unit === leader.unit_id)
  if (first.length === 0 && !sent) gap(walk, 'trace.no_head', '当日没有第一责任人在任', 'There was no head of the office that day')
  for (const head of first) up('head', head, byPosts(first, head.person_id))
  if (sent) return
  if (of.watchers.length === 0) gap(walk, 'trace.no_supervisor', '当日没有纪检组负责人在任', 'Nobody headed the discipline group that day')
  for (const watcher of of.watchers) up('supervisor', watcher, byPost(watcher))
}

type Answering = { holder_id: Id; holder: string; unit_id: Id }

/** Who answered that day: the holder, in their unit, and the line above it. */
export function putAnswerers(walk: Walk, row: Answering, from: string): void {
  const { graph, subject } = walk
  if (!(subject?.kind === 'person' && subject.id === row.holder_id))
    join(graph, from, putPerson(walk, 'holder', { person_id: row.holder_id, name: row.holder }))
  const unit = putUnit(walk, row.unit_id, 'persons')
  if (unit === null) return
  join(graph, from, unit)
  putLine(walk, row.unit_id, unit)
}

type Neighbour = { person: Id; name: string; day: string; later: boolean }
/** Somebody who held it before or after the day, and until or from when. */
export function putNeighbour(walk: Walk, kind: 'before' | 'after', one: Neighbour, from: string): void {
  const { ctx, graph } = walk
  const words = roleWords[kind] ?? ['', '']
  const node = put(graph, {
    id: `${kind}:${one.person}`,
    layer: 'persons',
    kind,
    title: `${one.name} · ${say(ctx, words[0], words[1])}`,
    detail:
      kind === 'before'
        ? say(ctx, `承担至 ${addDays(one.day, -1)}`, `held it to ${addDays(one.day, -1)}`)
        : say(ctx, `${one.day} 起承担`, `holds it from ${one.day}`),
    ref: { kind: 'person', id: one.person },
    happenedOn: one.day,
    later: one.later,
  })
  join(graph, from, node, one.later)
}

/** The signed sheets with which something passed from one to another, each once; opened by whoever may read sheets. */
export function putHandovers(walk: Walk, thing: Id, from: string): void {
  const { ctx, graph, of } = walk
  for (const line of of.handovers.get(thing) ?? []) {
    if (line.way !== 'to' || line.to === null) continue
    const later = line.day > ctx.day
    const node = put(graph, {
      id: `handover:${line.handover}:${line.to_id}`,
      layer: 'persons',
      kind: 'handover',
      title: say(ctx, `${line.from}交${line.to}`, `${line.from} to ${line.to}`),
      detail: say(ctx, `${line.day} 起，双方签字的交接单`, `from ${line.day}, on a sheet both sides signed`),
      ref: ctx.can('handover.read') ? { kind: 'handover', id: line.handover } : null,
      happenedOn: line.day,
      later,
    })
    join(graph, from, node, later)
  }
}
