import { mkdtemp } from 'node:fs/promises'
import { openPool } from '/work/wt-board/src/kernel/db.ts'
import { openPostgres } from '/work/wt-board/src/kernel/postgres/index.ts'
import { ask } from '/work/wt-board/bench/spine/load.ts'
import { seed, firstToken } from '/work/wt-board/bench/spine/seed.ts'
import { startServer } from '/work/wt-board/bench/spine/server.ts'
const n = Number(process.argv[2] ?? 1000000)
const dataDir = await mkdtemp('/tmp/board-perf-')
console.log(dataDir)
const server = await startServer(dataDir)
const database = await openPostgres({ dataDir })
const owner = openPool({ ...database.connection, database: 'zelian' }, 2)
console.time('seed')
const token = await seed(owner, n)
console.timeEnd('seed')
if (process.argv[5]) { console.time('churn'); await owner.unsafe(`WITH some AS (SELECT id FROM obligation WHERE state = 'discharged' ORDER BY id LIMIT ${Number(process.argv[5])}) UPDATE obligation o SET version = 2 FROM some WHERE o.id = some.id`); await owner.unsafe(`INSERT INTO obligation_event (tenant_id, obligation_id, version, kind, effective_at, recorded_at, state, holder_id, unit_id, warn_from, due, done_on) SELECT tenant_id, id, 2, 'discharged', '2026-11-20', '2026-11-20', state, holder_id, unit_id, warn_from, due, done_on FROM obligation WHERE version = 2`); await owner.unsafe(`UPDATE obligation_event e SET state = 'open', done_on = NULL FROM obligation o WHERE o.id = e.obligation_id AND o.version = 2 AND e.version = 1`); await owner.unsafe('ANALYZE'); console.timeEnd('churn') }
const f = { authorization: `Bearer ${firstToken}` }, c = { authorization: `Bearer ${token}` }
const past = process.argv[3] ?? '2026-11-16'
for (const [who, h, path] of [
  ['first', f, '/board'], ['first', f, '/board/own'], ['first', f, '/board/reds'], ['first', f, '/board/first'], ['first', f, '/board/burden'], ['first', f, '/board/week'],
  ['clerk', c, '/board/chase'], ['clerk', c, '/board'], ['clerk', c, '/board/week'],['clerk', c, '/obligations?light=red'],
  ['first', f, `/board?asOf=${past}`], ['first', f, `/board/own?asOf=${past}`], ['first', f, `/board/reds?asOf=${past}`], ['first', f, `/board/burden?asOf=${past}`], ['first', f, `/board/week?asOf=${past}`], ['clerk', c, `/board/chase?asOf=${past}`],
  ['first', f, '/board/reds?asOf=2026-06-15'], ['clerk', c, '/board/chase?asOf=2026-06-15'],
] as const) {
  const t0 = performance.now()
  const one = await fetch(server.url + '/api' + path, { headers: h })
  const text = await one.text()
  const first = performance.now() - t0
  if (!one.ok) { console.log(who, path, one.status, text.slice(0, 300)); continue }
  const load = first > 2000 ? null : await ask(server.url + '/api' + path, 1, 3, h)
  console.log(who, path, `first ${first.toFixed(0)} ms`, load ? `p50 ${load.p50} p99 ${load.p99} fail ${load.failures}` : '', `${(text.length / 1024).toFixed(1)} kB`)
}
await owner.end({ timeout: 5 })
if (process.argv[4] === 'keep') { await new Promise(() => {}) }
await database.stop(); await server.stop()
