import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cadenceKeyOf } from './cadences.ts'
import { cutsOf, paragraphsOf, spotOf } from './spans.ts'

const text = '在会议上的讲话\n\n一、总则\n　　要建好清单，抓到人。\n'
const at = (words: string) => ({ start: text.indexOf(words), end: text.indexOf(words) + words.length })

describe('the text as drawn', () => {
  it('knows title, headings and prose, and where a sentence stands in them', () => {
    const headings = [{ marker: '一、', depth: 0, title: '总则', start: text.indexOf('一、') }]
    const drawn = paragraphsOf(text, headings, [{ id: 'p', ...at('要建好清单') }])
    expect(drawn.map((one) => one.kind)).toEqual(['title', 'heading', 'prose'])
    expect(drawn[2]?.stretches).toEqual([
      { ...at('要建好清单'), id: 'p' },
      { ...at('，抓到人。'), id: null },
    ])
  })

  it('takes an inline marker at the beginning of a long line for prose', () => {
    const long = `一要${'好'.repeat(80)}。`
    expect(paragraphsOf(long, [{ marker: '一要', depth: 1, title: '', start: 0 }], [])[0]?.kind).toBe('prose')
  })

  it('puts every visible character into exactly one stretch, in order, whatever the spots', () => {
    const lines = fc.array(fc.constantFrom('好', '。', '\n', ' ', '　', 'a', '一、'), { maxLength: 60 }).map((parts) => parts.join(''))
    const spots = fc.array(fc.tuple(fc.nat(70), fc.nat(20)), { maxLength: 8 })
    fc.assert(
      fc.property(lines, spots, (source, drawn) => {
        const all = drawn.map(([start, length], i) => ({ id: `${i}`, start, end: start + length + 1 }))
        const paragraphs = paragraphsOf(source, [], all)
        let before = 0
        for (const one of paragraphs) {
          expect(one.start).toBeGreaterThanOrEqual(before)
          expect(source.slice(before, one.start).trim()).toBe('')
          expect(one.stretches.map(({ start, end }) => source.slice(start, end)).join('')).toBe(source.slice(one.start, one.end))
          for (const { start, end, id } of one.stretches) {
            expect(end).toBeGreaterThan(start)
            const spot = all.find((each) => each.id === id)
            if (spot) expect(start >= spot.start && end <= spot.end).toBe(true)
          }
          before = one.end
        }
        expect(source.slice(before).trim()).toBe('')
      }),
    )
  })
})

describe('places to cut', () => {
  it('lie after a comma with words on both sides', () => {
    expect(cutsOf('要建好清单，抓到人；。', 0, 11)).toEqual([6])
    expect(cutsOf('要建好清单', 0, 5)).toEqual([])
  })
})

describe('cadences', () => {
  it.each([
    [null, null, 'standing'],
    [null, '2026-12-31', 'once'],
    ['FREQ=MONTHLY;INTERVAL=3', null, 'quarterly'],
    ['FREQ=MONTHLY;BYMONTHDAY=-1', null, 'own'],
  ])('%s with %s is %s', (rrule, due, key) => expect(cadenceKeyOf(rrule, due)).toBe(key))
})

describe('what an address points at', () => {
  const spots = [
    { id: 'whole', start: 0, end: 20 },
    { id: 'part', start: 5, end: 12 },
    { id: '7', start: 30, end: 40 },
  ]
  it.each([
    ['part', 'part'],
    ['3', 'whole'],
    ['5', 'part'],
    ['12', 'whole'],
    ['7', '7'],
    ['25', undefined],
    ['gone', undefined],
    [undefined, undefined],
  ])('%s is %s', (at, id) => {
    expect(spotOf(at, spots)?.id).toBe(id)
  })
})
