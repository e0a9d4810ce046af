import { type Pool, withTenant } from '#kernel/db.ts'
import { loadPack } from '#kernel/rulepack.ts'
import { newCalendars } from '#modules/calendar/index.ts'
import { extend } from '#modules/duties/index.ts'
import type { Figure } from '../../src/cli/bench.ts'
import { ownCtx } from '../../src/nightly.ts'
import { beside } from '../spine/measure.ts'
import type { Office } from './office.ts'

const seconds = async (run: () => Promise<unknown>): Promise<number> => {
  const began = performance.now()
  await run()
  return (performance.now() - began) / 1000
}

/**
 * The obligations of an office's duties for what lies within the horizon, made as the night makes them, beside the same rows written by a bare
 * INSERT … SELECT into tables with the same indexes (their foreign keys left out).
 */
export async function generation(app: Pool, owner: Pool, office: Office): Promise<Figure> {
  const calendars = await newCalendars(app, () => new Date())
  const { tenant, code } = office
  const ctx = await ownCtx(
    { clock: () => new Date(), pack: loadPack(), calendars },
    { id: tenant, code, name: 'Bench', zone: 'Asia/Shanghai', fictional: true },
  )
  const ours = await seconds(() => withTenant(app, tenant, (tx) => extend(tx, ctx, null)))
  const [row] = await owner.unsafe('SELECT count(*)::int AS n FROM obligation WHERE tenant_id = $1', [tenant])
  for (const table of ['obligation', 'obligation_event']) await owner.unsafe(`CREATE TABLE bare_${table} (LIKE ${table} INCLUDING ALL)`)
  const bare = await seconds(async () => {
    for (const table of ['obligation', 'obligation_event'])
      await owner.unsafe(`INSERT INTO bare_${table} SELECT * FROM ${table} WHERE tenant_id = $1`, [tenant])
  })
  for (const table of ['obligation', 'obligation_event']) await owner.unsafe(`DROP TABLE bare_${table}`)
  return {
    ...beside(`${row?.n} obligations of ${office.persons} persons made, beside the bare INSERT … SELECT`, 's', ours, bare),
    goal: '≤ 3 × reference',
    met: ours <= 3 * bare,
  }
}
