import { describe, expect, test } from 'vitest'
import { loadPack, type RuleValue, ruleOn } from '#kernel/rulepack.ts'
import { committeeRule, gradeRules, gradesOf, hasCommittee, type Level, leadingOn, leadingRule, levels } from './grades.ts'

const rule = ruleOn(loadPack(), '2026-06-15')
const grades = gradesOf(gradeRules.map((key) => rule(key)))
const from = rule(leadingRule)

describe('副科级以上', () => {
  test.each<[Level[], string | null, boolean, 'post' | 'grade' | null]>([
    [[], null, false, null],
    [['section_deputy'], null, true, 'post'],
    [[], '一级科员', false, null],
    [[], '四级主任科员', true, 'grade'],
    [['section_deputy'], '二级主任科员', true, 'grade'],
    [['section_head'], '四级主任科员', true, 'post'],
    [['division_deputy', 'section_head'], '三级调研员', true, 'post'],
    [[], '八级职员', true, 'grade'],
    [[], '九级职员', false, null],
    [[], '副科级', true, 'grade'],
    [[], '副主任科员', true, 'grade'],
    [[], '高级工程师', false, null],
  ])('posts %j, grade %s: %s by %s', (held, grade, leading, by) =>
    expect(leadingOn({ levels: held, grade }, grades, from)).toMatchObject({ leading, by }),
  )

  test('the line is the rule’s, not the code’s', () => {
    const higher: RuleValue = { ...from, value: 'division_deputy' }
    expect(leadingOn({ levels: ['section_head'], grade: '一级主任科员' }, grades, higher).leading).toBe(false)
    expect(leadingOn({ levels: [], grade: '四级调研员' }, grades, higher).leading).toBe(true)
    expect(leadingOn({ levels: ['state_head'], grade: null }, grades, { ...from, value: 'nothing known' }).leading).toBe(false)
  })

  test('says by which rule a grade counts', () =>
    expect(leadingOn({ levels: [], grade: '四级主任科员' }, grades, from).rule).toMatchObject({ key: 'grade.civil', confidence: 'likely' }))
})

test('each rule of grades names each once, rises, and uses levels that exist', () => {
  for (const key of gradeRules) {
    const own = gradesOf([rule(key)])
    expect(new Set(own.map((one) => one.name)).size).toBe(own.length)
    const ranks = own.map((one) => (one.level === null ? -1 : levels.indexOf(one.level)))
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b))
    expect(String(rule(key).value).match(/=/g)?.length).toBe(own.filter((one) => one.level).length)
  }
  expect(new Set(grades.map((one) => one.name)).size).toBe(grades.length)
})

test('a branch under seven full members has no committee', () => {
  expect([6, 7].map((full) => hasCommittee(full, rule(committeeRule)))).toEqual([false, true])
})
