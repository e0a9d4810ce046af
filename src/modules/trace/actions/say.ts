import { addDays, dayOf } from '#kernel/calendar/index.ts'
import type { Ctx } from '#kernel/scope.ts'
import type { EventRow } from '#modules/obligations/index.ts'
import type { Standing, UnitFate } from '#modules/org/index.ts'
import { cameLater, type Moment, type NodeKind, nameOn, renamings } from '../rules.ts'

/** What a trace says, in the reader's language. Days stand as `YYYY-MM-DD`; the screen says them as people do. */

export const say = (ctx: Ctx, zh: string, en: string) => (ctx.lang === 'en' ? en : zh)
export const listed = (ctx: Ctx, parts: readonly string[]) => parts.join(ctx.lang === 'en' ? ', ' : '、')
const told = (ctx: Ctx, parts: readonly (string | null | false)[]) => parts.filter(Boolean).join(ctx.lang === 'en' ? '; ' : '；')

/** The part somebody has in a trace, after their name. */
export const roleWords: Partial<Record<NodeKind, readonly [zh: string, en: string]>> = {
  holder: ['责任人', 'holder'],
  before: ['前任责任人', 'held it before'],
  after: ['后任责任人', 'holds it after'],
  unit_head: ['单位负责人', 'head of the unit'],
  in_charge: ['分管领导', 'leader in charge'],
  head: ['第一责任人', 'first responsible'],
  supervisor: ['监督责任', 'supervision'],
}

const kindWords: Record<Standing['kind'], readonly [string, string]> = {
  regular: ['正式', 'appointed'],
  acting: ['主持', 'acting'],
  concurrent: ['兼任', 'concurrent'],
  seconded: ['借调', 'seconded'],
  charge: ['分管', 'in charge'],
}

/** From a day to the last day that counts; the end is exclusive in the books. */
export const span = (ctx: Ctx, since: string, until: string | null): string =>
  until === null
    ? say(ctx, `${since} 起`, `from ${since}`)
    : say(ctx, `${since} 至 ${addDays(until, -1)}`, `${since} to ${addDays(until, -1)}`)

/** By what somebody was what they were: 工程科科长（正式，2024-01-01 起）; 分管工程科（…）. An entry made after the day looked at says so. */
export function sayStanding(ctx: Ctx, one: Standing): string {
  const late = cameLater(one.recordedAt, ctx.knownAt) ? dayOf(one.recordedAt, ctx.tenant.zone) : null
  const entered = late === null ? '' : say(ctx, `，${late} 才录入`, `, entered only on ${late}`)
  const from = span(ctx, one.since, one.until)
  if (one.kind === 'charge') return say(ctx, `分管${one.unitName}（${from}${entered}）`, `in charge of ${one.unitName} (${from}${entered})`)
  return say(
    ctx,
    `${one.title}（${kindWords[one.kind][0]}，${from}${entered}）`,
    `${one.title} (${kindWords[one.kind][1]}, ${from}${entered})`,
  )
}

const changeWords = {
  merged: ['合并', 'merged'],
  split: ['拆分', 'split'],
  abolished: ['撤销', 'abolished'],
} as const

/** What became of a unit, seen from the day: its name then and today with what lies between, what it was made of, what carries it on. */
export function sayUnit(ctx: Ctx, fate: UnitFate): string {
  const then = nameOn(fate, ctx.day)
  const changes = renamings(fate)
  const since = changes.filter((one) => one.day > ctx.day)
  const earlier = changes.filter((one) => one.day <= ctx.day)
  const gone = fate.until !== null && fate.until <= ctx.today
  const heirs = fate.heirs.filter((one) => one.id !== fate.id)
  const last = since.at(-1)
  return told(ctx, [
    earlier.length > 0 &&
      say(
        ctx,
        `曾用名${listed(
          ctx,
          earlier.map((one) => `“${one.from}”（至 ${addDays(one.day, -1)}）`),
        )}`,
        `earlier ${listed(
          ctx,
          earlier.map((one) => `“${one.from}” (to ${addDays(one.day, -1)})`),
        )}`,
      ),
    last !== undefined &&
      then !== fate.name &&
      say(ctx, `${since[0]?.day} 更名，今为“${fate.name}”`, `renamed on ${since[0]?.day}, “${fate.name}” today`),
    ...fate.from
      .filter((one) => one.since <= ctx.day)
      .map((one) =>
        say(
          ctx,
          `${one.since} 由“${one.name}”${changeWords[one.kind][0]}而来`,
          `from “${one.name}”, ${changeWords[one.kind][1]} on ${one.since}`,
        ),
      ),
    gone && heirs.length === 0 && say(ctx, `${fate.until} 起不再设置，没有承接的机构`, `no more since ${fate.until}, carried on by nobody`),
    ...heirs.map((one) =>
      say(
        ctx,
        `${one.since} ${changeWords[one.kind][0]}，今由“${one.name}”承接`,
        `${changeWords[one.kind][1]} on ${one.since}, carried on by “${one.name}”`,
      ),
    ),
    fate.line === 'supervision' && say(ctx, '派驻机构，对派出机关负责', 'sent here; it answers to the commission that sent it'),
  ])
}

/** A unit's renamings and changes on the line of time. */
export const unitMoments = (ctx: Ctx, fate: UnitFate): Moment[] => [
  ...renamings(fate).map((one) => ({
    day: one.day,
    says: say(ctx, `“${one.from}”更名为“${one.to}”`, `“${one.from}” renamed “${one.to}”`),
    later: one.day > ctx.day,
  })),
  ...fate.from.map((one) => ({
    day: one.since,
    says: say(
      ctx,
      `“${one.name}”${changeWords[one.kind][0]}，并入或分出“${fate.name}”`,
      `“${one.name}” ${changeWords[one.kind][1]}: “${fate.name}”`,
    ),
    later: one.since > ctx.day,
  })),
  ...fate.heirs
    .filter((one) => one.id !== fate.id)
    .map((one) => ({
      day: one.since,
      says: say(ctx, `${changeWords[one.kind][0]}，由“${one.name}”承接`, `${changeWords[one.kind][1]}, carried on by “${one.name}”`),
      later: one.since > ctx.day,
    })),
]

/** What happened to an obligation between its making and its discharge, in words; `by` the holder before it. Null for what the trace shows otherwise. */
function sayEvent(ctx: Ctx, event: EventRow, before: EventRow | undefined): string | null {
  const why = event.reason ? say(ctx, `：${event.reason}`, `: ${event.reason}`) : ''
  switch (event.kind) {
    case 'handed_over':
      return say(
        ctx,
        `由${before?.holder ?? ''}移交${event.holder}${why}`,
        `handed over from ${before?.holder ?? ''} to ${event.holder}${why}`,
      )
    case 'due_moved':
    case 'brought_forward':
    case 'recomputed':
      return say(
        ctx,
        `期限由 ${before?.due ?? ''} 改为 ${event.due}${why}`,
        `due day moved from ${before?.due ?? ''} to ${event.due}${why}`,
      )
    case 'waived':
      return say(ctx, `免除${why}`, `waived${why}`)
    case 'split':
      return say(ctx, `拆分${why}`, `split${why}`)
    default:
      return null
  }
}

export const obligationMoments = (ctx: Ctx, events: readonly EventRow[]): Moment[] =>
  events.flatMap((event, i) => {
    const says = sayEvent(ctx, event, events[i - 1])
    return says === null ? [] : [{ day: dayOf(event.recorded_at, ctx.tenant.zone), says, later: cameLater(event.recorded_at, ctx.knownAt) }]
  })

const fieldWords: Record<string, readonly [string, string]> = {
  title: ['标题', 'title'],
  body: ['内容', 'text'],
  kind: ['类别', 'kind'],
  polarity: ['正负面', 'polarity'],
  measure: ['措施', 'measure'],
  aspect: ['方面', 'aspect'],
  rrule: ['频次', 'cadence'],
  due: ['期限', 'due day'],
}
export const sayFields = (ctx: Ctx, fields: readonly string[]): string =>
  listed(
    ctx,
    fields.map((field) => say(ctx, fieldWords[field]?.[0] ?? field, fieldWords[field]?.[1] ?? field)),
  )
