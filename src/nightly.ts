import { todayIn } from '#kernel/calendar/index.ts'
import { withTenant } from '#kernel/db.ts'
import type { House } from '#kernel/house.ts'
import type { Id } from '#kernel/ids.ts'
import type { Job } from '#kernel/jobs.ts'
import { ruleOn } from '#kernel/rulepack.ts'
import { type Ctx, ctxOf, type Tenant } from '#kernel/scope.ts'
import { extend } from '#modules/duties/index.ts'
import { sweepEvidence } from '#modules/evidence/index.ts'
import { carryNext } from '#modules/handovers/index.ts'
import { giveUp } from '#modules/imports/index.ts'
import { recountTally } from '#modules/obligations/index.ts'

type Within = Pick<House, 'pool' | 'db' | 'clock' | 'pack' | 'calendars' | 'files'>

/** A context for what the program itself does for an office: no person, no grants. */
export async function ownCtx(house: Pick<House, 'clock' | 'pack' | 'calendars'>, tenant: Tenant): Promise<Ctx> {
  const now = house.clock()
  const today = todayIn(tenant.zone, now)
  return ctxOf({
    tenant,
    actor: { account: 'program', person: null, name: 'program', grants: [] },
    now,
    today,
    day: today,
    lookingBack: false,
    knownAt: now,
    lang: 'zh-CN',
    requestId: 'nightly',
    calendar: await house.calendars.of(tenant.id),
    rule: ruleOn(house.pack, today),
  })
}

const columns = ['id', 'code', 'name', 'zone', 'fictional'] as const

export const tenantOf = (house: Within, id: Id): Promise<Tenant | undefined> =>
  house.db.selectFrom('tenant').select(columns).where('id', '=', id).executeTakeFirst()

/** One office after the other, each with a context of the program's own. */
export async function eachTenant(house: Within, run: (ctx: Ctx) => Promise<void>): Promise<void> {
  const tenants = await house.db.selectFrom('tenant').select(columns).orderBy('id').execute()
  for (const tenant of tenants) await run(await ownCtx(house, tenant))
}

/** Obligations that have come within the horizon, office by office, a page of duties a transaction. */
async function extendAll(house: Within): Promise<void> {
  await eachTenant(house, async (ctx) => {
    const page = (from: Id | null) => withTenant(house.pool, ctx.tenant.id, (tx) => extend(tx, ctx, from))
    for (let step = await page(null); step.next !== null; ) step = await page(step.next)
  })
}

/** The tallies counted anew; a difference is a fault worth a log line. */
async function recountAll(house: Within, log: (line: object, message: string) => void): Promise<void> {
  await eachTenant(house, async (ctx) => {
    const wrong = await withTenant(house.pool, ctx.tenant.id, (tx) => recountTally(tx, ctx.tenant.id))
    if (wrong > 0) log({ office: ctx.tenant.code, rows: wrong }, 'tally was wrong and has been recounted')
  })
}

/** Handovers whose day has come, each in a transaction of its own: what is still open passes to whoever took it over. */
async function carryAll(house: Within): Promise<void> {
  await eachTenant(house, async (ctx) => {
    const next = () => withTenant(house.pool, ctx.tenant.id, (tx) => carryNext(tx, ctx))
    for (let left = await next(); left > 1; ) left = await next()
  })
}

/** Bytes that nothing refers to, erased; how many is worth a line. */
async function sweepAll(house: Within, log: (line: object, message: string) => void): Promise<void> {
  await eachTenant(house, async (ctx) => {
    const files = await sweepEvidence(house, ctx)
    if (files > 0) log({ office: ctx.tenant.code, files }, 'files that nothing refers to were erased')
  })
}

/** What the program does by the clock, at night in Asia/Shanghai. */
export const nightly = (house: Within, log: (line: object, message: string) => void): Job[] => [
  // Every hour, so that a program that was down at midnight makes it good within the hour; before what is owed is extended.
  { name: 'handovers.carry', cron: '2 * * * *', run: () => carryAll(house) },
  { name: 'obligations.extend', cron: '10 1 * * *', run: () => extendAll(house) },
  { name: 'evidence.sweep', cron: '50 2 * * *', run: () => sweepAll(house, log) },
  {
    name: 'imports.give_up',
    cron: '30 2 * * *',
    run: () => eachTenant(house, async (ctx) => void (await withTenant(house.pool, ctx.tenant.id, (tx) => giveUp(tx, ctx)))),
  },
  { name: 'tally.recount', cron: '40 1 * * *', run: () => recountAll(house, log) },
  {
    name: 'idempotency.forget',
    cron: '20 2 * * *',
    run: () =>
      eachTenant(house, async (ctx) => {
        const old = new Date(ctx.now.getTime() - 7 * 86_400_000)
        await withTenant(house.pool, ctx.tenant.id, (tx) =>
          tx.deleteFrom('idempotency').where('tenant_id', '=', ctx.tenant.id).where('at', '<', old).execute(),
        )
      }),
  },
]
