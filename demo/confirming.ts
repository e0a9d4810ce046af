import { addDays, dayOf, startOfWeek } from '#kernel/calendar/index.ts'
import { confirm, confirmations } from '#modules/acts/index.ts'
import { zone } from './office.ts'
import { instant, type Stage, typedFor } from './stage.ts'

/** Leaders confirm on Mondays what was recorded for them in the week before; the last week still waits. */
export async function confirmWeekly(stage: Stage, now: Date): Promise<void> {
  const { tx, ctx } = stage
  const today = dayOf(now, zone)
  for (const leader of typedFor) {
    const asked: { id: string; monday: string }[] = []
    for (let after: string | null = ''; after !== null; ) {
      const page: Awaited<ReturnType<typeof confirmations>> = await confirmations(tx, ctx(leader, now), {
        limit: 200,
        ...(after ? { after } : {}),
      })
      asked.push(...page.items.map((one) => ({ id: one.id, monday: addDays(startOfWeek(dayOf(new Date(one.askedAt), zone)), 7) })))
      after = page.next
    }
    for (const [monday, list] of Map.groupBy(asked, (one) => one.monday)) {
      const at = instant(monday, 8 * 60 + 50)
      if (monday <= addDays(today, -3)) await confirm(tx, ctx(leader, at), { ids: list.map(({ id }) => id) })
    }
  }
}
