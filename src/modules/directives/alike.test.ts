import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alike, likeness, pairsOf, probesOf, replaces, replacingIn } from './alike.ts'

const said = (text: string, more: object = {}) => ({ text, holders: ['a'], rrule: 'FREQ=MONTHLY', due: null, ...more })
const of = (a: string, b: string) => likeness(pairsOf(a), pairsOf(b))

describe('two sentences', () => {
  it.each<[string, string, boolean]>([
    ['综合科要每月对照清单督查一次，结果在办内通报。', '综合科每月对照责任清单督查一次，并在办内通报结果。', true],
    ['工程科要按季度对在建项目开展现场核查。', '工程科每季度对在建项目进行一次现场核查。', true],
    ['财务科要每季度开展一次往来款项清理。', '综合科要每季度开展一次档案清理。', false],
    ['各科室要认真落实党风廉政建设责任制。', '各党支部要认真落实党风廉政建设主体责任。', false],
    ['严格执行公务接待审批制度，每月公示接待费用。', '加强值班值守，严格执行领导带班制度。', false],
  ])('%s | %s', (a, b, like) => {
    expect(of(a, b) >= 0.45).toBe(like)
  })
  it('are as alike one way as the other, wholly like themselves, and never more', () => {
    const word = fc.string({ unit: fc.constantFrom(...'综合科每月督查一次清单办公室党组织报送材料台账，。'), maxLength: 40 })
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(of(a, b)).toBe(of(b, a))
        expect(of(a, b)).toBeLessThanOrEqual(1)
        if (pairsOf(a).size > 0) expect(of(a, a)).toBe(1)
      }),
    )
  })
})

describe('probes', () => {
  it('of a sentence are few, and stand in any text that holds it', () => {
    const text = '工程科要按季度对全市在建人防工程项目开展现场核查，重点检查防护设备安装质量。'
    const list = probesOf(text)
    expect(list.length).toBe(8)
    const raw = new Set([...text].slice(0, -1).map((c, i) => c + [...text][i + 1]))
    for (const probe of list) for (const pair of probe) expect(raw.has(pair)).toBe(true)
    expect(probesOf('办好。')).toEqual([])
    expect(probesOf('长'.repeat(5000)).length).toBe(8)
  })
})

describe('a paper that takes the place of another', () => {
  it.each([
    ['本办法自印发之日起施行，《公务接待管理办法》同时废止。', '公务接待管理办法'],
    ['原《2025年责任分工方案》不再执行。', '2025年责任分工方案'],
    ['与本通知不一致的，以本通知为准。', null],
  ])('%s', (text, title) => {
    expect(replacingIn(text).map((one) => one.title)).toEqual([title])
    expect(text.slice(replacingIn(text)[0]?.start, replacingIn(text)[0]?.end)).toBe(replacingIn(text)[0]?.words)
  })
  it('is known by the title it names', () => {
    const list = replacingIn('《公务接待管理办法》同时废止。')
    expect(replaces(list, '关于印发《公务接待管理办法》的通知')).toBe(true)
    expect(replaces(list, '公务用车管理办法')).toBe(false)
    expect(replacingIn('要认真学习《公务接待管理办法》。')).toEqual([])
  })
})

describe('what it might be', () => {
  const old = said('综合科要每月对照清单督查一次，结果在办内通报。')
  it('the same, when holder and period are the same too', () => {
    expect(alike(said('综合科要每月对照清单督查一次，结果办内通报。'), old, false)).toMatchObject({
      suggests: 'same',
      reasons: ['holders', 'period'],
    })
  })
  it('in its place, when the period is another, or the paper says so', () => {
    expect(
      alike(said('综合科要每季度对照清单督查一次，结果在办内通报。', { rrule: 'FREQ=MONTHLY;INTERVAL=3' }), old, false)?.suggests,
    ).toBe('replaces')
    expect(alike(said('综合科要每月对照清单督查一次，结果在办内通报。'), old, true)?.suggests).toBe('replaces')
  })
  it('near, when another holds it; nothing, when it is another matter', () => {
    expect(alike(said('工程科要每月对照清单督查一次，结果在办内通报。', { holders: ['b'] }), old, false)?.suggests).toBe('near')
    expect(alike(said('综合科要每月公示接待费用。'), old, false)).toBeNull()
  })
})
