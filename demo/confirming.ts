import { addDays, dayOf, earlier, startOfWeek } from '#kernel/calendar/index.ts'
import { confirm, confirmations } from '#modules/acts/index.ts'
import { zone } from './office.ts'
import { instant, type Stage, typedFor } from './stage.ts'

/** How many of each leader's wait still: enough to see what a week's batch looks like. */
const still = 4

/** Leaders confirm on Mondays what they were asked in the week before; the last few still wait. */
export async function confirmWeekly(stage: Stage, now: Date): Promise<void> {
  const { tx, ctx } = stage
  for (const leader of typedFor) {
    const asked: { id: string; monday: string }[] = []
    for (let after: string | null = ''; after !== null; ) {
      const asking = { limit: 200, ...(after ? { after } : {}) }
      const page: Awaited<ReturnType<typeof confirmations>> = await confirmations(tx, ctx(leader, now), asking)
      asked.push(...page.items.map((one) => ({ id: one.id, monday: addDays(startOfWeek(dayOf(new Date(one.askedAt), zone)), 7) })))
      after = page.next
    }
    // The latest come first.
    for (const [monday, list] of Map.groupBy(asked.slice(still), (one) => one.monday)) {
      const at = instant(earlier(monday, dayOf(now, zone)), 8 * 60 + 50)
      if (at <= now) await confirm(tx, ctx(leader, at), { ids: list.map(({ id }) => id) })
    }
  }
}
