import { inject, it } from 'vitest'
import { loadCalendar } from '#kernel/calendar/load.ts'
import { kyselyOver, openPool } from '#kernel/db.ts'
import { newId } from '#kernel/ids.ts'
import { loadPack } from '#kernel/rulepack.ts'
import { newSignIn } from '#modules/access/index.ts'
import { seedDemo } from './seed.ts'

it('profile', async () => {
  const server = inject('server')
  const root = openPool(server, 1)
  const database = `demo_${newId().replaceAll('-', '')}`
  await root.unsafe(`CREATE DATABASE ${database} TEMPLATE template_zelian STRATEGY wal_log`)
  const pool = openPool({ ...server, database, username: 'zelian_app', password: inject('appPassword') }, 4)
  const stat = new Map<string, [number, number]>()
  const wrapped = new Proxy(pool, {
    get(t, k) {
      if (k !== 'reserve') return Reflect.get(t, k)
      return async () => {
        const r = await t.reserve()
        const orig = r.unsafe.bind(r)
        r.unsafe = ((q: string, ...rest: any[]) => {
          const p = orig(q, ...(rest as []))
          const s = performance.now()
          const key = q.replace(/\s+/g, ' ').replace(/\$\d+/g, '$').slice(0, 110)
          const then = p.then.bind(p)
          ;(p as any).then = (a: any, b: any) =>
            then((v: any) => {
              const e = stat.get(key) ?? [0, 0]
              e[0]++
              e[1] += performance.now() - s
              stat.set(key, e)
              return a?.(v)
            }, b)
          return p
        }) as never
        return r
      }
    },
  })
  const db = kyselyOver(pool)
  const calendar = await loadCalendar()
  const now = new Date('2026-11-23T22:00:00Z')
  const signIn = newSignIn(pool, db, () => now, 'a secret for tests only, thirty-two')
  const c = process.cpuUsage()
  const t = performance.now()
  await seedDemo(
    {
      pool: wrapped as never,
      db,
      clock: () => now,
      pack: loadPack(),
      calendar: () => calendar,
      jobs: null,
      demo: true,
      secure: false,
      signIn,
    },
    now,
  )
  const d = process.cpuUsage(c)
  console.log('wall', Math.round(performance.now() - t), 'node cpu ms', (d.user + d.system) / 1000)
  const all = [...stat].sort((a, b) => b[1][1] - a[1][1])
  console.log(
    'queries',
    all.reduce((a, b) => a + b[1][0], 0),
  )
  for (const [k, [n, ms]] of all.slice(0, 32))
    console.log(String(n).padStart(6), String(Math.round(ms)).padStart(7), (ms / n).toFixed(2).padStart(7), k)
  await pool.end({ timeout: 1 })
})
