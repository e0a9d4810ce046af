import type { Pool } from '#kernel/db.ts'
import type { Figure } from '../../src/cli/bench.ts'
import { ask } from '../spine/load.ts'
import { below } from '../spine/measure.ts'
import { tenant } from '../spine/seed.ts'

const idOf = (kind: string, n: string) => `('00000000-0000-7000-8${kind}-' || lpad(to_hex(${n}), 12, '0'))::uuid`
const units = 200
/** As many as a duty of every person of an office of 300 makes in a year. */
const inOneDuty = 3600

/**
 * What a trace asks for beside obligations and acts: heads of units, leaders in charge, a discipline group, a paper with a sentence for each of a person's duties, a law that they are tied to,
 * a unit renamed, obligations handed over; and one duty that very many people hold. Call after `seed` and `seedActs`.
 */
export async function seedTrace(owner: Pool): Promise<void> {
  const run = (statement: string) => owner.unsafe(statement)
  const own = (kind: string, n: string) => `'${tenant}', ${idOf(kind, n)}`
  const me = idOf('003', '1')
  const whose = idOf('003', '2')
  await run(`INSERT INTO unit (tenant_id, id, name, aliases, line, kind, sort, since, recorded_at) VALUES
    (${own('001', '900')}, 'Office', '{}', 'administrative', 'office', 0, '2020-01-01', '2020-01-01'),
    (${own('001', '901')}, 'Discipline group', '{}', 'supervision', 'discipline_group', 0, '2020-01-01', '2020-01-01')`)
  await run(`INSERT INTO unit_former (tenant_id, unit_id, until, name, recorded_at)
    SELECT ${own('001', 'i')}, date_trunc('year', now())::date + 60, 'Former unit ' || i, now() FROM generate_series(1, ${units}) i`)
  await run(`INSERT INTO post (tenant_id, id, unit_id, name, aliases, roles, sort, since, recorded_at)
    SELECT ${own('00a', 'i')}, ${idOf('001', 'i')}, 'Head ' || i, '{}', '{head}', i, '2020-01-01', '2020-01-01' FROM generate_series(1, ${units}) i`)
  await run(`INSERT INTO post (tenant_id, id, unit_id, name, aliases, roles, sort, since, recorded_at) VALUES
    (${own('00a', '900')}, ${idOf('001', '900')}, 'Director', '{}', '{head,party_secretary}', 0, '2020-01-01', '2020-01-01'),
    (${own('00a', '901')}, ${idOf('001', '901')}, 'Head of the group', '{}', '{group_head}', 0, '2020-01-01', '2020-01-01')`)
  await run(`INSERT INTO appointment (tenant_id, id, person_id, post_id, kind, since, recorded_at)
    SELECT ${own('00b', 'i')}, ${idOf('003', `2000 + i`)}, ${idOf('00a', 'i')}, 'regular', '2020-01-01', '2020-01-01' FROM generate_series(1, ${units + 1000}) i
    WHERE i <= ${units} OR i IN (900, 901)`)
  await run(`INSERT INTO charge (tenant_id, id, person_id, unit_id, since, recorded_at)
    SELECT ${own('00c', 'i')}, ${idOf('003', `4000 + i % 5`)}, ${idOf('001', 'i')}, '2020-01-01', '2020-01-01' FROM generate_series(1, ${units}) i`)

  // One paper of 400 sentences; every obligation of the second person rests on a duty of one of them, and on an article.
  const sentence = '各单位要按月检查并报送情况，做到有记录有结果。'
  await run(`INSERT INTO directive (tenant_id, id, title, kind, issued_on, body, body_hash, characters, source, outline, problems, state, recorded_by, recorded_at, moved_by, moved_at)
    VALUES (${own('00d', '1')}, 'Paper', 'notice', '2026-01-05', repeat('${sentence}', 400), 'bench', ${sentence.length * 400}, 'text', '[]', '[]', 'settled', ${me}, '2020-01-01', ${me}, '2020-01-01')`)
  await run(`INSERT INTO regulation (tenant_id, id, law_id, title, aliases, names, kind, level, since, body, body_hash, characters, articles, source, problems, state, recorded_by, recorded_at, moved_by, moved_at)
    VALUES (${own('00e', '1')}, ${idOf('00e', '1')}, '检查办法', '{}', '{检查办法}', 'own', 'office', '2020-01-01', '第一条 按月检查。', 'bench', 9, 1, 'text', '[]', 'kept', ${me}, '2020-01-01', ${me}, '2020-01-01')`)
  await run(`INSERT INTO regulation_node (tenant_id, regulation_id, seq, kind, number, sub, label, title, body, start_at, words_at, own_at, end_at, article, article_sub)
    VALUES ('${tenant}', ${idOf('00e', '1')}, 0, 'article', 1, 0, '第一条', '', '按月检查。', 0, 4, 9, 9, 1, 0)`)
  await run(`INSERT INTO duty (tenant_id, id, title, body, kind, polarity, directive_id, basis_start, basis_end, rrule, since, state, recorded_by, recorded_at, moved_by, moved_at)
    SELECT '${tenant}', o.because_id, '按月检查并报送情况', '按照《检查办法》第一条办理。', 'task', 'positive', ${idOf('00d', '1')}, ${sentence.length} * (o.n % 400)::int, ${sentence.length} * (o.n % 400 + 1)::int,
      'FREQ=MONTHLY', date_trunc('year', now())::date, 'active', ${me}, '2020-01-01', ${me}, '2020-01-01'
    FROM (SELECT because_id, row_number() OVER (ORDER BY id) - 1 AS n FROM obligation WHERE tenant_id = '${tenant}' AND holder_id = ${whose}) o`)
  await run(`INSERT INTO duty_holder (tenant_id, id, duty_id, unit_id, person_id, since, recorded_at)
    SELECT '${tenant}', d.id, d.id, ${idOf('001', '2')}, ${whose}, d.since, '2020-01-01' FROM duty d WHERE d.tenant_id = '${tenant}'`)
  await run(`INSERT INTO duty_basis (tenant_id, id, duty_id, regulation_id, node_seq, state, recorded_by, recorded_at, moved_by, moved_at)
    SELECT '${tenant}', d.id, d.id, ${idOf('00e', '1')}, 0, 'tied', ${me}, '2020-01-01', ${me}, '2020-01-01' FROM duty d WHERE d.tenant_id = '${tenant}'`)

  // One duty of three hundred people, every month; and some obligations of the third person were handed over to the second.
  await run(`INSERT INTO duty (tenant_id, id, title, body, kind, polarity, rrule, since, state, recorded_by, recorded_at, moved_by, moved_at)
    VALUES (${own('00f', '1')}, '人人按月自查', '', 'dual', 'positive', 'FREQ=MONTHLY', date_trunc('year', now())::date, 'active', ${me}, '2020-01-01', ${me}, '2020-01-01')`)
  await run(`INSERT INTO duty_holder (tenant_id, id, duty_id, unit_id, person_id, since, recorded_at)
    SELECT ${own('00f', '1000 + i')}, ${idOf('00f', '1')}, ${idOf('001', `1 + i % ${units}`)}, ${idOf('003', 'i')}, date_trunc('year', now())::date, '2020-01-01' FROM generate_series(1, 300) i`)
  await run(`INSERT INTO obligation (tenant_id, id, because, because_id, kind, title, period, holder_id, unit_id, opens, warn_from, due, state, done_on, version, recorded_at)
    SELECT ${own('00f', '10000 + i')}, 'duty', ${idOf('00f', '1')}, 'dual', '人人按月自查', 'm' || (i / 300), ${idOf('003', '1 + i % 300')}, ${idOf('001', `1 + i % ${units}`)},
      m.opens, m.opens + 20, m.due, CASE WHEN m.due < current_date AND i % 4 <> 0 THEN 'discharged' ELSE 'open' END, CASE WHEN m.due < current_date AND i % 4 <> 0 THEN m.due END, 1, m.opens
    FROM generate_series(0, ${inOneDuty - 1}) i CROSS JOIN LATERAL (SELECT (date_trunc('year', now()) + make_interval(months => (i / 300)::int))::date AS opens,
      (date_trunc('year', now()) + make_interval(months => (i / 300)::int + 1))::date - 1 AS due) m`)
  await run(`INSERT INTO obligation_event (tenant_id, obligation_id, version, kind, effective_at, recorded_at, state, holder_id, unit_id, warn_from, due, done_on)
    SELECT o.tenant_id, o.id, 1, 'made', o.recorded_at, o.recorded_at, o.state, o.holder_id, o.unit_id, o.warn_from, o.due, o.done_on FROM obligation o
    WHERE o.tenant_id = '${tenant}' AND o.because_id = ${idOf('00f', '1')}`)
  await run(`INSERT INTO obligation_event (tenant_id, obligation_id, version, kind, effective_at, recorded_at, actor_id, reason, state, holder_id, unit_id, warn_from, due, done_on)
    SELECT o.tenant_id, o.id, 2, 'handed_over', now() - interval '1 day', now() - interval '1 day', ${me}, '移交', o.state, ${whose}, o.unit_id, o.warn_from, o.due, o.done_on FROM obligation o
    WHERE o.tenant_id = '${tenant}' AND o.holder_id = ${idOf('003', '3')} AND o.state = 'open' AND right(o.id::text, 1) = '1'`)
  await run(`UPDATE obligation o SET holder_id = ${whose}, version = 2 FROM obligation_event e
    WHERE o.tenant_id = '${tenant}' AND e.tenant_id = '${tenant}' AND e.obligation_id = o.id AND e.version = 2 AND e.kind = 'handed_over'`)
  await run('ANALYZE')
}

/** Traces from everything one can start from, as of today and of a day half a year back, one after the other. A person holds two hundred obligations at a million. */
export async function traces(url: string, owner: Pool, headers: Record<string, string>, seconds: number): Promise<Figure[]> {
  const [one] = await owner.unsafe(
    `SELECT o.id FROM obligation o WHERE o.tenant_id = $1 AND o.holder_id = ${idOf('003', '2')} AND o.state = 'discharged' ORDER BY o.due LIMIT 1`,
    [tenant],
  )
  const [back] = await owner.unsafe(`SELECT (current_date - 120)::text AS day`)
  const [ids] = await owner.unsafe(
    `SELECT ${idOf('003', '2')} AS person, ${idOf('00f', '1')} AS duty, ${idOf('001', '2')} AS unit, ${idOf('00d', '1')} AS directive`,
  )
  const from = [
    ['an obligation', `obligations/${one?.id}`],
    ['a person', `persons/${ids?.person}`],
    [`a duty of ${inOneDuty} obligations`, `duties/${ids?.duty}`],
    ['a unit', `units/${ids?.unit}`],
    ['a directive', `directives/${ids?.directive}`],
  ] as const
  const figures: Figure[] = []
  for (const [subject, path] of from)
    for (const [when, query] of [
      ['', ''],
      [', looking back', `?asOf=${back?.day}`],
    ] as const) {
      // The first answers of a route plan its statements on each connection; what is measured is a server that runs.
      await ask(`${url}/api/trace/${path}${query}`, 1, 2, headers)
      const load = await ask(`${url}/api/trace/${path}${query}`, 1, seconds, headers)
      if (load.failures > 0) throw new Error(`${path}${query} failed`)
      figures.push(below(`trace of ${subject}${when}, p99`, 'ms', load.p99, 50))
    }
  return figures
}
