import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flaws, verbsFrom } from '#kernel/machine.ts'
import { directiveRefusals } from './contract.ts'
import {
  basisOf,
  countOf,
  directiveMoves,
  keepable,
  markedRange,
  mayMerge,
  mayOwn,
  mayReopen,
  maySplit,
  mayUpload,
  mergedInto,
  type ProposalState,
  paperTitle,
  proposalActions,
  proposalMoves,
  rootOf,
  sinceOf,
  splitOf,
  titleOf,
} from './rules.ts'
import { mayHold, seatsIn } from './seats.ts'

const node = (id: string, state: ProposalState, into: string | null = null, type = 'duty') => ({ id, type, state, into })
const codeOf = (verdict: { ok: true } | { ok: false; refusal: { code: string } }) => (verdict.ok ? 'ok' : verdict.refusal.code)

describe('states', () => {
  it('are all reachable, and every verb leads to one', () => {
    for (const of of [directiveMoves, proposalMoves]) expect(flaws(of)).toEqual({ unreachable: [], unknown: [] })
  })

  it('take back what is harmless only: a duty accepted is ended in its own place', () => {
    expect(verbsFrom(proposalMoves, 'accepted')).toEqual([])
    expect(verbsFrom(proposalMoves, 'split')).toEqual([])
    expect(verbsFrom(proposalMoves, 'aside')).toEqual(['reopen'])
  })

  it('show whoever decides for some units acceptance alone, and nobody else anything', () => {
    expect(proposalActions('open', { whole: true, some: true })).toEqual(['accept', 'edit', 'merge', 'split', 'aside'])
    expect(proposalActions('open', { whole: false, some: true })).toEqual(['accept'])
    expect(proposalActions('open', { whole: false, some: false })).toEqual([])
    expect(proposalActions('aside', { whole: false, some: true })).toEqual([])
  })

  it('refuse in words of both languages', () => {
    for (const [code, [status, zh, en]] of Object.entries(directiveRefusals)) {
      expect(code).toMatch(/^(directive|proposal)\.[a-z_]+$/)
      expect(status).toBeGreaterThanOrEqual(400)
      expect(zh).toMatch(/\p{Script=Han}/u)
      expect(en).not.toMatch(/\p{Script=Han}/u)
    }
  })
})

describe('coverage', () => {
  it('counts a merged sentence with what it was merged into, and a split one by its parts', () => {
    const all = [
      node('a', 'accepted'),
      node('b', 'merged', 'a'),
      node('c', 'merged', 'b'),
      node('d', 'split'),
      node('e', 'open'),
      node('f', 'aside'),
      node('g', 'open', null, 'finding'),
    ]
    expect(countOf('duty', all)).toEqual({ all: 5, carried: 3, aside: 1, open: 1 })
    expect(countOf('finding', all)).toEqual({ all: 1, carried: 0, aside: 0, open: 1 })
  })

  it('always adds up, whatever was merged where', () => {
    const states = fc.constantFrom<ProposalState>('open', 'accepted', 'merged', 'split', 'aside')
    fc.assert(
      fc.property(fc.array(fc.tuple(states, fc.nat()), { maxLength: 30 }), (drawn) => {
        const all = drawn.map(([state, to], i) => node(`${i}`, state, state === 'merged' ? `${to % drawn.length}` : null))
        const { all: sum, carried, aside, open } = countOf('duty', all)
        expect(carried + aside + open).toBe(sum)
        expect(sum).toBe(all.filter((one) => one.state !== 'split').length)
      }),
    )
  })
})

describe('merging', () => {
  const one = { id: 'a', start: 0, end: 5, type: 'duty', directive: 'd' }
  const other = { id: 'b', start: 6, end: 9, type: 'duty', directive: 'd', state: 'open' as const }
  it.each([
    [{ ...one, id: 'b' }, other, 'proposal.into_itself'],
    [one, { ...other, directive: 'x' }, 'proposal.into_other'],
    [one, { ...other, type: 'finding' }, 'proposal.into_other'],
    [one, { ...other, state: 'accepted' as const }, 'proposal.into_decided'],
    [one, other, 'ok'],
  ])('%#: into another open one of the paper', (a, b, code) => expect(codeOf(mayMerge(a, b))).toBe(code))

  it('finds what was joined over several steps, and its root', () => {
    const all = [node('a', 'open'), node('b', 'merged', 'a'), node('c', 'merged', 'b'), node('x', 'merged', 'y')]
    expect(mergedInto('a', all).map((each) => each.id)).toEqual(['b', 'c'])
    expect(rootOf(node('c', 'merged', 'b'), new Map(all.map((each) => [each.id, each]))).id).toBe('a')
    expect(codeOf(mayReopen(node('a', 'accepted')))).toBe('proposal.joined_decided')
    expect(codeOf(mayReopen(node('a', 'open')))).toBe('ok')
  })

  it('rests on both sentences when they are neighbours, on its own when another stands between', () => {
    const third = { id: 'c', start: 10, end: 14, type: 'duty' }
    expect(basisOf(one, [other], [third])).toEqual({ start: 0, end: 9 })
    expect(basisOf(one, [third], [other])).toEqual({ start: 0, end: 5 })
  })
})

describe('splitting', () => {
  const letters = fc.stringMatching(/^[一-龥，。a\u{1f600}-\u{1f64f} ]{2,40}$/u)
  const whole = (text: string, before: string) => ({
    start: before.length,
    end: before.length + text.length,
    title: 't',
    body: text,
    cadence: { text: '每月', rrule: 'FREQ=MONTHLY' },
    due: null,
    measure: null,
    why: [...text].map((words, i) => ({ rule: 'r', words, start: before.length + i, end: before.length + i + 1 })),
  })

  it('tiles the sentence: both parts are slices of the paper and together the whole', () => {
    fc.assert(
      fc.property(letters, letters, fc.nat(), (text, before, n) => {
        const paper = `${before}${text}。`
        const of = whole(text, before)
        const at = of.start + (n % (text.length + 1))
        const verdict = maySplit(paper, of, at, 0)
        const [left, right] = splitOf(of, at)
        expect([left.start, left.end, right.start, right.end]).toEqual([of.start, at, at, of.end])
        expect(left.body + right.body).toBe(of.body)
        expect([left.body, right.body]).toEqual([paper.slice(left.start, left.end), paper.slice(right.start, right.end)])
        for (const part of [left, right]) for (const why of part.why) expect(why.start >= part.start && why.end <= part.end).toBe(true)
        if (verdict.ok) {
          expect(left.body.isWellFormed() && right.body.isWellFormed()).toBe(true)
          expect([left.body, right.body].every((body) => /[\p{L}\p{N}]/u.test(body))).toBe(true)
        }
      }),
    )
  })

  it('keeps a cadence in the part that says it', () => {
    const [left, right] = splitOf({ ...whole('每月督查一次，结果通报', ''), title: '' }, 7)
    expect([left.cadence?.text, right.cadence]).toEqual(['每月', null])
    expect([left.title, right.title]).toEqual(['每月督查一次', '结果通报'])
  })

  it.each([
    [0, 0, 'proposal.split_at'],
    [8, 0, 'proposal.split_at'],
    [7, 0, 'proposal.split_at'],
    [4, 2, 'proposal.has_joined'],
    [4, 0, 'ok'],
  ])('at %i with %i joined: %s', (at, joined, code) =>
    expect(codeOf(maySplit('要建好清单抓好。', { start: 0, end: 8 }, at, joined))).toBe(code),
  )
})

describe('marking', () => {
  const text = '一、总则。要建好清单。　请各科照办。'
  const taken = [{ id: 'p', type: 'duty', start: 5, end: 11 }]
  it('takes a selection without its blanks', () => expect(markedRange(text, 11, 18, taken)).toEqual({ start: 12, end: 18 }))
  it.each([
    [3, 6, 'proposal.overlap'],
    [10, 10, 'proposal.range'],
    [11, 12, 'proposal.range'],
    [0, 99, 'proposal.range'],
  ])('refuses %i–%i', (start, end, code) => {
    const verdict = markedRange(text, start, end, taken)
    expect('ok' in verdict ? codeOf(verdict) : 'ok').toBe(code)
  })
})

describe('texts', () => {
  it('are cleaned one for one, so that offsets hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.array(fc.constantFrom('\0', '\ud800', '\udc00', '好')), (a, odd) => {
        const text = [...a].map((c, i) => c + (odd[i] ?? '')).join('')
        const kept = keepable(text)
        expect(kept.text.length).toBe(text.length)
        expect(kept.text.isWellFormed()).toBe(true)
        expect(kept.text).not.toContain('\0')
        for (const at of kept.cleaned) expect([kept.text[at], text.isWellFormed() && !text.includes('\0')]).toEqual(['\ufffd', false])
        const same = (one: string) =>
          one
            .split('')
            .filter((_, i) => !kept.cleaned.includes(i))
            .join('')
        expect(same(kept.text)).toBe(same(text))
      }),
    )
    expect(keepable('好\0😀\ud800')).toEqual({ text: '好\ufffd😀\ufffd', cleaned: [1, 4] })
  })

  it('have a title: as given, from the first line, or from the file', () => {
    expect(paperTitle(' 讲话 ', '一', null)).toBe('讲话')
    expect(paperTitle(undefined, '\n\n# 在年度会议上的讲话\n\n同志们：', 'a.md')).toBe('在年度会议上的讲话')
    expect(paperTitle(undefined, '综合科要每月督查一次；结果通报。', '通知.docx')).toBe('通知')
    expect(paperTitle('好'.repeat(300), '', null).length).toBe(200)
    expect(titleOf('，综合科每月督查一次。')).toBe('综合科每月督查一次')
    expect(titleOf('好'.repeat(60))).toHaveLength(40)
  })
})

describe('duties and findings', () => {
  it('need a holder, each one a post or a person', () => {
    expect(codeOf(mayHold([]))).toBe('proposal.holder_missing')
    expect(codeOf(mayHold([{ post: 'p', person: 'q' }]))).toBe('proposal.holder_one')
    expect(codeOf(mayHold([{ post: 'p', person: null }]))).toBe('ok')
  })
  it('a finding has a unit, a person and a day to come', () => {
    expect(codeOf(mayOwn({ unit: 'u', person: 'p' }, '2026-06-15'))).toBe('proposal.owner_missing')
    expect(codeOf(mayOwn({ unit: 'u', person: 'p', due: '2026-06-14' }, '2026-06-15'))).toBe('proposal.due_past')
    expect(codeOf(mayOwn({ unit: 'u', person: 'p', due: '2026-06-15' }, '2026-06-15'))).toBe('ok')
  })
  it('begin on the day of the paper, or today when it lies long ago or ahead', () => {
    expect(sinceOf('2026-06-01', '2026-06-15', '2026-05-15')).toBe('2026-06-01')
    expect(sinceOf('2026-02-01', '2026-06-15', '2026-05-15')).toBe('2026-06-15')
    expect(sinceOf('2026-07-01', '2026-06-15', '2026-05-15')).toBe('2026-06-15')
  })
  it('an upload has the fields of a pasted paper', () => {
    expect(codeOf(mayUpload({ kind: 'song', issuedOn: '2026-06-01' }))).toBe('request.invalid')
    expect(codeOf(mayUpload({ kind: 'speech', issuedOn: '2026-02-30' }))).toBe('day.unknown')
    expect(codeOf(mayUpload({ kind: 'speech', issuedOn: '2026-02-28' }))).toBe('ok')
  })
})

describe('seats', () => {
  const office = {
    units: [
      { id: 'u1', name: '综合科', kind: 'department' },
      { id: 'u2', name: '工程科', kind: 'department' },
      { id: 'u3', name: '党组', kind: 'party_group' },
      { id: 'u4', name: '示例办', kind: 'office' },
    ],
    posts: [
      { id: 'p1', unit_id: 'u1', name: '科长', roles: ['clerk', 'head'] },
      { id: 'p2', unit_id: 'u1', name: '科员', roles: [] },
      { id: 'p3', unit_id: 'u4', name: '主任', roles: ['head', 'party_secretary'] },
    ],
    persons: [{ id: 'n1', name: '郑文清' }],
    appointments: [{ post_id: 'p1', person_id: 'n1' }],
  }
  const seats = seatsIn(office)
  const unit = { type: 'unit' as const, id: 'u1', name: '综合科' }
  it('put the head in for a unit, once, by name', () => {
    const { seats: read, unknown } = seats.read([
      { text: '综合科', name: '综合科', refs: [unit, { type: 'post', id: 'p1', name: '科长' }] },
    ])
    expect(read).toEqual([{ unit: { id: 'u1', name: '综合科' }, post: { id: 'p1', name: '科长' }, person: null, names: ['郑文清'] }])
    expect(unknown).toEqual([])
  })
  it('put the secretary in for a Party group without posts of its own, and the head of the office for us all', () => {
    const group = { text: '办党组', name: '党组', refs: [{ type: 'unit' as const, id: 'u3', name: '党组' }] }
    for (const holder of [group, { text: '我们', name: '示例办', role: 'body', refs: [] }])
      expect(seats.read([holder])).toMatchObject({ seats: [{ post: { id: 'p3' }, names: [] }], unknown: [] })
  })
  it('leave as words what the office does not have', () => {
    const { seats: read, unknown } = seats.read([
      { text: '某科', name: '', refs: [] },
      { text: '工程科', name: '工程科', refs: [{ type: 'unit', id: 'u2', name: '工程科' }] },
    ])
    expect(read).toEqual([])
    expect(unknown).toEqual(['某科', '工程科'])
  })
  it('know a post of another unit for a stranger', () => {
    expect(
      seats.stranger([
        { unit: 'u1', post: 'p1' },
        { unit: 'u2', post: 'p1' },
      ]),
    ).toBe(1)
    expect(seats.stranger([{ unit: 'u1', post: null }])).toBe(-1)
  })
})
