import type { Pool } from '#kernel/db.ts'
import { newLedgerKey } from '#kernel/ledger.ts'

/** One bench office of many: a tenant of its own with persons in posts, and `duties` of every month that all of them hold. */
export type Office = { tenant: string; code: string; persons: number; token: string; first: string }

const idIn = (office: number) => (kind: number, n: string) =>
  `('00000000-0000-7000-8${kind}${office}0-' || lpad(to_hex(${n}), 12, '0'))::uuid`

/** Founds it and returns the session tokens of its clerk and of its first responsible (who compares units). A unit for every twenty persons, at least ten. */
export async function foundOffice(owner: Pool, office: number, persons: number, duties: number): Promise<Office> {
  const id = idIn(office)
  const tenant = `00000000-0000-7000-8000-00000000c00${office}`
  const units = Math.max(10, Math.ceil(persons / 20))
  const token = `bench${office}`.padEnd(32, '0')
  const first = `first${office}`.padEnd(32, '0')
  const run = (statement: string) => owner.unsafe(statement)
  await owner.unsafe(`INSERT INTO tenant VALUES ($1, $2, 'Bench', $3, 'Asia/Shanghai', true)`, [
    tenant,
    `chain-${office}`,
    `/chain-${office}`,
  ])
  await owner.unsafe(`INSERT INTO tenant_key VALUES ($1, 'ledger', $2)`, [tenant, newLedgerKey()])
  await run(`INSERT INTO unit (tenant_id, id, name, aliases, line, kind, sort, since, recorded_at)
    SELECT '${tenant}', ${id(1, 'i')}, 'Unit ' || i, '{}', 'administrative', CASE WHEN i = 3 THEN 'office' ELSE 'department' END, i, '2020-01-01', '2020-01-01' FROM generate_series(1, ${units}) i`)
  await run(`INSERT INTO post (tenant_id, id, unit_id, name, aliases, roles, sort, since, recorded_at)
    SELECT '${tenant}', ${id(2, 'i')}, ${id(1, `1 + i % ${units}`)}, 'Post ' || i, '{}', CASE WHEN i = 2 THEN '{head}'::text[] ELSE '{}' END, i, '2020-01-01', '2020-01-01' FROM generate_series(1, ${persons}) i`)
  await run(`INSERT INTO person (tenant_id, id, name, recorded_at)
    SELECT '${tenant}', ${id(3, 'i')}, 'Person ' || i, '2020-01-01' FROM generate_series(1, ${persons}) i`)
  await run(`INSERT INTO appointment (tenant_id, id, person_id, post_id, kind, since, recorded_at)
    SELECT '${tenant}', ${id(4, 'i')}, ${id(3, 'i')}, ${id(2, 'i')}, 'regular', '2020-01-01', '2020-01-01' FROM generate_series(1, ${persons}) i`)
  await run(`INSERT INTO access_grant (tenant_id, id, person_id, role, unit_id, since, ground, recorded_at)
    VALUES ('${tenant}', ${id(5, '1')}, ${id(3, '1')}, 'clerk', NULL, '2020-01-01', 'bench', '2020-01-01'),
      ('${tenant}', ${id(5, '2')}, ${id(3, '2')}, 'leader', NULL, '2020-01-01', 'bench', '2020-01-01')`)
  await run(`INSERT INTO duty (tenant_id, id, title, body, kind, polarity, rrule, since, state, recorded_by, recorded_at, moved_by, moved_at)
    SELECT '${tenant}', ${id(6, 'i')}, 'Duty ' || i, '', 'dual', 'positive', 'FREQ=MONTHLY', date_trunc('year', now())::date, 'active', ${id(3, '1')}, now(), ${id(3, '1')}, now()
    FROM generate_series(1, ${duties}) i`)
  await run(`INSERT INTO duty_holder (tenant_id, id, duty_id, unit_id, post_id, since, recorded_at)
    SELECT '${tenant}', ${id(7, `d * 100000 + i`)}, ${id(6, 'd')}, ${id(1, `1 + i % ${units}`)}, ${id(2, 'i')}, date_trunc('year', now())::date, now()
    FROM generate_series(1, ${duties}) d, generate_series(1, ${persons}) i`)
  await run(`INSERT INTO auth."user" (id, name, email, "emailVerified", "createdAt", "updatedAt")
    VALUES ('chain-${office}', 'Bench', 'chain-${office}@zelian.invalid', false, now(), now()),
      ('first-${office}', 'First', 'first-${office}@zelian.invalid', false, now(), now())`)
  await run(`INSERT INTO auth.membership VALUES ('${tenant}', 'chain-${office}', ${id(3, '1')}, 'bench'),
    ('${tenant}', 'first-${office}', ${id(3, '2')}, 'first')`)
  await run(`INSERT INTO auth.session (id, token, "userId", "expiresAt", "createdAt", "updatedAt")
    VALUES ('chain-${office}', '${token}', 'chain-${office}', now() + interval '1 day', now(), now()),
      ('first-${office}', '${first}', 'first-${office}', now() + interval '1 day', now(), now())`)
  await run('ANALYZE')
  return { tenant, code: `chain-${office}`, persons, token, first }
}
