import { createHash } from 'node:crypto'
import { addDays } from '#kernel/calendar/index.ts'
import type { Db } from '#kernel/db.ts'
import type { HandoverLine } from '#kernel/handover.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import { found } from '#kernel/table.ts'
import { superiorsOf } from '#modules/obligations/rules.ts'
import { linesOf as linesAbove, postsHeld } from '#modules/org/index.ts'
import { parts } from '../parts.ts'
import { type Decided, decide, type Given, handoverActions, isGap, type Keyed, keyOf, missing, type Role, type Standing } from '../rules.ts'
import { type HandoverRow, handoverById, type LineRow, linesOf, namesOf, type SignRow, signsOf } from '../store/handovers.ts'

/** A line with what was decided and signed of it. */
export type Full = {
  line: Keyed
  row: LineRow | null
  decided: Decided | null
  change: 'fresh' | 'changed' | 'settled' | null
  counts: boolean
}
export type Whole = { row: HandoverRow; all: Full[]; signs: SignRow[] }

export const keyOfRow = (row: LineRow) => keyOf(row.part, row.thing_id)
export const givenOf = (row: LineRow): Given => ({ way: row.way, to: row.to_id, how: row.how, reason: row.reason })

/** Everything that somebody holds, as it is now, in the order of the parts. */
export async function liveLines(db: Db, ctx: Ctx, of: { person: Id; day: string }): Promise<Keyed[]> {
  const all: Keyed[] = []
  for (const part of parts)
    for (const line of await part.lines(db, ctx, of)) all.push({ ...line, part: part.key, key: keyOf(part.key, line.id) })
  return all
}

/** As what somebody takes a post over, where nobody said it: their own post, or beside the one they have (主持). */
async function withHows(db: Db, ctx: Ctx, day: string, lines: readonly Keyed[], decided: ReadonlyMap<string, Decided | null>) {
  const asked = lines.flatMap((line) => {
    const said = decided.get(line.key)
    return line.hows.length > 0 && said?.to ? [said.to] : []
  })
  const held = Map.groupBy(await postsHeld(db, ctx.tenant.id, [...new Set(asked)], day), (one) => one.person_id)
  return new Map(
    [...decided].map(([key, said]) => {
      const line = lines.find((one) => one.key === key)
      if (!said || !line || line.hows.length === 0 || said.how !== null || said.to === null) return [key, said] as const
      const busy = held.get(said.to)?.some((one) => one.kind === 'regular' && one.post_id !== line.post?.id) ?? false
      return [key, { ...said, how: busy && line.hows.includes('acting') ? 'acting' : (line.hows[0] ?? null) }] as const
    }),
  )
}

/** What is decided of these lines under what was said. */
export const decisionsOf = async (db: Db, ctx: Ctx, day: string, lines: readonly Keyed[], given: ReadonlyMap<string, Given>) =>
  withHows(db, ctx, day, lines, decide(lines, given))

/** Signatures of later days had not been given on the day one looks at. */
const knownBy = (ctx: Ctx, row: LineRow): LineRow => {
  const by = (at: Date | null) => (at !== null && new Date(at) <= ctx.knownAt ? at : null)
  return ctx.lookingBack ? { ...row, giver_at: by(row.giver_at), receiver_at: by(row.receiver_at), settled_at: by(row.settled_at) } : row
}

/** What is open by its day, everything else as it came. */
const inTurn = (row: LineRow) => `${row.part === 'obligation' ? (row.says.due ?? '') : (row.says.since ?? '')} ${row.thing_id}`

/** The sheet as it stands: read anew while it is open, as it was signed afterwards and while looking back. */
export async function wholeOf(db: Db, ctx: Ctx, row: HandoverRow): Promise<Whole> {
  const [every, signs] = await Promise.all([linesOf(db, ctx.tenant.id, row.id), signsOf(db, ctx, row.id)])
  const rows = every.map((one) => knownBy(ctx, one))
  const byKey = new Map(rows.map((one) => [keyOfRow(one), one]))
  if (ctx.lookingBack || (row.state !== 'draft' && row.state !== 'out')) {
    const order = new Map(parts.map((part, i) => [part.key, i]))
    const kept = rows.toSorted((a, b) => (order.get(a.part) ?? 99) - (order.get(b.part) ?? 99) || inTurn(a).localeCompare(inTurn(b)))
    const lines = kept.map((one): Keyed => ({ ...one.says, part: one.part, key: keyOfRow(one) }))
    const decided = decide(lines, new Map(kept.map((one) => [keyOfRow(one), givenOf(one)])))
    const all = lines.map((line): Full => {
      const own = byKey.get(line.key) ?? null
      return {
        line,
        row: own,
        decided: decided.get(line.key) ?? null,
        change: own?.settled_at ? 'settled' : null,
        counts: !own?.settled_at && line.ways.length > 0,
      }
    })
    return { row, all, signs }
  }
  const live = await liveLines(db, ctx, { person: row.person.id, day: row.day })
  const decided = await decisionsOf(db, ctx, row.day, live, new Map(rows.map((one) => [keyOfRow(one), givenOf(one)])))
  const all = live.map((line): Full => {
    const own = byKey.get(line.key) ?? null
    const counts = line.ways.length > 0
    const change =
      row.state === 'draft' || !counts ? null : own === null || own.settled_at ? 'fresh' : own.mark !== line.mark ? 'changed' : null
    return { line, row: own, decided: decided.get(line.key) ?? null, change, counts }
  })
  const there = new Set(live.map((line) => line.key))
  const gone = row.state === 'draft' ? [] : rows.filter((one) => !there.has(keyOfRow(one)))
  const settled = gone.map((one): Full => {
    const line: Keyed = { ...one.says, part: one.part, key: keyOfRow(one) }
    return { line, row: one, decided: { ...givenOf(one), along: false }, change: 'settled', counts: false }
  })
  return { row, all: [...all, ...settled], signs }
}

/** Whether a signature covers the line as it is: nothing of it has changed since. */
const holds = ({ line, row, decided }: Full) =>
  row !== null &&
  row.settled_at === null &&
  row.mark === line.mark &&
  decided !== null &&
  row.way === decided.way &&
  row.to_id === decided.to
export const giverSigned = (one: Full) => holds(one) && one.row?.giver_at != null
export const receiverSigned = (one: Full) => holds(one) && one.row?.receiver_at != null
export const standings = (all: readonly Full[]): Standing[] =>
  all.map((one) => ({
    key: one.line.key,
    decided: one.decided,
    counts: one.counts,
    giverSigned: giverSigned(one),
    receiverSigned: receiverSigned(one),
    objected: one.row?.objection != null && holds(one),
  }))
export const giverHas = (whole: Whole) => {
  const last = whole.signs.findLast((sign) => sign.role === 'giver')
  return last !== undefined && last.at >= sentAt(whole.row)
}
/** Signatures from before it was sent anew count no more. */
const sentAt = (row: HandoverRow) => (row.state === 'out' ? row.moved_at : row.recorded_at)

/** The lines that a role of somebody signs. */
export const ownLines = (all: readonly Full[], role: Role, person: Id): Full[] =>
  all.filter((one) => one.counts && (role === 'giver' || one.decided?.to === person))

/** A fingerprint of what somebody is shown to sign. */
export function markOf(lines: readonly Full[]): string {
  const said = lines.map(({ line, decided }) => [
    line.key,
    line.mark,
    decided?.way ?? null,
    decided?.to ?? null,
    decided?.how ?? null,
    decided?.reason ?? null,
  ])
  return createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 32)
}

/** Which side somebody is on, if any. */
export const roleOf = (whole: Whole, person: Id | null): Role | null =>
  person === null
    ? null
    : whole.row.person.id === person
      ? 'giver'
      : whole.all.some((one) => one.counts && one.decided?.to === person)
        ? 'receiver'
        : null

/** Who may sign in the giver's place, and whether they have left. */
export async function insteadOf(db: Db, ctx: Ctx, row: HandoverRow): Promise<{ gone: boolean; superiors: string[]; names: string[] }> {
  const [lines, held] = await Promise.all([
    linesAbove(db, ctx.tenant.id, [row.unit.id], [row.person.id], addDays(row.day, -1)),
    postsHeld(db, ctx.tenant.id, [row.person.id], ctx.today),
  ])
  const line = lines.get(row.unit.id)
  const superiors = line ? superiorsOf(row.person.id, line).filter((id) => id !== row.person.id) : []
  return { gone: ctx.today >= row.day || held.length === 0, superiors, names: superiors.map((id) => line?.names.get(id) ?? '') }
}

export const runs = (ctx: Ctx, row: HandoverRow): boolean =>
  ctx.actor.person !== row.person.id && ctx.can('handover.open', { unit: row.unit.id })

/** What waits for somebody's signature: lines of their side that they have not signed as they are. */
export function waitsFor(whole: Whole, role: Role | null, me: Id | null): boolean {
  if (role === null || me === null) return false
  const own = ownLines(whole.all, role, me)
  return role === 'giver' ? !giverHas(whole) || own.some((one) => !giverSigned(one)) : own.some((one) => !receiverSigned(one))
}

export async function sheetOf(db: Db, ctx: Ctx, row: HandoverRow) {
  const whole = await wholeOf(db, ctx, row)
  const { all } = whole
  const me = ctx.actor.person
  const role = roleOf(whole, me)
  const [held, instead] = await Promise.all([
    postsHeld(db, ctx.tenant.id, [row.person.id], addDays(row.day, -1)),
    row.state === 'out' && !ctx.lookingBack && ctx.can('handover.open') && role !== 'giver' ? insteadOf(db, ctx, row) : null,
  ])
  const receivers = [...new Set(all.flatMap((one) => (one.counts && one.decided?.to ? [one.decided.to] : [])))]
  const names = await namesOf(db, ctx.tenant.id, [...receivers, ...all.flatMap((one) => one.decided?.to ?? [])])
  const ref = (id: Id) => ({ id, name: names.get(id) ?? '' })
  const lacking = missing(standings(all), giverHas(whole))
  const whose = ctx.can('handover.read', { unit: row.unit.id }) || row.opener.id === me || role === 'giver'
  const mine = all.filter((one) => whose || one.decided?.to === me)
  const signsFor =
    instead?.gone === true &&
    lacking.giver &&
    (instead.superiors.length === 0 ? ctx.reach('handover.open').all : instead.superiors.includes(me ?? ''))
  const signer: Role | null = role ?? (signsFor ? 'giver' : null)
  const partyOf = (of: Role, person: { id: Id; name: string }) => {
    const own = ownLines(all, of, person.id)
    const last = whole.signs.findLast((sign) => sign.role === of && sign.person_id === person.id)
    const signed = row.state === 'agreed' || row.state === 'done' || (of === 'giver' ? !lacking.giver : own.every(receiverSigned))
    return {
      role: of,
      person,
      lines: own.length,
      signed,
      at: last?.at.toISOString() ?? null,
      by: last ? { id: last.by_id, name: last.by } : null,
      reason: last?.reason ?? null,
    }
  }
  const waits = waitsFor(whole, role, me)
  const objects = (one: Full) =>
    row.state === 'out' && !ctx.lookingBack && one.counts && one.decided?.to === me && ctx.can('handover.confirm')
  return {
    ...shownRow(ctx, row),
    mine: row.state === 'out' && waits,
    actions: handoverActions({
      ...{ state: row.state, runs: runs(ctx, row), lookingBack: ctx.lookingBack, signsFor },
      ...{ signs: waits && ctx.can('handover.confirm'), objects: mine.some(objects) },
    }),
    office: ctx.tenant.name,
    posts: held.map((one) => `${one.unit} ${one.post}`).join('、'),
    groups: parts.flatMap((part) => {
      const own = mine.filter((one) => one.line.part === part.key)
      if (own.length === 0) return []
      const lines = own.map((one) => veiled(ctx, row.person.id, one.decided?.to ?? null, lineShown(one, ref, objects(one))))
      return [{ part: part.key, name: part.words[ctx.lang === 'en' ? 1 : 0], lines }]
    }),
    partly: !whose,
    parties: [partyOf('giver', row.person), ...receivers.map((id) => partyOf('receiver', ref(id)))].filter(
      (one) => whose || one.role === 'giver' || one.person.id === me,
    ),
    missing: { ...lacking, receivers: lacking.receivers.map(ref) },
    gaps: all.filter((one) => one.counts && isGap(one.line, one.decided?.way)).length,
    mark: markOf(signer && me ? ownLines(all, signer, me) : []),
  }
}

/**
 * A leader's own red is for them and their superior (the rule of every list), and for whoever is to take it over: others who work on the sheet see what it is and not
 * that it is overdue.
 */
function veiled(ctx: Ctx, giver: Id, to: Id | null, line: ReturnType<typeof lineShown>): ReturnType<typeof lineShown> {
  const hides = line.light === 'red' && (ctx.actor.unseen ?? []).includes(giver) && to !== ctx.actor.person
  return hides ? { ...line, light: null, due: null } : line
}

const lineFields = ({ id, title, unit, post, basis, rrule, due, since, light, gone, others, ways, hows, heirs }: HandoverLine) => ({
  ...{ id, title, unit, post, basis, rrule, due, since, light, gone },
  ...{ others: [...others], ways: [...ways], hows: [...hows], heirs: [...heirs] },
})

function lineShown(one: Full, ref: (id: Id) => { id: Id; name: string }, objects: boolean) {
  const { line, decided, change } = one
  return {
    key: line.key,
    part: line.part,
    ...lineFields(line),
    way: decided?.way ?? null,
    to: decided?.to ? ref(decided.to) : null,
    how: decided?.how ?? null,
    reason: decided?.reason ?? null,
    along: decided?.along ?? false,
    gap: one.counts && isGap(line, decided?.way),
    change,
    giverAt: giverSigned(one) || change === 'settled' ? (one.row?.giver_at?.toISOString() ?? null) : null,
    receiverAt: receiverSigned(one) || change === 'settled' ? (one.row?.receiver_at?.toISOString() ?? null) : null,
    objection: one.row?.objection ?? null,
    actions: objects ? ['object'] : [],
  }
}

/** A sheet in a list. */
export const shownRow = (ctx: Ctx, row: HandoverRow) => ({
  ...{ id: row.id, person: row.person, unit: row.unit, reason: row.reason, note: row.note, day: row.day, state: row.state, said: row.said },
  ...{ opener: row.opener, recordedAt: row.recorded_at.toISOString(), movedAt: row.moved_at.toISOString() },
  ...{ lines: row.lines, signed: row.signed, mine: row.mine },
  actions: handoverActions({
    ...{ state: row.state, runs: runs(ctx, row), lookingBack: ctx.lookingBack, signs: row.mine && ctx.can('handover.confirm') },
    ...{ signsFor: false, objects: false },
  }),
})

export const visible = async (db: Db, ctx: Ctx, id: Id): Promise<HandoverRow> =>
  found(await handoverById(db, ctx, ctx.reach('handover.read'), id))
