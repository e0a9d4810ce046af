import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flaws } from '#kernel/machine.ts'
import { readLaw } from './reading/index.ts'
import {
  articleKey,
  articleOf,
  excerptOf,
  mayRepeal,
  meantBy,
  naming,
  placesOf,
  regulationActions,
  regulationMoves,
  sayPlace,
  standsOn,
  tieMoves,
  versionOn,
} from './rules.ts'

const version = (since: string, until: string | null, law = 'a', names = ['监察法']) => ({ since, until, law, names })

describe('versions', () => {
  it('stand on a day; the last day is not in force any more', () => {
    const old = version('2018-03-20', '2025-06-01')
    expect(['2018-03-19', '2018-03-20', '2025-05-31', '2025-06-01'].map((day) => standsOn(old, day))).toEqual([
      ...['upcoming', 'in_force', 'in_force', 'past'],
    ])
  })

  it('the one meant on a day is in force, else the last that was, else the first to come', () => {
    const [old, now] = [version('2018-03-20', '2025-06-01'), version('2025-06-01', '2030-01-01')]
    const meant = (day: string) => versionOn([now, old], day)?.since
    expect(['2017-01-01', '2020-01-01', '2025-06-01', '2031-01-01'].map(meant)).toEqual([
      ...['2018-03-20', '2018-03-20', '2025-06-01', '2025-06-01'],
    ])
  })

  it('exactly one of a chain is in force on each day from its beginning on', () => {
    const day = fc
      .date({ min: new Date('2000-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
      .map((d) => d.toISOString().slice(0, 10))
    fc.assert(
      fc.property(fc.uniqueArray(day, { minLength: 1, maxLength: 6 }), day, (starts, at) => {
        const days = starts.toSorted()
        const chain = days.map((since, i) => version(since, days[i + 1] ?? null))
        const inForce = chain.filter((one) => standsOn(one, at) === 'in_force')
        expect(inForce.length).toBe(at >= (days[0] ?? '') ? 1 : 0)
        if (inForce[0]) expect(versionOn(chain, at)).toBe(inForce[0])
      }),
    )
  })

  it('a name that several laws have means none of them, unless it is the title of one', () => {
    const books = [version('2020-01-01', null, 'a', ['纪律处分条例', '条例']), version('2020-01-01', null, 'b', ['问责条例', '条例'])]
    expect(meantBy(books, '条例', '2026-01-01')).toBeNull()
    expect(meantBy(books, '问责条例', '2026-01-01')?.law).toBe('b')
    expect(meantBy([...books, version('2020-01-01', null, 'c', ['条例'])], '条例', '2026-01-01')?.law).toBe('c')
    expect(meantBy(books, '无此法', '2026-01-01')).toBeNull()
  })

  it('are repealed after they came into force, and only the last', () => {
    const last = { ...version('2020-05-01', null), title: '办法', replacedBy: false }
    const code = (verdict: ReturnType<typeof mayRepeal>) => (verdict.ok ? 'ok' : verdict.refusal.code)
    expect(code(mayRepeal(last, '2026-01-01'))).toBe('ok')
    expect(code(mayRepeal(last, '2020-05-01'))).toBe('basis.repealed_before')
    expect(code(mayRepeal({ ...last, replacedBy: true }, '2026-01-01'))).toBe('basis.replaced')
  })
})

describe('what one may do', () => {
  it('is nothing while looking back, without the verb, or after a withdrawal', () => {
    expect(regulationActions(() => true, 'kept', false)).toEqual(['correct', 'repeal', 'withdraw'])
    expect(regulationActions(() => true, 'repealed', false)).toEqual(['correct', 'restore', 'withdraw'])
    expect(regulationActions(() => true, 'withdrawn', false)).toEqual([])
    expect(regulationActions(() => true, 'kept', true)).toEqual([])
    expect(regulationActions(() => false, 'kept', false)).toEqual([])
    for (const machine of [regulationMoves, tieMoves]) expect(flaws(machine)).toEqual({ unreachable: [], unknown: [] })
  })
})

describe('places', () => {
  const nowhere = { chapter: null, article: null, sub: 0, paragraph: null, item: null, point: null, to: null }
  it.each([
    [{ article: 12, sub: 1, paragraph: 2, item: 3 }, '第十二条之一第二款第（三）项'],
    [{ article: 3, to: 5 }, '第三条至第五条'],
    [{ article: 3, paragraph: 1, item: 2, to: 4 }, '第三条第一款第（二）项至第（四）项'],
    [{ chapter: 2 }, '第二章'],
    [{ article: 105, item: 1, point: 2 }, '第一百零五条第（一）项第2目'],
    [{}, ''],
  ])('%o is said %s', (place, said) => {
    expect(sayPlace({ ...nowhere, ...place })).toBe(said)
  })

  it('are those by which one cites what stands there', () => {
    const { nodes } = readLaw('某某办法\n第一条 一款：\n（一）甲：\n1. 目；\n（1）小目。\n二款。')
    expect(placesOf(nodes).map((place) => place && [place.article, place.paragraph, place.item, place.point])).toEqual([
      null,
      [1, null, null, null],
      [1, 1, null, null],
      [1, 1, 1, null],
      [1, 1, 1, 1],
      [1, 1, 1, 1],
      [1, 2, null, null],
    ])
  })

  it('go into an address and come back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 0, max: 99 }), (article, sub) => {
        expect(articleOf(articleKey(article, sub))).toEqual({ article, sub })
      }),
    )
    for (const key of [undefined, '', 'x', '1-', '12345', '1-2-3', '-1']) expect(articleOf(key)).toBeNull()
  })
})

describe('looking for words', () => {
  it('shows them with what stands around', () => {
    const text = `${'甲'.repeat(50)}\n留置${'乙'.repeat(80)}`
    expect(excerptOf(text, ['留置'], 40)).toMatch(/^…甲+留置乙+…$/)
    expect(excerptOf('短文', ['没有'])).toBe('短文')
    expect(excerptOf('留置', [])).toBe('留置')
  })

  it('finds texts that name a law however its marks and prefixes are written', () => {
    expect(naming('河南省实施《中华人民共和国人民防空法》办法')).toBe('%河南省实施%人民防空法%办法%')
    expect(naming('中华人民共和国监察法')).toBe('%监察法%')
    expect(naming('中国共产党问责条例（试行）')).toBe('%问责条例%')
    expect(naming('100%办法')).toBe('%100\\%办法%')
  })
})
