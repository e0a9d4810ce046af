import { addSpan, later, periodsOf, startOfYear } from '#kernel/calendar/index.ts'
import type { Db } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import type { Owed } from '#modules/obligations/index.ts'
import { holdersOf } from '#modules/org/index.ts'
import { askOn, type HolderGiven, inPostOn } from '../rules.ts'
import { holderRanges } from '../store/holders.ts'
import { standing, type VersionRow, versionsOf } from '../store/versions.ts'
import { segmentsOf } from '../versions.ts'

/** `owesUntil`: periods that open from that day on belong to the next version of the duty. `begun`: the first day of its first version. */
type Owing = {
  id: Id
  title: string
  kind: string
  rrule: string | null
  due: string | null
  since: string
  owesUntil?: string | null
  begun?: string
}
/** A holder, and between which days where that is not always. */
type Ranged = HolderGiven & { since?: string; until?: string | null }

/** What is owed for a duty by its holders until the horizon: per period of its cadence, or once by its due day; a standing duty owes nothing by a day. */
export async function owedFor(db: Db, ctx: Ctx, duty: Owing, holders: readonly Ranged[]): Promise<Owed[]> {
  const horizon = addSpan(ctx.calendar, later(ctx.today, duty.begun ?? duty.since), String(ctx.rule('horizon').value)).day
  // A cadence written down late begins with this year at the earliest: nobody is made to owe years that have passed.
  const from = later(duty.since, startOfYear(ctx.today))
  if (from > horizon) return []
  const periods = duty.rrule
    ? periodsOf(duty.rrule, { since: duty.since, from, until: horizon, calendar: ctx.calendar }).filter((period) => period.to >= from)
    : duty.due && duty.due >= duty.since
      ? [{ key: 'once', opens: duty.since, due: duty.due }]
      : []
  const posts = holders.flatMap((holder) => holder.post ?? [])
  const held = posts.length > 0 ? await holdersOf(db, ctx.tenant.id, posts, duty.since, horizon) : []
  const owed: Owed[] = []
  for (const period of periods) {
    const opens = later(period.opens, duty.since)
    if (duty.owesUntil != null && opens >= duty.owesUntil) continue
    const ask = askOn(ctx.today, opens, period.due)
    for (const holder of holders) {
      if ((holder.since && holder.since > period.due) || (holder.until && holder.until <= opens)) continue
      const persons = holder.person ? [holder.person] : inPostOn(held, holder.post ?? '', ask).map((one) => one.person_id)
      for (const person of persons)
        owed.push({
          because: 'duty',
          becauseId: duty.id,
          kind: duty.kind,
          title: duty.title,
          period: period.key,
          holder: person,
          unit: holder.unit,
          opens,
          due: period.due,
          reckoned: duty.rrule ? { by: duty.rrule, from: duty.since } : null,
        })
    }
  }
  return owed
}

/** What a duty asks for over all its versions, from a day on when one is given. */
export async function askedOver(
  db: Db,
  ctx: Ctx,
  duty: Id,
  versions: readonly VersionRow[],
  holders: readonly Ranged[],
  from: string | null = null,
): Promise<Owed[]> {
  const owed: Owed[] = []
  const segments = segmentsOf(standing(versions))
  const begun = segments[0]?.owesFrom ?? ctx.today
  for (const { owesFrom, owesUntil, ...said } of segments) {
    const since = from === null ? owesFrom : later(owesFrom, from)
    owed.push(...(await owedFor(db, ctx, { ...said, id: duty, since, owesUntil, begun }, holders)))
  }
  return owed
}

/** The same for several duties with the holders they have: two queries for all of them. */
export async function askedOfAll(db: Db, ctx: Ctx, duties: readonly Id[]): Promise<Owed[]> {
  const [versions, holders] = await Promise.all([versionsOf(db, ctx, duties), holderRanges(db, ctx.tenant.id, duties)])
  const byDuty = { versions: Map.groupBy(versions, (row) => row.duty), holders: Map.groupBy(holders, (row) => row.duty) }
  const owed: Owed[] = []
  for (const duty of duties) owed.push(...(await askedOver(db, ctx, duty, byDuty.versions.get(duty) ?? [], byDuty.holders.get(duty) ?? [])))
  return owed
}
