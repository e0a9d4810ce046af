import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flaws } from '#kernel/machine.ts'
import { applied, difference, type Item, isEmpty, partsOf } from './difference.ts'
import { itemOf, paperOf, supplementOf } from './paper.ts'
import { maySign, pledgeActions, pledgeMoves, problemOf, roundMoves, sideOf, superiorOf } from './rules.ts'

const item = fc.record({
  duty: fc.integer({ min: 0, max: 12 }).map((n) => `duty-${n}`),
  title: fc.constantFrom('每季度听取汇报', '每月检查一次', '不得插手招投标'),
  body: fc.constantFrom('', '写明问题'),
  measure: fc.constantFrom(null, '有记录'),
  kind: fc.constantFrom('dual', 'task'),
  polarity: fc.constantFrom('positive' as const, 'negative' as const),
  when: fc.constantFrom('每季度', '长期'),
  basis: fc.constantFrom<string[]>([], ['《办法》第二条']),
})
const list = fc.uniqueArray(item, { selector: (one) => one.duty, maxLength: 12 })
const byDuty = (items: readonly Item[]) => items.toSorted((a, b) => (a.duty < b.duty ? -1 : 1))

describe('the difference', () => {
  it('put into what is signed gives the list as now, and then there is none', () => {
    fc.assert(
      fc.property(list, list, (signed, now) => {
        const after = applied(signed, difference(signed, now))
        expect(byDuty(after)).toEqual(byDuty(now))
        expect(isEmpty(difference(after, now))).toBe(true)
      }),
    )
  })

  it('after any sequence of supplements is that of the original', () => {
    fc.assert(
      fc.property(list, fc.array(list, { minLength: 1, maxLength: 5 }), (first, later) => {
        let signed: Item[] = first
        for (const now of later) signed = applied(signed, difference(signed, now))
        expect(byDuty(signed)).toEqual(byDuty(later.at(-1) ?? []))
      }),
    )
  })

  it('says each duty once, and nothing of what stayed', () => {
    fc.assert(
      fc.property(list, list, (signed, now) => {
        const { added, changed, removed } = difference(signed, now)
        const said = [...added, ...changed.map((one) => one.now), ...removed].map((one) => one.duty)
        expect(new Set(said).size).toBe(said.length)
        for (const { was, now: next } of changed) expect(partsOf(was, next).length).toBeGreaterThan(0)
        for (const one of signed) if (now.some((it) => JSON.stringify(it) === JSON.stringify(one))) expect(said).not.toContain(one.duty)
      }),
    )
  })
})

describe('who stands above', () => {
  const line = { first: ['first'], leaders: ['leader'], heads: ['head'], members: ['leader'] }
  it.each([
    ['first', null],
    ['leader', 'first'],
    ['head', 'leader'],
    ['staff', 'head'],
  ])('%s signs with %s', (person, superior) => expect(superiorOf(person, line)).toBe(superior))
  it('whoever is in charge of themselves signs with the next above; with nobody above there is none', () => {
    expect(superiorOf('head', { ...line, leaders: ['head'] })).toBe('first')
    expect(superiorOf('staff', { first: [], leaders: [], heads: [], members: [] })).toBeNull()
  })
})

describe('signing', () => {
  const pledge = { kind: 'letter' as const, person: 'p', superior: 's', state: 'issued' as const, name: '王', hash: 'h' }
  it('is done by its two sides, each once, under the text shown', () => {
    expect([sideOf(pledge, 'p'), sideOf(pledge, 's'), sideOf(pledge, 'x'), sideOf(pledge, null)]).toEqual([
      'holder',
      'superior',
      null,
      null,
    ])
    expect(maySign(pledge, 'p', 'h', '').ok).toBe(true)
    const code = (verdict: ReturnType<typeof maySign>) => (verdict.ok ? null : verdict.refusal.code)
    expect(code(maySign(pledge, 'clerk', 'h', ''))).toBe('pledge.not_yours')
    expect(code(maySign(pledge, 'p', 'another', ''))).toBe('pledge.changed')
    expect(code(maySign({ ...pledge, state: 'holder_signed' }, 'p', 'h', ''))).toBe('pledge.settled')
    expect(code(maySign({ ...pledge, state: 'holder_signed' }, 's', 'h', ''))).toBeNull()
    expect(code(maySign({ ...pledge, state: 'withdrawn' }, 's', 'h', ''))).toBe('pledge.settled')
  })
  it('walks no dead moves', () => {
    expect(flaws(pledgeMoves)).toEqual({ unreachable: [], unknown: [] })
    expect(flaws(roundMoves)).toEqual({ unreachable: [], unknown: [] })
  })
  it('offers only what leads somewhere', () => {
    const facts = { ...pledge, unit: 'u', supplements: null, differs: false, moved: false }
    const signs = (verb: string) => verb === 'pledge.sign'
    expect(pledgeActions(signs, facts, 'p', false)).toEqual(['sign'])
    expect(pledgeActions(signs, { ...facts, differs: true }, 'p', false)).toEqual(['sign', 'renew'])
    expect(pledgeActions(signs, { ...facts, state: 'in_force', differs: true }, 'p', false)).toEqual(['supplement'])
    expect(pledgeActions(() => true, facts, 'clerk', false)).toEqual(['withdraw'])
    expect(pledgeActions(() => true, { ...facts, state: 'in_force' }, 'clerk', false)).toEqual(['end'])
    expect(pledgeActions(() => true, facts, 'p', true)).toEqual([])
  })
})

describe('the paper', () => {
  const holder = { id: 'p', name: '王建业', unit: '工程科', posts: ['工程科科长'] }
  const superior = { id: 's', name: '吴志成', unit: '办领导', posts: ['副主任'] }
  const words = {
    title: '2026年度主体责任书',
    opening: '{superior}（{superiorPosts}）与{holder}（{holderPosts}）',
    closing: '{office}{year}',
  }
  const frame = { kind: 'letter' as const, year: 2026, office: '示例办', day: '2026-06-15', holder, superior, words }
  const duty = {
    ...{ id: 'd', title: '每季度听取汇报', body: '每季度听取汇报', measure: null, kind: 'dual', polarity: 'positive' as const },
    ...{ rrule: 'FREQ=MONTHLY;INTERVAL=3', due: null, directive: '讲话' },
  }
  it('has the names of the day in the sentences of the office, and each duty with when and why', () => {
    const paper = paperOf(frame, [itemOf(duty, ['《办法》第二条'])])
    expect([paper.opening, paper.closing]).toEqual(['吴志成（副主任）与王建业（工程科科长）', '示例办2026'])
    expect(paper.items).toMatchObject([{ body: '', when: '每季度', basis: ['《讲话》', '《办法》第二条'] }])
  })
  it('of a supplement carries the difference alone', () => {
    const diff = { added: [itemOf(duty, [])], changed: [], removed: [] }
    expect(supplementOf(frame, { id: 'o', title: '原件', hash: 'h' }, diff)).toMatchObject({
      items: [],
      difference: diff,
      supplements: { hash: 'h' },
    })
  })
})

it('says the nearest thing in the way', () => {
  const asked = { sent: false, superior: 's', duties: 3, already: false, kind: 'letter' as const, levelUnknown: false }
  expect(problemOf(asked)).toBeNull()
  expect(problemOf({ ...asked, sent: true, duties: 0 })).toBe('sent')
  expect(problemOf({ ...asked, superior: null })).toBe('no_superior')
  expect(problemOf({ ...asked, superior: null, kind: 'promise' })).toBeNull()
  expect(problemOf({ ...asked, duties: 0 })).toBe('no_duties')
  expect(problemOf({ ...asked, levelUnknown: true })).toBe('no_level')
})
