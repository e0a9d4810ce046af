import { reading, withTenant } from '#kernel/db.ts'
import type { House } from '#kernel/house.ts'
import type { Job } from '#kernel/jobs.ts'
import { carryTurn, type Live, openTurn, turnJob, unended } from '#modules/calendar/index.ts'
import { eachTenant, ownCtx, tenantOf } from './nightly.ts'

type Within = Pick<House, 'pool' | 'db' | 'clock' | 'pack' | 'files' | 'emit'> & { calendars: House['calendars'] & Live }
type Log = (line: object, message: string) => void

/** How often the data folder is looked at: `zelian calendar import` takes effect in a running server within this time. */
const every = 3000

/** Opens a turn for every office whose days are not those its obligations were counted under. `before` holds for an office that had no turn yet. */
async function look(house: Within, before?: Record<string, string>): Promise<void> {
  await eachTenant(house, async (ctx) => {
    const years = await reading(house.pool, ctx.tenant.id, (db) => house.calendars.yearsOf(db, ctx.tenant.id, ctx.now))
    await withTenant(house.pool, ctx.tenant.id, (tx) => openTurn(tx, ctx, house.emit, years, before))
  })
}

/** What a killed program left unfinished is queued again. */
async function resume(house: Within): Promise<void> {
  await eachTenant(house, async (ctx) => {
    for (const turn of await unended(house.pool, ctx))
      await withTenant(house.pool, ctx.tenant.id, (tx) => house.emit(tx, turnJob, { tenant: ctx.tenant.id, turn }))
  })
}

/**
 * A calendar that arrives late: the job that counts again what is open, the look at the data folder, and the start, which finds what changed while nothing
 * ran and what a killed program left.
 */
export function turning(house: Within, log: Log) {
  let said = ''
  const check = async () => {
    try {
      const before = await house.calendars.reread()
      if (before) {
        log({}, 'the calendar in the data folder changed')
        await look(house, before)
      }
      said = ''
    } catch (error) {
      // A damaged file is said once; what was read before stays in force.
      if (String(error) !== said) log({ err: error }, 'the calendar in the data folder could not be taken in')
      said = String(error)
    }
  }
  const jobs: Job[] = [
    {
      name: turnJob,
      run: async ({ tenant, turn }) => {
        const of = await tenantOf(house, String(tenant))
        if (!of) return
        house.calendars.forget(of.id)
        await carryTurn(house.pool, await ownCtx(house, of), String(turn))
      },
    },
    { name: 'calendar.look', cron: '5 * * * *', run: () => look(house).then(() => resume(house)) },
  ]
  return {
    jobs,
    check,
    /** Once the queue is there. Returns what ends the looking. */
    start: async (): Promise<() => void> => {
      await look(house)
      await resume(house)
      let busy = false
      const timer = setInterval(() => {
        if (busy) return
        busy = true
        void check().finally(() => {
          busy = false
        })
      }, every)
      timer.unref()
      return () => clearInterval(timer)
    },
  }
}
