import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Sheet } from '#kernel/sheets/types.ts'
import { type Compared, compareRoster, type OfficeNow } from './compare.ts'
import { readRoster } from './read.ts'

const head = ['姓名', '单位', '科室', '职务', '职级', '人员身份', '任职时间', '出生年月', '所在支部', '党内职务', '备注']
type Line = Partial<Record<(typeof head)[number], string>>
const sheetOf = (lines: Line[]): Sheet => ({
  name: 's',
  hidden: false,
  width: head.length,
  merges: [],
  hiddenRows: [],
  hiddenColumns: [],
  notes: new Map(),
  rows: [head, ...lines.map((line) => head.map((name) => line[name] ?? ''))].map((cells, i) => ({ number: i + 1, cells })),
})
const counter = () => {
  let n = 0
  return () => `new-${++n}`
}
const laid = (lines: Line[], office: OfficeNow, since = '2026-06-01'): Compared =>
  compareRoster(readRoster({ format: 'xlsx', encoding: null, macros: false, sheets: [sheetOf(lines)] }), office, {
    ...{ since, today: '2026-06-15', tenant: '示例市人防办', newId: counter() },
  })

const range = { since: '2024-01-01', until: null }
const unit = (id: string, name: string, parent: string | null, kind: OfficeNow['units'][number]['kind']) => ({
  id,
  name,
  parent_id: parent,
  aliases: [],
  kind,
  ...range,
})
const post = (id: string, unit_id: string, name: string, exclusive = false) => ({
  id,
  unit_id,
  name,
  aliases: [],
  roles: [],
  exclusive,
  ...range,
})
const held = (id: string, person_id: string, post_id: string, kind: 'regular' | 'acting' | 'concurrent' = 'regular') => ({
  id,
  person_id,
  post_id,
  kind,
  ...range,
})
const office: OfficeNow = {
  units: [
    unit('u0', '示例市人防办', null, 'office'),
    unit('u1', '综合科', 'u0', 'department'),
    unit('u2', '工程科', 'u0', 'department'),
    unit('u3', '第一党支部', 'u0', 'branch'),
  ],
  posts: [
    post('p1', 'u1', '综合科科长', true),
    post('p2', 'u2', '工程科科长', true),
    post('p3', 'u2', '科员'),
    post('p4', 'u3', '支部书记', true),
    post('p5', 'u2', '副科长'),
  ],
  persons: [
    { id: 'n1', name: '郑文清', born: null },
    { id: 'n2', name: '王建业', born: null },
    { id: 'n3', name: '陈小禾', born: '1990-01' },
    { id: 'n4', name: '陈小禾', born: '1995-02' },
  ],
  appointments: [held('a1', 'n1', 'p1'), held('a2', 'n2', 'p2'), held('a3', 'n2', 'p4', 'concurrent'), held('a4', 'n3', 'p3')],
  facts: [{ id: 'f1', person_id: 'n1', kind: 'grade', value: '四级调研员', unit_id: null, since: '2024-01-01' }],
}
const errors = ({ problems }: Compared) => problems.filter(({ level }) => level === 'error').map(({ cell, code }) => [cell, code])
const warnings = ({ problems }: Compared) => problems.filter(({ level }) => level === 'warning').map(({ code }) => code)

describe('a roster beside the office', () => {
  it('finds units and posts under whatever name they have, and leaves what is as it says', () => {
    const same = laid([{ 姓名: '郑文清', 单位: '示例市人防办', 科室: '综合科', 职务: '科长', 职级: '四级调研员' }], office)
    expect(same.rows).toEqual([
      { row: 2, change: 'unchanged', name: '郑文清', read: { unit: '综合科', post: '综合科科长', grade: '四级调研员' }, before: {} },
    ])
    expect(Object.values(same.writes).flat()).toEqual([])
  })

  it('a person without a named post stays in whatever post they have in the unit', () => {
    const same = laid([{ 姓名: '王建业', 科室: '工程科' }], office)
    expect([same.rows[0]?.change, same.writes.appointments, same.writes.posts]).toEqual(['unchanged', [], []])
  })

  it('a move ends the post of the same line and keeps the Party post', () => {
    const moved = laid([{ 姓名: '王建业', 科室: '综合科', 职务: '副科长', 任职时间: '2026.03' }], office)
    expect(moved.rows[0]).toMatchObject({ change: 'changed', before: { unit: '工程科', post: '工程科科长' } })
    expect(moved.writes.endedAppointments).toEqual([{ id: 'a2', until: '2026-03-01' }])
    expect(moved.writes.appointments).toMatchObject([{ person_id: 'n2', kind: 'regular', since: '2026-03-01' }])
    expect(moved.writes.posts).toMatchObject([{ name: '副科长', unit_id: 'u1', aliases: ['综合科副科长'], exclusive: false }])
  })

  it('what began no earlier than what replaces it is voided, not ended', () => {
    const moved = laid([{ 姓名: '王建业', 科室: '综合科', 职务: '副科长', 任职时间: '2023.05' }], office)
    expect(moved.writes.endedAppointments).toEqual([{ id: 'a2', until: null }])
    expect(moved.writes.appointments[0]?.since).toBe('2024-01-01')
    expect(warnings(moved)).toContain('roster.since_clipped')
  })

  it('acting comes beside the own post; the post being held by another is no hindrance', () => {
    const acting = laid(
      [
        { 姓名: '王建业', 科室: '工程科', 职务: '科长' },
        { 姓名: '新人', 科室: '工程科', 职务: '副科长', 备注: '主持工作' },
      ],
      office,
    )
    expect(errors(acting)).toEqual([])
    expect(acting.writes.appointments.map((one) => [one.post_id, one.kind])).toEqual([
      ['p5', 'regular'],
      ['p2', 'acting'],
    ])
  })

  it('a post of one that somebody else holds is refused, unless they leave it in the same sheet', () => {
    const taken = laid([{ 姓名: '新人', 科室: '工程科', 职务: '科长' }], office)
    expect(errors(taken)).toEqual([['D2', 'roster.post_held']])
    const handed = laid(
      [
        { 姓名: '新人', 科室: '工程科', 职务: '科长' },
        { 姓名: '王建业', 科室: '综合科', 职务: '副科长' },
      ],
      office,
    )
    expect(errors(handed)).toEqual([])
    const later = laid(
      [
        { 姓名: '新人', 科室: '工程科', 职务: '科长', 任职时间: '2026.05' },
        { 姓名: '王建业', 科室: '综合科', 职务: '副科长', 任职时间: '2026.06' },
      ],
      office,
    )
    expect(errors(later)).toEqual([['D2', 'roster.post_held']])
  })

  it('of two persons of one name the right one is found by birth or post, and nothing is guessed', () => {
    const born = laid([{ 姓名: '陈小禾', 科室: '综合科', 职务: '科员', 出生年月: '1995.02' }], office)
    expect(born.writes.appointments[0]?.person_id).toBe('n4')
    const byPost = laid([{ 姓名: '陈小禾', 科室: '工程科', 职务: '科员' }], office)
    expect([byPost.rows[0]?.change, errors(byPost)]).toEqual(['unchanged', []])
    expect(errors(laid([{ 姓名: '陈小禾', 科室: '综合科', 职务: '科员' }], office))).toEqual([['A2', 'roster.which']])
    const third = laid([{ 姓名: '陈小禾', 科室: '综合科', 职务: '科员', 出生年月: '1980.08' }], office)
    expect([third.rows[0]?.change, errors(third), third.writes.persons[0]?.born]).toEqual(['new', [], '1980-08'])
  })

  it('the month of birth is kept of namesakes only', () => {
    const alone = laid([{ 姓名: '独一人', 科室: '综合科', 职务: '科员', 出生年月: '1980.08' }], office)
    expect(alone.writes.persons).toMatchObject([{ name: '独一人', born: null }])
    const second = laid(
      [
        { 姓名: '郑文清', 科室: '工程科', 职务: '科员', 出生年月: '1980.08' },
        { 姓名: '郑文清', 科室: '综合科', 职务: '科长', 出生年月: '1970.01' },
      ],
      office,
    )
    expect(second.writes.persons).toMatchObject([{ name: '郑文清', born: '1980-08' }])
    expect(second.writes.born).toEqual([{ id: 'n1', born: '1970-01' }])
  })

  it('a new grade replaces the one before from the day that is given', () => {
    const raised = laid(
      [{ 姓名: '郑文清', 科室: '综合科', 职务: '科长', 职级: '三级调研员', 人员身份: '公务员', 所在支部: '第一党支部' }],
      office,
    )
    expect(raised.rows[0]?.before).toEqual({ grade: '四级调研员', identity: '', branch: '' })
    expect(raised.writes.endedFacts).toEqual([{ id: 'f1', until: '2026-06-01' }])
    expect(raised.writes.facts.map(({ kind, value, unit_id }) => [kind, value, unit_id])).toEqual([
      ['grade', '三级调研员', null],
      ['identity', 'civil_servant', null],
      ['branch', null, 'u3'],
    ])
  })

  it('a unit that is made begins when the first of its people came, not before the office', () => {
    const made = laid(
      [
        { 姓名: '甲', 单位: '示例市人防办', 科室: '规划科', 职务: '科长', 任职时间: '2020.05' },
        { 姓名: '乙', 单位: '质监站', 科室: '检测室', 职务: '主任', 任职时间: '2025.02' },
      ],
      office,
    )
    expect(made.writes.units.map(({ name, parent_id, since, kind }) => [name, parent_id, since, kind])).toEqual([
      ['规划科', 'u0', '2024-01-01', 'department'],
      ['质监站', 'u0', '2025-02-01', 'subordinate'],
      ['检测室', made.writes.units[1]?.id, '2025-02-01', 'department'],
    ])
  })

  it('a name that stands for two units is asked about; who is not in the sheet is named', () => {
    const two = { ...office, units: [...office.units, unit('u4', '质监站', 'u0', 'subordinate'), unit('u5', '综合科', 'u4', 'department')] }
    expect(errors(laid([{ 姓名: '甲', 单位: '质监站', 科室: '综合科', 职务: '科员' }], two))).toEqual([])
    const deep = { ...two, units: two.units.map((one) => (one.id === 'u1' ? { ...one, parent_id: 'u4' } : one)) }
    expect(errors(laid([{ 姓名: '甲', 科室: '综合科', 职务: '科员' }], deep))).toEqual([['C2', 'roster.unit_ambiguous']])
    expect(
      laid([{ 姓名: '郑文清', 科室: '综合科', 职务: '科长' }], office).problems.find(({ code }) => code === 'roster.absent')?.params,
    ).toEqual({
      count: 2,
      names: '王建业、陈小禾',
    })
  })

  it('imported twice, a roster says nothing new', () => {
    const pick = (...words: string[]) => fc.constantFrom(...words)
    const line = fc.record(
      {
        姓名: pick('甲', '乙', '丙', '丁', '戊', '郑文清', '王建业'),
        单位: pick('示例市人防办', '质监站'),
        科室: pick('综合科', '工程科', '规划科'),
        职务: pick('科员', '副科长', '办事员岗', '科员、联络员', '副科长（主持工作）', '四级主任科员', ''),
        职级: pick('', '一级主任科员', '四级调研员'),
        人员身份: pick('', '公务员', '事业'),
        任职时间: pick('', '2023.05', '2025.06'),
        出生年月: pick('', '1980.01', '1990.02'),
        所在支部: pick('', '第一党支部', '第二党支部'),
        党内职务: pick('', '组织委员'),
        备注: pick('', '借调', '兼任工会委员'),
      },
      { requiredKeys: ['姓名', '科室'] },
    )
    fc.assert(
      fc.property(fc.uniqueArray(line, { maxLength: 6, selector: (one) => one.姓名 }), (lines) => {
        const first = laid(lines, office)
        fc.pre(errors(first).length === 0 && lines.length > 0)
        const again = laid(lines, after(office, first))
        expect(again.rows.map(({ name, change }) => [name, change])).toEqual(lines.map((one) => [one.姓名, 'unchanged']))
        expect(Object.values(again.writes).flat()).toEqual([])
      }),
      { numRuns: 300 },
    )
  })
})

/** The office as it is once an import has been written. */
function after(before: OfficeNow, { writes }: Compared): OfficeNow {
  const ended = new Set([...writes.endedAppointments, ...writes.endedFacts].map(({ id }) => id))
  const born = new Map(writes.born.map((one) => [one.id, one.born]))
  return {
    units: [...before.units, ...writes.units],
    posts: [...before.posts, ...writes.posts],
    persons: [...before.persons.map((one) => ({ ...one, born: born.get(one.id) ?? one.born })), ...writes.persons],
    appointments: [
      ...before.appointments.filter(({ id }) => !ended.has(id)),
      ...writes.appointments.map((one) => ({ ...one, until: null })),
    ],
    facts: [...before.facts.filter(({ id }) => !ended.has(id)), ...writes.facts],
  }
}
