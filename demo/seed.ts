import { todayIn } from '#kernel/calendar/index.ts'
import { withTenant } from '#kernel/db.ts'
import type { House } from '#kernel/house.ts'
import { newId } from '#kernel/ids.ts'
import { extend } from '#modules/duties/index.ts'
import { editUnit } from '#modules/org/index.ts'
import { confirmWeekly } from './confirming.ts'
import { yearOf } from './doings.ts'
import { fatesOf, type Today, yellowOn, yellows } from './fates.ts'
import { found, startOf } from './found.ts'
import { takeLaws } from './laws.ts'
import { officeCode, renamed, units, zone } from './office.ts'
import { assumeStanding, takeSpeech } from './opening.ts'
import { errandsOf, play } from './play.ts'
import { chanceOf } from './random.ts'
import { clerk, holderOf, instant, owingsOf, type Stage, stageOf } from './stage.ts'

/** What will be owed in the year to come, as the nightly job would have made it by a moment. */
async function extendAt(stage: Stage, at: Date): Promise<void> {
  let next: string | null = null
  do next = (await extend(stage.tx, stage.ctx(null, at), next)).next
  while (next !== null)
}

/** On 1 February one of the units gets the name it has since. */
async function rename(stage: Stage, year: number, house: Pick<House, 'signIn'>): Promise<void> {
  const since = `${year}-02-01`
  const ctx = stage.ctx(clerk, instant(stage.calendar.nextWorkingDayOnOrAfter(since), 9 * 60))
  const name = units.find((one) => one.key === renamed.unit)?.name ?? renamed.before
  await editUnit(stage.tx, ctx, { id: stage.office.unit(renamed.unit), name, since }, house)
}

async function live(stage: Stage, at: Today, start: string, year: number, now: Date): Promise<void> {
  const { today, chance } = at
  const keys = new Map([...(await assumeStanding(stage, start)), ...(await takeSpeech(stage, year))])
  await takeLaws(stage, year, keys)
  if (today >= `${year + 1}-01-01`) await extendAt(stage, instant(`${year}-03-02`, 70))
  const owed = await owingsOf(stage, keys, now)
  const wanted = yellows(at)
  const natural = owed.filter((one) => one.opens < today && yellowOn(one, today)).length
  const near = Math.max(3, wanted - natural)
  const errands = errandsOf(stage, chance, start, today, near)
  const fates = fatesOf([...owed, ...errands.past.map((one) => one.owing)], wanted - near, at)
  const secretaryOf = (unit: string) => holderOf(`${unit}.secretary`)
  await play(stage, chance, yearOf(fates, at, { successor: holderOf('personnel.staff1'), secretaryOf }), [...errands.past, ...errands.open])
  await confirmWeekly(stage, now)
  await extendAt(stage, now)
}

/**
 * Founds the fictional office `demo` and plays a year of it until `now`, in one transaction: either all of it is there afterwards or nothing.
 * Does nothing when the office exists. The same seed and day give the same office, the same acts and the same lights.
 */
export async function seedDemo(house: Omit<House, 'log'>, now: Date, seed = officeCode): Promise<void> {
  const there = await house.db.selectFrom('tenant').select('id').where('code', '=', officeCode).executeTakeFirst()
  if (there) return
  const today = todayIn(zone, now)
  const { start, since, year } = startOf(today)
  const tenant = newId()
  await withTenant(house.pool, tenant, async (tx) => {
    const office = await found(tx, tenant, since, year)
    if (!office) return
    const calendar = house.calendars.installed()
    const stage = stageOf(tx, office, calendar, house.pack)
    await rename(stage, year, house)
    await live(stage, { today, calendar, chance: chanceOf(`${seed} ${today}`) }, start, year, now)
  })
}
