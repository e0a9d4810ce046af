import type { Id } from '#kernel/ids.ts'
import { differing, versionOn } from '#modules/duties/versions.ts'
import { cameLater, has, join, type Moment, nameOn, put } from '../rules.ts'
import type { Gathered } from './gather.ts'
import { gap, putHandovers, putNeighbour, putSentence, type Walk } from './put.ts'
import { say, sayFields } from './say.ts'

/** The wording of a duty that day beside that of today, and its end. */
function sayDuty(walk: Walk, duty: NonNullable<ReturnType<Gathered['duties']['get']>>): string {
  const { ctx, of } = walk
  const now = of.dutiesNow.get(duty.id)
  const versions = (of.versions.get(duty.id) ?? []).filter((one) => one.undone_at === null)
  const then = versionOn(versions, ctx.day)
  const today = versionOn(versions, ctx.today)
  const changed = now !== undefined && now.version !== duty.version && then && today ? differing(then, today) : []
  return [
    say(ctx, `自 ${duty.since} 起`, `since ${duty.since}`),
    duty.version > 1 && say(ctx, `第 ${duty.version} 版，${duty.version_since} 起`, `version ${duty.version}, from ${duty.version_since}`),
    now !== undefined &&
      now.version !== duty.version &&
      say(
        ctx,
        `今为第 ${now.version} 版（${now.version_since} 起，改了${sayFields(ctx, changed)}）`,
        `version ${now.version} today (from ${now.version_since}: ${sayFields(ctx, changed)})`,
      ),
    duty.until !== null && say(ctx, `至 ${duty.until}`, `to ${duty.until}`),
    now !== undefined && now.until !== null && duty.until === null && say(ctx, `后于 ${now.until} 终止`, `ended on ${now.until} later`),
    now?.state === 'retracted' && say(ctx, '后被收回', 'taken back later'),
  ]
    .filter(Boolean)
    .join(say(ctx, ' · ', ' · '))
}

const dutyMoments = ({ ctx, of }: Walk, id: Id): Moment[] =>
  (of.versions.get(id) ?? [])
    .filter((one) => one.version > 1 && one.undone_at === null)
    .map((one) => ({
      day: one.since,
      says: say(
        ctx,
        `责任改为第 ${one.version} 版${one.reason ? `：${one.reason}` : ''}（${one.by}）`,
        `version ${one.version} of the duty${one.reason ? `: ${one.reason}` : ''} (${one.by})`,
      ),
      later: cameLater(one.recorded_at, ctx.knownAt) || one.since > ctx.day,
    }))

/** The articles of laws it rests on, each with the place one jumps to. */
function putArticles(walk: Walk, id: Id, from: string): number {
  const { ctx, graph, of } = walk
  const articles = of.articles.get(id) ?? []
  for (const one of articles) {
    const stands =
      one.stands === 'in_force'
        ? ''
        : one.stands === 'past'
          ? say(ctx, '，当日已失效', ', no longer in force')
          : say(ctx, '，当日尚未施行', ', not yet in force')
    const node = put(graph, {
      id: `article:${one.regulation}:${one.place}`,
      layer: 'basis',
      kind: 'article',
      title: `《${one.title}》${one.place}`,
      detail: `${one.words}${one.how === 'cited' ? say(ctx, '（责任条文中引用）', ' (cited in the words of the duty)') : ''}${stands}`,
      ref: { kind: 'regulation', id: one.regulation, ...(one.key === null ? {} : { at: one.key }) },
      happenedOn: one.since,
    })
    join(graph, from, node)
  }
  return articles.length
}

/** Who held it before and after: the last that ended by the day, the first that began after it. */
function putHeld(walk: Walk, id: Id, from: string): void {
  const { ctx, of } = walk
  const held = of.held.get(id) ?? []
  const now = new Set(held.filter((one) => one.since <= ctx.day && (one.until === null || one.until > ctx.day)).map((one) => one.person))
  const others = held.filter((one) => !now.has(one.person))
  const before = others
    .filter((one) => one.until !== null && one.until <= ctx.day)
    .toSorted((a, b) => ((a.until ?? '') < (b.until ?? '') ? 1 : -1))
  const after = others.filter((one) => one.since > ctx.day).toSorted((a, b) => (a.since < b.since ? -1 : 1))
  for (const one of before.filter((other) => other.until === before[0]?.until))
    putNeighbour(walk, 'before', { person: one.person, name: one.name, day: one.until ?? '', later: false }, from)
  for (const one of after.filter((other) => other.since === after[0]?.since))
    putNeighbour(walk, 'after', { person: one.person, name: one.name, day: one.since, later: true }, from)
}

/** A duty with everything it rests on, as it stood that day; null when it was not known then. */
export function putDuty(walk: Walk, id: Id, layer: 'subject' | 'duty'): string | null {
  const { ctx, graph, of } = walk
  const duty = of.duties.get(id)
  if (!duty) return null
  const seen = has(graph, `duty:${id}`)
  const node = put(graph, {
    id: `duty:${id}`,
    layer,
    kind: 'duty',
    title: duty.title,
    detail: sayDuty(walk, duty),
    ref: { kind: 'duty', id },
    happenedOn: duty.since,
    recordedAt: duty.recorded_at.toISOString(),
    moments: dutyMoments(walk, id),
  })
  if (seen) return node
  const sentences = of.sentences.get(id) ?? []
  for (const placed of sentences) join(graph, node, putSentence(walk, placed))
  if (sentences.length + putArticles(walk, id, node) === 0) walk.baseless.push(duty.title)
  for (const seat of of.seats.get(id) ?? []) {
    if (seat.person_id) continue
    const fate = of.fates.get(seat.unit_id)
    const at = `${fate ? nameOn(fate, ctx.day) : seat.unit} ${seat.post ?? ''}`
    gap(
      walk,
      'trace.no_holder',
      `${at} 当日无人任职，“${duty.title}”没有责任人`,
      `Nobody was in ${at} that day: “${duty.title}” had no holder`,
    )
  }
  putHeld(walk, id, node)
  putHandovers(walk, id, node)
  return node
}
