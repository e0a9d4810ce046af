import { createHash } from 'node:crypto'
import { addDays, warnFrom } from '#kernel/calendar/index.ts'
import { loadCalendar } from '#kernel/calendar/load.ts'
import type { Pool } from '#kernel/db.ts'
import { newLedgerKey } from '#kernel/ledger.ts'
import { loadPack, ruleOn } from '#kernel/rulepack.ts'

export const tenant = '00000000-0000-7000-8000-00000000be0c'
/** Of the first responsible, for the board: units are compared for the leadership alone, anybody else would be answered their own. */
export const firstToken = createHash('sha256').update('bench first').digest('hex').slice(0, 32)
const idOf = (kind: string, n: string) => `('00000000-0000-7000-8${kind}-' || lpad(to_hex(${n}), 12, '0'))::uuid`
const units = 200
const persons = 5000

/** The twelve months of this year with the days the product itself would give them: a seed that it would count again is no office at rest. */
async function months(): Promise<{ opens: string; warnFrom: string; due: string }[]> {
  const calendar = await loadCalendar()
  const today = new Date().toISOString().slice(0, 10)
  const share = Number(ruleOn(loadPack(), today)('light.yellow').value)
  const year = Number(today.slice(0, 4))
  return Array.from({ length: 12 }, (_, month) => {
    const first = (n: number) => new Date(Date.UTC(year, n, 1)).toISOString().slice(0, 10)
    const opens = first(month)
    const due = addDays(first(month + 1), -1)
    return { opens, warnFrom: warnFrom(opens, due, calendar, share), due }
  })
}

/** An office of 5,000 persons in 200 units with `n` obligations over a year, most of them discharged, and a session token to ask with. Returns the token. */
export async function seed(owner: Pool, n: number): Promise<string> {
  const token = createHash('sha256').update('bench').digest('hex').slice(0, 32)
  const run = (statement: string) => owner.unsafe(statement)
  await owner.unsafe(`INSERT INTO tenant VALUES ($1, 'bench', 'Bench', '/bench', 'Asia/Shanghai', true)`, [tenant])
  await owner.unsafe(`INSERT INTO tenant_key VALUES ($1, 'ledger', $2)`, [tenant, newLedgerKey()])
  await run(`INSERT INTO unit (tenant_id, id, name, aliases, line, kind, sort, since, recorded_at)
    SELECT '${tenant}', ${idOf('001', 'i')}, 'Unit ' || i, '{}', 'administrative', CASE WHEN i = 3 THEN 'office' ELSE 'department' END, i, '2020-01-01', '2020-01-01' FROM generate_series(1, ${units}) i`)
  await run(`INSERT INTO post (tenant_id, id, unit_id, name, aliases, roles, sort, since, recorded_at)
    SELECT '${tenant}', ${idOf('002', 'i')}, ${idOf('001', `1 + i % ${units}`)}, 'Post ' || i, '{}', CASE WHEN i = 2 THEN '{head}'::text[] ELSE '{}' END, i, '2020-01-01', '2020-01-01' FROM generate_series(1, ${persons}) i`)
  await run(
    `INSERT INTO person (tenant_id, id, name, recorded_at) SELECT '${tenant}', ${idOf('003', 'i')}, 'Person ' || i, '2020-01-01' FROM generate_series(1, ${persons}) i`,
  )
  await run(`INSERT INTO appointment (tenant_id, id, person_id, post_id, kind, since, recorded_at)
    SELECT '${tenant}', ${idOf('004', 'i')}, ${idOf('003', 'i')}, ${idOf('002', 'i')}, 'regular', '2020-01-01', '2020-01-01' FROM generate_series(1, ${persons}) i`)
  await run(`INSERT INTO access_grant (tenant_id, id, person_id, role, unit_id, since, ground, recorded_at) VALUES
    ('${tenant}', ${idOf('005', '1')}, ${idOf('003', '1')}, 'clerk', NULL, '2020-01-01', 'bench', '2020-01-01'),
    ('${tenant}', ${idOf('005', '2')}, ${idOf('003', '2')}, 'leader', NULL, '2020-01-01', 'bench', '2020-01-01')`)
  await run(
    `INSERT INTO auth."user" (id, name, email, "emailVerified", "createdAt", "updatedAt") VALUES ('bench', 'Bench', 'bench@zelian.invalid', false, now(), now()),
      ('bench-first', 'First', 'first@zelian.invalid', false, now(), now())`,
  )
  await run(`INSERT INTO auth.membership VALUES ('${tenant}', 'bench', ${idOf('003', '1')}, 'bench'),
    ('${tenant}', 'bench-first', ${idOf('003', '2')}, 'first')`)
  await run(
    `INSERT INTO auth.session (id, token, "userId", "expiresAt", "createdAt", "updatedAt") VALUES ('bench', '${token}', 'bench', now() + interval '1 day', now(), now()),
      ('bench-first', '${firstToken}', 'bench-first', now() + interval '1 day', now(), now())`,
  )
  // Due on the twelve month ends of this year; three quarters of what is past was done, and everything of the future is open.
  await owner.unsafe(
    `INSERT INTO obligation (tenant_id, id, because, because_id, kind, title, period, holder_id, unit_id, opens, warn_from, due, state, done_on, version, recorded_at)
    SELECT '${tenant}', ${idOf('006', 'i')}, 'duty', ${idOf('007', 'i')}, 'task', '按月检查并报送情况', 'once', ${idOf('003', `1 + i % ${persons}`)}, ${idOf('001', `1 + i % ${units}`)},
      m.opens, m.warn, m.due, CASE WHEN m.due < current_date AND i % 4 <> 0 THEN 'discharged' ELSE 'open' END,
      CASE WHEN m.due < current_date AND i % 4 <> 0 THEN m.due - 2 + (i % 5)::int / 4 * 4 END, 1, m.opens
    FROM generate_series(1, ${n}) i JOIN (SELECT ordinality - 1 AS month, (x ->> 'opens')::date AS opens, (x ->> 'warnFrom')::date AS warn, (x ->> 'due')::date AS due
      FROM jsonb_array_elements($1::text::jsonb) WITH ORDINALITY AS t (x, ordinality)) m ON m.month = i / 7 % 12`,
    [JSON.stringify(await months())],
  )
  await run(`INSERT INTO obligation_event (tenant_id, obligation_id, version, kind, effective_at, recorded_at, state, holder_id, unit_id, warn_from, due, done_on)
    SELECT tenant_id, id, 1, 'made', recorded_at, recorded_at, state, holder_id, unit_id, warn_from, due, done_on FROM obligation
    WHERE tenant_id = '${tenant}' ORDER BY recorded_at`)
  await run(`INSERT INTO tally (tenant_id, unit_id, kind, due, warn_from, open, on_time, late, waived)
    SELECT tenant_id, unit_id, kind, due, warn_from, count(*) FILTER (WHERE state = 'open'), count(*) FILTER (WHERE state = 'discharged' AND done_on <= due),
      count(*) FILTER (WHERE state = 'discharged' AND done_on > due), 0 FROM obligation WHERE tenant_id = '${tenant}' GROUP BY 1, 2, 3, 4, 5`)
  await run('ANALYZE')
  return token
}

/** `n` groups of ten open obligations, each group of one holder and already begun. */
export async function openGroups(owner: Pool, n: number): Promise<{ holder: string; ids: string[] }[]> {
  const rows =
    await owner.unsafe(`SELECT holder_id AS holder, array_agg(id) AS ids FROM (SELECT holder_id, id, row_number() OVER (PARTITION BY holder_id ORDER BY id) - 1 AS k
    FROM obligation WHERE state = 'open' AND opens <= current_date) s GROUP BY holder_id, k / 10 HAVING count(*) = 10 LIMIT ${n}`)
  return rows as unknown as { holder: string; ids: string[] }[]
}
