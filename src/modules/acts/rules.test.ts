import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flaws } from '#kernel/machine.ts'
import { actActions, actMoves, bigramsOf, happened, likely, likeness, mayCorrect, mayDischarge } from './rules.ts'

it('every state can be reached and every verb leads to one', () => {
  expect(flaws(actMoves)).toEqual({ unreachable: [], unknown: [] })
})

describe('what is written against what is owed', () => {
  const text = fc.string({ unit: fc.constantFrom('学', '习', '例', '会', '督', '查', 'a', '1', '，', ' '), maxLength: 12 })

  it.each([
    ['支部学习例会', '主持支部学习例会，学习处分条例', true],
    ['每月督查一次', '今天到站里督查', false],
    ['核对10月考勤', '已核对10月考勤并送纪检组', true],
    ['听取分管单位汇报', '开会', false],
    ['约谈班子成员', '约谈班子成员两人', true],
  ])('%s from “%s”: likely %s', (title, said, expected) => {
    expect(likely(likeness(title, bigramsOf(said)).share)).toBe(expected)
  })

  it('says which words matched, joined', () => {
    expect(likeness('支部学习例会', bigramsOf('今天学习例会'))).toEqual({ share: 3 / 5, words: ['学习例会'] })
    expect(likeness('督查学习', bigramsOf('学习，督查')).words).toEqual(['督查', '学习'])
  })

  it('finds all of a title in itself, nothing in nothing, and never more than all', () => {
    fc.assert(
      fc.property(text, text, (title, said) => {
        const { share, words } = likeness(title, bigramsOf(said))
        expect(share).toBeGreaterThanOrEqual(0)
        expect(share).toBeLessThanOrEqual(1)
        for (const word of words) expect(title).toContain(word)
        expect(likeness(title, bigramsOf('')).share).toBe(0)
      }),
    )
    expect(likeness('学习例会', bigramsOf('学习例会')).share).toBe(1)
  })

  it('pairs neighbours among letters and digits only', () => {
    expect([...bigramsOf('学习，例会')]).toEqual(['学习', '习例', '例会'])
    expect(bigramsOf('学').size).toBe(0)
  })
})

describe('an act', () => {
  const codeOf = (verdict: ReturnType<typeof happened>) => (verdict.ok ? null : [verdict.refusal.code, verdict.refusal.places[0]?.at])
  it('has happened', () => {
    expect([happened('2026-06-15', '2026-06-15'), happened('2026-06-14', '2026-06-15')].map(codeOf)).toEqual([null, null])
    expect(codeOf(happened('2026-06-16', '2026-06-15'))).toEqual(['act.future', '/happenedOn'])
  })
  it('discharges what had begun, for those who took part', () => {
    const owed = { title: '学习', opens: '2026-06-01', holder: 'wang' }
    const by = (day: string, ...persons: string[]) => mayDischarge(owed, { day, persons: new Set(persons) }, '/discharges/0')
    expect(codeOf(by('2026-06-01', 'chen', 'wang'))).toBeNull()
    expect(codeOf(by('2026-05-31', 'wang'))).toEqual(['act.too_early', '/discharges/0'])
    expect(codeOf(by('2026-06-02', 'chen'))).toEqual(['act.not_theirs', '/discharges/0'])
  })
})

describe('who may correct', () => {
  const act = { state: 'recorded' as const, doneBy: 'wang', recordedBy: 'chen', unit: 'works' }
  const own = (me: string) => (_verb: string, thing?: { holder?: string | null }) => thing === undefined || thing.holder === me
  const never = () => false
  it('is whoever did it, wrote it down, or answers for its unit', () => {
    expect(mayCorrect(own('wang'), act, 'wang')).toBe(true)
    expect(mayCorrect(own('chen'), act, 'chen')).toBe(true)
    expect(mayCorrect(own('li'), act, 'li')).toBe(false)
    expect(mayCorrect(() => true, act, 'li')).toBe(true)
  })
  it('is nobody without the verb, whatever they did', () => {
    expect(mayCorrect(never, act, 'wang')).toBe(false)
  })
  it('follows the state, and stops while looking back', () => {
    expect(actActions(own('wang'), act, 'wang', false)).toEqual(['correct', 'withdraw'])
    expect(actActions(own('wang'), { ...act, state: 'withdrawn' }, 'wang', false)).toEqual([])
    expect(actActions(own('wang'), act, 'wang', true)).toEqual([])
  })
})
