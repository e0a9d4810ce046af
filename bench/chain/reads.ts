import type { Pool } from '#kernel/db.ts'
import type { Figure } from '../../src/cli/bench.ts'
import { ask, type Load } from '../spine/load.ts'
import { below } from '../spine/measure.ts'
import { firstToken, tenant } from '../spine/seed.ts'
import type { Office } from './office.ts'
import { seedTrace, traces } from './trace.ts'

/** The same page over little and over much: the larger office's latency as a multiple of the smaller one's. */
const flat = (work: string, small: Load, large: Load): Figure => ({
  work: `${work} at 1,000,000 obligations, beside 300 persons`,
  unit: 'ms (p50)',
  value: large.p50,
  reference: small.p50,
  ratio: large.p50 / small.p50,
  goal: '< 1.5 × reference',
  met: large.p50 / small.p50 < 1.5,
})

/** A million acts, most of which discharge something, each of some words out of twelve. */
export async function seedActs(owner: Pool, n: number): Promise<void> {
  await owner.unsafe(
    `INSERT INTO act (tenant_id, id, what, happened_on, happened_at, recorded_at, done_by, recorded_by, unit_id, state, moved_by, moved_at)
    SELECT $1, ('00000000-0000-7000-8008-' || lpad(to_hex(o.i), 12, '0'))::uuid,
      (ARRAY['主持召开党组会议','学习处分条例','开展节前提醒','检查在建工程','谈心谈话','听取汇报','督办整改','走访基层','组织测试','核对台账','排查风险点','通报考勤'])[1 + o.i % 12]
        || '，第' || o.i || '次，' || (ARRAY['综合科','工程科','指挥科','法规科','财务科'])[1 + o.i / 12 % 5],
      o.due - 1, (o.due - 1)::timestamptz, (o.due - 1)::timestamptz, o.holder_id, o.holder_id, o.unit_id, 'recorded', o.holder_id, (o.due - 1)::timestamptz
    FROM (SELECT row_number() OVER () AS i, due, holder_id, unit_id FROM obligation WHERE tenant_id = $1 LIMIT ${n}) o`,
    [tenant],
  )
  await owner.unsafe(
    `INSERT INTO act_discharge (tenant_id, act_id, obligation_id)
    SELECT $1, ('00000000-0000-7000-8008-' || lpad(to_hex(o.i), 12, '0'))::uuid, o.id
    FROM (SELECT row_number() OVER () AS i, id, state FROM obligation WHERE tenant_id = $1 LIMIT ${n}) o WHERE o.state = 'discharged'`,
    [tenant],
  )
  await owner.unsafe('ANALYZE act')
  await owner.unsafe('ANALYZE act_discharge')
}

/** Board, own page and list in both offices; then traces from everything one can start from, and searches for words of two characters. */
export async function reads(url: string, owner: Pool, small: Office, largeToken: string, seconds: number): Promise<Figure[]> {
  const figures: Figure[] = []
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
  const headers = { small: bearer(small.token), large: bearer(largeToken) }
  const firsts = { small: bearer(small.first), large: bearer(firstToken) }
  for (const [work, path] of [
    ['board', '/api/board'],
    ['board: why red', '/api/board/reds'],
    ['board: the burden', '/api/board/burden'],
    ['board: the week', '/api/board/week'],
    ['board: one’s own', '/api/board/own'],
    ['own page', '/api/obligations/mine'],
    ['list', '/api/obligations?light=red'],
  ] as const) {
    const as = path.startsWith('/api/board') ? firsts : headers
    const little = await ask(url + path, 1, seconds, as.small)
    const much = await ask(url + path, 1, seconds, as.large)
    if (little.failures + much.failures > 0) throw new Error(`${path} failed`)
    figures.push(flat(work, little, much))
  }
  await seedTrace(owner)
  figures.push(...(await traces(url, owner, headers.large, seconds)))
  for (const word of ['工程', '学习', '第一']) {
    const load = await ask(`${url}/api/search?q=${encodeURIComponent(word)}`, 1, seconds, headers.large)
    if (load.failures > 0) throw new Error(`search for ${word} failed`)
    figures.push(below(`search for ${word} over the acts, p99`, 'ms', load.p99, 20))
  }
  return figures
}
